//! Answers that people gave about names, forms and tables, and taking each back.

use super::IntakeService;
use crate::domain::name::puskesmas_key;
use crate::store::{Answer, StoreError, StoredProfile};

impl IntakeService<'_> {
    /// Returns the explained forms of a Puskesmas, in the order in which they were explained first.
    pub fn profiles(self, puskesmas: &str) -> Result<Vec<StoredProfile>, StoreError> {
        let key = puskesmas_key(puskesmas);
        let profiles = self.app.store().profiles()?.into_iter();
        Ok(profiles.filter(|profile| profile.puskesmas_key == key).collect())
    }

    /// Returns the written names of a Puskesmas with the facilities that they mean, by written name.
    pub fn aliases(self, puskesmas: &str) -> Result<Vec<Answer>, StoreError> {
        self.app.store().aliases(puskesmas)
    }

    /// Returns answers of a Puskesmas that were taken back, the latest first.
    pub fn revoked_answers(self, puskesmas: &str) -> Result<Vec<Answer>, StoreError> {
        self.app.store().revoked_answers(puskesmas)
    }

    /// Takes an explained form back, as of now and in the name of who works; `false` where there is none.
    pub fn revoke_profile(self, puskesmas: &str, id: i64) -> Result<bool, StoreError> {
        self.app.store().revoke_profile(puskesmas, id, self.app.by())
    }

    /// Takes an answer about a table back, as of now and in the name of who works; `false` where there is none.
    pub fn revoke_form_word(self, puskesmas: &str, id: i64) -> Result<bool, StoreError> {
        self.app.store().revoke_form_word(puskesmas, id, self.app.by())
    }

    /// Takes the meaning of a written name back, as of now and in the name of who works; `false` where it has none.
    pub fn revoke_alias(self, puskesmas: &str, written: &str) -> Result<bool, StoreError> {
        self.app.store().revoke_alias(puskesmas, written, self.app.by())
    }
}
