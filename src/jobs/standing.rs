//! State of each job as a whole: for the page, the banner, the command line and the metrics.

use chrono::{DateTime, Duration, Utc};

use super::JobError;
use super::due::GRACE;
use super::words::{missed, moment};
use crate::app::App;
use crate::definitions::Job;
use crate::store::{JobRun, RunState, RunTotals};

/// State of a job: its runs, its next due time, and what is wrong.
#[derive(Clone, Debug)]
pub struct DueState {
    /// Job as its file describes it.
    pub job: Job,
    /// Its next due time.
    pub next: Option<DateTime<Utc>>,
    /// Rows that wait or run.
    pub open: Vec<JobRun>,
    /// The last row that ended, done or failed.
    pub last: Option<JobRun>,
    /// Due times missed since then, the latest first.
    pub missed: Vec<JobRun>,
    /// Moment since which it is paused, and the account; `None` while it runs.
    pub paused: Option<(DateTime<Utc>, String)>,
    /// Fault in an Indonesian sentence; blank where there is none.
    pub trouble: String,
}

/// Looks up the state of one job as of now.
pub fn standing(app: &App, job: &Job) -> Result<DueState, JobError> {
    let ledger = app.ledger();
    let now = app.clock().now();
    let state = ledger.job_state(&job.name)?;
    let open = ledger.open_runs(Some(&job.name))?;
    let last = ledger.last_ended(&job.name)?;
    let missed = ledger.missed_runs(&job.name, last.as_ref().map(|run| run.due))?;
    let settled = state.as_ref().map(|state| state.settled_until);
    let paused = state.and_then(|state| state.paused);
    let next = job.schedule.next_after(now);
    let mut standing = DueState { job: job.clone(), next, open, last, missed, paused, trouble: String::new() };
    standing.trouble = trouble(&standing, settled, now);
    Ok(standing)
}

/// Looks up the state of every job as of now, by name.
pub fn standings(app: &App) -> Result<Vec<DueState>, JobError> {
    app.definitions().jobs.iter().map(|job| standing(app, job)).collect()
}

/// Returns the alerts about jobs on the overview: a sentence for each job in trouble, and one for notices that are not
/// sent.
pub fn alerts(app: &App) -> Result<Vec<String>, JobError> {
    let standings = standings(app)?;
    let troubled = standings.into_iter().filter(|standing| !standing.trouble.is_empty());
    let mut alerts: Vec<String> =
        troubled.map(|standing| format!("{}: {}", standing.job.title, standing.trouble)).collect();
    let waiting = app.ledger().notices(20)?.iter().filter(|notice| notice.sent.is_none() && notice.tries > 0).count();
    if waiting > 0 {
        alerts.push(format!("{waiting} pemberitahuan belum terkirim"));
    }
    Ok(alerts)
}

fn trouble(standing: &DueState, settled: Option<DateTime<Utc>>, now: DateTime<Utc>) -> String {
    let zone = standing.job.schedule.zone();
    let limit = Duration::from_std(standing.job.time_limit).unwrap_or(Duration::days(1));
    for run in &standing.open {
        if run.state == RunState::Running && run.started.is_some_and(|started| now - started > limit + GRACE) {
            return format!(
                "berjalan lebih lama dari batasnya, sejak {}",
                moment(run.started.unwrap_or(run.due), zone)
            );
        }
        if run.state == RunState::Due && run.attempt > 0 {
            return run.message.clone();
        }
        if run.state == RunState::Due && now - run.entered > GRACE {
            let leader = standing.job.after.as_ref();
            let why = leader.map(|leader| format!("; mengikuti {leader}, yang belum berhasil")).unwrap_or_default();
            return format!("terlambat: menunggu sejak {}{why}", moment(run.entered, zone));
        }
    }
    if let Some(last) = standing.last.as_ref().filter(|run| run.state == RunState::Failed) {
        return format!("gagal pada jadwal {}: {}", moment(last.due, zone), last.message);
    }
    let expected = settled.and_then(|settled| standing.job.schedule.next_after(settled));
    if let Some(expected) = expected.filter(|due| now - *due > GRACE && standing.paused.is_none()) {
        return format!("terlambat: jadwal {} belum diurus; apakah layanan hidup?", moment(expected, zone));
    }
    if standing.open.is_empty() && standing.paused.is_none() { missed(&standing.missed, zone) } else { String::new() }
}

/// Numbers about runs and notices, for the metrics.
#[derive(Clone, Debug)]
pub struct JobTallies {
    /// Runs by job and state.
    pub runs: Vec<RunTotals>,
    /// Notices that wait to be told.
    pub notices_waiting: u32,
}

/// Counts runs and notices.
pub fn tallies(app: &App) -> Result<JobTallies, JobError> {
    let ledger = app.ledger();
    Ok(JobTallies { runs: ledger.run_totals()?, notices_waiting: ledger.notices_waiting()? })
}
