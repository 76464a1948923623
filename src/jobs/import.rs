//! The job that imports what lies in the watched folder, and refreshes the evaluation. Knows nothing of when it runs.

use std::io::{self, Read};
use std::ops::ControlFlow;
use std::time::{Duration, SystemTime};

use super::JobError;
use super::context::{Point, RunContext};
use super::inbox::{Companions, Inbox, InboxContent, InboxOutcome, Lying, Waiting};
use crate::app::batches::marking::MarkingError;
use crate::app::import::receipt::{FileReceipt, FileStatus};
use crate::app::import::{ImportStep, Upload};
use crate::app::{App, AppError};
use crate::diagnostic::{Issue, Severity};
use crate::disk;
use crate::domain::{Month, Period, PeriodKind};
use crate::store::RunReason;

/// Between two looks at the folder: what changes meanwhile is still being written.
const LOOK_AGAIN_AFTER: Duration = Duration::from_millis(300);
/// Bytes read in one go; the rest follows in the same run.
const BYTES_MAX: u64 = 256 << 20;
/// Names told in one sentence.
const NAMES_TOLD_MAX: usize = 5;
/// Name of the count of files that brought something.
pub const IMPORTED: &str = "berkas diimpor";
/// Lines of a note.
const NOTE_LINES_MAX: usize = 1_000;

/// Takes every whole file, imports what belongs together in one call, and settles each where it belongs. Says what
/// happened.
pub fn run(context: &RunContext<'_>, folder: &str) -> Result<String, JobError> {
    let inbox = Inbox::open(context.app().data(), folder)?;
    let now = SystemTime::from(context.app().clock().now());
    let is_by_hand = context.run().reason == RunReason::Manual;
    let Lying { waiting, fresh } = if is_by_hand {
        inbox.lying_still(now, &mut |how_long| {
            context.progress("menunggu berkas selesai disalin", 0, 0);
            std::thread::sleep(how_long);
            context.check()
        })?
    } else {
        inbox.lying(now)?
    };
    if waiting.is_empty() {
        context.count("berkas menunggu", fresh.len());
        return Ok(if fresh.is_empty() { format!("tidak ada berkas di folder {folder}") } else { still_fresh(&fresh) });
    }
    if !is_by_hand && waiting.iter().any(|file| file.is_recent(now)) {
        std::thread::sleep(LOOK_AGAIN_AFTER);
    }
    let limit = usize::try_from(context.job().files_max).unwrap_or(usize::MAX);
    let mut tally = ImportTally { fresh, ..ImportTally::default() };
    let mut taken = 0;
    let mut rest = &waiting[..waiting.len().min(limit)];
    tally.waiting += waiting.len() - rest.len();
    while let Some(first) = rest.first() {
        context.check()?;
        let group = rest.iter().take_while(|file| file.puskesmas == first.puskesmas).count();
        let group = within_bytes(&rest[..group]);
        context.progress("membaca berkas", taken, waiting.len());
        let read = read_all(context, group, now, &mut tally)?;
        import_together(context, &inbox, &read, first.puskesmas.as_deref(), &mut tally)?;
        taken += group.len();
        rest = &rest[group.len()..];
    }
    if tally.imported > 0 {
        refresh(context.app())?;
    }
    tally.tell(context);
    Ok(tally.sentence())
}

/// Numbers of the files of a run, by outcome.
#[derive(Debug, Default)]
struct ImportTally {
    imported: usize,
    unchanged: usize,
    refused: usize,
    waiting: usize,
    rows_rejected: usize,
    /// Names of files that came too lately.
    fresh: Vec<String>,
}

impl ImportTally {
    fn tell(&self, context: &RunContext<'_>) {
        context.count(IMPORTED, self.imported);
        context.count("berkas tidak berubah", self.unchanged);
        context.count("berkas ditolak", self.refused);
        context.count("berkas menunggu", self.waiting + self.fresh.len());
        context.count("baris ditolak", self.rows_rejected);
    }

    fn sentence(&self) -> String {
        let waiting = if self.waiting > 0 { format!("; {} menunggu", self.waiting) } else { String::new() };
        let fresh = if self.fresh.is_empty() { String::new() } else { format!("; {}", still_fresh(&self.fresh)) };
        format!(
            "{} berkas diimpor, {} tidak berubah, {} ditolak; {} baris ditolak{waiting}{fresh}",
            self.imported, self.unchanged, self.refused, self.rows_rejected
        )
    }
}

/// Returns the sentence about files that came or changed moments ago: who has just copied them sees that they were
/// seen.
fn still_fresh(names: &[String]) -> String {
    let told = names[..names.len().min(NAMES_TOLD_MAX)].join(", ");
    let more = names.len().saturating_sub(NAMES_TOLD_MAX);
    let more = if more > 0 { format!(" dan {more} lain") } else { String::new() };
    format!("{told}{more}: baru saja disalin atau masih disalin, dibaca pada jadwal berikutnya")
}

/// Returns as many of the first files as may be read in one go; at least one.
fn within_bytes(files: &[Waiting]) -> &[Waiting] {
    let mut bytes = 0_u64;
    let fits = files.iter().take_while(|file| {
        bytes = bytes.saturating_add(file.size());
        bytes <= BYTES_MAX
    });
    &files[..fits.count().max(1).min(files.len())]
}

/// A file of the folder with its content.
struct ReadFile<'w> {
    waiting: &'w Waiting,
    upload: Upload,
}

/// Files with their content; those still being written, or held by another program, wait for the next run.
fn read_all<'w>(
    context: &RunContext<'_>,
    files: &'w [Waiting],
    now: SystemTime,
    tally: &mut ImportTally,
) -> Result<Vec<ReadFile<'w>>, JobError> {
    let limit = context.app().limits().file_bytes;
    let mut read = Vec::with_capacity(files.len());
    for file in files {
        let why = match bytes_of(file, limit) {
            Ok(bytes) if file.is_unchanged() && !file.is_unfinished(&bytes, now) => {
                read.push(ReadFile { waiting: file, upload: Upload { name: file.name.clone(), bytes } });
                continue;
            }
            Ok(_) => "masih ditulis".to_owned(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => format!("tidak dapat dibaca: {}", disk::why(&error)),
        };
        context.log(&format!("{}: menunggu, {why}", file.name))?;
        tally.waiting += 1;
    }
    context.at(Point::FilesRead)?;
    Ok(read)
}

/// Reads a file; one that is larger than `limit` bytes is cut one byte behind it, so that the reader refuses it.
fn bytes_of(file: &Waiting, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    disk::open_alone(&file.path)?.take(limit + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn import_together(
    context: &RunContext<'_>,
    inbox: &Inbox,
    read: &[ReadFile<'_>],
    puskesmas: Option<&str>,
    tally: &mut ImportTally,
) -> Result<(), JobError> {
    if read.is_empty() {
        return Ok(());
    }
    let uploads: Vec<Upload> = read.iter().map(|file| file.upload.clone()).collect();
    let receipt = context.app().import_until(&uploads, puskesmas, false, &mut |at| {
        let word = if at.step == ImportStep::Opening { "membuka" } else { "menyimpan" };
        context.progress(&format!("{word} {}", at.file), at.done, at.total);
        if context.check().is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    // Broken off, no file is moved: those that were stored are known by their bytes next time.
    context.check()?;
    context.at(Point::Imported)?;
    for (file, said) in read.iter().zip(&receipt.files) {
        settle(context, inbox, file, said, tally)?;
    }
    Ok(())
}

/// Moves one file to where it ends, and says so.
fn settle(
    context: &RunContext<'_>,
    inbox: &Inbox,
    ReadFile { waiting: file, upload }: &ReadFile<'_>,
    said: &FileReceipt,
    tally: &mut ImportTally,
) -> Result<(), JobError> {
    if !file.is_unchanged() {
        // It was written to since: what it is now is taken by the next run.
        context.log(&format!("{}: berubah selama diimpor, diimpor lagi nanti", file.name))?;
        tally.waiting += 1;
        return Ok(());
    }
    let (outcome, word) = match said.status {
        FileStatus::Imported => (InboxOutcome::Done, "diimpor"),
        FileStatus::Unchanged => (InboxOutcome::Done, "tidak berubah"),
        FileStatus::Failed => (InboxOutcome::Refused, "ditolak"),
    };
    let issues = issues_of(context.app(), said)?;
    let rejected: u32 = said.sheets.iter().map(|sheet| sheet.rejected).sum();
    let mut beside = beside(&file.name, said, &issues);
    if !beside.note.is_empty() {
        beside.marked = marked_copy(context, upload, said)?;
    }
    let cleared = context.app().batches().cleared_copy(upload, said)?;
    let ends_as = match &cleared {
        Some(cleared) => InboxContent::Cleared { name: &cleared.name, bytes: &cleared.bytes },
        None => InboxContent::AsItCame(&upload.bytes),
    };
    let settled = inbox.settle(file, ends_as, outcome, &beside, context.hook())?;
    for path in settled.written.iter().skip(1) {
        context.artefact(path)?;
    }
    let why = said.error.as_ref().map(|error| format!(": {error}")).unwrap_or_default();
    let rows = if rejected > 0 { format!(", {rejected} baris ditolak") } else { String::new() };
    let left = if settled.is_moved { "" } else { "; masih dibuka program lain, dipindahkan setelah ditutup" };
    let cleared = if cleared.is_some() { "; data pribadinya dihapus dari berkas yang dipindahkan" } else { "" };
    context.log(&format!("{}: {word}{rows}{why}{left}{cleared}", file.name))?;
    tally.waiting += usize::from(!settled.is_moved);
    match said.status {
        FileStatus::Imported => tally.imported += 1,
        FileStatus::Unchanged => tally.unchanged += 1,
        FileStatus::Failed => tally.refused += 1,
    }
    tally.rows_rejected += usize::try_from(rejected).unwrap_or(usize::MAX);
    Ok(())
}

/// The issues as the store keeps them: a run that follows one that was cut off names them all the same.
fn issues_of(app: &App, said: &FileReceipt) -> Result<Vec<Issue>, JobError> {
    Ok(match said.batch {
        Some(batch) => app.batches().issues(batch)?,
        None => Vec::new(),
    })
}

/// The workbook with its wrong cells marked, and the ending of its name; where none can be made, the log says why.
fn marked_copy(
    context: &RunContext<'_>,
    upload: &Upload,
    said: &FileReceipt,
) -> Result<Option<(String, Vec<u8>)>, JobError> {
    let batch = said.batch.map(|id| context.app().batches().batch(id)).transpose()?.flatten();
    let copy = match batch {
        Some(batch) => context.app().batches().marked_copy(&batch).map(Some),
        None => context.app().batches().marked_refused(upload, &said.issues).map_err(MarkingError::from),
    };
    match copy {
        Ok(copy) => Ok(copy.map(|copy| (copy.ending, copy.file.bytes))),
        Err(error) => {
            context.log(&format!("{}: salinan bertanda tidak dapat dibuat ({error}); lihat catatannya", said.file))?;
            Ok(None)
        }
    }
}

/// The note for people: what became of the file, and every cell that is wrong.
fn beside(name: &str, said: &FileReceipt, issues: &[Issue]) -> Companions {
    let errors: Vec<&Issue> = issues.iter().filter(|issue| issue.severity == Severity::Error).collect();
    if said.status != FileStatus::Failed && errors.is_empty() {
        return Companions::default();
    }
    let mut lines = vec![format!("Berkas: {name}")];
    match &said.error {
        Some(error) => lines.push(error.to_string()),
        None => lines.push(format!(
            "Berkas ini diimpor, tetapi {} sel atau baris ditolak. Perbaiki di Excel, lalu taruh lagi di folder masuk.",
            errors.len()
        )),
    }
    lines.push(String::new());
    let shown = |sheet: &str, cell: &str, message: &str| {
        if cell.is_empty() { format!("{sheet}: {message}") } else { format!("{sheet}!{cell}: {message}") }
    };
    let more = errors.len().saturating_sub(NOTE_LINES_MAX);
    lines.extend(errors.iter().take(NOTE_LINES_MAX).map(|issue| shown(&issue.sheet, &issue.cell, &issue.message)));
    if issues.is_empty() {
        lines.extend(said.issues.iter().take(NOTE_LINES_MAX).map(|one| shown(&one.sheet, &one.cell, &one.message)));
    }
    if more > 0 {
        lines.push(format!("… dan {more} lainnya; semuanya ada di halaman Impor"));
    }
    Companions { note: lines.join("\r\n") + "\r\n", marked: None }
}

/// Computes the running four-month period anew, so that the first page after an import is there at once.
fn refresh(app: &App) -> Result<(), AppError> {
    let today = app.clock().today();
    let period = Period::containing(PeriodKind::FourMonth, Month::from_date(today));
    for puskesmas in app.puskesmas()? {
        app.snapshot(&puskesmas)?.evaluate(period, today)?;
    }
    Ok(())
}
