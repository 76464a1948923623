//! `report`: one paper of one Puskesmas, written to a file; `-` writes it to standard output.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;

use crate::app::App;
use crate::app::reports::ReportRequest;
use crate::report::FileFormat;

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

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".sementara");
    let temporary = path.with_file_name(name);
    fs::write(&temporary, bytes)?;
    fs::rename(&temporary, path).inspect_err(|_error| drop(fs::remove_file(&temporary)))
}
