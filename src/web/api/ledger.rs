//! Imports and jobs: what came in, what ran.

use axum::Json;
use axum::response::IntoResponse;
use serde_json::json;

use super::{ApiResult, wants_csv};
use crate::jobs::words::when;
use crate::store::{BatchSummary, JobRun};
use crate::web::chosen::ResolvedRequest;
use crate::web::csv_text::{CsvField, csv_answer};
use crate::web::error::{ApiError, PageError};
use crate::web::pages::PageQuery;
use crate::web::pages::imports::batches;
use crate::web::site::Site;

/// `/imports`: the history, the latest first.
pub async fn imports(site: Site, PageQuery(query): PageQuery) -> ApiResult {
    site.compute(move |site| {
        let chosen = ResolvedRequest::read(site, &query, &[])?;
        let history = batches(site, chosen.as_ref())?;
        if wants_csv(&query)? {
            let heads = ["Nomor", "Berkas", "Puskesmas", "Waktu", "Oleh", "Baris", "Ditolak", "Peringatan", "SHA-256"];
            let rows: Vec<Vec<CsvField>> = history.iter().map(batch_fields).collect();
            return Ok(csv_answer("impor", &heads.map(ToOwned::to_owned), &rows)?);
        }
        let list: Vec<_> = history.iter().map(batch_json).collect();
        Ok::<_, ApiError>(Json(json!({ "imports": list })).into_response())
    })
    .await
}

fn batch_fields(batch: &BatchSummary) -> Vec<CsvField> {
    let seen: u32 = batch.recaps.iter().map(|recap| recap.rows_seen).sum();
    let rejected: u32 = batch.recaps.iter().map(|recap| recap.rows_rejected).sum();
    vec![
        CsvField::text(batch.batch.to_string()),
        CsvField::text(batch.file_name.clone()),
        CsvField::text(batch.puskesmas.clone()),
        CsvField::text(batch.at.to_rfc3339()),
        CsvField::text(batch.who.clone()),
        CsvField::Number(f64::from(seen)),
        CsvField::Number(f64::from(rejected)),
        CsvField::Number(f64::from(batch.warnings)),
        CsvField::text(batch.sha256.clone()),
    ]
}

fn batch_json(batch: &BatchSummary) -> serde_json::Value {
    let recaps = batch.recaps.iter().map(|recap| {
        let (first, last) = recap.received.months();
        json!({
            "sheet": recap.sheet, "table": recap.table.code(), "first_month": first.to_string(),
            "last_month": last.to_string(), "rows": recap.rows_seen, "rejected": recap.rows_rejected,
        })
    });
    json!({
        "batch": batch.batch, "file": batch.file_name, "by_form": batch.by_form, "puskesmas": batch.puskesmas, "sha256": batch.sha256,
        "at": batch.at.to_rfc3339(), "by": batch.who, "continues": batch.continues,
        "undone": batch.undone.as_ref().map(|(at, who)| json!({"at": at.to_rfc3339(), "by": who})),
        "errors": batch.errors, "warnings": batch.warnings, "sheets": recaps.collect::<Vec<_>>(),
        "original": format!("/impor/{}/berkas", batch.batch),
    })
}

/// `/jobs`: every job with its last and next run.
pub async fn jobs(site: Site, PageQuery(query): PageQuery) -> ApiResult {
    site.compute(move |site| {
        let app = site.app();
        let now = app.clock().now();
        let mut found = Vec::new();
        let definitions = app.definitions();
        for job in &definitions.jobs {
            let last = app.ledger().last_run(&job.name).map_err(PageError::from)?;
            found.push((job, last, job.schedule.next_after(now)));
        }
        if wants_csv(&query)? {
            let heads = ["Tugas", "Jadwal", "Terakhir", "Hasil", "Pesan", "Berikutnya"].map(ToOwned::to_owned);
            let word = |run: &Option<JobRun>, pick: fn(&JobRun) -> String| {
                run.as_ref().map_or(CsvField::Blank, |run| CsvField::Text(pick(run)))
            };
            let rows = found.iter().map(|(job, last, next)| {
                vec![
                    CsvField::text(job.title.clone()),
                    CsvField::text(when(job)),
                    word(last, |run| run.started.unwrap_or(run.due).to_rfc3339()),
                    word(last, |run| run.state.code().to_owned()),
                    word(last, |run| run.message.clone()),
                    next.map_or(CsvField::Blank, |due| CsvField::text(due.to_rfc3339())),
                ]
            });
            return Ok(csv_answer("pekerjaan", &heads, &rows.collect::<Vec<_>>())?);
        }
        let list = found.iter().map(|(job, last, next)| {
            json!({
                "job": job.name, "title": job.title, "cron": job.schedule.expression(), "after": job.after,
                "zone": job.schedule.zone().to_string(), "next": next.map(|due| due.to_rfc3339()),
                "last": last.as_ref().map(|run| json!({
                    "due": run.due.to_rfc3339(), "started": run.started.map(|at| at.to_rfc3339()),
                    "ended": run.ended.map(|at| at.to_rfc3339()), "state": run.state.code(), "reason": run.reason.code(),
                    "attempt": run.attempt, "message": run.message,
                })),
            })
        });
        Ok::<_, ApiError>(Json(json!({ "jobs": list.collect::<Vec<_>>() })).into_response())
    })
    .await
}
