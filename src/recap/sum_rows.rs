//! Rows that are told by their labels alone, whatever table they stand in: sums, numbered rows, the beginning of the
//! signatures.

use super::cells::{is_blank, value_text};
use super::heading::ColumnMeaning;
use super::heading_figures::months_summed;
use super::layout::Heading;
use super::signatures::is_opening;
use crate::domain::name::plain_words;
use crate::workbook::{CellValue, Row};

const TOTAL_WORDS: [&str; 8] = ["jumlah", "total", "jml", "subtotal", "rata", "rerata", "grand", "ratarata"];
/// Words of which the label of a numbered row of sums is made.
const SUM_WORDS: [&str; 14] = [
    "jumlah",
    "total",
    "jml",
    "subtotal",
    "rata",
    "rerata",
    "grand",
    "ratarata",
    "sub",
    "seluruhnya",
    "keseluruhan",
    "semua",
    "akhir",
    "puskesmas",
];

/// Reports whether a cell numbers its row.
pub(super) fn is_row_number(value: &CellValue) -> bool {
    match value {
        CellValue::Number { .. } | CellValue::FormulaNotComputed => true,
        CellValue::Text(text) => {
            let digits = text.trim().trim_end_matches(['.', ')']);
            !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
        }
        _ => false,
    }
}

/// The texts of a row within a table, with their columns.
pub(super) fn texts<'r>(row: &'r Row, heading: &Heading) -> impl Iterator<Item = (u32, String)> + 'r {
    heading
        .cells(row)
        .iter()
        .filter(|cell| matches!(cell.value, CellValue::Text(_)) && !is_blank(Some(&cell.value)))
        .map(|cell| (cell.column, value_text(&cell.value)))
}

/// A row of sums, whatever its other cells hold: its label stands in the column of names or of numbers, or first where
/// there is no name. Elsewhere, and in a numbered row, a label is nothing but such words: a facility or an item might
/// begin with one.
pub(super) fn is_sum(row: &Row, heading: &Heading) -> bool {
    let number = heading.columns.get(&ColumnMeaning::No).copied();
    let is_numbered = number.and_then(|column| row.get(column)).is_some_and(is_row_number);
    let key = heading.key_column();
    let has_name = key.is_some_and(|column| !is_blank(row.get(column)));
    // `Jumlah pembinaan` before a number in the place of the name.
    let has_figure = key.is_some_and(|column| matches!(row.get(column), Some(CellValue::Number { .. })));
    let last_label =
        key.max(heading.columns.get(&ColumnMeaning::ReportMonth).copied().filter(|_| heading.has_months_down()));
    // `Jumlah` is also a way to aggregate, wherever that column stands.
    let aggregation = heading.columns.get(&ColumnMeaning::Aggregation).copied();
    let may_be_label = |column: u32| Some(column) != aggregation && last_label.is_none_or(|last| column <= last);
    let mut labels = texts(row, heading).enumerate().filter(|(_, (column, _))| !has_name || may_be_label(*column));
    labels.any(|(place, (column, text))| {
        let words = plain_words(&text);
        let is_label = if has_name {
            Some(column) == key || Some(column) == number || place == 0 && has_figure
        } else {
            place == 0
        };
        let is_bare = || words.split(' ').all(|word| SUM_WORDS.contains(&word));
        // Between months as rows: TRIWULAN I, Semester II.
        let is_part = || heading.has_months_down() && months_summed(&words.replace(' ', "")).is_some();
        // A decision may begin with such a word; only a name does not.
        let is_of_names = heading.day_column().is_none();
        is_total(&words) && (is_label && is_of_names && !is_numbered || is_bare()) || is_part()
    })
}

fn is_total(words: &str) -> bool {
    let mut words = words.split(' ');
    match words.next() {
        Some("sub") => words.next().is_some_and(|word| TOTAL_WORDS.contains(&word)),
        Some(word) => TOTAL_WORDS.contains(&word),
        None => false,
    }
}

/// Reports whether a row without number begins the signatures.
pub(super) fn is_signed(row: &Row, heading: &Heading) -> bool {
    let number = heading.columns.get(&ColumnMeaning::No).and_then(|column| row.get(*column));
    !number.is_some_and(is_row_number) && texts(row, heading).any(|(_, text)| is_opening(&text))
}
