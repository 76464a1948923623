//! Sessions: known again by their tokens, listed, ended, and the change of one's own password.

use std::net::{IpAddr, Ipv4Addr};

use chrono::{DateTime, Utc};

use crate::accounts::password::check_password;
use crate::accounts::secrets::{FreshSecret, fresh_token, hash_of, is_same};
use crate::accounts::session::SessionTimes;
use crate::accounts::throttle::{FailuresBefore, seconds_to_wait};
use crate::domain::access::{Access, Origin};
use crate::store::{AccountId, By, EndedSessions, NewSession, StoredAccount, StoredPlace, StoredSession};

use super::grants::kept_name;
use super::log_in::{AttemptOf, AttemptSubject, CameFrom};
use super::{AccountError, AccountService};

/// Somebody who is logged in.
#[derive(Clone)]
pub struct SignedIn {
    /// The account. Where its `must_change` is set, nothing may be done but choosing another password.
    pub account: StoredAccount,
    /// The session.
    pub session: StoredSession,
    /// Rights of the account, each in its place.
    pub access: Access,
    /// Hash of the session's token.
    token: String,
}

impl SignedIn {
    /// Secret that every form of this session carries.
    pub fn csrf(&self) -> &str {
        &self.session.csrf
    }

    /// The account as who does something at a moment.
    pub(super) fn by(&self, at: DateTime<Utc>) -> By<'_> {
        By { who: &self.account.name, at, origin: self.access.origin() }
    }

    /// Reports whether a form carried this session's secret; takes the same time wherever they differ.
    pub fn is_own_form(&self, carried: &str) -> bool {
        is_same(&self.session.csrf, carried)
    }
}

impl AccountService<'_> {
    /// The session of a token from a cookie, with what its account may do now; none where nobody is logged in with it.
    /// Notes that it was used, once a minute at most.
    pub fn session(self, token: &str, origin: Origin) -> Result<Option<SignedIn>, AccountError> {
        let now = self.now();
        let hash = hash_of(token);
        let Some((mut session, held)) = self.book().session(&hash)? else { return Ok(None) };
        let times = SessionTimes { begun: session.begun, seen: session.seen };
        if !times.is_live(now) {
            return Ok(None);
        }
        let Some(account) = self.book().account(session.account)?.filter(StoredAccount::is_open) else {
            return Ok(None);
        };
        if times.is_to_be_noted(now) {
            self.book().touch_session(session.id, now)?;
            session.seen = now;
        }
        let access = self.access_of(&account, origin, held)?;
        Ok(Some(SignedIn { account, session, access, token: hash }))
    }

    /// Ends the session of a token.
    pub fn log_out(self, token: &str) -> Result<(), AccountError> {
        Ok(self.book().end_session_of(&hash_of(token), self.by())?)
    }

    /// Sessions of an account that last, the one used last first. For administrators and the person.
    pub fn sessions(self, id: AccountId) -> Result<Vec<StoredSession>, AccountError> {
        self.require_own(id)?;
        let now = self.now();
        let mut sessions = self.book().sessions(id)?;
        sessions.retain(|session| SessionTimes { begun: session.begun, seen: session.seen }.is_live(now));
        Ok(sessions)
    }

    /// Devices and networks that an account is known from, the last one first. For administrators and the person.
    pub fn places(self, id: AccountId) -> Result<Vec<StoredPlace>, AccountError> {
        self.require_own(id)?;
        Ok(self.book().places(id)?)
    }

    /// Ends one session of an account. For administrators and the person.
    pub fn end_session(self, id: AccountId, session: i64) -> Result<(), AccountError> {
        self.require_own(id)?;
        let ended = self.book().end_sessions(id, EndedSessions::One(session), self.by())?;
        if ended == 0 { Err(AccountError::NoSuchSession) } else { Ok(()) }
    }

    /// Ends all sessions of an account but the one in which this is asked; gives how many.
    pub fn end_other_sessions(self, signed_in: &SignedIn) -> Result<usize, AccountError> {
        self.require_same(signed_in)?;
        let others = EndedSessions::AllBut(&signed_in.token);
        Ok(self.book().end_sessions(signed_in.account.id, others, signed_in.by(self.now()))?)
    }

    /// Ends all sessions of an account, and forgets its devices and networks; gives how many sessions. For administrators
    /// and the person.
    pub fn end_all_sessions(self, id: AccountId) -> Result<usize, AccountError> {
        self.require_own(id)?;
        Ok(self.book().end_sessions(id, EndedSessions::All, self.by())?)
    }

    /// Changes one's own password. All sessions end, and a new token takes the place of the one in which it was changed:
    /// set the cookie anew. Blocking: hashes.
    pub fn change_password(self, signed_in: &SignedIn, old: &str, new: &str) -> Result<FreshSecret, AccountError> {
        let account = self.check_own_password(signed_in, old)?;
        check_password(&kept_name(&account)?, new)?;
        if old == new {
            return Err(AccountError::SamePassword);
        }
        let password = self.tools.hashing.hash(new, self.tools.randomness)?;
        let token = fresh_token(self.tools.randomness)?;
        let csrf = fresh_token(self.tools.randomness)?;
        let session = NewSession {
            account: account.id,
            token: &token.hash(),
            csrf: csrf.reveal(),
            at: self.now(),
            address: &signed_in.session.address,
            device: &signed_in.session.device,
            former: &signed_in.token,
        };
        self.book().change_password(&password, &session, &self.bounds(), signed_in.by(self.now()))?;
        Ok(token)
    }

    /// Checks the password of somebody who is logged in; whoever sits at somebody else's open session shall not guess
    /// it either.
    pub(super) fn check_own_password(self, signed_in: &SignedIn, typed: &str) -> Result<StoredAccount, AccountError> {
        self.require_same(signed_in)?;
        let account = self.open_account(signed_in.account.id)?;
        let stored = self.book().password_hash(account.id)?;
        let attempts = hash_of(&format!("kata sandi lama {}", account.id.0));
        let address = signed_in.session.address.parse().unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        let from = CameFrom { address, device: &signed_in.session.device, device_token: None };
        let of = AttemptOf { name: &attempts, account: None, subject: AttemptSubject::OldPassword(account.id), from };
        let attempt = self.begin_attempt(&of, |before| {
            seconds_to_wait(&FailuresBefore { pair: before.pair, ..Default::default() }, self.now())
        })?;
        if !self.tools.hashing.compare(typed, stored.as_deref())?.is_right {
            self.tell_failure(attempt.id, of.subject, "kata sandi lama keliru", signed_in.by(self.now()))?;
            return Err(AccountError::WrongOldPassword);
        }
        self.book().attempt_succeeded(attempt.id)?;
        Ok(account)
    }
}
