//! A whole filled checklist typed on one page: its rows are read by the rules of pasted blocks and accepted as one batch.
//! An answer that stands is never emptied in passing. Knows no page.

use std::collections::BTreeMap;

use super::paste::{KeptBlock, Pasted};
use super::{EntryError, SEAL_CHARS};
use crate::app::{App, AppError};
use crate::domain::checklist::ChecklistItem;
use crate::domain::form::TableForm;
use crate::domain::instrument::Instrument;
use crate::domain::name::{name_key, plain_words};
use crate::domain::records::Field;
use crate::domain::{Date, Facts, Month, Period, PeriodKind, Table, format};
use crate::store::{BatchId, sha256};

/// Columns of the rows in which a sheet is read.
const COLUMNS: [Field; 9] = [
    Field::Date,
    Field::Name,
    Field::Form,
    Field::Instrument,
    Field::ItemCode,
    Field::Answer,
    Field::Points,
    Field::Person,
    Field::Attributes,
];

/// Key of a filled checklist: one instrument, one facility, one day, one form of visit.
#[derive(Clone, Copy, Debug)]
pub struct SheetKey<'k> {
    /// Name of the facility.
    pub facility: &'k str,
    /// Code of the instrument.
    pub instrument: &'k str,
    /// Day of the visit.
    pub date: Date,
    /// Form of the visit; mostly blank.
    pub form: &'k str,
}

impl SheetKey<'_> {
    /// The items that count of this sheet, in the order of facts.
    pub fn items<'f>(&self, facts: &'f Facts) -> Vec<&'f ChecklistItem> {
        let key = name_key(self.facility);
        let is_of = |item: &&ChecklistItem| {
            let facility = facts.facilities.get(item.facility as usize);
            item.date == self.date
                && item.instrument == self.instrument
                && plain_words(&item.form) == plain_words(self.form)
                && facility.is_some_and(|known| name_key(&known.name) == key)
        };
        facts.checklist_items.iter().filter(is_of).collect()
    }
}

/// Version of a sheet as it was shown: blank where there was none. Another one means that somebody wrote in between.
pub fn sheet_version(items: &[&ChecklistItem]) -> String {
    if items.is_empty() {
        return String::new();
    }
    sha256(format!("{items:?}").as_bytes()).chars().take(SEAL_CHARS).collect()
}

/// Answer to an item as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetAnswer {
    /// `Ya`, `Tidak`, `TB`; blank where it is not answered by a word.
    pub word: String,
    /// Points, where the item is met in part.
    pub points: String,
    /// Note beside the item.
    pub note: String,
}

impl SheetAnswer {
    fn is_blank(&self) -> bool {
        self.word.is_empty() && self.points.is_empty()
    }
}

/// A filled checklist as it was typed.
#[derive(Clone, Copy, Debug)]
pub struct TypedChecklist<'t> {
    /// Puskesmas to which it belongs.
    pub puskesmas: &'t str,
    /// Facility, instrument, day and form.
    pub key: SheetKey<'t>,
    /// Person who coached.
    pub coach: &'t str,
    /// Answers by the code of their item.
    pub answers: &'t BTreeMap<String, SheetAnswer>,
    /// Version of the sheet that the page showed.
    pub version: &'t str,
}

/// Fault of a typed checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChecklistFault {
    /// Code of the item; blank for the sheet as a whole.
    pub code: String,
    /// Sentences about the fault and its remedy.
    pub message: String,
}

/// Reason for which a typed checklist is not kept.
#[derive(Debug, thiserror::Error)]
pub enum ChecklistError {
    /// Items and what is wrong with them.
    #[error("lembar belum lengkap atau keliru")]
    Wrong(Vec<ChecklistFault>),
    /// Refused, or the database failed.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// The facts could not be read.
    #[error(transparent)]
    App(#[from] AppError),
}

fn sheet_fault(message: impl Into<String>) -> ChecklistError {
    ChecklistError::Wrong(vec![ChecklistFault { code: String::new(), message: message.into() }])
}

const CHANGED: &str = "Lembar faskes dan tanggal ini sudah ada, atau diubah orang lain sejak halaman ini dibuka. Buka lembarnya \
                       lewat tautan di bawah, lalu betulkan di sana.";
const UNANSWERED: &str = "Belum ada item yang dijawab. Jawab paling sedikit satu item, lalu simpan lagi.";

impl App {
    /// Keeps a typed checklist as one batch of rows, one for each item of its instrument.
    ///
    /// # Errors
    /// [`ChecklistError::Wrong`] names what is wrong, item by item; nothing is kept then.
    pub fn write_checklist(&self, typed: &TypedChecklist<'_>) -> Result<BatchId, ChecklistError> {
        let definitions = self.definitions();
        let key = typed.key;
        let instrument =
            definitions.books.instruments.find(key.instrument).ok_or_else(|| AppError::UnknownInstrument {
                asked: key.instrument.to_owned(),
                known: definitions.books.instruments.all().iter().map(|known| known.code.clone()).collect(),
            })?;
        let snapshot = self.snapshot(typed.puskesmas)?;
        let standing = key.items(snapshot.facts());
        if sheet_version(&standing) != typed.version {
            return Err(sheet_fault(CHANGED));
        }
        let emptied = emptied(&standing, typed);
        if !emptied.is_empty() {
            return Err(ChecklistError::Wrong(emptied));
        }
        if typed.answers.values().all(SheetAnswer::is_blank) {
            return Err(sheet_fault(UNANSWERED));
        }
        let pasted = Pasted {
            puskesmas: typed.puskesmas,
            table: Table::ChecklistItems,
            period: Period::containing(PeriodKind::Month, Month::from_date(key.date)),
            text: "",
        };
        let read = self.read_rows(&pasted, rows(instrument, typed))?;
        let faults = read.faults();
        if !faults.is_empty() {
            let code_of = |row: Option<usize>| {
                let item = row.and_then(|row| row.checked_sub(1)).and_then(|place| instrument.items.get(place));
                item.map(|item| item.code.clone()).unwrap_or_default()
            };
            let mut told: Vec<ChecklistFault> = Vec::new();
            for (row, message) in faults {
                // Of the day and the facility each row says the same.
                if !told.iter().any(|fault| fault.message == message) {
                    told.push(ChecklistFault { code: code_of(row), message });
                }
            }
            return Err(ChecklistError::Wrong(told));
        }
        Ok(self.keep_block(&pasted, read, KeptBlock { said: "lembar diketik lewat halaman", name_end: "-lembar" })?)
    }
}

/// Answers and notes that stand and are blank now: a blank cell erases nothing.
fn emptied(standing: &[&ChecklistItem], typed: &TypedChecklist<'_>) -> Vec<ChecklistFault> {
    let blank = SheetAnswer::default();
    let mut faults = Vec::new();
    for item in standing {
        let now = typed.answers.get(&item.code).unwrap_or(&blank);
        let what = match item {
            ChecklistItem { answer: Some(_), .. } if now.is_blank() => "jawaban",
            ChecklistItem { note: Some(_), .. } if now.note.is_empty() => "keterangan",
            _ => continue,
        };
        let message = format!(
            "{what} {} sudah tersimpan dan tidak dapat dikosongkan di lembar ini; ganti isinya, atau hapus barisnya di \
             Catatan › Daftar tilik per item.",
            item.code
        );
        faults.push(ChecklistFault { code: item.code.clone(), message: super::sentence(&message) });
    }
    faults
}

/// The heading and a row for each item.
fn rows(instrument: &Instrument, typed: &TypedChecklist<'_>) -> Vec<Vec<String>> {
    let form = TableForm::from_table(Table::ChecklistItems);
    let label = |field: Field| {
        let known = form.fields.iter().find(|known| known.field == field);
        known.map_or_else(|| field.label(), |known| known.label).to_owned()
    };
    let mut rows = vec![COLUMNS.map(label).to_vec()];
    let blank = SheetAnswer::default();
    let SheetKey { facility, date, form, .. } = typed.key;
    let day = format::date(date);
    rows.extend(instrument.items.iter().map(|item| {
        let answer = typed.answers.get(&item.code).unwrap_or(&blank);
        let cells = [
            day.as_str(),
            facility,
            form,
            &instrument.code,
            &item.code,
            &answer.word,
            &answer.points,
            typed.coach,
            &answer.note,
        ];
        cells.map(ToOwned::to_owned).to_vec()
    }));
    rows
}
