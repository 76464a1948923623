//! Rows of the status table in groups, a pooled total above each. Knows no sorting: rows come in their order and keep it.

use crate::analytics::Selection;
use crate::definitions::Grouping;
use crate::domain::CoachingIndicator;
use crate::domain::name::name_key;

use super::context::PageContext;
use super::figure::Whose;
use super::status_rows::{is_by_register, of_subject, pooled_row};
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
        for place in places {
            is_placed[place] = true;
        }
        let whose = narrowed(&context.choice.selection, &selection).filter(|_| is_by_register(context));
        let whose = whose.map(|selection| Whose::Total(of_subject(context, selection)));
        done.extend(group(context, &name, members, whose.as_ref(), indicators));
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
    whose: Option<&Whose>,
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
    let differ = |a: Option<&String>, b: Option<&String>| match (a, b) {
        (Some(a), Some(b)) => name_key(a) != name_key(b),
        _ => false,
    };
    let is_contradicted = differ(chosen.kind.as_ref(), group.kind.as_ref())
        || differ(chosen.village.as_ref(), group.village.as_ref())
        || chosen.group.is_some_and(|chosen| group.group.is_some_and(|group| group != chosen))
        || chosen.structure.is_some_and(|chosen| group.structure.is_some_and(|group| group != chosen));
    if is_contradicted {
        return None;
    }
    Some(Selection {
        puskesmas: group.puskesmas,
        kind: group.kind.clone().or_else(|| chosen.kind.clone()),
        group: group.group.or(chosen.group),
        structure: group.structure.or(chosen.structure),
        village: group.village.clone().or_else(|| chosen.village.clone()),
    })
}
