//! Logging in. Unknown, wrong and disabled are one sentence and the same work; guesses are slowed down; a token that was
//! handed in is never adopted.

use std::net::IpAddr;

use crate::accounts::name::AccountName;
use crate::accounts::password::check_password;
use crate::accounts::secrets::{FreshSecret, RECOVERY_GROUPS, fresh_token, hash_of, typed_code_hash};
use crate::accounts::session::{PLACE_LIFE, PLACES_MAX, SESSION_IDLE, SESSION_LIFE, SESSIONS_MAX, device_words};
use crate::accounts::throttle::{
    ATTEMPTS_KEPT_FOR, ATTEMPTS_KEPT_MAX, FAILURE_ROWS_MAX, FAILURES_COUNT_FOR, FAILURES_TOLD_EVERY, Failures,
    FailuresBefore, network, seconds_to_wait,
};
use crate::domain::access::Origin;
use crate::store::{
    AccountId, AttemptId, AttemptTallies, AuditFields, By, FailedAttempt, FailureTally, KnownFrom, NewAttempt,
    NewSession, SessionBounds, StoredAccount,
};

use super::grants::kept_name;
use super::{AccountError, AccountService};

/// Characters of a typed name by which attempts are told apart.
const TYPED_NAME_CHARS_MAX: usize = 200;

/// Words for who tries without a name that an account has; no account can be called so.
pub(super) const NOBODY: &str = "tidak dikenal";

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

impl CameFrom<'_> {
    /// The way on which they came, for the audit.
    pub(super) fn origin(self) -> Origin {
        Origin::Page(self.address.to_canonical())
    }
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

/// Thing that somebody tries; failures of one are told together.
#[derive(Clone, Copy, Debug)]
pub(super) enum AttemptSubject {
    /// Logging in to this account.
    Account(AccountId),
    /// Logging in under a name that nobody has. The name is kept nowhere: people type passwords in its place.
    UnknownName,
    Code,
    /// The old password of this account, by who is logged in to it.
    OldPassword(AccountId),
    /// Coming by a provider with an identity that is linked to no account.
    Identity,
}

/// Browser in which a session begins.
#[derive(Clone, Copy)]
pub(super) struct SessionPlace<'a> {
    /// Where it comes from.
    pub(super) from: CameFrom<'a>,
    /// Token of the session that it holds already; it ends.
    pub(super) former: Option<&'a str>,
}

impl AttemptSubject {
    /// Word under which failures are told together.
    fn key(self) -> String {
        match self {
            Self::Account(id) => format!("account {}", id.0),
            Self::UnknownName => "unknown name".to_owned(),
            Self::Code => "code".to_owned(),
            Self::OldPassword(id) => format!("old password {}", id.0),
            Self::Identity => "identity".to_owned(),
        }
    }

    fn account(self) -> Option<AccountId> {
        match self {
            Self::Account(id) | Self::OldPassword(id) => Some(id),
            Self::UnknownName | Self::Code | Self::Identity => None,
        }
    }
}

/// Whose attempt something is.
#[derive(Clone, Copy)]
pub(super) struct AttemptOf<'a> {
    /// Hash of the name under which it counts.
    pub(super) name: &'a str,
    /// The account, where it is known.
    pub(super) account: Option<AccountId>,
    /// Thing that is tried.
    pub(super) subject: AttemptSubject,
    /// Where it comes from.
    pub(super) from: CameFrom<'a>,
}

/// An attempt that may go on.
#[derive(Clone, Copy)]
pub(super) struct BegunAttempt {
    pub(super) id: AttemptId,
    /// The device logged in to this account before.
    pub(super) knows_device: bool,
    /// Failures from there since the last log-in.
    failures_before: u32,
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
        let id = account.as_ref().map(|account| account.id);
        let subject = id.map_or(AttemptSubject::UnknownName, AttemptSubject::Account);
        let of = AttemptOf { name: &name, account: id, subject, from: request.from };
        let attempt = self.begin_attempt(&of, |before| seconds_to_wait(before, self.now()))?;
        let stored = match &account {
            Some(account) => self.book().password_hash(account.id)?,
            None => None,
        };
        let compared = self.tools.hashing.compare(request.password, stored.as_deref())?;
        let origin = request.from.origin();
        let by = self.by_name(account.as_ref().map_or(NOBODY, |account| &account.name), &origin);
        let reason = refusal_words(account.as_ref(), stored.is_some());
        let Some(account) = account.as_ref().filter(|account| compared.is_right && account.is_open()) else {
            self.tell_failure(attempt.id, subject, reason, by)?;
            return Err(AccountError::Refused);
        };
        let second = self.check_second(account, request.second, attempt.id);
        if matches!(second, Err(AccountError::SecondFactorWrong)) {
            self.tell_failure(attempt.id, subject, "kata sandi benar, kode dua langkah keliru", by)?;
        }
        let second = second?;
        let must_change = account.must_change || check_password(&kept_name(account)?, request.password).is_err();
        if compared.is_weak {
            let stronger = self.tools.hashing.hash(request.password, self.tools.randomness)?;
            self.book().rehash_password(account.id, &stronger, must_change)?;
        } else if let Some(stored) = stored.filter(|_stored| must_change != account.must_change) {
            self.book().rehash_password(account.id, &stored, must_change)?;
        }
        let told = AuditFields::none()
            .with("Langkah kedua", second.words())
            .with("Perangkat", if attempt.knows_device { "" } else { "baru" })
            .with(
                "Gagal sebelumnya",
                Some(attempt.failures_before)
                    .filter(|count| *count > 0)
                    .map_or(String::new(), |count| count.to_string()),
            )
            .with("Kata sandi", if must_change { "harus diganti" } else { "" });
        let place = SessionPlace { from: request.from, former: request.former };
        let logged_in = self.begin_session(account, place, attempt, told, by)?;
        self.book().attempt_succeeded(attempt.id)?;
        Ok(LoggedIn { must_change, ..logged_in })
    }

    /// Tells the audit of a failure, within bounds.
    pub(super) fn tell_failure(
        self,
        id: AttemptId,
        subject: AttemptSubject,
        reason: &str,
        by: By<'_>,
    ) -> Result<(), AccountError> {
        let record = match subject {
            AttemptSubject::Code => "kode sekali pakai",
            AttemptSubject::Identity => "identitas penyedia",
            _ => "nama tidak dikenal",
        };
        let failed = FailedAttempt {
            id,
            account: subject.account(),
            record,
            reason,
            told_after: by.at - FAILURES_TOLD_EVERY,
            told_most: FAILURE_ROWS_MAX,
        };
        Ok(self.book().attempt_failed(&failed, by)?)
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
            subject: &of.subject.key(),
            network: &network(of.from.address),
            device: &device,
            at: now,
            counts_after: now - FAILURES_COUNT_FOR,
            place_seen_after: now - PLACE_LIFE,
            kept_after: now - ATTEMPTS_KEPT_FOR,
            kept: ATTEMPTS_KEPT_MAX,
        };
        let mut knows_device = false;
        let mut failed = 0;
        let begun = self.book().begin_attempt(&new, |tallies| {
            knows_device = tallies.device.is_some();
            failed = tallies.device.unwrap_or(tallies.pair).count;
            judge(&failures_before(tallies))
        })?;
        let id = begun.map_err(|seconds| AccountError::Wait { seconds })?;
        Ok(BegunAttempt { id, knows_device, failures_before: failed })
    }

    /// Checks the second factor of an account that has one. Each code is good once, also for two log-ins at a time.
    fn check_second(
        self,
        account: &StoredAccount,
        typed: Option<&str>,
        attempt: AttemptId,
    ) -> Result<SecondStep, AccountError> {
        let Some(totp) = self.book().totp(account.id)?.filter(|totp| totp.is_confirmed) else {
            return Ok(SecondStep::NotAsked);
        };
        let Some(typed) = typed.filter(|typed| !typed.trim().is_empty()) else {
            // Neither right nor wrong: the password was right, and nothing was guessed.
            self.book().forget_attempt(attempt)?;
            return Err(AccountError::SecondFactorNeeded);
        };
        let now = self.now();
        let secret = self.opened(account.id, &totp)?;
        if let Some(step) = secret.step_of(typed, now.timestamp(), totp.last_step) {
            let is_right = self.book().use_totp_step(account.id, step)?;
            return if is_right { Ok(SecondStep::Authenticator) } else { Err(AccountError::SecondFactorWrong) };
        }
        let hash = typed_code_hash(typed, RECOVERY_GROUPS).ok_or(AccountError::SecondFactorWrong)?;
        let is_right = self.book().use_recovery_code(account.id, &hash, now)?;
        if is_right { Ok(SecondStep::Recovery) } else { Err(AccountError::SecondFactorWrong) }
    }

    /// Begins a session of an account that showed who it is.
    pub(super) fn begin_session(
        self,
        account: &StoredAccount,
        place: SessionPlace<'_>,
        attempt: BegunAttempt,
        told: AuditFields,
        by: By<'_>,
    ) -> Result<LoggedIn, AccountError> {
        let randomness = self.tools.randomness;
        let session = fresh_token(randomness)?;
        let csrf = fresh_token(randomness)?;
        let known = place.from.device_token.filter(|_token| attempt.knows_device);
        let device = if known.is_some() { None } else { Some(fresh_token(randomness)?) };
        let mark = device.as_ref().map(FreshSecret::hash).or_else(|| known.map(hash_of)).unwrap_or_default();
        let new = NewSession {
            account: account.id,
            token: &session.hash(),
            csrf: csrf.reveal(),
            at: self.now(),
            address: &place.from.address.to_canonical().to_string(),
            device: &device_words(place.from.device),
            former: &place.former.map(hash_of).unwrap_or_default(),
        };
        let from = KnownFrom { device: &mark, network: &network(place.from.address) };
        self.book().begin_session(&new, from, &self.bounds(), told, by)?;
        Ok(LoggedIn { account: account.id, session, device, must_change: account.must_change })
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

/// The second step of a log-in that went through.
#[derive(Clone, Copy, Debug)]
enum SecondStep {
    /// The account has none.
    NotAsked,
    /// A code of the authenticator.
    Authenticator,
    /// A recovery code, which is good no more.
    Recovery,
}

impl SecondStep {
    fn words(self) -> &'static str {
        match self {
            Self::NotAsked => "",
            Self::Authenticator => "kode autentikator",
            Self::Recovery => "kode pemulihan",
        }
    }
}

/// Reason of a refusal, for the audit alone: whoever was refused reads one sentence for all.
fn refusal_words(account: Option<&StoredAccount>, has_password: bool) -> &'static str {
    match account {
        None => "nama tidak dikenal",
        Some(account) if !account.is_open() => "akun tidak aktif",
        Some(_) if !has_password => "akun belum punya kata sandi",
        Some(_) => "kata sandi keliru",
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
