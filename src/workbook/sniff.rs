//! Kind of a file, told from its first bytes: names lie (HTML saved as `.xls`, JSON named `.xlsx`).

use super::OpenError;
use super::encoding::{decode, has_mark};
use super::ole::Envelope;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ContentKind {
    Empty,
    /// A zip archive: xlsx, xlsm, xlsb, ods, or no workbook at all; its directory tells.
    Zip,
    /// An OLE envelope around a workbook with a password.
    OleEncrypted,
    /// An OLE file with a BIFF workbook.
    OleWorkbook,
    /// An OLE file of another sort (`.doc`, `.msg`).
    OleOther,
    /// A BIFF stream without OLE, as small exporters write it to this day.
    BareBiff,
    /// The same of Excel 2, 3 or 4.
    OldBiff,
    /// A page.
    Html,
    /// A workbook as one XML document (Excel 2003).
    SpreadsheetMl,
    /// Any other XML.
    Xml,
    Json,
    Pdf,
    Picture,
    /// An archive that is not zip.
    Archive,
    Rtf,
    /// A page with its pictures in one file (MHTML).
    WebArchive,
    /// Text, of which a table in lines with separators is the usual sort.
    Text,
    Unknown,
}

const ZIP: &[u8] = b"PK";
const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// PNG, JPEG, GIF, TIFF in both orders, WebP and others in RIFF.
const MAGIC_OF_PICTURES: [&[u8]; 6] = [b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"II*\0", b"MM\0*", b"RIFF"];
/// RAR, 7z, gzip.
const MAGIC_OF_ARCHIVES: [&[u8]; 3] = [b"Rar!", b"7z\xBC\xAF", b"\x1F\x8B"];
/// Bytes of a file that are looked at.
const LOOKED_AT: usize = 4_096;

pub(super) fn kind(bytes: &[u8]) -> ContentKind {
    if bytes.is_empty() {
        return ContentKind::Empty;
    }
    if bytes.starts_with(ZIP) {
        return ContentKind::Zip;
    }
    if bytes.starts_with(OLE) {
        return ole_kind(bytes);
    }
    match bytes {
        [0x09, 0x08, 0x04 | 0x06 | 0x08 | 0x10, 0x00, ..] => return ContentKind::BareBiff,
        [0x09, 0x00 | 0x02 | 0x04, 0x04 | 0x06 | 0x08 | 0x10, 0x00, ..] => return ContentKind::OldBiff,
        _ => {}
    }
    if MAGIC_OF_PICTURES.iter().any(|magic| bytes.starts_with(magic)) {
        return ContentKind::Picture;
    }
    if MAGIC_OF_ARCHIVES.iter().any(|magic| bytes.starts_with(magic)) {
        return ContentKind::Archive;
    }
    text_kind(bytes)
}

fn ole_kind(bytes: &[u8]) -> ContentKind {
    // An envelope that cannot be opened is the reader's to name.
    let Ok(envelope) = Envelope::open(bytes) else { return ContentKind::OleWorkbook };
    if envelope.has("encryptedpackage") {
        ContentKind::OleEncrypted
    } else if envelope.has("workbook") || envelope.has("book") {
        ContentKind::OleWorkbook
    } else {
        ContentKind::OleOther
    }
}

fn text_kind(bytes: &[u8]) -> ContentKind {
    let start = &bytes[..bytes.len().min(LOOKED_AT)];
    let decoded = decode(start, None);
    let lower = decoded.text.trim_start().to_lowercase();
    if lower.starts_with("%pdf") {
        return ContentKind::Pdf;
    }
    let is_text = |letter: char| !letter.is_control() || matches!(letter, '\t' | '\n' | '\r' | '\x0C' | '\x1A');
    // A letter cut in two at the end of what is looked at is no sign of anything.
    if (start.contains(&0) && !has_mark(start)) || lower.chars().filter(|letter| !is_text(*letter)).count() > 2 {
        return ContentKind::Unknown;
    }
    if lower.starts_with("{\\rtf") {
        ContentKind::Rtf
    } else if is_json(&lower) {
        ContentKind::Json
    } else if lower.contains("mso-application progid=\"excel.sheet\"")
        || (lower.contains("schemas-microsoft-com:office:spreadsheet") && lower.contains("workbook"))
    {
        ContentKind::SpreadsheetMl
    } else if lower.starts_with("mime-version:") {
        ContentKind::WebArchive
    } else if ["<html", "<table", "<!doctype html", "<body", "<head"].iter().any(|tag| lower.contains(tag)) {
        ContentKind::Html
    } else if lower.starts_with("<?xml") {
        ContentKind::Xml
    } else {
        ContentKind::Text
    }
}

/// An object, or a list that begins as lists of values do.
fn is_json(text: &str) -> bool {
    let second = |open| text.strip_prefix(open).map(|rest: &str| rest.trim_start().chars().next());
    match (second('{'), second('[')) {
        (Some(next), _) => matches!(next, Some('"' | '}') | None),
        (_, Some(next)) => matches!(next, Some('{' | '[' | ']' | '"') | None),
        _ => false,
    }
}

impl ContentKind {
    /// The sentence for a file of this kind that is not read.
    pub(super) fn refusal(self, file_name: &str) -> OpenError {
        let file = file_name.to_owned();
        let other = |what: &'static str| OpenError::OtherFormat { file: file_name.to_owned(), what: what.into() };
        let not = |what: &'static str| OpenError::NotAWorkbook { file: file_name.to_owned(), what: what.into() };
        match self {
            Self::Empty => OpenError::Empty { file },
            Self::OleEncrypted => OpenError::Password { file },
            Self::OleWorkbook | Self::BareBiff => other("isinya buku kerja Excel lama"),
            Self::OldBiff => other("isinya buku kerja Excel 4 atau lebih lama, dari sebelum 1993"),
            Self::Html => other("isinya halaman HTML"),
            Self::Text => other("isinya teks"),
            Self::SpreadsheetMl => other("isinya buku kerja XML"),
            Self::Xml => other("isinya XML"),
            Self::WebArchive => other("isinya arsip halaman web (.mht)"),
            Self::Picture => not("isinya gambar"),
            Self::Archive => not("isinya arsip"),
            Self::Rtf => not("isinya dokumen RTF"),
            Self::OleOther => not("isinya dokumen Office lain"),
            Self::Json => not("isinya JSON"),
            Self::Pdf => not("isinya PDF"),
            Self::Zip => not("isinya arsip ZIP"),
            Self::Unknown => not("isinya tidak dikenal"),
        }
    }
}
