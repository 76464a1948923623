//! What the formats share in reading one value: number formats, serial dates, ISO dates, errors. No I/O.

use calamine::{CellErrorType, ExcelDateTime};
use chrono::{Days, NaiveDate};

use super::CellValue;
use super::intake::Seen;
use crate::domain::Date;

/// Days from Excel's 1900 epoch that can be dates at all (to 9999-12-31).
const SERIAL_END: f64 = 2_958_466.0;

/// What a number format makes of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum NumberFormat {
    /// A plain number.
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
    pub(super) fn of(code: &str) -> Self {
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
pub(super) fn serial_date(serial: f64, counts_from_1904: bool) -> Option<Date> {
    if !(1.0..SERIAL_END).contains(&serial) {
        return None;
    }
    let serial = if counts_from_1904 { serial + 1_462.0 } else { serial };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked above")]
    let days = serial as u64;
    let epoch = if days < 60 { (1899, 12, 31) } else { (1899, 12, 30) };
    NaiveDate::from_ymd_opt(epoch.0, epoch.1, epoch.2)?.checked_add_days(Days::new(days))
}

/// What calamine takes for a date; a bare time of day stays a number.
pub(super) fn date_or_number(value: &ExcelDateTime) -> CellValue {
    let serial = value.as_f64();
    let is_date = value.is_datetime() && (1.0..SERIAL_END).contains(&serial);
    match value.as_datetime().filter(|_| is_date) {
        Some(moment) => CellValue::Date(moment.date()),
        None => CellValue::Number { value: serial, percent: false },
    }
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
            assert_eq!(NumberFormat::of(code), format, "{code}");
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
    }
}
