//! The indicators of the Puskesmas itself in a period.

use axum::Json;
use axum::response::IntoResponse;
use serde::Serialize;
use utoipa::ToSchema;

use super::ApiResult;
use super::params::SubjectParams;
use crate::dashboard::own_indicators::{OwnRow, OwnStanding};
use crate::domain::own_indicator::{OwnAggregation, OwnAim, OwnMeasure};
use crate::web::chosen::ResolvedRequest;
use crate::web::error::ApiError;
use crate::web::pages::PageQuery;
use crate::web::site::Site;

/// The indicators of a period.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnIndicatorsAnswer {
    /// Name of the Puskesmas.
    pub puskesmas: String,
    /// Period, such as `2025` or `2025-05`.
    pub period: String,
    /// Day up to which months count.
    pub as_of: String,
    /// Indicators in force, set by set.
    pub indicators: Vec<OwnIndicatorAnswer>,
    /// Codes with counts of the year that no indicator in force explains.
    pub unexplained: Vec<String>,
}

/// An indicator.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnIndicatorAnswer {
    /// Code of the indicator.
    pub code: String,
    /// Name of the indicator.
    pub name: String,
    /// Set that it came with.
    pub set: String,
    /// Legal basis.
    pub basis: Option<String>,
    /// `percent`, `index`, `per_mil`, `satisfaction` or `count`.
    pub measure: String,
    /// `higher`, `lower` or `counted`.
    pub direction: String,
    /// `sum`, `cumulative` or `last`.
    pub aggregation: String,
    /// Numerator of the period.
    pub numerator: Option<f64>,
    /// Denominator of the period.
    pub denominator: Option<f64>,
    /// Figure in its unit; null where `state` says what is missing.
    pub value: Option<f64>,
    /// Target that is due, in its unit.
    pub target: Option<f64>,
    /// `good`, `fair`, `poor` or `no_data`.
    pub class: String,
    /// Words for it, in Indonesian.
    pub state: String,
    /// Months of the period that were reported …
    pub reported: usize,
    /// … of so many that have begun.
    pub begun: usize,
    /// Months of the year, January first.
    pub months: Vec<OwnMonthAnswer>,
}

/// A month of an indicator.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnMonthAnswer {
    /// Month, such as `2025-05`.
    pub month: String,
    /// Figure in its unit; null where there is none.
    pub value: Option<f64>,
}

/// The indicators of the Puskesmas itself (INM, SPM, IKS and others) in a period.
#[utoipa::path(
    get,
    path = "/api/v1/own-indicators",
    params(
        SubjectParams
    ),
    responses((status = 200, description = "Figures and months", content(
        (OwnIndicatorsAnswer = "application/json")
    ))),
)]
pub async fn own_indicators(site: Site, PageQuery(query): PageQuery) -> ApiResult {
    site.compute(move |site| {
        let chosen = ResolvedRequest::need(site, &query, &[])?;
        let subject = &chosen.subject;
        let found = OwnStanding::new(chosen.snapshot.facts(), subject.period, subject.as_of);
        let answer = OwnIndicatorsAnswer {
            puskesmas: chosen.puskesmas.clone(),
            period: subject.period.to_string(),
            as_of: subject.as_of.to_string(),
            indicators: found.rows.iter().map(indicator).collect(),
            unexplained: found.unexplained,
        };
        Ok::<_, ApiError>(Json(answer).into_response())
    })
    .await
}

fn indicator(row: &OwnRow) -> OwnIndicatorAnswer {
    let measure = match row.measure {
        OwnMeasure::Percent => "percent",
        OwnMeasure::Index => "index",
        OwnMeasure::PerMil => "per_mil",
        OwnMeasure::Satisfaction => "satisfaction",
        OwnMeasure::Count => "count",
    };
    let direction = match row.aim {
        OwnAim::Higher => "higher",
        OwnAim::Lower => "lower",
        OwnAim::Counted => "counted",
    };
    let aggregation = match row.aggregation {
        OwnAggregation::Sum => "sum",
        OwnAggregation::Cumulative => "cumulative",
        OwnAggregation::Last => "last",
    };
    let months = row.months.iter();
    OwnIndicatorAnswer {
        code: row.code.clone(),
        name: row.name.clone(),
        set: row.set.clone(),
        basis: Some(row.basis.clone()).filter(|basis| !basis.is_empty()),
        measure: measure.to_owned(),
        direction: direction.to_owned(),
        aggregation: aggregation.to_owned(),
        numerator: row.numerator,
        denominator: row.denominator,
        value: row.value,
        target: row.target,
        class: row.class.code().to_owned(),
        state: row.state.clone(),
        reported: row.reported,
        begun: row.begun,
        months: months.map(|cell| OwnMonthAnswer { month: cell.month.to_string(), value: cell.value }).collect(),
    }
}
