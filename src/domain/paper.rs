//! Papers that Simpul makes, and their formats: their names on the command line, in addresses and in words.

use std::fmt;
use std::str::FromStr;

use super::PeriodKind;

/// Kinds of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReportKind {
    /// Four-monthly evaluation.
    Evaluation,
    /// Activities of a period: visits, points, evidence, findings, follow-ups.
    Activity,
    /// Register of the network.
    Register,
    /// The year's plan as a matrix.
    Schedule,
    /// Material for lokmin.
    Lokmin,
    /// Minutes and attendance list to fill in.
    Minutes,
    /// Periodic report to the district's team.
    Tpcb,
    /// Several Puskesmas beside each other, for the team.
    Cluster,
    /// Index of the evidence for accreditation; as a file a ZIP with every document.
    Accreditation,
    /// The yearly assessment of the Puskesmas.
    Pkp,
    /// Management of the network: agreements, steps, integration, evidence by phase.
    Network,
    /// RUK and RPK with what the district's team said of each proposal.
    PlanReview,
    /// Letter of invitation to lokmin, with the list of those invited.
    Invitation,
    /// Letter of assignment for the coaching visits of the plan.
    Assignment,
    /// Letter of assignment of the district's team.
    TeamAssignment,
    /// Letter to each facility after its visits.
    FacilityFeedback,
    /// The team's formal feedback to the Puskesmas, with a receipt.
    DistrictFeedback,
    /// Letter that goes with reports to the district office.
    Covering,
    /// Letter that asks the district office for a resource person.
    ResourcePerson,
    /// The head's decree on indicators, as a text.
    IndicatorDecree,
}

impl ReportKind {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 20] = [
        Self::Evaluation,
        Self::Activity,
        Self::Register,
        Self::Schedule,
        Self::Lokmin,
        Self::Minutes,
        Self::Tpcb,
        Self::Cluster,
        Self::Accreditation,
        Self::Pkp,
        Self::Network,
        Self::PlanReview,
        Self::Invitation,
        Self::Assignment,
        Self::TeamAssignment,
        Self::FacilityFeedback,
        Self::DistrictFeedback,
        Self::Covering,
        Self::ResourcePerson,
        Self::IndicatorDecree,
    ];

    /// The word on the command line and in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Evaluation => "evaluasi",
            Self::Activity => "pelaksanaan",
            Self::Register => "identifikasi",
            Self::Schedule => "jadwal",
            Self::Lokmin => "lokmin",
            Self::Minutes => "notulen",
            Self::Tpcb => "tpcb",
            Self::Cluster => "tpcb-cluster",
            Self::Accreditation => "akreditasi",
            Self::Pkp => "pkp",
            Self::Network => "jejaring",
            Self::PlanReview => "telaah-ruk-rpk",
            Self::Invitation => "undangan",
            Self::Assignment => "surat-tugas",
            Self::TeamAssignment => "surat-tugas-tpcb",
            Self::FacilityFeedback => "umpan-balik",
            Self::DistrictFeedback => "umpan-balik-tpcb",
            Self::Covering => "pengantar",
            Self::ResourcePerson => "narasumber",
            Self::IndicatorDecree => "sk-indikator",
        }
    }

    /// Title of the paper.
    pub fn title(self) -> &'static str {
        match self {
            Self::Evaluation => "Evaluasi pembinaan jaringan dan jejaring",
            Self::Activity => "Laporan pelaksanaan pembinaan jaringan dan jejaring",
            Self::Register => "Daftar identifikasi jaringan dan jejaring",
            Self::Schedule => "Jadwal pembinaan jaringan dan jejaring",
            Self::Lokmin => "Bahan lokakarya mini",
            Self::Minutes => "Notulen dan daftar hadir lokakarya mini",
            Self::Tpcb => "Laporan pembinaan kepada TPCB",
            Self::Cluster => "Rekapitulasi TPCB antar-Puskesmas",
            Self::Accreditation => "Berkas akreditasi kriteria 1.2.3 dan 1.7.1",
            Self::Pkp => "Laporan penilaian kinerja Puskesmas (PKP)",
            Self::Network => "Laporan pengelolaan jejaring",
            Self::PlanReview => "Telaah RUK/RPK",
            Self::Invitation => "Undangan lokakarya mini",
            Self::Assignment => "Surat tugas pembinaan",
            Self::TeamAssignment => "Surat tugas TPCB",
            Self::FacilityFeedback => "Umpan balik hasil pembinaan kepada faskes",
            Self::DistrictFeedback => "Umpan balik TPCB kepada Puskesmas",
            Self::Covering => "Surat pengantar laporan",
            Self::ResourcePerson => "Permohonan narasumber",
            Self::IndicatorDecree => "Keputusan tentang indikator kinerja pembinaan",
        }
    }

    /// Describes in an Indonesian sentence what it is for.
    pub fn purpose(self) -> &'static str {
        match self {
            Self::Evaluation => "Hasil caturwulan terhadap jadwal dan SK indikator, dengan formulir perubahan jadwal.",
            Self::Activity => "Kunjungan, skor daftar tilik, bukti, temuan, dan rencana tindak lanjut.",
            Self::Register => "Semua jaringan dan jejaring yang dibina, dengan PKS dan izinnya.",
            Self::Schedule => "Matriks rencana setahun beserta perubahannya.",
            Self::Lokmin => "Grafik PWS, tabel status, temuan, RTL yang lewat batas, rencana bulan berikutnya.",
            Self::Minutes => "Formulir notulen dan daftar hadir, siap diisi dan ditandatangani.",
            Self::Tpcb => "Laporan berkala Puskesmas kepada tim pembina cluster binaan.",
            Self::Cluster => "Perbandingan, peringkat, dan perkembangan semua Puskesmas di folder data ini.",
            Self::Accreditation => "ZIP: indeks bukti setiap elemen dan semua dokumen pendukungnya.",
            Self::Pkp => "Kinerja program setahun, kelasnya, sarang laba-laba, dan beda dengan angka di lembar.",
            Self::Network => "PKS, lima langkah, struktur, tujuh aspek integrasi, dan bukti P1, P2, P3 setahun.",
            Self::PlanReview => "Usulan, biaya menurut sumber dana, telaah TPCB, dan tanggapan Puskesmas.",
            Self::Invitation => "Surat undangan dengan acara dan daftar yang diundang.",
            Self::Assignment => "Petugas, faskes, dan tanggal pembinaan menurut jadwal.",
            Self::TeamAssignment => "Penugasan tim pembina cluster binaan ke Puskesmas ini.",
            Self::FacilityFeedback => "Satu surat tiap faskes: skor, temuan, RTL, dan permintaan jawaban.",
            Self::DistrictFeedback => "Umpan balik resmi butir demi butir, dengan tanda terimanya.",
            Self::Covering => "Pengantar kepada Kepala Dinas dengan daftar laporan yang dikirim.",
            Self::ResourcePerson => "Permohonan kepada dinas, dengan materi dan peserta.",
            Self::IndicatorDecree => {
                "Menimbang, mengingat, memutuskan; indikator, rumus, target, dan bobot yang berlaku."
            }
        }
    }

    /// Period kinds that it is made for, the usual one first.
    pub fn periods(self) -> &'static [PeriodKind] {
        use PeriodKind::{FourMonth, HalfYear, Month, Quarter, Year};
        match self {
            Self::Evaluation => &[FourMonth, HalfYear, Year],
            Self::Activity => &[FourMonth, Month, Quarter, HalfYear, Year],
            Self::Register | Self::Schedule => &[Year, FourMonth, HalfYear],
            Self::Lokmin | Self::Minutes | Self::Invitation => &[Month, Quarter],
            Self::Tpcb | Self::Cluster => &[FourMonth, Month, Quarter, Year],
            Self::Accreditation => &[Year, FourMonth],
            Self::Pkp | Self::Network | Self::PlanReview | Self::IndicatorDecree => &[Year],
            Self::Assignment | Self::TeamAssignment | Self::FacilityFeedback => &[Month, Quarter, FourMonth],
            Self::DistrictFeedback | Self::Covering | Self::ResourcePerson => &[Month, Quarter, FourMonth, Year],
        }
    }

    /// Reports whether it is a letter to be sent, given or signed by itself: nobody wants all of them in one go.
    pub fn is_letter(self) -> bool {
        match self {
            Self::Invitation
            | Self::Assignment
            | Self::TeamAssignment
            | Self::FacilityFeedback
            | Self::DistrictFeedback
            | Self::Covering
            | Self::ResourcePerson
            | Self::IndicatorDecree => true,
            Self::Evaluation
            | Self::Activity
            | Self::Register
            | Self::Schedule
            | Self::Lokmin
            | Self::Minutes
            | Self::Tpcb
            | Self::Cluster
            | Self::Accreditation
            | Self::Pkp
            | Self::Network
            | Self::PlanReview => false,
        }
    }

    /// Reports whether it is a letter of the district's team about one Puskesmas: under the team's letterhead and number.
    pub fn is_team_letter(self) -> bool {
        matches!(self, Self::TeamAssignment | Self::DistrictFeedback)
    }
}

/// Formats of a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileFormat {
    /// PDF, to print and to sign.
    Pdf,
    /// Text document, to edit.
    Docx,
    /// Workbook, to compute with.
    Xlsx,
}

impl FileFormat {
    /// All.
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Docx, Self::Xlsx];

    /// Ending of the file's name.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
        }
    }

    /// Media type for HTTP.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// No such paper or format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownReport {
    asked: String,
    known: Vec<&'static str>,
}

impl fmt::Display for UnknownReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` tidak dikenal; yang ada: {}", self.asked, self.known.join(", "))
    }
}

impl std::error::Error for UnknownReport {}

impl FromStr for ReportKind {
    type Err = UnknownReport;

    fn from_str(text: &str) -> Result<Self, UnknownReport> {
        let found = Self::ALL.into_iter().find(|kind| kind.code().eq_ignore_ascii_case(text.trim()));
        found.ok_or_else(|| UnknownReport { asked: text.to_owned(), known: Self::ALL.map(Self::code).to_vec() })
    }
}

impl FromStr for FileFormat {
    type Err = UnknownReport;

    fn from_str(text: &str) -> Result<Self, UnknownReport> {
        let found = Self::ALL.into_iter().find(|format| format.ending().eq_ignore_ascii_case(text.trim()));
        found.ok_or_else(|| UnknownReport { asked: text.to_owned(), known: Self::ALL.map(Self::ending).to_vec() })
    }
}
