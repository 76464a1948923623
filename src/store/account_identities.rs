//! Identities of a provider that accounts are linked to, by issuer and subject. Knows no provider and no rule about who
//! may be linked to whom.

use rusqlite::OptionalExtension;

use super::account_acts::account_entry;
use super::codec::{Columns, instant_text};
use super::{AccountBook, AccountDeed, AccountId, AuditFields, By, StoreError, audit};
use crate::domain::audit::AuditAction;

/// An identity as its provider names it.
#[derive(Clone, Copy, Debug)]
pub struct IdentityKey<'a> {
    /// Issuer.
    pub issuer: &'a str,
    /// Subject.
    pub subject: &'a str,
}

/// An identity that an account is linked to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredIdentity {
    /// Issuer.
    pub issuer: String,
    /// Subject.
    pub subject: String,
    /// Linking.
    pub linked: AccountDeed,
}

/// Ground on which an account is linked.
#[derive(Clone, Copy, Debug)]
pub enum LinkGround<'a> {
    /// The one-time code of this hash, which is used up.
    Code(&'a str),
    /// A claim of the provider that is the account's name.
    Claim(&'a str),
}

impl AccountBook<'_> {
    /// The account of an identity; none where it is linked to none.
    pub fn account_of_identity(self, key: IdentityKey<'_>) -> Result<Option<AccountId>, StoreError> {
        self.store.read(|connection| {
            let sql = "SELECT account_id FROM account_identities WHERE issuer = $1 AND subject = $2";
            let found = connection.query_row(sql, (key.issuer, key.subject), |row| row.get(0)).optional()?;
            Ok(found.map(AccountId))
        })
    }

    /// Identities of an account.
    pub fn identities(self, account: AccountId) -> Result<Vec<StoredIdentity>, StoreError> {
        self.store.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT issuer, subject, who, at FROM account_identities WHERE account_id = $1 ORDER BY issuer",
            )?;
            let mut rows = statement.query([account.0])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let mut columns = Columns::new(row);
                found.push(StoredIdentity {
                    issuer: columns.get()?,
                    subject: columns.get()?,
                    linked: AccountDeed { who: columns.get()?, at: columns.instant()? },
                });
            }
            Ok(found)
        })
    }

    /// Links an identity to an account; false, and nothing done, where either is linked within this issuer already, or
    /// the code is not good any more.
    pub fn link_identity(
        self,
        account: AccountId,
        key: IdentityKey<'_>,
        ground: LinkGround<'_>,
        by: By<'_>,
    ) -> Result<bool, StoreError> {
        let done = self.store.write_if(|connection| {
            let at = instant_text(by.at);
            if let LinkGround::Code(hash) = ground {
                let sql = "UPDATE one_time_codes SET used_at = $1 \
                     WHERE code = $2 AND account_id = $3 AND used_at IS NULL AND expires > $1";
                if connection.execute(sql, (&at, hash, account.0))? == 0 {
                    return Ok(None);
                }
            }
            let sql = "INSERT INTO account_identities (account_id, issuer, subject, who, at) \
                 VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
            if connection.execute(sql, (account.0, key.issuer, key.subject, by.who, &at))? == 0 {
                return Ok(None);
            }
            let ground = match ground {
                LinkGround::Code(_) => "kode sekali pakai".to_owned(),
                LinkGround::Claim(name) => format!("keterangan {name} penyedia"),
            };
            let told = issuer_fields(key.issuer).with("Dengan", ground);
            let entry = account_entry(connection, AuditAction::IdentityLinked, account)?.after(told);
            audit::append(connection, by, &entry)?;
            Ok(Some(()))
        })?;
        Ok(done.is_some())
    }

    /// Unlinks an account from its identities and ends its sessions; false where it has none.
    pub fn unlink_identities(self, account: AccountId, by: By<'_>) -> Result<bool, StoreError> {
        self.store.write(|connection| {
            let sql = "DELETE FROM account_identities WHERE account_id = $1 RETURNING issuer";
            let issuers: Vec<String> =
                connection.prepare_cached(sql)?.query_map([account.0], |row| row.get(0))?.collect::<Result<_, _>>()?;
            let Some(issuer) = issuers.first() else { return Ok(false) };
            connection.execute("DELETE FROM account_sessions WHERE account_id = $1", [account.0])?;
            let entry = account_entry(connection, AuditAction::IdentityUnlinked, account)?;
            audit::append(connection, by, &entry.before(issuer_fields(issuer)))?;
            Ok(true)
        })
    }
}

/// A provider by its issuer: the subject is a word for the person, which a row of the audit does not hold.
fn issuer_fields(issuer: &str) -> AuditFields {
    AuditFields::none().with("Penyedia identitas", issuer)
}
