//! Facts of one Puskesmas at one state of the store, and its evaluations, each computed once.

use std::fmt::{self, Write};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use sha2::{Digest, Sha256};

use crate::analytics::results::{Evaluation, PuskesmasResult};
use crate::analytics::{AnalyticsError, ApprovedPeriods, Evaluator};
use crate::domain::decree::DecreeBook;
use crate::domain::{Date, Facts, Period};

/// Bytes of the evaluations that are kept in memory for one Puskesmas, about.
const EVALUATIONS_BYTES_MAX: usize = 8 << 20;
/// Times that the facts' own bytes fit into a snapshot: the facts, their frames, and what lies between.
const FACTS_TIMES: usize = 3;

/// An evaluation with what it was asked for.
type Remembered = ((Period, Date), Arc<Evaluation>);

/// Facts of one Puskesmas in frames, with its evaluations remembered.
#[derive(Debug)]
pub struct Snapshot {
    version: u64,
    facts: Arc<Facts>,
    evaluator: Evaluator,
    evaluations: Mutex<Vec<Remembered>>,
    digest: OnceLock<[u8; 32]>,
}

impl Snapshot {
    /// Turns facts (of one Puskesmas) into frames; results of `approved` periods go before those of the facts.
    pub fn new(
        version: u64,
        facts: Facts,
        decrees: &DecreeBook,
        approved: Option<Arc<dyn ApprovedPeriods>>,
    ) -> Result<Self, AnalyticsError> {
        let facts = Arc::new(facts);
        let evaluator = Evaluator::new(facts.clone(), decrees.clone())?;
        let evaluator = match approved {
            Some(approved) => evaluator.with_approved(approved),
            None => evaluator,
        };
        Ok(Self { version, facts, evaluator, evaluations: Mutex::default(), digest: OnceLock::new() })
    }

    /// The version of its Puskesmas' facts that it shows.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The id of what is shown for a period as of a day, made from the inputs alone: the same facts and decrees give
    /// the same id on every machine, another fact another id.
    pub fn id(&self, period: Period, as_of: Date) -> String {
        let inputs = self.digest.get_or_init(|| {
            let mut digest = Digesting(Sha256::new());
            // Writing into a digest cannot fail, and facts are ordered whatever the order of import.
            write!(digest, "{:?}", self.facts).ok();
            digest.0.finalize().into()
        });
        let mut digest = Digesting(Sha256::new());
        digest.0.update(inputs);
        write!(digest, "{period} {}", period.clamp_as_of(as_of)).ok();
        for (puskesmas, _) in (0..).zip(&self.facts.puskesmas) {
            write!(digest, "{:?}", self.evaluator.decree(puskesmas, period.year())).ok();
        }
        // Comparisons rest on what was approved of other periods.
        digest.0.update(self.evaluator.approved_beside(period));
        digest.0.finalize().iter().take(5).fold(String::new(), |text, byte| format!("{text}{byte:02X}"))
    }

    /// Facts that count in this state of the store.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// The same, to be held beside the snapshot.
    pub fn shared_facts(&self) -> Arc<Facts> {
        self.facts.clone()
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
        kept.push((key, evaluation.clone()));
        // The oldest go; the one just made stays, whatever it takes.
        while kept.len() > 1 && kept.iter().map(|(_, one)| one.bytes()).sum::<usize>() > EVALUATIONS_BYTES_MAX {
            kept.remove(0);
        }
        Ok(evaluation)
    }

    /// The evaluation of a period by these facts alone, whatever was approved: what an approval would fix.
    pub fn evaluate_latest(&self, period: Period, as_of: Date) -> Result<Evaluation, AnalyticsError> {
        self.evaluator.evaluate_latest(period, as_of)
    }

    /// Bytes that it takes in memory at most, about.
    pub fn bytes(&self) -> usize {
        self.facts.bytes() * FACTS_TIMES + EVALUATIONS_BYTES_MAX
    }

    /// The one Puskesmas' result within an evaluation of this snapshot; `None` where nothing is registered.
    pub fn result_of(evaluation: &Evaluation) -> Option<&PuskesmasResult> {
        evaluation.puskesmas.first()
    }
}

/// Text on its way into a digest.
struct Digesting(Sha256);

impl Write for Digesting {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.update(text);
        Ok(())
    }
}
