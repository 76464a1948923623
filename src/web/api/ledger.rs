//! Imports and jobs: what came in, what ran.

use axum::Json;
use axum::response::IntoResponse;
use serde::Serialize;
use utoipa::ToSchema;

use super::evidence::DeedAnswer;
use super::params::{FormatParams, SubjectParams};
use super::{ApiResult, wants_csv};
use crate::jobs::words::when;
use crate::store::{BatchSummary, JobRun};
use crate::web::chosen::ResolvedRequest;
use crate::web::csv_text::{CsvField, csv_answer};
use crate::web::error::{ApiError, PageError};
use crate::web::pages::PageQuery;
use crate::web::pages::imports::batches;
use crate::web::site::Site;

/// Files and forms that were accepted.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportsAnswer {
    /// Imports, the latest first.
    pub imports: Vec<ImportAnswer>,
}

/// Accepted file or form.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportAnswer {
    /// Number.
    pub batch: i64,
    /// Name of the file.
    pub file: String,
    /// True for what was written by a form.
    pub by_form: bool,
    /// Name of the Puskesmas.
    pub puskesmas: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Moment (RFC 3339).
    pub at: String,
    /// Account.
    pub by: String,
    /// Number of the import that it continues.
    pub continues: Option<i64>,
    /// Taking back.
    pub undone: Option<DeedAnswer>,
    /// Issues that rejected something.
    pub errors: u32,
    /// Warnings.
    pub warnings: u32,
    /// Tables that it held.
    pub sheets: Vec<ImportedSheetAnswer>,
    /// Address of the original.
    pub original: String,
}

/// Table of an imported file.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportedSheetAnswer {
    /// Name of the sheet.
    pub sheet: String,
    /// Code of the table.
    pub table: String,
    /// First month that it covers.
    pub first_month: String,
    /// Last month that it covers.
    pub last_month: String,
    /// Rows with data.
    pub rows: u32,
    /// Rows of which something was rejected.
    pub rejected: u32,
}

/// Scheduled jobs.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JobsAnswer {
    /// Jobs by name.
    pub jobs: Vec<JobAnswer>,
}

/// Scheduled job.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JobAnswer {
    /// Name.
    pub job: String,
    /// Title.
    pub title: String,
    /// Its times, in the words of cron.
    pub cron: String,
    /// Job that it follows.
    pub after: Option<String>,
    /// Time zone.
    pub zone: String,
    /// Next due time (RFC 3339).
    pub next: Option<String>,
    /// Last run.
    pub last: Option<JobRunAnswer>,
}

/// Run of a job.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JobRunAnswer {
    /// Due time (RFC 3339).
    pub due: String,
    /// Begin.
    pub started: Option<String>,
    /// End.
    pub ended: Option<String>,
    /// Code of its state.
    pub state: String,
    /// Code of the reason that began it.
    pub reason: String,
    /// Number of the try.
    pub attempt: u32,
    /// Outcome in a sentence.
    pub message: String,
}

/// The history, the latest first.
#[utoipa::path(
    get,
    path = "/api/v1/imports",
    params(
        SubjectParams
    ),
    responses((status = 200, description = "Imports, the latest first", content(
        (ImportsAnswer = "application/json"),
        (String = "text/csv")
    ))),
)]
pub async fn imports(site: Site, PageQuery(query): PageQuery) -> ApiResult {
    site.compute(move |site| {
        let chosen = ResolvedRequest::read(site, &query, &[])?;
        let history = batches(site, chosen.as_ref())?;
        if wants_csv(&query)? {
            let heads = ["Nomor", "Berkas", "Puskesmas", "Waktu", "Oleh", "Baris", "Ditolak", "Peringatan", "SHA-256"];
            let rows: Vec<Vec<CsvField>> = history.iter().map(batch_fields).collect();
            return Ok(csv_answer("impor", &heads.map(ToOwned::to_owned), &rows)?);
        }
        let imports = history.iter().map(batch_json).collect();
        Ok::<_, ApiError>(Json(ImportsAnswer { imports }).into_response())
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

fn batch_json(batch: &BatchSummary) -> ImportAnswer {
    let sheets = batch.recaps.iter().map(|recap| {
        let (first, last) = recap.received.months();
        ImportedSheetAnswer {
            sheet: recap.sheet.clone(),
            table: recap.table.code().to_owned(),
            first_month: first.to_string(),
            last_month: last.to_string(),
            rows: recap.rows_seen,
            rejected: recap.rows_rejected,
        }
    });
    ImportAnswer {
        batch: batch.batch,
        file: batch.file_name.clone(),
        by_form: batch.by_form,
        puskesmas: batch.puskesmas.clone(),
        sha256: batch.sha256.clone(),
        at: batch.at.to_rfc3339(),
        by: batch.who.clone(),
        continues: batch.continues,
        undone: batch.undone.as_ref().map(|(at, who)| DeedAnswer { at: at.to_rfc3339(), by: who.clone() }),
        errors: batch.errors,
        warnings: batch.warnings,
        sheets: sheets.collect(),
        original: format!("/impor/{}/berkas", batch.batch),
    }
}

/// Every job with its last and next run.
#[utoipa::path(
    get,
    path = "/api/v1/jobs",
    params(
        FormatParams
    ),
    responses((status = 200, description = "Jobs with their last and next run", content(
        (JobsAnswer = "application/json"),
        (String = "text/csv")
    ))),
)]
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
        let jobs = found.iter().map(|(job, last, next)| JobAnswer {
            job: job.name.clone(),
            title: job.title.clone(),
            cron: job.schedule.expression().to_string(),
            after: job.after.clone(),
            zone: job.schedule.zone().to_string(),
            next: next.map(|due| due.to_rfc3339()),
            last: last.as_ref().map(run_json),
        });
        Ok::<_, ApiError>(Json(JobsAnswer { jobs: jobs.collect() }).into_response())
    })
    .await
}

fn run_json(run: &JobRun) -> JobRunAnswer {
    JobRunAnswer {
        due: run.due.to_rfc3339(),
        started: run.started.map(|at| at.to_rfc3339()),
        ended: run.ended.map(|at| at.to_rfc3339()),
        state: run.state.code().to_owned(),
        reason: run.reason.code().to_owned(),
        attempt: run.attempt,
        message: run.message.clone(),
    }
}
