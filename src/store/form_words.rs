//! Answers that people gave once about all tables of a form. Each keeps who gave it and when; one that is taken back
//! stays on record.

use chrono::{DateTime, Utc};
use rusqlite::OptionalExtension;

use super::answers::{AnswerSort, StandingAnswer, note_revoked};
use super::audit::{self, AuditEntry, AuditFields};
use super::codec::{Columns, instant_text, word};
use super::names::next_id;
use super::puskesmas::puskesmas_or_new;
use super::version::bump;
use super::{By, Store, StoreError};
use crate::domain::Table;
use crate::domain::access::Right;
use crate::domain::audit::AuditAction;

/// A word about the tables of a form.
#[derive(Clone, Copy, Debug)]
pub struct NewFormWord<'a> {
    /// Name of the Puskesmas whose form it is.
    pub puskesmas: &'a str,
    /// Text by which `recap` knows the form again.
    pub fingerprint: &'a str,
    /// Table that the form holds.
    pub table: Table,
    /// About what, in the words of `recap`.
    pub sort: &'a str,
    /// Answer, in the words of `recap`.
    pub word: &'a str,
    /// File and sheet at which it was said.
    pub place: (&'a str, &'a str),
    /// Account that gave the answer, and when.
    pub by: By<'a>,
}

/// A word as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFormWord {
    /// Id, unique among all Puskesmas.
    pub id: i64,
    /// Key of its Puskesmas.
    pub puskesmas_key: String,
    /// Text by which `recap` knows the form again.
    pub fingerprint: String,
    /// Table that the form holds.
    pub table: Table,
    /// Question that it answers, in the words of `recap`.
    pub sort: String,
    /// Answer, in the words of `recap`.
    pub word: String,
    /// File at which it was said.
    pub file_name: String,
    /// Sheet of that file.
    pub sheet: String,
    /// Account that gave the answer.
    pub who: String,
    /// Moment at which it was given.
    pub at: DateTime<Utc>,
}

impl Store {
    /// Keeps a word; a later one about the same replaces it.
    pub fn add_form_word(&self, said: &NewFormWord<'_>) -> Result<(), StoreError> {
        self.write(|connection| {
            let puskesmas = puskesmas_or_new(connection, &[Right::Import, Right::Figures], said.puskesmas)?;
            let former: Option<String> = connection
                .query_row(
                    "SELECT word FROM form_words \
                     WHERE puskesmas_id = $1 AND fingerprint = $2 AND record = $3 AND kind = $4",
                    (puskesmas, said.fingerprint, said.table.code(), said.sort),
                    |row| row.get(0),
                )
                .optional()?;
            let (file, sheet) = said.place;
            let record = format!("{} di {file} · {sheet}: {}", said.table.label(), said.sort);
            let entry = AuditEntry::new(AuditAction::FormWordSet, record).about(said.puskesmas);
            let entry = entry.before(AuditFields::none().with("Jawaban", former.unwrap_or_default()));
            audit::append(connection, said.by, &entry.after(AuditFields::none().with("Jawaban", said.word)))?;
            connection.execute(
                "INSERT INTO form_words (id, puskesmas_id, fingerprint, record, kind, word, file_name, sheet, who, at) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
                 ON CONFLICT (puskesmas_id, fingerprint, record, kind) DO UPDATE SET word = excluded.word, \
                 file_name = excluded.file_name, sheet = excluded.sheet, who = excluded.who, at = excluded.at",
                (
                    next_id(connection, "form_words")?,
                    puskesmas,
                    said.fingerprint,
                    said.table.code(),
                    said.sort,
                    said.word,
                    said.place.0,
                    said.place.1,
                    said.by.who,
                    instant_text(said.by.at),
                ),
            )?;
            bump(connection, puskesmas)
        })
    }

    /// All words about forms, by their number.
    pub fn form_words(&self) -> Result<Vec<StoredFormWord>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT w.id, p.key, w.fingerprint, w.record, w.kind, w.word, w.file_name, w.sheet, w.who, w.at \
                 FROM form_words w JOIN puskesmas p ON p.id = w.puskesmas_id ORDER BY w.id",
            )?;
            let mut rows = statement.query([])?;
            let mut words = Vec::new();
            while let Some(row) = rows.next()? {
                let mut columns = Columns::new(row);
                words.push(StoredFormWord {
                    id: columns.get()?,
                    puskesmas_key: columns.get()?,
                    fingerprint: columns.get()?,
                    table: word(&columns.get::<String>()?, Table::from_code)?,
                    sort: columns.get()?,
                    word: columns.get()?,
                    file_name: columns.get()?,
                    sheet: columns.get()?,
                    who: columns.get()?,
                    at: columns.instant()?,
                });
            }
            words.retain(|word| connection.reaches(&word.puskesmas_key));
            Ok(words)
        })
    }

    /// Takes a word back; `false` where this Puskesmas has none of this number.
    pub fn revoke_form_word(&self, puskesmas: &str, id: i64, by: By<'_>) -> Result<bool, StoreError> {
        self.write(|connection| {
            let owner = puskesmas;
            let Some(puskesmas) = connection.changed_puskesmas_id(&[Right::Import, Right::Figures], owner)? else {
                return Ok(false);
            };
            let select = format!(
                "SELECT puskesmas_id, '{}', file_name || ' · ' || sheet, word, who, at FROM form_words \
                 WHERE puskesmas_id = $4 AND id = $5",
                AnswerSort::FormWord.code()
            );
            let standing = StandingAnswer { select: &select, puskesmas, owner, sort: AnswerSort::FormWord, key: &id };
            if !note_revoked(connection, &standing, by)? {
                return Ok(false);
            }
            connection.execute("DELETE FROM form_words WHERE puskesmas_id = $1 AND id = $2", (puskesmas, id))?;
            bump(connection, puskesmas)?;
            Ok(true)
        })
    }
}
