//! A cell below a month in a table of what was done: a tick, the day or days, or nothing.

use super::date::{Implied, read_within};
use super::mark::{Mark, yes_no};
use super::{CellFault, CellReading, is_dash, month, present, quoted, trim};
use crate::diagnostic::IssueCode;
use crate::domain::{Month, VisitDate, format};
use crate::workbook::CellValue;

/// The meaning of bare numbers below months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::recap) enum Numbers {
    /// Ticks: none but 1 and 0.
    Ticks,
    /// Days of the month above.
    Days,
}

/// Words of a tick beside those of every yes/no column.
const TICKS: [&str; 9] =
    ["terlaksana", "dilaksanakan", "telah", "dibina", "dikunjungi", "selesai", "ok", "oke", "done"];
/// Crosses, which may say either.
const CROSSES: [&str; 4] = ["x", "×", "✗", "✘"];
/// The most visits of one facility in one month that a number may count.
const COUNT_MAX: f64 = 4.0;

/// Reports whether a cell holds a cross.
pub(in crate::recap) fn is_cross(value: &CellValue) -> bool {
    value.text().is_some_and(|text| CROSSES.contains(&trim(text).to_lowercase().as_str()))
}

/// Reports whether a cell says that something was done, however it says it.
pub(in crate::recap) fn is_tick(value: &CellValue) -> bool {
    bare(value).map_or_else(|| matches!(yes_no(Some(value)), Ok(Some(Mark::Yes))), |number| number > 0.0)
}

/// Returns the meaning of the numbers among these cells; `None` where they may be days or counts.
pub(in crate::recap) fn numbers<'c>(cells: impl Iterator<Item = &'c CellValue>) -> Option<Numbers> {
    let most = cells.filter_map(bare).fold(0.0, f64::max);
    match most {
        most if most <= 1.0 => Some(Numbers::Ticks),
        most if most > COUNT_MAX => Some(Numbers::Days),
        _ => None,
    }
}

/// A whole number and nothing else.
fn bare(value: &CellValue) -> Option<f64> {
    match value {
        CellValue::Number { value, percent: false } if value.fract() == 0.0 && (0.0..=31.0).contains(value) => {
            Some(*value)
        }
        CellValue::Text(text) => {
            let text = trim(text);
            let is_short = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
            is_short.then(|| text.parse().ok()).flatten()
        }
        _ => None,
    }
}

/// When something was done in `month`; none where it was not.
pub(in crate::recap) fn read(
    value: Option<&CellValue>,
    month: Month,
    numbers: Numbers,
    from_1904: bool,
) -> CellReading<Vec<VisitDate>> {
    let Some(value) = present(value)? else { return Ok(None) };
    let in_month = || Ok(Some(vec![VisitDate::Month(month)]));
    let number = bare(value);
    match (number, value.text()) {
        (Some(0.0), _) => return Ok(None),
        (Some(_), _) if numbers == Numbers::Ticks => return in_month(),
        (None, Some(text)) if is_dash(text) => return Ok(None),
        (None, Some(text)) => {
            if let Some(days) = several(text, month) {
                return Ok(Some(days));
            }
            if TICKS.contains(&trim(text).to_lowercase().as_str())
                || month::alone(text, Implied::Month(month)) == Some(month)
            {
                return in_month();
            }
        }
        _ => {}
    }
    if number.is_none() {
        match yes_no(Some(value))? {
            Some(Mark::Yes) => return in_month(),
            Some(Mark::No) | None => return Ok(None),
            Some(Mark::Unknown) => {}
        }
    }
    match read_within(Some(value), from_1904, Implied::Month(month)) {
        Ok(Some(date)) if Month::from_date(date) == month => Ok(Some(vec![VisitDate::Day(date)])),
        Ok(Some(date)) => Err(CellFault {
            code: IssueCode::InvalidDate,
            why: format!(
                "{} di luar bulan kolomnya ({}); pindahkan ke kolom bulannya atau perbaiki tanggalnya",
                format::date(date),
                format::month(month)
            ),
        }),
        _ => Err(CellFault {
            code: IssueCode::UnknownValue,
            why: format!(
                "{} bukan tanda yang dikenal; tulis √ atau tanggalnya bila dilaksanakan, kosongkan bila tidak",
                quoted(value)
            ),
        }),
    }
}

/// `5, 12 dan 20`, `9/4 & 23/4`: several days of the month.
fn several(text: &str, month: Month) -> Option<Vec<VisitDate>> {
    let commas = text.to_lowercase().replace("dan", ",").replace(['&', ';', '+', '\n'], ",");
    let parts: Vec<&str> = commas.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let day = |part: &&str| -> Option<VisitDate> {
        let value = CellValue::Text((*part).into());
        let date = read_within(Some(&value), false, Implied::Month(month)).ok().flatten()?;
        (Month::from_date(date) == month).then_some(VisitDate::Day(date))
    };
    let days: Vec<VisitDate> = parts.iter().map(day).collect::<Option<_>>()?;
    (days.len() > 1).then_some(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> CellValue {
        CellValue::Text(text.into())
    }

    fn number(value: f64) -> CellValue {
        CellValue::Number { value, percent: false }
    }

    /// Dates of a cell below May 2025, `?` where it is asked about.
    fn shown_text(value: &CellValue, numbers: Numbers) -> String {
        match read(Some(value), Month::new(2025, 5).unwrap(), numbers, false) {
            Ok(dates) => dates.iter().flatten().map(ToString::to_string).collect::<Vec<_>>().join(" "),
            Err(fault) => format!("?{}", fault.code.code()),
        }
    }

    #[test]
    fn ticks_days_and_nothing() {
        for tick in ["√", "v", "V", "✓", "ya", "Sudah", "terlaksana", "1", "Mei", "mei 2025"] {
            assert_eq!(shown_text(&text(tick), Numbers::Ticks), "2025-05", "{tick}");
        }
        for none in ["", "-", "x", "X", "0", "tidak", "belum terlaksana", "–"] {
            assert_eq!(shown_text(&text(none), Numbers::Ticks), "", "{none}");
        }
        for (cell, days) in [
            (text("12"), "2025-05-12"),
            (number(1.0), "2025-05-01"),
            (text("12 Mei"), "2025-05-12"),
            (text("12/5/2025"), "2025-05-12"),
            (text("5, 12 dan 20"), "2025-05-05 2025-05-12 2025-05-20"),
            (text("5 & 12"), "2025-05-05 2025-05-12"),
            (number(0.0), ""),
        ] {
            assert_eq!(shown_text(&cell, Numbers::Days), days, "{cell:?}");
        }
        for other in ["●", "R", "P", "31/6/2025", "menyusul", "w2"] {
            assert_eq!(shown_text(&text(other), Numbers::Ticks), "?unknown_value", "{other}");
        }
        assert_eq!(shown_text(&text("12/6/2025"), Numbers::Days), "?invalid_date");
        assert_eq!(shown_text(&number(32.0), Numbers::Days), "?unknown_value");
    }

    #[test]
    fn small_numbers_may_be_counts() {
        let of = |values: &[f64]| numbers(values.iter().map(|value| number(*value)).collect::<Vec<_>>().iter());
        assert_eq!((of(&[1.0, 0.0, 1.0]), of(&[])), (Some(Numbers::Ticks), Some(Numbers::Ticks)));
        assert_eq!((of(&[1.0, 12.0]), of(&[1.0, 2.0])), (Some(Numbers::Days), None));
    }
}
