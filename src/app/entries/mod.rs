//! Rows that people write beside the figures, written, changed and withdrawn by a form. What is typed becomes a sheet
//! of one row and is read by the same rules as a workbook; it is accepted as a small batch of its own, with who, when
//! and an undo.

mod fields;

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Utc};

use super::App;
use super::import::known::TablesReader;
use crate::diagnostic::{Issue, Severity};
use crate::domain::name::{plain_words, puskesmas_key};
use crate::domain::records::{CellRef, Recap};
use crate::domain::table::DISTRICT;
use crate::domain::{Period, PeriodKind, Table, format};
use crate::recap::recognise;
use crate::store::{BatchId, Content, NewBatch, StoreError, StoredEntry, entry_id};
use crate::workbook::{Cell, CellValue, Row, Sheet, Visibility, Workbook};

pub use fields::{FieldKind, FormField, fields};

/// Longest text of one field, characters.
const VALUE_CHARS_MAX: usize = 2_000;
/// Row of the heading, after title, name and period.
const HEADING_ROW: u32 = 3;

/// Texts that were typed, by the name of their field.
pub type Values = BTreeMap<&'static str, String>;

/// Reason for which an entry is not kept.
#[derive(Debug, thiserror::Error)]
pub enum EntryError {
    /// Fields (blank: the form as a whole) and what is wrong with them, for the user.
    #[error("isian belum lengkap atau keliru")]
    Wrong(Vec<(&'static str, String)>),
    /// The entry that was to be changed or withdrawn does not stand any more.
    #[error("catatan ini sudah diubah atau dihapus orang lain; muat ulang halaman untuk melihat isinya sekarang")]
    Gone,
    /// Failure of the database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Returns the owner of a table's entries: of clusters the district's team, else the Puskesmas.
pub fn owner(table: Table, puskesmas: &str) -> &str {
    if table == Table::Clusters { DISTRICT } else { puskesmas }
}

impl App {
    /// The entries of a table, the last key first.
    pub fn entries(&self, puskesmas: &str, table: Table) -> Result<Vec<StoredEntry>, StoreError> {
        let mut entries = self.store().entries(owner(table, puskesmas), table)?;
        entries.reverse();
        Ok(entries)
    }

    /// Keeps what was typed: a new entry, or one in the place of the entry `replaced`.
    ///
    /// # Errors
    /// [`EntryError::Wrong`] names what is wrong, field by field; [`EntryError::Gone`] where `replaced` does not stand
    /// any more.
    pub fn write_entry(
        &self,
        puskesmas: &str,
        table: Table,
        values: &Values,
        replaced: Option<&str>,
    ) -> Result<BatchId, EntryError> {
        check(table, values)?;
        self.check_puskesmas(table, values)?;
        let now = self.clock().now();
        let typed = TypedEntry { puskesmas, table, values, year: year(table, values, now.year()) };
        let recap = self.read(&typed)?;
        let id = entry_id(&recap.rows).ok_or_else(|| whole(UNREADABLE))?;
        let entries = self.store().entries(owner(table, puskesmas), table)?;
        if replaced.is_some_and(|replaced| entries.iter().all(|entry| entry.id != replaced)) {
            return Err(EntryError::Gone);
        }
        if replaced != Some(id.as_str()) && entries.iter().any(|entry| entry.id == id) {
            return Err(whole(THERE_ALREADY));
        }
        let bytes = typed.text(self.who(), now);
        let file_name = format!("catatan-{}.csv", plain_words(table.label()).replace(' ', "-"));
        let batch = NewBatch { file_name: &file_name, bytes: &bytes, ..self.batch_of(&typed, now) };
        let content = Content { recaps: &[recap], ..Content::default() };
        let accepted = self.store().accept_entry(&batch, &content, replaced.map(|id| (table, id)))?;
        Ok(accepted.ok_or(EntryError::Gone)?.batch)
    }

    /// Takes an entry out, wherever it came from; undoing the batch brings it back.
    ///
    /// # Errors
    /// Where it does not stand any more.
    pub fn withdraw_entry(&self, puskesmas: &str, table: Table, id: &str) -> Result<BatchId, EntryError> {
        let now = self.clock().now();
        let values = Values::new();
        let typed = TypedEntry { puskesmas, table, values: &values, year: now.year() };
        let entries = self.store().entries(owner(table, puskesmas), table)?;
        let entry = entries.into_iter().find(|entry| entry.id == id).ok_or(EntryError::Gone)?;
        let told: Vec<String> =
            entry.fields.iter().map(|(field, value)| format!("{}: {value}", field.label())).collect();
        let lines = [format!("DITARIK lewat halaman oleh {}, {}", self.who(), now.to_rfc3339()), told.join("; ")];
        let bytes = csv(&lines.map(|line| vec![line]));
        let file_name = format!("catatan-{}-ditarik.csv", plain_words(table.label()).replace(' ', "-"));
        let batch = NewBatch { file_name: &file_name, bytes: &bytes, ..self.batch_of(&typed, now) };
        let accepted = self.store().accept_entry(&batch, &Content::default(), Some((table, id)))?;
        Ok(accepted.ok_or(EntryError::Gone)?.batch)
    }

    /// Only a Puskesmas that there is becomes a member of a cluster.
    fn check_puskesmas(&self, table: Table, values: &Values) -> Result<(), EntryError> {
        let Some(field) = fields(table).iter().find(|field| field.kind == FieldKind::Puskesmas) else { return Ok(()) };
        let known = self.store().known(DISTRICT)?.members;
        let typed = values.get(field.name).map(String::as_str).unwrap_or_default();
        let is_known = known.iter().any(|name| puskesmas_key(name) == puskesmas_key(typed));
        // A team that has no Puskesmas' data yet may draw its list up all the same.
        if is_known || known.is_empty() {
            return Ok(());
        }
        let words =
            format!("“{typed}” tidak ada di folder data ini. Yang ada: {}.", self.store().puskesmas()?.join(", "));
        Err(EntryError::Wrong(vec![(field.name, words)]))
    }

    fn batch_of<'b>(&'b self, typed: &TypedEntry<'b>, at: DateTime<Utc>) -> NewBatch<'b> {
        NewBatch {
            puskesmas: owner(typed.table, typed.puskesmas),
            file_name: "",
            bytes: &[],
            who: self.who(),
            at,
            replace: false,
        }
    }

    /// The one row that was typed, read as a workbook's.
    fn read(&self, typed: &TypedEntry<'_>) -> Result<Recap, EntryError> {
        let workbook = typed.workbook();
        let recognised = recognise(&workbook);
        let owner = owner(typed.table, typed.puskesmas);
        let mut reader = TablesReader::new(owner, &self.store().known(owner)?);
        let table = recognised.tables.iter().find(|table| table.table == typed.table);
        let Some(table) = table else { return Err(typed.wrong(&recognised.issues)) };
        let (recap, issues) = reader.read(table);
        if recap.rows_rejected > 0 {
            return Err(typed.wrong(&issues));
        }
        Ok(recap)
    }
}

const UNREADABLE: &str = "Isian ini tidak terbaca sebagai satu catatan. Tulis lebih lengkap, lalu simpan lagi.";
/// Told of an entry whose key stands in the list.
pub const THERE_ALREADY: &str = "Catatan yang sama sudah ada di daftar di bawah. Ubah yang itu, atau bedakan isinya.";

fn whole(message: &str) -> EntryError {
    EntryError::Wrong(vec![("", message.to_owned())])
}

fn check(table: Table, values: &Values) -> Result<(), EntryError> {
    let value = |field: &FormField| values.get(field.name).map(String::as_str).unwrap_or_default();
    let fault = |field: &FormField| {
        if field.is_needed && value(field).is_empty() {
            return Some(format!("{} harus diisi.", field.label));
        }
        let is_long = value(field).chars().count() > VALUE_CHARS_MAX;
        is_long.then(|| format!("{} terlalu panjang; paling banyak {VALUE_CHARS_MAX} huruf.", field.label))
    };
    let faults: Vec<_> = fields(table).iter().filter_map(|field| Some((field.name, fault(field)?))).collect();
    if faults.is_empty() { Ok(()) } else { Err(EntryError::Wrong(faults)) }
}

/// The year that a table needs above it: the one that was typed, or that of the first date.
fn year(table: Table, values: &Values, today: i32) -> i32 {
    let years = fields(table).iter().filter(|field| matches!(field.kind, FieldKind::Year | FieldKind::Day));
    let mut texts = years.filter_map(|field| values.get(field.name));
    let year_in = |text: &String| {
        let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4);
        numbers.find_map(|digits| digits.parse().ok())
    };
    texts.find_map(year_in).unwrap_or(today)
}

/// One entry as it was typed.
struct TypedEntry<'t> {
    puskesmas: &'t str,
    table: Table,
    values: &'t Values,
    year: i32,
}

impl TypedEntry<'_> {
    fn columns(&self) -> impl Iterator<Item = &'static FormField> + use<> {
        let has_column = |field: &&FormField| !matches!(field.kind, FieldKind::Period | FieldKind::Year);
        fields(self.table).iter().filter(has_column)
    }

    fn value(&self, field: &FormField) -> String {
        let text = self.values.get(field.name).map(String::as_str).unwrap_or_default();
        let words: Vec<&str> = text.split_whitespace().collect();
        match field.kind {
            FieldKind::Facility if words.is_empty() => self.puskesmas.to_owned(),
            _ => words.join(" "),
        }
    }

    /// The period as a line above the table.
    fn period_line(&self) -> String {
        let period = fields(self.table).iter().find(|field| field.kind == FieldKind::Period);
        let typed = period.and_then(|field| self.values.get(field.name)?.parse::<Period>().ok());
        match typed {
            Some(period) if period.kind() == PeriodKind::Month => {
                format!("BULAN : {}", format::month(period.first_month()).to_uppercase())
            }
            Some(period) if period.kind() != PeriodKind::Year => format!("PERIODE : {period}"),
            Some(period) => format!("TAHUN {}", period.year()),
            None => format!("TAHUN {}", self.year),
        }
    }

    /// Title, name, period, heading, row.
    fn lines(&self) -> [Vec<String>; 5] {
        let heading = self.columns().map(|field| field.label.to_owned());
        let row = self.columns().map(|field| self.value(field));
        [
            vec![fields::title(self.table).to_owned()],
            vec![self.puskesmas.to_owned()],
            vec![self.period_line()],
            ["No".to_owned()].into_iter().chain(heading).collect(),
            ["1".to_owned()].into_iter().chain(row).collect(),
        ]
    }

    /// The sheet of one row.
    fn workbook(&self) -> Workbook {
        let rows = (0..).zip(self.lines()).map(|(index, texts)| Row { index, cells: text_cells(texts) }).collect();
        let sheet = Sheet::new(self.table.label().to_owned(), Visibility::Visible, rows, Vec::new());
        Workbook { file: String::new(), sheets: vec![sheet], counts_from_1904: false, notices: Vec::new() }
    }

    /// Returns the CSV that is kept as the file from which the entry came.
    fn text(&self, who: &str, at: DateTime<Utc>) -> Vec<u8> {
        let mut lines = self.lines();
        lines[0].push(format!("ditulis lewat halaman oleh {who}, {}", at.to_rfc3339()));
        csv(&lines)
    }

    /// Issues as faults of fields.
    fn wrong(&self, issues: &[Issue]) -> EntryError {
        let errors = issues.iter().filter(|issue| issue.severity == Severity::Error);
        let fault = |issue: &Issue| (self.field_at(CellRef::parse(&issue.cell)), sentence(&issue.message));
        let faults: Vec<_> = errors.map(fault).collect();
        if faults.is_empty() { whole(UNREADABLE) } else { EntryError::Wrong(faults) }
    }

    fn field_at(&self, cell: Option<CellRef>) -> &'static str {
        let column = cell.filter(|cell| cell.row > HEADING_ROW).and_then(|cell| usize::try_from(cell.column).ok());
        let field = column.and_then(|column| self.columns().nth(column.checked_sub(1)?));
        field.map(|field| field.name).unwrap_or_default()
    }
}

fn sentence(text: &str) -> String {
    format!("{text}.")
}

pub(super) fn text_cells(texts: Vec<String>) -> Vec<Cell> {
    let filled = (0..).zip(texts).filter(|(_, text)| !text.is_empty());
    filled.map(|(column, text)| Cell { column, value: CellValue::Text(text.into()) }).collect()
}

pub(super) fn csv(lines: &[Vec<String>]) -> Vec<u8> {
    let quoted = |text: &String| format!("\"{}\"", text.replace('"', "\"\""));
    let line = |cells: &Vec<String>| cells.iter().map(quoted).collect::<Vec<_>>().join(",") + "\r\n";
    lines.iter().map(line).collect::<String>().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_recognised_as_its_table() {
        for table in Table::ALL.into_iter().filter(|table| table.is_written()) {
            let filled = fields(table).iter().map(|field| {
                let text = match field.kind {
                    FieldKind::Day => "12 Mei 2023",
                    FieldKind::Period => "2023-C2",
                    FieldKind::Year => "2023",
                    _ => "Jumlah \"kader\", kurang",
                };
                (field.name, text.to_owned())
            });
            let values: Values = filled.collect();
            let year = year(table, &values, 1999);
            let typed = TypedEntry { puskesmas: "UPT PUSKESMAS ABCDE", table, values: &values, year };
            let workbook = typed.workbook();
            let recognised = recognise(&workbook);
            let tables: Vec<Table> = recognised.tables.iter().map(|table| table.table).collect();
            assert_eq!((tables, recognised.issues), (vec![table], Vec::new()), "{table:?}");
            assert_eq!(recognised.tables[0].received.year(), 2023);
        }
    }

    #[test]
    fn a_fault_is_told_at_its_field() {
        let values = Values::new();
        let typed = TypedEntry { puskesmas: "ABCDE", table: Table::Decisions, values: &values, year: 2023 };
        assert_eq!(typed.field_at(CellRef::parse("B5")), "tanggal");
        assert_eq!(typed.field_at(CellRef::parse("D5")), "keputusan");
        assert_eq!(typed.field_at(CellRef::parse("B4")), "");
        assert!(matches!(check(Table::Decisions, &values), Err(EntryError::Wrong(faults)) if faults.len() == 2));
    }
}
