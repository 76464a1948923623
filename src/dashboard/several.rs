//! Several Puskesmas beside each other, as the district's team reads them: who stands where, what lacks, whose recaps
//! did not come. One row a Puskesmas; those that cannot be judged stand behind the others.

use std::cmp::Ordering;

use super::context::PageContext;
use super::table::ScoreStatus;
use crate::analytics::trend_points;
use crate::domain::{CoachingIndicator, Ratio, format};

/// One Puskesmas.
#[derive(Clone, Debug, PartialEq)]
pub struct SeveralRow {
    /// Its name.
    pub name: String,
    /// Score of all its facilities together.
    pub score: Option<f64>,
    /// Status of that score.
    pub standing: ScoreStatus,
    /// Against the period before, in points.
    pub change: Option<f64>,
    /// Facilities listed, and those that have data.
    pub facilities: (u32, u32),
    /// Name and percentage of the indicator that lies lowest against its target.
    pub weakest: Option<(&'static str, f64)>,
    /// Follow-ups done of those due in the period.
    pub follow_ups: Option<Ratio>,
    /// Months of which a recap was received, of those begun.
    pub months: (u32, u32),
    /// Names of the begun months of which none was.
    pub lacking: Vec<&'static str>,
}

/// A row for each context, from the best to those that cannot be judged, then by name.
pub fn several(contexts: &[PageContext<'_>]) -> Vec<SeveralRow> {
    let mut rows: Vec<SeveralRow> = contexts.iter().map(row).collect();
    rows.sort_by(order);
    rows
}

fn order(one: &SeveralRow, other: &SeveralRow) -> Ordering {
    let rank = |row: &SeveralRow| row.score.filter(|_| row.standing.is_judged());
    let by_score = match (rank(one), rank(other)) {
        (Some(one), Some(other)) => other.total_cmp(&one),
        (one, other) => other.is_some().cmp(&one.is_some()),
    };
    by_score.then_with(|| one.name.cmp(&other.name))
}

fn row(context: &PageContext<'_>) -> SeveralRow {
    let subject = context.subject;
    let result = context.result();
    let completeness = result.completeness;
    let before = context.result_before().and_then(|before| before.total.score);
    let judged = CoachingIndicator::ALL.into_iter().filter_map(|indicator| {
        let found = result.total.indicator(indicator);
        Some((found.performance?, indicator.name(), found.value.number()?))
    });
    let weakest = judged.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name, value)| (name, value));
    let received = context.evaluator.received();
    let is_lacking = |month: &crate::domain::Month| {
        month.has_begun(subject.as_of) && !received.contains_any(subject.puskesmas, *month)
    };
    SeveralRow {
        name: context.puskesmas_name().to_owned(),
        score: result.total.score,
        standing: context.standing(&result.total),
        change: trend_points(result.total.score, before),
        facilities: (completeness.facilities, completeness.facilities_with_data),
        weakest,
        follow_ups: result.total.indicator(CoachingIndicator::Rtl).ratio.filter(|ratio| ratio.denominator > 0.0),
        months: (completeness.months.received, completeness.months.of),
        lacking: subject.period.months().filter(is_lacking).map(format::month_name).collect(),
    }
}
