//! What the ledger of job runs holds: plain data, knows no SQL.

use chrono::{DateTime, Utc};

/// Number of a ledger row.
pub type RunId = i64;

/// State of a due time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RunState {
    /// To be run, for the first time or again.
    Due,
    /// Under way.
    Running,
    /// All of it was done.
    Done,
    /// Every try failed.
    Failed,
    /// It passed while nothing ran, and was not run.
    Missed,
    /// It came while the job still ran or was paused.
    Skipped,
}

impl RunState {
    /// Every state.
    pub const ALL: [Self; 6] = [Self::Due, Self::Running, Self::Done, Self::Failed, Self::Missed, Self::Skipped];

    /// The word in the database and the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
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

/// Why a due time stands in the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RunReason {
    /// Its time came.
    Schedule,
    /// Its time had passed while nothing ran.
    CatchUp,
    /// Somebody asked for it.
    Manual,
}

impl RunReason {
    /// Every reason.
    pub const ALL: [Self; 3] = [Self::Schedule, Self::CatchUp, Self::Manual];

    /// The word in the database and the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Schedule => "schedule",
            Self::CatchUp => "catch-up",
            Self::Manual => "manual",
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
    /// When it was due; with the job's name the key.
    pub due: DateTime<Utc>,
    /// First due time that the row stands for; mostly `due` itself.
    pub since: DateTime<Utc>,
    /// How many due times it stands for.
    pub covers: u32,
    /// Why it is here.
    pub reason: RunReason,
    /// State.
    pub state: RunState,
    /// Tries so far.
    pub attempt: u32,
    /// When it was entered.
    pub entered: DateTime<Utc>,
    /// When the last try began.
    pub started: Option<DateTime<Utc>>,
    /// When it ended.
    pub ended: Option<DateTime<Utc>>,
    /// Not to be tried again before this.
    pub retry_at: Option<DateTime<Utc>>,
    /// Who entered it.
    pub who: String,
    /// What happened, in a sentence.
    pub message: String,
    /// What is being done, while it runs.
    pub step: String,
    /// Steps done.
    pub steps_done: u32,
    /// Out of.
    pub steps_total: u32,
}

/// A due time to be entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRun {
    /// Job.
    pub job: String,
    /// When it was due.
    pub due: DateTime<Utc>,
    /// First due time that the row stands for.
    pub since: DateTime<Utc>,
    /// How many.
    pub covers: u32,
    /// Why.
    pub reason: RunReason,
    /// `Due`, `Missed` or `Skipped`.
    pub state: RunState,
    /// Who enters it.
    pub who: String,
    /// In a sentence.
    pub message: String,
}

/// One line of a run's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunLine {
    /// When.
    pub at: DateTime<Utc>,
    /// In which try.
    pub attempt: u32,
    /// What.
    pub line: String,
}

/// A file that a run made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artefact {
    /// Below the data folder, with forward slashes.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// Of its bytes.
    pub sha256: String,
}

/// What a try left behind: written into the ledger in one transaction with its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunTrail {
    /// Counts by name.
    pub counts: Vec<(String, i64)>,
    /// Files.
    pub artefacts: Vec<Artefact>,
}

/// How a try ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunEnd {
    /// The state after it (`Due` where it is to be tried again).
    pub state: RunState,
    /// When.
    pub at: DateTime<Utc>,
    /// Not before this again.
    pub retry_at: Option<DateTime<Utc>>,
    /// Whether the try counts.
    pub counts_as_try: bool,
    /// In a sentence.
    pub message: String,
    /// What it left.
    pub trail: RunTrail,
}

/// How far a job's due times are settled, and whether it is paused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobState {
    /// Every due time up to this stands in the ledger.
    pub settled_until: DateTime<Utc>,
    /// Since when it is paused, and by whom.
    pub paused: Option<(DateTime<Utc>, String)>,
}

/// Totals of one job and state, for the metrics.
#[derive(Clone, Debug, PartialEq)]
pub struct RunTotals {
    /// Job.
    pub job: String,
    /// State.
    pub state: RunState,
    /// Due times in it.
    pub due_times: u64,
    /// Seconds that the last tries of these took.
    pub seconds: f64,
    /// The latest end among them.
    pub last_end: Option<DateTime<Utc>>,
}
