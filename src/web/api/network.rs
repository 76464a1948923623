//! Management of the network of a Puskesmas in a year: agreements, the five steps of each facility, and the seven aspects
//! of integration.

use axum::Json;
use axum::response::IntoResponse;
use serde::Serialize;
use utoipa::ToSchema;

use super::ApiResult;
use super::params::SubjectParams;
use crate::dashboard::network::{AgreementRow, IntegrationTable, NetworkManagement, StageCell, StageRow};
use crate::domain::PeriodKind;
use crate::domain::network::{AgreementSource, AgreementState, IntegrationAspect, NetworkStage};
use crate::web::chosen::ResolvedRequest;
use crate::web::error::ApiError;
use crate::web::pages::PageQuery;
use crate::web::site::Site;

/// Management of the network in a year.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NetworkAnswer {
    /// Name of the Puskesmas.
    pub puskesmas: String,
    /// Year of steps and assessments.
    pub year: i32,
    /// Day of the data.
    pub as_of: String,
    /// Facilities of which no agreement is expected and none known.
    pub exempt: usize,
    /// Agreements, those first to which somebody has to see.
    pub agreements: Vec<AgreementAnswer>,
    /// Facilities in the order of the register, with the five steps of managing them.
    pub facilities: Vec<ManagedFacilityAnswer>,
    /// The seven aspects of integration, pooled over the facilities.
    pub integration: Vec<AspectAnswer>,
}

/// Agreement (PKS) with a facility.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreementAnswer {
    /// Name of the facility.
    pub facility: String,
    /// `in_force`, `ends_soon`, `expired`, `ended`, `drafted`, `asked`, or `unknown`: nothing is recorded, which is not
    /// "none".
    pub state: String,
    /// Number of the agreement.
    pub number: Option<String>,
    /// Day of the last signature.
    pub signed: Option<String>,
    /// Last day, or the day on which it was ended.
    pub until: Option<String>,
    /// True where the district office helped with some step.
    pub facilitated: bool,
    /// `steps`, `register` or `nothing`: the table that it rests on.
    pub source: String,
}

/// Facility with the five steps of managing it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ManagedFacilityAnswer {
    /// Name of the facility.
    pub facility: String,
    /// Steps in their order.
    pub steps: Vec<ManagedStepAnswer>,
}

/// Step of managing a facility.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ManagedStepAnswer {
    /// Step in Indonesian.
    pub step: String,
    /// `done`, `not_recorded`, or `not_applicable`.
    pub state: String,
    /// Day, month or period in Indonesian; null where none is known.
    pub when: Option<String>,
    /// Table and fact that prove it, in Indonesian.
    pub source: Option<String>,
}

/// Aspect of integration over all facilities.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AspectAnswer {
    /// Aspect in Indonesian.
    pub aspect: String,
    /// Points of the facilities that have a percentage …
    pub points: u64,
    /// … of so many.
    pub maximum: u64,
    /// Facilities that have a percentage.
    pub assessed: usize,
    /// Facilities with points from which no percentage follows.
    pub without_percentage: usize,
    /// Percent of the pooled maxima; null where no facility has one.
    pub percent: Option<f64>,
    /// The same of the year before.
    pub percent_before: Option<f64>,
}

/// Management of the network: agreements, steps and integration; without a period of the year of today.
#[utoipa::path(
    get,
    path = "/api/v1/network",
    params(
        SubjectParams
    ),
    responses((status = 200, description = "Agreements, steps and integration", content(
        (NetworkAnswer = "application/json")
    ))),
)]
pub async fn network(site: Site, PageQuery(query): PageQuery) -> ApiResult {
    site.compute(move |site| {
        let chosen = ResolvedRequest::need_latest(site, &query, &[PeriodKind::Year])?;
        let found = NetworkManagement::new(&chosen.context(site)?);
        let answer = NetworkAnswer {
            puskesmas: chosen.puskesmas.clone(),
            year: chosen.subject.period.year(),
            as_of: chosen.subject.as_of.to_string(),
            exempt: found.agreements.exempt,
            agreements: found.agreements.rows.iter().map(agreement).collect(),
            facilities: found.stages.rows.iter().map(facility).collect(),
            integration: aspects(&found.integration),
        };
        Ok::<_, ApiError>(Json(answer).into_response())
    })
    .await
}

fn agreement(row: &AgreementRow) -> AgreementAnswer {
    let standing = &row.standing;
    let state = match standing.state {
        AgreementState::Unknown => "unknown",
        AgreementState::Asked => "asked",
        AgreementState::Drafted => "drafted",
        AgreementState::InForce => "in_force",
        AgreementState::EndsSoon => "ends_soon",
        AgreementState::Expired => "expired",
        AgreementState::Ended => "ended",
    };
    let source = match standing.source {
        AgreementSource::Steps => "steps",
        AgreementSource::Register => "register",
        AgreementSource::Nothing => "nothing",
    };
    AgreementAnswer {
        facility: row.name.clone(),
        state: state.to_owned(),
        number: standing.number.clone(),
        signed: standing.signed.map(|day| day.to_string()),
        until: standing.until.map(|day| day.to_string()),
        facilitated: standing.is_facilitated,
        source: source.to_owned(),
    }
}

fn facility(row: &StageRow) -> ManagedFacilityAnswer {
    let steps = NetworkStage::ALL.into_iter().zip(&row.cells).map(|(stage, cell)| step(stage, cell));
    ManagedFacilityAnswer { facility: row.name.clone(), steps: steps.collect() }
}

fn step(stage: NetworkStage, cell: &StageCell) -> ManagedStepAnswer {
    let text = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let proof = if let StageCell::Done(proof) = cell { Some(proof) } else { None };
    let code = match cell {
        StageCell::Done(_) => "done",
        StageCell::NotRecorded => "not_recorded",
        StageCell::NotApplicable => "not_applicable",
    };
    ManagedStepAnswer {
        step: stage.label().to_owned(),
        state: code.to_owned(),
        when: proof.and_then(|proof| text(&proof.when)),
        source: proof.and_then(|proof| text(&proof.source)),
    }
}

fn aspects(table: &IntegrationTable) -> Vec<AspectAnswer> {
    let totals = table.totals.iter().zip(&table.before);
    let aspects = IntegrationAspect::ALL.into_iter().zip(totals);
    aspects
        .map(|(aspect, (total, before))| AspectAnswer {
            aspect: aspect.label().to_owned(),
            points: total.points,
            maximum: total.maximum,
            assessed: total.assessed,
            without_percentage: total.without_percentage,
            percent: total.percent(),
            percent_before: before.percent(),
        })
        .collect()
}
