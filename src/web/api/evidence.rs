//! Evidence files: what each is evidence of, who attached it, who withdrew it.

use axum::Json;
use axum::response::IntoResponse;
use serde_json::json;

use super::{ApiResult, wants_csv};
use crate::domain::EvidenceOf;
use crate::store::StoredEvidence;
use crate::web::chosen::ResolvedRequest;
use crate::web::csv_text::{CsvField, csv_answer};
use crate::web::error::{ApiError, PageError};
use crate::web::pages::PageQuery;
use crate::web::pages::evidence::file_path;
use crate::web::site::Site;

/// `/evidence`: the files of one Puskesmas, withdrawn ones too.
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
        let list: Vec<_> = files.iter().map(file_json).collect();
        Ok::<_, ApiError>(Json(json!({ "puskesmas": chosen.puskesmas, "evidence": list })).into_response())
    })
    .await
}

fn about(of: &EvidenceOf) -> serde_json::Value {
    match of {
        EvidenceOf::Visit { facility, date, form } => {
            json!({"sort": "visit", "facility": facility, "date": date.to_string(), "form": form})
        }
        EvidenceOf::FollowUp { facility, visit_date, item } => {
            json!({"sort": "follow_up", "facility": facility, "visit_date": visit_date.to_string(), "item": item})
        }
        EvidenceOf::Meeting { month, sort } => {
            json!({"sort": "meeting", "month": month.to_string(), "meeting": sort.label().to_lowercase()})
        }
        EvidenceOf::Element { element, year } => json!({"sort": "element", "element": element.code(), "year": year}),
    }
}

fn file_json(stored: &StoredEvidence) -> serde_json::Value {
    let file = &stored.file;
    json!({
        "id": stored.id, "of": about(&stored.of), "kind": stored.kind.code(), "file": file.name,
        "format": file.format.ending(), "size_bytes": file.size, "sha256": file.sha256, "by": file.who,
        "at": file.at.to_rfc3339(),
        "withdrawn": stored.withdrawn.as_ref().map(|(at, who)| json!({"at": at.to_rfc3339(), "by": who})),
        "download": file_path(stored.id),
    })
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
