//! Logging in. Unknown, wrong and disabled are one sentence and the same work; guesses are slowed down; a token that was
//! handed in is never adopted.

use std::net::IpAddr;

use crate::accounts::name::AccountName;
use crate::accounts::password::check_password;
use crate::accounts::secrets::{FreshSecret, RECOVERY_GROUPS, fresh_token, hash_of, typed_code_hash};
use crate::accounts::session::{PLACE_LIFE, PLACES_MAX, SESSION_IDLE, SESSION_LIFE, SESSIONS_MAX, device_words};
use crate::accounts::throttle::{
    ATTEMPTS_KEPT_FOR, ATTEMPTS_KEPT_MAX, FAILURES_COUNT_FOR, Failures, FailuresBefore, network, seconds_to_wait,
};
use crate::accounts::totp::SharedSecret;
use crate::store::{
    AccountId, AttemptId, AttemptTallies, FailureTally, KnownFrom, NewAttempt, NewSession, SessionBounds, StoredAccount,
};

use super::grants::kept_name;
use super::{AccountError, AccountService};

/// Characters of a typed name by which attempts are told apart.
const TYPED_NAME_CHARS_MAX: usize = 200;

/// Where somebody comes from.
#[derive(Clone, Copy, Debug)]
pub struct CameFrom<'a> {
    /// Address of the browser, as far as it can be believed.
    pub address: IpAddr,
    /// Words about the device: the browser's *User-Agent*.
    pub device: &'a str,
    /// The device's own token ([`LoggedIn::device`]) from its cookie; it lets the owner in while others guess.
    pub device_token: Option<&'a str>,
}

/// Name, password and code as somebody typed them to log in, and where they come from.
#[derive(Clone, Copy)]
pub struct LogInRequest<'a> {
    /// Name as typed.
    pub name: &'a str,
    /// Password as typed.
    pub password: &'a str,
    /// Code of the second factor, or a recovery code, as typed; none or blank at first.
    pub second: Option<&'a str>,
    /// Where they come from.
    pub from: CameFrom<'a>,
    /// Token of the session that the browser holds already; it ends.
    pub former: Option<&'a str>,
}

/// A session that has just begun.
#[derive(Clone, Debug)]
pub struct LoggedIn {
    /// Its account.
    pub account: AccountId,
    /// Token for the session's cookie.
    pub session: FreshSecret,
    /// Token for the device's own cookie, kept beyond sessions; none: the one that the browser has stays.
    pub device: Option<FreshSecret>,
    /// Another password has to be chosen before anything else.
    pub must_change: bool,
}

/// Whose attempt something is.
#[derive(Clone, Copy)]
pub(super) struct AttemptOf<'a> {
    /// Hash of the name under which it counts.
    pub(super) name: &'a str,
    /// The account, where it is known.
    pub(super) account: Option<AccountId>,
    /// Where it comes from.
    pub(super) from: CameFrom<'a>,
}

/// An attempt that may go on.
#[derive(Clone, Copy)]
pub(super) struct BegunAttempt {
    /// Its number.
    pub(super) id: AttemptId,
    /// The device logged in to this account before.
    knows_device: bool,
}

impl AccountService<'_> {
    /// Logs somebody in and begins a session with a token of its own, in the place of a former one. Blocking: hashes.
    ///
    /// [`AccountError::SecondFactorNeeded`] means that the password is right: ask for the code, and call again with all
    /// of it.
    pub fn log_in(self, request: &LogInRequest<'_>) -> Result<LoggedIn, AccountError> {
        let account = match AccountName::parse(request.name) {
            Ok(name) => self.book().account_named(name.as_str())?,
            Err(_fault) => None,
        };
        let name = attempts_name(request.name);
        let of = AttemptOf { name: &name, account: account.as_ref().map(|account| account.id), from: request.from };
        let attempt = self.begin_attempt(&of, |before| seconds_to_wait(before, self.now()))?;
        let stored = match &account {
            Some(account) => self.book().password_hash(account.id)?,
            None => None,
        };
        let compared = self.tools.hashing.compare(request.password, stored.as_deref())?;
        let Some(account) = account.filter(|account| compared.is_right && account.is_open()) else {
            return Err(AccountError::Refused);
        };
        self.check_second(&account, request.second, attempt.id)?;
        let must_change = account.must_change || check_password(&kept_name(&account)?, request.password).is_err();
        if compared.is_weak {
            let stronger = self.tools.hashing.hash(request.password, self.tools.randomness)?;
            self.book().set_password(account.id, &stronger, must_change)?;
        } else if let Some(stored) = stored.filter(|_stored| must_change != account.must_change) {
            self.book().set_password(account.id, &stored, must_change)?;
        }
        let logged_in = self.begin_session(&account, request, attempt, must_change)?;
        self.book().attempt_succeeded(attempt.id)?;
        Ok(logged_in)
    }

    /// Notes an attempt unless it has to wait.
    pub(super) fn begin_attempt(
        self,
        of: &AttemptOf<'_>,
        judge: impl FnOnce(&FailuresBefore) -> Option<i64>,
    ) -> Result<BegunAttempt, AccountError> {
        let now = self.now();
        let device = of.from.device_token.map(hash_of).unwrap_or_default();
        let new = NewAttempt {
            name: of.name,
            account: of.account,
            network: &network(of.from.address),
            device: &device,
            at: now,
            counts_after: now - FAILURES_COUNT_FOR,
            place_seen_after: now - PLACE_LIFE,
            kept_after: now - ATTEMPTS_KEPT_FOR,
            kept: ATTEMPTS_KEPT_MAX,
        };
        let mut knows_device = false;
        let begun = self.book().begin_attempt(&new, |tallies| {
            knows_device = tallies.device.is_some();
            judge(&failures_before(tallies))
        })?;
        let id = begun.map_err(|seconds| AccountError::Wait { seconds })?;
        Ok(BegunAttempt { id, knows_device })
    }

    /// Checks the second factor of an account that has one. Each code is good once, also for two log-ins at a time.
    fn check_second(
        self,
        account: &StoredAccount,
        typed: Option<&str>,
        attempt: AttemptId,
    ) -> Result<(), AccountError> {
        let Some(totp) = self.book().totp(account.id)?.filter(|totp| totp.is_confirmed) else { return Ok(()) };
        let Some(typed) = typed.filter(|typed| !typed.trim().is_empty()) else {
            // Neither right nor wrong: the password was right, and nothing was guessed.
            self.book().forget_attempt(attempt)?;
            return Err(AccountError::SecondFactorNeeded);
        };
        let now = self.now();
        let secret = SharedSecret::read(&totp.secret)?;
        let is_right = if let Some(step) = secret.step_of(typed, now.timestamp(), totp.last_step) {
            self.book().use_totp_step(account.id, step)?
        } else if let Some(hash) = typed_code_hash(typed, RECOVERY_GROUPS) {
            self.book().use_recovery_code(account.id, &hash, now)?
        } else {
            false
        };
        if is_right { Ok(()) } else { Err(AccountError::SecondFactorWrong) }
    }

    fn begin_session(
        self,
        account: &StoredAccount,
        request: &LogInRequest<'_>,
        attempt: BegunAttempt,
        must_change: bool,
    ) -> Result<LoggedIn, AccountError> {
        let randomness = self.tools.randomness;
        let session = fresh_token(randomness)?;
        let csrf = fresh_token(randomness)?;
        let known = request.from.device_token.filter(|_token| attempt.knows_device);
        let device = if known.is_some() { None } else { Some(fresh_token(randomness)?) };
        let mark = device.as_ref().map(FreshSecret::hash).or_else(|| known.map(hash_of)).unwrap_or_default();
        let new = NewSession {
            account: account.id,
            token: &session.hash(),
            csrf: csrf.reveal(),
            at: self.now(),
            address: &request.from.address.to_canonical().to_string(),
            device: &device_words(request.from.device),
            former: &request.former.map(hash_of).unwrap_or_default(),
        };
        let from = KnownFrom { device: &mark, network: &network(request.from.address) };
        self.book().begin_session(&new, from, &self.bounds())?;
        Ok(LoggedIn { account: account.id, session, device, must_change })
    }

    /// Bounds of sessions and places as of now.
    pub(super) fn bounds(self) -> SessionBounds {
        let now = self.now();
        SessionBounds {
            sessions: SESSIONS_MAX,
            places: PLACES_MAX,
            begun_after: now - SESSION_LIFE,
            seen_after: now - SESSION_IDLE,
            place_seen_after: now - PLACE_LIFE,
        }
    }
}

/// Name under which attempts count, for a name as typed: a hash, because people type passwords in the place of names.
pub(super) fn attempts_name(typed: &str) -> String {
    let name = AccountName::parse(typed);
    let bounded = || typed.trim().chars().take(TYPED_NAME_CHARS_MAX).collect::<String>().to_lowercase();
    hash_of(&name.map_or_else(|_fault| bounded(), |name| name.to_string()))
}

fn failures_before(tallies: &AttemptTallies) -> FailuresBefore {
    let failures = |tally: FailureTally| Failures { count: tally.count, last: tally.last };
    FailuresBefore {
        device: tallies.device.map(failures),
        pair: failures(tallies.pair),
        network: failures(tallies.network),
        account: failures(tallies.account),
        knows_network: tallies.knows_network,
    }
}
