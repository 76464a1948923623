//! Zip packages: what they are and whether they are bearable, told by their directory before anything is
//! inflated.

use std::io::{BufReader, Cursor, Read, Write};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::read::ZipFile;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::intake::Intake;
use super::xml::attribute;
use super::{Excess, Notice, OpenError, ods, xlsb, xlsx};

/// The bytes of a package.
pub(super) type Bytes<'b> = Cursor<&'b [u8]>;

/// Bytes of a list of parts.
const RELATIONS_BYTES: u64 = 4 << 20;
const NOT_WHOLE: &str = "arsip ZIP-nya tidak utuh";

/// Reads whatever workbook the package holds.
pub(super) fn read(bytes: &[u8], intake: &mut Intake<'_>) -> Result<(), OpenError> {
    let mut package = Package::open(bytes, intake)?;
    if package.has("xl/vbaproject.bin") || package.has_folder("xl/macrosheets/") {
        intake.notice(Notice::MacrosIgnored);
    }
    if package.has("xl/workbook.xml") {
        xlsx::read(bytes, &mut package, intake)
    } else if package.has("xl/workbook.bin") {
        xlsb::read(&mut package, intake)
    } else if package.has("content.xml") && (package.has("mimetype") || package.has("meta-inf/manifest.xml")) {
        ods::read(&mut package, intake)
    } else if package.has_workbook_elsewhere("xml") {
        xlsx::read(bytes, &mut package, intake)
    } else if package.has_workbook_elsewhere("bin") {
        let what = "isinya buku kerja .xlsb dengan susunan yang tidak biasa".into();
        Err(OpenError::OtherFormat { file: intake.file(), what })
    } else {
        Err(package.refusal(intake))
    }
}

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

    fn has_folder(&self, folder: &str) -> bool {
        self.names.iter().any(|(known, _)| known.starts_with(folder))
    }

    /// Reports whether the package says that its main part, wherever it lies, is a workbook.
    fn has_workbook_elsewhere(&mut self, extension: &str) -> bool {
        let targets = self.relations("_rels/.rels");
        targets.iter().map(|(_, target)| one_spelling(target)).any(|target| {
            let name = target.rsplit('/').next().unwrap_or_default();
            name.starts_with("workbook") && ends_in(name, extension) && self.has(&target)
        })
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

    fn refusal(&self, intake: &Intake<'_>) -> OpenError {
        let what = if self.has("word/document.xml") {
            "isinya dokumen Word"
        } else if self.has("ppt/presentation.xml") {
            "isinya presentasi PowerPoint"
        } else if self.has("content.xml") {
            "isinya dokumen LibreOffice lain"
        } else if self.names.iter().any(|(name, _)| ends_in(name, "iwa")) {
            "isinya dokumen Apple iWork (Numbers)"
        } else {
            "isinya arsip ZIP"
        };
        OpenError::NotAWorkbook { file: intake.file(), what: what.into() }
    }
}

/// Reports whether a name, in one spelling, ends in an extension.
fn ends_in(name: &str, extension: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, last)| last == extension)
}

/// Some writers use backslashes, capitals or a leading slash.
fn one_spelling(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}
