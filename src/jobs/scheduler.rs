//! The thin loop around [`super::due`]: sleeps, settles what is due, runs it on its own thread. Stops when dropped.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::app::App;
use crate::definitions::Job;
use crate::store::JobRun;

use super::{JobError, due, outcome};

/// How often the clock is looked at: a laptop that slept is noticed within this time.
const LOOK_EVERY: Duration = Duration::from_secs(20);

/// The running scheduler of one service.
#[derive(Debug)]
pub struct Scheduler {
    stop: Arc<(Mutex<bool>, Condvar)>,
    thread: Option<JoinHandle<()>>,
}

impl Scheduler {
    /// Starts the thread; due times count from now for jobs that never ran.
    pub fn start(app: Arc<App>) -> std::io::Result<Self> {
        let stop = Arc::new((Mutex::new(false), Condvar::new()));
        let seen = stop.clone();
        let thread = std::thread::Builder::new().name("pekerjaan".to_owned()).spawn(move || {
            let started = app.clock().now();
            while !stopped_after(&seen, LOOK_EVERY) {
                look(&app, started);
            }
        })?;
        Ok(Self { stop, thread: Some(thread) })
    }
}

impl Drop for Scheduler {
    fn drop(&mut self) {
        *self.stop.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.stop.1.notify_all();
        if let Some(thread) = self.thread.take() {
            // A run that is under way ends first: half an import would be none, but its file would not be moved.
            drop(thread.join());
        }
    }
}

fn stopped_after(stop: &(Mutex<bool>, Condvar), time: Duration) -> bool {
    let stopped = stop.0.lock().unwrap_or_else(PoisonError::into_inner);
    let (stopped, _) =
        stop.1.wait_timeout_while(stopped, time, |stopped| !*stopped).unwrap_or_else(PoisonError::into_inner);
    *stopped
}

/// Settles every job once; what goes wrong with one is logged and does not stop the others.
fn look(app: &App, started: DateTime<Utc>) {
    for job in &app.definitions().jobs {
        if let Err(error) = settle(app, job, started) {
            tracing::error!(job.name = %job.name, error = %error, "pekerjaan tidak dapat diurus");
        }
    }
}

/// Settles one job as of the app's clock; `started` stands in for the last settled due time of a job without one.
pub(super) fn settle(app: &App, job: &Job, started: DateTime<Utc>) -> Result<(), JobError> {
    let now = app.clock().now();
    let settled = app.store().last_run(&job.name)?.map_or(started, |run| run.due);
    let settlement = due::settle(job, settled, now);
    for missed in settlement.missed {
        app.store().record_run(&JobRun {
            job: job.name.clone(),
            due: missed,
            started: now,
            ended: Some(now),
            outcome: outcome::MISSED.to_owned(),
            message: "terlewat: layanan tidak berjalan pada waktunya".to_owned(),
        })?;
    }
    if let Some(due) = settlement.run {
        super::run(app, job, due)?;
    }
    Ok(())
}
