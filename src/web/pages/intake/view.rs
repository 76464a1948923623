//! Previews in words: what templates show of files, sheets, changes and questions.

use super::issues::{IssueLine, IssueRow, is_personal, is_reading, is_unread, issue};
use super::tables::{TableCard, cards};
use crate::app::difference::{FactChange, Fate};
use crate::app::import::receipt::{FileStatus, IssueReceipt, Refusal};
use crate::app::intake::names::Question;
use crate::app::intake::preview::{Asks, FilePreview, SheetPreview, counted_of};
use crate::diagnostic::{IssueCode, Severity};
use crate::domain::name::puskesmas_key;
use crate::domain::records::CellRef;
use crate::domain::{FacilityGroup, format};
use crate::web::error::sentence;
use crate::web::query::encode;
use crate::web::view::symbol::Symbol;

/// One fact that differs.
#[derive(Clone, Debug)]
pub struct FactLineView {
    /// Where its row begins (`Pembinaan!C12`); blank where it has none.
    pub place: String,
    /// `Baru`, `Berubah`, `Hilang`.
    pub word: &'static str,
    pub table: &'static str,
    /// The fact in words: facility, date, form.
    pub what: String,
    /// Label, old and new value of fields that differ.
    pub fields: Vec<(&'static str, String, String)>,
}

/// Changes that belong to no cell, as a list.
pub fn lines<'c>(changes: impl Iterator<Item = &'c FactChange>) -> IssueRow<FactLineView> {
    IssueRow::from_issues(changes.map(|change| line(change, String::new())))
}

fn line(change: &FactChange, place: String) -> FactLineView {
    let word = match change.fate {
        Fate::New => "Baru",
        Fate::Changed => "Berubah",
        Fate::Gone => "Hilang",
    };
    let fields = change.fields.iter().filter(|_| change.fate == Fate::Changed);
    FactLineView {
        place,
        word,
        table: change.id.table.label(),
        what: change.what.clone(),
        fields: fields.map(|field| (field.label, field.old.clone(), field.new.clone())).collect(),
    }
}

#[derive(Clone, Debug)]
pub struct FileView {
    /// Place in the draft.
    pub place: i64,
    /// Where it stands on the page.
    pub anchor: String,
    pub name: String,
    /// Seal of the preview that was shown: acceptance compares it.
    pub seal: String,
    /// Symbol of what becomes of it.
    pub symbol: Symbol,
    /// Word of that.
    pub word: &'static str,
    /// Why it fails.
    pub error: String,
    /// Whose it is.
    pub puskesmas: String,
    /// Facts that it brings, changes and leaves, counted.
    pub counts: IntakeCounts,
    /// Questions that can be answered once for its form.
    pub asked: IssueRow<IssueLine>,
    pub sheets: Vec<SheetLine>,
    /// Number of facts by table: `18 pembinaan, 5 RTL`.
    pub facts: String,
    /// Its tables, with their first facts and what was guessed.
    pub tables: Vec<TableCard>,
    /// Guesses about sheets without a table.
    pub readings: IssueRow<IssueLine>,
    /// Sheets, columns and rows that nobody reads.
    pub unread: IssueRow<IssueLine>,
    /// Issues about rows that are rejected or doubtful.
    pub issues: IssueRow<IssueLine>,
    /// Personal data in it, a line a sheet.
    pub personal: IssueRow<IssueLine>,
    /// Facts that it changes.
    pub changed: IssueRow<FactLineView>,
    /// Facts that it brings.
    pub new: IssueRow<FactLineView>,
    /// Rows of former versions that it lacks.
    pub gone: Vec<(String, String)>,
    /// Facts that differ because of it without a row of it.
    pub elsewhere: IssueRow<FactLineView>,
    /// True where it can be accepted.
    pub can_accept: bool,
}

/// Facts that a file or a sheet brings, changes and leaves, and its issues, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IntakeCounts {
    /// True where the file was compared with what counts; a file without an owner is not, and shows no zeros.
    pub is_compared: bool,
    /// Facts that are new.
    pub new: usize,
    /// Facts that change.
    pub changed: usize,
    /// Facts that stay as they are.
    pub unchanged: usize,
    /// Cells or rows that are rejected.
    pub errors: usize,
    /// Warnings, without those about rows that are gone.
    pub warnings: usize,
    /// Rows of former versions that it lacks.
    pub gone: usize,
}

impl IntakeCounts {
    fn of_sheet(sheet: &SheetPreview, is_compared: bool) -> Self {
        let mut counts = Self {
            is_compared,
            new: sheet.count(Fate::New),
            changed: sheet.count(Fate::Changed),
            unchanged: sheet.unchanged,
            ..Self::default()
        };
        counts.add_issues(&sheet.issues);
        counts
    }

    fn add_issues(&mut self, issues: &[IssueReceipt]) {
        let told = issues.iter().filter(|issue| is_told(issue));
        let errors = told.clone().filter(|issue| issue.severity == Severity::Error.code()).count();
        self.errors += errors;
        self.warnings += told.count() - errors;
    }

    pub fn sum(all: impl Iterator<Item = Self>) -> Self {
        all.fold(Self::default(), |sum, one| Self {
            is_compared: sum.is_compared || one.is_compared,
            new: sum.new + one.new,
            changed: sum.changed + one.changed,
            unchanged: sum.unchanged + one.unchanged,
            errors: sum.errors + one.errors,
            warnings: sum.warnings + one.warnings,
            gone: sum.gone + one.gone,
        })
    }

    /// In the order of the columns of sheets, as they are shown.
    pub fn columns(&self) -> [String; 5] {
        let facts = [self.new, self.changed, self.unchanged, self.errors].map(|facts| self.compared(facts));
        let [new, changed, unchanged, errors] = facts;
        [new, changed, unchanged, errors, whole_number(self.warnings)]
    }

    /// Rows that are gone, as they are shown.
    pub fn gone_shown(&self) -> String {
        self.compared(self.gone)
    }

    fn compared(&self, number: usize) -> String {
        if self.is_compared { whole_number(number) } else { "–".to_owned() }
    }
}

fn whole_number(number: usize) -> String {
    format::number(u32::try_from(number).map_or(f64::from(u32::MAX), f64::from), 0)
}

/// Rows that are gone are told with the tick that takes them out.
fn is_told(issue: &IssueReceipt) -> bool {
    issue.code != IssueCode::RowGone.code()
}

#[derive(Clone, Debug)]
pub struct SheetLine {
    pub name: String,
    /// True where the workbook hides it.
    pub is_hidden: bool,
    /// Its tables: name and months, facts, and out of how many rows where that is another number.
    pub tables: Vec<(String, String, String)>,
    /// Facts that it brings, changes and leaves, counted.
    pub counts: IntakeCounts,
    /// Where its form is explained.
    pub explain: String,
    /// True where it must be, because nobody knows its form.
    pub asks_layout: bool,
    /// True where the sheet does not tell its months.
    pub asks_period: bool,
}

impl FileView {
    /// Of one file of a draft.
    pub fn new(draft: i64, place: i64, file: &FilePreview) -> Self {
        let lacks_owner = matches!(file.error, Some(Refusal::NoOwner { .. } | Refusal::NewPuskesmas { .. }));
        let sheets: Vec<SheetLine> =
            file.sheets.iter().map(|sheet| sheet_line(sheet, !lacks_owner, draft, place)).collect();
        let mut counts = IntakeCounts::sum(sheets.iter().map(|sheet| sheet.counts));
        counts.add_issues(&file.issues);
        counts.gone = file.gone.len();
        let asks = |issue: &IssueReceipt| {
            let offers = issue.about.as_ref().is_some_and(|about| !about.offers.is_empty());
            offers && !is_reading(issue)
        };
        let has_questions = file.sheets.iter().flat_map(|sheet| &sheet.issues).chain(&file.issues).any(asks);
        let is_of_name = |issue: &IssueReceipt| issue.code == IssueCode::UnknownFacility.code();
        let has_names = file.sheets.iter().any(|sheet| sheet.issues.iter().any(is_of_name));
        let (symbol, word) = match file.status {
            FileStatus::Imported if counts.errors > 0 => (Symbol::Fair, "Siap, sebagian ditolak"),
            FileStatus::Imported => (Symbol::Good, "Siap diterima"),
            FileStatus::Unchanged => (Symbol::Neutral, "Tidak ada yang baru"),
            FileStatus::Failed if has_questions || lacks_owner || has_names => (Symbol::Fair, "Perlu dijawab"),
            FileStatus::Failed => (Symbol::Poor, "Tidak dapat diterima"),
        };
        let of = |fate: Fate| {
            let all = file.sheets.iter().flat_map(|sheet| sheet.changes.iter().map(move |change| (sheet, change)));
            let some = all.filter(move |(_, (change, _))| change.fate == fate);
            IssueRow::from_issues(some.map(|(sheet, (change, cell))| line(change, place_of(&sheet.name, *cell))))
        };
        let issues = || file.issues.iter().chain(file.sheets.iter().flat_map(|sheet| &sheet.issues));
        let is_elsewhere = |issue: &IssueReceipt| is_reading(issue) || is_unread(issue) || is_personal(issue);
        let is_other = |issue: &&IssueReceipt| is_told(issue) && !is_elsewhere(issue) && !asks(issue);
        // What is asked below says more than that the file cannot be accepted.
        let error = file.error.as_ref().filter(|error| !(has_questions && matches!(error, Refusal::Other(_))));
        let bare = file.sheets.iter().filter(|sheet| sheet.tables.is_empty()).flat_map(|sheet| &sheet.issues);
        let homeless = file.issues.iter().chain(bare).filter(|issue| is_reading(issue));
        let is_receipt = |change: &&FactChange| !change.id.key.starts_with("rekap ");
        Self {
            place,
            anchor: format!("berkas-{place}"),
            name: file.name.clone(),
            seal: file.seal(),
            symbol,
            word,
            error: error.map(|error| refusal(&file.name, error)).unwrap_or_default(),
            puskesmas: file.puskesmas.clone().unwrap_or_default(),
            counts,
            sheets,
            facts: file.counted(),
            tables: cards(place, &file.sheets),
            readings: IssueRow::from_issues(homeless.map(issue)),
            asked: IssueRow::from_issues(issues().filter(|one| asks(one)).map(issue)),
            unread: IssueRow::from_issues(issues().filter(|issue| is_unread(issue)).map(issue)),
            issues: IssueRow::from_issues(issues().filter(is_other).map(issue)),
            personal: IssueRow::from_issues(issues().filter(|issue| is_personal(issue)).map(issue)),
            changed: of(Fate::Changed),
            new: of(Fate::New),
            gone: file.gone.iter().map(|row| (row.what.clone(), format!("{}, {}", row.file_name, row.place))).collect(),
            elsewhere: lines(file.elsewhere.iter().filter(is_receipt)),
            can_accept: file.status != FileStatus::Failed,
        }
    }
}

fn place_of(sheet: &str, cell: Option<CellRef>) -> String {
    cell.map_or_else(|| sheet.to_owned(), |cell| format!("{sheet}!{cell}"))
}

/// Why a file cannot be accepted, for somebody who reads it on the page of its draft.
fn refusal(file: &str, error: &Refusal) -> String {
    match error {
        Refusal::NoOwner { known, .. } if known.is_empty() => {
            "Berkas ini tidak menyebut nama Puskesmas; isi nama pemiliknya di atas halaman ini.".to_owned()
        }
        Refusal::NoOwner { known, .. } => {
            let names = known.join(", ");
            format!(
                "Berkas ini tidak menyebut nama Puskesmas, padahal ada beberapa ({names}); pilih pemiliknya di atas halaman ini."
            )
        }
        Refusal::NewPuskesmas { named, known, .. } => {
            let known = if known.is_empty() { String::new() } else { format!(" (yang ada: {})", known.join(", ")) };
            format!(
                "Judul berkas ini menyebut {named}, yang belum ada di sini{known}. Kalau salah tulis, perbaiki judulnya lalu unggah lagi; kalau memang Puskesmas baru, katakan di atas halaman ini atau unggah bersama Daftar Identifikasinya."
            )
        }
        // The file is named above the sentence.
        Refusal::Other(told) => sentence(told.strip_prefix(&format!("{file}: ")).unwrap_or(told)),
    }
}

fn sheet_line(sheet: &SheetPreview, is_compared: bool, draft: i64, place: i64) -> SheetLine {
    let tables = sheet.tables.iter().map(|table| {
        let months = format::received(table.received);
        let facts = counted_of(table.table, table.facts);
        let rows = if usize::try_from(table.rows).is_ok_and(|rows| rows == table.facts) {
            String::new()
        } else {
            format!("dari {} baris", format::number(f64::from(table.rows), 0))
        };
        (format!("{}, {months}", table.table.label()), facts, rows)
    });
    SheetLine {
        name: sheet.name.clone(),
        is_hidden: sheet.is_hidden,
        tables: tables.collect(),
        counts: IntakeCounts::of_sheet(sheet, is_compared),
        explain: format!("/impor/draf/{draft}/lembar?berkas={place}&lembar={}", encode(&sheet.name)),
        asks_layout: sheet.asks == Some(Asks::Layout),
        asks_period: sheet.asks == Some(Asks::Period),
    }
}

/// Answer to a question about a name, as its form sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum TypedAnswer {
    /// None: the rows stay rejected.
    #[default]
    Leave,
    /// This name, one of the nearest (`=` and the name).
    Is(String),
    /// The name chosen from the list of all (`lain`).
    Other,
    /// A new facility (`baru`).
    New,
}

impl TypedAnswer {
    /// Reads the value of the form's field.
    pub fn from_text(sent: &str) -> Self {
        match sent {
            "lain" => Self::Other,
            "baru" => Self::New,
            _ => sent.strip_prefix('=').map_or(Self::Leave, |name| Self::Is(name.to_owned())),
        }
    }

    /// Reports whether the answer is this name, one of the nearest.
    pub fn names(&self, name: &str) -> bool {
        matches!(self, Self::Is(known) if known == name)
    }
}

/// One question about a name, with what was typed so far.
#[derive(Clone, Debug)]
pub struct QuestionView {
    /// Number within the form.
    pub number: usize,
    /// As written.
    pub written: String,
    /// Where it stands.
    pub places: String,
    /// Nearest names.
    pub nearest: Vec<String>,
    /// All names.
    pub known: Vec<String>,
    pub answer: TypedAnswer,
    /// Other registered name chosen.
    pub other: String,
    pub kind: String,
    /// Group chosen for a new facility.
    pub group: FacilityGroup,
    pub year: String,
    /// A sentence about a wrong answer; blank where it is right.
    pub error: String,
}

impl QuestionView {
    /// Reports whether the name is like no registered one and has a kind, so that it may be registered unseen.
    pub fn is_likely_new(&self) -> bool {
        self.nearest.is_empty() && !self.kind.trim().is_empty()
    }
}

/// The questions of one Puskesmas in one form.
#[derive(Clone, Debug, Default)]
pub struct QuestionsView {
    /// Whose names.
    pub puskesmas: String,
    /// Where to go after answering.
    pub back: String,
    pub questions: Vec<QuestionView>,
}

impl QuestionsView {
    /// Counts the names that are like no registered one and begin with a kind: they can be registered together.
    pub fn new_together(&self) -> usize {
        self.questions.iter().filter(|question| question.is_likely_new()).count()
    }
}

pub fn questions(questions: &[Question], back: &str) -> Vec<QuestionsView> {
    let of = |group: &[Question]| QuestionsView {
        puskesmas: group[0].puskesmas.clone(),
        back: back.to_owned(),
        questions: (0..).zip(group).map(|(number, one)| question(number, one)).collect(),
    };
    // One file may write `UPT Puskesmas A` and another `Puskesmas A`.
    let are_of_one =
        |one: &Question, other: &Question| puskesmas_key(&one.puskesmas) == puskesmas_key(&other.puskesmas);
    questions.chunk_by(are_of_one).map(of).collect()
}

/// One question, nothing typed yet.
pub fn question(number: usize, question: &Question) -> QuestionView {
    let more = question.cells.saturating_sub(question.places.len());
    let more = if more > 0 { format!(", dan {more} sel lain") } else { String::new() };
    let places = question.places.join(", ") + &more;
    let in_name = question.suggested;
    QuestionView {
        number,
        written: question.written.clone(),
        places,
        nearest: question.nearest.clone(),
        known: question.known.clone(),
        answer: TypedAnswer::default(),
        other: String::new(),
        kind: in_name.map(|found| found.kind.to_owned()).unwrap_or_default(),
        group: in_name.map_or(FacilityGroup::Jejaring, |found| found.group),
        year: question.year.to_string(),
        error: String::new(),
    }
}
