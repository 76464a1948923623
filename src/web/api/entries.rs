//! Entries of a table, row by row with their origin.

use std::collections::BTreeMap;

use axum::Json;
use axum::response::IntoResponse;
use serde::Serialize;
use utoipa::ToSchema;

use super::ApiResult;
use super::params::SubjectParams;
use crate::domain::Table;
use crate::store::StoredEntry;
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{ApiError, PageError};
use crate::web::pages::PageQuery;
use crate::web::query::Query;
use crate::web::site::Site;

/// Rows of a table.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EntriesAnswer {
    /// Code of the table.
    pub table: String,
    /// Rows.
    pub entries: Vec<EntryAnswer>,
}

/// Row of a table.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EntryAnswer {
    /// Hash of its key.
    pub id: String,
    /// Fields that are not blank, by their codes, as pages show them.
    pub fields: BTreeMap<String, String>,
    /// File of its last row.
    pub file: String,
    /// Sheet and cell.
    pub place: String,
    /// Number of the import.
    pub import: i64,
    /// Account that brought it.
    pub who: String,
    /// Moment (RFC 3339).
    pub at: String,
}

/// The rows of one table; of achievements those of the period's year.
#[utoipa::path(
    get,
    path = "/api/v1/entries",
    params(
        SubjectParams,
        ("tabel" = String, Query, description = "Code of the table, such as `follow_ups`")
    ),
    responses((status = 200, description = "Rows with their origin", content(
        (EntriesAnswer = "application/json")
    ))),
)]
pub async fn entries(site: Site, PageQuery(query): PageQuery) -> ApiResult {
    site.compute(move |site| {
        let table = table(&query)?;
        let chosen = ResolvedRequest::read(site, &query, &[])?;
        let year = chosen.as_ref().map(|chosen| chosen.subject.period.year());
        let puskesmas = chosen.map(|chosen| chosen.puskesmas).unwrap_or_default();
        let year = year.filter(|_| table == Table::Achievements);
        let entries = site.app().entries(&puskesmas, table, year).map_err(PageError::from)?;
        let entries = entries.iter().map(entry).collect();
        Ok::<_, ApiError>(Json(EntriesAnswer { table: table.code().to_owned(), entries }).into_response())
    })
    .await
}

fn table(query: &Query) -> Result<Table, PageError> {
    let table = query.get("tabel").and_then(Table::from_code);
    table.ok_or_else(|| {
        let known: Vec<&str> = Table::ALL.into_iter().map(Table::code).collect();
        PageError::bad_request(format!("Tulis tabel= salah satu dari {}.", known.join(", ")))
    })
}

fn entry(entry: &StoredEntry) -> EntryAnswer {
    EntryAnswer {
        id: entry.id.clone(),
        fields: entry.fields.iter().map(|(field, value)| (field.code().to_owned(), value.clone())).collect(),
        file: entry.file_name.clone(),
        place: entry.place.clone(),
        import: entry.batch,
        who: entry.who.clone(),
        at: entry.at.to_rfc3339(),
    }
}
