//! Rows of a month that a table of its whole year holds too: that table counts as December's recap, so its rows hold. Knows
//! no row.

use super::log::LiveRecap;
use crate::diagnostic::{Issue, IssueCode, Severity};
use crate::domain::{Received, Table, format};

/// Rows of a recap whose keys a table of the year holds too.
pub(super) struct CoveredRows {
    /// Table and month of the recap.
    pub(super) span: (Table, Received),
    pub(super) count: usize,
}

/// Reports whether a recap is of the whole year of a month, in the same table.
pub(super) fn is_year_over(recap: &LiveRecap, span: (Table, Received)) -> bool {
    let Received::Month(month) = span.1 else { return false };
    recap.table == span.0 && recap.received == Received::Year(month.year())
}

/// Says which table holds instead, and what to do where the month corrects it.
pub(super) fn covered_issue(sheet: &str, year: &LiveRecap, rows: &CoveredRows) -> Issue {
    let message = format!(
        "{} baris {} {} juga ada di tabel setahun {} ({}), yang dihitung sebagai rekap Desember, jadi isi tabel setahun itu yang \
         dihitung; bila bulan ini membetulkannya, betulkan tabel setahun itu lalu impor lagi",
        rows.count,
        rows.span.0.label(),
        format::received(rows.span.1),
        year.file_name,
        year.sheet
    );
    let code = IssueCode::LaterVersionHeld;
    Issue { sheet: sheet.to_owned(), cell: String::new(), code, severity: Severity::Warning, message, about: None }
}
