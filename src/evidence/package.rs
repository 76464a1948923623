//! Office packages: whether a ZIP is a text document or workbook without macros, told by its list of parts.

use std::io::{Cursor, Read};

use super::Unfit;
use crate::archive::Archive;
use crate::domain::EvidenceFormat;

/// Parts of a package at most.
const PARTS_MAX: usize = 10_000;
/// Bytes of the list of content types that are inflated at most.
const CONTENT_TYPES_BYTES_MAX: u64 = 1 << 20;

const CONTENT_TYPES: &str = "[content_types].xml";
/// Each format with its main part's content type.
const MAIN: [(EvidenceFormat, &str, &str); 2] = [
    (
        EvidenceFormat::Docx,
        "word/document.xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    ),
    (
        EvidenceFormat::Xlsx,
        "xl/workbook.xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    ),
];
/// Names of parts that macros leave in a package, in small letters: their project, and the macro sheets of old Excel.
const MACROS: [&str; 3] = ["vbaproject", "vbadata", "/macrosheets/"];

/// The format of a package.
pub(super) fn format_of(bytes: &[u8]) -> Result<EvidenceFormat, Unfit> {
    let mut archive = Archive::open(Cursor::new(bytes), PARTS_MAX).map_err(|_error| Unfit::Broken)?;
    if archive.names().any(|name| MACROS.iter().any(|word| name.contains(word))) {
        return Err(Unfit::Macros);
    }
    if archive.place(CONTENT_TYPES).is_none() {
        return Err(Unfit::OtherPackage);
    }
    let mut types = Vec::new();
    let part = archive.entry(CONTENT_TYPES).ok_or(Unfit::Broken)?;
    part.take(CONTENT_TYPES_BYTES_MAX + 1).read_to_end(&mut types).map_err(|_error| Unfit::Broken)?;
    // Of a longer list nobody has seen the end, and macros may be named there.
    if types.len() as u64 > CONTENT_TYPES_BYTES_MAX {
        return Err(Unfit::Broken);
    }
    let types = String::from_utf8_lossy(&types).to_lowercase();
    if types.contains("macroenabled") {
        return Err(Unfit::Macros);
    }
    let is_of = |part: &str, main: &str| archive.place(part).is_some() && types.contains(main);
    let found = MAIN.into_iter().find(|(_, part, main)| is_of(part, main));
    found.map(|(format, ..)| format).ok_or(Unfit::OtherPackage)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::write::SimpleFileOptions;

    use super::*;

    fn package(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn a_package_is_bounded_in_parts_and_in_what_tells_them() {
        let main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
        let room = usize::try_from(CONTENT_TYPES_BYTES_MAX).unwrap() - main.len();
        let list = |spaces: usize| format!("{main}{}", " ".repeat(spaces));
        let of = |types: &str| format_of(&package(&[("[Content_Types].xml", types), ("word/document.xml", "")]));
        assert_eq!(of(&list(room)), Ok(EvidenceFormat::Docx));
        assert_eq!(of(&format!("{}macroEnabled", list(room))), Err(Unfit::Broken), "macros beyond the bound");
        let names: Vec<String> = (0..=PARTS_MAX).map(|place| place.to_string()).collect();
        let parts: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
        assert_eq!(format_of(&package(&parts[..PARTS_MAX])), Err(Unfit::OtherPackage));
        assert_eq!(format_of(&package(&parts)), Err(Unfit::Broken));
    }

    #[test]
    fn parts_and_content_types_tell_the_document() {
        let types = "<Override ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>";
        let macros = "<Override ContentType=\"application/vnd.ms-word.document.macroEnabled.main+xml\"/>";
        let list = "[Content_Types].xml";
        assert_eq!(format_of(&package(&[(list, types), ("word/document.xml", "")])), Ok(EvidenceFormat::Docx));
        for (parts, why) in [
            (vec![(list, macros), ("word/document.xml", "")], Unfit::Macros),
            (vec![(list, types), ("word/document.xml", ""), ("word/VbaProject.bin", "")], Unfit::Macros),
            (vec![(list, types)], Unfit::OtherPackage),
            (vec![("word/document.xml", "")], Unfit::OtherPackage),
            (vec![("foto.jpg", "")], Unfit::OtherPackage),
            (vec![(list, types), ("xl/workbook.xml", "")], Unfit::OtherPackage),
        ] {
            assert_eq!(format_of(&package(&parts)), Err(why), "{parts:?}");
        }
        let types = types.replace("wordprocessingml.document.main", "spreadsheetml.sheet.main");
        assert_eq!(format_of(&package(&[(list, &types), ("xl\\workbook.xml", "")])), Ok(EvidenceFormat::Xlsx));
    }
}
