//! `dhis2`: the counts of a month as DHIS2 takes them, written to a file; and all that is not in it, named.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;

use crate::app::App;
use crate::domain::{Month, format};

use super::args_tools::Dhis2Args;
use super::report::write;
use super::{print, say};

/// Writes the file; what has no code is a warning for everybody to see.
pub fn run(app: &App, args: &Dhis2Args) -> anyhow::Result<ExitCode> {
    let puskesmas = app.resolve_puskesmas(args.puskesmas.as_deref())?;
    let month: Month = args.month;
    let export = app.dhis2_export(&puskesmas, month)?;
    let json = export.data_value_set.json();
    if args.out == Path::new("-") {
        print(json)?;
    } else {
        write(&args.out, json.as_bytes()).with_context(|| format!("`{}` tidak dapat ditulis", args.out.display()))?;
        let count = export.data_value_set.data_values.len();
        say(format_args!("{}: {count} nilai {} {puskesmas}", args.out.display(), format::month(month)));
    }
    if !export.unmapped.is_empty() {
        say(format_args!("Tidak ikut karena belum berkode di dhis2.csv: {}.", export.unmapped.join("; ")));
    }
    if !export.not_reported.is_empty() {
        say(format_args!("Belum dilaporkan, jadi tidak ikut: {}.", export.not_reported.join("; ")));
    }
    Ok(ExitCode::SUCCESS)
}
