//! The job that evaluates a period and keeps the result under an id made from it: as of the due day, however late it
//! runs. Knows nothing of when it runs.

use super::JobError;
use super::context::{Point, RunContext};
use crate::definitions::WhichPeriod;
use crate::domain::{PeriodKind, format};
use crate::store::KeptEvaluation;

/// Evaluates every Puskesmas, keeps what came out, and reads it back. Says what happened.
pub fn run(context: &RunContext<'_>, kind: PeriodKind, which: WhichPeriod) -> Result<String, JobError> {
    let due_day = context.due_day();
    let period = which.seen_from(due_day, kind);
    let app = context.app();
    let puskesmas = app.puskesmas()?;
    if puskesmas.is_empty() {
        return Ok("belum ada data untuk dievaluasi".to_owned());
    }
    let mut fresh = 0;
    for (place, name) in puskesmas.iter().enumerate() {
        context.check()?;
        context.progress(&format!("menghitung {name}"), place, puskesmas.len());
        let kept = app.evaluation_to_keep(name, period, due_day)?;
        let is_new = app.ledger().keep_evaluation(&kept, app.by())?;
        context.at(Point::EvaluationKept)?;
        verify(context, &kept)?;
        fresh += usize::from(is_new);
        let word = if is_new { "disimpan" } else { "sudah tersimpan, isinya sama" };
        context.log(&format!("{name}: {} per {}, nomor {} {word}", period, kept.as_of, kept.id))?;
        context.count("evaluasi disimpan", usize::from(is_new));
        context.count("evaluasi sama", usize::from(!is_new));
    }
    Ok(format!(
        "{} per {}: {} Puskesmas dievaluasi, {fresh} hasil baru disimpan",
        format::period(period),
        format::date(period.clamp_as_of(due_day)),
        puskesmas.len()
    ))
}

/// Checks that the kept evaluation is the computed one, and that its JSON can be read.
fn verify(context: &RunContext<'_>, kept: &KeptEvaluation) -> Result<(), JobError> {
    let held = context.app().ledger().kept_evaluation(&kept.id)?;
    let is_same = held.is_some_and(|held| {
        held.contract == kept.contract && serde_json::from_str::<serde_json::Value>(&held.contract).is_ok()
    });
    if is_same { Ok(()) } else { Err(JobError::Unsound(format!("evaluasi nomor {}", kept.id))) }
}
