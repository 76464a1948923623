//! Taking an accepted import back: first what that changes, then, on a yes, doing it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;

use super::see;
use super::view::{LineView, Listed, lines};
use crate::app::difference::Fate;
use crate::app::undo::UndoError;
use crate::store::BatchId;
use crate::web::chosen::Chosen;
use crate::web::error::{PageError, PageResult};
use crate::web::pages::{Asked, html};
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::frame::Frame;

#[derive(Template)]
#[template(path = "undo.html")]
struct UndoPage {
    frame: Frame,
    batch: BatchId,
    file: String,
    gone: usize,
    changed: usize,
    back: usize,
    lines: Listed<LineView>,
    hidden: Listed<LineView>,
}

/// `GET /impor/{batch}/batal`.
pub async fn ask(State(site): State<Site>, Path(batch): Path<BatchId>, Asked(query): Asked) -> PageResult {
    site.compute(move |site| show(site, batch, &query)).await
}

fn show(site: &Site, batch: BatchId, query: &Query) -> PageResult {
    let plan = site.app().undo_plan(batch).map_err(refused)?;
    let chosen = Chosen::read(site, query, &[])?;
    let mut frame = Frame::new(site.app(), chosen.as_ref(), "Batalkan impor ini?", "/impor");
    frame.subtitle.clone_from(&plan.file_name);
    frame.crumbs = vec![
        ("Impor".to_owned(), "/impor".to_owned()),
        (plan.file_name.clone(), format!("/impor/{batch}")),
        ("Batalkan".to_owned(), String::new()),
    ];
    let count = |fate: Fate| plan.changes.iter().filter(|change| change.fate == fate).count();
    let (gone, changed, back) = (count(Fate::Gone), count(Fate::Changed), count(Fate::New));
    let hidden = lines(plan.hidden.iter());
    html(&UndoPage {
        frame,
        batch,
        file: plan.file_name,
        gone,
        changed,
        back,
        lines: lines(plan.changes.iter()),
        hidden,
    })
}

/// `POST /impor/{batch}/batal`.
pub async fn carry_out(State(site): State<Site>, Path(batch): Path<BatchId>) -> PageResult {
    site.take_in(move |site| {
        site.app().undo(batch).map_err(refused)?;
        Ok(see(&format!("/impor/{batch}")))
    })
    .await
}

/// What a user reads where nothing can be undone.
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
