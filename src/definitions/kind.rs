//! The kinds of definition file, told by a file's place below the data folder. Knows no content.

use super::keys::{KeyTable, KindDescription};
use super::limits::LIMITS_FILE;
use super::service::SERVICE_FILE;
use super::{indicator_set, instrument, keys_dashboard, keys_decree, keys_job, letter, limits, service};

/// A kind of definition file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefinitionKind {
    /// Pages and meetings.
    Dashboard,
    /// Scheduled jobs.
    Job,
    /// The default decree.
    Decree,
    /// Changes of the decree.
    Override,
    /// Checklists of coaching.
    Instrument,
    /// Ready sets of indicators of the Puskesmas.
    IndicatorSet,
    /// Letter details.
    Letter,
    /// Bounds on workbooks.
    Limits,
    /// Address, names and certificate of the service.
    Service,
}

impl DefinitionKind {
    /// All, in the order of the reference.
    pub const ALL: [Self; 9] = [
        Self::Dashboard,
        Self::Job,
        Self::Decree,
        Self::Override,
        Self::Instrument,
        Self::IndicatorSet,
        Self::Letter,
        Self::Limits,
        Self::Service,
    ];

    /// The kind of a file, by its name below the data folder; `None` where none is read at that place.
    pub fn of_file(file: &str) -> Option<Self> {
        match file.split('/').collect::<Vec<_>>()[..] {
            ["dashboards", _] => Some(Self::Dashboard),
            ["dashboards", "indicators", "pembinaan.toml"] => Some(Self::Decree),
            ["dashboards", "indicators", _] => Some(Self::Override),
            ["jobs", _] => Some(Self::Job),
            ["instruments", _] => Some(Self::Instrument),
            ["indicator-sets", _] => Some(Self::IndicatorSet),
            ["letters", _] => Some(Self::Letter),
            [LIMITS_FILE] => Some(Self::Limits),
            [SERVICE_FILE] => Some(Self::Service),
            _ => None,
        }
    }

    /// The kind of a word on the command line.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Its word on the command line.
    pub fn code(self) -> &'static str {
        self.description().name
    }

    /// Place and keys.
    pub fn description(self) -> &'static KindDescription {
        match self {
            Self::Dashboard => &keys_dashboard::DASHBOARD,
            Self::Job => &keys_job::JOB,
            Self::Decree => &keys_decree::DECREE,
            Self::Override => &keys_decree::OVERRIDE,
            Self::Instrument => &instrument::INSTRUMENT,
            Self::IndicatorSet => &indicator_set::INDICATOR_SET,
            Self::Letter => &letter::LETTER,
            Self::Limits => &limits::LIMITS,
            Self::Service => &service::SERVICE,
        }
    }

    /// Keys of the file.
    pub fn root(self) -> &'static KeyTable {
        self.description().root
    }
}
