//! The schema and its migrations. SQL that PostgreSQL understands too (there `BLOB` is called `BYTEA`).
//!
//! Dates are days since 0001-01-01 counted from 1 (chrono's `num_days_from_ce`), months are
//! [`crate::domain::Month::number`], instants RFC 3339 text in UTC, truth values 0 and 1. `cells` holds
//! fields with the row and column of their cells, counted from 0, as `codec` writes them. A row is named by (recap, ord).

use rusqlite::Connection;

use super::StoreError;

/// One script a version; a script is never edited once it was shipped.
const MIGRATIONS: [&str; 11] = [
    include_str!("schema_1.sql"),
    include_str!("schema_2.sql"),
    include_str!("schema_3.sql"),
    include_str!("schema_4.sql"),
    include_str!("schema_5.sql"),
    include_str!("schema_6.sql"),
    include_str!("schema_7.sql"),
    include_str!("schema_8.sql"),
    include_str!("schema_9.sql"),
    include_str!("schema_10.sql"),
    include_str!("schema_11.sql"),
];

/// Brings the schema up to date, each version in a transaction of its own.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    connection.execute_batch("CREATE TABLE IF NOT EXISTS schema_versions (version BIGINT PRIMARY KEY NOT NULL)")?;
    for (version, script) in (1_i64..).zip(MIGRATIONS) {
        let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        if current(&transaction)? < version {
            transaction.execute_batch(script)?;
            transaction.execute("INSERT INTO schema_versions (version) VALUES ($1)", [version])?;
        }
        transaction.commit()?;
    }
    check_version(connection)
}

/// Refuses what a later version of Simpul wrote.
pub(super) fn check_version(connection: &Connection) -> Result<(), StoreError> {
    let (found, known) = (current(connection)?, latest());
    if found > known { Err(StoreError::TooNew { found, known }) } else { Ok(()) }
}

fn current(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.query_row("SELECT COALESCE(MAX(version), 0) FROM schema_versions", [], |row| row.get(0))?)
}

fn latest() -> i64 {
    (0_i64..).zip(MIGRATIONS).map(|(version, _)| version + 1).last().unwrap_or(0)
}
