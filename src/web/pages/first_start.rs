//! *Mulai memakai Simpul*: what is asked once, on a data folder in which nothing is yet. Nobody has to answer: an import
//! does as well.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use serde::Deserialize;

use super::html;
use crate::app::first_start::FirstAnswers;
use crate::web::error::{PageResult, sentence};
use crate::web::form::{Submitted, see};
use crate::web::listening::FreeChoices;
use crate::web::rights::SET_UP_PATH;
use crate::web::site::Site;
use crate::web::view::frame::PageFrame;

/// The address of the page.
pub const PATH: &str = "/awal";
/// Word of the form for everybody in the network.
const FOR_ALL: &str = "jaringan";
/// Seconds after which the browser asks again: longer than a service takes to begin.
const AGAIN: HeaderValue = HeaderValue::from_static("3; url=/");

/// Answers as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct FirstForm {
    #[serde(rename = "puskesmas")]
    name: String,
    folder: String,
    #[serde(rename = "untuk")]
    reach: String,
}

#[derive(Template)]
#[template(path = "first_start.html")]
struct FirstPage {
    frame: PageFrame,
    form: FirstForm,
    is_folder_free: bool,
    is_address_free: bool,
    is_for_all: bool,
    fault: String,
}

#[derive(Template)]
#[template(path = "first_started.html")]
struct StartedPage {
    frame: PageFrame,
    folder: String,
    is_for_all: bool,
    set_up_path: &'static str,
}

fn asked(site: &Site, choices: &FreeChoices, form: FirstForm, fault: String) -> PageResult {
    let frame = PageFrame::outside("Mulai memakai Simpul");
    let is_for_all = form.reach == FOR_ALL;
    let folder = if form.folder.is_empty() { site.app().whole_data_path().display().to_string() } else { form.folder };
    html(&FirstPage {
        frame,
        form: FirstForm { folder, ..form },
        is_folder_free: choices.usual_folder.is_some(),
        is_address_free: choices.is_address_free,
        is_for_all,
        fault,
    })
}

/// `GET /awal`.
pub async fn ask(site: Site) -> PageResult {
    site.compute(|site| match site.first_page()? {
        Some(choices) => asked(site, choices, FirstForm::default(), String::new()),
        None => Ok(see("/")),
    })
    .await
}

/// `POST /awal`: keeps the answers and begins the service again with them.
pub async fn take(site: Site, Submitted(form): Submitted<FirstForm>) -> PageResult {
    site.take_in(move |site| taken(site, form)).await
}

fn taken(site: &Site, form: FirstForm) -> PageResult {
    let Some(choices) = site.first_page()? else { return Ok(see("/")) };
    let is_for_all = choices.is_address_free && form.reach == FOR_ALL;
    let folder = if form.folder.is_empty() { site.app().data().to_owned() } else { PathBuf::from(&form.folder) };
    let answers = FirstAnswers {
        puskesmas: form.name.clone(),
        folder: folder.clone(),
        listen: is_for_all.then(|| SocketAddr::from((Ipv4Addr::UNSPECIFIED, site.port()))),
    };
    if let Err(error) = site.app().take_first_answers(&answers, choices.usual_folder.as_deref()) {
        let page = asked(site, choices, form, sentence(&error.to_string()))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    site.begin_again();
    let frame = PageFrame::outside("Simpul sedang disiapkan");
    let folder = if choices.usual_folder.is_some() { folder } else { site.app().whole_data_path() };
    let folder = folder.display().to_string();
    let mut page = html(&StartedPage { frame, folder, is_for_all, set_up_path: SET_UP_PATH })?;
    if !is_for_all {
        page.headers_mut().insert(header::REFRESH, AGAIN);
    }
    Ok(page)
}
