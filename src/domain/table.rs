//! Tables of the workbooks, and the months that a recap of one covers.

use super::period::{Month, Period, PeriodKind};

/// Owner of what spans Puskesmas: the district's coaching team. It is no Puskesmas and is listed as none.
pub const DISTRICT: &str = "TPCB";

/// The tables: ten that the evaluation rests on, then what people write beside the figures ([`super::written`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// *Daftar Identifikasi*: the register of facilities.
    Facilities,
    /// *Indikator Layanan*: the year's list of service indicators.
    ServiceIndicators,
    /// Indikator Kinerja Pembinaan, the decree.
    Decree,
    /// *Jadwal*: the plan of a year.
    Schedule,
    /// *Perubahan Jadwal*: planned visits moved or cancelled.
    ScheduleChanges,
    /// *Pembinaan*: visits.
    Visits,
    /// *RTL*: follow-ups agreed at visits.
    FollowUps,
    /// *Lokmin*: invitations and attendance.
    Lokmin,
    /// *Laporan*: monthly reports that came or did not.
    MonthlyReports,
    /// *Capaian*: counts of service indicators.
    Achievements,
    /// Evaluasi: problems, causes and agreed follow-up of a period.
    Problems,
    /// Notulen: decisions of lokmin.
    Decisions,
    /// Cluster: which Puskesmas belong to which.
    Clusters,
    /// Pembinaan TPCB: visits and feedback of the district's team.
    DistrictVisits,
    /// Tindak Lanjut TPCB: what the Puskesmas does about them.
    DistrictFollowUps,
}

impl Table {
    /// Every table, in the order in which those of one import are read: registers serve the rest.
    pub const ALL: [Self; 15] = [
        Self::Facilities,
        Self::ServiceIndicators,
        Self::Decree,
        Self::Schedule,
        Self::ScheduleChanges,
        Self::Visits,
        Self::FollowUps,
        Self::Lokmin,
        Self::MonthlyReports,
        Self::Achievements,
        Self::Problems,
        Self::Decisions,
        Self::Clusters,
        Self::DistrictVisits,
        Self::DistrictFollowUps,
    ];

    /// The code in receipts and in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Facilities => "facilities",
            Self::ServiceIndicators => "service_indicators",
            Self::Decree => "decree",
            Self::Schedule => "schedule",
            Self::ScheduleChanges => "schedule_changes",
            Self::Visits => "visits",
            Self::FollowUps => "follow_ups",
            Self::Lokmin => "lokmin",
            Self::MonthlyReports => "reports",
            Self::Achievements => "achievements",
            Self::Problems => "problems",
            Self::Decisions => "decisions",
            Self::Clusters => "clusters",
            Self::DistrictVisits => "district_visits",
            Self::DistrictFollowUps => "district_follow_ups",
        }
    }

    /// Reports whether it is of those that people write beside the figures.
    pub fn is_written(self) -> bool {
        self >= Self::Problems
    }

    /// The table of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.code() == code)
    }

    /// The name that users know.
    pub fn label(self) -> &'static str {
        match self {
            Self::Facilities => "Daftar Identifikasi",
            Self::ServiceIndicators => "Indikator Layanan",
            Self::Decree => "Indikator Kinerja Pembinaan",
            Self::Schedule => "Jadwal",
            Self::ScheduleChanges => "Perubahan Jadwal",
            Self::Visits => "Pembinaan",
            Self::FollowUps => "RTL",
            Self::Lokmin => "Lokmin",
            Self::MonthlyReports => "Laporan",
            Self::Achievements => "Capaian",
            Self::Problems => "Evaluasi",
            Self::Decisions => "Notulen",
            Self::Clusters => "Cluster",
            Self::DistrictVisits => "Pembinaan TPCB",
            Self::DistrictFollowUps => "Tindak Lanjut TPCB",
        }
    }

    /// Returns the word for its facts where they are counted: `18 pembinaan`.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Facilities => "faskes",
            Self::ServiceIndicators | Self::Decree => "indikator",
            Self::Schedule => "rencana",
            Self::ScheduleChanges => "perubahan jadwal",
            Self::Visits => "pembinaan",
            Self::FollowUps => "RTL",
            Self::Lokmin => "undangan lokmin",
            Self::MonthlyReports => "laporan",
            Self::Achievements => "capaian",
            Self::Problems => "masalah",
            Self::Decisions => "keputusan",
            Self::Clusters => "anggota cluster",
            Self::DistrictVisits => "pembinaan TPCB",
            Self::DistrictFollowUps => "tindak lanjut TPCB",
        }
    }
}

/// The months that a recap covers: one, a period of several, or a whole year; it counts as its last month's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Received {
    /// A recap of one month.
    Month(Month),
    /// A table of a whole year.
    Year(i32),
    /// A table of a quarter, four months or half a year; made by [`Received::over`] alone.
    Span(Period),
}

impl Received {
    /// A table over a period.
    pub fn over(period: Period) -> Self {
        match period.kind() {
            PeriodKind::Month => Self::Month(period.first_month()),
            PeriodKind::Year => Self::Year(period.year()),
            PeriodKind::Quarter | PeriodKind::FourMonth | PeriodKind::HalfYear => Self::Span(period),
        }
    }

    /// The table from `first` to `last`, which are those of a period.
    pub fn between(first: Month, last: Month) -> Self {
        Self::over(Period::between(first, last))
    }

    /// The months as a period.
    pub fn period(self) -> Period {
        match self {
            Self::Month(month) => Period::containing(PeriodKind::Month, month),
            Self::Year(year) => Period::whole_year(year),
            Self::Span(period) => period,
        }
    }

    /// The month that decides which recap is the later one.
    pub fn rank_month(self) -> Month {
        match self {
            Self::Month(month) => month,
            Self::Year(year) => Month::from_number(year * 12 + 11),
            Self::Span(period) => period.last_month(),
        }
    }

    /// First and last month covered.
    pub fn months(self) -> (Month, Month) {
        match self {
            Self::Month(month) => (month, month),
            Self::Year(year) => (Month::from_number(year * 12), Month::from_number(year * 12 + 11)),
            Self::Span(period) => (period.first_month(), period.last_month()),
        }
    }

    /// The year covered or lain in.
    pub fn year(self) -> i32 {
        self.rank_month().year()
    }
}
