//! How dates, instants, cells and words of the domain are written in columns, and read back.

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

/// When a visit was, as one number: its day, or its month's number negated where no day is known.
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

/// The cells of a row as `9:d1f3`: a letter a field and its column, behind the row in which they stand; a comma before
/// another row. Written once for every row of the log, hence short.
pub(super) fn cells_text(cells: &[(Field, CellRef)]) -> String {
    let mut text = String::with_capacity(8 + 3 * cells.len());
    let mut row = None;
    for (field, cell) in cells {
        let before = row.replace(cell.row);
        if before != Some(cell.row) {
            if before.is_some() {
                text.push(',');
            }
            push_digits(&mut text, cell.row);
            text.push(':');
        }
        text.push(letter(*field));
        push_digits(&mut text, cell.column);
    }
    text
}

/// The letter of a field in [`cells_text`]; never another one, since databases hold it.
fn letter(field: Field) -> char {
    match field {
        Field::Name => 'n',
        Field::Attributes => 'a',
        Field::Month => 'm',
        Field::MovedTo => 'v',
        Field::Reason => 'R',
        Field::Date => 'd',
        Field::Form => 'f',
        Field::Person => 'p',
        Field::Points => 's',
        Field::Maximum => 'x',
        Field::AttendanceList => 'l',
        Field::Minutes => 'o',
        Field::Photos => 'h',
        Field::Aspect => 'k',
        Field::Finding => 't',
        Field::Item => 'i',
        Field::Due => 'u',
        Field::Done => 'e',
        Field::Invited => 'g',
        Field::Attended => 'j',
        Field::ReceivedOn => 'r',
        Field::Complete => 'L',
        Field::InTime => 'W',
        Field::Denominator => 'b',
        Field::Numerator => 'c',
        Field::Accumulated => 'J',
        Field::Problem => 'q',
        Field::Cause => 'w',
        Field::Agreed => 'y',
        Field::Proof => 'z',
        Field::Decision => 'D',
        Field::Cluster => 'C',
        Field::Fact => 'F',
        Field::Conclusion => 'K',
        Field::ForPuskesmas => 'P',
        Field::ForDistrict => 'T',
        Field::Sent => 'S',
        Field::Answered => 'A',
    }
}

/// A field by its letter, or by the code that former versions wrote.
fn field_of(word: &str) -> Option<Field> {
    let mut letters = word.chars();
    match (letters.next(), letters.next()) {
        (Some(only), None) => Field::ALL.into_iter().find(|field| letter(*field) == only),
        _ => Field::from_code(word),
    }
}

/// A number as text, without the machinery of formatting.
fn push_digits(text: &mut String, number: u32) {
    if number > 9 {
        push_digits(text, number / 10);
    }
    text.push(char::from_digit(number % 10, 10).unwrap_or('0'));
}

/// The inverse of [`cells_text`], and of what former versions wrote: `9:date1,form3`, and before that
/// `date:9.1,form:9.3`.
pub(super) fn cells(text: &str) -> Result<Vec<(Field, CellRef)>, StoreError> {
    let mut row = None;
    let mut cells = Vec::new();
    for part in text.split(',').filter(|part| !part.is_empty()) {
        add_cells(part, &mut row, &mut cells).ok_or_else(|| StoreError::Corrupt(format!("sel `{part}`")))?;
    }
    Ok(cells)
}

/// Adds the cells of a part without a comma; none where it cannot be read.
fn add_cells(part: &str, row: &mut Option<u32>, cells: &mut Vec<(Field, CellRef)>) -> Option<()> {
    let mut rest = part;
    if let Some((before, behind)) = part.split_once(':') {
        if let Some((number, column)) = behind.split_once('.') {
            let cell = CellRef { row: number.parse().ok()?, column: column.parse().ok()? };
            cells.push((Field::from_code(before)?, cell));
            return Some(());
        }
        *row = Some(before.parse().ok()?);
        rest = behind;
    }
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let word = rest.find(|character: char| character.is_ascii_digit())?;
        let (field, behind) = rest.split_at(word);
        let digits = behind.find(|character: char| !character.is_ascii_digit()).unwrap_or(behind.len());
        let (column, behind) = behind.split_at(digits);
        cells.push((field_of(field)?, CellRef { row: (*row)?, column: column.parse().ok()? }));
        rest = behind;
    }
    Some(())
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
    /// Of the cells that a reader noted for the figure; none where it noted none.
    pub(super) fn of(mut cells: impl Iterator<Item = CellRef>) -> Option<Self> {
        let first = cells.next()?;
        let second = cells.find(|cell| cell.row == first.row && cell.column != first.column);
        Some(Self { first, second_column: second.map(|cell| cell.column) })
    }

    /// As one number: that of the first cell, and above it the column of the second, counted from 1.
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

    /// As pages write it: `F10`, or `F10 + G10`.
    pub(super) fn shown(self) -> String {
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
    fn cells_of_former_versions_are_read() {
        let date = (Field::Date, CellRef { row: 9, column: 1 });
        let form = (Field::Form, CellRef { row: 10, column: 3 });
        assert_eq!(cells("date:9.1,form:10.3").unwrap(), [date, form]);
        assert_eq!(cells("9:date1,10:form3").unwrap(), [date, form]);
        let name = (Field::Name, CellRef { row: 10, column: 12 });
        assert_eq!(cells("9:date1,10:form3,name12").unwrap(), [date, form, name]);
        for field in Field::ALL {
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
            let figure = FigureCells::of(cells.into_iter()).unwrap();
            assert_eq!(FigureCells::from_number(figure.number()).unwrap(), figure);
            assert_eq!(figure.shown(), shown);
        }
        let former = FigureCells::from_number(cell_number(at(9, 5))).unwrap();
        assert_eq!(former.shown(), "F10", "numbers of former versions are of one cell");
        assert_eq!(FigureCells::of(std::iter::empty()), None);
        assert!(FigureCells::from_number(-1).is_err());
    }

    #[test]
    fn cells_and_dates_read_back() {
        let held = vec![
            (Field::Date, CellRef { row: 9, column: 1 }),
            (Field::Numerator, CellRef { row: 1_048_575, column: 16_383 }),
        ];
        assert_eq!(cells(&cells_text(&held)).unwrap(), held);
        assert_eq!(cells_text(&held), "9:d1,1048575:c16383");
        assert_eq!(cells("").unwrap(), []);
        for broken in
            ["date:9", "date1", "9:date", "9:word1", "x:date1", "9:", "9:d", "d1", "9:d1f", "9:?1", "9:d1,:f2"]
        {
            assert!(cells(broken).is_err(), "{broken}");
        }
        let one_row = vec![held[0], (Field::MovedTo, CellRef { row: 9, column: 10 })];
        assert_eq!(cells_text(&one_row), "9:d1v10");
        assert_eq!(cells(&cells_text(&one_row)).unwrap(), one_row);
        let mut letters: Vec<char> = Field::ALL.map(letter).to_vec();
        letters.sort_unstable();
        letters.dedup();
        assert_eq!(letters.len(), Field::ALL.len(), "a letter means one field");
        let all: Vec<(Field, CellRef)> =
            (8..).zip(Field::ALL).map(|(column, field)| (field, CellRef { row: 7, column })).collect();
        assert_eq!(cells(&cells_text(&all)).unwrap(), all);
        for (_, place) in held {
            assert_eq!(cell(cell_number(place)).unwrap(), place);
        }
        let dated = Date::from_ymd_opt(2023, 5, 12).unwrap();
        assert_eq!(date(day(dated)).unwrap(), dated);
        assert!(date(i64::MAX).is_err());
    }
}
