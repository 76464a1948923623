//! Rows that people write beside the figures, one by one: what counts of each, where it came from, and taking one out.

use rusqlite::Connection;

use super::codec::cells;
use super::log::{Log, Logged, ordered};
use super::rows::{RowKey, Stored};
use super::{BatchId, Scope, Store, StoreError, sha256};
use crate::domain::Table;
use crate::domain::records::{Field, Rows};
use crate::domain::written::{ClusterMember, Decision, DistrictFollowUp, DistrictVisit, Problem};

/// Characters of the hash that names an entry.
const ID_CHARS: usize = 16;

/// Fields that count of one key, with the last row that says something of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEntry {
    /// Hash of the key, by which pages and commands name the entry.
    pub id: String,
    /// Fields that are not blank, as pages show them.
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
}

impl Store {
    /// The entries of one table, by key; empty for a table that is not written beside the figures.
    pub fn entries(&self, owner: &str, table: Table) -> Result<Vec<StoredEntry>, StoreError> {
        self.read(|connection| {
            let log = Log::load(connection, &Scope::Puskesmas(owner.to_owned()))?;
            match table {
                Table::Problems => entries::<Problem>(connection, &log),
                Table::Decisions => entries::<Decision>(connection, &log),
                Table::Clusters => entries::<ClusterMember>(connection, &log),
                Table::DistrictVisits => entries::<DistrictVisit>(connection, &log),
                Table::DistrictFollowUps => entries::<DistrictFollowUp>(connection, &log),
                _ => Ok(Vec::new()),
            }
        })
    }
}

/// The id of the first of some rows.
pub fn entry_id(rows: &Rows) -> Option<String> {
    let key = match rows {
        Rows::Problems(rows) => rows.first()?.record.key(),
        Rows::Decisions(rows) => rows.first()?.record.key(),
        Rows::Clusters(rows) => rows.first()?.record.key(),
        Rows::DistrictVisits(rows) => rows.first()?.record.key(),
        Rows::DistrictFollowUps(rows) => rows.first()?.record.key(),
        _ => return None,
    };
    Some(id_of(&key))
}

fn id_of((number, text): &RowKey) -> String {
    sha256(format!("{number} {text}").as_bytes()).chars().take(ID_CHARS).collect()
}

fn entries<T: Stored>(connection: &Connection, log: &Log) -> Result<Vec<StoredEntry>, StoreError> {
    let rows = ordered(log.rows::<T>(connection)?);
    let of_one = rows.chunk_by(|(key, row), (other_key, other)| (key, row.subject) == (other_key, other.subject));
    of_one.map(|rows| entry(log, rows)).collect()
}

fn entry<T: Stored>(log: &Log, rows: &[(RowKey, Logged<T>)]) -> Result<StoredEntry, StoreError> {
    let nothing = || StoreError::Corrupt("catatan tanpa baris".to_owned());
    let (key, last) = rows.last().ok_or_else(nothing)?;
    let mut fields: Vec<(Field, String)> = Vec::new();
    for (field, value) in rows.iter().flat_map(|(_, row)| row.record.shown()) {
        match fields.iter_mut().find(|(known, _)| *known == field) {
            Some((_, held)) => *held = value,
            None => fields.push((field, value)),
        }
    }
    let recap = log.recap(last.rank);
    let cell = cells(&last.cells)?.first().map(|(_, cell)| cell.to_string()).unwrap_or_default();
    Ok(StoredEntry {
        id: id_of(key),
        fields,
        file_name: recap.file_name.clone(),
        by_form: recap.by_form,
        place: format!("{}!{cell}", recap.sheet),
        batch: recap.batch,
        at: recap.at,
        who: recap.who.clone(),
    })
}

/// Returns the recap's id and the place in the recap of every row that counts for an entry of a table.
pub(super) fn rows_of(
    connection: &Connection,
    log: &Log,
    table: Table,
    id: &str,
) -> Result<Vec<(i64, i64)>, StoreError> {
    fn of<T: Stored>(connection: &Connection, log: &Log, id: &str) -> Result<Vec<(i64, i64)>, StoreError> {
        let rows = log.rows::<T>(connection)?.into_iter().filter(|row| id_of(&row.record.key()) == id);
        Ok(rows.map(|row| (log.recap(row.rank).id, row.ord)).collect())
    }
    match table {
        Table::Problems => of::<Problem>(connection, log, id),
        Table::Decisions => of::<Decision>(connection, log, id),
        Table::Clusters => of::<ClusterMember>(connection, log, id),
        Table::DistrictVisits => of::<DistrictVisit>(connection, log, id),
        Table::DistrictFollowUps => of::<DistrictFollowUp>(connection, log, id),
        _ => Ok(Vec::new()),
    }
}
