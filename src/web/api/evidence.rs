//! Evidence files: what each is evidence of, who attached it, who withdrew it.

use axum::Json;
use axum::response::IntoResponse;
use serde::Serialize;
use utoipa::ToSchema;

use super::params::SubjectParams;
use super::{ApiResult, wants_csv};
use crate::domain::EvidenceOf;
use crate::store::StoredEvidence;
use crate::web::chosen::ResolvedRequest;
use crate::web::csv_text::{CsvField, csv_answer};
use crate::web::error::{ApiError, PageError};
use crate::web::pages::PageQuery;
use crate::web::pages::evidence::file_path;
use crate::web::site::Site;

/// Evidence files of a Puskesmas.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceAnswer {
    /// Name of the Puskesmas.
    pub puskesmas: String,
    /// Files, withdrawn ones too.
    pub evidence: Vec<EvidenceFileAnswer>,
}

/// Evidence file.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceFileAnswer {
    /// Number.
    pub id: i64,
    /// Thing that it is evidence of.
    pub of: EvidenceThingAnswer,
    /// Code of the kind of paper.
    pub kind: String,
    /// Name as it came.
    pub file: String,
    /// Ending of its format.
    pub format: String,
    /// Size.
    pub size_bytes: u64,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Account that attached it.
    pub by: String,
    /// Moment (RFC 3339).
    pub at: String,
    /// Withdrawal.
    pub withdrawn: Option<DeedAnswer>,
    /// Address of its bytes.
    pub download: String,
}

/// Who did something, and when.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeedAnswer {
    /// Moment (RFC 3339).
    pub at: String,
    /// Account.
    pub by: String,
}

/// Thing that a file is evidence of.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(tag = "sort", rename_all = "snake_case")]
pub enum EvidenceThingAnswer {
    /// A visit.
    Visit {
        /// Facility.
        facility: String,
        /// Day, or month where no day is known.
        date: String,
        /// Form of the visit.
        form: String,
    },
    /// An agreed follow-up.
    FollowUp {
        /// Facility.
        facility: String,
        /// Visit at which it was agreed.
        visit_date: String,
        /// Its words.
        item: String,
    },
    /// A lokmin.
    Meeting {
        /// Month.
        month: String,
        /// Kind of meeting.
        meeting: String,
    },
    /// An item of the district team's coaching.
    CoachingItem {
        /// Day of the coaching.
        coached: String,
        /// Number of the item.
        number: String,
    },
    /// A meeting about RUK or RPK.
    PlanSession {
        /// Day for which it was planned.
        planned: String,
        /// Plans that it was about.
        document: String,
    },
    /// An element of accreditation.
    Element {
        /// Code of the element.
        element: String,
        /// Year.
        year: i32,
    },
}

/// The files of one Puskesmas, withdrawn ones too.
#[utoipa::path(
    get,
    path = "/api/v1/evidence",
    params(
        SubjectParams
    ),
    responses((status = 200, description = "Evidence files", content(
        (EvidenceAnswer = "application/json"),
        (String = "text/csv")
    ))),
)]
pub async fn evidence(site: Site, PageQuery(query): PageQuery) -> ApiResult {
    site.compute(move |site| {
        let chosen = ResolvedRequest::need(site, &query, &[])?;
        let files = site.evidence().files(&chosen.puskesmas).map_err(PageError::from)?;
        if wants_csv(&query)? {
            let heads =
                ["Nomor", "Bukti dari", "Jenis", "Berkas", "Format", "Bita", "SHA-256", "Oleh", "Waktu", "Dihapus"];
            let rows: Vec<Vec<CsvField>> = files.iter().map(fields).collect();
            return Ok(csv_answer("bukti", &heads.map(ToOwned::to_owned), &rows)?);
        }
        let evidence = files.iter().map(file_json).collect();
        Ok::<_, ApiError>(Json(EvidenceAnswer { puskesmas: chosen.puskesmas, evidence }).into_response())
    })
    .await
}

fn about(of: &EvidenceOf) -> EvidenceThingAnswer {
    match of {
        EvidenceOf::Visit { facility, date, form } => {
            EvidenceThingAnswer::Visit { facility: facility.clone(), date: date.to_string(), form: form.clone() }
        }
        EvidenceOf::FollowUp { facility, visit_date, item } => EvidenceThingAnswer::FollowUp {
            facility: facility.clone(),
            visit_date: visit_date.to_string(),
            item: item.clone(),
        },
        EvidenceOf::Meeting { month, sort } => {
            EvidenceThingAnswer::Meeting { month: month.to_string(), meeting: sort.label().to_lowercase() }
        }
        EvidenceOf::CoachingItem { coached, number } => {
            EvidenceThingAnswer::CoachingItem { coached: coached.to_string(), number: number.clone() }
        }
        EvidenceOf::PlanSession { planned, document } => {
            EvidenceThingAnswer::PlanSession { planned: planned.to_string(), document: document.clone() }
        }
        EvidenceOf::Element { element, year } => {
            EvidenceThingAnswer::Element { element: element.code().to_owned(), year: *year }
        }
    }
}

fn file_json(stored: &StoredEvidence) -> EvidenceFileAnswer {
    let file = &stored.file;
    EvidenceFileAnswer {
        id: stored.id,
        of: about(&stored.of),
        kind: stored.kind.code().to_owned(),
        file: file.name.clone(),
        format: file.format.ending().to_owned(),
        size_bytes: file.size,
        sha256: file.sha256.clone(),
        by: file.who.clone(),
        at: file.at.to_rfc3339(),
        withdrawn: stored.withdrawn.as_ref().map(|(at, who)| DeedAnswer { at: at.to_rfc3339(), by: who.clone() }),
        download: file_path(stored.id),
    }
}

fn fields(stored: &StoredEvidence) -> Vec<CsvField> {
    let file = &stored.file;
    vec![
        CsvField::text(stored.id.to_string()),
        CsvField::text(crate::web::pages::evidence::thing_words(&stored.of)),
        CsvField::text(stored.kind.label()),
        CsvField::text(file.name.clone()),
        CsvField::text(file.format.ending()),
        CsvField::number(u32::try_from(file.size).ok().map(f64::from)),
        CsvField::text(file.sha256.clone()),
        CsvField::text(file.who.clone()),
        CsvField::text(file.at.to_rfc3339()),
        stored
            .withdrawn
            .as_ref()
            .map_or(CsvField::Blank, |(at, who)| CsvField::text(format!("{who}, {}", at.to_rfc3339()))),
    ]
}
