//! Approval of periods: states, steps, and what waits for a decision.

use axum::Json;
use axum::response::IntoResponse;
use serde::Serialize;
use utoipa::ToSchema;

use super::ApiResult;
use super::params::SubjectParams;
use crate::app::approvals::{PendingChange, PeriodRecord};
use crate::store::StoredStep;
use crate::web::chosen::ResolvedRequest;
use crate::web::error::ApiError;
use crate::web::pages::PageQuery;
use crate::web::site::Site;

/// Periods of a Puskesmas with which somebody took a step.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApprovalsAnswer {
    /// Name of the Puskesmas.
    pub puskesmas: String,
    /// Periods, the latest first.
    pub periods: Vec<PeriodAnswer>,
}

/// A period and the steps with it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PeriodAnswer {
    /// Code of the period (`2023-C2`).
    pub period: String,
    /// Code of its state.
    pub state: String,
    /// Steps, the first first.
    pub steps: Vec<StepAnswer>,
    /// Changes that came since its figures were approved.
    pub pending: Option<PendingAnswer>,
}

/// A step that somebody took.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StepAnswer {
    /// Code of the step.
    pub step: String,
    /// Name of the one who decided.
    pub name: String,
    /// Capacity in which they decided.
    pub capacity: String,
    /// Account under which it was kept.
    pub account: String,
    /// Moment (RFC 3339).
    pub at: String,
    /// Reason; may be blank.
    pub reason: String,
    /// The day whose data was decided on.
    pub as_of: String,
    /// Id of the snapshot that was decided on.
    pub snapshot: String,
    /// Last import that counted; 0: none.
    pub last_batch: i64,
}

/// Changes that would make approved figures others.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PendingAnswer {
    /// True where the head left them as they are.
    pub left: bool,
    /// Id of the snapshot of now.
    pub snapshot: String,
    /// True where the decrees of the definition files are others now.
    pub decrees_changed: bool,
    /// Figures that would be others.
    pub figures: Vec<ChangedFigureAnswer>,
    /// Facts that are others.
    pub facts: Vec<ChangedFactAnswer>,
    /// Files that came or went since.
    pub causes: Vec<ChangeCauseAnswer>,
}

/// A figure that would be another, as pages write it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangedFigureAnswer {
    /// Facility; null: all of them together.
    pub facility: Option<String>,
    /// Name of the figure.
    pub figure: String,
    /// The approved one; blank where there was none.
    pub approved: String,
    /// The one that it would be.
    pub new: String,
}

/// A fact that is another now.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangedFactAnswer {
    /// Code of its table.
    pub table: String,
    /// The fact in words.
    pub fact: String,
}

/// A file that came or went.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeCauseAnswer {
    /// Number of the import; null for an attached file.
    pub batch: Option<i64>,
    /// Name of the file.
    pub file: String,
    /// True where it was taken back.
    pub gone: bool,
    /// Moment (RFC 3339).
    pub at: String,
}

/// Approval of the period that an answer shows.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApprovalStandingAnswer {
    /// Code of the period.
    pub period: String,
    /// Code of its state.
    pub state: String,
    /// Step by which it was approved.
    pub approved: Option<StepAnswer>,
    /// Step by which it was verified.
    pub verified: Option<StepAnswer>,
    /// The last step.
    pub last: Option<StepAnswer>,
}

/// Every period of a Puskesmas with which somebody took a step, the latest first.
#[utoipa::path(
    get,
    path = "/api/v1/approvals",
    params(
        SubjectParams
    ),
    responses((status = 200, description = "Periods and their steps", content(
        (ApprovalsAnswer = "application/json")
    ))),
)]
pub async fn approvals(site: Site, PageQuery(query): PageQuery) -> ApiResult {
    site.compute(move |site| {
        let chosen = ResolvedRequest::need(site, &query, &[])?;
        let service = site.app().approvals();
        let mut periods = Vec::new();
        for record in service.records(&chosen.puskesmas)?.values().rev() {
            let pending = service.pending(&chosen.puskesmas, record)?;
            periods.push(PeriodAnswer {
                period: record.period.to_string(),
                state: record.state.code().to_owned(),
                steps: record.steps.iter().map(step_json).collect(),
                pending: pending.as_deref().map(pending_json),
            });
        }
        Ok::<_, ApiError>(Json(ApprovalsAnswer { puskesmas: chosen.puskesmas, periods }).into_response())
    })
    .await
}

fn step_json(step: &StoredStep) -> StepAnswer {
    StepAnswer {
        step: step.step.code().to_owned(),
        name: step.name.clone(),
        capacity: step.capacity.clone(),
        account: step.who.clone(),
        at: step.at.to_rfc3339(),
        reason: step.reason.clone(),
        as_of: step.as_of.to_string(),
        snapshot: step.snapshot.clone(),
        last_batch: step.last_batch,
    }
}

fn pending_json(pending: &PendingChange) -> PendingAnswer {
    let figures = pending.figures.iter().map(|change| ChangedFigureAnswer {
        facility: change.facility.clone(),
        figure: change.figure.clone(),
        approved: change.old.clone(),
        new: change.new.clone(),
    });
    let facts = pending
        .facts
        .iter()
        .map(|fact| ChangedFactAnswer { table: fact.id.table.code().to_owned(), fact: fact.what.clone() });
    let causes = pending.causes.iter().map(|cause| ChangeCauseAnswer {
        batch: cause.batch,
        file: cause.file_name.clone(),
        gone: cause.is_gone,
        at: cause.at.to_rfc3339(),
    });
    PendingAnswer {
        left: !pending.is_open(),
        snapshot: pending.snapshot.clone(),
        decrees_changed: pending.has_other_decrees,
        figures: figures.collect(),
        facts: facts.collect(),
        causes: causes.collect(),
    }
}

/// The approval of the period that an answer shows; none where nobody took a step with it.
pub fn standing_of(record: Option<&PeriodRecord>) -> Option<ApprovalStandingAnswer> {
    let record = record?;
    Some(ApprovalStandingAnswer {
        period: record.period.to_string(),
        state: record.state.code().to_owned(),
        approved: record.approval().map(step_json),
        verified: record.verification().map(step_json),
        last: record.last().map(step_json),
    })
}
