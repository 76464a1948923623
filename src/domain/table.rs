//! The ten tables of the workbooks, and which months a recap of one covers.

use super::period::Month;

/// The ten tables (`domain.md`, *Workbooks*).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// Daftar Identifikasi.
    Facilities,
    /// Indikator Layanan.
    ServiceIndicators,
    /// Indikator Kinerja Pembinaan, the decree.
    Decree,
    /// Jadwal.
    Schedule,
    /// Perubahan Jadwal.
    ScheduleChanges,
    /// Pembinaan.
    Visits,
    /// RTL.
    FollowUps,
    /// Lokmin.
    Lokmin,
    /// Laporan.
    MonthlyReports,
    /// Capaian.
    Achievements,
}

impl Table {
    /// Every table, in the order in which those of one import are read: registers serve the rest.
    pub const ALL: [Self; 10] = [
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
        }
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
        }
    }
}

/// The months that a recap covers: one, or a whole year (which counts as its December's).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Received {
    /// A monthly recap.
    Month(Month),
    /// A table of a whole year.
    Year(i32),
}

impl Received {
    /// The month that decides which recap is the later one.
    pub fn rank_month(self) -> Month {
        match self {
            Self::Month(month) => month,
            Self::Year(year) => Month::from_number(year * 12 + 11),
        }
    }

    /// First and last month covered.
    pub fn months(self) -> (Month, Month) {
        match self {
            Self::Month(month) => (month, month),
            Self::Year(year) => (Month::from_number(year * 12), Month::from_number(year * 12 + 11)),
        }
    }

    /// The year covered or lain in.
    pub fn year(self) -> i32 {
        self.rank_month().year()
    }
}
