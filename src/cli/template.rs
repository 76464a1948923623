//! `template`: a workbook to fill in, for a Puskesmas and month.

use std::fs::OpenOptions;
use std::io::Write;
use std::process::ExitCode;

use anyhow::Context;

use crate::app::App;
use crate::domain::Month;

use super::args::TemplateArgs;
use super::print;

/// Writes the workbook; a file that is there stays.
pub fn run(app: &App, args: &TemplateArgs) -> anyhow::Result<ExitCode> {
    let puskesmas = match (&args.puskesmas, app.resolve_puskesmas(args.puskesmas.as_deref())) {
        (_, Ok(known)) => known,
        (Some(asked), Err(_unknown)) => asked.clone(),
        (None, Err(error)) => {
            return Err(error).context("sebutkan Puskesmas untuk kepala formulir dengan --puskesmas NAMA");
        }
    };
    let month = args.month.unwrap_or_else(|| Month::from_date(app.clock().today()));
    let handed = app.template(args.kind, &puskesmas, month)?;
    let shown = args.out.display();
    let file = OpenOptions::new().write(true).create_new(true).open(&args.out);
    let mut file = file.with_context(|| format!("`{shown}` tidak dapat ditulis, atau sudah ada; pilih nama lain"))?;
    file.write_all(&handed.bytes).with_context(|| format!("`{shown}` tidak dapat ditulis"))?;
    print(format_args!("{}: {shown}", args.kind.title()))?;
    Ok(ExitCode::SUCCESS)
}
