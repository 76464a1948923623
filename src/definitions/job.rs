//! Scheduled jobs: the content of a `jobs/*.toml` as plain data. Knows neither TOML nor running.

use std::time::Duration;

use super::cron::Schedule;
use crate::domain::{Date, FileFormat, Month, Period, PeriodKind, ReportKind};

/// Job with its schedule, its work and its behaviour when something goes wrong.
#[derive(Clone, Debug)]
pub struct Job {
    /// The file's stem (lower-case letters, digits, `-`).
    pub name: String,
    /// Title for people, in Indonesian.
    pub title: String,
    /// Times at which it is due.
    pub schedule: Schedule,
    /// Job that it follows: its runs wait until that one is done, and where it has no due times of its own it is due
    /// whenever that one has done something.
    pub after: Option<String>,
    /// Work that it does.
    pub run: JobAction,
    /// A run that takes longer is stopped.
    pub time_limit: Duration,
    /// A run takes this many files at most; the rest waits for the next.
    pub files_max: u32,
    /// Handling of due times that passed while nothing ran.
    pub if_missed: IfMissed,
    /// Handling of a due time that comes while the job still runs.
    pub overlap: Overlap,
    /// Tries after a failure.
    pub retries: Retries,
    /// Occasions on which somebody is told, and the way.
    pub notify: Notify,
}

/// Work of a job, with its options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JobAction {
    /// Imports what lies in a folder, and in the folders (one a Puskesmas) below it.
    Import {
        /// Below the data folder (`masuk`), forward slashes, never leaving it.
        folder: String,
    },
    /// Evaluates a period of every Puskesmas and keeps the result with its id.
    Evaluate {
        /// Length of the period.
        kind: PeriodKind,
        /// The one that holds the due day, or the one before it.
        which: WhichPeriod,
    },
    /// Copies the database, checks the copy, and keeps some of the former ones.
    BackUp {
        /// Days of which the last copy is kept.
        daily: u32,
        /// Months of which the last copy is kept.
        monthly: u32,
    },
    /// Looks for what is late or ends soon, and writes a reminder.
    CheckData {
        /// A licence or PKS that ends within so many days is named.
        days_ahead: u32,
        /// A month's recap is late after this day of the month after.
        recap_due_day: u32,
    },
    /// Makes papers of a period, checks them, and puts them into `laporan/`.
    Report(ReportRun),
    /// Writes the counts of a month for DHIS2 into `dhis2/`.
    Dhis2 {
        /// The month that holds the due day, or the one before it.
        which: WhichPeriod,
    },
    /// Takes old entries out of the ledger and old copies out of `selesai/`.
    Prune {
        /// Entries older than so many days go.
        ledger_days: u32,
        /// Files imported longer ago than this go; their bytes stay in the database.
        finished_days: u32,
    },
}

/// Papers that a job makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportRun {
    /// Kinds of paper; never empty.
    pub papers: Vec<ReportKind>,
    /// Formats of each; never empty.
    pub formats: Vec<FileFormat>,
    /// Length of the period.
    pub kind: PeriodKind,
    /// The one that holds the due day, or the one before it.
    pub which: WhichPeriod,
    /// Puskesmas as written; empty: all.
    pub puskesmas: Vec<String>,
    /// The recapitulation of these clusters, as written; empty: of all Puskesmas together.
    pub clusters: Vec<String>,
    /// True if each paper is made in the office's own templates too.
    pub has_templates: bool,
}

/// Period that is evaluated or reported on, seen from the due day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhichPeriod {
    /// The one that holds it.
    Current,
    /// The one before that.
    Previous,
}

impl WhichPeriod {
    /// The period of this length that is meant on `day`.
    pub fn seen_from(self, day: Date, kind: PeriodKind) -> Period {
        let holding = Period::containing(kind, Month::from_date(day));
        match self {
            Self::Current => holding,
            Self::Previous => holding.previous(),
        }
    }
}

/// Handling of due times that passed while nothing ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfMissed {
    /// One run for the latest; the earlier ones are marked missed.
    RunOnce,
    /// A run each for the latest ones.
    RunAll {
        /// At most so many (1–100); the earlier ones are marked missed.
        most: u32,
    },
    /// They are marked missed.
    Skip,
}

/// Handling of a due time that comes while the job still runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlap {
    /// The later run is skipped and marked.
    Skip,
    /// It waits for the end of the first.
    Queue,
}

/// Tries after a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retries {
    /// Tries after the first (0–10).
    pub most: u32,
    /// Wait before the second try; doubles with each.
    pub wait: Duration,
}

/// Occasion on which somebody is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NotifyOn {
    /// Every allowed try failed.
    Failed,
    /// Due times passed that nothing made up for.
    Missed,
    /// The run was done.
    Done,
    /// There was nothing to make a paper of.
    NoData,
}

/// Occasions on which somebody is told, and the mail server; nobody is told where `on` is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notify {
    /// Occasions; each puts a file into `keluar/`.
    pub on: Vec<NotifyOn>,
    /// A mail server that takes the same text.
    pub smtp: Option<Smtp>,
    /// An address of another program that takes the same as JSON.
    pub webhook: Option<Webhook>,
}

/// An address of another program that is told by a POST of JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// Address with `https://`, or one of this machine.
    pub url: String,
    /// File in `rahasia/` with the key that signs what is sent.
    pub secret_file: Option<String>,
    /// File in `rahasia/` with the certificate (PEM) of the network's own authority; without it the public ones count.
    pub authority: Option<String>,
}

/// Handling of the papers that a run made, in the mail that tells of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PapersByMail {
    /// Named in the text.
    Named,
    /// Attached, each once.
    Attached,
}

/// A mail server and the addresses to write to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Smtp {
    /// Host name or address of the server.
    pub host: String,
    /// Port of the server (465 or 587 with TLS).
    pub port: u16,
    /// Protection of the connection.
    pub security: Security,
    /// Address of the sender.
    pub from: String,
    /// Addresses of the recipients; never empty.
    pub to: Vec<String>,
    /// Handling of papers that the run made.
    pub papers: PapersByMail,
}

/// Protection of the connection to a mail server. A password is sent behind TLS alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Security {
    /// No protection: a server of the own network that asks for no log-in.
    Plain,
    /// TLS from the first byte (port 465).
    Tls(Tls),
    /// TLS as the first thing that is asked for (port 587); without it nothing is sent.
    StartTls(Tls),
}

/// Settings of a connection with TLS.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tls {
    /// Account that logs in; `None` where the server does not ask.
    pub login: Option<Login>,
    /// File in `rahasia/` with the certificate (PEM) of the network's own authority; without it the public ones count.
    pub authority: Option<String>,
}

/// Account at a mail server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// Name of the account.
    pub user: String,
    /// File in `rahasia/` that holds the password and nothing else.
    pub password_file: String,
}
