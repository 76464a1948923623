//! The job that imports what lies in the watched folder, and refreshes the evaluation. Knows nothing of when it runs.

use std::fs;
use std::path::PathBuf;

use crate::app::import::Upload;
use crate::app::receipt::{FileReceipt, FileStatus};
use crate::app::{App, AppError};
use crate::domain::{Month, Period, PeriodKind};

use super::JobError;
use super::inbox::{Inbox, Outcome};

/// Takes every whole file, imports all of them together, and settles each where it belongs. Says what happened.
pub fn run(app: &App, folder: &str) -> Result<String, JobError> {
    let inbox = Inbox::open(app.data(), folder)?;
    let waiting = inbox.waiting(app.clock().now().into())?;
    if waiting.is_empty() {
        return Ok(format!("tidak ada berkas di folder `{folder}`"));
    }
    let (paths, uploads) = read_all(waiting, app.limits().file_bytes)?;
    let receipt = app.import(&uploads, None, false, &mut |_| {});
    let mut counts = [0_usize; 3];
    for (path, file) in paths.iter().zip(&receipt.files) {
        let outcome = match file.status {
            FileStatus::Imported | FileStatus::Unchanged => Outcome::Done,
            FileStatus::Failed => Outcome::Refused,
        };
        counts[file.status as usize] += 1;
        inbox.settle(path, outcome, &note(file))?;
    }
    refresh(app)?;
    let rejected: u32 = receipt.files.iter().flat_map(|file| &file.sheets).map(|sheet| sheet.rejected).sum();
    let [imported, unchanged, failed] = counts;
    Ok(format!("{imported} berkas diimpor, {unchanged} tidak berubah, {failed} ditolak; {rejected} baris ditolak"))
}

/// Files with their content; what is larger than `limit` is cut behind it and refused by the reader.
fn read_all(waiting: Vec<PathBuf>, limit: u64) -> std::io::Result<(Vec<PathBuf>, Vec<Upload>)> {
    use std::io::Read;
    let mut uploads = Vec::with_capacity(waiting.len());
    for path in &waiting {
        let mut bytes = Vec::new();
        fs::File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        uploads.push(Upload { name, bytes });
    }
    Ok((waiting, uploads))
}

/// Computes the running four-month period anew, so that the first page after an import is there at once.
fn refresh(app: &App) -> Result<(), AppError> {
    let today = app.clock().today();
    let period = Period::containing(PeriodKind::FourMonth, Month::of(today));
    for puskesmas in app.store().puskesmas()? {
        app.snapshot(&puskesmas)?.evaluate(period, today)?;
    }
    Ok(())
}

fn note(file: &FileReceipt) -> String {
    let mut lines = vec![format!("Berkas: {}", file.file)];
    lines.extend(file.error.iter().cloned());
    lines.extend(file.issues.iter().map(|issue| format!("{}!{}: {}", issue.sheet, issue.cell, issue.message)));
    lines.join("\r\n") + "\r\n"
}
