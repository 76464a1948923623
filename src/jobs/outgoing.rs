//! Files for people in `keluar/`, written whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::disk::give_name;

/// Folder of files to hand over.
pub const FOLDER: &str = "keluar";

/// Writes a file under a passing name, reads it back, and gives it its name: it is there whole or not at all.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let passing = passing_name(path);
    let written = (|| {
        let mut file = File::create(&passing)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        drop(file);
        if fs::read(&passing)? != bytes {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "isi berkas tidak terbaca kembali sama"));
        }
        give_name(&passing, path)
    })();
    if written.is_err() {
        // What could not be finished is nobody's file; where even that fails it is taken away next time.
        drop(fs::remove_file(&passing));
    }
    written
}

/// The name that a file has until it is whole.
pub fn passing_name(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".sementara-{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_there_whole_and_leaves_nothing_beside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.txt");
        write_whole(&path, b"satu").unwrap();
        write_whole(&path, b"dua").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"dua");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(write_whole(&folder.path().join("tidak/ada.txt"), b"").is_err());
    }
}
