//! A word about the tables of a form, said at the table itself in a preview.

use axum::extract::Path;
use serde::Deserialize;

use super::layout::{NO_FILE, file_of, refused_sheet};
use crate::app::import::Upload;
use crate::app::intake::form_words::{SaidOfTable, TablePlace, WordSort};
use crate::domain::Table;
use crate::store::DraftId;
use crate::web::error::{PageError, PageResult};
use crate::web::form::{Repeated, Submitted, number, see};
use crate::web::site::Site;

/// Value of the button that takes the pairs back.
const TAKE_BACK: &str = "-";

/// A word and the table that it is said of; a table of parts sends each part's name and meaning.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct WordForm {
    #[serde(rename = "berkas", deserialize_with = "number")]
    place: Option<i64>,
    #[serde(rename = "lembar")]
    sheet: String,
    #[serde(rename = "tabel")]
    table: String,
    #[serde(rename = "baris", deserialize_with = "number")]
    top: Option<u32>,
    #[serde(rename = "tentang")]
    about: String,
    #[serde(rename = "kata")]
    word: String,
    #[serde(rename = "kembali")]
    back: String,
    #[serde(flatten)]
    parts: Repeated,
}

/// `POST /impor/draf/{id}/kata`: keeps a word about the tables of a form.
pub async fn say(site: Site, Path(id): Path<DraftId>, Submitted(form): Submitted<WordForm>) -> PageResult {
    site.take_in(move |site| {
        let (file, bytes, owner) = file_of(site, id, form.place.unwrap_or(NO_FILE))?;
        let text = form.text();
        let (place, said) = form.understood(&text).ok_or_else(|| {
            PageError::bad_request("Isian formulir tidak dapat dibaca. Kembali ke pratinjau, lalu kirim lagi.")
        })?;
        let upload = Upload { name: file.name, bytes };
        let told = site.intake().say_of_table(&upload, owner.as_deref(), place, said);
        told.map_err(refused_sheet)?;
        Ok(see(&format!("/impor/draf/{id}?kata=1#{}", anchor(&form.back))))
    })
    .await
}

impl WordForm {
    /// The word that was typed or chosen, the parts of a table as pairs; blank takes back.
    fn text(&self) -> String {
        let parts = self.parts.with_prefix::<String>("bagian-");
        match self.word.as_str() {
            TAKE_BACK => return String::new(),
            word if parts.is_empty() => return word.to_owned(),
            _ => {}
        }
        let meanings = self.parts.by_key("arti-");
        let meaning = |number: &str| meanings.get(number).copied().unwrap_or_default();
        let pairs = parts.iter().map(|(number, name)| format!("{name} = {}", meaning(number)));
        pairs.collect::<Vec<_>>().join("; ")
    }

    /// The table and what is said of it; nothing where the form names no table or nothing that can be said.
    fn understood<'f>(&'f self, text: &'f str) -> Option<(TablePlace<'f>, SaidOfTable<'f>)> {
        let place = TablePlace { sheet: &self.sheet, table: Table::from_code(&self.table)?, top: self.top? };
        Some((place, SaidOfTable { sort: WordSort::from_code(&self.about)?, text }))
    }
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
