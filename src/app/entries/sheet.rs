//! Typed or pasted texts as a sheet with the headings of its table, which the reader of workbooks reads like any
//! other; and the way back from a cell to the field or the pasted cell. Knows no store.

use crate::domain::form::{CANCELLED, FieldKind, FormField, SheetPlace, TableForm};
use crate::domain::records::CellRef;
use crate::domain::{Period, PeriodKind, Table, format};
use crate::workbook::{Cell, CellValue, Row, Sheet, Visibility, Workbook};

use super::Values;

/// Code by which forms send that a visit was cancelled.
pub const CANCELLED_CODE: &str = "batal";
/// Lines above the heading: title, Puskesmas, period.
const BANNER_LINES: usize = 3;

/// Lines of a sheet: title, Puskesmas, period, then heading and rows.
#[derive(Clone, Debug)]
pub(super) struct TypedSheet {
    form: &'static TableForm,
    banner: [String; BANNER_LINES],
    /// Heading that was put above what was pasted without one, or above what was typed.
    heading: Vec<Vec<String>>,
    rows: Vec<Vec<String>>,
    /// True if a column of numbers was put before those that were pasted.
    is_numbered: bool,
}

impl TypedSheet {
    /// The sheet of one entry. `year` is that of dates which have none.
    pub(super) fn of_values(form: &'static TableForm, puskesmas: &str, values: &Values, year: i32) -> Self {
        let code: Vec<String> = form
            .fields
            .iter()
            .filter(|field| field.kind == FieldKind::ServiceIndicator)
            .map(|field| values.get(field.name).cloned().unwrap_or_default())
            .collect();
        let row = EntryColumns { form, values, puskesmas }.row();
        let title = form.banner.to_owned();
        let period = period_line(form, values, year);
        Self {
            form,
            banner: [title, puskesmas.to_owned(), period],
            heading: heading(form, &code),
            rows: vec![row],
            is_numbered: false,
        }
    }

    /// The sheet of a pasted block as it is, with its own heading.
    pub(super) fn of_block(form: &'static TableForm, puskesmas: &str, period: Period, rows: Vec<Vec<String>>) -> Self {
        let banner = [form.banner.to_owned(), puskesmas.to_owned(), period_words(period)];
        Self { form, banner, heading: Vec::new(), rows, is_numbered: false }
    }

    /// The same block under the heading of the template; `codes` are the service indicators, in their order.
    pub(super) fn with_heading(mut self, codes: &[String]) -> Self {
        let is_number = |row: &Vec<String>| row.first().is_none_or(|text| text.trim().parse::<u32>().is_ok());
        if !self.rows.iter().all(is_number) {
            self.is_numbered = true;
            for row in &mut self.rows {
                row.insert(0, String::new());
            }
        }
        self.heading = heading(self.form, codes);
        self
    }

    fn lines(&self) -> impl Iterator<Item = Vec<String>> + '_ {
        let banner = self.banner.iter().map(|line| vec![line.clone()]);
        banner.chain(self.heading.iter().cloned()).chain(self.rows.iter().cloned())
    }

    /// The sheet as a workbook of its own.
    pub(super) fn workbook(&self) -> Workbook {
        let rows = (0..).zip(self.lines()).map(|(index, texts)| Row { index, cells: text_cells(texts) }).collect();
        let sheet = Sheet::new(self.form.table.label().to_owned(), Visibility::Visible, rows, Vec::new());
        Workbook { file: String::new(), sheets: vec![sheet], counts_from_1904: false, notices: Vec::new() }
    }

    /// Returns the CSV that is kept as the file from which the entries came; `said` stands beside its title.
    pub(super) fn text(&self, said: String) -> Vec<u8> {
        let mut lines: Vec<Vec<String>> = self.lines().collect();
        lines[0].push(said);
        csv(&lines)
    }

    /// The field of a cell of a typed entry; none where the cell is of no field.
    pub(super) fn field_at(&self, cell: CellRef) -> Option<&'static FormField> {
        let row = usize::try_from(cell.row).ok()?;
        let column = usize::try_from(cell.column).ok()?;
        if row < BANNER_LINES {
            return self.form.fields.iter().find(|field| row + 1 == BANNER_LINES && field.place == SheetPlace::Banner);
        }
        let columns: Vec<&'static FormField> = leading(self.form).collect();
        let across = || self.form.fields.iter().find(|field| field.place == SheetPlace::Across);
        let is_heading = row < BANNER_LINES + self.heading.len();
        match column.checked_sub(1)? {
            place if place < columns.len() && !is_heading => Some(columns[place]),
            place if place < columns.len() => None,
            _ if is_heading => across(),
            place => figures(self.form).nth(place - columns.len()).or_else(across),
        }
    }

    /// Row and column of a cell within the pasted block, from 0; none where it lies outside.
    pub(super) fn pasted_at(&self, cell: CellRef) -> Option<PastedCell> {
        let row = usize::try_from(cell.row).ok()?.checked_sub(BANNER_LINES + self.heading.len())?;
        let column = usize::try_from(cell.column).ok()?.checked_sub(usize::from(self.is_numbered))?;
        (row < self.rows.len()).then_some(PastedCell { row, column })
    }

    /// Text typed in a field, as it stands in its cell.
    pub(super) fn typed_text(&self, field: &FormField) -> Option<String> {
        let place = leading(self.form).chain(figures(self.form)).position(|known| known.name == field.name)?;
        self.rows.first()?.get(place + 1).cloned()
    }

    /// The cells of a pasted row.
    pub(super) fn pasted_row(&self, row: usize) -> Vec<String> {
        let cells = self.rows.get(row).map(Vec::as_slice).unwrap_or_default();
        cells.iter().skip(usize::from(self.is_numbered)).cloned().collect()
    }

    /// The text of a pasted cell.
    pub(super) fn pasted_text(&self, cell: PastedCell) -> &str {
        let column = cell.column + usize::from(self.is_numbered);
        self.rows.get(cell.row).and_then(|row| row.get(column)).map(String::as_str).unwrap_or_default()
    }
}

/// A cell of a pasted block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PastedCell {
    /// Row, from 0.
    pub row: usize,
    /// Column, from 0.
    pub column: usize,
}

/// Fields of the columns before those that lie across.
fn leading(form: &'static TableForm) -> impl Iterator<Item = &'static FormField> {
    form.columns().filter(move |field| form.table != Table::Achievements || field.kind != FieldKind::Number)
}

/// Fields of the columns below an indicator.
fn figures(form: &'static TableForm) -> impl Iterator<Item = &'static FormField> {
    form.columns().filter(move |field| form.table == Table::Achievements && field.kind == FieldKind::Number)
}

/// The heading rows of a table; `codes` stand above the figures of a table by indicators.
fn heading(form: &'static TableForm, codes: &[String]) -> Vec<Vec<String>> {
    let first = ["No"].into_iter().chain(leading(form).map(|field| field.label)).map(ToOwned::to_owned);
    let mut top: Vec<String> = first.collect();
    match form.table {
        Table::Schedule => {
            top.extend(format::MONTHS_SHORT.map(ToOwned::to_owned));
            vec![top]
        }
        Table::Achievements => {
            let mut below = vec![String::new(); top.len()];
            for code in codes {
                let group: Vec<String> = figures(form).map(|field| field.label.to_owned()).collect();
                // As a merged cell leaves it: its text in the first column alone.
                top.extend(group.iter().enumerate().map(|(at, _)| if at == 0 { code.clone() } else { String::new() }));
                below.extend(group);
            }
            vec![top, below]
        }
        _ => vec![top],
    }
}

/// The heading of a table as users see it, one name a column.
pub(super) fn heading_words(form: &'static TableForm, codes: &[String]) -> Vec<String> {
    let lines = heading(form, codes);
    let joined = |column: usize| {
        let words: Vec<&str> = lines.iter().map(|line| line[column].as_str()).filter(|word| !word.is_empty()).collect();
        words.join(" ")
    };
    (0..lines[0].len()).map(joined).collect()
}

/// Values of one entry on their way into its row.
struct EntryColumns<'v> {
    form: &'static TableForm,
    values: &'v Values,
    puskesmas: &'v str,
}

impl EntryColumns<'_> {
    fn row(&self) -> Vec<String> {
        let columns = leading(self.form).chain(figures(self.form)).map(|field| self.cell(field));
        let mut row: Vec<String> = ["1".to_owned()].into_iter().chain(columns).collect();
        if let Some(months) = self.form.first(|kind| kind == FieldKind::Months) {
            let chosen = months_of(self.values.get(months.name).map(String::as_str).unwrap_or_default());
            row.extend((1..=12).map(|month| if chosen.contains(&month) { "√".to_owned() } else { String::new() }));
        }
        row
    }

    fn cell(&self, field: &FormField) -> String {
        let text = self.values.get(field.name).map(String::as_str).unwrap_or_default();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match field.kind {
            FieldKind::FacilityOrAll if text.is_empty() => self.puskesmas.to_owned(),
            FieldKind::MonthOrCancelled if text == CANCELLED_CODE => CANCELLED.to_owned(),
            FieldKind::Month | FieldKind::MonthOrCancelled => {
                text.parse::<Period>().map_or(text, |period| format::month(period.first_month()))
            }
            _ => text,
        }
    }
}

/// The months of a field of several: their numbers with commas.
pub fn months_of(text: &str) -> Vec<u32> {
    text.split(',').filter_map(|number| number.trim().parse().ok()).filter(|month| (1..=12).contains(month)).collect()
}

/// The line above the table that tells its months.
fn period_line(form: &TableForm, values: &Values, year: i32) -> String {
    let mut in_banner =
        form.fields.iter().filter(|field| field.place == SheetPlace::Banner && field.kind != FieldKind::Year);
    let typed = in_banner.find_map(|field| values.get(field.name)?.parse::<Period>().ok());
    typed.map_or_else(|| format!("TAHUN {year}"), period_words)
}

/// A period as titles write it.
pub(super) fn period_words(period: Period) -> String {
    match period.kind() {
        PeriodKind::Month => format!("BULAN : {}", format::month(period.first_month()).to_uppercase()),
        PeriodKind::Year => format!("TAHUN {}", period.year()),
        _ => format!("PERIODE : {period}"),
    }
}

pub(in crate::app) fn text_cells(texts: Vec<String>) -> Vec<Cell> {
    let filled = (0..).zip(texts).filter(|(_, text)| !text.trim().is_empty());
    filled.map(|(column, text)| Cell { column, value: CellValue::Text(text.into()) }).collect()
}

/// Lines as CSV, every field quoted.
pub(in crate::app) fn csv(lines: &[Vec<String>]) -> Vec<u8> {
    let quoted = |text: &String| format!("\"{}\"", text.replace('"', "\"\""));
    let line = |cells: &Vec<String>| cells.iter().map(quoted).collect::<Vec<_>>().join(",") + "\r\n";
    lines.iter().map(line).collect::<String>().into_bytes()
}
