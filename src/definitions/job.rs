//! Scheduled jobs: what a `jobs/*.toml` says, lowered. Knows how nothing is run.

use std::time::Duration;

use super::cron::Schedule;

/// One scheduled job.
#[derive(Clone, Debug)]
pub struct Job {
    /// The file's stem.
    pub name: String,
    /// For people.
    pub title: String,
    /// When.
    pub schedule: Schedule,
    /// What.
    pub run: Run,
    /// A run that takes longer is stopped.
    pub time_limit: Duration,
    /// What happens with due times that passed while nothing ran.
    pub if_missed: IfMissed,
    /// What happens when it is due while it still runs.
    pub overlap: Overlap,
}

/// What a job does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run {
    /// Imports what lies in a folder.
    Import {
        /// Below the data folder (`masuk`), forward slashes, never leaving it.
        folder: String,
    },
}

/// What happens with due times that passed while nothing ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfMissed {
    /// One run catches up for all of them.
    CatchUp,
    /// They are marked missed.
    Mark,
}

/// What happens when a job is due while it still runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlap {
    /// The later run is skipped and marked.
    Skip,
    /// It waits for the end of the first.
    Wait,
}
