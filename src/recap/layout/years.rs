//! Years above months: of a plan that goes on from one year into the next, each month is of the year above it.

use std::collections::BTreeSet;

use super::MonthYear;
use super::head_column::HeadColumn;
use crate::domain::period::{YEAR_MAX, YEAR_MIN};
use crate::recap::cells::value_text;
use crate::recap::heading::key;
use crate::workbook::{Cell, CellValue};

/// The year that a text is, and nothing else: `2025`, `TAHUN 2025`.
fn year(key: &str) -> Option<i32> {
    let bare = key.strip_prefix("tahun").or_else(|| key.strip_prefix("thn")).unwrap_or(key);
    let year = bare.parse().ok().filter(|_| bare.len() == 4)?;
    (YEAR_MIN..=YEAR_MAX).contains(&year).then_some(year)
}

/// The year of a column: above it, or behind its month.
pub(super) fn year_above(column: &HeadColumn) -> Option<i32> {
    let (_, above) = column.levels.split_last()?;
    above.iter().rev().find_map(|level| year(&level.key)).or_else(|| own_year(column))
}

/// The year that the month of a column writes itself.
fn own_year(column: &HeadColumn) -> Option<i32> {
    column.levels.iter().rev().find_map(|level| level.year)
}

/// The one year that months write themselves, at the first of them; none where they differ.
pub(super) fn year_written(columns: &[&HeadColumn]) -> Option<MonthYear> {
    let mut years =
        columns.iter().filter_map(|column| Some(MonthYear { column: column.column, year: own_year(column)? }));
    let first = years.next()?;
    years.all(|other| other.year == first.year).then_some(first)
}

/// Reports whether a cell is the year over the months below it.
pub(super) fn is_year(value: &CellValue) -> bool {
    match value {
        CellValue::Text(text) => year(&key(text)).is_some(),
        CellValue::Number { value, .. } => year(&value.to_string()).is_some(),
        _ => false,
    }
}

/// Reports whether a row holds different years.
pub(super) fn has_different_years(row: &[Cell]) -> bool {
    let years: BTreeSet<String> =
        row.iter().filter(|cell| is_year(&cell.value)).map(|cell| key(&value_text(&cell.value))).collect();
    years.len() > 1
}

/// The years above months, where there are several; one alone says what titles say.
pub(super) fn years_above(columns: &[&HeadColumn]) -> Vec<MonthYear> {
    // Without a merge a year stands over the first of its months alone.
    let mut last = None;
    let mut years: Vec<MonthYear> = Vec::new();
    for column in columns {
        last = year_above(column).or(last.filter(|_| column.levels.len() == 1));
        years.extend(last.map(|year| MonthYear { column: column.column, year }));
    }
    let has_several = years.windows(2).any(|pair| pair[0].year != pair[1].year);
    if has_several { years } else { Vec::new() }
}
