//! Figures that cannot be what they say: parts of people, far more served than there are.

use super::{Pair, Reported};
use crate::diagnostic::IssueCode;
use crate::domain::format;
use crate::recap::cells::CellFault;
use crate::recap::read::often::{Often, Once};
use crate::recap::read::row::RowReader;
use crate::workbook::CellValue;

/// A numerator so many times its denominator is mistyped: ten or a hundred times too large.
const FAR_ABOVE: f64 = 5.0;
/// From so many on; few of few may be.
const FAR_ABOVE_MIN: f64 = 20.0;

/// Numerators above their denominators.
const ABOVE: Often = Often {
    code: IssueCode::NumeratorAboveDenominator,
    label: "Capaian",
    many: "angka melebihi sasarannya",
    remedy: "tetap dipakai, periksa keduanya",
};

/// Tells a numerator above its denominator; one far above it, or of parts of people, is refused.
pub(super) fn is_plausible(row: &mut RowReader<'_, '_>, pair: &Pair) -> bool {
    let Some((denominator, numerator)) = pair.denominator.as_ref().zip(pair.numerator.as_ref()) else { return true };
    let Some((_, place)) = numerator.parts.first() else { return true };
    if !is_of_people(row, denominator) {
        return false;
    }
    if numerator.value.fract() != 0.0 {
        let why = format!(
            "{} bukan jumlah orang; isi jumlahnya, bukan persen dan tanpa koma",
            format::number(numerator.value, 2)
        );
        row.wrong(*place, "Capaian", &CellFault { code: IssueCode::InvalidNumber, why });
        return false;
    }
    if numerator.value <= denominator.value {
        return true;
    }
    let own = format::count(numerator.value);
    let of = format::count(denominator.value);
    if numerator.value >= FAR_ABOVE_MIN && numerator.value > denominator.value * FAR_ABOVE {
        let why = format!("{own} jauh melebihi sasaran {of}; betulkan capaian atau sasarannya");
        row.wrong(*place, "Capaian", &CellFault { code: IssueCode::InvalidNumber, why });
        return false;
    }
    let alone = format!("Capaian: {own} melebihi sasaran {of}; {}", ABOVE.remedy);
    row.reader.warn_once(ABOVE, Once { place: *place, alone, shown: format!("{own} dari {of}") });
    true
}

/// Smallest thousand and so many thousandths of one: what is written `1,25` in the place of 1.250.
const THOUSAND: f64 = 1000.0;

/// Reports whether a denominator counts people; a fraction that may be thousands is refused.
fn is_of_people(row: &mut RowReader<'_, '_>, denominator: &Reported) -> bool {
    let is_doubtful = |value: f64| value.fract() != 0.0 && value < THOUSAND && (value * THOUSAND).fract().abs() < 1e-6;
    let Some((value, place)) = denominator.parts.iter().find(|(value, _)| is_doubtful(*value)) else { return true };
    // Sasaran that were computed have more decimals somewhere in their column.
    let is_computed = |cell: &CellValue| match cell {
        CellValue::Number { value, .. } => value.fract() != 0.0 && !is_doubtful(*value),
        _ => false,
    };
    if row.reader.cells_of(place.column).any(is_computed) {
        return true;
    }
    let why = format!(
        "{} bukan jumlah orang; bulatkan, atau tulis {} tanpa koma bila maksudnya ribuan",
        format::number(*value, if (value * 10.0).fract() == 0.0 { 1 } else { 2 }),
        format::count(value * THOUSAND)
    );
    row.wrong(*place, "Sasaran", &CellFault { code: IssueCode::InvalidNumber, why });
    false
}
