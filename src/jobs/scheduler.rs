//! The thin loops around [`Engine`] while a service runs: one settles, one runs, one tells, one looks at the definition
//! files, so that a long run or a silent mail server holds up nothing else. Stops when dropped.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::{Engine, JobError};

/// Time between two looks at the clock: a laptop that slept is noticed within it.
const SETTLE_EVERY: Duration = Duration::from_secs(5);
/// Time between two looks into the ledger for ready runs: somebody who asked for one waits this long at most.
const RUN_EVERY: Duration = Duration::from_millis(700);
/// Time between two looks into the outbox.
const TELL_EVERY: Duration = Duration::from_secs(10);
/// Time between two looks at the definition files: a saved one counts at the second look that finds it still.
const DEFINITIONS_EVERY: Duration = Duration::from_millis(500);
/// Time that a stop waits for what is under way; what takes longer is found and tried again at the next start.
const STOP_WITHIN: Duration = Duration::from_secs(8);

/// The running scheduler of one service.
#[derive(Debug)]
pub struct Scheduler {
    engine: Engine,
    stop: Arc<(Mutex<bool>, Condvar)>,
    /// Ends when the last thread has ended.
    ended: Receiver<()>,
}

impl Scheduler {
    /// Starts the threads; due times of a job that was never looked at count from now.
    pub fn start(engine: Engine) -> std::io::Result<Self> {
        let stop = Arc::new((Mutex::new(false), Condvar::new()));
        let (alive, ended) = channel();
        let scheduler = Self { engine, stop, ended };
        scheduler.spawn("jadwal", SETTLE_EVERY, &alive, Engine::settle)?;
        scheduler.spawn("pekerjaan", RUN_EVERY, &alive, |engine| {
            engine.recover()?;
            engine.run_ready().map(drop)
        })?;
        scheduler.spawn("pemberitahuan", TELL_EVERY, &alive, Engine::deliver)?;
        scheduler.spawn("definisi", DEFINITIONS_EVERY, &alive, Engine::refresh_definitions)?;
        Ok(scheduler)
    }

    fn spawn(
        &self,
        name: &'static str,
        every: Duration,
        alive: &Sender<()>,
        step: impl Fn(&Engine) -> Result<(), JobError> + Send + 'static,
    ) -> std::io::Result<()> {
        let engine = self.engine.clone();
        let stopped = self.stop.clone();
        let alive = alive.clone();
        std::thread::Builder::new().name(name.to_owned()).spawn(move || {
            let _alive = alive;
            loop {
                if let Err(error) = step(&engine) {
                    tracing::error!(error = %error, "penjadwal ({name}) gagal, dicoba lagi");
                }
                if stopped_after(&stopped, every) {
                    return;
                }
            }
        })?;
        Ok(())
    }
}

impl Drop for Scheduler {
    fn drop(&mut self) {
        self.engine.stop();
        *self.stop.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.stop.1.notify_all();
        let begun = Instant::now();
        // Nothing is ever sent: the channel ends when the last thread lets go of its end.
        let left = self.ended.recv_timeout(STOP_WITHIN);
        if left == Err(RecvTimeoutError::Timeout) {
            tracing::warn!(
                seconds = begun.elapsed().as_secs(),
                "tugas belum selesai saat layanan berhenti; diulang dari awal saat hidup lagi"
            );
        }
    }
}

fn stopped_after(stop: &(Mutex<bool>, Condvar), time: Duration) -> bool {
    let stopped = stop.0.lock().unwrap_or_else(PoisonError::into_inner);
    let (stopped, _) =
        stop.1.wait_timeout_while(stopped, time, |stopped| !*stopped).unwrap_or_else(PoisonError::into_inner);
    *stopped
}
