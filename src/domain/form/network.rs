//! Descriptions of the tables by which the network is managed.

use super::FieldKind::{Day, Facility, Line, Number, Prose, Word, Year};
use super::{FormField, TableForm, YES_NO};
use crate::domain::field::Field;
use crate::domain::network::{AgreementStage, IntegrationAspect, NetworkStage};
use crate::domain::table::Table;

const FACILITY: FormField = FormField::new("nama", Field::Name, "Nama Jaringan/Jejaring", Facility)
    .key()
    .width(28.0)
    .help("Nama seperti di Daftar Identifikasi.", "Pilih dari daftar. Wajib diisi.");
const NOTE: FormField =
    FormField::new("catatan", Field::Reason, "Catatan", Prose).help("Keterangan.", "Teks bebas, boleh kosong.");
const PROOF: FormField = FormField::new("bukti", Field::Proof, "Bukti", Line)
    .width(22.0)
    .help("Bukti langkah itu.", "Teks bebas, boleh kosong.");
const STEP_DAY: FormField = FormField::new("tanggal", Field::StepDay, "Tanggal Langkah", Day)
    .key()
    .help("Tanggal langkah itu.", "Tanggal. Wajib diisi di setiap baris.");

pub(super) const AGREEMENT_STEPS: TableForm = TableForm {
    table: Table::AgreementSteps,
    slug: "proses-pks",
    title: "Proses PKS",
    purpose: "Riwayat PKS/MoU setiap jejaring; masa berlakunya dihitung dari langkah-langkah ini dan Daftar Identifikasi.",
    row: "langkah PKS",
    banner: "PROSES PKS JEJARING",
    fields: &[
        FACILITY,
        FormField::new("langkah", Field::Step, "Langkah PKS", Word(AgreementStage::WORDS)).key().help(
            "Langkah yang diambil.",
            "Diminta, Disusun, Ditandatangani, Diperpanjang, atau Diakhiri. Wajib diisi.",
        ),
        STEP_DAY,
        FormField::new("nomor", Field::AgreementNumber, "Nomor PKS", Line)
            .help("Nomor PKS atau MoU.", "Teks bebas, boleh kosong."),
        FormField::new("sampai", Field::AgreementUntil, "PKS s.d.", Day)
            .hint("Isi pada langkah Ditandatangani atau Diperpanjang.")
            .help("Hari terakhir PKS berlaku.", "Tanggal; diisi pada Ditandatangani dan Diperpanjang."),
        FormField::new("difasilitasi", Field::Facilitated, "Difasilitasi Dinas", Word(YES_NO))
            .help("Dinas Kesehatan membantu langkah ini.", "Ya atau Tidak; boleh kosong."),
        NOTE,
        PROOF,
    ],
};

pub(super) const NETWORK_STEPS: TableForm = TableForm {
    table: Table::NetworkSteps,
    slug: "langkah-jejaring",
    title: "Langkah pengelolaan jejaring",
    purpose: "Lima langkah setiap jejaring. Yang sudah terbukti dari pembinaan, RTL, atau PKS tidak perlu ditulis lagi.",
    row: "langkah jejaring",
    banner: "LANGKAH PENGELOLAAN JEJARING",
    fields: &[
        FACILITY,
        FormField::new("langkah", Field::Step, "Langkah Pengelolaan", Word(NetworkStage::WORDS)).key().width(26.0).help(
            "Langkah yang diambil.",
            "Dibentuk, Masalah diidentifikasi, RTL disusun, RTL dilaksanakan, atau Dipantau dan dievaluasi. Wajib diisi.",
        ),
        STEP_DAY,
        NOTE,
        PROOF,
    ],
};

pub(super) const INTEGRATION_SCORES: TableForm = TableForm {
    table: Table::IntegrationScores,
    slug: "penilaian-integrasi",
    title: "Penilaian integrasi jejaring",
    purpose: "Tujuh aspek integrasi setiap faskes setahun; yang kosong berarti belum dinilai, bukan nol.",
    row: "nilai integrasi",
    banner: "PENILAIAN INTEGRASI JEJARING",
    fields: &[
        FormField::new("tahun", Field::Year, "Tahun", Year).key(),
        FACILITY,
        FormField::new("aspek", Field::Aspect, "Aspek Integrasi", Word(IntegrationAspect::WORDS))
            .key()
            .width(26.0)
            .help("Aspek yang dinilai.", "Satu dari tujuh aspek. Wajib diisi."),
        FormField::new("nilai", Field::Points, "Nilai", Number)
            .help("Nilai yang dicapai; kosong berarti belum dinilai.", "Bilangan bulat, boleh kosong."),
        FormField::new("maksimal", Field::Maximum, "Nilai Maksimal", Number)
            .hint("Misalnya 4 atau 10; tanpanya tidak ada persen.")
            .help("Nilai tertinggi aspek itu.", "Bilangan bulat; tanpanya persennya tidak dapat dihitung."),
        NOTE,
    ],
};
