//! `evaluate`: one period of one Puskesmas, as a table, JSON or CSV. Of an approved period the figures that were approved.

use std::process::ExitCode;

use crate::app::approvals::standing_words;
use crate::app::evaluation_json::EvaluationJson;
use crate::app::evaluation_text::{evaluation_csv, evaluation_table};
use crate::app::{App, AppError, Snapshot};
use crate::domain::format;

use super::period_args::{EvaluateArgs, EvaluateFormat};
use super::{print, say};

/// Computes and prints; today is the as-of date where none is given.
pub fn run(app: &App, args: &EvaluateArgs) -> anyhow::Result<ExitCode> {
    let puskesmas = app.resolve_puskesmas(args.puskesmas.as_deref())?;
    let as_of = args.as_of.unwrap_or_else(|| app.clock().today());
    let shown = app.shown_period(&puskesmas, args.period)?;
    let (snapshot, evaluation) = if args.latest {
        let snapshot = app.snapshot(&puskesmas)?;
        let evaluation = snapshot.evaluate_latest(args.period, as_of)?;
        (snapshot, evaluation.into())
    } else {
        let evaluation = shown.snapshot.evaluate(args.period, as_of)?;
        (shown.snapshot.clone(), evaluation)
    };
    let result = Snapshot::result_of(&evaluation).ok_or(AppError::NoData)?;
    let facts = snapshot.facts();
    match args.format {
        EvaluateFormat::Json => print(EvaluationJson::new(facts, &evaluation, result).contract())?,
        EvaluateFormat::Table => print(evaluation_table(facts, &evaluation, result).trim_end())?,
        EvaluateFormat::Csv => print(evaluation_csv(facts, &evaluation, result)?.trim_end())?,
    }
    if let Some(record) = shown.record.as_ref().filter(|record| record.state.is_locked()) {
        say(standing_words(record, args.period, app.clock()));
        if let Some(pending) = app.approvals().pending(&puskesmas, record)?.filter(|pending| pending.is_open()) {
            say(format_args!(
                "Perubahan tertunda: {}; lihat `approval list`, atau angka sekarang dengan --latest ({})",
                pending.words(),
                format::period(record.period)
            ));
        }
    }
    Ok(ExitCode::SUCCESS)
}
