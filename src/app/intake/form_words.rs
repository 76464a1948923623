//! Answers of a person about a table with its rows in sight, kept once for all tables of that form: how its figures
//! count, what points are out of, of what kind its rows are.

use std::collections::BTreeSet;

use super::IntakeService;
use super::layouts::LayoutError;
use super::preview::{FilePreview, GivenFiles, carry_out};
use crate::app::import::known::{Forms, context};
use crate::app::import::{Upload, prepare};
use crate::domain::Table;
use crate::domain::name::puskesmas_key;
use crate::recap::{FoundTable, lay_out, recognise_with};
pub use crate::recap::{SaidWord, WordSort};
use crate::store::{NewFormWord, StoreError, StoredFormWord, sha256};
use crate::workbook::Workbook;

/// A table of a file, as recognition found it.
#[derive(Clone, Copy, Debug)]
pub struct TablePlace<'a> {
    /// Name of its sheet.
    pub sheet: &'a str,
    /// Table that it was recognised as.
    pub table: Table,
    /// First row of its heading, from 0.
    pub top: u32,
}

/// Answer of a person about a table.
#[derive(Clone, Copy, Debug)]
pub struct SaidOfTable<'a> {
    /// Question that is answered.
    pub sort: WordSort,
    /// Text as it was typed; blank takes back what was said before.
    pub text: &'a str,
}

/// A table of a sheet, as far as somebody names it.
#[derive(Clone, Copy, Debug, Default)]
pub struct MeantTable<'a> {
    /// Name of its sheet.
    pub sheet: &'a str,
    /// A row of its heading, from 1.
    pub row: Option<u32>,
    /// Table that it is; `None` where the sheet and the row say enough.
    pub table: Option<Table>,
}

impl IntakeService<'_> {
    /// Returns what an import of a file would do and what can be said of its tables; nothing is kept.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn ask_about(self, file: Upload, puskesmas: Option<&str>) -> Result<Option<FilePreview>, StoreError> {
        let options = self.app.import_options(puskesmas);
        let aside = self.app.store().aside()?;
        let files = [file];
        let nothing = BTreeSet::new();
        let prepared = prepare(&aside, &files, &options, &mut |_| {});
        let given = GivenFiles { files: &files, prepared: &prepared, options: &options, replaces: &nothing };
        Ok(carry_out(&aside, given, &mut |owners| aside.set_apart(owners))?.pop())
    }

    /// A workbook as the import reads it: words are kept by the headings that it sees.
    fn laid_out(self, name: &str, bytes: &[u8]) -> Result<Workbook, LayoutError> {
        let mut workbook = self.app.opener().read(name, bytes)?;
        lay_out(&mut workbook, &self.app.definitions().books);
        Ok(workbook)
    }

    /// Keeps what somebody said of the table of a sheet of which it can be said.
    ///
    /// # Errors
    /// As [`Self::say_of_table`], and where several tables could be meant.
    pub fn say_on_sheet(
        self,
        file: &Upload,
        puskesmas: Option<&str>,
        meant: MeantTable<'_>,
        said: SaidOfTable<'_>,
    ) -> Result<(), LayoutError> {
        let Upload { name, bytes } = file;
        let workbook = self.laid_out(name, bytes)?;
        let hints = Forms::load(self.app.store())?.hints(self.app.store(), &sha256(bytes), &workbook, puskesmas)?;
        let found = recognise_with(&workbook, &hints);
        let fits = |table: &&FoundTable<'_>| {
            table.sheet.name == meant.sheet
                && meant.row.is_none_or(|row| row.checked_sub(1) == Some(table.top()))
                && meant.table.is_none_or(|named| named == table.table)
                && said.sort.is_of(table.table)
        };
        let fitting: Vec<&FoundTable<'_>> = found.tables.iter().chain(&found.asked).filter(fits).collect();
        let told = |table: &FoundTable<'_>| {
            let FoundTable { sheet, table: kind, .. } = table;
            format!("{} baris {} ({}, {})", sheet.name, table.top() + 1, kind.label(), kind.code())
        };
        let [table] = fitting[..] else {
            let all = if fitting.is_empty() { found.tables.iter().chain(&found.asked).collect() } else { fitting };
            let known: Vec<String> = all.into_iter().map(told).collect();
            let why = format!(
                "tidak jelas tabel mana yang dimaksud untuk \"{}\"; sebutkan lembarnya, dan bila perlu --row atau --table; \
                 yang ada: {}",
                said.sort.code(),
                if known.is_empty() { "tidak ada tabel yang dikenali".to_owned() } else { known.join("; ") }
            );
            return Err(LayoutError::WhichTable(why));
        };
        let place = TablePlace { sheet: &table.sheet.name, table: table.table, top: table.top() };
        self.say_of_table(file, puskesmas, place, said)
    }

    /// Keeps what somebody said of a table for the form of its Puskesmas.
    ///
    /// # Errors
    /// Names what is wrong with the word, or that there is no such table.
    pub fn say_of_table(
        self,
        file: &Upload,
        puskesmas: Option<&str>,
        place: TablePlace<'_>,
        said: SaidOfTable<'_>,
    ) -> Result<(), LayoutError> {
        let Upload { name, bytes } = file;
        let workbook = self.laid_out(name, bytes)?;
        let owner = self.owner(&workbook, puskesmas)?.ok_or(LayoutError::NoPuskesmas)?;
        let hints = Forms::load(self.app.store())?.hints(self.app.store(), &sha256(bytes), &workbook, puskesmas)?;
        let found = recognise_with(&workbook, &hints);
        let is_meant = |table: &&FoundTable<'_>| {
            table.sheet.name == place.sheet && table.table == place.table && table.top() == place.top
        };
        let table = found.tables.iter().chain(&found.asked).find(is_meant).ok_or(LayoutError::NoSuchPlace)?;
        let fingerprint = table.fingerprint()?;
        let by = self.app.by();
        if said.text.trim().is_empty() {
            for word in self.form_words(&owner)? {
                if word.fingerprint == fingerprint && word.table == place.table && word.sort == said.sort.code() {
                    let _was_there = self.app.store().revoke_form_word(&owner, word.id, by)?;
                }
            }
            return Ok(());
        }
        let word = SaidWord::parse(said.sort, said.text)?;
        let known = context(&self.app.store().known(&puskesmas_key(&owner))?);
        table.fits(&word, &known)?;
        let former = self.form_words(&owner)?.into_iter().find(|former| {
            former.fingerprint == fingerprint && former.table == place.table && former.sort == said.sort.code()
        });
        let former = former.and_then(|former| SaidWord::parse(said.sort, &former.word).ok());
        let word = word.with_former(former.as_ref()).to_string();
        let table = table.table;
        Ok(self.app.store().add_form_word(&NewFormWord {
            puskesmas: &owner,
            fingerprint: &fingerprint,
            table,
            sort: said.sort.code(),
            word: &word,
            place: (name.as_str(), place.sheet),
            by,
        })?)
    }

    /// Returns the answers about forms of a Puskesmas that stand.
    pub fn form_words(self, puskesmas: &str) -> Result<Vec<StoredFormWord>, StoreError> {
        let key = puskesmas_key(puskesmas);
        Ok(self.app.store().form_words()?.into_iter().filter(|word| word.puskesmas_key == key).collect())
    }
}
