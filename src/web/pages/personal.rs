//! *Data pribadi*: somebody sought by a name or a number, handed over and erased, and what becomes of personal data at
//! import; for administrators. What is sought comes by a form's body, never in an address, and is kept nowhere.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::html;
use crate::app::personal::{
    ErasureWish, HandOverFormat, PersonFindings, PersonPlace, PersonalError, PersonalService, SearchPurpose,
    handed_over,
};
use crate::store::StoredErasure;
use crate::web::error::{PageError, PageResult, sentence};
use crate::web::form::Submitted;
use crate::web::site::Site;
use crate::web::view::frame::{PERSONAL_PATH, PageFrame};
use crate::web::view::time;

/// Address of the page.
pub const PATH: &str = PERSONAL_PATH;
/// Address from which what was found is taken as a file.
pub const HAND_OVER_PATH: &str = "/data-pribadi/unduh";
/// Address to which an erasure is sent.
pub const ERASE_PATH: &str = "/data-pribadi/hapus";
/// Address to which is sent what becomes of personal data at import.
pub const SETTING_PATH: &str = "/data-pribadi/impor";

/// Places that the page shows; the file has them all.
const PLACES_SHOWN_MAX: usize = 200;
/// Erasures that the page shows.
const ERASURES_SHOWN_MAX: usize = 50;

#[derive(Template)]
#[template(path = "personal.html")]
struct PersonalPage {
    frame: PageFrame,
    news: PersonalNews,
    /// Name or number that was typed; blank where nothing was sought.
    typed: String,
    reason: String,
    found: Option<FoundView>,
    keeps_because: Option<String>,
    erasures: Vec<ErasureRow>,
}

/// Sentences after a form was sent.
#[derive(Default)]
struct PersonalNews {
    notice: String,
    fault: String,
}

/// Places that hold what was sought.
struct FoundView {
    title: String,
    in_database: usize,
    in_workbooks: usize,
    fixed: usize,
    rows: Vec<PersonPlace>,
    more: usize,
    unread: Vec<String>,
}

impl FoundView {
    fn new(found: PersonFindings, title: &str) -> Self {
        let PersonFindings { mut places, unread } = found;
        let fixed = places.iter().filter(|place| !place.erasable).count();
        let in_workbooks = places.iter().filter(|place| place.is_of_workbook()).count();
        let in_database = places.len() - in_workbooks;
        let title =
            if places.is_empty() { "Tidak ditemukan".to_owned() } else { format!("{title} {} tempat", places.len()) };
        let more = places.len().saturating_sub(PLACES_SHOWN_MAX);
        places.truncate(PLACES_SHOWN_MAX);
        Self { title, in_database, in_workbooks, fixed, rows: places, more, unread }
    }
}

/// An erasure in the list.
struct ErasureRow {
    number: i64,
    at: String,
    who: String,
    sort: String,
    reason: String,
    /// `3 teks, 1 berkas asli`.
    amount: String,
}

impl From<StoredErasure> for ErasureRow {
    fn from(erasure: StoredErasure) -> Self {
        let StoredErasure { number, sort, reason, texts, workbooks, who, at } = erasure;
        let amount = format!("{texts} teks, {workbooks} berkas asli");
        Self { number, at: time::moment(at, &chrono::Local), who, sort, reason, amount }
    }
}

/// A search, a hand-over or an erasure.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PersonalForm {
    #[serde(rename = "cari")]
    typed: String,
    #[serde(rename = "ulang")]
    again: String,
    #[serde(rename = "alasan")]
    reason: String,
    #[serde(rename = "bentuk")]
    format: String,
}

/// Fate of personal data at import, as it is sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ImportFateForm {
    #[serde(rename = "nasib")]
    fate: ImportFate,
    #[serde(rename = "alasan")]
    reason: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
enum ImportFate {
    #[serde(rename = "simpan")]
    Keep,
    #[default]
    #[serde(other)]
    Clear,
}

/// `GET /data-pribadi`.
pub async fn show(site: Site) -> PageResult {
    site.compute(|site| page(site, PersonalForm::default(), None, PersonalNews::default())).await
}

fn page(site: &Site, form: PersonalForm, found: Option<FoundView>, news: PersonalNews) -> PageResult {
    let personal = site.app().personal();
    let mut frame = PageFrame::new(site.app(), None, "Data pribadi", PATH);
    "Mencari, menyerahkan, dan menghapus data seseorang".clone_into(&mut frame.subtitle);
    let erasures = personal.erasures()?.into_iter().take(ERASURES_SHOWN_MAX).map(ErasureRow::from).collect();
    let keeps_because = personal.keeps_because()?;
    let PersonalForm { typed, reason, .. } = form;
    html(&PersonalPage { frame, news, typed, reason, found, keeps_because, erasures }).map(kept_nowhere)
}

/// The same answer, kept by no browser and no proxy.
fn kept_nowhere(mut answer: Response) -> Response {
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

/// The page with what is wrong with the form.
fn refused(site: &Site, form: PersonalForm, error: PersonalError) -> PageResult {
    if let PersonalError::Store(error) = error {
        return Err(error.into());
    }
    let news = PersonalNews { fault: sentence(&error.to_string()), ..PersonalNews::default() };
    // What was found stays on the page of an erasure that was refused.
    let is_erasure = !form.again.is_empty() || !form.reason.is_empty();
    let found = is_erasure.then(|| site.app().personal().find(&form.typed, SearchPurpose::Look).ok()).flatten();
    let page = page(site, form, found.map(|found| FoundView::new(found, "Ditemukan di")), news)?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// `POST /data-pribadi`: seeks somebody.
pub async fn seek(site: Site, Submitted(form): Submitted<PersonalForm>) -> PageResult {
    site.preview(move |site| match site.app().personal().find(&form.typed, SearchPurpose::Look) {
        Ok(found) => page(site, form, Some(FoundView::new(found, "Ditemukan di")), PersonalNews::default()),
        Err(error) => refused(site, form, error),
    })
    .await
}

/// `POST /data-pribadi/unduh`: what was found, as a file.
pub async fn hand_over(site: Site, Submitted(form): Submitted<PersonalForm>) -> PageResult {
    site.preview(move |site| match site.app().personal().find(&form.typed, SearchPurpose::HandOver) {
        Ok(found) => Ok(kept_nowhere(file(&found, &form.format))),
        Err(error) => refused(site, form, error),
    })
    .await
}

fn file(found: &PersonFindings, format: &str) -> Response {
    let (format, media_type, ending) = match format {
        "json" => (HandOverFormat::Json, "application/json", "json"),
        _ => (HandOverFormat::Csv, "text/csv; charset=utf-8", "csv"),
    };
    // The name tells of nobody.
    let disposition = format!("attachment; filename=\"data-pribadi.{ending}\"");
    let heads = [(header::CONTENT_TYPE, media_type), (header::CONTENT_DISPOSITION, disposition.as_str())];
    (heads, handed_over(found, format)).into_response()
}

/// `POST /data-pribadi/hapus`: erases what was sought.
pub async fn erase(site: Site, Submitted(form): Submitted<PersonalForm>) -> PageResult {
    site.take_in(move |site| {
        let wish = ErasureWish { typed: &form.typed, again: &form.again, reason: &form.reason };
        match site.app().personal().erase(wish) {
            Ok(done) => {
                site.changed();
                let notice = format!(
                    "Dihapus dari {} teks di basis data dan {} berkas asli; di tempatnya tertulis [dihapus {}]. Cadangan \
                     yang dibuat sebelum ini masih memuatnya sampai dibuang.",
                    done.texts, done.workbooks, done.number
                );
                let left = (!done.left.places.is_empty()).then(|| FoundView::new(done.left, "Masih ada di"));
                page(site, PersonalForm::default(), left, PersonalNews { notice, ..PersonalNews::default() })
            }
            Err(error) => refused(site, form, error),
        }
    })
    .await
}

/// `POST /data-pribadi/impor`: says what becomes of personal data at import by commands and jobs.
pub async fn set_fate(site: Site, Submitted(form): Submitted<ImportFateForm>) -> PageResult {
    site.take_in(move |site| {
        let personal: PersonalService<'_> = site.app().personal();
        let keeps = form.fate == ImportFate::Keep;
        if keeps && form.reason.is_empty() {
            let fault = "Alasan menyimpan data pribadi belum ditulis. Tulis alasannya, lalu simpan lagi.".to_owned();
            let page = page(site, PersonalForm::default(), None, PersonalNews { fault, ..PersonalNews::default() })?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
        personal.set_keeps(if keeps { &form.reason } else { "" }).map_err(PageError::from)?;
        let notice = "Pengaturan tersimpan; berlaku mulai impor berikutnya.".to_owned();
        page(site, PersonalForm::default(), None, PersonalNews { notice, ..PersonalNews::default() })
    })
    .await
}
