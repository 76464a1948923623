//! Descriptions of the tables that people write beside the figures.

use super::FieldKind::{
    Day, Facility, FacilityOrAll, Line, Month, Number, Percent, Period, Prose, Puskesmas, Word, Year,
};
use super::{FormField, TableForm, YES_NO};
use crate::domain::annual_plan::{PlanDocument, PlanVerdict, SessionTopic};
use crate::domain::district_case::{CaseSide, CaseStep};
use crate::domain::district_parameter::DistrictParameter;
use crate::domain::field::Field;
use crate::domain::lokmin::MEETINGS;
use crate::domain::own_indicator::{OwnAggregation, OwnAim, OwnMeasure};
use crate::domain::pkp::PkpVerdict;
use crate::domain::table::Table;

/// The descriptions in the order of the pages.
pub(super) const FORMS: &[&TableForm] = &[
    &PROBLEMS,
    &DECISIONS,
    &DISTRICT_VISITS,
    &DISTRICT_FOLLOW_UPS,
    &DISTRICT_STEPS,
    &DISTRICT_ASSESSMENTS,
    &DISTRICT_MATTERS,
    &PLAN_SESSIONS,
    &PLAN_PROPOSALS,
    &CLUSTERS,
    &PKP,
    &PKP_VERIFICATIONS,
    &OWN_INDICATORS,
    &OWN_ACHIEVEMENTS,
    &super::network::AGREEMENT_STEPS,
    &super::network::NETWORK_STEPS,
    &super::network::INTEGRATION_SCORES,
];

const OWNER: FormField = FormField::new("pj", Field::Person, "Penanggung Jawab", Line)
    .help("Yang mengerjakan.", "Nama orang, boleh kosong.");
const DUE: FormField =
    FormField::new("batas", Field::Due, "Batas Waktu", Day).help("Batas waktu.", "Tanggal, boleh kosong.");
const DONE: FormField =
    FormField::new("selesai", Field::Done, "Tanggal Selesai", Day).help("Tanggal selesai.", "Tanggal, boleh kosong.");

const MEETING: FormField = FormField::new("jenis-rapat", Field::Meeting, "Jenis Rapat", Word(MEETINGS))
    .help("Rapat yang memutuskan.", "Lokmin bulanan, Lokmin tribulanan, atau Tinjauan manajemen; boleh kosong.");

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
        MEETING,
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
        FormField::new("nomor", Field::ItemNumber, "Nomor Butir", Line)
            .hint("Kosongkan untuk nomor berikutnya.")
            .width(14.0)
            .help(
                "Nomor temuan atau rekomendasi dalam setahun; dipakai lembar Langkah TPCB.",
                "Bilangan, boleh kosong.",
            ),
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

pub(super) const DISTRICT_STEPS: TableForm = TableForm {
    table: Table::DistrictSteps,
    slug: "langkah-tpcb",
    title: "Langkah butir pembinaan TPCB",
    purpose: "Setiap langkah Puskesmas dan TPCB atas satu butir; keadaan butir dihitung dari langkah-langkah ini.",
    row: "langkah",
    banner: "LANGKAH TPCB",
    fields: &[
        FormField::new("pembinaan", Field::Date, "Tanggal Pembinaan", Day)
            .key()
            .help("Tanggal pembinaan yang memuat butirnya.", "Tanggal. Wajib diisi di setiap baris."),
        FormField::new("nomor", Field::ItemNumber, "Nomor Butir", Line)
            .key()
            .width(14.0)
            .help("Nomor butir seperti di Pembinaan TPCB.", "Bilangan. Wajib diisi."),
        FormField::new("langkah", Field::Step, "Langkah", Word(CaseStep::WORDS)).key().help(
            "Langkah yang diambil.",
            "Dikirim, Diterima, Dijawab, Ditindaklanjuti, Dikembalikan, Diverifikasi, atau Selesai.",
        ),
        FormField::new("tanggal", Field::StepDay, "Tanggal Langkah", Day)
            .key()
            .help("Tanggal langkah itu diambil.", "Tanggal. Wajib diisi di setiap baris."),
        FormField::new("pihak", Field::Side, "Pihak", Word(CaseSide::WORDS))
            .help("Pihak yang mengambil langkah.", "TPCB atau Puskesmas; boleh kosong."),
        FormField::new("oleh", Field::Person, "Oleh", Line).help("Nama orang atau akun.", "Teks bebas, boleh kosong."),
        FormField::new("catatan", Field::Reason, "Catatan", Prose)
            .help("Jawaban, alasan dikembalikan, atau keterangan.", "Teks bebas, boleh kosong."),
        FormField::new("bukti", Field::Proof, "Bukti", Line)
            .width(22.0)
            .help("Bukti langkah itu.", "Teks bebas, boleh kosong."),
    ],
};

pub(super) const DISTRICT_ASSESSMENTS: TableForm = TableForm {
    table: Table::DistrictAssessments,
    slug: "penilaian-tpcb",
    title: "Penilaian delapan parameter TPCB",
    purpose: "Penilaian mandiri Puskesmas dan penilaian TPCB setahun; kesimpulan dan selisihnya dihitung darinya.",
    row: "penilaian",
    banner: "PENILAIAN TPCB",
    fields: &[
        FormField::new("tahun", Field::Month, "Tahun", Year).key(),
        FormField::new("pihak", Field::Side, "Pihak", Word(CaseSide::WORDS))
            .key()
            .help("Yang menilai.", "Puskesmas (penilaian mandiri) atau TPCB. Wajib diisi."),
        FormField::new("parameter", Field::Parameter, "Parameter", Word(DistrictParameter::WORDS))
            .key()
            .width(26.0)
            .help("Parameter instrumen pembinaan terpadu.", "Satu dari delapan parameter. Wajib diisi."),
        FormField::new("nilai", Field::Points, "Nilai", Number)
            .help("Nilai yang dicapai; kosong berarti belum dinilai.", "Bilangan bulat, boleh kosong."),
        FormField::new("maksimal", Field::Maximum, "Nilai Maksimal", Number)
            .hint("Kosongkan untuk nilai maksimal instrumen.")
            .help("Nilai tertinggi parameter itu.", "Bilangan bulat; kosong berarti menurut instrumen."),
        FormField::new("catatan", Field::Reason, "Catatan", Prose).help("Keterangan.", "Teks bebas, boleh kosong."),
    ],
};

pub(super) const DISTRICT_MATTERS: TableForm = TableForm {
    table: Table::DistrictMatters,
    slug: "masalah-dinas",
    title: "Masalah untuk Dinas Kesehatan",
    purpose: "Masalah lokmin dan tinjauan manajemen yang tidak dapat diselesaikan Puskesmas, dan jawaban dinas.",
    row: "masalah untuk dinas",
    banner: "MASALAH UNTUK DINAS KESEHATAN",
    fields: &[
        FormField::new("tanggal", Field::Date, "Tanggal Rapat", Day)
            .key()
            .help("Tanggal rapat yang membahasnya.", "Tanggal. Wajib diisi di setiap baris."),
        MEETING,
        FormField::new("masalah", Field::Problem, "Masalah", Prose)
            .key()
            .help("Yang tidak dapat diselesaikan Puskesmas.", "Satu masalah satu baris. Wajib diisi."),
        FormField::new("usulan", Field::ForDistrict, "Usulan ke Dinas", Prose)
            .help("Yang diminta dari Dinas Kesehatan.", "Teks bebas, boleh kosong."),
        FormField::new("surat", Field::LetterNumber, "Nomor Surat", Line)
            .help("Nomor surat yang menyampaikannya.", "Teks bebas, boleh kosong."),
        FormField::new("disampaikan", Field::Sent, "Tanggal Disampaikan", Day)
            .help("Disampaikan ke Dinas Kesehatan.", "Tanggal; kosong berarti belum disampaikan."),
        FormField::new("jawaban", Field::Agreed, "Jawaban Dinas", Prose)
            .help("Jawaban Dinas Kesehatan.", "Teks bebas, boleh kosong."),
        FormField::new("dijawab", Field::Answered, "Tanggal Dijawab", Day)
            .help("Tanggal jawaban itu.", "Tanggal, boleh kosong."),
        OWNER,
        DUE,
        DONE,
        FormField::new("bukti", Field::Proof, "Bukti", Line)
            .width(22.0)
            .help("Bukti penyelesaian.", "Teks bebas, boleh kosong."),
    ],
};

pub(super) const PLAN_SESSIONS: TableForm = TableForm {
    table: Table::PlanSessions,
    slug: "pendampingan-ruk-rpk",
    title: "Pendampingan penyusunan RUK dan RPK",
    purpose: "Jadwal dan pelaksanaan pendampingan TPCB; bukti akreditasi 1.7.1 e.",
    row: "pendampingan",
    banner: "PENDAMPINGAN RUK DAN RPK",
    fields: &[
        FormField::new("rencana", Field::Date, "Tanggal Rencana Pendampingan", Day)
            .key()
            .help("Tanggal yang direncanakan.", "Tanggal. Wajib diisi di setiap baris."),
        FormField::new("dokumen", Field::PlanDocument, "Dokumen yang Didampingi", Word(SessionTopic::WORDS))
            .key()
            .help("Dokumen yang disusun.", "RUK, RPK, atau RUK dan RPK. Wajib diisi."),
        FormField::new("dilaksanakan", Field::Done, "Tanggal Pelaksanaan Pendampingan", Day)
            .help("Tanggal dilaksanakan.", "Tanggal; kosong berarti belum dilaksanakan."),
        FormField::new("surat", Field::LetterNumber, "Nomor Surat Tugas", Line)
            .help("Nomor surat tugas TPCB.", "Teks bebas, boleh kosong."),
        FormField::new("pendamping", Field::Person, "Pendamping dari TPCB", Line)
            .help("Yang mendampingi.", "Nama orang, boleh kosong."),
        FormField::new("hasil", Field::Agreed, "Hasil Pendampingan", Prose)
            .help("Yang dibahas dan disepakati.", "Teks bebas, boleh kosong."),
    ],
};

pub(super) const PLAN_PROPOSALS: TableForm = TableForm {
    table: Table::PlanProposals,
    slug: "usulan-ruk-rpk",
    title: "Usulan RUK dan kegiatan RPK",
    purpose: "Satu kegiatan satu baris, dengan biayanya; telaah TPCB dan tanggapan Puskesmas menyertai setiap baris.",
    row: "usulan",
    banner: "USULAN RUK DAN RPK",
    fields: &[
        FormField::new("tahun", Field::Year, "Tahun Rencana", Year).key(),
        FormField::new("dokumen", Field::PlanDocument, "Dokumen", Word(PlanDocument::WORDS))
            .key()
            .width(11.0)
            .help("Rencana yang memuatnya.", "RUK atau RPK. Wajib diisi."),
        FormField::new("program", Field::Program, "Program", Line)
            .blank_key()
            .width(24.0)
            .help("Upaya atau program.", "Teks bebas, boleh kosong."),
        FormField::new("kegiatan", Field::Activity, "Kegiatan Usulan", Prose)
            .key()
            .width(36.0)
            .help("Kegiatan yang diusulkan.", "Satu kegiatan satu baris. Wajib diisi."),
        FormField::new("tujuan", Field::Purpose, "Tujuan", Prose)
            .width(26.0)
            .help("Tujuan kegiatan.", "Teks bebas, boleh kosong."),
        FormField::new("sasaran", Field::TargetGroup, "Sasaran", Line)
            .blank_key()
            .help("Untuk siapa atau di mana.", "Teks bebas, boleh kosong."),
        FormField::new("target", Field::PlannedCount, "Target Sasaran", Line)
            .width(16.0)
            .help("Jumlah sasaran.", "Misalnya 100 orang; boleh kosong."),
        FormField::new("volume", Field::Volume, "Volume", Line)
            .width(18.0)
            .help("Volume kegiatan.", "Misalnya 12 kali x 5 orang; boleh kosong."),
        FormField::new("biaya", Field::Cost, "Biaya (Rp)", Number)
            .hint("Rupiah bulat, misalnya 1.250.000. Kosong berarti belum disebut; 0 berarti tanpa biaya.")
            .width(16.0)
            .help("Biaya kegiatan dalam rupiah.", "Rupiah bulat; kosong berarti belum disebut, bukan nol."),
        FormField::new("dana", Field::FundSource, "Sumber Dana", Line)
            .width(16.0)
            .help("Sumber pembiayaan.", "Misalnya BOK atau BLUD; boleh kosong."),
        FormField::new("pj", Field::Person, "Penanggung Jawab", Line)
            .help("Penanggung jawab kegiatan.", "Nama orang, boleh kosong."),
        FormField::new("waktu", Field::PlannedTime, "Waktu Pelaksanaan", Line)
            .hint("Bulan pelaksanaan, misalnya Maret, Juni. Untuk RPK sebaiknya selalu diisi.")
            .width(22.0)
            .help("Bulan pelaksanaan.", "Misalnya Maret, Juni; boleh kosong."),
        FormField::new("rencana-lima-tahunan", Field::FiveYearItem, "Butir Rencana Lima Tahunan", Line)
            .width(24.0)
            .help("Butir rencana lima tahunan (RSB, renstra) yang dilayani.", "Nomor atau nama butir; boleh kosong."),
        FormField::new("telaah", Field::Verdict, "Telaah TPCB", Word(PlanVerdict::WORDS))
            .width(16.0)
            .help("Telaah TPCB.", "Diterima, Perlu diubah, atau Tidak diterima; kosong berarti belum ditelaah."),
        FormField::new("catatan", Field::Reason, "Catatan TPCB", Prose)
            .help("Alasan dan yang perlu diubah.", "Teks bebas, boleh kosong."),
        FormField::new("ditelaah", Field::StepDay, "Tanggal Telaah", Day)
            .help("Tanggal telaah itu.", "Tanggal, boleh kosong."),
        FormField::new("tanggapan", Field::Agreed, "Tanggapan Puskesmas", Prose)
            .help("Jawaban Puskesmas atas telaah.", "Teks bebas, boleh kosong."),
        FormField::new("ditanggapi", Field::Answered, "Tanggal Tanggapan", Day)
            .help("Tanggal tanggapan itu.", "Tanggal, boleh kosong."),
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

const OWN_CODE: FormField = FormField::new("kode", Field::Code, "Kode Indikator Puskesmas", Line).key().width(16.0);

pub(super) const PKP_VERIFICATIONS: TableForm = TableForm {
    table: Table::PkpVerifications,
    slug: "verifikasi-pkp",
    title: "Verifikasi PKP oleh TPCB",
    purpose: "Hasil verifikasi TPCB atas PKP, program demi program atau seluruhnya; bukti akreditasi 1.7.1 g.",
    row: "verifikasi PKP",
    banner: "VERIFIKASI PKP",
    fields: &[
        FormField::new("tahun", Field::Year, "Tahun PKP", Year).key(),
        FormField::new("program", Field::Program, "Program PKP", Line)
            .blank_key()
            .hint("Kosong: PKP seluruhnya.")
            .width(30.0)
            .help("Program yang diverifikasi.", "Nama program seperti di PKP; kosong berarti PKP seluruhnya."),
        FormField::new("hasil", Field::Verdict, "Hasil Verifikasi PKP", Word(PkpVerdict::WORDS))
            .needed()
            .help("Hasil verifikasi.", "Sesuai, Sesuai dengan catatan, atau Perlu diperbaiki. Wajib diisi."),
        FormField::new("kinerja", Field::Performance, "Kinerja Saat Diverifikasi", Line)
            .hint("Diisi Simpul bila dicatat di halaman PKP: bila angkanya kemudian berubah, verifikasinya perlu diulang.")
            .help("Kinerja yang diverifikasi.", "Misalnya 92,50 %; boleh kosong."),
        FormField::new("catatan", Field::Reason, "Catatan Verifikasi", Prose)
            .help("Alasan dan yang perlu diperbaiki.", "Teks bebas, boleh kosong."),
        FormField::new("verifikator", Field::Person, "Verifikator", Line)
            .help("Yang memverifikasi dari TPCB.", "Nama orang, boleh kosong."),
        FormField::new("diverifikasi", Field::StepDay, "Tanggal Verifikasi", Day)
            .help("Tanggal verifikasi.", "Tanggal, boleh kosong."),
        FormField::new("surat", Field::LetterNumber, "Nomor Surat Verifikasi", Line)
            .help("Nomor surat atau berita acaranya.", "Teks bebas, boleh kosong."),
        FormField::new("tanggapan", Field::Agreed, "Tanggapan Puskesmas", Prose)
            .help("Jawaban Puskesmas atas verifikasi.", "Teks bebas, boleh kosong."),
        FormField::new("ditanggapi", Field::Answered, "Tanggal Tanggapan", Day)
            .help("Tanggal tanggapan itu.", "Tanggal, boleh kosong."),
    ],
};

pub(super) const OWN_INDICATORS: TableForm = TableForm {
    table: Table::OwnIndicators,
    slug: "indikator-puskesmas",
    title: "Indikator Puskesmas",
    purpose: "Indikator Puskesmas sendiri, tanpa faskes (INM, SPM, IKS, IKP): berlaku sejak tahunnya sampai ada yang menggantikan.",
    row: "indikator Puskesmas",
    banner: "INDIKATOR PUSKESMAS",
    fields: &[
        FormField::new("tahun", Field::Year, "Tahun", Year).key(),
        OWN_CODE
            .hint("Misalnya INM-1. Kode yang sama di tahun lebih baru menggantikan yang lama.")
            .help("Kode indikator.", "Teks pendek, misalnya INM-1. Wajib diisi."),
        FormField::new("nama", Field::Indicator, "Nama Indikator Puskesmas", Line)
            .needed()
            .width(44.0)
            .help("Nama indikator.", "Teks. Wajib diisi."),
        FormField::new("set", Field::IndicatorSet, "Set Indikator", Line)
            .width(14.0)
            .help("Kelompoknya.", "Misalnya INM, SPM; boleh kosong."),
        FormField::new("target", Field::Target, "Target", Number)
            .hint("Dalam satuannya: 85 untuk 85 %, 0,8 untuk indeks. Kosong: tidak dinilai.")
            .width(12.0)
            .help("Target setahun dalam satuannya.", "Angka; kosong berarti tidak dinilai."),
        FormField::new("satuan", Field::Measure, "Satuan", Word(OwnMeasure::WORDS)).width(12.0).help(
            "Satuan angkanya.",
            "%, indeks, per mil, nilai (rata-rata 1-4 dikali 25), atau jumlah; kosong berarti %.",
        ),
        FormField::new("arah", Field::Direction, "Arah", Word(OwnAim::WORDS)).width(12.0).help(
            "naik: makin tinggi makin baik; turun: makin rendah makin baik; dihitung: tidak dinilai.",
            "naik, turun, atau dihitung; kosong berarti naik.",
        ),
        FormField::new("agregasi", Field::Aggregation, "Agregasi", Word(OwnAggregation::WORDS)).width(12.0).help(
            "Cara menjadikan bulan-bulan satu angka.",
            "jumlah, kumulatif (sejak Januari), atau terakhir; kosong berarti jumlah.",
        ),
        FormField::new("kategori", Field::Ring, "Kategori", Line)
            .hint("Misalnya >0,8 = Sehat; >=0,5 = Pra-sehat; <0,5 = Tidak sehat.")
            .width(30.0)
            .help("Nama rentang angkanya.", "Misalnya >0,8 = Sehat; <=0,8 = Belum sehat. Boleh kosong."),
        FormField::new("dasar", Field::Basis, "Dasar Hukum", Line)
            .width(30.0)
            .help("Peraturan atau SK.", "Teks bebas, boleh kosong."),
        FormField::new("dipakai", Field::InForce, "Dipakai", Word(YES_NO))
            .hint("Tidak: indikator ini berhenti sejak tahun ini.")
            .width(10.0)
            .help("Apakah dipakai sejak tahun ini.", "Ya atau Tidak; kosong berarti Ya."),
    ],
};

pub(super) const OWN_ACHIEVEMENTS: TableForm = TableForm {
    table: Table::OwnAchievements,
    slug: "capaian-puskesmas",
    title: "Capaian Puskesmas",
    purpose: "Pembilang dan penyebut indikator Puskesmas sendiri per bulan; persen, indeks, dan capaiannya dihitung Simpul.",
    row: "capaian Puskesmas",
    banner: "CAPAIAN INDIKATOR PUSKESMAS",
    fields: &[
        FormField::new("bulan", Field::Month, "Bulan", Month)
            .key()
            .width(14.0)
            .help("Bulan angkanya.", "Misalnya Mei 2023. Wajib diisi."),
        OWN_CODE.help("Kode seperti di Indikator Puskesmas.", "Misalnya INM-1. Wajib diisi."),
        FormField::new("pembilang", Field::Numerator, "Pembilang", Number).width(12.0).help(
            "Jumlah yang memenuhi, atau jumlah kejadian.",
            "Angka; kosong berarti belum dilaporkan, 0 berarti nol.",
        ),
        FormField::new("pembilang-kumulatif", Field::Accumulated, "Pembilang Sejak Januari", Number)
            .hint("Hanya bila yang diketahui hitungan sejak Januari.")
            .width(12.0)
            .help("Jumlah sejak Januari sampai bulan ini.", "Angka, boleh kosong."),
        FormField::new("penyebut", Field::Denominator, "Penyebut", Number)
            .width(12.0)
            .help("Jumlah seluruhnya (sasaran).", "Angka; kosong untuk indikator yang hanya dihitung."),
        FormField::new("angka", Field::Figure, "Angka Jadi", Number)
            .hint("Hanya bila pembilang dan penyebutnya tidak diketahui, misalnya IKS 0,812.")
            .width(12.0)
            .help("Angka dalam satuannya, tanpa pembilang dan penyebut.", "Angka, boleh kosong."),
        FormField::new("persen", Field::Coverage, "Angka di Lembar", Percent)
            .hint("Angka di lembar Anda, bila ada; dibandingkan dengan hitungan Simpul.")
            .width(12.0)
            .help("Persen atau indeks menurut lembar Anda.", "Boleh kosong: dihitung Simpul."),
    ],
};
