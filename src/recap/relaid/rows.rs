//! Questions that several layouts ask of rows as they stand in the file. Knows no layout.

use crate::recap::cells::date_words::month_number;
use crate::recap::heading::key;
use crate::recap::signatures::is_opening;
use crate::workbook::{CellValue, Row};

/// The first column of a row whose text, as a key, is it.
pub(super) fn column_of(row: &Row, is_it: &dyn Fn(&str) -> bool) -> Option<u32> {
    let is_there = |text: &str| is_it(&key(text));
    row.cells.iter().find(|cell| cell.value.text().is_some_and(is_there)).map(|cell| cell.column)
}

/// The months that head columns of a row, each with its column.
pub(super) fn months_across(row: &Row) -> Vec<(u32, u32)> {
    row.cells.iter().filter_map(|cell| Some((month_number(&key(cell.value.text()?))?, cell.column))).collect()
}

/// The rows up to the first in which signatures begin, and those from it on.
pub(super) fn up_to_signatures(rows: &[Row]) -> (&[Row], &[Row]) {
    let is_signed = |row: &Row| row.cells.iter().map(|cell| &cell.value).filter_map(CellValue::text).any(is_opening);
    rows.split_at(rows.iter().position(is_signed).unwrap_or(rows.len()))
}
