//! Reading of one value, for all formats: number formats, serial dates, ISO dates, errors. No I/O.

use calamine::{CellErrorType, ExcelDateTime, ExcelDateTimeType};
use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime};

use super::CellValue;
use super::intake::Seen;
use crate::domain::Date;

/// Days from Excel's 1900 epoch that can be dates at all (to 9999-12-31).
const SERIAL_END: f64 = 2_958_466.0;

/// Kind of value that a number format shows a number as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum NumberFormat {
    #[default]
    Plain,
    /// Shown times a hundred with a sign.
    Percent,
    /// A date, perhaps with a time of day.
    Date,
    /// A time or a duration: no date.
    Time,
}

impl NumberFormat {
    /// Of a built-in format's number (ECMA-376, 18.8.30).
    pub(super) fn builtin(id: u16) -> Self {
        match id {
            9 | 10 => Self::Percent,
            14..=17 | 22 | 27..=31 | 36 | 50..=58 => Self::Date,
            18..=21 | 32..=35 | 45..=47 => Self::Time,
            _ => Self::Plain,
        }
    }

    /// Of a format's code: letters outside quotes, escapes and brackets, in the first section.
    pub(super) fn from_code(code: &str) -> Self {
        if shows_percent(code) {
            return Self::Percent;
        }
        let mut characters = code.chars();
        let mut is_time = false;
        while let Some(character) = characters.next() {
            match character.to_ascii_lowercase() {
                ';' => break,
                'd' | 'y' => return Self::Date,
                // Minutes and months share their letter: beside hours or seconds it is minutes.
                'h' | 's' => is_time = true,
                'm' if !is_time && !code.to_ascii_lowercase().contains(['h', 's']) => return Self::Date,
                '"' => while characters.next().is_some_and(|quoted| quoted != '"') {},
                '[' => {
                    let inside: String = characters.by_ref().take_while(|inside| *inside != ']').collect();
                    is_time |= matches!(inside.to_ascii_lowercase().as_str(), "h" | "hh" | "m" | "mm" | "s" | "ss");
                }
                '\\' | '_' | '*' => drop(characters.next()),
                // "General" and words such as "Standard" are formats of their own.
                'g' if code.to_ascii_lowercase().starts_with("general") => return Self::Plain,
                _ => {}
            }
        }
        if is_time { Self::Time } else { Self::Plain }
    }

    /// A stored number as what it is shown as.
    pub(super) fn value(self, value: f64, counts_from_1904: bool) -> CellValue {
        let date = (self == Self::Date).then(|| serial_date(value, counts_from_1904)).flatten();
        date.map_or(CellValue::Number { value, percent: self == Self::Percent }, CellValue::Date)
    }
}

/// Reports whether a number format multiplies by a hundred: a `%` outside quotes, escapes and brackets. A literal
/// sign (`0"%"`) does not.
pub(super) fn shows_percent(format: &str) -> bool {
    let mut characters = format.chars();
    while let Some(character) = characters.next() {
        match character {
            '%' => return true,
            '"' => while characters.next().is_some_and(|quoted| quoted != '"') {},
            '[' => while characters.next().is_some_and(|inside| inside != ']') {},
            '\\' | '_' | '*' => drop(characters.next()),
            _ => {}
        }
    }
    false
}

/// The date of a serial number; none for a bare time of day. Serial 60 is the 29 February 1900 that never was.
pub fn serial_date(serial: f64, counts_from_1904: bool) -> Option<Date> {
    date_of(&ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, counts_from_1904))
}

fn date_of(moment: &ExcelDateTime) -> Option<Date> {
    let is_date = moment.is_datetime() && (1.0..SERIAL_END).contains(&moment.as_f64());
    moment.as_datetime().filter(|_| is_date).map(|moment| moment.date())
}

/// Returns the date where calamine takes the value for one; a bare time of day stays a number.
pub(super) fn date_or_number(value: &ExcelDateTime) -> CellValue {
    date_of(value).map_or(CellValue::Number { value: value.as_f64(), percent: false }, CellValue::Date)
}

/// The serial number of a moment, below 1 where it lies before the first day that is counted.
pub fn serial_of(moment: NaiveDateTime, counts_from_1904: bool) -> Option<f64> {
    let date = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
    let epoch = if counts_from_1904 { date(1904, 1, 1) } else { date(1899, 12, 31) };
    // Excel counts a 29 February 1900 that never was.
    let leap = i64::from(!counts_from_1904 && moment.date() > date(1900, 2, 28)?);
    let since = moment.signed_duration_since(epoch?.and_time(NaiveTime::MIN)) + Duration::days(leap);
    #[expect(clippy::cast_precision_loss, reason = "a day has 86,400,000 of them")]
    Some(since.num_milliseconds() as f64 / 86_400_000.0)
}

/// `2023-05-12`, with or without a time of day.
pub(super) fn iso_date(text: &str) -> Option<Date> {
    NaiveDate::parse_from_str(text.get(..10)?, "%Y-%m-%d").ok()
}

/// The errors of spreadsheets, as they are written.
pub(super) const ERRORS: [&str; 8] =
    ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"];

/// An error by its text.
pub(super) fn error_named(text: &str) -> Option<&'static str> {
    ERRORS.into_iter().find(|error| *error == text)
}

/// An error by its code in binary workbooks.
pub(super) fn error_coded(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        0x2B => "#GETTING_DATA",
        _ => "#VALUE!",
    }
}

pub(super) fn error_text(kind: &CellErrorType) -> &'static str {
    match kind {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#GETTING_DATA",
    }
}

/// Text of a format that has nothing but text: errors are told, all else is left to its column.
pub(super) fn plain(text: &str) -> Seen<'_> {
    match error_named(text.trim()) {
        Some(error) => Seen::Value(CellValue::Error(error)),
        None if text.trim().is_empty() => Seen::Text(""),
        None => Seen::Text(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_percent_sign_is_none() {
        for (format, percent) in [
            ("0.0%", true),
            ("0%", true),
            ("0\"%\"", false),
            ("0\\%", false),
            ("General", false),
            ("[Red]0.00%;-0.00%", true),
            ("[$%-421]0", false),
        ] {
            assert_eq!(shows_percent(format), percent, "{format}");
        }
    }

    #[test]
    fn number_formats_tell_dates_from_times() {
        for (code, format) in [
            ("General", NumberFormat::Plain),
            ("#,##0.00", NumberFormat::Plain),
            ("0\" orang hadir\"", NumberFormat::Plain),
            ("[$-421]dd mmmm yyyy;@", NumberFormat::Date),
            ("mmm", NumberFormat::Date),
            ("h:mm", NumberFormat::Time),
            ("mm:ss", NumberFormat::Time),
            ("[h]:mm:ss", NumberFormat::Time),
            ("dd/mm/yyyy hh:mm", NumberFormat::Date),
            ("0.0%", NumberFormat::Percent),
            ("[Red]0", NumberFormat::Plain),
        ] {
            assert_eq!(NumberFormat::from_code(code), format, "{code}");
        }
    }

    #[test]
    fn serials_of_both_epochs() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d);
        assert_eq!(serial_date(45_058.0, false), day(2023, 5, 12));
        assert_eq!(serial_date(43_596.0, true), day(2023, 5, 12));
        assert_eq!(serial_date(59.0, false), day(1900, 2, 28));
        assert_eq!(serial_date(61.0, false), day(1900, 3, 1));
        assert_eq!(serial_date(0.35, false), None);
        assert_eq!(serial_date(f64::NAN, false), None);
        assert_eq!(serial_date(3e9, false), None);
        for (y, m, d, from_1904, serial) in [
            (2023, 5, 12, false, 45_058.0),
            (2023, 5, 12, true, 43_596.0),
            (1900, 2, 28, false, 59.0),
            (1900, 3, 1, false, 61.0),
            (1899, 12, 31, false, 0.0),
            (1904, 1, 1, true, 0.0),
        ] {
            let noon = day(y, m, d).unwrap().and_hms_opt(12, 0, 0).unwrap();
            assert_eq!(serial_of(noon, from_1904), Some(serial + 0.5));
        }
    }
}
