//! What a person says of a table with its rows in sight, once for all tables of that form: how its figures count, what
//! points are out of, of what kind its rows are.

use super::App;
use super::known::{Forms, context};
use super::layouts::LayoutError;
use crate::domain::Table;
use crate::domain::name::puskesmas_key;
use crate::recap::{FoundTable, recognise_with};
pub use crate::recap::{Word, WordSort};
use crate::store::{NewFormWord, StoreError, StoredFormWord, sha256};

/// Which table of a file is meant.
#[derive(Clone, Copy, Debug)]
pub struct TablePlace<'a> {
    /// Its sheet.
    pub sheet: &'a str,
    /// Which one.
    pub table: Table,
    /// First row of its heading, from 0.
    pub top: u32,
}

/// What is said of it.
#[derive(Clone, Copy, Debug)]
pub struct SaidOfTable<'a> {
    /// About what.
    pub sort: WordSort,
    /// As it was typed; blank takes back what was said before.
    pub text: &'a str,
}

impl App {
    /// Keeps what somebody said of a table for the form of its Puskesmas.
    ///
    /// # Errors
    /// Names what is wrong with the word, or that there is no such table.
    pub fn say_of_table(
        &self,
        (name, bytes): (&str, &[u8]),
        puskesmas: Option<&str>,
        place: TablePlace<'_>,
        said: SaidOfTable<'_>,
    ) -> Result<(), LayoutError> {
        let workbook = self.opener().read(name, bytes)?;
        let owner = self.owner(&workbook, puskesmas)?.ok_or(LayoutError::NoPuskesmas)?;
        let hints = Forms::load(self.store())?.hints(self.store(), (&sha256(bytes), &workbook), puskesmas)?;
        let found = recognise_with(&workbook, &hints);
        let is_meant = |table: &&FoundTable<'_>| {
            table.sheet.name == place.sheet && table.table == place.table && table.top() == place.top
        };
        let table = found.tables.iter().chain(&found.asked).find(is_meant).ok_or(LayoutError::NoSuchPlace)?;
        let fingerprint = table.fingerprint()?;
        let (who, at) = (self.who(), self.clock().now());
        if said.text.trim().is_empty() {
            for word in self.form_words(&owner)? {
                if word.fingerprint == fingerprint && word.table == place.table && word.sort == said.sort.code() {
                    let _was_there = self.store().revoke_form_word(&owner, word.id, (who, at))?;
                }
            }
            return Ok(());
        }
        let word = Word::parse(said.sort, said.text)?;
        let known = context(&self.store().known(&puskesmas_key(&owner))?);
        table.fits(&word, &known)?;
        let former = self.form_words(&owner)?.into_iter().find(|former| {
            former.fingerprint == fingerprint && former.table == place.table && former.sort == said.sort.code()
        });
        let former = former.and_then(|former| Word::parse(said.sort, &former.word).ok());
        let word = word.with_former(former.as_ref()).to_string();
        let (sort, place) = (said.sort.code(), (name, place.sheet));
        let table = table.table;
        Ok(self.store().add_form_word(&NewFormWord {
            puskesmas: &owner,
            fingerprint: &fingerprint,
            table,
            sort,
            word: &word,
            place,
            who,
            at,
        })?)
    }

    /// What was said of the forms of a Puskesmas.
    pub fn form_words(&self, puskesmas: &str) -> Result<Vec<StoredFormWord>, StoreError> {
        let key = puskesmas_key(puskesmas);
        Ok(self.store().form_words()?.into_iter().filter(|word| word.puskesmas_key == key).collect())
    }
}
