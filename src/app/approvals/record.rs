//! A period's approval as its steps add up to it, and the approved periods of a Puskesmas at a moment of that history.
//! Pure: knows no database and no clock.

use std::collections::BTreeMap;

use crate::domain::Period;
use crate::domain::approval::{ApprovalStep, PeriodState, covering};
use crate::store::StoredStep;

/// Approval of one period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodRecord {
    /// Period that it is about.
    pub period: Period,
    /// State after the last step.
    pub state: PeriodState,
    /// Steps, in the order in which they were taken.
    pub steps: Vec<StoredStep>,
}

/// A period whose figures are fixed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LockedPeriod {
    pub period: Period,
    /// Step that fixed them.
    pub step: i64,
    /// Number of what was kept with it.
    pub pin: i64,
    /// Id of the snapshot.
    pub snapshot: String,
}

impl PeriodRecord {
    /// A period with which nobody did anything.
    pub fn new(period: Period) -> Self {
        Self { period, state: PeriodState::default(), steps: Vec::new() }
    }

    /// The last step.
    pub fn last(&self) -> Option<&StoredStep> {
        self.steps.last()
    }

    /// The last step of a kind.
    pub fn last_of(&self, step: ApprovalStep) -> Option<&StoredStep> {
        self.steps.iter().rev().find(|taken| taken.step == step)
    }

    /// Step that fixed the figures that count; `None` where they follow the data.
    pub fn approval(&self) -> Option<&StoredStep> {
        let fixes = |step: &&StoredStep| matches!(step.step, ApprovalStep::Approve | ApprovalStep::TakeOver);
        self.steps.iter().rev().find(fixes).filter(|_| self.state.is_locked())
    }

    /// Step by which the district verified these very figures.
    pub fn verification(&self) -> Option<&StoredStep> {
        self.last_of(ApprovalStep::Verify).filter(|_| self.state == PeriodState::Verified)
    }

    /// Steps that fixed figures which count no more, the latest first: they stay readable.
    pub fn former(&self) -> impl Iterator<Item = &StoredStep> {
        let now = self.approval().map(|step| step.id);
        let fixed = |step: &&StoredStep| matches!(step.step, ApprovalStep::Approve | ApprovalStep::TakeOver);
        self.steps.iter().rev().filter(fixed).filter(move |step| Some(step.id) != now)
    }

    /// The step by which the head left what waits as it is, where nothing was decided since.
    pub fn left(&self) -> Option<&StoredStep> {
        self.last().filter(|step| step.step == ApprovalStep::Leave)
    }

    pub(super) fn locked(&self) -> Option<LockedPeriod> {
        let step = self.approval()?;
        Some(LockedPeriod { period: self.period, step: step.id, pin: step.pin?, snapshot: step.snapshot.clone() })
    }

    fn take(&mut self, step: &StoredStep) {
        // A step that the rules of its time did not allow cannot be there; one that is changes nothing.
        if let Some(after) = self.state.after(step.step) {
            self.state = after;
            self.steps.push(step.clone());
        }
    }
}

/// The approvals that steps add up to, by period.
pub fn records<'a>(steps: impl IntoIterator<Item = &'a StoredStep>) -> BTreeMap<Period, PeriodRecord> {
    let mut records: BTreeMap<Period, PeriodRecord> = BTreeMap::new();
    for step in steps {
        records.entry(step.period).or_insert_with(|| PeriodRecord::new(step.period)).take(step);
    }
    records
}

/// The fixed periods that steps add up to.
pub(super) fn locked<'a>(steps: impl IntoIterator<Item = &'a StoredStep>) -> Vec<LockedPeriod> {
    records(steps).values().filter_map(PeriodRecord::locked).collect()
}

/// The record under which a period lies: the narrowest approval that holds for it, else its own.
pub fn record_over(records: &BTreeMap<Period, PeriodRecord>, period: Period) -> Option<&PeriodRecord> {
    let fixed = records.values().filter(|record| record.state.is_locked()).map(|record| record.period);
    records.get(&covering(fixed, period).unwrap_or(period))
}
