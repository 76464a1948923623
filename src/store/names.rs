//! Names in use: facilities and service indicators of a Puskesmas, each known by its key and numbered once,
//! so that rows carry numbers.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::StoreError;
use crate::domain::name::{name_key, plain_words};

/// Numbers of names of one Puskesmas, given out on first use.
pub(super) struct NameIds<'c> {
    connection: &'c Connection,
    puskesmas: i64,
    facilities: Numbered,
    services: Numbered,
}

/// Numbers by key, and by each spelling met.
#[derive(Default)]
struct Numbered {
    by_key: BTreeMap<String, i64>,
    by_spelling: BTreeMap<String, i64>,
}

impl<'c> NameIds<'c> {
    /// The names of a Puskesmas so far.
    pub(super) fn load(connection: &'c Connection, puskesmas: i64) -> Result<Self, StoreError> {
        let numbered = |sql: &str| -> Result<Numbered, StoreError> {
            let mut statement = connection.prepare_cached(sql)?;
            let mut rows = statement.query([puskesmas])?;
            let mut numbered = Numbered::default();
            while let Some(row) = rows.next()? {
                numbered.by_key.insert(row.get(0)?, row.get(1)?);
            }
            Ok(numbered)
        };
        Ok(Self {
            connection,
            puskesmas,
            facilities: numbered("SELECT key, id FROM facility_names WHERE puskesmas_id = $1")?,
            services: numbered("SELECT key, id FROM service_codes WHERE puskesmas_id = $1")?,
        })
    }

    /// The connection that the names live on.
    pub(super) fn connection(&self) -> &'c Connection {
        self.connection
    }

    /// Id of the Puskesmas whose names they are.
    pub(super) fn puskesmas(&self) -> i64 {
        self.puskesmas
    }

    /// The number of a facility.
    pub(super) fn facility(&mut self, name: &str) -> Result<i64, StoreError> {
        if let Some(id) = self.facilities.by_spelling.get(name) {
            return Ok(*id);
        }
        let key = name_key(name);
        let id = match self.facilities.by_key.get(&key) {
            Some(id) => *id,
            None => self.add("facility_names", "name", &key, name)?,
        };
        self.facilities.by_key.insert(key, id);
        self.facilities.by_spelling.insert(name.to_owned(), id);
        Ok(id)
    }

    /// The number of a service indicator.
    pub(super) fn service(&mut self, code: &str) -> Result<i64, StoreError> {
        if let Some(id) = self.services.by_spelling.get(code) {
            return Ok(*id);
        }
        let key = plain_words(code);
        let id = match self.services.by_key.get(&key) {
            Some(id) => *id,
            None => self.add("service_codes", "code", &key, code)?,
        };
        self.services.by_key.insert(key, id);
        self.services.by_spelling.insert(code.to_owned(), id);
        Ok(id)
    }

    fn add(&self, table: &str, column: &str, key: &str, written: &str) -> Result<i64, StoreError> {
        let id = next_id(self.connection, table)?;
        self.connection.execute(
            &format!("INSERT INTO {table} (id, puskesmas_id, key, {column}) VALUES ($1, $2, $3, $4)"),
            (id, self.puskesmas, key, written),
        )?;
        Ok(id)
    }
}

/// The next free id of a table; to be used in a write transaction.
pub(super) fn next_id(connection: &Connection, table: &str) -> Result<i64, StoreError> {
    let sql = format!("SELECT COALESCE(MAX(id), 0) + 1 FROM {table}");
    Ok(connection.prepare_cached(&sql)?.query_row([], |row| row.get(0))?)
}

/// Facilities by id, as first written; the resolved register may write them otherwise.
pub(super) fn facility_names(connection: &Connection, puskesmas: i64) -> Result<BTreeMap<i64, String>, StoreError> {
    by_id(connection, "SELECT id, name FROM facility_names WHERE puskesmas_id = $1", puskesmas)
}

/// Codes of service indicators by id, as first written.
pub(super) fn service_codes(connection: &Connection, puskesmas: i64) -> Result<BTreeMap<i64, String>, StoreError> {
    by_id(connection, "SELECT id, code FROM service_codes WHERE puskesmas_id = $1", puskesmas)
}

fn by_id(connection: &Connection, sql: &str, puskesmas: i64) -> Result<BTreeMap<i64, String>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([puskesmas])?;
    let mut named = BTreeMap::new();
    while let Some(row) = rows.next()? {
        named.insert(row.get(0)?, row.get(1)?);
    }
    Ok(named)
}
