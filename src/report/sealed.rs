//! The seal of a file put into it, and taken out again: in a PDF by an update at its end, in office files as a part of the
//! package and as two properties, which office programs keep when they save. Signs and judges nothing.

mod office;
mod pdf;

use super::ReportError;
use crate::proof::SealedText;

/// Formats in which papers go out, slides with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "formats have their usual names")]
pub enum SealedFormat {
    Pdf,
    Docx,
    Xlsx,
    Pptx,
}

impl SealedFormat {
    /// All.
    pub const ALL: [Self; 4] = [Self::Pdf, Self::Docx, Self::Xlsx, Self::Pptx];

    /// Name in capitals, as a seal writes it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Docx => "DOCX",
            Self::Xlsx => "XLSX",
            Self::Pptx => "PPTX",
        }
    }

    /// Tells the format by the bytes; `None`: none of these.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        // A reader finds the head anywhere in the first kilobyte.
        let head = &bytes[..bytes.len().min(1024)];
        if head.windows(5).any(|word| word == b"%PDF-") {
            return Some(Self::Pdf);
        }
        office::format(bytes)
    }
}

/// Puts the seal into a file that is written; in a PDF a free field for an electronic signature with it.
pub fn seal(format: SealedFormat, bytes: Vec<u8>, text: &SealedText) -> Result<Vec<u8>, ReportError> {
    match format {
        SealedFormat::Pdf => pdf::seal(bytes, text).map_err(|why| ReportError::Pdf(why.to_owned())),
        SealedFormat::Docx | SealedFormat::Xlsx | SealedFormat::Pptx => office::seal(&bytes, text),
    }
}

/// Takes the seal out of a file; `None` where it holds none.
pub fn sealed_text(format: SealedFormat, bytes: &[u8]) -> Option<SealedText> {
    match format {
        SealedFormat::Pdf => pdf::sealed_text(bytes),
        SealedFormat::Docx | SealedFormat::Xlsx | SealedFormat::Pptx => office::sealed_text(bytes),
    }
}
