//! Tables of the workbooks, and the months that a recap of one covers.

use super::period::{Month, Period, PeriodKind};

/// Owner of what spans Puskesmas: the district's coaching team. It is no Puskesmas and is listed as none.
pub const DISTRICT: &str = "TPCB";

/// Every table with its record, its code in receipts and in the database, the name that users know and the word for its
/// facts where they are counted: those that the evaluation rests on, the counts, then what people write beside the
/// figures ([`super::written`]); in the order in which those of one import are read, since registers serve the rest.
/// Hands the list to the macro that is named, behind the arguments for it.
macro_rules! each_table {
    ([$($callback:tt)*] $($arguments:tt)*) => {
        $($callback)*! {
            [$($arguments)*]
            figures {
                /// *Daftar Identifikasi*: the register of facilities.
                Facilities($crate::domain::rows::FacilityRow): "facilities", "Daftar Identifikasi", "faskes";
                /// *Indikator Layanan*: the year's list of service indicators.
                ServiceIndicators($crate::domain::ServiceDefinition): "service_indicators", "Indikator Layanan", "indikator";
                /// Indikator Kinerja Pembinaan, the decree.
                Decree($crate::domain::rows::DecreeRecord): "decree", "Indikator Kinerja Pembinaan", "indikator";
                /// *Jadwal*: the plan of a year.
                Schedule($crate::domain::rows::SlotRow): "schedule", "Jadwal", "rencana";
                /// *Perubahan Jadwal*: planned visits moved or cancelled.
                ScheduleChanges($crate::domain::rows::ChangeRow): "schedule_changes", "Perubahan Jadwal", "perubahan jadwal";
                /// *Pembinaan*: visits.
                Visits($crate::domain::rows::VisitRow): "visits", "Pembinaan", "pembinaan";
                /// *RTL*: follow-ups agreed at visits.
                FollowUps($crate::domain::rows::FollowUpRow): "follow_ups", "RTL", "RTL";
                /// *Daftar Tilik*: items of filled checklists.
                ChecklistItems($crate::domain::rows::ChecklistItemRow): "checklist_items", "Daftar Tilik", "item daftar tilik";
                /// *Lokmin*: invitations and attendance.
                Lokmin($crate::domain::rows::LokminRow): "lokmin", "Lokmin", "undangan lokmin";
                /// *Laporan*: monthly reports that came or did not.
                MonthlyReports($crate::domain::rows::ReportRow): "reports", "Laporan", "laporan";
            }
            counted {
                /// *Capaian*: counts of service indicators.
                Achievements($crate::domain::rows::AchievementRow): "achievements", "Capaian", "capaian";
            }
            written {
                /// Evaluasi: problems, causes and agreed follow-up of a period.
                Problems($crate::domain::rows::Problem): "problems", "Evaluasi", "masalah";
                /// Notulen: decisions of lokmin.
                Decisions($crate::domain::rows::Decision): "decisions", "Notulen", "keputusan";
                /// Cluster: which Puskesmas belong to which.
                Clusters($crate::domain::rows::ClusterMember): "clusters", "Cluster", "anggota cluster";
                /// Pembinaan TPCB: visits and feedback of the district's team.
                DistrictVisits($crate::domain::rows::DistrictVisit): "district_visits", "Pembinaan TPCB", "pembinaan TPCB";
                /// Tindak Lanjut TPCB: what the Puskesmas does about them.
                DistrictFollowUps($crate::domain::rows::DistrictFollowUp): "district_follow_ups", "Tindak Lanjut TPCB", "tindak lanjut TPCB";
                /// Langkah TPCB: the steps that both sides take with an item of that coaching.
                DistrictSteps($crate::domain::rows::DistrictStep): "district_steps", "Langkah TPCB", "langkah TPCB";
                /// Penilaian TPCB: the eight parameters, by the Puskesmas itself and by the district's team.
                DistrictAssessments($crate::domain::rows::DistrictAssessment): "district_assessments", "Penilaian TPCB", "penilaian TPCB";
                /// Masalah Dinas: what a meeting cannot settle and hands to the district.
                DistrictMatters($crate::domain::rows::DistrictMatter): "district_matters", "Masalah Dinas", "masalah untuk dinas";
                /// Pendampingan RUK RPK: meetings in which the district's team helps to draw up the plans of a year.
                PlanSessions($crate::domain::rows::PlanSession): "plan_sessions", "Pendampingan RUK RPK", "pendampingan RUK/RPK";
                /// Usulan RUK RPK: activities that these plans propose, and what the district's team says of each.
                PlanProposals($crate::domain::rows::PlanProposal): "plan_proposals", "Usulan RUK RPK", "usulan RUK/RPK";
                /// PKP: the yearly assessment of the Puskesmas, row by row.
                Pkp($crate::domain::rows::PkpItem): "pkp", "PKP", "baris PKP";
                /// Verifikasi PKP: verdicts of the district's team on it, program by program.
                PkpVerifications($crate::domain::rows::PkpVerification): "pkp_verifications", "Verifikasi PKP", "verifikasi PKP";
                /// Indikator Puskesmas: what counts of the Puskesmas itself, from a year on.
                OwnIndicators($crate::domain::rows::OwnIndicator): "own_indicators", "Indikator Puskesmas", "indikator Puskesmas";
                /// Capaian Puskesmas: the counts of those indicators by month.
                OwnAchievements($crate::domain::rows::OwnAchievement): "own_achievements", "Capaian Puskesmas", "capaian Puskesmas";
                /// Proses PKS: the steps in the life of each facility's agreement.
                AgreementSteps($crate::domain::rows::AgreementStep): "agreement_steps", "Proses PKS", "langkah PKS";
                /// Langkah Jejaring: the five steps of managing each facility.
                NetworkSteps($crate::domain::rows::NetworkStep): "network_steps", "Langkah Jejaring", "langkah jejaring";
                /// Penilaian Integrasi: seven aspects of each facility in a year.
                IntegrationScores($crate::domain::rows::IntegrationScore): "integration_scores", "Penilaian Integrasi", "nilai integrasi";
            }
        }
    };
}

pub(crate) use each_table;

/// Declares the tables of the list.
macro_rules! table_enum {
    ([] $(
        $group:ident {
            $($(#[$doc:meta])* $Variant:ident($Record:ty): $code:literal, $label:literal, $noun:literal;)*
        }
    )*) => {
        /// The tables of the workbooks.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Table {
            $($($(#[$doc])* $Variant,)*)*
        }

        impl Table {
            /// Every table, in the order in which those of one import are read: registers serve the rest.
            pub const ALL: [Self; 0 $($(+ { let _ = $code; 1 })*)*] = [$($(Self::$Variant,)*)*];

            /// The code in receipts and in the database.
            pub fn code(self) -> &'static str {
                match self {
                    $($(Self::$Variant => $code,)*)*
                }
            }

            /// The name that users know.
            pub fn label(self) -> &'static str {
                match self {
                    $($(Self::$Variant => $label,)*)*
                }
            }

            /// Returns the word for its facts where they are counted: `18 pembinaan`.
            pub fn noun(self) -> &'static str {
                match self {
                    $($(Self::$Variant => $noun,)*)*
                }
            }
        }
    };
}

each_table!([table_enum]);

impl Table {
    /// Reports whether it is of those that people write beside the figures.
    pub fn is_written(self) -> bool {
        self >= Self::Problems
    }

    /// The table of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.code() == code)
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
