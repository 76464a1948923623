//! *Impor*: the history of imports, one import with its issues, and the original file.

use askama::Template;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::templates::XLSX;
use super::{PageQuery, entries, html};
use crate::app::batches::marking::MarkingError;
use crate::app::intake::draft::{FILES_MAX, waits};
use crate::app::intake::preview::counted_of;
use crate::diagnostic::{Issue, IssueCode, Severity};
use crate::domain::table::DISTRICT;
use crate::domain::{Received, format};
use crate::store::{BatchId, BatchSummary, ImportDraft, Scope};
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{PageError, PageResult, sentence};
use crate::web::query::{Query, encode};
use crate::web::site::Site;
use crate::web::view::frame::PageFrame;
use crate::web::view::links::Links;
use crate::web::view::symbol::Symbol;
use crate::web::view::time::moment;

/// Imports listed at most.
const IMPORTS_MAX: usize = 500;

#[derive(Template)]
#[template(path = "imports.html")]
struct ImportsPage {
    frame: PageFrame,
    batches: Vec<BatchView>,
    more: usize,
    data: String,
    notice: &'static str,
    /// Address, files, until when they wait.
    drafts: Vec<(String, String, String)>,
    /// Files at once, and megabytes of each.
    limits: (usize, u64),
}

#[derive(Template)]
#[template(path = "import.html")]
struct ImportPage {
    frame: PageFrame,
    batch: BatchView,
    issues: Vec<IssueView>,
    has_unknown_names: bool,
    /// Sheets that were not read because nobody knew what they are.
    unread: Vec<String>,
}

struct BatchView {
    number: BatchId,
    href: String,
    /// The batch that it continues.
    continues: Option<BatchId>,
    download: String,
    href_marked: String,
    /// True where the file itself can be marked; of other formats there is a list.
    is_itself_marked: bool,
    file: String,
    by_form: bool,
    who: String,
    at: String,
    undone: String,
    /// Facts that were stored of it: `18 pembinaan, 5 RTL`.
    stored: String,
    errors: u32,
    warnings: u32,
    sha256: String,
    recaps: Vec<(String, &'static str, String, u32, u32)>,
}

struct IssueView {
    place: String,
    symbol: Symbol,
    severity: &'static str,
    code: &'static str,
    message: String,
}

/// `/impor`: accepted files, the newest first.
pub async fn list(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| show_list(site, &query)).await
}

fn show_list(site: &Site, query: &Query) -> PageResult {
    let chosen = ResolvedRequest::read(site, query, &[])?;
    let mut history = batches(site, chosen.as_ref())?;
    // What people wrote by forms stands on the pages of those forms.
    history.retain(|batch| !batch.by_form);
    let more = history.len().saturating_sub(IMPORTS_MAX);
    let links = chosen.as_ref().map(Links::new).unwrap_or_default();
    let frame = PageFrame::new(site.app(), chosen.as_ref(), "Impor berkas", "/impor");
    let listed = history.iter().take(IMPORTS_MAX);
    let batches = listed.map(|batch| view(site, batch, &links)).collect::<Result<_, _>>()?;
    let drafts = site.intake().drafts_waiting()?.iter().map(|draft| draft_view(site, draft)).collect();
    let notice = if query.get("dibuang").is_some() { "Draf dibuang; tidak ada yang berubah." } else { "" };
    let limits = (FILES_MAX, site.app().limits().file_bytes >> 20);
    let data = site.app().data().display().to_string();
    html(&ImportsPage { frame, batches, more, data, notice, drafts, limits })
}

fn draft_view(site: &Site, draft: &ImportDraft) -> (String, String, String) {
    let waiting: Vec<&str> =
        draft.files.iter().filter(|file| file.outcome.is_none()).map(|file| file.name.as_str()).collect();
    let named = waiting.iter().take(3).copied().collect::<Vec<_>>().join(", ");
    let more = waiting.len().saturating_sub(3);
    let files = if more > 0 { format!("{named}, dan {more} berkas lain") } else { named };
    (format!("/impor/draf/{}", draft.id), files, waits(draft.expires, site.app().clock().now()))
}

/// The history of the chosen Puskesmas, the latest first.
pub fn batches(site: &Site, chosen: Option<&ResolvedRequest>) -> Result<Vec<BatchSummary>, PageError> {
    let scope = chosen.map_or(Scope::All, |chosen| Scope::Puskesmas(chosen.puskesmas.clone()));
    let accepted = site.batches();
    let mut history = accepted.history(&scope)?;
    if chosen.is_some() {
        // Lists of clusters are of no Puskesmas, and concern each.
        history.extend(accepted.history(&Scope::Puskesmas(DISTRICT.to_owned()))?);
        history.sort_by_key(|batch| std::cmp::Reverse(batch.batch));
    }
    Ok(history)
}

/// `/impor/{batch}`: what was in it and what was wrong with it.
pub async fn one(site: Site, Path(batch): Path<BatchId>, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| show_one(site, batch, &query)).await
}

fn show_one(site: &Site, batch: BatchId, query: &Query) -> PageResult {
    let accepted = site.batches();
    let history = accepted.history(&Scope::All)?;
    let summary = history
        .iter()
        .find(|known| known.batch == batch)
        .ok_or_else(|| PageError::not_found("Impor dengan nomor itu tidak ada. Lihat daftar di halaman Impor."))?;
    let chosen = ResolvedRequest::read(site, query, &[])?;
    let links = chosen.as_ref().map(Links::new).unwrap_or_default();
    let called = called(summary);
    let (room, path) = if summary.by_form { ("Catatan", entries::PATH) } else { ("Impor", "/impor") };
    let mut frame = PageFrame::new(site.app(), chosen.as_ref(), &called, path);
    frame.acts_on.clone_from(&summary.puskesmas);
    frame.crumbs =
        vec![("Ringkasan".to_owned(), links.page("/")), (room.to_owned(), links.page(path)), (called, String::new())];
    let issues = accepted.issues(batch)?;
    let has_unknown_names = issues.iter().any(|issue| issue.code == IssueCode::UnknownFacility);
    let unread = unread(summary, &issues);
    let issues = issues.iter().map(issue_view).collect();
    html(&ImportPage { frame, batch: view(site, summary, &links)?, issues, has_unknown_names, unread })
}

/// The name of a batch: its file; of a form's, the table that was written.
pub fn called(batch: &BatchSummary) -> String {
    if !batch.by_form {
        return batch.file_name.clone();
    }
    let tables: Vec<&str> = batch.recaps.iter().map(|recap| recap.table.label()).collect();
    if tables.is_empty() { "Catatan yang dihapus".to_owned() } else { format!("Catatan {}", tables.join(", ")) }
}

/// Sheets of a live import from which nothing was taken because their table or months are not known.
fn unread(batch: &BatchSummary, issues: &[Issue]) -> Vec<String> {
    let is_read = |sheet: &str| batch.recaps.iter().any(|recap| recap.sheet == sheet);
    let is_open = |issue: &&Issue| {
        matches!(issue.code, IssueCode::UnknownTable | IssueCode::MissingValue) && !is_read(&issue.sheet)
    };
    let mut sheets: Vec<String> = Vec::new();
    for issue in issues.iter().filter(is_open).filter(|_| batch.undone.is_none()) {
        if !issue.sheet.is_empty() && !sheets.contains(&issue.sheet) {
            sheets.push(issue.sheet.clone());
        }
    }
    sheets
}

/// `/impor/{batch}/berkas`: the workbook as it came.
pub async fn original(site: Site, Path(batch): Path<BatchId>) -> PageResult {
    site.compute(move |site| download(site, batch)).await
}

fn download(site: &Site, batch: BatchId) -> Result<Response, PageError> {
    let history = site.batches().history(&Scope::All)?;
    if !history.iter().any(|known| known.batch == batch) {
        return Err(PageError::not_found("Impor dengan nomor itu tidak ada. Lihat daftar di halaman Impor."));
    }
    let (name, bytes) = site.batches().original(batch)?;
    let disposition = format!("attachment; filename*=UTF-8''{}", encode(&name));
    Ok(([(header::CONTENT_TYPE, media_of(&name)), (header::CONTENT_DISPOSITION, disposition.as_str())], bytes)
        .into_response())
}

/// Media type of a file, by the ending of its name.
fn media_of(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).as_deref() {
        Some("xlsx") => XLSX,
        Some("xlsm") => "application/vnd.ms-excel.sheet.macroEnabled.12",
        Some("ods") => "application/vnd.oasis.opendocument.spreadsheet",
        Some("xls") => "application/vnd.ms-excel",
        Some("xlsb") => "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
        Some("csv") => "text/csv; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// `/impor/{batch}/bertanda`: the same workbook, or its cells, with the wrong ones marked.
pub async fn marked(site: Site, Path(batch): Path<BatchId>) -> PageResult {
    site.compute(move |site| mark(site, batch)).await
}

fn mark(site: &Site, batch: BatchId) -> PageResult {
    let batch = site
        .app()
        .batches()
        .batch(batch)?
        .ok_or_else(|| PageError::not_found("Impor dengan nomor itu tidak ada. Lihat daftar di halaman Impor."))?;
    let copied = site.batches().marked_copy(&batch).map_err(|error| match error {
        MarkingError::Mark(error) => PageError::refused(
            StatusCode::UNPROCESSABLE_ENTITY,
            "Salinan bertanda tidak ada",
            sentence(&error.to_string()),
        ),
        MarkingError::Store(error) => PageError::Fault(error.into()),
    })?;
    let file = copied.file;
    let disposition = format!("attachment; filename*=UTF-8''{}", encode(&file.name));
    let headers = [(header::CONTENT_TYPE, media_of(&file.name)), (header::CONTENT_DISPOSITION, disposition.as_str())];
    Ok((headers, file.bytes).into_response())
}

/// A batch with what was stored of it, counted as the preview and the receipt count.
fn view(site: &Site, batch: &BatchSummary, links: &Links) -> Result<BatchView, PageError> {
    let zone = chrono::Local;
    let facts = site.batches().facts_of(batch.batch)?;
    let is_all_empty = facts.iter().all(|counted| counted.facts == 0);
    let told = facts.iter().filter(|counted| is_all_empty || counted.facts > 0);
    let counted: Vec<String> = told.map(|counted| counted_of(counted.table, counted.facts)).collect();
    Ok(BatchView {
        number: batch.batch,
        continues: batch.continues,
        href: links.page(&format!("/impor/{}", batch.batch)),
        download: format!("/impor/{}/berkas", batch.batch),
        href_marked: format!("/impor/{}/bertanda", batch.batch),
        is_itself_marked: is_itself_marked(&batch.file_name),
        file: batch.file_name.clone(),
        by_form: batch.by_form,
        who: batch.who.clone(),
        at: moment(batch.at, &zone),
        undone: batch.undone.as_ref().map(|(at, who)| format!("{} oleh {who}", moment(*at, &zone))).unwrap_or_default(),
        stored: counted.join(", "),
        errors: batch.errors,
        warnings: batch.warnings,
        sha256: batch.sha256.clone(),
        recaps: batch
            .recaps
            .iter()
            .map(|recap| {
                let months = match recap.received {
                    Received::Year(year) => format!("Tahun {year}"),
                    other => format::received(other),
                };
                (recap.sheet.clone(), recap.table.label(), months, recap.rows_seen, recap.rows_rejected)
            })
            .collect(),
    })
}

/// Reports whether the marked copy is one of the very file and not of its cells, going by its name.
fn is_itself_marked(file: &str) -> bool {
    let ending = file.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    matches!(ending.as_deref(), Some("xlsx" | "xlsm"))
}

fn issue_view(issue: &Issue) -> IssueView {
    let (symbol, severity) = match issue.severity {
        Severity::Error => (Symbol::Poor, "Ditolak"),
        Severity::Warning => (Symbol::Fair, "Peringatan"),
    };
    let place = if issue.cell.is_empty() { issue.sheet.clone() } else { format!("{}!{}", issue.sheet, issue.cell) };
    IssueView { place, symbol, severity, code: issue.code.code(), message: issue.message.clone() }
}
