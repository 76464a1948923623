//! Attempts to log in, counted from every side and noted before a password is looked at, so that many at once count like
//! one after the other. Knows no rule about how long one has to wait.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::account_acts::account_entry;
use super::codec::{instant, instant_text};
use super::names::next_id;
use super::{AccountBook, AccountId, AuditEntry, AuditFields, By, StoreError, audit};
use crate::domain::audit::AuditAction;

/// An attempt to log in.
#[derive(Clone, Copy, Debug)]
pub struct NewAttempt<'a> {
    /// Hash of the name that was typed.
    pub name: &'a str,
    /// The account of that name, where there is one.
    pub account: Option<AccountId>,
    /// Kind of attempts that the audit tells together, such as those with names that nobody has.
    pub subject: &'a str,
    /// Network that it came from.
    pub network: &'a str,
    /// Hash of the token that the device handed in; blank: it handed in none.
    pub device: &'a str,
    /// Moment of the attempt.
    pub at: DateTime<Utc>,
    /// Failures before this count no more.
    pub counts_after: DateTime<Utc>,
    /// Places unused since before this are known no more.
    pub place_seen_after: DateTime<Utc>,
    /// Attempts before this are forgotten.
    pub kept_after: DateTime<Utc>,
    /// Attempts that are kept at most.
    pub kept: u32,
}

/// An attempt that failed, for the audit.
#[derive(Clone, Copy, Debug)]
pub struct FailedAttempt<'a> {
    /// Its number.
    pub id: AttemptId,
    /// The account that it was for, where there is one.
    pub account: Option<AccountId>,
    /// The thing that it was for, where that is no account.
    pub record: &'a str,
    /// Reason of the failure in words.
    pub reason: &'a str,
    /// Failures told before this keep none from being told.
    pub told_after: DateTime<Utc>,
    /// Failures of a kind that are told within that time at most.
    pub told_most: u32,
}

/// Failures that count, and the last of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FailureTally {
    /// Number of failures.
    pub count: u32,
    /// The last one.
    pub last: Option<DateTime<Utc>>,
}

/// Failures before an attempt, from every side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AttemptTallies {
    /// Those of the device since it last logged in, where it logged in to this account before.
    pub device: Option<FailureTally>,
    /// Those of this account from this network since it last logged in from there.
    pub pair: FailureTally,
    /// Those of all accounts from this network.
    pub network: FailureTally,
    /// Those of this account from everywhere.
    pub account: FailureTally,
    /// The account logged in from this network before.
    pub knows_network: bool,
}

/// Number of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttemptId(i64);

impl AccountBook<'_> {
    /// Counts the failures before an attempt and, unless `judge` has it wait, notes it as a failure, all in one
    /// transaction. Gives what `judge` said, or the attempt's number.
    pub fn begin_attempt<W>(
        self,
        new: &NewAttempt<'_>,
        judge: impl FnOnce(&AttemptTallies) -> Option<W>,
    ) -> Result<Result<AttemptId, W>, StoreError> {
        self.store.write(|connection| {
            let (tallies, device) = tallies(connection, new)?;
            if let Some(wait) = judge(&tallies) {
                return Ok(Err(wait));
            }
            let id = next_id(connection, "login_attempts")?;
            connection.execute(
                "INSERT INTO login_attempts (id, name, subject, network, device, at, succeeded, told) \
                 VALUES ($1, $2, $3, $4, $5, $6, 0, 0)",
                (id, new.name, new.subject, new.network, device, instant_text(new.at)),
            )?;
            connection.execute(
                "DELETE FROM login_attempts WHERE at < $1 OR id <= $2",
                (instant_text(new.kept_after), id - i64::from(new.kept)),
            )?;
            Ok(Ok(AttemptId(id)))
        })
    }

    /// Notes that an attempt succeeded.
    pub fn attempt_succeeded(self, id: AttemptId) -> Result<(), StoreError> {
        self.store.write(|connection| {
            connection.execute("UPDATE login_attempts SET succeeded = 1 WHERE id = $1", [id.0])?;
            Ok(())
        })
    }

    /// Tells the audit that an attempt failed, with the number of those since the last row of its kind. Failures of a
    /// kind from one network, or many from all, shortly after a row wait for the next one: guessing cannot fill the disk.
    pub fn attempt_failed(self, failed: &FailedAttempt<'_>, by: By<'_>) -> Result<(), StoreError> {
        self.store.write(|connection| {
            let Some(failures) = failures_to_tell(connection, failed)? else { return Ok(()) };
            connection.execute("UPDATE login_attempts SET told = 1 WHERE id = $1", [failed.id.0])?;
            let entry = match failed.account {
                Some(account) => account_entry(connection, AuditAction::LoginFailed, account)?,
                None => AuditEntry::new(AuditAction::LoginFailed, failed.record),
            };
            let networks = if failures.networks > 1 { failures.networks.to_string() } else { String::new() };
            let told = AuditFields::none()
                .with("Sebab", failed.reason)
                .with("Percobaan gagal sejak baris sebelumnya", failures.count)
                .with("Dari jaringan", networks);
            audit::append(connection, by, &entry.after(told))
        })
    }

    /// Forgets an attempt that was neither: the password was right, and the second factor is still to come.
    pub fn forget_attempt(self, id: AttemptId) -> Result<(), StoreError> {
        self.store.write(|connection| {
            connection.execute("DELETE FROM login_attempts WHERE id = $1", [id.0])?;
            Ok(())
        })
    }

    /// Number of attempts that are kept.
    pub fn attempts_kept(self) -> Result<u32, StoreError> {
        self.store
            .read(|connection| Ok(connection.query_row("SELECT COUNT(*) FROM login_attempts", [], |row| row.get(0))?))
    }
}

/// The tallies, and the device's hash where the account knows it (blank where it does not).
fn tallies<'a>(connection: &Connection, new: &NewAttempt<'a>) -> Result<(AttemptTallies, &'a str), StoreError> {
    let knows = |sort: &str, mark: &str| -> Result<bool, StoreError> {
        let Some(account) = new.account.filter(|_account| !mark.is_empty()) else { return Ok(false) };
        let sql = "SELECT EXISTS (SELECT 1 FROM account_places WHERE account_id = $1 AND sort = $2 AND mark = $3 \
             AND seen > $4)";
        let seen_after = instant_text(new.place_seen_after);
        Ok(connection.query_row(sql, (account.0, sort, mark, seen_after), |row| row.get(0))?)
    };
    let device = if knows("device", new.device)? { new.device } else { "" };
    let after = instant_text(new.counts_after);
    let tally = |filter: &str, values: &[&dyn rusqlite::types::ToSql]| tally(connection, filter, values);
    let since_success = |filter: &str| {
        format!("{filter} AND id > COALESCE((SELECT MAX(id) FROM login_attempts WHERE {filter} AND succeeded = 1), 0)")
    };
    let of_device = since_success("at > $1 AND name = $2 AND device = $3");
    let of_pair = since_success("at > $1 AND name = $2 AND network = $3 AND device = ''");
    Ok((
        AttemptTallies {
            device: if device.is_empty() { None } else { Some(tally(&of_device, params![after, new.name, device])?) },
            pair: tally(&of_pair, params![after, new.name, new.network])?,
            network: tally("at > $1 AND network = $2 AND device = ''", params![after, new.network])?,
            account: tally("at > $1 AND name = $2 AND device = ''", params![after, new.name])?,
            knows_network: knows("network", new.network)?,
        },
        device,
    ))
}

fn tally(
    connection: &Connection,
    filter: &str,
    values: &[&dyn rusqlite::types::ToSql],
) -> Result<FailureTally, StoreError> {
    let sql = format!("SELECT COUNT(*), MAX(at) FROM login_attempts WHERE {filter} AND succeeded = 0");
    let mut statement = connection.prepare_cached(&sql)?;
    let found: (u32, Option<String>) = statement.query_row(values, |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(FailureTally { count: found.0, last: found.1.map(|text| instant(&text)).transpose()? })
}

/// Failures of a kind that no row tells yet.
struct UntoldFailures {
    count: u32,
    networks: u32,
}

/// Failures of the kind of `failed` that a row tells now; none where its time has not come.
fn failures_to_tell(connection: &Connection, failed: &FailedAttempt<'_>) -> Result<Option<UntoldFailures>, StoreError> {
    let sql = "SELECT subject, network FROM login_attempts WHERE id = $1";
    let read = |row: &rusqlite::Row<'_>| Ok([row.get::<_, String>(0)?, row.get(1)?]);
    let Some([subject, network]) = connection.query_row(sql, [failed.id.0], read).optional()? else {
        return Ok(None);
    };
    let sql = "SELECT COUNT(*), COALESCE(SUM(network = $1), 0) FROM login_attempts \
         WHERE subject = $2 AND told = 1 AND at > $3";
    let values = (&network, &subject, instant_text(failed.told_after));
    let read = |row: &rusqlite::Row<'_>| Ok([row.get::<_, u32>(0)?, row.get(1)?]);
    let [of_all, of_network] = connection.query_row(sql, values, read)?;
    if of_network > 0 || of_all >= failed.told_most {
        return Ok(None);
    }
    let sql = "SELECT COUNT(*), COUNT(DISTINCT network) FROM login_attempts \
         WHERE subject = $1 AND told = 0 AND succeeded = 0 AND id <= $2 AND id > COALESCE( \
         (SELECT MAX(last.id) FROM login_attempts AS last WHERE last.subject = $1 AND last.told = 1 AND last.id < $2), 0)";
    let read = |row: &rusqlite::Row<'_>| Ok(UntoldFailures { count: row.get(0)?, networks: row.get(1)? });
    Ok(Some(connection.query_row(sql, (&subject, failed.id.0), read)?))
}
