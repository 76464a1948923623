//! Zip archives opened: entries by name, whatever its capitals and slashes, and no more of them than the caller takes.
//! Names are only compared, never used as paths. Knows no format within.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Seek};

use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

/// An archive in memory.
pub type Bytes<'b> = Cursor<&'b [u8]>;

/// Why an archive is not opened.
#[derive(Debug, thiserror::Error)]
pub enum Unopened {
    /// It is cut off or no archive.
    #[error(transparent)]
    Broken(#[from] ZipError),
    /// Its directory lists more entries than the caller takes.
    #[error("berisi terlalu banyak bagian")]
    TooManyEntries,
}

/// An open archive; nothing of it is inflated yet.
pub struct Archive<R> {
    zip: ZipArchive<R>,
    /// Place of each entry by [`key`].
    places: BTreeMap<String, usize>,
    /// Bytes that the directory declares for all entries together, inflated; it may lie.
    pub declared_bytes: u64,
    /// Some entry needs a password.
    pub is_encrypted: bool,
    /// A name that two entries have: which of the two a program takes is chance.
    pub doubled: Option<String>,
}

impl<R: Read + Seek> Archive<R> {
    /// Reads the directory.
    pub fn open(from: R, entries_max: usize) -> Result<Self, Unopened> {
        let mut zip = ZipArchive::new(from)?;
        if zip.len() > entries_max {
            return Err(Unopened::TooManyEntries);
        }
        let mut places = BTreeMap::new();
        let mut declared_bytes = 0_u64;
        let mut is_encrypted = false;
        let mut doubled = None;
        for place in 0..zip.len() {
            let entry = zip.by_index_raw(place)?;
            is_encrypted |= entry.encrypted();
            declared_bytes = declared_bytes.saturating_add(entry.size());
            let name = String::from_utf8_lossy(entry.name_raw());
            // Folders hold nothing that could be taken for something else.
            if places.insert(key(&name), place).is_some() && !name.ends_with(['/', '\\']) {
                doubled = Some(name.into_owned());
            }
        }
        Ok(Self { zip, places, declared_bytes, is_encrypted, doubled })
    }

    /// All names by [`key`].
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.places.keys().map(String::as_str)
    }

    /// The place of an entry.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.places.get(&key(name)).copied()
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.zip.len()
    }

    /// Reports whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.zip.is_empty()
    }

    /// An entry as it inflates; none where it is not there or cannot be inflated.
    pub fn entry(&mut self, name: &str) -> Option<ZipFile<'_, R>> {
        self.zip.by_index(self.place(name)?).ok()
    }

    /// An entry by its place, as it inflates.
    pub fn nth(&mut self, place: usize) -> Result<ZipFile<'_, R>, ZipError> {
        self.zip.by_index(place)
    }

    /// An entry as it lies, to be copied.
    pub fn raw(&mut self, place: usize) -> Result<ZipFile<'_, R>, ZipError> {
        self.zip.by_index_raw(place)
    }
}

/// A name as names are compared: in lower case, with `/` and without one at the front.
pub fn key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn archive(names: &[&str]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for name in names {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(name.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn entries_are_found_in_any_spelling() {
        let bytes = archive(&["xl\\Workbook.xml", "b"]);
        let mut open = Archive::open(Cursor::new(&*bytes), 2).unwrap();
        assert_eq!((open.place("/XL/workbook.xml"), open.place("c"), open.len()), (Some(0), None, 2));
        assert_eq!((open.declared_bytes, open.doubled.clone()), (16, None));
        let text = std::io::read_to_string(open.entry("B").unwrap()).unwrap();
        assert_eq!(text, "b");
        assert!(matches!(Archive::open(Cursor::new(&*bytes), 1), Err(Unopened::TooManyEntries)));
        assert!(matches!(Archive::open(Cursor::new(b"PK"), 1), Err(Unopened::Broken(_))));
        assert_eq!(Archive::open(Cursor::new(archive(&["a", "A"])), 9).unwrap().doubled.as_deref(), Some("A"));
    }
}
