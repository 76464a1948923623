//! *Pekerjaan*: what runs by itself, its last and next run.

use askama::Template;
use axum::extract::State;
use chrono::{DateTime, Utc};

use super::{Asked, html};
use crate::definitions::{Job, Run};
use crate::jobs::outcome;
use crate::web::chosen::Chosen;
use crate::web::error::{PageError, PageResult};
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::frame::Frame;
use crate::web::view::time::moment;

#[derive(Template)]
#[template(path = "jobs.html")]
struct JobsPage {
    frame: Frame,
    jobs: Vec<JobView>,
    problems: Vec<String>,
}

/// One job, in words.
#[derive(Clone, Debug)]
pub struct JobView {
    /// Name of its file.
    pub name: String,
    /// Title.
    pub title: String,
    /// What it does.
    pub what: String,
    /// When, as written.
    pub cron: String,
    /// Next due time; empty where there is none.
    pub next: String,
    /// Last run: when due, state word, symbol, message; `None` where it never ran.
    pub last: Option<LastRun>,
}

/// The last run of a job.
#[derive(Clone, Debug)]
pub struct LastRun {
    /// When it started.
    pub started: String,
    /// How it ended, in a word.
    pub word: String,
    /// Symbol of that.
    pub symbol: &'static str,
    /// What happened.
    pub message: String,
}

/// `/pekerjaan`.
pub async fn list(State(site): State<Site>, Asked(query): Asked) -> PageResult {
    site.compute(move |site| show(site, &query)).await
}

fn show(site: &Site, query: &Query) -> PageResult {
    let app = site.app();
    let chosen = Chosen::read(site, query, &[])?;
    let mut frame = Frame::new(app, chosen.as_ref(), "Pekerjaan terjadwal", "/pekerjaan");
    "Apa yang berjalan sendiri selama layanan hidup, kapan terakhir, kapan lagi".clone_into(&mut frame.subtitle);
    let problems = app.diagnostics().iter().map(ToString::to_string).collect();
    html(&JobsPage { frame, jobs: views(site)?, problems })
}

/// All jobs as of now.
pub fn views(site: &Site) -> Result<Vec<JobView>, PageError> {
    let app = site.app();
    let now = app.clock().now();
    app.definitions().jobs.iter().map(|job| view(site, job, now)).collect()
}

fn view(site: &Site, job: &Job, now: DateTime<Utc>) -> Result<JobView, PageError> {
    let zone = job.schedule.zone();
    let last = site.app().store().last_run(&job.name)?.map(|run| {
        let (word, symbol) = match run.outcome.as_str() {
            outcome::DONE => ("Selesai", "good"),
            outcome::FAILED => ("Gagal", "poor"),
            outcome::MISSED => ("Terlewat", "fair"),
            outcome::RUNNING => ("Sedang berjalan", "none"),
            other => (other, "none"),
        };
        LastRun { started: moment(run.started, &zone), word: word.to_owned(), symbol, message: run.message.clone() }
    });
    let Run::Import { folder } = &job.run;
    Ok(JobView {
        name: job.name.clone(),
        title: job.title.clone(),
        what: format!("Mengimpor berkas Excel dari {}", site.app().data().join(folder).display()),
        cron: format!("{} ({zone})", job.schedule.expression()),
        next: job.schedule.next_after(now).map(|due| moment(due, &zone)).unwrap_or_default(),
        last,
    })
}
