//! Names that no register knows: one question a written name, its answer kept with who and when, and the rows that
//! waited for it tried again at once.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;

use super::IntakeService;
use super::preview::FilePreview;
use crate::app::import::known::context;
use crate::app::import::receipt::{FileReceipt, FileStatus};
use crate::app::import::{Upload, import};
use crate::diagnostic::IssueCode;
use crate::domain::name::{name_key, puskesmas_key};
use crate::domain::records::{CellRef, FacilityRow, Field, Recap, Rows, Sourced};
use crate::domain::{FacilityGroup, Month, Received};
use crate::recap::{KindInName, kind_in_name};
use crate::store::{BatchId, BatchSummary, By, Content, KeptOriginal, NewBatch, Scope, Store, StoreError};
use crate::workbook::{CellValue, Workbook};

/// Questions that are put at once.
const QUESTIONS_MAX: usize = 50;
/// Places of a name that are told one by one.
const PLACES_TOLD_MAX: usize = 5;
/// Imports with open names that are looked through.
const BATCHES_MAX: usize = 60;
/// Years that a register can be of.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

/// A written name that nobody knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Name of the Puskesmas whose register lacks the name.
    pub puskesmas: String,
    /// Name as the cells write it.
    pub written: String,
    /// Number of cells that hold it.
    pub cells: usize,
    /// The first of them (`rekap-2023-05.xlsx › Pembinaan!C12`).
    pub places: Vec<String>,
    /// Registered names nearest to it, best first.
    pub nearest: Vec<String>,
    /// Names of the register, in its order.
    pub known: Vec<String>,
    /// First year in which it occurs.
    pub year: i32,
    /// Kind with which the name begins, and that kind's group: what whoever registers it will probably say.
    pub suggested: Option<KindInName>,
}

/// Answer of a person about a written name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameAnswer {
    /// It is this registered facility.
    Is(String),
    /// It is a facility that the register lacks.
    New {
        /// Kind as people write it (`Apotek`).
        kind: String,
        /// Group of the register: *jaringan* or *jejaring*.
        group: FacilityGroup,
        /// Year from which it is registered.
        year: i32,
    },
}

/// Register that holds a name which somebody answers with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameSource {
    /// An accepted register.
    Accepted,
    /// Perhaps in one that waits in a draft; until it is accepted, the answer has no effect.
    Waits,
}

/// Reason for which an answer is refused. The display is the message for the user.
#[derive(Debug, thiserror::Error)]
pub enum NameError {
    /// The chosen name is not in the register.
    #[error("nama yang dipilih belum ada di Daftar Identifikasi; pilih nama dari daftar")]
    NotRegistered(String),
    /// The written name is known already.
    #[error("\"{0}\" sudah terdaftar; muat ulang halaman ini")]
    Registered(String),
    /// A new facility without its kind.
    #[error("jenis faskes baru belum diisi; tulis misalnya Apotek, Klinik, Pustu")]
    NoKind,
    /// A year that cannot be.
    #[error("tahun terdaftar harus antara 2000 dan 2100")]
    BadYear,
    /// Failure of the database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The workbook of a file, by its place.
pub(super) type WorkbookAt<'w> = dyn Fn(usize) -> Option<&'w Workbook> + 'w;

/// A cell of a file, as questions name it.
struct CellOfFile<'a> {
    file: &'a str,
    sheet: &'a str,
    /// Reference within the sheet (`F10`).
    cell: &'a str,
}

/// Collects cells by (key of the Puskesmas, key of the name).
#[derive(Default)]
struct NameCells {
    questions: BTreeMap<(String, String), Question>,
    /// Cells that were counted: two tables may read one cell.
    counted: BTreeSet<String>,
}

impl NameCells {
    fn add(&mut self, puskesmas: &str, place: &CellOfFile<'_>, workbook: &Workbook, year: i32) {
        let CellOfFile { file, sheet, cell } = place;
        let Some(written) = written_in(workbook, sheet, cell) else { return };
        let shown = format!("{file} › {sheet}!{cell}");
        if !self.counted.insert(shown.clone()) {
            return;
        }
        let key = (puskesmas_key(puskesmas), name_key(&written));
        let question = self.questions.entry(key).or_insert_with(|| Question {
            puskesmas: puskesmas.to_owned(),
            suggested: kind_in_name(&written),
            written,
            cells: 0,
            places: Vec::new(),
            nearest: Vec::new(),
            known: Vec::new(),
            year,
        });
        question.cells += 1;
        question.year = question.year.min(year);
        if question.places.len() < PLACES_TOLD_MAX {
            question.places.push(shown);
        }
    }

    fn finish(self, store: &Store) -> Result<Vec<Question>, StoreError> {
        let mut questions: Vec<Question> = Vec::new();
        let mut held: Option<(String, crate::store::Known, crate::recap::ReadingContext)> = None;
        for ((key, name), mut question) in self.questions.into_iter().take(QUESTIONS_MAX) {
            if held.as_ref().is_none_or(|(known, _, _)| *known != key) {
                let known = store.known(&question.puskesmas)?;
                let context = context(&known);
                held = Some((key, known, context));
            }
            let Some((_, known, context)) = &held else { continue };
            // Answered meanwhile.
            if context.facility(&name).is_some() {
                continue;
            }
            question.nearest = context.nearest_facilities(&question.written).into_iter().map(str::to_owned).collect();
            question.known.clone_from(&known.facilities);
            questions.push(question);
        }
        Ok(questions)
    }
}

/// Names that files of a preview hold and nobody knows.
pub(super) fn questions(
    store: &Store,
    files: &[FilePreview],
    workbook: &WorkbookAt<'_>,
) -> Result<Vec<Question>, StoreError> {
    let mut collected = NameCells::default();
    for (place, file) in files.iter().enumerate() {
        let Some(puskesmas) = &file.puskesmas else { continue };
        let Some(workbook) = workbook(place) else { continue };
        for sheet in &file.sheets {
            let year = sheet.tables.iter().map(|table| table.received.year()).min();
            let unknown = sheet.issues.iter().filter(|issue| issue.code == IssueCode::UnknownFacility.code());
            for (issue, year) in unknown.filter_map(|issue| Some((issue, year?))) {
                let place = CellOfFile { file: &file.name, sheet: &issue.sheet, cell: &issue.cell };
                collected.add(puskesmas, &place, workbook, year);
            }
        }
    }
    collected.finish(store)
}

/// The text that a person sees in a cell.
fn written_in(workbook: &Workbook, sheet: &str, cell: &str) -> Option<String> {
    let sheet = workbook.sheets.iter().find(|known| known.name == sheet)?;
    let (_, value) = sheet.seen(CellRef::parse(cell)?)?;
    let CellValue::Text(text) = value else { return None };
    let words: Vec<&str> = text.split_whitespace().collect();
    Some(words.join(" ")).filter(|text| !name_key(text).is_empty())
}

impl IntakeService<'_> {
    /// Names that accepted imports of a Puskesmas hold and nobody knows. Blocking: opens their files.
    pub fn open_names(self, puskesmas: &str) -> Result<Vec<Question>, StoreError> {
        let mut collected = NameCells::default();
        for batch in self.with_unknown_names(puskesmas)? {
            let (file, bytes) = self.app.store().original(batch.batch)?;
            let Ok(workbook) = self.app.opener().read(&file, &bytes) else { continue };
            for issue in self.app.store().issues(batch.batch)? {
                let recap = batch.recaps.iter().find(|recap| recap.sheet == issue.sheet);
                if let (IssueCode::UnknownFacility, Some(recap)) = (issue.code, recap) {
                    let place = CellOfFile { file: &file, sheet: &issue.sheet, cell: &issue.cell };
                    collected.add(puskesmas, &place, &workbook, recap.received.year());
                }
            }
        }
        collected.finish(self.app.store())
    }

    /// Those of the written names that are not known by now.
    pub fn still_unknown(self, puskesmas: &str, mut written: Vec<String>) -> Result<Vec<String>, StoreError> {
        if !written.is_empty() {
            let context = context(&self.app.store().known(puskesmas)?);
            written.retain(|name| context.facility(name).is_none());
        }
        Ok(written)
    }

    /// Questions about names as written, whether or not a file still holds them: to ask again.
    pub fn questions_about(self, puskesmas: &str, written: &[String]) -> Result<Vec<Question>, StoreError> {
        let known = self.app.store().known(puskesmas)?;
        let context = context(&known);
        let question = |written: &String| Question {
            puskesmas: puskesmas.to_owned(),
            suggested: kind_in_name(written),
            written: written.clone(),
            cells: 0,
            places: Vec::new(),
            nearest: context.nearest_facilities(written).into_iter().map(str::to_owned).collect(),
            known: known.facilities.clone(),
            year: self.app.clock().today().year(),
        };
        Ok(written.iter().map(question).collect())
    }

    /// Keeps what a written name means. Rows that were rejected for it are tried again by [`Self::retry`].
    ///
    /// With [`NameSource::Waits`] the name may stand in a register that waits itself.
    pub fn answer_name(
        self,
        puskesmas: &str,
        written: &str,
        answer: &NameAnswer,
        register: NameSource,
    ) -> Result<(), NameError> {
        match answer {
            NameAnswer::Is(name) if register == NameSource::Waits && !name.is_empty() => {
                let by = self.app.by();
                Ok(self.app.store().add_alias(puskesmas, written, name, by)?)
            }
            NameAnswer::Is(name) => self.add_alias(puskesmas, written, name),
            NameAnswer::New { kind, group, year } => {
                let kind = kind.trim();
                self.register(puskesmas, &NewFacility { name: written, kind, group: *group, year: *year })
            }
        }
    }

    /// Remembers that `written` means the registered `name`.
    pub fn add_alias(self, puskesmas: &str, written: &str, name: &str) -> Result<(), NameError> {
        let known = self.app.store().known(puskesmas)?;
        let context = context(&known);
        let name = context.facility(name).ok_or_else(|| NameError::NotRegistered(name.to_owned()))?;
        if known.facilities.iter().any(|known| name_key(known) == name_key(written)) {
            return Err(NameError::Registered(written.to_owned()));
        }
        let by = self.app.by();
        Ok(self.app.store().add_alias(puskesmas, written, name, by)?)
    }

    /// Registers a facility by a small batch of its own, so that it has an origin and can be undone.
    fn register(self, puskesmas: &str, facility: &NewFacility<'_>) -> Result<(), NameError> {
        let &NewFacility { name, kind, group, year } = facility;
        if kind.is_empty() {
            return Err(NameError::NoKind);
        }
        let january = Month::new(year, 1).filter(|_| YEARS.contains(&year)).ok_or(NameError::BadYear)?;
        let known = self.app.store().known(puskesmas)?;
        if context(&known).facility(name).is_some() {
            return Err(NameError::Registered(name.to_owned()));
        }
        let by = self.app.by();
        let bytes = register_text(puskesmas, facility, by);
        let cell = |column| CellRef { row: 4, column };
        let row = FacilityRow { kind: Some(kind.to_owned()), group: Some(group), ..FacilityRow::named(name) };
        // January's recap, the first of its year: whatever a real register of that year says goes before it.
        let recap = Recap {
            sheet: "Faskes baru".to_owned(),
            received: Received::Month(january),
            due_months: None,
            services: Vec::new(),
            rows: Rows::Facilities(vec![Sourced {
                record: row,
                cells: vec![(Field::Name, cell(1)), (Field::Attributes, cell(2))],
            }]),
            accumulated: Vec::new(),
            rows_seen: 1,
            rows_rejected: 0,
        };
        let file_name = format!("faskes-baru-{}.csv", name_key(name).replace(' ', "-"));
        let kept = KeptOriginal::AsItCame;
        let batch = NewBatch { puskesmas, file_name: &file_name, bytes: &bytes, kept, by, replace: false };
        self.app.store().accept_addition(&batch, &Content { recaps: &[recap], ..Content::default() })?;
        Ok(())
    }

    /// Tries rejected rows of accepted files again; receipts of those that changed. Blocking.
    pub fn retry(self, puskesmas: &str) -> Result<Vec<FileReceipt>, StoreError> {
        let options = self.app.import_options(Some(puskesmas));
        let mut receipts = Vec::new();
        for batch in self.with_unknown_names(puskesmas)? {
            let (name, bytes) = self.app.store().original(batch.batch)?;
            let files = import(self.app.store(), &[Upload { name, bytes }], &options, &mut |_| {}).files;
            receipts.extend(files.into_iter().filter(|file| file.status == FileStatus::Imported));
        }
        Ok(receipts)
    }

    /// The last reading of each live file that holds a name nobody knew then, the oldest first.
    fn with_unknown_names(self, puskesmas: &str) -> Result<Vec<BatchSummary>, StoreError> {
        let history = self.app.store().history(&Scope::Puskesmas(puskesmas.to_owned()))?;
        let mut seen: Vec<BatchId> = Vec::new();
        let mut found = Vec::new();
        for batch in history.into_iter().filter(|batch| batch.undone.is_none()) {
            let first = batch.continues.unwrap_or(batch.batch);
            if seen.contains(&first) {
                continue;
            }
            seen.push(first);
            let issues = if batch.errors > 0 { self.app.store().issues(batch.batch)? } else { Vec::new() };
            if issues.iter().any(|issue| issue.code == IssueCode::UnknownFacility) {
                found.push(batch);
            }
            if found.len() == BATCHES_MAX {
                break;
            }
        }
        found.reverse();
        Ok(found)
    }
}

/// A facility that is registered by an answer, from January of the year on.
struct NewFacility<'a> {
    name: &'a str,
    /// Kind as people write it (`Apotek`), trimmed.
    kind: &'a str,
    group: FacilityGroup,
    year: i32,
}

/// Returns a register of one row as CSV: it stands for the file from which a facility came that was registered by an
/// answer.
fn register_text(puskesmas: &str, facility: &NewFacility<'_>, By { who, at, .. }: By<'_>) -> Vec<u8> {
    let NewFacility { name, kind, group, year } = facility;
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let lines = [
        quoted(&format!("DAFTAR IDENTIFIKASI (didaftarkan lewat halaman oleh {who}, {})", at.to_rfc3339())),
        quoted(puskesmas),
        format!("TAHUN {year}"),
        "No,Nama Jaringan/Jejaring,Jenis,Kelompok".to_owned(),
        format!("1,{},{},{}", quoted(name), quoted(kind), group.label()),
    ];
    lines.map(|line| line + "\r\n").concat().into_bytes()
}
