//! Scheduled work: when ([`due`], pure) and what ([`run`]). One thread settles what is due while the service
//! runs; the command line and the pages read the ledger. Knows no HTTP.

pub mod due;
mod import;
mod inbox;
mod scheduler;

use chrono::{DateTime, Utc};

use crate::app::{App, AppError};
use crate::definitions::{Job, Run};
use crate::store::JobRun;

pub use scheduler::Scheduler;

/// How a run ended, in the ledger's words.
pub mod outcome {
    /// Still running (or cut off).
    pub const RUNNING: &str = "running";
    /// All of it was done.
    pub const DONE: &str = "done";
    /// Something kept it from being done.
    pub const FAILED: &str = "failed";
    /// It was due while nothing ran.
    pub const MISSED: &str = "missed";
}

/// What stopped a run.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// The app.
    #[error(transparent)]
    App(#[from] AppError),
    /// The folders of the job.
    #[error("folder pekerjaan tidak dapat dibaca atau ditulis: {0}")]
    Folder(#[from] std::io::Error),
    /// The ledger.
    #[error("catatan pekerjaan tidak dapat ditulis: {0}")]
    Ledger(#[from] crate::store::StoreError),
}

/// Runs one job for one due time, and writes it into the ledger before and after.
pub fn run(app: &App, job: &Job, due: DateTime<Utc>) -> Result<JobRun, JobError> {
    let mut entry = JobRun {
        job: job.name.clone(),
        due,
        started: app.clock().now(),
        ended: None,
        outcome: outcome::RUNNING.to_owned(),
        message: "sedang berjalan".to_owned(),
    };
    app.store().record_run(&entry)?;
    let result = match &job.run {
        Run::Import { folder } => import::run(app, folder),
    };
    let (outcome, message) = match result {
        Ok(message) => (outcome::DONE, message),
        Err(error) => {
            tracing::error!(job.name = %job.name, error = %error, "pekerjaan gagal");
            (outcome::FAILED, error.to_string())
        }
    };
    entry.ended = Some(app.clock().now());
    outcome.clone_into(&mut entry.outcome);
    entry.message = message;
    app.store().record_run(&entry)?;
    Ok(entry)
}
