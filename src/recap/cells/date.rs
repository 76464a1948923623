//! Dates: cells, serial numbers under a number format, and text in Indonesian, day first.

use chrono::{Datelike, Days, NaiveDate};

use super::month::month_number;
use super::{Fault, Reading, is_dash, present, quoted};
use crate::diagnostic::IssueCode;
use crate::domain::Date;
use crate::domain::period::{YEAR_MAX, YEAR_MIN};
use crate::workbook::CellValue;

/// Days between Excel's two epochs.
const DAYS_1900_TO_1904: f64 = 1_462.0;
/// Two-digit years below this one are of this century.
const CENTURY_SPLIT: i32 = 70;
pub(in crate::recap) const WEEKDAYS: [&str; 9] =
    ["senin", "selasa", "rabu", "kamis", "jumat", "jum", "sabtu", "minggu", "ahad"];

/// The date of a cell; `-` is blank. `from_1904` says from when serial numbers count.
pub(in crate::recap) fn read(value: Option<&CellValue>, from_1904: bool) -> Reading<Date> {
    let Some(value) = present(value)? else { return Ok(None) };
    let date = match value {
        CellValue::Date(date) => Some(*date),
        CellValue::Number { value, .. } => from_serial(*value, from_1904),
        CellValue::Text(text) if is_dash(text) => return Ok(None),
        CellValue::Text(text) => parse(text),
        _ => None,
    };
    match date.filter(|date| (YEAR_MIN..=YEAR_MAX).contains(&date.year())) {
        Some(date) => Ok(Some(date)),
        None => Err(Fault {
            code: IssueCode::InvalidDate,
            why: format!("{} bukan tanggal; tulis misalnya 12/05/2023 atau 12 Mei 2023", quoted(value)),
        }),
    }
}

/// A date from an Excel serial number, where it can be one.
pub(super) fn from_serial(serial: f64, from_1904: bool) -> Option<Date> {
    let days = if from_1904 { serial + DAYS_1900_TO_1904 } else { serial }.floor();
    // From March 1900 on the two countings agree; nothing earlier is a date of coaching.
    if !(61.0..2_958_466.0).contains(&days) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded just above")]
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days as u64))
}

/// `12 Mei 2023`, `Senin, 12 Mei 2023`, `12/05/2023`, `12-5-23`, `12.05.2023`, `2023-05-12`, a time after it.
pub(in crate::recap) fn parse(text: &str) -> Option<Date> {
    let parts = parts(without_time(text));
    let words: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !WEEKDAYS.contains(part)).collect();
    let [first, second, third] = words[..] else { return None };
    let (day, month, year) = if first.len() == 4 { (third, second, first) } else { (first, second, third) };
    if day.len() > 2 {
        return None;
    }
    let month = month_number(month).or_else(|| roman(month)).or_else(|| month.parse().ok())?;
    NaiveDate::from_ymd_opt(year_of(year)?, month, day.parse().ok()?)
}

/// A written year; two digits are of this century below 70.
pub(in crate::recap) fn year_of(text: &str) -> Option<i32> {
    let year: i32 = text.parse().ok()?;
    match text.len() {
        4 => Some(year),
        2 if year < CENTURY_SPLIT => Some(2000 + year),
        2 => Some(1900 + year),
        _ => None,
    }
}

/// `12/05/2023 08:30` → `12/05/2023`.
fn without_time(text: &str) -> &str {
    let Some(colon) = text.find(':') else { return text };
    let before = &text[..colon];
    before.rfind([' ', 'T']).map_or(text, |end| before[..end].trim_end_matches(|c: char| !c.is_alphanumeric()))
}

/// Runs of letters and runs of digits, in lower case; everything else separates.
pub(in crate::recap) fn parts(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut previous = None;
    for character in text.chars() {
        let kind = if character.is_ascii_digit() {
            Some('0')
        } else if character.is_alphabetic() {
            Some('a')
        } else if character == '\'' || character == '’' {
            // Jum'at
            continue;
        } else {
            None
        };
        if let Some(kind) = kind {
            match parts.last_mut().filter(|_| previous == Some(kind)) {
                Some(part) => part.extend(character.to_lowercase()),
                None => parts.push(character.to_lowercase().collect()),
            }
        }
        previous = kind;
    }
    parts
}

fn roman(text: &str) -> Option<u32> {
    const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
    (1..).zip(ROMAN).find(|(_, roman)| *roman == text).map(|(month, _)| month)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::format::{MONTHS, MONTHS_SHORT};

    fn read_text(text: &str) -> Reading<Date> {
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
            "12-13 Mei 2023",
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
            let date = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap() + Days::new(days % 25_000);
            let (y, m, d) = (date.year(), date.month(), date.day());
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
