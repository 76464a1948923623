//! Trial of a change: it is done beside the log and not in it, on one snapshot and with no lock, so that nobody waits
//! for a look. The rows of some Puskesmas are copied into tables of the connection's own, which stand before those of
//! the database under the same names: all that reads and writes goes on as always, and ends with the connection.
//! (PostgreSQL's temporary tables stand first in its search path in the same way.)

use std::ops::Deref;

use rusqlite::{Connection, OpenFlags};

use super::connection::{Store, StoreError, configure};
use crate::domain::name::puskesmas_key;
use crate::domain::table::DISTRICT;

/// The store as it is at one instant, of which nothing that is written holds; see [`Store::aside`].
#[derive(Debug)]
pub struct Aside {
    store: Store,
}

impl Deref for Aside {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

impl Store {
    /// A second way into the same database, as it is now and stays: to be written to once [`Aside::set_apart`] has
    /// copied what is written about. Nobody waits for it, and it waits for nobody.
    pub fn aside(&self) -> Result<Aside, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(self.path()?, flags)?;
        configure(&connection)?;
        // Originals, which batches point to, are not copied.
        connection.pragma_update(None, "foreign_keys", false)?;
        connection.pragma_update(None, "temp_store", "MEMORY")?;
        // The first look begins the snapshot.
        connection.execute_batch("BEGIN; SELECT value FROM counters")?;
        Ok(Aside { store: self.within(connection) })
    }
}

impl Aside {
    /// Copies the log of these Puskesmas and of the district's team. Once, and before anything is written; from then on
    /// no other Puskesmas has a log here.
    pub fn set_apart(&self, puskesmas: &[String]) -> Result<(), StoreError> {
        self.store.write(|connection| {
            connection.execute_batch("CREATE TEMP TABLE apart (id BIGINT PRIMARY KEY NOT NULL)")?;
            let within = puskesmas.iter().map(String::as_str).filter(|name| connection.reaches(name));
            for name in within.chain([DISTRICT]) {
                connection.execute(
                    "INSERT OR IGNORE INTO temp.apart SELECT id FROM main.puskesmas WHERE key = $1",
                    [puskesmas_key(name)],
                )?;
            }
            for (table, sql) in made(connection, "table")? {
                let Some(which) = which(connection, &table)? else { continue };
                connection.execute_batch(&sql.replacen("CREATE TABLE", "CREATE TEMP TABLE", 1))?;
                connection
                    .execute(&format!("INSERT INTO temp.{table} SELECT * FROM main.{table} WHERE {which}"), [])?;
            }
            let own: Vec<String> = made_in(connection, "temp", "table")?.into_iter().map(|(table, _)| table).collect();
            for (index, sql) in made(connection, "index")? {
                if own.iter().any(|table| sql.contains(&format!(" ON {table} ("))) {
                    connection.execute_batch(&sql.replacen(&index, &format!("temp.{index}"), 1))?;
                }
            }
            Ok(())
        })
    }
}

/// Condition for the rows of a table that are set apart; `None` where a change of the log does not write to the table.
/// It follows from the table's columns, so that a table of later versions is not forgotten.
fn which(connection: &Connection, table: &str) -> Result<Option<&'static str>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT name FROM pragma_table_info($1, 'main')")?;
    let columns: Vec<String> = statement.query_map([table], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let has = |column: &str| columns.iter().any(|known| known == column);
    Ok(match table {
        "counters" | "puskesmas" => Some("TRUE"),
        // What is tried is no act: it is written down, and goes with the connection.
        "originals" | "audit" => Some("FALSE"),
        // It names batches and belongs to none.
        "draft_files" => None,
        _ if has("recap_id") => Some("recap_id IN (SELECT id FROM temp.recaps)"),
        _ if has("batch_id") => Some("batch_id IN (SELECT id FROM temp.batches)"),
        _ if has("puskesmas_id") => Some("puskesmas_id IN (SELECT id FROM temp.apart)"),
        _ => None,
    })
}

/// Name and text of what the database is made of, in the order in which it was made: what points comes behind what it
/// points to.
fn made(connection: &Connection, sort: &str) -> Result<Vec<(String, String)>, StoreError> {
    made_in(connection, "main", sort)
}

fn made_in(connection: &Connection, schema: &str, sort: &str) -> Result<Vec<(String, String)>, StoreError> {
    let mut statement = connection.prepare(&format!(
        "SELECT name, sql FROM {schema}.sqlite_master WHERE type = $1 AND sql IS NOT NULL ORDER BY rowid"
    ))?;
    let made = statement.query_map([sort], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(made.collect::<Result<_, _>>()?)
}
