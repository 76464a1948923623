//! Descriptions of the tables that are filled month by month: what was planned, done, agreed, reported and reached.

use super::FieldKind::{
    Day, Facility, Line, Month, MonthOrCancelled, Months, Number, Prose, ServiceIndicator, Word, Year,
};
use super::{ANSWERS, FormField, PRESENT, TableForm, YES_NO};
use crate::domain::field::Field;
use crate::domain::table::Table;

/// The descriptions in the order of the pages.
pub(super) const FORMS: &[&TableForm] =
    &[&VISITS, &FOLLOW_UPS, &CHECKLIST_ITEMS, &SCHEDULE, &SCHEDULE_CHANGES, &LOKMIN, &MONTHLY_REPORTS, &ACHIEVEMENTS];

const FACILITY: FormField = FormField::new("nama", Field::Name, "Nama Jaringan/Jejaring", Facility)
    .key()
    .width(28.0)
    .help("Nama seperti di Daftar Identifikasi.", "Pilih dari daftar.");

pub(super) const VISITS: TableForm = TableForm {
    table: Table::Visits,
    slug: "pembinaan",
    title: "Pembinaan",
    purpose: "Satu baris setiap kunjungan atau pertemuan pembinaan.",
    row: "pembinaan",
    banner: "REKAPITULASI PEMBINAAN",
    fields: &[
        FormField::new("tanggal", Field::Date, "Tanggal", Day)
            .key()
            .hint("Misalnya 12 Mei 2023 atau 12/5. Tidak tahu harinya: bulannya saja, Mei 2023.")
            .help(
                "Tanggal pembinaan dilaksanakan.",
                "Tanggal dalam masa rekap ini, misalnya 12 Mei 2023. Tidak tahu tanggalnya: bulannya saja, Mei 2023.",
            ),
        FACILITY,
        FormField::new("bentuk", Field::Form, "Bentuk Kegiatan", Line)
            .blank_key()
            .hint("Pertemuan dinilai dari daftar hadir, notulen, dan foto; yang lain dari daftar tilik dan foto.")
            .help(
                "Bentuk pembinaan. Pertemuan dinilai dari daftar hadir, notulen, dan foto; yang lain dari daftar tilik \
                 dan foto.",
                "Pilih dari daftar, atau tulis bentuk lain.",
            ),
        FormField::new("pembina", Field::Person, "Pembina", Line).help("Petugas yang membina.", "Nama orang."),
        FormField::new("skor", Field::Points, "Skor Daftar Tilik", Number).width(10.0).help(
            "Jumlah skor daftar tilik.",
            "Angka, paling tinggi sebesar Skor Maksimal. Kosong atau -: tidak dinilai.",
        ),
        FormField::new("maksimal", Field::Maximum, "Skor Maksimal", Number)
            .hint("Wajib bila skor diisi.")
            .width(10.0)
            .help("Skor tertinggi daftar tilik itu.", "Angka. Wajib bila skor diisi."),
        FormField::new("daftar-hadir", Field::AttendanceList, "Daftar Hadir", Word(PRESENT))
            .width(9.0)
            .help("Bukti daftar hadir.", "Ada atau Tidak. Kosong dianggap Tidak."),
        FormField::new("notulen", Field::Minutes, "Notulen", Word(PRESENT))
            .width(9.0)
            .help("Bukti notulen.", "Ada atau Tidak. Kosong dianggap Tidak."),
        FormField::new("foto", Field::Photos, "Foto", Word(PRESENT))
            .width(9.0)
            .help("Bukti foto kegiatan.", "Ada atau Tidak. Kosong dianggap Tidak."),
        FormField::new("aspek", Field::Aspect, "Aspek", Line)
            .width(16.0)
            .help("Aspek yang dibina.", "Teks bebas, boleh kosong."),
        FormField::new("temuan", Field::Finding, "Temuan", Prose)
            .width(28.0)
            .help("Temuan pembinaan.", "Teks bebas, boleh kosong."),
    ],
};

pub(super) const FOLLOW_UPS: TableForm = TableForm {
    table: Table::FollowUps,
    slug: "rtl",
    title: "Rencana tindak lanjut (RTL)",
    purpose: "Yang disepakati saat pembinaan, batas waktunya, dan kapan selesai.",
    row: "RTL",
    banner: "RENCANA TINDAK LANJUT",
    fields: &[
        FormField::new("tanggal", Field::Date, "Tanggal Pembinaan", Day).key().width(19.0).help(
            "Tanggal pembinaan yang menghasilkan RTL ini.",
            "Tanggal yang sama dengan di lembar Pembinaan; boleh dari bulan sebelumnya.",
        ),
        FACILITY,
        FormField::new("rencana", Field::Item, "Rencana Tindak Lanjut", Prose)
            .key()
            .width(40.0)
            .help("Yang disepakati.", "Satu tindakan satu baris."),
        FormField::new("pj", Field::Person, "Penanggung Jawab", Line)
            .width(22.0)
            .help("Yang mengerjakan.", "Nama orang."),
        FormField::new("batas", Field::Due, "Target Selesai", Day)
            .needed()
            .width(18.0)
            .help("Batas waktu.", "Tanggal. Wajib diisi."),
        FormField::new("selesai", Field::Done, "Tanggal Selesai", Day)
            .hint("Kosong: belum selesai.")
            .width(18.0)
            .help("Tanggal selesai.", "Tanggal. Kosong: belum selesai; boleh diisi pada rekap bulan berikutnya."),
    ],
};

pub(super) const CHECKLIST_ITEMS: TableForm = TableForm {
    table: Table::ChecklistItems,
    slug: "daftar-tilik",
    title: "Daftar tilik per item",
    purpose: "Jawaban setiap item daftar tilik; skor kunjungan mengikutinya bila kolom skornya kosong.",
    row: "item daftar tilik",
    banner: "DAFTAR TILIK PEMBINAAN",
    fields: &[
        FormField::new("tanggal", Field::Date, "Tanggal", Day)
            .key()
            .help("Tanggal pembinaan.", "Tanggal, misalnya 12 Mei 2023."),
        FACILITY,
        FormField::new("bentuk", Field::Form, "Bentuk Kegiatan", Line)
            .blank_key()
            .hint("Kosong: kunjungan faskes itu pada tanggal itu.")
            .help("Bentuk pembinaan.", "Kosong: kunjungan faskes itu pada tanggal itu."),
        FormField::new("daftar-tilik", Field::Instrument, "Daftar Tilik", Line)
            .key()
            .hint("Nama berkas di instruments/ tanpa .toml, misalnya contoh-pustu.")
            .width(24.0)
            .help("Daftar tilik yang dipakai.", "Kodenya (nama berkas di instruments/) atau judulnya."),
        FormField::new("kode", Field::ItemCode, "Kode Item", Line)
            .key()
            .width(10.0)
            .help("Kode item di daftar tilik itu.", "Misalnya B2."),
        FormField::new("item", Field::ItemText, "Item", Prose)
            .hint("Boleh kosong: mengikuti daftar tiliknya.")
            .width(50.0)
            .help("Kalimat itemnya.", "Boleh kosong bila kodenya ditulis."),
        FormField::new("jawaban", Field::Answer, "Jawaban", Word(ANSWERS))
            .width(10.0)
            .help("Terpenuhi atau tidak.", "Ya, Tidak, atau TB (tidak berlaku). Kosong: belum dijawab, bukan 0."),
        FormField::new("nilai", Field::Points, "Nilai Item", Number)
            .hint("Hanya bila itemnya dinilai sebagian; selain itu cukup jawabannya.")
            .width(10.0)
            .help(
                "Skor item bila dinilai dengan angka.",
                "Angka, paling tinggi skor itemnya. Cukup salah satu: jawaban atau nilai.",
            ),
        FormField::new("pembina", Field::Person, "Pembina", Line).help("Petugas yang membina.", "Nama orang."),
        FormField::new("catatan", Field::Attributes, "Catatan", Prose)
            .width(28.0)
            .help("Catatan di samping itemnya.", "Teks bebas, boleh kosong."),
    ],
};

pub(super) const SCHEDULE: TableForm = TableForm {
    table: Table::Schedule,
    slug: "jadwal",
    title: "Jadwal",
    purpose: "Bulan-bulan setahun di mana setiap faskes direncanakan dibina (KAK).",
    row: "jadwal",
    banner: "JADWAL PEMBINAAN JARINGAN DAN JEJARING",
    fields: &[
        FormField::new("tahun", Field::Year, "Tahun", Year).key(),
        FACILITY,
        FormField::new("pj", Field::Person, "Penanggung Jawab", Line),
        FormField::new("bulan", Field::Month, "Bulan", Months).key(),
    ],
};

pub(super) const SCHEDULE_CHANGES: TableForm = TableForm {
    table: Table::ScheduleChanges,
    slug: "perubahan-jadwal",
    title: "Perubahan jadwal",
    purpose: "Kunjungan yang dipindah ke bulan lain atau dibatalkan.",
    row: "perubahan jadwal",
    banner: "PERUBAHAN JADWAL PEMBINAAN",
    fields: &[
        FACILITY,
        FormField::new("jadwal", Field::Month, "Jadwal Pelaksanaan", Month).key(),
        FormField::new("menjadi", Field::MovedTo, "Perubahan Jadwal", MonthOrCancelled).needed(),
        FormField::new("alasan", Field::Reason, "Ket.", Prose).hint("Alasan perubahan."),
        FormField::new("nomor", Field::LetterNumber, "Nomor Surat", Line).hint("Surat persetujuan perubahan."),
        FormField::new("disetujui", Field::Approver, "Disetujui Oleh", Line),
    ],
};

pub(super) const LOKMIN: TableForm = TableForm {
    table: Table::Lokmin,
    slug: "lokmin",
    title: "Kehadiran lokmin",
    purpose: "Faskes yang diundang ke lokakarya mini, dan yang hadir.",
    row: "kehadiran",
    banner: "KEHADIRAN LOKAKARYA MINI",
    fields: &[
        FormField::new("bulan", Field::Month, "Bulan", Month).key().in_banner(),
        FACILITY,
        FormField::new("diundang", Field::Invited, "Diundang", Word(YES_NO)),
        FormField::new("hadir", Field::Attended, "Hadir", Word(YES_NO)),
        FormField::new("jenis", Field::Sort, "Jenis", Word(&["Bulanan", "Tribulanan"])).blank_key(),
    ],
};

pub(super) const MONTHLY_REPORTS: TableForm = TableForm {
    table: Table::MonthlyReports,
    slug: "laporan-bulanan",
    title: "Laporan bulanan faskes",
    purpose: "Kapan laporan bulanan setiap faskes diterima Puskesmas.",
    row: "laporan",
    banner: "PENERIMAAN LAPORAN BULANAN",
    fields: &[
        FACILITY,
        FormField::new("bulan", Field::Month, "Bulan Laporan", Month)
            .key()
            .hint("Bulan yang dilaporkan, bukan bulan laporan itu datang."),
        FormField::new("diterima", Field::ReceivedOn, "Tanggal Diterima", Day).needed(),
    ],
};

pub(super) const ACHIEVEMENTS: TableForm = TableForm {
    table: Table::Achievements,
    slug: "capaian",
    title: "Capaian indikator layanan",
    purpose: "Sasaran dan capaian sebulan, per faskes dan indikator.",
    row: "capaian",
    banner: "CAPAIAN INDIKATOR LAYANAN",
    fields: &[
        FormField::new("bulan", Field::Month, "Bulan", Month).key().in_banner(),
        FACILITY,
        FormField::new("indikator", Field::Indicator, "Indikator", ServiceIndicator).key(),
        FormField::new("sasaran", Field::Denominator, "Sasaran", Number)
            .hint("Untuk indikator kumulatif: sasaran setahun."),
        FormField::new("capaian", Field::Numerator, "Capaian", Number)
            .hint("Bulan ini saja. Kosong: tidak dilaporkan; 0: dilaporkan nol."),
    ],
};
