//! The entrance: facts become frames once, then any period as of any date becomes results.

use std::sync::Arc;

use crate::domain::{Date, Decree, Facts, Period, ServiceDefinition};

use super::received::ReceivedMonths;
use super::results::{Block, Evaluation};
use super::{AnalyticsError, Selection, decrees};

/// Facts in frames, ready to be evaluated.
#[derive(Debug)]
pub struct Evaluator {
    facts: Arc<Facts>,
    default_decree: Decree,
    received: ReceivedMonths,
}

impl Evaluator {
    /// Builds the frames. `default_decree` holds where a Puskesmas has none of its own.
    pub fn new(facts: Arc<Facts>, default_decree: Decree) -> Result<Self, AnalyticsError> {
        let received = ReceivedMonths::new(&facts.received);
        Ok(Self { facts, default_decree, received })
    }

    /// The facts behind it.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Which tables of which months were received.
    pub fn received(&self) -> &ReceivedMonths {
        &self.received
    }

    /// The decree in force for a Puskesmas in a year.
    pub fn decree(&self, puskesmas: u32, year: i32) -> Decree {
        decrees::decree_in(&self.facts, &self.default_decree, puskesmas, year)
    }

    /// The service indicators in force for a Puskesmas in a year, by index in [`Facts::services`], in list order.
    pub fn services(&self, puskesmas: u32, year: i32) -> Vec<(u32, &ServiceDefinition)> {
        decrees::services_in(&self.facts, puskesmas, year)
    }

    /// Evaluates every Puskesmas of the facts; `as_of` is cut to the period's last day.
    pub fn evaluate(&self, period: Period, as_of: Date) -> Result<Evaluation, AnalyticsError> {
        todo!()
    }

    /// Evaluates one Puskesmas; the evaluation holds that one alone (none where the index is unknown).
    pub fn evaluate_one(&self, puskesmas: u32, period: Period, as_of: Date) -> Result<Evaluation, AnalyticsError> {
        todo!()
    }

    /// The total of some facilities of an evaluation (indexes in [`Facts::facilities`]; those not listed are passed
    /// over): their pairs pooled, IND and score computed from the pooled indicators.
    pub fn pool(&self, evaluation: &Evaluation, facilities: &[u32]) -> Block {
        todo!()
    }

    /// The total of the facilities of an evaluation that belong to `selection`.
    pub fn pool_selection(&self, evaluation: &Evaluation, selection: &Selection) -> Block {
        let chosen: Vec<u32> = (0_u32..)
            .zip(&self.facts.facilities)
            .filter(|(_, facility)| selection.contains(facility))
            .map(|(index, _)| index)
            .collect();
        self.pool(evaluation, &chosen)
    }
}
