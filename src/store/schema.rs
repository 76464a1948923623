//! The schema and its migrations. SQL that PostgreSQL understands too (there `BLOB` is called `BYTEA`).
//!
//! Dates are days since 0001-01-01 counted from 1 (chrono's `num_days_from_ce`), months are
//! [`crate::domain::Month::number`], instants RFC 3339 text in UTC, truth values 0 and 1. `cells` holds
//! fields with the row and column of their cells, counted from 0, as `codec` writes them. A row is named by (recap, ord).

use rusqlite::Connection;

use super::StoreError;

/// The version that [`MIGRATIONS`] begins with. Lower numbers were those of trials before the first release, whose
/// databases are refused: their steps are not kept.
const FIRST_VERSION: i64 = 26;

/// One script a version, from [`FIRST_VERSION`] on; a script is never edited once it was shipped.
const MIGRATIONS: [&str; 1] = [include_str!("schema.sql")];

/// Brings the schema up to date, each version in a transaction of its own.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    connection.execute_batch("CREATE TABLE IF NOT EXISTS schema_versions (version BIGINT PRIMARY KEY NOT NULL)")?;
    check_version(connection)?;
    for (version, script) in (FIRST_VERSION..).zip(MIGRATIONS) {
        let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        if current(&transaction)?.is_none_or(|current| current < version) {
            transaction.execute_batch(script)?;
            transaction.execute("INSERT INTO schema_versions (version) VALUES ($1)", [version])?;
        }
        transaction.commit()?;
    }
    Ok(())
}

/// Refuses what a later version of Simpul wrote, or a trial before its first release.
pub(super) fn check_version(connection: &Connection) -> Result<(), StoreError> {
    let known = latest();
    match current(connection)? {
        Some(found) if found > known => Err(StoreError::TooNew { found, known }),
        Some(found) if found < FIRST_VERSION => Err(StoreError::TooOld { found }),
        _ => Ok(()),
    }
}

/// The version of the database; none where nothing was made yet.
fn current(connection: &Connection) -> Result<Option<i64>, StoreError> {
    Ok(connection.query_row("SELECT MAX(version) FROM schema_versions", [], |row| row.get(0))?)
}

fn latest() -> i64 {
    (FIRST_VERSION..).zip(MIGRATIONS).map(|(version, _)| version).last().unwrap_or(FIRST_VERSION)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_version(version: i64) -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE schema_versions (version BIGINT PRIMARY KEY NOT NULL)").unwrap();
        connection.execute("INSERT INTO schema_versions (version) VALUES ($1)", [version]).unwrap();
        connection
    }

    #[test]
    fn databases_of_other_times_are_refused_and_left_as_they_are() {
        let mut connection = of_version(17);
        let refused = migrate(&mut connection).unwrap_err().to_string();
        assert!(refused.contains("versi percobaan") && refused.contains("folder data baru"), "{refused}");
        let mut connection = of_version(latest() + 1);
        let refused = migrate(&mut connection).unwrap_err().to_string();
        assert!(refused.contains("lebih baru"), "{refused}");
        let tables: i64 = connection
            .query_row("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'", [], |row| row.get(0))
            .unwrap();
        assert_eq!(tables, 1);
    }

    #[test]
    fn a_second_start_changes_nothing() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        migrate(&mut connection).unwrap();
        assert_eq!(current(&connection).unwrap(), Some(latest()));
    }

    /// A database with one recap, to try rows on.
    fn with_recap(record: &str) -> Connection {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        let rows = format!(
            "INSERT INTO puskesmas (id, key, name) VALUES (1, 'abcde', 'ABCDE'); \
             INSERT INTO facility_names VALUES (1, 1, 'klinik', 'Klinik'); \
             INSERT INTO originals VALUES ('00', 0, x'', NULL, NULL); \
             INSERT INTO batches (id, puskesmas_id, puskesmas_name, file_name, sha256, who, at, sequence) \
                 VALUES (1, 1, 'ABCDE', 'a.xlsx', '00', 'ani', '2024', 1); \
             INSERT INTO recaps (id, batch_id, place, sheet, record, first_month, last_month, rows_seen, rows_rejected) \
                 VALUES (1, 1, 0, 'Lembar', '{record}', 1, 1, 1, 0)"
        );
        connection.execute_batch(&rows).unwrap();
        connection
    }

    #[test]
    fn a_visit_has_a_day_or_a_month() {
        let connection = with_recap("visits");
        let visit = "INSERT INTO visit_rows (recap_id, ord, subject_id, cells, day, month, form) \
            VALUES (1, 0, 1, '', $1, $2, 'Supervisi')";
        assert!(connection.execute(visit, (738_652, 24_280)).is_err());
        assert!(connection.execute(visit, (None::<i64>, None::<i64>)).is_err());
        assert!(connection.execute(visit, (None::<i64>, 24_280)).is_ok());
    }

    #[test]
    fn a_report_has_a_day_or_ticks() {
        let connection = with_recap("reports");
        let report = "INSERT INTO report_rows (recap_id, ord, subject_id, cells, month, received_day, complete, in_time) \
            VALUES (1, 0, 1, '', 24280, $1, $2, $3)";
        for wrong in
            [(Some(738_652), Some(1), None), (None, None, None), (None, None, Some(1)), (Some(738_652), None, Some(1))]
        {
            assert!(connection.execute(report, wrong).is_err(), "{wrong:?}");
        }
        assert!(connection.execute(report, (None::<i64>, 1, 0)).is_ok());
    }
}
