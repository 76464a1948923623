//! Settles due times, finds what was cut off, runs what is ready, and tells who is to be told. Every step is a
//! function of the app's clock and the ledger: any number of processes may take them side by side.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, Duration, Utc};

use super::context::{Hook, Point, RunContext, RunSaid};
use super::lock::Lock;
use super::{JobError, due, import, kinds, notices};
use crate::app::App;
use crate::definitions::{Job, JobAction, NotifyOn, Overlap};
use crate::domain::access::{Access, Origin};
use crate::store::{JobRun, JobState, NewRun, RunEnd, RunReason, RunState, RunTrail};

/// A run that was cut off is tried again at least so many times, whatever its job says of failures.
const CUT_OFF_RETRIES: u32 = 3;
/// The longest wait before another try.
pub const WAIT_MAX: Duration = Duration::hours(6);
/// Settlements in one go: an absence of more due times than these hold is settled at the next look.
const SETTLEMENTS_MAX: usize = 200;
/// Runs in one go; the rest follows at the next look.
const RUNS_MAX: usize = 1_000;

/// Outcome of trying to run a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunResult {
    /// It was run, and is in this state.
    Ran(RunState),
    /// Another runs it, or ran it meanwhile.
    Busy,
}

/// Does the work of a data folder's jobs; cloning shares it.
#[derive(Clone, Debug)]
pub struct Engine {
    app: App,
    hook: Hook,
    stop: Arc<AtomicBool>,
}

impl Engine {
    /// An engine over `app`.
    pub fn new(app: App) -> Self {
        Self::with_hook(app, Hook::default())
    }

    /// The same, failing where the hook says.
    pub fn with_hook(app: App, hook: Hook) -> Self {
        Self { app, hook, stop: Arc::default() }
    }

    /// App whose jobs it runs.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Runs under way give up at their next step and are handed over.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::SeqCst);
    }

    /// Everything that is to be done now, one thing after the other.
    pub fn look(&self) -> Result<(), JobError> {
        self.settle()?;
        self.recover()?;
        self.run_ready()?;
        self.deliver()
    }

    /// Enters the due times of every job since the last look.
    pub fn settle(&self) -> Result<(), JobError> {
        let mut first_error = Ok(());
        for job in &self.app.definitions().jobs {
            if let Err(error) = self.settle_job(job) {
                if matches!(error, JobError::Killed) {
                    return Err(error);
                }
                tracing::error!(job.name = %job.name, error = %error, "jadwal tugas tidak dapat diurus");
                first_error = first_error.and(Err(error));
            }
        }
        first_error
    }

    /// Takes in the definition files that changed, and says in the log what is wrong with them.
    pub fn refresh_definitions(&self) -> Result<(), JobError> {
        if !self.app.refresh_definitions()? {
            return Ok(());
        }
        tracing::info!("berkas definisi berubah dan dibaca lagi");
        for fault in self.app.held_definitions().faults() {
            tracing::warn!("{fault}");
        }
        Ok(())
    }

    fn settle_job(&self, job: &Job) -> Result<(), JobError> {
        let now = self.app.clock().now();
        let ledger = self.app.ledger();
        let Some(mut state) = ledger.job_state(&job.name)? else {
            ledger.enter_runs(&job.name, &[], now, now)?;
            return Ok(());
        };
        if let (Some(leader), false) = (&job.after, job.schedule.has_times()) {
            return self.settle_follower(job, leader, &state);
        }
        for _ in 0..SETTLEMENTS_MAX {
            let settlement = due::settle(&job.schedule, job.if_missed, state.settled_until, now);
            let is_open = !ledger.open_runs(Some(&job.name))?.is_empty();
            let mut rows: Vec<NewRun> = settlement.missed.iter().map(|missed| missed_row(job, missed)).collect();
            for run in &settlement.runs {
                let paused = state.paused.as_ref().map(|(_, who)| format!("dijeda oleh {who}"));
                let overlap = (is_open && job.overlap == Overlap::Skip)
                    .then(|| "jadwal sebelumnya masih berjalan atau menunggu".to_owned());
                rows.push(run_row(job, *run, paused.or(overlap)));
            }
            let is_moved = settlement.settled_until != state.settled_until;
            // Moving the mark alone is not worth a write every few seconds.
            let is_worth = !rows.is_empty() || settlement.settled_until < state.settled_until;
            if is_worth || (is_moved && settlement.settled_until - state.settled_until > Duration::minutes(5)) {
                // Told first: a notice has a name of its own, so that being cut off here loses and doubles none.
                notices::missed(&self.app, job, &settlement)?;
                ledger.enter_runs(&job.name, &rows, settlement.settled_until, now)?;
                self.hook.at(Point::Settled)?;
            }
            state.settled_until = settlement.settled_until;
            if !settlement.is_partial {
                break;
            }
        }
        Ok(())
    }

    /// Enters a run where the job that this one follows was done since the last look and did something. Of several only
    /// the last one counts: what follows works with what is there then.
    fn settle_follower(&self, job: &Job, leader: &str, state: &JobState) -> Result<(), JobError> {
        let now = self.app.clock().now();
        let store = self.app.ledger();
        let mut led = None;
        for run in store.done_since(leader, state.settled_until)?.into_iter().rev() {
            if self.did_something(&run)? {
                led = Some(run);
                break;
            }
        }
        let Some(led) = led else { return Ok(()) };
        let is_open = !store.open_runs(Some(&job.name))?.is_empty();
        let paused = state.paused.as_ref().map(|(_, who)| format!("dijeda oleh {who}"));
        let overlap = (is_open && job.overlap == Overlap::Skip).then(|| "yang sebelumnya masih menunggu".to_owned());
        let due = due::DueRun { due: led.due, is_on_time: true };
        let row = NewRun { reason: RunReason::Follow, ..run_row(job, due, paused.or(overlap)) };
        store.enter_runs(&job.name, &[row], now, now)?;
        Ok(())
    }

    /// Reports whether a run brought something that another job may go on with: an import without files did not.
    fn did_something(&self, run: &JobRun) -> Result<bool, JobError> {
        let is_import = self.job(&run.job).is_some_and(|job| matches!(job.run, JobAction::Import { .. }));
        let counts = if is_import { self.app.ledger().run_counts(run.id)? } else { Vec::new() };
        Ok(!is_import || counts.iter().any(|(name, count)| name == import::IMPORTED && *count > 0))
    }

    /// Reports whether a run has to wait for the job that its own follows: that one is due, waits, runs, or failed.
    fn waits_for_leader(&self, job: &Job, run: &JobRun) -> Result<bool, JobError> {
        let leader = job.after.as_ref().filter(|_| run.reason != RunReason::Manual);
        let Some(leader) = leader.and_then(|name| self.job(name)) else { return Ok(false) };
        let store = self.app.ledger();
        let now = self.app.clock().now();
        let state = store.job_state(&leader.name)?;
        let next = state.and_then(|state| leader.schedule.next_after(state.settled_until));
        let has_failed = store.last_ended(&leader.name)?.is_some_and(|run| run.state == RunState::Failed);
        Ok(has_failed || next.is_some_and(|due| due <= now) || !store.open_runs(Some(&leader.name))?.is_empty())
    }

    /// Finds runs that were cut off: the ledger says `running`, and nobody holds the job's lock.
    pub fn recover(&self) -> Result<(), JobError> {
        for run in self.app.ledger().open_runs(None)? {
            if run.state == RunState::Running
                && let Some(_lock) = Lock::job(self.app.data(), &run.job)?
            {
                self.bury(&run.job)?;
            }
        }
        Ok(())
    }

    /// Marks the running rows of a job whose lock we hold: nobody runs them.
    fn bury(&self, job: &str) -> Result<(), JobError> {
        let ledger = self.app.ledger();
        let now = self.app.clock().now();
        for run in ledger.open_runs(Some(job))?.into_iter().filter(|run| run.state == RunState::Running) {
            let retries = self.job(job).map_or(0, |job| job.retries.most).max(CUT_OFF_RETRIES);
            let again = run.attempt <= retries;
            let state = if again { RunState::Due } else { RunState::Failed };
            let message = format!(
                "terputus di tengah jalan pada percobaan {} (proses mati atau komputer padam){}",
                run.attempt,
                if again { "; dicoba lagi dari awal" } else { "; tidak dicoba lagi" }
            );
            ledger.log_run(run.id, now, &message)?;
            let end =
                RunEnd { state, at: now, retry_at: None, counts_as_try: true, message, trail: RunTrail::default() };
            ledger.end_run(run.id, &end)?;
            if let (false, Some(job)) = (again, self.job(job)) {
                notices::ended(&self.app, &job, run.id, NotifyOn::Failed)?;
            }
        }
        Ok(())
    }

    /// Runs what is ready, in the order of due times, until nothing is or the service stops. Gives how many ran.
    pub fn run_ready(&self) -> Result<usize, JobError> {
        let mut ran = 0;
        // A row that another process has is not asked for again in this round.
        let mut passed_over = BTreeSet::new();
        while ran < RUNS_MAX && !self.stop.load(Ordering::SeqCst) {
            let ready = self.app.ledger().ready_runs(self.app.clock().now(), WAIT_MAX)?;
            let Some(run) = ready.iter().find(|run| !passed_over.contains(&run.id)) else { break };
            match self.run_row(run)? {
                RunResult::Ran(_) => ran += 1,
                RunResult::Busy => drop(passed_over.insert(run.id)),
            }
        }
        Ok(ran)
    }

    /// Runs one due row now, if nobody else does.
    pub fn run_row(&self, run: &JobRun) -> Result<RunResult, JobError> {
        let ledger = self.app.ledger();
        let Some(job) = self.job(&run.job) else {
            let is_claimed = ledger.claim_run(run.id, self.app.clock().now())?;
            if is_claimed {
                let message = format!("berkas jobs/{}.toml tidak ada lagi atau keliru; lihat `simpul check`", run.job);
                ledger.end_run(run.id, &end(RunState::Skipped, self.app.clock().now(), message))?;
            }
            return Ok(if is_claimed { RunResult::Ran(RunState::Skipped) } else { RunResult::Busy });
        };
        if self.waits_for_leader(&job, run)? {
            return Ok(RunResult::Busy);
        }
        let Some(lock) = Lock::job(self.app.data(), &job.name)? else { return Ok(RunResult::Busy) };
        self.bury(&job.name)?;
        if !ledger.claim_run(run.id, self.app.clock().now())? {
            return Ok(RunResult::Busy);
        }
        let Some(claimed) = ledger.run(run.id)? else { return Ok(RunResult::Busy) };
        let state = self.try_once(&job, &claimed)?;
        drop(lock);
        Ok(RunResult::Ran(state))
    }

    /// One try, from the claim to its end in the ledger.
    fn try_once(&self, job: &Job, run: &JobRun) -> Result<RunState, JobError> {
        // What a run changes is written down as the job's.
        let app = self.app.acting_as(Access::owner(self.app.who(), Origin::Job(job.name.clone())));
        let context = RunContext::new(&app, job, run, &self.hook, &self.stop);
        context.log(&format!("percobaan {} dimulai", run.attempt))?;
        let result = catch_unwind(AssertUnwindSafe(|| {
            context.at(Point::Claimed)?;
            let said = kinds::run(&context)?;
            context.at(Point::Ending)?;
            Ok(said)
        }));
        let result = result.unwrap_or_else(|panic| Err(JobError::Panicked(panic_text(panic.as_ref()))));
        let now = self.app.clock().now();
        let mut ended = match result {
            // As if the process had ended here: nothing more is written.
            Err(JobError::Killed) => return Err(JobError::Killed),
            Ok(RunSaid::Done(message)) => end(RunState::Done, now, message),
            Ok(RunSaid::NoData(message)) => end(RunState::NoData, now, message),
            Err(JobError::Stopped) => RunEnd {
                counts_as_try: false,
                ..end(RunState::Due, now, "diserahkan: layanan berhenti; dilanjutkan begitu hidup lagi".to_owned())
            },
            Err(error) => failed_end(job, run, &error, now),
        };
        context.log(&ended.message)?;
        ended.trail = context.into_trail();
        self.app.ledger().end_run(run.id, &ended)?;
        let on = match ended.state {
            RunState::Done => Some(NotifyOn::Done),
            RunState::Failed => Some(NotifyOn::Failed),
            RunState::NoData => Some(NotifyOn::NoData),
            _ => None,
        };
        tracing::info!(job.name = %job.name, run.id = run.id, run.state = ended.state.code(), "{}", ended.message);
        if let Some(on) = on {
            notices::ended(&self.app, job, run.id, on)?;
        }
        Ok(ended.state)
    }

    /// Tells what waits in the outbox.
    pub fn deliver(&self) -> Result<(), JobError> {
        notices::deliver(&self.app, &self.hook)
    }

    /// Enters a run that somebody asked for; refused where the job is under way or waits already.
    pub fn request(&self, name: &str) -> Result<JobRun, JobError> {
        request(&self.app, name)
    }

    fn job(&self, name: &str) -> Option<Job> {
        self.app.definitions().jobs.iter().find(|job| job.name == name).cloned()
    }
}

/// Enters a run that somebody asked for; refused where the job is under way or waits already.
pub fn request(app: &App, name: &str) -> Result<JobRun, JobError> {
    let now = app.clock().now();
    let definitions = app.definitions();
    let job = definitions.jobs.iter().find(|job| job.name == name);
    let job = job.ok_or_else(|| JobError::UnknownJob {
        name: name.to_owned(),
        known: definitions.jobs.iter().map(|job| job.name.clone()).collect(),
    })?;
    let row = NewRun {
        job: job.name.clone(),
        due: now,
        since: now,
        covers: 1,
        reason: RunReason::Manual,
        state: RunState::Due,
        who: app.who().to_owned(),
        message: "menunggu giliran".to_owned(),
    };
    let entered = app.ledger().enter_manual(&row, app.by())?;
    let entered = entered.and_then(|id| app.ledger().run(id).transpose()).transpose()?;
    entered.ok_or_else(|| JobError::Open { name: job.name.clone() })
}

fn missed_row(job: &Job, missed: &due::Missed) -> NewRun {
    let message = if missed.count == 1 {
        "terlewat: Simpul tidak berjalan pada waktunya".to_owned()
    } else {
        format!("{} jadwal terlewat: Simpul tidak berjalan pada waktunya", missed.count)
    };
    NewRun {
        job: job.name.clone(),
        due: missed.due,
        since: missed.since,
        covers: missed.count,
        reason: RunReason::Schedule,
        state: RunState::Missed,
        who: String::new(),
        message,
    }
}

fn run_row(job: &Job, run: due::DueRun, skipped: Option<String>) -> NewRun {
    let reason = if run.is_on_time { RunReason::Schedule } else { RunReason::CatchUp };
    let (state, message) = match skipped {
        Some(why) => (RunState::Skipped, format!("dilewati: {why}")),
        None => (RunState::Due, "menunggu giliran".to_owned()),
    };
    NewRun {
        job: job.name.clone(),
        due: run.due,
        since: run.due,
        covers: 1,
        reason,
        state,
        who: String::new(),
        message,
    }
}

fn end(state: RunState, at: DateTime<Utc>, message: String) -> RunEnd {
    RunEnd { state, at, retry_at: None, counts_as_try: true, message, trail: RunTrail::default() }
}

/// Tried again after a wait that doubles, or failed for good.
fn failed_end(job: &Job, run: &JobRun, error: &JobError, now: DateTime<Utc>) -> RunEnd {
    tracing::error!(job.name = %job.name, run.id = run.id, error = %error, "tugas gagal");
    if run.attempt > job.retries.most {
        return end(RunState::Failed, now, error.to_string());
    }
    let wait = wait_before(job, run.attempt);
    let message =
        format!("percobaan {} gagal: {error}; dicoba lagi {} menit kemudian", run.attempt, wait.num_minutes());
    RunEnd { retry_at: Some(now + wait), ..end(RunState::Due, now, message) }
}

/// The wait after the try of this number (from 1).
fn wait_before(job: &Job, attempt: u32) -> Duration {
    let first = Duration::from_std(job.retries.wait).unwrap_or(WAIT_MAX);
    let factor = 1_i32.checked_shl(attempt.saturating_sub(1).min(20)).unwrap_or(i32::MAX);
    first.checked_mul(factor).map_or(WAIT_MAX, |wait| wait.min(WAIT_MAX))
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default()
}
