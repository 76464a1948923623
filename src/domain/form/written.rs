//! Descriptions of the tables that people write beside the figures.

use super::FieldKind::{Day, Facility, FacilityOrAll, Line, Number, Percent, Period, Prose, Puskesmas, Year};
use super::{FormField, TableForm};
use crate::domain::field::Field;
use crate::domain::table::Table;

/// The descriptions in the order of the pages.
pub(super) const FORMS: &[&TableForm] =
    &[&PROBLEMS, &DECISIONS, &DISTRICT_VISITS, &DISTRICT_FOLLOW_UPS, &CLUSTERS, &PKP];

const OWNER: FormField = FormField::new("pj", Field::Person, "Penanggung Jawab", Line)
    .help("Yang mengerjakan.", "Nama orang, boleh kosong.");
const DUE: FormField =
    FormField::new("batas", Field::Due, "Batas Waktu", Day).help("Batas waktu.", "Tanggal, boleh kosong.");
const DONE: FormField =
    FormField::new("selesai", Field::Done, "Tanggal Selesai", Day).help("Tanggal selesai.", "Tanggal, boleh kosong.");

pub(super) const PROBLEMS: TableForm = TableForm {
    table: Table::Problems,
    slug: "evaluasi",
    title: "Masalah, penyebab, dan tindak lanjut",
    purpose: "Per faskes dan periode; tercetak di laporan evaluasi. Penyebab hanya yang ditulis orang.",
    row: "masalah",
    banner: "EVALUASI PEMBINAAN",
    fields: &[
        FormField::new("periode", Field::Month, "Periode", Period).key(),
        FormField::new("nama", Field::Name, "Nama", FacilityOrAll).blank_key().width(28.0).help(
            "Nama seperti di Daftar Identifikasi.",
            "Pilih dari daftar. Tulis nama Puskesmas bila masalahnya bukan milik satu faskes.",
        ),
        FormField::new("masalah", Field::Problem, "Masalah", Prose)
            .key()
            .help("Yang belum tercapai.", "Satu masalah satu baris. Wajib diisi."),
        FormField::new("penyebab", Field::Cause, "Penyebab", Prose).help(
            "Mengapa, menurut yang menilai. Simpul tidak pernah mengisinya sendiri.",
            "Teks bebas, boleh kosong.",
        ),
        FormField::new("tindak-lanjut", Field::Agreed, "Tindak Lanjut", Prose)
            .help("Yang disepakati.", "Teks bebas, boleh kosong."),
        OWNER,
        DUE,
        DONE,
        FormField::new("bukti", Field::Proof, "Bukti", Line)
            .width(22.0)
            .help("Bukti tindak lanjut.", "Teks bebas, boleh kosong."),
    ],
};

pub(super) const DECISIONS: TableForm = TableForm {
    table: Table::Decisions,
    slug: "notulen",
    title: "Keputusan lokmin",
    purpose: "Tercetak di bahan lokmin berikutnya dan di notulen; yang lewat batas waktu diingatkan.",
    row: "keputusan",
    banner: "NOTULEN LOKAKARYA MINI",
    fields: &[
        FormField::new("tanggal", Field::Date, "Tanggal", Day)
            .key()
            .help("Tanggal lokmin.", "Tanggal. Wajib diisi di setiap baris."),
        FormField::new("masalah", Field::Problem, "Masalah", Prose)
            .blank_key()
            .help("Yang dibahas.", "Teks bebas, boleh kosong."),
        FormField::new("keputusan", Field::Decision, "Keputusan", Prose)
            .key()
            .width(32.0)
            .help("Yang diputuskan.", "Satu keputusan satu baris. Wajib diisi."),
        FormField::new("nama", Field::Name, "Untuk Faskes", Facility)
            .blank_key()
            .width(26.0)
            .help("Faskes yang dituju.", "Pilih dari daftar; kosong bila bukan untuk satu faskes."),
        OWNER,
        DUE,
        FormField::new("tindak-lanjut", Field::Agreed, "Tindak Lanjut", Prose)
            .help("Yang sudah dikerjakan; kosong berarti belum ditindaklanjuti.", "Teks bebas, boleh kosong."),
        DONE,
    ],
};

pub(super) const CLUSTERS: TableForm = TableForm {
    table: Table::Clusters,
    slug: "cluster",
    title: "Cluster binaan",
    purpose: "Puskesmas mana masuk cluster mana; satu daftar untuk semua Puskesmas di Simpul ini.",
    row: "anggota cluster",
    banner: "CLUSTER BINAAN TPCB",
    fields: &[
        FormField::new("tahun", Field::Month, "Tahun", Year).key(),
        FormField::new("anggota", Field::Name, "Puskesmas", Puskesmas)
            .key()
            .width(36.0)
            .help("Nama Puskesmas.", "UPT dan huruf besar boleh, tidak membedakan."),
        FormField::new("cluster", Field::Cluster, "Cluster", Line)
            .needed()
            .width(22.0)
            .help("Nama cluster.", "Misalnya I, atau Cluster Utara. Wajib diisi."),
    ],
};

pub(super) const DISTRICT_VISITS: TableForm = TableForm {
    table: Table::DistrictVisits,
    slug: "pembinaan-tpcb",
    title: "Pembinaan TPCB",
    purpose: "Kunjungan dan umpan balik TPCB; tanggal-tanggalnya menjadi bukti akreditasi 1.7.1.",
    row: "pembinaan TPCB",
    banner: "LAPORAN PEMBINAAN TPCB",
    fields: &[
        FormField::new("tanggal", Field::Date, "Tanggal", Day)
            .key()
            .help("Tanggal pembinaan.", "Tanggal. Wajib diisi di setiap baris."),
        FormField::new("jenis", Field::Form, "Jenis Pembinaan", Line)
            .blank_key()
            .help("Jenis pembinaan.", "Misalnya Terpadu atau Teknis."),
        FormField::new("fakta", Field::Fact, "Temuan: Fakta", Prose)
            .blank_key()
            .under("Temuan", "Fakta")
            .help("Temuan: apa adanya.", "Teks bebas, boleh kosong."),
        FormField::new("kesimpulan", Field::Conclusion, "Temuan: Kesimpulan", Prose)
            .under("Temuan", "Kesimpulan")
            .help("Temuan: artinya.", "Teks bebas, boleh kosong."),
        FormField::new("untuk-puskesmas", Field::ForPuskesmas, "Rekomendasi Puskesmas", Prose)
            .under("Rekomendasi", "Puskesmas")
            .help("Rekomendasi untuk Puskesmas.", "Teks bebas, boleh kosong."),
        FormField::new("untuk-dinas", Field::ForDistrict, "Rekomendasi Dinas Kesehatan", Prose)
            .under("Rekomendasi", "Dinas Kesehatan")
            .help("Rekomendasi untuk Dinas Kesehatan.", "Teks bebas, boleh kosong."),
        FormField::new("batas", Field::Due, "Target Waktu", Day).help("Batas waktu.", "Tanggal, boleh kosong."),
        FormField::new("dikirim", Field::Sent, "Tanggal Dikirim", Day)
            .help("Umpan balik dikirim.", "Tanggal, boleh kosong."),
        FormField::new("diterima", Field::ReceivedOn, "Tanggal Diterima", Day)
            .help("Umpan balik diterima Puskesmas.", "Tanggal, boleh kosong."),
        FormField::new("ditanggapi", Field::Answered, "Tanggal Ditanggapi", Day)
            .help("Umpan balik dijawab Puskesmas.", "Tanggal, boleh kosong."),
        FormField::new("ditindaklanjuti", Field::Done, "Tanggal Ditindaklanjuti", Day)
            .help("Umpan balik selesai ditindaklanjuti.", "Tanggal, boleh kosong."),
    ],
};

pub(super) const DISTRICT_FOLLOW_UPS: TableForm = TableForm {
    table: Table::DistrictFollowUps,
    slug: "tindak-lanjut-tpcb",
    title: "Tindak lanjut pembinaan TPCB",
    purpose: "Jawaban Puskesmas atas setiap rekomendasi TPCB.",
    row: "tindak lanjut",
    banner: "TINDAK LANJUT TPCB",
    fields: &[
        FormField::new("pembinaan", Field::Date, "Tanggal Pembinaan", Day)
            .blank_key()
            .help("Tanggal pembinaan yang dijawab.", "Tanggal, boleh kosong."),
        FormField::new("rencana", Field::Item, "Rencana Tindak Lanjut", Prose)
            .key()
            .width(40.0)
            .help("Yang akan dikerjakan.", "Satu tindakan satu baris."),
        OWNER,
        DUE,
        FormField::new("selesai", Field::Done, "Tanggal Pelaksanaan", Day)
            .help("Tanggal dilaksanakan.", "Tanggal, boleh kosong."),
    ],
};

pub(super) const PKP: TableForm = TableForm {
    table: Table::Pkp,
    slug: "pkp",
    title: "PKP (penilaian kinerja Puskesmas)",
    purpose: "Satu baris untuk setiap upaya, program, variabel, dan sub variabel; kinerjanya dihitung Simpul.",
    row: "baris PKP",
    banner: "PENILAIAN KINERJA PUSKESMAS",
    fields: &[
        FormField::new("tahun", Field::Year, "Tahun", Year).key(),
        FormField::new("kode", Field::Code, "Kode PKP", Line)
            .key()
            .hint("Angka bertingkat: upaya 1, program 1.2, variabel 1.2.1, sub variabel 1.2.1.3.")
            .width(14.0)
            .help(
                "Tempat baris dalam susunan upaya, program, variabel, sub variabel.",
                "Misalnya 1.2.1.3. Wajib diisi.",
            ),
        FormField::new("uraian", Field::Indicator, "Uraian", Line)
            .needed()
            .width(44.0)
            .help("Nama upaya, program, variabel, atau sub variabel.", "Teks. Wajib diisi."),
        FormField::new("target", Field::Target, "Target", Line)
            .hint("Misalnya 85%, <20%, >1, atau 150-250 per mil.")
            .width(14.0)
            .help("Target (T) setahun.", "Misalnya 85%, <20%, >1, 150-250 per mil; kosong untuk upaya dan program."),
        FormField::new("satuan", Field::Measure, "Satuan", Line)
            .width(14.0)
            .help("Satuan sasaran.", "Misalnya orang, rumah tangga."),
        FormField::new("total-sasaran", Field::Denominator, "Total Sasaran", Number)
            .width(12.0)
            .help("Total sasaran (ToS).", "Angka; 0 bila memang tidak ada sasarannya."),
        FormField::new("target-sasaran", Field::PlannedCount, "Target Sasaran", Number)
            .hint("Boleh kosong: dihitung dari target dan total sasaran.")
            .width(12.0)
            .help("Target sasaran (TS).", "Boleh kosong: dihitung dari target dan total sasaran."),
        FormField::new("pencapaian", Field::Numerator, "Pencapaian", Number)
            .width(12.0)
            .help("Pencapaian (P).", "Angka; kosong berarti belum dilaporkan, 0 berarti nol."),
        FormField::new("ring", Field::Ring, "Nilai Ring", Line)
            .hint("Misalnya ≥80=10; 60-<80=7; <60=4. Kosong bila memakai target biasa.")
            .width(24.0)
            .help("Batas cakupan dan nilainya.", "Misalnya ≥80=10; 60-<80=7; <60=4. Boleh kosong."),
        FormField::new("nilai", Field::Score, "Nilai (0, 4, 7, 10)", Number)
            .hint("Hanya untuk manajemen.")
            .width(12.0)
            .help("Nilai variabel manajemen.", "0, 4, 7, atau 10; kosong untuk pelayanan."),
        FormField::new("cakupan", Field::Coverage, "% Cakupan Riil", Percent)
            .hint("Angka di lembar Anda, bila ada; dibandingkan dengan hitungan Simpul.")
            .width(12.0)
            .help("Cakupan riil menurut lembar Anda.", "Boleh kosong: dihitung Simpul."),
        FormField::new("kinerja", Field::Performance, "% Kinerja", Percent)
            .hint("Angka di lembar Anda, bila ada; dibandingkan dengan hitungan Simpul.")
            .width(12.0)
            .help("Kinerja menurut lembar Anda.", "Boleh kosong: dihitung Simpul."),
        FormField::new("penyebab", Field::Cause, "Analisa Akar Penyebab", Prose)
            .help("Mengapa belum tercapai.", "Teks bebas, boleh kosong."),
        FormField::new("rtl", Field::Item, "RTL", Prose).help("Rencana tindak lanjut.", "Teks bebas, boleh kosong."),
        FormField::new("tindak-lanjut", Field::Agreed, "Tindak Lanjut", Prose)
            .help("Yang sudah dikerjakan.", "Teks bebas, boleh kosong."),
        FormField::new("evaluasi", Field::Evaluation, "Evaluasi", Prose).help("Hasilnya.", "Teks bebas, boleh kosong."),
    ],
};
