//! The texts by which a form is known again: its heading rows, and where those alone do not tell, the title above them;
//! case, spacing, months and years apart.

use std::fmt;

use super::COLUMNS_MAX;
use crate::domain::name::plain_words;
use crate::recap::cells::date_words::month_number;
use crate::recap::cells::{is_blank, value_text};
use crate::workbook::{CellValue, Row, Sheet};

/// Texts that a heading must have at least to be known again.
const HEADINGS_MIN: usize = 2;
/// Rows of a heading at most.
const HEADING_ROWS_MAX: u32 = 8;
/// Rows between heading and data at most.
const ROWS_BETWEEN_MAX: u32 = 8;
/// Rows above a heading that can be its title.
const TITLE_ROWS_MAX: usize = 12;
/// Cells that a row of a title has at most: more is data.
const TITLE_CELLS_MAX: usize = 3;
/// Years that people write with four figures.
const YEARS: std::ops::RangeInclusive<u32> = 1990..=2099;
/// Beginning of the line of a title; those of headings begin with a column's number.
const TITLE_MARK: char = '#';

/// The heading rows of a sheet and the first row of its data; from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeadingRows {
    first: u32,
    last: u32,
    data: u32,
}

impl HeadingRows {
    /// The rows `first` to `last` and data from `data`; `None` where that is not the order, or too far apart.
    pub fn new(first: u32, last: u32, data: u32) -> Option<Self> {
        let is_near = last.checked_sub(first)? < HEADING_ROWS_MAX && data.checked_sub(last)? <= ROWS_BETWEEN_MAX;
        (is_near && data > last).then_some(Self { first, last, data })
    }

    /// A heading of one row with data below it.
    pub fn single_row(row: u32) -> Self {
        Self { first: row, last: row, data: row + 1 }
    }

    /// First row of the heading.
    pub fn first(self) -> u32 {
        self.first
    }

    /// Last row of the heading.
    pub fn last(self) -> u32 {
        self.last
    }

    /// First row that can hold data.
    pub fn data(self) -> u32 {
        self.data
    }

    /// Reports whether a row is part of the heading.
    pub fn contains(self, row: u32) -> bool {
        (self.first..=self.last).contains(&row)
    }
}

/// Where a form counts as the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FormScope {
    /// Wherever its heading stands.
    Anywhere,
    /// Below the same title, on a sheet of the same name.
    Titled,
}

/// The normal form of a heading, and of its title where that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FormKey {
    title: Option<String>,
    /// One line a row; never empty.
    rows: Vec<String>,
    times: Times,
}

/// Months and dates among the words of a heading: they tell forms apart, or pass for each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Times {
    /// They do: months stand across.
    Telling,
    /// They do not: `Skor s/d Mei` is `Skor s/d Juni` the next month.
    Passing,
}

impl FormKey {
    pub(super) fn read(sheet: &Sheet, rows: HeadingRows, place: FormScope, times: Times) -> Self {
        let title = (place == FormScope::Titled).then(|| title(sheet, rows.first).0);
        let line_at = |row| sheet.row(row).map(|row| line(row, times)).unwrap_or_default();
        Self { title, rows: (rows.first..=rows.last).map(line_at).collect(), times }
    }

    /// The inverse of the display.
    pub(super) fn parse(text: &str, times: Times) -> Self {
        let title = text.strip_prefix(TITLE_MARK).and_then(|rest| rest.split_once('\n'));
        let (title, rows) = title.map_or((None, text), |(title, rows)| (Some(title.to_owned()), rows));
        Self { title, rows: rows.split('\n').map(str::to_owned).collect(), times }
    }

    pub(super) fn is_titled(&self) -> bool {
        self.title.is_some()
    }

    /// Reports whether the form stands at `row`. Where it stood above already (`is_open`), it is repeated without its
    /// title.
    pub(super) fn begins_at(&self, sheet: &Sheet, row: &Row, is_open: bool) -> bool {
        // Most rows differ in the first cell: the others need not be looked at.
        let starts = |times| {
            row.cells.iter().find_map(|cell| part(cell, times)).is_some_and(|part| {
                let rest = self.rows[0].strip_prefix(part.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('|'))
            })
        };
        let is_there = |times| {
            let line_at = |index| sheet.row(index).map(|row| line(row, times)).unwrap_or_default();
            let mut rows = (row.index..).zip(&self.rows);
            starts(times) && rows.all(|(index, expected)| line_at(index) == *expected)
        };
        // Forms that were kept before had all times in them.
        let is_known = is_there(Times::Telling) || self.times == Times::Passing && is_there(Times::Passing);
        if !is_known {
            return false;
        }
        let Some(expected) = &self.title else { return true };
        let (title, lines) = title(sheet, row.index);
        is_same_title(&title, expected) || is_open && lines == 0
    }
}

impl fmt::Display for FormKey {
    /// Empty where there are too few texts to know the form again.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = self.rows.iter().flat_map(|row| row.split('|'));
        let is_thin = parts.filter(|part| part.chars().any(char::is_alphabetic)).count() < HEADINGS_MIN;
        if is_thin || self.rows.first().is_none_or(String::is_empty) {
            return Ok(());
        }
        if let Some(title) = &self.title {
            writeln!(f, "{TITLE_MARK}{title}")?;
        }
        f.write_str(&self.rows.join("\n"))
    }
}

/// A row in its normal form: each text with its column, case, spacing and years apart.
fn line(row: &Row, times: Times) -> String {
    row.cells.iter().filter_map(|cell| part(cell, times)).collect::<Vec<_>>().join("|")
}

fn part(cell: &crate::workbook::Cell, times: Times) -> Option<String> {
    if cell.column >= COLUMNS_MAX || is_blank(Some(&cell.value)) {
        return None;
    }
    let text = match &cell.value {
        CellValue::Text(text) => plain_words(text),
        CellValue::Number { .. } => value_text(&cell.value),
        _ => return None,
    };
    let lasting = if times == Times::Passing { without_times(&text) } else { String::new() };
    let text = if lasting.is_empty() { text } else { lasting };
    let is_year = |word: &&str| word.len() == 4 && word.starts_with("20") && word.parse::<u32>().is_ok();
    let words = text.split(' ').filter(|word| !is_year(word)).collect::<Vec<_>>().concat();
    (!words.is_empty()).then(|| format!("{}={words}", cell.column))
}

/// The sheet's name and the lines above a heading, months and numbers apart; and how many such lines there are.
pub(super) fn title(sheet: &Sheet, heading: u32) -> (String, usize) {
    let end = sheet.rows.partition_point(|row| row.index < heading);
    let above = sheet.rows[..end].iter().rev().take(TITLE_ROWS_MAX);
    let texts = |row: &&Row| row.cells.iter().filter(|cell| !is_blank(Some(&cell.value))).count();
    let mut lines: Vec<String> = above
        .take_while(|row| texts(row) <= TITLE_CELLS_MAX)
        .map(|row| {
            let cells = row.cells.iter().filter_map(|cell| cell.value.text()).map(timeless);
            cells.filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ")
        })
        .filter(|line| !line.is_empty())
        .collect();
    let count = lines.len();
    lines.push(timeless(&sheet.name));
    lines.reverse();
    (lines.join("|"), count)
}

/// `kumulatif s d mei 2025` is `kumulatif s d`; figures go where a month or a year stands beside them, or alone.
pub(super) fn without_times(words: &str) -> String {
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let is_year = |word: &str| is_number(word) && word.parse().is_ok_and(|year| YEARS.contains(&year));
    let is_time = |word: &&str| is_year(word) || month_number(word).is_some();
    let has_time = words.split(' ').any(|word| is_time(&word));
    let has_words = words.split(' ').any(|word| !is_number(word));
    let lasts = |word: &&str| !is_time(word) && !(is_number(word) && (has_time || !has_words));
    words.split(' ').filter(lasts).collect::<Vec<_>>().join(" ")
}

fn timeless(text: &str) -> String {
    let words = plain_words(text);
    let is_lasting = |word: &&str| month_number(word).is_none() && !word.chars().all(|letter| letter.is_ascii_digit());
    words.split(' ').filter(is_lasting).collect::<Vec<_>>().join(" ")
}

/// Reports whether two titles are the same but for the words before the name of a Puskesmas.
pub(super) fn is_same_title(one: &str, other: &str) -> bool {
    unowned(one) == unowned(other)
}

/// A title without the words that stand before the name of a Puskesmas, which are written now so, now otherwise.
fn unowned(title: &str) -> Vec<Vec<&str>> {
    let is_its_own = |word: &&str| !["upt", "uptd", "blud", "puskesmas", "pkm"].contains(word);
    title.split('|').map(|line| line.split(' ').filter(is_its_own).collect()).collect()
}

/// A form of one Puskesmas as that of another: its title names the other. Both are keys of Puskesmas.
pub fn retitled(fingerprint: &str, from: &str, to: &str) -> String {
    let title = fingerprint.strip_prefix(TITLE_MARK).and_then(|rest| rest.split_once('\n'));
    let from = timeless(from);
    let to = timeless(to);
    let (Some((title, rows)), false) = (title, from.is_empty()) else { return fingerprint.to_owned() };
    let of_other = |line: &str| {
        let line = format!(" {line} ").replace(&format!(" {from} "), &format!(" {to} "));
        line.trim().to_owned()
    };
    let lines: Vec<String> = title.split('|').map(of_other).collect();
    format!("{TITLE_MARK}{}\n{rows}", lines.join("|"))
}
