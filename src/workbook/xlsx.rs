//! xlsx and xlsm (macros are not looked at), cell by cell: a dense range of two cells in opposite corners
//! would ask for 512 GiB.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{CellErrorType, DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use chrono::NaiveDate;

use super::{Area, Cell, CellValue, Excess, Limits, OpenError, Row, Sheet, Visibility, Workbook};
use crate::domain::Date;
use crate::domain::records::CellRef;

/// Days from Excel's 1900 epoch that can be dates at all (to 9999-12-31).
const SERIAL_END: f64 = 2_958_466.0;

type Book<'b> = Xlsx<Cursor<&'b [u8]>>;

pub(super) fn read(file_name: &str, bytes: &[u8], limits: &Limits) -> Result<Workbook, OpenError> {
    check_directory(file_name, bytes, limits)?;
    // Foreign bytes have made parsers panic before; one bad workbook must not end the service.
    catch_unwind(AssertUnwindSafe(|| open(file_name, bytes, limits)))
        .unwrap_or_else(|_| Err(damaged(file_name, "isinya tidak sesuai format".to_owned())))
}

fn damaged(file_name: &str, detail: String) -> OpenError {
    OpenError::Damaged { file: file_name.to_owned(), detail }
}

fn too_large(file_name: &str, excess: Excess) -> OpenError {
    OpenError::TooLarge { file: file_name.to_owned(), excess }
}

/// Looks at the zip directory before anything is inflated.
fn check_directory(file_name: &str, bytes: &[u8], limits: &Limits) -> Result<(), OpenError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes))
        .map_err(|error| damaged(file_name, format!("arsip ZIP-nya tidak utuh: {error}")))?;
    if archive.len() > limits.zip_entries {
        return Err(too_large(file_name, Excess::ZipEntries(limits.zip_entries)));
    }
    let mut inflated = 0_u64;
    let mut entries: Vec<String> = Vec::new();
    for place in 0..archive.len() {
        let entry = archive
            .by_index_raw(place)
            .map_err(|error| damaged(file_name, format!("arsip ZIP-nya tidak utuh: {error}")))?;
        inflated = inflated.saturating_add(entry.size());
        entries.push(String::from_utf8_lossy(entry.name_raw()).replace('\\', "/").to_lowercase());
    }
    if inflated > limits.inflated_bytes {
        return Err(too_large(file_name, Excess::InflatedBytes(limits.inflated_bytes)));
    }
    let has = |name: &str| entries.iter().any(|entry| entry == name);
    if has("xl/workbook.xml") {
        return Ok(());
    }
    let file = file_name.to_owned();
    if has("xl/workbook.bin") {
        return Err(OpenError::OtherFormat { file, what: "isinya buku kerja biner (.xlsb)" });
    }
    if has("content.xml") && has("mimetype") {
        return Err(OpenError::OtherFormat { file, what: "isinya dokumen LibreOffice (.ods)" });
    }
    let what = if has("word/document.xml") { "isinya dokumen Word" } else { "isinya arsip ZIP" };
    Err(OpenError::NotAWorkbook { file, what })
}

fn open(file_name: &str, bytes: &[u8], limits: &Limits) -> Result<Workbook, OpenError> {
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => OpenError::Password { file: file_name.to_owned() },
        error => damaged(file_name, error.to_string()),
    })?;
    let listed = book.sheets_metadata().to_vec();
    if listed.len() > limits.sheets {
        return Err(too_large(file_name, Excess::Sheets(limits.sheets)));
    }
    let mut cells_left = limits.cells;
    let mut sheets = Vec::new();
    for sheet in listed.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let visibility = match sheet.visible {
            SheetVisible::Visible => Visibility::Visible,
            SheetVisible::Hidden | SheetVisible::VeryHidden => Visibility::Hidden,
        };
        let reading = Reading { file_name, sheet: &sheet.name, limits };
        let rows = reading.rows(&mut book, &mut cells_left)?;
        let merges = reading.merges(&mut book)?;
        sheets.push(Sheet::new(sheet.name.clone(), visibility, rows, merges));
    }
    Ok(Workbook { file: file_name.to_owned(), sheets, counts_from_1904: book.has_1904_epoch() })
}

/// One sheet being read.
struct Reading<'r> {
    file_name: &'r str,
    sheet: &'r str,
    limits: &'r Limits,
}

impl Reading<'_> {
    fn damaged(&self, error: &XlsxError) -> OpenError {
        damaged(self.file_name, format!("lembar \"{}\": {error}", self.sheet))
    }

    fn rows(&self, book: &mut Book<'_>, cells_left: &mut u64) -> Result<Vec<Row>, OpenError> {
        let mut grid = GridBuilder::default();
        let mut has_blanks = false;
        let mut reader = book.worksheet_cells_reader(self.sheet).map_err(|error| self.damaged(&error))?;
        let percents: Vec<bool> = reader.styles().iter().map(is_percent).collect();
        while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|error| self.damaged(&error))? {
            let (row, column) = cell.get_position();
            let place = CellRef { row, column };
            let percent = percents.get(style).copied().unwrap_or(false);
            match self.value(cell.get_value(), percent, place)? {
                Some(value) => self.push(&mut grid, place, value, cells_left)?,
                None => has_blanks = true,
            }
        }
        drop(reader);
        // A formula whose value was never stored reads as a blank; without blanks there is none.
        if has_blanks {
            self.uncomputed(book, &mut grid, cells_left)?;
        }
        Ok(grid.finish())
    }

    fn uncomputed(&self, book: &mut Book<'_>, grid: &mut GridBuilder, cells_left: &mut u64) -> Result<(), OpenError> {
        let mut reader = book.worksheet_cells_reader(self.sheet).map_err(|error| self.damaged(&error))?;
        while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(|error| self.damaged(&error))? {
            if cell.formula.is_some() && cell.value == DataRef::Empty {
                let (row, column) = cell.pos;
                self.push(grid, CellRef { row, column }, CellValue::FormulaNotComputed, cells_left)?;
            }
        }
        Ok(())
    }

    fn push(
        &self,
        grid: &mut GridBuilder,
        place: CellRef,
        value: CellValue,
        cells_left: &mut u64,
    ) -> Result<(), OpenError> {
        let sheet = || self.sheet.to_owned();
        let excess = if place.row >= self.limits.rows {
            Excess::Rows { sheet: sheet(), limit: self.limits.rows }
        } else if place.column >= self.limits.columns {
            Excess::Columns { sheet: sheet(), limit: self.limits.columns }
        } else if *cells_left == 0 {
            Excess::Cells(self.limits.cells)
        } else {
            *cells_left -= 1;
            grid.push(place, value);
            return Ok(());
        };
        Err(too_large(self.file_name, excess))
    }

    fn value(&self, data: &DataRef<'_>, percent: bool, place: CellRef) -> Result<Option<CellValue>, OpenError> {
        Ok(match data {
            DataRef::Empty => None,
            #[expect(clippy::cast_precision_loss, reason = "Excel has no integers beyond 15 digits")]
            DataRef::Int(value) => Some(CellValue::Number { value: *value as f64, percent }),
            DataRef::Float(value) => Some(CellValue::Number { value: *value, percent }),
            DataRef::String(text) => self.text(text, place)?,
            DataRef::SharedString(text) => self.text(text, place)?,
            DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => match iso_date(text) {
                Some(day) => Some(CellValue::Date(day)),
                None => self.text(text, place)?,
            },
            DataRef::Bool(value) => Some(CellValue::Bool(*value)),
            DataRef::DateTime(value) => Some(date_or_number(value)),
            DataRef::Error(kind) => Some(CellValue::Error(error_text(kind))),
        })
    }

    fn text(&self, text: &str, place: CellRef) -> Result<Option<CellValue>, OpenError> {
        // Bytes bound characters from above, so that the count is taken only where it matters.
        if text.len() > self.limits.text_chars && text.chars().count() > self.limits.text_chars {
            let excess = Excess::TextChars {
                sheet: self.sheet.to_owned(),
                cell: place.to_string(),
                limit: self.limits.text_chars,
            };
            return Err(too_large(self.file_name, excess));
        }
        Ok((!text.is_empty()).then(|| CellValue::Text(text.into())))
    }

    fn merges(&self, book: &mut Book<'_>) -> Result<Vec<Area>, OpenError> {
        let merges = book.merge_cells_by_sheet_name(self.sheet).map_err(|error| self.damaged(&error))?;
        if merges.len() > self.limits.merges {
            let excess = Excess::Merges { sheet: self.sheet.to_owned(), limit: self.limits.merges };
            return Err(too_large(self.file_name, excess));
        }
        let cell = |(row, column)| CellRef { row, column };
        Ok(merges.into_iter().map(|area| Area { first: cell(area.start), last: cell(area.end) }).collect())
    }
}

/// Rows in the order of the stream; put in order at the end where a file does not keep it.
#[derive(Default)]
struct GridBuilder {
    rows: Vec<Row>,
    is_unordered: bool,
}

impl GridBuilder {
    fn push(&mut self, place: CellRef, value: CellValue) {
        let cell = Cell { column: place.column, value };
        match self.rows.last_mut() {
            Some(row) if row.index == place.row => {
                self.is_unordered |= row.cells.last().is_some_and(|last| last.column >= cell.column);
                row.cells.push(cell);
            }
            last => {
                self.is_unordered |= last.is_some_and(|row| row.index > place.row);
                self.rows.push(Row { index: place.row, cells: vec![cell] });
            }
        }
    }

    fn finish(mut self) -> Vec<Row> {
        if !self.is_unordered {
            return self.rows;
        }
        self.rows.sort_by_key(|row| row.index);
        let mut rows: Vec<Row> = Vec::with_capacity(self.rows.len());
        for row in self.rows {
            match rows.last_mut() {
                Some(last) if last.index == row.index => last.cells.extend(row.cells),
                _ => rows.push(row),
            }
        }
        for row in &mut rows {
            row.cells.sort_by_key(|cell| cell.column);
            row.cells.dedup_by_key(|cell| cell.column);
        }
        rows
    }
}

fn date_or_number(value: &ExcelDateTime) -> CellValue {
    let serial = value.as_f64();
    let is_date = value.is_datetime() && (0.0..SERIAL_END).contains(&serial);
    match value.as_datetime().filter(|_| is_date) {
        Some(moment) => CellValue::Date(moment.date()),
        None => CellValue::Number { value: serial, percent: false },
    }
}

fn iso_date(text: &str) -> Option<Date> {
    NaiveDate::parse_from_str(text.get(..10)?, "%Y-%m-%d").ok()
}

fn is_percent(style: &calamine::Style) -> bool {
    style.number_format.as_ref().is_some_and(|format| shows_percent(&format.format_code))
}

/// Whether a number format multiplies by a hundred: a `%` outside quotes, escapes and brackets. A literal
/// sign (`0"%"`) does not.
fn shows_percent(format: &str) -> bool {
    let mut characters = format.chars();
    while let Some(character) = characters.next() {
        match character {
            '%' => return true,
            '"' => while characters.next().is_some_and(|quoted| quoted != '"') {},
            '[' => while characters.next().is_some_and(|inside| inside != ']') {},
            '\\' | '_' | '*' => drop(characters.next()),
            _ => {}
        }
    }
    false
}

fn error_text(kind: &CellErrorType) -> &'static str {
    match kind {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#GETTING_DATA",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_percent_sign_is_none() {
        for (format, percent) in [
            ("0.0%", true),
            ("0%", true),
            ("0\"%\"", false),
            ("0\\%", false),
            ("General", false),
            ("[Red]0.00%;-0.00%", true),
            ("[$%-421]0", false),
        ] {
            assert_eq!(shows_percent(format), percent, "{format}");
        }
    }
}
