//! `report`: one paper of one Puskesmas, written to a file; `-` writes it to standard output.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;

use crate::app::App;
use crate::app::reports::ReportRequest;
use crate::report::{FileFormat, ReportKind};

use super::args::ReportArgs;
use super::say;

/// Makes the paper and writes it beside its name first, so that a failure leaves no half of it.
pub fn run(app: &App, args: &ReportArgs) -> anyhow::Result<ExitCode> {
    let format = match (args.format, args.out.extension().and_then(|ending| ending.to_str())) {
        (Some(format), _) => format,
        (None, Some(ending)) => ending.parse().unwrap_or(FileFormat::Pdf),
        (None, None) => FileFormat::Pdf,
    };
    let request = ReportRequest {
        kind: args.kind,
        period: args.period,
        as_of: args.as_of,
        puskesmas: args.puskesmas.clone(),
        cluster: args.cluster.clone(),
    };
    if request.kind == ReportKind::Accreditation && args.out != Path::new("-") {
        return bundle(app, &request, format, &args.out);
    }
    let file = app.report(&request, format)?;
    if args.out == Path::new("-") {
        let mut out = io::stdout().lock();
        out.write_all(&file.bytes)?;
        out.flush()?;
    } else {
        write(&args.out, &file.bytes).with_context(|| format!("`{}` tidak dapat ditulis", args.out.display()))?;
        say(format_args!("{} ({} bita)", args.out.display(), file.bytes.len()));
    }
    Ok(ExitCode::SUCCESS)
}

/// Makes the bundle in its file: with many attached files it is larger than what memory should hold.
fn bundle(app: &App, request: &ReportRequest, format: FileFormat, out: &Path) -> anyhow::Result<ExitCode> {
    let failed = || format!("`{}` tidak dapat ditulis", out.display());
    let temporary = beside(out);
    let made = File::options().read(true).write(true).create(true).truncate(true).open(&temporary);
    let made = made.with_context(failed).and_then(|file| Ok(app.bundle(request, format, file)?));
    let size = made
        .and_then(|(_, file)| Ok(file.metadata()?.len()))
        .inspect_err(|_error| drop(fs::remove_file(&temporary)))?;
    fs::rename(&temporary, out).with_context(failed)?;
    say(format_args!("{} ({size} bita)", out.display()));
    Ok(ExitCode::SUCCESS)
}

/// The name under which a file is made before it gets its own.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".sementara");
    path.with_file_name(name)
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let temporary = beside(path);
    fs::write(&temporary, bytes)?;
    fs::rename(&temporary, path).inspect_err(|_error| drop(fs::remove_file(&temporary)))
}
