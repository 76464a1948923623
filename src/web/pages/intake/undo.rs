//! Taking an accepted import back: first what that changes, then, on a yes, doing it.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;

use super::issues::IssueRow;
use super::view::{FactLineView, lines};
use crate::app::batches::undo::UndoError;
use crate::app::difference::Fate;
use crate::store::BatchId;
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{PageError, PageResult};
use crate::web::form::see;
use crate::web::pages::imports::called;
use crate::web::pages::{PageQuery, entries, html};
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::frame::PageFrame;
use crate::web::view::links::Links;

#[derive(Template)]
#[template(path = "undo.html")]
struct UndoPage {
    frame: PageFrame,
    batch: BatchId,
    file: String,
    by_form: bool,
    gone: usize,
    changed: usize,
    back: usize,
    lines: IssueRow<FactLineView>,
    hidden: IssueRow<FactLineView>,
}

/// `GET /impor/{batch}/batal`: what taking an import back would change.
pub async fn ask(site: Site, Path(batch): Path<BatchId>, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| show(site, batch, &query)).await
}

fn show(site: &Site, batch: BatchId, query: &Query) -> PageResult {
    let plan = site.batches().undo_plan(batch).map_err(refused)?;
    let chosen = ResolvedRequest::read(site, query, &[])?;
    let by_form = plan.batch.by_form;
    let called = called(&plan.batch);
    let (question, room, path) = if by_form {
        ("Batalkan perubahan catatan ini?", "Catatan", entries::PATH)
    } else {
        ("Batalkan impor ini?", "Impor", "/impor")
    };
    let links = chosen.as_ref().map(Links::new).unwrap_or_default();
    let mut frame = PageFrame::new(site.app(), chosen.as_ref(), question, path);
    frame.subtitle.clone_from(&called);
    frame.acts_on.clone_from(&plan.batch.puskesmas);
    frame.crumbs = vec![
        (room.to_owned(), links.page(path)),
        (called.clone(), format!("/impor/{batch}")),
        ("Batalkan".to_owned(), String::new()),
    ];
    let count = |fate: Fate| plan.changes.iter().filter(|change| change.fate == fate).count();
    let gone = count(Fate::Gone);
    let changed = count(Fate::Changed);
    let back = count(Fate::New);
    let hidden = lines(plan.hidden.iter());
    html(&UndoPage {
        frame,
        batch,
        file: called,
        by_form,
        gone,
        changed,
        back,
        lines: lines(plan.changes.iter()),
        hidden,
    })
}

/// `POST /impor/{batch}/batal`: takes an import back.
pub async fn carry_out(site: Site, Path(batch): Path<BatchId>) -> PageResult {
    site.take_in(move |site| {
        site.batches().undo(batch).map_err(refused)?;
        Ok(see(&format!("/impor/{batch}")))
    })
    .await
}

/// Says why nothing can be undone.
pub fn refused(error: UndoError) -> PageError {
    match error {
        UndoError::NoSuchImport => {
            PageError::not_found("Impor dengan nomor itu tidak ada. Lihat daftar di halaman Impor.")
        }
        UndoError::UndoneBefore => PageError::refused(
            StatusCode::CONFLICT,
            "Impor ini sudah dibatalkan",
            "Tidak ada yang perlu dilakukan lagi. Riwayatnya ada di halaman Impor.",
        ),
        UndoError::Store(error) => PageError::Fault(error.into()),
    }
}
