//! Dispatch of each kind of job to the file that does its work. Each says in a sentence what it did.

use super::context::{RunContext, RunSaid};
use super::{JobError, back_up, check_data, dhis2, evaluate, import, prune, report};
use crate::definitions::JobAction;

/// Does what the job says, for the run's due time.
pub fn run(context: &RunContext<'_>) -> Result<RunSaid, JobError> {
    let said = match &context.job().run {
        JobAction::Import { folder } => import::run(context, folder),
        JobAction::Evaluate { kind, which } => evaluate::run(context, *kind, *which),
        JobAction::Dhis2 { which } => dhis2::run(context, *which),
        JobAction::Report(papers) => return report::run(context, papers),
        JobAction::BackUp { daily, monthly } => back_up::run(context, *daily, *monthly),
        JobAction::CheckData { days_ahead, recap_due_day } => check_data::run(context, *days_ahead, *recap_due_day),
        JobAction::Prune { ledger_days, finished_days } => prune::run(context, *ledger_days, *finished_days),
    };
    said.map(RunSaid::Done)
}
