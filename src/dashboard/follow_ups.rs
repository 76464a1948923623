//! Follow-ups (RTL) with their state as of the day: selesai, terlambat, belum jatuh tempo.

use crate::domain::facts::{FactKey, FollowUp};
use crate::domain::{Date, FactRef, format};

use super::context::PageContext;
use super::table::{DataCell, DataColumn, DataRow, DataTable, Tone};

/// Follow-ups of the period's year: agreed or due in it, by due date.
pub fn follow_ups(context: &PageContext<'_>, id: &str) -> DataTable {
    let as_of = context.subject.as_of;
    let year = context.subject.period.year();
    let mut found: Vec<&FollowUp> = context
        .evaluator
        .facts()
        .follow_ups
        .iter()
        .filter(|item| context.is_about(item.facility) && context.facility_result(item.facility).is_some())
        .filter(|item| item.visit_date <= as_of)
        .filter(|item| [item.visit_date, item.due].iter().any(|date| chrono::Datelike::year(date) == year))
        .collect();
    found.sort_by_key(|item| (item.due, item.visit_date, context.facility(item.facility).listing_key()));
    DataTable {
        name: id.to_owned(),
        title: "Rencana tindak lanjut".to_owned(),
        note: format!("Disepakati atau jatuh tempo pada tahun {year}, menurut batas waktunya."),
        caption: format!("{} · data per {}", counted(&found, as_of), format::date(as_of)),
        columns: vec![
            DataColumn::text("faskes", "Faskes"),
            DataColumn::text("butir", "Rencana tindak lanjut"),
            DataColumn::text("pj", "Penanggung jawab"),
            DataColumn::text("kunjungan", "Tanggal pembinaan"),
            DataColumn::text("batas", "Target selesai"),
            DataColumn::text("selesai", "Tanggal selesai"),
            DataColumn::text("keadaan", "Keadaan"),
        ],
        rows: found.iter().map(|item| row(context, item, as_of)).collect(),
        totals: Vec::new(),
    }
}

fn counted(items: &[&FollowUp], as_of: Date) -> String {
    let of = |wanted: FollowUpState| items.iter().filter(|item| state(item, as_of) == wanted).count();
    format!(
        "{} selesai, {} terlambat, {} belum jatuh tempo",
        of(FollowUpState::Done),
        of(FollowUpState::Overdue),
        of(FollowUpState::Open) + of(FollowUpState::DueToday)
    )
}

fn row(context: &PageContext<'_>, item: &FollowUp, as_of: Date) -> DataRow {
    let done = item.done.filter(|done| *done <= as_of);
    let (words, tone) = match state(item, as_of) {
        FollowUpState::Done if done.is_some_and(|done| done > item.due) => ("Selesai, lewat batas", Tone::Fair),
        FollowUpState::Done => ("Selesai", Tone::Good),
        FollowUpState::Overdue => ("Terlambat", Tone::Poor),
        FollowUpState::DueToday => ("Jatuh tempo hari itu", Tone::Fair),
        FollowUpState::Open => ("Belum jatuh tempo", Tone::Neutral),
    };
    DataRow {
        cells: vec![
            DataCell::Facility(item.facility, context.facility(item.facility).name.clone()),
            DataCell::Text(item.item.clone()),
            item.owner.clone().map_or(DataCell::Blank("tidak ditulis"), DataCell::Text),
            DataCell::Date(item.visit_date),
            DataCell::Date(item.due),
            match done {
                Some(done) => DataCell::Date(done),
                None if item.done.is_none() => DataCell::NotDone(fact(item)),
                None => DataCell::Blank("belum selesai"),
            },
            DataCell::State(words.to_owned(), tone),
        ],
    }
}

fn fact(item: &FollowUp) -> FactRef {
    FactRef { facility: item.facility, key: FactKey::FollowUp(item.visit_date, item.item.clone()) }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum FollowUpState {
    Done,
    Overdue,
    DueToday,
    Open,
}

/// On its due date itself a follow-up counts in the indicator's denominator, but it is not late yet.
fn state(item: &FollowUp, as_of: Date) -> FollowUpState {
    if item.done.is_some_and(|done| done <= as_of) {
        FollowUpState::Done
    } else if item.due < as_of {
        FollowUpState::Overdue
    } else if item.due == as_of {
        FollowUpState::DueToday
    } else {
        FollowUpState::Open
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(due: &str, done: Option<&str>) -> FollowUp {
        FollowUp {
            facility: 0,
            visit_date: "2023-01-10".parse().unwrap(),
            item: String::new(),
            owner: None,
            due: due.parse().unwrap(),
            done: done.map(|text| text.parse().unwrap()),
        }
    }

    #[test]
    fn what_is_done_later_is_not_done_yet() {
        let as_of: Date = "2023-03-01".parse().unwrap();
        assert!(state(&item("2023-02-01", Some("2023-03-01")), as_of) == FollowUpState::Done);
        assert!(state(&item("2023-02-01", Some("2023-03-02")), as_of) == FollowUpState::Overdue);
        assert!(state(&item("2023-03-01", None), as_of) == FollowUpState::DueToday);
        assert!(state(&item("2023-03-02", None), as_of) == FollowUpState::Open);
        assert!(state(&item("2023-02-28", None), as_of) == FollowUpState::Overdue);
    }
}
