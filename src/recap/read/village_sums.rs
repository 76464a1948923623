//! Rows of villages between rows of their facilities: sums of the rows below them, and no facility's own figures.

use super::read_columns::ReadColumns;
use crate::domain::Table;
use crate::recap::cells::number::{Dot, read};
use crate::recap::cells::{is_blank, value_text};
use crate::recap::context::OfVillage;
use crate::recap::{FoundTable, ReadingContext};
use crate::workbook::Row;

/// Difference from which sums are others.
const TOLERANCE: f64 = 1e-6;

/// The row of a village with rows of facilities right below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum VillageRow {
    /// Its figures are the sums of those.
    Sum,
    /// They are not, so that nobody can say whose they are.
    Unclear,
}

/// Tells such a row; none where it is any other.
pub(super) fn village_row(
    table: &FoundTable<'_>,
    context: &ReadingContext,
    columns: &ReadColumns,
    row: &Row,
) -> Option<VillageRow> {
    if table.table != Table::Achievements {
        return None;
    }
    let key = table.heading.key_column()?;
    let name = |row: &Row| row.get(key).filter(|value| !is_blank(Some(value))).map(value_text);
    let written = name(row)?;
    if context.facility(&written).is_some() || context.of_village(&written, None) == OfVillage::Unclear(Vec::new()) {
        return None;
    }
    let start = table.sheet.rows.partition_point(|other| other.index <= row.index);
    let below = table.sheet.rows[start..].iter().take_while(|other| other.index <= table.last_row);
    let of_facility = |other: &&Row| name(other).is_some_and(|written| context.facility(&written).is_some());
    let own: Vec<&Row> = below.take_while(of_facility).collect();
    let is_there = |other: &&Row| name(other).is_some_and(|facility| context.is_in_village(&facility, &written));
    if own.is_empty() || !own.iter().any(is_there) {
        return None;
    }
    let figure =
        |row: &Row, column: u32| read(row.get(column), Dot::Thousands).ok().flatten().map(|number| number.value);
    let read: Vec<u32> = columns.all().filter(|column| figure(row, *column).is_some()).collect();
    let is_sum = |column: &u32| {
        let sum: f64 = own.iter().filter_map(|other| figure(other, *column)).sum();
        figure(row, *column).is_some_and(|figure| (figure - sum).abs() < TOLERANCE)
    };
    Some(if read.iter().all(is_sum) { VillageRow::Sum } else { VillageRow::Unclear })
}
