//! A paper's workbook opened again by the reader of imports, which wrote none of it, and compared with its document:
//! a sheet a part, every table's cells as numbers, dates and words, the snapshot's stamp. Knows no file.

use crate::domain::records::CellRef;
use crate::proof::Reading;
use crate::report::document::{Block, Document, PaperCell, PaperTable, Part};
use crate::report::sealed::SealedFormat;
use crate::report::verify::{Mismatch, office_reading};
use crate::report::{CELL_LETTERS_MAX, ReportError, stamp_words};
use crate::workbook::{self, CellValue, Limits, Row, Visibility, Workbook};

/// Reading decimal text may turn the last binary digit: shares of a number that do not count.
const SAME_WITHIN: f64 = 1e-12;

/// Compares; the first difference is the answer. Gives all that the workbook says.
pub fn verify(document: &Document, bytes: &[u8], limits: &Limits) -> Result<Reading, ReportError> {
    let unsound = |what| ReportError::Unsound { format: "XLSX", what };
    let mut reading = compare(document, bytes, limits).map_err(unsound)?;
    let beside = office_reading(SealedFormat::Xlsx, bytes).map_err(unsound)?;
    reading.words.extend(beside.words);
    reading.drawings.extend(beside.drawings);
    Ok(reading)
}

/// Every cell of every sheet with its place: numbers to the figures that all programs keep.
pub fn sheet_reading(book: &Workbook) -> Reading {
    let mut reading = Reading::default();
    for sheet in &book.sheets {
        let name = &sheet.name;
        reading.say("nama lembar", name);
        if sheet.visibility == Visibility::Hidden {
            reading.say(format!("lembar {name}"), "lembar disembunyikan");
        }
        for row in &sheet.rows {
            for cell in &row.cells {
                let place = CellRef { row: row.index, column: cell.column };
                reading.say(format!("lembar {name}, sel {place}"), &cell_text(&cell.value));
            }
        }
        for (first, last) in &sheet.hidden_rows {
            reading.say(format!("lembar {name}"), &format!("baris {}–{} disembunyikan", first + 1, last + 1));
        }
        if !sheet.hidden_columns.is_empty() {
            reading.say(format!("lembar {name}"), "kolom disembunyikan");
        }
    }
    reading
}

fn cell_text(value: &CellValue) -> String {
    match value {
        CellValue::Text(text) => text.to_string(),
        CellValue::Number { value, .. } => number_text(*value),
        CellValue::Date(day) => day.to_string(),
        CellValue::Bool(value) => value.to_string(),
        CellValue::Error(error) => (*error).to_owned(),
        CellValue::FormulaNotComputed => "rumus yang belum dihitung".to_owned(),
    }
}

/// A number with twelve figures; programs that save it again may write the last ones otherwise.
fn number_text(value: f64) -> String {
    format!("{value:.11e}")
}

fn compare(document: &Document, bytes: &[u8], limits: &Limits) -> Result<Reading, Mismatch> {
    let opened = workbook::read("laporan.xlsx", bytes, limits);
    let book = opened.map_err(|error| Mismatch::new(format!("tidak dapat dibuka lagi ({error})")))?;
    if book.sheets.len() != document.parts.len() {
        let what = format!("{} lembar terbaca, seharusnya {}", book.sheets.len(), document.parts.len());
        return Err(Mismatch::new(what));
    }
    let stamp = stamp_words(&document.stamp);
    for (part, sheet) in document.parts.iter().zip(&book.sheets) {
        let heading = part.has_heading().then_some(("judul bagian", &part.title));
        let always = [("judul", &document.title), ("versi data", &stamp)];
        for (what, text) in always.into_iter().chain(heading) {
            if !sheet.rows.iter().any(|row| is_text(row.get(0), text)) {
                return Err(Mismatch::new(format!("lembar {} tidak memuat {what} “{text}”", sheet.name)));
            }
        }
        check_tables(part, &sheet.name, &sheet.rows)?;
    }
    Ok(sheet_reading(&book))
}

/// Every table of a part, in its order.
fn check_tables(part: &Part, sheet: &str, rows: &[Row]) -> Result<(), Mismatch> {
    let mut at = 0;
    for block in &part.blocks {
        let Block::Table(table) = block else { continue };
        if table.rows.len() + table.totals.len() == 0 {
            continue;
        }
        let title = &table.title;
        let Some(head) = (at..rows.len()).find(|place| is_head(&rows[*place], table)) else {
            return Err(Mismatch::new(format!("lembar {sheet}: tabel “{title}” tidak terbaca")));
        };
        let first = rows[head].index;
        for (place, cells) in (1_u32..).zip(table.rows.iter().chain(&table.totals)) {
            let index = first + place;
            let found = rows.binary_search_by_key(&index, |row| row.index).ok().map(|place| &rows[place]);
            let differs =
                (0_u32..).zip(cells).find(|(column, cell)| !is_same(cell, found.and_then(|row| row.get(*column))));
            if let Some((column, cell)) = differs {
                let column = column + 1;
                let what = format!("lembar {sheet}, tabel “{title}”: baris {place} kolom {column} bukan {cell:?}");
                return Err(Mismatch::new(what));
            }
        }
        at = rows.partition_point(|row| row.index < first + 1);
    }
    Ok(())
}

fn is_head(row: &Row, table: &PaperTable) -> bool {
    (0_u32..).zip(&table.columns).all(|(column, head)| is_text(row.get(column), &head.label))
}

fn is_same(expected: &PaperCell, found: Option<&CellValue>) -> bool {
    match expected {
        PaperCell::Text(text) | PaperCell::Missing(text) => is_text(found, text),
        PaperCell::Blank => found.is_none(),
        PaperCell::Figure(number, _) | PaperCell::Change(number) | PaperCell::Count(number) => {
            matches!(found, Some(CellValue::Number { value, .. })
                if (value - number).abs() <= SAME_WITHIN * number.abs().max(1.0))
        }
        PaperCell::Date(day) => found == Some(&CellValue::Date(*day)),
        PaperCell::Month(month) => found == Some(&CellValue::Date(month.first_day())),
    }
}

/// The same words; line ends and what no sheet can hold aside.
fn is_text(found: Option<&CellValue>, expected: &str) -> bool {
    let words = |text: &str| -> String {
        let kept = text.chars().take(CELL_LETTERS_MAX).filter(|c| !c.is_control() && !c.is_whitespace());
        kept.collect()
    };
    match found {
        None => words(expected).is_empty(),
        Some(value) => value.text().is_some_and(|text| words(text) == words(expected)),
    }
}
