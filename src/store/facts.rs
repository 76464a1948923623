//! From the log to what counts: [`Facts`] of a scope, in the order that `Facts` promises.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use super::achievements;
use super::checklist;
use super::evidence;
use super::fact_indexes::FactIndexes;
use super::log::{LiveRecap, Log, Logged, ordered, resolve};
use super::puskesmas::puskesmas_names;
use super::rows::Stored;
use super::scoped::Scoped;
use super::{BatchId, Scope, Store, StoreError, register_order, written};
use crate::domain::facts::{
    DecreeRow, FollowUp, LokminAttendance, MonthlyReport, Puskesmas, ReceivedTable, Service, Visit,
};
use crate::domain::name::plain_words;
use crate::domain::records::{
    ChangeRow, DecreeRecord, FacilityRow, FollowUpRow, LokminRow, ReportRow, SlotRow, VisitRow,
};
use crate::domain::{ChangeApproval, Facility, Facts, Month, Received, ScheduleChange, ServiceDefinition, Slot};

/// Facts, and the places in them by database id.
pub(super) struct IndexedFacts {
    pub facts: Facts,
    pub facilities: FactIndexes,
    pub services: FactIndexes,
}

impl Store {
    /// Everything that counts in a scope, resolved: for each key and field the value that is not blank from the
    /// recap of the latest month, and among those of one month from the batch accepted last.
    pub fn facts(&self, scope: &Scope) -> Result<Facts, StoreError> {
        self.read(|connection| {
            let log = Log::load(connection, scope)?;
            facts(connection, &log)
        })
    }

    /// Returns the facts that would count for a Puskesmas if a batch had brought its registers and lists of indicators
    /// alone: what other tables of it hold came from other files.
    pub fn facts_on_registers_of(&self, puskesmas: &str, batch: BatchId) -> Result<Facts, StoreError> {
        self.read(|connection| {
            let log = Log::load(connection, &Scope::Puskesmas(puskesmas.to_owned()))?;
            facts(connection, &log.with_registers_alone_of(batch)?)
        })
    }

    /// Names of all Puskesmas of which something counts, ordered.
    pub fn puskesmas(&self) -> Result<Vec<String>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT name FROM puskesmas WHERE name IS NOT NULL")?;
            let mut names: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
            names.retain(|name| connection.reaches(name));
            names.sort();
            Ok(names)
        })
    }
}

fn facts(connection: &Scoped<'_>, log: &Log) -> Result<Facts, StoreError> {
    Ok(placed(connection, log)?.facts)
}

/// Works out the facts that count in a log, with the place of each row among them.
pub(super) fn placed(connection: &Scoped<'_>, log: &Log) -> Result<IndexedFacts, StoreError> {
    let mut facts = Facts::default();
    let puskesmas = take_puskesmas(&mut facts, log);
    let facilities = take_facilities(&mut facts, connection, log, &puskesmas)?;
    let services = take_services(&mut facts, connection, log, &puskesmas)?;
    take_decrees(&mut facts, connection, log, &puskesmas)?;
    take_schedule(&mut facts, connection, log, &facilities)?;
    take_visits(&mut facts, connection, log, &facilities)?;
    checklist::take_items(&mut facts, connection, log, &facilities)?;
    take_monthly(&mut facts, connection, log, &facilities)?;
    evidence::take_attached(&mut facts, connection, log, &puskesmas, &facilities)?;
    facts.achievements = achievements::resolved(connection, log, &facilities, &services)?;
    facts.written = written::resolved(connection, log, &facts, &puskesmas)?;
    facts.received = log.recaps.iter().flat_map(|recap| received_of(recap, &puskesmas)).collect();
    facts.received.sort_unstable();
    facts.received.dedup();
    Ok(IndexedFacts { facts, facilities, services })
}

/// Works out facilities, visits and the items of their checklists alone.
pub(super) fn scored_visits(connection: &Connection, log: &Log) -> Result<IndexedFacts, StoreError> {
    let mut facts = Facts::default();
    let puskesmas = take_puskesmas(&mut facts, log);
    let facilities = take_facilities(&mut facts, connection, log, &puskesmas)?;
    take_visits(&mut facts, connection, log, &facilities)?;
    checklist::take_items(&mut facts, connection, log, &facilities)?;
    Ok(IndexedFacts { facts, facilities, services: FactIndexes::default() })
}

/// The months for which a recap counts as received.
fn received_of(recap: &LiveRecap, puskesmas: &FactIndexes) -> Vec<ReceivedTable> {
    let Some(puskesmas) = puskesmas.get(recap.puskesmas) else { return Vec::new() };
    let of = |received| ReceivedTable { puskesmas, table: recap.table, received };
    match &recap.due_months {
        Some(months) => months.iter().map(|month| of(Received::Month(*month))).collect(),
        None => vec![of(recap.received)],
    }
}

fn take_puskesmas(facts: &mut Facts, log: &Log) -> FactIndexes {
    let mut named: Vec<(String, i64)> = puskesmas_names(log).into_iter().map(|(id, name)| (name, id)).collect();
    named.sort();
    let mut places = FactIndexes::default();
    for (place, (name, id)) in named.into_iter().enumerate() {
        places.set(id, place);
        facts.puskesmas.push(Puskesmas { name });
    }
    places
}

/// A register row folded over all registers, with the first year that names the facility.
pub(super) struct Registered {
    pub subject: i64,
    pub puskesmas: i64,
    pub first_year: i32,
    /// Place in the order of the registers.
    pub place: Option<u32>,
    pub row: FacilityRow,
}

/// All registered facilities, ordered by id. A facility's rows come in the order of their years, so that the
/// first one says since when it is registered: a later register never moves that.
pub(super) fn registered(connection: &Connection, log: &Log) -> Result<Vec<Registered>, StoreError> {
    let mut registered: Vec<Registered> = Vec::new();
    let rows = log.rows::<FacilityRow>(connection)?;
    let places = register_order::places(log, &rows)?;
    for (_, logged) in ordered(rows) {
        let recap = log.recap(logged.rank);
        match registered.last_mut() {
            Some(known) if known.subject == logged.subject => {
                known.row.overlay(logged.record);
            }
            _ => registered.push(Registered {
                subject: logged.subject,
                puskesmas: recap.puskesmas,
                first_year: recap.received.year(),
                place: places.get(&logged.subject).copied(),
                row: logged.record,
            }),
        }
    }
    Ok(registered)
}

fn take_facilities(
    facts: &mut Facts,
    connection: &Connection,
    log: &Log,
    puskesmas: &FactIndexes,
) -> Result<FactIndexes, StoreError> {
    let mut facilities: Vec<(i64, Facility)> = Vec::new();
    for Registered { subject, puskesmas: owner, first_year, place, row } in registered(connection, log)? {
        let Some(owner) = puskesmas.get(owner) else { continue };
        facilities.push((
            subject,
            Facility {
                puskesmas: owner,
                name: row.name,
                kind: row.kind.unwrap_or_default(),
                group: row.group,
                structures: row.structures,
                address: row.address,
                village: row.village,
                person_in_charge: row.person_in_charge,
                owes_reports: row.owes_reports.unwrap_or(true),
                active_from: row.active_from.unwrap_or(Month::from_number(first_year * 12)),
                active_until: row.active_until,
                agreement: row.agreement,
                licence: row.licence,
                coordinates: row.coordinates,
                register_place: place,
            },
        ));
    }
    facilities.sort_by(|(_, one), (_, other)| (one.puskesmas, &one.name).cmp(&(other.puskesmas, &other.name)));
    let mut places = FactIndexes::default();
    for (place, (subject, facility)) in facilities.into_iter().enumerate() {
        places.set(subject, place);
        facts.facilities.push(facility);
    }
    Ok(places)
}

/// A definition of one service indicator in one year's list.
pub(super) struct StoredDefinition {
    pub subject: i64,
    pub puskesmas: i64,
    pub year: i32,
    pub ord: i64,
    pub definition: ServiceDefinition,
    /// Its recap's place in the log.
    pub rank: u32,
    /// Its cells, as stored.
    pub cells: String,
}

/// Places of rows that were typed begin behind those of any list.
const BEHIND_LISTS: i64 = 1 << 40;

/// The definitions that count, one a service and year, by (service, year).
pub(super) fn listed_services(connection: &Connection, log: &Log) -> Result<Vec<StoredDefinition>, StoreError> {
    let mut rows: Vec<Logged<ServiceDefinition>> = log.rows(connection)?;
    // A recap's rank follows its year: within a service, years come in order and versions within them.
    rows.sort_by_key(|row| (row.subject, row.rank, row.ord));
    let mut listed: Vec<StoredDefinition> = Vec::new();
    for row in rows {
        let recap = log.recap(row.rank);
        // One row that was typed is no list: it keeps its place, or stands behind those that are there.
        let former = listed.last().filter(|last| (last.subject, last.year) == (row.subject, recap.received.year()));
        let ord = match former {
            Some(former) if recap.by_form => former.ord,
            None if recap.by_form => BEHIND_LISTS + (i64::from(row.rank) << 20) + row.ord,
            _ => row.ord,
        };
        let next = StoredDefinition {
            subject: row.subject,
            puskesmas: recap.puskesmas,
            year: recap.received.year(),
            ord,
            definition: row.record,
            rank: row.rank,
            cells: row.cells,
        };
        match listed.last_mut() {
            Some(last) if (last.subject, last.year) == (next.subject, next.year) => *last = next,
            _ => listed.push(next),
        }
    }
    Ok(listed)
}

fn take_services(
    facts: &mut Facts,
    connection: &Connection,
    log: &Log,
    puskesmas: &FactIndexes,
) -> Result<FactIndexes, StoreError> {
    let mut listed = listed_services(connection, log)?;
    // Places within a list are counted anew: two versions of a list may leave gaps and ties.
    listed.sort_by(|one, other| {
        (one.puskesmas, one.year, one.ord, &one.definition.code).cmp(&(
            other.puskesmas,
            other.year,
            other.ord,
            &other.definition.code,
        ))
    });
    let mut by_subject: BTreeMap<i64, Service> = BTreeMap::new();
    let mut list = None;
    let mut place = 0;
    for StoredDefinition { subject, puskesmas: owner, year, definition, .. } in listed {
        let Some(owner_place) = puskesmas.get(owner) else { continue };
        place = if list == Some((owner, year)) { place + 1 } else { 0 };
        list = Some((owner, year));
        let service = by_subject.entry(subject).or_insert_with(|| Service {
            puskesmas: owner_place,
            code: definition.code.clone(),
            definitions: Vec::new(),
        });
        service.definitions.push((year, place, definition));
    }
    let mut services: Vec<(i64, Service)> = by_subject.into_iter().collect();
    services.sort_by(|(_, one), (_, other)| (one.puskesmas, &one.code).cmp(&(other.puskesmas, &other.code)));
    let mut places = FactIndexes::default();
    for (place, (subject, service)) in services.into_iter().enumerate() {
        places.set(subject, place);
        facts.services.push(service);
    }
    Ok(places)
}

fn take_decrees(
    facts: &mut Facts,
    connection: &Connection,
    log: &Log,
    puskesmas: &FactIndexes,
) -> Result<(), StoreError> {
    let mut by_year: BTreeMap<(u32, i32, usize), DecreeRow> = BTreeMap::new();
    let mut rows: Vec<Logged<DecreeRecord>> = log.rows(connection)?;
    rows.sort_by_key(|row| (row.rank, row.ord));
    for row in rows {
        let recap = log.recap(row.rank);
        let Some(owner) = puskesmas.get(recap.puskesmas) else { continue };
        let year = recap.received.year();
        let indicator = row.record.indicator;
        let blank = DecreeRow { puskesmas: owner, year, indicator, target: None, weight: None };
        let held = by_year.entry((owner, year, indicator.index())).or_insert(blank);
        held.target = row.record.target.or(held.target);
        held.weight = row.record.weight.or(held.weight);
    }
    facts.decree_rows = by_year.into_values().collect();
    Ok(())
}

fn take_schedule(
    facts: &mut Facts,
    connection: &Connection,
    log: &Log,
    facilities: &FactIndexes,
) -> Result<(), StoreError> {
    for (subject, row) in resolve(log.rows::<SlotRow>(connection)?) {
        let Some(facility) = facilities.get(subject) else { continue };
        facts.slots.push(Slot { facility, month: row.month, person: row.person });
    }
    facts.slots.sort_by_key(|slot| (slot.facility, slot.month));
    let standing = placed_changes(connection, log, facilities)?.into_iter().map(|(facility, Logged { record, .. })| {
        let ChangeRow { named, moved_to, reason, approval, .. } = record;
        ScheduleChange { facility, named, moved_to, reason, approval }
    });
    facts.changes = standing.collect();
    Ok(())
}

/// The changes that stand, with the places of their facilities, in the order in which they hold.
pub(super) fn placed_changes(
    connection: &Connection,
    log: &Log,
    facilities: &FactIndexes,
) -> Result<Vec<(u32, Logged<ChangeRow>)>, StoreError> {
    let changes = standing_changes(log.rows(connection)?);
    let mut placed: Vec<(u32, Logged<ChangeRow>)> =
        changes.into_iter().filter_map(|change| Some((facilities.get(change.subject)?, change))).collect();
    placed.sort_by_key(|(facility, change)| (*facility, change.rank, change.ord));
    Ok(placed)
}

/// Changes without those that a later recap repeats or corrects: of the rows that name one month of one
/// facility, those of the last recap that has any. (Within a recap a month may be named twice, as a slot
/// moves on; across recaps a repeated list must not move it again.) A reason or an approval that is blank is the one
/// before it for the same month.
pub(super) fn standing_changes(mut rows: Vec<Logged<ChangeRow>>) -> Vec<Logged<ChangeRow>> {
    rows.sort_by_key(|row| (row.rank, row.ord));
    let mut reasons: BTreeMap<(i64, Month), String> = BTreeMap::new();
    let mut approvals: BTreeMap<(i64, Month), ChangeApproval> = BTreeMap::new();
    for row in &mut rows {
        let key = (row.subject, row.record.named);
        match &row.record.reason {
            Some(reason) => _ = reasons.insert(key, reason.clone()),
            None => row.record.reason = reasons.get(&key).cloned(),
        }
        let approval = approvals.entry(key).or_default();
        *approval = std::mem::take(&mut row.record.approval).or(approval);
        row.record.approval.clone_from(approval);
    }
    let mut last: BTreeMap<(i64, Month), u32> = BTreeMap::new();
    for row in &rows {
        let rank = last.entry((row.subject, row.record.named)).or_insert(row.rank);
        *rank = row.rank.max(*rank);
    }
    rows.into_iter().filter(|row| last.get(&(row.subject, row.record.named)) == Some(&row.rank)).collect()
}

fn take_visits(
    facts: &mut Facts,
    connection: &Connection,
    log: &Log,
    facilities: &FactIndexes,
) -> Result<(), StoreError> {
    for (subject, row) in resolve(log.rows::<VisitRow>(connection)?) {
        let Some(facility) = facilities.get(subject) else { continue };
        facts.visits.push(Visit {
            facility,
            date: row.date,
            form: row.form,
            coach: row.coach,
            points: row.points,
            maximum: row.maximum,
            attendance_list: row.attendance_list == Some(true),
            minutes: row.minutes == Some(true),
            photos: row.photos == Some(true),
            aspect: row.aspect,
            finding: row.finding,
        });
    }
    drop_told_better(&mut facts.visits);
    facts
        .visits
        .sort_by(|one, other| (one.facility, one.date, &one.form).cmp(&(other.facility, other.date, &other.form)));
    for (subject, row) in resolve(log.rows::<FollowUpRow>(connection)?) {
        let Some(facility) = facilities.get(subject) else { continue };
        let FollowUpRow { visit_date, item, owner, due, done, .. } = row;
        facts.follow_ups.push(FollowUp { facility, visit_date, item, owner, due, done });
    }
    facts.follow_ups.sort_by(|one, other| {
        (one.facility, one.visit_date, &one.item).cmp(&(other.facility, other.visit_date, &other.item))
    });
    Ok(())
}

/// Takes out what is known of a month alone where the same visit is known better: beside one of the same facility, month
/// and form with its day; without a form, beside any with a day or a form of that facility and month.
fn drop_told_better(visits: &mut Vec<Visit>) {
    if visits.iter().all(|visit| visit.date.day().is_some()) {
        return;
    }
    let of = |visit: &Visit| (visit.facility, visit.date.month(), plain_words(&visit.form));
    let dated: BTreeSet<(u32, Month, String)> =
        visits.iter().filter(|visit| visit.date.day().is_some()).map(of).collect();
    let is_better = |visit: &&Visit| visit.date.day().is_some() || !visit.form.is_empty();
    let better: BTreeSet<(u32, Month)> =
        visits.iter().filter(is_better).map(|visit| (visit.facility, visit.date.month())).collect();
    visits.retain(|visit| {
        let told = dated.contains(&of(visit))
            || visit.form.is_empty() && better.contains(&(visit.facility, visit.date.month()));
        visit.date.day().is_some() || !told
    });
}

fn take_monthly(
    facts: &mut Facts,
    connection: &Connection,
    log: &Log,
    facilities: &FactIndexes,
) -> Result<(), StoreError> {
    for (subject, row) in resolve(log.rows::<LokminRow>(connection)?) {
        let Some(facility) = facilities.get(subject) else { continue };
        let attended = row.attended == Some(true);
        let invited = attended || row.invited == Some(true);
        facts.lokmin.push(LokminAttendance { facility, month: row.month, sort: row.sort, invited, attended });
    }
    facts.lokmin.sort_by_key(|held| (held.facility, held.month, held.sort));
    for (subject, row) in resolve(log.rows::<ReportRow>(connection)?) {
        let Some(facility) = facilities.get(subject) else { continue };
        facts.reports.push(MonthlyReport { facility, month: row.month, received: row.received });
    }
    facts.reports.sort_by_key(|report| (report.facility, report.month));
    Ok(())
}
