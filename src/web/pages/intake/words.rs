//! A word about the tables of a form, said at the table itself in a preview.

use axum::extract::{Path, State};

use super::layout::{file_of, refused_sheet};
use super::{Fields, see};
use crate::app::form_words::{SaidOfTable, TablePlace, WordSort};
use crate::domain::Table;
use crate::store::DraftId;
use crate::web::error::{PageError, PageResult};
use crate::web::site::Site;

/// `POST /impor/draf/{id}/kata`.
pub async fn say(State(site): State<Site>, Path(id): Path<DraftId>, fields: Fields) -> PageResult {
    site.take_in(move |site| {
        let place = fields.get("berkas").parse().unwrap_or(-1);
        let (file, bytes, owner) = file_of(site, id, place)?;
        let said = understood(&fields).ok_or_else(|| {
            PageError::bad_request("Isian formulir tidak dapat dibaca. Kembali ke pratinjau, lalu kirim lagi.")
        })?;
        let (place, said) = said;
        let told = site.app().say_of_table((&file.name, &bytes), owner.as_deref(), place, said);
        told.map_err(refused_sheet)?;
        Ok(see(&format!("/impor/draf/{id}?kata=1#{}", anchor(fields.get("kembali")))))
    })
    .await
}

fn understood(fields: &Fields) -> Option<(TablePlace<'_>, SaidOfTable<'_>)> {
    let place = TablePlace {
        sheet: fields.get("lembar"),
        table: Table::from_code(fields.get("tabel"))?,
        top: fields.get("baris").parse().ok()?,
    };
    Some((place, SaidOfTable { sort: WordSort::from_code(fields.get("tentang"))?, text: fields.get("kata") }))
}

/// Only to a table of the preview.
fn anchor(asked: &str) -> &str {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    if asked.starts_with("tabel-") && asked.chars().all(is_plain) { asked } else { "isi" }
}
