//! Tables with one column for each field.

use std::collections::BTreeMap;

use super::find::RowsOf;
use super::head::{Frame, HeadColumn};
use super::{Heading, Layout};
use crate::domain::Table;
use crate::recap::heading::{Column, Spec, column_of, specs};

/// Tables with one column for each field: of those of a sort the one with the most known headings.
pub(super) fn by_columns(head: &[HeadColumn], frame: &Frame, rows: RowsOf) -> Option<Heading> {
    let mut best: Option<(usize, Heading)> = None;
    for spec in specs().filter(|spec| spec.has_names() != (rows == RowsOf::Notes)) {
        let columns = columns_by(head, spec);
        let has = |column: &Column| columns.contains_key(column);
        let (needed, supporting) = spec.supporting;
        let is_there = if rows == RowsOf::OneFacility {
            is_of_one_facility(spec, &columns)
        } else {
            spec.required.iter().all(has)
        } && supporting.iter().filter(|column| has(column)).count() >= needed;
        // A status beside the agreed action speaks for no table: visits carry one too.
        let known = columns.len() - usize::from(has(&Column::Status));
        if is_there && best.as_ref().is_none_or(|(score, _)| known > *score) {
            let layout = Layout::Columns;
            let heading = frame.heading(Some(spec.table), layout, columns.clone());
            best = Some((known, heading));
        }
    }
    best.map(|(_, heading)| heading)
}

/// Tables of which each facility may have one of its own, with its name above it.
const OF_ONE_FACILITY: [Table; 4] = [Table::Visits, Table::FollowUps, Table::Lokmin, Table::MonthlyReports];

/// Whether a table has all that it needs but the column of names.
fn is_of_one_facility(spec: &Spec, columns: &BTreeMap<Column, u32>) -> bool {
    let is_there = |column: &Column| *column == Column::Name || columns.contains_key(column);
    OF_ONE_FACILITY.contains(&spec.table)
        && !columns.contains_key(&Column::Name)
        && spec.required.iter().all(is_there)
        && (spec.table != Table::Lokmin || columns.contains_key(&Column::ReportMonth))
}

/// The columns that a table's words name; of two for one field the first, for the name the plainer one.
fn columns_by(head: &[HeadColumn], spec: &Spec) -> BTreeMap<Column, u32> {
    let mut columns: BTreeMap<Column, u32> = BTreeMap::new();
    let mut spare: Vec<&HeadColumn> = Vec::new();
    for column in head {
        let Some(known) = column_of(&column.keys(), spec.words) else { continue };
        match columns.get(&known) {
            None => {
                columns.insert(known, column.column);
            }
            Some(_) => spare.push(column),
        }
    }
    let is_plain_name = |column: &HeadColumn| column.keys().iter().any(|key| key.starts_with("nama"));
    // "Jaringan/Jejaring" beside "Nama …" is the group, whichever stands first.
    if let Some(named) =
        spare.iter().find(|column| is_plain_name(column) && column_of(&column.keys(), spec.words) == Some(Column::Name))
    {
        let displaced = columns.insert(Column::Name, named.column);
        let is_free = spec.table == Table::Facilities && !columns.contains_key(&Column::Group);
        if let Some(displaced) = displaced.filter(|_| is_free) {
            columns.insert(Column::Group, displaced);
        }
    } else if spec.table == Table::Facilities && !columns.contains_key(&Column::Group) {
        let second = spare.iter().find(|column| column_of(&column.keys(), spec.words) == Some(Column::Name));
        if let Some(second) = second {
            columns.insert(Column::Group, second.column);
        }
    }
    columns
}
