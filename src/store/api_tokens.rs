//! Tokens of the API by their hashes. Knows no token itself.

use chrono::{DateTime, Utc};
use rusqlite::types::ToSql;

use super::account_acts::{account_entry, life_words};
use super::accounts::deed_or_blank;
use super::codec::{Columns, instant, instant_text, word};
use super::names::next_id;
use super::{AccountBook, AccountDeed, AccountId, AuditFields, By, StoreError, audit};
use crate::domain::audit::AuditAction;

/// Scope of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenScope {
    /// Reads what its account may see.
    Read,
    /// Reads, and brings recaps where its account may.
    Import,
    /// Reads the metrics of the service, and nothing else.
    Metrics,
}

impl TokenScope {
    /// All, in the order in which a form offers them.
    pub const ALL: [Self; 3] = [Self::Read, Self::Import, Self::Metrics];

    /// The word by which it is stored and named.
    pub fn code(self) -> &'static str {
        match self {
            Self::Read => "baca",
            Self::Import => "impor",
            Self::Metrics => "metrik",
        }
    }

    /// The scope of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.code() == code)
    }
}

/// A token to keep.
#[derive(Clone, Copy, Debug)]
pub struct NewApiToken<'a> {
    /// Account in whose name it acts.
    pub account: AccountId,
    /// Name that the account gives it.
    pub name: &'a str,
    /// Hash of the token.
    pub hash: &'a str,
    /// Acts that the token allows, at most those of its account.
    pub scope: TokenScope,
    /// Puskesmas to which it is narrowed; none: all of the account.
    pub puskesmas: Option<&'a str>,
    /// Moment from which it is good no more.
    pub expires: DateTime<Utc>,
}

/// A token as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredApiToken {
    /// Number among all tokens.
    pub id: i64,
    /// Account in whose name it acts.
    pub account: AccountId,
    /// Name that the account gave it.
    pub name: String,
    /// Acts that the token allows, at most those of its account.
    pub scope: TokenScope,
    /// Puskesmas to which it is narrowed; none: all of the account.
    pub puskesmas: Option<String>,
    /// Its making: who and when.
    pub made: AccountDeed,
    /// Moment from which it is good no more.
    pub expires: DateTime<Utc>,
    /// Moment of the last request that was noted.
    pub seen: Option<DateTime<Utc>>,
    /// Who took it back, and when; none while it counts.
    pub revoked: Option<AccountDeed>,
}

impl AccountBook<'_> {
    /// Keeps a token, unless the account has `most` that are good already; false where it has.
    pub fn keep_api_token(self, new: &NewApiToken<'_>, most: u32, by: By<'_>) -> Result<bool, StoreError> {
        self.store.write(|connection| {
            let sql = "SELECT COUNT(*) FROM api_tokens WHERE account_id = $1 AND revoked_at IS NULL AND expires > $2";
            let held: u32 = connection.query_row(sql, (new.account.0, instant_text(by.at)), |row| row.get(0))?;
            if held >= most {
                return Ok(false);
            }
            let id = next_id(connection, "api_tokens")?;
            connection.execute(
                "INSERT INTO api_tokens (id, account_id, name, token, scope, puskesmas, who, at, expires) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                (
                    id,
                    new.account.0,
                    new.name,
                    new.hash,
                    new.scope.code(),
                    new.puskesmas.unwrap_or_default(),
                    by.who,
                    instant_text(by.at),
                    instant_text(new.expires),
                ),
            )?;
            let told = token_fields(id)
                .with("Cakupan", new.scope.code())
                .with("Puskesmas", new.puskesmas.unwrap_or("semua yang boleh dilihat akun ini"))
                .with("Berlaku selama", life_words(by.at, new.expires));
            let entry = account_entry(connection, AuditAction::TokenAdded, new.account)?.after(told);
            audit::append(connection, by, &entry)?;
            Ok(true)
        })
    }

    /// The token of a hash, whether it is good or not.
    pub fn api_token(self, hash: &str) -> Result<Option<StoredApiToken>, StoreError> {
        Ok(self.select_tokens("WHERE token = $1", &[&hash])?.pop())
    }

    /// Tokens of an account, the latest first, those taken back too.
    pub fn api_tokens(self, account: AccountId) -> Result<Vec<StoredApiToken>, StoreError> {
        self.select_tokens("WHERE account_id = $1 ORDER BY id DESC", &[&account.0])
    }

    /// Notes that a token was used.
    pub fn touch_api_token(self, id: i64, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.store.write(|connection| {
            connection.execute("UPDATE api_tokens SET seen = $1 WHERE id = $2", (instant_text(at), id))?;
            Ok(())
        })
    }

    /// Takes a token of an account back; false where it has no such token that counts.
    pub fn revoke_api_token(self, account: AccountId, id: i64, by: By<'_>) -> Result<bool, StoreError> {
        self.store.write(|connection| {
            let sql = "UPDATE api_tokens SET revoked_by = $1, revoked_at = $2 \
                 WHERE id = $3 AND account_id = $4 AND revoked_at IS NULL";
            if connection.execute(sql, (by.who, instant_text(by.at), id, account.0))? == 0 {
                return Ok(false);
            }
            let entry = account_entry(connection, AuditAction::TokenRevoked, account)?.before(token_fields(id));
            audit::append(connection, by, &entry)?;
            Ok(true)
        })
    }

    fn select_tokens(self, rest: &str, values: &[&dyn ToSql]) -> Result<Vec<StoredApiToken>, StoreError> {
        self.store.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT id, account_id, name, scope, puskesmas, who, at, expires, seen, revoked_by, revoked_at \
                 FROM api_tokens {rest}"
            ))?;
            let mut rows = statement.query(values)?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let mut columns = Columns::new(row);
                found.push(StoredApiToken {
                    id: columns.get()?,
                    account: AccountId(columns.get()?),
                    name: columns.get()?,
                    scope: word(&columns.get::<String>()?, TokenScope::from_code)?,
                    puskesmas: Some(columns.get::<String>()?).filter(|name| !name.is_empty()),
                    made: AccountDeed { who: columns.get()?, at: columns.instant()? },
                    expires: columns.instant()?,
                    seen: columns.get::<Option<String>>()?.map(|text| instant(&text)).transpose()?,
                    revoked: deed_or_blank(&mut columns)?,
                });
            }
            Ok(found)
        })
    }
}

/// A token by its number: its name is the account's own words, which can be erased.
fn token_fields(id: i64) -> AuditFields {
    AuditFields::none().with("Token nomor", id)
}
