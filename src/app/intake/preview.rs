//! Effects of an import, file by file and sheet by sheet, found out by doing it: the same code stores the files, the
//! facts before and after each of them are compared, of their Puskesmas alone. Whether it holds, and whether others
//! wait meanwhile, the caller decides by the store that it hands in.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::app::difference::{FactChange, FactId, FactText, Fate, Ledger, difference, ledger, rows_of};
use crate::app::import::receipt::{FileStatus, IssueReceipt, Refusal};
use crate::app::import::{ImportOptions, KeepsRows, OpenedFiles, PreparedFiles, StoredFile, Upload, Watch, complete};
use crate::diagnostic::{IssueCode, Offer, Severity};
use crate::domain::name::puskesmas_key;
use crate::domain::records::CellRef;
use crate::domain::{Received, Table, format};
use crate::recap::FoundTable;
use crate::store::{BatchId, GoneRow, Scope, Store, StoreError, sha256};
use crate::workbook::Visibility;

/// Facts of a table that are shown with their fields.
const FIRST_FACTS: usize = 5;

/// Effects of one file.
#[derive(Clone, Debug, PartialEq)]
pub struct FilePreview {
    /// Name of the file, without folders.
    pub name: String,
    /// Outcome: imported, unchanged or failed.
    pub status: FileStatus,
    /// Reason for which it fails; `None` where it does not.
    pub error: Option<Refusal>,
    /// Puskesmas that it belongs to; `None` where that is not known.
    pub puskesmas: Option<String>,
    /// Its sheets, in their order.
    pub sheets: Vec<SheetPreview>,
    /// Issues that belong to no sheet.
    pub issues: Vec<IssueReceipt>,
    /// Facts that differ and that no row of this file speaks of: they count, or no longer count, because of it.
    pub elsewhere: Vec<FactChange>,
    /// Rows of former versions that it lacks.
    pub gone: Vec<GoneRow>,
    /// The batch that holds it, where it is accepted.
    pub batch: Option<BatchId>,
}

/// Effects of one sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SheetPreview {
    /// Name of the sheet.
    pub name: String,
    /// True if the sheet is hidden: then it is listed and not read.
    pub is_hidden: bool,
    /// Tables that were read.
    pub tables: Vec<TablePreview>,
    /// Facts that differ, with the cell in which their row begins.
    pub changes: Vec<(FactChange, Option<CellRef>)>,
    /// Facts that its rows speak of and that stay as they are.
    pub unchanged: usize,
    /// Rows that are rejected and readings that are doubtful.
    pub issues: Vec<IssueReceipt>,
    /// Question that a person must answer before it can be read.
    pub asks: Option<Asks>,
}

/// One table of a sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct TablePreview {
    /// Table that it was read as.
    pub table: Table,
    /// Months that it covers.
    pub received: Received,
    /// Number of rows with data.
    pub rows: u32,
    /// Number of these with something rejected.
    pub rejected: u32,
    /// First row of its heading, from 0.
    pub top: u32,
    /// Facts that its rows speak of, each once.
    pub facts: usize,
    /// The first of them, as they count once the file is stored.
    pub first: Vec<FirstFact>,
    /// Answers that can be given once for its form.
    pub words: Vec<Offer>,
}

/// A fact as it counts, with all that is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstFact {
    /// Cell in which its row begins.
    pub cell: Option<CellRef>,
    /// Description and fields of the fact.
    pub shown: FactText,
}

/// Question that a sheet cannot answer by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// Asks for the table, the heading row and the columns.
    Layout,
    /// Asks for the month or the year.
    Period,
}

impl SheetPreview {
    /// Facts of one fate.
    pub fn count(&self, fate: Fate) -> usize {
        self.changes.iter().filter(|(change, _)| change.fate == fate).count()
    }

    /// Issues that reject something.
    pub fn errors(&self) -> usize {
        self.issues.iter().filter(|issue| issue.severity == Severity::Error.code()).count()
    }
}

impl FilePreview {
    /// `18 pembinaan, 5 RTL`: the facts of all its tables.
    pub fn counted(&self) -> String {
        let tables = || self.sheets.iter().flat_map(|sheet| &sheet.tables);
        let facts = |table: Table| tables().filter(|one| one.table == table).map(|one| one.facts).sum::<usize>();
        let known = Table::ALL.into_iter().filter(|table| tables().any(|one| one.table == *table));
        known.map(|table| counted_of(table, facts(table))).collect::<Vec<_>>().join(", ")
    }

    /// Returns a hash of what was shown: the same where acceptance does the same.
    pub fn seal(&self) -> String {
        let told = Self { batch: None, ..self.clone() };
        let mut seal = sha256(format!("{told:?}").as_bytes());
        seal.truncate(32);
        seal
    }
}

/// Files, opened and to be stored.
#[derive(Clone, Copy)]
pub(super) struct GivenFiles<'g> {
    pub(super) files: &'g [Upload],
    pub(super) prepared: &'g PreparedFiles,
    pub(super) options: &'g ImportOptions,
    /// Places of files whose former versions' rows go where they lack them.
    pub(super) replaces: &'g BTreeSet<usize>,
}

/// Stores the files in `store` and tells what that did; one preview a file, in their order. `begins` is told before
/// that whose they are.
pub(super) fn carry_out(
    store: &Store,
    given: GivenFiles<'_>,
    begins: &mut dyn FnMut(&[String]) -> Result<(), StoreError>,
) -> Result<Vec<FilePreview>, StoreError> {
    let before: RefCell<BTreeMap<String, Ledger>> = RefCell::default();
    let mut previews = Vec::with_capacity(given.files.len());
    {
        let mut begins = |owners: &[String]| -> Result<(), StoreError> {
            begins(owners)?;
            for name in owners {
                before.borrow_mut().insert(puskesmas_key(name), ledger_of(store, name)?);
            }
            Ok(())
        };
        let mut settled = |settled: &StoredFile<'_>| -> Result<(), StoreError> {
            let mut done = Done::default();
            if let (FileStatus::Imported, Some(puskesmas)) = (settled.receipt.status, &settled.receipt.puskesmas) {
                let after = ledger_of(store, puskesmas)?;
                let mut before = before.borrow_mut();
                let held = before.entry(puskesmas_key(puskesmas)).or_default();
                done.changes = difference(held, &after);
                done.first = first_facts(settled, &after);
                *held = after;
            }
            previews.push(preview(settled, given.prepared, done));
            Ok(())
        };
        let replaces = |place| given.replaces.contains(&place);
        let mut watch = Watch {
            keeps_rows: KeepsRows::Yes,
            begins: &mut begins,
            replaces: &replaces,
            settled: &mut settled,
            progress: &mut |_| {},
        };
        let opened = OpenedFiles { files: given.files, prepared: given.prepared };
        complete(store, opened, given.options, &mut watch)?;
    }
    Ok(previews)
}

/// All that counts for one Puskesmas, by name.
pub(in crate::app) fn ledger_of(store: &Store, puskesmas: &str) -> Result<Ledger, StoreError> {
    Ok(ledger(&store.facts(&Scope::Puskesmas(puskesmas.to_owned()))?))
}

/// Changes of the facts of a Puskesmas by storing one file.
#[derive(Default)]
struct Done {
    changes: Vec<FactChange>,
    /// First facts of each of its tables.
    first: Vec<Vec<FirstFact>>,
}

/// Returns the first facts that the rows of each table of a file speak of, as they count.
fn first_facts(settled: &StoredFile<'_>, counting: &Ledger) -> Vec<Vec<FirstFact>> {
    let of_recap = |recap| {
        let mut first: Vec<FirstFact> = Vec::new();
        for (id, cell) in rows_of(recap) {
            let fact = counting.get(&id).map(|shown| FirstFact { cell, shown: shown.clone() });
            first.extend(fact.filter(|fact| !first.iter().any(|known| known.shown.what == fact.shown.what)));
            if first.len() == FIRST_FACTS {
                break;
            }
        }
        first
    };
    settled.recaps.iter().map(of_recap).collect()
}

fn preview(settled: &StoredFile<'_>, prepared: &PreparedFiles, done: Done) -> FilePreview {
    let receipt = settled.receipt;
    let mut sheets = sheets_of(settled, prepared);
    let mut changes: BTreeMap<FactId, FactChange> =
        done.changes.into_iter().map(|change| (change.id.clone(), change)).collect();
    let mut first = done.first.into_iter();
    for (place, recap) in settled.recaps.iter().enumerate() {
        let first = first.next().unwrap_or_default();
        let Some(sheet) = sheets.iter_mut().find(|sheet| sheet.name == recap.sheet) else { continue };
        let rows = rows_of(recap);
        sheet.tables.push(TablePreview {
            table: recap.rows.table(),
            received: recap.received,
            rows: recap.rows_seen,
            rejected: recap.rows_rejected,
            top: settled.tables.get(place).map_or(0, FoundTable::top),
            facts: rows.iter().map(|(id, _)| id).collect::<BTreeSet<_>>().len(),
            first,
            words: settled.tables.get(place).map(FoundTable::words).unwrap_or_default(),
        });
        let mut seen: BTreeSet<FactId> = sheet.changes.iter().map(|(change, _)| change.id.clone()).collect();
        for (id, cell) in rows {
            if let Some(change) = changes.remove(&id) {
                sheet.changes.push((change, cell));
                seen.insert(id);
            } else if seen.insert(id) {
                sheet.unchanged += 1;
            }
        }
    }
    let mut issues = Vec::new();
    for issue in &receipt.issues {
        match sheets.iter_mut().find(|sheet| sheet.name == issue.sheet) {
            Some(sheet) => sheet.issues.push(issue.clone()),
            None => issues.push(issue.clone()),
        }
    }
    for sheet in &mut sheets {
        sheet.asks = asks(sheet);
    }
    FilePreview {
        name: receipt.file.clone(),
        status: receipt.status,
        error: receipt.error.clone(),
        puskesmas: receipt.puskesmas.clone(),
        sheets,
        issues,
        elsewhere: changes.into_values().collect(),
        gone: settled.gone.to_vec(),
        batch: receipt.batch,
    }
}

/// The sheets of a file: as recognised, as opened, or as a former receipt names them.
fn sheets_of(settled: &StoredFile<'_>, prepared: &PreparedFiles) -> Vec<SheetPreview> {
    let sheet = |name: &str, is_hidden| SheetPreview { name: name.to_owned(), is_hidden, ..SheetPreview::default() };
    if !settled.sheets.is_empty() {
        return settled.sheets.iter().map(|note| sheet(&note.name, note.hidden)).collect();
    }
    if let Some(workbook) = prepared.workbook(settled.place) {
        let sheets = workbook.sheets.iter();
        return sheets.map(|known| sheet(&known.name, known.visibility == Visibility::Hidden)).collect();
    }
    let mut names: Vec<&str> = Vec::new();
    for receipt in &settled.receipt.sheets {
        if !names.contains(&receipt.sheet.as_str()) {
            names.push(&receipt.sheet);
        }
    }
    names.into_iter().map(|name| sheet(name, false)).collect()
}

fn asks(sheet: &SheetPreview) -> Option<Asks> {
    let has = |code: IssueCode| sheet.issues.iter().any(|issue| issue.code == code.code());
    if has(IssueCode::UnknownTable) {
        Some(Asks::Layout)
    } else if sheet.tables.is_empty() && has(IssueCode::MissingValue) {
        Some(Asks::Period)
    } else {
        None
    }
}

/// Returns the number of a table's facts with its short name: `18 pembinaan`.
pub fn counted_of(table: Table, facts: usize) -> String {
    let facts = u32::try_from(facts).map_or(f64::from(u32::MAX), f64::from);
    format!("{} {}", format::number(facts, 0), table.noun())
}
