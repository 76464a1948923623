//! Amounts of whole rupiah as people write them: `Rp 1.250.000,-`, `1.250.000,00`, `1,250,000`. Blank and dashes are not
//! stated; anything else that is no whole amount is wrong, never rounded.

use super::{CellFault, CellReading, is_dash, present, quoted, trim};
use crate::diagnostic::IssueCode;
use crate::domain::exact::Decimal;
use crate::workbook::CellValue;

/// Distance from a whole amount below which a number is what formulas leave of one.
const FORMULA_REST: f64 = 0.0005;
/// Signs of the currency before an amount, the longer first.
const SIGNS: [&str; 4] = ["rp.", "rp", "idr.", "idr"];
/// Ends that stand for no sen.
const NO_SEN: [&str; 5] = [",--", ",-", ".-", "-", ","];
/// Digits of a group of thousands.
const GROUP_DIGITS: usize = 3;
/// Digits of sen.
const SEN_DIGITS: usize = 2;

/// Reads an amount of a cell.
pub(in crate::recap) fn read(value: Option<&CellValue>) -> CellReading<Decimal> {
    let Some(value) = present(value)? else { return Ok(None) };
    let amount = match value {
        CellValue::Number { value, percent: false } => whole_amount(*value),
        CellValue::Text(text) => match digits(text) {
            Some(digits) if digits.is_empty() => return Ok(None),
            digits => digits.and_then(|digits| Decimal::parse(&digits)),
        },
        _ => None,
    };
    match amount {
        Some(amount) => Ok(Some(amount)),
        None => Err(CellFault {
            code: IssueCode::InvalidNumber,
            why: format!("{} bukan rupiah bulat; tulis angkanya saja, misalnya 1.250.000", quoted(value)),
        }),
    }
}

/// The whole amount that a number means.
fn whole_amount(number: f64) -> Option<Decimal> {
    let nearest = number.round();
    if (number - nearest).abs() > FORMULA_REST { None } else { Decimal::from_number(nearest.max(number.min(0.0))) }
}

/// The digits of an amount; empty where it is only a dash.
fn digits(text: &str) -> Option<String> {
    let lower = trim(text).to_lowercase();
    let bare = SIGNS.iter().find_map(|sign| lower.strip_prefix(sign)).unwrap_or(&lower);
    let bare = trim(bare);
    if bare.is_empty() || is_dash(bare) {
        return Some(String::new());
    }
    let bare = trim(NO_SEN.iter().find_map(|end| bare.strip_suffix(end)).unwrap_or(bare));
    let separators = |c: char| matches!(c, '.' | ',') || c.is_whitespace();
    let parts: Vec<&str> = bare.split(separators).filter(|part| !part.is_empty()).collect();
    let marks: Vec<char> = bare.chars().filter(|c| matches!(c, '.' | ',')).collect();
    let is_digits = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let (last, before) = parts.split_last()?;
    if !parts.iter().all(is_digits) {
        return None;
    }
    // `1.250.000,00`: behind a mark of its own, two digits of sen.
    let is_alone = marks.last().is_some_and(|mark| marks.iter().filter(|other| *other == mark).count() == 1);
    let groups = match before {
        [] => &parts[..],
        _ if last.len() == SEN_DIGITS && is_alone => {
            if last.bytes().any(|byte| byte != b'0') {
                return None;
            }
            before
        }
        _ => &parts[..],
    };
    let (first, rest) = groups.split_first()?;
    let is_grouped = first.len() <= GROUP_DIGITS && rest.iter().all(|group| group.len() == GROUP_DIGITS);
    (rest.is_empty() || is_grouped).then(|| groups.concat())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn said(text: &str) -> Result<Option<String>, IssueCode> {
        let cell = CellValue::Text(text.into());
        read(Some(&cell)).map(|amount| amount.map(|amount| amount.digits().to_owned())).map_err(|fault| fault.code)
    }

    fn number(value: f64) -> Result<Option<String>, IssueCode> {
        let cell = CellValue::Number { value, percent: false };
        read(Some(&cell)).map(|amount| amount.map(|amount| amount.digits().to_owned())).map_err(|fault| fault.code)
    }

    #[test]
    fn amounts_as_people_write_them() {
        for text in [
            "1250000",
            "1.250.000",
            "1,250,000",
            "1 250 000",
            "Rp 1.250.000,-",
            "Rp. 1.250.000",
            "Rp1.250.000,00",
            "rp 1,250,000.00",
            "IDR 1.250.000",
            "1.250.000.-",
            "1250000,00",
            "\u{a0}Rp\u{a0}1.250.000\u{a0}",
        ] {
            assert_eq!(said(text), Ok(Some("1250000".to_owned())), "{text}");
        }
        assert_eq!(said("1.250"), Ok(Some("1250".to_owned())));
        assert_eq!(said("0"), Ok(Some("0".to_owned())));
        assert_eq!(number(1_250_000.0), Ok(Some("1250000".to_owned())));
        assert_eq!(number(1_250_000.000_01), Ok(Some("1250000".to_owned())));
    }

    #[test]
    fn blank_is_not_stated_and_what_is_no_whole_amount_is_wrong() {
        for text in ["", " ", "-", "Rp -", "Rp", "Rp. –"] {
            assert_eq!(said(text), Ok(None), "{text:?}");
        }
        for text in ["1.250.000,50", "1,5 juta", "500rb", "-5000", "12.50.000", "1.2500", "lima juta", "10%"] {
            assert_eq!(said(text), Err(IssueCode::InvalidNumber), "{text:?}");
        }
        assert_eq!(number(1250.5), Err(IssueCode::InvalidNumber));
        assert_eq!(number(-1250.0), Err(IssueCode::InvalidNumber));
        assert_eq!(number(f64::MAX), Err(IssueCode::InvalidNumber));
    }

    proptest! {
        #[test]
        fn whatever_amount_is_written_is_read(amount in 0_u64..9_000_000_000_000_000, form in 0_usize..5) {
            let digits = amount.to_string();
            let grouped = |mark: &str| {
                let chunks = digits.as_bytes().rchunks(GROUP_DIGITS).rev().map(String::from_utf8_lossy);
                chunks.collect::<Vec<_>>().join(mark)
            };
            let text = match form {
                0 => digits.clone(),
                1 => grouped("."),
                2 => format!("Rp {},-", grouped(".")),
                3 => format!("Rp. {},00", grouped(".")),
                _ => grouped(","),
            };
            prop_assert_eq!(said(&text), Ok(Some(digits)), "{}", text);
        }
    }
}
