//! Results over several periods, for trends. Trend is always against the period before, in percentage points.

use crate::domain::{Date, Period};

use super::results::PuskesmasResult;
use super::{AnalyticsError, Evaluator};

/// One period's results of one Puskesmas.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryPoint {
    /// Which period.
    pub period: Period,
    /// As of which day.
    pub as_of: Date,
    /// Total, facilities, completeness.
    pub result: PuskesmasResult,
}

/// Several periods' results of one Puskesmas, in the order asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// The points.
    pub points: Vec<HistoryPoint>,
}

/// Evaluates one Puskesmas over `periods`.
pub fn history(
    evaluator: &Evaluator,
    puskesmas: u32,
    periods: &[Period],
    as_of: Date,
) -> Result<History, AnalyticsError> {
    todo!()
}

/// Change in percentage points; `None` where one of the two is missing.
pub fn trend_points(current: Option<f64>, previous: Option<f64>) -> Option<f64> {
    Some(current? - previous?)
}
