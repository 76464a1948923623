//! Descriptions of the tables that people write beside the figures.

use super::FieldKind::{Day, Facility, FacilityOrAll, Line, Period, Prose, Puskesmas, Year};
use super::{FormField, TableForm};
use crate::domain::records::Field;
use crate::domain::table::Table;

const OWNER: FormField = FormField::new("pj", Field::Person, "Penanggung Jawab", Line);
const DUE: FormField = FormField::new("batas", Field::Due, "Batas Waktu", Day);
const DONE: FormField = FormField::new("selesai", Field::Done, "Tanggal Selesai", Day);

pub(super) const PROBLEMS: TableForm = TableForm {
    table: Table::Problems,
    slug: "evaluasi",
    title: "Masalah, penyebab, dan tindak lanjut",
    purpose: "Per faskes dan periode; tercetak di laporan evaluasi. Penyebab hanya yang ditulis orang.",
    row: "masalah",
    banner: "EVALUASI PEMBINAAN",
    fields: &[
        FormField::new("periode", Field::Month, "Periode", Period).key(),
        FormField::new("nama", Field::Name, "Nama", FacilityOrAll).blank_key().width(28.0),
        FormField::new("masalah", Field::Problem, "Masalah", Prose).key(),
        FormField::new("penyebab", Field::Cause, "Penyebab", Prose),
        FormField::new("tindak-lanjut", Field::Agreed, "Tindak Lanjut", Prose),
        OWNER,
        DUE,
        DONE,
        FormField::new("bukti", Field::Proof, "Bukti", Line).width(22.0),
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
        FormField::new("tanggal", Field::Date, "Tanggal", Day).key(),
        FormField::new("masalah", Field::Problem, "Masalah", Prose).blank_key(),
        FormField::new("keputusan", Field::Decision, "Keputusan", Prose).key().width(32.0),
        FormField::new("nama", Field::Name, "Untuk Faskes", Facility).blank_key(),
        OWNER,
        DUE,
        FormField::new("tindak-lanjut", Field::Agreed, "Tindak Lanjut", Prose),
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
        FormField::new("anggota", Field::Name, "Puskesmas", Puskesmas).key().width(36.0),
        FormField::new("cluster", Field::Cluster, "Cluster", Line).needed().width(22.0),
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
        FormField::new("tanggal", Field::Date, "Tanggal", Day).key(),
        FormField::new("jenis", Field::Form, "Jenis Pembinaan", Line).blank_key(),
        FormField::new("fakta", Field::Fact, "Temuan: Fakta", Prose).blank_key(),
        FormField::new("kesimpulan", Field::Conclusion, "Temuan: Kesimpulan", Prose),
        FormField::new("untuk-puskesmas", Field::ForPuskesmas, "Rekomendasi Puskesmas", Prose),
        FormField::new("untuk-dinas", Field::ForDistrict, "Rekomendasi Dinas Kesehatan", Prose),
        FormField::new("batas", Field::Due, "Target Waktu", Day),
        FormField::new("dikirim", Field::Sent, "Tanggal Dikirim", Day),
        FormField::new("diterima", Field::ReceivedOn, "Tanggal Diterima", Day),
        FormField::new("ditanggapi", Field::Answered, "Tanggal Ditanggapi", Day),
        FormField::new("ditindaklanjuti", Field::Done, "Tanggal Ditindaklanjuti", Day),
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
        FormField::new("pembinaan", Field::Date, "Tanggal Pembinaan", Day).blank_key(),
        FormField::new("rencana", Field::Item, "Rencana Tindak Lanjut", Prose).key().width(40.0),
        OWNER,
        DUE,
        FormField::new("selesai", Field::Done, "Tanggal Pelaksanaan", Day),
    ],
};
