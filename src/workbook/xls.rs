//! xls, from Excel 2 to Excel 2003 (BIFF2 to BIFF8): the records of a workbook, each cell as it comes. Read here
//! and not by calamine, whose reader lays each sheet out as a dense range, drops number formats (so that a
//! percentage is lost) and misreads labels outside of the table of strings, which small exporters write.
//!
//! Record numbers and layouts are those of [MS-XLS] 2.3 and 2.4.

use super::biff::{BEGINS, CodePage, Counted, Record, Records, Version};
use super::intake::{Intake, Seen};
use super::ole::{Envelope, Fault};
use super::values::{NumberFormat, error_coded};
use super::xlsb::rk;
use super::{Area, CellValue, ColumnWidth, Excess, Notice, OpenError, Visibility};
use crate::domain::records::CellRef;

const NOT_WHOLE: &str = "isinya tidak sesuai format .xls";
const CUT: &str = "bagian akhirnya hilang";
/// What a sheet is called that has no name: before Excel 5 a file was a sheet.
const SHEET: &str = "Sheet1";
/// What a BOF record begins.
const GLOBALS: u16 = 0x0005;
const WORKSHEET: u16 = 0x0010;
const WORKSPACE: u16 = 0x0100;
const END: u16 = 0x000A;

pub(super) fn read(bytes: &[u8], intake: &mut Intake<'_>) -> Result<(), OpenError> {
    if !bytes.starts_with(&[0xD0, 0xCF]) {
        return read_stream(bytes, None, intake);
    }
    let envelope = Envelope::open(bytes).map_err(|fault| intake.damaged(said(Some(fault))))?;
    if envelope.has("_vba_project_cur") || envelope.has("_vba_project") {
        intake.notice(Notice::MacrosIgnored);
    }
    // A file for both generations has two streams, and only the newer one is Unicode.
    let stream = envelope.stream("workbook").or_else(|| envelope.stream("book"));
    let stream = stream.ok_or_else(|| intake.damaged(said(Some(Fault::Broken))))?;
    read_stream(&stream.bytes, stream.fault, intake)
}

/// Why a stream ends before its workbook does.
fn said(fault: Option<Fault>) -> &'static str {
    match fault {
        Some(Fault::Truncated) | None => CUT,
        Some(Fault::Broken) => "susunan bagiannya kacau",
    }
}

fn read_stream(stream: &[u8], fault: Option<Fault>, intake: &mut Intake<'_>) -> Result<(), OpenError> {
    let mut records = Records::new(stream, 0);
    let begin = records.next().filter(|begin| BEGINS.contains(&begin.number));
    let begin = begin.ok_or_else(|| intake.damaged(if fault.is_some() { said(fault) } else { NOT_WHOLE }))?;
    let mut book = Book::new(Version::of(&begin), said(fault));
    if begin.u16(2) == Some(GLOBALS) {
        book.read_globals(&mut records, intake)?;
        book.read_listed(stream, intake)
    } else {
        book.read_flat(Records::new(stream, 0), intake)
    }
}

/// What the cells of every sheet refer to.
struct Book {
    version: Version,
    /// What is said where the stream ends too early.
    cut: &'static str,
    page: CodePage,
    counts_from_1904: bool,
    /// Number formats by their number.
    formats: Vec<(u16, NumberFormat)>,
    /// The number format of each cell style.
    styles: Vec<u16>,
    strings: Vec<Box<str>>,
    sheets: Vec<Listed>,
}

/// A sheet in the list of sheets.
struct Listed {
    /// Where its records begin.
    at: usize,
    name: String,
    visibility: Visibility,
}

/// What a formula's cell shows.
enum Shown {
    Value(CellValue),
    /// A text, in the record that follows.
    TextFollows,
    Blank,
}

impl Book {
    fn new(version: Version, cut: &'static str) -> Self {
        let (formats, styles, strings, sheets) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let page = CodePage::UNKNOWN;
        Self { version, cut, page, counts_from_1904: false, formats, styles, strings, sheets }
    }

    fn read_globals(&mut self, records: &mut Records<'_>, intake: &mut Intake<'_>) -> Result<(), OpenError> {
        for record in records {
            if record.number == END {
                return Ok(());
            }
            self.note(&record, intake)?;
        }
        Err(intake.damaged(self.cut))
    }

    /// A record of the workbook as a whole; any other is passed over.
    fn note(&mut self, record: &Record<'_>, intake: &mut Intake<'_>) -> Result<(), OpenError> {
        match record.number {
            0x002F => return Err(OpenError::Password { file: intake.file() }),
            0x0042 => self.page = record.u16(0).map_or(CodePage::UNKNOWN, CodePage::of),
            0x0022 if record.u16(0) == Some(1) => {
                self.counts_from_1904 = true;
                intake.counts_from_1904();
            }
            0x001E | 0x041E => self.note_format(record),
            0x00E0 => self.styles.push(record.u16(2).unwrap_or(0)),
            0x0243 | 0x0443 => self.styles.push(record.bytes().get(1).copied().map_or(0, u16::from)),
            0x0085 => {
                if let Some(sheet) = self.listed(record) {
                    self.sheets.push(sheet);
                    intake.check_sheets(self.sheets.len())?;
                }
            }
            0x00FC => self.note_strings(record, intake)?,
            _ => {}
        }
        Ok(())
    }

    /// FORMAT: before Excel 5 without a number, counted in their order.
    fn note_format(&mut self, record: &Record<'_>) {
        let counted = if self.version == Version::Eight { Counted::Word } else { Counted::Byte };
        let at = if record.number == 0x001E { 0 } else { 2 };
        let number = match self.version {
            Version::Five | Version::Eight => record.u16(0).unwrap_or(0),
            Version::Two | Version::Four => u16::try_from(self.formats.len()).unwrap_or(u16::MAX),
        };
        if let Some(code) = record.letters(at).text(self.version, counted, self.page) {
            self.formats.push((number, NumberFormat::of(&code)));
        }
    }

    /// BOUNDSHEET, of a worksheet.
    fn listed(&self, record: &Record<'_>) -> Option<Listed> {
        let (hidden, sort) = (record.bytes().get(4)?, record.bytes().get(5)?);
        let visibility = match hidden & 3 {
            0 => Visibility::Visible,
            _ => Visibility::Hidden,
        };
        let name = record.letters(6).text(self.version, Counted::Byte, self.page)?;
        (*sort == 0).then_some(Listed { at: record.u32(0)? as usize, name, visibility })
    }

    /// SST: two counts, which some writers leave at zero and nobody needs, then the strings.
    fn note_strings(&mut self, record: &Record<'_>, intake: &Intake<'_>) -> Result<(), OpenError> {
        let mut letters = record.letters(8);
        while let Some(text) = letters.text(Version::Eight, Counted::Word, self.page) {
            if self.strings.len() as u64 == intake.limits().cells {
                return Err(intake.too_large(Excess::Cells(intake.limits().cells)));
            }
            self.strings.push(text.into());
        }
        Ok(())
    }

    fn read_listed(&mut self, stream: &[u8], intake: &mut Intake<'_>) -> Result<(), OpenError> {
        for sheet in std::mem::take(&mut self.sheets) {
            intake.open_sheet(&sheet.name, sheet.visibility)?;
            let mut records = Records::new(stream, sheet.at);
            if !records.next().is_some_and(|begin| BEGINS.contains(&begin.number)) {
                return Err(intake.damaged(self.cut));
            }
            self.read_sheet(&mut records, intake)?;
        }
        Ok(())
    }

    /// Before Excel 5: sheets one after the other, each perhaps with its name before it.
    fn read_flat(&mut self, mut records: Records<'_>, intake: &mut Intake<'_>) -> Result<(), OpenError> {
        let mut name = SHEET.to_owned();
        let mut has_sheet = false;
        while let Some(record) = records.next() {
            match record.number {
                0x008F => name = record.letters(4).text(self.version, Counted::Byte, self.page).unwrap_or(name),
                number if BEGINS.contains(&number) => match record.u16(2) {
                    Some(WORKSHEET) => {
                        has_sheet = true;
                        intake.open_sheet(&name, Visibility::Visible)?;
                        self.read_sheet(&mut records, intake)?;
                    }
                    Some(WORKSPACE) => {}
                    _ => self.skip(&mut records, intake)?,
                },
                _ => self.note(&record, intake)?,
            }
        }
        if has_sheet { Ok(()) } else { Err(intake.damaged(NOT_WHOLE)) }
    }

    /// Reads on to the end of what has just begun: a chart within a sheet.
    fn skip(&self, records: &mut Records<'_>, intake: &Intake<'_>) -> Result<(), OpenError> {
        let mut depth = 1_u32;
        for record in records {
            match record.number {
                END if depth == 1 => return Ok(()),
                END => depth -= 1,
                number if BEGINS.contains(&number) => depth += 1,
                _ => {}
            }
        }
        Err(intake.damaged(self.cut))
    }

    /// The cells of a sheet, from behind its BOF to its end.
    fn read_sheet(&mut self, records: &mut Records<'_>, intake: &mut Intake<'_>) -> Result<(), OpenError> {
        let mut awaits_text = None;
        while let Some(record) = records.next() {
            match record.number {
                END => {
                    return match awaits_text {
                        Some(place) => intake.cell(place, Seen::Value(CellValue::FormulaNotComputed)),
                        None => Ok(()),
                    };
                }
                0x0007 | 0x0207 => {
                    let counted = if record.number == 0x0007 { Counted::Byte } else { Counted::Word };
                    if let Some(place) = awaits_text.take() {
                        self.text(place, &record, 0, counted, intake)?;
                    }
                }
                0x007D => columns(&record, intake),
                0x00E5 => merges(&record, intake)?,
                0x00BD => self.several(&record, intake)?,
                number if BEGINS.contains(&number) => self.skip(records, intake)?,
                _ => match Head::of(&record, self.version) {
                    Some(head) => {
                        if let Some(place) = awaits_text.take() {
                            intake.cell(place, Seen::Value(CellValue::FormulaNotComputed))?;
                        }
                        awaits_text = self.cell(&head, &record, intake)?;
                    }
                    None => self.note(&record, intake)?,
                },
            }
        }
        Err(intake.damaged(self.cut))
    }

    /// A cell; where its text comes in the next record, its place.
    fn cell(&self, head: &Head, record: &Record<'_>, intake: &mut Intake<'_>) -> Result<Option<CellRef>, OpenError> {
        let at = head.bytes;
        let damaged = || intake.damaged(NOT_WHOLE);
        let value = match record.number {
            0x0002 => self.number(f64::from(record.u16(at).ok_or_else(damaged)?), head.style),
            0x0003 | 0x0203 => self.number(record.f64(at).ok_or_else(damaged)?, head.style),
            0x027E => self.number(rk(record.u32(at).ok_or_else(damaged)?), head.style),
            0x0005 | 0x0205 => truth_or_error(record.bytes().get(at..at + 2).ok_or_else(damaged)?),
            0x00FD => {
                let place = record.u32(at).ok_or_else(damaged)? as usize;
                let text = self.strings.get(place).ok_or_else(damaged)?;
                return intake.cell(head.place, Seen::Text(text)).map(|()| None);
            }
            0x0004 => return self.text(head.place, record, at, Counted::Byte, intake).map(|()| None),
            0x0204 | 0x00D6 => return self.text(head.place, record, at, Counted::Word, intake).map(|()| None),
            _ => match self.formula(record.bytes().get(at..at + 8).ok_or_else(damaged)?, head.style) {
                Shown::Value(value) => value,
                Shown::TextFollows => return Ok(Some(head.place)),
                Shown::Blank => return Ok(None),
            },
        };
        intake.cell(head.place, Seen::Value(value)).map(|()| None)
    }

    fn text(
        &self,
        place: CellRef,
        record: &Record<'_>,
        at: usize,
        counted: Counted,
        intake: &mut Intake<'_>,
    ) -> Result<(), OpenError> {
        let text = record.letters(at).text(self.version, counted, self.page);
        let text = text.ok_or_else(|| intake.damaged(NOT_WHOLE))?;
        if self.version < Version::Eight && self.page.is_guess && !text.is_ascii() {
            intake.notice(Notice::EncodingGuessed);
        }
        intake.cell(place, Seen::Text(&text))
    }

    /// MULRK: numbers beside each other.
    fn several(&self, record: &Record<'_>, intake: &mut Intake<'_>) -> Result<(), OpenError> {
        let (Some(row), Some(first)) = (record.u16(0), record.u16(2)) else {
            return Err(intake.damaged(NOT_WHOLE));
        };
        let numbers = record.bytes().get(4..record.bytes().len().saturating_sub(2)).unwrap_or_default();
        for (column, six) in (u32::from(first)..).zip(numbers.chunks_exact(6)) {
            let style = u16::from_le_bytes([six[0], six[1]]);
            let value = self.number(rk(u32::from_le_bytes([six[2], six[3], six[4], six[5]])), Style::Listed(style));
            intake.cell(CellRef { row: u32::from(row), column }, Seen::Value(value))?;
        }
        Ok(())
    }

    fn number(&self, value: f64, style: Style) -> CellValue {
        let format = match style {
            Style::Listed(style) => self.styles.get(usize::from(style)).copied(),
            Style::Format(format) => Some(format),
        };
        let known = |id| self.formats.iter().find(|(own, _)| *own == id).map(|(_, format)| *format);
        let format = format.map(|id| known(id).unwrap_or_else(|| NumberFormat::builtin(id))).unwrap_or_default();
        format.value(value, self.counts_from_1904)
    }

    /// A number, or what the last two bytes say that is none.
    fn formula(&self, bytes: &[u8], style: Style) -> Shown {
        let [sort, _, code, _, _, _, 0xFF, 0xFF] = *bytes else {
            let number = bytes.try_into().map_or(f64::NAN, f64::from_le_bytes);
            return Shown::Value(self.number(number, style));
        };
        match sort {
            0 => Shown::TextFollows,
            1 => Shown::Value(CellValue::Bool(code != 0)),
            2 => Shown::Value(CellValue::Error(error_coded(code))),
            _ => Shown::Blank,
        }
    }
}

/// Where the number format of a cell stands.
#[derive(Clone, Copy)]
enum Style {
    /// In this cell style.
    Listed(u16),
    /// In the cell itself (Excel 2).
    Format(u16),
}

/// The beginning of a cell's record.
struct Head {
    place: CellRef,
    style: Style,
    /// How long it is.
    bytes: usize,
}

impl Head {
    /// None where the record is no cell with a value.
    fn of(record: &Record<'_>, version: Version) -> Option<Self> {
        let is_of_excel_2 = match record.number {
            0x0002..=0x0005 => true,
            0x0006 => version == Version::Two,
            0x0203..=0x0206 | 0x0406 | 0x00D6 | 0x00FD | 0x027E => false,
            _ => return None,
        };
        let place = CellRef { row: u32::from(record.u16(0)?), column: u32::from(record.u16(2)?) };
        if is_of_excel_2 {
            let format = u16::from(record.bytes().get(5)? & 0x3F);
            return Some(Self { place, style: Style::Format(format), bytes: 7 });
        }
        Some(Self { place, style: Style::Listed(record.u16(4)?), bytes: 6 })
    }
}

/// A code and whether it is an error's.
fn truth_or_error(bytes: &[u8]) -> CellValue {
    match bytes {
        [code, 1] => CellValue::Error(error_coded(*code)),
        other => CellValue::Bool(other.first().is_some_and(|truth| *truth != 0)),
    }
}

/// COLINFO: first and last column, width, style, flags, of which the first hides.
fn columns(record: &Record<'_>, intake: &mut Intake<'_>) {
    if let (Some(first), Some(last), Some(width), Some(flags)) =
        (record.u16(0), record.u16(2), record.u16(4), record.u16(8))
    {
        let (first, last) = (u32::from(first), u32::from(last));
        if flags & 1 != 0 {
            intake.hidden_columns(first, last);
        } else {
            intake.column_width(ColumnWidth { first, last, width });
        }
    }
}

/// MERGEDCELLS: how many, then first and last row, first and last column of each.
fn merges(record: &Record<'_>, intake: &mut Intake<'_>) -> Result<(), OpenError> {
    let count = usize::from(record.u16(0).unwrap_or(0));
    for eight in record.bytes().get(2..).unwrap_or_default().chunks_exact(8).take(count) {
        let side = |at: usize| u32::from(u16::from_le_bytes([eight[at], eight[at + 1]]));
        let first = CellRef { row: side(0), column: side(4) };
        intake.merge(Area { first, last: CellRef { row: side(2), column: side(6) } })?;
    }
    Ok(())
}
