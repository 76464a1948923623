//! `import`: workbooks in any order; one receipt a file, for people or as JSON.

use std::fs::File;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::ensure;

use crate::app::App;
use crate::app::import::receipt::{FileReceipt, FileStatus, ImportReceipt};
use crate::app::import::{ImportRequest, ImportStep, Upload};
use crate::disk;

use super::args_common::ImportFormat;
use super::import_args::ImportArgs;
use super::progress::ProgressLine;
use super::wildcard::expand;
use super::{print, say};

/// Imports what can be read; fails where a file could not be.
pub fn run(app: &App, args: &ImportArgs) -> anyhow::Result<ExitCode> {
    let limit = app.limits().file_bytes;
    let mut uploads = Vec::new();
    let mut unreadable = Vec::new();
    for (place, read) in args.files.iter().flat_map(|typed| read_all(typed, limit)).enumerate() {
        match read {
            Ok(upload) => uploads.push(upload),
            Err((path, error)) => unreadable.push((place, unreadable_receipt(&path, &error))),
        }
    }
    let keeps_because = args.keep_personal_data.as_deref().map(str::trim);
    ensure!(
        keeps_because != Some(""),
        "alasan menyimpan data pribadi belum ditulis; tulis sesudah --keep-personal-data"
    );
    let puskesmas = args.puskesmas.as_deref();
    let mut receipt = with_progress(app, &uploads, &ImportRequest { puskesmas, replace: args.replace, keeps_because });
    for (place, failed) in unreadable {
        receipt.files.insert(place, failed);
    }
    match args.format {
        ImportFormat::Json => print(serde_json::to_string(&receipt)?)?,
        ImportFormat::Teks => print(text(&receipt))?,
    }
    let batches: Vec<_> = receipt.files.iter().filter_map(|file| file.batch).collect();
    for sentence in app.approvals().waiting_for(&batches)? {
        say(sentence);
    }
    let failed = receipt.files.iter().any(|file| file.status == FileStatus::Failed);
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Imports the demonstration's workbooks; what fails there is a fault of the program.
pub fn import_sample(app: &App, files: &[Upload]) -> anyhow::Result<()> {
    let receipt = with_progress(app, files, &ImportRequest::default());
    let errors: Vec<String> =
        receipt.files.iter().filter_map(|file| file.error.as_ref().map(ToString::to_string)).collect();
    anyhow::ensure!(errors.is_empty(), "data contoh tidak dapat diimpor: {}", errors.join("; "));
    Ok(())
}

fn with_progress(app: &App, uploads: &[Upload], asked: &ImportRequest<'_>) -> ImportReceipt {
    let bar = ProgressLine::new("Impor", uploads.len() * 2);
    app.import_as(uploads, asked, &mut |at| {
        let before = match at.step {
            ImportStep::Opening => 0,
            ImportStep::Storing => at.total,
        };
        bar.at(before + at.done, at.file);
        ControlFlow::Continue(())
    })
}

/// The files that what was typed means; what cannot be read is named with its cause.
fn read_all(typed: &Path, limit: u64) -> Vec<Result<Upload, (PathBuf, io::Error)>> {
    match expand(typed) {
        Ok(paths) => paths.into_iter().map(|path| read(&path, limit).map_err(|error| (path, error))).collect(),
        Err(error) => vec![Err((typed.to_owned(), error))],
    }
}

pub(super) fn read(path: &Path, limit: u64) -> io::Result<Upload> {
    let mut bytes = Vec::new();
    if path.is_dir() {
        // Windows would say that it is not allowed.
        return Err(io::ErrorKind::IsADirectory.into());
    }
    // One byte over the limit is enough for the reader to say that the file is too large.
    File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    Ok(Upload { name: file_name(path), bytes })
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn unreadable_receipt(path: &Path, error: &io::Error) -> FileReceipt {
    let name = file_name(path);
    FileReceipt::failed(&name, format!("Berkas `{}` tidak dapat dibaca: {}.", path.display(), disk::why(error)))
}

/// The receipts for people: a line a file, a line a table, a line an issue.
fn text(receipt: &ImportReceipt) -> String {
    let mut lines = Vec::new();
    for file in &receipt.files {
        let word = match file.status {
            FileStatus::Imported => "diimpor",
            FileStatus::Unchanged => "tidak berubah",
            FileStatus::Failed => "GAGAL",
        };
        lines.push(format!("{}: {word}", file.file));
        lines.extend(file.error.iter().map(|error| format!("  {error}")));
        lines.extend(file.sheets.iter().enumerate().map(|(place, sheet)| {
            let rejected = if sheet.rejected > 0 { format!(", {} ditolak", sheet.rejected) } else { String::new() };
            let facts = file.counted_facts(place).map(|facts| format!("; tersimpan {facts}")).unwrap_or_default();
            format!("  {}: {} dari {} baris diterima{rejected}{facts}", sheet.sheet, sheet.accepted, sheet.rows)
        }));
        lines.extend(file.issues.iter().map(|issue| {
            let mark = if issue.severity == "error" { "✗" } else { "!" };
            let place =
                if issue.cell.is_empty() { issue.sheet.clone() } else { format!("{}!{}", issue.sheet, issue.cell) };
            format!("  {mark} {place}: {}", issue.message)
        }));
    }
    let errors = receipt.files.iter().flat_map(|file| &file.issues).filter(|issue| issue.severity == "error").count();
    if errors > 0 {
        say(format_args!("{errors} sel atau baris ditolak; perbaiki di Excel lalu impor lagi berkas yang sama."));
    }
    lines.join("\n")
}
