//! One service indicator month by month of a year: of every facility to which it applies. Plain numbers; charts are
//! drawn elsewhere.

use crate::domain::{Aggregation, Date, Month, Ratio, ServiceDefinition};

use super::Evaluator;
use super::achievements::{Achievement, achievements, aggregate};
use super::applies::Applying;

/// Months of one facility.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MonthlyRow {
    /// Index of the facility.
    pub facility: u32,
    /// From January to December: counts since January where the indicator accumulates, else those of the month;
    /// `None` where the month was not reported.
    pub months: [Option<Ratio>; 12],
}

/// The year of one service indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct MonthlyTable {
    /// Its definition in this year.
    pub definition: ServiceDefinition,
    /// Last month that is shown.
    pub until: Month,
    /// Targets due by January … December, in percent.
    pub targets: [f64; 12],
    /// Facilities listed that year to which it applies, in the order of their indices.
    pub rows: Vec<MonthlyRow>,
}

/// The months up to `until`; `None` where the indicator is not in that Puskesmas' list of the year.
pub fn monthly(evaluator: &Evaluator, puskesmas: u32, service: u32, until: Month, as_of: Date) -> Option<MonthlyTable> {
    let year = until.year();
    let (_, definition) = evaluator.services(puskesmas, year).into_iter().find(|&(index, _)| index == service)?;
    let january = Month::new(year, 1)?;
    let applying = Applying { facts: evaluator.facts(), service, definition, year, as_of };
    let rows = evaluator
        .facilities_of(puskesmas)
        .filter(|&facility| evaluator.facts().facilities[facility as usize].is_listed_in(year))
        .filter(|&facility| applying.to(facility))
        .map(|facility| {
            let mut rows = achievements(evaluator.facts(), facility, service, january, until);
            rows.retain(|row| row.month.has_begun(as_of));
            MonthlyRow { facility, months: months(&rows, definition.aggregation) }
        })
        .collect();
    let mut targets = [0.0; 12];
    for (target, place) in targets.iter_mut().zip(0..) {
        *target = definition.target_due(january.plus(place));
    }
    Some(MonthlyTable { definition: definition.clone(), until, targets, rows })
}

/// Pairs of the months, of rows that begin in January.
fn months(rows: &[Achievement], aggregation: Aggregation) -> [Option<Ratio>; 12] {
    let mut months = [None; 12];
    for (place, row) in rows.iter().enumerate() {
        let counted = match aggregation {
            Aggregation::Cumulative if row.is_counted() => &rows[..=place],
            Aggregation::Cumulative => continue,
            Aggregation::Sum | Aggregation::Last => &rows[place..=place],
        };
        months[row.month.month() as usize - 1] = aggregate(counted, aggregation);
    }
    months
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: u32, numerator: Option<f64>, denominator: f64) -> Achievement {
        let month = Month::new(2023, number).unwrap();
        Achievement { month, numerator, denominator: Some(denominator), accumulated: None }
    }

    fn parts(months: &[Option<Ratio>; 12]) -> Vec<Option<(f64, f64)>> {
        months[..5].iter().map(|ratio| ratio.map(|ratio| (ratio.numerator, ratio.denominator))).collect()
    }

    #[test]
    fn a_month_that_was_not_reported_is_a_gap_and_a_zero_is_not() {
        let rows = [row(1, Some(3.0), 40.0), row(2, Some(0.0), 40.0), row(3, None, 40.0), row(5, Some(4.0), 50.0)];
        let since = parts(&months(&rows, Aggregation::Cumulative));
        assert_eq!(since, [Some((3.0, 40.0)), Some((3.0, 40.0)), None, None, Some((7.0, 50.0))]);
        for aggregation in [Aggregation::Sum, Aggregation::Last] {
            let own = parts(&months(&rows, aggregation));
            assert_eq!(own, [Some((3.0, 40.0)), Some((0.0, 40.0)), None, None, Some((4.0, 50.0))]);
        }
    }

    #[test]
    fn a_count_since_january_stands_for_the_months_before() {
        let given = Achievement { numerator: None, accumulated: Some(29.0), ..row(5, None, 60.0) };
        assert_eq!(parts(&months(&[given], Aggregation::Cumulative)), [None, None, None, None, Some((29.0, 60.0))]);
    }
}
