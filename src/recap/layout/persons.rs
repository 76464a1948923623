//! Who is in charge of planned visits: a column of all rows, or one for each month. Knows headings, no cell below them.

use super::head::{MONTHS_MIN, month_of};
use super::head_column::HeadColumn;
use crate::recap::heading_plan::{is_person, person_rank};

/// A column that belongs to a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::recap) struct MonthColumn {
    pub(in crate::recap) month: u32,
    pub(in crate::recap) column: u32,
}

/// Columns from which a heading that is repeated beside months is one of each.
const REPEATED_MIN: usize = 2;

/// The column of the person in charge of a row's visits; of several the one that says so best.
pub(super) fn in_charge(head: &[HeadColumn]) -> Option<u32> {
    let ranked = head.iter().filter_map(|column| Some((person_rank(column.keys())?, column.column)));
    ranked.min().map(|(_, column)| column)
}

/// The columns of persons that belong to a month each.
pub(super) fn by_month(head: &[HeadColumn]) -> Vec<MonthColumn> {
    let mut found = below_months(head);
    if found.is_empty() {
        found = months_below(head);
    }
    if found.is_empty() {
        found = beside_months(head);
    }
    found
}

/// `Januari` over `Tgl | PJ`.
fn below_months(head: &[HeadColumn]) -> Vec<MonthColumn> {
    let one = |column: &HeadColumn| {
        let (bottom, above) = column.levels.split_last()?;
        let month = above.iter().rev().find_map(|level| month_of(&level.key))?;
        is_person(&bottom.key).then_some(MonthColumn { month, column: column.column })
    };
    head.iter().filter_map(one).collect()
}

/// `Petugas` over months, beside other months.
fn months_below(head: &[HeadColumn]) -> Vec<MonthColumn> {
    let month = |column: &HeadColumn| column.levels.last().and_then(|level| month_of(&level.key));
    let is_below_person = |column: &HeadColumn| column.levels.iter().any(|level| is_person(&level.key));
    let others = head.iter().filter(|column| month(column).is_some() && !is_below_person(column)).count();
    let own = head.iter().filter(|column| others >= MONTHS_MIN && is_below_person(column));
    own.filter_map(|column| Some(MonthColumn { month: month(column)?, column: column.column })).collect()
}

/// `Januari | Petugas | Februari | Petugas`, where the months are not merged.
fn beside_months(head: &[HeadColumn]) -> Vec<MonthColumn> {
    let month = |column: &HeadColumn| column.levels.iter().rev().find_map(|level| month_of(&level.key));
    let pairs = head.iter().zip(head.iter().skip(1));
    let one = |(left, right): (&HeadColumn, &HeadColumn)| {
        let is_own = right.levels.last().is_some_and(|level| is_person(&level.key)) && month(right).is_none();
        let is_beside = left.column + 1 == right.column;
        Some(MonthColumn { month: month(left).filter(|_| is_own && is_beside)?, column: right.column })
    };
    let found: Vec<MonthColumn> = pairs.filter_map(one).collect();
    if found.len() < REPEATED_MIN { Vec::new() } else { found }
}
