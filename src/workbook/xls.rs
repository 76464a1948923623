//! xls, from Excel 5 to Excel 2003 (BIFF5 and BIFF8): the records of a workbook, each cell as it comes. Older ones are
//! refused with a sentence.
//!
//! Read here because calamine 0.38 lacks: number formats (its cells do not tell a percentage from a number), hidden rows
//! and columns, widths, and formulas that nobody computed; a text that its table of strings lacks reads as a blank
//! there, and two cells in opposite corners of a sheet are laid out as 16 million. To know those, every record has to be
//! read anyway.
//!
//! Record numbers and layouts are those of [MS-XLS] 2.3 and 2.4.

use std::sync::Arc;

use super::biff::{BEGIN, BiffRecords, CodePage, LengthBytes, Record, Version};
use super::intake::{Intake, Seen};
use super::ole::{Envelope, OleError};
use super::values::{NumberFormat, error_coded};
use super::xlsb::rk;
use super::{Area, CellValue, ColumnWidth, Excess, Notice, OpenError, Visibility, xls_formulas};
use crate::domain::records::CellRef;

const NOT_WHOLE: &str = "isinya tidak sesuai format .xls";
const CUT: &str = "bagian akhirnya hilang";
/// Name of the sheet where a file is a sheet, as small exporters write it.
const SHEET: &str = "Sheet1";
/// Kinds of stream that a BOF record begins, and the record that ends each.
const GLOBALS: u16 = 0x0005;
const WORKSHEET: u16 = 0x0010;
const END: u16 = 0x000A;

pub(super) fn read(bytes: &[u8], intake: &mut Intake<'_>) -> Result<(), OpenError> {
    if !bytes.starts_with(&[0xD0, 0xCF]) {
        return read_stream(bytes, None, intake);
    }
    let envelope = Envelope::open(bytes).map_err(|fault| intake.damaged(fault_words(Some(fault))))?;
    if envelope.has("_vba_project_cur") || envelope.has("_vba_project") {
        intake.notice(Notice::MacrosIgnored);
    }
    // A file for both generations has two streams, and only the newer one is Unicode.
    let stream = envelope.stream("workbook").or_else(|| envelope.stream("book"));
    let stream = stream.ok_or_else(|| intake.damaged(fault_words(Some(OleError::Broken))))?;
    read_stream(&stream.bytes, stream.fault, intake)
}

/// Why a stream ends before its workbook does.
fn fault_words(fault: Option<OleError>) -> &'static str {
    match fault {
        Some(OleError::Truncated) | None => CUT,
        Some(OleError::Broken) => "susunan bagiannya kacau",
    }
}

fn read_stream(stream: &[u8], fault: Option<OleError>, intake: &mut Intake<'_>) -> Result<(), OpenError> {
    let mut records = BiffRecords::new(stream, 0);
    let begin = records.next().filter(|begin| begin.number == BEGIN);
    let begin = begin.ok_or_else(|| intake.damaged(if fault.is_some() { fault_words(fault) } else { NOT_WHOLE }))?;
    let mut book = SharedCells::new(Version::from_record(&begin), fault_words(fault));
    book.is_uncomputed = xls_formulas::are_uncomputed(BiffRecords::new(stream, 0));
    match begin.u16(2) {
        Some(GLOBALS) => {
            book.read_globals(&mut records, intake)?;
            book.read_listed(stream, intake)
        }
        Some(WORKSHEET) => {
            intake.open_sheet(SHEET, Visibility::Visible)?;
            book.read_sheet(&mut records, intake)
        }
        _ => Err(intake.damaged(NOT_WHOLE)),
    }
}

/// Tables that the cells of every sheet refer to.
struct SharedCells {
    version: Version,
    /// Words for a stream that ends too early.
    cut: &'static str,
    page: CodePage,
    counts_from_1904: bool,
    /// Number formats by their number.
    formats: Vec<(u16, NumberFormat)>,
    /// The number format of each cell style.
    styles: Vec<u16>,
    strings: Vec<Arc<str>>,
    sheets: Vec<XlsSheet>,
    /// No formula of the workbook was ever computed.
    is_uncomputed: bool,
}

/// A sheet in the list of sheets.
struct XlsSheet {
    /// Where its records begin.
    at: usize,
    name: String,
    visibility: Visibility,
}

/// Value that a formula's cell shows.
enum FormulaValue {
    Value(CellValue),
    /// A text, in the record that follows.
    TextFollows,
    Blank,
}

impl SharedCells {
    fn new(version: Version, cut: &'static str) -> Self {
        let formats = Vec::new();
        let styles = Vec::new();
        let strings = Vec::new();
        let sheets = Vec::new();
        let page = CodePage::UNKNOWN;
        Self { version, cut, page, counts_from_1904: false, formats, styles, strings, sheets, is_uncomputed: false }
    }

    fn read_globals(&mut self, records: &mut BiffRecords<'_>, intake: &mut Intake<'_>) -> Result<(), OpenError> {
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
            0x0042 => self.page = record.u16(0).map_or(CodePage::UNKNOWN, CodePage::from_number),
            0x0022 if record.u16(0) == Some(1) => {
                self.counts_from_1904 = true;
                intake.counts_from_1904();
            }
            0x041E => self.note_format(record),
            0x00E0 => self.styles.push(record.u16(2).unwrap_or(0)),
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

    /// FORMAT: its number and code.
    fn note_format(&mut self, record: &Record<'_>) {
        let counted = if self.version == Version::Eight { LengthBytes::Word } else { LengthBytes::Byte };
        let code = record.letters(2).text(self.version, counted, self.page);
        self.formats.extend(record.u16(0).zip(code.map(|code| NumberFormat::from_code(&code))));
    }

    /// BOUNDSHEET, of a worksheet.
    fn listed(&self, record: &Record<'_>) -> Option<XlsSheet> {
        let hidden = record.bytes().get(4)?;
        let sort = record.bytes().get(5)?;
        let visibility = match hidden & 3 {
            0 => Visibility::Visible,
            _ => Visibility::Hidden,
        };
        let name = record.letters(6).text(self.version, LengthBytes::Byte, self.page)?;
        (*sort == 0).then_some(XlsSheet { at: record.u32(0)? as usize, name, visibility })
    }

    /// SST: two counts, which some writers leave at zero and nobody needs, then the strings.
    fn note_strings(&mut self, record: &Record<'_>, intake: &Intake<'_>) -> Result<(), OpenError> {
        let mut letters = record.letters(8);
        while let Some(text) = letters.text(Version::Eight, LengthBytes::Word, self.page) {
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
            let mut records = BiffRecords::new(stream, sheet.at);
            if records.next().is_none_or(|begin| begin.number != BEGIN) {
                return Err(intake.damaged(self.cut));
            }
            self.read_sheet(&mut records, intake)?;
        }
        Ok(())
    }

    /// Reads on to the end of what has just begun: a chart within a sheet.
    fn skip(&self, records: &mut BiffRecords<'_>, intake: &Intake<'_>) -> Result<(), OpenError> {
        let mut depth = 1_u32;
        for record in records {
            match record.number {
                END if depth == 1 => return Ok(()),
                END => depth -= 1,
                BEGIN => depth += 1,
                _ => {}
            }
        }
        Err(intake.damaged(self.cut))
    }

    /// The cells of a sheet, from behind its BOF to its end.
    fn read_sheet(&mut self, records: &mut BiffRecords<'_>, intake: &mut Intake<'_>) -> Result<(), OpenError> {
        let mut awaits_text = None;
        while let Some(record) = records.next() {
            match record.number {
                END => {
                    return match awaits_text {
                        Some(place) => intake.cell(place, Seen::Value(CellValue::FormulaNotComputed)),
                        None => Ok(()),
                    };
                }
                0x0207 => {
                    if let Some(place) = awaits_text.take() {
                        self.text(place, &record, 0, intake)?;
                    }
                }
                0x007D => columns(&record, intake),
                0x0208 => hidden_row(&record, intake),
                0x00E5 => merges(&record, intake)?,
                0x00BD => self.several(&record, intake)?,
                BEGIN => self.skip(records, intake)?,
                _ => match CellHead::from_record(&record) {
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
    fn cell(
        &self,
        head: &CellHead,
        record: &Record<'_>,
        intake: &mut Intake<'_>,
    ) -> Result<Option<CellRef>, OpenError> {
        let at = HEAD_BYTES;
        let damaged = || intake.damaged(NOT_WHOLE);
        let value = match record.number {
            0x0203 => self.number(record.f64(at).ok_or_else(damaged)?, head.style),
            0x027E => self.number(rk(record.u32(at).ok_or_else(damaged)?), head.style),
            0x0205 => truth_or_error(record.bytes().get(at..at + 2).ok_or_else(damaged)?),
            0x00FD => {
                let place = record.u32(at).ok_or_else(damaged)? as usize;
                let text = self.strings.get(place).ok_or_else(damaged)?;
                return intake.cell(head.place, Seen::Text(text)).map(|()| None);
            }
            0x0204 | 0x00D6 => return self.text(head.place, record, at, intake).map(|()| None),
            _ => match self.formula(record.bytes().get(at..at + 8).ok_or_else(damaged)?, head.style) {
                FormulaValue::Value(value) => value,
                FormulaValue::TextFollows => return Ok(Some(head.place)),
                FormulaValue::Blank => return Ok(None),
            },
        };
        intake.cell(head.place, Seen::Value(value)).map(|()| None)
    }

    fn text(&self, place: CellRef, record: &Record<'_>, at: usize, intake: &mut Intake<'_>) -> Result<(), OpenError> {
        let text = record.letters(at).text(self.version, LengthBytes::Word, self.page);
        let text = text.ok_or_else(|| intake.damaged(NOT_WHOLE))?;
        if self.version == Version::Five && self.page.is_guess && !text.is_ascii() {
            intake.notice(Notice::EncodingGuessed);
        }
        intake.cell(place, Seen::Text(&text))
    }

    /// MULRK: numbers beside each other.
    fn several(&self, record: &Record<'_>, intake: &mut Intake<'_>) -> Result<(), OpenError> {
        let Some((row, first)) = record.u16(0).zip(record.u16(2)) else {
            return Err(intake.damaged(NOT_WHOLE));
        };
        let numbers = record.bytes().get(4..record.bytes().len().saturating_sub(2)).unwrap_or_default();
        for (column, six) in (u32::from(first)..).zip(numbers.chunks_exact(6)) {
            let style = u16::from_le_bytes([six[0], six[1]]);
            let value = self.number(rk(u32::from_le_bytes([six[2], six[3], six[4], six[5]])), style);
            intake.cell(CellRef { row: u32::from(row), column }, Seen::Value(value))?;
        }
        Ok(())
    }

    fn number(&self, value: f64, style: u16) -> CellValue {
        let format = self.styles.get(usize::from(style)).copied();
        let known = |id| self.formats.iter().find(|(own, _)| *own == id).map(|(_, format)| *format);
        let format = format.map(|id| known(id).unwrap_or_else(|| NumberFormat::builtin(id))).unwrap_or_default();
        format.value(value, self.counts_from_1904)
    }

    /// A number, or what the last two bytes say that is none.
    fn formula(&self, bytes: &[u8], style: u16) -> FormulaValue {
        let is_zero = bytes.iter().all(|byte| *byte == 0);
        if self.is_uncomputed && is_zero {
            return FormulaValue::Value(CellValue::FormulaNotComputed);
        }
        let [sort, _, code, _, _, _, 0xFF, 0xFF] = *bytes else {
            let number = bytes.try_into().map_or(f64::NAN, f64::from_le_bytes);
            return FormulaValue::Value(self.number(number, style));
        };
        match sort {
            0 => FormulaValue::TextFollows,
            1 => FormulaValue::Value(CellValue::Bool(code != 0)),
            2 => FormulaValue::Value(CellValue::Error(error_coded(code))),
            _ if self.is_uncomputed => FormulaValue::Value(CellValue::FormulaNotComputed),
            _ => FormulaValue::Blank,
        }
    }
}

/// Bytes of the beginning of a cell's record: row, column, style.
const HEAD_BYTES: usize = 6;

/// The beginning of a cell's record.
struct CellHead {
    place: CellRef,
    /// Number of the cell style.
    style: u16,
}

impl CellHead {
    /// None where the record is no cell with a value.
    fn from_record(record: &Record<'_>) -> Option<Self> {
        if !matches!(record.number, 0x0006 | 0x0203..=0x0206 | 0x0406 | 0x00D6 | 0x00FD | 0x027E) {
            return None;
        }
        let place = CellRef { row: u32::from(record.u16(0)?), column: u32::from(record.u16(2)?) };
        Some(Self { place, style: record.u16(4)? })
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
        let first = u32::from(first);
        let last = u32::from(last);
        if flags & 1 != 0 {
            intake.hidden_columns(first, last);
        } else {
            intake.column_width(ColumnWidth { first, last, width });
        }
    }
}

/// ROW: its number, first and last column, height, two words of nothing, flags, of which the sixth hides.
fn hidden_row(record: &Record<'_>, intake: &mut Intake<'_>) {
    if let (Some(row), Some(flags)) = (record.u16(0), record.u16(12))
        && flags & 0x20 != 0
    {
        intake.hidden_rows(u32::from(row), u32::from(row));
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
