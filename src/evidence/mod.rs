//! Evidence files as bytes: which format they are, told by their bytes and never by their name, and the name under
//! which they are kept. Decodes no picture and inflates no more than the list of a package's parts.
//!
//! Knows nothing of facilities, of where bytes are kept, or of HTTP.

mod package;

use crate::domain::EvidenceFormat;

/// Characters of a file's name that are kept.
pub const NAME_CHARS_MAX: usize = 150;

const PDF: &[u8] = b"%PDF-";
const JPEG: &[u8] = b"\xFF\xD8\xFF";
/// Signature of PNG and the head of its first chunk.
const PNG: &[u8] = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR";
const ZIP: &[u8] = b"PK\x03\x04";
const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// Brands of HEIF pictures, as telephones write them, at byte 4.
const HEIF: [&[u8]; 5] = [b"ftyphei", b"ftyphev", b"ftypmif1", b"ftypmsf1", b"ftypavif"];

/// Why a file is not taken; the sentence tells what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// No bytes.
    #[error("berkasnya kosong")]
    Empty,
    /// A picture in a format that not every program opens.
    #[error(
        "foto berformat HEIC; simpan atau kirim ulang sebagai JPEG (di iPhone: Kamera › Format › Paling Kompatibel)"
    )]
    Heif,
    /// A document of old Office, or one with a password.
    #[error("dokumen Office lama atau berkata sandi; simpan sebagai DOCX, XLSX, atau PDF tanpa kata sandi")]
    OldOffice,
    /// A document with macros.
    #[error("dokumen ini berisi makro; simpan tanpa makro (DOCX atau XLSX) atau sebagai PDF")]
    Macros,
    /// A package that is neither text document nor workbook.
    #[error("isinya arsip ZIP atau dokumen lain, bukan DOCX atau XLSX; keluarkan isinya, lalu lampirkan satu per satu")]
    OtherPackage,
    /// A package that cannot be opened, or that is out of all bounds.
    #[error("berkasnya rusak atau terpotong; simpan ulang dari program asalnya")]
    Broken,
    /// None of the formats.
    #[error("isinya bukan PDF, JPEG, PNG, DOCX, atau XLSX (nama berkas tidak menentukan)")]
    Unknown,
}

/// The format of a file.
pub fn format_of(bytes: &[u8]) -> Result<EvidenceFormat, Unfit> {
    if bytes.is_empty() {
        Err(Unfit::Empty)
    } else if bytes.starts_with(PDF) {
        Ok(EvidenceFormat::Pdf)
    } else if bytes.starts_with(JPEG) {
        Ok(EvidenceFormat::Jpeg)
    } else if bytes.starts_with(PNG) {
        Ok(EvidenceFormat::Png)
    } else if bytes.starts_with(ZIP) {
        package::format_of(bytes)
    } else if bytes.starts_with(OLE) {
        Err(Unfit::OldOffice)
    } else if bytes.get(4..).is_some_and(|rest| HEIF.iter().any(|brand| rest.starts_with(brand))) {
        Err(Unfit::Heif)
    } else {
        Err(Unfit::Unknown)
    }
}

/// The name under which a file is kept and shown: no folders, no control or direction-changing characters, not
/// endless, never empty.
pub fn kept_name(name: &str) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let is_shown = |c: &char| {
        !c.is_control()
            && !matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
    };
    let kept: String = base.chars().filter(is_shown).take(NAME_CHARS_MAX).collect();
    let kept = kept.trim().trim_matches('.').trim();
    if kept.is_empty() { "tanpa nama".to_owned() } else { kept.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_tell_the_format_whatever_the_name() {
        assert_eq!(format_of(b"%PDF-1.7\n..."), Ok(EvidenceFormat::Pdf));
        assert_eq!(format_of(b"\xFF\xD8\xFF\xE0..JFIF"), Ok(EvidenceFormat::Jpeg));
        assert_eq!(format_of(b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR...."), Ok(EvidenceFormat::Png));
        for (bytes, why) in [
            (&b""[..], Unfit::Empty),
            (b"<html>%PDF-1.7", Unfit::Unknown),
            (b"<svg xmlns=''/>", Unfit::Unknown),
            (b"MZ\x90\0", Unfit::Unknown),
            (b"\x89PNG\r\n\x1A\n<script>", Unfit::Unknown),
            (b"\0\0\0\x18ftypheic\0\0", Unfit::Heif),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....", Unfit::OldOffice),
            (b"PK\x03\x04 cut off", Unfit::Broken),
        ] {
            assert_eq!(format_of(bytes), Err(why), "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn names_lose_what_could_lead_elsewhere() {
        for (given, kept) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\ani\\foto.jpg", "foto.jpg"),
            ("foto\u{202E}gpj.exe", "fotogpj.exe"),
            ("a\r\nb\0.pdf", "ab.pdf"),
            ("..", "tanpa nama"),
            ("  ", "tanpa nama"),
            ("Notulen <b>Mei</b> \"2023\".pdf", "b> \"2023\".pdf"),
        ] {
            assert_eq!(kept_name(given), kept);
        }
        assert_eq!(kept_name(&"x".repeat(9_999)).chars().count(), NAME_CHARS_MAX);
    }
}
