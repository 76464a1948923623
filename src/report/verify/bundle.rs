//! A ZIP opened again: every entry there, in order, whole. One entry is in memory at a time.

use std::io::{Read, Seek};

use super::{Mismatch, quoted};
use crate::archive::Archive;
use crate::report::ReportError;
use crate::report::bundle::ArchiveEntry;

/// Compares an archive with what was put in.
pub(in crate::report) fn verify(entries: &[ArchiveEntry], archive: impl Read + Seek) -> Result<(), ReportError> {
    compare(entries, archive).map_err(|what| ReportError::Unsound { format: "ZIP", what })
}

fn compare(entries: &[ArchiveEntry], archive: impl Read + Seek) -> Result<(), Mismatch> {
    let unreadable = |error: &dyn std::fmt::Display| Mismatch::new(format!("tidak dapat dibuka lagi ({error})"));
    let mut archive = Archive::open(archive, usize::MAX).map_err(|error| unreadable(&error))?;
    if archive.len() != entries.len() {
        return Err(Mismatch::new(format!("berisi {} berkas, seharusnya {}", archive.len(), entries.len())));
    }
    for (place, expected) in entries.iter().enumerate() {
        let mut entry = archive.nth(place).map_err(|error| unreadable(&error))?;
        let mut found = Vec::new();
        let read = (&mut entry).take(expected.size + 1).read_to_end(&mut found);
        let is_named = entry.name().is_ok_and(|found| found == expected.path.as_str());
        if read.is_err() || !is_named || ArchiveEntry::new(expected.path.clone(), &found) != *expected {
            return Err(Mismatch::new(format!("isi {} tidak sama dengan yang dikemas", quoted(&expected.path))));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::report::pack::pack;

    #[test]
    fn a_missing_a_changed_and_a_torn_entry_are_found() {
        let files = vec![("00-indeks.txt".to_owned(), b"indeks".to_vec()), ("01.txt".to_owned(), b"satu".to_vec())];
        let entries: Vec<ArchiveEntry> =
            files.iter().map(|(path, bytes)| ArchiveEntry::new(path.clone(), bytes)).collect();
        let whole = pack(&files).unwrap();
        assert_eq!(compare(&entries, Cursor::new(&whole)), Ok(()));
        let fewer = pack(&files[..1]).unwrap();
        let found = compare(&entries, Cursor::new(fewer)).unwrap_err();
        assert!(found.to_string().contains("berisi 1 berkas, seharusnya 2"));
        let other = pack(&[files[0].clone(), ("01.txt".to_owned(), b"dua!".to_vec())]).unwrap();
        assert!(compare(&entries, Cursor::new(other)).unwrap_err().to_string().contains("01.txt"));
        assert!(compare(&entries, Cursor::new(&whole[..whole.len() - 20])).is_err());
    }
}
