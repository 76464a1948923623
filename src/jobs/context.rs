//! Context of a run: the app, its due time, its log, counts and files; and the places at which tests may make it fail.
//! Knows no kind of job.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::JobError;
use crate::app::App;
use crate::definitions::Job;
use crate::domain::Date;
use crate::store::{Artefact, JobRun, RunTrail, sha256};

/// Progress is written at most this often.
const PROGRESS_EVERY: Duration = Duration::from_millis(400);
/// Files named in the ledger for one run.
const ARTEFACTS_MAX: usize = 1_000;

/// End of a run that did what there was to do, with what it did in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RunSaid {
    /// All of it was done.
    Done(String),
    /// There was nothing to make anything of.
    NoData(String),
}

/// A place at which a test may make a run fail or be cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Point {
    /// Due times were settled.
    Settled,
    /// The ledger says `running`, nothing was done yet.
    Claimed,
    /// Files of the watched folder were read.
    FilesRead,
    /// They were imported, none is moved yet.
    Imported,
    /// A note is about to be written.
    WritingNote,
    /// A file stands in its new place and in the old one.
    FileLinked,
    /// A file was moved.
    FileMoved,
    /// An evaluation was kept.
    EvaluationKept,
    /// A copy is about to be made.
    Copying,
    /// A copy was made under its passing name.
    Copied,
    /// A copy has its name, the old ones are still there.
    CopyNamed,
    /// A file is about to be written into `keluar/`.
    WritingOut,
    /// It has its name.
    WrittenOut,
    /// All was done, the ledger says `running` still.
    Ending,
    /// A notice is about to be told.
    Telling,
    /// It was told, the outbox says `waiting` still.
    Told,
}

/// Function that a test calls at each [`Point`]; an error is the run's error.
pub type Passed = dyn Fn(Point) -> Result<(), JobError> + Send + Sync;

/// Called at each [`Point`]; an error there is the run's error.
#[derive(Clone, Default)]
pub struct Hook(pub Option<Arc<Passed>>);

impl Hook {
    /// Calls the function, if there is one, at a point that the run passes.
    pub fn at(&self, point: Point) -> Result<(), JobError> {
        self.0.as_ref().map_or(Ok(()), |hook| hook(point))
    }
}

impl fmt::Debug for Hook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Hook(…)" } else { "Hook(none)" })
    }
}

/// One try of one run.
#[derive(Debug)]
pub struct RunContext<'a> {
    app: &'a App,
    job: &'a Job,
    run: &'a JobRun,
    hook: &'a Hook,
    stop: &'a AtomicBool,
    begun: Instant,
    told: Cell<Option<Instant>>,
    trail: RefCell<RunTrail>,
}

impl<'a> RunContext<'a> {
    /// A try that begins now.
    pub fn new(app: &'a App, job: &'a Job, run: &'a JobRun, hook: &'a Hook, stop: &'a AtomicBool) -> Self {
        let begun = Instant::now();
        let told = Cell::new(None);
        Self { app, job, run, hook, stop, begun, told, trail: RefCell::default() }
    }

    /// App whose data folder the job works on.
    pub fn app(&self) -> &'a App {
        self.app
    }

    /// Job that is run.
    pub fn job(&self) -> &'a Job {
        self.job
    }

    /// The row of the ledger.
    pub fn run(&self) -> &'a JobRun {
        self.run
    }

    /// The day of the due time in the job's zone: what is evaluated is evaluated as of it, however late the run.
    pub fn due_day(&self) -> Date {
        self.run.due.with_timezone(&self.job.schedule.zone()).date_naive()
    }

    /// Adds a line to the log.
    pub fn log(&self, line: &str) -> Result<(), JobError> {
        Ok(self.app.ledger().log_run(self.run.id, self.app.clock().now(), line)?)
    }

    /// Adds to a count.
    pub fn count(&self, name: &str, by: usize) {
        let by = i64::try_from(by).unwrap_or(i64::MAX);
        let mut trail = self.trail.borrow_mut();
        match trail.counts.iter_mut().find(|(known, _)| known == name) {
            Some((_, value)) => *value += by,
            None => trail.counts.push((name.to_owned(), by)),
        }
    }

    /// Names a file below the data folder that this run made.
    pub fn artefact(&self, path: &Path) -> Result<(), JobError> {
        let bytes = fs::read(path)?;
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.artefact_known(path, size, sha256(&bytes));
        Ok(())
    }

    /// The same where size and hash are known.
    pub fn artefact_known(&self, path: &Path, size: u64, sha256: String) {
        let below = path.strip_prefix(self.app.data()).unwrap_or(path);
        let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        let mut trail = self.trail.borrow_mut();
        if trail.artefacts.len() < ARTEFACTS_MAX {
            trail.artefacts.push(Artefact { path: parts.join("/"), size, sha256 });
        }
    }

    /// Says how far the run is; what fails here is not the run's failure.
    pub fn progress(&self, step: &str, done: usize, total: usize) {
        if self.told.get().is_some_and(|told| told.elapsed() < PROGRESS_EVERY) {
            return;
        }
        self.told.set(Some(Instant::now()));
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let told = self.app.ledger().progress_run(self.run.id, step, number(done), number(total));
        if let Err(error) = told {
            tracing::warn!(job.name = %self.job.name, error = %error, "kemajuan tidak tercatat");
        }
    }

    /// Gives up where the service stops or the time limit has passed: called between steps that hold by themselves.
    pub fn check(&self) -> Result<(), JobError> {
        if self.stop.load(Ordering::SeqCst) {
            return Err(JobError::Stopped);
        }
        if self.begun.elapsed() > self.job.time_limit {
            return Err(JobError::TooLong { minutes: self.job.time_limit.as_secs() / 60 });
        }
        Ok(())
    }

    /// Tells the hook that the run passes a point.
    pub fn at(&self, point: Point) -> Result<(), JobError> {
        self.hook.at(point)
    }

    /// The hook, for what knows no run.
    pub fn hook(&self) -> &Hook {
        self.hook
    }

    /// Hands over the counts and files of the try, to be written with its end.
    pub fn into_trail(self) -> RunTrail {
        self.trail.into_inner()
    }

    /// A folder below the data folder, made where absent.
    pub fn folder(&self, name: &str) -> io::Result<PathBuf> {
        let folder = self.app.data().join(name);
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }
}
