//! Months that typed rows count as: of their own month, and never below the recap that they correct, so that a
//! correction stands until a later recap says something else.

use std::collections::BTreeMap;

use crate::domain::records::{Field, Recap, Rows};
use crate::domain::{Month, Received, Table};
use crate::store::{ReadEntry, StoredEntry, read_entries};

/// Gives a recap of one typed entry the month of what it tells.
pub(super) fn of_one(recap: Recap) -> Recap {
    let own = own_month(&recap.rows);
    let received = own.map_or(recap.received, Received::Month);
    // A report counts for the month in which it was due, a follow-up for that in which it was agreed.
    Recap { received, due_months: None, ..recap }
}

fn own_month(rows: &Rows) -> Option<Month> {
    match rows {
        Rows::Visits(rows) => rows.first().map(|row| row.record.date.month()),
        Rows::FollowUps(rows) => rows.first().map(|row| Month::from_date(row.record.visit_date)),
        Rows::ChecklistItems(rows) => rows.first().map(|row| Month::from_date(row.record.date)),
        Rows::MonthlyReports(rows) => rows.first().map(|row| row.record.month.plus(1)),
        Rows::ScheduleChanges(rows) => rows.first().map(|row| row.record.named),
        _ => None,
    }
}

/// The entries that stand, by id.
pub(super) type StandingEntries<'e> = BTreeMap<&'e str, &'e StoredEntry>;

/// Parts of a recap: the rows that count as of its months, and for each later month of recaps that are corrected those
/// that count as of it.
pub(super) fn parted(recap: Recap, standing: &StandingEntries<'_>) -> Vec<Recap> {
    let entries = read_entries(&recap.rows, recap.received.year());
    let own = recap.received.rank_month();
    let later: Vec<Option<Month>> = entries
        .iter()
        .map(|entry| at_least(recap.rows.table(), entry, standing).filter(|month| *month > own))
        .collect();
    let mut months: Vec<Month> = later.iter().copied().flatten().collect();
    months.sort_unstable();
    months.dedup();
    let has_own = months.is_empty() || later.iter().any(Option::is_none);
    let received_months = recap.due_months.clone().unwrap_or_else(|| months_of(recap.received));
    let mut parts = Vec::new();
    for month in months {
        let rows = recap.rows.picked(&|place| later.get(place).copied().flatten() == Some(month));
        // What is received is said once, by the part of the own months where there is one.
        let due_months = Some(if has_own || !parts.is_empty() { Vec::new() } else { received_months.clone() });
        let is_list = recap.rows.table() == Table::Facilities;
        let received = if is_list { Received::Year(month.year()) } else { Received::Month(month) };
        let due_months = due_months.filter(|_| !is_list);
        parts.push(Recap { received, due_months, rows, accumulated: Vec::new(), ..recap.clone() });
    }
    if has_own {
        let rows = recap.rows.picked(&|place| later.get(place).copied().flatten().is_none());
        parts.insert(0, Recap { rows, ..recap });
    }
    parts
}

/// Month of the recap above which a row must count.
fn at_least(table: Table, entry: &ReadEntry, standing: &StandingEntries<'_>) -> Option<Month> {
    if table != Table::ScheduleChanges {
        return standing.get(entry.id.as_str()).map(|held| held.rank);
    }
    // The changes of a facility hold one after the other.
    let name = |fields: &[(Field, String)]| fields.iter().find(|(field, _)| *field == Field::Name).cloned();
    let of_facility = standing.values().filter(|held| name(&held.fields) == name(&entry.fields));
    of_facility.map(|held| held.rank).max()
}

fn months_of(received: Received) -> Vec<Month> {
    received.period().months().collect()
}
