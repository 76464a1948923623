//! Ready-made workbooks: what a coordinator fills in and what the importer reads back without one issue.
//! The same layouts filled with records are an export. Knows the vocabulary only: no store, no reader of
//! workbooks. `plan` says what stands on a sheet, `draw` alone turns that into cells.

mod achievements;
mod book;
mod checklist;
mod context;
mod definitions;
mod described;
mod draw;
mod example;
mod help;
mod lists;
mod meetings;
mod plan;
mod schedule;
mod sign;
mod style;
mod visits;
mod written;

pub use checklist::{ChecklistBook, ChecklistSheet, checklist_workbook};
pub use context::{SignatureLines, TemplateContext, TemplateError, TemplateRecords};

use crate::domain::{Month, Table, format};
use plan::SheetPlan;

/// The first line of the sheet of examples; a reader of workbooks leaves such a sheet alone.
pub const EXAMPLE_MARK: &str = "CONTOH PENGISIAN";
/// The first line of the help sheet; a reader of workbooks leaves such a sheet alone.
pub const HELP_MARK: &str = "PETUNJUK PENGISIAN";
/// The first line of the hidden sheet behind the drop-downs; a reader of workbooks leaves it alone.
pub const LISTS_MARK: &str = "DAFTAR PILIHAN";

/// Kind of workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TemplateKind {
    /// Daftar Identifikasi, Indikator Layanan, Indikator Kinerja Pembinaan.
    Register,
    /// Jadwal and Perubahan Jadwal of a year.
    Schedule,
    /// Pembinaan, RTL, Lokmin, Laporan, Capaian of one month.
    MonthlyRecap,
    /// The same of one year, months across where the forms have them across.
    YearlyRecap,
    /// Evaluasi of four months.
    Evaluation,
    /// Notulen of a year.
    Minutes,
    /// Coaching by TPCB in a year: findings, follow-up, steps, assessment, matters for the district.
    District,
    /// Cluster: Puskesmas by cluster, for the district's team.
    Clusters,
    /// RUK and RPK: proposals with their costs and what TPCB said of them, and the meetings about them.
    AnnualPlans,
    /// PKP of a year.
    Pkp,
    /// Indicators of the Puskesmas itself and their counts in a year.
    OwnIndicators,
    /// Management of the network in a year: agreements, steps, integration.
    Network,
}

impl TemplateKind {
    /// Every kind, in the order in which they are filled in.
    pub const ALL: [Self; 12] = [
        Self::Register,
        Self::Schedule,
        Self::MonthlyRecap,
        Self::YearlyRecap,
        Self::Evaluation,
        Self::Minutes,
        Self::District,
        Self::Clusters,
        Self::AnnualPlans,
        Self::Pkp,
        Self::OwnIndicators,
        Self::Network,
    ];

    /// The word of the command line and of addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Register => "identifikasi",
            Self::Schedule => "jadwal",
            Self::MonthlyRecap => "rekap-bulanan",
            Self::YearlyRecap => "rekap-tahunan",
            Self::Evaluation => "evaluasi",
            Self::Minutes => "notulen",
            Self::District => "pembinaan-tpcb",
            Self::Clusters => "cluster",
            Self::AnnualPlans => "ruk-rpk",
            Self::Pkp => "pkp",
            Self::OwnIndicators => "indikator-puskesmas",
            Self::Network => "jejaring",
        }
    }

    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Title on pages.
    pub fn title(self) -> &'static str {
        match self {
            Self::Register => "Daftar identifikasi dan indikator",
            Self::Schedule => "Jadwal pembinaan setahun",
            Self::MonthlyRecap => "Rekap bulanan",
            Self::YearlyRecap => "Rekap tahunan",
            Self::Evaluation => "Evaluasi: masalah, penyebab, tindak lanjut",
            Self::Minutes => "Notulen lokmin",
            Self::District => "Pembinaan TPCB",
            Self::Clusters => "Cluster binaan",
            Self::AnnualPlans => "RUK dan RPK",
            Self::Pkp => "PKP: penilaian kinerja Puskesmas",
            Self::OwnIndicators => "Indikator Puskesmas: INM, SPM, IKS, IKP",
            Self::Network => "Pengelolaan jejaring: PKS, langkah, integrasi",
        }
    }

    /// One or two sentences: what it holds and when to choose it.
    pub fn description(self) -> &'static str {
        match self {
            Self::Register => {
                "Nama dan data semua jaringan dan jejaring, indikator layanan, serta target dan bobot menurut SK. \
                 Isi dan impor yang ini lebih dahulu: templat lain memakai nama dari sini."
            }
            Self::Schedule => "Rencana kunjungan setahun per jaringan dan jejaring, serta perubahan jadwalnya.",
            Self::MonthlyRecap => {
                "Pembinaan, RTL, kehadiran lokmin, penerimaan laporan, dan capaian indikator satu bulan."
            }
            Self::YearlyRecap => {
                "Isi yang sama untuk satu tahun dalam satu buku kerja, bulan berjajar ke kanan. \
                 Untuk Puskesmas yang merekap setahun sekaligus."
            }
            Self::Evaluation => {
                "Masalah, penyebab, dan tindak lanjut yang disepakati per faskes, untuk caturwulan dari bulan yang \
                 dipilih. Dipakai laporan evaluasi."
            }
            Self::Minutes => {
                "Keputusan lokmin setahun dengan penanggung jawab, batas waktu, dan tindak lanjutnya. Dipakai bahan \
                 lokmin dan notulen."
            }
            Self::District => {
                "Kunjungan dan umpan balik TPCB setahun, langkah kedua pihak atas setiap butir, penilaian, dan masalah \
                 untuk dinas. Tanggal-tanggalnya menjadi bukti kriteria akreditasi 1.7.1."
            }
            Self::Clusters => {
                "Puskesmas mana masuk cluster mana; satu daftar untuk semua Puskesmas. Dipakai rekapitulasi TPCB."
            }
            Self::AnnualPlans => {
                "Usulan RUK dan kegiatan RPK dengan biayanya, telaah TPCB dan tanggapan Puskesmas atas setiap usulan, serta \
                 pendampingan penyusunannya. Dikirim bolak-balik antara kedua pihak."
            }
            Self::Pkp => {
                "Target, sasaran, dan pencapaian setahun per upaya, program, variabel, dan sub variabel. Kinerja dan \
                 kelasnya dihitung Simpul."
            }
            Self::OwnIndicators => {
                "Indikator Puskesmas sendiri, tanpa faskes, dan pembilang serta penyebutnya setiap bulan. Set yang sudah \
                 dinyalakan tidak perlu ditulis lagi di lembar Indikator Puskesmas."
            }
            Self::Network => {
                "Riwayat PKS setiap jejaring, langkah pengelolaannya, dan penilaian tujuh aspek integrasi setahun. Dipakai \
                 halaman Jejaring dan laporannya."
            }
        }
    }

    /// Reports whether a month is asked for: its own, or one of its four.
    pub fn is_monthly(self) -> bool {
        matches!(self, Self::MonthlyRecap | Self::Evaluation)
    }

    /// The tables it holds, in the order of its sheets.
    pub fn tables(self) -> &'static [Table] {
        match self {
            Self::Register => &[Table::Facilities, Table::ServiceIndicators, Table::Decree],
            Self::Schedule => &[Table::Schedule, Table::ScheduleChanges],
            Self::MonthlyRecap | Self::YearlyRecap => {
                &[Table::Visits, Table::FollowUps, Table::Lokmin, Table::MonthlyReports, Table::Achievements]
            }
            Self::Evaluation => &[Table::Problems],
            Self::Minutes => &[Table::Decisions],
            Self::District => &[
                Table::DistrictVisits,
                Table::DistrictFollowUps,
                Table::DistrictSteps,
                Table::DistrictAssessments,
                Table::DistrictMatters,
            ],
            Self::Clusters => &[Table::Clusters],
            Self::AnnualPlans => &[Table::PlanProposals, Table::PlanSessions],
            Self::Pkp => &[Table::Pkp, Table::PkpVerifications],
            Self::OwnIndicators => &[Table::OwnIndicators, Table::OwnAchievements],
            Self::Network => &[Table::AgreementSteps, Table::NetworkSteps, Table::IntegrationScores],
        }
    }

    /// `rekap-2023-05.xlsx`, `identifikasi-2023.xlsx` …; only a monthly recap's name holds the month, an evaluation's its period.
    pub fn file_name(self, month: Month) -> String {
        let year = month.year();
        match self {
            Self::Register => format!("identifikasi-{year}.xlsx"),
            Self::Schedule => format!("jadwal-{year}.xlsx"),
            Self::MonthlyRecap => format!("rekap-{month}.xlsx"),
            Self::YearlyRecap => format!("rekap-tahunan-{year}.xlsx"),
            Self::Evaluation => format!("evaluasi-{}.xlsx", written::period(month)),
            Self::Minutes => format!("notulen-{year}.xlsx"),
            Self::District => format!("pembinaan-tpcb-{year}.xlsx"),
            Self::Clusters => format!("cluster-{year}.xlsx"),
            Self::AnnualPlans => format!("ruk-rpk-{year}.xlsx"),
            Self::Pkp => format!("pkp-{year}.xlsx"),
            Self::OwnIndicators => format!("indikator-puskesmas-{year}.xlsx"),
            Self::Network => format!("jejaring-{year}.xlsx"),
        }
    }
}

/// The workbook of one kind as bytes of an `.xlsx`: empty rows to fill in, or with [`TemplateRecords`] filled.
///
/// Where service indicators are not known yet, recaps come without Capaian, and the help sheet says so.
/// A yearly recap holds lokmin bulanan only: its layout has no place for the sort of meeting.
///
/// # Errors
/// A blank name of the Puskesmas, more rows than a workbook to fill in should have, or what the writer of
/// workbooks refuses.
pub fn workbook(kind: TemplateKind, context: &TemplateContext) -> Result<Vec<u8>, TemplateError> {
    let context = context.checked()?;
    let plans = plans(kind, &context);
    let cells: usize = plans.iter().map(SheetPlan::cells).sum();
    if cells > TemplateContext::CELLS_MAX {
        return Err(TemplateError::TooLarge { cells, limit: TemplateContext::CELLS_MAX });
    }
    book::workbook(kind, &context, &plans)
}

/// The monthly recaps of the context's whole year with their file names, January first.
///
/// # Errors
/// As [`workbook`].
pub fn monthly_recaps(context: &TemplateContext) -> Result<Vec<(String, Vec<u8>)>, TemplateError> {
    let kind = TemplateKind::MonthlyRecap;
    let january = Month::from_number(context.month.year() * 12);
    let mut context = context.clone();
    (0..12)
        .map(|place| {
            context.month = january.plus(place);
            Ok((kind.file_name(context.month), workbook(kind, &context)?))
        })
        .collect()
}

/// Lays out the tables of one kind of workbook, one a sheet.
fn plans(kind: TemplateKind, context: &TemplateContext) -> Vec<SheetPlan> {
    let mut plans = match kind {
        TemplateKind::Register => {
            vec![definitions::register(context), definitions::services(context), definitions::decree(context)]
        }
        TemplateKind::Schedule => vec![schedule::slots(context), schedule::changes(context)],
        TemplateKind::MonthlyRecap => {
            vec![
                visits::visits(context, visits::SheetSpan::Month),
                visits::follow_ups(context, visits::SheetSpan::Month),
                meetings::lokmin(context),
                meetings::reports(context),
            ]
        }
        TemplateKind::YearlyRecap => {
            vec![
                visits::visits(context, visits::SheetSpan::Year),
                visits::follow_ups(context, visits::SheetSpan::Year),
                meetings::lokmin_of_year(context),
                meetings::reports_of_year(context),
            ]
        }
        _ => kind.tables().iter().map(|table| written::sheet(context, *table)).collect(),
    };
    match kind {
        TemplateKind::MonthlyRecap => plans.extend(achievements::month(context)),
        TemplateKind::YearlyRecap => plans.extend(achievements::year(context)),
        _ => {}
    }
    plan::name_sheets(&mut plans);
    plans
}

/// Writes the line of the year: `TAHUN 2023`.
fn year_line(month: Month) -> String {
    format!("TAHUN {}", month.year())
}

/// `BULAN : MEI 2023`.
fn month_line(month: Month) -> String {
    format!("BULAN : {}", format::month(month).to_uppercase())
}
