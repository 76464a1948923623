//! What a file is, told from its first bytes: names lie (HTML saved as `.xls`, JSON named `.xlsx`).

use super::OpenError;

/// Sorts of content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing.
    Empty,
    /// A zip archive: xlsx, xlsm, xlsb, ods, or no workbook at all; its directory tells.
    Zip,
    /// An OLE envelope around a workbook with a password.
    OleEncrypted,
    /// An OLE file with a BIFF workbook.
    OleWorkbook,
    /// An OLE file of another sort (`.doc`, `.msg`).
    OleOther,
    /// A BIFF stream without OLE (Excel 2–4).
    OldBiff,
    /// A page.
    Html,
    /// XML: SpreadsheetML 2003 or something else.
    Xml,
    /// JSON.
    Json,
    /// PDF.
    Pdf,
    /// Text, of which a table in lines with separators is the usual sort.
    Text,
    /// Anything else.
    Unknown,
}

const ZIP: &[u8] = b"PK";
const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// How much of a file is looked at, bytes.
const LOOKED_AT: usize = 4_096;
/// How much of an OLE file is searched for the names of its streams, bytes.
const OLE_LOOKED_AT: usize = 1 << 20;

pub(super) fn kind(bytes: &[u8]) -> Kind {
    if bytes.is_empty() {
        return Kind::Empty;
    }
    if bytes.starts_with(ZIP) {
        return Kind::Zip;
    }
    if bytes.starts_with(OLE) {
        return ole_kind(bytes);
    }
    if matches!(bytes, [0x09, 0x00 | 0x02 | 0x04 | 0x08, 0x04 | 0x06 | 0x08, 0x00, ..]) {
        return Kind::OldBiff;
    }
    text_kind(&bytes[..bytes.len().min(LOOKED_AT)])
}

fn ole_kind(bytes: &[u8]) -> Kind {
    let start = &bytes[..bytes.len().min(OLE_LOOKED_AT)];
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        start.windows(wide.len()).any(|window| window == wide.as_slice())
    };
    if has("EncryptedPackage") {
        Kind::OleEncrypted
    } else if has("Workbook") || has("Book") {
        Kind::OleWorkbook
    } else {
        Kind::OleOther
    }
}

fn text_kind(start: &[u8]) -> Kind {
    let text = String::from_utf8_lossy(start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start));
    let lower = text.trim_start().to_lowercase();
    if lower.starts_with("%pdf") {
        Kind::Pdf
    } else if lower.starts_with('{') || lower.starts_with('[') {
        Kind::Json
    } else if lower.contains("<html") || lower.contains("<table") || lower.starts_with("<!doctype html") {
        Kind::Html
    } else if lower.starts_with("<?xml") {
        Kind::Xml
    } else if start.contains(&0) {
        Kind::Unknown
    } else {
        Kind::Text
    }
}

impl Kind {
    /// The sentence for a file of this kind that is not read.
    pub(super) fn refusal(self, file_name: &str) -> OpenError {
        let file = file_name.to_owned();
        let other = |what| OpenError::OtherFormat { file: file_name.to_owned(), what };
        let not = |what| OpenError::NotAWorkbook { file: file_name.to_owned(), what };
        match self {
            Self::Empty => OpenError::Empty { file },
            Self::OleEncrypted => OpenError::Password { file },
            Self::OleWorkbook | Self::OldBiff => other("isinya buku kerja Excel lama (.xls)"),
            Self::Html => other("isinya halaman HTML"),
            Self::Text => other("isinya teks (CSV)"),
            Self::Xml => other("isinya XML"),
            Self::OleOther => not("isinya dokumen Office lain"),
            Self::Json => not("isinya JSON"),
            Self::Pdf => not("isinya PDF"),
            Self::Zip => not("isinya arsip ZIP"),
            Self::Unknown => not("isinya tidak dikenal"),
        }
    }
}
