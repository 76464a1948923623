//! A block copied from a spreadsheet: read under its own heading or that of the template, shown as the facts that it
//! would be, and accepted as one batch.

use chrono::{DateTime, Utc};

use super::block::{BLOCK_COLUMNS_MAX, BLOCK_ROWS_MAX, cells_of};
use super::rank::{self, StandingEntries};
use super::sheet::{PastedCell, TypedSheet, heading_words};
use super::{EntryError, SEAL_CHARS, file_name, form_fault, owner, sentence, year_asked};
use crate::app::App;
use crate::app::import::known::{Forms, TablesReader};
use crate::diagnostic::{Issue, IssueCode, Severity};
use crate::domain::form::TableForm;
use crate::domain::name::puskesmas_key;
use crate::domain::records::{CellRef, Field, Recap};
use crate::domain::{Period, Table, format};
use crate::recap::{Recognised, lay_out, puskesmas_named, recognise_with};
use crate::store::{BatchId, Content, Known, NewBatch, ReadEntry, StoredEntry, read_entries, sha256};
use crate::workbook::Workbook;

/// A block that was pasted.
#[derive(Clone, Copy, Debug)]
pub struct Pasted<'p> {
    /// Puskesmas to which its rows belong.
    pub puskesmas: &'p str,
    /// Table of the page on which it was pasted.
    pub table: Table,
    /// Month or year of its rows.
    pub period: Period,
    /// The text of the clipboard.
    pub text: &'p str,
}

/// Effects of accepting a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastePreview {
    /// Months that the rows count as, in words.
    pub months: String,
    /// The facts, in the order of the block.
    pub entries: Vec<PastedEntry>,
    /// Cells and rows that cannot be read, in the order of the block.
    pub faults: Vec<PastedFault>,
    /// Guesses and doubts that reject nothing.
    pub warnings: Vec<PastedFault>,
    /// The heading under which it was read, where it had none of its own.
    pub heading_added: Option<Vec<String>>,
    /// Rows with something wrong: number in the block from 1, and their cells.
    pub wrong_rows: Vec<(usize, Vec<String>)>,
    /// Names that no register knows, as written.
    pub unknown_names: Vec<String>,
    /// True where the table was known by its heading.
    pub is_recognised: bool,
}

/// A fact of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastedEntry {
    /// Row of the block, from 1.
    pub row: usize,
    /// Effect of accepting it.
    pub fate: EntryFate,
    /// Its fields.
    pub fields: Vec<(Field, String)>,
}

/// Effect of accepting a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryFate {
    /// It is new.
    New,
    /// It corrects one that stands.
    Changes,
    /// It stands already, with the same values.
    Same,
}

/// A fault or a doubt in a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastedFault {
    /// Cell of the block; none for the block as a whole.
    pub cell: Option<PastedCell>,
    /// Text of the cell.
    pub text: String,
    /// Sentences about the fault and its remedy.
    pub message: String,
}

impl PastePreview {
    /// Reports whether something can be accepted: rows, or a table without any.
    pub fn is_acceptable(&self) -> bool {
        self.is_recognised && (!self.entries.is_empty() || self.faults.is_empty())
    }

    /// Returns a hash of what was shown: the same where acceptance does the same.
    pub fn seal(&self) -> String {
        sha256(format!("{self:?}").as_bytes()).chars().take(SEAL_CHARS).collect()
    }
}

/// Outcome of accepting a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasteResult {
    /// It is kept.
    Accepted(BatchId),
    /// It would do something else than was shown: it is shown again.
    Again(Box<PastePreview>),
}

/// Words with which a block is kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct KeptBlock {
    /// Words for the way it came, before the name of who works.
    pub(super) said: &'static str,
    /// End of its file's name.
    pub(super) name_end: &'static str,
}

/// A block as it was read.
pub(super) struct ReadBlock {
    sheet: TypedSheet,
    recaps: Vec<Recap>,
    issues: Vec<Issue>,
    preview: PastePreview,
}

impl ReadBlock {
    /// Returns what cannot be read: row of the block from 0, and a sentence.
    pub(super) fn faults(&self) -> Vec<(Option<usize>, String)> {
        let faults = self.preview.faults.iter();
        faults.map(|fault| (fault.cell.map(|cell| cell.row), fault.message.clone())).collect()
    }
}

impl App {
    /// Reads a block and tells what accepting it would do.
    ///
    /// # Errors
    /// Where there is no such Puskesmas, or the block is larger than a block may be.
    pub fn preview_paste(&self, pasted: &Pasted<'_>) -> Result<PastePreview, EntryError> {
        Ok(self.read_block(pasted)?.preview)
    }

    /// Accepts the rows of a block that can be read, as one batch, where that does what was shown.
    ///
    /// # Errors
    /// As [`App::preview_paste`].
    pub fn accept_paste(&self, pasted: &Pasted<'_>, seal: &str) -> Result<PasteResult, EntryError> {
        let read = self.read_block(pasted)?;
        if read.preview.seal() != seal || !read.preview.is_acceptable() {
            return Ok(PasteResult::Again(Box::new(read.preview)));
        }
        let kept = KeptBlock { said: "ditempel lewat halaman", name_end: "-tempelan" };
        Ok(PasteResult::Accepted(self.keep_block(pasted, read, kept)?))
    }

    /// Accepts the rows of a block that can be read, as one batch.
    pub(super) fn keep_block(
        &self,
        pasted: &Pasted<'_>,
        read: ReadBlock,
        kept: KeptBlock,
    ) -> Result<BatchId, EntryError> {
        let ReadBlock { sheet, recaps, issues, .. } = read;
        let rows: Vec<_> = recaps.iter().flat_map(|recap| read_entries(&recap.rows, recap.received.year())).collect();
        self.check_whole_rows(pasted.table, pasted.puskesmas)?;
        self.check_allowed(pasted.table, pasted.puskesmas, rows.iter().map(|entry| entry.fields.as_slice()))?;
        let now: DateTime<Utc> = self.clock().now();
        let bytes = sheet.text(format!("{} oleh {}, {}", kept.said, self.who(), now.to_rfc3339()));
        let owner = owner(pasted.table, pasted.puskesmas);
        let content = Content { recaps: &recaps, issues: &issues, ..Content::default() };
        let name = file_name(pasted.table, kept.name_end);
        let batch = NewBatch { bytes: &bytes, ..self.batch_of(owner, &name, now) };
        let accepted = self.store().accept_entry(&batch, &content, None)?;
        Ok(accepted.ok_or(EntryError::Gone)?.batch)
    }

    fn read_block(&self, pasted: &Pasted<'_>) -> Result<ReadBlock, EntryError> {
        let rows = cells_of(pasted.text);
        check_size(&rows)?;
        self.read_rows(pasted, rows)
    }

    /// Reads the rows of a block, whatever its text.
    pub(super) fn read_rows(&self, pasted: &Pasted<'_>, rows: Vec<Vec<String>>) -> Result<ReadBlock, EntryError> {
        let &Pasted { puskesmas, table, period, .. } = pasted;
        self.check_owner(table, puskesmas)?;
        let form = TableForm::from_table(table);
        let owner = owner(table, puskesmas);
        let known = self.known_for(table, owner)?;
        let codes: Vec<String> = self.codes_in_order(puskesmas, period)?;
        let own = TypedSheet::of_block(form, puskesmas, period, rows);
        let forms = Forms::load(self.store())?;
        let mut book = own.workbook();
        check_banner(&book, puskesmas)?;
        lay_out(&mut book, &self.definitions().books);
        let hints = forms.hints(self.store(), "", &book, Some(puskesmas))?;
        let recognised = recognise_with(&book, &hints);
        if recognised.tables.iter().any(|found| found.table == table) {
            return self.judged(own.clone(), &recognised, &known, pasted, None);
        }
        let headed = own.clone().with_heading(&codes);
        let headed_book = headed.workbook();
        let under = recognise_with(&headed_book, &hints);
        if recognised.tables.is_empty() && under.tables.iter().any(|found| found.table == table) {
            let heading = heading_words(form, &codes);
            let mut read = self.judged(headed, &under, &known, pasted, Some(heading))?;
            if read.preview.entries.is_empty() {
                // Perhaps its first row is a heading that nobody knows.
                read.preview.faults.insert(0, unrecognised(form, &own));
            }
            return Ok(read);
        }
        self.judged(own.clone(), &recognised, &known, pasted, None)
    }

    /// The service indicators that hold in a year, in the order of their list.
    fn codes_in_order(&self, puskesmas: &str, period: Period) -> Result<Vec<String>, EntryError> {
        let entries = self.entries(puskesmas, Table::ServiceIndicators, None)?;
        let year = |entry: &StoredEntry| entry.years.0;
        let latest = entries.iter().map(year).filter(|year| *year <= period.year()).max();
        let mut codes: Vec<String> = entries
            .iter()
            .filter(|entry| Some(year(entry)) == latest)
            .map(|entry| entry.value(Field::Code).to_owned())
            .collect();
        codes.dedup();
        Ok(codes)
    }

    fn judged(
        &self,
        sheet: TypedSheet,
        recognised: &Recognised<'_>,
        known: &Known,
        pasted: &Pasted<'_>,
        heading_added: Option<Vec<String>>,
    ) -> Result<ReadBlock, EntryError> {
        let owner = owner(pasted.table, pasted.puskesmas);
        let mut reader = TablesReader::new(owner, known, self.definitions().books.clone());
        let mut issues = recognised.issues.clone();
        let mut recaps = Vec::new();
        let mut tables: Vec<_> = recognised.tables.iter().filter(|found| found.table == pasted.table).collect();
        tables.sort_by_key(|found| found.received.rank_month());
        for found in tables {
            let (recap, told) = reader.read(found);
            recaps.push(recap);
            issues.extend(told);
        }
        let entries: Vec<ReadEntry> =
            recaps.iter().flat_map(|recap| read_entries(&recap.rows, recap.received.year())).collect();
        let held = self.entries(pasted.puskesmas, pasted.table, year_asked(pasted.table, pasted.period.year()))?;
        let standing: StandingEntries<'_> = held.iter().map(|entry| (entry.id.as_str(), entry)).collect();
        let others: Vec<&str> = recognised
            .tables
            .iter()
            .filter(|found| found.table != pasted.table)
            .map(|found| found.table.label())
            .collect();
        let mut preview = preview(&sheet, &entries, &issues, &standing);
        preview.months = recaps.first().map(|recap| format::received(recap.received)).unwrap_or_default();
        preview.heading_added = heading_added;
        preview.is_recognised = !recaps.is_empty();
        if let Some(other) = others.first() {
            let message = if recaps.is_empty() {
                format!("Blok ini terbaca sebagai tabel {other}; tempel di halaman tabel itu.")
            } else {
                format!("Kolom yang terbaca sebagai tabel {other} tidak ikut disimpan di sini.")
            };
            let told = PastedFault { cell: None, text: String::new(), message };
            if recaps.is_empty() { preview.faults.insert(0, told) } else { preview.warnings.push(told) }
        } else if recaps.is_empty() {
            preview.faults.insert(0, unrecognised(TableForm::from_table(pasted.table), &sheet));
        }
        let recaps = recaps.into_iter().flat_map(|recap| rank::parted(recap, &standing)).collect();
        Ok(ReadBlock { sheet, recaps, issues, preview })
    }
}

/// A block whose title names another Puskesmas is none of this one.
fn check_banner(book: &Workbook, puskesmas: &str) -> Result<(), EntryError> {
    let named = puskesmas_named(book);
    match named.iter().find(|name| puskesmas_key(name) != puskesmas_key(puskesmas)) {
        Some(other) => Err(form_fault(&format!(
            "Judul di blok ini menyebut {other}, padahal halaman ini milik {puskesmas}. Pilih Puskesmas itu lebih dulu, \
             atau salin tanpa judulnya."
        ))),
        None => Ok(()),
    }
}

fn check_size(rows: &[Vec<String>]) -> Result<(), EntryError> {
    if rows.is_empty() {
        return Err(form_fault("Kotak masih kosong. Salin baris-barisnya di Excel, lalu tempel di sini."));
    }
    // The heading may stand above as many rows as a block may have.
    if rows.len() > BLOCK_ROWS_MAX + 4 {
        return Err(form_fault(&format!(
            "Blok ini {} baris; sekali tempel paling banyak {BLOCK_ROWS_MAX}. Tempel sebagian-sebagian, atau impor berkasnya.",
            rows.len()
        )));
    }
    if rows.iter().any(|row| row.len() > BLOCK_COLUMNS_MAX) {
        return Err(form_fault(&format!("Blok ini lebih dari {BLOCK_COLUMNS_MAX} kolom; salin tabelnya saja.")));
    }
    Ok(())
}

fn unrecognised(form: &'static TableForm, sheet: &TypedSheet) -> PastedFault {
    let columns = heading_words(form, &["indikator".to_owned()]);
    let message = format!(
        "Judul kolom tidak dikenali sebagai {}. Salin bersama baris judulnya, atau susun kolomnya seperti ini: {}.",
        form.title,
        columns.join(" | ")
    );
    PastedFault { cell: None, text: sheet.pasted_text(PastedCell { row: 0, column: 0 }).to_owned(), message }
}

fn preview(
    sheet: &TypedSheet,
    entries: &[ReadEntry],
    issues: &[Issue],
    standing: &StandingEntries<'_>,
) -> PastePreview {
    let fault = |issue: &Issue| {
        let cell = CellRef::parse(&issue.cell).and_then(|cell| sheet.pasted_at(cell));
        let text = cell.map(|cell| sheet.pasted_text(cell).to_owned()).unwrap_or_default();
        PastedFault { cell, text, message: sentence(&issue.message) }
    };
    let of = |severity: Severity| {
        let mut faults: Vec<PastedFault> =
            issues.iter().filter(|issue| issue.severity == severity).map(fault).collect();
        faults.sort_by_key(|fault| fault.cell);
        faults
    };
    let faults = of(Severity::Error);
    let mut wrong: Vec<usize> = faults.iter().filter_map(|fault| Some(fault.cell?.row)).collect();
    wrong.dedup();
    let mut unknown_names: Vec<String> = issues
        .iter()
        .filter(|issue| issue.code == IssueCode::UnknownFacility)
        .map(|issue| fault(issue).text)
        .filter(|text| !text.is_empty())
        .collect();
    unknown_names.sort();
    unknown_names.dedup();
    let one = |entry: &ReadEntry| {
        let cell = CellRef { row: entry.row, column: 1 };
        PastedEntry {
            row: sheet.pasted_at(cell).map_or(0, |cell| cell.row + 1),
            fate: fate(entry, standing),
            fields: entry.fields.clone(),
        }
    };
    PastePreview {
        months: String::new(),
        entries: entries.iter().map(one).collect(),
        faults,
        warnings: of(Severity::Warning),
        heading_added: None,
        wrong_rows: wrong.into_iter().map(|row| (row + 1, sheet.pasted_row(row))).collect(),
        unknown_names,
        is_recognised: false,
    }
}

fn fate(entry: &ReadEntry, standing: &StandingEntries<'_>) -> EntryFate {
    let Some(held) = standing.get(entry.id.as_str()) else { return EntryFate::New };
    let is_held = |(field, value): &(Field, String)| *field == Field::Year || held.value(*field) == value;
    if entry.fields.iter().all(is_held) { EntryFate::Same } else { EntryFate::Changes }
}
