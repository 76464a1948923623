//! Arguments of the verbs about the program itself (help, completions, man pages), of the sets of indicators and of the
//! export to DHIS2. Decides nothing, opens nothing.

use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;

use super::args_common::{ImportFormat, parse_month};
use crate::domain::Month;

/// `help`.
#[derive(Debug, Args)]
pub struct HelpArgs {
    /// Perintah yang dijelaskan, misalnya import, atau job run; tanpa ini: semua perintah
    #[arg(value_name = "PERINTAH")]
    pub verbs: Vec<String>,
}

/// `completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// Cangkang: bash, zsh, fish, powershell atau elvish
    #[arg(value_name = "CANGKANG", hide_possible_values = true)]
    pub shell: Shell,
}

/// `man`.
#[derive(Debug, Args)]
pub struct ManArgs {
    /// Folder untuk halaman manual, satu berkas satu perintah; dibuat bila belum ada
    #[arg(long, value_name = "FOLDER")]
    pub out: PathBuf,
}

/// `indicator-set`.
#[derive(Debug, Args)]
pub struct IndicatorSetArgs {
    /// Set yang dinyalakan, misalnya inm, spm, iks, ppn atau ikp; tanpa ini: lihat semua set
    #[arg(value_name = "SET")]
    pub set: Option<String>,
    /// Tahun mulai berlaku; tanpa ini: tahun ini
    #[arg(long, alias = "tahun", value_name = "TAHUN")]
    pub year: Option<i32>,
    /// Matikan set itu sejak tahunnya
    #[arg(long, alias = "matikan", requires = "set")]
    pub off: bool,
    /// Puskesmas; perlu bila datanya lebih dari satu Puskesmas
    #[arg(long, value_name = "NAMA")]
    pub puskesmas: Option<String>,
    /// Bentuk keluaran: teks (bawaan) atau json
    #[arg(long, value_enum, default_value_t = ImportFormat::Teks, value_name = "BENTUK", hide_default_value = true, hide_possible_values = true)]
    pub format: ImportFormat,
}

/// `dhis2`.
#[derive(Debug, Args)]
pub struct Dhis2Args {
    /// Bulan (TTTT-BB)
    #[arg(value_name = "BULAN", value_parser = parse_month)]
    pub month: Month,
    /// Puskesmas; perlu bila datanya lebih dari satu Puskesmas
    #[arg(long, value_name = "NAMA")]
    pub puskesmas: Option<String>,
    /// Berkas JSON yang ditulis; `-` untuk keluaran standar
    #[arg(long, value_name = "BERKAS")]
    pub out: PathBuf,
}
