//! Figures that were kept with a step: a table of all facilities, and the whole as JSON. Computes nothing: it shows what
//! was written down then.

use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use serde::Deserialize;
use serde_json::Value;

use super::{PATH, PERIODS};
use crate::app::approvals::{FormerEvaluation, step_words};
use crate::domain::name::slug;
use crate::domain::{CoachingIndicator, Status, format};
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{PageError, PageResult};
use crate::web::pages::{PageQuery, html};
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::frame::PageFrame;
use crate::web::view::links::Links;

#[derive(Template)]
#[template(path = "former.html")]
struct FormerPage {
    frame: PageFrame,
    /// When and by whom it was decided.
    taken: String,
    reason: String,
    snapshot: String,
    /// Address of the whole as JSON.
    json: String,
    heads: Vec<String>,
    rows: Vec<KeptFigureRow>,
}

/// Form in which the figures are asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct AskedForm {
    format: FormerFormat,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
enum FormerFormat {
    #[serde(rename = "json")]
    Json,
    #[default]
    #[serde(other)]
    Page,
}

struct KeptFigureRow {
    name: String,
    cells: Vec<String>,
}

/// `GET /persetujuan/angka/{step}`; with `format=json` as it was written.
pub async fn show(site: Site, Path(step): Path<i64>, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| page(site, step, &query)).await
}

fn page(site: &Site, step: i64, query: &Query) -> PageResult {
    let chosen = ResolvedRequest::need(site, query, &PERIODS)?;
    let period = chosen.subject.period;
    let former = site.app().approvals().former(&chosen.puskesmas, period, step)?;
    let former = former.ok_or_else(|| {
        PageError::not_found(
            "Tidak ada angka yang disimpan dengan nomor itu untuk periode ini; pilih dari riwayat Persetujuan.",
        )
    })?;
    if query.read::<AskedForm>()?.format == FormerFormat::Json {
        let name = format!("evaluasi-{period}-{}-{}.json", slug(&chosen.puskesmas), former.step.snapshot);
        let disposition = format!("attachment; filename=\"{name}\"");
        let heads = [(header::CONTENT_TYPE, "application/json"), (header::CONTENT_DISPOSITION, disposition.as_str())];
        return Ok((heads, former.contract).into_response());
    }
    let links = Links::new(&chosen);
    let path = format!("{PATH}/angka/{step}");
    let title = format!("Angka {} yang disimpan", format::period(period));
    let mut frame = PageFrame::new(site.app(), Some(&chosen), &title, PATH);
    frame.period = format::period(period);
    // These figures are not those of the line below the title.
    frame.standing = None;
    frame.crumbs = vec![("Persetujuan".to_owned(), links.page(PATH)), (title, String::new())];
    let FormerEvaluation { step, .. } = &former;
    html(&FormerPage {
        taken: format!("{} {}", step.step.done(), step_words(step, site.app().clock())),
        reason: step.reason.clone(),
        snapshot: step.snapshot.clone(),
        json: links.page_with(&path, "format", "json"),
        heads: CoachingIndicator::ALL.map(|indicator| indicator.code().to_owned()).to_vec(),
        rows: rows(&former.json()),
        frame,
    })
}

fn rows(evaluation: &Value) -> Vec<KeptFigureRow> {
    let facilities = evaluation["facilities"].as_array().cloned().unwrap_or_default();
    let mut rows: Vec<KeptFigureRow> =
        facilities.iter().map(|one| row(one["name"].as_str().unwrap_or_default(), one)).collect();
    rows.push(row("Semua faskes", &evaluation["total"]));
    rows
}

fn row(name: &str, block: &Value) -> KeptFigureRow {
    let percent = |value: &Value| value.as_f64().map_or_else(|| "–".to_owned(), format::percent);
    let status = Status::ALL.into_iter().find(|status| block["status"] == status.code());
    let mut cells = vec![percent(&block["score"]), status.map_or("–", Status::label).to_owned()];
    cells.extend(CoachingIndicator::ALL.map(|indicator| percent(&block["indicators"][indicator.code()]["value"])));
    KeptFigureRow { name: name.to_owned(), cells }
}
