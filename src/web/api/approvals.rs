//! Approval of periods: states, steps, and what waits for a decision.

use axum::Json;
use axum::response::IntoResponse;
use serde_json::{Value, json};

use super::ApiResult;
use crate::app::approvals::{PendingChange, PeriodRecord};
use crate::store::StoredStep;
use crate::web::chosen::ResolvedRequest;
use crate::web::error::ApiError;
use crate::web::pages::PageQuery;
use crate::web::site::Site;

/// `/approvals`: every period of a Puskesmas with which somebody took a step, the latest first.
pub async fn approvals(site: Site, PageQuery(query): PageQuery) -> ApiResult {
    site.compute(move |site| {
        let chosen = ResolvedRequest::need(site, &query, &[])?;
        let service = site.app().approvals();
        let mut periods = Vec::new();
        for record in service.records(&chosen.puskesmas)?.values().rev() {
            let pending = service.pending(&chosen.puskesmas, record)?;
            periods.push(json!({
                "period": record.period.to_string(),
                "state": record.state.code(),
                "steps": record.steps.iter().map(step_json).collect::<Vec<_>>(),
                "pending": pending.as_deref().map(pending_json),
            }));
        }
        Ok::<_, ApiError>(Json(json!({ "puskesmas": chosen.puskesmas, "periods": periods })).into_response())
    })
    .await
}

fn step_json(step: &StoredStep) -> Value {
    json!({
        "step": step.step.code(), "name": step.name, "capacity": step.capacity, "account": step.who,
        "at": step.at.to_rfc3339(), "reason": step.reason, "as_of": step.as_of.to_string(),
        "snapshot": step.snapshot, "last_batch": step.last_batch,
    })
}

fn pending_json(pending: &PendingChange) -> Value {
    let figures = pending.figures.iter().map(|change| {
        json!({ "facility": change.facility, "figure": change.figure, "approved": change.old, "new": change.new })
    });
    let facts = pending.facts.iter().map(|fact| json!({ "table": fact.id.table.code(), "fact": fact.what }));
    let causes = pending.causes.iter().map(|cause| {
        json!({ "batch": cause.batch, "file": cause.file_name, "gone": cause.is_gone, "at": cause.at.to_rfc3339() })
    });
    json!({
        "left": !pending.is_open(), "snapshot": pending.snapshot, "decrees_changed": pending.has_other_decrees,
        "figures": figures.collect::<Vec<_>>(), "facts": facts.collect::<Vec<_>>(), "causes": causes.collect::<Vec<_>>(),
    })
}

/// The approval of the period that an answer shows; null where nobody took a step with it.
pub fn standing_json(record: Option<&PeriodRecord>) -> Value {
    let Some(record) = record else { return Value::Null };
    json!({
        "period": record.period.to_string(),
        "state": record.state.code(),
        "approved": record.approval().map(step_json),
        "verified": record.verification().map(step_json),
        "last": record.last().map(step_json),
    })
}
