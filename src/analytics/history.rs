//! Results over several periods, for trends. Trend is always against the period before, in percentage points.

use crate::domain::{CoachingIndicator, Date, Period, format};

use super::results::{PuskesmasResult, ResultBlock};
use super::{AnalyticsError, Evaluator};

/// One period's results of one Puskesmas.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryPoint {
    /// Period that was evaluated.
    pub period: Period,
    /// Day of evaluation.
    pub as_of: Date,
    /// Total, facilities and completeness of the Puskesmas.
    pub result: PuskesmasResult,
}

/// Several periods' results of one Puskesmas, in the order asked for; none where the Puskesmas is unknown.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// One point a period, in the order asked for.
    pub points: Vec<HistoryPoint>,
}

/// Evaluates one Puskesmas over `periods`.
pub fn history(
    evaluator: &Evaluator,
    puskesmas: u32,
    periods: &[Period],
    as_of: Date,
) -> Result<History, AnalyticsError> {
    let mut points = Vec::with_capacity(periods.len());
    for &period in periods {
        let evaluation = evaluator.evaluate_one(puskesmas, period, as_of)?;
        let as_of = evaluation.as_of;
        points.extend(evaluation.puskesmas.into_iter().map(|result| HistoryPoint { period, as_of, result }));
    }
    Ok(History { points })
}

impl HistoryPoint {
    /// Score of a facility, or of the total.
    pub fn score(&self, facility: Option<u32>) -> Option<f64> {
        self.block(facility)?.score
    }

    /// Percentage of a coaching indicator of a facility, or of the total.
    pub fn indicator(&self, facility: Option<u32>, indicator: CoachingIndicator) -> Option<f64> {
        self.block(facility)?.indicator(indicator).value.number()
    }

    fn block(&self, facility: Option<u32>) -> Option<&ResultBlock> {
        match facility {
            None => Some(&self.result.total),
            Some(facility) => self.result.facility(facility).map(|result| &result.block),
        }
    }
}

/// Change in percentage points between two figures as they are shown ([`format::as_shown`]): 89,9 and then 89,8 has fallen
/// by 0,1, whatever both were before rounding. `None` where one of the two is missing.
pub fn trend_points(current: Option<f64>, previous: Option<f64>) -> Option<f64> {
    Some(format::as_shown(format::as_shown(current?) - format::as_shown(previous?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_that_of_the_figures_shown() {
        assert_eq!(trend_points(Some(89.846), Some(89.858)), Some(-0.1), "89,8 after 89,9");
        assert_eq!(trend_points(Some(89.84), Some(89.76)), Some(0.0), "89,8 after 89,8");
        assert_eq!(trend_points(None, Some(1.0)), None);
    }
}
