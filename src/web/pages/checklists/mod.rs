//! *Daftar tilik*: sheets of visits and empty instruments to print, by facility and by instrument, and whole sheets to
//! type.

mod typing;

use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::templates::{XLSX, refused};
use super::{PageQuery, html};
use crate::app::entries::SheetKey;
use crate::app::papers::visit_sheets::VisitSheetRequest;
use crate::app::templates::TemplatesError;
use crate::domain::instrument::Instrument;
use crate::domain::{Facility, Month, PeriodKind, format};
use crate::report::FileFormat;
use crate::template::{ChecklistBook, ChecklistSheet, checklist_workbook};
use crate::web::chosen::ResolvedRequest;
use crate::web::day;
use crate::web::error::{PageError, PageResult};
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::frame::PageFrame;
use crate::web::view::links::Links;

pub use typing::{TYPING, show as show_typing, write as write_typing};

/// Path of the page.
pub const PATH: &str = "/daftar-tilik";
/// Path of a file.
pub const FILE: &str = "/daftar-tilik/{name}";
/// Stem of the name of a sheet in addresses.
const SHEET: &str = "lembar";
/// The entry of the navigation under which the page stands.
const CURRENT: &str = "/catatan";

/// Name of the workbook to fill in, in addresses.
const TEMPLATE: &str = "templat.xlsx";

/// Sheet that an address names.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SheetAsked {
    #[serde(rename = "faskes")]
    facility: String,
    #[serde(rename = "instrumen")]
    instrument: String,
    /// Day of a sheet that stands.
    #[serde(rename = "tanggal")]
    date: String,
    #[serde(rename = "bentuk")]
    form: String,
}

#[derive(Template)]
#[template(path = "checklists.html")]
struct ChecklistsPage {
    frame: PageFrame,
    as_of: String,
    facilities: Vec<FacilityLine>,
    instruments: Vec<InstrumentLine>,
}

struct FacilityLine {
    name: String,
    href: String,
    kind: String,
    /// Titles of its instruments, each with the address at which it is typed.
    instruments: Vec<(String, String)>,
    downloads: Vec<(String, String)>,
}

struct InstrumentLine {
    title: String,
    basis: String,
    kinds: String,
    items: usize,
    critical: usize,
    downloads: Vec<(String, String)>,
    /// Address of the workbook to fill in.
    template: String,
}

/// `GET /daftar-tilik`: the sheets that can be printed.
pub async fn list(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| show(site, &query)).await
}

fn show(site: &Site, query: &Query) -> PageResult {
    let chosen = ResolvedRequest::need_latest(site, query, &[PeriodKind::FourMonth])?;
    let links = Links::new(&chosen);
    let definitions = site.app().definitions();
    let today = Month::from_date(chosen.subject.as_of);
    let facts = chosen.snapshot.facts();
    let active = facts.listed().into_iter().filter(|facility| facility.is_active_in(today));
    let facilities = active.map(|facility| {
        let own = definitions.books.instruments.of_facility(facility);
        FacilityLine {
            name: facility.name.clone(),
            href: links.facility(&facility.name),
            kind: facility.kind.clone(),
            instruments: own
                .map(|instrument| (instrument.title.clone(), typing_page(&links, facility, instrument)))
                .collect(),
            downloads: downloads(&links, "faskes", &facility.name),
        }
    });
    let instrument = |known: &Instrument| InstrumentLine {
        title: known.title.clone(),
        basis: known.basis.clone(),
        kinds: known.kinds.names().join(", "),
        items: known.items.len(),
        critical: known.items.iter().filter(|item| item.is_critical).count(),
        downloads: downloads(&links, "instrumen", &known.code),
        template: links.page_with(&format!("{PATH}/{TEMPLATE}"), "instrumen", &known.code),
    };
    let mut frame = PageFrame::new(site.app(), Some(&chosen), "Daftar tilik", CURRENT);
    frame.crumbs = vec![("Catatan".to_owned(), links.page(CURRENT)), ("Daftar tilik".to_owned(), String::new())];
    html(&ChecklistsPage {
        frame,
        as_of: format::date(chosen.subject.as_of),
        facilities: facilities.collect(),
        instruments: definitions.books.instruments.all().iter().map(instrument).collect(),
    })
}

fn typing_page(links: &Links, facility: &Facility, instrument: &Instrument) -> String {
    links.with("faskes", &facility.name).page_with(TYPING, "instrumen", &instrument.code)
}

fn downloads(links: &Links, name: &str, value: &str) -> Vec<(String, String)> {
    let file = |format: FileFormat| {
        let ending = format.ending();
        (ending.to_uppercase(), links.page_with(&format!("{PATH}/{SHEET}.{ending}"), name, value))
    };
    FileFormat::ALL.map(file).to_vec()
}

/// `GET /daftar-tilik/lembar.{ending}?faskes=&instrumen=`: the sheet of a facility, or an empty instrument.
pub async fn file(site: Site, Path(name): Path<String>, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| make(site, &name, &query)).await
}

fn make(site: &Site, name: &str, query: &Query) -> Result<Response, PageError> {
    if name == TEMPLATE {
        return template(site, query);
    }
    let unknown = || PageError::not_found("Lembar ini tidak ada; pilih dari halaman Daftar tilik.");
    let ending = name.strip_prefix(SHEET).and_then(|rest| rest.strip_prefix('.')).ok_or_else(unknown)?;
    let format: FileFormat = ending.parse().map_err(|_error| unknown())?;
    let chosen = ResolvedRequest::need_latest(site, query, &[PeriodKind::FourMonth])?;
    let asked: SheetAsked = query.read()?;
    let request = VisitSheetRequest {
        puskesmas: &chosen.puskesmas,
        facility: Some(asked.facility.as_str()).filter(|name| !name.is_empty()),
        instrument: Some(asked.instrument.as_str()).filter(|code| !code.is_empty()),
        as_of: chosen.subject.as_of,
    };
    let file = site.papers().visit_sheet(&request, format)?;
    let disposition = format!("inline; filename=\"{}\"", file.name);
    let headers = [(header::CONTENT_TYPE, file.media_type), (header::CONTENT_DISPOSITION, disposition.as_str())];
    Ok((headers, file.bytes).into_response())
}

/// The workbook of an instrument: a sheet for each facility that it is for, or one sheet that stands.
fn template(site: &Site, query: &Query) -> Result<Response, PageError> {
    let chosen = ResolvedRequest::need_latest(site, query, &[PeriodKind::FourMonth])?;
    let asked: SheetAsked = query.read()?;
    let definitions = site.app().definitions();
    let facts = chosen.snapshot.facts();
    let instrument = definitions
        .books
        .instruments
        .find(&asked.instrument)
        .ok_or_else(|| PageError::not_found("Daftar tilik itu tidak ada. Pilih dari halaman Daftar tilik."))?;
    let today = Month::from_date(chosen.subject.as_of);
    let blank = |facility: &str| ChecklistSheet { facility: facility.to_owned(), date: None, items: Vec::new() };
    let sheets = if asked.facility.is_empty() {
        let active = facts.listed().into_iter().filter(|facility| facility.is_active_in(today));
        active.filter(|facility| instrument.is_for(facility)).map(|facility| blank(&facility.name)).collect()
    } else {
        let name = &facts.facilities[chosen.facility(&asked.facility)? as usize].name;
        let date = (!asked.date.is_empty()).then(|| day::read(&asked.date)).transpose();
        match date.map_err(PageError::bad_request)? {
            None => vec![blank(name)],
            Some(date) => {
                let key = SheetKey { facility: name, instrument: &instrument.code, date, form: &asked.form };
                vec![ChecklistSheet { date: Some(date), items: key.items(facts), ..blank(name) }]
            }
        }
    };
    if sheets.is_empty() {
        let advice = "Tidak ada faskes aktif dari jenis daftar tilik ini; lihat jenisnya di daftar identifikasi.";
        return Err(PageError::not_found(advice));
    }
    let book = ChecklistBook { puskesmas: &chosen.puskesmas, instrument, sheets };
    let bytes = checklist_workbook(&book).map_err(|error| refused(TemplatesError::from(error)))?;
    let disposition = format!("attachment; filename=\"{}.xlsx\"", instrument.code);
    let headers = [(header::CONTENT_TYPE, XLSX), (header::CONTENT_DISPOSITION, disposition.as_str())];
    Ok((headers, bytes).into_response())
}
