//! A table of a page as a workbook: one sheet, heads that stay in sight, numbers as numbers. Knows no layout of papers.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::CELL_LETTERS_MAX;

/// Letters of a sheet's name, by Excel's rule.
const SHEET_LETTERS_MAX: usize = 31;
/// Decimals shown of a number that has some; the cell holds all.
const DECIMALS: &str = "0.0";

/// One cell of such a table.
#[derive(Clone, Debug, PartialEq)]
pub enum FlatCell {
    /// Words; never a formula.
    Words(String),
    /// A number, unrounded.
    Number(f64),
    /// Nothing.
    Blank,
}

/// The workbook: heads, then rows, in their order.
pub fn flat_book(title: &str, heads: &[String], rows: &[Vec<FlatCell>]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold().set_text_wrap();
    let broken = Format::new().set_num_format(DECIMALS);
    let sheet = book.add_worksheet();
    sheet.set_name(sheet_name(title))?;
    for (column, head) in (0..).zip(heads) {
        sheet.write_string_with_format(0, column, letters(head), &bold)?;
    }
    for (line, row) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(row) {
            match cell {
                FlatCell::Words(words) => sheet.write_string(line, column, letters(words))?,
                FlatCell::Number(number) if number.fract() == 0.0 => sheet.write_number(line, column, *number)?,
                FlatCell::Number(number) => sheet.write_number_with_format(line, column, *number, &broken)?,
                FlatCell::Blank => sheet,
            };
        }
    }
    sheet.set_freeze_panes(1, 1)?;
    sheet.set_column_width(0, 32)?;
    book.save_to_buffer()
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).take(CELL_LETTERS_MAX).collect()
}

/// A name that Excel takes: some signs and an empty name it does not.
fn sheet_name(title: &str) -> String {
    let is_fine = |c: &char| !c.is_control() && !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'');
    let name: String = title.chars().filter(is_fine).take(SHEET_LETTERS_MAX).collect();
    if name.trim().is_empty() { "Tabel".to_owned() } else { name }
}
