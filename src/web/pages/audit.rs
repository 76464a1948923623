//! *Jejak audit*: who did what, when, from where, from what to what; with a filter, by pages, and as files.

use askama::Template;
use axum::http::StatusCode;
use serde::Deserialize;

use super::{PageQuery, html};
use crate::app::AppError;
use crate::app::audit::{AuditAsked, AuditPage, ROWS_PER_PAGE, moment_words, verdict_words};
use crate::domain::Date;
use crate::domain::audit::AuditAction;
use crate::store::{AuditRow, AuditVerdict};
use crate::web::chosen::ResolvedRequest;
use crate::web::day::DayField;
use crate::web::error::{PageError, PageResult, sentence};
use crate::web::form::text;
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::frame::PageFrame;
use crate::web::view::links::Links;
use crate::web::view::pager::{PagerView, RowsOnPage, name_of};

/// Address of the page.
pub const PATH: &str = "/jejak";
/// Address of the same rows for programs, and as files.
const API_PATH: &str = "/api/v1/audit";
/// Name of the table in addresses.
const TABLE: &str = "jejak";
/// Days between which rows are asked for.
const FROM: DayField = DayField { name: "dari", label: "Dari tanggal" };
const UNTIL: DayField = DayField { name: "sampai", label: "Sampai tanggal" };
/// Letters of a hash that a row shows.
const HASH_LETTERS: usize = 12;

#[derive(Template)]
#[template(path = "audit.html")]
struct AuditListPage {
    frame: PageFrame,
    filter: AuditForm,
    rows: Vec<AuditLine>,
    /// `Baris 1–100 dari 240`.
    counted: String,
    pager: Option<PagerView>,
    files: Vec<(String, String)>,
    shows_puskesmas: bool,
    is_filtered: bool,
    chain: Option<ChainView>,
    /// Address at which the chain is walked; empty for those who may not read all of it.
    href_verify: String,
}

/// Fields of the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct AuditQuery {
    #[serde(deserialize_with = "text")]
    akun: Option<String>,
    #[serde(deserialize_with = "text")]
    tindakan: Option<String>,
    #[serde(deserialize_with = "text")]
    milik: Option<String>,
    #[serde(deserialize_with = "text")]
    kata: Option<String>,
    /// Hash that somebody noted.
    #[serde(deserialize_with = "text")]
    hash: Option<String>,
    #[serde(deserialize_with = "text")]
    periksa: Option<String>,
}

/// The form above the table.
struct AuditForm {
    from: String,
    until: String,
    words: String,
    accounts: Vec<(String, bool)>,
    actions: Vec<(&'static str, &'static str, bool)>,
    /// Empty where there are not several.
    puskesmas: Vec<(String, bool)>,
    hash: String,
}

/// A row as it is shown.
struct AuditLine {
    number: i64,
    at: String,
    account: String,
    origin: String,
    action: String,
    puskesmas: String,
    record: String,
    /// Label, value before, value after; what was not there is blank.
    changes: Vec<(String, String, String)>,
    hash: String,
    hash_start: String,
}

/// Outcome of walking the chain.
struct ChainView {
    words: String,
    is_whole: bool,
    hash: String,
}

/// `/jejak`: a page of the audit, the newest rows first.
pub async fn show(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| show_list(site, &query)).await
}

fn show_list(site: &Site, query: &Query) -> PageResult {
    let asked = asked(query)?;
    let audit = site.app().audit();
    let AuditPage { rows, all, page, pages } = audit.page(&asked, page_of(query)).map_err(refused)?;
    let typed: AuditQuery = query.read()?;
    let chain = match typed.periksa {
        Some(_) => Some(chain_view(&audit.verify(typed.hash.as_deref()).map_err(refused)?)),
        None => None,
    };
    let filter = form(site, query, &asked)?;
    let chosen = ResolvedRequest::read(site, &query.only(&["puskesmas"]), &[])?;
    let links = chosen.as_ref().map(Links::new).unwrap_or_default();
    let mut frame = PageFrame::new(site.app(), chosen.as_ref(), "Jejak audit", PATH);
    frame.subtitle.push_str("Siapa mengubah apa, kapan, dan dari mana");
    frame.crumbs = vec![("Ringkasan".to_owned(), links.page("/")), ("Jejak audit".to_owned(), String::new())];
    let place = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let first = (page - 1) * ROWS_PER_PAGE + 1;
    let last = first.saturating_add(u64::try_from(rows.len()).unwrap_or(0)).saturating_sub(1);
    let span =
        RowsOnPage { first: place(first), last: place(last), all: place(all), page: place(page), pages: place(pages) };
    let rest = query.with("periksa", "").with("hash", "");
    let api = rest.with(&name_of(TABLE), "");
    let files = [("CSV (Excel)", "csv"), ("XLSX", "xlsx"), ("JSON", "")];
    let files = files.map(|(label, format)| (label.to_owned(), api.with("format", format).at(API_PATH)));
    html(&AuditListPage {
        frame,
        shows_puskesmas: !filter.puskesmas.is_empty(),
        filter,
        rows: rows.iter().map(line).collect(),
        counted: if all == 0 { String::new() } else { PagerView::rows_words(span) },
        pager: (pages > 1).then(|| PagerView::new(span, TABLE, &rest, PATH)),
        files: files.to_vec(),
        is_filtered: asked != AuditAsked::default(),
        chain,
        href_verify: if audit.is_whole() { rest.with("periksa", "ya").at(PATH) } else { String::new() },
    })
}

/// The rows that an address asks for.
pub fn asked(query: &Query) -> Result<AuditAsked, PageError> {
    let AuditQuery { akun: account, tindakan, milik: puskesmas, kata: words, .. } = query.read()?;
    let action = match tindakan {
        None => None,
        Some(code) => Some(AuditAction::from_code(&code).ok_or_else(|| {
            PageError::bad_request(format!(
                "Tindakan “{code}” tidak dikenal. Pilih dari daftar di halaman Jejak audit."
            ))
        })?),
    };
    let from = FROM.chosen_in(query)?;
    let until = UNTIL.chosen_in(query)?;
    Ok(AuditAsked { from, until, account, action, puskesmas, words })
}

/// The page that an address asks for.
pub fn page_of(query: &Query) -> u64 {
    query.get(&name_of(TABLE)).and_then(|number| number.parse().ok()).unwrap_or(1)
}

/// Says what may not be read; everything else is Simpul that failed.
pub fn refused(error: AppError) -> PageError {
    match error {
        AppError::NotAllowed { .. } => {
            PageError::refused(StatusCode::FORBIDDEN, "Tidak berwenang", sentence(&error.to_string()))
        }
        other => other.into(),
    }
}

fn form(site: &Site, query: &Query, asked: &AuditAsked) -> Result<AuditForm, PageError> {
    let audit = site.app().audit();
    let chosen = |known: &Option<String>, name: &str| known.as_deref() == Some(name);
    let accounts = audit.accounts().map_err(refused)?.into_iter();
    let accounts = accounts.map(|name| (name.clone(), chosen(&asked.account, &name))).collect();
    let mut puskesmas: Vec<(String, bool)> = Vec::new();
    let known = audit.puskesmas().map_err(refused)?;
    if known.len() > 1 {
        puskesmas.extend(known.into_iter().map(|name| (name.clone(), chosen(&asked.puskesmas, &name))));
    }
    let actions = AuditAction::all().map(|action| (action.code(), action.label(), asked.action == Some(action)));
    let typed = |field: DayField, day: Option<Date>| day.map_or(String::new(), |_| in_query(query, field));
    Ok(AuditForm {
        from: typed(FROM, asked.from),
        until: typed(UNTIL, asked.until),
        words: asked.words.clone().unwrap_or_default(),
        accounts,
        actions: actions.collect(),
        puskesmas,
        hash: query.read::<AuditQuery>()?.hash.unwrap_or_default(),
    })
}

fn in_query(query: &Query, field: DayField) -> String {
    query.get(field.name).unwrap_or_default().to_owned()
}

fn line(row: &AuditRow) -> AuditLine {
    AuditLine {
        number: row.seq,
        at: moment_words(row.at),
        account: row.account.clone(),
        origin: row.origin.clone(),
        action: row.action_label().to_owned(),
        puskesmas: row.puskesmas.clone().unwrap_or_default(),
        record: row.record.clone(),
        changes: changes(row),
        hash: row.hash.clone(),
        hash_start: row.hash.chars().take(HASH_LETTERS).collect(),
    }
}

/// Names with their values on both sides: those that changed stand in one line.
fn changes(row: &AuditRow) -> Vec<(String, String, String)> {
    let mut after: Vec<&(String, String)> = row.after.pairs().iter().collect();
    let mut lines = Vec::new();
    for (name, value) in row.before.pairs() {
        let same = after.iter().position(|(known, _)| known == name);
        let now = same.map(|place| after.remove(place).1.clone()).unwrap_or_default();
        lines.push((name.clone(), value.clone(), now));
    }
    lines.extend(after.into_iter().map(|(name, value)| (name.clone(), String::new(), value.clone())));
    lines
}

fn chain_view(verdict: &AuditVerdict) -> ChainView {
    ChainView {
        words: verdict_words(verdict),
        is_whole: verdict.fault.is_none(),
        hash: verdict.head.as_ref().map(|head| head.hash.clone()).unwrap_or_default(),
    }
}
