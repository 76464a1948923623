//! *Indikator Puskesmas*: the indicators of the Puskesmas itself in a period with the cells that their counts come from,
//! and the ready sets, which are switched on and off by year.

use std::collections::BTreeMap;

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::dashboards::empty;
use super::{PageQuery, around, html};
use crate::app::entries::EntryError;
use crate::app::indicator_sets::{SetStanding, SetWish};
use crate::charts::Medium;
use crate::dashboard::own_indicators::{OwnRow, OwnStanding};
use crate::domain::records::Field;
use crate::domain::{PeriodKind, Table, format};
use crate::store::StoredEntry;
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{PageError, PageResult, sentence};
use crate::web::form::{Submitted, see};
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::chart::ChartView;
use crate::web::view::frame::{OWN_INDICATORS_PATH as PATH, PageFrame};
use crate::web::view::links::Links;
use crate::web::view::panel::{BodyView, PanelView, PanelsView};
use crate::web::view::picker::Picker;
use crate::web::view::symbol::Symbol;
use crate::web::view::table::{ChangeView, NO_PREVIOUS, status_symbol};

#[derive(Template)]
#[template(path = "own_indicators.html")]
struct OwnIndicatorsPage {
    frame: PageFrame,
    picker: Picker,
    notice: String,
    error: String,
    year: i32,
    finding: String,
    rows: Vec<IndicatorRowView>,
    months: Vec<&'static str>,
    charts: Option<PanelsView>,
    unexplained: String,
    sets: Vec<SetStanding>,
    action: String,
    may_switch: bool,
    href_import: String,
    href_template: String,
    href_indicators: String,
    href_figures: String,
}

struct IndicatorRowView {
    code: String,
    name: String,
    set: String,
    /// True for the first row of its set.
    opens_set: bool,
    basis: String,
    shown: String,
    is_missing: bool,
    counts: String,
    target: String,
    reported: String,
    symbol: Symbol,
    state: String,
    change: Option<ChangeView>,
    months: Vec<MonthCellView>,
}

struct MonthCellView {
    shown: String,
    /// Cell from which it comes; may be empty.
    href: String,
}

/// A set that was switched, as the address says it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SetSwitched {
    #[serde(rename = "selesai")]
    set: String,
    #[serde(rename = "menjadi")]
    state: String,
}

/// A set that is to be switched, as a form sends it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SetSent {
    set: String,
    #[serde(rename = "tahun")]
    year: String,
    #[serde(rename = "menjadi")]
    state: String,
}

/// Periods that can be looked at.
const PERIODS: [PeriodKind; 5] =
    [PeriodKind::Year, PeriodKind::HalfYear, PeriodKind::FourMonth, PeriodKind::Quarter, PeriodKind::Month];
/// Word of a form that switches a set on.
const ON: &str = "nyala";

/// `GET /indikator-puskesmas`: the indicators of a period, and the sets.
pub async fn show(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| {
        let switched: SetSwitched = query.read()?;
        let known = site.app().definitions().books.indicator_sets.find(&switched.set).map(|set| set.title.clone());
        let word = if switched.state == ON { "dinyalakan" } else { "dimatikan" };
        let notice =
            known.map(|title| format!("Set {title} {word}. Pembatalannya di halaman Impor.")).unwrap_or_default();
        page(site, &query, notice, String::new())
    })
    .await
}

/// `POST /indikator-puskesmas`: switches a set on or off from a year on.
pub async fn switch(site: Site, PageQuery(query): PageQuery, Submitted(sent): Submitted<SetSent>) -> PageResult {
    site.take_in(move |site| carry_out(site, &query, &sent)).await
}

fn carry_out(site: &Site, query: &Query, sent: &SetSent) -> PageResult {
    let chosen = ResolvedRequest::need_latest(site, query, &PERIODS)?;
    let year = sent.year.trim().parse().unwrap_or_default();
    let is_on = sent.state == ON;
    let wish = SetWish { puskesmas: &chosen.puskesmas, set: &sent.set, year, is_on };
    match site.app().switch_indicator_set(&wish) {
        Ok(_) => {
            site.changed();
            let mut query = chosen.query.clone();
            query.set("selesai", &sent.set);
            query.set("menjadi", &sent.state);
            Ok(see(&query.at(PATH)))
        }
        Err(EntryError::Wrong(faults)) => {
            let told: Vec<String> = faults.into_iter().map(|fault| fault.message).collect();
            let answer = page(site, query, String::new(), told.join(" "))?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
        }
        Err(EntryError::Store(error)) => Err(PageError::Fault(error.into())),
        Err(EntryError::NotHere) => {
            Err(PageError::not_found("Set indikator itu tidak dikenal; muat ulang halaman Indikator Puskesmas."))
        }
        Err(error @ EntryError::NotAllowed(_)) => {
            Err(PageError::refused(StatusCode::FORBIDDEN, "Tidak berwenang", sentence(&error.to_string())))
        }
        Err(error) => {
            Err(PageError::refused(StatusCode::CONFLICT, "Indikator sudah berubah", sentence(&error.to_string())))
        }
    }
}

fn page(site: &Site, query: &Query, notice: String, error: String) -> Result<Response, PageError> {
    let Some(mut chosen) = ResolvedRequest::read(site, query, &PERIODS)? else { return empty(site, PATH) };
    // What was just done is said once.
    chosen.query.set("selesai", "");
    chosen.query.set("menjadi", "");
    let app = site.app();
    let links = Links::new(&chosen);
    let period = chosen.subject.period;
    let found = OwnStanding::new(chosen.snapshot.facts(), period, chosen.subject.as_of);
    let places = if found.rows.is_empty() { BTreeMap::new() } else { places(site, &chosen.puskesmas, period.year())? };
    let mut frame = PageFrame::new(app, Some(&chosen), "Indikator Puskesmas", PATH);
    frame.subtitle =
        format!("{} · data per {}", format::period_with_months(period), format::date(chosen.subject.as_of));
    frame.crumbs = vec![("Ringkasan".to_owned(), links.page("/")), ("Indikator Puskesmas".to_owned(), String::new())];
    let sets = app.indicator_sets(&chosen.puskesmas, period.year());
    let sets = sets.map_err(|_unknown| PageError::not_found("Puskesmas itu tidak ada di sini."))?;
    let months = found.rows.iter().map(|row| row.months.len()).max().unwrap_or_default();
    html(&OwnIndicatorsPage {
        picker: Picker::new(&chosen, PATH, &PERIODS),
        notice,
        error,
        year: period.year(),
        finding: found.finding(),
        months: format::MONTHS_SHORT[..months.min(12)].to_vec(),
        charts: charts(&found)?,
        unexplained: found.unexplained.join(", "),
        rows: views(&found.rows, &places),
        sets,
        action: chosen.query.at(PATH),
        may_switch: !chosen.is_as_of_given && app.may_write(Table::OwnIndicators, &chosen.puskesmas),
        href_import: links.page("/impor"),
        href_template: links.page("/templat"),
        href_indicators: links.page(&Links::entries(Table::OwnIndicators)),
        href_figures: links.page(&Links::entries(Table::OwnAchievements)),
        frame,
    })
}

/// Where the counts of a year stand in the files that brought them, by code and month.
fn places(site: &Site, puskesmas: &str, year: i32) -> Result<BTreeMap<(String, String), StoredEntry>, PageError> {
    let entries = site.app().entries(puskesmas, Table::OwnAchievements, Some(year))?;
    let key = |entry: &StoredEntry| (entry.value(Field::Code).to_owned(), entry.value(Field::Month).to_owned());
    Ok(entries.into_iter().map(|entry| (key(&entry), entry)).collect())
}

fn charts(found: &OwnStanding) -> Result<Option<PanelsView>, PageError> {
    if found.charts.is_empty() {
        return Ok(None);
    }
    let mut panels = Vec::new();
    for (at, (set, chart)) in found.charts.iter().enumerate() {
        panels.push(vec![PanelView {
            id: format!("grafik-{at}"),
            title: set.clone(),
            note: String::new(),
            fold: None,
            downloads: Vec::new(),
            body: BodyView::Chart(ChartView::drawn(chart, chart, Medium::Screen)?),
        }]);
    }
    Ok(Some(PanelsView::complete(panels)))
}

fn views(rows: &[OwnRow], places: &BTreeMap<(String, String), StoredEntry>) -> Vec<IndicatorRowView> {
    let mut set = "";
    let mut views = Vec::with_capacity(rows.len());
    for row in rows {
        views.push(view(row, row.set != set, places));
        set = &row.set;
    }
    views
}

fn view(row: &OwnRow, opens_set: bool, places: &BTreeMap<(String, String), StoredEntry>) -> IndicatorRowView {
    let count = |number: f64| format::number(number, if number.fract() == 0.0 { 0 } else { 2 });
    let counts = match (row.numerator, row.denominator) {
        (Some(numerator), Some(denominator)) => format!("{} dari {}", count(numerator), count(denominator)),
        _ => String::new(),
    };
    let month = |cell: &crate::dashboard::own_indicators::OwnMonthCell| {
        let entry = places.get(&(row.code.clone(), format::month(cell.month)));
        let address = |entry: &StoredEntry| {
            let (sheet, cell) = entry.place.rsplit_once('!')?;
            (!entry.by_form).then(|| around::path(entry.batch, sheet, cell))
        };
        MonthCellView {
            shown: if cell.shown == "belum lapor" { String::new() } else { cell.shown.clone() },
            href: entry.and_then(address).unwrap_or_default(),
        }
    };
    IndicatorRowView {
        code: row.code.clone(),
        name: row.name.clone(),
        set: row.set.clone(),
        opens_set,
        basis: row.basis.clone(),
        shown: row.shown.clone(),
        is_missing: row.value.is_none(),
        counts,
        target: row.target_shown.clone(),
        reported: format!("{} dari {}", row.reported, row.begun),
        symbol: status_symbol(row.class),
        state: row.state.clone(),
        change: ChangeView::from_change(row.change),
        months: row.months.iter().map(month).collect(),
    }
}
