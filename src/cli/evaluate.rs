//! `evaluate`: one period of one Puskesmas, as a table, JSON or CSV.

use std::process::ExitCode;

use crate::app::evaluation_json::EvaluationJson;
use crate::app::evaluation_text::{evaluation_csv, evaluation_table};
use crate::app::{App, AppError, Snapshot};

use super::args::{EvaluateArgs, EvaluateFormat};
use super::print;

/// Computes and prints; today is the as-of date where none is given.
pub fn run(app: &App, args: &EvaluateArgs) -> anyhow::Result<ExitCode> {
    let puskesmas = app.resolve_puskesmas(args.puskesmas.as_deref())?;
    let snapshot = app.snapshot(&puskesmas)?;
    let as_of = args.as_of.unwrap_or_else(|| app.clock().today());
    let evaluation = snapshot.evaluate(args.period, as_of)?;
    let result = Snapshot::result_of(&evaluation).ok_or(AppError::NoData)?;
    let facts = snapshot.facts();
    match args.format {
        EvaluateFormat::Json => print(serde_json::to_string(&EvaluationJson::new(facts, &evaluation, result))?)?,
        EvaluateFormat::Table => print(evaluation_table(facts, &evaluation, result).trim_end())?,
        EvaluateFormat::Csv => print(evaluation_csv(facts, &evaluation, result)?.trim_end())?,
    }
    Ok(ExitCode::SUCCESS)
}
