//! Papers: from the page model of one snapshot to a document of plain data, and from that to PDF, DOCX and XLSX.
//! Computes no figure of its own and reads no clock, store or disk; typst and the paper formats stay in here.

mod author;
pub mod bundle;
mod cells;
mod column_shares;
mod compose;
mod core_properties;
pub mod document;
mod docx;
mod drawings;
mod escaped;
mod figures;
mod flat_book;
mod letter;
mod mark;
mod narrative;
pub mod office_template;
mod on_paper;
mod pack;
mod pdf;
mod pptx;
pub mod sealed;
mod sheet_pages;
mod sheet_widths;
mod side_by_side;
pub mod verify;
mod words;
mod xlsx;

use crate::dashboard::{DashboardError, PageContext};
pub use crate::domain::{FileFormat, ReportKind, UnknownReport};

pub use author::{Author, Authors, UNNAMED};
pub use compose::visit_sheet::{VisitSheetMaterial, visit_sheet};
pub use document::{Document, Stamp, revision_words};
use drawings::Drawings;
pub use figures::figures;
pub use flat_book::{FlatCell, flat_book};
pub use letter::{Dating, Letter, LetterHead, NumberedPaper, Person};
pub use mark::PaperMark;
pub use narrative::{Change, Draft, DraftSection, Fact, Narrative, SectionKey, Sentence, WrittenText, sections_of};
pub use on_paper::paper_charts;
pub use pptx::{SlidesMaterial, slides};
use side_by_side::cores;
pub use words::stamp_words;
pub use xlsx::CELL_LETTERS_MAX;

/// Rows of one table on paper; what is longer stands whole in the workbook.
pub const PAPER_ROWS_MAX: usize = 500;

/// Material that a paper of one Puskesmas is made from.
#[derive(Clone, Copy, Debug)]
pub struct PaperMaterial<'a> {
    /// Results of the Puskesmas, period and day.
    pub context: &'a PageContext<'a>,
    /// Letterhead, number and signers.
    pub letter: &'a Letter,
    /// Id of the snapshot.
    pub snapshot: &'a str,
    /// Sentences of the paper.
    pub narrative: &'a Narrative,
}

/// Material that the paper over several Puskesmas is made from.
#[derive(Clone, Copy, Debug)]
pub struct ClusterMaterial<'a> {
    /// One of each Puskesmas, all of one evaluation.
    pub contexts: &'a [PageContext<'a>],
    /// Letterhead, number and signers.
    pub letter: &'a Letter,
    /// Id of the snapshot.
    pub snapshot: &'a str,
    /// Sentences of the paper.
    pub narrative: &'a Narrative,
    /// Members of their clusters without any data, as the lists write them.
    pub absent: &'a [String],
    /// Name of their cluster, where only one is reported on.
    pub cluster: Option<&'a str>,
}

/// Reason for which a paper cannot be made.
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
    /// The code of a paper holds too much.
    #[error("kode QR tidak dapat dibuat: {0}")]
    Code(#[from] crate::charts::TooLongForQr),
    /// The workbook could not be written.
    #[error("XLSX tidak dapat dibuat: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// The text document or the bundle could not be packed.
    #[error("berkas tidak dapat dikemas: {0}")]
    Zip(#[from] zip::result::ZipError),
    /// A file that was written and read back does not say what its document says.
    #[error("{format} yang dibuat diperiksa dan tidak cocok: {what}; berkasnya tidak disimpan")]
    Unsound {
        /// Its format, as people write it.
        format: &'static str,
        /// The first difference that was found.
        what: verify::Mismatch,
    },
    /// A template of the office's own cannot be filled in.
    #[error(transparent)]
    Template(#[from] office_template::TemplateFaults),
    /// A packed file could not be written.
    #[error("berkas tidak dapat ditulis: {0}")]
    Write(#[from] std::io::Error),
}

/// Puts a paper of one Puskesmas together.
pub fn document(kind: ReportKind, material: &PaperMaterial<'_>) -> Result<Document, ReportError> {
    compose::document(kind, material)
}

/// Drafts by rule what a paper of one Puskesmas says in sentences.
pub fn draft(kind: ReportKind, context: &PageContext<'_>) -> Result<Draft, ReportError> {
    if kind == ReportKind::Cluster {
        return Ok(draft_cluster(std::slice::from_ref(context), &[]));
    }
    narrative::draft(kind, context)
}

/// An invitation to lokmin as a message for a chat, from the text of its letter.
pub fn invitation_message(narrative: &Narrative, context: &PageContext<'_>) -> String {
    narrative::letters::message(narrative, context)
}

/// Drafts by rule what the paper over several Puskesmas says in sentences; `absent` are those without any data.
pub fn draft_cluster(contexts: &[PageContext<'_>], absent: &[String]) -> Draft {
    compose::draft_cluster(contexts, absent)
}

/// Puts the paper over several Puskesmas together; all stand in one evaluation.
pub fn cluster(material: &ClusterMaterial<'_>) -> Result<Document, ReportError> {
    compose::cluster(material)?.ok_or(ReportError::Nobody)
}

/// A file of a bundle as its index lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// Path, size and hash.
    pub entry: bundle::ArchiveEntry,
    /// Description of the file, in Indonesian.
    pub what: String,
    /// Account that attached it, and when; empty for a document of ours.
    pub brought: String,
}

/// The index of a bundle for accreditation that holds these files.
pub fn index(material: &PaperMaterial<'_>, packed: &[Packed]) -> Document {
    compose::index(material, packed)
}

/// A paper with its charts drawn, to be written in one format or several.
#[derive(Debug)]
pub struct Paper<'d> {
    document: &'d Document,
    drawings: Drawings,
}

impl<'d> Paper<'d> {
    /// Draws the charts of a paper that is to be written in these formats.
    pub fn new(document: &'d Document, formats: &[FileFormat]) -> Result<Self, ReportError> {
        // A PDF takes longest: beside it, pictures for the others leave it a core.
        let taken = usize::from(formats.len() > 1 && formats.contains(&FileFormat::Pdf));
        let threads = cores().saturating_sub(taken).max(1);
        Ok(Self { document, drawings: Drawings::from_document(document, threads)? })
    }

    /// Document that the drawings belong to.
    pub fn document(&self) -> &'d Document {
        self.document
    }

    /// Writes it in a format; the same paper gives the same bytes.
    pub fn render(&self, format: FileFormat) -> Result<Vec<u8>, ReportError> {
        match format {
            FileFormat::Pdf => pdf::render(self.document, &self.drawings),
            FileFormat::Docx => docx::render(self.document, &self.drawings),
            FileFormat::Xlsx => xlsx::render(self.document, &self.drawings),
        }
    }
}

/// Writes a paper in one format.
pub fn render(document: &Document, format: FileFormat) -> Result<Vec<u8>, ReportError> {
    Paper::new(document, &[format])?.render(format)
}
