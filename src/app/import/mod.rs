//! Workbooks into the store: recognises all files of a call first, so that a register in a later file serves
//! the earlier ones, reads every table once, and accepts each file as one transaction, in the order given, while
//! later rows are still read.
//! Prints nothing and reads no clock.

mod conflicts;
pub(in crate::app) mod known;
mod opening;
mod options;
mod owner;
mod personal;
mod reading;
pub mod receipt;
mod told_once;

use std::collections::BTreeMap;
use std::sync::mpsc::sync_channel;
use std::thread;

use self::known::Forms;
use self::opening::{FileOptions, Opened, may_change, open_all};
use self::options::STOPPED;
pub(in crate::app) use self::options::base_name;
pub use self::options::{ImportOptions, ImportProgress, ImportRequest, ImportStep, PersonalChoice, Upload};
use self::owner::{Owners, nothing_known};
pub use self::personal::ClearedCopy;
pub(in crate::app) use self::personal::clear;
use self::reading::{PIECES_WAITING_MAX, ReadingTask, TableBuffer, TableMessage, last_read, read_all};
use self::receipt::{FileReceipt, FileStatus, ImportReceipt, IssueReceipt, Refusal, SheetReceipt};
use self::told_once::tell_once;
use crate::diagnostic::{Issue, IssueCode, Severity};
use crate::domain::Signature;
use crate::domain::Table;
use crate::domain::access::{Access, Right};
use crate::domain::format;
use crate::domain::name::puskesmas_key;
use crate::domain::records::{Recap, Rows};
use crate::domain::table::DISTRICT;
use crate::recap::{FoundTable, Recognised, SheetNote};
use crate::store::{
    Accepting, GoneRow, HeldBatch, KeptOriginal, Known, LaterVersion, NewBatch, Store, StoreError, sha256,
};
use crate::workbook::Workbook;

/// Issues of one file that are kept and shown.
const ISSUES_KEPT_MAX: usize = 10_000;

/// Imports files in any order; one receipt a file, in the order given. What fails, fails alone.
pub fn import(
    store: &Store,
    files: &[Upload],
    options: &ImportOptions,
    progress: &mut dyn FnMut(ImportProgress<'_>),
) -> ImportReceipt {
    let prepared = prepare(store, files, options, progress);
    let mut watch = Watch {
        keeps_rows: KeepsRows::No,
        begins: &mut |_| Ok(()),
        replaces: &|_| false,
        settled: &mut |_| Ok(()),
        progress,
    };
    complete(store, OpenedFiles { files, prepared: &prepared }, options, &mut watch).unwrap_or_else(|error| {
        let failed = files.iter().map(|file| FileReceipt::failed(&file.name, error.to_string()));
        ImportReceipt { files: failed.collect() }
    })
}

/// Files opened as far as needed: all that is slow and that no other import can change.
pub(in crate::app) struct PreparedFiles(Vec<Opened>);

impl PreparedFiles {
    /// The workbook of a file that was opened, without personal data.
    pub(in crate::app) fn workbook(&self, place: usize) -> Option<&Workbook> {
        match self.0.get(place)? {
            Opened::Workbook { workbook, personal, .. } => {
                Some(personal.as_ref().map_or(&**workbook, |personal| personal.cleared()))
            }
            Opened::Failed(_) | Opened::SameAs(_) | Opened::Known(..) => None,
        }
    }
}

/// Opens all files as far as needed; [`complete`] reads and stores them.
pub(in crate::app) fn prepare(
    store: &Store,
    files: &[Upload],
    options: &ImportOptions,
    progress: &mut dyn FnMut(ImportProgress<'_>),
) -> PreparedFiles {
    PreparedFiles(open_all(store, files, options, progress))
}

/// Life of a file's rows in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum KeepsRows {
    /// They are looked at then.
    Yes,
    /// They go as soon as they are stored.
    No,
}

/// Callbacks of an import while files are stored, and the choice of files that replace former versions.
pub(in crate::app) struct Watch<'w> {
    /// Tells if [`StoredFile::recaps`] hold all their rows.
    pub(in crate::app) keeps_rows: KeepsRows,
    /// Told, before anything is stored, whose files are read; an error ends the import.
    pub(in crate::app) begins: &'w mut dyn FnMut(&[String]) -> Result<(), StoreError>,
    /// Reports whether the file at this place of the call replaces the former versions of its recaps.
    pub(in crate::app) replaces: &'w dyn Fn(usize) -> bool,
    /// Told of each file once it is stored; an error ends the import.
    pub(in crate::app) settled: &'w mut dyn FnMut(&StoredFile<'_>) -> Result<(), StoreError>,
    /// Told how far it is.
    pub(in crate::app) progress: &'w mut dyn FnMut(ImportProgress<'_>),
}

/// A file whose rows are stored.
pub(in crate::app) struct StoredFile<'s> {
    /// Its place in the call.
    pub(in crate::app) place: usize,
    /// Outcome of the file.
    pub(in crate::app) receipt: &'s FileReceipt,
    /// Recaps read of it, with the rows that are kept.
    pub(in crate::app) recaps: &'s [Recap],
    /// The tables as they were found, one a recap.
    pub(in crate::app) tables: &'s [FoundTable<'s>],
    /// Notes on its sheets, hidden ones too.
    pub(in crate::app) sheets: &'s [SheetNote],
    /// Rows of former versions that it lacks.
    pub(in crate::app) gone: &'s [GoneRow],
}

/// Files of a call, and what each was opened as, in the same order.
#[derive(Clone, Copy)]
pub(in crate::app) struct OpenedFiles<'a> {
    pub(in crate::app) files: &'a [Upload],
    pub(in crate::app) prepared: &'a PreparedFiles,
}

/// Recognises, reads and stores opened files. Reading goes on beside the storing of what was read.
pub(in crate::app) fn complete(
    store: &Store,
    OpenedFiles { files, prepared }: OpenedFiles<'_>,
    options: &ImportOptions,
    watch: &mut Watch<'_>,
) -> Result<ImportReceipt, StoreError> {
    let opened = &prepared.0;
    let forms = Forms::load(store)?;
    let recognised: Vec<Option<Recognised<'_>>> = (0..)
        .zip(opened)
        .map(|(place, opened)| opened.recognise(store, &forms, FileOptions { place, options }))
        .collect::<Result<_, _>>()?;
    let mut plans = plan(store, &RecognisedFiles { files, opened, recognised: &recognised }, options)?;
    let owners = jobs(store, &recognised, &mut plans);
    (watch.begins)(&read_for(&plans))?;
    let (say, hear) = sync_channel(PIECES_WAITING_MAX);
    thread::scope(|scope| {
        let books = &options.books;
        scope.spawn(move || read_all(&owners, books, &say));
        let mut storing =
            Storing { store, options, opened, inbox: TableBuffer::new(hear), keeps_rows: watch.keeps_rows };
        let mut receipts: Vec<FileReceipt> = Vec::with_capacity(files.len());
        for (place, (file, plan)) in files.iter().zip(plans).enumerate() {
            (watch.progress)(ImportProgress {
                step: ImportStep::Storing,
                done: place,
                total: files.len(),
                file: &file.name,
            });
            let replace = options.replace || (watch.replaces)(place);
            let is_read = matches!(plan, FilePlan::Read(..));
            let mut contents = FileContents::from_recognised(recognised[place].as_ref().filter(|_| is_read));
            let mut gone = Vec::new();
            let receipt = match plan {
                FilePlan::Failed(error, issues) => {
                    let issues = issues.iter().map(IssueReceipt::from).collect();
                    FileReceipt { issues, ..FileReceipt::failed(&file.name, error) }
                }
                FilePlan::SameAs(first) => repeated(&file.name, &receipts[first]),
                FilePlan::Known(puskesmas, held) => unchanged(&file.name, &puskesmas, &held),
                FilePlan::Read(..) if options.is_stopped() => FileReceipt::failed(&file.name, STOPPED.to_owned()),
                FilePlan::Read(puskesmas, held) => {
                    let reading = FileReading { place, puskesmas, held, replace };
                    let (receipt, lacking) = storing.accept(file, &reading, &mut contents);
                    gone = lacking;
                    receipt
                }
            };
            storing.inbox.forget(place);
            let FileContents { recaps, tables, sheets, .. } = &contents;
            (watch.settled)(&StoredFile { place, receipt: &receipt, recaps, tables, sheets, gone: &gone })?;
            receipts.push(receipt);
        }
        Ok(ImportReceipt { files: receipts })
    })
}

/// Next thing to be done with a file.
enum FilePlan {
    Failed(Refusal, Vec<Issue>),
    SameAs(usize),
    Known(String, Box<HeldBatch>),
    /// Read it for this Puskesmas; where it is held already, for what can be added or taken out.
    Read(String, Option<Box<HeldBatch>>),
}

/// Names of the Puskesmas whose files are read, each once.
fn read_for(plans: &[FilePlan]) -> Vec<String> {
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    for plan in plans {
        if let FilePlan::Read(puskesmas, _) = plan {
            owners.entry(puskesmas_key(puskesmas)).or_insert_with(|| puskesmas.clone());
        }
    }
    owners.into_values().collect()
}

/// The Puskesmas whose files a call brings.
fn named_by(plans: &[FilePlan]) -> Vec<String> {
    let names = plans.iter().filter_map(|plan| match plan {
        FilePlan::Read(puskesmas, _) | FilePlan::Known(puskesmas, _) => Some(puskesmas.clone()),
        FilePlan::Failed(..) | FilePlan::SameAs(_) => None,
    });
    names.filter(|name| name != DISTRICT).collect()
}

/// Tables, recaps and issues of one file, as far as it was read.
#[derive(Default)]
struct FileContents<'r> {
    tables: &'r [FoundTable<'r>],
    recaps: Vec<Recap>,
    /// Facts of each recap, whether its rows are kept or not.
    facts: Vec<usize>,
    issues: Vec<Issue>,
    sheets: &'r [SheetNote],
    signatures: &'r [Signature],
}

/// Files of a call with what each was opened as and the tables found in it, all in the same order.
struct RecognisedFiles<'a, 'w> {
    files: &'a [Upload],
    opened: &'a [Opened],
    /// `None` for a file that was not opened as a workbook.
    recognised: &'a [Option<Recognised<'w>>],
}

fn plan(
    store: &Store,
    RecognisedFiles { files, opened, recognised }: &RecognisedFiles<'_, '_>,
    options: &ImportOptions,
) -> Result<Vec<FilePlan>, StoreError> {
    let owners = Owners::from_store(store, recognised, options)?;
    let plans = opened.iter().zip(*recognised).zip(*files).map(|((opened, recognised), file)| {
        let (hash, recognised) = match (opened, recognised) {
            (Opened::Workbook { hash, .. }, Some(recognised)) => (hash, recognised),
            (Opened::Failed(error), _) => return FilePlan::Failed(error.as_str().into(), Vec::new()),
            (Opened::SameAs(first), _) => return FilePlan::SameAs(*first),
            (Opened::Known(puskesmas, held), _) => return FilePlan::Known(puskesmas.clone(), held.clone()),
            (Opened::Workbook { .. }, None) => return FilePlan::Failed(nothing_known(&file.name).into(), Vec::new()),
        };
        let puskesmas = match owners.owner(&file.name, recognised) {
            Ok(puskesmas) => puskesmas,
            Err(error) => return FilePlan::Failed(error, recognised.issues.clone()),
        };
        if let Some(refusal) = not_allowed(&options.access, &puskesmas, recognised) {
            return FilePlan::Failed(refusal.into(), recognised.issues.clone());
        }
        match store.held(&puskesmas, hash) {
            Ok(Some(held)) if !may_change(&held, options) => FilePlan::Known(puskesmas, Box::new(held)),
            Ok(held) => FilePlan::Read(puskesmas, held.map(Box::new)),
            Err(error) => FilePlan::Failed(error.to_string().into(), Vec::new()),
        }
    });
    Ok(plans.collect())
}

/// Why the one who imports may not bring a file; none where it may.
fn not_allowed(access: &Access, puskesmas: &str, recognised: &Recognised<'_>) -> Option<String> {
    if puskesmas == DISTRICT {
        let may = access.may_everywhere(Right::Administer) || access.may_everywhere(Right::Feedback);
        return (!may)
            .then(|| "akun ini tidak berwenang mengimpor daftar cluster; minta Dinas atau administrator".to_owned());
    }
    if access.may(Right::Import, puskesmas) {
        return None;
    }
    if !access.may(Right::Figures, puskesmas) {
        return Some(format!(
            "akun ini tidak berwenang mengimpor rekap Puskesmas {puskesmas}; minta koordinatornya mengimpor berkas ini"
        ));
    }
    let other = recognised.tables.iter().find(|table| table.table != Table::Achievements)?;
    let codes = access.services_only(puskesmas).unwrap_or_default();
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    Some(format!(
        "berkas ini berisi tabel {} di lembar {}; akun ini hanya boleh mengimpor capaian {}; keluarkan lembar itu dari \
         berkasnya, atau minta koordinator mengimpornya",
        other.table.label(),
        other.sheet.name,
        codes.join(", ")
    ))
}

/// The tables of all files that are to be read, by owner with what is known of it, each in the order of reading.
fn jobs<'r, 'w>(
    store: &Store,
    recognised: &'r [Option<Recognised<'w>>],
    plans: &mut [FilePlan],
) -> Vec<(Known, Vec<ReadingTask<'r, 'w>>)> {
    let of_call = named_by(plans);
    let mut jobs: Vec<ReadingTask<'r, 'w>> = Vec::new();
    for (file, (plan, recognised)) in plans.iter().zip(recognised).enumerate() {
        let FilePlan::Read(puskesmas, _) = plan else { continue };
        let Some(recognised) = recognised else { continue };
        let owner = puskesmas_key(puskesmas);
        let tables = recognised.tables.iter().enumerate();
        jobs.extend(tables.map(|(place, table)| ReadingTask { owner: owner.clone(), table, place: (file, place) }));
    }
    jobs.sort_by(|one, other| one.order().cmp(&other.order()));
    let mut owners: Vec<(Known, Vec<ReadingTask<'r, 'w>>)> = Vec::new();
    let mut jobs = jobs.into_iter().peekable();
    while let Some(first) = jobs.next() {
        let known = store.known(&first.owner);
        let mut of_owner = vec![first];
        while let Some(next) = jobs.next_if(|next| next.owner == of_owner[0].owner) {
            of_owner.push(next);
        }
        let has_figures = of_owner.iter().any(|job| job.table.table == Table::Achievements);
        let known = known.and_then(|known| {
            let figures = if has_figures { store.former_figures(&of_owner[0].owner)? } else { Vec::new() };
            let mut known = Known { figures, ..known };
            if of_owner[0].owner == puskesmas_key(DISTRICT) {
                known.members.extend(of_call.iter().cloned());
            }
            Ok(known)
        });
        match known {
            Ok(known) => owners.push((known, of_owner)),
            Err(error) => {
                for job in of_owner {
                    plans[job.place.0] = FilePlan::Failed(error.to_string().into(), Vec::new());
                }
            }
        }
    }
    owners
}

/// Keeps what a person could read, and says how much more there is.
fn limit(issues: &mut Vec<Issue>) {
    let more = issues.len().saturating_sub(ISSUES_KEPT_MAX);
    if more == 0 {
        return;
    }
    let severity = issues[ISSUES_KEPT_MAX..].iter().map(|issue| issue.severity).min().unwrap_or(Severity::Warning);
    let code = issues[ISSUES_KEPT_MAX].code;
    issues.truncate(ISSUES_KEPT_MAX);
    let message = format!("masih ada {more} catatan lain; perbaiki yang disebut di sini dahulu, lalu impor lagi");
    issues.push(Issue { sheet: String::new(), cell: String::new(), code, severity, message, about: None });
}

impl<'r> FileContents<'r> {
    fn from_recognised(recognised: Option<&'r Recognised<'_>>) -> Self {
        let Some(recognised) = recognised else { return Self::default() };
        Self {
            tables: &recognised.tables,
            recaps: Vec::new(),
            facts: Vec::new(),
            issues: recognised.issues.clone(),
            sheets: &recognised.sheets,
            signatures: &recognised.signatures,
        }
    }

    /// Adds what was found in its tables, in the order of reading; then all issues are put in the order of the sheets,
    /// no more than a person could read.
    fn add_issues(&mut self, found: impl Iterator<Item = Issue>) {
        self.issues.extend(found);
        limit(&mut self.issues);
        let sheets = self.sheets;
        let place = |issue: &Issue| sheets.iter().position(|sheet| sheet.name == issue.sheet).unwrap_or(sheets.len());
        self.issues.sort_by_key(place);
        tell_once(&mut self.issues);
    }
}

/// A file that is being read.
struct FileReading {
    place: usize,
    puskesmas: String,
    held: Option<Box<HeldBatch>>,
    replace: bool,
}

/// Stores what is being read.
struct Storing<'s> {
    store: &'s Store,
    options: &'s ImportOptions,
    opened: &'s [Opened],
    inbox: TableBuffer,
    /// Tells if rows are asked for once they are stored.
    keeps_rows: KeepsRows,
}

impl Storing<'_> {
    fn accept(
        &mut self,
        file: &Upload,
        reading: &FileReading,
        contents: &mut FileContents<'_>,
    ) -> (FileReceipt, Vec<GoneRow>) {
        let FileReading { puskesmas, held, .. } = reading;
        let store = self.store;
        let options = self.options;
        // Others wait for a transaction to end: it begins when little is left to be read. Where reading broke off, the
        // first table says so.
        let _is_begun = last_read(contents.tables).and_then(|last| self.inbox.wait_for((reading.place, last)));
        let opened = self.opened.get(reading.place);
        let asked = FileOptions { place: reading.place, options };
        let copy = opened.and_then(|opened| opened.copy_to_keep(file, asked));
        let because = opened.and_then(|opened| opened.keeps_personal_data(asked));
        let whole = because.map_or(KeptOriginal::AsItCame, |because| KeptOriginal::WithPersonalData { because });
        let batch = NewBatch {
            puskesmas,
            file_name: base_name(&file.name),
            bytes: &file.bytes,
            kept: copy.as_ref().map_or(whole, ClearedCopy::kept),
            by: options.by(),
            replace: reading.replace,
        };
        let hand_over = |accepting: &mut Accepting<'_, '_>| self.hand_over(reading, contents, accepting);
        let accepted = match held {
            None => store.accept_new(&batch, hand_over),
            Some(held) => store.accept_retried(&batch, held.batch, hand_over),
        };
        let accepted = match (accepted, held) {
            (Ok(Some(accepted)), _) => accepted,
            (Ok(None), Some(held)) => return (unchanged(&file.name, puskesmas, held), Vec::new()),
            // Brought by another process meanwhile.
            (Ok(None), None) => return (held_meanwhile(store, file, puskesmas), Vec::new()),
            (Err(StoreError::NothingCounts), _) => return (nothing_counts(file, puskesmas, contents), Vec::new()),
            (Err(error), _) => {
                let error = format!("{}: {error}", base_name(&file.name));
                return (FileReceipt::failed(&file.name, error), Vec::new());
            }
        };
        let later = held.iter().flat_map(|held| later_issues(held));
        let issues = contents.issues.iter().chain(&accepted.warnings).map(IssueReceipt::from);
        let receipt = FileReceipt {
            file: file.name.clone(),
            status: FileStatus::Imported,
            error: None,
            sheets: contents.recaps.iter().map(SheetReceipt::from).collect(),
            facts: contents.facts.clone(),
            issues: issues.chain(later).collect(),
            batch: Some(accepted.batch),
            puskesmas: Some(puskesmas.clone()),
        };
        (receipt, accepted.gone)
    }

    /// Hands the tables of a file over in the order of its sheets, then what is to be said of it.
    fn hand_over(
        &mut self,
        reading: &FileReading,
        contents: &mut FileContents<'_>,
        accepting: &mut Accepting<'_, '_>,
    ) -> Result<(), StoreError> {
        let mut issues = BTreeMap::new();
        for (place, table) in contents.tables.iter().enumerate() {
            accepting.begin_table(&table.sheet.name, table.table, table.received)?;
            let mut before: Option<Rows> = None;
            let mut facts = 0;
            loop {
                match self.inbox.next((reading.place, place)).ok_or(StoreError::BrokenOff)? {
                    TableMessage::Rows(rows) => {
                        facts += rows.len();
                        accepting.rows(&rows)?;
                        if self.keeps_rows == KeepsRows::Yes {
                            before = Some(Rows::joined(before, rows));
                        }
                    }
                    TableMessage::End(mut recap, found) => {
                        accepting.end_table(&recap)?;
                        contents.facts.push(facts + recap.rows.len());
                        recap.rows = Rows::joined(before, recap.rows);
                        contents.recaps.push(recap);
                        issues.insert((table.table, table.received.rank_month(), place), found);
                        break;
                    }
                }
            }
        }
        contents.add_issues(issues.into_values().flatten());
        let is_wrong = contents.issues.iter().any(|issue| issue.severity == Severity::Error);
        if reading.held.is_none() && accepting.rows_added() == 0 && is_wrong {
            return Err(StoreError::NothingCounts);
        }
        accepting.issues(&contents.issues)?;
        accepting.signatures(contents.signatures)
    }
}

/// A file that is wrong in every row is not taken in: an import that changes nothing would look like one that did.
fn nothing_counts(file: &Upload, puskesmas: &str, contents: &FileContents<'_>) -> FileReceipt {
    let rejected: u32 = contents.recaps.iter().map(|recap| recap.rows_rejected).sum();
    let rows = if rejected > 0 { format!(" ({rejected} baris ditolak)") } else { String::new() };
    let error = format!(
        "{}: tidak satu baris pun dapat diterima{rows}, jadi berkas ini tidak diimpor; perbaiki yang disebut di bawah ini, lalu impor lagi",
        base_name(&file.name)
    );
    FileReceipt {
        sheets: contents.recaps.iter().map(SheetReceipt::from).collect(),
        facts: contents.facts.clone(),
        issues: contents.issues.iter().map(IssueReceipt::from).collect(),
        puskesmas: Some(puskesmas.to_owned()),
        ..FileReceipt::failed(&file.name, error)
    }
}

fn held_meanwhile(store: &Store, file: &Upload, puskesmas: &str) -> FileReceipt {
    match store.held(puskesmas, &sha256(&file.bytes)) {
        Ok(Some(held)) => unchanged(&file.name, puskesmas, &held),
        Ok(None) => FileReceipt::failed(&file.name, "tidak ada yang disimpan; impor lagi berkas ini"),
        Err(error) => FileReceipt::failed(&file.name, format!("{}: {error}", base_name(&file.name))),
    }
}

/// Returns the receipt of a file that the store holds already; what was rejected then still is.
fn unchanged(file: &str, puskesmas: &str, held: &HeldBatch) -> FileReceipt {
    FileReceipt {
        file: file.to_owned(),
        status: FileStatus::Unchanged,
        error: None,
        sheets: held.recaps.iter().map(SheetReceipt::from).collect(),
        facts: Vec::new(),
        issues: held.issues.iter().map(IssueReceipt::from).chain(later_issues(held)).collect(),
        batch: Some(held.batch),
        puskesmas: Some(puskesmas.to_owned()),
    }
}

/// The same bytes twice in one call.
fn repeated(file: &str, first: &FileReceipt) -> FileReceipt {
    let status = match first.status {
        FileStatus::Failed => FileStatus::Failed,
        FileStatus::Imported | FileStatus::Unchanged => FileStatus::Unchanged,
    };
    FileReceipt { file: file.to_owned(), status, ..first.clone() }
}

fn later_issues(held: &HeldBatch) -> impl Iterator<Item = IssueReceipt> {
    held.later.iter().map(|later| {
        let LaterVersion { sheet, table, received, file_name, at } = later;
        let months = format::received(*received);
        let message = format!(
            "{} {months}: versi yang lebih baru sudah diimpor ({file_name}, {}); untuk baris yang sama, isi versi itu yang dihitung",
            table.label(),
            format::date(at.date_naive())
        );
        let code = IssueCode::LaterVersionHeld;
        let severity = Severity::Warning;
        IssueReceipt::from(&Issue { sheet: sheet.clone(), cell: String::new(), code, severity, message, about: None })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_could_read_is_counted_with_its_gravest() {
        let issue = |severity| Issue {
            sheet: "Mei".to_owned(),
            cell: "F10".to_owned(),
            code: crate::diagnostic::IssueCode::InvalidDate,
            severity,
            message: "salah".to_owned(),
            about: None,
        };
        let mut issues = vec![issue(Severity::Warning); ISSUES_KEPT_MAX];
        limit(&mut issues);
        assert_eq!(issues.len(), ISSUES_KEPT_MAX);
        issues.extend([issue(Severity::Warning), issue(Severity::Error)]);
        limit(&mut issues);
        let last = issues.last().unwrap();
        assert_eq!((issues.len(), last.severity), (ISSUES_KEPT_MAX + 1, Severity::Error));
        assert!(last.message.starts_with("masih ada 2 catatan lain"), "{}", last.message);
    }
}
