//! The follow-ups of a facility that its own account answers: on the facility's page, with the day of each.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::Deserialize;

use super::PageQuery;
use crate::app::entries::EntryError;
use crate::app::follow_ups::FollowUpAnswer;
use crate::domain::access::Right;
use crate::domain::records::Field;
use crate::store::StoredEntry;
use crate::web::chosen::ResolvedRequest;
use crate::web::day;
use crate::web::error::{PageError, PageResult, sentence};
use crate::web::form::{Submitted, see};
use crate::web::query::encode;
use crate::web::site::Site;
use crate::web::view::links::Links;

/// Word of an address that says that an answer was just kept.
const ANSWERED: &str = "terjawab";

/// Follow-ups with a field each; its `Display` is the markup.
#[derive(Template)]
#[template(path = "_answers.html")]
pub struct AnswersView {
    action: String,
    notice: &'static str,
    rows: Vec<AnswerRow>,
}

struct AnswerRow {
    id: String,
    item: String,
    agreed: String,
    due: String,
    done: String,
}

impl AnswersView {
    /// Those of a facility, for its own account; nothing for whoever has other pages for that.
    pub fn read(site: &Site, chosen: &ResolvedRequest, facility: &str) -> Result<Option<Self>, PageError> {
        let access = site.app().access();
        let is_own = access.facilities_only(&chosen.puskesmas).is_some();
        if !is_own || !access.may(Right::AnswerFollowUps, &chosen.puskesmas) {
            return Ok(None);
        }
        let entries = site.app().follow_ups_to_answer(&chosen.puskesmas, facility).map_err(refused)?;
        let notice = if chosen.query.get(ANSWERED).is_some() { "Tersimpan." } else { "" };
        let rows = entries.iter().map(answer_row).collect();
        Ok(Some(Self { action: Links::new(chosen).page(&path(facility)), notice, rows }))
    }
}

fn answer_row(entry: &StoredEntry) -> AnswerRow {
    let value = |field| entry.value(field).to_owned();
    AnswerRow {
        id: entry.id.clone(),
        item: value(Field::Item),
        agreed: value(Field::Date),
        due: value(Field::Due),
        done: value(Field::Done),
    }
}

fn path(facility: &str) -> String {
    format!("/faskes/{}/tindak-lanjut", encode(facility))
}

/// The day of a follow-up as it was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AnswerForm {
    #[serde(rename = "kunci")]
    id: String,
    /// Blank: it is not done.
    #[serde(rename = "selesai")]
    done: String,
}

/// `POST /faskes/{name}/tindak-lanjut`: notes the day on which a follow-up was done.
pub async fn answer(
    site: Site,
    Path(name): Path<String>,
    PageQuery(query): PageQuery,
    Submitted(form): Submitted<AnswerForm>,
) -> PageResult {
    site.take_in(move |site| {
        let chosen = ResolvedRequest::need_for_facility(site, &query, &[])?;
        let index = chosen.facility(&name)?;
        let facility = &chosen.snapshot.facts().facilities[index as usize].name;
        let done = Some(form.done.as_str()).filter(|typed| !typed.is_empty());
        let done = done.map(day::read).transpose().map_err(PageError::bad_request)?;
        let answer = FollowUpAnswer { puskesmas: &chosen.puskesmas, facility, id: &form.id, done };
        site.app().answer_follow_up(&answer).map_err(refused)?;
        site.changed();
        let links = Links::new(&chosen);
        Ok(see(&links.page_with(&format!("/faskes/{}", encode(facility)), ANSWERED, "ya")).into_response())
    })
    .await
}

fn refused(error: EntryError) -> PageError {
    match error {
        EntryError::Store(error) => PageError::Fault(error.into()),
        EntryError::NotHere => PageError::not_found(
            "Tindak lanjut itu tidak ada di faskes ini, atau sudah dijawab. Muat ulang halamannya.",
        ),
        EntryError::Wrong(faults) => {
            let told: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
            PageError::refused(StatusCode::UNPROCESSABLE_ENTITY, "Belum tersimpan", told.join(" "))
        }
        EntryError::NotAllowed(_) => {
            PageError::refused(StatusCode::FORBIDDEN, "Tidak berwenang", sentence(&error.to_string()))
        }
        EntryError::Gone | EntryError::Imported { .. } => {
            PageError::refused(StatusCode::CONFLICT, "Belum tersimpan", sentence(&error.to_string()))
        }
    }
}
