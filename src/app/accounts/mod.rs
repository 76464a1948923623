//! Accounts: who may work here, how somebody becomes one, logs in and is known again. Every rule is kept here, so that
//! pages and commands only ask and show; the sentences of errors are for the user.
//!
//! Operations that change other people's accounts are an administrator's, and refuse everybody else by themselves; those
//! that take a [`SignedIn`] are everybody's own. Hashing takes a while and memory: call log-in, redeeming and changing a password off the async threads.

mod codes;
mod error;
mod grants;
mod identities;
mod log_in;
mod people;
mod personal_data;
mod sealing;
mod second_factor;
mod sessions;
mod tokens;

use chrono::{DateTime, Utc};

use super::App;
use crate::accounts::hashing::{Hashing, PRODUCTION_COST};
use crate::accounts::name::AccountName;
use crate::accounts::secrets::{FreshSecret, Randomness, SystemRandomness};
use crate::domain::access::{Origin, Right};
use crate::store::{AccountBook, AccountId, By, StoredAccount};

pub use crate::accounts::device::device_name;
pub use crate::store::grant_words;

pub use codes::{RESET_CODE_LIFE, SET_UP_CODE_LIFE, WELCOME_CODE_LIFE};
pub use error::AccountError;
pub use grants::GrantWish;
pub use identities::{IdentityArrival, IdentityLogIn};
pub use log_in::{CameFrom, LogInRequest, LoggedIn};
pub use people::{AccountRow, NewPerson};
pub use personal_data::grant_json;
pub use sealing::SEALING_KEY_FILE;
pub use second_factor::EnrolledTotp;
pub use sessions::SignedIn;
pub use tokens::{ApiCaller, TOKEN_LIFE_MAX, TOKENS_MAX, TokenWish};

/// Hashes of passwords in this program: as many at once as memory is meant for, whoever asks.
static HASHING: Hashing = Hashing::new(PRODUCTION_COST);

/// A code to hand over; it is shown once and kept as a hash alone.
#[derive(Clone, Debug)]
pub struct HandedCode {
    /// Text of the code.
    pub code: FreshSecret,
    /// Moment from which it is good no more.
    pub expires: DateTime<Utc>,
}

/// Hashing and randomness that the service works with; tests hand in cheap and foreseeable ones.
#[derive(Clone, Copy, Debug)]
pub struct AccountTools<'t> {
    /// Makes and compares hashes of passwords.
    pub hashing: &'t Hashing,
    /// Source of secrets.
    pub randomness: &'t dyn Randomness,
}

/// Accounts of a data folder.
#[derive(Clone, Copy, Debug)]
pub struct AccountService<'a> {
    app: &'a App,
    tools: AccountTools<'a>,
}

impl<'a> AccountService<'a> {
    /// The service of an app's data folder.
    pub(super) fn new(app: &'a App) -> Self {
        Self { app, tools: AccountTools { hashing: &HASHING, randomness: &SystemRandomness } }
    }

    /// The same with other tools: for tests.
    #[must_use]
    pub fn with_tools(self, tools: AccountTools<'a>) -> Self {
        Self { tools, ..self }
    }
}

impl AccountService<'_> {
    /// Reports whether an account was ever made. As long as none was, pages on loopback belong to the machine's owner.
    pub fn has_accounts(self) -> Result<bool, AccountError> {
        Ok(self.book().has_accounts()?)
    }

    /// The account of a name in any spelling. For administrators and the person.
    pub fn find(self, name: &str) -> Result<StoredAccount, AccountError> {
        let missing =
            || AccountError::NoAccount(name.trim().chars().filter(|sign| !sign.is_control()).take(80).collect());
        // An erased account has a name that nobody may choose, and is found by it all the same.
        let name = AccountName::parse(name).map_or_else(|_fault| name.trim().to_owned(), |name| name.to_string());
        if !self.keeps_accounts() && name != self.app.who() {
            return Err(AccountError::NotOwnAccount);
        }
        self.book().account_named(&name)?.ok_or_else(missing)
    }

    /// The account of a number. For administrators and the person.
    pub fn account(self, id: AccountId) -> Result<StoredAccount, AccountError> {
        let found = self.book().account(id)?;
        if !self.keeps_accounts() && found.as_ref().is_none_or(|account| account.name != self.app.who()) {
            return Err(AccountError::NotOwnAccount);
        }
        found.ok_or_else(|| AccountError::NoAccount(format!("nomor {}", id.0)))
    }

    /// Reports whether the one who asks keeps the accounts of this installation.
    fn keeps_accounts(self) -> bool {
        self.app.access().may_everywhere(Right::Administer)
    }

    /// Refuses whoever keeps no accounts.
    fn require_administrator(self) -> Result<(), AccountError> {
        if self.keeps_accounts() { Ok(()) } else { Err(AccountError::NotAdministrator) }
    }

    /// Refuses somebody else's account to whoever keeps no accounts.
    fn require_own(self, id: AccountId) -> Result<(), AccountError> {
        if self.keeps_accounts() { Ok(()) } else { self.account(id).map(|_own| ()) }
    }

    /// Refuses a session of somebody else: what only the person may do, an administrator may not either.
    fn require_same(self, signed_in: &SignedIn) -> Result<(), AccountError> {
        let access = self.app.access();
        let is_same = access.is_owner() || access.account() == signed_in.account.name;
        if is_same { Ok(()) } else { Err(AccountError::NotOwnAccount) }
    }

    fn book(&self) -> AccountBook<'_> {
        self.app.store().account_book()
    }

    fn by(&self) -> By<'_> {
        self.app.by()
    }

    /// Somebody of this name on this way, whoever the app is bound to: at a log-in that is nobody yet.
    fn by_name<'b>(&self, who: &'b str, origin: &'b Origin) -> By<'b> {
        By { who, at: self.now(), origin }
    }

    fn now(&self) -> DateTime<Utc> {
        self.app.clock().now()
    }
}
