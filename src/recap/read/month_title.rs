//! Titles between the rows of a table that name a month, of which the days below them are.

use crate::domain::Table;
use crate::recap::cells::date_words::{month_number, parts, year_of};
use crate::recap::cells::{is_blank, value_text};
use crate::recap::heading::ColumnMeaning;
use crate::recap::layout::Heading;
use crate::recap::sum_rows::is_row_number;
use crate::workbook::{CellValue, Row};

/// A title between the rows of a table that names a month: `BULAN JANUARI`, `II | Februari 2025`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::recap) struct MonthTitle {
    pub(super) month: u32,
    pub(super) year: Option<i32>,
}

/// Most cells of such a title.
const CELLS_MAX: usize = 3;

impl MonthTitle {
    /// Reads a row of a table of visits or follow-ups, where it is one.
    pub(in crate::recap) fn from_row(row: &Row, heading: &Heading) -> Option<Self> {
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
                value if Some(cell.column) == number && is_row_number(value) => {}
                value @ CellValue::Number { .. } => words.push(value_text(value)),
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
