//! The job that takes old things away: entries of the ledger, and copies in `selesai/` whose bytes the database holds.
//! Files in `ditolak/` and those that are not in the database stay.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::Duration;

use super::JobError;
use super::context::RunContext;
use super::inbox::DONE;
use crate::store::sha256;

/// Files looked at in one run.
const FILES_MAX: usize = 20_000;

/// Prunes as of the due time. Says what happened.
pub fn run(context: &RunContext<'_>, ledger_days: u32, finished_days: u32) -> Result<String, JobError> {
    let due = context.run().due;
    let entries = context.app().ledger().prune_ledger(due - Duration::days(i64::from(ledger_days)))?;
    context.count("catatan dihapus", entries);
    let before = SystemTime::from(due - Duration::days(i64::from(finished_days)));
    let mut files = 0;
    for path in finished(&context.folder(DONE)?)? {
        context.check()?;
        let metadata = fs::symlink_metadata(&path)?;
        if !metadata.is_file() || metadata.modified()? > before {
            continue;
        }
        let hash = sha256(&fs::read(&path)?);
        // Only what can be had again from the database goes.
        if !context.app().batches().holders(&hash)?.is_empty() {
            fs::remove_file(&path)?;
            context
                .log(&format!("dihapus dari selesai/: {}", path.file_name().unwrap_or_default().to_string_lossy()))?;
            files += 1;
        }
    }
    context.count("berkas selesai dihapus", files);
    Ok(format!("{entries} catatan lama dan {files} salinan di selesai/ dihapus; berkas aslinya ada di basis data"))
}

/// Files in `selesai/` and one level below.
fn finished(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)?.take(FILES_MAX) {
        let path = entry?.path();
        if fs::symlink_metadata(&path)?.is_dir() {
            for entry in fs::read_dir(&path)?.take(FILES_MAX) {
                found.push(entry?.path());
            }
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
