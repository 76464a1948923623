//! One facility's achievements of one service indicator, straight from the facts, month by month. Pure; the frames sum
//! the same rows for everybody at once.

use crate::domain::accumulated::SinceJanuary;
use crate::domain::{Aggregation, Facts, Month, Ratio};

/// Row of one facility, service indicator and month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Achievement {
    /// Month that the counts are of.
    pub month: Month,
    /// Numerator; without one the month is not reported.
    pub numerator: Option<f64>,
    /// Denominator (*sasaran*), of the month or of the year; without one the month does not count.
    pub denominator: Option<f64>,
    /// Count since January, where it was given.
    pub accumulated: Option<f64>,
}

impl Achievement {
    /// Reports whether it says something of the count since January.
    pub fn is_counted(&self) -> bool {
        self.numerator.or(self.accumulated).is_some()
    }

    /// The count since January with this month; `None` where it reported nothing.
    pub fn since_january(&self, before: SinceJanuary) -> Option<SinceJanuary> {
        before.with(self.month.month(), self.numerator, self.accumulated)
    }
}

/// The rows of one facility and service indicator from `first` to `last`, in order of months.
pub fn achievements(facts: &Facts, facility: u32, service: u32, first: Month, last: Month) -> Vec<Achievement> {
    let columns = &facts.achievements;
    let start = columns.facility.partition_point(|&code| code < facility);
    let end = start + columns.facility[start..].partition_point(|&code| code == facility);
    let from = start + columns.service[start..end].partition_point(|&code| code < service);
    let until = from + columns.service[from..end].partition_point(|&code| code == service);
    (from..until)
        .map(|row| Achievement {
            month: Month::from_number(columns.month[row]),
            numerator: columns.numerator[row],
            denominator: columns.denominator[row],
            accumulated: columns.accumulated.get(&row).copied(),
        })
        .filter(|row| first <= row.month && row.month <= last)
        .collect()
}

/// The last reported denominator: of cumulative indicators the annual one.
pub fn last_denominator(rows: &[Achievement]) -> Option<f64> {
    rows.iter().rev().filter(|row| row.is_counted()).find_map(|row| row.denominator)
}

/// Pools rows into one pair by the indicator's aggregation; `None` where no month was reported.
pub fn aggregate(rows: &[Achievement], aggregation: Aggregation) -> Option<Ratio> {
    let pairs =
        || rows.iter().filter_map(|row| Some(Ratio { numerator: row.numerator?, denominator: row.denominator? }));
    match aggregation {
        Aggregation::Sum => pairs().reduce(|sum, pair| sum + pair),
        Aggregation::Last => pairs().next_back(),
        Aggregation::Cumulative => {
            let sum = |before: Option<SinceJanuary>, row: &Achievement| {
                row.since_january(before.unwrap_or_default()).or(before)
            };
            let since_january = rows.iter().fold(None, sum)?;
            Some(Ratio { numerator: since_january.count, denominator: last_denominator(rows).unwrap_or(0.0) })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(month: i32, numerator: Option<f64>, denominator: Option<f64>) -> Achievement {
        let month = Month::from_number(2023 * 12 + month - 1);
        Achievement { month, numerator, denominator, accumulated: None }
    }

    #[test]
    fn the_three_aggregations() {
        let rows = [
            row(1, Some(3.0), Some(10.0)),
            row(2, Some(0.0), Some(20.0)),
            row(4, Some(5.0), Some(40.0)),
            row(5, None, Some(99.0)),
        ];
        let ratio = |numerator, denominator| Some(Ratio { numerator, denominator });
        assert_eq!(aggregate(&rows, Aggregation::Sum), ratio(8.0, 70.0));
        assert_eq!(aggregate(&rows, Aggregation::Cumulative), ratio(8.0, 40.0));
        assert_eq!(aggregate(&rows, Aggregation::Last), ratio(5.0, 40.0));
    }

    #[test]
    fn a_count_since_january_stands_for_months_that_are_not_known() {
        let since =
            |month, numerator, count| Achievement { accumulated: Some(count), ..row(month, numerator, Some(40.0)) };
        let rows = [since(5, None, 29.0), since(6, Some(4.0), 33.0)];
        let ratio = |numerator, denominator| Some(Ratio { numerator, denominator });
        assert_eq!(aggregate(&rows, Aggregation::Cumulative), ratio(33.0, 40.0));
        assert_eq!(aggregate(&rows[..1], Aggregation::Cumulative), ratio(29.0, 40.0));
        assert_eq!(aggregate(&rows, Aggregation::Sum), ratio(4.0, 40.0));
        assert_eq!(aggregate(&rows[..1], Aggregation::Last), None);
    }

    #[test]
    fn a_denominator_alone_is_not_reported_and_a_zero_is() {
        for aggregation in [Aggregation::Sum, Aggregation::Cumulative, Aggregation::Last] {
            assert_eq!(aggregate(&[row(1, None, Some(10.0))], aggregation), None);
            let zero = Some(Ratio { numerator: 0.0, denominator: 0.0 });
            assert_eq!(aggregate(&[row(1, Some(0.0), Some(0.0))], aggregation), zero);
        }
    }
}
