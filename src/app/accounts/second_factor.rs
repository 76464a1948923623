//! The second factor of an account: begun, confirmed by a code, removed.

use crate::accounts::secrets::{FreshSecret, RECOVERY_GROUPS, fresh_code};
use crate::accounts::totp::{RECOVERY_CODES, SharedSecret};
use crate::store::{AccountId, By};

use super::grants::kept_name;
use super::sessions::SignedIn;
use super::{AccountError, AccountService};

/// A shared secret that waits for its first code.
#[derive(Clone)]
pub struct EnrolledTotp {
    /// Secret in base32, to be typed where no camera is at hand.
    pub secret: String,
    /// Address for a QR code (`otpauth://…`).
    pub uri: String,
}

impl AccountService<'_> {
    /// Reports whether the log-in of an account asks for a second factor.
    pub fn has_totp(self, id: AccountId) -> Result<bool, AccountError> {
        self.require_own(id)?;
        Ok(self.book().totp(id)?.is_some_and(|totp| totp.is_confirmed))
    }

    /// Number of recovery codes that an account has left.
    pub fn recovery_codes_left(self, id: AccountId) -> Result<u32, AccountError> {
        self.require_own(id)?;
        Ok(self.book().recovery_codes_left(id)?)
    }

    /// Makes a shared secret; the log-in asks for codes once one was typed to [`AccountService::confirm_totp`].
    pub fn enrol_totp(self, signed_in: &SignedIn) -> Result<EnrolledTotp, AccountError> {
        self.require_same(signed_in)?;
        let secret = SharedSecret::fresh(self.tools.randomness)?;
        let sealed = self.sealed(signed_in.account.id, &secret)?;
        if !self.book().begin_totp(signed_in.account.id, &sealed, signed_in.by(self.now()))? {
            return Err(AccountError::TotpHeld);
        }
        Ok(EnrolledTotp { uri: secret.uri(&kept_name(&signed_in.account)?), secret: secret.text() })
    }

    /// Takes the shared secret into use by a first code, and gives the recovery codes: shown once, each good once in the
    /// place of a code.
    pub fn confirm_totp(self, signed_in: &SignedIn, typed: &str) -> Result<Vec<FreshSecret>, AccountError> {
        self.require_same(signed_in)?;
        let id = signed_in.account.id;
        let totp = self.book().totp(id)?.filter(|totp| !totp.is_confirmed).ok_or(AccountError::NoTotp)?;
        let now = self.now();
        let secret = self.opened(id, &totp)?;
        let step = secret.step_of(typed, now.timestamp(), None).ok_or(AccountError::SecondFactorWrong)?;
        let codes: Vec<FreshSecret> = (0..RECOVERY_CODES)
            .map(|_number| fresh_code(RECOVERY_GROUPS, self.tools.randomness))
            .collect::<Result<_, _>>()?;
        let hashes: Vec<String> = codes.iter().map(FreshSecret::hash).collect();
        let is_done = self.book().confirm_totp(id, &totp.sealed, step, &hashes, signed_in.by(now))?;
        if is_done { Ok(codes) } else { Err(AccountError::NoTotp) }
    }

    /// Removes one's own second factor; the password is asked for again. Blocking: hashes.
    pub fn remove_totp(self, signed_in: &SignedIn, password: &str) -> Result<(), AccountError> {
        self.check_own_password(signed_in, password)?;
        self.forget_totp(signed_in.account.id, signed_in.by(self.now()))
    }

    /// Removes the second factor of somebody who lost the phone. For administrators.
    pub fn remove_totp_of(self, id: AccountId) -> Result<(), AccountError> {
        self.require_administrator()?;
        self.forget_totp(id, self.by())
    }

    fn forget_totp(self, id: AccountId, by: By<'_>) -> Result<(), AccountError> {
        if self.book().remove_totp(id, by)? { Ok(()) } else { Err(AccountError::NoTotp) }
    }
}
