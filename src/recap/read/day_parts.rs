//! Days that are kept in parts: the month, and perhaps the year, in columns of their own or in a title between the rows.

use super::row::RowReader;
use super::{Reader, rows};
use crate::domain::{Month, Table};
use crate::recap::cells::date::{Implied, parts, year_of};
use crate::recap::cells::month::{self, month_number};
use crate::recap::cells::{is_blank, shown};
use crate::recap::heading::ColumnMeaning;
use crate::recap::layout::Heading;
use crate::workbook::{CellValue, Row};

/// A title between the rows of a table that names a month: `BULAN JANUARI`, `II | Februari 2025`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::recap) struct MonthTitle {
    month: u32,
    year: Option<i32>,
}

/// Most cells of such a title.
const CELLS_MAX: usize = 3;

impl MonthTitle {
    /// Reads a row of a table of visits or follow-ups, where it is one.
    pub(in crate::recap) fn of(row: &Row, heading: &Heading) -> Option<Self> {
        let is_of_days = matches!(heading.table, Some(Table::Visits | Table::FollowUps));
        let cells = heading.cells(row);
        if !is_of_days || cells.len() > CELLS_MAX || !heading.columns.contains_key(&ColumnMeaning::Name) {
            return None;
        }
        let number = heading.columns.get(&ColumnMeaning::No).copied();
        let filled = cells.iter().filter(|cell| !is_blank(Some(&cell.value)));
        let mut words: Vec<String> = Vec::new();
        for cell in filled {
            match &cell.value {
                CellValue::Text(text) => words.extend(parts(text)),
                value if Some(cell.column) == number && rows::is_row_number(value) => {}
                value @ CellValue::Number { .. } => words.push(shown(value)),
                _ => return None,
            }
        }
        words.retain(|word| !["bulan", "bln", "tahun", "thn"].contains(&word.as_str()));
        let is_mark = |word: &str| word.len() == 1 || word.chars().all(|c| "ivx".contains(c));
        if words.len() > 1 && words.first().is_some_and(|word| is_mark(word)) {
            words.remove(0);
        }
        let (name, year) = match &words[..] {
            [name] => (name, None),
            [name, year] if year.len() == 4 => (name, Some(year_of(year)?)),
            _ => return None,
        };
        let month = month_number(name).filter(|_| name.chars().all(char::is_alphabetic))?;
        Some(Self { month, year })
    }
}

impl Reader<'_> {
    /// Takes in the title of a month, of which the days below it are.
    pub(super) fn enter_month(&mut self, row: &Row) {
        if let Some(title) = MonthTitle::of(row, &self.table.heading) {
            self.month_title = Some(title);
        }
    }
}

impl RowReader<'_, '_> {
    /// What the place of the row's dates says of them: its own columns of month and year, else the title of a month above
    /// it, else the table.
    pub(super) fn implied(&self) -> Implied {
        let of_table = self.reader.table.implied();
        let own_year = self.year();
        let year = own_year.or(of_table.year());
        if let Some(month) = year.and_then(|year| self.month_beside(year)) {
            return Implied::Month(month);
        }
        let title = self.reader.month_title;
        let titled = title.and_then(|title| Month::new(title.year.or(year)?, title.month));
        match (titled, own_year) {
            (Some(month), _) => Implied::Month(month),
            (None, Some(year)) => Implied::Year(year),
            (None, None) => of_table,
        }
    }

    fn year(&self) -> Option<i32> {
        self.place(ColumnMeaning::Year)?;
        year_of(&shown(self.value(ColumnMeaning::Year)?))
    }

    fn month_beside(&self, year: i32) -> Option<Month> {
        self.place(ColumnMeaning::ReportMonth)?;
        let (value, _, from_1904) = self.month_value(ColumnMeaning::ReportMonth);
        month::read(value, year, from_1904).ok().flatten()
    }

    /// Whether the row's blank month means the one above it: its day has none, or nothing but the month says when it was.
    pub(super) fn is_month_as_above(&self) -> bool {
        let Some(place) = self.place(ColumnMeaning::ReportMonth) else { return false };
        if !is_blank(self.seen(ColumnMeaning::ReportMonth)) {
            return false;
        }
        match (self.place(ColumnMeaning::Date), self.place(ColumnMeaning::Name)) {
            (Some(_), _) => self.value(ColumnMeaning::Date).is_some_and(is_bare_day),
            (None, Some(name)) => place.column < name.column && self.has_content(),
            (None, None) => false,
        }
    }
}

/// Reports whether a cell holds a day without its month.
pub(in crate::recap) fn is_bare_day(value: &CellValue) -> bool {
    match value {
        CellValue::Number { value, .. } => (1.0..=31.0).contains(value),
        CellValue::Text(text) => {
            parts(text).iter().all(|part| part.parse::<u32>().is_ok_and(|day| (1..=31).contains(&day)))
        }
        _ => false,
    }
}
