//! Sentences about personal data: one a sheet, with counts, columns and first cells, and each cell that was cleared.

use std::collections::BTreeMap;

use super::{PersonalCell, PersonalFindings, PersonalKind};
use crate::diagnostic::{Issue, IssueCode, Severity};
use crate::domain::records::{CellRef, column_letters};
use crate::workbook::Workbook;

/// Fate of personal data that were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonalFate<'r> {
    /// They are cleared from what is kept.
    Removed,
    /// They are kept, for this reason.
    Kept(&'r str),
}

/// The sentences about what was found, one a sheet.
pub fn notices(book: &Workbook, found: &PersonalFindings, fate: PersonalFate<'_>) -> Vec<Issue> {
    let sheets = found.sheets.iter().filter_map(|(place, cells)| Some((book.sheets.get(*place)?, cells)));
    sheets
        .map(|(sheet, cells)| Issue {
            sheet: sheet.name.clone(),
            cell: cells.first().map(|first| first.cell.to_string()).unwrap_or_default(),
            code: IssueCode::PersonalData,
            severity: Severity::Warning,
            message: sentence(cells, fate),
            about: None,
        })
        .collect()
}

fn sentence(cells: &[PersonalCell], fate: PersonalFate<'_>) -> String {
    let mut columns: BTreeMap<(PersonalKind, u32), Vec<(CellRef, &str)>> = BTreeMap::new();
    for cell in cells {
        for datum in &cell.data {
            columns.entry((datum.kind, cell.cell.column)).or_default().push((cell.cell, &datum.shown));
        }
    }
    let told = columns.iter().map(|((kind, column), data)| {
        let first = data.first().map(|(cell, shown)| format!("{cell} {shown}")).unwrap_or_default();
        format!("{} {} di kolom {} (pertama {first})", data.len(), kind.sentence_word(), column_letters(*column))
    });
    let told = told.collect::<Vec<_>>().join("; ");
    let fate = match fate {
        PersonalFate::Removed => format!(
            "dihapus dari salinan yang disimpan dan dari teks yang dicatat, di sel {}; angka tidak berubah",
            ranges(cells)
        ),
        PersonalFate::Kept(reason) => format!("disimpan apa adanya, dengan alasan: {reason}"),
    };
    format!("data pribadi: {told}; {fate}")
}

/// `D5–D16, D18`: every cell, those below each other together.
fn ranges(cells: &[PersonalCell]) -> String {
    let mut sorted: Vec<CellRef> = cells.iter().map(|cell| cell.cell).collect();
    sorted.sort_by_key(|cell| (cell.column, cell.row));
    let mut runs: Vec<(CellRef, CellRef)> = Vec::new();
    for cell in sorted {
        match runs.last_mut() {
            Some((_, last)) if last.column == cell.column && last.row + 1 == cell.row => *last = cell,
            _ => runs.push((cell, cell)),
        }
    }
    let told =
        runs.iter().map(|(first, last)| if first == last { first.to_string() } else { format!("{first}–{last}") });
    told.collect::<Vec<_>>().join(", ")
}
