//! The likely table of a sheet that is not recognised: rows of the heading, table and columns. A person looks at it
//! before it counts.

use std::collections::{BTreeMap, BTreeSet};

use super::choices::{ColumnChoice, MONTH, MONTH_DENOMINATOR, choices, words_of};
use super::{COLUMNS_MAX, DENOMINATOR, DENOMINATOR_OF, HeadingRows, NUMERATOR, NUMERATOR_OF};
use crate::domain::Table;
use crate::domain::name::{name_key, plain_words};
use crate::domain::records::CellRef;
use crate::recap::cells::date_words::month_number;
use crate::recap::cells::{date, is_blank, value_text};
use crate::recap::heading::{ColumnMeaning, key, spec_of};
use crate::recap::heading_figures::{Leaf, leaf, people};
use crate::workbook::{CellValue, Row, Sheet};

/// Rows of a sheet among which its heading is looked for.
const ROWS_LOOKED_AT: usize = 40;
/// Headings of columns that say whether something took place.
const OUTCOMES: [&str; 6] = ["terlaksana", "dilaksanakan", "keterlaksanaan", "tidakterlaksana", "realisasi", "status"];
/// Least likeness of a heading to a known word to be guessed (Jaro–Winkler, 0–1).
const GUESSED_FROM: f64 = 0.86;
/// Rows of data that are looked at.
const DATA_ROWS_LOOKED_AT: usize = 30;
/// Rows of a heading that are guessed at most.
const HEADING_ROWS_GUESSED_MAX: u32 = 5;
/// Characters of a heading; a longer text is a paragraph.
const HEADING_CHARS_MAX: usize = 200;
/// Weight of a word in the title against a column found.
const TITLE_WEIGHT: usize = 3;

/// A guess of the table on a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetGuess {
    /// Heading, and where the data begin.
    pub rows: HeadingRows,
    /// The kind of table.
    pub table: Table,
    /// (column from 0, code of a [`ColumnChoice`]), as far as there is a guess.
    pub columns: Vec<(u32, String)>,
}

/// Parts of a guess that somebody settled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AlreadySaid {
    /// Heading, and where the data begin.
    pub rows: Option<HeadingRows>,
    /// The kind of table.
    pub table: Option<Table>,
}

/// The names in a Puskesmas' register and its indicators: cells that hold them tell what their column is.
#[derive(Clone, Copy, Debug, Default)]
pub struct KnownNames<'n> {
    /// Codes of the service indicators.
    pub services: &'n [String],
    /// Registered facilities.
    pub facilities: &'n [String],
}

/// Guesses table, heading rows and columns.
pub fn guess(sheet: &Sheet, given: AlreadySaid, names: KnownNames<'_>) -> SheetGuess {
    let mut guess = by_headings(sheet, given, names.services);
    by_contents(sheet, &mut guess, names.facilities);
    guess
}

/// Guesses by the words of headings and titles alone.
pub(super) fn by_headings(sheet: &Sheet, given: AlreadySaid, services: &[String]) -> SheetGuess {
    let rows = || sheet.rows.iter().take(ROWS_LOOKED_AT);
    let tables: Vec<Table> = given.table.map_or_else(|| Table::ALL.to_vec(), |table| vec![table]);
    let places: Vec<HeadingRows> = match given.rows {
        Some(rows) => vec![rows],
        None => rows().filter(|row| row.cells.len() > 1).map(|row| heading_rows(sheet, row)).collect(),
    };
    let mut best: Option<(usize, SheetGuess)> = None;
    let mut likeness = Likeness::default();
    for rows in places {
        let title = title_words(sheet, rows.first());
        for table in &tables {
            let columns = guess_columns(sheet, rows, *table, services, &mut likeness);
            let needed = choices(*table, &[]).into_iter().filter(|choice| choice.is_needed);
            let there = needed.filter(|choice| columns.iter().any(|(_, code)| *code == choice.code)).count();
            let is_said = !columns.is_empty() && words_in_titles(*table).iter().any(|word| title.contains(word));
            let score = columns.len() + 2 * there + if is_said { TITLE_WEIGHT } else { 0 };
            if best.as_ref().is_none_or(|(held, _)| score > *held) {
                best = Some((score, SheetGuess { rows, table: *table, columns }));
            }
        }
    }
    let widest =
        || rows().max_by_key(|row| (row.cells.len(), u32::MAX - row.index)).map(|row| heading_rows(sheet, row));
    match best {
        Some((score, guess)) if score > 1 || given.rows.is_some() => guess,
        _ => SheetGuess {
            rows: given.rows.or_else(widest).unwrap_or_else(|| HeadingRows::single_row(0)),
            table: given.table.unwrap_or(Table::Visits),
            columns: Vec::new(),
        },
    }
}

/// Puts right what the cells below contradict: a column of names in which no registered one stands while they stand
/// in another, and one of dates that holds none.
fn by_contents(sheet: &Sheet, guess: &mut SheetGuess, facilities: &[String]) {
    let start = sheet.rows.partition_point(|row| row.index < guess.rows.data());
    let rows = &sheet.rows[start..(start + DATA_ROWS_LOOKED_AT).min(sheet.rows.len())];
    let registered: BTreeSet<String> = facilities.iter().map(|name| name_key(name)).collect();
    let is_name = |value: &CellValue| value.text().is_some_and(|text| registered.contains(&name_key(text)));
    let is_date = |value: &CellValue| {
        let is_day = matches!(value, CellValue::Date(_)) || value.text().is_some();
        is_day && matches!(date::read(Some(value), false), Ok(Some(_)))
    };
    // Dates below months are of those.
    let has_months = guess.columns.iter().any(|(_, code)| code.starts_with(MONTH));
    let columns = [(ColumnMeaning::Name, &is_name as &dyn Fn(&CellValue) -> bool), (ColumnMeaning::Date, &is_date)];
    for (column, holds) in columns.into_iter().take(if has_months { 1 } else { 2 }) {
        let Some(code) = words_of(guess.table).code_of(column) else { continue };
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for cell in
            rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.column < COLUMNS_MAX && holds(&cell.value))
        {
            *counts.entry(cell.column).or_default() += 1;
        }
        let said = guess.columns.iter().find(|(_, known)| known == code).map(|(place, _)| *place);
        let most = counts.iter().max_by_key(|(place, count)| (**count, u32::MAX - **place)).map(|(place, _)| *place);
        if let Some(place) = most.filter(|_| said.is_none_or(|said| !counts.contains_key(&said))) {
            guess.columns.retain(|(known, known_code)| *known != place && known_code != code);
            guess.columns.push((place, (*code).to_owned()));
            guess.columns.sort();
        }
    }
}

/// Words above a heading that speak for a table.
fn words_in_titles(table: Table) -> Vec<&'static str> {
    match table {
        Table::Schedule => vec!["jadwal", "rencana", "kalender"],
        Table::Achievements => vec!["capaian", "cakupan", "pws"],
        _ => spec_of(table).into_iter().flat_map(|spec| &spec.titles).map(String::as_str).collect(),
    }
}

fn title_words(sheet: &Sheet, heading: u32) -> String {
    let above = sheet.rows.iter().take_while(|row| row.index < heading).take(ROWS_LOOKED_AT);
    let texts = above.flat_map(|row| row.cells.iter().filter_map(|cell| cell.value.text()));
    texts.chain([sheet.name.as_str()]).map(plain_words).collect::<Vec<_>>().join(" ")
}

/// The heading that a row belongs to, as its merges tell: columns merged downwards, groups above that are merged
/// across and begin after the first heading.
fn heading_rows(sheet: &Sheet, row: &Row) -> HeadingRows {
    let filled = |row: &Row| {
        let cells = row.cells.iter().filter(|cell| !is_blank(Some(&cell.value)));
        cells.map(|cell| CellRef { row: row.index, column: cell.column }).collect::<Vec<_>>()
    };
    let area = |place: &CellRef| sheet.merge_at(*place);
    let own = filled(row);
    let lowest = own.iter().filter_map(area).map(|area| area.last.row).max().unwrap_or(row.index);
    let mut first = row.index;
    let leftmost = own.first().map_or(0, |place| place.column);
    while let Some(above) = first.checked_sub(1).and_then(|above| sheet.row(above)) {
        let places = filled(above);
        let is_over = |place: &CellRef| {
            place.column > leftmost && area(place).is_some_and(|area| area.last.column > area.first.column)
        };
        if places.is_empty() || !places.iter().all(is_over) {
            break;
        }
        first = above.index;
    }
    let last = lowest.min(first + HEADING_ROWS_GUESSED_MAX - 1).max(row.index);
    HeadingRows::new(first, last, last + 1).unwrap_or_else(|| HeadingRows::single_row(row.index))
}

/// The heading texts of one column as keys, top down; a merged text once.
struct HeadKeys {
    keys: Vec<String>,
    /// Nothing stands over it in the first row of the heading.
    is_low: bool,
}

impl HeadKeys {
    fn read(sheet: &Sheet, rows: HeadingRows, column: u32) -> Self {
        let mut places: Vec<CellRef> = Vec::new();
        let mut keys = Vec::new();
        for row in rows.first()..=rows.last() {
            let Some((place, value)) = sheet.seen(CellRef { row, column }) else { continue };
            if !places.contains(&place) && !is_blank(Some(value)) {
                places.push(place);
                keys.push(key(&value_text(value)));
            }
        }
        keys.retain(|key| !key.is_empty() && key.chars().count() <= HEADING_CHARS_MAX);
        Self { keys, is_low: places.first().is_some_and(|place| place.row > rows.first()) }
    }
}

fn guess_columns(
    sheet: &Sheet,
    rows: HeadingRows,
    table: Table,
    services: &[String],
    likeness: &mut Likeness,
) -> Vec<(u32, String)> {
    let last = (rows.first()..=rows.last()).filter_map(|row| sheet.row(row)?.cells.last()).map(|cell| {
        let place = CellRef { row: rows.first(), column: cell.column };
        sheet.merge_at(place).map_or(cell.column, |area| area.last.column)
    });
    let last = last.max().unwrap_or(0).min(COLUMNS_MAX);
    let all = choices(table, services);
    let mut guessed: Vec<(f64, u32, String)> = Vec::new();
    let mut group: Vec<String> = Vec::new();
    for column in 0..=last {
        let HeadKeys { mut keys, is_low } = HeadKeys::read(sheet, rows, column);
        match keys.as_slice() {
            // A group heading that was centred instead of merged stands over its first column only.
            [only] if is_low && leaf(only).is_some() => keys = group.iter().cloned().chain(keys).collect(),
            [above @ .., bottom] if leaf(bottom).is_some() => group = above.to_vec(),
            _ => group.clear(),
        }
        // Whether something took place is not who did it, however alike the words are.
        if keys.iter().any(|key| OUTCOMES.contains(&key.as_str())) {
            continue;
        }
        // Nor is how many give birth the month in which they do.
        if table != Table::Achievements && keys.last().is_some_and(|key| people(key).is_some()) {
            continue;
        }
        if let Some((near, code)) = likeness.best_of(&keys, table, &all).filter(|(near, _)| *near >= GUESSED_FROM) {
            guessed.push((near, column, code));
        }
    }
    guessed.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    let mut columns: Vec<(u32, String)> = Vec::new();
    for (_, column, code) in guessed {
        if !columns.iter().any(|(_, known)| *known == code) {
            columns.push((column, code));
        }
    }
    if columns.iter().any(|(_, code)| code.starts_with(MONTH)) {
        // Beside the months it is their sum.
        columns.retain(|(_, code)| code != NUMERATOR);
    }
    columns.sort();
    columns
}

/// Likeness of texts to the words of tables. A text that comes again is not compared again: a sheet may be wide, and
/// every one of its first rows may be the heading of every table.
#[derive(Debug, Default)]
struct Likeness {
    known: BTreeMap<(Table, String), Option<(f64, &'static str)>>,
}

impl Likeness {
    /// The choice that a column's heading is nearest to, and how near (0–1).
    fn best_of(&mut self, keys: &[String], table: Table, all: &[ColumnChoice]) -> Option<(f64, String)> {
        if let AcrossKind::Is(code) = across(keys, table, all) {
            return code.map(|code| (1.0, code));
        }
        let whole = (keys.len() > 1).then(|| keys.concat());
        let texts = keys.iter().rev().chain(&whole);
        let scored = texts.filter_map(|text| self.best_for(text, table));
        scored.max_by(|one, other| one.0.total_cmp(&other.0)).map(|(near, code)| (near, code.to_owned()))
    }

    fn best_for(&mut self, text: &str, table: Table) -> Option<(f64, &'static str)> {
        // Numbers, which most cells hold, are near to no word.
        if !text.contains(char::is_alphabetic) {
            return None;
        }
        let compared = || {
            let scored = words_of(table).columns.iter().filter_map(|held| {
                let near = held.words.iter().map(|word| nearness(text, word)).max_by(f64::total_cmp)?;
                Some((near, held.words.first.as_str()))
            });
            scored.max_by(|one, other| one.0.total_cmp(&other.0))
        };
        *self.known.entry((table, text.to_owned())).or_insert_with(compared)
    }
}

/// The month or the indicator that a column is of.
enum AcrossKind {
    /// It is, with its code; without one it is not read.
    Is(Option<String>),
    No,
}

fn across(keys: &[String], table: Table, all: &[ColumnChoice]) -> AcrossKind {
    let Some((bottom, above)) = keys.split_last() else { return AcrossKind::No };
    let month = |key: &str| month_number(key).or_else(|| key.parse().ok().filter(|month| (1..=12).contains(month)));
    if table != Table::Achievements {
        let has_months = matches!(table, Table::Schedule | Table::Visits | Table::Lokmin | Table::MonthlyReports);
        let month = month(bottom).filter(|_| has_months);
        return month.map_or(AcrossKind::No, |month| AcrossKind::Is(Some(format!("{MONTH}{month}"))));
    }
    let of_service = |prefix: &str, service: &str| {
        let is_it = |choice: &&ColumnChoice| choice.code.strip_prefix(prefix).is_some_and(|code| key(code) == service);
        all.iter().find(is_it).map(|choice| choice.code.clone())
    };
    let group = above.last().map(String::as_str);
    AcrossKind::Is(match (leaf(bottom), group.and_then(month), group) {
        (Some(Leaf::Denominator), Some(month), _) => Some(format!("{MONTH_DENOMINATOR}{month}")),
        (Some(Leaf::Numerator), Some(month), _) => Some(format!("{MONTH}{month}")),
        (Some(Leaf::Denominator), None, Some(service)) => of_service(DENOMINATOR_OF, service),
        (Some(Leaf::Numerator), None, Some(service)) => of_service(NUMERATOR_OF, service),
        (Some(Leaf::Denominator), None, None) => Some(DENOMINATOR.to_owned()),
        (Some(Leaf::Numerator), None, None) => Some(NUMERATOR.to_owned()),
        (Some(_), ..) => None,
        (None, ..) => match month(bottom) {
            Some(month) => Some(format!("{MONTH}{month}")),
            None => return AcrossKind::No,
        },
    })
}

fn nearness(text: &str, word: &str) -> f64 {
    if text == word {
        return 1.0;
    }
    let is_part = word.len() > 4 && text.contains(word) || text.len() > 4 && word.contains(text);
    // The more of it is the same, the nearer: "hari dan tgl pembinaan" is a date before it is a "pembina".
    let as_part = if is_part { 0.95 + strsim::normalized_levenshtein(text, word) / 25.0 } else { 0.0 };
    strsim::jaro_winkler(text, word).max(as_part) - 0.001
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::{Cell, Visibility};

    fn sheet(rows: u32, columns: u32, text: impl Fn(u32, u32) -> CellValue) -> Sheet {
        let cells = |row| (0..columns).map(|column| Cell { column, value: text(row, column) }).collect();
        let rows = (0..rows).map(|index| Row { index, cells: cells(index) }).collect();
        Sheet::new("Mei".to_owned(), Visibility::Visible, rows, Vec::new())
    }

    fn compared(sheet: &Sheet) -> usize {
        let mut likeness = Likeness::default();
        for rows in sheet.rows.iter().map(|row| heading_rows(sheet, row)) {
            for table in Table::ALL {
                guess_columns(sheet, rows, table, &[], &mut likeness);
            }
        }
        likeness.known.len()
    }

    #[test]
    fn what_comes_again_is_compared_once_and_numbers_and_paragraphs_never() {
        let again =
            sheet(30, 100, |row, _| CellValue::Text(format!("Nama {}", ["Apotek", "Klinik"][row as usize % 2]).into()));
        assert_eq!(compared(&again), 2 * Table::ALL.len());
        let numbers =
            sheet(30, 100, |row, column| CellValue::Number { value: f64::from(100 + row * column), percent: false });
        assert_eq!(compared(&numbers), 0);
        let long =
            sheet(3, 9, |row, column| CellValue::Text(format!("{row}{column}{}", "pembinaan ".repeat(99)).into()));
        assert_eq!(compared(&long), 0);
    }
}
