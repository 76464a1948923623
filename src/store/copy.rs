//! Copies of the whole database while it is in use, and what they hold.

use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, Utc};
use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags, OptionalExtension};

use super::codec::{instant, instant_text};
use super::{Store, StoreError, schema};

/// Tables whose rows are only ever added.
const COUNTED: [&str; 6] = ["puskesmas", "originals", "batches", "recaps", "visit_rows", "achievement_rows"];

/// Tables that no copy holds: who is logged in, what opens an account once, and who tried from where.
const LEFT_OUT: [&str; 3] = ["account_sessions", "one_time_codes", "login_attempts"];
/// Name in which tokens of the API are taken back when a copy is put back.
const RESTORER: &str = "pemulihan cadangan";

/// Counts by which a copy of a database is compared with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holdings {
    /// Version of the facts: rises with every import and undo.
    pub version: u64,
    /// Rows of some tables, by name.
    pub rows: Vec<(&'static str, u64)>,
    /// The last acceptance or undo.
    pub last_change: Option<DateTime<Utc>>,
}

impl Holdings {
    /// Rows of one of the counted tables.
    pub fn rows_of(&self, table: &str) -> u64 {
        self.rows.iter().find(|(name, _)| *name == table).map_or(0, |(_, rows)| *rows)
    }
}

impl Store {
    /// Copies the database as it is at one instant into a new file; others go on reading and writing meanwhile.
    /// Gives what it held then.
    pub fn copy_to(&self, path: &Path) -> Result<Holdings, StoreError> {
        self.read(|source| {
            source.require_everything()?;
            // Counting first begins the read: the copy then shows the very same state.
            let holdings = holdings(source)?;
            let mut target = Connection::open(path)?;
            Backup::new(source.connection(), &mut target)?.run_to_completion(i32::MAX, Duration::ZERO, None)?;
            leave_out(&target)?;
            // A copy is one file, without the companions of a database in use.
            target.pragma_update(None, "journal_mode", "DELETE")?;
            Ok(holdings)
        })
    }

    /// Counts rows of the database as it is now.
    pub fn holdings(&self) -> Result<Holdings, StoreError> {
        self.read(|connection| {
            connection.require_everything()?;
            holdings(connection)
        })
    }
}

/// Empties the tables that a copy does not hold, and writes over what was in them.
fn leave_out(connection: &Connection) -> Result<(), StoreError> {
    connection.pragma_update(None, "secure_delete", true)?;
    for table in LEFT_OUT {
        connection.execute(&format!("DELETE FROM {table}"), [])?;
    }
    Ok(())
}

/// Lets nobody be logged in, and no token of the API be good, after a copy was put back: it cannot know what was ended or
/// taken back after it was made.
pub(super) fn end_access(connection: &Connection, at: DateTime<Utc>) -> Result<(), StoreError> {
    leave_out(connection)?;
    let sql = "UPDATE api_tokens SET revoked_by = $1, revoked_at = $2 WHERE revoked_at IS NULL";
    connection.execute(sql, (RESTORER, instant_text(at)))?;
    Ok(())
}

/// Opens a copy, has the database check itself, and counts what it holds.
pub fn examine_copy(path: &Path) -> Result<Holdings, StoreError> {
    let copy = open_copy(path)?;
    let verdict: String = copy.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" {
        return Err(StoreError::Corrupt(format!("salinan {}: {verdict}", path.display())));
    }
    holdings(&copy)
}

pub(super) fn open_copy(path: &Path) -> Result<Connection, StoreError> {
    let copy = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    let tables: i64 =
        copy.query_row("SELECT COUNT(*) FROM sqlite_master WHERE name IN ('batches', 'originals')", [], |row| {
            row.get(0)
        })?;
    if tables != 2 {
        return Err(StoreError::Corrupt(format!("{} bukan basis data Simpul", path.display())));
    }
    schema::check_version(&copy)?;
    Ok(copy)
}

fn holdings(connection: &Connection) -> Result<Holdings, StoreError> {
    let number = |value: i64| u64::try_from(value).unwrap_or(0);
    let mut rows = Vec::new();
    for table in COUNTED {
        let count = connection.query_row(&format!("SELECT COUNT(*) FROM {table}"), [], |row| row.get(0))?;
        rows.push((table, number(count)));
    }
    let version = connection.query_row("SELECT value FROM counters WHERE name = 'facts'", [], |row| row.get(0))?;
    let last: Option<Option<String>> = connection
        .query_row("SELECT MAX(MAX(at), COALESCE(MAX(undone_at), '')) FROM batches", [], |row| row.get(0))
        .optional()?;
    let last_change = last.flatten().map(|text| instant(&text)).transpose()?;
    Ok(Holdings { version: number(version), rows, last_change })
}
