//! Records of a person by the name of an account, counted and taken out. Knows no account's rules.

use rusqlite::Connection;

use super::account_acts::named_entry;
use super::accounts::{end_ways_in, leaves_an_administrator};
use super::codec::instant_text;
use super::{AccountBook, AccountId, AuditFields, By, StoreError, audit};
use crate::domain::audit::AuditAction;

/// Columns that hold the name of an account that did something, with their tables. A test holds them against the schema.
const NAME_COLUMNS: [(&str, &str); 36] = [
    ("aliases", "who"),
    ("batches", "who"),
    ("batches", "undone_by"),
    ("drafts", "who"),
    ("profiles", "who"),
    ("form_words", "who"),
    ("sheet_periods", "who"),
    ("revoked_answers", "who"),
    ("revoked_answers", "revoked_by"),
    ("ledger", "who"),
    ("job_states", "paused_by"),
    ("evidence_files", "who"),
    ("evidence_files", "withdrawn_by"),
    ("evidence_files", "erased_by"),
    ("narratives", "who"),
    ("period_steps", "who"),
    ("authors", "who"),
    ("letter_settings", "who"),
    ("letter_numbers", "who"),
    ("letter_numbers", "revoked_by"),
    ("letter_heads", "who"),
    ("office_templates", "who"),
    ("office_templates", "removed_by"),
    ("editions", "who"),
    ("accounts", "who"),
    ("accounts", "disabled_by"),
    ("accounts", "erased_by"),
    ("account_grants", "who"),
    ("account_grants", "revoked_by"),
    ("account_identities", "who"),
    ("one_time_codes", "who"),
    ("api_tokens", "who"),
    ("api_tokens", "revoked_by"),
    ("installation_keys", "who"),
    ("privacy_defaults", "who"),
    ("erasures", "who"),
];

/// Columns that go on naming an erased account: a row of the audit is chained by hash and never changes, and the name is
/// the key of its acts. Nothing else of the person stands there.
const LASTING_COLUMNS: [(&str, &str); 1] = [("audit", "account")];

/// Kinds of data that go when an account is erased. The name under which somebody decided on a period stays, as a
/// signature on a paper does.
const ERASED_KINDS: &str = "nama orang, jabatan, kata sandi, verifikasi dua langkah, hubungan dengan penyedia \
     identitas, sesi, perangkat dan jaringan yang \
     dikenal, percobaan masuk, nama token";

/// Number of records of a table that name an account as who did something.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the summary names table and count")]
pub struct RecordsBy {
    pub table: &'static str,
    /// Column that names it: as who made, revoked or erased them.
    pub column: &'static str,
    pub count: u64,
}

impl AccountBook<'_> {
    /// Counts the records that name an account, by table; those without any are left out.
    pub fn records_by(self, name: &str) -> Result<Vec<RecordsBy>, StoreError> {
        self.store.read(|connection| {
            let mut found = Vec::new();
            for (table, column) in NAME_COLUMNS.into_iter().chain(LASTING_COLUMNS) {
                let sql = format!("SELECT COUNT(*) FROM {table} WHERE {column} = $1");
                let count: i64 = connection.query_row(&sql, [name], |row| row.get(0))?;
                let count = u64::try_from(count).unwrap_or(0);
                found.extend((count > 0).then_some(RecordsBy { table, column, count }));
            }
            Ok(found)
        })
    }

    /// Erases what is kept of the person behind an account: its name becomes `other_name` wherever it stands, so that
    /// what was done stays one person's, but for the audit; secrets, sessions, devices and the attempts under
    /// `attempts_name` go. False, and nothing done, where no administrator would be left.
    pub fn erase_account(
        self,
        id: AccountId,
        other_name: &str,
        attempts_name: &str,
        by: By<'_>,
    ) -> Result<bool, StoreError> {
        let done = self.store.write_if(|connection| {
            if !leaves_an_administrator(connection, id)? {
                return Ok(None);
            }
            let name: String =
                connection.query_row("SELECT name FROM accounts WHERE id = $1", [id.0], |row| row.get(0))?;
            let at = instant_text(by.at);
            end_ways_in(connection, id)?;
            for table in ["account_places", "account_identities", "recovery_codes", "totp_secrets"] {
                connection.execute(&format!("DELETE FROM {table} WHERE account_id = $1"), [id.0])?;
            }
            connection.execute("DELETE FROM login_attempts WHERE name = $1", [attempts_name])?;
            for table in ["account_grants", "api_tokens"] {
                let sql = format!(
                    "UPDATE {table} SET revoked_by = $1, revoked_at = $2 WHERE account_id = $3 AND revoked_at IS NULL"
                );
                connection.execute(&sql, (by.who, &at, id.0))?;
            }
            connection.execute("UPDATE api_tokens SET name = '' WHERE account_id = $1", [id.0])?;
            connection.execute(
                "UPDATE accounts SET name = $1, full_name = '', title = '', password = NULL, must_change = 0, \
                 disabled_by = COALESCE(disabled_by, $2), disabled_at = COALESCE(disabled_at, $3), erased_by = $2, \
                 erased_at = $3 WHERE id = $4",
                (other_name, by.who, &at, id.0),
            )?;
            rename(connection, &name, other_name)?;
            let told = AuditFields::none().with("Nama akun sesudahnya", other_name).with("Dihapus", ERASED_KINDS);
            audit::append(connection, by, &named_entry(AuditAction::PersonErased, &name).after(told))?;
            Ok(Some(()))
        })?;
        Ok(done.is_some())
    }
}

fn rename(connection: &Connection, name: &str, other_name: &str) -> Result<(), StoreError> {
    for (table, column) in NAME_COLUMNS {
        connection.execute(&format!("UPDATE {table} SET {column} = $1 WHERE {column} = $2"), (other_name, name))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::schema;
    use super::*;

    #[test]
    fn every_column_that_names_an_account_is_listed() {
        let mut connection = Connection::open_in_memory().unwrap();
        schema::migrate(&mut connection).unwrap();
        let mut statement = connection
            .prepare(
                "SELECT tables.name, columns.name FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns \
                 WHERE tables.type = 'table' AND (columns.name IN ('who', 'account') OR columns.name LIKE '%\\_by' ESCAPE '\\')",
            )
            .unwrap();
        let held: BTreeSet<(String, String)> =
            statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
        let listed: BTreeSet<(String, String)> =
            NAME_COLUMNS.iter().chain(&LASTING_COLUMNS).map(|pair| (pair.0.to_owned(), pair.1.to_owned())).collect();
        assert_eq!(held, listed, "a new column is listed here, or exempted here with a reason");
    }
}
