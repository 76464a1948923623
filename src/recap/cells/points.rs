//! Points of a checklist as people write them: `85`, `85 %`, 0.85 shown as a percentage, `17/20`, `85 dari 100`.
//! Knows one cell, and the heading above it; what the column as a whole means is decided where its rows are read.

use super::number::{Dot, Number, read as read_number, read_percent};
use super::{CellFault, CellReading, present, quoted, trim};
use crate::diagnostic::IssueCode;
use crate::domain::name::plain_words;
use crate::workbook::CellValue;

/// The maximum of a percentage.
pub(in crate::recap) const PERCENT_MAXIMUM: f64 = 100.0;
/// Largest maximum that a heading is believed to name.
const MAXIMUM_NAMED_MAX: f64 = 10_000.0;

/// Points of one cell, and what the cell itself says they are out of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::recap) struct Points {
    pub(in crate::recap) value: f64,
    /// 100 of a percentage, 20 of `17/20`; none of a bare number.
    pub(in crate::recap) out_of: Option<f64>,
    pub(in crate::recap) is_percent: bool,
    /// A lone dot in it could have been read in another way.
    pub(in crate::recap) is_doubtful: bool,
}

/// The points of a cell; `-` and its like are none.
pub(in crate::recap) fn read(value: Option<&CellValue>, dot: Dot) -> CellReading<Points> {
    let Some(present) = present(value)? else { return Ok(None) };
    let cell = match present {
        CellValue::Text(text) => {
            let text = without_remark(text);
            if ["tidak dinilai", "belum dinilai", "tdk dinilai", "blm dinilai"].contains(&plain_words(&text).as_str()) {
                return Ok(None);
            }
            if let Some((own, out_of)) = fraction(&text) {
                return of_fraction(present, own, out_of, dot);
            }
            CellValue::Text(text.into())
        }
        other => other.clone(),
    };
    let is_percent = match &cell {
        CellValue::Text(text) => text.ends_with('%'),
        CellValue::Number { percent, .. } => *percent,
        _ => false,
    };
    // What shows no sign of percent is read as any number.
    let number = read_percent(Some(&cell), dot)?;
    Ok(number.map(|Number { value, is_doubtful }| Points {
        value,
        out_of: is_percent.then_some(PERCENT_MAXIMUM),
        is_percent,
        is_doubtful,
    }))
}

/// Words for how good a score is, and before it.
const WORDS_BESIDE: [&str; 14] = [
    "nilai",
    "skor",
    "baik",
    "sangat",
    "amat",
    "cukup",
    "kurang",
    "sedang",
    "tinggi",
    "rendah",
    "memuaskan",
    "sekali",
    "poin",
    "kategori",
];

/// `85 (Baik)`, `Baik (85)`, `Nilai 85`, `85 poin` → `85`: a remark that holds no figure.
fn without_remark(text: &str) -> String {
    let text = trim(text);
    let has_digit = |text: &str| text.contains(|c: char| c.is_ascii_digit());
    let is_word = |word: &str| WORDS_BESIDE.contains(&word);
    let is_words = |text: &str| plain_words(text).split(' ').all(is_word);
    let is_grade = |text: &str| text.trim().len() == 1 && text.trim().chars().all(char::is_alphabetic);
    let bare = match text.split_once('(') {
        Some((before, remark)) if !has_digit(remark) => trim(before),
        // `Baik (85)`
        Some((before, remark)) if is_words(before) || is_grade(before) => trim(remark.trim_end_matches([')', ' '])),
        _ => text,
    };
    // `Nilai 85`, `Baik : 85`, `85 - Baik`
    let digits = |c: char| c.is_ascii_digit();
    let bare = match (bare.find(digits), bare.rfind(|c: char| digits(c) || c == '%')) {
        (Some(first), Some(last)) => {
            let before = &bare[..first];
            let after = &bare[last + 1..];
            let is_beside = |text: &str| plain_words(text).is_empty() || is_words(text);
            let is_negative = before.trim_end().ends_with('-') && plain_words(before).is_empty();
            let has_words = !plain_words(before).is_empty() || !plain_words(after).is_empty();
            if has_words && !is_negative && is_beside(before) && is_beside(after) { &bare[first..=last] } else { bare }
        }
        _ => bare,
    };
    let lower = bare.to_lowercase();
    let unit = ["poin", "point", "pts"].into_iter().find(|unit| lower.ends_with(unit));
    let end = unit.map_or(bare.len(), |unit| bare.len() - unit.len());
    bare.get(..end).map_or(bare, trim).to_owned()
}

/// `17/20`, `17 dari 20` → its two parts.
fn fraction(text: &str) -> Option<(&str, &str)> {
    let (own, out_of) = text
        .split_once('/')
        .or_else(|| text.split_once(" dari "))
        .or_else(|| text.split_once(" dr "))
        .or_else(|| text.split_once(" per "))?;
    let has_digit = |part: &str| part.contains(|c: char| c.is_ascii_digit());
    (has_digit(own) && has_digit(out_of)).then_some((trim(own), trim(out_of)))
}

fn of_fraction(value: &CellValue, own: &str, out_of: &str, dot: Dot) -> CellReading<Points> {
    let part = |text: &str| read_number(Some(&CellValue::Text(text.into())), dot).ok().flatten();
    match (part(own), part(out_of)) {
        (Some(own), Some(out_of)) if out_of.value > 0.0 => Ok(Some(Points {
            value: own.value,
            out_of: Some(out_of.value),
            is_percent: false,
            is_doubtful: own.is_doubtful || out_of.is_doubtful,
        })),
        _ => Err(CellFault {
            code: IssueCode::InvalidNumber,
            why: format!("{} bukan skor; tulis angkanya, misalnya 85 atau 17/20", quoted(value)),
        }),
    }
}

/// The maximum that a heading names: `Skor (maks 20)`, `Nilai (0-100)`, `Nilai (%)`, `Skor /40`.
pub(in crate::recap) fn maximum_named(heading: &str) -> Option<f64> {
    let bounded = |text: &str| text.parse::<f64>().ok().filter(|value| (1.0..=MAXIMUM_NAMED_MAX).contains(value));
    let words = plain_words(heading);
    let words: Vec<&str> = words.split(' ').collect();
    let is_title = |word: &str| ["maks", "max", "maksimal", "maksimum", "skala"].contains(&word);
    let after_title = words.windows(2).find(|pair| is_title(pair[0])).and_then(|pair| bounded(pair[1]));
    let range = words.windows(2).find(|pair| ["0", "1"].contains(&pair[0])).and_then(|pair| bounded(pair[1]));
    let range = range.filter(|_| heading.contains(['-', '–', '—']) || words.contains(&"sd"));
    let divided = heading.rsplit_once('/').and_then(|(_, after)| bounded(trim(after).trim_end_matches(')')));
    let percent = (heading.contains('%') || words.contains(&"persen")).then_some(PERCENT_MAXIMUM);
    // Of `skala 1-4` the second number is the maximum.
    range.or(after_title).or(divided).or(percent)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(text: &str) -> Option<(f64, Option<f64>)> {
        let found = read(Some(&CellValue::Text(text.into())), Dot::Thousands).unwrap()?;
        Some((found.value, found.out_of))
    }

    #[test]
    fn the_spellings_of_points() {
        for (text, expected) in [
            ("85", (85.0, None)),
            ("85,5", (85.5, None)),
            ("85 %", (85.0, Some(100.0))),
            ("85,5%", (85.5, Some(100.0))),
            ("17/20", (17.0, Some(20.0))),
            ("17 / 20", (17.0, Some(20.0))),
            ("85 dari 100", (85.0, Some(100.0))),
            ("85 (Baik)", (85.0, None)),
            ("Baik (85)", (85.0, None)),
            ("Sangat Baik ( 92,5 )", (92.5, None)),
            ("B (85%)", (85.0, Some(100.0))),
            ("Nilai 85", (85.0, None)),
            ("Nilai : 85/100", (85.0, Some(100.0))),
            ("85 - Baik", (85.0, None)),
            ("85 / Baik", (85.0, None)),
            ("85 poin", (85.0, None)),
        ] {
            assert_eq!(points(text), Some(expected), "{text}");
        }
        assert_eq!((points("-"), points(" ")), (None, None));
        let shown = CellValue::Number { value: 0.85, percent: true };
        assert_eq!(read(Some(&shown), Dot::Thousands).unwrap().map(|p| (p.value, p.out_of)), Some((85.0, Some(100.0))));
        for text in ["Baik", "17/0", "85-90", "12/5/2025", "85 dari", "Pustu 2", "kunjungan 1", "-85 x"] {
            assert!(read(Some(&CellValue::Text(text.into())), Dot::Thousands).is_err(), "{text}");
        }
    }

    #[test]
    fn the_maximum_of_a_heading() {
        for (heading, expected) in [
            ("Skor (maks. 20)", Some(20.0)),
            ("Nilai daftar tilik (0-100)", Some(100.0)),
            ("Skor (0 – 40)", Some(40.0)),
            ("NILAI DAFTAR TILIK (%)", Some(100.0)),
            ("Skor /40", Some(40.0)),
            ("Skor", None),
            ("Skor/Nilai", None),
            ("Skor 2025", None),
        ] {
            assert_eq!(maximum_named(heading), expected, "{heading}");
        }
    }
}
