//! The kind of a row below a heading: data, a row of sums, a section's title, the signatures, nothing.

use super::month_title::MonthTitle;
use super::read_columns::ReadColumns;
use super::stated_maximum::is_row_of_maxima;
use super::village_sums::{VillageRow, village_row};
use crate::domain::Table;
use crate::domain::name::{plain_words, puskesmas_key};
use crate::domain::records::CellRef;
use crate::recap::cells::{date, is_blank, is_dash, value_text};
use crate::recap::context::OfVillage;
use crate::recap::heading::ColumnMeaning;
use crate::recap::layout::Heading;
use crate::recap::signatures::is_opening;
use crate::recap::sum_rows::{is_row_number, is_sum, texts};
use crate::recap::{FoundTable, ReadingContext};
use crate::workbook::{CellValue, Row};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowKind<'c> {
    /// A row of the table; `is_certain` where it is one even below the signatures: its name is a registered one
    /// (`facility`), or it has number, name and something that is read.
    Data { is_certain: bool, facility: Option<&'c str> },
    /// Jumlah, Total, Rata-rata.
    Total(TotalSort),
    /// Blank, a section's title, column numbers, a note.
    Nothing,
    /// The signatures: the table is over.
    End,
}

/// The content of a row of sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TotalSort {
    Sum,
    Mean,
}

/// The names and the columns by which the rows of a table are told apart.
#[derive(Clone, Copy)]
pub(super) struct RowKnowledge<'c, 'h> {
    pub(super) context: &'c ReadingContext,
    pub(super) columns: &'h ReadColumns,
}

/// Tells what a row is.
pub(super) fn classify<'c>(table: &FoundTable<'_>, known: RowKnowledge<'c, '_>, row: &Row) -> RowKind<'c> {
    let RowKnowledge { context, columns } = known;
    let heading = &table.heading;
    if table.table == Table::Visits && is_row_of_maxima(row, heading) {
        return RowKind::Nothing;
    }
    if MonthTitle::from_row(row, heading).is_some() {
        return RowKind::Nothing;
    }
    let facts = RowFacts::from_table(table, known, row);
    if facts.name.is_none() && facts.filled == 0 {
        return RowKind::Nothing;
    }
    if heading.has_titles && facts.is_title_of_facility(table, row) {
        return RowKind::Nothing;
    }
    let is_dated = heading.day_column().is_some_and(|column| is_day(table, row, column));
    // A Puskesmas often has the name of one of its villages: without a number among numbered rows it is their sum.
    let may_be_own_sum = heading.has_villages && !facts.is_numbered && heading.columns.contains_key(&ColumnMeaning::No);
    let is_own_sum = || {
        let own = table.puskesmas.as_deref().map(puskesmas_key);
        own.is_some() && own == facts.name.as_deref().map(puskesmas_key)
    };
    if may_be_own_sum && is_own_sum() {
        return RowKind::Total(TotalSort::Sum);
    }
    let facility = facts.facility;
    let is_known = facility.is_some() || is_dated;
    if !is_known && is_sum(row, heading) {
        return RowKind::Total(total_sort(row, heading));
    }
    if !is_known && village_row(table, context, columns, row) == Some(VillageRow::Sum) {
        return RowKind::Nothing;
    }
    let is_column_numbers = is_column_numbers(row, heading);
    if facts.is_numbered || is_known {
        let is_certain = is_known || facts.name.is_some() && facts.filled > 0;
        return if is_column_numbers { RowKind::Nothing } else { RowKind::Data { is_certain, facility } };
    }
    if is_column_numbers || facts.name.is_none() && is_numbers_below_heading(table, row) {
        return RowKind::Nothing;
    }
    if let Some(first) = first_text(row, heading) {
        let may_be_about_itself = matches!(table.table, Table::Problems | Table::Clusters);
        let is_own = |text: &str| {
            let own = table.puskesmas.as_deref().map(puskesmas_key);
            // `PUSKESMAS` alone below villages or facilities.
            let is_all = || table.table == Table::Achievements && puskesmas_key(text).is_empty();
            let is_village =
                || table.heading.has_villages && context.of_village(text, None) != OfVillage::Unclear(Vec::new());
            own.is_some_and(|own| puskesmas_key(text) == own) && !is_village() || is_all()
        };
        // A row of sums may carry nothing but the name of the Puskesmas or of the district.
        let is_district = !may_be_about_itself
            && (facts.name.as_deref().is_some_and(is_own) || is_own(&first.1) || names_a_district(&first.1));
        if is_district {
            return RowKind::Total(TotalSort::Sum);
        }
        let is_nameless = facts.name.is_none() && !is_named_by_merge(table, row);
        let anywhere = is_nameless && texts(row, heading).any(|(_, text)| is_opening(&text));
        if is_opening(&first.1) || anywhere {
            return RowKind::End;
        }
    }
    if facts.is_section(table.table) { RowKind::Nothing } else { RowKind::Data { is_certain: false, facility } }
}

/// Reports whether the name merged downwards from a row above is this row's too.
fn is_named_by_merge(table: &FoundTable<'_>, row: &Row) -> bool {
    let Some(column) = table.heading.key_column() else { return false };
    let area = table.sheet.merge_at(CellRef { row: row.index, column });
    area.is_some_and(|area| area.first.row > table.heading.bottom && area.first.row < row.index)
}

/// The facts by which the kind of a row is told.
struct RowFacts<'c> {
    /// Text of the key column (the name, or the code of an indicator).
    name: Option<String>,
    /// The registered facility of that name.
    facility: Option<&'c str>,
    /// `No` holds a number.
    is_numbered: bool,
    /// Cells that are read beside name and number.
    filled: usize,
    /// Any cell beside name and number.
    others: usize,
    /// All of those are text.
    others_are_text: bool,
}

impl<'c> RowFacts<'c> {
    fn from_table(table: &FoundTable<'_>, RowKnowledge { context, columns }: RowKnowledge<'c, '_>, row: &Row) -> Self {
        let heading = &table.heading;
        let number_column = columns.number;
        let key_column = columns.key;
        let name = key_column.and_then(|column| row.get(column)).filter(|value| !is_blank(Some(value)));
        let mut facts = Self {
            name: name.map(value_text),
            facility: None,
            is_numbered: number_column.and_then(|column| row.get(column)).is_some_and(is_row_number),
            filled: 0,
            others: 0,
            others_are_text: true,
        };
        for cell in heading.cells(row).iter().filter(|cell| !is_blank(Some(&cell.value))) {
            if Some(cell.column) == number_column || Some(cell.column) == key_column {
                continue;
            }
            facts.others += 1;
            facts.filled += usize::from(columns.contains(cell.column));
            facts.others_are_text &= matches!(cell.value, CellValue::Text(_));
        }
        facts.filled += planned_by_fill(table, row);
        facts.facility = facts.name.as_deref().and_then(|name| context.facility(name));
        facts
    }

    /// A title that names the facility of the rows below it: nothing but its name, where the days stand.
    fn is_title_of_facility(&self, table: &FoundTable<'_>, row: &Row) -> bool {
        let day = table.heading.key_column();
        !self.is_numbered && self.filled == 0 && day.is_some_and(|column| !is_day(table, row, column))
    }

    /// A title within the table, a note or a stray line: nothing but a name that nobody knows, or one text.
    fn is_section(&self, table: Table) -> bool {
        match (&self.name, table) {
            // A register makes names known: only words for a group are a title there.
            (Some(name), Table::Facilities | Table::ServiceIndicators | Table::Decree) => {
                let words = without_letter(&plain_words(name));
                self.others == 0
                    && ["jaringan", "jejaring", "keterangan", "catatan", "ket ", "nb "]
                        .iter()
                        .any(|word| words.starts_with(word.trim_end()) && (words.len() < 40))
            }
            (Some(_), _) => self.filled == 0,
            (None, _) => self.others <= 1 && self.others_are_text,
        }
    }
}

/// Reports whether `No` holds a number.
pub(super) fn is_numbered(row: &Row, heading: &Heading) -> bool {
    heading.columns.get(&ColumnMeaning::No).and_then(|column| row.get(*column)).is_some_and(is_row_number)
}

/// Cells of a row that plan a month by their fill.
fn planned_by_fill(table: &FoundTable<'_>, row: &Row) -> usize {
    let before = |end: u32| table.planned_fills.partition_point(|place| place.row < end);
    if table.planned_fills.is_empty() { 0 } else { before(row.index + 1) - before(row.index) }
}

/// `b jejaring`, `ii jejaring` → `jejaring`: the words of a title without its letter or Roman number.
fn without_letter(words: &str) -> String {
    match words.split_once(' ') {
        Some((letter, rest)) if letter.len() == 1 || letter.chars().all(|c| "ivx".contains(c)) => rest.to_owned(),
        _ => words.to_owned(),
    }
}

/// Reports whether a row has a day in this column, or shares the one of the rows above it.
fn is_day(table: &FoundTable<'_>, row: &Row, column: u32) -> bool {
    let place = CellRef { row: row.index, column };
    let seen = table.sheet.seen(place).filter(|(place, _)| place.row > table.heading.bottom);
    matches!(date::read(seen.map(|(_, value)| value), table.counts_from_1904), Ok(Some(_)))
}

fn names_a_district(text: &str) -> bool {
    let words = plain_words(text);
    ["kabupaten ", "kab ", "kota ", "kecamatan ", "kec "].iter().any(|title| words.starts_with(title))
}

/// The first text of a row, dashes apart, with its column.
fn first_text(row: &Row, heading: &Heading) -> Option<(u32, String)> {
    texts(row, heading).find(|(_, text)| !is_dash(text))
}

fn total_sort(row: &Row, heading: &Heading) -> TotalSort {
    let is_mean = |text: &str| ["rata", "rerata"].iter().any(|word| plain_words(text).starts_with(word));
    let is_mean = texts(row, heading).any(|(_, text)| is_mean(&text));
    if is_mean { TotalSort::Mean } else { TotalSort::Sum }
}

fn column_number(value: &CellValue) -> Option<f64> {
    match value {
        CellValue::Number { value, .. } if value.fract() == 0.0 => Some(*value),
        CellValue::Text(text) => text.trim().trim_matches(['(', ')']).parse::<u32>().ok().map(f64::from),
        _ => None,
    }
}

/// Column numbers with a gap at the name: nothing but growing whole numbers right below a heading.
fn is_numbers_below_heading(table: &FoundTable<'_>, row: &Row) -> bool {
    let bottoms = table.repeated.iter().map(|(_, last)| *last).chain([table.heading.bottom]);
    let is_below = bottoms.into_iter().any(|bottom| row.index == bottom + 1);
    let numbers: Option<Vec<f64>> = table.heading.cells(row).iter().map(|cell| column_number(&cell.value)).collect();
    is_below && numbers.is_some_and(|numbers| numbers.len() >= 3 && numbers.windows(2).all(|pair| pair[0] < pair[1]))
}

/// `1 | 2 | 3 …` or `(1) (2) (3)` under a heading: whole numbers that grow, the name's among them; helper numbers to
/// the right may follow.
fn is_column_numbers(row: &Row, heading: &Heading) -> bool {
    let numbers: Vec<(u32, f64)> =
        heading.cells(row).iter().map_while(|cell| Some((cell.column, column_number(&cell.value)?))).collect();
    let grown = 1 + numbers.windows(2).take_while(|pair| pair[0].1 < pair[1].1).count();
    let numbers = &numbers[..grown.min(numbers.len())];
    let has_name = numbers.iter().any(|(column, _)| heading.key_column() == Some(*column));
    numbers.len() >= 2 && has_name && numbers[0].1 <= 2.0
}
