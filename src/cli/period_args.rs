//! Flags of the verbs about one period: its evaluation and its approval. Decides nothing, opens nothing.

use clap::{Args, Subcommand, ValueEnum};

use super::args_common::parse_date;
use crate::domain::{Date, Period};

/// `evaluate`.
#[derive(Debug, Args)]
pub struct EvaluateArgs {
    /// Periode: 2023-05, 2023-Q2, 2023-C2, 2023-S1 atau 2023
    #[arg(value_name = "PERIODE")]
    pub period: Period,
    /// Keadaan per tanggal ini (TTTT-BB-HH); tanpa ini: hari ini
    #[arg(long, value_name = "TANGGAL", value_parser = parse_date)]
    pub as_of: Option<Date>,
    /// Puskesmas yang dihitung; perlu bila datanya lebih dari satu Puskesmas
    #[arg(long, value_name = "NAMA")]
    pub puskesmas: Option<String>,
    /// Data sekarang, juga bila periodenya sudah disetujui
    #[arg(long)]
    pub latest: bool,
    /// Bentuk keluaran: table (bawaan), json atau csv
    #[arg(long, value_enum, default_value_t = EvaluateFormat::Table, value_name = "BENTUK", hide_default_value = true, hide_possible_values = true)]
    pub format: EvaluateFormat,
}

/// Output of `evaluate`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EvaluateFormat {
    /// Tabel dibaca orang
    Table,
    /// Dibaca program
    Json,
    /// Untuk lembar kerja
    Csv,
}

/// `approval …`.
#[derive(Debug, Subcommand)]
pub enum ApprovalVerb {
    /// Periode yang pernah diajukan: keadaan, tanggal, nama, dan perubahan tertunda
    List(ApprovalList),
    /// Ajukan satu periode untuk disetujui
    Submit(ApprovalArgs),
    /// Setujui periode yang diajukan; angkanya menjadi tetap
    Approve(ApprovalArgs),
    /// Kembalikan periode untuk diperbaiki, dengan alasan
    Return(ApprovalArgs),
    /// Verifikasi periode yang disetujui
    Verify(ApprovalArgs),
    /// Setujui angka baru menggantikan yang disetujui
    TakeOver(ApprovalArgs),
    /// Biarkan perubahan tertunda; angka yang disetujui tetap dipakai
    Leave(ApprovalArgs),
    /// Buka kembali periode yang disetujui, dengan alasan
    Unlock(ApprovalArgs),
}

/// `approval list`.
#[derive(Debug, Args)]
pub struct ApprovalList {
    /// Puskesmas yang dilihat; perlu bila datanya lebih dari satu Puskesmas
    #[arg(long, value_name = "NAMA")]
    pub puskesmas: Option<String>,
    /// Bentuk keluaran: teks (bawaan) atau json
    #[arg(long, value_enum, default_value_t = ApprovalFormat::Teks, value_name = "BENTUK", hide_default_value = true, hide_possible_values = true)]
    pub format: ApprovalFormat,
}

/// A step with a period.
#[derive(Debug, Args)]
pub struct ApprovalArgs {
    /// Periode: 2023-C2, juga 2023-05, 2023-Q2, 2023-S1 atau 2023
    #[arg(value_name = "PERIODE")]
    pub period: Period,
    /// Puskesmas; perlu bila datanya lebih dari satu Puskesmas
    #[arg(long, value_name = "NAMA")]
    pub puskesmas: Option<String>,
    /// Nama yang memutuskan, misalnya "dr. Ani"
    #[arg(long, value_name = "NAMA", default_value = "", hide_default_value = true)]
    pub name: String,
    /// Alasan; wajib untuk return dan unlock
    #[arg(long, value_name = "ALASAN", default_value = "", hide_default_value = true)]
    pub reason: String,
}

/// Output of `approval list`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ApprovalFormat {
    /// Dibaca orang
    #[value(alias = "text")]
    Teks,
    /// Dibaca program
    Json,
}
