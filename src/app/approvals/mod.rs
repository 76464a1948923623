//! Approval of periods: a coordinator hands a period in, the head approves it, the district verifies it or returns it.
//! Approved means that its snapshot is what is shown; what would change it waits until somebody decides.

mod former;
mod frozen;
pub mod pending;
pub mod record;
mod shown;
mod steps;
mod words;

use std::collections::BTreeMap;

pub use former::FormerEvaluation;
pub use pending::{FigureChange, PendingChange, WaitingPeriod};
pub use record::{PeriodRecord, record_over, records};
pub use shown::ShownPeriod;
pub use steps::{DecisionError, Proposal, SeenState, StepDecision};
pub use words::{standing_words, step_words};

use super::{App, AppError};
use crate::domain::Period;

/// Approval of the periods of a data folder.
#[derive(Clone, Copy, Debug)]
pub struct ApprovalService<'a> {
    app: &'a App,
}

impl<'a> ApprovalService<'a> {
    /// The service of an app's data folder.
    pub(super) fn new(app: &'a App) -> Self {
        Self { app }
    }

    /// The approvals of a Puskesmas by period: of every period with which somebody took a step.
    pub fn records(self, puskesmas: &str) -> Result<BTreeMap<Period, PeriodRecord>, AppError> {
        Ok(records(&self.app.store.period_steps(puskesmas)?))
    }

    /// The approval of one period itself.
    pub fn record(self, puskesmas: &str, period: Period) -> Result<PeriodRecord, AppError> {
        let mut records = self.records(puskesmas)?;
        Ok(records.remove(&period).unwrap_or_else(|| PeriodRecord::new(period)))
    }
}
