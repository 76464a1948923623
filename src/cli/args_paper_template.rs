//! Arguments of `paper-template`: templates of the office's own for its papers. Decides nothing, opens nothing.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::domain::Period;
use crate::report::ReportKind;

/// Actions on templates of the office's own.
#[derive(Debug, Subcommand)]
pub enum PaperTemplateVerb {
    /// Periksa berkas Word sebagai templat: semua yang keliru, tempatnya, dan nama yang paling mirip
    Check(CheckTemplateArgs),
    /// Simpan templat; yang bernama sama diganti
    Add {
        #[command(flatten)]
        template: TemplateFileArgs,
        /// Nama templat; tanpa ini: nama berkasnya
        #[arg(long, alias = "nama", value_name = "NAMA")]
        name: Option<String>,
    },
    /// Templat yang tersimpan untuk satu laporan
    List(TemplatePaperArgs),
    /// Hapus satu templat
    Remove {
        #[command(flatten)]
        paper: TemplatePaperArgs,
        /// Nama templat, seperti di `paper-template list`
        #[arg(long, alias = "nama", value_name = "NAMA")]
        name: String,
    },
    /// Semua isian, daftar, dan gambar yang dapat ditulis dalam templat satu laporan
    Names(TemplatePaperArgs),
}

/// A file and the paper that it is to be a template for.
#[derive(Debug, Args)]
pub struct TemplateFileArgs {
    #[command(flatten)]
    pub paper: TemplatePaperArgs,
    /// Berkas .docx dengan isian seperti {{puskesmas}}
    #[arg(value_name = "BERKAS")]
    pub file: PathBuf,
}

/// `paper-template check`.
#[derive(Debug, Args)]
pub struct CheckTemplateArgs {
    #[command(flatten)]
    pub template: TemplateFileArgs,
    /// Tulis pratinjaunya, terisi data, ke berkas ini
    #[arg(long, value_name = "BERKAS")]
    pub out: Option<PathBuf>,
}

/// A paper by its kind and period.
#[derive(Debug, Args)]
pub struct TemplatePaperArgs {
    /// Laporan atau surat, dengan kata yang sama seperti pada `report`
    #[arg(value_name = "LAPORAN", value_parser = parse_kind)]
    pub kind: ReportKind,
    /// Periode yang datanya dipakai mencoba; tanpa ini: yang memuat hari ini
    #[arg(long, alias = "periode", value_name = "PERIODE")]
    pub period: Option<Period>,
    /// Puskesmas; perlu bila datanya lebih dari satu Puskesmas
    #[arg(long, value_name = "NAMA")]
    pub puskesmas: Option<String>,
}

fn parse_kind(text: &str) -> Result<ReportKind, String> {
    text.parse().map_err(|error: crate::report::UnknownReport| error.to_string())
}
