//! Sessions by the hashes of their tokens, and the places that accounts are known from. Knows no token itself and no
//! rule about how long one lasts.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension};

use super::account_acts::{account_entry, ended_fields};
use super::accounts::{grants, set_password};
use super::codec::{Columns, instant_text};
use super::names::next_id;
use super::{AccountBook, AccountId, AuditFields, By, StoreError, StoredGrant, audit};
use crate::domain::audit::AuditAction;

/// A session to begin.
#[derive(Clone, Copy, Debug)]
pub struct NewSession<'a> {
    /// Account that logged in.
    pub account: AccountId,
    /// Hash of its token.
    pub token: &'a str,
    /// Secret of its forms.
    pub csrf: &'a str,
    /// Moment of the log-in.
    pub at: DateTime<Utc>,
    /// Address that it came from.
    pub address: &'a str,
    /// Words about the device.
    pub device: &'a str,
    /// Hash of the token of the session that it takes the place of; blank: of none.
    pub former: &'a str,
}

/// Bounds within which sessions and places of an account are kept.
#[derive(Clone, Copy, Debug)]
pub struct SessionBounds {
    /// Sessions at once.
    pub sessions: u32,
    /// Places of a sort.
    pub places: u32,
    /// Sessions begun before this have ended.
    pub begun_after: DateTime<Utc>,
    /// Sessions unused since before this have ended.
    pub seen_after: DateTime<Utc>,
    /// Places unused since before this are forgotten.
    pub place_seen_after: DateTime<Utc>,
}

/// Place from which an account logged in.
#[derive(Clone, Copy, Debug)]
pub struct KnownFrom<'a> {
    /// Hash of the device's own token.
    pub device: &'a str,
    /// Network.
    pub network: &'a str,
}

/// A session as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSession {
    /// Number among all sessions.
    pub id: i64,
    /// Its account.
    pub account: AccountId,
    /// Secret of its forms.
    pub csrf: String,
    /// Moment of the log-in.
    pub begun: DateTime<Utc>,
    /// Moment of the last request that was noted.
    pub seen: DateTime<Utc>,
    /// Address of the log-in.
    pub address: String,
    /// Words about the device.
    pub device: String,
}

/// Sessions that end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndedSessions<'a> {
    /// The one of this number.
    One(i64),
    /// All but the one with this hash of its token.
    AllBut(&'a str),
    /// All of them.
    All,
}

/// A place from which an account logged in before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPlace {
    /// `device` or `network`.
    pub sort: String,
    /// Network; of a device words about it.
    pub shown: String,
    /// First log-in from there.
    pub begun: DateTime<Utc>,
    /// Last log-in from there.
    pub seen: DateTime<Utc>,
}

const SESSION_COLUMNS: &str = "id, account_id, csrf, begun, seen, address, device";

impl AccountBook<'_> {
    /// Begins a session within the bounds, in the place of a former one, and notes the place that it came from; `told`
    /// is what the audit tells of the log-in.
    pub fn begin_session(
        self,
        new: &NewSession<'_>,
        from: KnownFrom<'_>,
        bounds: &SessionBounds,
        told: AuditFields,
        by: By<'_>,
    ) -> Result<(), StoreError> {
        self.store.write(|connection| {
            insert_session(connection, new, bounds)?;
            for (sort, mark) in [("device", from.device), ("network", from.network)] {
                note_place(connection, new, sort, mark)?;
                bound_places(connection, new.account, sort, bounds)?;
            }
            let entry = account_entry(connection, AuditAction::LoggedIn, new.account)?.after(told);
            audit::append(connection, by, &entry)
        })
    }

    /// Sets an account's password, ends all its sessions, and begins one in the place of the one in which it was
    /// changed.
    pub fn change_password(
        self,
        password: &str,
        new: &NewSession<'_>,
        bounds: &SessionBounds,
        by: By<'_>,
    ) -> Result<(), StoreError> {
        self.store.write(|connection| {
            set_password(connection, new.account, password, false)?;
            let sql = "DELETE FROM account_sessions WHERE account_id = $1 AND token <> $2";
            let ended = connection.execute(sql, (new.account.0, new.former))?;
            insert_session(connection, new, bounds)?;
            let told = AuditFields::none().with("Dengan", "kata sandi lama");
            let entry = account_entry(connection, AuditAction::PasswordSet, new.account)?;
            audit::append(connection, by, &entry.before(ended_fields(ended)).after(told))
        })
    }

    /// The session of a token's hash, and the grants of its account that count. None where the account may not log in.
    pub fn session(self, token: &str) -> Result<Option<(StoredSession, Vec<StoredGrant>)>, StoreError> {
        self.store.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT {SESSION_COLUMNS} FROM account_sessions WHERE token = $1 AND account_id IN \
                 (SELECT accounts.id FROM accounts WHERE accounts.disabled_at IS NULL AND accounts.erased_at IS NULL)"
            ))?;
            let mut rows = statement.query([token])?;
            let Some(row) = rows.next()? else { return Ok(None) };
            let session = read_session(&mut Columns::new(row))?;
            let mut held = grants(connection, session.account)?;
            held.retain(|grant| grant.revoked.is_none());
            Ok(Some((session, held)))
        })
    }

    /// Notes that a session was used.
    pub fn touch_session(self, id: i64, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.store.write(|connection| {
            let sql = "UPDATE account_sessions SET seen = $1 WHERE id = $2 AND seen < $1";
            connection.execute(sql, (instant_text(at), id))?;
            Ok(())
        })
    }

    /// Sessions of an account, the one used last first.
    pub fn sessions(self, account: AccountId) -> Result<Vec<StoredSession>, StoreError> {
        self.store.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT {SESSION_COLUMNS} FROM account_sessions WHERE account_id = $1 ORDER BY seen DESC, id DESC"
            ))?;
            let mut rows = statement.query([account.0])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(read_session(&mut Columns::new(row))?);
            }
            Ok(found)
        })
    }

    /// Ends sessions of an account; gives how many. With all of them, the devices and networks that it is known from
    /// are forgotten.
    pub fn end_sessions(self, account: AccountId, ended: EndedSessions<'_>, by: By<'_>) -> Result<usize, StoreError> {
        self.store.write(|connection| {
            let of = |rest: &str| format!("DELETE FROM account_sessions WHERE account_id = $1 {rest}");
            let count = match ended {
                EndedSessions::One(id) => connection.execute(&of("AND id = $2"), (account.0, id))?,
                EndedSessions::AllBut(token) => connection.execute(&of("AND token <> $2"), (account.0, token))?,
                EndedSessions::All => connection.execute(&of(""), [account.0])?,
            };
            let places = match ended {
                EndedSessions::All => {
                    connection.execute("DELETE FROM account_places WHERE account_id = $1", [account.0])?
                }
                _ => 0,
            };
            if count + places > 0 {
                let forgotten = if places > 0 { "dilupakan" } else { "" };
                let told = ended_fields(count).with("Perangkat yang dikenal", forgotten);
                let entry = account_entry(connection, AuditAction::SessionsEnded, account)?.after(told);
                audit::append(connection, by, &entry)?;
            }
            Ok(count)
        })
    }

    /// Ends the session of a token's hash, whosever it is: its own account logs out.
    pub fn end_session_of(self, token: &str, by: By<'_>) -> Result<(), StoreError> {
        self.store.write(|connection| {
            let sql = "DELETE FROM account_sessions WHERE token = $1 \
                 RETURNING account_id, (SELECT name FROM accounts WHERE accounts.id = account_id)";
            let read = |row: &rusqlite::Row<'_>| Ok((AccountId(row.get(0)?), row.get::<_, String>(1)?));
            let Some(ended) = connection.query_row(sql, [token], read).optional()? else { return Ok(()) };
            let entry = account_entry(connection, AuditAction::LoggedOut, ended.0)?;
            audit::append(connection, By { who: &ended.1, ..by }, &entry)
        })
    }

    /// Places from which an account logged in before, the last one first.
    pub fn places(self, account: AccountId) -> Result<Vec<StoredPlace>, StoreError> {
        self.store.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT sort, CASE sort WHEN 'device' THEN device ELSE mark END, begun, seen FROM account_places \
                 WHERE account_id = $1 ORDER BY seen DESC, sort, mark",
            )?;
            let mut rows = statement.query([account.0])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let mut columns = Columns::new(row);
                found.push(StoredPlace {
                    sort: columns.get()?,
                    shown: columns.get()?,
                    begun: columns.instant()?,
                    seen: columns.instant()?,
                });
            }
            Ok(found)
        })
    }
}

fn insert_session(connection: &Connection, new: &NewSession<'_>, bounds: &SessionBounds) -> Result<(), StoreError> {
    connection.execute("DELETE FROM account_sessions WHERE token = $1", [new.former])?;
    connection.execute(
        "DELETE FROM account_sessions WHERE begun < $1 OR seen < $2",
        (instant_text(bounds.begun_after), instant_text(bounds.seen_after)),
    )?;
    connection.execute(
        "INSERT INTO account_sessions (id, account_id, token, csrf, begun, seen, address, device) \
         VALUES ($1, $2, $3, $4, $5, $5, $6, $7)",
        (
            next_id(connection, "account_sessions")?,
            new.account.0,
            new.token,
            new.csrf,
            instant_text(new.at),
            new.address,
            new.device,
        ),
    )?;
    connection.execute(
        "DELETE FROM account_sessions WHERE account_id = $1 AND id NOT IN (SELECT id FROM account_sessions \
         WHERE account_id = $1 ORDER BY seen DESC, id DESC LIMIT $2)",
        (new.account.0, bounds.sessions),
    )?;
    Ok(())
}

fn note_place(connection: &Connection, new: &NewSession<'_>, sort: &str, mark: &str) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO account_places (account_id, sort, mark, device, begun, seen) VALUES ($1, $2, $3, $4, $5, $5) \
         ON CONFLICT (account_id, sort, mark) DO UPDATE SET seen = excluded.seen, device = excluded.device",
        (new.account.0, sort, mark, new.device, instant_text(new.at)),
    )?;
    Ok(())
}

fn bound_places(
    connection: &Connection,
    account: AccountId,
    sort: &str,
    bounds: &SessionBounds,
) -> Result<(), StoreError> {
    connection.execute(
        "DELETE FROM account_places WHERE account_id = $1 AND sort = $2 AND (seen < $3 OR mark NOT IN \
         (SELECT mark FROM account_places WHERE account_id = $1 AND sort = $2 ORDER BY seen DESC, mark LIMIT $4))",
        (account.0, sort, instant_text(bounds.place_seen_after), bounds.places),
    )?;
    Ok(())
}

fn read_session(columns: &mut Columns<'_, '_>) -> Result<StoredSession, StoreError> {
    Ok(StoredSession {
        id: columns.get()?,
        account: AccountId(columns.get()?),
        csrf: columns.get()?,
        begun: columns.instant()?,
        seen: columns.instant()?,
        address: columns.get()?,
        device: columns.get()?,
    })
}
