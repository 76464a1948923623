//! Previews in words: what templates show of files, sheets, changes and questions.

use crate::app::difference::{FactChange, Fate};
use crate::app::names::Question;
use crate::app::preview::{Asks, FilePreview, SheetPreview};
use crate::app::receipt::{FileStatus, IssueReceipt, Refusal};
use crate::diagnostic::Severity;
use crate::domain::format;
use crate::domain::records::CellRef;
use crate::web::query::encode;

use super::sentence;

/// Lines of one list that are shown.
const LINES_MAX: usize = 100;

/// One fact that differs.
#[derive(Clone, Debug)]
pub struct LineView {
    /// Cell in which its row begins; blank where it has none.
    pub cell: String,
    /// `Baru`, `Berubah`, `Hilang`.
    pub word: &'static str,
    /// The table's name.
    pub table: &'static str,
    /// What it is.
    pub what: String,
    /// Label, old and new value of fields that differ.
    pub fields: Vec<(&'static str, String, String)>,
}

/// The first lines of a list, and how many more there are.
pub fn lines<'c>(changes: impl Iterator<Item = (&'c FactChange, Option<CellRef>)>) -> (Vec<LineView>, usize) {
    let all: Vec<_> = changes.collect();
    let more = all.len().saturating_sub(LINES_MAX);
    (all.into_iter().take(LINES_MAX).map(|(change, cell)| line(change, cell)).collect(), more)
}

fn line(change: &FactChange, cell: Option<CellRef>) -> LineView {
    let word = match change.fate {
        Fate::New => "Baru",
        Fate::Changed => "Berubah",
        Fate::Gone => "Hilang",
    };
    let fields = change.fields.iter().filter(|_| change.fate == Fate::Changed);
    LineView {
        cell: cell.map(|cell| cell.to_string()).unwrap_or_default(),
        word,
        table: change.id.table.label(),
        what: change.what.clone(),
        fields: fields.map(|field| (field.label, field.old.clone(), field.new.clone())).collect(),
    }
}

/// One issue.
#[derive(Clone, Debug)]
pub struct IssueLine {
    /// Cell.
    pub cell: String,
    /// Symbol of its weight.
    pub symbol: &'static str,
    /// Word of its weight.
    pub severity: &'static str,
    /// What, why, what to do.
    pub message: String,
}

/// One file.
#[derive(Clone, Debug)]
pub struct FileView {
    /// Place in the draft.
    pub place: i64,
    /// Name.
    pub name: String,
    /// What was shown, sealed.
    pub seal: String,
    /// Symbol of what becomes of it.
    pub symbol: &'static str,
    /// Word of that.
    pub word: &'static str,
    /// Why it fails.
    pub error: String,
    /// Whose it is.
    pub puskesmas: String,
    /// Facts that are new, changed, unchanged; cells rejected; warnings.
    pub counts: [usize; 5],
    /// Sheets.
    pub sheets: Vec<SheetLine>,
    /// Issues of no sheet.
    pub issues: Vec<IssueLine>,
    /// Rows of former versions that it lacks.
    pub gone: Vec<(String, String)>,
    /// Facts that differ because of it without a row of it.
    pub elsewhere: Vec<LineView>,
    /// More of those.
    pub elsewhere_more: usize,
    /// Whether it can be accepted.
    pub can_accept: bool,
}

/// One sheet.
#[derive(Clone, Debug)]
pub struct SheetLine {
    /// Name.
    pub name: String,
    /// Whether it is hidden.
    pub is_hidden: bool,
    /// Its tables in a line each.
    pub tables: Vec<String>,
    /// Facts that stay as they are.
    pub unchanged: usize,
    /// New facts.
    pub new: Vec<LineView>,
    /// More of those.
    pub new_more: usize,
    /// Changed facts.
    pub changed: Vec<LineView>,
    /// More of those.
    pub changed_more: usize,
    /// Issues.
    pub issues: Vec<IssueLine>,
    /// More of those.
    pub issues_more: usize,
    /// Where its form is explained; blank where that is not needed.
    pub explain: String,
    /// Whether its months are asked for.
    pub asks_period: bool,
}

impl FileView {
    /// Of one file of a draft.
    pub fn new(draft: i64, place: i64, file: &FilePreview) -> Self {
        let (symbol, word) = match file.status {
            FileStatus::Imported => ("good", "Siap diterima"),
            FileStatus::Unchanged => ("none", "Tidak ada yang baru"),
            FileStatus::Failed => ("poor", "Tidak dapat diterima"),
        };
        let sum = |count: &dyn Fn(&SheetPreview) -> usize| file.sheets.iter().map(count).sum::<usize>();
        let all = || file.issues.iter().chain(file.sheets.iter().flat_map(|sheet| &sheet.issues));
        let errors = all().filter(|issue| issue.severity == Severity::Error.code()).count();
        let counts = [
            sum(&|sheet| sheet.count(Fate::New)),
            sum(&|sheet| sheet.count(Fate::Changed)),
            sum(&|sheet| sheet.unchanged),
            errors,
            all().count() - errors,
        ];
        let explain = |sheet: &SheetPreview| match sheet.asks {
            Some(Asks::Layout) => format!("/impor/draf/{draft}/lembar?berkas={place}&lembar={}", encode(&sheet.name)),
            _ => String::new(),
        };
        let is_receipt = |change: &&FactChange| !change.id.key.starts_with("rekap ");
        let (elsewhere, elsewhere_more) = lines(file.elsewhere.iter().filter(is_receipt).map(|change| (change, None)));
        Self {
            place,
            name: file.name.clone(),
            seal: file.seal(),
            symbol,
            word,
            error: file.error.as_ref().map(refusal).unwrap_or_default(),
            puskesmas: file.puskesmas.clone().unwrap_or_default(),
            counts,
            sheets: file.sheets.iter().map(|sheet| sheet_line(sheet, explain(sheet))).collect(),
            issues: file.issues.iter().map(issue).collect(),
            gone: file.gone.iter().map(|row| (row.what.clone(), format!("{}, {}", row.file_name, row.place))).collect(),
            elsewhere,
            elsewhere_more,
            can_accept: file.status != FileStatus::Failed,
        }
    }
}

/// Why a file cannot be accepted, for somebody who reads it on the page of its draft.
fn refusal(error: &Refusal) -> String {
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
        Refusal::Other(told) => sentence(told),
    }
}

fn sheet_line(sheet: &SheetPreview, explain: String) -> SheetLine {
    let of = |fate: Fate| {
        let some = sheet.changes.iter().filter(move |(change, _)| change.fate == fate);
        lines(some.map(|(change, cell)| (change, *cell)))
    };
    let ((new, new_more), (changed, changed_more)) = (of(Fate::New), of(Fate::Changed));
    let tables = sheet.tables.iter().map(|table| {
        let months = format::received(table.received);
        let rows = format::number(f64::from(table.rows), 0);
        let rejected = if table.rejected > 0 { format!(", {} ditolak", table.rejected) } else { String::new() };
        format!("{} · {months} · {rows} baris{rejected}", table.table.label())
    });
    SheetLine {
        name: sheet.name.clone(),
        is_hidden: sheet.is_hidden,
        tables: tables.collect(),
        unchanged: sheet.unchanged,
        new,
        new_more,
        changed,
        changed_more,
        issues: sheet.issues.iter().take(LINES_MAX).map(issue).collect(),
        issues_more: sheet.issues.len().saturating_sub(LINES_MAX),
        explain,
        asks_period: sheet.asks == Some(Asks::Period),
    }
}

fn issue(issue: &IssueReceipt) -> IssueLine {
    let is_error = issue.severity == Severity::Error.code();
    let (symbol, severity) = if is_error { ("poor", "Ditolak") } else { ("fair", "Peringatan") };
    IssueLine { cell: issue.cell.clone(), symbol, severity, message: sentence(&issue.message) }
}

/// One question about a name, with what was typed so far.
#[derive(Clone, Debug, Default)]
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
    /// Answer chosen: blank, `lain`, `baru`, or `=` and a name.
    pub answer: String,
    /// Other registered name chosen.
    pub other: String,
    /// Kind typed.
    pub kind: String,
    /// Group chosen.
    pub group: String,
    /// Year typed.
    pub year: String,
    /// What is wrong with the answer.
    pub error: String,
}

/// The questions of one Puskesmas in one form.
#[derive(Clone, Debug, Default)]
pub struct QuestionsView {
    /// Whose names.
    pub puskesmas: String,
    /// Where to go after answering.
    pub back: String,
    /// The questions.
    pub questions: Vec<QuestionView>,
}

/// Questions by Puskesmas.
pub fn questions(questions: &[Question], back: &str) -> Vec<QuestionsView> {
    let of = |group: &[Question]| QuestionsView {
        puskesmas: group[0].puskesmas.clone(),
        back: back.to_owned(),
        questions: (0..).zip(group).map(|(number, one)| question(number, one)).collect(),
    };
    questions.chunk_by(|one, other| one.puskesmas == other.puskesmas).map(of).collect()
}

/// One question, nothing typed yet.
pub fn question(number: usize, question: &Question) -> QuestionView {
    let more = question.cells.saturating_sub(question.places.len());
    let more = if more > 0 { format!(", dan {more} sel lain") } else { String::new() };
    let places = question.places.join(", ") + &more;
    QuestionView {
        number,
        written: question.written.clone(),
        places,
        nearest: question.nearest.clone(),
        known: question.known.clone(),
        year: question.year.to_string(),
        ..QuestionView::default()
    }
}
