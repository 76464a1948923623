//! *Templat kantor*: Word documents of the office's own for one kind of paper: uploaded, checked, previewed, filled in,
//! removed; and everything that they can name.

use askama::Template;
use axum::extract::{Multipart, Path};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::dashboards::empty;
use super::paper::{LIST, PERIODS, kind_of, paper_links, request};
use super::{PageQuery, html};
use crate::app::papers::office_templates::{OfficeTemplateError, TEMPLATE_NAME_CHARS_MAX};
use crate::app::papers::reports::ReportFile;
use crate::domain::format;
use crate::report::ReportKind;
use crate::report::office_template::{TEMPLATE_BYTES_MAX, TemplateFieldKind, TemplateNames, usage};
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{PageError, PageResult, sentence};
use crate::web::form::{Submitted, see};
use crate::web::multipart::{self, Bounds, ReceivedForm, UploadExcess};
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::frame::PageFrame;
use crate::web::view::links::Links;
use crate::web::view::picker::Picker;
use crate::web::view::time::moment;

/// Name in addresses and forms of a template.
const NAME: &str = "templat";
/// Name in addresses of what was just done.
const DONE: &str = "selesai";

#[derive(Template)]
#[template(path = "office_templates.html")]
struct OfficeTemplatesPage {
    frame: PageFrame,
    picker: Picker,
    paper: &'static str,
    period: String,
    notice: &'static str,
    /// Faults of what was just uploaded, each a sentence.
    faults: Vec<String>,
    templates: Vec<TemplateView>,
    /// Address to which files and removals go.
    action: String,
    action_remove: String,
    name: String,
    name_chars_max: usize,
    megabytes: usize,
    /// Kinds of what can be named: heading, how it is written.
    names: Vec<(&'static str, Vec<String>)>,
}

/// One template that is kept.
struct TemplateView {
    name: String,
    ending: String,
    by: String,
    /// Addresses of the paper in it, and of the file as it came.
    filled: String,
    file: String,
}

/// Path of the page of a kind of paper.
pub fn path(kind: ReportKind) -> String {
    format!("{LIST}/{}/templat", kind.code())
}

/// `GET /laporan/{kind}/templat`: the templates that are kept, a form for another, and the names.
pub async fn show(site: Site, Path(kind): Path<String>, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| page(site, kind_of(&kind)?, &query, Refused::default())).await
}

/// `POST /laporan/{kind}/templat`: keeps a template, or answers with its preview.
pub async fn receive(
    site: Site,
    Path(kind): Path<String>,
    PageQuery(query): PageQuery,
    headers: HeaderMap,
    parts: Multipart,
) -> PageResult {
    let _held = multipart::room().await?;
    let most = TEMPLATE_BYTES_MAX as u64;
    let bounds = Bounds { files: 1, file_bytes: most, total_bytes: most };
    let received = multipart::receive(&headers, parts, bounds).await.map_err(|excess| too_much(&excess))?;
    site.take_in(move |site| take(site, kind_of(&kind)?, &query, &received)).await
}

/// `GET /laporan/{kind}/templat/isi`: the paper in a template.
pub async fn filled(site: Site, Path(kind): Path<String>, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| {
        let chosen = ResolvedRequest::need(site, &query, &PERIODS)?;
        let request = request(&chosen, kind_of(&kind)?);
        let name = query.get(NAME).unwrap_or_default();
        Ok::<_, PageError>(answer(site.papers().report_in_template(&request, name).map_err(refused)?))
    })
    .await
}

/// `GET /laporan/{kind}/templat/berkas`: a template as it came.
pub async fn file(site: Site, Path(kind): Path<String>, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| {
        let chosen = ResolvedRequest::need(site, &query, &PERIODS)?;
        let request = request(&chosen, kind_of(&kind)?);
        let name = query.get(NAME).unwrap_or_default();
        Ok::<_, PageError>(answer(site.papers().office_template_file(&request, name).map_err(refused)?))
    })
    .await
}

/// Name of the template to remove.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RemoveForm {
    #[serde(rename = "templat")]
    name: String,
}

/// `POST /laporan/{kind}/templat/hapus`: removes a template.
pub async fn remove(
    site: Site,
    Path(kind): Path<String>,
    PageQuery(query): PageQuery,
    Submitted(form): Submitted<RemoveForm>,
) -> PageResult {
    site.take_in(move |site| {
        let kind = kind_of(&kind)?;
        let chosen = ResolvedRequest::need(site, &query, &PERIODS)?;
        site.papers().remove_office_template(&request(&chosen, kind), &form.name).map_err(refused)?;
        Ok::<_, PageError>(see(&paper_links(&chosen, kind).page_with(&path(kind), DONE, "hapus")))
    })
    .await
}

fn take(site: &Site, kind: ReportKind, query: &Query, received: &ReceivedForm) -> PageResult {
    let chosen = ResolvedRequest::need(site, query, &PERIODS)?;
    let field = |wanted: &str| {
        let found = received.fields.iter().find(|(name, _)| name == wanted);
        found.map_or("", |(_, value)| value.as_str())
    };
    let Some(upload) = received.files.first().filter(|file| !file.bytes.is_empty()) else {
        return Err(PageError::bad_request(
            "Belum ada berkas yang dipilih. Kembali, pilih berkas Word-nya, lalu kirim.",
        ));
    };
    let stem = upload.name.rsplit_once('.').map_or(upload.name.as_str(), |(stem, _)| stem);
    let name = if field(NAME).trim().is_empty() { stem } else { field(NAME) };
    let request = request(&chosen, kind);
    let outcome = if field("perbuatan") == "pratinjau" {
        site.papers().preview_in_template(&request, &upload.bytes).map(answer)
    } else {
        let kept = site.papers().add_office_template(&request, name, &upload.bytes);
        kept.map(|()| see(&paper_links(&chosen, kind).page_with(&path(kind), DONE, "simpan")))
    };
    let faults = match outcome {
        Ok(answer) => return Ok(answer),
        Err(OfficeTemplateError::Faults(faults)) => faults.0.iter().map(|fault| sentence(&fault.to_string())).collect(),
        Err(OfficeTemplateError::App(error)) => return Err(error.into()),
        Err(error) => vec![sentence(&error.to_string())],
    };
    let shown = page(site, kind, query, Refused { faults, name: name.to_owned() })?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response())
}

fn too_much(excess: &UploadExcess) -> PageError {
    match excess {
        UploadExcess::Broken => PageError::refused(
            StatusCode::BAD_REQUEST,
            "Unggahan terputus",
            "Berkas tidak sampai utuh. Tidak ada yang berubah; kembali lalu kirim lagi.",
        ),
        _ => PageError::refused(
            StatusCode::PAYLOAD_TOO_LARGE,
            "Templat terlalu besar",
            format!("Kirim satu berkas, paling besar {} MB; kecilkan gambar di dalamnya.", TEMPLATE_BYTES_MAX >> 20),
        ),
    }
}

fn refused(error: OfficeTemplateError) -> PageError {
    let status = match error {
        OfficeTemplateError::App(error) => return error.into(),
        OfficeTemplateError::Unknown { .. } => StatusCode::NOT_FOUND,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    PageError::refused(status, "Templat tidak dapat diisi", sentence(&error.to_string()))
}

fn answer(file: ReportFile) -> Response {
    let disposition = format!("attachment; filename=\"{}\"", file.name);
    let headers = [(header::CONTENT_TYPE, file.media_type), (header::CONTENT_DISPOSITION, disposition.as_str())];
    (headers, file.bytes).into_response()
}

/// Faults of an upload, and the name that was typed.
#[derive(Default)]
struct Refused {
    faults: Vec<String>,
    name: String,
}

fn page(site: &Site, kind: ReportKind, query: &Query, refused: Refused) -> PageResult {
    let path = path(kind);
    let Some(chosen) = ResolvedRequest::read(site, query, &PERIODS)? else { return empty(site, LIST) };
    let links = paper_links(&chosen, kind);
    let request = request(&chosen, kind);
    let authors = site.papers().authors(&site.papers().owner_of(&request)?)?;
    let at = |what: &str, name: &str| links.page_with(&format!("{path}/{what}"), NAME, name);
    let templates = site.papers().office_templates(&request)?.into_iter().map(|known| TemplateView {
        filled: at("isi", &known.name),
        file: at("berkas", &known.name),
        ending: known.format.ending().to_uppercase(),
        by: format!("{}, {}", authors.by(known.at), moment(known.at, &chrono::Local)),
        name: known.name,
    });
    let mut frame = PageFrame::new(site.app(), Some(&chosen), "Templat kantor", LIST);
    kind.title().clone_into(&mut frame.subtitle);
    frame.crumbs =
        vec![("Laporan".to_owned(), Links::new(&chosen).page(LIST)), ("Templat kantor".to_owned(), String::new())];
    html(&OfficeTemplatesPage {
        frame,
        picker: Picker::new(&chosen, &path, &PERIODS),
        paper: kind.title(),
        period: format::period(chosen.subject.period),
        notice: match query.get(DONE) {
            Some("simpan") => "Templat disimpan; sudah dicoba dengan data periode ini dan angkanya cocok.",
            Some("hapus") => "Templat dihapus.",
            _ => "",
        },
        faults: refused.faults,
        templates: templates.collect(),
        action: links.page(&path),
        action_remove: links.page(&format!("{path}/hapus")),
        name: refused.name,
        name_chars_max: TEMPLATE_NAME_CHARS_MAX,
        megabytes: TEMPLATE_BYTES_MAX >> 20,
        names: names(kind),
    })
}

/// Names of a kind of paper under headings; columns of rows stand after their list.
fn names(kind: ReportKind) -> Vec<(&'static str, Vec<String>)> {
    let known = TemplateNames::known(kind);
    let of = |wanted: TemplateFieldKind| -> Vec<String> {
        let own = known.iter().filter(|(name, kind)| *kind == wanted && !name.contains('/'));
        own.map(|(name, kind)| match kind {
            TemplateFieldKind::Rows => {
                let inside = format!("{name}/");
                let columns = known.iter().filter_map(|(other, _)| other.strip_prefix(inside.as_str()));
                let columns: Vec<&str> = columns.filter(|column| !column.contains('/')).collect();
                format!("{}, di dalamnya: {}", usage(kind, name), columns.join(", "))
            }
            _ => usage(kind, name),
        })
        .collect()
    };
    vec![
        ("Isian", of(TemplateFieldKind::Value)),
        ("Daftar", of(TemplateFieldKind::Rows)),
        ("Gambar", of(TemplateFieldKind::Picture)),
    ]
}
