//! A ZIP opened again: every entry there, in order, whole.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{Mismatch, shown};
use crate::report::ReportError;

/// Compares an archive with the files that were packed.
pub(in crate::report) fn verify(files: &[(String, Vec<u8>)], archive: &[u8]) -> Result<(), ReportError> {
    compare(files, archive).map_err(|what| ReportError::Unsound { format: "ZIP", what })
}

fn compare(files: &[(String, Vec<u8>)], archive: &[u8]) -> Result<(), Mismatch> {
    let unreadable = |error: &dyn std::fmt::Display| Mismatch::new(format!("tidak dapat dibuka lagi ({error})"));
    let mut archive = ZipArchive::new(Cursor::new(archive)).map_err(|error| unreadable(&error))?;
    if archive.len() != files.len() {
        return Err(Mismatch::new(format!("berisi {} berkas, seharusnya {}", archive.len(), files.len())));
    }
    for (place, (name, bytes)) in files.iter().enumerate() {
        let mut entry = archive.by_index(place).map_err(|error| unreadable(&error))?;
        let mut found = Vec::with_capacity(bytes.len());
        let read = entry.read_to_end(&mut found);
        let is_same = read.is_ok() && found == *bytes && entry.name().is_ok_and(|found| found == name.as_str());
        if !is_same {
            return Err(Mismatch::new(format!("isi {} tidak sama dengan yang dikemas", shown(name))));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::pack::pack;

    #[test]
    fn a_missing_a_changed_and_a_torn_entry_are_found() {
        let files = vec![("00-indeks.txt".to_owned(), b"indeks".to_vec()), ("01.txt".to_owned(), b"satu".to_vec())];
        let whole = pack(&files).unwrap();
        assert_eq!(compare(&files, &whole), Ok(()));
        let fewer = pack(&files[..1]).unwrap();
        assert!(compare(&files, &fewer).unwrap_err().to_string().contains("berisi 1 berkas, seharusnya 2"));
        let other = pack(&[files[0].clone(), ("01.txt".to_owned(), b"dua!".to_vec())]).unwrap();
        assert!(compare(&files, &other).unwrap_err().to_string().contains("01.txt"));
        assert!(compare(&files, &whole[..whole.len() - 20]).is_err());
    }
}
