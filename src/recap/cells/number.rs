//! Numbers: cells and text with decimal comma and thousands dot. A lone dot with exactly three digits can
//! be read in two ways; the rest of its column decides.

use super::{CellFault, CellReading, is_dash, present, quoted, trim};
use crate::diagnostic::IssueCode;
use crate::domain::name::plain_words;
use crate::workbook::CellValue;

/// The meaning of a lone dot before three digits in a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::recap) enum Dot {
    /// `1.292` is 1,292: the Indonesian way.
    #[default]
    Thousands,
    /// `1.292` is a little more than one.
    Decimal,
}

/// A number, and whether it could have been read in another way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::recap) struct Number {
    pub(in crate::recap) value: f64,
    pub(in crate::recap) is_doubtful: bool,
}

/// The number of a cell, not negative, without the unit behind it; `-` and its like are not reported.
pub(in crate::recap) fn read(value: Option<&CellValue>, dot: Dot) -> CellReading<Number> {
    match value {
        Some(CellValue::Text(text)) if without_unit(text).len() < text.len() => {
            read_bare(Some(&CellValue::Text(without_unit(text).into())), dot)
        }
        _ => read_bare(value, dot),
    }
}

fn read_bare(value: Option<&CellValue>, dot: Dot) -> CellReading<Number> {
    let Some(value) = present(value)? else { return Ok(None) };
    let number = match value {
        CellValue::Number { value, .. } => Some(Number { value: *value, is_doubtful: false }),
        CellValue::Text(text) if is_dash(text) => return Ok(None),
        CellValue::Text(text) => parse(text, dot),
        _ => None,
    };
    match number.filter(|number| number.value.is_finite() && number.value >= 0.0) {
        Some(number) => Ok(Some(number)),
        None => Err(CellFault {
            code: IssueCode::InvalidNumber,
            why: if value.text().is_some_and(says_nothing) {
                format!(
                    "{} bisa berarti nol atau belum ada laporan; tulis 0 bila hasilnya nol, atau - bila tidak ada laporan",
                    quoted(value)
                )
            } else {
                format!("{} bukan angka; tulis angkanya saja, atau - bila tidak ada laporan", quoted(value))
            },
        }),
    }
}

/// Words for none, which may be nought or no report.
fn says_nothing(text: &str) -> bool {
    let words = plain_words(text);
    ["nihil", "tidak ada", "tdk ada", "tak ada", "kosong", "belum ada", "blm ada", "nil"].contains(&words.as_str())
}

/// Units that people write behind what they count.
const UNITS: [&str; 24] = [
    "orang",
    "org",
    "jiwa",
    "bayi",
    "balita",
    "anak",
    "baduta",
    "bumil",
    "bulin",
    "bufas",
    "ibu",
    "wus",
    "pus",
    "kk",
    "siswa",
    "lansia",
    "remaja",
    "rematri",
    "kasus",
    "pasien",
    "sasaran",
    "poin",
    "point",
    "kunjungan",
];

/// `60 org` → `60`: the number before a unit.
fn without_unit(text: &str) -> &str {
    let end = text.rfind(|character: char| character.is_ascii_digit()).map_or(0, |place| place + 1);
    let (number, unit) = text.split_at(end);
    if UNITS.contains(&plain_words(unit).as_str()) { number } else { text }
}

/// The largest number that is shown as a percentage in earnest: 1000 %.
const PERCENT_FACTOR_MAX: f64 = 10.0;

/// A percentage of a target column: `95`, `95%`, 0.95 shown as 95%.
pub(in crate::recap) fn read_percent(value: Option<&CellValue>, dot: Dot) -> CellReading<Number> {
    match value {
        Some(CellValue::Number { value, percent: true }) => {
            // 85 under the format of percentages shows as 8500 %: scaled twice.
            let is_scaled_twice = *value > PERCENT_FACTOR_MAX;
            let scaled = if is_scaled_twice { *value } else { percent_of(*value) };
            let number = read_bare(Some(&CellValue::Number { value: scaled, percent: false }), dot)?;
            Ok(number.map(|number| Number { is_doubtful: is_scaled_twice, ..number }))
        }
        Some(CellValue::Text(text)) => match trim(text).strip_suffix('%') {
            Some(number) if !trim(number).is_empty() => read_bare(Some(&CellValue::Text(number.into())), dot)
                .map_err(|fault| CellFault { why: format!("{}%", fault.why), ..fault }),
            _ => read_bare(value, dot),
        },
        _ => read_bare(value, dot),
    }
}

/// A fraction in percent, without the last digits that the multiplication adds (0.07 is 7, not 7.000000000000001).
pub(in crate::recap) fn percent_of(fraction: f64) -> f64 {
    const DIGITS: f64 = 1e9;
    (fraction * 100.0 * DIGITS).round() / DIGITS
}

/// In what bare numbers of a column of percentages are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::recap) enum PercentScale {
    /// 85,5 is 85.5 %.
    Percent,
    /// 0,855 is 85.5 %: no bare number exceeds 1, and some lies between 0 and 1.
    Fractions,
}

/// Reports whether a cell shows no sign of percent itself, so that its column decides.
pub(in crate::recap) fn is_bare(value: &CellValue) -> bool {
    match value {
        CellValue::Number { percent, .. } => !percent,
        CellValue::Text(text) => !text.contains('%'),
        _ => false,
    }
}

/// Returns the scale of the bare numbers of a column, as its cells tell it.
pub(in crate::recap) fn scale_of<'a>(column: impl Iterator<Item = &'a CellValue>) -> PercentScale {
    let mut has_fraction = false;
    for value in column.filter(|value| is_bare(value)) {
        let Ok(Some(number)) = read(Some(value), Dot::Thousands) else { continue };
        if number.value > 1.0 {
            return PercentScale::Percent;
        }
        has_fraction |= number.value > 0.0 && number.value < 1.0;
    }
    if has_fraction { PercentScale::Fractions } else { PercentScale::Percent }
}

/// Returns the meaning of a lone dot in a column, as its other cells tell it.
pub(in crate::recap) fn dot_of<'a>(column: impl Iterator<Item = &'a CellValue>) -> Dot {
    let mut decimal = 0_u32;
    let mut thousands = 0_u32;
    for value in column {
        match value {
            CellValue::Number { value, .. } if value.fract() != 0.0 => decimal += 1,
            CellValue::Number { .. } => thousands += 1,
            CellValue::Text(text) => match trim(text).rsplit_once(['.', ',']) {
                Some((before, after)) => match (separator(text), after.len()) {
                    (Some('.'), 3) if before != "0" => {}
                    (Some('.'), _) => decimal += 1,
                    _ => thousands += 1,
                },
                None => thousands += u32::from(text.bytes().any(|byte| byte.is_ascii_digit())),
            },
            _ => {}
        }
    }
    if decimal > thousands { Dot::Decimal } else { Dot::Thousands }
}

fn separator(text: &str) -> Option<char> {
    text.chars().rev().find(|character| matches!(character, '.' | ','))
}

fn parse(text: &str, dot: Dot) -> Option<Number> {
    let trimmed = trim(text);
    let unsigned = trimmed.strip_prefix('+').unwrap_or(trimmed);
    let digits = grouped_by_space(unsigned)?;
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b',') {
        return None;
    }
    let certain = |value| value_of(value).map(|value| Number { value, is_doubtful: false });
    let dots = digits.matches('.').count();
    let commas = digits.matches(',').count();
    match (dots, commas) {
        (0, 0) => certain(digits),
        (0, 1) => certain(digits.replace(',', ".")),
        (0, _) => certain(ungrouped(&digits, ',')?),
        (1, 0) => {
            let (before, after) = digits.split_once('.')?;
            if after.len() != 3 || before.is_empty() || before.len() > 3 || before.starts_with('0') {
                return certain(digits);
            }
            let number = match dot {
                Dot::Thousands => format!("{before}{after}"),
                Dot::Decimal => digits,
            };
            Some(Number { value: value_of(number)?, is_doubtful: true })
        }
        (_, 0) => certain(ungrouped(&digits, '.')?),
        _ => {
            // Both occur: the last one is decimal, the other groups.
            let decimal = separator(&digits)?;
            let (before, after) = digits.rsplit_once(decimal)?;
            let group = if decimal == ',' { '.' } else { ',' };
            if after.contains(group) {
                return None;
            }
            certain(format!("{}.{after}", ungrouped(before, group)?))
        }
    }
}

fn value_of(digits: impl AsRef<str>) -> Option<f64> {
    digits.as_ref().parse().ok()
}

/// `1.234.567` → `1234567`, where the groups are of three.
fn ungrouped(digits: &str, group: char) -> Option<String> {
    let mut groups = digits.split(group);
    let first = groups.next()?;
    let is_grouped = (1..=3).contains(&first.len())
        && groups.all(|group| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit()));
    is_grouped.then(|| digits.replace(group, ""))
}

/// `1 292` → `1292`; any other white space inside is not a number.
fn grouped_by_space(text: &str) -> Option<String> {
    let groups: Vec<&str> = text.split_whitespace().collect();
    match groups[..] {
        [] => None,
        [one] => Some(one.to_owned()),
        [first, ref rest @ ..] => {
            let is_grouped = first.len() <= 3 && rest.iter().all(|group| group.len() == 3);
            is_grouped.then(|| groups.concat())
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn value(text: &str) -> Option<f64> {
        read(Some(&CellValue::Text(text.into())), Dot::Thousands).ok().flatten().map(|number| number.value)
    }

    #[test]
    fn numbers_as_people_write_them() {
        for (text, number) in [
            ("46", 46.0),
            (" 1 ", 1.0),
            ("20,0", 20.0),
            ("0.28", 0.28),
            ("1.234,5", 1234.5),
            ("1,234.5", 1234.5),
            ("1.234.567", 1_234_567.0),
            ("1 292", 1292.0),
            ("0.125", 0.125),
            ("12.5", 12.5),
            ("\u{a0}7\u{a0}", 7.0),
        ] {
            assert_eq!(value(text), Some(number), "{text}");
        }
    }

    #[test]
    fn what_is_no_number() {
        for text in ["12a", "belum", "sepuluh", "1..2", "1.23.4", "-5", "55,22 %", "1,2,3", "1 2", ".", "1e5", "NaN"] {
            let fault = read(Some(&CellValue::Text(text.into())), Dot::Thousands).unwrap_err();
            assert_eq!(fault.code, IssueCode::InvalidNumber, "{text}");
        }
        for text in ["-", "--", "–", "n/a", " ", ""] {
            assert_eq!(read(Some(&CellValue::Text(text.into())), Dot::Thousands), Ok(None), "{text}");
        }
        assert!(read(Some(&CellValue::Bool(true)), Dot::Thousands).is_err());
    }

    #[test]
    fn a_lone_dot_before_three_digits_is_the_columns_to_decide() {
        let cell = CellValue::Text("1.292".into());
        let thousands = read(Some(&cell), Dot::Thousands).unwrap().unwrap();
        assert_eq!(thousands, Number { value: 1292.0, is_doubtful: true });
        let decimal = read(Some(&cell), Dot::Decimal).unwrap().unwrap();
        assert_eq!(decimal, Number { value: 1.292, is_doubtful: true });
        let texts = |texts: &[&str]| texts.iter().map(|text| CellValue::Text((*text).into())).collect::<Vec<_>>();
        assert_eq!(dot_of(texts(&["1.292", "46", "113.573"]).iter()), Dot::Thousands);
        assert_eq!(dot_of(texts(&["1.292", "12.5", "0.28"]).iter()), Dot::Decimal);
    }

    #[test]
    fn a_percentage_is_scaled_once() {
        let shown = CellValue::Number { value: 0.95, percent: true };
        let twice = CellValue::Number { value: 95.0, percent: true };
        let number = read_percent(Some(&twice), Dot::Thousands).unwrap().unwrap();
        assert!(number.is_doubtful && (number.value - 95.0).abs() < 1e-9);
        for cell in [shown, CellValue::Text("95%".into()), CellValue::Number { value: 95.0, percent: false }] {
            let number = read_percent(Some(&cell), Dot::Thousands).unwrap().unwrap();
            assert!((number.value - 95.0).abs() < 1e-9);
        }
    }

    #[test]
    fn the_column_decides_whether_targets_are_fractions() {
        let bare = |value| CellValue::Number { value, percent: false };
        let shown = CellValue::Number { value: 0.95, percent: true };
        let text = |text: &str| CellValue::Text(text.into());
        for (column, scale) in [
            (vec![bare(0.855), bare(1.0), bare(0.0)], PercentScale::Fractions),
            (vec![bare(0.855), shown.clone(), text("90%"), text("-")], PercentScale::Fractions),
            (vec![text("0,855"), text("0.9")], PercentScale::Fractions),
            (vec![bare(0.855), bare(90.0)], PercentScale::Percent),
            (vec![bare(1.0), shown], PercentScale::Percent),
            (vec![], PercentScale::Percent),
        ] {
            assert_eq!(scale_of(column.iter()), scale, "{column:?}");
        }
        assert_eq!(percent_of(0.07).to_string(), "7");
    }

    proptest! {
        #[test]
        fn whole_numbers_are_read_back(number in 0_u32..10_000_000) {
            prop_assert_eq!(value(&number.to_string()), Some(f64::from(number)));
            prop_assert_eq!(value(&format!("{number},0")), Some(f64::from(number)));
            let grouped = crate::domain::format::number(f64::from(number), 1);
            prop_assert_eq!(value(&grouped), Some(f64::from(number)));
        }

        #[test]
        fn no_text_is_fatal(text in "\\PC{0,40}") {
            let _ = value(&text);
        }
    }
}
