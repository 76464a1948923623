//! Version of the facts: a counter that every change of what counts moves on.

use rusqlite::Connection;

use super::{Store, StoreError};

impl Store {
    /// A number that changes whenever facts change, also where another process wrote them.
    pub fn version(&self) -> Result<u64, StoreError> {
        self.read(|connection| version(connection))
    }
}

/// The number within a transaction.
pub(super) fn version(connection: &Connection) -> Result<u64, StoreError> {
    let mut statement = connection.prepare_cached("SELECT value FROM counters WHERE name = 'facts'")?;
    let version: i64 = statement.query_row([], |row| row.get(0))?;
    u64::try_from(version).map_err(|_range| StoreError::Corrupt(format!("versi {version}")))
}

/// Says that facts changed.
pub(super) fn bump(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("UPDATE counters SET value = value + 1 WHERE name = 'facts'", [])?;
    Ok(())
}
