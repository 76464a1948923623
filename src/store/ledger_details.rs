//! Details of ledger rows (lines, counts, files), the state of each job, totals, and pruning.

use chrono::{DateTime, Utc};
use rusqlite::OptionalExtension;

use super::audit::{self, AuditEntry};
use super::codec::{Columns, instant, instant_text, word};
use super::ledger::RunLedger;
use super::ledger_types::{Artefact, JobState, RunId, RunLine, RunState, RunTotals};
use super::{By, StoreError};
use crate::domain::audit::AuditAction;

impl RunLedger<'_> {
    /// The log of a run.
    pub fn run_lines(self, id: RunId) -> Result<Vec<RunLine>, StoreError> {
        self.read(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT at, attempt, line FROM ledger_lines WHERE run_id = $1 ORDER BY place")?;
            let mut rows = statement.query([id])?;
            let mut lines = Vec::new();
            while let Some(row) = rows.next()? {
                let mut columns = Columns::new(row);
                lines.push(RunLine { at: columns.instant()?, attempt: columns.count()?, line: columns.get()? });
            }
            Ok(lines)
        })
    }

    /// The counts of a run, by name.
    pub fn run_counts(self, id: RunId) -> Result<Vec<(String, i64)>, StoreError> {
        self.read(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT name, value FROM ledger_counts WHERE run_id = $1 ORDER BY name")?;
            let rows = statement.query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// The files that a run made.
    pub fn artefacts(self, id: RunId) -> Result<Vec<Artefact>, StoreError> {
        self.read(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT path, size, sha256 FROM artefacts WHERE run_id = $1 ORDER BY place")?;
            let rows = statement.query_map([id], |row| {
                let size: i64 = row.get(1)?;
                Ok(Artefact { path: row.get(0)?, size: u64::try_from(size).unwrap_or(0), sha256: row.get(2)? })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// State of a job; `None` where it was never looked at.
    pub fn job_state(self, job: &str) -> Result<Option<JobState>, StoreError> {
        let found: Option<(String, Option<String>, Option<String>)> = self.read(|connection| {
            let row = connection.query_row(
                "SELECT settled_until, paused_at, paused_by FROM job_states WHERE job = $1",
                [job],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            );
            Ok(row.optional()?)
        })?;
        let Some((settled, paused_at, paused_by)) = found else { return Ok(None) };
        let paused = match paused_at {
            Some(at) => Some((instant(&at)?, paused_by.unwrap_or_default())),
            None => None,
        };
        Ok(Some(JobState { settled_until: instant(&settled)?, paused }))
    }

    /// Pauses a job, or lets it go on.
    pub fn pause_job(self, job: &str, is_paused: bool, by: By<'_>) -> Result<(), StoreError> {
        self.write(|connection| {
            let now = instant_text(by.at);
            connection.execute(
                "INSERT INTO job_states (job, settled_until, paused_at, paused_by) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT (job) DO UPDATE SET paused_at = excluded.paused_at, paused_by = excluded.paused_by",
                (job, &now, is_paused.then_some(&now), is_paused.then_some(by.who)),
            )?;
            let action = if is_paused { AuditAction::JobPaused } else { AuditAction::JobResumed };
            audit::append(connection, by, &AuditEntry::new(action, format!("tugas {job}")))
        })
    }

    /// Totals by job and state.
    pub fn run_totals(self) -> Result<Vec<RunTotals>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT job, state, SUM(covers), \
                 COALESCE(SUM(CASE WHEN started IS NULL OR ended IS NULL THEN 0 \
                 ELSE MAX(0, julianday(ended) - julianday(started)) * 86400 END), 0), MAX(ended) \
                 FROM ledger GROUP BY job, state ORDER BY job, state",
            )?;
            let mut rows = statement.query([])?;
            let mut totals = Vec::new();
            while let Some(row) = rows.next()? {
                let mut columns = Columns::new(row);
                totals.push(RunTotals {
                    job: columns.get()?,
                    state: word(&columns.get::<String>()?, RunState::from_code)?,
                    due_times: u64::from(columns.count()?),
                    seconds: columns.get()?,
                    last_end: columns.get::<Option<String>>()?.map(|text| instant(&text)).transpose()?,
                });
            }
            Ok(totals)
        })
    }

    /// Takes settled rows due before `before` out of the ledger; the last done and the last row of each job stay.
    pub fn prune_ledger(self, before: DateTime<Utc>) -> Result<usize, StoreError> {
        const OLD: &str = "SELECT id FROM ledger WHERE due < $1 AND state NOT IN ('due', 'running') \
             AND due <> (SELECT MAX(due) FROM ledger AS last WHERE last.job = ledger.job) \
             AND due <> COALESCE((SELECT MAX(due) FROM ledger AS last WHERE last.job = ledger.job \
             AND last.state = 'done'), '')";
        self.write(|connection| {
            let before = instant_text(before);
            for table in ["ledger_lines", "ledger_counts", "artefacts"] {
                connection.execute(&format!("DELETE FROM {table} WHERE run_id IN ({OLD})"), [&before])?;
            }
            let pruned = connection.execute(&format!("DELETE FROM ledger WHERE id IN ({OLD})"), [&before])?;
            // One with papers stays: it is how a paper that was sent is known and not sent again.
            connection.execute(
                "DELETE FROM outbox WHERE state <> 'waiting' AND made < $1 \
                 AND id NOT IN (SELECT notice_id FROM outbox_files)",
                [&before],
            )?;
            Ok(pruned)
        })
    }
}
