//! Why a file cannot be opened, in one Indonesian sentence that names the file and the way out.

use std::borrow::Cow;

use crate::domain::format;

/// A file that cannot be read as a workbook. The display is the message for the user.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, serde::Serialize, serde::Deserialize)]
#[expect(missing_docs, reason = "`file` is the name that the user gave")]
pub enum OpenError {
    /// The file has no bytes.
    #[error("{file}: berkas kosong (0 byte); salin atau unduh ulang dari sumbernya, lalu impor lagi")]
    Empty { file: String },
    /// Excel's note that somebody has the workbook open.
    #[error(
        "{file}: ini catatan sementara Excel (namanya diawali ~$), bukan buku kerja; tutup Excel dan impor berkas aslinya"
    )]
    OwnerFile { file: String },
    /// A format that Simpul does not read (yet).
    #[error(
        "{file}: {what}, belum dapat dibaca; buka di Excel atau LibreOffice lalu simpan sebagai .xlsx, dan impor hasilnya"
    )]
    OtherFormat {
        file: String,
        /// Format found, in words (`isinya XML Excel 2003`).
        what: Cow<'static, str>,
    },
    /// Not a workbook at all.
    #[error(
        "{file}: {what}, bukan buku kerja; periksa berkas yang dipilih dan impor buku kerja .xlsx, .xls, .ods, atau .csv"
    )]
    NotAWorkbook {
        file: String,
        /// Kind of file found, in words.
        what: Cow<'static, str>,
    },
    /// Protected by a password.
    #[error(
        "{file}: dilindungi kata sandi; buka di Excel, hapus kata sandinya (Berkas, Info, Proteksi Buku Kerja), simpan, dan impor lagi"
    )]
    Password { file: String },
    /// Cut off or damaged.
    #[error(
        "{file}: berkas rusak atau terpotong ({detail}); buka di Excel agar diperbaiki dan simpan ulang, atau minta salinan baru"
    )]
    Damaged {
        file: String,
        /// Fault that the parser met, with the sheet where it is known.
        detail: String,
    },
    /// Above a limit.
    #[error(
        "{file}: {excess} (batas `{}`, dapat diubah petugas TI di limits.toml); pecah menjadi beberapa buku kerja atau hapus isi yang tidak perlu, lalu impor lagi",
        excess.setting()
    )]
    TooLarge {
        file: String,
        /// Limit that was exceeded, with its value.
        excess: Excess,
    },
    /// The process that parses could not be started or used: nothing is said about the file.
    #[error(
        "{file}: pembaca berkas tidak dapat dijalankan ({detail}); coba lagi, dan hubungi petugas TI bila terulang"
    )]
    NoReader {
        file: String,
        /// Reason that the system gave.
        detail: String,
    },
}

/// The limit that a workbook exceeds.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[expect(missing_docs, reason = "`sheet` and `limit` say all")]
pub enum Excess {
    /// Bytes of the file.
    FileBytes(u64),
    /// Bytes that the packed parts would have unpacked, as the zip directory states them.
    InflatedBytes(u64),
    /// Entries of the zip directory.
    ZipEntries(usize),
    /// Sheets.
    Sheets(usize),
    /// Rows of a sheet.
    Rows { sheet: String, limit: u32 },
    /// Columns of a sheet.
    Columns { sheet: String, limit: u32 },
    /// Cells with a value.
    Cells(u64),
    /// Merged areas of a sheet.
    Merges { sheet: String, limit: usize },
    /// Characters of a cell.
    TextChars {
        sheet: String,
        /// The cell as `F10`.
        cell: String,
        limit: usize,
    },
    /// Bytes of memory while it was read.
    MemoryBytes(u64),
    /// Seconds that reading took.
    Seconds(u64),
}

impl Excess {
    /// The name of the limit in `limits.toml`.
    pub fn setting(&self) -> &'static str {
        match self {
            Self::FileBytes(_) => "file-mb",
            Self::InflatedBytes(_) => "inflated-mb",
            Self::ZipEntries(_) => "zip-entries",
            Self::Sheets(_) => "sheets",
            Self::Rows { .. } => "rows",
            Self::Columns { .. } => "columns",
            Self::Cells(_) => "cells",
            Self::Merges { .. } => "merges",
            Self::TextChars { .. } => "text-chars",
            Self::MemoryBytes(_) => "memory-mb",
            Self::Seconds(_) => "seconds",
        }
    }
}

impl std::fmt::Display for Excess {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::FileBytes(limit) => write!(f, "lebih besar dari {} MB", limit >> 20),
            Self::InflatedBytes(limit) => write!(f, "isinya setelah dibuka lebih besar dari {} MB", limit >> 20),
            Self::ZipEntries(limit) => write!(f, "berisi lebih dari {} bagian", limit_text(*limit as u64)),
            Self::Sheets(limit) => write!(f, "berisi lebih dari {} lembar", limit_text(*limit as u64)),
            Self::Rows { sheet, limit } => {
                write!(f, "lembar \"{sheet}\" lebih dari {} baris", limit_text(u64::from(*limit)))
            }
            Self::Columns { sheet, limit } => {
                write!(f, "lembar \"{sheet}\" lebih dari {} kolom", limit_text(u64::from(*limit)))
            }
            Self::Cells(limit) => write!(f, "berisi lebih dari {} sel", limit_text(*limit)),
            Self::Merges { sheet, limit } => {
                write!(f, "lembar \"{sheet}\" berisi lebih dari {} sel gabungan", limit_text(*limit as u64))
            }
            Self::TextChars { sheet, cell, limit } => {
                write!(f, "lembar \"{sheet}\" sel {cell} berisi lebih dari {} huruf", limit_text(*limit as u64))
            }
            Self::MemoryBytes(limit) => {
                write!(f, "membutuhkan lebih dari {} MB memori untuk dibaca", limit_text(*limit >> 20))
            }
            Self::Seconds(limit) => write!(f, "belum selesai dibaca setelah {} detik", limit_text(*limit)),
        }
    }
}

fn limit_text(limit: u64) -> String {
    format::number(u32::try_from(limit).map_or(f64::from(u32::MAX), f64::from), 0)
}
