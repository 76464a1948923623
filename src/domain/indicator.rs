//! The coaching indicators (formulas are code) and the service indicators (data altogether).

use super::named_kinds::NamedKinds;
use super::period::Month;

/// The nine indicators of coaching performance (`domain.md`, decree defaults in `dashboards/indicators`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CoachingIndicator {
    /// *Cakupan pembinaan*: planned visits that took place.
    Cak,
    /// *Kepatuhan jadwal*: planned visits that took place in the month first planned.
    Jdw,
    /// *Skor daftar tilik*: points of the checklists.
    Dtk,
    /// *Kelengkapan bukti*: required evidence of visits.
    Bkt,
    /// *Penyelesaian RTL*: agreed actions done.
    Rtl,
    /// *Kehadiran lokmin*: meetings attended.
    Lok,
    /// *Kelengkapan laporan*: monthly reports that came.
    Klp,
    /// *Ketepatan laporan*: monthly reports in time.
    Tpt,
    /// *Capaian indikator layanan*: mean performance of the service indicators.
    Ind,
}

impl CoachingIndicator {
    /// Number of coaching indicators.
    pub const COUNT: usize = 9;
    /// All, in the order of the decree; the index in this array is [`CoachingIndicator::index`].
    pub const ALL: [Self; Self::COUNT] =
        [Self::Cak, Self::Jdw, Self::Dtk, Self::Bkt, Self::Rtl, Self::Lok, Self::Klp, Self::Tpt, Self::Ind];

    /// Position in [`CoachingIndicator::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }

    /// Code of the decree (`CAK`).
    pub fn code(self) -> &'static str {
        match self {
            Self::Cak => "CAK",
            Self::Jdw => "JDW",
            Self::Dtk => "DTK",
            Self::Bkt => "BKT",
            Self::Rtl => "RTL",
            Self::Lok => "LOK",
            Self::Klp => "KLP",
            Self::Tpt => "TPT",
            Self::Ind => "IND",
        }
    }

    /// The indicator of a code, without regard to case and surrounding space.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|indicator| indicator.code().eq_ignore_ascii_case(code.trim()))
    }

    /// Full Indonesian name (`Cakupan pembinaan`).
    pub fn name(self) -> &'static str {
        match self {
            Self::Cak => "Cakupan pembinaan",
            Self::Jdw => "Kepatuhan jadwal",
            Self::Dtk => "Skor daftar tilik",
            Self::Bkt => "Kelengkapan bukti",
            Self::Rtl => "Penyelesaian RTL",
            Self::Lok => "Kehadiran lokmin",
            Self::Klp => "Kelengkapan laporan",
            Self::Tpt => "Ketepatan laporan",
            Self::Ind => "Capaian indikator layanan",
        }
    }

    /// Short name for column heads.
    pub fn short_name(self) -> &'static str {
        match self {
            Self::Cak => "Cakupan",
            Self::Jdw => "Jadwal",
            Self::Dtk => "Tilik",
            Self::Bkt => "Bukti",
            Self::Rtl => "RTL",
            Self::Lok => "Lokmin",
            Self::Klp => "Lapor lengkap",
            Self::Tpt => "Lapor tepat",
            Self::Ind => "Layanan",
        }
    }
}

/// Direction in which a service indicator is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// *Naik*: more is better.
    HigherIsBetter,
    /// *Turun*: less is better.
    LowerIsBetter,
}

/// Way in which a service indicator's months become one figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Aggregation {
    /// *Jumlah*: counts of the months are added.
    Sum,
    /// *Kumulatif*: counts since January, over the denominator of the year.
    Cumulative,
    /// *Terakhir*: the last month reported alone.
    Last,
}

/// A service indicator as the decree of one year defines it.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceDefinition {
    /// Code as written (`K6`).
    pub code: String,
    /// Name as the list writes it.
    pub name: String,
    /// Annual target in percent.
    pub target: f64,
    /// Weight within IND; zero counts for nothing.
    pub weight: f64,
    /// Direction in which it is better.
    pub direction: Direction,
    /// Way in which its months become one figure.
    pub aggregation: Aggregation,
    /// The kinds of facility that it applies to (*Berlaku Untuk*); none named: those that report it.
    pub applies_to: NamedKinds,
}

impl ServiceDefinition {
    /// The target due by `last_month`: for cumulative indicators annual × month / 12, else the annual one.
    pub fn target_due(&self, last_month: Month) -> f64 {
        match self.aggregation {
            Aggregation::Cumulative => self.target * f64::from(last_month.month()) / 12.0,
            Aggregation::Sum | Aggregation::Last => self.target,
        }
    }
}

/// Performance of value `a` against target `t`, in percent between 0 and 100 (`domain.md`, *Performance*).
pub fn performance(a: f64, t: f64, direction: Direction) -> f64 {
    if t == 0.0 {
        return match direction {
            Direction::HigherIsBetter => 100.0,
            Direction::LowerIsBetter if a == 0.0 => 100.0,
            Direction::LowerIsBetter => 0.0,
        };
    }
    let raw = match direction {
        Direction::HigherIsBetter => a / t * 100.0,
        Direction::LowerIsBetter => (2.0 * t - a) / t * 100.0,
    };
    raw.clamp(0.0, 100.0)
}
