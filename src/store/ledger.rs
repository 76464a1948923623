//! The ledger of job runs: one row a job and due time, whoever enters it. (SQLite numbers `$n` by first appearance, so
//! every statement names them in order.)

use chrono::{DateTime, Utc};
use rusqlite::types::ToSql;
use rusqlite::{Connection, OptionalExtension, Row};

use super::audit::{self, AuditEntry, AuditFields};
use super::codec::{Columns, instant, instant_text, word};
use super::ledger_types::{JobRun, NewRun, RunEnd, RunId, RunReason, RunState};
use super::scoped::Scoped;
use super::{By, Store, StoreError};
use crate::domain::access::Right;
use crate::domain::audit::AuditAction;

const COLUMNS: &str = "id, job, due, since, covers, reason, state, attempt, entered, started, ended, retry_at, who, \
     message, step, steps_done, steps_total";
/// Lines kept of one run; the last one says that there were more.
const LINES_MAX: i64 = 2_000;
/// Characters kept of one line.
const LINE_CHARS_MAX: usize = 500;

/// The same work, refused to whoever does not run the jobs of the installation.
fn for_those_of_jobs<T>(
    work: impl FnOnce(&Scoped<'_>) -> Result<T, StoreError>,
) -> impl FnOnce(&Scoped<'_>) -> Result<T, StoreError> {
    move |connection: &Scoped<'_>| {
        connection.require(&[Right::RunJobs], "")?;
        work(connection)
    }
}

/// Runs of jobs, their logs and files, what waits to be told, and kept evaluations.
#[derive(Clone, Copy, Debug)]
pub struct RunLedger<'s> {
    pub(super) store: &'s Store,
}

impl Store {
    /// The ledger of jobs.
    pub fn ledger(&self) -> RunLedger<'_> {
        RunLedger { store: self }
    }
}

impl RunLedger<'_> {
    /// Reads for those alone to whom the jobs of the installation are shown.
    pub(super) fn read<T>(self, work: impl FnOnce(&Scoped<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.store.read(for_those_of_jobs(work))
    }

    /// Changes for those alone who run the jobs of the installation.
    pub(super) fn write<T>(self, work: impl FnOnce(&Scoped<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.store.write(for_those_of_jobs(work))
    }

    /// The same where nothing may come of it.
    pub(super) fn write_if<T>(
        self,
        work: impl FnOnce(&Scoped<'_>) -> Result<Option<T>, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        self.store.write_if(for_those_of_jobs(work))
    }

    /// Enters due times and moves the mark up to which the job is settled, in one transaction. A due time that stands
    /// there already stays as it is, except that one marked missed by a clock that ran ahead (`entered` before its own
    /// time, or later than `now`) is entered anew. Gives how many were entered.
    pub fn enter_runs(
        self,
        job: &str,
        runs: &[NewRun],
        settled_until: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<usize, StoreError> {
        self.write(|connection| {
            let mut entered = 0;
            for run in runs {
                entered += usize::from(enter(connection, run, now)?);
            }
            connection.execute(
                "INSERT INTO job_states (job, settled_until, paused_at, paused_by) VALUES ($1, $2, NULL, NULL) \
                 ON CONFLICT (job) DO UPDATE SET settled_until = excluded.settled_until",
                (job, instant_text(settled_until)),
            )?;
            Ok(entered)
        })
    }

    /// Enters one run that somebody asked for; `None` where this job is under way or waits already.
    pub fn enter_manual(self, run: &NewRun, by: By<'_>) -> Result<Option<RunId>, StoreError> {
        self.write_if(|connection| {
            let open: i64 = connection.query_row(
                "SELECT COUNT(*) FROM ledger WHERE job = $1 AND state IN ('due', 'running')",
                [&run.job],
                |row| row.get(0),
            )?;
            if open > 0 || !enter(connection, run, by.at)? {
                return Ok(None);
            }
            let id: RunId = connection.query_row(
                "SELECT id FROM ledger WHERE job = $1 AND due = $2",
                (&run.job, instant_text(run.due)),
                |row| row.get(0),
            )?;
            let entry = AuditEntry::new(AuditAction::JobRequested, format!("tugas {}", run.job));
            audit::append(connection, by, &entry.after(AuditFields::none().with("Pelaksanaan", id)))?;
            Ok(Some(id))
        })
    }

    /// Due rows that may be run at `now`, in the order of their due times. One that is to wait for longer than
    /// `patience` was told so by a clock that has been set back since: it is ready.
    pub fn ready_runs(self, now: DateTime<Utc>, patience: chrono::Duration) -> Result<Vec<JobRun>, StoreError> {
        self.select_runs(
            "WHERE state = 'due' AND (retry_at IS NULL OR retry_at <= $1 OR retry_at > $2) ORDER BY due, job, id",
            &[&instant_text(now), &instant_text(now + patience)],
        )
    }

    /// Rows of a job (of all where `None`) that wait or run, in the order of their due times.
    pub fn open_runs(self, job: Option<&str>) -> Result<Vec<JobRun>, StoreError> {
        self.select_runs("WHERE state IN ('due', 'running') AND ($1 IS NULL OR job = $1) ORDER BY due, job", &[&job])
    }

    /// Marks a due row as running; `false` where it is not due any more or another of the same job runs.
    pub fn claim_run(self, id: RunId, at: DateTime<Utc>) -> Result<bool, StoreError> {
        self.write(|connection| {
            let claimed = connection.execute(
                "UPDATE ledger SET state = 'running', attempt = attempt + 1, started = $1, ended = NULL, \
                 retry_at = NULL, step = '', steps_done = 0, steps_total = 0 WHERE id = $2 AND state = 'due' AND NOT \
                 EXISTS (SELECT 1 FROM ledger AS other WHERE other.job = ledger.job AND other.state = 'running')",
                (instant_text(at), id),
            )?;
            Ok(claimed == 1)
        })
    }

    /// Says how far a running row is.
    pub fn progress_run(self, id: RunId, step: &str, done: u32, total: u32) -> Result<(), StoreError> {
        self.write(|connection| {
            connection.execute(
                "UPDATE ledger SET step = $1, steps_done = $2, steps_total = $3 WHERE id = $4 AND state = 'running'",
                (step, done, total, id),
            )?;
            Ok(())
        })
    }

    /// Ends the try of a running row, with what it left, in one transaction.
    pub fn end_run(self, id: RunId, end: &RunEnd) -> Result<bool, StoreError> {
        self.write(|connection| {
            let ended = connection.execute(
                "UPDATE ledger SET state = $1, ended = $2, retry_at = $3, attempt = attempt - $4, message = $5, \
                 step = '', steps_done = 0, steps_total = 0 WHERE id = $6 AND state = 'running'",
                (
                    end.state.code(),
                    instant_text(end.at),
                    end.retry_at.map(instant_text),
                    i64::from(!end.counts_as_try),
                    &end.message,
                    id,
                ),
            )?;
            if ended == 0 {
                return Ok(false);
            }
            connection.execute("DELETE FROM ledger_counts WHERE run_id = $1", [id])?;
            connection.execute("DELETE FROM artefacts WHERE run_id = $1", [id])?;
            for (name, value) in &end.trail.counts {
                connection.execute(
                    "INSERT INTO ledger_counts (run_id, name, value) VALUES ($1, $2, $3)",
                    (id, name, value),
                )?;
            }
            for (place, file) in (0_i64..).zip(&end.trail.artefacts) {
                connection.execute(
                    "INSERT INTO artefacts (run_id, place, path, size, sha256) VALUES ($1, $2, $3, $4, $5)",
                    (id, place, &file.path, i64::try_from(file.size).unwrap_or(i64::MAX), &file.sha256),
                )?;
            }
            Ok(true)
        })
    }

    /// Adds a line to the log of a run; lines beyond a limit are dropped, and the log says so.
    pub fn log_run(self, id: RunId, at: DateTime<Utc>, line: &str) -> Result<(), StoreError> {
        self.write(|connection| {
            let place: i64 = connection.query_row(
                "SELECT COALESCE(MAX(place), -1) + 1 FROM ledger_lines WHERE run_id = $1",
                [id],
                |row| row.get(0),
            )?;
            if place >= LINES_MAX {
                return Ok(());
            }
            let line: String = if place == LINES_MAX - 1 {
                "… catatan berikutnya tidak disimpan: terlalu banyak baris".to_owned()
            } else {
                line.chars().take(LINE_CHARS_MAX).collect()
            };
            connection.execute(
                "INSERT INTO ledger_lines (run_id, place, at, attempt, line) \
                 SELECT id, $1, $2, attempt, $3 FROM ledger WHERE id = $4",
                (place, instant_text(at), line, id),
            )?;
            Ok(())
        })
    }

    /// Rows of a job that were done from `since` on, in the order of their ends.
    pub fn done_since(self, job: &str, since: DateTime<Utc>) -> Result<Vec<JobRun>, StoreError> {
        self.select_runs(
            "WHERE job = $1 AND state = 'done' AND ended >= $2 ORDER BY ended, id",
            &[&job, &instant_text(since)],
        )
    }

    /// The last row of a job that somebody waits for: done, without data, or failed.
    pub fn last_ended(self, job: &str) -> Result<Option<JobRun>, StoreError> {
        Ok(self
            .select_runs(
                "WHERE job = $1 AND state IN ('done', 'failed', 'no-data') ORDER BY due DESC LIMIT 1",
                &[&job],
            )?
            .pop())
    }

    /// The row of a job with the latest due time.
    pub fn last_run(self, job: &str) -> Result<Option<JobRun>, StoreError> {
        Ok(self.runs(Some(job), 1)?.pop())
    }

    /// The last `count` rows of a job (of all where `None`), the latest due time first.
    pub fn runs(self, job: Option<&str>, count: u32) -> Result<Vec<JobRun>, StoreError> {
        self.select_runs("WHERE ($1 IS NULL OR job = $1) ORDER BY due DESC, id DESC LIMIT $2", &[&job, &count])
    }

    /// Rows of a job marked missed after `after`, the latest first.
    pub fn missed_runs(self, job: &str, after: Option<DateTime<Utc>>) -> Result<Vec<JobRun>, StoreError> {
        let after = after.map(instant_text).unwrap_or_default();
        self.select_runs(
            "WHERE job = $1 AND state = 'missed' AND due > $2 ORDER BY due DESC LIMIT 1000",
            &[&job, &after],
        )
    }

    /// Returns one run with its state; `None` where the id is unknown.
    pub fn run(self, id: RunId) -> Result<Option<JobRun>, StoreError> {
        Ok(self.select_runs("WHERE id = $1", &[&id])?.pop())
    }

    fn select_runs(self, rest: &str, values: &[&dyn ToSql]) -> Result<Vec<JobRun>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM ledger {rest}"))?;
            let mut rows = statement.query(values)?;
            let mut runs = Vec::new();
            while let Some(row) = rows.next()? {
                runs.push(run(row)?);
            }
            Ok(runs)
        })
    }
}

/// Enters one row; `false` where its due time is settled already.
fn enter(connection: &Connection, run: &NewRun, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let due = instant_text(run.due);
    let at = instant_text(now);
    let known: Option<(RunId, String, String)> = connection
        .query_row("SELECT id, state, entered FROM ledger WHERE job = $1 AND due = $2", (&run.job, &due), |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?;
    if let Some((id, state, entered)) = known {
        // A clock that ran ahead marked a time that had not come: now it comes.
        if state != RunState::Missed.code() || entered <= at {
            return Ok(false);
        }
        connection.execute("DELETE FROM ledger_lines WHERE run_id = $1", [id])?;
        connection.execute("DELETE FROM ledger WHERE id = $1", [id])?;
    }
    let ended = run.state.is_settled().then(|| at.clone());
    connection.execute(
        &format!(
            "INSERT INTO ledger ({COLUMNS}) VALUES ((SELECT COALESCE(MAX(id), 0) + 1 FROM ledger), $1, $2, $3, $4, $5, \
             $6, 0, $7, NULL, $8, NULL, $9, $10, '', 0, 0)"
        ),
        (
            &run.job,
            &due,
            instant_text(run.since),
            run.covers,
            run.reason.code(),
            run.state.code(),
            &at,
            ended,
            &run.who,
            &run.message,
        ),
    )?;
    Ok(true)
}

fn run(row: &Row<'_>) -> Result<JobRun, StoreError> {
    let mut columns = Columns::new(row);
    let blank = |text: Option<String>| -> Result<Option<DateTime<Utc>>, StoreError> {
        text.map(|text| instant(&text)).transpose()
    };
    Ok(JobRun {
        id: columns.get()?,
        job: columns.get()?,
        due: columns.instant()?,
        since: columns.instant()?,
        covers: columns.count()?,
        reason: word(&columns.get::<String>()?, RunReason::from_code)?,
        state: word(&columns.get::<String>()?, RunState::from_code)?,
        attempt: columns.count()?,
        entered: columns.instant()?,
        started: blank(columns.get()?)?,
        ended: blank(columns.get()?)?,
        retry_at: blank(columns.get()?)?,
        who: columns.get()?,
        message: columns.get()?,
        step: columns.get()?,
        steps_done: columns.count()?,
        steps_total: columns.count()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_of_a_run_is_bounded_and_says_so() {
        let store = Store::in_memory().unwrap();
        let at: DateTime<Utc> = "2023-09-01T00:00:00Z".parse().unwrap();
        let run = NewRun {
            job: "cadangan".to_owned(),
            due: at,
            since: at,
            covers: 1,
            reason: RunReason::Manual,
            state: RunState::Due,
            who: "ani".to_owned(),
            message: String::new(),
        };
        let id = store.ledger().enter_manual(&run, By::command_line("ani", at)).unwrap().unwrap();
        let long = "é".repeat(LINE_CHARS_MAX + 9);
        for _ in 0..LINES_MAX + 5 {
            store.ledger().log_run(id, at, &long).unwrap();
        }
        let lines = store.ledger().run_lines(id).unwrap();
        assert_eq!(i64::try_from(lines.len()).unwrap(), LINES_MAX);
        assert_eq!(lines[0].line.chars().count(), LINE_CHARS_MAX);
        assert!(lines.last().unwrap().line.contains("terlalu banyak baris"));
    }
}
