//! Rows of the status table in groups, a pooled total above each. Knows no sorting: rows come in their order and keep it.

use crate::analytics::Selection;
use crate::definitions::Grouping;
use crate::domain::CoachingIndicator;
use crate::domain::name::name_key;

use super::context::PageContext;
use super::figure::Whose;
use super::status_table::{is_by_register, of_subject, pooled_row};
use super::table::{DataCell, DataRow};
use super::totals::groups;

/// The rows below the totals of their groups. A facility of two structures stands in both; those of no group come last.
pub fn grouped(
    context: &PageContext<'_>,
    rows: Vec<DataRow>,
    grouping: Grouping,
    indicators: &[CoachingIndicator],
) -> Vec<DataRow> {
    let mut done: Vec<DataRow> = Vec::new();
    let mut is_placed = vec![false; rows.len()];
    for (name, selection) in groups(context, grouping) {
        let is_in = |row: &DataRow| facility_of(row).is_some_and(|index| selection.contains(context.facility(index)));
        let places: Vec<usize> = (0..rows.len()).filter(|place| is_in(&rows[*place])).collect();
        let members: Vec<DataRow> = places.iter().map(|place| rows[*place].clone()).collect();
        places.iter().for_each(|place| is_placed[*place] = true);
        let whose = narrowed(&context.choice.selection, &selection).filter(|_| is_by_register(context));
        let whose = whose.map(|selection| Whose::Total(of_subject(context, selection)));
        done.extend(group(context, &name, members, whose, indicators));
    }
    let placed = is_placed.iter();
    let rest = rows.into_iter().zip(placed).filter(|(_, is_placed)| !**is_placed).map(|(row, _)| row);
    done.extend(group(context, without(grouping), rest.collect(), None, indicators));
    done
}

fn group(
    context: &PageContext<'_>,
    name: &str,
    rows: Vec<DataRow>,
    whose: Option<Whose>,
    indicators: &[CoachingIndicator],
) -> Vec<DataRow> {
    if rows.is_empty() {
        return rows;
    }
    let members: Vec<u32> = rows.iter().filter_map(facility_of).collect();
    let name = DataCell::Group(format!("{name} ({} faskes)", members.len()));
    let mut grouped = vec![pooled_row(context, name, &members, whose, indicators)];
    grouped.extend(rows);
    grouped
}

fn facility_of(row: &DataRow) -> Option<u32> {
    match row.cells.first() {
        Some(DataCell::Facility(index, _)) => Some(*index),
        _ => None,
    }
}

fn without(grouping: Grouping) -> &'static str {
    match grouping {
        Grouping::Group => "Bukan jaringan atau jejaring",
        Grouping::Kind => "Jenis tidak tercatat",
        Grouping::Structure => "Tanpa struktur jejaring",
        Grouping::Village => "Desa tidak tercatat",
    }
}

/// The facilities of both selections as one; `None` where one selection cannot say that.
fn narrowed(chosen: &Selection, group: &Selection) -> Option<Selection> {
    let same = |a: &str, b: &str| name_key(a) == name_key(b);
    Some(Selection {
        puskesmas: group.puskesmas,
        kind: both(chosen.kind.clone(), group.kind.clone(), |a, b| same(a, b))?,
        group: both(chosen.group, group.group, |a, b| a == b)?,
        structure: both(chosen.structure, group.structure, |a, b| a == b)?,
        village: both(chosen.village.clone(), group.village.clone(), |a, b| same(a, b))?,
    })
}

fn both<T>(one: Option<T>, other: Option<T>, is_same: impl Fn(&T, &T) -> bool) -> Option<Option<T>> {
    match (one, other) {
        (Some(one), Some(other)) => is_same(&one, &other).then_some(Some(one)),
        (one, other) => Some(one.or(other)),
    }
}
