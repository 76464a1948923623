//! Workbooks into the store: recognises all files of a call first, so that a register in a later file serves
//! the earlier ones, reads every table once, and accepts each file as one transaction, in the order given.
//! Prints nothing and reads no clock.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, Utc};

use super::known::{Forms, Reader};
use super::opening::{Opened, may_change, open_all};
use super::receipt::{FileReceipt, FileStatus, ImportReceipt, IssueReceipt, Refusal, SheetReceipt};
use crate::diagnostic::{Issue, IssueCode, Severity};
use crate::domain::format;
use crate::domain::name::puskesmas_key;
use crate::domain::records::Recap;
use crate::domain::table::DISTRICT;
use crate::domain::{Month, Signature, Table};
use crate::recap::{FoundTable, Recognised, SheetNote};
use crate::store::{GoneRow, Held, LaterVersion, NewBatch, Store, StoreError, sha256};
use crate::workbook::{Opener, Workbook};

/// Issues of one file that are kept and shown.
const ISSUES_KEPT_MAX: usize = 10_000;

/// A file to be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Its name; folders before it are not kept.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// How to import.
#[derive(Clone, Debug)]
pub struct ImportOptions {
    /// Owner of workbooks that name none.
    pub puskesmas: Option<String>,
    /// Whether rows that a former version of a recap had and the new one lacks go.
    pub replace: bool,
    /// Who imports.
    pub who: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Opens workbooks, within bounds.
    pub opener: Opener,
    /// Turned on by whoever wants it to end: no further file is begun, those stored stay. What was not begun says so in
    /// its receipt, and the same call again makes up for it.
    pub stop: Arc<AtomicBool>,
}

impl ImportOptions {
    pub(super) fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }
}

/// How far an import is: each step counts files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress<'a> {
    /// What is being done.
    pub step: ImportStep,
    /// Files done in this step.
    pub done: usize,
    /// Out of.
    pub total: usize,
    /// The file at hand.
    pub file: &'a str,
}

/// Steps of an import, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportStep {
    /// Opening workbooks.
    Opening,
    /// Storing what was read.
    Storing,
}

/// Said of a file that was not begun.
pub(super) const STOPPED: &str = "impor dihentikan sebelum berkas ini; impor lagi untuk melanjutkan";

/// Imports files in any order; one receipt a file, in the order given. What fails, fails alone.
pub fn import(
    store: &Store,
    files: &[Upload],
    options: &ImportOptions,
    progress: &mut dyn FnMut(Progress<'_>),
) -> ImportReceipt {
    let prepared = prepare(store, files, options, progress);
    let mut watch = Watch { replaces: &|_| false, settled: &mut |_| Ok(()), progress };
    complete(store, (files, &prepared), options, &mut watch).unwrap_or_else(|error| {
        let failed = files.iter().map(|file| FileReceipt::failed(&file.name, error.to_string()));
        ImportReceipt { files: failed.collect() }
    })
}

/// Files opened as far as needed: all that is slow and that no other import can change.
pub(super) struct Prepared(Vec<Opened>);

impl Prepared {
    /// The workbook of a file that was opened.
    pub(super) fn workbook(&self, place: usize) -> Option<&Workbook> {
        match self.0.get(place)? {
            Opened::Workbook { workbook, .. } => Some(workbook),
            Opened::Failed(_) | Opened::SameAs(_) | Opened::Known(..) => None,
        }
    }
}

/// Opens all files.
pub(super) fn prepare(
    store: &Store,
    files: &[Upload],
    options: &ImportOptions,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Prepared {
    Prepared(open_all(store, files, options, progress))
}

/// Who looks on while files are stored, and which of them replace former versions.
pub(super) struct Watch<'w> {
    /// Whether the file at this place replaces the former versions of its recaps.
    pub(super) replaces: &'w dyn Fn(usize) -> bool,
    /// Told of each file once it is stored; an error ends the import.
    pub(super) settled: &'w mut dyn FnMut(&Settled<'_>) -> Result<(), StoreError>,
    /// Told how far it is.
    pub(super) progress: &'w mut dyn FnMut(Progress<'_>),
}

/// A file whose rows are stored.
pub(super) struct Settled<'s> {
    /// Its place in the call.
    pub(super) place: usize,
    /// What became of it.
    pub(super) receipt: &'s FileReceipt,
    /// What was read of it.
    pub(super) recaps: &'s [Recap],
    /// Its sheets.
    pub(super) sheets: &'s [SheetNote],
    /// Rows of former versions that it lacks.
    pub(super) gone: &'s [GoneRow],
}

/// Recognises, reads and stores opened files.
pub(super) fn complete(
    store: &Store,
    (files, prepared): (&[Upload], &Prepared),
    options: &ImportOptions,
    watch: &mut Watch<'_>,
) -> Result<ImportReceipt, StoreError> {
    let opened = &prepared.0;
    let forms = Forms::load(store)?;
    let recognised: Vec<Option<Recognised<'_>>> =
        opened.iter().map(|opened| opened.recognise(store, &forms, options)).collect::<Result<_, _>>()?;
    let mut plans = plan(store, files, (opened, &recognised), options)?;
    let mut contents = read_all(store, &recognised, &mut plans);
    let mut receipts: Vec<FileReceipt> = Vec::with_capacity(files.len());
    for (place, (file, plan)) in files.iter().zip(plans).enumerate() {
        (watch.progress)(Progress { step: ImportStep::Storing, done: place, total: files.len(), file: &file.name });
        let contents = contents.remove(&place).unwrap_or_default();
        let mut gone = Vec::new();
        let receipt = match plan {
            Plan::Failed(error, issues) => {
                let issues = issues.iter().map(IssueReceipt::from).collect();
                FileReceipt { issues, ..FileReceipt::failed(&file.name, error) }
            }
            Plan::SameAs(first) => repeated(&file.name, &receipts[first]),
            Plan::Known(puskesmas, held) => unchanged(&file.name, &puskesmas, &held),
            Plan::Read(..) if options.is_stopped() => FileReceipt::failed(&file.name, STOPPED.to_owned()),
            Plan::Read(puskesmas, held) => {
                let reading = Judged { puskesmas, held, contents: &contents, replaces: (watch.replaces)(place) };
                let (receipt, lacking) = accept(store, options, file, &reading);
                gone = lacking;
                receipt
            }
        };
        let Contents { recaps, sheets, .. } = &contents;
        (watch.settled)(&Settled { place, receipt: &receipt, recaps, sheets, gone: &gone })?;
        receipts.push(receipt);
    }
    Ok(ImportReceipt { files: receipts })
}

/// What is to be done with a file.
enum Plan {
    Failed(Refusal, Vec<Issue>),
    SameAs(usize),
    Known(String, Box<Held>),
    /// Read it for this Puskesmas; where it is held already, for what can be added or taken out.
    Read(String, Option<Box<Held>>),
}

/// What was read of one file.
#[derive(Default)]
struct Contents {
    recaps: Vec<Recap>,
    issues: Vec<Issue>,
    sheets: Vec<SheetNote>,
    signatures: Vec<Signature>,
}

/// A file ready to be accepted.
struct Judged<'c> {
    puskesmas: String,
    held: Option<Box<Held>>,
    contents: &'c Contents,
    replaces: bool,
}

fn plan(
    store: &Store,
    files: &[Upload],
    (opened, recognised): (&[Opened], &[Option<Recognised<'_>>]),
    options: &ImportOptions,
) -> Result<Vec<Plan>, StoreError> {
    let default = default_puskesmas(store, recognised, options)?;
    let plans = opened.iter().zip(recognised).zip(files).map(|((opened, recognised), file)| {
        let (hash, recognised) = match (opened, recognised) {
            (Opened::Workbook { hash, .. }, Some(recognised)) => (hash, recognised),
            (Opened::Failed(error), _) => return Plan::Failed(error.as_str().into(), Vec::new()),
            (Opened::SameAs(first), _) => return Plan::SameAs(*first),
            (Opened::Known(puskesmas, held), _) => return Plan::Known(puskesmas.clone(), held.clone()),
            (Opened::Workbook { .. }, None) => return Plan::Failed(nothing_known(&file.name).into(), Vec::new()),
        };
        let puskesmas = match owner(&file.name, recognised, &default) {
            Ok(puskesmas) => puskesmas,
            Err(error) => return Plan::Failed(error, recognised.issues.clone()),
        };
        match store.held(&puskesmas, hash) {
            Ok(Some(held)) if !may_change(&held, options) => Plan::Known(puskesmas, Box::new(held)),
            Ok(held) => Plan::Read(puskesmas, held.map(Box::new)),
            Err(error) => Plan::Failed(error.to_string().into(), Vec::new()),
        }
    });
    Ok(plans.collect())
}

fn nothing_known(file: &str) -> String {
    format!(
        "{}: tidak ada tabel yang dikenal; pastikan lembarnya tidak tersembunyi dan judul kolomnya seperti pada format rekap (misalnya No, Tanggal, Nama Jaringan/Jejaring)",
        base_name(file)
    )
}

/// The owner of workbooks without a banner; where it cannot be told, the Puskesmas there are.
fn default_puskesmas(
    store: &Store,
    recognised: &[Option<Recognised<'_>>],
    options: &ImportOptions,
) -> Result<Result<String, Vec<String>>, StoreError> {
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    for name in store.puskesmas()? {
        known.insert(puskesmas_key(&name), name);
    }
    for name in recognised.iter().flatten().flat_map(banners) {
        known.entry(puskesmas_key(name)).or_insert_with(|| name.to_owned());
    }
    if let Some(asked) = &options.puskesmas {
        return Ok(Ok(known.remove(&puskesmas_key(asked)).unwrap_or_else(|| asked.clone())));
    }
    let mut names: Vec<String> = known.into_values().collect();
    Ok(if names.len() == 1 { Ok(names.remove(0)) } else { Err(names) })
}

/// Names of Puskesmas in the banners of a workbook.
fn banners<'r>(recognised: &'r Recognised<'_>) -> impl Iterator<Item = &'r str> {
    let names = recognised.tables.iter().filter_map(|table| table.puskesmas.as_deref());
    names.filter(|name| !puskesmas_key(name).is_empty())
}

/// Whose workbook it is: one Puskesmas a workbook.
fn owner(file: &str, recognised: &Recognised<'_>, default: &Result<String, Vec<String>>) -> Result<String, Refusal> {
    let file = base_name(file);
    if recognised.tables.is_empty() {
        let asked = recognised.issues.iter().find(|issue| issue.severity == Severity::Error);
        let why = |issue: &Issue| format!("{file}: lembar {}: {}", issue.sheet, issue.message);
        return Err(asked.map_or_else(|| nothing_known(file), why).into());
    }
    let of_district = recognised.tables.iter().filter(|table| table.table == Table::Clusters).count();
    if of_district == recognised.tables.len() {
        return Ok(DISTRICT.to_owned());
    }
    if of_district > 0 {
        return Err(format!(
            "{file}: daftar Cluster berlaku untuk banyak Puskesmas; simpan lembarnya sebagai buku kerja sendiri, lalu impor keduanya"
        )
        .into());
    }
    let mut named: BTreeMap<String, &str> = BTreeMap::new();
    for name in banners(recognised) {
        named.entry(puskesmas_key(name)).or_insert(name);
    }
    match named.len() {
        0 => default.clone().map_err(|known| Refusal::NoOwner { file: file.to_owned(), known }),
        1 => Ok(named.into_values().map(str::to_owned).next().unwrap_or_default()),
        _ => {
            let all: Vec<&str> = named.into_values().collect();
            Err(format!(
                "{file}: menyebut lebih dari satu Puskesmas ({}); pisahkan menjadi satu buku kerja untuk tiap Puskesmas",
                all.join(", ")
            )
            .into())
        }
    }
}

/// A table to be read: whose it is and where it stands.
struct Job<'r, 'w> {
    owner: String,
    table: &'r FoundTable<'w>,
    file: usize,
    place: usize,
}

/// Reads every table of every file that is to be read, registers before what needs them; by file.
fn read_all(store: &Store, recognised: &[Option<Recognised<'_>>], plans: &mut [Plan]) -> BTreeMap<usize, Contents> {
    let mut jobs: Vec<Job<'_, '_>> = Vec::new();
    let mut contents: BTreeMap<usize, Contents> = BTreeMap::new();
    for (file, (plan, recognised)) in plans.iter().zip(recognised).enumerate() {
        let (Plan::Read(puskesmas, _), Some(recognised)) = (plan, recognised) else { continue };
        let tables = recognised.tables.iter().enumerate();
        jobs.extend(tables.map(|(place, table)| Job { owner: puskesmas_key(puskesmas), table, file, place }));
        contents.insert(
            file,
            Contents {
                recaps: Vec::new(),
                issues: recognised.issues.clone(),
                sheets: recognised.sheets.clone(),
                signatures: recognised.signatures.clone(),
            },
        );
    }
    jobs.sort_by(|one, other| order(one).cmp(&order(other)));
    let mut read: BTreeMap<(usize, usize), Recap> = BTreeMap::new();
    for jobs in jobs.chunk_by(|one, other| one.owner == other.owner) {
        let known = match store.known(&jobs[0].owner) {
            Ok(known) => known,
            Err(error) => {
                for job in jobs {
                    plans[job.file] = Plan::Failed(error.to_string().into(), Vec::new());
                }
                continue;
            }
        };
        let mut reader = Reader::new(&jobs[0].owner, &known);
        for job in jobs {
            let (recap, issues) = reader.read(job.table);
            read.insert((job.file, job.place), recap);
            if let Some(contents) = contents.get_mut(&job.file) {
                contents.issues.extend(issues);
            }
        }
    }
    for ((file, _), recap) in read {
        if let Some(contents) = contents.get_mut(&file) {
            contents.recaps.push(recap);
        }
    }
    for (file, contents) in &mut contents {
        limit(&mut contents.issues);
        let sheets = recognised[*file].as_ref().map(|recognised| recognised.sheets.as_slice()).unwrap_or_default();
        let place = |issue: &Issue| sheets.iter().position(|sheet| sheet.name == issue.sheet).unwrap_or(sheets.len());
        contents.issues.sort_by_key(place);
    }
    contents
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
    issues.push(Issue { sheet: String::new(), cell: String::new(), code, severity, message });
}

fn order<'j>(job: &'j Job<'_, '_>) -> (&'j str, Table, Month, usize, usize) {
    (&job.owner, job.table.table, job.table.received.rank_month(), job.file, job.place)
}

fn accept(store: &Store, options: &ImportOptions, file: &Upload, reading: &Judged<'_>) -> (FileReceipt, Vec<GoneRow>) {
    let Judged { puskesmas, held, contents, replaces } = reading;
    let batch = NewBatch {
        puskesmas,
        file_name: base_name(&file.name),
        bytes: &file.bytes,
        who: &options.who,
        at: options.at,
        recaps: &contents.recaps,
        issues: &contents.issues,
        signatures: &contents.signatures,
        replace: options.replace || *replaces,
    };
    let accepted = match held {
        None => store.accept_new(&batch),
        Some(held) => store.accept_retried(&batch, held.batch),
    };
    let accepted = match (accepted, held) {
        (Ok(Some(accepted)), _) => accepted,
        (Ok(None), Some(held)) => return (unchanged(&file.name, puskesmas, held), Vec::new()),
        // Brought by another process meanwhile.
        (Ok(None), None) => return (held_meanwhile(store, file, puskesmas), Vec::new()),
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
        issues: issues.chain(later).collect(),
        batch: Some(accepted.batch),
        puskesmas: Some(puskesmas.clone()),
    };
    (receipt, accepted.gone)
}

fn held_meanwhile(store: &Store, file: &Upload, puskesmas: &str) -> FileReceipt {
    match store.held(puskesmas, &sha256(&file.bytes)) {
        Ok(Some(held)) => unchanged(&file.name, puskesmas, &held),
        Ok(None) => FileReceipt::failed(&file.name, "tidak ada yang disimpan; impor lagi berkas ini"),
        Err(error) => FileReceipt::failed(&file.name, format!("{}: {error}", base_name(&file.name))),
    }
}

/// What the store holds already; what was rejected then still is.
fn unchanged(file: &str, puskesmas: &str, held: &Held) -> FileReceipt {
    FileReceipt {
        file: file.to_owned(),
        status: FileStatus::Unchanged,
        error: None,
        sheets: held.recaps.iter().map(SheetReceipt::from).collect(),
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

fn later_issues(held: &Held) -> impl Iterator<Item = IssueReceipt> {
    held.later.iter().map(|later| {
        let LaterVersion { sheet, table, received, file_name, at } = later;
        let months = format::received(*received);
        let message = format!(
            "{} {months}: versi yang lebih baru sudah diimpor ({file_name}, {}); untuk baris yang sama, isi versi itu yang dihitung",
            table.label(),
            format::date(at.date_naive())
        );
        let (code, severity) = (IssueCode::LaterVersionHeld, Severity::Warning);
        IssueReceipt::from(&Issue { sheet: sheet.clone(), cell: String::new(), code, severity, message })
    })
}

/// The name of a file without folders, whichever system wrote the path.
pub(super) fn base_name(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}
