//! Descriptions of the tables that make names known: facilities, service indicators, the decree.

use super::FieldKind::{CoachingIndicator, Day, KindOfFacility, Line, Number, Word, Year};
use super::{FormField, TableForm, YES_NO};
use crate::domain::field::Field;
use crate::domain::table::Table;

/// The descriptions in the order of the pages.
pub(super) const FORMS: &[&TableForm] = &[&FACILITIES, &SERVICE_INDICATORS, &DECREE];

const YEAR: FormField = FormField::new("tahun", Field::Year, "Tahun", Year).key();
const TARGET: FormField = FormField::new("target", Field::Target, "Target (%)", Number).width(12.0);
const WEIGHT: FormField = FormField::new("bobot", Field::Weight, "Bobot", Number).width(10.0);
const PAPER_END: &str = "Tanggal, misalnya 31 Desember 2025. Kosong bila tidak ada.";
const MONTH_HINT: &str = "Tanggal atau bulan; yang dipakai bulannya.";

pub(super) const FACILITIES: TableForm = TableForm {
    table: Table::Facilities,
    slug: "faskes",
    title: "Daftar identifikasi faskes",
    purpose: "Jaringan dan jejaring yang dibina. Hanya nama di daftar ini yang dikenal tabel lain.",
    row: "faskes",
    banner: "DAFTAR IDENTIFIKASI JARINGAN DAN JEJARING",
    fields: &[
        FormField::new("nama", Field::Name, "Nama Jaringan/Jejaring", Line)
            .key()
            .width(30.0)
            .help("Nama yang dipakai di semua rekap.", "Satu nama satu baris; tulis sama di semua formulir."),
        FormField::new("jenis", Field::Kind, "Jenis", KindOfFacility)
            .needed()
            .width(16.0)
            .help("Jenis fasilitas.", "Pilih dari daftar, atau tulis jenis lain."),
        FormField::new("kelompok", Field::Group, "Kelompok", Word(&["Jaringan", "Jejaring"]))
            .width(11.0)
            .help("Jaringan milik Puskesmas; jejaring milik pihak lain.", "Jaringan atau Jejaring."),
        FormField::new("struktur", Field::Structure, "Struktur Jejaring", Line)
            .hint("Misalnya Wilayah Administratif; bila lebih dari satu, dengan koma.")
            .width(22.0)
            .help(
                "Struktur jejaring tempat fasilitas ini termasuk.",
                "Pilih satu; bila lebih dari satu, tulis dengan koma, misalnya: Sekolah, Lintas Sektor.",
            ),
        FormField::new("alamat", Field::Address, "Alamat", Line).width(28.0).help("Alamat.", "Teks bebas."),
        FormField::new("desa", Field::Village, "Desa", Line).width(15.0).help("Desa atau kelurahan.", "Teks bebas."),
        FormField::new("pj", Field::Person, "Penanggung Jawab", Line)
            .help("Penanggung jawab fasilitas.", "Nama orang."),
        FormField::new("wajib-lapor", Field::OwesReports, "Wajib Lapor", Word(YES_NO))
            .hint("Kosong dianggap Ya.")
            .width(9.0)
            .help("Apakah wajib mengirim laporan bulanan.", "Ya atau Tidak. Kosong dianggap Ya."),
        FormField::new("no-pks", Field::AgreementNumber, "No. PKS", Line)
            .width(15.0)
            .help("Nomor perjanjian kerja sama.", "Seperti tertulis di PKS."),
        FormField::new("pks-sd", Field::AgreementUntil, "PKS s.d.", Day).help("Hari terakhir PKS berlaku.", PAPER_END),
        FormField::new("no-izin", Field::LicenceNumber, "No. Izin", Line)
            .width(15.0)
            .help("Nomor izin.", "Seperti tertulis di surat izin."),
        FormField::new("izin-sd", Field::LicenceUntil, "Izin s.d.", Day).help("Hari terakhir izin berlaku.", PAPER_END),
        FormField::new("aktif-sejak", Field::ActiveFrom, "Aktif Sejak", Day)
            .hint(MONTH_HINT)
            .help("Sejak kapan dibina.", "Tanggal; yang dipakai bulannya. Kosong: sejak Januari tahun ini."),
        FormField::new("aktif-sd", Field::ActiveUntil, "Aktif s.d.", Day)
            .hint(MONTH_HINT)
            .help("Sampai kapan dibina.", "Tanggal; yang dipakai bulannya. Kosong: masih aktif."),
        FormField::new("koordinat", Field::Coordinates, "Koordinat", Line)
            .hint("Lintang lalu bujur, misalnya -7,12345; 110,45678. Untuk peta.")
            .width(22.0)
            .help("Letak di peta.", "Lintang lalu bujur, misalnya -7,12345; 110,45678. Boleh kosong."),
        FormField::new("tahun", Field::Year, "Tahun daftar", Year)
            .needed()
            .hint("Faskes tanpa Aktif Sejak dianggap aktif sejak Januari tahun ini."),
    ],
};

pub(super) const SERVICE_INDICATORS: TableForm = TableForm {
    table: Table::ServiceIndicators,
    slug: "indikator-layanan",
    title: "Indikator layanan",
    purpose: "Indikator yang capaiannya direkap setiap bulan. Berlaku sejak tahunnya sampai ada daftar baru.",
    row: "indikator",
    banner: "INDIKATOR LAYANAN",
    fields: &[
        YEAR,
        FormField::new("kode", Field::Code, "Kode", Line)
            .key()
            .hint("Pendek, misalnya K6.")
            .width(12.0)
            .help("Kode pendek, dipakai di lembar Capaian.", "Misalnya K6."),
        FormField::new("indikator", Field::Indicator, "Indikator", Line)
            .needed()
            .width(46.0)
            .help("Nama lengkap indikator.", "Teks bebas."),
        TARGET.needed().help("Target setahun dalam persen.", "Angka tanpa tanda %, misalnya 95."),
        WEIGHT.needed().help("Bobot dalam nilai capaian layanan.", "Angka; 0 berarti tidak dihitung."),
        FormField::new("arah", Field::Direction, "Arah", Word(&["Naik", "Turun"]))
            .needed()
            .hint("Naik: makin tinggi makin baik.")
            .width(12.0)
            .help("Naik: makin tinggi makin baik. Turun: makin rendah makin baik.", "Naik atau Turun."),
        FormField::new("agregasi", Field::Aggregation, "Agregasi", Word(&["Jumlah", "Kumulatif", "Terakhir"]))
            .needed()
            .hint("Kumulatif: dari Januari terhadap sasaran setahun.")
            .width(14.0)
            .help(
                "Jumlah: semua bulan dijumlah. Kumulatif: dari Januari terhadap sasaran setahun. \
                 Terakhir: bulan lapor terakhir.",
                "Jumlah, Kumulatif, atau Terakhir.",
            ),
        FormField::new("berlaku", Field::AppliesTo, "Berlaku Untuk", Line)
            .hint("Jenis faskes dengan koma. Kosong: faskes yang pernah melaporkannya.")
            .width(26.0)
            .help(
                "Jenis faskes yang melaporkan indikator ini; yang lain tidak ditagih.",
                "Jenis dengan koma, misalnya: Pustu, Polindes. Kosong: faskes yang pernah melaporkannya.",
            ),
    ],
};

pub(super) const DECREE: TableForm = TableForm {
    table: Table::Decree,
    slug: "sk-indikator",
    title: "SK indikator kinerja pembinaan",
    purpose: "Target dan bobot menurut SK Kepala Puskesmas. Berlaku sejak tahunnya sampai ada SK baru.",
    row: "indikator",
    banner: "INDIKATOR KINERJA PEMBINAAN",
    fields: &[
        YEAR,
        FormField::new("kode", Field::Code, "Kode", CoachingIndicator)
            .key()
            .width(12.0)
            .help("Kode indikator.", "Sudah terisi, jangan diubah."),
        TARGET
            .hint("Kosong: tetap seperti sebelumnya.")
            .help("Target dalam persen.", "Angka tanpa tanda %, misalnya 80."),
        WEIGHT
            .hint("0: tidak dihitung. Kosong: tetap seperti sebelumnya.")
            .help("Bobot dalam nilai akhir.", "Angka; 0 berarti tidak dihitung."),
    ],
};
