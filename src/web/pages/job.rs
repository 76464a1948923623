//! One job with its history, one run with its log and files, and the download of these.

use std::path::{Component, Path as FilePath};

use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;

use super::{PageQuery, html};
use crate::definitions::JobAction;
use crate::domain::format;
use crate::jobs::words::{moment, rules, what, when};
use crate::store::{KeptEvaluation, RunId};
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{PageError, PageResult};
use crate::web::pages::jobs::find;
use crate::web::query::{Query, encode};
use crate::web::site::Site;
use crate::web::view::frame::PageFrame;
use crate::web::view::links::Links;
use crate::web::view::run::RunView;

/// Rows of a job's history.
const HISTORY_MAX: u32 = 100;
const NEXT_MAX: usize = 10;
/// Bytes of a file that is handed out.
const FILE_BYTES_MAX: u64 = 2 << 30;

#[derive(Template)]
#[template(path = "job.html")]
struct JobPage {
    frame: PageFrame,
    name: String,
    what: String,
    cron: String,
    rules: Vec<String>,
    next: Vec<String>,
    history: Vec<RunView>,
    evaluations: Vec<KeptEvaluation>,
}

#[derive(Template)]
#[template(path = "run.html")]
struct RunPage {
    frame: PageFrame,
    run: RunView,
    since: String,
    counts: Vec<(String, i64)>,
    files: Vec<(usize, String, String)>,
    lines: Vec<(String, u32, String)>,
}

/// `/pekerjaan/{name}`: a job, when it is due and its last runs.
pub async fn one(site: Site, Path(name): Path<String>, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| show(site, &name, &query)).await
}

fn show(site: &Site, name: &str, query: &Query) -> PageResult {
    let app = site.app();
    let job = find(site, name)?;
    let frame = frame(site, query, &job.title, None)?;
    let zone = job.schedule.zone();
    let mut next = Vec::new();
    let mut after = app.clock().now();
    while let Some(due) = job.schedule.next_after(after).filter(|_| next.len() < NEXT_MAX) {
        next.push(moment(due, zone));
        after = due;
    }
    let history = app.ledger().runs(Some(&job.name), HISTORY_MAX)?;
    let evaluations = match job.run {
        JobAction::Evaluate { .. } => app.ledger().kept_evaluations(20)?,
        _ => Vec::new(),
    };
    html(&JobPage {
        frame,
        name: job.name.clone(),
        what: what(&job.run),
        cron: when(&job),
        rules: rules(&job),
        next,
        history: history.iter().map(|run| RunView::from_job(&job, run)).collect(),
        evaluations,
    })
}

/// `/pekerjaan/{name}/{run}`: one run of a job.
pub async fn run(site: Site, Path((_, id)): Path<(String, RunId)>, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| show_run(site, id, &query)).await
}

fn show_run(site: &Site, id: RunId, query: &Query) -> PageResult {
    let app = site.app();
    let ledger = app.ledger();
    let missing = || PageError::not_found("Catatan tugas otomatis dengan nomor itu tidak ada, atau sudah dihapus.");
    let row = ledger.run(id)?.ok_or_else(missing)?;
    let view = RunView::new(app, &row);
    let definitions = app.definitions();
    let job = definitions.jobs.iter().find(|job| job.name == row.job);
    let zone = job.map_or(chrono_tz::Tz::Asia__Jakarta, |job| job.schedule.zone());
    let title = format!("{} · {}", view.title, view.due);
    let frame = frame(site, query, &title, Some((view.title.clone(), row.job.clone())))?;
    let files = ledger.artefacts(id)?;
    let kilobytes = |size: u64| format::count(f64::from(u32::try_from(size.div_ceil(1_000)).unwrap_or(u32::MAX)));
    let files = files.iter().enumerate().map(|(place, file)| (place, file.path.clone(), kilobytes(file.size)));
    let lines = ledger.run_lines(id)?;
    let lines = lines.into_iter().map(|line| (moment(line.at, zone), line.attempt, line.line));
    html(&RunPage {
        frame,
        run: view,
        since: if row.covers > 1 { moment(row.since, zone) } else { String::new() },
        counts: ledger.run_counts(id)?,
        files: files.collect(),
        lines: lines.collect(),
    })
}

fn frame(site: &Site, query: &Query, title: &str, job: Option<(String, String)>) -> Result<PageFrame, PageError> {
    let chosen = ResolvedRequest::read(site, query, &[])?;
    let links = chosen.as_ref().map(Links::new).unwrap_or_default();
    let mut frame = PageFrame::new(site.app(), chosen.as_ref(), title, "/pekerjaan");
    frame.crumbs = vec![("Tugas otomatis".to_owned(), links.page("/pekerjaan"))];
    if let Some((title, name)) = job {
        frame.crumbs.push((title, links.page(&format!("/pekerjaan/{name}"))));
        frame.crumbs.push(("Catatan".to_owned(), String::new()));
    } else {
        frame.crumbs.push((title.to_owned(), String::new()));
    }
    Ok(frame)
}

/// `/berkas-pekerjaan/{run}/{place}`: a file that a run made.
pub async fn file(site: Site, Path((run, place)): Path<(RunId, usize)>) -> PageResult {
    site.compute(move |site| {
        let gone = || PageError::not_found("Berkas ini tidak ada lagi: mungkin sudah dipindahkan atau dihapus.");
        let files = site.ledger().artefacts(run)?;
        let path = files.get(place).map(|file| file.path.clone()).ok_or_else(gone)?;
        let below = FilePath::new(&path);
        if !below.components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(gone());
        }
        let full = site.app().data().join(below);
        let metadata = std::fs::symlink_metadata(&full).map_err(|_error| gone())?;
        if !metadata.is_file() || metadata.len() > FILE_BYTES_MAX {
            return Err(gone());
        }
        let bytes = std::fs::read(&full).map_err(|_error| gone())?;
        let name = below.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let disposition = format!("attachment; filename*=UTF-8''{}", encode(&name));
        let heads =
            [(header::CONTENT_TYPE, "application/octet-stream"), (header::CONTENT_DISPOSITION, disposition.as_str())];
        Ok((heads, bytes).into_response())
    })
    .await
}

/// `/evaluasi-tersimpan/{id}`: a kept evaluation as the contract's JSON.
pub async fn evaluation(site: Site, Path(id): Path<String>) -> PageResult {
    site.compute(move |site| {
        let kept = site.ledger().kept_evaluation(&id)?;
        let kept = kept.ok_or_else(|| PageError::not_found("Evaluasi tersimpan dengan nomor itu tidak ada."))?;
        let disposition = format!("attachment; filename=\"evaluasi-{}-{}.json\"", kept.period, kept.id);
        let heads = [(header::CONTENT_TYPE, "application/json"), (header::CONTENT_DISPOSITION, disposition.as_str())];
        Ok::<_, PageError>((heads, kept.contract).into_response())
    })
    .await
}
