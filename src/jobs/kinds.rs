//! Dispatch of each kind of job to the file that does its work. Each says in a sentence what it did.

use super::context::RunContext;
use super::{JobError, back_up, check_data, evaluate, import, prune, report};
use crate::definitions::Run;

/// Does what the job says, for the run's due time.
pub fn run(context: &RunContext<'_>) -> Result<String, JobError> {
    match &context.job().run {
        Run::Import { folder } => import::run(context, folder),
        Run::Evaluate { kind, which } => evaluate::run(context, *kind, *which),
        Run::Report(papers) => report::run(context, papers),
        Run::BackUp { daily, monthly } => back_up::run(context, *daily, *monthly),
        Run::CheckData { days_ahead, recap_due_day } => check_data::run(context, *days_ahead, *recap_due_day),
        Run::Prune { ledger_days, finished_days } => prune::run(context, *ledger_days, *finished_days),
    }
}
