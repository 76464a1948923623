//! Schedules with two rows a facility: what was planned, and below it what was done. A column between name and months
//! tells them apart. Knows one table's rows, not what becomes of them.

use std::collections::BTreeSet;

use super::cells::{is_blank, shown};
use super::layout::{Heading, Layout};
use crate::domain::name::plain_words;
use crate::workbook::{CellValue, Row};

/// Columns between the name and the first month that are looked at.
const COLUMNS_MAX: u32 = 6;
/// Markers of rows, planned and done; of single letters the pair tells.
const PAIRS: [(&str, &str); 11] = [
    ("r", "l"),
    ("r", "p"),
    ("p", "r"),
    ("t", "r"),
    ("rencana", "realisasi"),
    ("rencana", "pelaksanaan"),
    ("rencana", "terlaksana"),
    ("rencana", "laksana"),
    ("jadwal", "realisasi"),
    ("jadwal", "pelaksanaan"),
    ("target", "realisasi"),
];

/// The column that tells rows of a plan from those of what was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PlanRows {
    pub(super) column: u32,
    /// Key of the marker of planned rows.
    planned: String,
    /// Cells below months in the rows of what was done.
    pub(super) done: usize,
}

impl PlanRows {
    /// Looks for such a column: its cells hold two markers, the planned one first.
    pub(super) fn find(heading: &Heading, rows: &[Row]) -> Option<Self> {
        let Layout::Months(months) = &heading.layout else { return None };
        let first_month = months.iter().map(|(_, column)| *column).min()?;
        let name = heading.key_column()?;
        let mut columns = (name + 1..first_month).take(COLUMNS_MAX as usize);
        columns.find_map(|column| {
            let marked: Vec<(&Row, String)> = rows.iter().filter_map(|row| Some((row, marker(row, column)?))).collect();
            let distinct: BTreeSet<&str> = marked.iter().map(|(_, marker)| marker.as_str()).collect();
            let first = &marked.first()?.1;
            let second = distinct.iter().find(|marker| *marker != first)?;
            let is_pair = distinct.len() == 2 && PAIRS.iter().any(|(planned, done)| planned == first && done == second);
            let cells = |row: &Row| months.iter().filter(|(_, column)| !is_blank(row.get(*column))).count();
            let done = marked.iter().filter(|(_, marker)| marker != first).map(|(row, _)| cells(row)).sum();
            is_pair.then(|| Self { column, planned: first.clone(), done })
        })
    }

    /// Whether a row is one of what was done, which plans nothing.
    pub(super) fn is_done(&self, row: &Row) -> bool {
        marker(row, self.column).is_some_and(|marker| marker != self.planned)
    }
}

fn marker(row: &Row, column: u32) -> Option<String> {
    let value = row.get(column).filter(|value| matches!(value, CellValue::Text(_)))?;
    let words = plain_words(&shown(value));
    (!words.is_empty()).then_some(words)
}

/// Whether two headings or markers mean what was planned and what was done.
pub(super) fn is_pair(planned: &str, done: &str) -> bool {
    let (planned, done) = (plain_words(planned), plain_words(done));
    PAIRS.contains(&(planned.as_str(), done.as_str()))
}
