//! One sheet looked through: headings give columns their roles, letterheads and signatures are left alone. Knows no
//! other sheet.

use std::collections::{BTreeMap, BTreeSet};

use super::headings::{ColumnRole, is_register, role_of};
use super::{FoundSpan, PersonalCell, PersonalDatum, PersonalKind, digits, people, with_marks};
use crate::domain::records::CellRef;
use crate::workbook::{Cell, CellValue, Row, Sheet};

/// Rows between two rows of headings that are of one table: a heading takes three rows at most.
const HEADING_ROWS_MAX: u32 = 3;
/// Rows without a cell that end a table.
const GAP_ROWS: u32 = 3;
/// Words that stand in a column of names and are none.
const NO_NAMES: [&str; 14] = [
    "jumlah",
    "total",
    "nihil",
    "tidak ada",
    "kosong",
    "rata rata",
    "rekap",
    "dst",
    "nama",
    "belum ada",
    "idem",
    "sda",
    "xxx",
    "tidak diisi",
];

/// Cells of a sheet with personal data, by row and column.
pub(super) fn personal_cells(sheet: &Sheet) -> Vec<PersonalCell> {
    let mut known = KnownHeadings::default();
    let headings = sheet.rows.iter().filter(|row| is_heading_row(row, &mut known)).map(|row| row.index);
    let headings: BTreeSet<u32> = headings.collect();
    let mut table = TableLook {
        place: if headings.is_empty() { SheetZone::Table } else { SheetZone::Letterhead },
        ..TableLook::default()
    };
    let mut found = Vec::new();
    for row in &sheet.rows {
        table.enter(row, headings.contains(&row.index));
        let mut expects_name = false;
        for cell in &row.cells {
            let role = table.roles.get(&cell.column).copied().unwrap_or_default();
            let is_name = std::mem::take(&mut expects_name);
            let at = CellRef { row: row.index, column: cell.column };
            match &cell.value {
                CellValue::Text(text) => {
                    let spans = if table.is_heading(row) {
                        Vec::new()
                    } else if is_name && is_name_cell(text) {
                        name_span(text)
                    } else {
                        table.spans(text, role)
                    };
                    found.extend(personal_text(at, text, &spans));
                    expects_name = is_name_label(text) || (is_name && text.trim() == ":");
                }
                CellValue::Number { value, .. } if !table.is_heading(row) => {
                    let of_number = digits::of_number(*value, role, table.is_of_patients);
                    found.extend(of_number.map(|(kind, written)| PersonalCell {
                        cell: at,
                        masked: kind.mark(&written),
                        data: vec![PersonalDatum { kind, shown: digits::covered(&written), written }],
                    }));
                }
                _ => {}
            }
        }
    }
    found
}

/// Personal data in a text that no heading explains.
pub(super) fn spans_of_text(text: &str) -> Vec<FoundSpan> {
    TableLook { place: SheetZone::Table, ..TableLook::default() }.spans(text, ColumnRole::Open)
}

fn personal_text(cell: CellRef, text: &str, spans: &[FoundSpan]) -> Option<PersonalCell> {
    let data = spans.iter().map(|span| {
        let written = text[span.range.clone()].to_owned();
        let shown = match span.kind {
            PersonalKind::PatientName => people::covered(&written),
            _ => digits::covered(&written),
        };
        PersonalDatum { kind: span.kind, written, shown }
    });
    (!spans.is_empty()).then(|| PersonalCell { cell, data: data.collect(), masked: with_marks(text, spans) })
}

/// Part of a sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum SheetZone {
    /// Above the first headings.
    #[default]
    Letterhead,
    /// Headings and rows.
    Table,
    /// Below *Mengetahui*.
    Signatures,
}

/// Knowledge of the table at hand.
#[derive(Clone, Debug, Default)]
struct TableLook {
    place: SheetZone,
    roles: BTreeMap<u32, ColumnRole>,
    /// Row of the last headings.
    headings: Option<u32>,
    is_of_patients: bool,
    is_register: bool,
    last_row: u32,
}

impl TableLook {
    /// The next row begins: its headings hold from here on.
    fn enter(&mut self, row: &Row, has_headings: bool) {
        let is_apart = row.index.saturating_sub(self.last_row) > GAP_ROWS;
        self.last_row = row.index;
        if has_headings {
            let is_same = self.headings.is_some_and(|last| row.index - last <= HEADING_ROWS_MAX);
            if !is_same {
                self.roles.clear();
                self.is_register = false;
            }
            for (cell, text) in texts(row) {
                match role_of(text) {
                    Some(role) => _ = self.roles.insert(cell.column, role),
                    // A row of words like `Pustu` and `Jaringan` looks like headings, and takes no column its own.
                    None => _ = self.roles.entry(cell.column).or_default(),
                }
            }
            let headings: Vec<&str> = texts(row).map(|(_, text)| text).collect();
            self.is_register |= is_register(&headings);
            self.is_of_patients = self.roles.values().any(|role| role.is_of_patients());
            self.headings = Some(row.index);
            self.place = SheetZone::Table;
        } else if self.place == SheetZone::Table && (texts(row).any(|(_, text)| signs(text)) || is_apart) {
            // Below a gap names and numbers may be of whoever signs, or of a table without headings: roles end.
            self.roles.clear();
            self.is_of_patients = false;
            if texts(row).any(|(_, text)| signs(text)) {
                self.place = SheetZone::Signatures;
            }
        }
    }

    fn is_heading(&self, row: &Row) -> bool {
        self.headings == Some(row.index)
    }

    fn spans(&self, text: &str, role: ColumnRole) -> Vec<FoundSpan> {
        let is_name = match role {
            ColumnRole::Patient => true,
            ColumnRole::PlainName => self.is_of_patients,
            _ => false,
        };
        if is_name && is_name_cell(text) {
            return name_span(text);
        }
        let seeks_people = self.place == SheetZone::Table && !matches!(role, ColumnRole::Office | ColumnRole::Official);
        let takes_phones =
            seeks_people && if role == ColumnRole::Phone { self.is_of_patients } else { !self.is_register };
        let mut spans = digits::numbers(text, role, takes_phones);
        // A plain column of names may be one of facilities: what names a row is left as it is.
        if seeks_people && role != ColumnRole::PlainName {
            spans.extend(people::names(text));
            spans.extend(labelled_name(text).filter(|_| spans.is_empty()));
        }
        spans.sort_by_key(|span| span.range.start);
        let mut end = 0;
        spans.retain(|span| {
            let is_free = span.range.start >= end;
            end = end.max(span.range.end);
            is_free
        });
        spans
    }
}

fn texts(row: &Row) -> impl Iterator<Item = (&Cell, &str)> {
    row.cells.iter().filter_map(|cell| cell.value.text().map(|text| (cell, text)))
}

/// Reports whether a text begins the signatures of a sheet.
fn signs(text: &str) -> bool {
    let said = text.trim_start();
    let begins = |word: &str| said.get(..word.len()).is_some_and(|first| first.eq_ignore_ascii_case(word));
    ["mengetahui", "nip", "menyetujui"].into_iter().any(begins)
}

/// Texts of a sheet read as headings: the same ones stand in many rows.
type KnownHeadings<'s> = BTreeMap<&'s str, Option<ColumnRole>>;

/// Reports whether a row holds headings: two that are known, or one of patients' beside another text.
fn is_heading_row<'s>(row: &'s Row, known: &mut KnownHeadings<'s>) -> bool {
    /// Texts that are looked at.
    const LOOKED_AT_MAX: usize = 60;
    if row.cells.len() < 2 {
        return false;
    }
    let is_of_values = row.cells.iter().any(|cell| match &cell.value {
        CellValue::Date(_) => true,
        CellValue::Number { value, .. } => *value > 10_000.0,
        CellValue::Text(text) => text.trim_end().ends_with(':'),
        _ => false,
    });
    if is_of_values {
        return false;
    }
    let texts_looked_at = texts(row).take(LOOKED_AT_MAX);
    let roles: Vec<ColumnRole> =
        texts_looked_at.filter_map(|(_, text)| *known.entry(text).or_insert_with(|| role_of(text))).collect();
    !is_of_values && (roles.len() >= 2 || (roles.iter().any(|role| role.is_of_patients()) && texts(row).count() >= 2))
}

/// `Nama Pasien :` with the name in the next cell.
fn is_name_label(text: &str) -> bool {
    text.trim_end().strip_suffix(':').is_some_and(|label| role_of(label) == Some(ColumnRole::Patient))
}

/// `Nama Pasien : Siti Aminah`, in one cell.
fn labelled_name(text: &str) -> Option<FoundSpan> {
    let (label, name) = text.split_once(':')?;
    if role_of(label) != Some(ColumnRole::Patient) || !is_name_cell(name) || name.trim().contains(':') {
        return None;
    }
    let start = text.len() - name.trim_start().len();
    Some(FoundSpan { kind: PersonalKind::PatientName, range: start..start + name.trim().len() })
}

fn is_name_cell(text: &str) -> bool {
    let kept: String = text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let said = kept.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ");
    let letters = said.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2
        && !text.starts_with('[')
        && !NO_NAMES.iter().any(|word| said == *word || said.starts_with(&format!("{word} ")))
        && !people::is_initials(text)
}

fn name_span(text: &str) -> Vec<FoundSpan> {
    let start = text.len() - text.trim_start().len();
    vec![FoundSpan { kind: PersonalKind::PatientName, range: start..start + text.trim().len() }]
}
