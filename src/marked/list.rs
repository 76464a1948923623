//! The list of issues line by line, for any format of file. Knows no XML.

use std::collections::BTreeMap;

use crate::diagnostic::{Issue, NOTES_HEADING_ROW, NOTES_HEADINGS, NOTES_SHEET, Severity};
use crate::domain::records::CellRef;

/// Comments of one sheet: each costs a shape, and a reader gives up long before. All issues stand in the list.
pub(super) const COMMENTS_MAX: usize = 10_000;
/// Links of one sheet that Excel takes are 65,530.
const LINKS_MAX: usize = 60_000;
/// Rows of a sheet are 1,048,576.
const ROWS_MAX: usize = 1_000_000;
/// The row of the headings, from 1.
pub(super) const HEADING_ROW: usize = NOTES_HEADING_ROW as usize + 1;

const MENDING: &str = "Klik alamat sel di bawah, baca catatannya, perbaiki isinya, simpan, lalu impor lagi";
const PASSED_OVER: &str = "Warna, catatan, dan lembar ini boleh dibiarkan: Simpul tidak membacanya.";

/// Lines about the file that stand above its issues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notes {
    /// Name of the file as the user knows it.
    pub file_name: String,
    /// When and by whom it was imported, as it shall be read (`22 November 2026 09.15, oleh Siti`).
    pub imported: String,
}

/// A cell of the file, its sheet's name as the workbook writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) sheet: String,
    pub(super) cell: CellRef,
}

/// The severity in a word, which begins every comment: marks are told apart without their colour.
pub(super) fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "KESALAHAN",
        Severity::Warning => "PERINGATAN",
    }
}

/// Copy that the list comes with; it decides what the reader is told to do next.
#[derive(Clone, Copy, Debug)]
pub(super) enum ListVariant<'b> {
    /// The very file, marked.
    File,
    /// A copy of its cells.
    Cells,
    /// Nothing; why not, in a sentence.
    Nothing(&'b str),
}

impl ListVariant<'_> {
    /// Returns the instructions for the reader, in Indonesian.
    fn way(self) -> String {
        match self {
            Self::File => format!("{MENDING} berkas ini. {PASSED_OVER}"),
            Self::Cells => format!(
                "Salinan ini disusun dalam bentuk .xlsx dari isi sel berkas asli: lembar, nilai, dan gabungan selnya \
sama; huruf, warna, dan rumus asli tidak ikut (rumus menjadi nilainya). {MENDING} salinan ini sebagai pengganti berkas \
asli. {PASSED_OVER}"
            ),
            Self::Nothing(why) => format!(
                "Ini daftar saja, tanpa salinan berkas: {why}. Buka berkas aslinya, perbaiki sel yang disebut di bawah, \
simpan, lalu impor lagi."
            ),
        }
    }
}

/// Issues of a file with all that their list is written from.
#[derive(Clone, Copy)]
pub(super) struct IssueList<'t> {
    pub(super) issues: &'t [Issue],
    pub(super) notes: &'t Notes,
    pub(super) beside: ListVariant<'t>,
}

/// Look of a cell of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum CellLook {
    Title,
    Text,
    Link,
    Error,
    Warning,
}

/// One line, from the first column on.
#[derive(Clone, Copy)]
pub(super) struct ListLine<'l> {
    pub(super) cells: &'l [(CellLook, &'l str)],
    /// Where the cell that looks like a link leads.
    pub(super) link: Option<&'l Target>,
}

/// Finds the cell of an issue: the sheet's name as the workbook has it, and the cell; `None` where the
/// file has no such place.
pub(super) type CellLinks<'p> = dyn Fn(&Issue) -> Option<Target> + 'p;

/// Hands the lines on, from the sheet's first row; the second up to the one before the headings are a label and a
/// text across the other columns.
pub(super) fn each_line(told: &IssueList<'_>, places: &CellLinks<'_>, take: &mut dyn FnMut(ListLine<'_>)) {
    let IssueList { issues, notes, beside } = *told;
    let mut head = |cells: &[(CellLook, &str)]| take(ListLine { cells, link: None });
    head(&[(CellLook::Title, NOTES_SHEET)]);
    head(&[(CellLook::Title, "Berkas"), (CellLook::Text, &notes.file_name)]);
    head(&[(CellLook::Title, "Diimpor"), (CellLook::Text, &notes.imported)]);
    head(&[(CellLook::Title, "Ringkasan"), (CellLook::Text, &summary(issues, beside))]);
    head(&[(CellLook::Error, word(Severity::Error)), (CellLook::Text, "Sel ini salah: isinya belum ikut dihitung.")]);
    head(&[(CellLook::Warning, word(Severity::Warning)), (CellLook::Text, "Sel ini meragukan: periksa lagi.")]);
    head(&[(CellLook::Title, "Cara memperbaiki"), (CellLook::Text, &beside.way())]);
    head(&NOTES_HEADINGS.map(|text| (CellLook::Title, text)));
    let mut links = 0;
    for issue in issues.iter().take(ROWS_MAX) {
        let level = match issue.severity {
            Severity::Error => CellLook::Error,
            Severity::Warning => CellLook::Warning,
        };
        let link = places(issue).filter(|_| links < LINKS_MAX);
        links += usize::from(link.is_some());
        let cell = if issue.cell.is_empty() { "(lembar)" } else { &issue.cell };
        let cell_look = if link.is_some() { CellLook::Link } else { CellLook::Text };
        let cells = [
            (level, word(issue.severity)),
            (CellLook::Text, &issue.sheet),
            (cell_look, cell),
            (CellLook::Text, &issue.message),
        ];
        take(ListLine { cells: &cells, link: link.as_ref() });
    }
    if issues.len() > ROWS_MAX {
        let more = format!("… dan {} catatan lagi", issues.len() - ROWS_MAX);
        take(ListLine { cells: &[(CellLook::Text, &more)], link: None });
    }
}

/// Counts the issues in a sentence, and says whether comments were left out.
fn summary(issues: &[Issue], beside: ListVariant<'_>) -> String {
    let mut on_sheets: BTreeMap<&str, usize> = BTreeMap::new();
    for issue in issues {
        *on_sheets.entry(&issue.sheet).or_default() += 1;
    }
    let has_copy = !matches!(beside, ListVariant::Nothing(_));
    let is_capped = has_copy && on_sheets.values().any(|count| *count > COMMENTS_MAX);
    let capped =
        if is_capped { " Catatan hanya dipasang pada 10.000 sel pertama tiap lembar; daftar ini lengkap." } else { "" };
    format!("{}{capped}", counted(issues))
}

fn counted(issues: &[Issue]) -> String {
    let errors = issues.iter().filter(|issue| issue.severity == Severity::Error).count();
    match (errors, issues.len() - errors) {
        (0, 0) => "Tidak ada yang perlu diperbaiki.".to_owned(),
        (errors, 0) => format!("{errors} kesalahan."),
        (0, warnings) => format!("{warnings} peringatan."),
        (errors, warnings) => format!("{errors} kesalahan, {warnings} peringatan."),
    }
}
