//! Months: names in full and short, `November 2023`, `11/2023`, a date, `Dibatalkan`.

use super::date::{Implied, from_serial, parse};
use super::date_words::{month_number, parts, year_of};
use super::{CellFault, CellReading, is_dash, present, quoted};
use crate::diagnostic::IssueCode;
use crate::domain::Month;
use crate::workbook::CellValue;

/// The month of a text that names a month by its name and no day: `Mei 2025`, `Mei`, `Mei-25` in 2025. What the place of
/// the cell says goes before a guess: without it a name alone is no month.
pub(in crate::recap) fn alone(text: &str, implied: Implied) -> Option<Month> {
    let parts = parts(text);
    let words: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !["bulan", "bln"].contains(part)).collect();
    let (name, year) = match words[..] {
        [name] => (name, None),
        [name, year] | [year, name] if year.len() == 4 => (name, Some(year_of(year)?)),
        // `Mei 25` is a day as likely, but for the year of its place.
        [name, year] if year.len() == 2 => {
            (name, year_of(year).filter(|year| implied.year() == Some(*year)).map(Some)?)
        }
        _ => return None,
    };
    let month = month_number(name).filter(|_| name.chars().all(char::is_alphabetic))?;
    Month::new(year.or_else(|| implied.year_of(month))?, month)
}

/// The month of a heading that writes its year: `Jan 2025`, `2025 Januari`, `Jan-25`, `Jan'25`. `Jan 25` may be a day.
pub(in crate::recap) fn with_year(text: &str) -> Option<Month> {
    let parts = parts(text);
    let words: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !["bulan", "bln"].contains(part)).collect();
    let is_joined = text.contains(['-', '\'', '’', '‘', '`', '/']);
    let (name, year) = match words[..] {
        [name, year] | [year, name] if year.len() == 4 && year_of(year).is_some() => (name, year_of(year)?),
        [name, year] if year.len() == 2 && is_joined => (name, year_of(year)?),
        _ => return None,
    };
    let month = month_number(name).filter(|_| name.chars().all(char::is_alphabetic))?;
    in_range(Month::new(year, month)?)
}

/// Where a change moves a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::recap) enum MonthMove {
    To(Month),
    /// Out of the plan.
    Cancelled,
}

/// The month of a cell; a name without a year is of `year`.
pub(in crate::recap) fn read(value: Option<&CellValue>, year: i32, from_1904: bool) -> CellReading<Month> {
    let Some(value) = present(value)? else { return Ok(None) };
    let month = match value {
        CellValue::Date(date) => in_range(Month::from_date(*date)),
        CellValue::Number { value, .. } => from_number(*value, year, from_1904),
        CellValue::Text(text) if is_dash(text) => return Ok(None),
        CellValue::Text(text) => from_text(text, year),
        _ => None,
    };
    month.map(Some).ok_or_else(|| CellFault {
        code: IssueCode::InvalidDate,
        why: format!("{} bukan bulan; tulis misalnya November 2023", quoted(value)),
    })
}

/// The new month of a change, or its cancellation.
pub(in crate::recap) fn read_moved(value: Option<&CellValue>, year: i32, from_1904: bool) -> CellReading<MonthMove> {
    if let Some(CellValue::Text(text)) = value {
        let parts = parts(text);
        let is_cancelled =
            |part: &String| ["dibatalkan", "batal", "pembatalan", "ditiadakan", "dihapus"].contains(&part.as_str());
        if parts.iter().any(is_cancelled) {
            return Ok(Some(MonthMove::Cancelled));
        }
    }
    Ok(read(value, year, from_1904)?.map(MonthMove::To))
}

/// The month of a cell that may also hold a bare year, of which `month_of_year` is meant.
pub(in crate::recap) fn read_or_year(
    value: Option<&CellValue>,
    month_of_year: u32,
    from_1904: bool,
) -> CellReading<Month> {
    let bare_year = match value {
        Some(CellValue::Number { value, .. }) => year_of(&format!("{value}")),
        Some(CellValue::Text(text)) => year_of(super::trim(text)),
        _ => None,
    };
    match bare_year.and_then(|year| Month::new(year, month_of_year)) {
        Some(month) => Ok(Some(month)),
        // Without a year of its own a month's name says nothing here.
        None => read(value, 0, from_1904),
    }
}

fn in_range(month: Month) -> Option<Month> {
    Month::new(month.year(), month.month())
}

fn from_number(value: f64, year: i32, from_1904: bool) -> Option<Month> {
    let of_year = (1..=12_u32).find(|month| (f64::from(*month) - value).abs() < f64::EPSILON);
    match of_year {
        Some(month) => Month::new(year, month),
        None => from_serial(value, from_1904).map(Month::from_date).and_then(in_range),
    }
}

fn from_text(text: &str, year: i32) -> Option<Month> {
    if let Some(date) = parse(text) {
        return in_range(Month::from_date(date));
    }
    let parts = parts(text);
    let words: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !["bulan", "bln"].contains(part)).collect();
    match words[..] {
        [name] => Month::new(year, month_number(name).or_else(|| name.parse().ok())?),
        [year, month] if year.len() == 4 && year.parse::<i32>().is_ok() => Month::new(year_of(year)?, of_word(month)?),
        [month, year] => Month::new(year_of(year)?, of_word(month)?),
        _ => None,
    }
}

fn of_word(word: &str) -> Option<u32> {
    month_number(word).or_else(|| word.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> CellValue {
        CellValue::Text(text.into())
    }

    #[test]
    fn headings_write_a_month_with_its_year() {
        for heading in ["Jan 2025", "JANUARI 2025", "2025 Januari", "Jan-25", "Jan'25", "Bulan Jan/25"] {
            assert_eq!(with_year(heading), Month::new(2025, 1), "{heading}");
        }
        for heading in ["Jan", "Jan 25", "25-Jan", "Target 2025", "2025", "S/D Jan 2025", "Jan 20255"] {
            assert_eq!(with_year(heading), None, "{heading}");
        }
    }

    #[test]
    fn the_spellings_of_one_month() {
        let month = Month::new(2023, 11);
        for spelling in [
            "November 2023",
            "NOP 2023",
            "nov-23",
            "11/2023",
            "2023-11",
            "November",
            "12 November 2023",
            "Bulan November 2023",
            "Novem 2023",
        ] {
            assert_eq!(read(Some(&text(spelling)), 2023, false), Ok(month), "{spelling}");
        }
        assert_eq!(read(Some(&CellValue::Number { value: 11.0, percent: false }), 2023, false), Ok(month));
        for wrong in ["2023", "13/2023", "segera", "November Desember"] {
            assert_eq!(read(Some(&text(wrong)), 2023, false).unwrap_err().code, IssueCode::InvalidDate, "{wrong}");
        }
    }

    #[test]
    fn a_month_stands_alone_where_its_year_is_known() {
        let year = Implied::Year(2025);
        let of_march = Implied::Month(Month::new(2025, 1).unwrap());
        for spelling in ["Mei 2025", "mei", "Bulan Mei", "MEI-25", "2025 Mei", "Bln. Mei 2025"] {
            assert_eq!(alone(spelling, year), Month::new(2025, 5), "{spelling}");
        }
        assert_eq!(alone("Desember", of_march), Month::new(2024, 12), "of the year before, as a date would be");
        assert_eq!(alone("Mei 2024", year), Month::new(2024, 5));
        assert_eq!(
            (alone("Mei", Implied::Undecided), alone("Mei 2025", Implied::Undecided)),
            (None, Month::new(2025, 5))
        );
        for other in ["12 Mei 2025", "5", "05/2025", "Mei 24", "2025", "belum", "-", "", "Mei Juni 2025"] {
            assert_eq!(alone(other, year), None, "{other}");
        }
    }

    #[test]
    fn a_cancellation_is_no_month() {
        assert_eq!(read_moved(Some(&text("Dibatalkan")), 2023, false), Ok(Some(MonthMove::Cancelled)));
        assert_eq!(read_moved(Some(&text("BATAL")), 2023, false), Ok(Some(MonthMove::Cancelled)));
        assert_eq!(read_moved(Some(&text("Ags 2023")), 2023, false), Ok(Month::new(2023, 8).map(MonthMove::To)));
    }

    #[test]
    fn a_bare_year_begins_or_ends() {
        let year = CellValue::Number { value: 2021.0, percent: false };
        assert_eq!(read_or_year(Some(&year), 1, false), Ok(Month::new(2021, 1)));
        assert_eq!(read_or_year(Some(&text("2021")), 12, false), Ok(Month::new(2021, 12)));
        assert!(read_or_year(Some(&text("Mei")), 12, false).is_err());
    }
}
