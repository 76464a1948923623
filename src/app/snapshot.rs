//! What is known of one Puskesmas at one state of the store, and its evaluations, each computed once.

use std::sync::{Arc, Mutex, PoisonError};

use crate::analytics::results::{Evaluation, PuskesmasResult};
use crate::analytics::{AnalyticsError, Evaluator};
use crate::domain::decree::DecreeBook;
use crate::domain::{Date, Facts, Period};

/// Evaluations kept in memory for one Puskesmas.
const EVALUATIONS_KEPT_MAX: usize = 128;

/// An evaluation with what it was asked for.
type Remembered = ((Period, Date), Arc<Evaluation>);

/// Facts of one Puskesmas in frames, with its evaluations remembered.
#[derive(Debug)]
pub struct Snapshot {
    version: u64,
    facts: Arc<Facts>,
    evaluator: Evaluator,
    evaluations: Mutex<Vec<Remembered>>,
}

impl Snapshot {
    /// Turns facts (of one Puskesmas) into frames.
    pub fn new(version: u64, facts: Facts, decrees: &DecreeBook) -> Result<Self, AnalyticsError> {
        let facts = Arc::new(facts);
        let evaluator = Evaluator::new(facts.clone(), decrees.clone())?;
        Ok(Self { version, facts, evaluator, evaluations: Mutex::default() })
    }

    /// The store's version that it shows.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The facts.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// The evaluator, for what goes beyond one evaluation (explanations, PWS, calendars).
    pub fn evaluator(&self) -> &Evaluator {
        &self.evaluator
    }

    /// The evaluation of a period as of a day (cut to the period's end), computed once.
    pub fn evaluate(&self, period: Period, as_of: Date) -> Result<Arc<Evaluation>, AnalyticsError> {
        let key = (period, period.clamp_as_of(as_of));
        let kept = self.evaluations.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, evaluation)) = kept.iter().find(|(known, _)| *known == key) {
            return Ok(evaluation.clone());
        }
        drop(kept);
        let evaluation = Arc::new(self.evaluator.evaluate(period, key.1)?);
        let mut kept = self.evaluations.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= EVALUATIONS_KEPT_MAX {
            kept.remove(0);
        }
        kept.push((key, evaluation.clone()));
        Ok(evaluation)
    }

    /// The one Puskesmas' result within an evaluation of this snapshot; `None` where nothing is registered.
    pub fn result_of(evaluation: &Evaluation) -> Option<&PuskesmasResult> {
        evaluation.puskesmas.first()
    }
}
