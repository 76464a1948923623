//! The yearly assessment (PKP) of a Puskesmas: rows, performances, and figures of the sheet that differ.

use axum::Json;
use axum::response::IntoResponse;
use serde::Serialize;
use utoipa::ToSchema;

use super::ApiResult;
use super::params::SubjectParams;
use crate::dashboard::pkp::{PkpAssessment, PkpDisagreement, PkpRow};
use crate::dashboard::pkp_verification::PkpVerifications;
use crate::domain::Date;
use crate::domain::pkp::PkpVerification;
use crate::web::chosen::ResolvedRequest;
use crate::web::error::ApiError;
use crate::web::pages::PageQuery;
use crate::web::pages::pkp::year_asked;
use crate::web::site::Site;

/// The assessment of a year.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PkpAnswer {
    /// Name of the Puskesmas.
    pub puskesmas: String,
    /// Year that is assessed; null where there is no assessment.
    pub year: Option<i32>,
    /// Ends of the tree that have a performance …
    pub reported: usize,
    /// … of so many.
    pub asked: usize,
    /// Legal basis of the classes.
    pub basis: String,
    /// Rows in the order of their codes.
    pub rows: Vec<PkpRowAnswer>,
    /// Figures of the sheet that do not follow from its counts.
    pub differences: Vec<PkpDifferenceAnswer>,
    /// Verdicts of the district's team, the whole first.
    pub verifications: Vec<PkpVerificationAnswer>,
}

/// Row of the assessment.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PkpRowAnswer {
    /// Path of numbers, such as `1.2.1.3`.
    pub code: String,
    /// `effort`, `program`, `variable` or `sub_variable`.
    pub level: String,
    /// Name of the row.
    pub name: String,
    /// Target as the sheet writes it.
    pub target: Option<String>,
    /// Unit in which is counted.
    pub measure: Option<String>,
    /// Total of the population.
    pub population: Option<f64>,
    /// Target of the population.
    pub planned: Option<f64>,
    /// Count that was reached, or the score of management.
    pub reached: Option<f64>,
    /// Performance: percent, or points of ten for management; null where `reason` says why.
    pub performance: Option<f64>,
    /// Scale of the performance: `percent` or `points`.
    pub scale: String,
    /// `good`, `fair`, `poor`, `too_little` while something below is missing, or `no_data`.
    pub class: String,
    /// Words for what is missing, in Indonesian.
    pub reason: Option<String>,
    /// Difference to the year before, where both are complete.
    pub change: Option<f64>,
}

/// Figure of the sheet that differs.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PkpDifferenceAnswer {
    /// Path of the row.
    pub code: String,
    /// Code of the field.
    pub field: String,
    /// Figure of the sheet as it is shown.
    pub written: String,
    /// Figure that follows as it is shown.
    pub computed: String,
}

/// Verdict of the district's team on a program, or on the whole.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PkpVerificationAnswer {
    /// Program; null for the whole.
    pub program: Option<String>,
    /// Verdict in Indonesian.
    pub verdict: String,
    /// Performance that was verified, as it was shown.
    pub figure: Option<String>,
    /// Reason, or what is to be mended.
    pub note: Option<String>,
    /// Person who verified.
    pub verifier: Option<String>,
    /// Day of the verification.
    pub verified: Option<String>,
    /// Number of the letter.
    pub letter: Option<String>,
    /// Answer of the Puskesmas by the as-of day.
    pub reply: Option<String>,
    /// Day of the answer.
    pub replied: Option<String>,
}

/// The yearly assessment (PKP); without `tahun` that of the latest year.
#[utoipa::path(
    get,
    path = "/api/v1/pkp",
    params(
        SubjectParams
    ),
    responses((status = 200, description = "Rows and performances", content(
        (PkpAnswer = "application/json")
    ))),
)]
pub async fn pkp(site: Site, PageQuery(query): PageQuery) -> ApiResult {
    site.compute(move |site| {
        let asked = year_asked(&query)?;
        let chosen = ResolvedRequest::need(site, &query, &[])?;
        let found = PkpAssessment::new(chosen.snapshot.facts(), asked);
        let as_of = chosen.subject.as_of;
        let verified = PkpVerifications::new(chosen.snapshot.facts(), 0, &found, as_of);
        let verifications = verified.rows.iter().map(|row| verification(row, as_of)).collect();
        Ok::<_, ApiError>(Json(PkpAnswer { verifications, ..answer(chosen.puskesmas, &found) }).into_response())
    })
    .await
}

fn answer(puskesmas: String, found: &PkpAssessment) -> PkpAnswer {
    PkpAnswer {
        puskesmas,
        year: Some(found.year).filter(|_| !found.rows.is_empty()),
        reported: found.reported,
        asked: found.asked,
        basis: found.bands.basis.to_owned(),
        rows: found.rows.iter().map(row).collect(),
        differences: found.differences.iter().map(difference).collect(),
        verifications: Vec::new(),
    }
}

fn verification(row: &PkpVerification, as_of: Date) -> PkpVerificationAnswer {
    let is_replied = row.is_replied(as_of);
    PkpVerificationAnswer {
        program: row.program.clone(),
        verdict: row.verdict.clone(),
        figure: row.figure.clone(),
        note: row.note.clone(),
        verifier: row.verifier.clone(),
        verified: row.verified.map(|day| day.to_string()),
        letter: row.letter.clone(),
        reply: row.reply.clone().filter(|_| is_replied),
        replied: row.replied.filter(|_| is_replied).map(|day| day.to_string()),
    }
}

fn row(row: &PkpRow) -> PkpRowAnswer {
    let text = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    PkpRowAnswer {
        code: row.code.clone(),
        level: row.level.code().to_owned(),
        name: row.name.clone(),
        target: text(&row.target),
        measure: text(&row.measure),
        population: row.population,
        planned: row.planned,
        reached: row.reached,
        performance: row.performance,
        scale: if row.is_of_points { "points" } else { "percent" }.to_owned(),
        class: row.class.code().to_owned(),
        reason: text(&row.reason),
        change: row.change,
    }
}

fn difference(difference: &PkpDisagreement) -> PkpDifferenceAnswer {
    PkpDifferenceAnswer {
        code: difference.code.clone(),
        field: difference.field.code().to_owned(),
        written: difference.written.clone(),
        computed: difference.computed.clone(),
    }
}
