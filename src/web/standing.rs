//! The approval of the period that a page is about, in its words: state, days, names, and what waits for a decision.

use std::sync::Arc;

use crate::app::approvals::{PendingChange, PeriodRecord, standing_words};
use crate::app::{App, AppError};
use crate::domain::Period;
use crate::domain::approval::PeriodState;

/// Approval under which a period lies.
#[derive(Clone, Debug)]
pub struct PeriodStanding {
    /// Its steps.
    pub record: Arc<PeriodRecord>,
    /// State, days and names in a sentence.
    pub words: String,
    /// Changes that wait for a decision.
    pub pending: Option<Arc<PendingChange>>,
}

impl PeriodStanding {
    /// The approval of a record, as a page about `shown` tells it.
    pub fn new(
        app: &App,
        puskesmas: &str,
        record: Option<&Arc<PeriodRecord>>,
        shown: Period,
    ) -> Result<Option<Self>, AppError> {
        let Some(record) = record else { return Ok(None) };
        let words = standing_words(record, shown, app.clock());
        let pending = app.approvals().pending(puskesmas, record)?;
        Ok(Some(Self { record: record.clone(), words, pending }))
    }

    /// Name of the symbol beside the words.
    pub fn symbol(&self) -> &'static str {
        state_symbol(self.record.state)
    }
}

/// Name of the symbol of a state.
pub fn state_symbol(state: PeriodState) -> &'static str {
    match state {
        PeriodState::Open => "open",
        PeriodState::Submitted => "sent",
        PeriodState::Approved => "lock",
        PeriodState::Verified => "seal",
    }
}
