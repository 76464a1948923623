//! Issues of a preview in words, and lists of which the first lines are shown. Knows no file and no table.

use super::offers::WordView;
use crate::app::import::receipt::IssueReceipt;
use crate::diagnostic::{IssueCode, Severity};
use crate::web::error::sentence;
use crate::web::view::symbol::Symbol;

/// Lines of one list that are shown.
const LINES_MAX: usize = 100;

/// The first lines of a list, and how many more there are.
#[derive(Clone, Debug)]
pub struct IssueRow<T> {
    pub first: Vec<T>,
    /// Number of those that are not shown.
    pub more: usize,
}

impl<T> Default for IssueRow<T> {
    fn default() -> Self {
        Self { first: Vec::new(), more: 0 }
    }
}

impl<T> IssueRow<T> {
    pub(super) fn from_issues(all: impl Iterator<Item = T>) -> Self {
        let mut first: Vec<T> = all.collect();
        let more = first.len().saturating_sub(LINES_MAX);
        first.truncate(LINES_MAX);
        Self { first, more }
    }

    /// Number of all lines, shown or not.
    pub fn count(&self) -> usize {
        self.first.len() + self.more
    }

    /// Reports whether there are none.
    pub fn is_empty(&self) -> bool {
        self.first.is_empty()
    }
}

#[derive(Clone, Debug)]
pub struct IssueLine {
    /// Sheet and cell.
    pub place: String,
    /// Symbol of its weight.
    pub symbol: Symbol,
    /// Word of its weight.
    pub severity: &'static str,
    /// What, why, what to do.
    pub message: String,
    /// Words that can be said to it.
    pub words: Vec<WordView>,
}

/// Reports whether an issue tells of a guess.
pub fn is_reading(issue: &IssueReceipt) -> bool {
    issue.code == IssueCode::Reading.code()
}

/// Reports whether an issue tells of something that nobody reads.
pub fn is_unread(issue: &IssueReceipt) -> bool {
    let codes = [
        IssueCode::HiddenSheet,
        IssueCode::HiddenColumns,
        IssueCode::HiddenRows,
        IssueCode::UnreadColumns,
        IssueCode::UnreadRow,
        IssueCode::UnknownTable,
    ];
    codes.iter().any(|code| code.code() == issue.code)
}

/// Reports whether an issue tells of personal data.
pub fn is_personal(issue: &IssueReceipt) -> bool {
    issue.code == IssueCode::PersonalData.code()
}

/// An issue in words.
pub(super) fn issue(issue: &IssueReceipt) -> IssueLine {
    let is_error = issue.severity == Severity::Error.code();
    let (symbol, severity) = if is_error { (Symbol::Poor, "Ditolak") } else { (Symbol::Fair, "Peringatan") };
    let place = match (issue.sheet.as_str(), issue.cell.as_str()) {
        ("", _) => String::new(),
        (sheet, "") => sheet.to_owned(),
        (sheet, cell) => format!("{sheet}!{cell}"),
    };
    let words = WordView::of_issue(&issue.sheet, issue.about.as_ref());
    IssueLine { place, symbol, severity, message: sentence(&issue.message), words }
}
