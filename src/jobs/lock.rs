//! Locks of the operating system on files below `kunci/`: they end with the process that holds them, however it ends.
//! Knows no job.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

/// Folder of the lock files, below the data folder.
pub const FOLDER: &str = "kunci";
/// The lock that the one service of a data folder holds.
const SERVICE: &str = "layanan";

/// A lock, held as long as this value lives.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of this name (plain: letters, digits, `-`); `None` where another holds it, be it in this process
    /// or in another one.
    pub fn try_hold(data: &Path, name: &str) -> io::Result<Option<Self>> {
        let folder = data.join(FOLDER);
        fs::create_dir_all(&folder)?;
        let path = folder.join(format!("{name}.kunci"));
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// The lock of the one service of a data folder.
    pub fn service(data: &Path) -> io::Result<Option<Self>> {
        Self::try_hold(data, SERVICE)
    }

    /// The lock of one job's runs.
    pub(super) fn job(data: &Path, job: &str) -> io::Result<Option<Self>> {
        Self::try_hold(data, &format!("pekerjaan-{job}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_holds_it_and_its_end_frees_it() {
        let data = tempfile::tempdir().unwrap();
        let first = Lock::service(data.path()).unwrap();
        assert!(first.is_some() && Lock::service(data.path()).unwrap().is_none());
        assert!(Lock::job(data.path(), "cadangan").unwrap().is_some());
        drop(first);
        assert!(Lock::service(data.path()).unwrap().is_some());
    }
}
