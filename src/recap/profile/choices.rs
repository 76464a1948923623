//! The fields that the columns of a table can be, in the words that people choose from.

use crate::domain::Table;
use crate::domain::format::MONTHS;
use crate::recap::heading::{ACROSS_WORDS, ColumnMeaning, spec_of};

/// A field that a column of a table can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnChoice {
    /// Stable code.
    pub code: String,
    /// Its name on the page.
    pub label: String,
    /// The table cannot do without it.
    pub is_needed: bool,
}

/// A month's mark, date or numerator: `bulan:5`.
pub(super) const MONTH: &str = "bulan:";
/// A month's denominator: `sasaran-bulan:5`.
pub(super) const MONTH_DENOMINATOR: &str = "sasaran-bulan:";
/// The denominator of the sheet's indicator.
pub(super) const DENOMINATOR: &str = "sasaran";
/// The numerator of the sheet's indicator.
pub(super) const NUMERATOR: &str = "capaian";
/// The denominator of an indicator: `sasaran:K6`.
pub(super) const DENOMINATOR_OF: &str = "sasaran:";
/// The numerator of an indicator: `capaian:K6`.
pub(super) const NUMERATOR_OF: &str = "capaian:";

type Words = &'static [(ColumnMeaning, &'static [&'static str])];

pub(super) fn words_of(table: Table) -> Words {
    spec_of(table).map_or(ACROSS_WORDS, |spec| spec.words)
}

/// Returns the fields of a table, in the order of the template; `services` are the codes of the known service
/// indicators.
pub fn choices(table: Table, services: &[String]) -> Vec<ColumnChoice> {
    let spec = spec_of(table);
    let is_needed = |column: ColumnMeaning| match spec {
        Some(spec) => spec.required.contains(&column) || table == Table::FollowUps && column == ColumnMeaning::Due,
        None => column == ColumnMeaning::Name,
    };
    let words = words_of(table).iter().filter_map(|(column, words)| Some((column, words.first()?)));
    let mut choices: Vec<ColumnChoice> = words
        .map(|(column, code)| ColumnChoice {
            code: (*code).to_owned(),
            label: column.label().to_owned(),
            is_needed: is_needed(*column),
        })
        .collect();
    let mut add = |code: String, label: String| choices.push(ColumnChoice { code, label, is_needed: false });
    match table {
        Table::Schedule | Table::Visits | Table::Lokmin | Table::MonthlyReports => {
            for (number, name) in (1..).zip(MONTHS) {
                add(format!("{MONTH}{number}"), format!("Bulan {name}"));
            }
        }
        Table::Achievements => {
            add(DENOMINATOR.to_owned(), "Sasaran (satu indikator)".to_owned());
            add(NUMERATOR.to_owned(), "Capaian (satu indikator, satu bulan)".to_owned());
            for (number, name) in (1..).zip(MONTHS) {
                add(format!("{MONTH}{number}"), format!("Capaian {name}"));
            }
            for (number, name) in (1..).zip(MONTHS) {
                add(format!("{MONTH_DENOMINATOR}{number}"), format!("Sasaran {name}"));
            }
            for service in services {
                add(format!("{DENOMINATOR_OF}{service}"), format!("Sasaran {service}"));
                add(format!("{NUMERATOR_OF}{service}"), format!("Capaian {service}"));
            }
        }
        _ => {}
    }
    choices
}

pub(super) fn label_of(table: Table, code: &str) -> String {
    let named = choices(table, &[]).into_iter().find(|choice| choice.code == code);
    named.map_or_else(|| code.replace(':', " "), |choice| choice.label)
}

impl ColumnMeaning {
    /// Returns its name on the page.
    #[expect(clippy::too_many_lines, reason = "a line a column")]
    pub(in crate::recap) fn label(self) -> &'static str {
        match self {
            Self::No => "Nomor urut",
            Self::Name => "Nama jaringan/jejaring",
            Self::Date => "Tanggal pembinaan",
            Self::Form => "Bentuk kegiatan",
            Self::Person => "Petugas / penanggung jawab",
            Self::Points => "Skor daftar tilik",
            Self::Maximum => "Skor maksimal",
            Self::AttendanceList => "Daftar hadir (bukti)",
            Self::Minutes => "Notulen",
            Self::Photos => "Foto",
            Self::Evidence => "Bukti (daftar hadir, notulen, foto) dalam satu kolom",
            Self::PlannedDay => "Tanggal rencana",
            Self::Aspect => "Aspek",
            Self::Finding => "Temuan",
            Self::Item => "Rencana tindak lanjut",
            Self::Due => "Target selesai",
            Self::Done => "Tanggal selesai",
            Self::Status => "Status (sudah atau belum)",
            Self::Invited => "Diundang",
            Self::Attended => "Hadir",
            Self::Sort => "Jenis lokmin",
            Self::ReportMonth => "Bulan laporan",
            Self::Year => "Tahun",
            Self::ReceivedOn => "Tanggal diterima",
            Self::Complete => "Lengkap (diterima)",
            Self::InTime => "Tepat waktu",
            Self::Late => "Terlambat",
            Self::AppliesTo => "Berlaku untuk (jenis faskes)",
            Self::Planned => "Jadwal semula",
            Self::Moved => "Jadwal baru",
            Self::Reason => "Keterangan (alasan)",
            Self::LetterNumber => "Nomor surat",
            Self::Approver => "Disetujui oleh",
            Self::Kind => "Jenis faskes",
            Self::Group => "Kelompok (jaringan atau jejaring)",
            Self::Structure => "Struktur jejaring",
            Self::Address => "Alamat",
            Self::Village => "Desa",
            Self::OwesReports => "Wajib lapor",
            Self::AgreementNumber => "Nomor PKS",
            Self::AgreementUntil => "PKS s.d.",
            Self::LicenceNumber => "Nomor izin",
            Self::LicenceUntil => "Izin s.d.",
            Self::ActiveFrom => "Aktif sejak",
            Self::ActiveUntil => "Aktif s.d.",
            Self::Coordinates => "Koordinat (lintang dan bujur)",
            Self::Latitude => "Lintang",
            Self::Longitude => "Bujur",
            Self::Code => "Kode",
            Self::IndicatorName => "Nama indikator",
            Self::Target => "Target (%)",
            Self::Weight => "Bobot",
            Self::Direction => "Arah",
            Self::Aggregation => "Agregasi",
            Self::Problem => "Masalah",
            Self::Cause => "Penyebab",
            Self::Agreed => "Tindak lanjut",
            Self::Proof => "Bukti",
            Self::Meeting => "Tanggal rapat",
            Self::For => "Faskes yang dituju",
            Self::Decision => "Keputusan",
            Self::Puskesmas => "Puskesmas",
            Self::Cluster => "Cluster",
            Self::Fact => "Temuan: fakta",
            Self::Conclusion => "Temuan: kesimpulan",
            Self::ForPuskesmas => "Rekomendasi untuk Puskesmas",
            Self::ForDistrict => "Rekomendasi untuk Dinas Kesehatan",
            Self::Sent => "Tanggal dikirim",
            Self::Answered => "Tanggal ditanggapi",
        }
    }
}
