//! A word about the tables of a form, said at the table itself in a preview.

use axum::extract::{Path, State};

use super::layout::{file_of, refused_sheet};
use super::{Fields, see};
use crate::app::form_words::{SaidOfTable, TablePlace, WordSort};
use crate::app::import::Upload;
use crate::domain::Table;
use crate::store::DraftId;
use crate::web::error::{PageError, PageResult};
use crate::web::site::Site;

/// What the button of pairs sends that takes them back.
const TAKE_BACK: &str = "-";

/// `POST /impor/draf/{id}/kata`.
pub async fn say(State(site): State<Site>, Path(id): Path<DraftId>, fields: Fields) -> PageResult {
    site.take_in(move |site| {
        let place = fields.get("berkas").parse().unwrap_or(-1);
        let (file, bytes, owner) = file_of(site, id, place)?;
        let text = typed(&fields);
        let understood = understood(&fields, &text);
        let (place, said) = understood.ok_or_else(|| {
            PageError::bad_request("Isian formulir tidak dapat dibaca. Kembali ke pratinjau, lalu kirim lagi.")
        })?;
        let upload = Upload { name: file.name, bytes };
        let told = site.app().say_of_table(&upload, owner.as_deref(), place, said);
        told.map_err(refused_sheet)?;
        Ok(see(&format!("/impor/draf/{id}?kata=1#{}", anchor(fields.get("kembali")))))
    })
    .await
}

/// What was typed or chosen, the parts of a table as pairs; blank takes back.
fn typed(fields: &Fields) -> String {
    let parts: Vec<(&str, &str)> = fields.below("bagian-").collect();
    match fields.get("kata") {
        TAKE_BACK => return String::new(),
        word if parts.is_empty() => return word.to_owned(),
        _ => {}
    }
    let pair = |(number, name): &(&str, &str)| format!("{name} = {}", fields.get(&format!("arti-{number}")));
    parts.iter().map(pair).collect::<Vec<_>>().join("; ")
}

fn understood<'f>(fields: &'f Fields, text: &'f str) -> Option<(TablePlace<'f>, SaidOfTable<'f>)> {
    let place = TablePlace {
        sheet: fields.get("lembar"),
        table: Table::from_code(fields.get("tabel"))?,
        top: fields.get("baris").parse().ok()?,
    };
    Some((place, SaidOfTable { sort: WordSort::from_code(fields.get("tentang"))?, text }))
}

/// Only to a file or a table of the preview.
fn anchor(asked: &str) -> &str {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    if (asked.starts_with("tabel-") || asked.starts_with("berkas-")) && asked.chars().all(is_plain) {
        asked
    } else {
        "isi"
    }
}
