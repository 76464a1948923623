//! Issues of a sheet, at a cell or about the whole. Knows no sentence.

use crate::diagnostic::{Issue, IssueCode, Severity};
use crate::domain::records::CellRef;
use crate::workbook::Sheet;

/// The code of an issue and its weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct IssueKind {
    code: IssueCode,
    severity: Severity,
}

impl IssueKind {
    /// Something that is not accepted.
    pub(super) const fn error(code: IssueCode) -> Self {
        Self { code, severity: Severity::Error }
    }

    /// Something that is told and accepted.
    pub(super) const fn warning(code: IssueCode) -> Self {
        Self { code, severity: Severity::Warning }
    }
}

/// An issue of a sheet; without a cell it is about the sheet as a whole.
pub(super) fn issue(
    sheet: &Sheet,
    cell: Option<CellRef>,
    IssueKind { code, severity }: IssueKind,
    message: String,
) -> Issue {
    let cell = cell.map(|cell| cell.to_string()).unwrap_or_default();
    Issue { sheet: sheet.name.clone(), cell, code, severity, message, about: None }
}
