//! `approval`: where the periods of a Puskesmas stand, and the steps from one state to the next.

use std::process::ExitCode;

use serde_json::json;

use crate::app::App;
use crate::app::approvals::{PeriodRecord, StepDecision, standing_words};
use crate::domain::approval::{ApprovalStep, PeriodState};
use crate::domain::format;

use super::period_args::{ApprovalArgs, ApprovalFormat, ApprovalList, ApprovalVerb};
use super::{print, say};

/// Lists, or takes a step.
pub fn run(app: &App, verb: &ApprovalVerb) -> anyhow::Result<ExitCode> {
    match verb {
        ApprovalVerb::List(args) => list(app, args),
        ApprovalVerb::Submit(args) => take(app, ApprovalStep::Submit, args),
        ApprovalVerb::Approve(args) => take(app, ApprovalStep::Approve, args),
        ApprovalVerb::Return(args) => take(app, returning(app, args)?, args),
        ApprovalVerb::Verify(args) => take(app, ApprovalStep::Verify, args),
        ApprovalVerb::TakeOver(args) => take(app, ApprovalStep::TakeOver, args),
        ApprovalVerb::Leave(args) => take(app, ApprovalStep::Leave, args),
        ApprovalVerb::Unlock(args) => take(app, ApprovalStep::Unlock, args),
    }
}

/// Of what was handed in, back to the coordinator; of what is approved, the district's return.
fn returning(app: &App, args: &ApprovalArgs) -> anyhow::Result<ApprovalStep> {
    let puskesmas = app.resolve_puskesmas(args.puskesmas.as_deref())?;
    let state = app.approvals().record(&puskesmas, args.period)?.state;
    Ok(if state == PeriodState::Submitted { ApprovalStep::SendBack } else { ApprovalStep::Return })
}

fn take(app: &App, step: ApprovalStep, args: &ApprovalArgs) -> anyhow::Result<ExitCode> {
    let puskesmas = app.resolve_puskesmas(args.puskesmas.as_deref())?;
    let ApprovalArgs { period, name, reason, .. } = args;
    let decision = StepDecision { puskesmas: &puskesmas, period: *period, step, name, reason, seen: None };
    let record = app.approvals().take(&decision)?;
    say(format_args!("{puskesmas}, {}", line(app, &record)));
    Ok(ExitCode::SUCCESS)
}

fn list(app: &App, args: &ApprovalList) -> anyhow::Result<ExitCode> {
    let puskesmas = app.resolve_puskesmas(args.puskesmas.as_deref())?;
    let records = app.approvals().records(&puskesmas)?;
    if args.format == ApprovalFormat::Json {
        let mut periods = Vec::new();
        for record in records.values() {
            let pending = app.approvals().pending(&puskesmas, record)?;
            periods.push(json!({
                "period": record.period.to_string(),
                "state": record.state.code(),
                "snapshot": record.approval().map(|step| &step.snapshot),
                "pending": pending.map(|pending| json!({
                    "figures": pending.figures.len(), "facts": pending.facts.len(), "left": !pending.is_open(),
                })),
            }));
        }
        print(json!({ "puskesmas": puskesmas, "periods": periods }))?;
        return Ok(ExitCode::SUCCESS);
    }
    if records.is_empty() {
        say(
            "belum ada periode yang diajukan; ajukan dengan: simpul --data FOLDER approval submit PERIODE --name \"…\"",
        );
    }
    for record in records.values().rev() {
        print(line(app, record))?;
        if let Some(pending) = app.approvals().pending(&puskesmas, record)? {
            let left = if pending.is_open() { "" } else { " (dibiarkan)" };
            print(format_args!("  perubahan tertunda{left}: {}", pending.words()))?;
            for change in &pending.figures {
                let whose = change.facility.as_deref().unwrap_or("Semua faskes");
                print(format_args!("    {whose}, {}: {} → {}", change.figure, known(&change.old), known(&change.new)))?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn known(figure: &str) -> &str {
    if figure.is_empty() { "–" } else { figure }
}

fn line(app: &App, record: &PeriodRecord) -> String {
    let words = standing_words(record, record.period, app.clock());
    format!("{}: {words}", format::period(record.period))
}
