//! Dates: cells, serial numbers under a number format, and text in Indonesian, day first.

use chrono::{Datelike, NaiveDate};

use super::date_text::{DateText, of_digits};
use super::date_words::parts;
use super::{CellFault, CellReading, is_dash, present, quoted};
use crate::diagnostic::IssueCode;
use crate::domain::period::{YEAR_MAX, YEAR_MIN};
use crate::domain::{Date, Month, Received};
use crate::recap::cells::school_year::SchoolYear;
use crate::workbook::{CellValue, serial_date};

/// The date of a cell; `-` is blank. `from_1904` says from when serial numbers count.
pub(in crate::recap) fn read(value: Option<&CellValue>, from_1904: bool) -> CellReading<Date> {
    let Some(value) = present(value)? else { return Ok(None) };
    let date = match value {
        CellValue::Date(date) => Some(*date),
        CellValue::Number { value, .. } => from_serial(*value, from_1904).or_else(|| of_digits(*value)),
        CellValue::Text(text) if is_dash(text) => return Ok(None),
        CellValue::Text(text) => parse(text),
        _ => None,
    };
    match date.filter(|date| (YEAR_MIN..=YEAR_MAX).contains(&date.year())) {
        Some(date) => Ok(Some(date)),
        None => Err(CellFault {
            code: IssueCode::InvalidDate,
            why: format!("{} bukan tanggal; tulis misalnya 12/05/2023 atau 12 Mei 2023", quoted(value)),
        }),
    }
}

/// Year or month that the place of a cell gives to its date, so that the cell need not write them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::recap) enum Implied {
    Year(i32),
    Month(Month),
    /// That it is not before this month: the report on a month comes after it has begun.
    From(Month),
    /// A school year: July to December of the first of its years, January to June of the second.
    SchoolYear(SchoolYear),
    /// Nothing: years contradict each other.
    Undecided,
}

impl Implied {
    /// Returns the year or month that the dates of a table may leave out.
    pub(in crate::recap) fn by(received: Received) -> Self {
        match received {
            Received::Month(month) => Self::Month(month),
            other => Self::Year(other.year()),
        }
    }

    /// The year, where the place says it.
    pub(in crate::recap) fn year(self) -> Option<i32> {
        match self {
            Self::Year(year) => Some(year),
            Self::Month(month) | Self::From(month) => Some(month.year()),
            Self::SchoolYear(_) | Self::Undecided => None,
        }
    }

    /// The year of a month without one.
    pub(super) fn year_of(self, month: u32) -> Option<i32> {
        match self {
            Self::Month(own) => Some(year_near(own, month)),
            Self::From(first) => Some(first.year() + i32::from(month < first.month())),
            Self::SchoolYear(school) => Some(school.year_of(month)),
            Self::Year(_) | Self::Undecided => self.year(),
        }
    }

    /// The date of a day and perhaps a month, where that is beyond doubt.
    fn complete(self, Short { day, month, is_range }: Short) -> Option<Date> {
        match (self, month) {
            (Self::Month(own), None) => NaiveDate::from_ymd_opt(own.year(), own.month(), day),
            // `5-9` may be the fifth to the ninth.
            (Self::Month(own), Some(month)) if is_range && month != own.month() => None,
            (Self::Year(_) | Self::From(_) | Self::SchoolYear(_), Some(_)) if is_range => None,
            (Self::Month(own), Some(month)) => NaiveDate::from_ymd_opt(year_near(own, month), month, day),
            (Self::SchoolYear(school), Some(month)) => NaiveDate::from_ymd_opt(school.year_of(month), month, day),
            (Self::Year(year), Some(month)) => NaiveDate::from_ymd_opt(year, month, day),
            (Self::From(first), Some(month)) => {
                NaiveDate::from_ymd_opt(first.year() + i32::from(month < first.month()), month, day)
            }
            (Self::Year(_) | Self::From(_) | Self::SchoolYear(_), None) | (Self::Undecided, _) => None,
        }
    }

    /// The date of a text without its year.
    pub(super) fn day_of(self, text: DateText) -> Option<Date> {
        self.complete(Short::of_text(text)?)
    }
}

/// The year of a month without one in the recap of another: the last months of the year in the first ones' recaps
/// are those of the year before, January in December's is that of the next.
fn year_near(own: Month, month: u32) -> i32 {
    own.year() - i32::from(own.month() <= 2 && month >= 11) + i32::from(own.month() == 12 && month == 1)
}

/// A day without its year, perhaps without its month.
#[derive(Clone, Copy, Debug)]
struct Short {
    day: u32,
    month: Option<u32>,
    /// Two numbers with a hyphen between.
    is_range: bool,
}

impl Short {
    fn from_value(value: &CellValue) -> Option<Self> {
        match value {
            CellValue::Number { value, percent: false } => {
                let day = (1..=31_u32).find(|day| (f64::from(*day) - value).abs() < f64::EPSILON)?;
                Some(Self { day, month: None, is_range: false })
            }
            CellValue::Text(text) => DateText::read(text).and_then(Self::of_text),
            _ => None,
        }
    }

    fn of_text(text: DateText) -> Option<Self> {
        if text.year.is_some() || text.numbers.is_some() && text.month.is_some_and(|month| month > 12) {
            return None;
        }
        let is_range = text.numbers.is_some_and(|between| matches!(between, '-' | '–'));
        Some(Self { day: text.day, month: text.month, is_range })
    }
}

/// The date of a cell that may leave out what its place says.
pub(in crate::recap) fn read_within(value: Option<&CellValue>, from_1904: bool, implied: Implied) -> CellReading<Date> {
    let reading = read(value, from_1904);
    let (Err(fault), Some(short)) = (&reading, value.and_then(Short::from_value)) else { return reading };
    if fault.code != IssueCode::InvalidDate {
        return reading;
    }
    match implied.complete(short).filter(|date| (YEAR_MIN..=YEAR_MAX).contains(&date.year())) {
        Some(date) => Ok(Some(date)),
        None => Err(CellFault {
            code: IssueCode::InvalidDate,
            why: format!(
                "{} bukan tanggal yang lengkap dan tidak pasti bulan atau tahunnya; tulis misalnya 12/05/2023 atau 12 Mei 2023",
                value.map(quoted).unwrap_or_default()
            ),
        }),
    }
}

/// Reports whether a cell under a month holds a day of it: `12`, `12/5`, a date.
pub(in crate::recap) fn is_day_of(value: Option<&CellValue>, month: Month, from_1904: bool) -> bool {
    matches!(read_within(value, from_1904, Implied::Month(month)), Ok(Some(date)) if Month::from_date(date) == month)
}

/// Reports whether its year can be one of coaching.
pub(super) fn is_in_range(date: Date) -> bool {
    (YEAR_MIN..=YEAR_MAX).contains(&date.year())
}

/// A date from an Excel serial number, where it can be one.
pub(super) fn from_serial(serial: f64, from_1904: bool) -> Option<Date> {
    // In its first year Excel counts a day that never was; nothing so early is a date of coaching.
    serial_date(serial, from_1904).filter(|date| date.year() > 1900)
}

/// `12 Mei 2023`, `Senin, 12 Mei 2023`, `12/05/2023`, `12-5-23`, `12.05.2023`, `2023-05-12`, a time after it.
pub(in crate::recap) fn parse(text: &str) -> Option<Date> {
    DateText::read(text)?.date()
}

/// The day that somebody typed into a field of its own: any spelling of a cell, of one day and with its year.
pub fn typed_day(text: &str) -> Option<Date> {
    let typed = DateText::read(text).filter(|typed| !typed.is_first)?;
    typed.date().filter(|date| is_in_range(*date))
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::format::{MONTHS, MONTHS_SHORT};

    fn read_text(text: &str) -> CellReading<Date> {
        read(Some(&CellValue::Text(text.into())), false)
    }

    #[test]
    fn the_spellings_of_one_day() {
        let day = NaiveDate::from_ymd_opt(2023, 5, 12);
        for text in [
            "12 Mei 2023",
            "Jumat, 12 Mei 2023",
            "Jum'at, 12 Mei 2023",
            " 12  MEI  2023 ",
            "12/05/2023",
            "12-5-2023",
            "12.05.2023",
            "12/5/23",
            "12-Mei-23",
            "12 May 2023",
            "2023-05-12",
            "2023-05-12T08:00:00",
            "12/05/2023 08:30",
            "12/V/2023",
            "12Mei2023",
        ] {
            assert_eq!(read_text(text), Ok(day), "{text}");
        }
        assert_eq!(read_text("5 Nopember 2023"), Ok(NaiveDate::from_ymd_opt(2023, 11, 5)));
        assert_eq!(read_text("5 Peb 2023"), Ok(NaiveDate::from_ymd_opt(2023, 2, 5)));
    }

    #[test]
    fn what_is_no_date() {
        for text in [
            "31 Februari 2023",
            "05/13/2023",
            "Mei 2023",
            "0 April 2024",
            "besok",
            "13-12 Mei 2023",
            "1.292",
            "12/5/1023",
        ] {
            assert_eq!(read_text(text).unwrap_err().code, IssueCode::InvalidDate, "{text}");
        }
        assert_eq!(read_text(" - "), Ok(None));
        assert_eq!(read_text(" "), Ok(None));
        assert_eq!(read_text("#REF!").unwrap_err().code, IssueCode::FormulaError);
    }

    #[test]
    fn a_day_is_completed_by_what_its_place_says() {
        let may = Month::new(2023, 5).unwrap();
        let within = |text: &str, implied| read_within(Some(&CellValue::Text(text.into())), false, implied);
        let day = NaiveDate::from_ymd_opt(2023, 5, 12);
        for text in ["12", "tgl 12", "12/5", "12-5", "12.05", "12 Mei", "Jumat, 12 Mei", "12 Mei 2023"] {
            assert_eq!(within(text, Implied::Month(may)), Ok(day), "{text}");
        }
        assert_eq!(within("12/5", Implied::Year(2023)), Ok(day));
        assert_eq!(within("12/6", Implied::Month(may)), Ok(NaiveDate::from_ymd_opt(2023, 6, 12)));
        let december = Month::new(2022, 12).unwrap();
        assert_eq!(within("3/1", Implied::From(december)), Ok(NaiveDate::from_ymd_opt(2023, 1, 3)));
        assert_eq!(within("31/12", Implied::From(december)), Ok(NaiveDate::from_ymd_opt(2022, 12, 31)));
        for (text, implied) in [
            ("12", Implied::Year(2023)),
            ("5", Implied::From(may)),
            ("5-9", Implied::Month(may)),
            ("5-9", Implied::Year(2023)),
            ("32", Implied::Month(may)),
            ("31/4", Implied::Month(may)),
            ("12,5", Implied::Month(may)),
            ("besok", Implied::Month(may)),
        ] {
            assert_eq!(within(text, implied).unwrap_err().code, IssueCode::InvalidDate, "{text}");
        }
        let number = |value| Some(CellValue::Number { value, percent: false });
        assert!(is_day_of(number(31.0).as_ref(), may, false) && is_day_of(number(45_058.0).as_ref(), may, false));
        assert!(!is_day_of(number(31.0).as_ref(), Month::new(2023, 6).unwrap(), false));
        assert!(!is_day_of(number(45_058.0).as_ref(), december, false) && !is_day_of(None, may, false));
    }

    #[test]
    fn serial_numbers_count_from_the_epoch_of_the_workbook() {
        let number = |value| Some(CellValue::Number { value, percent: false });
        let day = NaiveDate::from_ymd_opt(2023, 5, 12);
        assert_eq!(read(number(45_058.0).as_ref(), false), Ok(day));
        assert_eq!(read(number(45_058.75).as_ref(), false), Ok(day));
        assert_eq!(read(number(43_596.0).as_ref(), true), Ok(day));
        for value in [5.0, -1.0, 1e300, f64::NAN] {
            assert!(read(number(value).as_ref(), false).is_err(), "{value}");
        }
    }

    proptest! {
        #[test]
        fn every_day_is_read_back(days in 0_u64..36_000, style in 0_usize..6) {
            let date = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap() + chrono::Days::new(days % 25_000);
            let y = date.year();
            let m = date.month();
            let d = date.day();
            let text = match style {
                0 => format!("{d} {} {y}", MONTHS[m as usize - 1]),
                1 => format!("{d:02} {} {y}", MONTHS_SHORT[m as usize - 1].to_uppercase()),
                2 => format!("{d:02}/{m:02}/{y}"),
                3 => format!("{d}-{m}-{y}"),
                4 => format!("{d:02}.{m:02}.{y}"),
                _ => format!("Senin, {d} {} {y}", MONTHS[m as usize - 1].to_lowercase()),
            };
            prop_assert_eq!(read_text(&text), Ok(Some(date)));
        }

        #[test]
        fn no_text_is_fatal(text in "\\PC{0,40}") {
            let _ = read_text(&text);
        }
    }
}
