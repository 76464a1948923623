//! Command line of `audit`: verbs and filters, in Indonesian. Decides nothing, opens nothing.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::args_common::{ImportFormat, parse_date};
use crate::domain::Date;
use crate::domain::audit::AuditAction;

/// `audit …`.
#[derive(Debug, Subcommand)]
pub enum AuditVerb {
    /// Periksa apakah jejak masih utuh: tidak ada baris yang diubah, dihapus, atau ditukar
    Verify {
        /// Hash yang dicatat di tempat lain pada suatu hari; jejak harus masih memuatnya
        #[arg(long, value_name = "HASH")]
        expect: Option<String>,
    },
    /// Lihat yang terbaru
    List {
        #[command(flatten)]
        filter: AuditFilterArgs,
        /// Banyaknya baris
        #[arg(long, value_name = "BANYAKNYA", default_value_t = 50, hide_default_value = true)]
        count: u64,
        /// Bentuk keluaran: teks (bawaan) atau json (satu objek per baris)
        #[arg(long, value_enum, default_value_t = ImportFormat::Teks, value_name = "BENTUK", hide_default_value = true, hide_possible_values = true)]
        format: ImportFormat,
    },
    /// Tulis ke berkas CSV, XLSX, atau JSON (satu objek per baris), menurut akhiran namanya
    Export {
        #[command(flatten)]
        filter: AuditFilterArgs,
        /// Berkas yang ditulis: .csv, .xlsx, atau .json
        #[arg(long, value_name = "BERKAS")]
        out: PathBuf,
    },
}

/// Rows that are wanted.
#[derive(Debug, Args)]
pub struct AuditFilterArgs {
    /// Sejak tanggal ini (TTTT-BB-HH)
    #[arg(long, value_name = "TANGGAL", value_parser = parse_date)]
    pub from: Option<Date>,
    /// Sampai tanggal ini (TTTT-BB-HH)
    #[arg(long, value_name = "TANGGAL", value_parser = parse_date)]
    pub until: Option<Date>,
    /// Hanya akun ini
    #[arg(long, value_name = "NAMA")]
    pub account: Option<String>,
    /// Hanya tindakan dengan kode ini, misalnya import.accept atau entry.change
    #[arg(long, value_name = "KODE", value_parser = parse_action)]
    pub action: Option<AuditAction>,
    /// Hanya Puskesmas ini
    #[arg(long, value_name = "NAMA")]
    pub puskesmas: Option<String>,
    /// Hanya yang memuat kata-kata ini
    #[arg(long, value_name = "KATA")]
    pub words: Option<String>,
}

fn parse_action(text: &str) -> Result<AuditAction, String> {
    AuditAction::from_code(text).ok_or_else(|| {
        let known: Vec<&str> = AuditAction::all().map(AuditAction::code).collect();
        format!("yang ada: {}", known.join(", "))
    })
}
