//! *Ekspor DHIS2*: how much of a month is exported, what has no code, what nobody reported; and the file.

use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;

use super::dashboards::empty;
use super::paper::LIST;
use super::{PageQuery, html};
use crate::app::dhis2::Dhis2Error;
use crate::app::dhis2::mapping::{CountPart, MAPPING_FILE, MAPPING_HEAD};
use crate::domain::{Facts, Month, PeriodKind, format};
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
    /// Lines of the table of codes that is still to be made, with every name and no code; none where there is one.
    first_lines: Vec<String>,
}

/// `GET /dhis2`: the month's export in words.
pub async fn show(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| page(site, &query)).await
}

/// `GET /dhis2/nilai.json`: the file that DHIS2 imports.
pub async fn file(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| {
        let chosen = ResolvedRequest::need(site, &query, &KINDS)?;
        let month = need_month(&chosen)?;
        let export = site.app().dhis2_export(&chosen.puskesmas, month).map_err(refused)?;
        let disposition = format!("attachment; filename=\"dhis2-{month}.json\"");
        let headers = [(header::CONTENT_TYPE, "application/json"), (header::CONTENT_DISPOSITION, disposition.as_str())];
        Ok::<_, PageError>((headers, export.data_value_set.json()).into_response())
    })
    .await
}

/// Returns the month of a request: no other period has a file, and none is taken for another.
pub fn need_month(chosen: &ResolvedRequest) -> Result<Month, PageError> {
    let period = chosen.subject.period;
    if period.kind() == PeriodKind::Month {
        return Ok(period.first_month());
    }
    let said = format::period(period);
    Err(PageError::bad_request(format!("Ekspor DHIS2 dibuat per bulan; {said} bukan satu bulan. Pilih bulannya.")))
}

/// The request for the month that the page shows: of a longer period, as other pages link, its last one that has begun.
fn of_month(site: &Site, query: &Query) -> Result<Option<ResolvedRequest>, PageError> {
    let Some(chosen) = ResolvedRequest::read(site, query, &KINDS)? else { return Ok(None) };
    let period = chosen.subject.period;
    if period.kind() == PeriodKind::Month {
        return Ok(Some(chosen));
    }
    let today = Month::from_date(site.app().clock().today());
    let month = period.months().filter(|month| *month <= today).last().unwrap_or_else(|| period.first_month());
    let mut of_month = chosen.query.clone();
    of_month.set("periode", &month.to_string());
    ResolvedRequest::read(site, &of_month, &KINDS)
}

/// Lines of a table of codes for what the Puskesmas has: its codes are to be written between the semicolons.
fn first_lines(facts: &Facts) -> Vec<String> {
    let facilities = facts.facilities.iter().map(|facility| format!("faskes;{};;", facility.name));
    let counts = facts
        .services
        .iter()
        .flat_map(|service| CountPart::ALL.map(|part| format!("{};{};;", part.word(), service.code)));
    std::iter::once(MAPPING_HEAD.to_owned()).chain(facilities).chain(counts).collect()
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
    let Some(chosen) = of_month(site, query)? else { return empty(site, PATH) };
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
        first_lines: Vec::new(),
    };
    match site.app().dhis2_export(&chosen.puskesmas, period.first_month()) {
        Ok(export) => {
            view.values = export.data_value_set.data_values.len();
            view.unmapped = export.unmapped;
            view.not_reported = export.not_reported;
        }
        Err(Dhis2Error::App(error)) => return Err(error.into()),
        Err(Dhis2Error::NoMapping) => view.first_lines = first_lines(chosen.snapshot.facts()),
        Err(error) => view.fault = sentence(&error.to_string()),
    }
    html(&view)
}
