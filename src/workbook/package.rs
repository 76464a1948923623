//! Zip packages: parts by name, and whether they are bearable, told by their directory before anything is inflated.
//! Knows no workbook.

use std::io::{BufReader, Cursor, Read, Write};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipWriter;
use zip::read::ZipFile;
use zip::write::SimpleFileOptions;

use super::intake::Intake;
use super::xml::attribute;
use super::{Excess, OpenError};
use crate::archive::{Archive, Bytes, Unopened};

/// Bytes of a list of parts.
const RELATIONS_BYTES: u64 = 4 << 20;
const NOT_WHOLE: &str = "arsip ZIP-nya tidak utuh";

/// An open package within the limits.
pub(super) struct Package<'b>(Archive<Bytes<'b>>);

impl<'b> Package<'b> {
    pub(super) fn open(bytes: &'b [u8], intake: &Intake<'_>) -> Result<Self, OpenError> {
        let limits = intake.limits();
        let archive = Archive::open(Cursor::new(bytes), limits.zip_entries).map_err(|unopened| match unopened {
            Unopened::TooManyEntries => intake.too_large(Excess::ZipEntries(limits.zip_entries)),
            Unopened::Broken(_) => intake.damaged(NOT_WHOLE),
        })?;
        if archive.is_encrypted {
            return Err(OpenError::Password { file: intake.file() });
        }
        if archive.doubled.is_some() {
            return Err(intake.damaged("dua bagiannya bernama sama"));
        }
        if archive.declared_bytes > limits.inflated_bytes {
            return Err(intake.too_large(Excess::InflatedBytes(limits.inflated_bytes)));
        }
        Ok(Self(archive))
    }

    /// Reports whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.place(name).is_some()
    }

    /// Reports whether there is a part below this folder (lower case, with `/`).
    pub(super) fn has_folder(&self, folder: &str) -> bool {
        self.0.names().any(|name| name.starts_with(folder))
    }

    /// A part, as it inflates; none where it is not there or cannot be inflated.
    pub(super) fn part(&mut self, name: &str) -> Option<BufReader<ZipFile<'_, Bytes<'b>>>> {
        Some(BufReader::with_capacity(1 << 16, self.0.entry(name)?))
    }

    /// The whole of a small part; none where it is not there, damaged or above `limit` bytes.
    pub(super) fn small_part(&mut self, name: &str, limit: u64) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        self.part(name)?.take(limit + 1).read_to_end(&mut bytes).ok()?;
        (bytes.len() as u64 <= limit).then_some(bytes)
    }

    /// Reports whether a part's name (in one spelling) ends in this extension.
    pub(super) fn has_extension(&self, extension: &str) -> bool {
        self.0.names().any(|name| ends_in(name, extension))
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
        for place in 0..self.0.len() {
            if self.0.place(name) == Some(place) {
                writer.start_file(name, SimpleFileOptions::default()).ok()?;
                writer.write_all(content).ok()?;
            } else {
                writer.raw_copy_file(self.0.raw(place).ok()?).ok()?;
            }
        }
        Some(writer.finish().ok()?.into_inner())
    }
}

/// Reports whether a name, in one spelling, ends in an extension.
pub(super) fn ends_in(name: &str, extension: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, last)| last == extension)
}
