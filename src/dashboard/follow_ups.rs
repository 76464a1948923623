//! Follow-ups (RTL) with their state as of the day: selesai, terlambat, belum jatuh tempo.

use std::collections::BTreeMap;

use chrono::Datelike;

use crate::domain::facts::FactKey;
use crate::domain::lokmin::DecidingMeeting;
use crate::domain::name::name_key;
use crate::domain::{Date, FactRef, format};

use super::context::PageContext;
use super::table::{DataCell, DataColumn, DataRow, DataTable, Tone};

/// Something that a facility has to do: agreed at a visit, or decided by a lokmin. A decision is shown among follow-ups
/// and is none: no indicator counts it.
#[derive(Clone, Copy)]
struct AgreedAction<'f> {
    facility: u32,
    item: &'f str,
    owner: Option<&'f str>,
    /// Day of the visit or of the meeting.
    agreed: Date,
    due: Option<Date>,
    done: Option<Date>,
    /// Meeting that decided it; `None`: agreed at a visit.
    decided_at: Option<DecidingMeeting>,
    /// True if somebody wrote that something was done about it, and no day.
    is_told: bool,
}

/// Follow-ups of the period's year, and decisions of lokmin for a facility: agreed or due in it, by due date.
pub fn follow_ups(context: &PageContext<'_>, id: &str) -> DataTable {
    let as_of = context.subject.as_of;
    let year = context.subject.period.year();
    let mut found: Vec<AgreedAction<'_>> = at_visits(context).chain(decided(context)).collect();
    found.retain(|item| is_shown(context, item));
    found.sort_by_key(|item| {
        (item.due.is_none(), item.due, item.agreed, context.facility(item.facility).listing_key(), item.decided_at)
    });
    let has_decisions = found.iter().any(|item| item.decided_at.is_some());
    let mut columns = vec![
        DataColumn::text("faskes", "Faskes"),
        DataColumn::text("butir", "Rencana tindak lanjut"),
        DataColumn::text("pj", "Penanggung jawab"),
        DataColumn::text("kunjungan", if has_decisions { "Tanggal disepakati" } else { "Tanggal pembinaan" }),
        DataColumn::text("batas", "Target selesai"),
        DataColumn::text("selesai", "Tanggal selesai"),
        DataColumn::text("keadaan", "Keadaan"),
    ];
    if has_decisions {
        columns.insert(3, DataColumn::text("asal", "Disepakati pada"));
    }
    DataTable {
        name: id.to_owned(),
        title: "Rencana tindak lanjut".to_owned(),
        note: format!("Disepakati atau jatuh tempo pada tahun {year}, menurut batas waktunya."),
        caption: format!("{} · data per {}", counted(&found, as_of), format::date(as_of)),
        columns,
        rows: found.iter().map(|item| row(context, item, has_decisions)).collect(),
        totals: Vec::new(),
    }
}

/// Number of follow-ups of the period's year that are past their due day, by facility; those that have none are left
/// out. Decisions of lokmin are none.
pub fn overdue_by_facility(context: &PageContext<'_>) -> BTreeMap<u32, u32> {
    let as_of = context.subject.as_of;
    let mut overdue = BTreeMap::new();
    for item in
        at_visits(context).filter(|item| is_shown(context, item) && state(item, as_of) == FollowUpState::Overdue)
    {
        *overdue.entry(item.facility).or_default() += 1;
    }
    overdue
}

/// Number of follow-ups of whatever year that are past their due day, by facility: 0 for one whose follow-ups are all done
/// or not due, none for one without any.
pub fn overdue_until_now(context: &PageContext<'_>) -> BTreeMap<u32, u32> {
    let as_of = context.subject.as_of;
    let mut overdue = BTreeMap::new();
    for item in at_visits(context).filter(|item| item.agreed <= as_of) {
        *overdue.entry(item.facility).or_default() += u32::from(state(&item, as_of) == FollowUpState::Overdue);
    }
    overdue
}

/// Reports whether something is agreed or due in the period's year, by a facility that the page is about.
fn is_shown(context: &PageContext<'_>, item: &AgreedAction<'_>) -> bool {
    let is_of_year = |date: Date| date.year() == context.subject.period.year();
    let is_listed = context.is_about(item.facility) && context.facility_result(item.facility).is_some();
    is_listed && item.agreed <= context.subject.as_of && (is_of_year(item.agreed) || item.due.is_some_and(is_of_year))
}

fn at_visits<'f>(context: &'f PageContext<'_>) -> impl Iterator<Item = AgreedAction<'f>> {
    context.evaluator.facts().follow_ups.iter().map(|item| AgreedAction {
        facility: item.facility,
        item: &item.item,
        owner: item.owner.as_deref(),
        agreed: item.visit_date,
        due: Some(item.due),
        done: item.done,
        decided_at: None,
        is_told: false,
    })
}

/// Decisions of lokmin and of management reviews that a facility has to carry out.
fn decided<'f>(context: &'f PageContext<'_>) -> impl Iterator<Item = AgreedAction<'f>> {
    let facts = context.evaluator.facts();
    let puskesmas = context.subject.puskesmas;
    let own = (0..).zip(&facts.facilities).filter(move |(_, facility)| facility.puskesmas == puskesmas);
    let by_key: BTreeMap<String, u32> = own.map(|(index, facility)| (name_key(&facility.name), index)).collect();
    let decisions = facts.written.decisions.iter().filter(move |row| row.puskesmas == puskesmas).map(|row| &row.row);
    decisions.filter_map(move |decision| {
        Some(AgreedAction {
            facility: *by_key.get(&decision.facility_key()?)?,
            item: &decision.decision,
            owner: decision.owner.as_deref(),
            agreed: decision.date,
            due: decision.due,
            done: decision.done,
            decided_at: Some(DecidingMeeting::from_kind(decision.meeting.as_deref())),
            is_told: decision.follow_up.is_some() && decision.done.is_none(),
        })
    })
}

/// Counts follow-ups of visits by state, and decisions apart: the indicator knows the former alone.
fn counted(items: &[AgreedAction<'_>], as_of: Date) -> String {
    let of = |wanted: FollowUpState| {
        items.iter().filter(|item| item.decided_at.is_none() && state(item, as_of) == wanted).count()
    };
    let visits = format!(
        "{} selesai, {} terlambat, {} belum jatuh tempo",
        of(FollowUpState::Done),
        of(FollowUpState::Overdue),
        of(FollowUpState::Open) + of(FollowUpState::DueToday)
    );
    let of_meeting = |meeting: DecidingMeeting| {
        let count = items.iter().filter(|item| item.decided_at == Some(meeting)).count();
        (count > 0).then(|| format!("{count} keputusan {}", meeting.words()))
    };
    let decisions: Vec<String> =
        [DecidingMeeting::Lokmin, DecidingMeeting::Review].into_iter().filter_map(of_meeting).collect();
    if decisions.is_empty() {
        return visits;
    }
    format!("{visits}; {}, tidak dihitung dalam indikator RTL", decisions.join(" dan "))
}

fn row(context: &PageContext<'_>, item: &AgreedAction<'_>, has_decisions: bool) -> DataRow {
    let as_of = context.subject.as_of;
    let done = item.done.filter(|done| *done <= as_of);
    let is_late = done.zip(item.due).is_some_and(|(done, due)| done > due);
    let words = match state(item, as_of) {
        FollowUpState::Done if is_late => DataCell::State("Selesai, lewat batas".to_owned(), Tone::Fair),
        FollowUpState::Done => DataCell::State("Selesai".to_owned(), Tone::Good),
        _ if item.is_told => DataCell::State("Ditindaklanjuti".to_owned(), Tone::Neutral),
        FollowUpState::Overdue => DataCell::State("Terlambat".to_owned(), Tone::Poor),
        FollowUpState::DueToday => DataCell::State("Jatuh tempo hari itu".to_owned(), Tone::Fair),
        FollowUpState::Open if item.due.is_none() => DataCell::State("Tanpa batas waktu".to_owned(), Tone::Neutral),
        FollowUpState::Open => DataCell::State("Belum jatuh tempo".to_owned(), Tone::Neutral),
    };
    let mut cells = vec![
        DataCell::Facility(item.facility, context.facility(item.facility).name.clone()),
        DataCell::Text(item.item.to_owned()),
        item.owner.map_or(DataCell::Blank("tidak ditulis"), |owner| DataCell::Text(owner.to_owned())),
        DataCell::Date(item.agreed),
        item.due.map_or(DataCell::Blank("tanpa batas waktu"), DataCell::Date),
        match done {
            Some(done) => DataCell::Date(done),
            None if item.done.is_none() && item.decided_at.is_none() => DataCell::NotDone(fact(item)),
            None => DataCell::Blank("belum selesai"),
        },
        words,
    ];
    if has_decisions {
        let origin = item.decided_at.map_or("Pembinaan", DecidingMeeting::label);
        cells.insert(3, DataCell::Text(origin.to_owned()));
    }
    DataRow { cells }
}

fn fact(item: &AgreedAction<'_>) -> FactRef {
    FactRef { facility: item.facility, key: FactKey::FollowUp(item.agreed, item.item.to_owned()) }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum FollowUpState {
    Done,
    Overdue,
    DueToday,
    Open,
}

/// On its due date itself a follow-up counts in the indicator's denominator, but it is not late yet.
fn state(item: &AgreedAction<'_>, as_of: Date) -> FollowUpState {
    if item.done.is_some_and(|done| done <= as_of) {
        FollowUpState::Done
    } else if item.due.is_some_and(|due| due < as_of) {
        FollowUpState::Overdue
    } else if item.due == Some(as_of) {
        FollowUpState::DueToday
    } else {
        FollowUpState::Open
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(due: &str, done: Option<&str>) -> AgreedAction<'static> {
        AgreedAction {
            facility: 0,
            item: "",
            owner: None,
            agreed: "2023-01-10".parse().unwrap(),
            due: Some(due.parse().unwrap()),
            done: done.map(|text| text.parse().unwrap()),
            decided_at: None,
            is_told: false,
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
