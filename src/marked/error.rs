//! Why a workbook cannot be marked, in one Indonesian sentence with the way out.

/// A file of which no marked copy can be made. The display is the message for the user.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MarkError {
    /// Not xlsx or xlsm (xls, xlsb, ods, csv, html, or protected by a password).
    #[error(
        "salinan bertanda dari berkas itu sendiri hanya dapat dibuat dari .xlsx dan .xlsm; simpan berkas ini sebagai .xlsx di Excel dan impor lagi"
    )]
    UnsupportedFormat,
    /// Cut off or damaged.
    #[error(
        "salinan bertanda tidak dapat dibuat: berkas rusak ({detail}); buka di Excel agar diperbaiki, simpan, dan impor lagi"
    )]
    Damaged {
        /// Fault that was met, with the part of the file.
        detail: String,
    },
    /// Two parts of one name: readers disagree on which one counts.
    #[error(
        "salinan bertanda tidak dapat dibuat: bagian \"{name}\" ada dua kali di dalam berkas; buka di Excel, simpan ulang, dan impor lagi"
    )]
    DuplicatePart {
        /// The part.
        name: String,
    },
    /// Above a limit.
    #[error("salinan bertanda tidak dapat dibuat: {what}; pecah menjadi beberapa buku kerja, lalu impor lagi")]
    TooLarge {
        /// Limit that was exceeded, with its value.
        what: String,
    },
}

impl MarkError {
    pub(super) fn damaged(detail: impl Into<String>) -> Self {
        Self::Damaged { detail: detail.into() }
    }
}
