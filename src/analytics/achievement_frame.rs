//! Achievements as frames, one for each aggregation, so that a group-by computes no more than its aggregation needs.
//! The list in force in a row's own year settles its aggregation: no period crosses a year.

use std::collections::BTreeMap;

use polars::prelude::*;

use crate::domain::accumulated::SinceJanuary;
use crate::domain::{Aggregation, Facts, Month, ServiceDefinition};

use super::columns::{frame, sorted};
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
    let mut columns = AGGREGATIONS.map(|_| FrameColumns::default());
    let mut lists: BTreeMap<i32, Vec<Option<&ServiceDefinition>>> = BTreeMap::new();
    let mut running: Option<Running> = None;
    for row in 0..rows.facility.len() {
        let numerator = rows.numerator[row];
        let accumulated = rows.accumulated.get(&row).copied();
        if numerator.or(accumulated).is_none() {
            continue;
        }
        let month = Month::from_number(rows.month[row]);
        let list = lists.entry(month.year()).or_insert_with(|| definitions_in(facts, month.year()));
        let pair = (rows.facility[row], rows.service[row]);
        let definition = list[pair.1 as usize].filter(|definition| is_counted(facts, definition, pair.0));
        let aggregation = definition.map(|definition| definition.aggregation);
        let (place, numerator, denominator) = match (aggregation, numerator) {
            (Some(Aggregation::Cumulative), _) => {
                let of = (pair, month.year());
                let before = running.filter(|before| before.of == of);
                let so_far = before.map_or(SinceJanuary::default(), |before| before.numerators);
                let numerators = so_far.with(month.month(), numerator, accumulated).unwrap_or(so_far);
                let denominator = rows.denominator[row].or(before.and_then(|before| before.denominator));
                running = Some(Running { of, numerators, denominator });
                (1, numerators.count, denominator)
            }
            (Some(Aggregation::Sum), Some(numerator)) if rows.denominator[row].is_some() => {
                (0, numerator, rows.denominator[row])
            }
            (Some(Aggregation::Last), Some(numerator)) if rows.denominator[row].is_some() => {
                (2, numerator, rows.denominator[row])
            }
            _ => continue,
        };
        columns[place].push(pair, rows.month[row], numerator, denominator);
    }
    let [sum, cumulative, last] = columns;
    Ok([sum.into_frame()?, cumulative.into_frame()?, last.into_frame()?])
}

/// A cumulative indicator's counts so far.
#[derive(Clone, Copy)]
struct Running {
    /// Facility and service, and the year.
    of: ((u32, u32), i32),
    numerators: SinceJanuary,
    denominator: Option<f64>,
}

/// Returns the definition of each service indicator in `year`, by index; `None` where it is not in force.
fn definitions_in(facts: &Facts, year: i32) -> Vec<Option<&ServiceDefinition>> {
    let mut definitions = vec![None; facts.services.len()];
    for (puskesmas, _) in (0_u32..).zip(&facts.puskesmas) {
        for (service, definition) in decrees::services_in(facts, puskesmas, year) {
            definitions[service as usize] = Some(definition);
        }
    }
    definitions
}

/// Reports whether a report of the facility counts: where the list names kinds, only theirs do.
fn is_counted(facts: &Facts, definition: &ServiceDefinition, facility: u32) -> bool {
    let named = &definition.applies_to;
    named.is_empty() || facts.facilities.get(facility as usize).is_some_and(|facility| named.name(facility))
}

#[derive(Default)]
struct FrameColumns {
    pairs: Vec<(u32, u32)>,
    codes: Vec<u32>,
    months: Vec<i32>,
    numerators: Vec<f64>,
    denominators: Vec<Option<f64>>,
}

impl FrameColumns {
    fn push(&mut self, pair: (u32, u32), month: i32, numerator: f64, denominator: Option<f64>) {
        if self.pairs.last() != Some(&pair) {
            self.pairs.push(pair);
        }
        self.codes.push(u32::try_from(self.pairs.len() - 1).unwrap_or(u32::MAX));
        self.months.push(month);
        self.numerators.push(numerator);
        self.denominators.push(denominator);
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
