//! Data that is kept of a person, handed over and erased: the rights of UU 27/2022. Deeds stay one person's, under
//! another name.

use serde_json::{Value, json};

use crate::accounts::name::ERASED_PREFIX;
use crate::domain::access::Grant;
use crate::domain::audit::AuditAction;
use crate::store::{AccountDeed, AccountId, AuditEntry, StoredIdentity};

use super::log_in::attempts_name;
use super::{AccountError, AccountService};

impl AccountService<'_> {
    /// All that is kept of an account's person, without secrets. For administrators and the person.
    pub fn export(self, id: AccountId) -> Result<Value, AccountError> {
        self.require_own(id)?;
        let account = self.account(id)?;
        let book = self.book();
        let grants: Vec<Value> = book
            .grants(id)?
            .iter()
            .map(|held| {
                let mut told = grant_json(&held.grant);
                told["number"] = json!(held.id);
                told["given"] = deed_json(Some(&held.given));
                told["revoked"] = deed_json(held.revoked.as_ref());
                told
            })
            .collect();
        let sessions: Vec<Value> = book
            .sessions(id)?
            .iter()
            .map(|session| {
                json!({"begun": session.begun.to_rfc3339(), "seen": session.seen.to_rfc3339(),
                    "address": session.address, "device": session.device})
            })
            .collect();
        let places: Vec<Value> = book
            .places(id)?
            .iter()
            .map(|place| {
                json!({"sort": place.sort, "shown": place.shown, "first": place.begun.to_rfc3339(),
                    "last": place.seen.to_rfc3339()})
            })
            .collect();
        let tokens: Vec<Value> = book
            .api_tokens(id)?
            .iter()
            .map(|token| {
                json!({"number": token.id, "name": token.name, "scope": token.scope.code(),
                    "puskesmas": token.puskesmas, "made": deed_json(Some(&token.made)),
                    "expires": token.expires.to_rfc3339(), "last_used": token.seen.map(|seen| seen.to_rfc3339()),
                    "revoked": deed_json(token.revoked.as_ref())})
            })
            .collect();
        let entry = AuditEntry::new(AuditAction::PersonExported, format!("akun {}", account.name));
        self.app.audit().note(&entry)?;
        let records: Vec<Value> = book
            .records_by(&account.name)?
            .iter()
            .map(|records| json!({"table": records.table, "as": records.column, "count": records.count}))
            .collect();
        Ok(json!({
            "account": account.name,
            "full_name": account.full_name,
            "title": account.title,
            "made": deed_json(Some(&account.made)),
            "disabled": deed_json(account.disabled.as_ref()),
            "erased": deed_json(account.erased.as_ref()),
            "has_password": account.has_password,
            "two_steps": self.has_totp(id)?,
            "recovery_codes_left": self.recovery_codes_left(id)?,
            "grants": grants,
            "sessions": sessions,
            "identities": identities_json(&book.identities(id)?),
            "known_from": places,
            "api_tokens": tokens,
            "records": records,
        }))
    }

    /// Erases what is kept of an account's person: the account gets the name `dihapus-` and its number wherever its name
    /// stood, so that what was done stays one person's; sessions, devices, secrets and tokens go. The audit goes on
    /// under the former name. It cannot be undone, and back-ups made before still hold it. Gives the new name. The last administrator stays. For administrators.
    pub fn erase(self, id: AccountId) -> Result<String, AccountError> {
        self.require_administrator()?;
        let account = self.account(id)?;
        if account.erased.is_some() {
            return Err(AccountError::Erased(account.name));
        }
        let other_name = format!("{ERASED_PREFIX}{}", id.0);
        if !self.book().erase_account(id, &other_name, &attempts_name(&account.name), self.by())? {
            return Err(AccountError::LastAdministrator(account.name));
        }
        Ok(other_name)
    }
}

fn identities_json(identities: &[StoredIdentity]) -> Vec<Value> {
    let told = |identity: &StoredIdentity| {
        let linked = deed_json(Some(&identity.linked));
        json!({"issuer": identity.issuer, "subject": identity.subject, "linked": linked})
    };
    identities.iter().map(told).collect()
}

fn deed_json(deed: Option<&AccountDeed>) -> Value {
    deed.map_or(Value::Null, |deed| json!({"who": deed.who, "at": deed.at.to_rfc3339()}))
}

/// A grant for programs: its role's code and the names of its place.
pub fn grant_json(grant: &Grant) -> Value {
    let mut told = json!({"role": grant.role().code()});
    if let Some(puskesmas) = grant.puskesmas() {
        told["puskesmas"] = json!(puskesmas);
    }
    match grant {
        Grant::ClusterTeam { cluster } => told["cluster"] = json!(cluster),
        Grant::Facility { facility, .. } => told["facility"] = json!(facility),
        Grant::ProgrammeHolder { services, .. } => told["services"] = json!(services),
        _ => {}
    }
    told
}
