//! Codes that open an account once: for the first administrator, for a new person, and after a forgotten password. There
//! is no mail, so a code is read out or handed over on paper.

use chrono::Duration;

use crate::accounts::name::AccountName;
use crate::accounts::password::check_password;
use crate::accounts::secrets::{ONE_TIME_GROUPS, fresh_code, hash_of, typed_code_hash};
use crate::accounts::throttle::seconds_to_wait_for_code;
use crate::domain::access::Grant;
use crate::store::{AccountId, AttemptId, CodePurpose, NewAccount, NewOneTimeCode, SetUpOutcome, StoredAccount};

use super::log_in::{AttemptOf, AttemptSubject, CameFrom, NOBODY};
use super::people::{NewPerson, person_words};
use super::{AccountError, AccountService, HandedCode};

/// Time for which the code for the first administrator is good.
pub const SET_UP_CODE_LIFE: Duration = Duration::hours(1);
/// Time for which the code of a new account is good.
pub const WELCOME_CODE_LIFE: Duration = Duration::days(7);
/// Time for which a code after a forgotten password is good.
pub const RESET_CODE_LIFE: Duration = Duration::hours(24);

impl AccountService<'_> {
    /// Makes the code for the first administrator, in the place of an earlier one. Refused once there is an account.
    pub fn make_set_up_code(self) -> Result<HandedCode, AccountError> {
        self.require_administrator()?;
        let handed = self.fresh(SET_UP_CODE_LIFE)?;
        let hash = handed.code.hash();
        let new = NewOneTimeCode { hash: &hash, account: None, purpose: CodePurpose::SetUp, expires: handed.expires };
        if self.book().keep_code(&new, self.by())? { Ok(handed) } else { Err(AccountError::AccountsExist) }
    }

    /// Makes the first administrator by the code that stood on the console. Blocking: hashes.
    pub fn redeem_set_up_code(
        self,
        typed: &str,
        person: &NewPerson<'_>,
        password: &str,
        from: CameFrom<'_>,
    ) -> Result<StoredAccount, AccountError> {
        let attempt = self.begin_code_attempt(from)?;
        if self.book().has_accounts()? {
            return Err(AccountError::AccountsExist);
        }
        let hash = self.told_code(self.good_code(typed, CodePurpose::SetUp), attempt, from)?.0;
        // The code was right: whatever is wrong besides was no guess.
        self.book().forget_attempt(attempt)?;
        let name = AccountName::parse(person.name)?;
        let full_name = person_words("nama", person.full_name)?;
        let title = person_words("jabatan", person.title)?;
        check_password(&name, password)?;
        let password = self.tools.hashing.hash(password, self.tools.randomness)?;
        let new = NewAccount {
            name: name.as_str(),
            full_name: &full_name,
            title: &title,
            password: Some(&password),
            grants: &[Grant::Administrator],
        };
        let origin = from.origin();
        match self.book().redeem_set_up(&hash, &new, self.by_name(name.as_str(), &origin))? {
            SetUpOutcome::Made(id) => self.account(id),
            SetUpOutcome::NotGood => Err(AccountError::BadCode),
        }
    }

    /// Chooses the password of the account that a code opens, and ends its sessions; a password that is refused leaves
    /// the code good. Whoever has a second factor is asked for it at the log-in as before. Blocking: hashes.
    pub fn redeem_code(self, typed: &str, password: &str, from: CameFrom<'_>) -> Result<StoredAccount, AccountError> {
        let attempt = self.begin_code_attempt(from)?;
        let (hash, account) = self.told_code(self.good_personal_code(typed), attempt, from)?;
        self.book().forget_attempt(attempt)?;
        let account = self.account(account.ok_or(AccountError::BadCode)?)?;
        if !account.is_open() {
            return Err(AccountError::BadCode);
        }
        check_password(&AccountName::parse(&account.name)?, password)?;
        let password = self.tools.hashing.hash(password, self.tools.randomness)?;
        let origin = from.origin();
        if !self.book().redeem_code(&hash, account.id, &password, self.by_name(&account.name, &origin))? {
            return Err(AccountError::BadCode);
        }
        self.account(account.id)
    }

    /// Forgets an account's password and ends its sessions; the code lets the person choose another one. The second
    /// factor stays, see [`AccountService::remove_totp_of`]. For administrators.
    pub fn reset_password(self, id: AccountId) -> Result<HandedCode, AccountError> {
        self.require_administrator()?;
        self.open_account(id)?;
        let handed = self.fresh(RESET_CODE_LIFE)?;
        let hash = handed.code.hash();
        let new =
            NewOneTimeCode { hash: &hash, account: Some(id), purpose: CodePurpose::Reset, expires: handed.expires };
        self.book().begin_reset(id, &new, self.by())?;
        Ok(handed)
    }

    /// The code with which a new account's person chooses the first password.
    pub(super) fn welcome(self, id: AccountId) -> Result<HandedCode, AccountError> {
        let handed = self.fresh(WELCOME_CODE_LIFE)?;
        let hash = handed.code.hash();
        let new =
            NewOneTimeCode { hash: &hash, account: Some(id), purpose: CodePurpose::Welcome, expires: handed.expires };
        self.book().keep_code(&new, self.by())?;
        Ok(handed)
    }

    fn fresh(self, life: Duration) -> Result<HandedCode, AccountError> {
        let code = fresh_code(ONE_TIME_GROUPS, self.tools.randomness)?;
        Ok(HandedCode { code, expires: self.now() + life })
    }

    /// Hash and account of a typed code that is good for a purpose now.
    fn good_code(self, typed: &str, purpose: CodePurpose) -> Result<(String, Option<AccountId>), AccountError> {
        let hash = typed_code_hash(typed, ONE_TIME_GROUPS).ok_or(AccountError::BadCode)?;
        let code = self.book().one_time_code(&hash)?.ok_or(AccountError::BadCode)?;
        let is_good = code.purpose == purpose && code.used.is_none() && code.expires > self.now();
        if is_good { Ok((hash, code.account)) } else { Err(AccountError::BadCode) }
    }

    /// Hash and account of a typed code that was handed to a person and is good now.
    pub(super) fn good_personal_code(self, typed: &str) -> Result<(String, Option<AccountId>), AccountError> {
        let welcome = self.good_code(typed, CodePurpose::Welcome);
        welcome.or_else(|_other| self.good_code(typed, CodePurpose::Reset))
    }

    /// The code that was found; where there is none, the audit tells of it.
    pub(super) fn told_code<T>(
        self,
        found: Result<T, AccountError>,
        attempt: AttemptId,
        from: CameFrom<'_>,
    ) -> Result<T, AccountError> {
        if matches!(found, Err(AccountError::BadCode)) {
            let origin = from.origin();
            let by = self.by_name(NOBODY, &origin);
            self.tell_failure(attempt, AttemptSubject::Code, "kode tidak dikenal atau tidak berlaku", by)?;
        }
        found
    }

    /// Notes that somebody types a code. Who types wrong ones is slowed down by network alone: a code is too long to be
    /// guessed, and nobody shall keep others from using theirs.
    pub(super) fn begin_code_attempt(self, from: CameFrom<'_>) -> Result<AttemptId, AccountError> {
        let name = hash_of("kode sekali pakai");
        let of = AttemptOf { name: &name, account: None, subject: AttemptSubject::Code, from };
        let begun = self.begin_attempt(&of, |before| seconds_to_wait_for_code(before, self.now()))?;
        Ok(begun.id)
    }
}
