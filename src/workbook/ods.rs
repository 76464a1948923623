//! OpenDocument spreadsheets, as a stream: repeated rows and cells are never laid out, so that a sheet which
//! repeats a blank a thousand million times costs nothing. Values come from attributes, not from the text
//! that they are shown as.
//!
//! Read here because calamine 0.38 gives an error as text or as the number that it stands beside, and of two sheets of
//! one name the last for both; and it lacks percentages, merged areas, hidden rows and columns, and formulas that nobody
//! computed. All of it stands in the one part that would have to be read anyway.

use std::borrow::Cow;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::intake::{Intake, Seen};
use super::package::Package;
use super::values::{error_named, iso_date};
use super::xml::resolved;
use super::{Area, CellValue, OpenError, Visibility};
use crate::domain::records::CellRef;

const NOT_WHOLE: &str = "XML-nya tidak utuh";
/// Cells that one formula over an area may fill.
const MATRIX_CELLS_MAX: usize = 10_000;
/// Bytes of the manifest that are looked at for signs of a password.
const MANIFEST_BYTES: u64 = 4 << 20;

pub(super) fn read(package: &mut Package<'_>, intake: &mut Intake<'_>) -> Result<(), OpenError> {
    let manifest = package.small_part("meta-inf/manifest.xml", MANIFEST_BYTES).unwrap_or_default();
    // Some writers leave the part out that tells the type; the manifest tells it too.
    let stated = package.small_part("mimetype", 256).unwrap_or_else(|| manifest.clone());
    if !holds(&stated, b"application/vnd.oasis.opendocument.spreadsheet") {
        let what = "isinya dokumen LibreOffice lain".into();
        return Err(OpenError::NotAWorkbook { file: intake.file(), what });
    }
    if holds(&manifest, b"encryption-data") {
        return Err(OpenError::Password { file: intake.file() });
    }
    let content = package.part("content.xml").ok_or_else(|| intake.damaged("arsip ZIP-nya tidak utuh"))?;
    let mut reader = Reader::from_reader(content);
    reader.config_mut().expand_empty_elements = true;
    OdsReader { reader, buffer: Vec::new(), hidden_styles: Vec::new() }.read(intake)
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

/// The document being read.
struct OdsReader<R> {
    reader: Reader<R>,
    buffer: Vec<u8>,
    /// Names of table styles that hide their sheet.
    hidden_styles: Vec<String>,
}

/// The row being read.
struct OdsRow {
    first: u32,
    /// Number of rows that this one stands for, at least 1.
    repeated: u32,
    column: u32,
    /// Cells with a value: column, how many alike, value.
    cells: Vec<(u32, u32, CellValue)>,
}

impl<R: BufRead> OdsReader<R> {
    fn read(&mut self, intake: &mut Intake<'_>) -> Result<(), OpenError> {
        let mut style = String::new();
        let mut is_whole = false;
        loop {
            match self.next(intake)? {
                NextEvent::Start(tag) => match tag.name.as_str() {
                    "style:style" => tag.get("style:name").unwrap_or_default().clone_into(&mut style),
                    "style:table-properties" if tag.get("table:display") == Some("false") => {
                        self.hidden_styles.push(style.clone());
                    }
                    // Old versions of cells, kept beside the sheets.
                    "table:tracked-changes" => self.skip(&tag.name, intake)?,
                    "table:table" => self.table(&tag, intake)?,
                    // From when bare numbers count as dates; what is a date says so itself.
                    "table:null-date" if tag.get("table:date-value") == Some("1904-01-01") => {
                        intake.counts_from_1904();
                    }
                    _ => {}
                },
                NextEvent::End(name) => is_whole |= name == "office:document-content",
                NextEvent::Text(_) => {}
                NextEvent::Eof if is_whole => return Ok(()),
                NextEvent::Eof => return Err(intake.damaged(NOT_WHOLE)),
            }
        }
    }

    fn table(&mut self, tag: &Tag, intake: &mut Intake<'_>) -> Result<(), OpenError> {
        let style = tag.get("table:style-name").unwrap_or_default();
        // A copy of another file's sheet, kept for formulas that refer to it.
        if style == "ta_extref" {
            return self.skip(&tag.name, intake);
        }
        let is_hidden = self.hidden_styles.iter().any(|hidden| hidden == style);
        let visibility = if is_hidden { Visibility::Hidden } else { Visibility::Visible };
        intake.open_sheet(tag.get("table:name").unwrap_or_default(), visibility)?;
        let mut row = 0_u32;
        let mut column = 0_u32;
        loop {
            match self.next(intake)? {
                NextEvent::Start(tag) => match tag.name.as_str() {
                    "table:table-column" => {
                        let repeated = tag.count("table:number-columns-repeated");
                        let end = column.saturating_add(repeated);
                        if tag.is_hidden() && end > column {
                            intake.hidden_columns(column, end - 1);
                        }
                        column = end;
                    }
                    "table:table-row" => {
                        let repeated = tag.count("table:number-rows-repeated");
                        let open = OdsRow { first: row, repeated, column: 0, cells: Vec::new() };
                        self.row(open, intake)?;
                        let end = row.saturating_add(repeated);
                        if tag.is_hidden() && end > row {
                            intake.hidden_rows(row, end - 1);
                        }
                        row = end;
                    }
                    "table:shapes" | "office:forms" | "table:table-source" | "table:table" => {
                        self.skip(&tag.name, intake)?;
                    }
                    _ => {}
                },
                NextEvent::End(name) if name == "table:table" => return Ok(()),
                NextEvent::End(_) | NextEvent::Text(_) => {}
                NextEvent::Eof => return Err(intake.damaged(NOT_WHOLE)),
            }
        }
    }

    fn row(&mut self, mut row: OdsRow, intake: &mut Intake<'_>) -> Result<(), OpenError> {
        loop {
            match self.next(intake)? {
                NextEvent::Start(tag) => match tag.name.as_str() {
                    "table:table-cell" | "table:covered-table-cell" => self.cell(&tag, &mut row, intake)?,
                    name => self.skip(name, intake)?,
                },
                NextEvent::End(name) if name == "table:table-row" => break,
                NextEvent::End(_) | NextEvent::Text(_) => {}
                NextEvent::Eof => return Err(intake.damaged(NOT_WHOLE)),
            }
        }
        if row.cells.is_empty() {
            return Ok(());
        }
        for place in row.first..row.first.saturating_add(row.repeated) {
            for (column, repeated, value) in &row.cells {
                for column in *column..column.saturating_add(*repeated) {
                    let seen = match value {
                        CellValue::Text(text) => Seen::Text(text),
                        value => Seen::Value(value.clone()),
                    };
                    intake.cell(CellRef { row: place, column }, seen)?;
                }
            }
        }
        Ok(())
    }

    fn cell(&mut self, tag: &Tag, row: &mut OdsRow, intake: &mut Intake<'_>) -> Result<(), OpenError> {
        let repeated = tag.count("table:number-columns-repeated");
        let column = row.column;
        row.column = column.saturating_add(repeated);
        let text = self.text_of(&tag.name, intake)?;
        let is_covered = tag.name == "table:covered-table-cell";
        let columns = tag.count("table:number-columns-spanned");
        let rows = tag.count("table:number-rows-spanned");
        if !is_covered && (columns > 1 || rows > 1) {
            let first = CellRef { row: row.first, column };
            let last = CellRef { row: row.first.saturating_add(rows - 1), column: column.saturating_add(columns - 1) };
            intake.merge(Area { first, last })?;
        }
        let value = value(tag, text);
        if value == Some(CellValue::FormulaNotComputed) {
            Self::fill(tag, CellRef { row: row.first, column }, intake)?;
        }
        if let Some(value) = value {
            row.cells.push((column, repeated, value));
        }
        Ok(())
    }

    /// The area of a formula that was never computed, beside its own cell.
    fn fill(tag: &Tag, first: CellRef, intake: &mut Intake<'_>) -> Result<(), OpenError> {
        let rows = tag.count("table:number-matrix-rows-spanned");
        let columns = tag.count("table:number-matrix-columns-spanned");
        let offsets = (0..rows).flat_map(|down| (0..columns).map(move |right| (down, right)));
        for (down, right) in offsets.skip(1).take(MATRIX_CELLS_MAX) {
            let place = CellRef { row: first.row.saturating_add(down), column: first.column.saturating_add(right) };
            intake.cell(place, Seen::Value(CellValue::FormulaNotComputed))?;
        }
        Ok(())
    }

    /// The paragraphs of a cell, up to its end; notes and drawings are not part of them.
    fn text_of(&mut self, cell: &str, intake: &mut Intake<'_>) -> Result<String, OpenError> {
        let mut text = String::new();
        let mut paragraphs = 0;
        let mut in_paragraph = false;
        loop {
            match self.next(intake)? {
                NextEvent::Start(tag) => match tag.name.as_str() {
                    "text:p" => {
                        if paragraphs > 0 {
                            text.push('\n');
                        }
                        paragraphs += 1;
                        in_paragraph = true;
                    }
                    "text:s" => {
                        let spaces = tag.count("text:c") as usize;
                        text.extend(std::iter::repeat_n(' ', spaces.min(intake.limits().text_chars + 1)));
                    }
                    "text:tab" => text.push('\t'),
                    "text:line-break" => text.push('\n'),
                    "text:span" | "text:a" => {}
                    name => self.skip(name, intake)?,
                },
                NextEvent::End(name) if name == cell => return Ok(text),
                NextEvent::End(name) if name == "text:p" => in_paragraph = false,
                NextEvent::Text(piece) if in_paragraph => text.push_str(&piece),
                NextEvent::End(_) | NextEvent::Text(_) => {}
                NextEvent::Eof => return Err(intake.damaged(NOT_WHOLE)),
            }
        }
    }

    /// Reads on to the end of the element that just began.
    fn skip(&mut self, name: &str, intake: &Intake<'_>) -> Result<(), OpenError> {
        let mut depth = 1_u32;
        while depth > 0 {
            match self.next(intake)? {
                NextEvent::Start(tag) if tag.name == name => depth = depth.saturating_add(1),
                NextEvent::End(ended) if ended == name => depth -= 1,
                NextEvent::Start(_) | NextEvent::End(_) | NextEvent::Text(_) => {}
                NextEvent::Eof => return Err(intake.damaged(NOT_WHOLE)),
            }
        }
        Ok(())
    }

    fn next(&mut self, intake: &Intake<'_>) -> Result<NextEvent, OpenError> {
        loop {
            self.buffer.clear();
            let event = self.reader.read_event_into(&mut self.buffer);
            return Ok(match event.map_err(|_error| intake.damaged(NOT_WHOLE))? {
                Event::Start(start) => NextEvent::Start(Tag::from_tag(&start)),
                Event::End(end) => NextEvent::End(end.name().as_ref().to_owned()),
                Event::Text(text) => NextEvent::Text(text.xml10_content().into_owned()),
                Event::CData(text) => NextEvent::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(entity) => NextEvent::Text(resolved(&entity)),
                Event::Eof => NextEvent::Eof,
                _ => continue,
            });
        }
    }
}

/// Next piece of the document.
enum NextEvent {
    Start(Tag),
    End(String),
    Text(String),
    Eof,
}

/// A start tag, with the attributes that matter.
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn from_tag(start: &BytesStart<'_>) -> Self {
        let keep = |key: &str| !key.starts_with("xmlns");
        let attributes = start
            .attributes()
            .with_checks(false)
            .filter_map(Result::ok)
            .filter(|attribute| keep(attribute.key.as_ref()))
            .map(|attribute| {
                let value = attribute.normalized_value(quick_xml::XmlVersion::Explicit1_0);
                (attribute.key.as_ref().to_owned(), value.map(Cow::into_owned).unwrap_or_default())
            })
            .collect();
        Self { name: start.name().as_ref().to_owned(), attributes }
    }

    fn get(&self, key: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }

    /// Reports whether a row or column is not shown, by hand or by a filter.
    fn is_hidden(&self) -> bool {
        matches!(self.get("table:visibility"), Some("collapse" | "filter"))
    }

    /// A repetition or a span: at least one.
    fn count(&self, key: &str) -> u32 {
        self.get(key).and_then(|text| text.trim().parse().ok()).unwrap_or(1).max(1)
    }
}

/// Reads a cell's value by its type and attributes; `None` where it holds none.
fn value(tag: &Tag, text: String) -> Option<CellValue> {
    let number = || tag.get("office:value").and_then(|value| value.trim().parse::<f64>().ok());
    let sort = tag.get("calcext:value-type").or_else(|| tag.get("office:value-type"));
    let has_formula = tag.get("table:formula").is_some();
    if sort == Some("error") || (has_formula && error_named(&text).is_some()) {
        // LibreOffice has errors of its own (`Err:502`).
        return Some(CellValue::Error(error_named(&text).unwrap_or("#VALUE!")));
    }
    let shown = match sort {
        Some("float" | "currency") => number().map(|value| CellValue::Number { value, percent: false }),
        Some("percentage") => number().map(|value| CellValue::Number { value, percent: true }),
        Some("boolean") => tag.get("office:boolean-value").map(|value| CellValue::Bool(value == "true")),
        Some("date") => tag.get("office:date-value").and_then(iso_date).map(CellValue::Date),
        Some("time") => {
            tag.get("office:time-value").and_then(days).map(|value| CellValue::Number { value, percent: false })
        }
        Some("string") => {
            let text = tag.get("office:string-value").map_or(text.as_str(), |value| value);
            return (!text.is_empty()).then(|| CellValue::Text(text.into()));
        }
        _ if has_formula && text.is_empty() => return Some(CellValue::FormulaNotComputed),
        _ => None,
    };
    shown.or_else(|| (!text.is_empty()).then(|| CellValue::Text(text.into())))
}

/// `PT08H30M00S` in days, as other formats store it.
fn days(duration: &str) -> Option<f64> {
    let rest = duration.strip_prefix("PT")?;
    let (hours, rest) = rest.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let seconds = rest.strip_suffix('S')?;
    let part = |text: &str| text.parse::<f64>().ok();
    Some((part(hours)? * 3_600.0 + part(minutes)? * 60.0 + part(seconds)?) / 86_400.0)
}
