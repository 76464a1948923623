//! Plain data of the ledger of job runs. Knows no SQL.

use chrono::{DateTime, Utc};

/// Number of a ledger row.
pub type RunId = i64;

/// State of a due time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RunState {
    /// It is to be run, for the first time or again.
    Due,
    /// A try is under way.
    Running,
    /// All of it was done.
    Done,
    /// Every allowed try failed.
    Failed,
    /// It was run, and there was nothing to make anything of.
    NoData,
    /// It passed while nothing ran, and was not run.
    Missed,
    /// It came while the job still ran or was paused.
    Skipped,
}

impl RunState {
    /// Every state, in the order of a run's life.
    pub const ALL: [Self; 7] =
        [Self::Due, Self::Running, Self::Done, Self::Failed, Self::NoData, Self::Missed, Self::Skipped];

    /// The word in the database and the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::NoData => "no-data",
            Self::Missed => "missed",
            Self::Skipped => "skipped",
        }
    }

    /// The state of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Reports whether nothing follows any more.
    pub fn is_settled(self) -> bool {
        !matches!(self, Self::Due | Self::Running)
    }
}

/// Reason for which a due time stands in the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RunReason {
    /// A due time of the job's calendar came.
    Schedule,
    /// Its time had passed while nothing ran.
    CatchUp,
    /// Somebody asked for it.
    Manual,
    /// The job that it follows was done.
    Follow,
}

impl RunReason {
    /// Every reason, in the order of declaration.
    pub const ALL: [Self; 4] = [Self::Schedule, Self::CatchUp, Self::Manual, Self::Follow];

    /// The word in the database and the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Schedule => "schedule",
            Self::CatchUp => "catch-up",
            Self::Manual => "manual",
            Self::Follow => "after",
        }
    }

    /// The reason of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// One due time of one job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobRun {
    /// Number of the row.
    pub id: RunId,
    /// Job (stem of its file).
    pub job: String,
    /// Due time; with the job's name the key.
    pub due: DateTime<Utc>,
    /// First due time that the row stands for; mostly `due` itself.
    pub since: DateTime<Utc>,
    /// Number of due times that it stands for.
    pub covers: u32,
    /// Reason for which it was entered.
    pub reason: RunReason,
    /// State of the run as a whole, not of one try.
    pub state: RunState,
    /// Number of tries so far, the one under way included.
    pub attempt: u32,
    /// Moment at which it was entered.
    pub entered: DateTime<Utc>,
    /// Moment at which the last try began; `None` before the first.
    pub started: Option<DateTime<Utc>>,
    /// Moment at which the last try ended; `None` as long as none did.
    pub ended: Option<DateTime<Utc>>,
    /// Earliest moment of the next try; `None`: at once.
    pub retry_at: Option<DateTime<Utc>>,
    /// Account or process that entered it.
    pub who: String,
    /// Outcome in one Indonesian sentence.
    pub message: String,
    /// Name of the step that is being done, while it runs.
    pub step: String,
    /// Number of steps done in this try.
    pub steps_done: u32,
    /// Number of steps that the try has in all; 0 before it says so.
    pub steps_total: u32,
}

/// A due time to be entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRun {
    /// Name of the job.
    pub job: String,
    /// Due time; with the job's name the key.
    pub due: DateTime<Utc>,
    /// First due time that the row stands for.
    pub since: DateTime<Utc>,
    /// Number of due times that it stands for.
    pub covers: u32,
    /// Reason for which it is entered.
    pub reason: RunReason,
    /// `Due`, `Missed` or `Skipped`.
    pub state: RunState,
    /// Account or process that enters it.
    pub who: String,
    /// Outcome in one Indonesian sentence, where it is settled already.
    pub message: String,
}

/// One line of a run's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunLine {
    /// Moment at which it was written.
    pub at: DateTime<Utc>,
    /// Number of the try, from 1.
    pub attempt: u32,
    /// Text of the line, in Indonesian.
    pub line: String,
}

/// A file that a run made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artefact {
    /// Below the data folder, with forward slashes.
    pub path: String,
    /// Size in bytes.
    pub size: u64,
    /// Hash of its bytes, in hexadecimal.
    pub sha256: String,
}

/// Lines, counts and files of a try: written into the ledger in one transaction with its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunTrail {
    /// Names of what was counted, with the counts, in the order in which they were first counted.
    pub counts: Vec<(String, i64)>,
    /// Files that the try wrote.
    pub artefacts: Vec<Artefact>,
}

/// End of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunEnd {
    /// The state after it (`Due` where it is to be tried again).
    pub state: RunState,
    /// Moment at which it ended.
    pub at: DateTime<Utc>,
    /// Earliest moment of the next try; `None` where none follows.
    pub retry_at: Option<DateTime<Utc>>,
    /// True if the try counts towards the most that are allowed.
    pub counts_as_try: bool,
    /// Outcome in one Indonesian sentence.
    pub message: String,
    /// Lines, counts and files that it left.
    pub trail: RunTrail,
}

/// Due time up to which a job is settled, and whether it is paused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobState {
    /// Every due time up to this stands in the ledger.
    pub settled_until: DateTime<Utc>,
    /// Moment since which it is paused, and the account; `None` while it runs.
    pub paused: Option<(DateTime<Utc>, String)>,
}

/// Totals of one job and state, for the metrics.
#[derive(Clone, Debug, PartialEq)]
pub struct RunTotals {
    /// Name of the job.
    pub job: String,
    /// State that the runs are in.
    pub state: RunState,
    /// Due times in it.
    pub due_times: u64,
    /// Seconds that the last tries of these took.
    pub seconds: f64,
    /// The latest end among them.
    pub last_end: Option<DateTime<Utc>>,
}
