//! Command line: verbs, flags and what each is for, in Indonesian. Decides nothing, opens nothing.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use super::args_audit::AuditVerb;
pub use super::args_common::ImportFormat;
use super::args_common::{parse_date, parse_month};
use super::args_paper_template::PaperTemplateVerb;
use super::args_service::{ConfigVerb, ServeArgs};
use super::args_tools::{CompletionsArgs, Dhis2Args, HelpArgs, IndicatorSetArgs, ManArgs};
use super::help;
use super::import_args::ImportArgs;
use super::period_args::{ApprovalVerb, EvaluateArgs};
use super::privacy_args::PrivacyVerb;
use super::user_args::UserVerb;
use super::verify_args::VerifyArgs;
use crate::app::papers::slides;
use crate::definitions::DefinitionKind;
use crate::domain::{Date, Month, Period};
use crate::report::{FileFormat, ReportKind};
use crate::template::TemplateKind;

/// The command line as typed.
#[derive(Debug, Parser)]
#[command(
    name = "simpul",
    version = crate::built::VERSION_LINE,
    about = "Simpul: rekap Excel pembinaan jaringan dan jejaring Puskesmas menjadi evaluasi caturwulan, tabel status dan grafik.",
    after_help = "Tanpa perintah, Simpul menjalankan peragaan dengan data contoh (tahun 2023) di folder sendiri,\nlalu membuka layanan di http://127.0.0.1:8080.\n\nSetiap perintah juga punya kata Indonesia, misalnya impor dan evaluasi.\n\nContoh:\n  simpul --data D:\\simpul import rekap-2023-05.xlsx\n  simpul --data D:\\simpul evaluate 2023-C2\n  simpul --data D:\\simpul serve",
    disable_help_flag = true,
    disable_version_flag = true
)]
pub struct Cli {
    /// Folder data: basis data, folder masuk, pekerjaan dan dasbor sendiri (bawaan: variabel SIMPUL_DATA, atau
    /// folder data akun ini)
    #[arg(long, value_name = "FOLDER", global = true)]
    pub data: Option<PathBuf>,
    #[command(flatten)]
    pub common: CommonArgs,
    #[command(subcommand)]
    pub verb: Option<Verb>,
}

impl Cli {
    /// Reads what was typed, under the help that [`help::spoken`] makes; the error is clap's own, with its message.
    pub fn read(typed: impl Iterator<Item = OsString>) -> Result<Self, clap::Error> {
        Self::from_arg_matches(&help::spoken(Self::command()).try_get_matches_from(typed)?)
    }
}

/// Flags of every verb.
#[derive(Debug, Args)]
pub struct CommonArgs {
    /// Tampilkan bantuan ini
    #[arg(short = 'h', long, action = clap::ArgAction::Help, global = true)]
    help: Option<bool>,
    /// Tampilkan versi
    #[arg(short = 'V', long, action = clap::ArgAction::Version)]
    version: Option<bool>,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Impor satu atau beberapa buku kerja Excel
    Import(ImportArgs),
    /// Nama yang ditulis lain: lihat, ingat artinya, cabut
    Alias(AliasArgs),
    /// Yang dikatakan sekali untuk satu bentuk tabel: lihat, katakan, cabut, ambil dari dan simpan ke berkas
    Words(WordsArgs),
    /// Hitung indikator dan evaluasi satu periode
    Evaluate(EvaluateArgs),
    /// Tulis setiap fakta yang dihitung, satu per baris, dengan berkas, lembar dan selnya
    Facts(FactsArgs),
    /// Buat satu laporan sebagai PDF, DOCX, atau XLSX
    Report(ReportArgs),
    /// Tulis pembilang dan penyebut indikator layanan sebulan untuk diimpor DHIS2
    Dhis2(Dhis2Args),
    /// Laporan sebagai surat: nomor, tanggal, perihal, lampiran, tembusan; tanpa pilihan: lihat yang berlaku
    Letter(LetterArgs),
    /// Cari laporan yang pernah dicetak menurut nomor versi data di kaki halamannya
    Snapshot(SnapshotArgs),
    /// Periksa apakah surat (PDF, DOCX, XLSX, PPTX) atau kode QR-nya asli dan angkanya tidak berubah
    Verify(VerifyArgs),
    /// Pengaturan folder data
    Settings {
        #[command(subcommand)]
        verb: SettingsVerb,
    },
    /// Ajukan, setujui, verifikasi, atau buka kembali satu periode
    Approval {
        #[command(subcommand)]
        verb: ApprovalVerb,
    },
    /// Jalankan layanan web, di komputer ini saja atau untuk jaringan
    Serve(ServeArgs),
    /// Lihat dan jalankan pekerjaan terjadwal
    Job {
        #[command(subcommand)]
        verb: JobVerb,
    },
    /// Akun orang yang bekerja di sini: buat, beri peran, nonaktifkan
    User {
        #[command(subcommand)]
        verb: UserVerb,
    },
    /// Data pribadi: cari seseorang, serahkan, hapus; dan apa yang terjadi dengannya saat impor
    Privacy {
        #[command(subcommand)]
        verb: PrivacyVerb,
    },
    /// Pulihkan basis data dari satu cadangan
    Restore(RestoreArgs),
    /// Jejak audit: siapa mengubah apa, kapan, dari mana
    Audit {
        #[command(subcommand)]
        verb: AuditVerb,
    },
    /// Periksa semua berkas pekerjaan, dasbor, keputusan, basis data, dan jejak audit
    Check,
    /// Buat buku kerja siap isi
    Template(TemplateArgs),
    /// Templat laporan buatan kantor sendiri (Word): periksa, simpan, lihat, hapus
    PaperTemplate {
        #[command(subcommand)]
        verb: PaperTemplateVerb,
    },
    /// Set indikator Puskesmas (INM, SPM, IKS, PPN, IKP): lihat, nyalakan, matikan sejak satu tahun
    IndicatorSet(IndicatorSetArgs),
    /// Berkas definisi (dasbor, tugas, SK, surat, batas, layanan): skema untuk editor, dan daftar semua kunci
    Definitions {
        #[command(subcommand)]
        verb: DefinitionsVerb,
    },
    /// Tulis lisensi Simpul dan lisensi semua pustaka dan huruf di dalamnya
    #[command(alias = "lisensi")]
    Licenses,
    /// Pengaturan layanan: apa yang berlaku, dan dari mana
    Config {
        #[command(subcommand)]
        verb: ConfigVerb,
    },
    /// Tulis naskah pelengkap perintah untuk satu cangkang
    Completions(CompletionsArgs),
    /// Tulis halaman manual (man) semua perintah ke satu folder
    Man(ManArgs),
    /// Jelaskan satu perintah
    Help(HelpArgs),
}

/// `definitions …`.
#[derive(Debug, Subcommand)]
pub enum DefinitionsVerb {
    /// Tulis JSON Schema satu jenis berkas; tanpa JENIS: lihat jenis yang ada
    Schema {
        /// Jenis: dashboard, job, decree, override, letter, limits atau service
        #[arg(value_name = "JENIS", value_parser = parse_definition)]
        kind: Option<DefinitionKind>,
    },
    /// Tulis daftar semua kunci, sebagai Markdown
    Reference,
}

fn parse_definition(text: &str) -> Result<DefinitionKind, String> {
    DefinitionKind::from_code(text).ok_or_else(|| {
        let known: Vec<&str> = DefinitionKind::ALL.iter().map(|kind| kind.code()).collect();
        format!("yang ada: {}", known.join(", "))
    })
}

/// `template`.
#[derive(Debug, Args)]
pub struct TemplateArgs {
    /// Jenis: identifikasi, jadwal, rekap-bulanan atau rekap-tahunan
    #[arg(value_name = "JENIS", value_parser = parse_template)]
    pub kind: TemplateKind,
    /// Berkas .xlsx yang ditulis; yang sudah ada tidak ditimpa
    #[arg(long, value_name = "BERKAS")]
    pub out: PathBuf,
    /// Puskesmas; perlu bila belum ada data atau ada beberapa Puskesmas
    #[arg(long, value_name = "NAMA")]
    pub puskesmas: Option<String>,
    /// Bulan rekap (TTTT-BB), atau bulan mana pun dari tahunnya; tanpa ini: bulan ini
    #[arg(long, value_name = "BULAN", value_parser = parse_month)]
    pub month: Option<Month>,
}

fn parse_template(text: &str) -> Result<TemplateKind, String> {
    TemplateKind::from_code(text).ok_or_else(|| {
        let known: Vec<&str> = TemplateKind::ALL.iter().map(|kind| kind.code()).collect();
        format!("yang ada: {}", known.join(", "))
    })
}

/// `alias …`.
#[derive(Debug, Args)]
pub struct AliasArgs {
    #[command(subcommand)]
    pub verb: AliasVerb,
    /// Puskesmas; perlu bila datanya lebih dari satu Puskesmas
    #[arg(long, value_name = "NAMA", global = true)]
    pub puskesmas: Option<String>,
    /// Bentuk keluaran: teks (bawaan) atau json
    #[arg(long, value_enum, default_value_t = ImportFormat::Teks, value_name = "BENTUK", hide_default_value = true, hide_possible_values = true, global = true)]
    pub format: ImportFormat,
}

/// Actions on variants of names.
#[derive(Debug, Subcommand)]
pub enum AliasVerb {
    /// Padanan nama faskes (kata siapa, kapan) dan nama yang belum dikenal dengan yang paling mirip
    List,
    /// Ingat bahwa nama yang tertulis berarti faskes yang terdaftar; baris yang tadinya ditolak dibaca ulang
    Add {
        /// Nama seperti di rekap, tanda =, nama yang terdaftar
        #[arg(required = true, value_name = "TERTULIS = FASKES")]
        pair: Vec<String>,
    },
    /// Cabut arti sebuah nama
    Revoke {
        /// Nama seperti di rekap
        #[arg(required = true, value_name = "TERTULIS")]
        written: Vec<String>,
    },
}

/// `words …`.
#[derive(Debug, Args)]
pub struct WordsArgs {
    #[command(subcommand)]
    pub verb: WordsVerb,
    /// Puskesmas; perlu bila datanya lebih dari satu Puskesmas
    #[arg(long, value_name = "NAMA", global = true)]
    pub puskesmas: Option<String>,
    /// Bentuk keluaran: teks (bawaan) atau json
    #[arg(long, value_enum, default_value_t = ImportFormat::Teks, value_name = "BENTUK", hide_default_value = true, hide_possible_values = true, global = true)]
    pub format: ImportFormat,
}

/// Actions on answers about forms.
#[derive(Debug, Subcommand)]
pub enum WordsVerb {
    /// Yang sudah dikatakan tentang bentuk tabel, kata siapa dan kapan
    List,
    /// Yang dapat dikatakan tentang tabel-tabel sebuah berkas, dan yang diperkirakan selama belum dikatakan
    Ask {
        /// Berkas rekap
        #[arg(value_name = "BERKAS")]
        file: PathBuf,
    },
    /// Katakan sesuatu tentang bentuk sebuah tabel; berlaku juga untuk berkas bulan berikutnya
    Say {
        /// Berkas rekap
        #[arg(value_name = "BERKAS")]
        file: PathBuf,
        /// Lembarnya
        #[arg(value_name = "LEMBAR")]
        sheet: String,
        /// Tentang apa, tanda =, lalu katanya; lihat `words ask`
        #[arg(required = true, value_name = "TENTANG = KATA")]
        said: Vec<String>,
        /// Baris judul tabelnya; perlu bila lembar itu memuat beberapa tabel
        #[arg(long, value_name = "NOMOR")]
        row: Option<u32>,
        /// Tabelnya (visits, follow_ups, lokmin, …); perlu bila satu baris judul memuat dua tabel
        #[arg(long, value_name = "TABEL")]
        table: Option<String>,
    },
    /// Cabut satu kata menurut nomornya di `words list`
    Revoke {
        /// Nomornya
        #[arg(value_name = "NOMOR")]
        id: i64,
    },
    /// Simpan semua penjelasan bentuk ke satu berkas
    Export {
        /// Berkas yang ditulis
        #[arg(value_name = "BERKAS")]
        file: PathBuf,
    },
    /// Ambil penjelasan bentuk dari berkas Puskesmas lain; yang sudah dikatakan di sini tidak diubah
    Import {
        /// Berkas dari `words export` atau dari halaman Impor
        #[arg(value_name = "BERKAS")]
        file: PathBuf,
    },
}

/// `facts`.
#[derive(Debug, Args)]
pub struct FactsArgs {
    /// Hanya fakta Puskesmas ini; tanpa ini: semua Puskesmas
    #[arg(long, value_name = "NAMA")]
    pub puskesmas: Option<String>,
    /// Hanya fakta yang nilainya dari berkas ini
    #[arg(long, value_name = "BERKAS")]
    pub file: Option<String>,
    /// Bentuk keluaran: json (bawaan; satu objek per baris) atau csv
    #[arg(long, value_enum, default_value_t = FactsFormat::Json, value_name = "BENTUK", hide_default_value = true, hide_possible_values = true)]
    pub format: FactsFormat,
}

/// Output of `facts`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FactsFormat {
    /// Satu objek per baris
    Json,
    /// Untuk lembar kerja
    Csv,
}

/// `report`.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// Laporan: evaluasi, pelaksanaan, identifikasi, jadwal, lokmin, notulen, tpcb, tpcb-cluster, akreditasi (ZIP), pkp,
    /// jejaring, telaah-ruk-rpk;
    /// surat: undangan, surat-tugas, surat-tugas-tpcb, umpan-balik, umpan-balik-tpcb, pengantar, narasumber, sk-indikator;
    /// atau semua: setiap laporan periode itu (tanpa surat), setiap Puskesmas
    #[arg(value_name = "LAPORAN", value_parser = parse_papers)]
    pub papers: Papers,
    /// Periode: 2023-05, 2023-Q2, 2023-C2, 2023-S1 atau 2023
    #[arg(value_name = "PERIODE")]
    pub period: Period,
    /// Keadaan per tanggal ini (TTTT-BB-HH); tanpa ini: hari ini
    #[arg(long, value_name = "TANGGAL", value_parser = parse_date)]
    pub as_of: Option<Date>,
    /// Puskesmas yang dilaporkan; perlu bila datanya lebih dari satu Puskesmas; `semua` untuk setiap Puskesmas
    #[arg(long, value_name = "NAMA")]
    pub puskesmas: Option<String>,
    /// Hanya Puskesmas cluster ini, untuk tpcb-cluster (juga di dalam semua); tanpa ini semua Puskesmas
    #[arg(long, value_name = "NAMA")]
    pub cluster: Option<String>,
    /// Bentuk: pdf, docx, xlsx atau semua (ketiganya, berdampingan dengan akhirannya masing-masing); tanpa ini menurut
    /// akhiran nama berkas (laporan semua: tanpa ini ketiganya)
    #[arg(long, value_name = "BENTUK", value_parser = parse_formats)]
    pub format: Option<Formats>,
    /// Isi templat kantor bernama ini (lihat `paper-template list`); bentuknya bentuk templatnya
    #[arg(long, alias = "templat", value_name = "NAMA", conflicts_with = "format")]
    pub template: Option<String>,
    /// Berkas yang ditulis; `-` untuk keluaran standar (laporan semua: folder, dibuat bila belum ada)
    #[arg(long, value_name = "BERKAS")]
    pub out: PathBuf,
}

/// `letter`.
#[derive(Debug, Args)]
pub struct LetterArgs {
    /// Laporan atau surat, dengan kata yang sama seperti pada `report`
    #[arg(value_name = "LAPORAN", value_parser = parse_kind)]
    pub kind: ReportKind,
    /// Periode: 2023-05, 2023-Q2, 2023-C2, 2023-S1 atau 2023
    #[arg(value_name = "PERIODE")]
    pub period: Period,
    /// Keadaan per tanggal ini (TTTT-BB-HH); tanpa ini: hari ini
    #[arg(long, value_name = "TANGGAL", value_parser = parse_date)]
    pub as_of: Option<Date>,
    /// Puskesmas yang dilaporkan; perlu bila datanya lebih dari satu Puskesmas
    #[arg(long, value_name = "NAMA")]
    pub puskesmas: Option<String>,
    /// Cluster, untuk tpcb-cluster
    #[arg(long, value_name = "NAMA")]
    pub cluster: Option<String>,
    /// Beri nomor ini; `baru`: nomor berikutnya
    #[arg(long, value_name = "NOMOR", value_parser = parse_number)]
    pub number: Option<NumberAsked>,
    /// Tanggal surat (TTTT-BB-HH), bersama --number; tanpa ini: hari ini
    #[arg(long, value_name = "TANGGAL", value_parser = parse_date, requires = "number")]
    pub date: Option<Date>,
    /// Cabut nomornya
    #[arg(long, conflicts_with = "number")]
    pub revoke: bool,
    /// Perihal; kosong ("") menghapusnya
    #[arg(long, alias = "perihal", value_name = "TEKS")]
    pub subject: Option<String>,
    /// Lampiran; kosong ("") menghapusnya
    #[arg(long, alias = "lampiran", value_name = "TEKS")]
    pub attachments: Option<String>,
    /// Tembusan, boleh diulang; kosong ("") menghapus semuanya
    #[arg(long = "copy", alias = "tembusan", value_name = "TEKS")]
    pub copies: Vec<String>,
    /// Bentuk keluaran: teks (bawaan) atau json
    #[arg(long, value_enum, default_value_t = ImportFormat::Teks, value_name = "BENTUK", hide_default_value = true, hide_possible_values = true)]
    pub format: ImportFormat,
}

/// Number that a letter is to get.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberAsked {
    /// The next free one.
    Next,
    /// This number, if no other paper of the year has it.
    This(u32),
}

fn parse_number(text: &str) -> Result<NumberAsked, String> {
    if text.trim().eq_ignore_ascii_case("baru") {
        return Ok(NumberAsked::Next);
    }
    text.trim().parse().map(NumberAsked::This).map_err(|_error| "tulis bilangan, atau baru".to_owned())
}

fn parse_kind(text: &str) -> Result<ReportKind, String> {
    text.parse().map_err(|error: crate::report::UnknownReport| error.to_string())
}

/// `snapshot`.
#[derive(Debug, Args)]
pub struct SnapshotArgs {
    /// Nomor versi data seperti tercetak, misalnya CC15288A55
    #[arg(value_name = "CUPLIKAN")]
    pub id: String,
    /// Tulis berkas laporan bernomor yang terakhir dicetak dengan versi data ini, persis seperti waktu itu; bentuknya
    /// menurut akhirannya (.pdf, .docx, .xlsx)
    #[arg(long, value_name = "BERKAS")]
    pub out: Option<PathBuf>,
    /// Hanya cetakan bernomor urut ini, bila ada beberapa (lihat daftarnya)
    #[arg(long, value_name = "URUT")]
    pub edition: Option<i64>,
    /// Bentuk keluaran: teks (bawaan) atau json
    #[arg(long, value_enum, default_value_t = ImportFormat::Teks, value_name = "BENTUK", hide_default_value = true, hide_possible_values = true)]
    pub format: ImportFormat,
}

/// `settings …`.
#[derive(Debug, Subcommand)]
pub enum SettingsVerb {
    /// Nama yang menulis laporan di sini; tanpa NAMA: lihat yang berlaku; kosong (""): hapus
    Author {
        /// Nama dan gelar
        #[arg(value_name = "NAMA")]
        name: Option<String>,
        /// Untuk Puskesmas ini; tanpa ini untuk satu-satunya Puskesmas, atau untuk seluruh folder data bila ada beberapa
        #[arg(long, value_name = "NAMA")]
        puskesmas: Option<String>,
    },
}

/// Kinds of paper that are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Papers {
    /// This kind alone.
    One(ReportKind),
    /// Every paper of the period, of every Puskesmas.
    All,
}

/// Formats that are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Formats {
    /// This format alone.
    One(FileFormat),
    /// Every format.
    All,
    /// The slides of a lokmin.
    Slides,
}

fn parse_formats(text: &str) -> Result<Formats, String> {
    if text.trim().eq_ignore_ascii_case("semua") {
        return Ok(Formats::All);
    }
    if text.trim().eq_ignore_ascii_case(slides::ENDING) {
        return Ok(Formats::Slides);
    }
    let format: Result<FileFormat, _> = text.parse();
    format.map(Formats::One).map_err(|error| format!("{error}, pptx (salindia lokmin), atau semua"))
}

fn parse_papers(text: &str) -> Result<Papers, String> {
    if text.trim().eq_ignore_ascii_case("semua") {
        return Ok(Papers::All);
    }
    let kind: Result<ReportKind, _> = text.parse();
    kind.map(Papers::One).map_err(|error| format!("{error}, atau semua"))
}

/// `job …`.
#[derive(Debug, Subcommand)]
pub enum JobVerb {
    /// Semua pekerjaan: keadaan, terakhir, berikutnya
    List,
    /// Jalankan satu pekerjaan sekarang dan tunggu hasilnya
    Run(JobName),
    /// Riwayat satu atau semua pekerjaan
    History(HistoryArgs),
    /// Sepuluh jadwal berikutnya dan aturan satu pekerjaan, dengan kata-kata
    Explain(JobName),
    /// Jeda satu pekerjaan; jadwal yang tiba ditandai dilewati
    Pause(JobName),
    /// Lanjutkan pekerjaan yang dijeda
    Resume(JobName),
}

/// The name of a job.
#[derive(Debug, Args)]
pub struct JobName {
    /// Nama pekerjaan: nama berkasnya tanpa .toml
    #[arg(value_name = "NAMA")]
    pub name: String,
}

/// `job history`.
#[derive(Debug, Args)]
pub struct HistoryArgs {
    /// Nama pekerjaan; tanpa ini: semua
    #[arg(value_name = "NAMA")]
    pub name: Option<String>,
    /// Baris paling banyak (bawaan: 20)
    #[arg(long, value_name = "JUMLAH", default_value_t = 20, hide_default_value = true)]
    pub count: u32,
}

/// `restore`.
#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// Berkas cadangan, misalnya data/cadangan/simpul-20231231-123000.db
    #[arg(value_name = "BERKAS")]
    pub file: PathBuf,
    /// Ganti juga bila folder data lebih baru daripada cadangan; keadaan sekarang disimpan dahulu di cadangan/
    #[arg(long)]
    pub overwrite: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        help::spoken(Cli::command()).debug_assert();
    }
}
