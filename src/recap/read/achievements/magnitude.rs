//! Denominators that are far from those of the same series in another table of the call: ten or a hundred times mistyped.

use super::Pair;
use super::cumulative::Of;
use crate::diagnostic::IssueCode;
use crate::domain::format;
use crate::recap::read::Reader;

/// How many times larger or smaller is far.
const FAR: f64 = 5.0;
/// Smaller denominators than this may differ as they like.
const DENOMINATOR_MIN: f64 = 10.0;

/// Tells a denominator that is far from the one of another month.
pub(super) fn tell_far(reader: &mut Reader<'_>, of: Of<'_>, pair: &Pair) {
    let Some(own) = &pair.denominator else { return };
    let Some((month, other)) = reader.context.denominator(of.facility, of.service) else { return };
    let (less, more) = (own.value.min(other), own.value.max(other));
    if month == of.month || more < DENOMINATOR_MIN || less * FAR > more {
        return;
    }
    let Some((_, place)) = own.parts.first() else { return };
    let message = format!(
        "Sasaran: {} jauh dari {} pada {}; tetap dipakai, betulkan bila salah ketik",
        format::count(own.value),
        format::count(other),
        format::month(month)
    );
    reader.warn(*place, IssueCode::DoubtfulNumber, message);
}
