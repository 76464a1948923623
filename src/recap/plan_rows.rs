//! Schedules with two rows a facility: what was planned, and below it what was done. A column between name and months
//! tells them apart. Knows one table's rows, not what becomes of them.

use std::collections::BTreeSet;

use super::cells::{is_blank, value_text};
use super::layout::{Heading, Layout};
use crate::domain::name::plain_words;
use crate::workbook::{CellValue, Row};

/// Columns between the name and the first month that are looked at.
const COLUMNS_MAX: u32 = 6;
/// Markers of rows, planned and done; of single letters the pair tells.
const PAIRS: [(&str, &str); 15] = [
    ("renc", "real"),
    ("renc", "realisasi"),
    ("rencana", "real"),
    ("rcn", "real"),
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
    /// Looks for such a column: its cells hold two markers, the planned one first, or those that `said` calls so.
    pub(super) fn find(heading: &Heading, rows: &[Row], said: &[(String, String)]) -> Option<Self> {
        let Layout::Months(months) = &heading.layout else { return None };
        let rows: Vec<&Row> = rows.iter().collect();
        let cells = |row: &Row| months.iter().filter(|(_, column)| !is_blank(row.get(*column))).count();
        columns(heading)?.find_map(|column| {
            let Markers { marked, first, second } = Markers::from_rows(&rows, column)?;
            let is_known = PAIRS.iter().any(|(planned, done)| *planned == first && *done == second);
            let of = |row: &str| said.iter().find(|(_, said)| said == row).map(|(marker, _)| plain_words(marker));
            let planned = match (of("rencana"), of("dilaksanakan")) {
                (Some(planned), Some(done)) if planned == first && done == second => first,
                (Some(planned), Some(done)) if planned == second && done == first => second,
                _ if is_known => first,
                _ => return None,
            };
            let done = marked.iter().filter(|(_, marker)| *marker != planned).map(|(row, _)| cells(row)).sum();
            Some(Self { column, planned, done })
        })
    }

    /// Two markers that take turns below each other though nobody knows them.
    pub(super) fn unclear(heading: &Heading, rows: &[&Row]) -> Option<[String; 2]> {
        columns(heading)?.find_map(|column| {
            let Markers { marked, first, second } = Markers::from_rows(rows, column)?;
            let takes_turns = marked.len() > 2 && marked.windows(2).all(|pair| pair[0].1 != pair[1].1);
            takes_turns.then_some([first, second])
        })
    }

    /// The same where the rows of the second marker have no name of their own: two rows for each facility.
    pub(super) fn unclear_pairs(heading: &Heading, rows: &[Row]) -> Option<[String; 2]> {
        let rows: Vec<&Row> = rows.iter().collect();
        let found = Self::unclear(heading, &rows)?;
        let key = heading.key_column()?;
        let is_second = |row: &&&Row| {
            columns(heading)
                .is_some_and(|mut columns| columns.any(|column| marker(row, column).as_ref() == Some(&found[1])))
        };
        let seconds: Vec<&&Row> = rows.iter().filter(is_second).collect();
        (!seconds.is_empty() && seconds.iter().all(|row| is_blank(row.get(key)))).then_some(found)
    }

    /// All pairs of markers between name and months.
    pub(super) fn markers(heading: &Heading, rows: &[&Row]) -> Vec<String> {
        let found = columns(heading).into_iter().flatten().filter_map(|column| Markers::from_rows(rows, column));
        found.flat_map(|markers| [markers.first, markers.second]).collect()
    }

    /// The marker of planned rows, then the other.
    pub(super) fn both(&self, rows: &[Row]) -> Option<[String; 2]> {
        let Markers { first, second, .. } = Markers::from_rows(&rows.iter().collect::<Vec<_>>(), self.column)?;
        Some(if first == self.planned { [first, second] } else { [second, first] })
    }

    /// Reports whether a row is one of what was done, which plans nothing.
    pub(super) fn is_done(&self, row: &Row) -> bool {
        marker(row, self.column).is_some_and(|marker| marker != self.planned)
    }
}

/// The columns between the name and the first month.
fn columns(heading: &Heading) -> Option<impl Iterator<Item = u32>> {
    let Layout::Months(months) = &heading.layout else { return None };
    let first_month = months.iter().map(|(_, column)| *column).min()?;
    Some((heading.key_column()? + 1..first_month).take(COLUMNS_MAX as usize))
}

/// A column whose cells hold exactly two markers.
struct Markers<'r> {
    marked: Vec<(&'r Row, String)>,
    first: String,
    second: String,
}

impl<'r> Markers<'r> {
    fn from_rows(rows: &[&'r Row], column: u32) -> Option<Self> {
        let marked: Vec<(&Row, String)> = rows.iter().filter_map(|row| Some((*row, marker(row, column)?))).collect();
        let distinct: BTreeSet<&str> = marked.iter().map(|(_, marker)| marker.as_str()).collect();
        let first = marked.first()?.1.clone();
        let second = distinct.iter().find(|marker| **marker != first).map(|marker| (*marker).to_owned())?;
        (distinct.len() == 2).then_some(Self { marked, first, second })
    }
}

fn marker(row: &Row, column: u32) -> Option<String> {
    let value = row.get(column).filter(|value| matches!(value, CellValue::Text(_)))?;
    let words = plain_words(&value_text(value));
    (!words.is_empty()).then_some(words)
}

/// Reports whether two headings or markers mean what was planned and what was done.
pub(super) fn is_pair(planned: &str, done: &str) -> bool {
    let planned = plain_words(planned);
    let done = plain_words(done);
    PAIRS.contains(&(planned.as_str(), done.as_str()))
}
