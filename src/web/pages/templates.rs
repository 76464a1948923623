//! *Templat*: ready workbooks for a Puskesmas and month.

use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Redirect};

use super::{PageQuery, html};
use crate::app::templates::TemplatesError;
use crate::domain::{Month, format};
use crate::template::TemplateKind;
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{PageError, PageResult, sentence};
use crate::web::query::{Query, encode};
use crate::web::site::Site;
use crate::web::view::frame::PageFrame;

const SUBTITLE: &str = "Buku kerja dengan judul kolom, pilihan nama dan contoh; yang diisi di sini langsung terbaca";

/// Media type of an `.xlsx`.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

#[derive(Template)]
#[template(path = "templates.html")]
struct TemplatesPage {
    frame: PageFrame,
    puskesmas: String,
    known: Vec<String>,
    year: i32,
    /// Number, name, whether it is this month.
    months: Vec<(u32, &'static str, bool)>,
    kinds: Vec<KindView>,
    has_register: bool,
}

struct KindView {
    code: &'static str,
    title: &'static str,
    description: &'static str,
    is_monthly: bool,
    tables: String,
}

/// `GET /templat`: the workbooks to fill in.
pub async fn list(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| show(site, &query)).await
}

fn show(site: &Site, query: &Query) -> PageResult {
    let chosen = ResolvedRequest::read(site, query, &[])?;
    let mut frame = PageFrame::new(site.app(), chosen.as_ref(), "Templat siap isi", "/impor");
    SUBTITLE.clone_into(&mut frame.subtitle);
    frame.crumbs = vec![("Impor".to_owned(), "/impor".to_owned()), ("Templat".to_owned(), String::new())];
    let today = Month::from_date(site.app().clock().today());
    let kinds = TemplateKind::ALL.map(|kind| KindView {
        code: kind.code(),
        title: kind.title(),
        description: kind.description(),
        is_monthly: kind.is_monthly(),
        tables: kind.tables().iter().map(|table| table.label()).collect::<Vec<_>>().join(", "),
    });
    html(&TemplatesPage {
        frame,
        has_register: chosen.is_some(),
        known: site.app().puskesmas()?,
        puskesmas: chosen.map(|chosen| chosen.puskesmas).unwrap_or_default(),
        year: today.year(),
        months: (1..).zip(format::MONTHS).map(|(number, name)| (number, name, number == today.month())).collect(),
        kinds: kinds.into(),
    })
}

/// `GET /templat/{kind}?puskesmas=&tahun=&bulan=`: one such workbook, with the register filled in.
pub async fn one(site: Site, Path(kind): Path<String>, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| download(site, &kind, &query)).await
}

fn download(site: &Site, kind: &str, query: &Query) -> PageResult {
    let kind = TemplateKind::from_code(kind)
        .ok_or_else(|| PageError::not_found("Templat itu tidak ada. Lihat yang ada di halaman Templat."))?;
    let today = Month::from_date(site.app().clock().today());
    let year = query.get("tahun").map_or(Ok(today.year()), str::parse);
    let number = query.get("bulan").map_or(Ok(today.month()), str::parse);
    let month = match (year, number) {
        (Ok(year @ 2000..=2100), Ok(number)) => Month::new(year, number),
        _ => None,
    };
    let month =
        month.ok_or_else(|| PageError::bad_request("Tahun harus antara 2000 dan 2100, bulan antara 1 dan 12."))?;
    // A Puskesmas that is not known yet may have its templates too; one that is not named is the one looked at.
    let named = match query.get("puskesmas") {
        Some(named) => named.to_owned(),
        None => match ResolvedRequest::read(site, query, &[])? {
            Some(chosen) => chosen.puskesmas,
            None => return Ok(Redirect::to("/templat").into_response()),
        },
    };
    let handed = site.app().template(kind, &named, month).map_err(refused)?;
    let disposition = format!("attachment; filename*=UTF-8''{}", encode(&handed.name));
    let headers = [(header::CONTENT_TYPE, XLSX), (header::CONTENT_DISPOSITION, disposition.as_str())];
    Ok((headers, handed.bytes).into_response())
}

/// Says why no template can be made.
pub fn refused(error: TemplatesError) -> PageError {
    match error {
        TemplatesError::Store(error) => PageError::Fault(error.into()),
        TemplatesError::Template(error) => PageError::bad_request(sentence(&error.to_string())),
    }
}
