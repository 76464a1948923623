//! The schema and its migrations. SQL that PostgreSQL understands too (there `BLOB` is called `BYTEA`).
//!
//! Dates are days since 0001-01-01 counted from 1 (chrono's `num_days_from_ce`), months are
//! [`crate::domain::Month::number`], instants RFC 3339 text in UTC, truth values 0 and 1. `cells` holds
//! fields with the row and column of their cells, counted from 0, as `codec` writes them. A row is named by (recap, ord).

use rusqlite::Connection;

use super::StoreError;

/// One script a version; a script is never edited once it was shipped.
const MIGRATIONS: [&str; 17] = [
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
    include_str!("schema_12.sql"),
    include_str!("schema_13.sql"),
    include_str!("schema_14.sql"),
    include_str!("schema_15.sql"),
    include_str!("schema_16.sql"),
    include_str!("schema_17.sql"),
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A database as a former version left it.
    fn of_version(version: usize) -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        connection.pragma_update(None, "foreign_keys", true).unwrap();
        connection.execute_batch("CREATE TABLE schema_versions (version BIGINT PRIMARY KEY NOT NULL)").unwrap();
        for (version, script) in (1_i64..).zip(&MIGRATIONS[..version]) {
            connection.execute_batch(script).unwrap();
            connection.execute("INSERT INTO schema_versions (version) VALUES ($1)", [version]).unwrap();
        }
        connection
    }

    #[test]
    fn visits_of_former_versions_keep_their_days() {
        let mut connection = of_version(10);
        let rows = "INSERT INTO puskesmas VALUES (1, 'abcde', 'ABCDE'); \
            INSERT INTO facility_names VALUES (1, 1, 'klinik', 'Klinik'); \
            INSERT INTO originals VALUES ('00', 0, x''); \
            INSERT INTO batches VALUES (1, 1, 'ABCDE', 'a.xlsx', '00', 'ani', '2024', 1, NULL, NULL); \
            INSERT INTO recaps VALUES (1, 1, 0, 'Lembar', 'visits', 1, 1, 1, 0); \
            INSERT INTO visit_rows VALUES (1, 0, 1, '9:d1', 738652, 'Supervisi', 'Ani', 8, 10, 1, 0, NULL, 'UKM', 'SOP')";
        connection.execute_batch(rows).unwrap();
        migrate(&mut connection).unwrap();
        let sql = "SELECT day, month, form, coach, points, maximum, attendance_list, minutes, photos, aspect, finding \
            FROM visit_rows WHERE recap_id = 1 AND ord = 0 AND subject_id = 1 AND cells = '9:d1'";
        let held = connection.query_row(sql, [], |row| {
            let texts: (String, String, String, String) = (row.get(2)?, row.get(3)?, row.get(9)?, row.get(10)?);
            let numbers: (i64, Option<i64>, f64, f64) = (row.get(0)?, row.get(1)?, row.get(4)?, row.get(5)?);
            let truths: [Option<i64>; 3] = [row.get(6)?, row.get(7)?, row.get(8)?];
            Ok((texts, numbers, truths))
        });
        let texts = ("Supervisi", "Ani", "UKM", "SOP");
        let texts = (texts.0.to_owned(), texts.1.to_owned(), texts.2.to_owned(), texts.3.to_owned());
        assert_eq!(held.unwrap(), (texts, (738_652, None, 8.0, 10.0), [Some(1), Some(0), None]));
        let both = "UPDATE visit_rows SET month = 24280";
        assert!(connection.execute(both, []).is_err(), "of day and month one is there");
    }

    #[test]
    fn reports_of_former_versions_keep_their_days() {
        let mut connection = of_version(13);
        let rows = "INSERT INTO puskesmas VALUES (1, 'abcde', 'ABCDE'); \
            INSERT INTO facility_names VALUES (1, 1, 'klinik', 'Klinik'); \
            INSERT INTO originals VALUES ('00', 0, x''); \
            INSERT INTO batches VALUES (1, 1, 'ABCDE', 'a.xlsx', '00', 'ani', '2024', 1, NULL, NULL); \
            INSERT INTO recaps VALUES (1, 1, 0, 'Lembar', 'reports', 1, 1, 1, 0); \
            INSERT INTO report_rows VALUES (1, 0, 1, '9:r3', 24280, 738652)";
        connection.execute_batch(rows).unwrap();
        migrate(&mut connection).unwrap();
        let sql = "SELECT month, received_day, complete, in_time, due_months FROM report_rows, recaps \
            WHERE recap_id = id AND ord = 0 AND subject_id = 1 AND cells = '9:r3'";
        let held = connection.query_row(sql, [], |row| {
            let ticks: [Option<i64>; 2] = [row.get(2)?, row.get(3)?];
            Ok(([row.get(0)?, row.get(1)?], ticks, row.get::<_, Option<String>>(4)?))
        });
        assert_eq!(held.unwrap(), ([24_280_i64, 738_652], [None, None], None));
        for wrong in ["complete = 1", "received_day = NULL", "received_day = NULL, in_time = 1", "in_time = 1"] {
            let both = format!("UPDATE report_rows SET {wrong}");
            assert!(connection.execute(&both, []).is_err(), "of the day and the ticks one is there: {wrong}");
        }
    }
}
