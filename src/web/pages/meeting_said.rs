//! Takes what is written while a meeting goes on: decisions, attendance, decisions that are done. Answers are JSON: the page
//! holds what it wrote until it hears that it was kept. Shows no page.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::Datelike;
use serde::Deserialize;
use serde_json::json;

use crate::app::entries::{EntryError, FieldFault, THERE_ALREADY, Typing, Values};
use crate::app::meeting::AttendanceList;
use crate::domain::facts::LokminSort;
use crate::domain::form::TableForm;
use crate::domain::meeting_held::{Invitee, Turnout};
use crate::domain::{Date, Month, Table};
use crate::store::BatchId;
use crate::web::day;
use crate::web::error::{PageError, sentence};
use crate::web::form::{Repeated, Submitted};
use crate::web::site::Site;

/// Address that takes a decision.
pub const DECISION: &str = "/lokmin/rapat/keputusan";
/// Address that takes the attendance.
pub const ATTENDANCE: &str = "/lokmin/rapat/hadir";
/// Address that takes the day on which a decision was done.
pub const DONE: &str = "/lokmin/rapat/selesai";
/// Before the name of a facility among what is sent.
const FACILITY: &str = "faskes:";
/// A list of more facilities is none of ours.
const FACILITIES_MAX: usize = 2_000;

/// A decision as it was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DecisionForm {
    puskesmas: String,
    /// Not blank where the page sends it again, because nobody answered it.
    #[serde(rename = "ulang")]
    again: String,
    #[serde(flatten)]
    values: Repeated,
}

/// `POST /lokmin/rapat/keputusan`: notes a decision of the meeting.
pub async fn decide(site: Site, Submitted(form): Submitted<DecisionForm>) -> Result<Response, PageError> {
    site.take_in(move |site| {
        let sent = form.values.by_key("");
        let fields = TableForm::from_table(Table::Decisions).fields.iter();
        let values: Values =
            fields.filter_map(|field| Some((field.name, (*sent.get(field.name)?).to_owned()))).collect();
        let year = site.app().clock().today().year();
        let typing =
            Typing { puskesmas: &form.puskesmas, table: Table::Decisions, values: &values, replaced: None, year };
        match site.app().write_entry(typing) {
            // Its first sending was kept, and only the answer was lost.
            Err(EntryError::Wrong(faults)) if !form.again.is_empty() && is_there_already(&faults) => {
                Ok(Json(json!({ "tersimpan": true })).into_response())
            }
            kept => answer(kept),
        }
    })
    .await
}

fn is_there_already(faults: &[FieldFault]) -> bool {
    faults.iter().any(|fault| fault.message == THERE_ALREADY)
}

/// The attendance as it was ticked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AttendanceForm {
    puskesmas: String,
    #[serde(rename = "bulan")]
    month: String,
    #[serde(rename = "jenis")]
    sort: AskedSort,
    #[serde(flatten)]
    turnouts: Repeated,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
enum AskedSort {
    #[serde(rename = "Tribulanan")]
    Quarterly,
    #[default]
    #[serde(other)]
    Monthly,
}

/// `POST /lokmin/rapat/hadir`: notes who came.
pub async fn attend(site: Site, Submitted(form): Submitted<AttendanceForm>) -> Result<Response, PageError> {
    site.take_in(move |site| {
        let Ok(first) = format!("{}-01", form.month).parse::<Date>() else {
            return Err(PageError::bad_request("Bulan rapat tidak dikenal. Muat ulang halaman rapat."));
        };
        let named = form.turnouts.with_prefix::<String>(FACILITY).into_iter();
        let known = named.filter_map(|(name, turnout)| Some(Invitee { name, turnout: Turnout::from_code(turnout)? }));
        let invitees: Vec<Invitee> = known.take(FACILITIES_MAX).collect();
        let sort = match form.sort {
            AskedSort::Quarterly => LokminSort::Quarterly,
            AskedSort::Monthly => LokminSort::Monthly,
        };
        let list =
            AttendanceList { puskesmas: &form.puskesmas, month: Month::from_date(first), sort, invitees: &invitees };
        answer(site.app().write_attendance(&list))
    })
    .await
}

/// A decision that is done, or is not after all.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DoneForm {
    puskesmas: String,
    #[serde(rename = "kunci")]
    id: String,
    /// Blank: it is not done.
    #[serde(rename = "selesai")]
    done: String,
}

/// `POST /lokmin/rapat/selesai`: notes that a decision is done, or is not.
pub async fn tick(site: Site, Submitted(form): Submitted<DoneForm>) -> Result<Response, PageError> {
    site.take_in(move |site| {
        let done = Some(form.done.as_str()).filter(|typed| !typed.is_empty());
        let done = done.map(day::read).transpose().map_err(PageError::bad_request)?;
        answer(site.app().tick_decision(&form.puskesmas, &form.id, done))
    })
    .await
}

/// Says that it was kept and where it can be undone, or what is wrong with it.
fn answer(kept: Result<BatchId, EntryError>) -> Result<Response, PageError> {
    match kept {
        Ok(batch) => Ok(Json(json!({ "tersimpan": true, "batal": format!("/impor/{batch}/batal") })).into_response()),
        Err(EntryError::Store(error)) => Err(PageError::Fault(error.into())),
        Err(EntryError::Wrong(faults)) => {
            let faults: Vec<_> =
                faults.iter().map(|fault| json!({ "isian": fault.field, "pesan": fault.message })).collect();
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "salah": faults }))).into_response())
        }
        Err(gone) => {
            let faults = json!([{ "isian": "", "pesan": sentence(&gone.to_string()) }]);
            Ok((StatusCode::CONFLICT, Json(json!({ "salah": faults }))).into_response())
        }
    }
}
