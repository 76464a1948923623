//! *PKP*: the yearly assessment of the Puskesmas, row by row, its programs around a centre, the change to the year before,
//! and each figure of the sheet that does not follow from its counts, with the row that holds it.

use std::collections::BTreeMap;

use askama::Template;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::Deserialize;

use super::dashboards::empty;
use super::pkp_verification::{VerificationNews, VerificationPanel, VerificationSent, WHOLE_ASKED};
use super::{PageQuery, around, html};
use crate::app::entries::{EntryError, Values};
use crate::app::pkp_verifications::{VerificationAct, VerificationWish};
use crate::charts::Medium;
use crate::dashboard::pkp::{PkpAssessment, PkpDisagreement, PkpRow};
use crate::dashboard::pkp_verification::PkpVerifications;
use crate::domain::form::TableForm;
use crate::domain::pkp::PkpLevel;
use crate::domain::records::Field;
use crate::domain::{FileFormat, ReportKind, Table, format};
use crate::store::StoredEntry;
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{PageError, PageResult, sentence};
use crate::web::form::{Submitted, see, text};
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::chart::ChartView;
use crate::web::view::frame::{PKP_PATH as PATH, PageFrame};
use crate::web::view::links::Links;
use crate::web::view::panel::{BodyView, PanelView, PanelsView};
use crate::web::view::symbol::Symbol;
use crate::web::view::table::{ChangeView, NO_PREVIOUS, status_symbol};

#[derive(Template)]
#[template(path = "pkp.html")]
struct PkpPage {
    frame: PageFrame,
    notice: String,
    verification: VerificationPanel,
    year: i32,
    /// Each year with its address.
    years: Vec<(i32, String)>,
    finding: String,
    coverage: String,
    rows: Vec<AssessedRowView>,
    chart: Option<PanelsView>,
    differences: Vec<DifferenceView>,
    has_words: bool,
    bands: &'static str,
    basis: &'static str,
    href_import: String,
    href_template: String,
    href_entries: String,
    /// Formats of the paper with their addresses.
    papers: Vec<(String, String)>,
}

struct AssessedRowView {
    code: String,
    level: &'static str,
    is_leaf_level: bool,
    name: String,
    target: String,
    population: String,
    planned: String,
    reached: String,
    coverage: String,
    shown: String,
    is_missing: bool,
    reason: String,
    symbol: Symbol,
    status: &'static str,
    has_status: bool,
    change: Option<ChangeView>,
    words: Vec<(&'static str, String)>,
}

struct DifferenceView {
    code: String,
    name: String,
    field: &'static str,
    written: String,
    computed: String,
    place: String,
    href: String,
}

/// The year of an address.
#[derive(Default, Deserialize)]
#[serde(default)]
struct YearQuery {
    #[serde(deserialize_with = "text")]
    tahun: Option<String>,
}

/// Act that was done and program, as an address names them besides the year.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct AskedVerification {
    #[serde(rename = "selesai")]
    done: String,
    program: String,
}

/// `GET /pkp?tahun=`: the assessment of a year.
pub async fn show(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| {
        let asked = query.read::<AskedVerification>()?;
        let notice = VerificationAct::from_code(&asked.done).map(|act| act.done().to_owned()).unwrap_or_default();
        render(site, &query, &notice, VerificationNews { program: asked.program, error: String::new() })
    })
    .await
}

/// `POST /pkp?tahun=`: verifies a program or the whole of a year, or answers.
pub async fn act(site: Site, PageQuery(query): PageQuery, Submitted(sent): Submitted<VerificationSent>) -> PageResult {
    site.take_in(move |site| carry_out(site, &query, &sent)).await
}

fn carry_out(site: &Site, query: &Query, sent: &VerificationSent) -> PageResult {
    let chosen = ResolvedRequest::need_latest(site, query, &[])?;
    let year =
        year_asked(query)?.ok_or_else(|| PageError::bad_request("Tahun PKP belum disebut; muat ulang halaman PKP."))?;
    let act = VerificationAct::from_code(&sent.act)
        .ok_or_else(|| PageError::not_found("Tindakan itu tidak dikenal; muat ulang halaman PKP."))?;
    let typed = sent.values.by_key("");
    let fields = TableForm::from_table(Table::PkpVerifications).fields.iter();
    let values: Values = fields.filter_map(|field| Some((field.name, (*typed.get(field.name)?).to_owned()))).collect();
    let program = if sent.program == WHOLE_ASKED { "" } else { sent.program.as_str() };
    let wish = VerificationWish { puskesmas: &chosen.puskesmas, year, act, program, values: &values };
    match site.app().act_on_pkp(&wish) {
        Ok(_) => {
            site.changed();
            let mut done = query.clone();
            done.set("program", "");
            done.set("selesai", act.code());
            Ok(see(&Links::new(&chosen).page_of(PATH, &done)))
        }
        Err(EntryError::Wrong(faults)) => {
            let told: Vec<String> = faults.into_iter().map(|fault| fault.message).collect();
            let news = VerificationNews { program: sent.program.clone(), error: told.join(" ") };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, render(site, query, "", news)?).into_response())
        }
        Err(EntryError::Store(error)) => Err(PageError::Fault(error.into())),
        Err(error @ EntryError::NotHere) => Err(PageError::not_found(sentence(&error.to_string()))),
        Err(error @ EntryError::NotAllowed(_)) => {
            Err(PageError::refused(StatusCode::FORBIDDEN, "Tidak berwenang", sentence(&error.to_string())))
        }
        Err(error) => {
            Err(PageError::refused(StatusCode::CONFLICT, "Verifikasi ini sudah berubah", sentence(&error.to_string())))
        }
    }
}

/// Returns the year that an address asks for; none where it asks for none.
///
/// # Errors
/// Words that are no year.
pub fn year_asked(query: &Query) -> Result<Option<i32>, PageError> {
    let year = |text: &str| {
        let year = text.trim().parse().ok().filter(|year| (2000..2100).contains(year));
        year.ok_or_else(|| PageError::bad_request(format!("Tahun “{text}” tidak dikenal. Contoh: 2024.")))
    };
    let asked: YearQuery = query.read()?;
    asked.tahun.as_deref().map(year).transpose()
}

fn render(site: &Site, query: &Query, notice: &str, news: VerificationNews) -> PageResult {
    let asked = year_asked(query)?;
    let Some(chosen) = ResolvedRequest::read(site, query, &[])? else { return empty(site, PATH) };
    let found = PkpAssessment::new(chosen.snapshot.facts(), asked);
    let year = if found.year == 0 { chosen.subject.period.year() } else { found.year };
    let links = Links::new(&chosen);
    let verified = PkpVerifications::new(chosen.snapshot.facts(), 0, &found, chosen.subject.as_of);
    let mut frame = PageFrame::new(site.app(), Some(&chosen), &format!("PKP {year}"), PATH);
    "Penilaian kinerja Puskesmas, dihitung ulang dari pencapaian dan sasarannya".clone_into(&mut frame.subtitle);
    frame.crumbs = vec![("Ringkasan".to_owned(), links.page("/")), ("PKP".to_owned(), String::new())];
    let places = if found.differences.is_empty() { BTreeMap::new() } else { places(site, &chosen.puskesmas, year)? };
    let address = |other: &i32| (*other, links.page_with(PATH, "tahun", &other.to_string()));
    html(&PkpPage {
        notice: notice.to_owned(),
        verification: VerificationPanel::new(site, &chosen, &verified, news),
        frame,
        year,
        years: found.years.iter().map(address).collect(),
        finding: found.finding(),
        coverage: format!("{} dari {} baris yang dinilai sudah dilaporkan", found.reported, found.asked),
        chart: radar(&found)?,
        differences: found.differences.iter().map(|difference| disagreement(difference, &places)).collect(),
        has_words: found.rows.iter().any(|row| row.words.iter().any(|words| !words.is_empty())),
        bands: found.bands.printed,
        basis: found.bands.basis,
        rows: found.rows.iter().map(view).collect(),
        href_import: links.page("/impor"),
        href_template: links.page("/templat"),
        href_entries: links.page("/catatan/pkp"),
        papers: FileFormat::ALL.map(|format| paper(&links, format, year)).to_vec(),
    })
}

/// A format of the paper with its address.
fn paper(links: &Links, format: FileFormat, year: i32) -> (String, String) {
    let path = format!("/laporan/{}.{}", ReportKind::Pkp.code(), format.ending());
    (format.ending().to_uppercase(), links.page_with(&path, "periode", &year.to_string()))
}

/// Where the rows of the year stand in the files that brought them, by code.
fn places(site: &Site, puskesmas: &str, year: i32) -> Result<BTreeMap<String, StoredEntry>, PageError> {
    let entries = site.app().entries(puskesmas, Table::Pkp, Some(year))?;
    let of_year = entries.into_iter().filter(|entry| entry.value(Field::Year) == year.to_string());
    Ok(of_year.map(|entry| (entry.value(Field::Code).to_owned(), entry)).collect())
}

fn disagreement(difference: &PkpDisagreement, places: &BTreeMap<String, StoredEntry>) -> DifferenceView {
    let entry = places.get(&difference.code);
    let address = |entry: &StoredEntry| {
        let (sheet, cell) = entry.place.rsplit_once('!')?;
        (!entry.by_form).then(|| around::path(entry.batch, sheet, cell))
    };
    DifferenceView {
        code: difference.code.clone(),
        name: difference.name.clone(),
        field: difference.field.label(),
        written: difference.written.clone(),
        computed: difference.computed.clone(),
        place: entry.map(|entry| format!("{} › {}", entry.file_name, entry.place)).unwrap_or_default(),
        href: entry.and_then(address).unwrap_or_default(),
    }
}

fn radar(found: &PkpAssessment) -> Result<Option<PanelsView>, PageError> {
    let Some(chart) = &found.chart else { return Ok(None) };
    let panel = PanelView {
        id: "sarang".to_owned(),
        title: "Sarang laba-laba program".to_owned(),
        note: String::new(),
        fold: None,
        downloads: Vec::new(),
        body: BodyView::Chart(ChartView::drawn(chart, chart, Medium::Screen)?),
    };
    Ok(Some(PanelsView::complete(vec![vec![panel]])))
}

fn view(row: &PkpRow) -> AssessedRowView {
    let count = |number: Option<f64>| number.map(counted).unwrap_or_default();
    let labels = ["Penyebab", "RTL", "Tindak lanjut", "Evaluasi"];
    let words = labels.into_iter().zip(&row.words).filter(|(_, words)| !words.is_empty());
    AssessedRowView {
        code: row.code.clone(),
        level: row.level.label(),
        is_leaf_level: row.level >= PkpLevel::Variable,
        name: row.name.clone(),
        target: row.target.clone(),
        population: count(row.population),
        planned: count(row.planned),
        reached: count(row.reached),
        coverage: row.coverage.clone(),
        shown: row.shown.clone(),
        is_missing: row.performance.is_none(),
        reason: row.reason.clone(),
        symbol: status_symbol(row.class),
        status: row.class.label(),
        has_status: row.performance.is_some(),
        change: ChangeView::from_change(row.change),
        words: words.map(|(label, words)| (label, words.clone())).collect(),
    }
}

/// A count with as many decimals as it has, up to two.
fn counted(number: f64) -> String {
    let hundredths = (number * 100.0).round() / 100.0;
    let decimals = if hundredths.fract() == 0.0 {
        0
    } else if (hundredths * 10.0).fract() == 0.0 {
        1
    } else {
        2
    };
    format::number(number, decimals)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_show_the_decimals_that_they_have() {
        assert_eq!([counted(1234.0), counted(104.5), counted(104.55)], ["1.234", "104,5", "104,55"]);
    }
}
