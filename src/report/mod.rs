//! Papers: from the page model of one snapshot to a document of plain data, and from that to PDF, DOCX and XLSX.
//! Computes no figure of its own and reads no clock, store or disk; typst and the paper formats stay in here.

mod cells;
mod compose;
pub mod document;
mod docx;
mod letter;
mod narrative;
mod on_paper;
mod pack;
mod pdf;
pub mod verify;
mod words;
mod xlsx;

use crate::dashboard::{Context, DashboardError};
pub use crate::domain::{FileFormat, ReportKind, UnknownReport};

pub use document::{Document, Stamp};
pub use letter::{Letter, Person};
pub use narrative::narrative;
pub use pack::Packing;
pub use words::stamp_words;
pub use xlsx::CELL_LETTERS_MAX;

/// Rows of one table on paper; what is longer stands whole in the workbook.
pub const PAPER_ROWS_MAX: usize = 500;

/// What a paper is made from.
#[derive(Clone, Copy, Debug)]
pub struct Material<'a> {
    /// Results of the Puskesmas, period and day.
    pub context: &'a Context<'a>,
    /// Letter details.
    pub letter: &'a Letter,
    /// Id of the snapshot.
    pub snapshot: &'a str,
}

/// Why a paper cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A panel could not be computed.
    #[error(transparent)]
    Dashboard(#[from] DashboardError),
    /// There is no Puskesmas to report on.
    #[error("belum ada Puskesmas yang dapat dilaporkan; impor dahulu daftar identifikasi")]
    Nobody,
    /// A chart could not be drawn.
    #[error(transparent)]
    Chart(#[from] crate::charts::ChartError),
    /// The PDF could not be set.
    #[error("PDF tidak dapat dibuat: {0}")]
    Pdf(String),
    /// The workbook could not be written.
    #[error("XLSX tidak dapat dibuat: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// The text document or the bundle could not be packed.
    #[error("berkas tidak dapat dikemas: {0}")]
    Zip(#[from] zip::result::ZipError),
    /// What was written does not say what its document says.
    #[error("{format} yang dibuat diperiksa dan tidak cocok: {what}; berkasnya tidak disimpan")]
    Unsound {
        /// Its format, as people write it.
        format: &'static str,
        /// The first difference.
        what: verify::Mismatch,
    },
    /// A packed file could not be written.
    #[error("berkas tidak dapat ditulis: {0}")]
    Write(#[from] std::io::Error),
}

/// Puts a paper of one Puskesmas together.
pub fn document(kind: ReportKind, material: &Material<'_>) -> Result<Document, ReportError> {
    compose::document(kind, material)
}

/// Puts the paper over several Puskesmas together; all stand in one evaluation.
pub fn cluster(contexts: &[Context<'_>], letter: &Letter, snapshot: &str) -> Result<Document, ReportError> {
    compose::cluster(contexts, letter, snapshot)?.ok_or(ReportError::Nobody)
}

/// Packs named files into one ZIP, in their order and without the clock, and opens it again.
pub fn bundle(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>, ReportError> {
    let packed = pack::pack(files)?;
    verify::bundle(files, &packed)?;
    Ok(packed)
}

/// Writes a paper in a format; the same paper gives the same bytes.
pub fn render(document: &Document, format: FileFormat) -> Result<Vec<u8>, ReportError> {
    match format {
        FileFormat::Pdf => pdf::render(document),
        FileFormat::Docx => docx::render(document),
        FileFormat::Xlsx => xlsx::render(document),
    }
}
