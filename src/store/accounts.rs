//! Accounts and their grants as rows. Decides nothing but that one administrator stays, which only a transaction can
//! hold; knows no password rule and no token.

use chrono::{DateTime, Utc};
use rusqlite::types::ToSql;
use rusqlite::{Connection, OptionalExtension};

use super::account_acts::{account_entry, change_words, ended_fields, kept_role_fields, role_fields};
use super::codec::{Columns, instant, instant_text, word};
use super::names::next_id;
use super::{AuditFields, By, Store, StoreError, audit};
use crate::domain::access::{Grant, Role};
use crate::domain::audit::AuditAction;

/// Accounts, sessions, codes and tokens of a data folder.
#[derive(Clone, Copy, Debug)]
pub struct AccountBook<'s> {
    pub(super) store: &'s Store,
}

impl Store {
    /// Accounts and what belongs to them.
    pub fn account_book(&self) -> AccountBook<'_> {
        AccountBook { store: self }
    }
}

/// Number of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AccountId(pub i64);

/// Something that was done to an account: by whom, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountDeed {
    /// Account in whose name it was done.
    pub who: String,
    /// Moment at which it was done.
    pub at: DateTime<Utc>,
}

/// An account without its secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAccount {
    /// Its number.
    pub id: AccountId,
    /// Name by which it logs in, in its normal form.
    pub name: String,
    /// Name of the person.
    pub full_name: String,
    /// Office that the person holds.
    pub title: String,
    /// A password was chosen.
    pub has_password: bool,
    /// The password has to be changed before anything else.
    pub must_change: bool,
    /// Its making: who and when.
    pub made: AccountDeed,
    /// Disabling, while it lasts.
    pub disabled: Option<AccountDeed>,
    /// Erasure of what was told of the person.
    pub erased: Option<AccountDeed>,
}

impl StoredAccount {
    /// Reports whether somebody may log in to it at all.
    pub fn is_open(&self) -> bool {
        self.disabled.is_none() && self.erased.is_none()
    }
}

/// An account to make.
#[derive(Clone, Copy, Debug)]
pub struct NewAccount<'a> {
    /// Name in its normal form.
    pub name: &'a str,
    /// Name of the person; may be blank.
    pub full_name: &'a str,
    /// Office that the person holds; may be blank.
    pub title: &'a str,
    /// Hash of its password; none: a code lets the person choose one.
    pub password: Option<&'a str>,
    /// First grants.
    pub grants: &'a [Grant],
}

/// A grant with who gave and who took it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredGrant {
    /// Number among all grants.
    pub id: i64,
    /// Role and place.
    pub grant: Grant,
    /// Who gave it, and when.
    pub given: AccountDeed,
    /// Who took it back, and when; none while it counts.
    pub revoked: Option<AccountDeed>,
}

const ACCOUNT_COLUMNS: &str = "id, name, full_name, title, password IS NOT NULL, must_change, who, at, disabled_by, \
     disabled_at, erased_by, erased_at";

impl AccountBook<'_> {
    /// Reports whether an account was ever made.
    pub fn has_accounts(self) -> Result<bool, StoreError> {
        self.store.read(|connection| has_accounts(connection))
    }

    /// All accounts by name, erased ones too.
    pub fn accounts(self) -> Result<Vec<StoredAccount>, StoreError> {
        self.select_accounts("ORDER BY name", &[])
    }

    /// The account of a name in its normal form.
    pub fn account_named(self, name: &str) -> Result<Option<StoredAccount>, StoreError> {
        Ok(self.select_accounts("WHERE name = $1", &[&name])?.pop())
    }

    /// The account of a number.
    pub fn account(self, id: AccountId) -> Result<Option<StoredAccount>, StoreError> {
        Ok(self.select_accounts("WHERE id = $1", &[&id.0])?.pop())
    }

    /// Hash of an account's password.
    pub fn password_hash(self, id: AccountId) -> Result<Option<String>, StoreError> {
        self.store.read(|connection| {
            let found = connection
                .query_row("SELECT password FROM accounts WHERE id = $1", [id.0], |row| row.get(0))
                .optional()?;
            Ok(found.flatten())
        })
    }

    /// Makes an account with its grants; none where the name is taken.
    pub fn make_account(self, new: &NewAccount<'_>, by: By<'_>) -> Result<Option<AccountId>, StoreError> {
        self.store.write_if(|connection| {
            let made = insert_account(connection, new, by)?;
            if let Some(id) = made {
                let entry = account_entry(connection, AuditAction::AccountAdded, id)?.after(role_fields(new.grants));
                audit::append(connection, by, &entry)?;
            }
            Ok(made)
        })
    }

    /// Writes the name and office of the person.
    pub fn set_person(self, id: AccountId, full_name: &str, title: &str, by: By<'_>) -> Result<(), StoreError> {
        self.store.write(|connection| {
            let sql = "SELECT full_name, title FROM accounts WHERE id = $1 AND erased_at IS NULL";
            let read = |row: &rusqlite::Row<'_>| Ok([row.get::<_, String>(0)?, row.get(1)?]);
            let Some([former_name, former_title]) = connection.query_row(sql, [id.0], read).optional()? else {
                return Ok(());
            };
            let told = AuditFields::none()
                .with("Nama orang", change_words(&former_name, full_name))
                .with("Jabatan", change_words(&former_title, title));
            if told == AuditFields::none() {
                return Ok(());
            }
            let sql = "UPDATE accounts SET full_name = $1, title = $2 WHERE id = $3";
            connection.execute(sql, (full_name, title, id.0))?;
            let entry = account_entry(connection, AuditAction::AccountChanged, id)?.after(told);
            audit::append(connection, by, &entry)
        })
    }

    /// Keeps the same password under another hash, and whether another one has to be chosen: a part of a log-in.
    pub fn rehash_password(self, id: AccountId, password: &str, must_change: bool) -> Result<(), StoreError> {
        self.store.write(|connection| set_password(connection, id, password, must_change))
    }

    /// Disables an account and ends its sessions and codes; false, and nothing done, where no administrator would be
    /// left.
    pub fn disable_account(self, id: AccountId, by: By<'_>) -> Result<bool, StoreError> {
        let done = self.store.write_if(|connection| {
            if !leaves_an_administrator(connection, id)? {
                return Ok(None);
            }
            let disabled = connection.execute(
                "UPDATE accounts SET disabled_by = $1, disabled_at = $2 WHERE id = $3 AND disabled_at IS NULL",
                (by.who, instant_text(by.at), id.0),
            )?;
            let sessions = end_ways_in(connection, id)?;
            if disabled + sessions > 0 {
                let entry = account_entry(connection, AuditAction::AccountClosed, id)?;
                audit::append(connection, by, &entry.after(ended_fields(sessions)))?;
            }
            Ok(Some(()))
        })?;
        Ok(done.is_some())
    }

    /// Lets a disabled account log in again.
    pub fn enable_account(self, id: AccountId, by: By<'_>) -> Result<(), StoreError> {
        self.store.write(|connection| {
            let sql = "UPDATE accounts SET disabled_by = NULL, disabled_at = NULL \
                 WHERE id = $1 AND erased_at IS NULL AND disabled_at IS NOT NULL";
            if connection.execute(sql, [id.0])? == 1 {
                audit::append(connection, by, &account_entry(connection, AuditAction::AccountReopened, id)?)?;
            }
            Ok(())
        })
    }

    /// All grants of an account in the order in which they were given, those taken back too.
    pub fn grants(self, id: AccountId) -> Result<Vec<StoredGrant>, StoreError> {
        self.store.read(|connection| grants(connection, id))
    }

    /// Gives a grant; false where the account has the very same one.
    pub fn give_grant(self, id: AccountId, grant: &Grant, by: By<'_>) -> Result<bool, StoreError> {
        self.store.write(|connection| {
            let held = grants(connection, id)?;
            if held.iter().any(|held| held.revoked.is_none() && held.grant == *grant) {
                return Ok(false);
            }
            insert_grant(connection, id, grant, by)?;
            let entry = account_entry(connection, AuditAction::RoleGiven, id)?.after(role_fields([grant]));
            audit::append(connection, by, &entry)?;
            Ok(true)
        })
    }

    /// Takes grants of an account back; false, and nothing done, where no administrator would be left.
    pub fn revoke_grants(self, id: AccountId, numbers: &[i64], by: By<'_>) -> Result<bool, StoreError> {
        let done = self.store.write_if(|connection| {
            let could_spare = leaves_an_administrator(connection, id)?;
            let mut taken = grants(connection, id)?;
            taken.retain(|held| held.revoked.is_none() && numbers.contains(&held.id));
            for number in numbers {
                connection.execute(
                    "UPDATE account_grants SET revoked_by = $1, revoked_at = $2 \
                     WHERE id = $3 AND account_id = $4 AND revoked_at IS NULL",
                    (by.who, instant_text(by.at), number, id.0),
                )?;
            }
            if !could_spare && !is_administrator(connection, id)? {
                return Ok(None);
            }
            if !taken.is_empty() {
                let entry = account_entry(connection, AuditAction::RoleRevoked, id)?.before(kept_role_fields(&taken));
                audit::append(connection, by, &entry)?;
            }
            Ok(Some(()))
        })?;
        Ok(done.is_some())
    }

    fn select_accounts(self, rest: &str, values: &[&dyn ToSql]) -> Result<Vec<StoredAccount>, StoreError> {
        self.store.read(|connection| {
            let mut statement = connection.prepare_cached(&format!("SELECT {ACCOUNT_COLUMNS} FROM accounts {rest}"))?;
            let mut rows = statement.query(values)?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(read_account(&mut Columns::new(row))?);
            }
            Ok(found)
        })
    }
}

fn read_account(columns: &mut Columns<'_, '_>) -> Result<StoredAccount, StoreError> {
    Ok(StoredAccount {
        id: AccountId(columns.get()?),
        name: columns.get()?,
        full_name: columns.get()?,
        title: columns.get()?,
        has_password: columns.get()?,
        must_change: columns.get()?,
        made: AccountDeed { who: columns.get()?, at: columns.instant()? },
        disabled: deed_or_blank(columns)?,
        erased: deed_or_blank(columns)?,
    })
}

/// Two columns, of who and when, that are both filled or both null.
pub(super) fn deed_or_blank(columns: &mut Columns<'_, '_>) -> Result<Option<AccountDeed>, StoreError> {
    let who: Option<String> = columns.get()?;
    let at: Option<String> = columns.get()?;
    let Some((who, at)) = who.zip(at) else { return Ok(None) };
    Ok(Some(AccountDeed { who, at: instant(&at)? }))
}

pub(super) fn has_accounts(connection: &Connection) -> Result<bool, StoreError> {
    Ok(connection.query_row("SELECT EXISTS (SELECT 1 FROM accounts)", [], |row| row.get(0))?)
}

/// Makes an account with its grants; none where the name is taken.
pub(super) fn insert_account(
    connection: &Connection,
    new: &NewAccount<'_>,
    by: By<'_>,
) -> Result<Option<AccountId>, StoreError> {
    let id = AccountId(next_id(connection, "accounts")?);
    let added = connection.execute(
        "INSERT INTO accounts (id, name, full_name, title, password, must_change, who, at) \
         VALUES ($1, $2, $3, $4, $5, 0, $6, $7) ON CONFLICT (name) DO NOTHING",
        (id.0, new.name, new.full_name, new.title, new.password, by.who, instant_text(by.at)),
    )?;
    if added == 0 {
        return Ok(None);
    }
    for grant in new.grants {
        insert_grant(connection, id, grant, by)?;
    }
    Ok(Some(id))
}

pub(super) fn set_password(
    connection: &Connection,
    id: AccountId,
    password: &str,
    must_change: bool,
) -> Result<(), StoreError> {
    let sql = "UPDATE accounts SET password = $1, must_change = $2 WHERE id = $3 AND erased_at IS NULL";
    connection.execute(sql, (password, must_change, id.0))?;
    Ok(())
}

/// Ends the sessions and the codes of an account; gives how many sessions.
pub(super) fn end_ways_in(connection: &Connection, id: AccountId) -> Result<usize, StoreError> {
    connection.execute("DELETE FROM one_time_codes WHERE account_id = $1", [id.0])?;
    Ok(connection.execute("DELETE FROM account_sessions WHERE account_id = $1", [id.0])?)
}

fn insert_grant(connection: &Connection, id: AccountId, grant: &Grant, by: By<'_>) -> Result<(), StoreError> {
    let (mut facility, mut cluster, mut services) = Default::default();
    match grant {
        Grant::Facility { facility: name, .. } => facility = name.as_str(),
        Grant::ClusterTeam { cluster: name } => cluster = name.as_str(),
        Grant::ProgrammeHolder { services: codes, .. } => {
            services = codes.iter().map(String::as_str).collect::<Vec<_>>().join("\n");
        }
        _ => {}
    }
    connection.execute(
        "INSERT INTO account_grants (id, account_id, role, puskesmas, facility, cluster, services, who, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        (
            next_id(connection, "account_grants")?,
            id.0,
            grant.role().code(),
            grant.puskesmas().unwrap_or_default(),
            facility,
            cluster,
            services,
            by.who,
            instant_text(by.at),
        ),
    )?;
    Ok(())
}

pub(super) fn grants(connection: &Connection, id: AccountId) -> Result<Vec<StoredGrant>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, role, puskesmas, facility, cluster, services, who, at, revoked_by, revoked_at \
         FROM account_grants WHERE account_id = $1 ORDER BY id",
    )?;
    let mut rows = statement.query([id.0])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        found.push(StoredGrant {
            id: columns.get()?,
            grant: read_grant(&mut columns)?,
            given: AccountDeed { who: columns.get()?, at: columns.instant()? },
            revoked: deed_or_blank(&mut columns)?,
        });
    }
    Ok(found)
}

fn read_grant(columns: &mut Columns<'_, '_>) -> Result<Grant, StoreError> {
    let role = word(&columns.get::<String>()?, Role::from_code)?;
    let puskesmas: String = columns.get()?;
    let facility: String = columns.get()?;
    let cluster: String = columns.get()?;
    let services: String = columns.get()?;
    Ok(match role {
        Role::Administrator => Grant::Administrator,
        Role::District => Grant::District,
        Role::ClusterTeam => Grant::ClusterTeam { cluster },
        Role::Head => Grant::Head { puskesmas },
        Role::Coordinator => Grant::Coordinator { puskesmas },
        Role::ProgrammeHolder => {
            Grant::ProgrammeHolder { puskesmas, services: services.lines().map(ToOwned::to_owned).collect() }
        }
        Role::Facility => Grant::Facility { puskesmas, facility },
        Role::Viewer => Grant::Viewer { puskesmas },
    })
}

/// Reports whether an administrator who can log in is left without this account, or it is none itself.
pub(super) fn leaves_an_administrator(connection: &Connection, id: AccountId) -> Result<bool, StoreError> {
    if !is_administrator(connection, id)? {
        return Ok(true);
    }
    let sql = "SELECT EXISTS (SELECT 1 FROM accounts AS account WHERE account.id <> $1 AND account.password IS NOT NULL \
         AND account.disabled_at IS NULL AND account.erased_at IS NULL AND EXISTS (SELECT 1 FROM account_grants AS given \
         WHERE given.account_id = account.id AND given.role = $2 AND given.revoked_at IS NULL))";
    Ok(connection.query_row(sql, (id.0, Role::Administrator.code()), |row| row.get(0))?)
}

fn is_administrator(connection: &Connection, id: AccountId) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM account_grants WHERE account_id = $1 AND role = $2 AND revoked_at IS NULL)";
    Ok(connection.query_row(sql, (id.0, Role::Administrator.code()), |row| row.get(0))?)
}
