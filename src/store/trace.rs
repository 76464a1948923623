//! From a fact back to the cells and attached files whose values count for it.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::achievements::{self, MonthCounts, Ranked};
use super::checklist;
use super::codec::{FigureCells, cells, day, visit_number};
use super::evidence::{self, AttachedVisit};
use super::log::{LiveRecap, Log, ordered};
use super::rows::{RowKey, Stored, sort_code, yes_no};
use super::{Scope, Store, StoreError, StoredEvidence, TracedField, TracedPlace};
use crate::domain::facts::FactKey;
use crate::domain::name::{name_key, plain_words};
use crate::domain::records::{
    ChangeRow, ChecklistItemRow, FacilityRow, Field, FollowUpRow, LokminRow, ReportRow, SlotRow, VisitRow,
};
use crate::domain::{EvidenceKind, Month, Table, VisitDate, format};

/// The value that counts for each field, with where it stands.
type TracedFields = BTreeMap<Field, TracedField>;

impl Store {
    /// The cells whose values count for a fact, one a field; empty where nothing of it counts.
    pub fn trace(&self, puskesmas: &str, facility: &str, key: &FactKey) -> Result<Vec<TracedField>, StoreError> {
        self.read(|connection| {
            let log = Log::load(connection, &Scope::Puskesmas(puskesmas.to_owned()))?;
            let Some(puskesmas) = connection.puskesmas_id(puskesmas)? else { return Ok(Vec::new()) };
            let Some(subject) = facility_id(connection, puskesmas, facility)? else { return Ok(Vec::new()) };
            let about = TraceSubject { connection, log: &log, subject };
            let fields = match key {
                FactKey::Facility => about.fields::<FacilityRow>(&(0, String::new())),
                FactKey::Slot(month) => about.fields::<SlotRow>(&month_key(*month)),
                FactKey::ScheduleChange(month) => about.fields::<ChangeRow>(&month_key(*month)),
                FactKey::Visit(date, form) => about.fields::<VisitRow>(&(visit_number(*date), plain_words(form))),
                FactKey::FollowUp(date, item) => about.fields::<FollowUpRow>(&(day(*date), plain_words(item))),
                FactKey::ChecklistItem(..) => match checklist::key_of_fact(key) {
                    Some(key) => about.fields::<ChecklistItemRow>(&key),
                    None => Ok(TracedFields::new()),
                },
                FactKey::Lokmin(month, sort) => {
                    let key = (month_key(*month).0, sort_code(*sort).to_owned());
                    about.fields::<LokminRow>(&key)
                }
                FactKey::MonthlyReport(month) => about.fields::<ReportRow>(&month_key(*month)),
                FactKey::Achievement(code, month) => return about.counted_achievement(puskesmas, code, *month),
            };
            let mut traced: Vec<TracedField> = fields?.into_values().collect();
            if let FactKey::Visit(date, _) = key
                && !traced.iter().any(|held| held.field == Field::Points)
            {
                traced.extend(about.items_of_visit(*date)?);
            }
            if let (FactKey::Visit(date, form), false) = (key, traced.is_empty()) {
                let files = evidence::of_visit(connection, puskesmas, &AttachedVisit { facility, date: *date, form })?;
                take_files(&mut traced, files);
            }
            Ok(traced)
        })
    }
}

/// Adds the attached files that count for a visit; a cell that says no counts no more beside a file that says yes.
fn take_files(traced: &mut Vec<TracedField>, files: Vec<StoredEvidence>) {
    for StoredEvidence { id, kind, file, .. } in files {
        let field = match kind {
            EvidenceKind::AttendanceList => Field::AttendanceList,
            EvidenceKind::Minutes => Field::Minutes,
            EvidenceKind::Photos => Field::Photos,
            _ => continue,
        };
        traced.retain(|held| {
            held.field != field || matches!(held.place, TracedPlace::Attached(_)) || held.value == yes_no(true)
        });
        traced.push(TracedField {
            field,
            value: yes_no(true),
            file_name: file.name,
            by_form: false,
            place: TracedPlace::Attached(id),
            at: file.at,
            who: file.who,
        });
    }
    traced.sort_by_key(|held| held.field);
}

fn month_key(month: Month) -> RowKey {
    (i64::from(month.number()), String::new())
}

fn facility_id(connection: &Connection, puskesmas: i64, name: &str) -> Result<Option<i64>, StoreError> {
    id(connection, "SELECT id FROM facility_names WHERE puskesmas_id = $1 AND key = $2", puskesmas, &name_key(name))
}

fn id(connection: &Connection, sql: &str, puskesmas: i64, key: &str) -> Result<Option<i64>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query((puskesmas, key))?;
    Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
}

/// Log and subject that are traced.
struct TraceSubject<'a> {
    connection: &'a Connection,
    log: &'a Log,
    subject: i64,
}

impl TraceSubject<'_> {
    fn fields<T: Stored>(&self, key: &RowKey) -> Result<TracedFields, StoreError> {
        let mut rows = self.log.rows::<T>(self.connection)?;
        rows.retain(|row| row.subject == self.subject && row.record.key() == *key);
        rows.sort_by_key(|row| (row.rank, row.ord));
        let mut fields = TracedFields::new();
        for row in rows {
            let places = cells(&row.cells)?;
            for (field, value) in row.record.field_texts() {
                let cell = places.iter().find(|(one, _)| *one == field).map(|(_, cell)| cell.to_string());
                fields.insert(field, traced(self.log.recap(row.rank), field, value, cell));
            }
        }
        Ok(fields)
    }

    /// The answered items of the checklists of a day: a visit without a score of its own has that of these.
    fn items_of_visit(&self, date: VisitDate) -> Result<Vec<TracedField>, StoreError> {
        let mut rows = self.log.rows::<ChecklistItemRow>(self.connection)?;
        rows.retain(|row| row.subject == self.subject && VisitDate::Day(row.record.date) == date);
        let mut items = BTreeMap::new();
        for (key, row) in ordered(rows).into_iter().filter(|(_, row)| row.record.answer.is_some()) {
            let cell = cells(&row.cells)?.into_iter().find(|(field, _)| matches!(field, Field::Answer | Field::Points));
            let value = format!("{} {}: {}", row.record.code, row.record.text, checklist::answer_words(&row.record));
            let cell = cell.map(|(_, cell)| cell.to_string());
            items.insert(key, traced(self.log.recap(row.rank), Field::Points, value, cell));
        }
        Ok(items.into_values().collect())
    }

    /// The cells of an achievement; of one that is a difference also the count since January that it is taken from.
    fn counted_achievement(&self, puskesmas: i64, code: &str, month: Month) -> Result<Vec<TracedField>, StoreError> {
        let fields = self.achievement(puskesmas, code, month)?;
        let is_difference = fields.contains_key(&Field::Accumulated) && !fields.contains_key(&Field::Numerator);
        let mut traced: Vec<TracedField> = fields.into_values().collect();
        if is_difference && month.month() > 1 {
            let former = month.plus(-1);
            let before = self.achievement(puskesmas, code, former)?.remove(&Field::Accumulated);
            traced.extend(
                before.map(|held| TracedField {
                    value: format!("{} (s/d {})", held.value, format::month(former)),
                    ..held
                }),
            );
        }
        Ok(traced)
    }

    fn achievement(&self, puskesmas: i64, code: &str, month: Month) -> Result<TracedFields, StoreError> {
        let sql = "SELECT id FROM service_codes WHERE puskesmas_id = $1 AND key = $2";
        let mut fields = TracedFields::new();
        let Some(service) = id(self.connection, sql, puskesmas, &plain_words(code))? else { return Ok(fields) };
        let only = self.log.recaps_of(Table::Achievements).unwrap_or_default();
        let mut rows = achievements::rows_in(self.connection, self.log, &only)?;
        let month = i64::from(month.number());
        rows.retain(|row| (row.subject, row.service, row.month) == (self.subject, service, month));
        rows.sort_by_key(|row| (row.rank, row.ord));
        let standing = MonthCounts::of_logged(self.log, rows.iter());
        for row in rows {
            let recap = self.log.recap(row.rank);
            let is_standing = |held: Option<Ranked>| held.is_some_and(|held| held.rank == row.rank);
            for (field, value, cells) in [
                (Field::Numerator, row.numerator.filter(|_| is_standing(standing.numerator())), row.numerator_cells),
                (Field::Denominator, row.denominator, row.denominator_cells),
                (
                    Field::Accumulated,
                    row.accumulated.filter(|_| is_standing(standing.accumulated())),
                    row.accumulated_cells,
                ),
            ] {
                let Some(value) = value else { continue };
                fields.insert(field, traced(recap, field, format::count(value), cells.map(FigureCells::words)));
            }
        }
        Ok(fields)
    }
}

fn traced(recap: &LiveRecap, field: Field, value: String, cell: Option<String>) -> TracedField {
    TracedField {
        field,
        value,
        file_name: recap.file_name.clone(),
        by_form: recap.by_form,
        place: TracedPlace::Cell { sheet: recap.sheet.clone(), cell: cell.unwrap_or_default(), batch: recap.batch },
        at: recap.at,
        who: recap.who.clone(),
    }
}
