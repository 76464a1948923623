//! Entries of a table, row by row with their origin.

use axum::Json;
use axum::response::IntoResponse;
use serde_json::{Map, Value, json};

use super::ApiResult;
use crate::domain::Table;
use crate::store::StoredEntry;
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{ApiError, PageError};
use crate::web::pages::PageQuery;
use crate::web::query::Query;
use crate::web::site::Site;

/// `/entries?tabel=`: the rows of one table; of achievements those of the period's year.
pub async fn entries(site: Site, PageQuery(query): PageQuery) -> ApiResult {
    site.compute(move |site| {
        let table = table(&query)?;
        let chosen = ResolvedRequest::read(site, &query, &[])?;
        let year = chosen.as_ref().map(|chosen| chosen.subject.period.year());
        let puskesmas = chosen.map(|chosen| chosen.puskesmas).unwrap_or_default();
        let year = year.filter(|_| table == Table::Achievements);
        let entries = site.app().entries(&puskesmas, table, year).map_err(PageError::from)?;
        let entries: Vec<Value> = entries.iter().map(entry).collect();
        Ok::<_, ApiError>(Json(json!({ "table": table.code(), "entries": entries })).into_response())
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

/// Fields by their codes, as pages show them.
fn entry(entry: &StoredEntry) -> Value {
    let fields = entry.fields.iter().map(|(field, value)| (field.code().to_owned(), json!(value)));
    json!({
        "id": entry.id,
        "fields": fields.collect::<Map<_, _>>(),
        "file": entry.file_name,
        "place": entry.place,
        "import": entry.batch,
        "who": entry.who,
        "at": entry.at.to_rfc3339(),
    })
}
