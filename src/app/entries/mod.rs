//! Rows of every table, written, changed and withdrawn by a form or pasted as a block. What is typed becomes a sheet of
//! one row and is read by the same rules as a workbook; it is accepted as a small batch of its own, with who, when and
//! an undo.

mod allowed;
mod block;
mod checklist_sheet;
mod paste;
mod rank;
mod sheet;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::App;
use super::import::known::TablesReader;
use crate::diagnostic::{Issue, IssueCode, Severity};
use crate::domain::Table;
use crate::domain::form::{FieldKind, FormField, TableForm};
use crate::domain::name::{plain_words, puskesmas_key};
use crate::domain::records::{CellRef, Field, Recap};
use crate::domain::table::DISTRICT;
use crate::recap::recognise;
use crate::store::{
    BatchId, By, Content, EntriesOf, KeptOriginal, Known, NewBatch, ReadEntry, Replaced, StoreError, StoredEntry,
    TakenOut, read_entries,
};

pub use block::BLOCK_ROWS_MAX;
pub use checklist_sheet::{ChecklistError, ChecklistFault, SheetAnswer, SheetKey, TypedChecklist, sheet_version};
pub use paste::{EntryFate, PastePreview, PasteResult, Pasted, PastedEntry, PastedFault};
pub use sheet::{CANCELLED_CODE, months_of};

pub(super) use allowed::RowFields;
use rank::StandingEntries;
use sheet::TypedSheet;
pub(super) use sheet::{csv, text_cells};

/// Characters of the hash by which what was shown is told from another.
const SEAL_CHARS: usize = 32;

/// Longest text of one field, characters.
const VALUE_CHARS_MAX: usize = 2_000;

/// Texts that were typed, by the name of their field.
pub type Values = BTreeMap<&'static str, String>;

/// Reason for which an entry is not kept.
#[derive(Debug, thiserror::Error)]
pub enum EntryError {
    /// Fields and what is wrong with them.
    #[error("isian belum lengkap atau keliru")]
    Wrong(Vec<FieldFault>),
    /// The entry that was to be changed or withdrawn does not stand any more.
    #[error("catatan ini sudah diubah atau dihapus orang lain; muat ulang halaman untuk melihat isinya sekarang")]
    Gone,
    /// There is no such entry or Puskesmas.
    #[error("catatan itu tidak ada di Puskesmas ini; pilih dari daftar di halamannya")]
    NotHere,
    /// It came from a file and no form wrote anything of it.
    #[error(
        "baris ini berasal dari berkas {file}, bukan diketik; batalkan impor berkas itu, atau ubah barisnya bila isinya keliru"
    )]
    Imported {
        /// Name of the file.
        file: String,
        /// Batch that brought it.
        batch: BatchId,
    },
    /// The account may not do that.
    #[error(
        "akun ini tidak berwenang {0}; minta koordinator menuliskannya, atau minta administrator memberi peran yang sesuai"
    )]
    NotAllowed(String),
    /// Failure of the database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Fault of a field, for the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldFault {
    /// Name of the field; blank for the form as a whole.
    pub field: &'static str,
    /// Sentences about the fault and its remedy.
    pub message: String,
    /// The name that no register knows, where that is what is wrong.
    pub unknown_name: Option<String>,
}

impl FieldFault {
    pub(super) fn new(field: &'static str, message: String) -> Self {
        Self { field, message, unknown_name: None }
    }
}

/// An entry as it was typed.
#[derive(Clone, Copy, Debug)]
pub struct Typing<'t> {
    /// Puskesmas to which it belongs.
    pub puskesmas: &'t str,
    /// Table of the entry.
    pub table: Table,
    /// Texts of its fields.
    pub values: &'t Values,
    /// The entry that it replaces.
    pub replaced: Option<&'t str>,
    /// Year of dates that have none.
    pub year: i32,
}

/// Returns the owner of a table's entries: of clusters the district's team, else the Puskesmas.
pub fn owner(table: Table, puskesmas: &str) -> &str {
    if table == Table::Clusters { DISTRICT } else { puskesmas }
}

/// Entries of a table are looked for in the recaps of their year where all of them would be too many.
fn year_asked(table: Table, year: i32) -> Option<i32> {
    (table == Table::Achievements).then_some(year)
}

impl App {
    /// The entries of a table, the last one first; of some year alone where one is given.
    pub fn entries(&self, puskesmas: &str, table: Table, year: Option<i32>) -> Result<Vec<StoredEntry>, StoreError> {
        self.store().entries(EntriesOf { owner: owner(table, puskesmas), table, year })
    }

    /// Keeps what was typed: a new entry, or one in the place of the entry that is replaced.
    ///
    /// # Errors
    /// [`EntryError::Wrong`] names what is wrong, field by field; [`EntryError::Gone`] where the replaced entry does not
    /// stand any more, [`EntryError::NotHere`] where it never stood in this Puskesmas.
    pub fn write_entry(&self, typing: Typing<'_>) -> Result<BatchId, EntryError> {
        self.check_whole_rows(typing.table, typing.puskesmas)?;
        let numbered = self.with_item_number(&typing);
        self.keep_entry(Typing { values: numbered.as_ref().unwrap_or(typing.values), ..typing })
    }

    /// The same for whoever may change no more than this.
    pub(super) fn keep_entry(&self, typing: Typing<'_>) -> Result<BatchId, EntryError> {
        let Typing { puskesmas, table, values, .. } = typing;
        let form = TableForm::from_table(table);
        self.check_owner(table, puskesmas)?;
        check(form, values)?;
        self.check_members(form, values)?;
        let year = year_typed(form, values).unwrap_or(typing.year);
        let sheet = TypedSheet::of_values(form, puskesmas, values, year);
        let owner = owner(table, puskesmas);
        let read = self.read(&sheet, table, owner)?;
        let recap = rank::of_one(read.recap);
        let written = read_entries(&recap.rows, recap.received.year());
        if written.is_empty() {
            return Err(form_fault(UNREADABLE));
        }
        self.check_allowed(table, puskesmas, written.iter().map(|entry| entry.fields.as_slice()))?;
        let entries = self.entries(puskesmas, table, year_asked(table, recap.received.year()))?;
        let standing: StandingEntries<'_> = entries.iter().map(|entry| (entry.id.as_str(), entry)).collect();
        let changed = typing.replaced.and_then(|id| standing.get(id));
        self.check_allowed(table, puskesmas, changed.map(|entry| entry.fields.as_slice()))?;
        let replaced = self.replaced(&typing, &written, &standing)?;
        let is_there = |entry: &&ReadEntry| standing.contains_key(entry.id.as_str());
        let is_other = |entry: &&ReadEntry| typing.replaced != Some(entry.id.as_str());
        if written.iter().filter(is_other).any(|entry| is_there(&entry)) {
            return Err(form_fault(THERE_ALREADY));
        }
        let recaps = match replaced {
            Some(Replaced { takes_out: TakenOut::All, id, .. }) => {
                rank::parted(since_first(recap, standing.get(id)), &StandingEntries::new())
            }
            _ => rank::parted(recap, &standing),
        };
        let now = self.clock().now();
        let bytes = sheet.text(format!("diketik lewat halaman oleh {}, {}", self.who(), now.to_rfc3339()));
        let content = Content { recaps: &recaps, issues: &read.warnings, ..Content::default() };
        let name = file_name(table, "");
        let batch = NewBatch { bytes: &bytes, ..self.batch_of(owner, &name, now) };
        let accepted = self.store().accept_entry(&batch, &content, replaced)?;
        Ok(accepted.ok_or(EntryError::Gone)?.batch)
    }

    /// Takes an entry out; undoing the batch brings it back. Of the tables that people write beside the figures all rows
    /// go, of others those that were typed, so that what a file brought counts again.
    ///
    /// # Errors
    /// Where it does not stand any more, never stood, or came from a file.
    pub fn withdraw_entry(&self, puskesmas: &str, table: Table, id: &str) -> Result<BatchId, EntryError> {
        self.check_whole_rows(table, puskesmas)?;
        self.check_owner(table, puskesmas)?;
        let owner = owner(table, puskesmas);
        let now = self.clock().now();
        let entries = self.store().entries(EntriesOf { owner, table, year: None })?;
        let Some(entry) = entries.into_iter().find(|entry| entry.id == id) else {
            return Err(self.missing(owner, table, id)?);
        };
        self.check_allowed(table, puskesmas, [entry.fields.as_slice()])?;
        let takes_out = if table.is_written() { TakenOut::All } else { TakenOut::Typed };
        if let (TakenOut::Typed, false, Some((file, batch))) = (takes_out, entry.is_typed, &entry.imported) {
            return Err(EntryError::Imported { file: file.clone(), batch: *batch });
        }
        let told: Vec<String> =
            entry.fields.iter().map(|(field, value)| format!("{}: {value}", field.label())).collect();
        let lines = [format!("DITARIK lewat halaman oleh {}, {}", self.who(), now.to_rfc3339()), told.join("; ")];
        let bytes = csv(&lines.map(|line| vec![line]));
        let name = file_name(table, "-ditarik");
        let batch = NewBatch { bytes: &bytes, ..self.batch_of(owner, &name, now) };
        let replaced = Replaced { table, id, takes_out };
        let accepted = self.store().accept_entry(&batch, &Content::default(), Some(replaced))?;
        Ok(accepted.ok_or(EntryError::Gone)?.batch)
    }

    /// A Puskesmas comes into being by a register; every other entry belongs to one that there is.
    fn check_owner(&self, table: Table, puskesmas: &str) -> Result<(), EntryError> {
        let known = self.store().puskesmas()?;
        let is_known = known.iter().any(|name| puskesmas_key(name) == puskesmas_key(puskesmas));
        let is_first = known.is_empty() && table == Table::Facilities && !puskesmas_key(puskesmas).is_empty();
        if is_known || is_first || table == Table::Clusters { Ok(()) } else { Err(EntryError::NotHere) }
    }

    /// Why an entry cannot be found.
    fn missing(&self, owner: &str, table: Table, id: &str) -> Result<EntryError, StoreError> {
        Ok(if self.store().was_entry(owner, table, id)? { EntryError::Gone } else { EntryError::NotHere })
    }

    /// The entry that is replaced, and the rows of it that go: none where what is written stands above them and says of
    /// each field at least as much.
    fn replaced<'t>(
        &self,
        typing: &Typing<'t>,
        written: &[ReadEntry],
        standing: &StandingEntries<'_>,
    ) -> Result<Option<Replaced<'t>>, EntryError> {
        let Some(id) = typing.replaced else { return Ok(None) };
        let table = typing.table;
        let Some(held) = standing.get(id) else {
            return Err(self.missing(owner(table, typing.puskesmas), table, id)?);
        };
        let same = written.iter().find(|entry| entry.id == id);
        if same.is_none() && matches!(table, Table::Facilities | Table::ServiceIndicators) {
            return Err(form_fault(KEY_STAYS));
        }
        let is_shown = |field: Field| TableForm::from_table(table).fields.iter().any(|known| known.field == field);
        let keeps_all = same.is_some_and(|entry| {
            let says = |field: Field| entry.fields.iter().any(|(known, _)| *known == field);
            held.fields.iter().all(|(field, _)| !is_shown(*field) || says(*field))
        });
        let takes_out = if keeps_all && !table.is_written() { TakenOut::Nothing } else { TakenOut::All };
        Ok(Some(Replaced { table, id, takes_out }))
    }

    /// Only a Puskesmas that there is becomes a member of a cluster.
    fn check_members(&self, form: &TableForm, values: &Values) -> Result<(), EntryError> {
        let Some(field) = form.first(|kind| kind == FieldKind::Puskesmas) else { return Ok(()) };
        let known = self.store().known(DISTRICT)?.members;
        let typed = values.get(field.name).map(String::as_str).unwrap_or_default();
        let is_known = known.iter().any(|name| puskesmas_key(name) == puskesmas_key(typed));
        // A team that has no Puskesmas' data yet may draw its list up all the same.
        if is_known || known.is_empty() {
            return Ok(());
        }
        let words =
            format!("“{typed}” tidak ada di folder data ini. Yang ada: {}.", self.store().puskesmas()?.join(", "));
        Err(EntryError::Wrong(vec![FieldFault::new(field.name, words)]))
    }

    fn batch_of<'b>(&'b self, owner: &'b str, file_name: &'b str, at: DateTime<Utc>) -> NewBatch<'b> {
        NewBatch {
            puskesmas: owner,
            file_name,
            bytes: &[],
            kept: KeptOriginal::AsItCame,
            by: By { at, ..self.by() },
            replace: false,
        }
    }

    /// Returns the registers and figures that a table of this owner is read with.
    fn known_for(&self, table: Table, owner: &str) -> Result<Known, StoreError> {
        let known = self.store().known(owner)?;
        let figures = if table == Table::Achievements { self.store().former_figures(owner)? } else { Vec::new() };
        Ok(Known { figures, ..known })
    }

    /// The one row that was typed, read as a workbook's.
    fn read(&self, sheet: &TypedSheet, table: Table, owner: &str) -> Result<ReadRow, EntryError> {
        let workbook = sheet.workbook();
        let recognised = recognise(&workbook);
        let mut reader = TablesReader::new(owner, &self.known_for(table, owner)?, self.definitions().books.clone());
        let found = recognised.tables.iter().find(|found| found.table == table);
        let Some(found) = found else { return Err(wrong(sheet, &recognised.issues)) };
        let (recap, issues) = reader.read(found);
        if recap.rows_rejected > 0 {
            return Err(wrong(sheet, &issues));
        }
        let warnings = issues.into_iter().filter(|issue| issue.severity == Severity::Warning).collect();
        Ok(ReadRow { recap, warnings })
    }
}

/// An entry as it was read.
struct ReadRow {
    recap: Recap,
    warnings: Vec<Issue>,
}

/// A register that takes the place of all that a facility had keeps the year since which it is registered.
fn since_first(recap: Recap, held: Option<&&StoredEntry>) -> Recap {
    match held {
        Some(held) if recap.rows.table() == Table::Facilities => {
            Recap { received: crate::domain::Received::Year(held.years.0), ..recap }
        }
        _ => recap,
    }
}

const UNREADABLE: &str = "Isian ini tidak terbaca sebagai satu catatan. Tulis lebih lengkap, lalu simpan lagi.";
/// Told of an entry whose key stands in the list.
pub const THERE_ALREADY: &str = "Catatan yang sama sudah ada di daftar di bawah. Ubah yang itu, atau bedakan isinya.";
const KEY_STAYS: &str = "Nama atau kode ini dipakai tabel lain, jadi tidak dapat diganti di sini. Bila rekap menulisnya \
                         berbeda, catat padanannya di halaman Impor › Nama; bila memang lain, tambahkan sebagai baris baru.";

fn form_fault(message: &str) -> EntryError {
    EntryError::Wrong(vec![FieldFault::new("", message.to_owned())])
}

fn file_name(table: Table, end: &str) -> String {
    format!("catatan-{}{end}.csv", plain_words(table.label()).replace(' ', "-"))
}

fn check(form: &TableForm, values: &Values) -> Result<(), EntryError> {
    let value = |field: &FormField| values.get(field.name).map(String::as_str).unwrap_or_default();
    let fault = |field: &FormField| {
        if field.is_needed && value(field).is_empty() {
            return Some(format!("{} harus diisi.", field.label));
        }
        let is_long = value(field).chars().count() > VALUE_CHARS_MAX;
        is_long.then(|| format!("{} terlalu panjang; paling banyak {VALUE_CHARS_MAX} huruf.", field.label))
    };
    let faults: Vec<FieldFault> =
        form.fields.iter().filter_map(|field| Some(FieldFault::new(field.name, fault(field)?))).collect();
    if faults.is_empty() { Ok(()) } else { Err(EntryError::Wrong(faults)) }
}

/// The year that was typed, or that of the first month or date.
fn year_typed(form: &TableForm, values: &Values) -> Option<i32> {
    let is_dated = |field: &&FormField| {
        matches!(field.kind, FieldKind::Year | FieldKind::Day | FieldKind::Month | FieldKind::MonthOrCancelled)
    };
    let year_in = |text: &String| {
        let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4);
        numbers.find_map(|digits| digits.parse().ok())
    };
    let chosen = form.first(|kind| kind == FieldKind::Year).and_then(|field| values.get(field.name)).and_then(year_in);
    chosen.or_else(|| form.fields.iter().filter(is_dated).filter_map(|field| values.get(field.name)).find_map(year_in))
}

/// Issues as faults of fields.
fn wrong(sheet: &TypedSheet, issues: &[Issue]) -> EntryError {
    let errors = issues.iter().filter(|issue| issue.severity == Severity::Error);
    let fault = |issue: &Issue| {
        let field = CellRef::parse(&issue.cell).and_then(|cell| sheet.field_at(cell));
        let is_unknown = issue.code == IssueCode::UnknownFacility;
        FieldFault {
            field: field.map(|field| field.name).unwrap_or_default(),
            message: sentence(&issue.message),
            unknown_name: field.filter(|_| is_unknown).and_then(|field| sheet.typed_text(field)),
        }
    };
    let faults: Vec<FieldFault> = errors.map(fault).collect();
    if faults.is_empty() { form_fault(UNREADABLE) } else { EntryError::Wrong(faults) }
}

fn sentence(text: &str) -> String {
    format!("{text}.")
}
