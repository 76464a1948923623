//! PWS (pemantauan wilayah setempat): one service indicator of one Puskesmas, cumulative to a month, this month and
//! the month before. Plain numbers; the chart is drawn elsewhere.

use std::sync::Arc;

use crate::domain::{Date, Direction, Month, Ratio, ServiceDefinition};

use super::Evaluator;

/// Against the month before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trend {
    /// Naik.
    Rising,
    /// Tetap.
    Level,
    /// Turun.
    Falling,
}

impl Trend {
    /// The word.
    pub fn label(self) -> &'static str {
        match self {
            Self::Rising => "naik",
            Self::Level => "tetap",
            Self::Falling => "turun",
        }
    }

    /// The arrow.
    pub fn arrow(self) -> &'static str {
        match self {
            Self::Rising => "▲",
            Self::Level => "▬",
            Self::Falling => "▼",
        }
    }
}

/// PWS's own four words; not those of the score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PwsStatus {
    /// Above the target, rising or level.
    Baik,
    /// Below the target, rising.
    Cukup,
    /// Above the target, falling.
    Kurang,
    /// Below the target, falling (or level, unless set otherwise).
    Jelek,
}

impl PwsStatus {
    /// The word.
    pub fn label(self) -> &'static str {
        match self {
            Self::Baik => "Baik",
            Self::Cukup => "Cukup",
            Self::Kurang => "Kurang",
            Self::Jelek => "Jelek",
        }
    }
}

/// One facility, or the total.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PwsRow {
    /// Index of the facility; `None` for the Puskesmas' total.
    pub facility: Option<u32>,
    /// Counts from January to this month; `None` where no month was reported.
    pub cumulative: Option<Ratio>,
    /// Counts of this month (over the annual denominator where cumulative); `None` where not reported.
    pub this_month: Option<Ratio>,
    /// The same of the month before (of December before January).
    pub last_month: Option<Ratio>,
    /// This month's percentage against last month's, where both are known.
    pub trend: Option<Trend>,
    /// Whether the cumulative percentage is at or above the target due (*di atas*), where it is known.
    pub above_target: Option<bool>,
    /// From both, where both are known.
    pub status: Option<PwsStatus>,
}

/// The PWS of one service indicator, Puskesmas and month.
#[derive(Clone, Debug, PartialEq)]
pub struct PwsTable {
    /// Index of the service indicator.
    pub service: u32,
    /// Its definition in this year.
    pub definition: ServiceDefinition,
    /// This month.
    pub month: Month,
    /// As of which day.
    pub as_of: Date,
    /// Target due by this month, in percent.
    pub target_due: f64,
    /// Targets due by January … December, in percent.
    pub monthly_targets: [f64; 12],
    /// Facilities listed that year, from high to low; those without figures last, by name.
    pub rows: Vec<PwsRow>,
    /// Pooled over all of them.
    pub total: PwsRow,
}

/// The PWS table; `None` where the indicator is not in that Puskesmas' list of the year.
pub fn pws(evaluator: &Evaluator, puskesmas: u32, service: u32, month: Month, as_of: Date) -> Option<PwsTable> {
    todo!()
}
