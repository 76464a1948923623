//! Content of an office file: texts with their places, pictures by their digests, and what would show other words than the
//! cells hold. Reads any file of the format, also one that another program saved; compares nothing.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use super::Mismatch;
use super::office_text::{OfficePart, PartKind};
use crate::archive::Archive;
use crate::proof::Reading;
use crate::report::sealed::SealedFormat;

/// Parts of a package at most, and bytes of all of them together: a small file may unpack to endless ones.
const PARTS_MAX: usize = 20_000;
const BYTES_MAX: u64 = 512 << 20;

/// Reads texts and pictures; of a workbook only what stands beside its cells.
pub fn office_reading(format: SealedFormat, bytes: &[u8]) -> Result<Reading, Mismatch> {
    let unreadable = |error: &dyn std::fmt::Display| Mismatch::new(format!("tidak dapat dibuka ({error})"));
    let mut archive = Archive::open(Cursor::new(bytes), PARTS_MAX).map_err(|error| unreadable(&error))?;
    if let Some(name) = &archive.doubled {
        return Err(Mismatch::new(format!("berkasnya memuat dua bagian bernama {name}")));
    }
    let mut names: Vec<String> = archive.names().map(ToOwned::to_owned).collect();
    names.sort_by_key(|name| (PartKind::from_path(format, name), number(name), name.clone()));
    let mut reading = Reading::default();
    // Programs number footers anew and write one for each sort of page: what they say counts once.
    let mut around = BTreeSet::new();
    let mut left = BYTES_MAX;
    for name in names {
        let kind = PartKind::from_path(format, &name);
        if kind == PartKind::Other {
            continue;
        }
        let Some(entry) = archive.entry(&name) else { return Err(Mismatch::new(format!("{name} tidak dapat dibaca"))) };
        let mut content = Vec::new();
        entry.take(left).read_to_end(&mut content).map_err(|error| unreadable(&error))?;
        left = left.saturating_sub(content.len() as u64);
        if left == 0 {
            return Err(Mismatch::new("isinya terlalu besar untuk diperiksa"));
        }
        match kind {
            PartKind::Picture => reading.draw(format!("gambar {}", name.rsplit('/').next().unwrap_or(&name)), &content),
            PartKind::Around => {
                let mut own = Reading::default();
                OfficePart::new(kind, &name).read(&content, &mut own)?;
                around.extend(own.words.into_iter().map(|piece| piece.text));
            }
            _ => OfficePart::new(kind, &name).read(&content, &mut reading)?,
        }
    }
    for text in around {
        reading.say("kepala atau kaki halaman", &text);
    }
    Ok(reading)
}

/// The number at the end of a part's name: slides come in their order.
fn number(name: &str) -> u32 {
    let stem = name.trim_end_matches(".xml");
    let digits = stem.trim_end_matches(|letter: char| letter.is_ascii_digit()).len();
    stem[digits..].parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_of_endless_parts_is_not_verified() {
        let package = |parts: usize| {
            let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
            for place in 0..parts {
                writer.start_file(place.to_string(), zip::write::SimpleFileOptions::default()).unwrap();
            }
            writer.finish().unwrap().into_inner()
        };
        assert!(office_reading(SealedFormat::Docx, &package(PARTS_MAX)).is_ok());
        assert!(office_reading(SealedFormat::Docx, &package(PARTS_MAX + 1)).is_err());
    }
}
