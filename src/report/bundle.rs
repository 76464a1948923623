//! Many papers as one file: documents and attached files one after the other into a ZIP, so that no more than one of
//! them is in memory; the names that attached ones get there; and the archive opened again at the end.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Read, Seek, Write};

use sha2::{Digest, Sha256};
use zip::{CompressionMethod, ZipWriter};

use super::{ReportError, pack, verify};
use crate::domain::name::hyphenated;
use crate::domain::{EvidenceFormat, EvidenceKind};

/// Letters of each part of a name: a path stays far below what the narrowest file systems take (260).
const WORD_LETTERS_MAX: usize = 40;

/// File in an archive: its path, size and hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchiveEntry {
    /// Path with forward slashes.
    pub path: String,
    /// Size in bytes, unpacked.
    pub size: u64,
    /// SHA-256 of its bytes in hexadecimal.
    pub sha256: String,
}

impl ArchiveEntry {
    /// Describes these bytes at this path.
    pub fn new(path: String, bytes: &[u8]) -> Self {
        let sha256 = Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
            // Writing into a text cannot fail.
            write!(text, "{byte:02x}").ok();
            text
        });
        Self { path, size: bytes.len() as u64, sha256 }
    }
}

/// A ZIP in the making; the same files in the same order give the same bytes.
pub struct Bundle<W: Read + Write + Seek> {
    writer: ZipWriter<W>,
    entries: Vec<ArchiveEntry>,
}

impl<W: Read + Write + Seek> Bundle<W> {
    /// An empty one, written into `into` from where it stands.
    pub fn new(into: W) -> Self {
        Self { writer: ZipWriter::new(into), entries: Vec::new() }
    }

    /// Adds a file, compressed; its size and hash are kept for the comparison at the end.
    pub fn add(&mut self, path: &str, bytes: &[u8]) -> Result<(), ReportError> {
        self.put(path, bytes, CompressionMethod::Deflated)
    }

    /// Adds what is packed in itself already (an attached file, a finished paper): it is stored as it is.
    pub fn add_packed(&mut self, path: &str, bytes: &[u8]) -> Result<(), ReportError> {
        self.put(path, bytes, CompressionMethod::Stored)
    }

    fn put(&mut self, path: &str, bytes: &[u8], method: CompressionMethod) -> Result<(), ReportError> {
        pack::put(&mut self.writer, path, bytes, method)?;
        self.entries.push(ArchiveEntry::new(path.to_owned(), bytes));
        Ok(())
    }

    /// Ends the archive, opens it again and compares every entry with what was put in.
    pub fn finish(self) -> Result<W, ReportError> {
        let mut archive = self.writer.finish()?;
        verify::bundle(&self.entries, &mut archive)?;
        Ok(archive)
    }
}

/// An attached file as far as its path tells of it; `about` and `name` are words from outside.
#[derive(Clone, Copy, Debug)]
pub struct FileWords<'a> {
    /// Kind of paper that it holds.
    pub kind: EvidenceKind,
    /// Format that its ending names.
    pub format: EvidenceFormat,
    /// Visit, meeting, follow-up or year that it is evidence of.
    pub about: &'a str,
    /// Name under which it was attached.
    pub name: &'a str,
}

/// Gives attached files their paths: a folder an element, a running number in it, and only letters, digits and
/// hyphens from names. So no two collide, none is a device's name, and none leads out of the folder.
#[derive(Debug, Default)]
pub struct Paths {
    numbers: BTreeMap<String, u32>,
}

impl Paths {
    /// Returns the path of the next file in `folder`.
    pub fn next(&mut self, folder: &'static str, file: FileWords<'_>) -> String {
        let FileWords { kind, format, about, name } = file;
        let number = self.numbers.entry(folder.to_owned()).or_default();
        *number += 1;
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let words =
            [about, stem].map(|words| hyphenated(words, WORD_LETTERS_MAX)).into_iter().filter(|word| !word.is_empty());
        let words = words.fold(String::new(), |text, word| format!("{text}-{word}"));
        format!("{folder}/{number:03}-{}{words}.{}", kind.code(), format.ending())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::io::Cursor;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_archive_grows_on_the_disk_and_is_read_back() {
        let file = tempfile::tempfile().unwrap();
        let mut bundle = Bundle::new(file.try_clone().unwrap());
        bundle.add_packed("a/evaluasi.pdf", b"%PDF-1.7").unwrap();
        bundle.add_packed("b/evaluasi.pdf", b"").unwrap();
        bundle.finish().unwrap();
        let mut archive = zip::ZipArchive::new(file).unwrap();
        assert_eq!(archive.len(), 2);
        assert_eq!(archive.by_index(0).unwrap().size(), 8);
    }

    #[test]
    fn names_from_outside_become_tame() {
        let mut paths = Paths::default();
        let mut next = |about, name| {
            paths.next("1.2.3-c", FileWords { kind: EvidenceKind::Photos, format: EvidenceFormat::Jpeg, about, name })
        };
        assert_eq!(
            next("2023-05-12 Klinik Bina", "IMG 1234.JPEG"),
            "1.2.3-c/001-foto-2023-05-12-klinik-bina-img-1234.jpg"
        );
        assert_eq!(
            next("2023-05-12 Klinik Bina", "IMG 1234.JPEG"),
            "1.2.3-c/002-foto-2023-05-12-klinik-bina-img-1234.jpg"
        );
        assert_eq!(next("..\\..", "../../con.exe"), "1.2.3-c/003-foto-con.jpg");
        assert_eq!(next("", "東京"), "1.2.3-c/004-foto.jpg");
    }

    proptest! {
        #[test]
        fn paths_never_collide_or_escape(names in prop::collection::vec((any::<String>(), any::<String>()), 1..40)) {
            let mut paths = Paths::default();
            let mut seen = BTreeSet::new();
            for (about, name) in names {
                let path = paths.next("1.7.1-e", FileWords { kind: EvidenceKind::Minutes, format: EvidenceFormat::Pdf, about: &about, name: &name });
                let (folder, file) = path.split_once('/').unwrap();
                prop_assert_eq!(folder, "1.7.1-e");
                prop_assert!(file.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte)));
                prop_assert!(file.rsplit_once('.').is_some_and(|(stem, ending)| !stem.contains('.') && ending == "pdf"));
                prop_assert!(path.len() < 130);
                prop_assert!(seen.insert(path));
            }
        }

        #[test]
        fn what_was_put_in_comes_out(files in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..2000), 0..8)) {
            let mut bundle = Bundle::new(Cursor::new(Vec::new()));
            for (place, bytes) in files.iter().enumerate() {
                bundle.add_packed(&format!("{place}.pdf"), bytes).unwrap();
            }
            let archive = bundle.finish().unwrap().into_inner();
            let mut archive = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
            for (place, bytes) in files.iter().enumerate() {
                let mut found = Vec::new();
                archive.by_name(&format!("{place}.pdf")).unwrap().read_to_end(&mut found).unwrap();
                prop_assert_eq!(&found, bytes);
            }
        }
    }
}
