//! Versions of the facts: a counter that every change of what counts moves on, and where it stood when each Puskesmas
//! changed last. What is kept of one Puskesmas holds as long as its own version is the same.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::{Store, StoreError};
use crate::domain::name::puskesmas_key;
use crate::domain::table::DISTRICT;

impl Store {
    /// A number that changes whenever facts change, also where another process wrote them.
    pub fn version(&self) -> Result<u64, StoreError> {
        self.read(|connection| version(connection))
    }

    /// Returns the versions of all Puskesmas within reach, by [`puskesmas_key`]: each changes whenever what counts of
    /// that Puskesmas does, and stays where another one's data changed.
    pub fn puskesmas_versions(&self) -> Result<BTreeMap<String, u64>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT key, version FROM puskesmas")?;
            let mut rows = statement.query([])?;
            let mut versions = BTreeMap::new();
            while let Some(row) = rows.next()? {
                let key: String = row.get(0)?;
                if connection.reaches(&key) {
                    versions.insert(key, checked(row.get(1)?)?);
                }
            }
            Ok(versions)
        })
    }

    /// Returns the version of one Puskesmas; 0 where nothing of it was ever imported, or it is not within reach.
    pub fn puskesmas_version(&self, puskesmas: &str) -> Result<u64, StoreError> {
        self.read(|connection| match connection.puskesmas_id(puskesmas)? {
            Some(id) => version_of(connection, id),
            None => Ok(0),
        })
    }
}

/// The number within a transaction.
pub(super) fn version(connection: &Connection) -> Result<u64, StoreError> {
    let mut statement = connection.prepare_cached("SELECT value FROM counters WHERE name = 'facts'")?;
    checked(statement.query_row([], |row| row.get(0))?)
}

/// The version of a Puskesmas within a transaction.
pub(super) fn version_of(connection: &Connection, puskesmas: i64) -> Result<u64, StoreError> {
    let mut statement = connection.prepare_cached("SELECT version FROM puskesmas WHERE id = $1")?;
    checked(statement.query_row([puskesmas], |row| row.get(0))?)
}

fn checked(version: i64) -> Result<u64, StoreError> {
    u64::try_from(version).map_err(|_range| StoreError::Corrupt(format!("versi {version}")))
}

/// Says that facts of every Puskesmas may have changed.
pub(super) fn bump_all(connection: &Connection) -> Result<(), StoreError> {
    bump_pages(connection)?;
    connection.execute("UPDATE puskesmas SET version = (SELECT value FROM counters WHERE name = 'facts')", [])?;
    Ok(())
}

/// Says that facts of one Puskesmas changed. The district's lists tell each Puskesmas where it belongs: they change all.
pub(super) fn bump(connection: &Connection, puskesmas: i64) -> Result<(), StoreError> {
    let key: String = connection.query_row("SELECT key FROM puskesmas WHERE id = $1", [puskesmas], |row| row.get(0))?;
    if key == puskesmas_key(DISTRICT) {
        return bump_all(connection);
    }
    bump_pages(connection)?;
    let sql = "UPDATE puskesmas SET version = (SELECT value FROM counters WHERE name = 'facts') WHERE id = $1";
    connection.execute(sql, [puskesmas])?;
    Ok(())
}

/// Says that pages changed, and no fact: a letter, a text of a paper.
pub(super) fn bump_pages(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("UPDATE counters SET value = value + 1 WHERE name = 'facts'", [])?;
    Ok(())
}
