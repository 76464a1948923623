//! The data folder's own definition files (jobs, pages, letters, limits) beside a backup, and the way back. Passwords are
//! no part of them. Knows nothing of the database.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::outgoing::{passing_name, write_whole};
use crate::app::DEFINITION_FOLDERS;
use crate::disk::give_name;

/// Ending of the folder beside a copy of the database: `simpul-20231231-123000.definisi`.
const ENDING: &str = "definisi";
/// Own files of one folder; definitions are few and small.
const FILES_MAX: usize = 1_000;
/// Bytes of one file.
const BYTES_MAX: u64 = 1 << 20;

/// The folder that belongs to a copy of the database.
pub fn beside(copy: &Path) -> PathBuf {
    copy.with_extension(ENDING)
}

/// Own files with their place below `folder`, by place: `*.toml` there and in the folders of definitions.
fn own(folder: &Path) -> io::Result<Vec<(PathBuf, Vec<u8>)>> {
    let mut found = Vec::new();
    for below in std::iter::once("").chain(DEFINITION_FOLDERS) {
        let entries = match fs::read_dir(folder.join(below)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        let before = found.len();
        for entry in entries {
            let path = entry?.path();
            if path.extension().is_none_or(|ending| ending != "toml") {
                continue;
            }
            let metadata = fs::symlink_metadata(&path)?;
            if metadata.is_file() && metadata.len() <= BYTES_MAX {
                let name = path.file_name().unwrap_or_default();
                found.push((Path::new(below).join(name), fs::read(&path)?));
            }
            // None is left out in silence: which one that is would be chance.
            if found.len() - before > FILES_MAX {
                let reason = format!("lebih dari {FILES_MAX} berkas definisi di folder `{below}`");
                return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Copies the own files of `data` beside `copy`, whole or not at all; gives how many there are.
pub fn keep(data: &Path, copy: &Path) -> io::Result<usize> {
    let files = own(data)?;
    let place = beside(copy);
    if files.is_empty() || place.exists() {
        return Ok(files.len());
    }
    let passing = passing_name(&place);
    if passing.exists() {
        fs::remove_dir_all(&passing)?;
    }
    for (below, bytes) in &files {
        let path = passing.join(below);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        write_whole(&path, bytes)?;
    }
    if own(&passing)? != files {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "salinan berkas definisi tidak sama"));
    }
    give_name(&passing, &place)?;
    Ok(files.len())
}

/// Own files of `data` that differ from those beside `copy`, by place with forward slashes as everywhere in messages; those
/// that only one side has are none.
pub fn differing(data: &Path, copy: &Path) -> io::Result<Vec<String>> {
    let present = own(data)?;
    let held = own(&beside(copy))?;
    let differs = held
        .into_iter()
        .filter(|(below, bytes)| present.iter().any(|(known, present)| known == below && present != bytes));
    let parts = |below: &Path| below.iter().map(|part| part.to_string_lossy().into_owned()).collect::<Vec<_>>();
    Ok(differs.map(|(below, _)| parts(&below).join("/")).collect())
}

/// Puts the files beside `copy` into `data`; gives how many were not there the same already.
pub fn put_back(data: &Path, copy: &Path) -> io::Result<usize> {
    let present = own(data)?;
    let mut put = 0;
    for file in own(&beside(copy))? {
        if present.contains(&file) {
            continue;
        }
        let path = data.join(&file.0);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        write_whole(&path, &file.1)?;
        put += 1;
    }
    Ok(put)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_files_are_bounded_in_number_and_bytes_whatever_lies_beside_them() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..FILES_MAX {
            fs::write(folder.path().join(format!("{number}.toml")), "").unwrap();
            fs::write(folder.path().join(format!("{number}.catatan")), "").unwrap();
        }
        fs::write(folder.path().join("besar.toml"), vec![b'#'; usize::try_from(BYTES_MAX + 1).unwrap()]).unwrap();
        assert_eq!(own(folder.path()).unwrap().len(), FILES_MAX, "no definition is as large as that");
        fs::write(folder.path().join("lebih.toml"), "").unwrap();
        assert!(own(folder.path()).unwrap_err().to_string().contains("lebih dari 1000 berkas definisi"));
    }
}
