//! Counts over everything that the store keeps, without a name of anybody: for metrics, and for telling whether the
//! database can be worked with.

use chrono::{DateTime, Utc};

use super::codec::{Columns, instant};
use super::{Store, StoreError, schema};

/// Counts over the whole database.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoreTallies {
    /// Puskesmas of which there is anything.
    pub puskesmas: u64,
    /// Accepted files and forms.
    pub batches: Vec<BatchTally>,
    /// Uploads that nobody has decided on yet.
    pub drafts_waiting: u64,
    /// Papers that were handed out, by kind.
    pub editions: Vec<EditionTally>,
    /// Distinct evidence files.
    pub evidence_files: u64,
    /// Bytes of these.
    pub evidence_bytes: u64,
    /// Bytes of the database file, without its journal.
    pub database_bytes: u64,
    /// Bytes of these that are free for new rows.
    pub database_free_bytes: u64,
    /// Version of the schema.
    pub schema_version: u64,
}

/// Number of batches of a sort.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchTally {
    /// True for what somebody wrote by a form, false for files.
    pub is_by_form: bool,
    /// True for those that were taken back.
    pub is_undone: bool,
    /// Number of them.
    pub count: u64,
    /// When the latest of them was accepted.
    pub last: Option<DateTime<Utc>>,
}

/// Number of papers of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditionTally {
    /// Kind of the paper.
    pub kind: String,
    /// True for those that carry a number.
    pub is_numbered: bool,
    /// Number of them.
    pub count: u64,
}

impl Store {
    /// Counts over everything; refused to a handle that does not reach everything.
    pub fn tallies(&self) -> Result<StoreTallies, StoreError> {
        self.read(|connection| {
            connection.require_everything()?;
            let number = |sql: &str| -> Result<u64, StoreError> {
                let value: i64 = connection.query_row(sql, [], |row| row.get(0))?;
                Ok(u64::try_from(value).unwrap_or(0))
            };
            let page = number("PRAGMA page_size")?;
            Ok(StoreTallies {
                puskesmas: number("SELECT COUNT(*) FROM puskesmas")?,
                batches: batches(connection)?,
                drafts_waiting: number("SELECT COUNT(*) FROM drafts WHERE state = 'waiting'")?,
                editions: editions(connection)?,
                evidence_files: number("SELECT COUNT(*) FROM evidence_contents")?,
                evidence_bytes: number("SELECT COALESCE(SUM(size), 0) FROM evidence_contents")?,
                database_bytes: page * number("PRAGMA page_count")?,
                database_free_bytes: page * number("PRAGMA freelist_count")?,
                schema_version: number("SELECT COALESCE(MAX(version), 0) FROM schema_versions")?,
            })
        })
    }

    /// Refuses a database that cannot be read, or whose schema another version of Simpul made meanwhile.
    pub fn check_schema(&self) -> Result<(), StoreError> {
        self.read(|connection| schema::check_version(connection))
    }
}

fn batches(connection: &rusqlite::Connection) -> Result<Vec<BatchTally>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT by_form, undone_at IS NOT NULL, COUNT(*), MAX(at) FROM batches GROUP BY 1, 2 ORDER BY 1, 2",
    )?;
    let mut rows = statement.query([])?;
    let mut tallies = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        tallies.push(BatchTally {
            is_by_form: columns.get()?,
            is_undone: columns.get()?,
            count: u64::from(columns.count()?),
            last: columns.get::<Option<String>>()?.map(|text| instant(&text)).transpose()?,
        });
    }
    Ok(tallies)
}

fn editions(connection: &rusqlite::Connection) -> Result<Vec<EditionTally>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT kind, number_id IS NOT NULL, COUNT(*) FROM editions GROUP BY 1, 2 ORDER BY 1, 2")?;
    let mut rows = statement.query([])?;
    let mut tallies = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        tallies.push(EditionTally {
            kind: columns.get()?,
            is_numbered: columns.get()?,
            count: u64::from(columns.count()?),
        });
    }
    Ok(tallies)
}
