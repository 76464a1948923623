//! Where a figure ends: the rows of the file around its cell, the cell marked, the file itself beside it.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;

use super::imports::called;
use super::{PageQuery, html};
use crate::app::batches::around::{Around, AroundError, AroundRow};
use crate::store::BatchId;
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{PageError, PageResult, sentence};
use crate::web::query::{Query, encode};
use crate::web::site::Site;
use crate::web::view::frame::PageFrame;
use crate::web::view::links::Links;
use crate::web::view::time::moment;

#[derive(Template)]
#[template(path = "around.html")]
struct AroundPage {
    frame: PageFrame,
    place: String,
    file: String,
    download: String,
    href_import: String,
    brought: String,
    columns: Vec<String>,
    rows: Vec<AroundRow>,
}

/// The address of a cell of a batch's file; cells that were added stand with a plus between them.
pub fn path(batch: BatchId, sheet: &str, cell: &str) -> String {
    format!("/impor/{batch}/sel?lembar={}&sel={}#sel", encode(sheet), encode(cell))
}

/// `GET /impor/{batch}/sel?lembar=&sel=`: the rows around a cell of an accepted file.
pub async fn show(site: Site, Path(batch): Path<BatchId>, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| render(site, batch, &query)).await
}

fn render(site: &Site, batch: BatchId, query: &Query) -> PageResult {
    let known = site
        .app()
        .batches()
        .batch(batch)?
        .ok_or_else(|| PageError::not_found("Impor dengan nomor itu tidak ada. Lihat daftar di halaman Impor."))?;
    let sheet = query.get("lembar").unwrap_or_default();
    let cell = query.get("sel").unwrap_or_default();
    let Around { file_name, columns, rows } = site.batches().around(batch, sheet, cell).map_err(refused)?;
    let chosen = ResolvedRequest::read(site, query, &[])?;
    let links = chosen.as_ref().map(Links::new).unwrap_or_default();
    let mut frame = PageFrame::new(site.app(), chosen.as_ref(), &format!("Sel {cell} di lembar {sheet}"), "/impor");
    frame.subtitle.clone_from(&file_name);
    let href_import = links.page(&format!("/impor/{batch}"));
    frame.crumbs = vec![
        ("Ringkasan".to_owned(), links.page("/")),
        ("Impor".to_owned(), links.page("/impor")),
        (called(&known), href_import.clone()),
        (cell.to_owned(), String::new()),
    ];
    html(&AroundPage {
        frame,
        place: format!("{file_name} › {sheet}!{cell}"),
        file: file_name,
        download: format!("/impor/{batch}/berkas"),
        href_import,
        brought: format!("{}, {}", known.who, moment(known.at, &chrono::Local)),
        columns,
        rows,
    })
}

fn refused(error: AroundError) -> PageError {
    match error {
        AroundError::Store(error) => PageError::Fault(error.into()),
        AroundError::NoSuchCell => PageError::not_found(sentence(&error.to_string())),
        AroundError::Unreadable(error) => PageError::refused(
            StatusCode::UNPROCESSABLE_ENTITY,
            "Berkas asli tidak dapat dibuka lagi",
            sentence(&format!("{error}; unduh berkas aslinya di halaman impornya")),
        ),
    }
}
