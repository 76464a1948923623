//! Text and numbers in which columns hold dates, instants, cells and codes of the domain, and the way back.

use chrono::{DateTime, Datelike, SecondsFormat, Utc};
use rusqlite::Row;
use rusqlite::types::FromSql;

use super::StoreError;
use crate::domain::records::{CellRef, Field};
use crate::domain::{Date, Month, ReportReceipt, Ticks, VisitDate};

/// Columns that a cell number leaves room for: more than any spreadsheet has.
const CELL_COLUMNS: i64 = 65_536;

/// A date as days since 0001-01-01, counted from 1.
pub(super) fn day(date: Date) -> i64 {
    i64::from(date.num_days_from_ce())
}

/// The inverse of [`day`].
pub(super) fn date(day: i64) -> Result<Date, StoreError> {
    let date = i32::try_from(day).ok().and_then(Date::from_num_days_from_ce_opt);
    date.ok_or_else(|| StoreError::Corrupt(format!("hari nomor {day}")))
}

/// A month's number as read from a column.
pub(super) fn month(number: i64) -> Result<Month, StoreError> {
    let number = i32::try_from(number).map_err(|_range| StoreError::Corrupt(format!("bulan nomor {number}")))?;
    Ok(Month::from_number(number))
}

/// Months as their numbers, with commas between them.
pub(super) fn months_text(months: &[Month]) -> String {
    let numbers: Vec<String> = months.iter().map(|month| month.number().to_string()).collect();
    numbers.join(",")
}

/// The inverse of [`months_text`].
pub(super) fn months(text: &str) -> Result<Vec<Month>, StoreError> {
    let number = |part: &str| part.parse().map_err(|_broken| StoreError::Corrupt(format!("bulan `{text}`")));
    text.split(',').filter(|part| !part.is_empty()).map(|part| month(number(part)?)).collect()
}

/// Returns the day of a visit as one number, or its month's number negated where no day is known.
pub(super) fn visit_number(when: VisitDate) -> i64 {
    match when {
        VisitDate::Day(date) => day(date),
        VisitDate::Month(month) => -i64::from(month.number()),
    }
}

/// The inverse of [`visit_number`].
pub(super) fn visit_date(number: i64) -> Result<VisitDate, StoreError> {
    if number < 0 { month(-number).map(VisitDate::Month) } else { date(number).map(VisitDate::Day) }
}

/// A count read from a column.
pub(super) fn count(value: i64) -> Result<u32, StoreError> {
    u32::try_from(value).map_err(|_range| StoreError::Corrupt(format!("cacah {value}")))
}

/// An instant as sortable text.
pub(super) fn instant_text(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// The inverse of [`instant_text`].
pub(super) fn instant(text: &str) -> Result<DateTime<Utc>, StoreError> {
    let parsed = DateTime::parse_from_rfc3339(text);
    parsed.map(|at| at.to_utc()).map_err(|error| StoreError::Corrupt(format!("waktu `{text}`: {error}")))
}

/// A word of the domain by its code.
pub(super) fn word<T>(code: &str, known: impl FnOnce(&str) -> Option<T>) -> Result<T, StoreError> {
    known(code).ok_or_else(|| StoreError::Corrupt(format!("kata `{code}`")))
}

/// Returns the cells of a row as `9:date1,form3,10:item4`: fields and their columns, behind the row in which they stand.
pub(super) fn cells_text(cells: &[(Field, CellRef)]) -> String {
    /// Characters that most cells take: a word, a column and a comma.
    const CELL_CHARS: usize = 10;
    let mut text = String::with_capacity(cells.len() * CELL_CHARS);
    let mut number = itoa::Buffer::new();
    let mut row = None;
    for (field, cell) in cells {
        if !text.is_empty() {
            text.push(',');
        }
        if row.replace(cell.row) != Some(cell.row) {
            text.push_str(number.format(cell.row));
            text.push(':');
        }
        text.push_str(field.code());
        text.push_str(number.format(cell.column));
    }
    text
}

/// The inverse of [`cells_text`].
pub(super) fn cells(text: &str) -> Result<Vec<(Field, CellRef)>, StoreError> {
    let mut row = None;
    let mut cells = Vec::new();
    for part in text.split(',').filter(|part| !part.is_empty()) {
        let cell = cell_of(part, &mut row).ok_or_else(|| StoreError::Corrupt(format!("sel `{part}`")))?;
        cells.push(cell);
    }
    Ok(cells)
}

/// The cell that a part names; `row` is that of the part before. None where it cannot be read.
fn cell_of(part: &str, row: &mut Option<u32>) -> Option<(Field, CellRef)> {
    let word = match part.split_once(':') {
        Some((number, word)) => {
            *row = Some(number.parse().ok()?);
            word
        }
        None => part,
    };
    let (code, column) = word.split_at(word.trim_end_matches(|last: char| last.is_ascii_digit()).len());
    Some((Field::from_code(code)?, CellRef { row: (*row)?, column: column.parse().ok()? }))
}

/// One cell as one number.
pub(super) fn cell_number(cell: CellRef) -> i64 {
    i64::from(cell.row) * CELL_COLUMNS + i64::from(cell.column)
}

/// The inverse of [`cell_number`].
pub(super) fn cell(number: i64) -> Result<CellRef, StoreError> {
    Ok(CellRef { row: count(number.div_euclid(CELL_COLUMNS))?, column: count(number.rem_euclid(CELL_COLUMNS))? })
}

/// Cell numbers end below this: rows of a spreadsheet are fewer than 2²⁴.
const CELL_NUMBERS: i64 = 1 << 40;

/// The cells of one figure: one, or two of a row whose numbers were added (L and P).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FigureCells {
    first: CellRef,
    second_column: Option<u32>,
}

impl FigureCells {
    /// Takes the cells that a reader noted for the figure; `None` where it noted none.
    pub(super) fn from_cells(mut cells: impl Iterator<Item = CellRef>) -> Option<Self> {
        let first = cells.next()?;
        let second = cells.find(|cell| cell.row == first.row && cell.column != first.column);
        Some(Self { first, second_column: second.map(|cell| cell.column) })
    }

    /// Returns one number for both: that of the first cell, and above it the column of the second, counted from 1.
    pub(super) fn number(self) -> i64 {
        cell_number(self.first) + self.second_column.map_or(0, |column| (i64::from(column) + 1) * CELL_NUMBERS)
    }

    /// The inverse of [`FigureCells::number`].
    pub(super) fn from_number(number: i64) -> Result<Self, StoreError> {
        let first = cell(number.rem_euclid(CELL_NUMBERS))?;
        let second_column = match number.div_euclid(CELL_NUMBERS) {
            0 => None,
            counted => Some(count(counted - 1)?),
        };
        Ok(Self { first, second_column })
    }

    /// Returns the words of pages: `F10`, or `F10 + G10`.
    pub(super) fn words(self) -> String {
        match self.second_column {
            Some(column) => format!("{} + {}", self.first, CellRef { column, ..self.first }),
            None => self.first.to_string(),
        }
    }
}

/// Reads the columns of a row one after the other.
pub(super) struct Columns<'a, 'r> {
    row: &'a Row<'r>,
    next: usize,
}

impl<'a, 'r> Columns<'a, 'r> {
    pub(super) fn new(row: &'a Row<'r>) -> Self {
        Self { row, next: 0 }
    }

    /// The next column as it is.
    pub(super) fn get<T: FromSql>(&mut self) -> Result<T, StoreError> {
        self.next += 1;
        Ok(self.row.get(self.next - 1)?)
    }

    pub(super) fn date(&mut self) -> Result<Date, StoreError> {
        date(self.get()?)
    }

    pub(super) fn date_or_blank(&mut self) -> Result<Option<Date>, StoreError> {
        self.get::<Option<i64>>()?.map(date).transpose()
    }

    /// A column of days and one of months, of which one holds something.
    pub(super) fn visit_date(&mut self) -> Result<VisitDate, StoreError> {
        match (self.date_or_blank()?, self.month_or_blank()?) {
            (Some(date), _) => Ok(VisitDate::Day(date)),
            (None, Some(month)) => Ok(VisitDate::Month(month)),
            (None, None) => Err(StoreError::Corrupt("kunjungan tanpa hari dan bulan".to_owned())),
        }
    }

    /// A column of days and two of ticks, of which the day or the first tick holds something.
    pub(super) fn receipt(&mut self) -> Result<ReportReceipt, StoreError> {
        let day = self.date_or_blank()?.map(ReportReceipt::Day);
        let ticks = Ticks { complete: self.truth_or_blank()?, in_time: self.truth_or_blank()? };
        let receipt = day.or_else(|| ticks.receipt());
        receipt.ok_or_else(|| StoreError::Corrupt("laporan tanpa hari dan tanda".to_owned()))
    }

    pub(super) fn month(&mut self) -> Result<Month, StoreError> {
        month(self.get()?)
    }

    pub(super) fn month_or_blank(&mut self) -> Result<Option<Month>, StoreError> {
        self.get::<Option<i64>>()?.map(month).transpose()
    }

    pub(super) fn truth_or_blank(&mut self) -> Result<Option<bool>, StoreError> {
        Ok(self.get::<Option<i64>>()?.map(|value| value != 0))
    }

    pub(super) fn count(&mut self) -> Result<u32, StoreError> {
        count(self.get()?)
    }

    pub(super) fn instant(&mut self) -> Result<DateTime<Utc>, StoreError> {
        instant(&self.get::<String>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_read_back() {
        let at = |row, column| CellRef { row, column };
        let held = vec![(Field::Date, at(9, 1)), (Field::Name, at(9, 12)), (Field::Form, at(10, 3))];
        assert_eq!(cells_text(&held), "9:date1,name12,10:form3");
        assert_eq!(cells(&cells_text(&held)).unwrap(), held);
        assert_eq!(cells("").unwrap(), []);
        let all: Vec<(Field, CellRef)> =
            (8..).zip(Field::ALL.iter().copied()).map(|(column, field)| (field, at(7, column))).collect();
        assert_eq!(cells(&cells_text(&all)).unwrap(), all);
        for broken in ["date1", "9:date", "9:nothing1", "x:date1", "9:"] {
            assert!(cells(broken).is_err(), "{broken}");
        }
        for field in Field::ALL.iter().copied() {
            assert!(!field.code().ends_with(|last: char| last.is_ascii_digit()), "a column follows {}", field.code());
        }
    }

    #[test]
    fn the_cells_of_an_added_figure_read_back() {
        let at = |row, column| CellRef { row, column };
        for (cells, shown) in [
            (vec![at(9, 5)], "F10"),
            (vec![at(9, 5), at(9, 6)], "F10 + G10"),
            (vec![at(1_048_575, 16_383), at(1_048_575, 0)], "XFD1048576 + A1048576"),
        ] {
            let figure = FigureCells::from_cells(cells.into_iter()).unwrap();
            assert_eq!(FigureCells::from_number(figure.number()).unwrap(), figure);
            assert_eq!(figure.words(), shown);
        }
        assert_eq!(FigureCells::from_cells(std::iter::empty()), None);
        assert!(FigureCells::from_number(-1).is_err());
    }

    #[test]
    fn dates_read_back() {
        let dated = Date::from_ymd_opt(2023, 5, 12).unwrap();
        assert_eq!(date(day(dated)).unwrap(), dated);
        assert!(date(i64::MAX).is_err());
    }
}
