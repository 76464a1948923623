//! `report`: one paper of one Puskesmas, written to a file (`-`: to standard output), or to one a format; or all papers
//! of all Puskesmas, written into a folder.

use std::fs::{self, File};
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;

use crate::app::App;
use crate::app::papers::bulk::{BulkPaper, BulkRequest, Step};
use crate::app::papers::reports::{ReportFile, ReportRequest};
use crate::app::papers::slides;
use crate::disk::give_name;
use crate::report::{FileFormat, ReportKind};

use super::args::{Formats, Papers, ReportArgs};
use super::progress::ProgressLine;
use super::{complain, print, say};

/// Written in the place of a Puskesmas: all of them.
const EVERY: &str = "semua";

/// Makes what was asked for.
pub fn run(app: &App, args: &ReportArgs) -> anyhow::Result<ExitCode> {
    let is_everywhere = args.puskesmas.as_ref().is_some_and(|name| name.trim().eq_ignore_ascii_case(EVERY));
    match args.papers {
        Papers::One(kind) if !is_everywhere => one(app, args, kind),
        Papers::One(kind) => many(app, args, vec![kind], app.puskesmas()?),
        Papers::All => {
            let puskesmas = match &args.puskesmas {
                Some(name) if !is_everywhere => vec![app.resolve_puskesmas(Some(name))?],
                _ => app.puskesmas()?,
            };
            many(app, args, BulkRequest::kinds_for(args.period), puskesmas)
        }
    }
}

/// Makes the paper and writes it beside its name first, so that a failure leaves no half of it.
fn one(app: &App, args: &ReportArgs, kind: ReportKind) -> anyhow::Result<ExitCode> {
    if let Some(name) = &args.template {
        return handed_out(args, &app.papers().report_in_template(&request(args, kind), name)?);
    }
    let format = match (args.format, args.out.extension().and_then(|ending| ending.to_str())) {
        (Some(Formats::All), _) => return every_format(app, args, kind),
        (Some(Formats::Slides), _) => return handed_out(args, &app.papers().slides(&request(args, kind))?),
        (None, Some(ending)) if ending.eq_ignore_ascii_case(slides::ENDING) => {
            return handed_out(args, &app.papers().slides(&request(args, kind))?);
        }
        (Some(Formats::One(format)), _) => format,
        (None, Some(ending)) => ending.parse().unwrap_or(FileFormat::Pdf),
        (None, None) => FileFormat::Pdf,
    };
    let request = request(args, kind);
    if request.kind == ReportKind::Accreditation && args.out != Path::new("-") {
        return bundle(app, &request, format, &args.out);
    }
    handed_out(args, &app.papers().report(&request, format)?)
}

/// Writes a file where it was asked for: to its path, or to standard output.
fn handed_out(args: &ReportArgs, file: &ReportFile) -> anyhow::Result<ExitCode> {
    if args.out == Path::new("-") {
        let mut out = io::stdout().lock();
        out.write_all(&file.bytes)?;
        out.flush()?;
    } else {
        write(&args.out, &file.bytes).with_context(|| unwritable(&args.out))?;
        say(format_args!("{} ({} bita)", args.out.display(), file.bytes.len()));
    }
    Ok(ExitCode::SUCCESS)
}

/// Makes the paper in every format: files beside each other, each with its ending.
fn every_format(app: &App, args: &ReportArgs, kind: ReportKind) -> anyhow::Result<ExitCode> {
    anyhow::ensure!(
        args.out != Path::new("-"),
        "`--format semua` menulis tiga berkas: sebutkan namanya dengan --out NAMA"
    );
    anyhow::ensure!(
        kind != ReportKind::Accreditation,
        "berkas akreditasi satu ZIP: sebutkan bentuk dokumen di dalamnya dengan --format pdf, docx atau xlsx"
    );
    for (format, file) in FileFormat::ALL.into_iter().zip(app.papers().reports(&request(args, kind), &FileFormat::ALL)?)
    {
        let path = with_ending(&args.out, format);
        write(&path, &file.bytes).with_context(|| unwritable(&path))?;
        say(format_args!("{} ({} bita)", path.display(), file.bytes.len()));
    }
    Ok(ExitCode::SUCCESS)
}

/// The name with the format's ending: in the place of another format's, behind everything else (`lokmin-23.05`).
fn with_ending(out: &Path, format: FileFormat) -> PathBuf {
    let ending = out.extension().and_then(|ending| ending.to_str());
    if ending.is_some_and(|ending| ending.parse::<FileFormat>().is_ok()) {
        return out.with_extension(format.ending());
    }
    let mut name = out.file_name().unwrap_or_default().to_os_string();
    name.push(".");
    name.push(format.ending());
    out.with_file_name(name)
}

fn request(args: &ReportArgs, kind: ReportKind) -> ReportRequest {
    ReportRequest {
        kind,
        period: args.period,
        as_of: args.as_of,
        puskesmas: args.puskesmas.clone(),
        cluster: args.cluster.clone(),
    }
}

/// Makes these papers of these Puskesmas; names what failed, and fails where one did.
fn many(app: &App, args: &ReportArgs, kinds: Vec<ReportKind>, puskesmas: Vec<String>) -> anyhow::Result<ExitCode> {
    anyhow::ensure!(args.template.is_none(), "`--template` mengisi satu laporan satu Puskesmas: sebutkan keduanya");
    anyhow::ensure!(args.out != Path::new("-"), "`semua` menulis banyak berkas: sebutkan folder dengan --out FOLDER");
    anyhow::ensure!(!puskesmas.is_empty(), crate::app::AppError::NoData);
    anyhow::ensure!(args.format != Some(Formats::Slides), crate::app::AppError::NoMeeting);
    let request = BulkRequest {
        period: args.period,
        as_of: args.as_of.unwrap_or_else(|| app.clock().today()),
        puskesmas,
        kinds,
        formats: match args.format {
            Some(Formats::One(format)) => vec![format],
            Some(Formats::All | Formats::Slides) | None => FileFormat::ALL.to_vec(),
        },
        clusters: args.cluster.iter().cloned().collect(),
        has_templates: false,
    };
    let bar = ProgressLine::new("laporan", request.papers());
    let mut made = 0;
    let mut failed = 0;
    let mut unwritten = None;
    app.papers().bulk(&request, &mut |step| {
        match step {
            Step::Working { now, done, .. } => bar.at(done, now),
            Step::Made(paper) => match keep(&args.out, &paper) {
                Ok(()) => made += 1,
                Err(error) => {
                    unwritten = Some(error);
                    return ControlFlow::Break(());
                }
            },
            Step::Failed(failure) => {
                failed += 1;
                complain(failure);
            }
        }
        ControlFlow::Continue(())
    });
    drop(bar);
    if let Some(error) = unwritten {
        return Err(error);
    }
    print(format_args!(
        "{made} laporan dari {} Puskesmas dibuat dan dicocokkan di {}; {failed} gagal.",
        request.puskesmas.len(),
        args.out.display()
    ))?;
    let others = ReportKind::ALL.into_iter().filter(|kind| !kind.is_letter() && !request.kinds.contains(kind));
    let others: Vec<&str> = others.map(ReportKind::code).collect();
    if args.papers == Papers::All && !others.is_empty() {
        say(format_args!("Tidak dibuat untuk periode sepanjang ini: {}.", others.join(", ")));
    }
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Writes a paper into the folder of its Puskesmas.
fn keep(out: &Path, paper: &BulkPaper) -> anyhow::Result<()> {
    let folder = out.join(&paper.folder);
    let path = folder.join(&paper.file.name);
    let written = fs::create_dir_all(&folder).and_then(|()| write(&path, &paper.file.bytes));
    written.with_context(|| unwritable(&path))
}

fn unwritable(path: &Path) -> String {
    format!("`{}` tidak dapat ditulis", path.display())
}

/// Makes the bundle in its file: with many attached files it is larger than what memory should hold.
fn bundle(app: &App, request: &ReportRequest, format: FileFormat, out: &Path) -> anyhow::Result<ExitCode> {
    let failed = || format!("`{}` tidak dapat ditulis", out.display());
    let temporary = beside(out);
    let made = File::options().read(true).write(true).create(true).truncate(true).open(&temporary);
    let made = made.with_context(failed).and_then(|file| Ok(app.papers().bundle(request, format, file)?));
    let size = made
        .and_then(|bundled| Ok(bundled.archive.metadata()?.len()))
        .inspect_err(|_error| drop(fs::remove_file(&temporary)))?;
    let named = give_name(&temporary, out).inspect_err(|_error| drop(fs::remove_file(&temporary)));
    named.with_context(failed)?;
    say(format_args!("{} ({size} bita)", out.display()));
    Ok(ExitCode::SUCCESS)
}

/// The name under which a file is made before it gets its own.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".sementara");
    path.with_file_name(name)
}

/// Writes a file beside its name first, so that a failure leaves no half of it.
pub(super) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let temporary = beside(path);
    fs::write(&temporary, bytes)?;
    give_name(&temporary, path).inspect_err(|_error| drop(fs::remove_file(&temporary)))
}
