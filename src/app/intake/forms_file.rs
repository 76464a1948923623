//! Explained forms as a file that another Puskesmas takes: which columns are what, and what was said of the tables. The
//! title of a form names its Puskesmas; taken, it names the one that takes it. What a Puskesmas said itself stays.

use serde::{Deserialize, Serialize};

use super::IntakeService;
use crate::domain::Table;
use crate::domain::name::puskesmas_key;
use crate::recap::{Profile, ProfileError, SaidWord, WordError, WordSort, retitled};
use crate::store::{NewFormWord, NewProfile, StoreError};

/// Bytes of such a file at most.
pub const FORMS_FILE_BYTES_MAX: usize = 1 << 20;
/// Forms and words in one at most.
const LINES_MAX: usize = 500;
/// Letters of what a form is known by at most.
const FINGERPRINT_CHARS_MAX: usize = 20_000;
/// Rows of a heading and between it and the data at most.
const ROWS_TO_DATA_MAX: u32 = 16;
/// Value by which the file says that it is ours.
const MARK: &str = "penjelasan bentuk";
/// The way in which it is written.
const VERSION: u32 = 1;

/// Whole content of the file, as JSON.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FormsFile {
    simpul: String,
    versi: u32,
    puskesmas: String,
    bentuk: Vec<FormLine>,
    kata: Vec<WordLine>,
}

/// A form whose columns were shown.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FormLine {
    tabel: String,
    bentuk: String,
    kolom: Vec<String>,
    baris_sampai_data: u32,
    indikator: Option<String>,
    berkas: String,
    lembar: String,
}

/// A word about the tables of a form.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WordLine {
    tabel: String,
    bentuk: String,
    tentang: String,
    kata: String,
    berkas: String,
    lembar: String,
}

/// Number of forms and answers that were taken from a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TakenForms {
    /// Forms and words that are new.
    pub new: usize,
    /// Those that were explained here already, and stay.
    pub known: usize,
}

/// Reason for which a file is not taken. The display is the message for the user.
#[derive(Debug, thiserror::Error)]
pub enum FormsFileError {
    /// A file that is no explanation of forms.
    #[error("berkas ini bukan penjelasan bentuk dari Simpul; unduh dahulu dengan tombol Unduh penjelasan bentuk")]
    NotOurs,
    /// A file of a later version.
    #[error("berkas ini dibuat Simpul yang lebih baru; perbarui Simpul di sini dahulu")]
    TooNew,
    /// More than anybody explains.
    #[error("berkas ini berisi lebih dari {LINES_MAX} penjelasan; bagi menjadi beberapa berkas")]
    TooMany,
    /// A form that cannot be.
    #[error("penjelasan untuk {place} tidak dapat dipakai: {why}")]
    BadForm {
        /// File and sheet that the form was explained at.
        place: String,
        /// Reason for which the form cannot be used.
        why: ProfileError,
    },
    /// A word that cannot be.
    #[error("penjelasan untuk {place} tidak dapat dipakai: {why}")]
    BadWord {
        /// File and sheet that the answer was given at.
        place: String,
        /// Reason for which the answer cannot be used.
        why: WordError,
    },
    /// Failure of the database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl IntakeService<'_> {
    /// All that was explained of the forms of a Puskesmas, as a file.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn forms_file(self, puskesmas: &str) -> Result<Vec<u8>, StoreError> {
        let bentuk = self.profiles(puskesmas)?.into_iter().map(|form| FormLine {
            tabel: form.table.code().to_owned(),
            bentuk: form.fingerprint,
            kolom: form.columns.lines().map(str::to_owned).collect(),
            baris_sampai_data: form.rows_to_data,
            indikator: form.indicator,
            berkas: form.file_name,
            lembar: form.sheet,
        });
        let kata = self.form_words(puskesmas)?.into_iter().map(|said| WordLine {
            tabel: said.table.code().to_owned(),
            bentuk: said.fingerprint,
            tentang: said.sort,
            kata: said.word,
            berkas: said.file_name,
            lembar: said.sheet,
        });
        let file = FormsFile {
            simpul: MARK.to_owned(),
            versi: VERSION,
            puskesmas: puskesmas.to_owned(),
            bentuk: bentuk.collect(),
            kata: kata.collect(),
        };
        Ok(serde_json::to_vec_pretty(&file).unwrap_or_default())
    }

    /// Takes such a file for a Puskesmas: all of it that is not explained here yet, or nothing.
    ///
    /// # Errors
    /// Names what in it cannot be used.
    pub fn take_forms(self, puskesmas: &str, bytes: &[u8]) -> Result<TakenForms, FormsFileError> {
        let file = read(bytes)?;
        let from = puskesmas_key(&file.puskesmas);
        let to = puskesmas_key(puskesmas);
        let forms: Vec<(Profile, &FormLine)> = file
            .bentuk
            .iter()
            .map(|line| Ok((form(line, &from, &to)?, line)))
            .collect::<Result<_, FormsFileError>>()?;
        let words: Vec<(SaidOnce, &WordLine)> =
            file.kata.iter().map(|line| Ok((word(line, &from, &to)?, line))).collect::<Result<_, FormsFileError>>()?;
        let known_forms: Vec<String> = self
            .app
            .store()
            .profiles()?
            .into_iter()
            .filter(|form| form.puskesmas_key == to)
            .map(|form| form.fingerprint)
            .collect();
        let known_words = self.form_words(puskesmas)?;
        let by = self.app.by();
        let mut taken = TakenForms::default();
        for (profile, line) in &forms {
            if known_forms.contains(&profile.fingerprint) {
                taken.known += 1;
                continue;
            }
            self.app.store().add_profile(&NewProfile {
                puskesmas,
                fingerprint: &profile.fingerprint,
                table: profile.table,
                columns: &profile.columns_text(),
                rows_to_data: profile.rows_to_data,
                indicator: profile.indicator.as_deref(),
                place: (&line.berkas, &line.lembar),
                by,
            })?;
            taken.new += 1;
        }
        for (said, line) in &words {
            let is_it = |known: &&crate::store::StoredFormWord| {
                known.fingerprint == said.fingerprint && known.table == said.table && known.sort == line.tentang
            };
            if known_words.iter().any(|known| is_it(&known)) {
                taken.known += 1;
                continue;
            }
            self.app.store().add_form_word(&NewFormWord {
                puskesmas,
                fingerprint: &said.fingerprint,
                table: said.table,
                sort: said.word.sort().code(),
                word: &said.word.to_string(),
                place: (&line.berkas, &line.lembar),
                by,
            })?;
            taken.new += 1;
        }
        Ok(taken)
    }
}

/// A word that was read.
struct SaidOnce {
    fingerprint: String,
    table: Table,
    word: SaidWord,
}

fn read(bytes: &[u8]) -> Result<FormsFile, FormsFileError> {
    let value: serde_json::Value = serde_json::from_slice(bytes).map_err(|_error| FormsFileError::NotOurs)?;
    if value.get("simpul").and_then(|mark| mark.as_str()) != Some(MARK) {
        return Err(FormsFileError::NotOurs);
    }
    if value.get("versi").and_then(serde_json::Value::as_u64) != Some(u64::from(VERSION)) {
        return Err(FormsFileError::TooNew);
    }
    let file: FormsFile = serde_json::from_value(value).map_err(|_error| FormsFileError::NotOurs)?;
    if file.bentuk.len() + file.kata.len() > LINES_MAX { Err(FormsFileError::TooMany) } else { Ok(file) }
}

/// Returns the text by which a form is known again, with the name of the Puskesmas `to` where `from` stood; `None` for
/// one that is blank or too long.
fn fingerprint(text: &str, from: &str, to: &str) -> Option<String> {
    let is_whole = !text.trim().is_empty() && text.chars().count() <= FINGERPRINT_CHARS_MAX;
    is_whole.then(|| retitled(text, from, to))
}

fn place(file: &str, sheet: &str) -> String {
    format!("{file} › {sheet}")
}

fn form(line: &FormLine, from: &str, to: &str) -> Result<Profile, FormsFileError> {
    let bad = |why| FormsFileError::BadForm { place: place(&line.berkas, &line.lembar), why };
    let fingerprint = fingerprint(&line.bentuk, from, to).ok_or_else(|| bad(ProfileError::NoHeading))?;
    let table = Table::from_code(&line.tabel).ok_or(FormsFileError::TooNew)?;
    let profile = Profile {
        fingerprint,
        table,
        columns: Profile::columns_from(&line.kolom.join("\n")),
        rows_to_data: line.baris_sampai_data.clamp(1, ROWS_TO_DATA_MAX),
        indicator: line.indikator.clone(),
    };
    profile.check().map_err(bad)?;
    Ok(profile)
}

fn word(line: &WordLine, from: &str, to: &str) -> Result<SaidOnce, FormsFileError> {
    let place = || place(&line.berkas, &line.lembar);
    let fingerprint = fingerprint(&line.bentuk, from, to)
        .ok_or_else(|| FormsFileError::BadForm { place: place(), why: ProfileError::NoHeading })?;
    let table = Table::from_code(&line.tabel).ok_or(FormsFileError::TooNew)?;
    let sort = WordSort::from_code(&line.tentang).ok_or(FormsFileError::TooNew)?;
    let word = SaidWord::parse(sort, &line.kata).map_err(|why| FormsFileError::BadWord { place: place(), why })?;
    Ok(SaidOnce { fingerprint, table, word })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line() -> WordLine {
        let text = String::new;
        WordLine { tabel: text(), bentuk: text(), tentang: text(), kata: text(), berkas: text(), lembar: text() }
    }

    fn file(words: usize) -> Vec<u8> {
        let file = FormsFile {
            simpul: MARK.to_owned(),
            versi: VERSION,
            puskesmas: String::new(),
            bentuk: Vec::new(),
            kata: vec![line(); words],
        };
        serde_json::to_vec(&file).unwrap()
    }

    #[test]
    fn a_file_of_forms_is_bounded_in_lines_letters_and_rows() {
        assert!(read(&file(LINES_MAX)).is_ok());
        assert!(matches!(read(&file(LINES_MAX + 1)), Err(FormsFileError::TooMany)));
        assert!(file(LINES_MAX).len() < FORMS_FILE_BYTES_MAX, "as many as may be fit into a file");
        assert!(fingerprint(&"x".repeat(FINGERPRINT_CHARS_MAX), "A", "B").is_some());
        assert!(fingerprint(&"x".repeat(FINGERPRINT_CHARS_MAX + 1), "A", "B").is_none());
        let form = form(
            &FormLine {
                tabel: Table::Visits.code().to_owned(),
                bentuk: "tanggal | nama".to_owned(),
                kolom: vec!["1=namajaringanjejaring".to_owned(), "2=tanggalpembinaan".to_owned()],
                baris_sampai_data: u32::MAX,
                indikator: None,
                berkas: String::new(),
                lembar: String::new(),
            },
            "A",
            "B",
        );
        assert!(form.is_ok_and(|form| form.rows_to_data == ROWS_TO_DATA_MAX));
    }
}
