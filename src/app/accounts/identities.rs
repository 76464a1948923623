//! Logging in by an identity provider. An identity opens the account that it is linked to, and no other; it is linked by a
//! one-time code that an administrator handed over, or by a claim of the provider that is the account's name. The link
//! holds for the provider's subject: names and addresses of mail, which change hands, open nothing.

use crate::accounts::name::AccountName;
use crate::accounts::secrets::{fresh_token, hash_of};
use crate::accounts::throttle::seconds_to_wait_for_code;
use crate::domain::access::Grant;
use crate::oidc::{FlowSecrets, VerifiedIdentity};
use crate::store::{AccountId, AuditFields, IdentityKey, LinkGround, StoredAccount, StoredIdentity};

use super::log_in::{AttemptOf, AttemptSubject, BegunAttempt, CameFrom, NOBODY, SessionPlace};
use super::{AccountError, AccountService, LoggedIn};

/// A person whom the provider knows, at the door.
#[derive(Clone, Copy)]
pub struct IdentityArrival<'a> {
    /// The person.
    pub identity: &'a VerifiedIdentity,
    /// Name of the claim by which accounts are linked; none: by codes alone.
    pub claim_name: Option<&'a str>,
    /// Where they come from.
    pub from: CameFrom<'a>,
    /// Token of the session that the browser holds already; it ends.
    pub former: Option<&'a str>,
}

impl IdentityArrival<'_> {
    fn key(&self) -> IdentityKey<'_> {
        IdentityKey { issuer: &self.identity.issuer, subject: &self.identity.subject }
    }
}

/// Outcome of a log-in by an identity.
#[derive(Clone, Debug)]
pub enum IdentityLogIn {
    /// A session begins.
    Begun(LoggedIn),
    /// The identity is linked to no account: a one-time code links it.
    Unlinked,
}

impl AccountService<'_> {
    /// Secrets for one sign-in at the provider.
    pub fn flow_secrets(self) -> Result<FlowSecrets, AccountError> {
        let fresh = || fresh_token(self.tools.randomness).map(|token| token.reveal().to_owned());
        Ok(FlowSecrets { state: fresh()?, nonce: fresh()?, verifier: fresh()? })
    }

    /// Logs in the account to which an identity is linked, or is linked now by the claim of the provider.
    pub fn log_in_by_identity(self, arrival: &IdentityArrival<'_>) -> Result<IdentityLogIn, AccountError> {
        let linked = self.book().account_of_identity(arrival.key())?;
        let attempt = self.begin_identity_attempt(arrival, linked)?;
        let id = match linked {
            Some(id) => Some(id),
            None => self.link_by_claim(arrival)?,
        };
        let Some(id) = id else {
            let origin = arrival.from.origin();
            let by = self.by_name(NOBODY, &origin);
            self.tell_failure(attempt.id, AttemptSubject::Identity, "belum dihubungkan dengan akun", by)?;
            return Ok(IdentityLogIn::Unlinked);
        };
        self.begin_identity_session(arrival, id, attempt).map(IdentityLogIn::Begun)
    }

    /// Links an identity to the account that a one-time code opens, and logs in. The account keeps its password, where it
    /// has one.
    pub fn link_by_code(self, typed: &str, arrival: &IdentityArrival<'_>) -> Result<LoggedIn, AccountError> {
        let attempt = self.begin_code_attempt(arrival.from)?;
        let (hash, account) = self.told_code(self.good_personal_code(typed), attempt, arrival.from)?;
        self.book().forget_attempt(attempt)?;
        let account = self.book().account(account.ok_or(AccountError::BadCode)?)?.filter(StoredAccount::is_open);
        let account = account.ok_or(AccountError::BadCode)?;
        let origin = arrival.from.origin();
        let by = self.by_name(&account.name, &origin);
        if !self.book().link_identity(account.id, arrival.key(), LinkGround::Code(&hash), by)? {
            return Err(AccountError::IdentityHeld);
        }
        let attempt = self.begin_identity_attempt(arrival, Some(account.id))?;
        self.begin_identity_session(arrival, account.id, attempt)
    }

    /// Identities that an account is linked to. For administrators and the person.
    pub fn identities(self, id: AccountId) -> Result<Vec<StoredIdentity>, AccountError> {
        self.require_own(id)?;
        Ok(self.book().identities(id)?)
    }

    /// Unlinks an account from its provider, and ends its sessions. For administrators.
    pub fn unlink_identities(self, id: AccountId) -> Result<(), AccountError> {
        self.require_administrator()?;
        if self.book().unlink_identities(id, self.by())? { Ok(()) } else { Err(AccountError::NoIdentity) }
    }

    /// Links the account whose name the provider's claim is. Never an administrator's: whoever may write names at the
    /// provider shall not make themselves one here.
    fn link_by_claim(self, arrival: &IdentityArrival<'_>) -> Result<Option<AccountId>, AccountError> {
        let Some((name, value)) = arrival.claim_name.zip(arrival.identity.claim.as_deref()) else { return Ok(None) };
        let Ok(account_name) = AccountName::parse(value) else { return Ok(None) };
        let found = self.book().account_named(account_name.as_str())?.filter(StoredAccount::is_open);
        let Some(account) = found else { return Ok(None) };
        let grants = self.book().grants(account.id)?;
        if grants.iter().any(|held| held.revoked.is_none() && held.grant == Grant::Administrator) {
            return Ok(None);
        }
        let origin = arrival.from.origin();
        let by = self.by_name(&account.name, &origin);
        let is_linked = self.book().link_identity(account.id, arrival.key(), LinkGround::Claim(name), by)?;
        Ok(is_linked.then_some(account.id))
    }

    fn begin_identity_session(
        self,
        arrival: &IdentityArrival<'_>,
        id: AccountId,
        attempt: BegunAttempt,
    ) -> Result<LoggedIn, AccountError> {
        let account = self.book().account(id)?;
        let origin = arrival.from.origin();
        let Some(account) = account.filter(StoredAccount::is_open) else {
            let by = self.by_name(NOBODY, &origin);
            self.tell_failure(attempt.id, AttemptSubject::Account(id), "akun tidak aktif (penyedia identitas)", by)?;
            return Err(AccountError::ClosedToIdentity);
        };
        let told = AuditFields::none()
            .with("Lewat", "penyedia identitas")
            .with("Perangkat", if attempt.knows_device { "" } else { "baru" });
        let by = self.by_name(&account.name, &origin);
        let place = SessionPlace { from: arrival.from, former: arrival.former };
        let begun = self.begin_session(&account, place, attempt, told, by)?;
        self.book().attempt_succeeded(attempt.id)?;
        Ok(begun)
    }

    /// Notes that somebody comes by the provider. Who comes too often is slowed down by network alone: the provider
    /// guards the account's password itself.
    fn begin_identity_attempt(
        self,
        arrival: &IdentityArrival<'_>,
        account: Option<AccountId>,
    ) -> Result<BegunAttempt, AccountError> {
        let name = hash_of(&format!("identitas {} {}", arrival.identity.issuer, arrival.identity.subject));
        let subject = account.map_or(AttemptSubject::Identity, AttemptSubject::Account);
        let of = AttemptOf { name: &name, account, subject, from: arrival.from };
        self.begin_attempt(&of, |before| seconds_to_wait_for_code(before, self.now()))
    }
}
