//! Details that marks of charts tell: counts, target, state of the data, in the words of the page.

use crate::analytics::results::MonthsReceived;
use crate::domain::{Ratio, format};

/// Denominators below this are marked: one facility more or less moves the percentage by ten points.
pub const SMALL_DENOMINATOR: f64 = 10.0;

/// `13 dari 15`, with a word where the denominator is small; what was not reported has no counts.
pub fn counts(ratio: Option<Ratio>) -> Option<String> {
    let ratio = ratio?;
    let small = if ratio.denominator < SMALL_DENOMINATOR { " (penyebut kecil)" } else { "" };
    Some(format!("{} dari {}{small}", format::count(ratio.numerator), format::count(ratio.denominator)))
}

/// `data 3 dari 4 bulan`.
pub fn months(months: MonthsReceived) -> Option<String> {
    (months.of > 0).then(|| format!("data {} dari {} bulan", months.received, months.of))
}

/// The parts that are known, as one sentence.
pub fn detail(parts: impl IntoIterator<Item = Option<String>>) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}
