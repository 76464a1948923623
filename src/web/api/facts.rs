//! Every fact that counts, as the command line prints it, sent piece by piece.

use axum::http::header;
use axum::response::IntoResponse;

use super::params::FormatParams;
use super::{ApiResult, pieces, wants_csv};
use crate::app::facts_lines::{FactLines, LineForm};
use crate::web::error::{ApiError, PageError};
use crate::web::pages::PageQuery;
use crate::web::site::Site;

/// Every fact that counts: one JSON object a line, or CSV.
#[utoipa::path(
    get,
    path = "/api/v1/facts",
    params(
        FormatParams,
        ("puskesmas" = Option<String>, Query, description = "Name of the Puskesmas; without it all"),
        ("file" = Option<String>, Query, description = "Name of the file that gave the value")
    ),
    responses((status = 200, description = "One fact a line", content(
        (String = "application/x-ndjson"),
        (String = "text/csv")
    ))),
)]
pub async fn facts(site: Site, PageQuery(query): PageQuery) -> ApiResult {
    let is_csv = wants_csv(&query)?;
    let form = if is_csv { LineForm::SpreadsheetCsv } else { LineForm::Json };
    let asked = move |site: &Site| {
        let lines = site.app().fact_lines(query.get("puskesmas"), query.get("file"), form);
        lines.map_err(PageError::from)
    };
    let lines: FactLines = site.compute::<_, ApiError>(move |site| Ok(asked(site)?)).await?;
    let body = pieces::body(site, "fakta", lines, FactLines::next_piece);
    let csv = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"fakta.csv\""),
    ];
    Ok(if is_csv {
        (csv, body).into_response()
    } else {
        ([(header::CONTENT_TYPE, "application/x-ndjson")], body).into_response()
    })
}
