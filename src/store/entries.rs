//! Facts as entries of the forms, one by one: what counts of each, where it came from, and taking one out.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::achievements::{self, LoggedAchievement};
use super::checklist;
use super::codec::{FigureCells, cells, day, month as month_of, visit_number};
use super::log::{Log, Logged};
use super::names::{facility_names, service_codes};
use super::rows::{RowKey, RowSubject, sort_code};
use super::tables::{with_record, with_rows};
use super::typed::{Typed, TypedFields, achievement};
use super::{BatchId, Scope, Store, StoreError, sha256};
use crate::domain::facts::FactKey;
use crate::domain::name::{name_key, plain_words};
use crate::domain::records::{AchievementRow, Field, Rows, Sourced};
use crate::domain::{Month, Table};

/// Characters of the hash that names an entry.
const ID_CHARS: usize = 16;

/// Fields that count of one key, with the last row that says something of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEntry {
    /// Hash of the key, by which pages and commands name the entry.
    pub id: String,
    /// Fields that are not blank, as forms take them.
    pub fields: Vec<(Field, String)>,
    /// File of the last row.
    pub file_name: String,
    /// True if that row was written by a form, and no file was imported.
    pub by_form: bool,
    /// Its sheet and cell (`Evaluasi!B6`).
    pub place: String,
    /// Batch of the last row.
    pub batch: BatchId,
    /// Moment at which that batch was accepted.
    pub at: chrono::DateTime<chrono::Utc>,
    /// Account that brought it.
    pub who: String,
    /// True if any of its rows was written by a form.
    pub is_typed: bool,
    /// The last file that brought a row of it, and its batch.
    pub imported: Option<(String, BatchId)>,
    /// Month of the recap that holds its last row: what a later row must at least have to count.
    pub rank: Month,
    /// Years of the first and the last recap that name it.
    pub years: (i32, i32),
    /// Day or month by which lists are ordered.
    pub order: i64,
    /// Place in the list that brought it, where the order of that list says something.
    pub listed: i64,
}

impl StoredEntry {
    /// The value of a field; blank where it has none.
    pub fn value(&self, field: Field) -> &str {
        self.fields.iter().find(|(known, _)| *known == field).map(|(_, value)| value.as_str()).unwrap_or_default()
    }
}

/// The entry that a row was read as, before anything is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadEntry {
    /// Hash of its key.
    pub id: String,
    /// Row of the sheet in which it begins, from 0.
    pub row: u32,
    /// Fields that are not blank.
    pub fields: Vec<(Field, String)>,
}

/// The entries that are asked for.
#[derive(Clone, Copy, Debug)]
pub struct EntriesOf<'a> {
    /// Puskesmas, or the district's team.
    pub owner: &'a str,
    /// Table of the entries.
    pub table: Table,
    /// Year of the recaps that are looked at; all where none is given.
    pub year: Option<i32>,
}

/// Rows that make way for an entry, or are withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakenOut {
    /// All rows of the key, whichever file they came from.
    All,
    /// Rows that a form wrote: what files brought counts again.
    Typed,
    /// None: the new row stands above the others.
    Nothing,
}

/// The entry in whose place others come.
#[derive(Clone, Copy, Debug)]
pub struct Replaced<'a> {
    /// Table of the entry.
    pub table: Table,
    /// Hash of its key.
    pub id: &'a str,
    /// Rows of it that go.
    pub takes_out: TakenOut,
}

impl Store {
    /// The entries of one table that count: by day or month, the last one first, then by name.
    pub fn entries(&self, of: EntriesOf<'_>) -> Result<Vec<StoredEntry>, StoreError> {
        self.read(|connection| {
            let log = Log::load(connection, &Scope::Puskesmas(of.owner.to_owned()))?;
            let Some(puskesmas) = connection.puskesmas_id(of.owner)? else { return Ok(Vec::new()) };
            let keyed = EntryNames::load(connection, puskesmas)?;
            let rows = keyed.rows(connection, &log, of)?;
            let grouped = rows.chunk_by(|one, other| one.group() == other.group());
            let mut entries: Vec<StoredEntry> = grouped.filter_map(|rows| entry(&log, rows)).collect();
            entries.sort_by(|one, other| {
                let key = |order, entry: &'_ StoredEntry| (order, entry.listed, entry.value(Field::Name).to_owned());
                key(other.order, one).cmp(&key(one.order, other)).then_with(|| one.fields.cmp(&other.fields))
            });
            Ok(entries)
        })
    }

    /// Reports whether an entry of this id ever stood in a table of this owner, taken out since or not.
    pub fn was_entry(&self, owner: &str, table: Table, id: &str) -> Result<bool, StoreError> {
        self.read(|connection| {
            let log = Log::load(connection, &Scope::Puskesmas(owner.to_owned()))?.with_removed_rows();
            let Some(puskesmas) = connection.puskesmas_id(owner)? else { return Ok(false) };
            let rows = EntryNames::load(connection, puskesmas)?.rows(
                connection,
                &log,
                EntriesOf { owner, table, year: None },
            )?;
            Ok(rows.chunk_by(|one, other| one.group() == other.group()).any(|rows| rows[0].id() == id))
        })
    }
}

/// The entries that rows of a recap of this year are.
pub fn read_entries(rows: &Rows, year: i32) -> Vec<ReadEntry> {
    fn read_entries<T: Typed>(rows: &[Sourced<T>], year: i32) -> Vec<ReadEntry> {
        let one = |row: &Sourced<T>| {
            let subject = row.record.subject();
            let mut fields = name_of(&subject, T::TABLE);
            fields.extend(row.record.typed());
            if is_yearly(T::TABLE) || T::TABLE == Table::Facilities {
                fields.push((Field::Year, year.to_string()));
            }
            let key = EntryKey { table: T::TABLE, subject: subject_key(&subject), year, key: row.record.key() };
            ReadEntry { id: key.id(), row: first_row(&row.cells), fields }
        };
        rows.iter().map(one).collect()
    }
    with_rows!(rows, list => read_entries(list, year), achievements => list.iter().map(read_achievement).collect())
}

fn read_achievement(row: &Sourced<AchievementRow>) -> ReadEntry {
    let subject = RowSubject::Facility(&row.record.facility);
    let mut fields = name_of(&subject, Table::Achievements);
    fields.extend(achievement(&row.record));
    let key = (i64::from(row.record.month.number()), plain_words(&row.record.service));
    let key = EntryKey { table: Table::Achievements, subject: subject_key(&subject), year: 0, key };
    ReadEntry { id: key.id(), row: first_row(&row.cells), fields }
}

fn first_row(cells: &[(Field, crate::domain::records::CellRef)]) -> u32 {
    cells.iter().map(|(_, cell)| cell.row).min().unwrap_or(0)
}

/// The id of the entry that a fact of a facility is.
pub fn fact_entry_id(facility: &str, fact: &FactKey) -> String {
    let month = |month: &Month| i64::from(month.number());
    let (table, key) = match fact {
        FactKey::Facility => (Table::Facilities, (0, String::new())),
        FactKey::Slot(named) => (Table::Schedule, (month(named), String::new())),
        FactKey::ScheduleChange(named) => (Table::ScheduleChanges, (month(named), String::new())),
        FactKey::Visit(date, form) => (Table::Visits, (visit_number(*date), plain_words(form))),
        FactKey::FollowUp(date, item) => (Table::FollowUps, (day(*date), plain_words(item))),
        FactKey::ChecklistItem(..) => (Table::ChecklistItems, checklist::key_of_fact(fact).unwrap_or_default()),
        FactKey::Lokmin(held, sort) => (Table::Lokmin, (month(held), sort_code(*sort).to_owned())),
        FactKey::MonthlyReport(about) => (Table::MonthlyReports, (month(about), String::new())),
        FactKey::Achievement(code, of) => (Table::Achievements, (month(of), plain_words(code))),
    };
    EntryKey { table, subject: name_key(facility), year: 0, key }.id()
}

/// Reports whether each year has a list of its own, so that a row of another year is another entry.
fn is_yearly(table: Table) -> bool {
    matches!(table, Table::ServiceIndicators | Table::Decree)
}

fn subject_key(subject: &RowSubject<'_>) -> String {
    match subject {
        RowSubject::Facility(name) => name_key(name),
        RowSubject::Service(code) => plain_words(code),
        RowSubject::Puskesmas => String::new(),
    }
}

/// The name of the facility as a field; nothing where the row names its subject itself.
fn name_of(subject: &RowSubject<'_>, table: Table) -> TypedFields {
    match subject {
        RowSubject::Facility(name) if !table.is_written() => vec![(Field::Name, (*name).to_owned())],
        _ => Vec::new(),
    }
}

/// Key of an entry over all rows of a Puskesmas.
struct EntryKey {
    table: Table,
    /// Name or code in its normal form; blank for the Puskesmas itself.
    subject: String,
    year: i32,
    key: RowKey,
}

impl EntryKey {
    fn id(&self) -> String {
        let year = if is_yearly(self.table) { self.year } else { 0 };
        let (number, text) = &self.key;
        let key = format!("{}|{}|{year}|{number} {text}", self.table.code(), self.subject);
        sha256(key.as_bytes()).chars().take(ID_CHARS).collect()
    }
}

/// A row of the log as an entry's.
struct EntryRow {
    key: EntryKey,
    rank: u32,
    recap: i64,
    ord: i64,
    cell: String,
    fields: TypedFields,
}

impl EntryRow {
    fn group(&self) -> (&str, i32, &RowKey) {
        (&self.key.subject, if is_yearly(self.key.table) { self.key.year } else { 0 }, &self.key.key)
    }

    fn id(&self) -> String {
        self.key.id()
    }
}

/// Names of a Puskesmas by their numbers.
struct EntryNames {
    facilities: BTreeMap<i64, String>,
    services: BTreeMap<i64, String>,
}

impl EntryNames {
    fn load(connection: &Connection, puskesmas: i64) -> Result<Self, StoreError> {
        let facilities = facility_names(connection, puskesmas)?;
        Ok(Self { facilities, services: service_codes(connection, puskesmas)? })
    }

    /// The rows of a table that count, by entry and within one in the order in which they count.
    fn rows(&self, connection: &Connection, log: &Log, of: EntriesOf<'_>) -> Result<Vec<EntryRow>, StoreError> {
        let is_asked = |year: i32| of.year.is_none_or(|asked| asked == year);
        let recaps = log.recaps.iter().filter(|recap| recap.table == of.table && is_asked(recap.received.year()));
        let only: Vec<i64> = recaps.map(|recap| recap.id).collect();
        let mut rows: Vec<EntryRow> = with_record!(
            of.table,
            Record => {
                let rows = log.rows_in::<Record>(connection, Some(&only))?;
                rows.iter().map(|row| self.row(log, row)).collect::<Result<_, _>>()?
            },
            achievements => {
                let rows = achievements::rows_in(connection, log, &only)?;
                rows.iter().map(|row| self.achievement(log, row)).collect::<Result<_, _>>()?
            }
        );
        rows.sort_by(|one, other| (one.group(), one.rank, one.ord).cmp(&(other.group(), other.rank, other.ord)));
        Ok(rows)
    }

    fn row<T: Typed>(&self, log: &Log, row: &Logged<T>) -> Result<EntryRow, StoreError> {
        let names = match row.record.subject() {
            RowSubject::Facility(_) => Some(&self.facilities),
            RowSubject::Service(_) => Some(&self.services),
            RowSubject::Puskesmas => None,
        };
        let name = names.and_then(|names| names.get(&row.subject)).map(String::as_str).unwrap_or_default();
        // What a register writes goes before the spelling that came first.
        let subject = match row.record.subject() {
            RowSubject::Facility("") => RowSubject::Facility(name),
            RowSubject::Service("") => RowSubject::Service(name),
            own => own,
        };
        let recap = log.recap(row.rank);
        let year = recap.received.year();
        let mut fields = name_of(&subject, T::TABLE);
        fields.extend(row.record.typed());
        if is_yearly(T::TABLE) || T::TABLE == Table::Facilities {
            fields.push((Field::Year, year.to_string()));
        }
        let cell = cells(&row.cells)?.first().map(|(_, cell)| cell.to_string()).unwrap_or_default();
        let key = EntryKey { table: T::TABLE, subject: subject_key(&subject), year, key: row.record.key() };
        Ok(EntryRow { key, rank: row.rank, recap: recap.id, ord: row.ord, cell, fields })
    }

    fn achievement(&self, log: &Log, row: &LoggedAchievement) -> Result<EntryRow, StoreError> {
        let name = |names: &BTreeMap<i64, String>, id: i64| names.get(&id).cloned().unwrap_or_default();
        let record = AchievementRow {
            facility: name(&self.facilities, row.subject),
            service: name(&self.services, row.service),
            month: month_of(row.month)?,
            numerator: row.numerator,
            denominator: row.denominator,
            accumulated: row.accumulated,
        };
        let subject = RowSubject::Facility(&record.facility);
        let mut fields = name_of(&subject, Table::Achievements);
        fields.extend(achievement(&record));
        let cell = row.main_cells().map(FigureCells::words).unwrap_or_default();
        let key = (row.month, plain_words(&record.service));
        let key = EntryKey { table: Table::Achievements, subject: subject_key(&subject), year: 0, key };
        Ok(EntryRow { key, rank: row.rank, recap: log.recap(row.rank).id, ord: row.ord, cell, fields })
    }
}

/// Rows of one key as one entry.
fn entry(log: &Log, rows: &[EntryRow]) -> Option<StoredEntry> {
    let first = rows.first()?;
    let last = rows.last()?;
    let mut fields: TypedFields = Vec::new();
    for (field, value) in rows.iter().flat_map(|row| &row.fields) {
        match fields.iter_mut().find(|(known, _)| known == field) {
            // A register holds since the first year that names the facility.
            Some(_) if *field == Field::Year => {}
            Some((_, held)) => held.clone_from(value),
            None => fields.push((*field, value.clone())),
        }
    }
    let recap = log.recap(last.rank);
    let mut files = rows.iter().map(|row| log.recap(row.rank)).filter(|recap| !recap.by_form);
    let number = last.key.key.0;
    Some(StoredEntry {
        id: last.id(),
        fields,
        file_name: recap.file_name.clone(),
        by_form: recap.by_form,
        place: format!("{}!{}", recap.sheet, last.cell),
        batch: recap.batch,
        at: recap.at,
        who: recap.who.clone(),
        is_typed: rows.iter().any(|row| log.recap(row.rank).by_form),
        imported: files.next_back().map(|recap| (recap.file_name.clone(), recap.batch)),
        rank: recap.received.rank_month(),
        years: (log.recap(first.rank).received.year(), recap.received.year()),
        order: match last.key.table {
            table if is_yearly(table) => i64::from(last.key.year),
            // A visit of which the month alone is known is listed as on its last day.
            Table::Visits if number < 0 => month_of(-number).map_or(0, |month| day(month.last_day())),
            _ => number,
        },
        listed: if is_yearly(last.key.table) || last.key.table == Table::Facilities { first.ord } else { 0 },
    })
}

/// Rows that make way for an entry, and what it said.
pub(super) struct TakenRows {
    /// Recap and place in it of each.
    pub rows: Vec<(i64, i64)>,
    /// Fields of the entry as they counted.
    pub fields: TypedFields,
}

/// The rows that go with an entry. `None` where no such entry counts.
pub(super) fn rows_taken_out(
    connection: &Connection,
    log: &Log,
    puskesmas: i64,
    replaced: Replaced<'_>,
) -> Result<Option<TakenRows>, StoreError> {
    let of = EntriesOf { owner: "", table: replaced.table, year: None };
    let rows = EntryNames::load(connection, puskesmas)?.rows(connection, log, of)?;
    let mut groups = rows.chunk_by(|one, other| one.group() == other.group());
    let Some(rows) = groups.find(|rows| rows[0].id() == replaced.id) else { return Ok(None) };
    let goes = |row: &&EntryRow| match replaced.takes_out {
        TakenOut::All => true,
        TakenOut::Typed => log.recap(row.rank).by_form,
        TakenOut::Nothing => false,
    };
    let fields = entry(log, rows).map(|entry| entry.fields).unwrap_or_default();
    Ok(Some(TakenRows { rows: rows.iter().filter(goes).map(|row| (row.recap, row.ord)).collect(), fields }))
}
