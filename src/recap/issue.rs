//! Issues of a sheet, at a cell or about the whole. Knows no sentence.

use crate::diagnostic::{Issue, IssueCode, Severity};
use crate::domain::records::CellRef;
use crate::workbook::Sheet;

/// An issue of a sheet; without a cell it is about the sheet as a whole.
pub(super) fn issue(
    sheet: &Sheet,
    cell: Option<CellRef>,
    (code, severity): (IssueCode, Severity),
    message: String,
) -> Issue {
    let cell = cell.map(|cell| cell.to_string()).unwrap_or_default();
    Issue { sheet: sheet.name.clone(), cell, code, severity, message, about: None }
}
