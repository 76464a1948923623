//! Cells of xlsx sheets as Excel and most other programs write them: no comments, no prefixes, every cell with its
//! address. At the first thing that is not plain it stops, and the parser goes on behind the cells that were handed over:
//! what a cell means is decided in one way only.
//!
//! A trick for speed. The sheet of 200,000 x 12 is imported in 1.15 times the time in which calamine alone parses it
//! (`benches/results/2026-11-22.md`; at most 1.5 is the goal), because this way finds in the same pass what calamine
//! does not tell; a second pass over every cell alone costs as much as the first.

use std::io::{Cursor, Read};

use calamine::{ExcelDateTime, ExcelDateTimeType, Style};
use quick_xml::escape::unescape;
use quick_xml::events::BytesStart;

use super::intake::{Intake, Seen};
use super::package::Package;
use super::values::{date_or_number, error_named, shows_percent};
use super::xlsx_extras::{Extras, hidden_row};
use super::xlsx_looks::{Looks, StruckTexts};
use super::xlsx_strings::{self, Strings};
use super::{Area, CellMark, CellValue, Limits, OpenError};
use crate::domain::records::CellRef;

/// Bytes of a part that are looked at at a time; a cell that is longer is left to the parser.
const WINDOW: usize = 1 << 18;
const OPENING: &[u8] = b"<sheetData>";

/// Strings, looks and formats that all sheets of a workbook share.
pub(super) struct Plain {
    strings: Strings,
    looks: Looks,
    formats: Vec<Format>,
    counts_from_1904: bool,
}

/// Start of a reading of plain cells.
#[derive(Clone, Copy, Debug)]
pub(super) struct PlainStart {
    /// Meaning of zeros that formulas show.
    pub(super) zeros: Zeros,
    /// First cells that were handed over already.
    pub(super) skipped: u64,
}

/// Place in a sheet at which reading stopped.
pub(super) enum Reached {
    /// All of it; its merged areas, where they are plain too.
    End(Option<Vec<Area>>),
    /// This many cells were handed over; the others are not plain.
    Cells(u64),
    /// This many cells were handed over; the next is a formula that shows zero, and what that means is not known.
    Zero(u64),
}

/// Meaning of a zero that a formula shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zeros {
    /// The figure that it came to.
    Figures,
    /// The zero that a library wrote because nobody computed it.
    NotComputed,
    /// One of the two.
    Unknown,
}

/// Kind of value that a number format shows a number as, where that is beyond doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Number { percent: bool },
    Date,
    Doubtful,
}

impl Format {
    fn from_style(style: &Style) -> Self {
        let Some(format) = &style.number_format else { return Self::Doubtful };
        let code = format.format_code.as_str();
        if code == "General" {
            // Some built-in dates have no code of their own.
            let is_general = format.format_id.is_some_and(|id| id == 0 || id > 163);
            return if is_general { Self::Number { percent: false } } else { Self::Doubtful };
        }
        let consists_of = |text: &str, known: &str| !text.is_empty() && text.chars().all(|c| known.contains(c));
        if consists_of(code, "0#,.?% ") {
            return Self::Number { percent: shows_percent(code) };
        }
        // `[$-421]dd mmmm yyyy;@`
        let local = code.strip_prefix("[$-").and_then(|rest| rest.split_once(']'));
        let local = local.filter(|(language, _)| language.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let date = local.map_or(code, |(_, rest)| rest);
        let date = date.strip_suffix(";@").unwrap_or(date);
        // A time of day may follow, as libraries write dates: `yyyy-mm-dd h:mm:ss`.
        if consists_of(date, "dmyhsDMYHS/-.,: ") && date.contains(['d', 'D', 'y', 'Y']) {
            Self::Date
        } else {
            Self::Doubtful
        }
    }
}

impl Plain {
    /// Reads what is shared; none where it is not plain.
    pub(super) fn open(package: &mut Package<'_>, styles: &[Style], counts_from_1904: bool) -> Option<Self> {
        let strings = xlsx_strings::read(package)?;
        let formats = styles.iter().map(Format::from_style).collect();
        Some(Self { strings, looks: Looks::from_styles(styles), formats, counts_from_1904 })
    }

    /// Hands over the cells of a part as long as they are plain, but for those that were already.
    pub(super) fn read(
        &self,
        package: &mut Package<'_>,
        part: &str,
        intake: &mut Intake<'_>,
        from: PlainStart,
    ) -> Result<Reached, OpenError> {
        let PlainStart { zeros, skipped } = from;
        let mut cells = 0;
        let Some(stream) = package.part(part) else { return Ok(Reached::Cells(cells)) };
        let mut window = InflatedPart { stream, held: Vec::with_capacity(2 * WINDOW), start: 0 };
        let Some(head) = window.skip_head(intake.limits()) else { return Ok(Reached::Cells(cells)) };
        loop {
            match item(&window.held[window.start..]) {
                XmlItem::Cell { length, place, style, sort, value, is_formula } => {
                    let is_zero = is_formula && value == b"0" && sort != CellType::Text;
                    let seen = match zeros {
                        Zeros::Unknown if is_zero => return Ok(Reached::Zero(cells)),
                        Zeros::NotComputed if is_zero => Some(Seen::Value(CellValue::FormulaNotComputed)),
                        _ => self.seen(style, sort, value),
                    };
                    let Some(seen) = seen else { return Ok(Reached::Cells(cells)) };
                    if cells >= skipped {
                        let strike = self.strike(&seen);
                        intake.cell(place, seen)?;
                        self.looks.tell(place, style.unwrap_or(0) as usize, true, intake);
                        if let Some(mark) = strike {
                            intake.mark(place, mark);
                        }
                    }
                    cells += 1;
                    window.start += length;
                }
                XmlItem::Row { length, hidden } => {
                    if let Some(row) = hidden.filter(|_| cells >= skipped) {
                        intake.hidden_rows(row, row);
                    }
                    window.start += length;
                }
                XmlItem::Blank { length, place, style } => {
                    self.looks.tell(place, style.unwrap_or(0) as usize, false, intake);
                    window.start += length;
                }
                XmlItem::Nothing { length } => window.start += length,
                XmlItem::End => break,
                XmlItem::Cut => {
                    if window.more().is_none() {
                        return Ok(Reached::Cells(cells));
                    }
                }
                XmlItem::Odd => return Ok(Reached::Cells(cells)),
            }
        }
        let InflatedPart { stream, held, start } = window;
        let rest = Extras::read(Cursor::new(&held[start..]).chain(stream), None, intake.limits());
        head.tell(intake)?;
        Ok(Reached::End(rest.tell(intake)?))
    }

    /// Returns the strike of a cell's shared text by its own format; `None` where it has none.
    fn strike(&self, seen: &Seen<'_>) -> Option<CellMark> {
        let Seen::Shared(_, number) = seen else { return None };
        self.strings.struck.mark(*number)
    }

    /// The shared texts that are struck through.
    pub(super) fn struck(&self) -> &StruckTexts {
        &self.strings.struck
    }

    /// Reads a cell's content; `None` where that is in doubt.
    fn seen<'c>(&'c self, style: Option<u32>, sort: CellType, value: &'c [u8]) -> Option<Seen<'c>> {
        let text = std::str::from_utf8(value).ok()?;
        Some(match sort {
            CellType::Shared => {
                let number = whole_number(value)?;
                Seen::Shared(self.strings.texts.get(number)?.as_ref()?, u32::try_from(number).ok()?)
            }
            // Line ends of other systems and Excel's own escapes are the parser's business.
            CellType::Text | CellType::Inline if text.contains('\r') || text.contains("_x") => return None,
            CellType::Text | CellType::Inline if text.contains('&') => {
                let text = unescape(text).ok().filter(|text| !text.contains('\r') && !text.contains("_x"))?;
                Seen::Value(CellValue::Text(text.into()))
            }
            CellType::Text | CellType::Inline => Seen::Text(text),
            CellType::Bool => Seen::Value(CellValue::Bool(match text {
                "0" => false,
                "1" => true,
                _ => return None,
            })),
            CellType::Error => Seen::Value(CellValue::Error(error_named(text)?)),
            CellType::Number => {
                let number = number(value)?;
                // A cell without a style has the first one's sign of percent, and no other part of its format.
                let format = match style {
                    None => Format::Number { percent: self.formats.first() == Some(&Format::Number { percent: true }) },
                    Some(style) => *self.formats.get(style as usize)?,
                };
                match format {
                    Format::Number { percent } => Seen::Value(CellValue::Number { value: number, percent }),
                    Format::Date => {
                        let kind = ExcelDateTimeType::DateTime;
                        Seen::Value(date_or_number(&ExcelDateTime::new(number, kind, self.counts_from_1904)))
                    }
                    Format::Doubtful => return None,
                }
            }
        })
    }
}

/// A part as it inflates, a piece at a time.
struct InflatedPart<R> {
    stream: R,
    held: Vec<u8>,
    /// Bytes of `held` that are done with.
    start: usize,
}

impl<R: Read> InflatedPart<R> {
    /// Lets go of what is done with and takes more; none at the end, or where an item is too long.
    fn more(&mut self) -> Option<()> {
        self.held.drain(..self.start);
        self.start = 0;
        if self.held.len() > WINDOW {
            return None;
        }
        let read = self.stream.by_ref().take(WINDOW as u64).read_to_end(&mut self.held).ok()?;
        (read > 0).then_some(())
    }

    /// Goes to the first row; gives what stands before it, which must be UTF-8 and have no comments, which might hide it.
    fn skip_head(&mut self, limits: &Limits) -> Option<Extras> {
        self.more()?;
        let place = self.held.windows(OPENING.len()).position(|window| window == OPENING)?;
        let head = std::str::from_utf8(&self.held[..place]).ok()?.to_ascii_lowercase();
        let is_utf8 = !head.contains("encoding=") || head.contains("encoding=\"utf-8\"");
        let extras = Extras::read(&self.held[..place], None, limits);
        self.start = place + OPENING.len();
        // An empty or oddly written list of cells before this one is the one that counts.
        (is_utf8 && !head.contains("<!") && !head.contains("sheetdata")).then_some(extras)
    }
}

/// The type that a cell names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CellType {
    Number,
    Shared,
    Text,
    /// A text that stands in the cell itself, as programs write it that stream their rows.
    Inline,
    Bool,
    Error,
}

/// Piece of a sheet at the beginning of some bytes.
#[derive(Debug, PartialEq)]
enum XmlItem<'b> {
    /// A cell with a value.
    Cell { length: usize, place: CellRef, style: Option<u32>, sort: CellType, value: &'b [u8], is_formula: bool },
    /// A row's tag, and the row where it hides it.
    Row { length: usize, hidden: Option<u32> },
    /// A row's end.
    Nothing { length: usize },
    /// A cell without a value.
    Blank { length: usize, place: CellRef, style: Option<u32> },
    /// The end of the cells.
    End,
    /// Its end is not there yet.
    Cut,
    /// Something else.
    Odd,
}

/// The item at the beginning of `bytes`.
fn item(bytes: &[u8]) -> XmlItem<'_> {
    if let [b'<', b'c', b' ', ..] = bytes {
        return cell(bytes).unwrap_or_else(|stop| stop);
    }
    let Some(end) = bytes.iter().position(|byte| *byte == b'>') else { return XmlItem::Cut };
    match &bytes[..end] {
        b"</sheetData" => XmlItem::End,
        b"</row" => XmlItem::Nothing { length: end + 1 },
        tag @ [b'<', b'r', b'o', b'w', b' ', ..] => XmlItem::Row { length: end + 1, hidden: hidden(&tag[1..]) },
        _ => XmlItem::Odd,
    }
}

/// The row (from 0) that the inside of a row's tag hides.
fn hidden(tag: &[u8]) -> Option<u32> {
    const HIDDEN: &[u8] = b"hidden";
    let text = std::str::from_utf8(tag).ok().filter(|_| tag.windows(HIDDEN.len()).any(|window| window == HIDDEN))?;
    hidden_row(&BytesStart::from_content(text, "row".len()))
}

/// A cell: its tag, perhaps a formula, a value.
fn cell(bytes: &[u8]) -> Result<XmlItem<'_>, XmlItem<'_>> {
    let mut rest = RestOfBytes { bytes, at: b"<c".len() };
    let mut place = None;
    let mut style = None;
    let mut sort = CellType::Number;
    let is_closed = loop {
        match rest.next()? {
            b'>' => break false,
            b'/' => {
                rest.expect(b">")?;
                break true;
            }
            b' ' => {}
            _ => return Err(XmlItem::Odd),
        }
        if matches!(rest.peek()?, b'>' | b'/' | b' ') {
            continue;
        }
        let name = rest.until(b'=')?;
        // `t =` is the type too.
        if !name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b':') {
            return Err(XmlItem::Odd);
        }
        rest.expect(b"\"")?;
        let value = rest.until(b'"')?;
        match name {
            b"r" => place = Some(CellRef::parse(value).ok_or(XmlItem::Odd)?),
            b"s" => style = Some(whole_number(value).and_then(|style| u32::try_from(style).ok()).ok_or(XmlItem::Odd)?),
            b"t" => {
                sort = match value {
                    b"s" => CellType::Shared,
                    b"n" => CellType::Number,
                    b"str" => CellType::Text,
                    b"inlineStr" => CellType::Inline,
                    b"b" => CellType::Bool,
                    b"e" => CellType::Error,
                    _ => return Err(XmlItem::Odd),
                }
            }
            _ => {}
        }
    };
    let place = place.ok_or(XmlItem::Odd)?;
    if is_closed {
        return Ok(XmlItem::Blank { length: rest.at, place, style });
    }
    if rest.is_next(b"</c>")? {
        return Ok(XmlItem::Blank { length: rest.at, place, style });
    }
    if sort == CellType::Inline {
        let value = inline_text(&mut rest)?;
        return Ok(XmlItem::Cell { length: rest.at, place, style, sort, value, is_formula: false });
    }
    let is_formula = rest.is_next(b"<f")?;
    if is_formula {
        let tag = rest.until(b'>')?;
        if !tag.ends_with(b"/") {
            rest.until(b'<')?;
            rest.expect(b"/f>")?;
        }
    }
    // Without a value it would be a formula that nobody computed.
    rest.expect(b"<v>")?;
    let value = rest.until(b'<')?;
    rest.expect(b"/v></c>")?;
    if value.is_empty() && sort != CellType::Text {
        return Err(XmlItem::Odd);
    }
    Ok(XmlItem::Cell { length: rest.at, place, style, sort, value, is_formula })
}

/// Reads the one text of a cell that holds its text itself, and passes the cell's end. Runs of several formats, and edges
/// that do not count, are left to the parser.
fn inline_text<'b>(rest: &mut RestOfBytes<'b>) -> Result<&'b [u8], XmlItem<'b>> {
    rest.expect(b"<is><t")?;
    let keeps_space = rest.is_next(b" xml:space=\"preserve\"")?;
    rest.expect(b">")?;
    let text = rest.until(b'<')?;
    rest.expect(b"/t></is></c>")?;
    if keeps_space || text.trim_ascii().len() == text.len() { Ok(text) } else { Err(XmlItem::Odd) }
}

/// Bytes being read; errors are the items to give up with.
struct RestOfBytes<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> RestOfBytes<'b> {
    fn peek(&self) -> Result<u8, XmlItem<'b>> {
        self.bytes.get(self.at).copied().ok_or(XmlItem::Cut)
    }

    fn next(&mut self) -> Result<u8, XmlItem<'b>> {
        let byte = self.peek()?;
        self.at += 1;
        Ok(byte)
    }

    /// Returns the bytes before the next `end`, and passes it; [`XmlItem::Cut`] where there is none.
    fn until(&mut self, end: u8) -> Result<&'b [u8], XmlItem<'b>> {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().position(|byte| *byte == end).ok_or(XmlItem::Cut)?;
        self.at += length + 1;
        Ok(&rest[..length])
    }

    /// Passes `known`, where it is next.
    fn is_next<const N: usize>(&mut self, known: &[u8; N]) -> Result<bool, XmlItem<'b>> {
        // Of a known length: compared in a register, millions of times.
        let is_next = self.bytes[self.at..].first_chunk::<N>().ok_or(XmlItem::Cut)? == known;
        self.at += if is_next { N } else { 0 };
        Ok(is_next)
    }

    fn expect<const N: usize>(&mut self, known: &[u8; N]) -> Result<(), XmlItem<'b>> {
        if self.is_next(known)? { Ok(()) } else { Err(XmlItem::Odd) }
    }
}

/// A whole number of digits, few enough for no doubt.
fn whole_number(digits: &[u8]) -> Option<usize> {
    let is_whole = (1..=15).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit);
    is_whole.then(|| digits.iter().fold(0, |number, digit| number * 10 + usize::from(digit - b'0')))
}

/// A number as XML writes it.
fn number(text: &[u8]) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "fifteen digits are exact")]
    if let Some(whole) = whole_number(text) {
        return Some(whole as f64);
    }
    let is_plain = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'e' | b'E');
    if !text.iter().all(is_plain) {
        return None;
    }
    std::str::from_utf8(text).ok()?.parse().ok()
}
