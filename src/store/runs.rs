//! The ledger of job runs, keyed by job and due time.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row};

use super::codec::{Columns, instant, instant_text};
use super::{JobRun, Store, StoreError};

impl Store {
    /// Writes a run into the ledger; an entry of the same job and due time is brought up to date.
    pub fn record_run(&self, run: &JobRun) -> Result<(), StoreError> {
        self.write(|connection| {
            connection.execute(
                "INSERT INTO job_runs (job, due, started, ended, outcome, message) VALUES ($1, $2, $3, $4, $5, $6) \
                 ON CONFLICT (job, due) DO UPDATE SET started = excluded.started, ended = excluded.ended, \
                 outcome = excluded.outcome, message = excluded.message",
                (
                    &run.job,
                    instant_text(run.due),
                    instant_text(run.started),
                    run.ended.map(instant_text),
                    &run.outcome,
                    &run.message,
                ),
            )?;
            Ok(())
        })
    }

    /// Enters a run unless this job has one of the same due time already; `false` where it has. So that no two
    /// processes run the same due time.
    pub fn claim_run(&self, run: &JobRun) -> Result<bool, StoreError> {
        self.write(|connection| {
            let entered = connection.execute(
                "INSERT INTO job_runs (job, due, started, ended, outcome, message) VALUES ($1, $2, $3, $4, $5, $6) \
                 ON CONFLICT (job, due) DO NOTHING",
                (
                    &run.job,
                    instant_text(run.due),
                    instant_text(run.started),
                    run.ended.map(instant_text),
                    &run.outcome,
                    &run.message,
                ),
            )?;
            Ok(entered == 1)
        })
    }

    /// The run of a job with the latest due time.
    pub fn last_run(&self, job: &str) -> Result<Option<JobRun>, StoreError> {
        Ok(self.runs(job, 1)?.pop())
    }

    /// The last `count` runs of a job, the latest first.
    pub fn runs(&self, job: &str, count: u32) -> Result<Vec<JobRun>, StoreError> {
        self.read(|connection| runs(connection, job, count))
    }
}

fn runs(connection: &Connection, job: &str, count: u32) -> Result<Vec<JobRun>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT job, due, started, ended, outcome, message FROM job_runs WHERE job = $1 ORDER BY due DESC LIMIT $2",
    )?;
    let mut rows = statement.query((job, count))?;
    let mut runs = Vec::new();
    while let Some(row) = rows.next()? {
        runs.push(run(row)?);
    }
    Ok(runs)
}

fn run(row: &Row<'_>) -> Result<JobRun, StoreError> {
    let mut columns = Columns::new(row);
    let ended = |text: Option<String>| -> Result<Option<DateTime<Utc>>, StoreError> {
        text.map(|text| instant(&text)).transpose()
    };
    Ok(JobRun {
        job: columns.get()?,
        due: columns.instant()?,
        started: columns.instant()?,
        ended: ended(columns.get()?)?,
        outcome: columns.get()?,
        message: columns.get()?,
    })
}
