//! Figures that are far from those of the same series in other months, of this call or of former recaps: ten or a hundred
//! times mistyped. They are told and kept: which of the two is wrong, nobody can say, nor which file comes first.

use std::collections::BTreeMap;

use super::cumulative::PairOf;
use super::{Pair, Reported};
use crate::diagnostic::IssueCode;
use crate::domain::{Month, format};
use crate::recap::read::Reader;
use crate::recap::read::often::{Often, Once};

/// Times by which a denominator, which hardly changes, is far from those of other months.
const FAR: f64 = 5.0;
/// Smaller denominators than this may differ as they like.
const DENOMINATOR_MIN: f64 = 10.0;
/// Times the largest count of other months from which one, which changes as it likes, is far.
const FAR_COUNT: f64 = 8.0;
/// Smaller counts than this may.
const COUNT_MIN: f64 = 20.0;
/// And of smaller ones nothing is many times: from a month with two to one with twenty is usual.
const LARGEST_MIN: f64 = 5.0;
/// Other months from which a count is judged by them.
const MONTHS_MIN: usize = 3;
/// Months before and after that are looked at.
const MONTHS_NEAR: i32 = 12;

const DENOMINATORS: Often = Often {
    code: IssueCode::DoubtfulNumber,
    label: "Sasaran",
    many: "angka jauh dari bulan lain",
    remedy: "tetap dipakai, betulkan bila salah ketik",
};
const COUNTS: Often = Often { label: "Capaian", many: "angka jauh di atas bulan lain", ..DENOMINATORS };

/// Tells figures that are far from those of other months.
pub(super) fn tell_far(reader: &mut Reader<'_>, of: PairOf<'_>, pair: &Pair, is_cumulative: bool) {
    let Some(series) = reader.context.series(of.facility, of.service) else { return };
    let far = pair.denominator.as_ref().and_then(|own| far_denominator(own, of.month, &series.denominators));
    let far_count = || pair.numerator.as_ref().and_then(|own| far_count(own, of.month, &series.numerators));
    let count = if is_cumulative { None } else { far_count() };
    let told = [(DENOMINATORS, &pair.denominator, far), (COUNTS, &pair.numerator, count)];
    for (often, own, other) in told {
        let Some((own, (month, other))) = own.as_ref().zip(other) else { continue };
        let Some((_, place)) = own.parts.first() else { continue };
        let written = format::count(own.value);
        let held = format::count(other);
        let shown = format!("{written}, {} {held}", format::month(month));
        let Often { label, remedy, .. } = often;
        let alone = format!("{label}: {written} jauh dari {held} pada {}; {remedy}", format::month(month));
        reader.warn_once(often, Once { place: *place, alone, shown });
    }
}

/// Figures of months near one, without its own.
fn near(month: Month, figures: &BTreeMap<Month, f64>) -> Vec<(Month, f64)> {
    let range = month.plus(-MONTHS_NEAR)..=month.plus(MONTHS_NEAR);
    figures.range(range).filter(|(other, _)| **other != month).map(|(other, figure)| (*other, *figure)).collect()
}

fn distance(one: Month, other: Month) -> u32 {
    one.number().abs_diff(other.number())
}

fn is_far(one: f64, other: f64) -> bool {
    let less = one.min(other);
    let more = one.max(other);
    more >= DENOMINATOR_MIN && less * FAR <= more
}

/// The nearest month's denominator, of those that are like most, where this one is far from them.
fn far_denominator(own: &Reported, month: Month, figures: &BTreeMap<Month, f64>) -> Option<(Month, f64)> {
    let others = near(month, figures);
    let mut values: Vec<f64> = others.iter().map(|(_, value)| *value).collect();
    values.sort_by(f64::total_cmp);
    let middle = *values.get(values.len() / 2)?;
    let usual = others.into_iter().filter(|(_, value)| !is_far(*value, middle));
    let nearest = usual.min_by_key(|(other, _)| distance(*other, month))?;
    is_far(own.value, middle).then_some(nearest)
}

/// The largest count of other months, where this one is far above it.
fn far_count(own: &Reported, month: Month, figures: &BTreeMap<Month, f64>) -> Option<(Month, f64)> {
    let others = near(month, figures);
    let largest = others.iter().copied().max_by(|one, other| one.1.total_cmp(&other.1))?;
    let is_judged = others.len() >= MONTHS_MIN && largest.1 >= LARGEST_MIN && own.value >= COUNT_MIN;
    (is_judged && own.value >= largest.1 * FAR_COUNT).then_some(largest)
}
