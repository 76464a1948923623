//! One sheet looked through: headings give columns their roles, letterheads and signatures are left alone. Knows no
//! other sheet.

use std::collections::BTreeMap;

use super::headings::{ColumnRole, is_register, role_of};
use super::{FoundSpan, PersonalCell, PersonalKind, digits, people, with_marks};
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
    let has_headings = sheet.rows.iter().any(is_heading_row);
    let mut table =
        TableLook { place: if has_headings { Part::Letterhead } else { Part::Table }, ..TableLook::default() };
    let mut found = Vec::new();
    for row in &sheet.rows {
        table.enter(row);
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
                        whole(text)
                    } else {
                        table.spans(text, role)
                    };
                    found.extend(personal_text(at, text, &spans));
                    expects_name = is_name_label(text) || (is_name && text.trim() == ":");
                }
                CellValue::Number { value, .. } if !table.is_heading(row) => {
                    let of_number = digits::of_number(*value, role, table.is_of_patients);
                    found.extend(of_number.map(|(kind, datum)| PersonalCell {
                        cell: at,
                        kinds: vec![kind],
                        shown: digits::covered(&datum),
                        masked: kind.mark(&datum),
                        data: vec![datum],
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
    TableLook { place: Part::Table, ..TableLook::default() }.spans(text, ColumnRole::Open)
}

fn personal_text(cell: CellRef, text: &str, spans: &[FoundSpan]) -> Option<PersonalCell> {
    let first = spans.first()?;
    let mut kinds: Vec<PersonalKind> = spans.iter().map(|span| span.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let datum = &text[first.range.clone()];
    let shown = match first.kind {
        PersonalKind::PatientName => people::covered(datum),
        _ => digits::covered(datum),
    };
    let data = spans.iter().map(|span| text[span.range.clone()].to_owned()).collect();
    Some(PersonalCell { cell, kinds, shown, data, masked: with_marks(text, spans) })
}

/// Part of a sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Part {
    /// Above the first headings.
    #[default]
    Letterhead,
    /// Headings and rows.
    Table,
    /// Below *Mengetahui*.
    Signatures,
}

/// What is known of the table at hand.
#[derive(Clone, Debug, Default)]
struct TableLook {
    place: Part,
    roles: BTreeMap<u32, ColumnRole>,
    /// Row of the last headings.
    headings: Option<u32>,
    is_of_patients: bool,
    is_register: bool,
    last_row: u32,
}

impl TableLook {
    /// The next row begins: its headings hold from here on.
    fn enter(&mut self, row: &Row) {
        let is_apart = row.index.saturating_sub(self.last_row) > GAP_ROWS;
        self.last_row = row.index;
        if is_heading_row(row) {
            let is_same = self.headings.is_some_and(|last| row.index - last <= HEADING_ROWS_MAX);
            if !is_same {
                self.roles.clear();
                self.is_register = false;
            }
            for (cell, text) in texts(row) {
                self.roles.insert(cell.column, role_of(text).unwrap_or_default());
            }
            let headings: Vec<&str> = texts(row).map(|(_, text)| text).collect();
            self.is_register |= is_register(&headings);
            self.is_of_patients = self.roles.values().any(|role| role.is_of_patients());
            self.headings = Some(row.index);
            self.place = Part::Table;
        } else if self.place == Part::Table && (texts(row).any(|(_, text)| signs(text)) || is_apart) {
            // Below a gap names and numbers may be of whoever signs, or of a table without headings: roles end.
            self.roles.clear();
            self.is_of_patients = false;
            if texts(row).any(|(_, text)| signs(text)) {
                self.place = Part::Signatures;
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
            return whole(text);
        }
        let seeks_people = self.place == Part::Table && !matches!(role, ColumnRole::Office | ColumnRole::Official);
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
    let said = text.trim().to_lowercase();
    said.starts_with("mengetahui") || said.starts_with("nip") || said.starts_with("menyetujui")
}

/// Reports whether a row holds headings: two that are known, or one of patients' beside another text.
fn is_heading_row(row: &Row) -> bool {
    /// Texts that are looked at.
    const LOOKED_AT_MAX: usize = 60;
    let roles: Vec<ColumnRole> = texts(row).take(LOOKED_AT_MAX).filter_map(|(_, text)| role_of(text)).collect();
    let is_of_values = row.cells.iter().any(|cell| match &cell.value {
        CellValue::Date(_) => true,
        CellValue::Number { value, .. } => *value > 10_000.0,
        CellValue::Text(text) => text.trim_end().ends_with(':'),
        _ => false,
    });
    !is_of_values && (roles.len() >= 2 || (roles.iter().any(|role| role.is_of_patients()) && texts(row).count() >= 2))
}

/// `Nama Pasien :` with the name in the next cell.
fn is_name_label(text: &str) -> bool {
    let said = text.trim_end();
    let label = said.strip_suffix(':').unwrap_or(said);
    role_of(label) == Some(ColumnRole::Patient) && said.ends_with(':')
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

fn whole(text: &str) -> Vec<FoundSpan> {
    let start = text.len() - text.trim_start().len();
    vec![FoundSpan { kind: PersonalKind::PatientName, range: start..start + text.trim().len() }]
}
