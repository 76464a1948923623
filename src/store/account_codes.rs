//! Codes that open an account once, shared secrets of second factors and their recovery codes, by their hashes. Knows no
//! code itself and no rule about them.

use chrono::{DateTime, Utc};
use rusqlite::OptionalExtension;

use super::account_acts::{account_entry, ended_fields, life_words, role_fields};
use super::accounts::{end_ways_in, has_accounts, insert_account, set_password};
use super::codec::{Columns, instant, instant_text, word};
use super::names::next_id;
use super::{AccountBook, AccountId, AuditEntry, AuditFields, By, NewAccount, StoreError, audit};
use crate::domain::audit::AuditAction;

/// Purpose of a code that opens an account once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodePurpose {
    /// Makes the first administrator.
    SetUp,
    /// Lets somebody choose the first password.
    Welcome,
    /// Lets somebody choose another password.
    Reset,
}

impl CodePurpose {
    /// Word under which it is kept.
    fn code(self) -> &'static str {
        match self {
            Self::SetUp => "setup",
            Self::Welcome => "welcome",
            Self::Reset => "reset",
        }
    }

    /// Its use in words.
    fn label(self) -> &'static str {
        match self {
            Self::SetUp => "administrator pertama",
            Self::Welcome => "kata sandi pertama",
            Self::Reset => "kata sandi baru",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [Self::SetUp, Self::Welcome, Self::Reset].into_iter().find(|purpose| purpose.code() == code)
    }
}

/// A code to keep.
#[derive(Clone, Copy, Debug)]
pub struct NewOneTimeCode<'a> {
    /// Hash of the code.
    pub hash: &'a str,
    /// Account that it opens; none for the first administrator.
    pub account: Option<AccountId>,
    /// Purpose.
    pub purpose: CodePurpose,
    /// Moment from which it is good no more.
    pub expires: DateTime<Utc>,
}

/// A code that was handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredOneTimeCode {
    /// Purpose.
    pub purpose: CodePurpose,
    /// Account that it opens; none for the first administrator.
    pub account: Option<AccountId>,
    /// Moment from which it is good no more.
    pub expires: DateTime<Utc>,
    /// Moment at which it was used.
    pub used: Option<DateTime<Utc>>,
}

/// A second factor.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredTotp {
    /// Shared secret, sealed.
    pub sealed: String,
    /// A code was typed once: the log-in asks for one.
    pub is_confirmed: bool,
    /// Step of the last code that was used.
    pub last_step: Option<i64>,
}

/// Outcome of making the first administrator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetUpOutcome {
    /// The account was made.
    Made(AccountId),
    /// The code is not good, or not good any more; or there is an account already.
    NotGood,
}

impl AccountBook<'_> {
    /// Keeps a code in the place of those that the account had before; false, and nothing kept, where a code for the
    /// first administrator comes too late.
    pub fn keep_code(self, new: &NewOneTimeCode<'_>, by: By<'_>) -> Result<bool, StoreError> {
        let done = self.store.write_if(|connection| {
            if new.purpose == CodePurpose::SetUp && has_accounts(connection)? {
                return Ok(None);
            }
            insert_code(connection, new, by)?;
            let action = AuditAction::CodeMade;
            let entry = match new.account {
                Some(account) => account_entry(connection, action, account)?,
                None => AuditEntry::new(action, "penyiapan instalasi"),
            };
            audit::append(connection, by, &entry.after(code_fields(new, by)))?;
            Ok(Some(()))
        })?;
        Ok(done.is_some())
    }

    /// Keeps a code that lets somebody choose another password, forgets the old one, and ends the account's sessions.
    pub fn begin_reset(self, account: AccountId, new: &NewOneTimeCode<'_>, by: By<'_>) -> Result<(), StoreError> {
        self.store.write(|connection| {
            let sessions = end_ways_in(connection, account)?;
            connection.execute("UPDATE accounts SET password = NULL, must_change = 0 WHERE id = $1", [account.0])?;
            insert_code(connection, new, by)?;
            let entry = account_entry(connection, AuditAction::AccountReset, account)?;
            let entry = entry.before(ended_fields(sessions)).after(code_fields(new, by));
            audit::append(connection, by, &entry)
        })
    }

    /// The code of a hash.
    pub fn one_time_code(self, hash: &str) -> Result<Option<StoredOneTimeCode>, StoreError> {
        self.store.read(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT purpose, account_id, expires, used_at FROM one_time_codes WHERE code = $1")?;
            let mut rows = statement.query([hash])?;
            let Some(row) = rows.next()? else { return Ok(None) };
            let mut columns = Columns::new(row);
            Ok(Some(StoredOneTimeCode {
                purpose: word(&columns.get::<String>()?, CodePurpose::from_code)?,
                account: columns.get::<Option<i64>>()?.map(AccountId),
                expires: columns.instant()?,
                used: columns.get::<Option<String>>()?.map(|text| instant(&text)).transpose()?,
            }))
        })
    }

    /// Moment until which the code of an account is good; none where it has none that is open.
    pub fn open_code_expires(self, account: AccountId) -> Result<Option<DateTime<Utc>>, StoreError> {
        self.store.read(|connection| {
            let sql = "SELECT expires FROM one_time_codes WHERE account_id = $1 AND used_at IS NULL";
            let found: Option<String> = connection.query_row(sql, [account.0], |row| row.get(0)).optional()?;
            found.map(|text| instant(&text)).transpose()
        })
    }

    /// Makes the first administrator and uses the code up, together.
    pub fn redeem_set_up(self, hash: &str, new: &NewAccount<'_>, by: By<'_>) -> Result<SetUpOutcome, StoreError> {
        let made = self.store.write_if(|connection| {
            if has_accounts(connection)? || !use_code(connection, hash, by.at)? {
                return Ok(None);
            }
            let by = By { who: new.name, ..by };
            let made = insert_account(connection, new, by)?;
            if let Some(id) = made {
                let entry = account_entry(connection, AuditAction::SetUp, id)?.after(role_fields(new.grants));
                audit::append(connection, by, &entry)?;
            }
            Ok(made)
        })?;
        Ok(made.map_or(SetUpOutcome::NotGood, SetUpOutcome::Made))
    }

    /// Sets an account's password, uses the code up and ends sessions, together; false where the code is not good.
    pub fn redeem_code(self, hash: &str, account: AccountId, password: &str, by: By<'_>) -> Result<bool, StoreError> {
        let done = self.store.write_if(|connection| {
            if !use_code(connection, hash, by.at)? {
                return Ok(None);
            }
            set_password(connection, account, password, false)?;
            let ended = connection.execute("DELETE FROM account_sessions WHERE account_id = $1", [account.0])?;
            let told = AuditFields::none().with("Dengan", "kode sekali pakai");
            let entry = account_entry(connection, AuditAction::PasswordSet, account)?;
            audit::append(connection, by, &entry.before(ended_fields(ended)).after(told))?;
            Ok(Some(()))
        })?;
        Ok(done.is_some())
    }

    /// The second factor of an account, confirmed or not.
    pub fn totp(self, account: AccountId) -> Result<Option<StoredTotp>, StoreError> {
        self.store.read(|connection| {
            let sql = "SELECT secret, confirmed_at IS NOT NULL, last_step FROM totp_secrets WHERE account_id = $1";
            let read = |row: &rusqlite::Row<'_>| {
                Ok(StoredTotp { sealed: row.get(0)?, is_confirmed: row.get(1)?, last_step: row.get(2)? })
            };
            Ok(connection.query_row(sql, [account.0], read).optional()?)
        })
    }

    /// Keeps a sealed shared secret that nobody confirmed yet; false where a confirmed one stands there.
    pub fn begin_totp(self, account: AccountId, sealed: &str, by: By<'_>) -> Result<bool, StoreError> {
        self.store.write(|connection| {
            let sql = "INSERT INTO totp_secrets (account_id, secret, at) VALUES ($1, $2, $3) ON CONFLICT (account_id) \
                 DO UPDATE SET secret = excluded.secret, at = excluded.at WHERE totp_secrets.confirmed_at IS NULL";
            if connection.execute(sql, (account.0, sealed, instant_text(by.at)))? == 0 {
                return Ok(false);
            }
            let entry = account_entry(connection, AuditAction::SecondFactorSet, account)?;
            audit::append(connection, by, &entry.after(factor_fields("menunggu kode pertama")))?;
            Ok(true)
        })
    }

    /// Confirms the shared secret by a code of `step`, and keeps the recovery codes' hashes; false where it changed
    /// meanwhile.
    pub fn confirm_totp(
        self,
        account: AccountId,
        sealed: &str,
        step: i64,
        recovery: &[String],
        by: By<'_>,
    ) -> Result<bool, StoreError> {
        let done = self.store.write_if(|connection| {
            let sql = "UPDATE totp_secrets SET confirmed_at = $1, last_step = $2 \
                 WHERE account_id = $3 AND secret = $4 AND confirmed_at IS NULL";
            if connection.execute(sql, (instant_text(by.at), step, account.0, sealed))? == 0 {
                return Ok(None);
            }
            connection.execute("DELETE FROM recovery_codes WHERE account_id = $1", [account.0])?;
            for hash in recovery {
                let sql = "INSERT INTO recovery_codes (account_id, code) VALUES ($1, $2)";
                connection.execute(sql, (account.0, hash))?;
            }
            let told = factor_fields("aktif").with("Kode pemulihan", recovery.len());
            let entry = account_entry(connection, AuditAction::SecondFactorSet, account)?;
            audit::append(connection, by, &entry.before(factor_fields("menunggu kode pertama")).after(told))?;
            Ok(Some(()))
        })?;
        Ok(done.is_some())
    }

    /// Notes that the code of a step was used; false where it, or a later one, was used before.
    pub fn use_totp_step(self, account: AccountId, step: i64) -> Result<bool, StoreError> {
        self.store.write(|connection| {
            let sql = "UPDATE totp_secrets SET last_step = $1 WHERE account_id = $2 AND COALESCE(last_step, -1) < $1";
            Ok(connection.execute(sql, (step, account.0))? == 1)
        })
    }

    /// Uses a recovery code up; false where there is none of that hash, or it was used before.
    pub fn use_recovery_code(self, account: AccountId, hash: &str, at: DateTime<Utc>) -> Result<bool, StoreError> {
        self.store.write(|connection| {
            let sql = "UPDATE recovery_codes SET used_at = $1 WHERE account_id = $2 AND code = $3 AND used_at IS NULL";
            Ok(connection.execute(sql, (instant_text(at), account.0, hash))? == 1)
        })
    }

    /// Number of recovery codes that are still good.
    pub fn recovery_codes_left(self, account: AccountId) -> Result<u32, StoreError> {
        self.store.read(|connection| {
            let sql = "SELECT COUNT(*) FROM recovery_codes WHERE account_id = $1 AND used_at IS NULL";
            Ok(connection.query_row(sql, [account.0], |row| row.get(0))?)
        })
    }

    /// Forgets the second factor of an account; false where it had none.
    pub fn remove_totp(self, account: AccountId, by: By<'_>) -> Result<bool, StoreError> {
        self.store.write(|connection| {
            connection.execute("DELETE FROM recovery_codes WHERE account_id = $1", [account.0])?;
            let sql = "DELETE FROM totp_secrets WHERE account_id = $1 RETURNING confirmed_at IS NOT NULL";
            let Some(was_confirmed) = connection.query_row(sql, [account.0], |row| row.get(0)).optional()? else {
                return Ok(false);
            };
            let former = if was_confirmed { "aktif" } else { "menunggu kode pertama" };
            let entry = account_entry(connection, AuditAction::SecondFactorSet, account)?;
            audit::append(connection, by, &entry.before(factor_fields(former)).after(factor_fields("dihapus")))?;
            Ok(true)
        })
    }
}

/// A code without itself.
fn code_fields(new: &NewOneTimeCode<'_>, by: By<'_>) -> AuditFields {
    AuditFields::none().with("Untuk", new.purpose.label()).with("Berlaku selama", life_words(by.at, new.expires))
}

fn factor_fields(state: &str) -> AuditFields {
    AuditFields::none().with("Verifikasi dua langkah", state)
}

/// Keeps a code in the place of those that the account, or nobody, had before.
fn insert_code(connection: &rusqlite::Connection, new: &NewOneTimeCode<'_>, by: By<'_>) -> Result<(), StoreError> {
    let account = new.account.map(|account| account.0);
    connection.execute("DELETE FROM one_time_codes WHERE account_id IS $1", [account])?;
    connection.execute(
        "INSERT INTO one_time_codes (id, code, purpose, account_id, who, at, expires) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        (
            next_id(connection, "one_time_codes")?,
            new.hash,
            new.purpose.code(),
            account,
            by.who,
            instant_text(by.at),
            instant_text(new.expires),
        ),
    )?;
    Ok(())
}

/// Uses a code up; false where it was used, is past its end, or is none.
fn use_code(connection: &rusqlite::Connection, hash: &str, at: DateTime<Utc>) -> Result<bool, StoreError> {
    let sql = "UPDATE one_time_codes SET used_at = $1 WHERE code = $2 AND used_at IS NULL AND expires > $1";
    Ok(connection.execute(sql, (instant_text(at), hash))? == 1)
}
