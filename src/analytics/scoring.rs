//! From pairs to performances, IND, score and status. Pure: one block at a time, whether a facility's or a total's.

use std::sync::Arc;

use crate::domain::indicator::performance;
use crate::domain::{CoachingIndicator, Decree, Direction, Ratio, Value};

use super::decrees::ServiceInForce;
use super::results::{IndicatorResult, MonthsReceived, ResultBlock, ServiceResult};

/// Pair of one coaching indicator before it is judged, with the months that it rests on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    /// Numerator and denominator; zero where nothing is there to judge.
    pub ratio: Ratio,
    /// Months that it rests on.
    pub months: MonthsReceived,
    /// True if a recap that was not received could hold something to judge.
    pub unreported: bool,
}

/// Counts by [`CoachingIndicator::index`]; those of IND hold no ratio.
pub type CountsByIndicator = [Counts; CoachingIndicator::COUNT];

/// Judges a facility or a total.
pub fn block(decree: &Decree, counts: &CountsByIndicator, service: Vec<ServiceResult>) -> ResultBlock {
    let indicators = CoachingIndicator::ALL.map(|indicator| {
        let counts = &counts[indicator.index()];
        let rule = decree.rule(indicator);
        let (ratio, value) = match indicator {
            CoachingIndicator::Ind => (None, service_value(&service, counts.unreported)),
            _ => (Some(counts.ratio), coaching_value(counts)),
        };
        let performance = value.number().map(|value| performance(value, rule.target, Direction::HigherIsBetter));
        IndicatorResult { ratio, value, target: rule.target, weight: rule.weight, performance, months: counts.months }
    });
    let score = weighted_mean(indicators.iter().filter_map(|result| Some((result.weight, result.performance?))));
    ResultBlock { score, status: decree.thresholds.status(score), indicators, service }
}

/// Judges one service indicator; `target` is the one due.
pub fn service_result(
    in_force: &ServiceInForce<'_>,
    target: f64,
    ratio: Ratio,
    months: MonthsReceived,
) -> ServiceResult {
    let definition = in_force.definition;
    let mut result = ServiceResult {
        service: in_force.service,
        code: Arc::clone(&in_force.code),
        ratio,
        value: Value::CannotCompute,
        target,
        weight: definition.weight,
        direction: definition.direction,
        aggregation: definition.aggregation,
        performance: None,
        months,
    };
    judge_service(&mut result);
    result
}

/// Value and performance of a service indicator from its pair and target.
pub fn judge_service(result: &mut ServiceResult) {
    let percent = result.ratio.percent();
    result.value = percent.map_or(Value::CannotCompute, Value::Number);
    result.performance = percent.map(|percent| performance(percent, result.target, result.direction));
}

fn coaching_value(counts: &Counts) -> Value {
    match counts.ratio.percent() {
        Some(percent) => Value::Number(percent),
        None if counts.unreported => Value::NotReported,
        None => Value::NotApplicable,
    }
}

/// IND: the weighted mean of the performances of the applicable service indicators.
fn service_value(service: &[ServiceResult], unreported: bool) -> Value {
    let applicable = service.iter().filter_map(|result| Some((result.weight, result.performance?)));
    match weighted_mean(applicable) {
        Some(mean) => Value::Number(mean),
        None if service.iter().any(|result| result.value == Value::CannotCompute) => Value::CannotCompute,
        None if unreported => Value::NotReported,
        None => Value::NotApplicable,
    }
}

/// Σ weight × value / Σ weight; `None` where no weight is above zero.
fn weighted_mean(weighted: impl Iterator<Item = (f64, f64)>) -> Option<f64> {
    let (sum, weights) = weighted
        .filter(|&(weight, _)| weight > 0.0)
        .fold((0.0, 0.0), |(sum, weights), (weight, value)| (sum + weight * value, weights + weight));
    (weights > 0.0).then(|| sum / weights)
}
