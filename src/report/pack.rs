//! Files into one ZIP, in their order and without the clock.

use std::fs::File;
use std::io::{self, Cursor, Seek, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::ReportError;
use super::verify::Mismatch;

/// Packs files in their order, without the clock. Pictures are packed in themselves: they are stored as they are.
pub(super) fn pack(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>, ReportError> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let is_picture = Path::new(name).extension().is_some_and(|ending| ending == "png");
        let method = if is_picture { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        put(&mut writer, name, bytes, method)?;
    }
    Ok(writer.finish()?.into_inner())
}

/// An archive that grows on the disk file by file: many papers are never in memory together.
#[derive(Debug)]
pub struct Packing {
    writer: ZipWriter<File>,
    /// Name and bytes of each file.
    packed: Vec<(String, u64)>,
}

impl Packing {
    /// An archive in a new file, which must be open for reading too.
    pub fn new(file: File) -> Self {
        Self { writer: ZipWriter::new(file), packed: Vec::new() }
    }

    /// Adds a file. Papers are compressed inside already: they are stored as they are.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), ReportError> {
        put(&mut self.writer, name, bytes, CompressionMethod::Stored)?;
        self.packed.push((name.to_owned(), u64::try_from(bytes.len()).unwrap_or(u64::MAX)));
        Ok(())
    }

    /// Ends the archive, opens it again and reads every file in it to its end. Gives how many there are.
    pub fn finish(self) -> Result<usize, ReportError> {
        let mut file = self.writer.finish()?;
        file.sync_all()?;
        file.rewind()?;
        let unsound = |what: String| ReportError::Unsound { format: "ZIP", what: Mismatch::new(what) };
        let mut archive = ZipArchive::new(file)?;
        if archive.len() != self.packed.len() {
            return Err(unsound(format!("berisi {} berkas, seharusnya {}", archive.len(), self.packed.len())));
        }
        for (place, (name, size)) in self.packed.iter().enumerate() {
            let mut entry = archive.by_index(place)?;
            // Reading to the end compares the checksum.
            let read = io::copy(&mut entry, &mut io::sink())?;
            if read != *size || !entry.name().is_ok_and(|found| found == name.as_str()) {
                return Err(unsound(format!("isi “{name}” tidak sama dengan yang dikemas")));
            }
        }
        Ok(self.packed.len())
    }
}

/// Puts one file in.
pub(super) fn put<W: Write + Seek>(
    writer: &mut ZipWriter<W>,
    path: &str,
    bytes: &[u8],
    method: CompressionMethod,
) -> Result<(), ReportError> {
    let options = SimpleFileOptions::default().compression_method(method).last_modified_time(zip::DateTime::default());
    writer.start_file(path, options)?;
    Ok(writer.write_all(bytes)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_grows_on_the_disk_and_is_read_back() {
        let file = tempfile::tempfile().unwrap();
        let mut packing = Packing::new(file.try_clone().unwrap());
        packing.add("a/evaluasi.pdf", b"%PDF-1.7").unwrap();
        packing.add("b/evaluasi.pdf", b"").unwrap();
        assert_eq!(packing.finish().unwrap(), 2);
        let mut archive = ZipArchive::new(file).unwrap();
        assert_eq!(archive.by_index(0).unwrap().size(), 8);
    }
}
