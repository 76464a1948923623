//! Arguments of `privacy`.

use clap::{Subcommand, ValueEnum};

/// `privacy …`.
#[derive(Debug, Subcommand)]
pub enum PrivacyVerb {
    /// Cari nama atau nomor di semua teks dan berkas asli yang disimpan
    Find {
        /// Nama atau nomor
        #[arg(required = true, value_name = "KATA")]
        words: Vec<String>,
    },
    /// Tulis semua tempatnya, untuk diserahkan kepada orangnya
    Export {
        /// Nama atau nomor
        #[arg(required = true, value_name = "KATA")]
        words: Vec<String>,
        /// Bentuk keluaran: json (bawaan) atau csv
        #[arg(long, value_enum, default_value_t = PrivacyFormat::Json, value_name = "BENTUK", hide_default_value = true, hide_possible_values = true)]
        format: PrivacyFormat,
    },
    /// Timpa nama atau nomor di semua teks dan berkas asli; tidak dapat dibatalkan
    Erase {
        /// Nama atau nomor
        #[arg(required = true, value_name = "KATA")]
        words: Vec<String>,
        /// Siapa yang meminta dan mengapa, tanpa menyebut datanya
        #[arg(long, value_name = "ALASAN")]
        reason: String,
        /// Ketik sekali lagi persis yang dihapus
        #[arg(long, value_name = "KATA")]
        confirm: String,
    },
    /// Yang terjadi dengan data pribadi saat impor lewat perintah dan pekerjaan; tanpa pilihan: lihat yang berlaku
    Import {
        /// Simpan apa adanya, dengan alasan ini
        #[arg(long, value_name = "ALASAN", conflicts_with = "remove")]
        keep: Option<String>,
        /// Hapus dari salinan yang disimpan (bawaan)
        #[arg(long)]
        remove: bool,
    },
}

/// Output of `privacy export`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PrivacyFormat {
    /// Dibaca program
    Json,
    /// Dibuka dengan Excel
    Csv,
}
