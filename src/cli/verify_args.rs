//! Arguments of `verify`. Decides nothing, opens nothing.

use std::path::PathBuf;

use clap::Args;

use super::args_common::ImportFormat;

/// `verify`.
#[derive(Debug, Args)]
#[command(
    after_help = "Status keluar, yang terburuk dari semua berkas: 0 asli; 1 gagal; 2 perintah salah; 3 asli, tetapi datanya\nsudah berubah; 4 angka sama, gambar atau tata letak lain; 5 tanda tangan instalasi lain; 6 tanpa kode atau\ntidak terbaca; 7 berubah atau tidak sah."
)]
pub struct VerifyArgs {
    /// Surat yang diperiksa: PDF, DOCX, XLSX, atau PPTX
    #[arg(value_name = "BERKAS")]
    pub files: Vec<PathBuf>,
    /// Teks kode QR seperti ditunjukkan pemindai HP
    #[arg(long, value_name = "TEKS")]
    pub code: Option<String>,
    /// Kunci umum instalasi lain yang dipercaya, atau berkas yang memuatnya; boleh beberapa
    #[arg(long = "key", value_name = "KUNCI")]
    pub keys: Vec<String>,
    /// Tulis kunci umum instalasi ini, untuk diberikan kepada pemeriksa
    #[arg(long)]
    pub show_key: bool,
    /// Bentuk keluaran: teks (bawaan) atau json
    #[arg(long, value_enum, default_value_t = ImportFormat::Teks, value_name = "BENTUK", hide_default_value = true, hide_possible_values = true)]
    pub format: ImportFormat,
}
