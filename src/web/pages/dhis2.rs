//! *Ekspor DHIS2*: how much of a month is exported, what has no code, what nobody reported; and the file.

use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;

use super::dashboards::empty;
use super::paper::LIST;
use super::{PageQuery, html};
use crate::app::dhis2::Dhis2Error;
use crate::app::dhis2::mapping::MAPPING_FILE;
use crate::domain::{PeriodKind, format};
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{PageError, PageResult, sentence};
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::frame::PageFrame;
use crate::web::view::links::Links;
use crate::web::view::picker::Picker;

/// Path of the page in words.
pub const PATH: &str = "/dhis2";
/// Kinds of periods that are exported.
pub const KINDS: [PeriodKind; 1] = [PeriodKind::Month];
/// Path of the file for DHIS2.
pub const FILE: &str = "/dhis2/nilai.json";

#[derive(Template)]
#[template(path = "dhis2.html")]
struct Dhis2Page {
    frame: PageFrame,
    picker: Picker,
    month: String,
    file: &'static str,
    /// Reason for which there is no export; blank where there is one.
    fault: String,
    values: usize,
    unmapped: Vec<String>,
    not_reported: Vec<String>,
    download: String,
}

/// `GET /dhis2`: the month's export in words.
pub async fn show(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| page(site, &query)).await
}

/// `GET /dhis2/nilai.json`: the file that DHIS2 imports.
pub async fn file(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| {
        let chosen = ResolvedRequest::need(site, &query, &KINDS)?;
        let month = chosen.subject.period.first_month();
        let export = site.app().dhis2_export(&chosen.puskesmas, month).map_err(refused)?;
        let disposition = format!("attachment; filename=\"dhis2-{month}.json\"");
        let headers = [(header::CONTENT_TYPE, "application/json"), (header::CONTENT_DISPOSITION, disposition.as_str())];
        Ok::<_, PageError>((headers, export.data_value_set.json()).into_response())
    })
    .await
}

/// Says why there is no export.
pub fn refused(error: Dhis2Error) -> PageError {
    match error {
        Dhis2Error::App(error) => error.into(),
        other => {
            PageError::refused(StatusCode::CONFLICT, "Belum dapat diekspor ke DHIS2", sentence(&other.to_string()))
        }
    }
}

fn page(site: &Site, query: &Query) -> PageResult {
    let Some(chosen) = ResolvedRequest::read(site, query, &KINDS)? else { return empty(site, PATH) };
    let period = chosen.subject.period;
    let links = Links::new(&chosen);
    let mut frame = PageFrame::new(site.app(), Some(&chosen), "Ekspor DHIS2", LIST);
    "Pembilang dan penyebut indikator layanan sebulan, dengan kode DHIS2.".clone_into(&mut frame.subtitle);
    frame.crumbs = vec![("Laporan".to_owned(), links.page(LIST)), ("Ekspor DHIS2".to_owned(), String::new())];
    let mut view = Dhis2Page {
        frame,
        picker: Picker::new(&chosen, PATH, &KINDS),
        month: format::period(period),
        file: MAPPING_FILE,
        fault: String::new(),
        values: 0,
        unmapped: Vec::new(),
        not_reported: Vec::new(),
        download: links.page(FILE),
    };
    match site.app().dhis2_export(&chosen.puskesmas, period.first_month()) {
        Ok(export) => {
            view.values = export.data_value_set.data_values.len();
            view.unmapped = export.unmapped;
            view.not_reported = export.not_reported;
        }
        Err(Dhis2Error::App(error)) => return Err(error.into()),
        Err(error) => view.fault = sentence(&error.to_string()),
    }
    html(&view)
}
