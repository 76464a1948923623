//! Achievements as frames, one for each aggregation, so that a group-by computes no more than its aggregation needs.
//! Which aggregation a row has is settled by the list in force in the row's own year: no period crosses a year.

use std::collections::BTreeMap;

use polars::prelude::*;

use crate::domain::{Aggregation, Facts, Month};

use super::frames::{frame, sorted};
use super::{AnalyticsError, decrees};

/// The aggregations, in the order of the frames.
pub const AGGREGATIONS: [Aggregation; 3] = [Aggregation::Sum, Aggregation::Cumulative, Aggregation::Last];

/// Reported achievements of the service indicators of one aggregation.
#[derive(Debug)]
pub struct AchievementFrame {
    /// `pair`, `month`, `numerator`, `denominator`; of cumulative indicators the sum since January and the last one
    /// reported by that month in its year (null before the first), so that a period's figure is its last row.
    pub rows: DataFrame,
    /// (facility, service) of each `pair` code, ascending.
    pub pairs: Vec<(u32, u32)>,
}

/// Builds the frames in the order of [`AGGREGATIONS`], leaving out what is not reported or not in force.
pub fn build(facts: &Facts) -> Result<[AchievementFrame; 3], AnalyticsError> {
    let rows = &facts.achievements;
    let mut columns = AGGREGATIONS.map(|_| Columns::default());
    let mut lists: BTreeMap<i32, Vec<Option<Aggregation>>> = BTreeMap::new();
    for row in 0..rows.facility.len() {
        let Some(mut numerator) = rows.numerator[row] else { continue };
        let year = Month::from_number(rows.month[row]).year();
        let list = lists.entry(year).or_insert_with(|| aggregations_in(facts, year));
        let pair = (rows.facility[row], rows.service[row]);
        let (place, denominator) = match list[pair.1 as usize] {
            Some(Aggregation::Sum) if rows.denominator[row].is_some() => (0, rows.denominator[row]),
            Some(Aggregation::Cumulative) => {
                let (sum, denominator) = columns[1].row_before(pair, year).unwrap_or((0.0, None));
                numerator += sum;
                (1, rows.denominator[row].or(denominator))
            }
            Some(Aggregation::Last) if rows.denominator[row].is_some() => (2, rows.denominator[row]),
            Some(Aggregation::Sum | Aggregation::Last) | None => continue,
        };
        columns[place].push(pair, rows.month[row], numerator, denominator);
    }
    let [sum, cumulative, last] = columns;
    Ok([sum.into_frame()?, cumulative.into_frame()?, last.into_frame()?])
}

/// How each service indicator is aggregated in `year`; `None` where it is not in force.
fn aggregations_in(facts: &Facts, year: i32) -> Vec<Option<Aggregation>> {
    let mut aggregations = vec![None; facts.services.len()];
    for (puskesmas, _) in (0_u32..).zip(&facts.puskesmas) {
        for (service, definition) in decrees::services_in(facts, puskesmas, year) {
            aggregations[service as usize] = Some(definition.aggregation);
        }
    }
    aggregations
}

#[derive(Default)]
struct Columns {
    pairs: Vec<(u32, u32)>,
    codes: Vec<u32>,
    months: Vec<i32>,
    numerators: Vec<f64>,
    denominators: Vec<Option<f64>>,
}

impl Columns {
    fn push(&mut self, pair: (u32, u32), month: i32, numerator: f64, denominator: Option<f64>) {
        if self.pairs.last() != Some(&pair) {
            self.pairs.push(pair);
        }
        self.codes.push(u32::try_from(self.pairs.len() - 1).unwrap_or(u32::MAX));
        self.months.push(month);
        self.numerators.push(numerator);
        self.denominators.push(denominator);
    }

    /// Counts of the row before, if that is of the same pair and year.
    fn row_before(&self, pair: (u32, u32), year: i32) -> Option<(f64, Option<f64>)> {
        let same_year = Month::from_number(*self.months.last()?).year() == year;
        let same = self.pairs.last() == Some(&pair) && same_year;
        if same { Some((*self.numerators.last()?, *self.denominators.last()?)) } else { None }
    }

    fn into_frame(self) -> Result<AchievementFrame, AnalyticsError> {
        let denominators: Float64Chunked = self.denominators.into_iter().collect();
        let rows = frame(
            "capaian",
            vec![
                sorted("pair", self.codes),
                Column::new("month".into(), self.months),
                Column::new("numerator".into(), self.numerators),
                denominators.with_name("denominator".into()).into_column(),
            ],
        )?;
        Ok(AchievementFrame { rows, pairs: self.pairs })
    }
}
