//! `facts`: every fact that counts, one a line, with the cell that it came from.

use std::io::{self, Write};
use std::process::ExitCode;

use crate::app::App;
use crate::app::facts_lines::LineForm;

use super::args::{FactsArgs, FactsFormat};

/// Prints the facts piece by piece.
pub fn run(app: &App, args: &FactsArgs) -> anyhow::Result<ExitCode> {
    let form = match args.format {
        FactsFormat::Json => LineForm::Json,
        FactsFormat::Csv => LineForm::Csv,
    };
    let mut lines = app.fact_lines(args.puskesmas.as_deref(), args.file.as_deref(), form)?;
    let mut out = io::stdout().lock();
    while let Some(piece) = lines.next_piece(app)? {
        out.write_all(&piece)?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
