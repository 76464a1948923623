//! Targets and weights of indicators: `≥ 80 %`, `min 80`, `< 5 %`, 0.8 shown as 80%.

use crate::diagnostic::IssueCode;
use crate::domain::Direction;
use crate::domain::records::Field;
use crate::recap::cells::number::{Dot, Number, PercentScale, is_bare, percent_of, read, read_percent};
use crate::recap::cells::{CellFault, CellReading, trim};
use crate::recap::heading::ColumnMeaning;
use crate::recap::kinds::without_brackets;
use crate::recap::read::labelled_field::LabelledField;
use crate::recap::read::row::{Need, RowReader};
use crate::workbook::CellValue;

/// Words before a target from which on, or up to which, it is good.
const AT_LEAST: [&str; 9] = ["≥", ">=", "=>", ">", "minimal", "minimum", "min.", "min", "="];
const AT_MOST: [&str; 10] = ["≤", "<=", "=<", "<", "maksimal", "maksimum", "maks.", "maks", "max", "kurang dari"];

/// A percentage, and which way is better where a sign before it says so.
fn signed(text: &str) -> (Option<Direction>, String) {
    let outside = without_brackets(text);
    let text = trim(&outside);
    let lower = text.to_lowercase();
    let behind = |signs: &[&str]| {
        let sign = signs.iter().find(|sign| lower.starts_with(**sign))?;
        text.get(sign.len()..).map(|rest| trim(rest).to_owned())
    };
    if let Some(rest) = behind(&AT_MOST) {
        return (Some(Direction::LowerIsBetter), rest);
    }
    match behind(&AT_LEAST) {
        Some(rest) => (Some(Direction::HigherIsBetter), rest),
        None => (None, text.to_owned()),
    }
}

/// The percentage of a target's cell.
fn read_target(value: Option<&CellValue>, dot: Dot) -> CellReading<Number> {
    let Some(CellValue::Text(text)) = value else { return read_percent(value, dot) };
    let (_, rest) = signed(text);
    let rest = rest.strip_suffix("persen").map_or(rest.clone(), |number| format!("{number}%"));
    read_percent(Some(&CellValue::Text(rest.as_str().into())), dot).map_err(|fault| {
        let why = format!("\"{text}\" bukan persentase; tulis misalnya 80 atau ≥ 80 %");
        if fault.code == IssueCode::InvalidNumber { CellFault { why, ..fault } } else { fault }
    })
}

/// Returns the better direction by the sign of a row's target.
pub(super) fn direction_by_sign(row: &RowReader<'_, '_>) -> Option<Direction> {
    let place = row.place(ColumnMeaning::Target)?;
    row.cell(place.column).and_then(CellValue::text).and_then(|text| signed(text).0)
}

/// The target of a row in percent.
pub(super) fn target(row: &mut RowReader<'_, '_>, need: Need) -> Option<f64> {
    let place = row.place(ColumnMeaning::Target)?;
    let before = row.faults();
    let target = row.number_by(place, LabelledField { field: Field::Attributes, label: "Target" }, read_target);
    if target.is_none() && need == Need::Required && row.faults() == before {
        row.missing(place, "Target", "indikator memerlukan target dalam persen");
    }
    let Some(small) = target.filter(|target| *target > 0.0 && *target <= 1.0) else { return target };
    if row.cell(place.column).is_some_and(is_bare) && row.reader.scale(place.column) == PercentScale::Fractions {
        let percent = percent_of(small);
        let message = format!(
            "Target: {} dibaca {} %, karena angka tanpa tanda % di kolom ini tidak ada yang lebih dari 1; tulis {}% \
             agar pasti",
            plain_number(small),
            plain_number(percent),
            plain_number(percent),
        );
        row.reader.warn(place, IssueCode::DoubtfulNumber, message);
        return Some(percent);
    }
    if small < 1.0 {
        let message = "Target: kurang dari 1 %; kolom ini dalam persen, tulis misalnya 95 dan bukan 0,95".to_owned();
        row.reader.warn(place, IssueCode::DoubtfulNumber, message);
    }
    target
}

/// A number with all its digits and a decimal comma.
fn plain_number(number: f64) -> String {
    number.to_string().replace('.', ",")
}

/// The weight of a row.
pub(super) fn weight(row: &mut RowReader<'_, '_>, need: Need) -> Option<f64> {
    let place = row.place(ColumnMeaning::Weight)?;
    let before = row.faults();
    let weight = row.number_by(place, LabelledField { field: Field::Attributes, label: "Bobot" }, read);
    if weight.is_none() && need == Need::Required && row.faults() == before {
        row.missing(place, "Bobot", "indikator memerlukan bobot; 0 bila tidak dihitung");
    }
    weight
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_as_decrees_write_them() {
        let better = Direction::HigherIsBetter;
        let lower = Direction::LowerIsBetter;
        for (text, number, direction) in [
            ("100%", 100.0, None),
            ("≥ 80 %", 80.0, Some(better)),
            (">= 90", 90.0, Some(better)),
            ("min 80", 80.0, Some(better)),
            ("Minimal 85,5 %", 85.5, Some(better)),
            ("< 5 %", 5.0, Some(lower)),
            ("≤5%", 5.0, Some(lower)),
            ("Maks. 10 %", 10.0, Some(lower)),
            ("100 persen", 100.0, None),
            ("80 % (sesuai SPM)", 80.0, None),
        ] {
            let value = CellValue::Text(text.into());
            let read = read_target(Some(&value), Dot::Thousands).ok().flatten().map(|number| number.value);
            assert_eq!((read, signed(text).0), (Some(number), direction), "{text}");
        }
        for text in ["80 - 90 %", "sesuai", "0 kasus", "80 % dan 90 %"] {
            assert!(read_target(Some(&CellValue::Text(text.into())), Dot::Thousands).is_err(), "{text}");
        }
    }
}
