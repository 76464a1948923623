//! The audit for programs and as files: a page of rows as JSON, or all rows that are asked for as CSV, sent piece by
//! piece, or as a workbook.

use axum::Json;
use axum::http::header;
use axum::response::IntoResponse;
use serde::Serialize;
use utoipa::ToSchema;

use super::params::AuditParams;
use super::{AnswerFormat, ApiResult, asked_format, pieces};
use crate::app::audit::{AUDIT_HEADS, AuditAsked, AuditLines, AuditPage, row_json};
use crate::app::facts_lines::LineForm;
use crate::web::csv_text::{CsvField, book_answer};
use crate::web::error::ApiError;
use crate::web::pages::PageQuery;
use crate::web::pages::audit::{asked, page_of, refused};
use crate::web::site::Site;

/// Name of the files.
const FILE: &str = "jejak-audit";

/// A page of the audit.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AuditAnswer {
    /// Rows, the latest first: `number`, `at`, `account`, `origin`, `action`, `label`, `puskesmas`, `record`, `before`,
    /// `after` (names with values) and `hash`.
    #[schema(value_type = Vec<Object>)]
    pub rows: Vec<serde_json::Value>,
    /// Rows in all.
    pub total: u64,
    /// Number of this page, from 1.
    pub page: u64,
    /// Number of pages.
    pub pages: u64,
}

/// Who changed what: a page of rows, or all that are asked for as CSV or workbook.
#[utoipa::path(
    get,
    path = "/api/v1/audit",
    params(
        AuditParams
    ),
    responses((status = 200, description = "Rows of the audit", content(
        (AuditAnswer = "application/json"),
        (String = "text/csv"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    ))),
)]
pub async fn audit(site: Site, PageQuery(query): PageQuery) -> ApiResult {
    let wanted = asked(&query)?;
    match asked_format(&query)? {
        AnswerFormat::Json => {
            let page = page_of(&query);
            site.compute::<_, ApiError>(move |site| {
                let AuditPage { rows, all, page, pages } = site.app().audit().page(&wanted, page).map_err(refused)?;
                let rows: Vec<_> = rows.iter().map(row_json).collect();
                Ok(Json(AuditAnswer { rows, total: all, page, pages }).into_response())
            })
            .await
        }
        AnswerFormat::Csv => lines(site, wanted).await,
        AnswerFormat::Book => {
            site.compute::<_, ApiError>(move |site| {
                let rows = site.app().audit().book_rows(&wanted).map_err(refused)?.into_iter();
                let rows: Vec<Vec<CsvField>> = rows.map(|row| row.map(CsvField::Text).to_vec()).collect();
                Ok(book_answer(FILE, "Jejak audit", &AUDIT_HEADS.map(ToOwned::to_owned), &rows)?)
            })
            .await
        }
    }
}

async fn lines(site: Site, wanted: AuditAsked) -> ApiResult {
    let lines: AuditLines = site
        .compute::<_, ApiError>(move |site| {
            Ok(site.app().audit().lines(&wanted, LineForm::SpreadsheetCsv).map_err(refused)?)
        })
        .await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{FILE}.csv\"")),
    ];
    Ok((headers, pieces::body(site, "jejak audit", lines, AuditLines::next_piece)).into_response())
}
