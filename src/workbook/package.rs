//! Zip packages: parts by name, and whether they are bearable, told by their directory before anything is inflated.
//! Knows no workbook.

use std::io::{BufReader, Cursor, Read, Write};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::read::ZipFile;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::intake::Intake;
use super::xml::attribute;
use super::{Excess, OpenError};

/// The bytes of a package.
pub(super) type Bytes<'b> = Cursor<&'b [u8]>;

/// Bytes of a list of parts.
const RELATIONS_BYTES: u64 = 4 << 20;
const NOT_WHOLE: &str = "arsip ZIP-nya tidak utuh";

/// An open zip directory with its names in one spelling.
pub(super) struct Package<'b> {
    archive: ZipArchive<Bytes<'b>>,
    /// Lower case, with `/` and without one at the front, and its place in the archive.
    names: Vec<(String, usize)>,
}

impl<'b> Package<'b> {
    pub(super) fn open(bytes: &'b [u8], intake: &Intake<'_>) -> Result<Self, OpenError> {
        let limits = intake.limits();
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_error| intake.damaged(NOT_WHOLE))?;
        if archive.len() > limits.zip_entries {
            return Err(intake.too_large(Excess::ZipEntries(limits.zip_entries)));
        }
        let mut inflated = 0_u64;
        let mut names = Vec::with_capacity(archive.len());
        for place in 0..archive.len() {
            let entry = archive.by_index_raw(place).map_err(|_error| intake.damaged(NOT_WHOLE))?;
            if entry.encrypted() {
                return Err(OpenError::Password { file: intake.file() });
            }
            inflated = inflated.saturating_add(entry.size());
            names.push((one_spelling(&String::from_utf8_lossy(entry.name_raw())), place));
        }
        // Names that differ in capitals alone mean one part, and which of the two a program takes is chance.
        let mut parts: Vec<&str> =
            names.iter().map(|(name, _)| name.as_str()).filter(|name| !name.ends_with('/')).collect();
        parts.sort_unstable();
        if parts.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(intake.damaged("dua bagiannya bernama sama"));
        }
        if inflated > limits.inflated_bytes {
            return Err(intake.too_large(Excess::InflatedBytes(limits.inflated_bytes)));
        }
        Ok(Self { archive, names })
    }

    /// Reports whether there is a part of this name (lower case).
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.iter().any(|(known, _)| known == name)
    }

    /// Reports whether there is a part below this folder (lower case, with `/`).
    pub(super) fn has_folder(&self, folder: &str) -> bool {
        self.names.iter().any(|(known, _)| known.starts_with(folder))
    }

    /// A part, as it inflates; none where it is not there or cannot be inflated.
    pub(super) fn part(&mut self, name: &str) -> Option<BufReader<ZipFile<'_, Bytes<'b>>>> {
        let name = one_spelling(name);
        let place = self.names.iter().find(|(known, _)| *known == name)?.1;
        Some(BufReader::with_capacity(1 << 16, self.archive.by_index(place).ok()?))
    }

    /// The whole of a small part; none where it is not there, damaged or above `limit` bytes.
    pub(super) fn small_part(&mut self, name: &str, limit: u64) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        self.part(name)?.take(limit + 1).read_to_end(&mut bytes).ok()?;
        (bytes.len() as u64 <= limit).then_some(bytes)
    }

    /// Reports whether a part's name (in one spelling) ends in this extension.
    pub(super) fn has_extension(&self, extension: &str) -> bool {
        self.names.iter().any(|(name, _)| ends_in(name, extension))
    }

    /// Id and target of each part that the list of relations `name` holds.
    pub(super) fn relations(&mut self, name: &str) -> Vec<(String, String)> {
        let bytes = self.small_part(name, RELATIONS_BYTES).unwrap_or_default();
        let mut reader = Reader::from_reader(bytes.as_slice());
        let mut found = Vec::new();
        let mut buffer = Vec::new();
        while let Ok(event) = reader.read_event_into(&mut buffer) {
            match event {
                Event::Start(tag) | Event::Empty(tag) => {
                    if let (Some(id), Some(target)) = (attribute(&tag, "Id"), attribute(&tag, "Target")) {
                        found.push((id, target));
                    }
                }
                Event::Eof => break,
                _ => {}
            }
            buffer.clear();
        }
        found
    }

    /// The package with this part rewritten; none where that cannot be done.
    pub(super) fn with_part(&mut self, name: &str, content: &[u8]) -> Option<Vec<u8>> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (known, place) in &self.names {
            if known == name {
                writer.start_file(name, SimpleFileOptions::default()).ok()?;
                writer.write_all(content).ok()?;
            } else {
                writer.raw_copy_file(self.archive.by_index_raw(*place).ok()?).ok()?;
            }
        }
        Some(writer.finish().ok()?.into_inner())
    }
}

/// The name in lower case, with `/` and without one at the front: some writers use others.
pub(super) fn one_spelling(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// Reports whether a name, in one spelling, ends in an extension.
pub(super) fn ends_in(name: &str, extension: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, last)| last == extension)
}
