//! `/api/v1`: everything that pages show, as JSON, and as CSV with `format=csv`. Names in English, numbers
//! unrounded, missing is `null` with its reason beside it.

mod approvals;
mod audit;
mod describe;
mod dhis2;
mod entries;
mod evidence;
mod facts;
mod figures;
mod ledger;
mod network;
mod openapi;
mod own_indicators;
mod params;
mod pieces;
mod pkp;
mod plans;
mod tables;

use axum::Json;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::error::{ApiError, PageError};
use super::query::Query;

pub use approvals::approvals;
pub use audit::audit;
pub use dhis2::dhis2;
pub use entries::entries;
pub use evidence::evidence;
pub use facts::facts;
pub use figures::{calendar, evaluation, lineage, pws};
pub use ledger::{imports, jobs};
pub use network::network;
pub use openapi::{OPENAPI_PATH, description, document};
pub use own_indicators::own_indicators;
pub use pkp::pkp;
pub use plans::plans;
pub use tables::{chart, facilities, puskesmas, table};

/// Answer of an API handler; a refusal becomes JSON.
pub type ApiResult = Result<Response, ApiError>;

/// Addresses of the API by name.
#[utoipa::path(
    get,
    path = "/api/v1",
    responses((status = 200, description = "Addresses", body = std::collections::BTreeMap<String, String>)),
)]
pub async fn index() -> Response {
    Json(json!({
        "openapi": OPENAPI_PATH,
        "puskesmas": "/api/v1/puskesmas",
        "facilities": "/api/v1/facilities?puskesmas=&periode=&per=",
        "evaluation": "/api/v1/evaluation?puskesmas=&periode=2023-C2&per=2023-08-31",
        "approvals": "/api/v1/approvals?puskesmas=",
        "tables": "/api/v1/tables/{page}/{table}?puskesmas=&periode=&per=",
        "charts": "/api/v1/charts/{page}/{panel}?puskesmas=&periode=&per=",
        "calendar": "/api/v1/calendar?puskesmas=&periode=&per=",
        "pws": "/api/v1/pws/{code}?puskesmas=&periode=&per=",
        "lineage": "/api/v1/lineage?angka=CAK&faskes=&periode=&per=",
        "imports": "/api/v1/imports",
        "entries": "/api/v1/entries?tabel=problems&puskesmas=",
        "evidence": "/api/v1/evidence?puskesmas=",
        "own_indicators": "/api/v1/own-indicators?puskesmas=&periode=&per=",
        "pkp": "/api/v1/pkp?puskesmas=&tahun=",
        "plans": "/api/v1/plans?puskesmas=&periode=2023&per=",
        "network": "/api/v1/network?puskesmas=&periode=2023&per=",
        "dhis2": "/api/v1/dhis2?puskesmas=&periode=2023-05",
        "facts": "/api/v1/facts?puskesmas=&file=",
        "jobs": "/api/v1/jobs",
        "audit": "/api/v1/audit?dari=&sampai=&akun=&tindakan=&milik=&kata=",
        "csv": "format=csv",
        "xlsx": "format=xlsx (tables, audit)"
    }))
    .into_response()
}

/// Reports whether the request asks for CSV; another format than JSON or CSV is refused.
fn wants_csv(query: &Query) -> Result<bool, PageError> {
    match asked_format(query)? {
        AnswerFormat::Json => Ok(false),
        AnswerFormat::Csv => Ok(true),
        AnswerFormat::Book => Err(PageError::bad_request("Format “xlsx” hanya untuk tabel. Yang ada: json, csv.")),
    }
}

/// Format of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum AnswerFormat {
    Json,
    Csv,
    /// A workbook; tables alone have it.
    Book,
}

fn asked_format(query: &Query) -> Result<AnswerFormat, PageError> {
    match query.get("format") {
        None | Some("json") => Ok(AnswerFormat::Json),
        Some("csv") => Ok(AnswerFormat::Csv),
        Some("xlsx") => Ok(AnswerFormat::Book),
        Some(other) => Err(PageError::bad_request(format!("Format “{other}” tidak ada. Yang ada: json, csv, xlsx."))),
    }
}
