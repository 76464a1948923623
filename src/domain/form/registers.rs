//! Descriptions of the tables that make names known: facilities, service indicators, the decree.

use super::FieldKind::{CoachingIndicator, Day, KindOfFacility, Line, Number, Word, Year};
use super::{FormField, TableForm, YES_NO};
use crate::domain::records::Field;
use crate::domain::table::Table;

const YEAR: FormField = FormField::new("tahun", Field::Year, "Tahun", Year).key();
const TARGET: FormField = FormField::new("target", Field::Target, "Target (%)", Number).width(12.0);
const WEIGHT: FormField = FormField::new("bobot", Field::Weight, "Bobot", Number).width(10.0);
const MONTH_HINT: &str = "Tanggal atau bulan; yang dipakai bulannya.";

pub(super) const FACILITIES: TableForm = TableForm {
    table: Table::Facilities,
    slug: "faskes",
    title: "Daftar identifikasi faskes",
    purpose: "Jaringan dan jejaring yang dibina. Hanya nama di daftar ini yang dikenal tabel lain.",
    row: "faskes",
    banner: "DAFTAR IDENTIFIKASI JARINGAN DAN JEJARING",
    fields: &[
        FormField::new("nama", Field::Name, "Nama Jaringan/Jejaring", Line).key().width(30.0),
        FormField::new("jenis", Field::Kind, "Jenis", KindOfFacility).needed().width(16.0),
        FormField::new("kelompok", Field::Group, "Kelompok", Word(&["Jaringan", "Jejaring"])).width(11.0),
        FormField::new("struktur", Field::Structure, "Struktur Jejaring", Line)
            .hint("Misalnya Wilayah Administratif; bila lebih dari satu, dengan koma."),
        FormField::new("alamat", Field::Address, "Alamat", Line).width(28.0),
        FormField::new("desa", Field::Village, "Desa", Line).width(15.0),
        FormField::new("pj", Field::Person, "Penanggung Jawab", Line),
        FormField::new("wajib-lapor", Field::OwesReports, "Wajib Lapor", Word(YES_NO)).hint("Kosong dianggap Ya."),
        FormField::new("no-pks", Field::AgreementNumber, "No. PKS", Line).width(15.0),
        FormField::new("pks-sd", Field::AgreementUntil, "PKS s.d.", Day),
        FormField::new("no-izin", Field::LicenceNumber, "No. Izin", Line).width(15.0),
        FormField::new("izin-sd", Field::LicenceUntil, "Izin s.d.", Day),
        FormField::new("aktif-sejak", Field::ActiveFrom, "Aktif Sejak", Day).hint(MONTH_HINT),
        FormField::new("aktif-sd", Field::ActiveUntil, "Aktif s.d.", Day).hint(MONTH_HINT),
        FormField::new("koordinat", Field::Coordinates, "Koordinat", Line)
            .hint("Lintang lalu bujur, misalnya -7,12345; 110,45678. Untuk peta.")
            .width(22.0),
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
        FormField::new("kode", Field::Code, "Kode", Line).key().hint("Pendek, misalnya K6.").width(12.0),
        FormField::new("indikator", Field::Indicator, "Indikator", Line).needed().width(46.0),
        TARGET.needed(),
        WEIGHT.needed(),
        FormField::new("arah", Field::Direction, "Arah", Word(&["Naik", "Turun"]))
            .needed()
            .hint("Naik: makin tinggi makin baik.")
            .width(12.0),
        FormField::new("agregasi", Field::Aggregation, "Agregasi", Word(&["Jumlah", "Kumulatif", "Terakhir"]))
            .needed()
            .hint("Kumulatif: dari Januari terhadap sasaran setahun.")
            .width(14.0),
        FormField::new("berlaku", Field::AppliesTo, "Berlaku Untuk", Line)
            .hint("Jenis faskes dengan koma. Kosong: faskes yang pernah melaporkannya.")
            .width(26.0),
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
        FormField::new("kode", Field::Code, "Kode", CoachingIndicator).key().width(12.0),
        TARGET.hint("Kosong: tetap seperti sebelumnya."),
        WEIGHT.hint("0: tidak dihitung. Kosong: tetap seperti sebelumnya."),
    ],
};
