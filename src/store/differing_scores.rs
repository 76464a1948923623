//! Visits to which a batch brings a second score: the recap gives one, the items of the checklist another. The batch that
//! brings the later of the two is told both, whatever file the other came from. Knows no evaluation.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use rusqlite::Connection;

use super::codec::cells;
use super::facts::{IndexedFacts, scored_visits};
use super::log::{Log, Logged};
use super::{BatchId, StoreError};
use crate::diagnostic::{Issue, IssueCode, Severity};
use crate::domain::checklist::VisitKey;
use crate::domain::checklist_scores::{DifferingScores, key_of};
use crate::domain::facts::Visit;
use crate::domain::name::plain_words;
use crate::domain::records::{CellRef, ChecklistItemRow, Field, VisitRow};
use crate::domain::{Facts, Table, format};

/// Place of a score in the batch.
struct ScorePlace {
    sheet: String,
    cell: String,
}

/// Warns of the visits of a batch whose recap gives another score than the items of their checklist.
pub(super) fn warnings(connection: &Connection, puskesmas: i64, batch: BatchId) -> Result<Vec<Issue>, StoreError> {
    let log = Log::select(connection, Some(puskesmas))?;
    if !log.recaps.iter().any(|recap| recap.table == Table::ChecklistItems) {
        return Ok(Vec::new());
    }
    let scored = scored_visits(connection, &log)?;
    let places = places(connection, &ScoredBatch { log: &log, scored: &scored, batch })?;
    let IndexedFacts { facts, .. } = scored;
    let told = facts.visits.iter().filter_map(|visit| {
        let place = places.get(&key_of(visit))?;
        Some(issue(&facts, visit, place, &facts.checklist_sums.differing(visit)?))
    });
    Ok(told.collect())
}

/// A batch among the log that holds it, and what counts of that log.
struct ScoredBatch<'b> {
    log: &'b Log,
    scored: &'b IndexedFacts,
    batch: BatchId,
}

impl ScoredBatch<'_> {
    fn recaps_of(&self, table: Table) -> Vec<i64> {
        let own = self.log.recaps.iter().filter(|recap| recap.batch == self.batch && recap.table == table);
        own.map(|recap| recap.id).collect()
    }

    fn place<T>(&self, row: &Logged<T>, fields: &[Field]) -> Result<ScorePlace, StoreError> {
        let held: Vec<(Field, CellRef)> = cells(&row.cells)?;
        let named = held.iter().find(|(field, _)| fields.contains(field)).or_else(|| held.first());
        let cell = named.map(|(_, cell)| cell.to_string()).unwrap_or_default();
        Ok(ScorePlace { sheet: self.log.recap(row.rank).sheet.clone(), cell })
    }
}

/// The cells by which a batch gives visits a score: of the recap, else of the first item.
fn places(connection: &Connection, batch: &ScoredBatch<'_>) -> Result<BTreeMap<VisitKey, ScorePlace>, StoreError> {
    let IndexedFacts { facts, facilities, .. } = batch.scored;
    let mut places = BTreeMap::new();
    let own = batch.recaps_of(Table::Visits);
    for row in batch.log.rows_in::<VisitRow>(connection, Some(&own))? {
        let Some(facility) = facilities.get(row.subject).filter(|_| row.record.points.is_some()) else { continue };
        let key = (facility, row.record.date, plain_words(&row.record.form));
        places.insert(key, batch.place(&row, &[Field::Points])?);
    }
    let own = batch.recaps_of(Table::ChecklistItems);
    let mut rows = batch.log.rows_in::<ChecklistItemRow>(connection, Some(&own))?;
    rows.sort_by_key(|row| (row.rank, row.ord));
    for row in rows {
        let Some(facility) = facilities.get(row.subject) else { continue };
        let ChecklistItemRow { date, form, .. } = &row.record;
        let Some(key) = facts.checklist_sums.visit_of_sheet(facility, *date, form) else { continue };
        if let Entry::Vacant(vacant) = places.entry(key.clone()) {
            vacant.insert(batch.place(&row, &[Field::Answer, Field::Points])?);
        }
    }
    Ok(places)
}

fn issue(facts: &Facts, visit: &Visit, place: &ScorePlace, both: &DifferingScores) -> Issue {
    let facility = facts.facilities.get(visit.facility as usize).map_or("", |facility| facility.name.as_str());
    let when = format::visit_date(visit.date);
    let form = if visit.form.is_empty() { String::new() } else { format!(" ({})", visit.form) };
    let message = format!(
        "{facility}, {when}{form}: skor di rekap {}, sedangkan itemnya di daftar tilik berjumlah {}; yang dipakai skor di \
         rekap; cocokkan keduanya, betulkan yang keliru, lalu impor lagi",
        both.recap_words(),
        both.items_words(),
    );
    let ScorePlace { sheet, cell } = place;
    let code = IssueCode::ScoreDiffers;
    let severity = Severity::Warning;
    Issue { sheet: sheet.clone(), cell: cell.clone(), code, severity, message, about: None }
}
