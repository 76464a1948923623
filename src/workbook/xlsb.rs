//! xlsb: the parts of a binary workbook, record by record.
//!
//! Read here because calamine 0.38 reads a formula's error as a blank and drops texts in several formats; and it lacks
//! number formats (its cells do not tell a percentage from a number), merged areas, hidden rows and columns, widths, and
//! formulas that nobody computed. To know those, every record has to be read anyway.
//!
//! Record numbers and layouts are those of [MS-XLSB] 2.3 and 2.4.

use std::io::{BufRead, Read};
use std::sync::Arc;

use super::intake::{Intake, Seen};
use super::package::Package;
use super::values::{NumberFormat, error_coded};
use super::{Area, CellValue, ColumnWidth, Excess, OpenError, Visibility};
use crate::domain::records::CellRef;

const NOT_WHOLE: &str = "bagian binernya tidak utuh";
/// The longest record that is kept, bytes: a cell of 32,767 letters with its runs of formats takes far less.
const RECORD_BYTES: usize = 1 << 20;

pub(super) fn read(package: &mut Package<'_>, intake: &mut Intake<'_>) -> Result<(), OpenError> {
    let targets = package.relations("xl/_rels/workbook.bin.rels");
    let listed = sheets(package, intake)?;
    intake.check_sheets(listed.sheets.len())?;
    if listed.counts_from_1904 {
        intake.counts_from_1904();
    }
    let strings = shared_strings(package, intake)?;
    let formats = formats(package, intake)?;
    let mut found = Vec::new();
    for sheet in listed.sheets {
        let target = targets.iter().find(|(id, _)| *id == sheet.relation).map(|(_, target)| target.as_str());
        let Some(target) = target else {
            return Err(intake.damaged(&format!("bagian lembar \"{}\" tidak ada", sheet.name)));
        };
        if target.contains("worksheets") {
            let path = if target.starts_with('/') { target.to_owned() } else { format!("xl/{target}") };
            found.push((sheet, path));
        }
    }
    let is_uncomputed = !listed.is_computed && !found.iter().any(|(_, path)| has_computed(package, path));
    let counts_from_1904 = listed.counts_from_1904;
    for (sheet, path) in found {
        intake.open_sheet(&sheet.name, sheet.visibility)?;
        let Some(part) = package.part(&path) else {
            return Err(intake.damaged("bagiannya tidak ada"));
        };
        let tables = Tables { strings: &strings, formats: &formats, counts_from_1904, is_uncomputed };
        tables.read_sheet(XlsbRecords::new(part), intake)?;
    }
    Ok(())
}

/// Records of a part: number, length, bytes.
struct XlsbRecords<R> {
    part: R,
    bytes: Vec<u8>,
}

impl<R: BufRead> XlsbRecords<R> {
    fn new(part: R) -> Self {
        Self { part, bytes: Vec::new() }
    }

    /// The next record's number, its bytes in `self.bytes` (cut at [`RECORD_BYTES`]); none at a clean end.
    fn next(&mut self) -> Result<Option<u16>, std::io::Error> {
        let mut byte = [0_u8];
        if self.part.read(&mut byte)? == 0 {
            return Ok(None);
        }
        let mut number = u16::from(byte[0]);
        if byte[0] & 0x80 != 0 {
            self.part.read_exact(&mut byte)?;
            number = (number & 0x7F) | (u16::from(byte[0] & 0x7F) << 7);
        }
        let mut length = 0_u64;
        for place in 0..4 {
            self.part.read_exact(&mut byte)?;
            length |= u64::from(byte[0] & 0x7F) << (7 * place);
            if byte[0] & 0x80 == 0 {
                break;
            }
        }
        let kept = length.min(RECORD_BYTES as u64);
        self.bytes.clear();
        let read = self.part.by_ref().take(kept).read_to_end(&mut self.bytes)?;
        let skipped = std::io::copy(&mut self.part.by_ref().take(length - kept), &mut std::io::sink())?;
        if read as u64 + skipped < length {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        Ok(Some(number))
    }

    fn u16(&self, at: usize) -> Option<u16> {
        Some(u16::from_le_bytes(self.bytes.get(at..at + 2)?.try_into().ok()?))
    }

    fn u32(&self, at: usize) -> Option<u32> {
        Some(u32::from_le_bytes(self.bytes.get(at..at + 4)?.try_into().ok()?))
    }

    fn f64(&self, at: usize) -> Option<f64> {
        Some(f64::from_le_bytes(self.bytes.get(at..at + 8)?.try_into().ok()?))
    }

    /// A wide string at `at` (characters in 16 bits after their number), and where it ends.
    fn text(&self, at: usize) -> Option<(String, usize)> {
        let length = self.u32(at)? as usize;
        let end = at.checked_add(4)?.checked_add(length.checked_mul(2)?)?;
        let units = self.bytes.get(at + 4..end)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        Some((char::decode_utf16(units).map(|letter| letter.unwrap_or('\u{FFFD}')).collect(), end))
    }
}

/// Reports whether a formula of a part shows more than the zero or empty text of libraries that compute nothing.
fn has_computed(package: &mut Package<'_>, path: &str) -> bool {
    let Some(part) = package.part(path) else { return false };
    let mut records = XlsbRecords::new(part);
    while let Ok(Some(number)) = records.next() {
        let shows_something = match number {
            0x08 => records.u32(8) != Some(0),
            0x09 => records.f64(8).is_some_and(|value| value != 0.0),
            0x0A | 0x0B => true,
            _ => false,
        };
        if shows_something {
            return true;
        }
    }
    false
}

struct ListedSheet {
    name: String,
    relation: String,
    visibility: Visibility,
}

struct XlsbSheet {
    sheets: Vec<ListedSheet>,
    counts_from_1904: bool,
    /// Excel has computed its formulas.
    is_computed: bool,
}

/// The sheets of `workbook.bin`: BrtWbProp, BrtBundleSh and, behind them, the version that computed (BrtCalcProp).
fn sheets(package: &mut Package<'_>, intake: &Intake<'_>) -> Result<XlsbSheet, OpenError> {
    let damaged = || intake.damaged(NOT_WHOLE);
    let mut records = XlsbRecords::new(package.part("xl/workbook.bin").ok_or_else(damaged)?);
    let mut listed = XlsbSheet { sheets: Vec::new(), counts_from_1904: false, is_computed: false };
    let mut is_whole = false;
    while let Some(number) = records.next().map_err(|_error| damaged())? {
        match number {
            0x99 => listed.counts_from_1904 = records.bytes.first().is_some_and(|flags| flags & 1 != 0),
            0x9C => {
                let visibility = if records.u32(0) == Some(0) { Visibility::Visible } else { Visibility::Hidden };
                let (relation, end) = records.text(8).ok_or_else(damaged)?;
                let (name, _) = records.text(end).ok_or_else(damaged)?;
                listed.sheets.push(ListedSheet { name, relation, visibility });
            }
            0x90 => is_whole = true,
            0x9D => listed.is_computed = records.u32(0).is_some_and(|version| version != 0),
            _ => {}
        }
    }
    if is_whole { Ok(listed) } else { Err(damaged()) }
}

/// BrtSSTItem: flags, then the text.
fn shared_strings(package: &mut Package<'_>, intake: &Intake<'_>) -> Result<Vec<Arc<str>>, OpenError> {
    let mut strings = Vec::new();
    let Some(part) = package.part("xl/sharedstrings.bin") else { return Ok(strings) };
    let mut records = XlsbRecords::new(part);
    while let Some(number) = records.next().map_err(|_error| intake.damaged(NOT_WHOLE))? {
        match number {
            0x13 => {
                let (text, _) = records.text(1).ok_or_else(|| intake.damaged(NOT_WHOLE))?;
                if strings.len() as u64 == intake.limits().cells {
                    return Err(intake.too_large(Excess::Cells(intake.limits().cells)));
                }
                strings.push(text.into());
            }
            0xA0 => return Ok(strings),
            _ => {}
        }
    }
    Err(intake.damaged(NOT_WHOLE))
}

/// The number format of each cell style: BrtFmt, and the BrtXF between BrtBeginCellXFs and its end.
fn formats(package: &mut Package<'_>, intake: &Intake<'_>) -> Result<Vec<NumberFormat>, OpenError> {
    let mut formats = Vec::new();
    let Some(part) = package.part("xl/styles.bin") else { return Ok(formats) };
    let mut records = XlsbRecords::new(part);
    let mut own: Vec<(u16, NumberFormat)> = Vec::new();
    let mut is_of_cells = false;
    while let Some(number) = records.next().map_err(|_error| intake.damaged(NOT_WHOLE))? {
        match number {
            0x2C => {
                if let (Some(id), Some((code, _))) = (records.u16(0), records.text(2)) {
                    own.push((id, NumberFormat::from_code(&code)));
                }
            }
            0x269 => is_of_cells = true,
            0x26A => is_of_cells = false,
            0x2F if is_of_cells => {
                let id = records.u16(2).unwrap_or(0);
                let known = own.iter().find(|(own, _)| *own == id).map(|(_, format)| *format);
                formats.push(known.unwrap_or_else(|| NumberFormat::builtin(id)));
            }
            _ => {}
        }
    }
    Ok(formats)
}

/// Tables that the cells of every sheet refer to.
struct Tables<'t> {
    strings: &'t [Arc<str>],
    formats: &'t [NumberFormat],
    counts_from_1904: bool,
    /// No formula of the workbook was ever computed.
    is_uncomputed: bool,
}

impl Tables<'_> {
    fn read_sheet<R: BufRead>(&self, mut records: XlsbRecords<R>, intake: &mut Intake<'_>) -> Result<(), OpenError> {
        let mut row = 0;
        let mut is_whole = false;
        while let Some(number) = records.next().map_err(|_error| intake.damaged(NOT_WHOLE))? {
            match number {
                // BrtRowHdr: its number, style, height, flags, of which the thirteenth hides.
                0x00 => {
                    row = records.u32(0).ok_or_else(|| intake.damaged(NOT_WHOLE))?;
                    if records.u16(10).is_some_and(|flags| flags & 0x1000 != 0) {
                        intake.hidden_rows(row, row);
                    }
                }
                0x02..=0x0B | 0x3E => {
                    let damaged = || intake.damaged(NOT_WHOLE);
                    let column = records.u32(0).ok_or_else(damaged)?;
                    let place = CellRef { row, column };
                    match self.cell(number, &records).ok_or_else(damaged)? {
                        CellValue::Text(text) => intake.cell(place, Seen::Text(&text))?,
                        value => intake.cell(place, Seen::Value(value))?,
                    }
                }
                // BrtColInfo: first and last column, width, style, flags, of which the first hides.
                0x3C => {
                    if let (Some(first), Some(last), Some(width), Some(flags)) =
                        (records.u32(0), records.u32(4), records.u32(8), records.u16(16))
                    {
                        if flags & 1 != 0 {
                            intake.hidden_columns(first, last);
                        } else if let Ok(width) = u16::try_from(width) {
                            intake.column_width(ColumnWidth { first, last, width });
                        }
                    }
                }
                0xB0 => {
                    let side = |at| records.u32(at).ok_or_else(|| intake.damaged(NOT_WHOLE));
                    let first = CellRef { row: side(0)?, column: side(8)? };
                    let last = CellRef { row: side(4)?, column: side(12)? };
                    intake.merge(Area { first, last })?;
                }
                // BrtEndSheet.
                0x82 => is_whole = true,
                _ => {}
            }
        }
        if is_whole { Ok(()) } else { Err(intake.damaged(NOT_WHOLE)) }
    }

    /// The value of a cell record: column, style, then what the number of the record says.
    fn cell<R: BufRead>(&self, number: u16, records: &XlsbRecords<R>) -> Option<CellValue> {
        Some(match number {
            0x08 | 0x09 if self.is_uncomputed => CellValue::FormulaNotComputed,
            0x02 => self.number(rk(records.u32(8)?), records),
            0x03 | 0x0B => CellValue::Error(error_coded(*records.bytes.get(8)?)),
            0x04 | 0x0A => CellValue::Bool(*records.bytes.get(8)? != 0),
            0x05 | 0x09 => self.number(records.f64(8)?, records),
            0x06 | 0x08 => CellValue::Text(records.text(8)?.0.into()),
            0x07 => CellValue::Text(self.strings.get(records.u32(8)? as usize)?.clone()),
            // A rich string: flags before the text.
            _ => CellValue::Text(records.text(9)?.0.into()),
        })
    }

    fn number<R: BufRead>(&self, value: f64, records: &XlsbRecords<R>) -> CellValue {
        let style = records.u32(4).unwrap_or(0) & 0x00FF_FFFF;
        self.formats.get(style as usize).copied().unwrap_or_default().value(value, self.counts_from_1904)
    }
}

/// A number in 30 bits and two flags: whole or the upper part of a float, and whether in hundredths.
pub(super) fn rk(bits: u32) -> f64 {
    let value =
        if bits & 2 != 0 { f64::from(bits.cast_signed() >> 2) } else { f64::from_bits(u64::from(bits & !3) << 32) };
    if bits & 1 != 0 { value / 100.0 } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_numbers() {
        assert!((rk((46 << 2) | 2) - 46.0).abs() < f64::EPSILON);
        assert!((rk((8_550 << 2) | 3) - 85.5).abs() < f64::EPSILON);
        assert!((rk(0x3FF0_0000) - 1.0).abs() < f64::EPSILON);
        assert!((rk((-5_i32 << 2).cast_unsigned() | 2) + 5.0).abs() < f64::EPSILON);
    }
}
