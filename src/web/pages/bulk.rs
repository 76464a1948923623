//! *Semua laporan*: every paper of a period, of every Puskesmas, in one go; live where scripts run, one ZIP in the end.

use std::path::Path;

use askama::Template;
use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Redirect};
use futures_util::stream;
use serde::Deserialize;

use super::live::{news, seen};
use super::paper::{LIST, PERIODS};
use super::{PageQuery, html};
use crate::app::papers::bulk::BulkRequest;
use crate::app::papers::reports::ReportRequest;
use crate::domain::{FileFormat, ReportKind, format};
use crate::web::bulk::{Bulk, BulkOrder, BulkState};
use crate::web::bulk_run::begin;
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{PageError, PageResult};
use crate::web::form::Submitted;
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::frame::PageFrame;

/// Path of the page.
pub const PATH: &str = "/laporan-semua";
/// Failures that are named on the page; the rest stands in the archive's list.
const FAILURES_SHOWN: usize = 20;
/// Bytes of the archive that are read in one go.
const PIECE_BYTES: usize = 256 << 10;

#[derive(Template)]
#[template(path = "bulk.html")]
struct BulkPage {
    frame: PageFrame,
    live: String,
    seen: u64,
}

/// The part of the page that changes by itself.
#[derive(Template)]
#[template(path = "_bulk.html")]
struct LiveBulk {
    /// A sentence about the order; blank where nothing was asked for since the service began.
    what: String,
    /// Step, papers done and in all, while it is under way.
    progress: Option<(String, usize, usize)>,
    /// Papers in the archive, and its size in words, once it is there.
    done: Option<(usize, String)>,
    failed: Vec<String>,
    more_failed: usize,
    /// Why there is no archive.
    problem: String,
}

/// `/laporan-semua`: the form for all papers of a period, or how far they are.
pub async fn show(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| page(site, &query)).await
}

fn page(site: &Site, query: &Query) -> PageResult {
    let chosen = ResolvedRequest::read(site, query, &[])?;
    let mut frame = PageFrame::new(site.app(), chosen.as_ref(), "Arsip laporan", LIST);
    frame.crumbs = vec![("Laporan".to_owned(), LIST.to_owned()), ("Arsip".to_owned(), String::new())];
    let live = live(site)?;
    html(&BulkPage { frame, seen: seen(&live), live })
}

fn live(site: &Site) -> Result<String, PageError> {
    Ok(site.bulk().map_or_else(LiveBulk::nothing, |bulk| LiveBulk::from_bulk(&bulk)).render()?)
}

impl LiveBulk {
    fn nothing() -> Self {
        let what = String::new();
        let problem = String::new();
        Self { what, progress: None, done: None, failed: Vec::new(), more_failed: 0, problem }
    }

    fn from_bulk(bulk: &Bulk) -> Self {
        let what = match &bulk.order {
            BulkOrder::Papers(request) => format!(
                "{} per {}, {} Puskesmas, {} laporan dalam PDF, DOCX, dan XLSX",
                format::period(request.period),
                format::date(request.period.clamp_as_of(request.as_of)),
                request.puskesmas.len(),
                request.papers()
            ),
            BulkOrder::Accreditation(request) => format!(
                "Berkas akreditasi {}, {}",
                request.puskesmas.as_deref().unwrap_or_default(),
                format::period(request.period)
            ),
        };
        let mut view = Self { what, ..Self::nothing() };
        match &bulk.state {
            BulkState::Running { now, done, total } => view.progress = Some((now.clone(), *done, *total)),
            BulkState::Failed(why) => why.clone_into(&mut view.problem),
            BulkState::Done { path, made, failed } => {
                view.done = Some((*made, size_words(path)));
                view.failed = failed.iter().take(FAILURES_SHOWN).cloned().collect();
                view.more_failed = failed.len().saturating_sub(FAILURES_SHOWN);
            }
        }
        view
    }
}

/// `12,3 MB`; blank where the file is gone.
fn size_words(path: &Path) -> String {
    let size = std::fs::metadata(path).map_or(0, |metadata| metadata.len());
    let tenths = u32::try_from(size.div_ceil(100_000)).unwrap_or(u32::MAX);
    if size == 0 { String::new() } else { format!("{} MB", format::percent(f64::from(tenths) / 10.0)) }
}

/// The archive that is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ArchiveForm {
    #[serde(rename = "berkas")]
    content: ArchiveContent,
    #[serde(rename = "periode")]
    period: String,
    #[serde(rename = "per")]
    as_of: String,
    puskesmas: String,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
enum ArchiveContent {
    #[serde(rename = "akreditasi")]
    Accreditation,
    #[default]
    #[serde(other)]
    Papers,
}

/// `POST /laporan-semua`: begins a go, unless one is under way, and shows it.
pub async fn start(site: Site, Submitted(form): Submitted<ArchiveForm>) -> PageResult {
    site.take_in(move |site| {
        let mut asked = Query::default();
        asked.set("periode", &form.period);
        asked.set("per", &form.as_of);
        asked.set("puskesmas", &form.puskesmas);
        let chosen = ResolvedRequest::need(site, &asked, &PERIODS)?;
        let period = chosen.subject.period;
        let request = BulkRequest {
            period,
            as_of: chosen.subject.as_of,
            puskesmas: chosen.known.clone(),
            kinds: BulkRequest::kinds_for(period),
            formats: FileFormat::ALL.to_vec(),
            clusters: Vec::new(),
            has_templates: true,
        };
        let order = match form.content {
            ArchiveContent::Accreditation => BulkOrder::Accreditation(ReportRequest {
                kind: ReportKind::Accreditation,
                period,
                as_of: Some(chosen.subject.as_of),
                puskesmas: Some(chosen.puskesmas.clone()),
                cluster: None,
            }),
            ArchiveContent::Papers => BulkOrder::Papers(request),
        };
        begin(site, order)?;
        Ok(Redirect::to(PATH).into_response())
    })
    .await
}

/// `/laporan-semua/kabar`: the changing part, anew whenever it changed.
pub async fn watch(site: Site, PageQuery(query): PageQuery) -> impl IntoResponse {
    news(site, &query, live)
}

/// `/laporan-semua/arsip`: the ZIP, piece by piece.
pub async fn archive(site: Site) -> PageResult {
    let held = site.bulk().map(|bulk| bulk.state);
    let Some(BulkState::Done { path, .. }) = held else {
        return Err(PageError::not_found("Arsip belum ada; mulailah dari halaman Laporan, bagian semua laporan."));
    };
    site.compute(move |_| {
        let gone = |_error| PageError::not_found("Arsip ini tidak ada lagi di folder laporan; buat sekali lagi.");
        let file = std::fs::File::open(&path).map_err(gone)?;
        let length = file.metadata()?.len().to_string();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let disposition = format!("attachment; filename=\"{name}\"");
        let heads = [
            (header::CONTENT_TYPE, "application/zip"),
            (header::CONTENT_LENGTH, length.as_str()),
            (header::CONTENT_DISPOSITION, disposition.as_str()),
        ];
        Ok((heads, Body::from_stream(pieces(file))).into_response())
    })
    .await
}

fn pieces(file: std::fs::File) -> impl futures_util::Stream<Item = std::io::Result<Vec<u8>>> {
    stream::try_unfold(file, |mut file| async move {
        let read = tokio::task::spawn_blocking(move || {
            let mut piece = vec![0; PIECE_BYTES];
            let count = std::io::Read::read(&mut file, &mut piece)?;
            piece.truncate(count);
            Ok::<_, std::io::Error>((piece, file))
        });
        let (piece, file) = read.await.map_err(std::io::Error::other)??;
        Ok((!piece.is_empty()).then_some((piece, file)))
    })
}
