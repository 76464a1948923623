//! The watched folder `masuk/`: which files are whole and may be taken, and where each of them ends:
//! `selesai/` or `ditolak/` (with a note), never lost. Knows nothing of workbooks.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// A file that changed less than this long ago may still be half-written.
const QUIET_FOR: Duration = Duration::from_secs(5);
/// Files taken in one run; the rest waits for the next.
const FILES_MAX: usize = 500;
/// Tries for a free name before giving up.
const NAME_TRIES_MAX: u32 = 10_000;

/// Where a file that was taken ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Imported, or known already.
    Done,
    /// Not readable as a workbook of ours.
    Refused,
}

/// The watched folder of one data folder.
#[derive(Clone, Debug)]
pub struct Inbox {
    incoming: PathBuf,
    done: PathBuf,
    refused: PathBuf,
}

impl Inbox {
    /// The folders below `data`, made where absent.
    pub fn open(data: &Path, folder: &str) -> io::Result<Self> {
        let inbox = Self { incoming: data.join(folder), done: data.join("selesai"), refused: data.join("ditolak") };
        for folder in [&inbox.incoming, &inbox.done, &inbox.refused] {
            fs::create_dir_all(folder)?;
        }
        Ok(inbox)
    }

    /// Files that lie there whole, by name; owner files of open workbooks (`~$…`), hidden files and what
    /// changed within the last seconds before `now` wait.
    pub fn waiting(&self, now: SystemTime) -> io::Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        for entry in fs::read_dir(&self.incoming)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let metadata = entry.metadata()?;
            let is_quiet = now.duration_since(metadata.modified()?).is_ok_and(|age| age >= QUIET_FOR);
            if metadata.is_file() && !name.starts_with("~$") && !name.starts_with('.') && is_quiet {
                files.push(entry.path());
            }
        }
        files.sort();
        files.truncate(FILES_MAX);
        Ok(files)
    }

    /// Moves a taken file to where it ends, under a name that is free there, and leaves a note beside a
    /// refused one.
    pub fn settle(&self, file: &Path, outcome: Outcome, note: &str) -> io::Result<PathBuf> {
        let folder = match outcome {
            Outcome::Done => &self.done,
            Outcome::Refused => &self.refused,
        };
        let target = free_name(folder, file)?;
        fs::rename(file, &target)?;
        if outcome == Outcome::Refused {
            let mut name = target.file_name().unwrap_or_default().to_owned();
            name.push(".catatan.txt");
            fs::write(folder.join(name), note)?;
        }
        Ok(target)
    }
}

fn free_name(folder: &Path, file: &Path) -> io::Result<PathBuf> {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let ending = file.extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
    for number in 1..NAME_TRIES_MAX {
        let name = if number == 1 { format!("{stem}{ending}") } else { format!("{stem} ({number}){ending}") };
        let path = folder.join(name);
        if !path.exists() {
            return Ok(path);
        }
    }
    Err(io::Error::new(io::ErrorKind::AlreadyExists, format!("terlalu banyak berkas bernama `{stem}`")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn later() -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(4_000_000_000)
    }

    #[test]
    fn half_written_and_owner_files_wait() {
        let data = tempfile::tempdir().unwrap();
        let inbox = Inbox::open(data.path(), "masuk").unwrap();
        for name in ["b.xlsx", "a.xlsx", "~$a.xlsx", ".simpan"] {
            fs::write(data.path().join("masuk").join(name), "x").unwrap();
        }
        let names = |files: Vec<PathBuf>| -> Vec<String> {
            files.iter().map(|file| file.file_name().unwrap().to_string_lossy().into_owned()).collect()
        };
        assert_eq!(names(inbox.waiting(later()).unwrap()), ["a.xlsx", "b.xlsx"]);
        let written = fs::metadata(data.path().join("masuk/a.xlsx")).unwrap().modified().unwrap();
        assert!(inbox.waiting(written + Duration::from_secs(1)).unwrap().is_empty());
    }

    #[test]
    fn nothing_is_overwritten_where_it_ends() {
        let data = tempfile::tempdir().unwrap();
        let inbox = Inbox::open(data.path(), "masuk").unwrap();
        for round in ["pertama", "kedua"] {
            let file = data.path().join("masuk/rekap.xlsx");
            fs::write(&file, round).unwrap();
            inbox.settle(&file, Outcome::Refused, "catatan").unwrap();
        }
        let read = |name: &str| fs::read_to_string(data.path().join("ditolak").join(name)).unwrap();
        assert_eq!((read("rekap.xlsx").as_str(), read("rekap (2).xlsx").as_str()), ("pertama", "kedua"));
        assert_eq!(read("rekap (2).xlsx.catatan.txt"), "catatan");
        assert!(inbox.waiting(later()).unwrap().is_empty());
    }
}
