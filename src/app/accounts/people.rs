//! Accounts as an administrator keeps them: made, described, disabled and let in again.

use crate::accounts::name::AccountName;
use crate::domain::access::Grant;
use crate::store::{AccountId, NewAccount, StoredAccount, StoredGrant};
use chrono::{DateTime, Utc};

use super::{AccountError, AccountService, HandedCode};

/// Characters of a person's name, and of an office.
pub const PERSON_CHARS_MAX: usize = 120;

/// A person who gets an account.
#[derive(Clone, Copy, Debug)]
pub struct NewPerson<'a> {
    /// Name to log in by.
    pub name: &'a str,
    /// Name of the person; may be blank.
    pub full_name: &'a str,
    /// Office that the person holds; may be blank.
    pub title: &'a str,
}

/// An account as a list shows it.
#[derive(Clone, Debug)]
pub struct AccountRow {
    /// The account.
    pub account: StoredAccount,
    /// Grants that nobody took back.
    pub grants: Vec<StoredGrant>,
    /// Number of sessions that last.
    pub sessions: usize,
    /// The log-in asks for a second factor.
    pub has_totp: bool,
    /// It is opened by an identity provider too.
    pub has_identity: bool,
    /// Moment until which its one-time code is good; none where it has none that is open.
    pub code_expires: Option<DateTime<Utc>>,
}

impl AccountService<'_> {
    /// All accounts by name, with what a list shows of them. For administrators.
    pub fn list(self) -> Result<Vec<AccountRow>, AccountError> {
        self.require_administrator()?;
        let row = |account: StoredAccount| {
            Ok(AccountRow {
                grants: self.grants(account.id)?,
                sessions: self.sessions(account.id)?.len(),
                has_totp: self.book().totp(account.id)?.is_some_and(|totp| totp.is_confirmed),
                has_identity: !self.book().identities(account.id)?.is_empty(),
                code_expires: self.book().open_code_expires(account.id)?.filter(|expires| *expires > self.now()),
                account,
            })
        };
        self.book().accounts()?.into_iter().map(row).collect()
    }

    /// Makes an account with its grants. It has no password: the person chooses one with the code. The first account is
    /// an administrator's. For administrators.
    pub fn create(self, person: &NewPerson<'_>, grants: &[Grant]) -> Result<(StoredAccount, HandedCode), AccountError> {
        self.require_administrator()?;
        let name = AccountName::parse(person.name)?;
        let full_name = person_words("nama", person.full_name)?;
        let title = person_words("jabatan", person.title)?;
        if !grants.contains(&Grant::Administrator) && !self.book().has_accounts()? {
            return Err(AccountError::FirstAdministers);
        }
        let new = NewAccount { name: name.as_str(), full_name: &full_name, title: &title, password: None, grants };
        let made = self.book().make_account(&new, self.by())?;
        let id = made.ok_or_else(|| AccountError::NameTaken(name.to_string()))?;
        let code = self.welcome(id)?;
        Ok((self.account(id)?, code))
    }

    /// Writes the name and the office of a person. For administrators and the person.
    pub fn set_person(self, id: AccountId, full_name: &str, title: &str) -> Result<(), AccountError> {
        self.require_own(id)?;
        let account = self.account(id)?;
        if account.erased.is_some() {
            return Err(AccountError::Erased(account.name));
        }
        let full_name = person_words("nama", full_name)?;
        Ok(self.book().set_person(id, &full_name, &person_words("jabatan", title)?, self.by())?)
    }

    /// Keeps an account from logging in, and ends its sessions and its code; its tokens are good no more as long as it is
    /// disabled. The last administrator stays. For administrators.
    pub fn disable(self, id: AccountId) -> Result<(), AccountError> {
        self.require_administrator()?;
        let account = self.account(id)?;
        if account.erased.is_some() {
            return Err(AccountError::Erased(account.name));
        }
        if self.book().disable_account(id, self.by())? {
            Ok(())
        } else {
            Err(AccountError::LastAdministrator(account.name))
        }
    }

    /// Lets a disabled account log in again, with its former password and grants. For administrators.
    pub fn enable(self, id: AccountId) -> Result<(), AccountError> {
        self.require_administrator()?;
        let account = self.account(id)?;
        if account.erased.is_some() {
            return Err(AccountError::Erased(account.name));
        }
        Ok(self.book().enable_account(id, self.by())?)
    }
}

/// Words about a person: one line, trimmed, bounded.
pub(super) fn person_words(what: &'static str, written: &str) -> Result<String, AccountError> {
    let words = written.trim();
    let is_one_line = !words.chars().any(char::is_control);
    if is_one_line && words.chars().count() <= PERSON_CHARS_MAX {
        Ok(words.to_owned())
    } else {
        Err(AccountError::PersonWords(what))
    }
}
