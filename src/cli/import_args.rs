//! Arguments of `import`.

use std::path::PathBuf;

use clap::Args;

use super::args_common::ImportFormat;

/// `import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// Buku kerja, misalnya rekap-*.xlsx; urutannya bebas
    #[arg(required = true, value_name = "BERKAS")]
    pub files: Vec<PathBuf>,
    /// Puskesmas pemilik buku kerja yang tidak menyebut namanya; nama baru di judul diterima kalau disebut di sini
    #[arg(long, value_name = "NAMA")]
    pub puskesmas: Option<String>,
    /// Buang baris yang ada di versi lama rekap yang sama tetapi tidak ada lagi di versi ini
    #[arg(long)]
    pub replace: bool,
    /// Simpan data pribadi pasien apa adanya, dengan alasan ini; tanpa ini dihapus dari salinan yang disimpan
    #[arg(long, value_name = "ALASAN")]
    pub keep_personal_data: Option<String>,
    /// Bentuk keluaran: teks (bawaan) atau json
    #[arg(long, value_enum, default_value_t = ImportFormat::Teks, value_name = "BENTUK", hide_default_value = true, hide_possible_values = true)]
    pub format: ImportFormat,
}
