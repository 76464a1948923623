//! Facts that count, each with the cell that gave it: one pass over the log for all facts of a Puskesmas.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::achievements::{self, LoggedAchievement, MonthCounts, Ranked};
use super::checklist;
use super::codec::{FigureCells, cells, day, visit_number};
use super::facts::{self, IndexedFacts, listed_services, placed_changes};
use super::log::{LiveRecap, Log, Logged, ordered};
use super::rows::{RowKey, Stored, sort_code};
use super::{Scope, Store, StoreError};
use crate::domain::name::plain_words;
use crate::domain::records::{
    ChecklistItemRow, DecreeRecord, FacilityRow, Field, FollowUpRow, LokminRow, ReportRow, SlotRow, VisitRow,
};
use crate::domain::written::Owned;
use crate::domain::written_row::WrittenRow;
use crate::domain::{Facts, Month, ReportReceipt, Table};

/// The facts of one Puskesmas, and where each of them stands.
#[derive(Debug, Default)]
pub struct CountedFacts {
    facts: Facts,
    /// The recaps that facts came from.
    recaps: Vec<RecapSource>,
    /// Beside each list of the facts, in its order.
    places: BTreeMap<Table, Vec<Option<RecapCell>>>,
}

#[derive(Debug)]
struct RecapSource {
    file: String,
    sheet: String,
}

/// Place of a fact: file, sheet and cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactPlace<'a> {
    /// Name of the workbook, without folders.
    pub file: &'a str,
    /// Name of the sheet.
    pub sheet: &'a str,
    /// Cell (`F10`), or both whose numbers were added (`F10 + G10`); `None` where the fact has none.
    pub cell: Option<String>,
}

/// A recap's place in the log, and a cell of it.
#[derive(Clone, Copy, Debug)]
struct RecapCell {
    rank: u32,
    cell: Option<FigureCells>,
}

impl CountedFacts {
    /// Facts whose cells are known here, in the order that [`Facts`] promises.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Returns the place of the fact at `index` of a table's list: the cell whose value counts. The definitions of
    /// service indicators are counted through, service by service and year by year.
    pub fn place(&self, table: Table, index: usize) -> Option<FactPlace<'_>> {
        let place = (*self.places.get(&table)?.get(index)?)?;
        let source = self.recaps.get(place.rank as usize)?;
        Some(FactPlace { file: &source.file, sheet: &source.sheet, cell: place.cell.map(FigureCells::words) })
    }
}

impl Store {
    /// Everything that counts for a Puskesmas, resolved, with the cells that it came from.
    pub fn counted_facts(&self, puskesmas: &str) -> Result<CountedFacts, StoreError> {
        self.read(|connection| {
            let log = Log::load(connection, &Scope::Puskesmas(puskesmas.to_owned()))?;
            let resolved = facts::placed(connection, &log)?;
            let places = Tracing { connection, log: &log, placed: &resolved }.places()?;
            let source = |recap: LiveRecap| RecapSource { file: recap.file_name, sheet: recap.sheet };
            let recaps = log.recaps.into_iter().map(source).collect();
            Ok(CountedFacts { facts: resolved.facts, recaps, places })
        })
    }
}

/// Place of the last row of each subject and key.
type LastRows = BTreeMap<(i64, RowKey), RecapCell>;

/// Log and ids by which the cell of a fact is found.
struct Tracing<'a> {
    connection: &'a Connection,
    log: &'a Log,
    placed: &'a IndexedFacts,
}

impl Tracing<'_> {
    fn places(&self) -> Result<BTreeMap<Table, Vec<Option<RecapCell>>>, StoreError> {
        let facts = &self.placed.facts;
        let month = |month: Month| (i64::from(month.number()), String::new());
        let slots = facts.slots.iter().map(|slot| (slot.facility, month(slot.month)));
        let visits = facts.visits.iter();
        let visits = visits.map(|visit| (visit.facility, (visit_number(visit.date), plain_words(&visit.form))));
        let follow_ups = facts.follow_ups.iter();
        let follow_ups = follow_ups.map(|row| (row.facility, (day(row.visit_date), plain_words(&row.item))));
        let items = facts.checklist_items.iter().map(|item| (item.facility, checklist::key_of_item(item)));
        let lokmin = facts.lokmin.iter();
        let lokmin = lokmin.map(|row| (row.facility, (month(row.month).0, sort_code(row.sort).to_owned())));
        let reports = facts.reports.iter().map(|report| (report.facility, month(report.month)));
        let facilities = (0..).zip(&facts.facilities).map(|(place, _)| (place, (0, String::new())));
        Ok([
            (Table::Facilities, self.of_facilities::<FacilityRow>(facilities, &[Field::Name])?),
            (Table::ServiceIndicators, self.services()?),
            (Table::Decree, self.decree()?),
            (Table::Schedule, self.of_facilities::<SlotRow>(slots, &[Field::Month])?),
            (Table::ScheduleChanges, self.changes()?),
            (Table::Visits, self.of_facilities::<VisitRow>(visits, &[Field::Date])?),
            (Table::FollowUps, self.of_facilities::<FollowUpRow>(follow_ups, &[Field::Item])?),
            (Table::ChecklistItems, self.of_facilities::<ChecklistItemRow>(items, &[Field::Answer, Field::Points])?),
            (Table::Lokmin, self.of_facilities::<LokminRow>(lokmin, &[Field::Attended, Field::Invited])?),
            (Table::MonthlyReports, self.reports(reports)?),
            (Table::Achievements, self.achievements()?),
            (Table::OwnIndicators, self.written_places(&facts.written.own_indicators, &[Field::Code])?),
            (
                Table::OwnAchievements,
                self.written_places(
                    &facts.written.own_achievements,
                    &[Field::Numerator, Field::Accumulated, Field::Figure, Field::Denominator],
                )?,
            ),
        ]
        .into())
    }

    /// Places of facts that their facility and key identify.
    fn of_facilities<T: Stored>(
        &self,
        facts: impl Iterator<Item = (u32, RowKey)>,
        fields: &[Field],
    ) -> Result<Vec<Option<RecapCell>>, StoreError> {
        let last = last_rows(self.log.rows::<T>(self.connection)?, fields, |row| row.record.key())?;
        let subjects = self.placed.facilities.ids();
        let found = facts.map(|(facility, key)| {
            let subject = subjects.get(facility as usize)?;
            last.get(&(*subject, key)).copied()
        });
        Ok(found.collect())
    }

    /// Places of rows that people write, by their keys.
    fn written_places<T: WrittenRow>(
        &self,
        rows: &[Owned<T>],
        fields: &[Field],
    ) -> Result<Vec<Option<RecapCell>>, StoreError> {
        let logged = self.log.rows::<T>(self.connection)?;
        // The log is of one Puskesmas, whom all these rows are about.
        let subject = logged.first().map_or(0, |row| row.subject);
        let last = last_rows(logged, fields, |row| row.record.key())?;
        Ok(rows.iter().map(|owned| last.get(&(subject, owned.row.key())).copied()).collect())
    }

    /// Places of the reports: of each that one which says how it came, which need not be the last.
    fn reports(&self, facts: impl Iterator<Item = (u32, RowKey)>) -> Result<Vec<Option<RecapCell>>, StoreError> {
        let mut standing: BTreeMap<(i64, RowKey), (ReportReceipt, RecapCell)> = BTreeMap::new();
        for (key, row) in ordered(self.log.rows::<ReportRow>(self.connection)?) {
            let told = row.record.received;
            let place = place(row.rank, &row.cells, &[Field::ReceivedOn, Field::Complete, Field::InTime])?;
            let held = standing.entry((row.subject, key)).or_insert((told, place));
            if held.0.then(told) == told {
                *held = (told, place);
            }
        }
        let subjects = self.placed.facilities.ids();
        let found = facts.map(|(facility, key)| {
            let subject = subjects.get(facility as usize)?;
            standing.get(&(*subject, key)).map(|(_, place)| *place)
        });
        Ok(found.collect())
    }

    /// Places of the definitions, service by service and year by year.
    fn services(&self) -> Result<Vec<Option<RecapCell>>, StoreError> {
        // One a service and year, as the facts have them.
        let mut listed = listed_services(self.connection, self.log)?;
        listed.retain(|listed| self.placed.services.get(listed.subject).is_some());
        listed.sort_by_key(|listed| (self.placed.services.get(listed.subject), listed.year));
        listed.iter().map(|listed| Ok(Some(place(listed.rank, &listed.cells, &[Field::Name])?))).collect()
    }

    fn decree(&self) -> Result<Vec<Option<RecapCell>>, StoreError> {
        let year = |row: &Logged<DecreeRecord>| self.log.recap(row.rank).received.year();
        let key = |row: &Logged<DecreeRecord>| (i64::from(year(row)), row.record.key().1);
        let rows = self.log.rows::<DecreeRecord>(self.connection)?;
        // The log is of one Puskesmas, whom all decrees are about.
        let subject = rows.first().map_or(0, |row| row.subject);
        let last = last_rows(rows, &[Field::Name], key)?;
        let held = self.placed.facts.decree_rows.iter();
        let keys = held.map(|row| (subject, (i64::from(row.year), row.indicator.code().to_owned())));
        Ok(keys.map(|key| last.get(&key).copied()).collect())
    }

    fn changes(&self) -> Result<Vec<Option<RecapCell>>, StoreError> {
        let changes = placed_changes(self.connection, self.log, &self.placed.facilities)?;
        changes.iter().map(|(_, row)| Ok(Some(place(row.rank, &row.cells, &[Field::Month])?))).collect()
    }

    /// Places of the achievements: their numerators' cells, else those of the count since January, else the denominators'.
    fn achievements(&self) -> Result<Vec<Option<RecapCell>>, StoreError> {
        let only = self.log.recaps_of(Table::Achievements).unwrap_or_default();
        let mut rows: Vec<(u64, i64, LoggedAchievement)> = Vec::new();
        for row in achievements::rows_in(self.connection, self.log, &only)? {
            let facilities = &self.placed.facilities;
            let services = &self.placed.services;
            if let (Some(facility), Some(service)) = (facilities.get(row.subject), services.get(row.service)) {
                rows.push((u64::from(facility) << 32 | u64::from(service), row.month, row));
            }
        }
        rows.sort_unstable_by_key(|(who, month, row)| (*who, *month, row.rank, row.ord));
        let mut places = Vec::with_capacity(self.placed.facts.achievements.month.len());
        for same in rows.chunk_by(|(who, month, _), (next_who, next_month, _)| (who, month) == (next_who, next_month)) {
            let rows = || same.iter().rev().map(|(_, _, row)| row);
            let standing = MonthCounts::of_logged(self.log, same.iter().map(|(_, _, row)| row));
            let of_rank = |held: Ranked| rows().find(|row| row.rank == held.rank);
            let given = standing.numerator().and_then(of_rank);
            let given = given.map(|row| RecapCell { rank: row.rank, cell: row.numerator_cells });
            let since_january = || {
                let row = standing.accumulated().and_then(of_rank)?;
                Some(RecapCell { rank: row.rank, cell: row.accumulated_cells })
            };
            places.push(given.or_else(since_january).or_else(|| {
                let row = rows().find(|row| row.denominator.is_some()).or_else(|| rows().next())?;
                Some(RecapCell { rank: row.rank, cell: row.denominator_cells })
            }));
        }
        Ok(places)
    }
}

/// Returns the place of the row that counts last, for each subject and key.
fn last_rows<T>(
    mut rows: Vec<Logged<T>>,
    fields: &[Field],
    key: impl Fn(&Logged<T>) -> RowKey,
) -> Result<LastRows, StoreError> {
    rows.sort_by_key(|row| (row.rank, row.ord));
    let mut last = LastRows::new();
    for row in rows {
        last.insert((row.subject, key(&row)), place(row.rank, &row.cells, fields)?);
    }
    Ok(last)
}

/// The cell of the first of these fields that the row has; else of its name, else its first.
fn place(rank: u32, held: &str, fields: &[Field]) -> Result<RecapCell, StoreError> {
    let held = cells(held)?;
    let of = |field: &Field| held.iter().find(|(known, _)| known == field);
    let found = fields.iter().find_map(of).or_else(|| of(&Field::Name)).or_else(|| held.first());
    Ok(RecapCell { rank, cell: FigureCells::from_cells(found.into_iter().map(|(_, cell)| *cell)) })
}
