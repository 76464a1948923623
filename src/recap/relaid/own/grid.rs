//! The rows and columns of a set's sheet with what their labels and headings name: an indicator, a month, a role. Moves
//! nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::role::{OwnRole, RolesSeen, role_of};
use crate::domain::own_indicator::{IndicatorSet, OwnMeasure, SetIndicator};
use crate::domain::records::CellRef;
use crate::recap::cells::date_words::{month_number, parts, year_of};
use crate::recap::cells::{is_blank, value_text};
use crate::recap::heading::{key, word_group};
use crate::recap::signatures::is_opening;
use crate::workbook::{CellValue, Remark, Row, Sheet};

/// Rows of headings at most.
const HEADING_ROWS_MAX: usize = 5;
/// Fewest labels of one kind that make a column or a row of labels.
const LABELS_MIN: usize = 2;
/// Beginnings of headings below which nothing is read: sums and remarks.
const PASSED_OVER: [&str; 17] = [
    "total",
    "jumlahsetahun",
    "rata",
    "rerata",
    "ket",
    "analis",
    "rtl",
    "rencana",
    "tindak",
    "status",
    "tercapai",
    "triwulan",
    "tw",
    "semester",
    "masalah",
    "hambatan",
    "pj",
];

/// Meaning of a row or a column.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LineOf<'s> {
    pub(super) indicator: Option<&'s SetIndicator>,
    /// Month, 1 to 12.
    pub(super) month: Option<u32>,
    pub(super) role: Option<OwnRole>,
    /// True of sums and remarks: nothing in it is read.
    pub(super) is_passed_over: bool,
}

/// The labelled rows and columns of a sheet. Places of rows are indexes in [`Sheet::rows`].
#[derive(Debug)]
pub(super) struct OwnGrid<'s> {
    /// First row of the headings: titles stand above.
    pub(super) titles: usize,
    /// First row of counts.
    pub(super) top: usize,
    /// Row behind the last one with counts.
    pub(super) end: usize,
    pub(super) rows: BTreeMap<usize, LineOf<'s>>,
    pub(super) columns: BTreeMap<u32, LineOf<'s>>,
    /// The only indicator, where titles name it alone.
    pub(super) titled: Option<&'s SetIndicator>,
    pub(super) roles: RolesSeen,
    /// Rows that are of no known indicator.
    pub(super) told: Vec<Remark>,
}

/// Columns that hold labels.
#[derive(Clone, Copy, Debug, Default)]
struct LabelColumns {
    indicator: Option<u32>,
    month: Option<u32>,
    role: Option<u32>,
}

impl LabelColumns {
    fn last(self) -> Option<u32> {
        [self.indicator, self.month, self.role].into_iter().flatten().max()
    }
}

impl<'s> OwnGrid<'s> {
    /// Reads the labels; `None` of a sheet that has none.
    pub(super) fn read(sheet: &Sheet, set: &'s IndicatorSet) -> Option<Self> {
        let labels = LabelColumns {
            indicator: column_of(sheet, |text| set.named(text).map(|own| own.code.clone())),
            month: column_of(sheet, month_of),
            role: column_of(sheet, |text| role_of(text).filter(|role| *role != OwnRole::Result)),
        };
        // Months or indicators across the headings leave nothing to a column of roles but their rows.
        let last = labels.last()?;
        let is_label = |row: &Row| {
            let text = |column: Option<u32>| column.and_then(|column| row.get(column)).and_then(CellValue::text);
            text(labels.indicator).is_some_and(|text| set.named(text).is_some())
                || text(labels.month).is_some_and(|text| month_of(text).is_some())
                || labels.indicator.is_none() && text(labels.role).is_some_and(|text| role_of(text).is_some())
        };
        // A title that names an indicator has no counts beside it.
        let has_counts = |row: &Row| row.cells.iter().any(|cell| cell.column > last && !is_blank(Some(&cell.value)));
        let is_first = |row: &Row| is_label(row) && (has_counts(row) || labels.role.is_some());
        let labelled = sheet.rows.iter().position(is_first)?;
        let top = labels.indicator.map_or(labelled, |column| first_named(sheet, labelled, column));
        let titles = heading_begins(sheet, top, last);
        let end = sheet.rows[top..].iter().position(is_signed).map_or(sheet.rows.len(), |at| top + at);
        let mut grid = Self {
            titles,
            top,
            end,
            rows: BTreeMap::new(),
            columns: columns(sheet, &HeadingArea { rows: titles..top, last }, set),
            titled: titled(sheet, titles, set),
            roles: RolesSeen::default(),
            told: Vec::new(),
        };
        grid.label_rows(sheet, labels, set);
        let roles = grid.rows.values().chain(grid.columns.values()).filter(|line| !line.is_passed_over);
        grid.roles = RolesSeen::from_roles(roles.filter_map(|line| line.role));
        Some(grid)
    }

    /// Reads the labels of the rows; a row without one of an indicator is of the one above.
    fn label_rows(&mut self, sheet: &Sheet, labels: LabelColumns, set: &'s IndicatorSet) {
        let mut above: Option<&'s SetIndicator> = None;
        for at in self.top..self.end {
            let row = &sheet.rows[at];
            let text = |column: Option<u32>| {
                let seen = column.and_then(|column| sheet.seen(CellRef { row: row.index, column }));
                seen.map(|(_, value)| value_text(value)).filter(|text| !text.trim().is_empty())
            };
            let mut line = LineOf { month: text(labels.month).and_then(|text| month_of(&text)), ..LineOf::default() };
            line.role = text(labels.role).and_then(|text| role_of(&text));
            if let Some(label) = text(labels.indicator) {
                let named = set.named(&label);
                let role = role_of(&label).filter(|_| named.is_none());
                line.role = line.role.or(role);
                if named.is_some() || role.is_none() {
                    above = named;
                }
                if named.is_none() && role.is_none() {
                    self.tell_unknown(row, &label, labels);
                }
            }
            line.indicator = above;
            let first = text(labels.last()).or_else(|| row.cells.first().map(|cell| value_text(&cell.value)));
            line.is_passed_over = first.is_some_and(|first| is_sum(&first))
                || labels.month.is_some() && line.month.is_none() && labels.indicator.is_none();
            self.rows.insert(at, line);
        }
    }

    /// Tells of a row with numbers whose label names no indicator of the set.
    fn tell_unknown(&mut self, row: &Row, label: &str, labels: LabelColumns) {
        let last = labels.last().unwrap_or_default();
        let is_count = |value: &CellValue| matches!(value, CellValue::Number { .. });
        let Some(column) = labels.indicator else { return };
        let has_counts = row.cells.iter().any(|cell| cell.column > last && is_count(&cell.value));
        if has_counts && !is_sum(label) {
            let message = format!(
                "baris \"{label}\" bukan indikator set ini, jadi tidak dibaca; betulkan namanya, atau tambahkan di Indikator \
                 Puskesmas dan isi capaiannya di Capaian Puskesmas"
            );
            self.told.push(Remark { place: CellRef { row: row.index, column }, message });
        }
    }

    /// Returns what the cell of a row and a column is of; `None` where nothing is read.
    pub(super) fn line_at(&self, at: usize, column: u32) -> Option<LineOf<'s>> {
        let row = self.rows.get(&at)?;
        let across = self.columns.get(&column)?;
        let is_read = !row.is_passed_over && !across.is_passed_over;
        let indicator = row.indicator.or(across.indicator).or(self.titled);
        is_read.then_some(LineOf {
            indicator,
            month: row.month.or(across.month),
            role: row.role.or(across.role),
            is_passed_over: false,
        })
    }

    /// Reports whether rows or columns name months.
    pub(super) fn has_months(&self) -> bool {
        self.rows.values().chain(self.columns.values()).any(|line| line.month.is_some())
    }
}

impl LineOf<'_> {
    /// Returns the plain role; of a count without one the numerator, where it is counted alone or its population stands
    /// elsewhere.
    pub(super) fn plain_role(&self, roles: RolesSeen, has_population: bool) -> Option<OwnRole> {
        match self.role {
            Some(role) => roles.plain(role),
            None if self.indicator.is_some_and(|own| own.measure == OwnMeasure::Count) => Some(OwnRole::Numerator),
            None if self.month.is_some() && has_population => Some(OwnRole::Numerator),
            None if self.month.is_some() => Some(OwnRole::Result),
            None => None,
        }
    }
}

/// The column in which most different labels of a kind stand, where they are enough.
fn column_of<K: Ord>(sheet: &Sheet, label: impl Fn(&str) -> Option<K>) -> Option<u32> {
    let mut held: BTreeMap<u32, BTreeSet<K>> = BTreeMap::new();
    for row in &sheet.rows {
        for cell in &row.cells {
            if let Some(found) = cell.value.text().and_then(&label) {
                held.entry(cell.column).or_default().insert(found);
            }
        }
    }
    let most = held.iter().max_by_key(|(column, labels)| (labels.len(), u32::MAX - **column));
    most.filter(|(_, labels)| labels.len() >= LABELS_MIN).map(|(column, _)| *column)
}

/// The month that a text names alone, with or without its year.
pub(super) fn month_of(text: &str) -> Option<u32> {
    let parts = parts(text);
    let words: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !["bulan", "bln"].contains(part)).collect();
    match words[..] {
        [name] => month_number(name),
        [name, year] => month_number(name).filter(|_| year_of(year).is_some()),
        _ => None,
    }
}

/// The first row with counts at or above one that is known: of a name that nobody knows, too, counts are told.
fn first_named(sheet: &Sheet, labelled: usize, column: u32) -> usize {
    let is_counted = |at: &usize| {
        let row = &sheet.rows[*at];
        let name = row.get(column).and_then(CellValue::text);
        let is_named = name.is_some_and(|name| name.chars().any(char::is_alphabetic) && role_of(name).is_none());
        let has_counts =
            row.cells.iter().any(|cell| cell.column > column && matches!(cell.value, CellValue::Number { .. }));
        row.index + 1 == sheet.rows[*at + 1].index && is_named && has_counts
    };
    (0..labelled).rev().take_while(is_counted).last().unwrap_or(labelled)
}

/// The first row of the headings above the first counts: rows without a gap that have more than one text.
fn heading_begins(sheet: &Sheet, top: usize, last: u32) -> usize {
    let is_heading = |at: &usize| {
        let row = &sheet.rows[*at];
        let texts = row.cells.iter().filter(|cell| !is_blank(Some(&cell.value))).count();
        let is_right = row.cells.iter().any(|cell| cell.column > last && !is_blank(Some(&cell.value)));
        let next = sheet.rows[*at + 1].index;
        row.index + 1 == next && texts > 1 && is_right
    };
    (0..top).rev().take(HEADING_ROWS_MAX).take_while(is_heading).last().unwrap_or(top)
}

/// Rows of headings, and the last column of labels.
struct HeadingArea {
    rows: std::ops::Range<usize>,
    last: u32,
}

/// Reads the headings of the columns behind the labels.
fn columns<'s>(sheet: &Sheet, area: &HeadingArea, set: &'s IndicatorSet) -> BTreeMap<u32, LineOf<'s>> {
    let widest = sheet.rows.iter().filter_map(|row| row.cells.last()).map(|cell| cell.column).max().unwrap_or(0);
    let text = |at: usize, column: u32| {
        let seen = sheet.seen(CellRef { row: sheet.rows[at].index, column });
        seen.map(|(_, value)| value_text(value)).filter(|text| !text.trim().is_empty())
    };
    let mut found = BTreeMap::new();
    for column in area.last + 1..=widest {
        let mut line = LineOf::default();
        for at in area.rows.clone().rev() {
            let own = text(at, column);
            // Below a group that is not merged, only its first column has the group's text.
            let left = || (area.last + 1..column).rev().find_map(|left| text(at, left));
            let words = own.clone().or_else(|| if line.role.is_some() { left() } else { None });
            let Some(words) = words else { continue };
            line.is_passed_over |= own.is_some() && is_passed_over(&words);
            line.role = line.role.or_else(|| role_of(&words).filter(|_| own.is_some()));
            line.month = line.month.or_else(|| month_of(&words));
            line.indicator = line.indicator.or_else(|| set.named(&words));
        }
        found.insert(column, line);
    }
    found
}

/// The only indicator that the titles above the headings, or the sheet's name, name.
fn titled<'s>(sheet: &Sheet, titles: usize, set: &'s IndicatorSet) -> Option<&'s SetIndicator> {
    let above = sheet.rows[..titles].iter().flat_map(|row| &row.cells).filter_map(|cell| cell.value.text());
    let mut named: Vec<&SetIndicator> = above.chain([sheet.name.as_str()]).filter_map(|text| set.named(text)).collect();
    named.dedup_by_key(|own| &own.code);
    match named[..] {
        [only] => Some(only),
        _ => None,
    }
}

fn is_passed_over(text: &str) -> bool {
    let key = key(text);
    PASSED_OVER.iter().any(|word| key.starts_with(word)) || is_sum(text)
}

fn is_sum(text: &str) -> bool {
    let key = key(text);
    word_group("jumlah").has(&key) || ["total", "rata", "rerata"].iter().any(|word| key.starts_with(word))
}

fn is_signed(row: &Row) -> bool {
    let has_number = row.cells.iter().any(|cell| matches!(cell.value, CellValue::Number { .. }));
    !has_number && row.cells.iter().filter_map(|cell| cell.value.text()).any(is_opening)
}
