//! *Pekerjaan*: what runs by itself, how it stands, what it did; run now, pause; live where scripts run.

use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};

use super::{PageQuery, html};
use crate::definitions::Job;
use crate::jobs::standing::{DueState, standings};
use crate::jobs::words::{missed, moment};
use crate::jobs::{JobError, request};
use crate::store::RunState;
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{PageError, PageResult};
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::frame::PageFrame;
use crate::web::view::run::{NoticeView, RunView, notice_views};
use crate::web::view::symbol::Symbol;

/// Rows of the ledger below the jobs.
const RECENT_MAX: u32 = 15;
const NOTICES_MAX: u32 = 10;

#[derive(Template)]
#[template(path = "jobs.html")]
struct JobsPage {
    frame: PageFrame,
    /// The part that changes by itself, and a number made from it: news begin with what differs from it.
    live: String,
    seen: u64,
    is_empty: bool,
}

/// The part of the page that changes by itself.
#[derive(Template)]
#[template(path = "_jobs.html")]
struct LiveJobs {
    /// Faults of definition files.
    faults: Vec<String>,
    jobs: Vec<JobView>,
    recent: Vec<RunView>,
    notices: Vec<NoticeView>,
}

/// One job, in words.
struct JobView {
    name: String,
    title: String,
    /// Blank where there is none.
    next: String,
    last: Option<RunView>,
    running: Option<RunView>,
    waiting: usize,
    missed: String,
    paused: String,
    trouble: String,
    symbol: Symbol,
    word: &'static str,
}

/// `/pekerjaan`: all jobs, and the last notices.
pub async fn list(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| show(site, &query)).await
}

fn show(site: &Site, query: &Query) -> PageResult {
    let app = site.app();
    let chosen = ResolvedRequest::read(site, query, &[])?;
    let mut frame = PageFrame::new(app, chosen.as_ref(), "Status tugas otomatis", "/pekerjaan");
    "Yang berjalan sendiri selama layanan hidup: kapan terakhir, apa hasilnya, kapan lagi"
        .clone_into(&mut frame.subtitle);
    let live = live(site)?;
    let is_empty = live.jobs.is_empty() && live.faults.is_empty();
    let live = live.render()?;
    let seen = super::live::seen(&live);
    html(&JobsPage { frame, live, seen, is_empty })
}

fn live(site: &Site) -> Result<LiveJobs, PageError> {
    let app = site.app();
    let mut jobs: Vec<JobView> = standings(app)?.iter().map(view).collect();
    // What needs attention comes first.
    jobs.sort_by_key(|job| job.trouble.is_empty());
    let recent = app.ledger().runs(None, RECENT_MAX)?;
    let recent = recent.iter().map(|run| RunView::new(app, run)).collect();
    let faults = app.held_definitions().faults();
    Ok(LiveJobs { faults, jobs, recent, notices: notice_views(app, &app.ledger().notices(NOTICES_MAX)?) })
}

fn view(standing: &DueState) -> JobView {
    let job = &standing.job;
    let zone = job.schedule.zone();
    let row = |run| RunView::from_job(job, run);
    let running = standing.open.iter().find(|run| run.state == RunState::Running).map(row);
    let waiting = standing.open.iter().filter(|run| run.state == RunState::Due).count();
    let last = standing.last.as_ref().map(row);
    let (symbol, word) = match (&running, &last) {
        (Some(_), _) => (Symbol::Run, "Sedang berjalan"),
        _ if waiting > 0 => (Symbol::Wait, "Menunggu giliran"),
        _ if standing.paused.is_some() => (Symbol::Neutral, "Dijeda"),
        (None, Some(last)) => (last.symbol, last.word),
        (None, None) => (Symbol::Neutral, "Belum pernah berjalan"),
    };
    JobView {
        name: job.name.clone(),
        title: job.title.clone(),
        next: standing.next.map(|due| moment(due, zone)).unwrap_or_default(),
        last,
        running,
        waiting,
        missed: missed(&standing.missed, zone),
        paused: standing
            .paused
            .as_ref()
            .map(|(at, who)| format!("{} oleh {who}", moment(*at, zone)))
            .unwrap_or_default(),
        trouble: standing.trouble.clone(),
        symbol,
        word,
    }
}

/// `/pekerjaan-kabar`: the changing part of the page, anew whenever it changed (server-sent events).
pub async fn news(site: Site, PageQuery(query): PageQuery) -> impl IntoResponse {
    super::live::news(site, &query, |site| Ok(live(site)?.render()?))
}

/// `POST /pekerjaan/{name}/jalankan`: asks for a run now.
pub async fn run_now(site: Site, Path(name): Path<String>) -> PageResult {
    site.take_in(move |site| {
        let job = find(site, &name)?;
        match request(site.app(), &job.name) {
            // Under way or waiting already: the page shows so.
            Ok(_) | Err(JobError::Open { .. }) => Ok(back()),
            Err(error) => Err(error.into()),
        }
    })
    .await
}

/// `POST /pekerjaan/{name}/jeda`: a paused job is not due.
pub async fn pause(site: Site, Path(name): Path<String>) -> PageResult {
    site.take_in(move |site| set_pause(site, &name, true)).await
}

/// `POST /pekerjaan/{name}/lanjut`: ends the pause of a job.
pub async fn resume(site: Site, Path(name): Path<String>) -> PageResult {
    site.take_in(move |site| set_pause(site, &name, false)).await
}

fn set_pause(site: &Site, name: &str, is_paused: bool) -> PageResult {
    let app = site.app();
    let job = find(site, name)?;
    app.ledger().pause_job(&job.name, is_paused, app.by())?;
    Ok(back())
}

fn back() -> Response {
    Redirect::to("/pekerjaan").into_response()
}

/// The job of this name.
pub fn find(site: &Site, name: &str) -> Result<Job, PageError> {
    let definitions = site.app().definitions();
    definitions.jobs.iter().find(|job| job.name == name).cloned().ok_or_else(|| {
        PageError::not_found(format!("Tugas otomatis “{name}” tidak ada. Yang ada disebut di halaman Tugas otomatis."))
    })
}

/// `/metrics`: Prometheus text.
pub async fn prometheus(site: Site) -> PageResult {
    site.compute(|site| {
        let text = site.metrics()?;
        Ok::<_, PageError>(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response())
    })
    .await
}
