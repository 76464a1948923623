//! The zip package: parts by name, those that change compressed anew, all others copied as they lie.
//! Knows no spreadsheet.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Cursor, Read, Write};

use zip::write::{PreparedZipFile, SimpleFileOptions, ZipFileBuilder};
use zip::{CompressionMethod, ZipWriter};

use super::MarkError;
use super::xml::{Edits, decoded};
use crate::archive::{Archive, Bytes, Unopened, key};

/// Bytes of all parts that are looked into, inflated: ten times the largest recap that was seen.
const INFLATED_BYTES_MAX: u64 = 512 << 20;
/// Entries of the directory: a workbook has some ten, plus a few a sheet and one a picture.
const ENTRIES_MAX: usize = 10_000;

/// Bytes that the compressor gets at a time.
const BLOCK: usize = 1 << 16;

/// Hands on blocks of one size: what a compressor makes of a text depends on how the text is cut, and a copy that is
/// marked again must have the same bytes.
struct Blocks<W> {
    out: W,
    held: Vec<u8>,
}

impl<W: Write> Blocks<W> {
    /// Hands on what is left.
    fn end(mut self) -> io::Result<()> {
        self.out.write_all(&self.held)
    }
}

impl<W: Write> Write for Blocks<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(BLOCK - self.held.len());
        self.held.extend_from_slice(&bytes[..taken]);
        if self.held.len() == BLOCK {
            self.out.write_all(&self.held)?;
            self.held.clear();
        }
        Ok(taken)
    }

    /// Nothing: a block that is not full would be a cut.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A workbook's package, with what has been changed so far.
pub(super) struct EditedPackage<'b> {
    archive: Archive<Bytes<'b>>,
    inflated: u64,
    changed: BTreeMap<usize, PreparedZipFile>,
    added: Vec<PreparedZipFile>,
    /// Names of the added parts by [`key`].
    new_names: BTreeSet<String>,
}

fn broken(error: &zip::result::ZipError) -> MarkError {
    MarkError::damaged(format!("arsip ZIP-nya tidak utuh: {error}"))
}

fn options() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)
}

/// Returns the number of entries that a zip's last record declares, where it does. Readers that keep entries by
/// name drop a second one silently; only this number tells.
fn declared_entries(bytes: &[u8]) -> Option<usize> {
    let end = bytes.windows(4).rposition(|window| window == b"PK\x05\x06")?;
    let count = bytes.get(end + 10..end + 12)?;
    Some(usize::from(u16::from_le_bytes([count[0], count[1]]))).filter(|count| *count != usize::from(u16::MAX))
}

impl<'b> EditedPackage<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, MarkError> {
        if !bytes.starts_with(b"PK") {
            return Err(MarkError::UnsupportedFormat);
        }
        let archive = Archive::open(Cursor::new(bytes), ENTRIES_MAX).map_err(|unopened| match unopened {
            Unopened::Broken(error) => broken(&error),
            Unopened::TooManyEntries => MarkError::TooLarge { what: format!("berisi lebih dari {ENTRIES_MAX} bagian") },
        })?;
        // Of entries that have the very same name the library keeps one.
        let hidden = declared_entries(bytes).is_some_and(|count| count != archive.len());
        let doubled = archive.doubled.clone().or_else(|| hidden.then(|| archive.names().last().map(str::to_owned))?);
        if let Some(name) = doubled {
            return Err(MarkError::DuplicatePart { name });
        }
        let (changed, added, new_names) = Default::default();
        Ok(Self { archive, inflated: 0, changed, added, new_names })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.archive.place(name).is_some() || self.new_names.contains(&key(name))
    }

    /// Names of the parts of the original, in its order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.archive.names()
    }

    /// The text of a part as the original has it.
    pub(super) fn text(&mut self, name: &str) -> Result<String, MarkError> {
        if self.archive.place(name).is_none() {
            return Err(MarkError::damaged(format!("bagian {name} tidak ada di dalamnya")));
        }
        let damaged = |why: &str| MarkError::damaged(format!("bagian {name} tidak dapat dibuka: {why}"));
        let entry = self.archive.entry(name).ok_or_else(|| damaged("arsip ZIP-nya tidak utuh"))?;
        let left = INFLATED_BYTES_MAX - self.inflated;
        let what = format!("isinya setelah dibuka lebih besar dari {} MB", INFLATED_BYTES_MAX >> 20);
        // What the directory declares may be a lie, so what comes out is counted too.
        if entry.size() > left {
            return Err(MarkError::TooLarge { what });
        }
        let mut bytes = Vec::new();
        entry.take(left + 1).read_to_end(&mut bytes).map_err(|error| damaged(&error.to_string()))?;
        let size = bytes.len() as u64;
        if size > left {
            return Err(MarkError::TooLarge { what });
        }
        self.inflated += size;
        decoded(name, bytes)
    }

    /// Puts a part in the place of the one of that name, or adds it.
    pub(super) fn put(&mut self, name: &str, text: &str) -> Result<(), MarkError> {
        self.put_edited(name, text, Edits::default())
    }

    /// The same, for a text with edits: they are applied on the way, without a second copy of the text.
    pub(super) fn put_edited(&mut self, name: &str, text: &str, edits: Edits) -> Result<(), MarkError> {
        let place = self.archive.place(name);
        let stored = match place {
            Some(place) => {
                let entry = self.archive.raw(place).map_err(|error| broken(&error))?;
                String::from_utf8_lossy(entry.name_raw()).into_owned()
            }
            None => name.to_owned(),
        };
        let mut builder = ZipFileBuilder::new(stored, options()).map_err(|error| broken(&error))?;
        let mut blocks = Blocks { out: &mut builder, held: Vec::with_capacity(BLOCK) };
        let written = edits.write(text, &mut blocks).and_then(|()| blocks.end());
        written.map_err(|error| MarkError::damaged(error.to_string()))?;
        let file = builder.finish().map_err(|error| broken(&error))?;
        if let Some(place) = place {
            self.changed.insert(place, file);
        } else {
            self.new_names.insert(key(name));
            self.added.push(file);
        }
        Ok(())
    }

    /// The first free name of `before` + number + `after`.
    pub(super) fn free_name(&self, before: &str, after: &str) -> String {
        let mut number = 1_usize;
        loop {
            let name = format!("{before}{number}{after}");
            if !self.has(&name) {
                return name;
            }
            number += 1;
        }
    }

    /// The whole package again, in its order, the added parts at the end.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, MarkError> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for place in 0..self.archive.len() {
            let done = match self.changed.remove(&place) {
                Some(file) => writer.add_prepared_file(file),
                None => self.archive.raw(place).and_then(|entry| writer.raw_copy_file(entry)),
            };
            done.map_err(|error| broken(&error))?;
        }
        for file in self.added {
            writer.add_prepared_file(file).map_err(|error| broken(&error))?;
        }
        Ok(writer.finish().map_err(|error| broken(&error))?.into_inner())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A package of these parts alone.
    fn fresh(parts: impl IntoIterator<Item = (String, String)>) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            writer.start_file(name, options()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn what_is_inflated_is_counted_over_all_parts() {
        let bytes = fresh([("a", "12345"), ("b", "1234567")].map(|(name, text)| (name.to_owned(), text.to_owned())));
        let mut package = EditedPackage::open(&bytes).unwrap();
        package.inflated = INFLATED_BYTES_MAX - 11;
        assert_eq!(package.text("A").unwrap(), "12345");
        let error = package.text("b").unwrap_err();
        assert!(error.to_string().contains("lebih besar dari 512 MB"), "{error}");
    }

    #[test]
    fn a_part_has_the_same_bytes_however_its_edits_cut_it() {
        let lines = (0..9_000_usize).map(|line| format!("<v:shape id=\"s{line}\">{}</v:shape>", line * line % 977));
        let text: String = lines.collect();
        let original = fresh([("a".to_owned(), String::new())]);
        let written = |edits: Edits| {
            let mut package = EditedPackage::open(&original).unwrap();
            package.put_edited("a", &text, edits).unwrap();
            package.finish().unwrap()
        };
        let mut edits = Edits::default();
        for start in (0..text.len() - 700).step_by(701) {
            edits.replace(start..start + 700, text[start..start + 700].to_owned());
        }
        assert_eq!(written(edits), written(Edits::default()));
    }

    #[test]
    fn too_many_entries_are_refused() {
        let parts = (0..=ENTRIES_MAX).map(|number| (number.to_string(), String::new()));
        assert!(matches!(EditedPackage::open(&fresh(parts)), Err(MarkError::TooLarge { .. })));
    }
}
