//! *Rapat lokmin*: the slides of a meeting on one page, which needs nobody once it is open. Shows what
//! [`crate::dashboard::meeting`] made; decisions go the way of every entry.

use askama::Template;
use axum::extract::State;

use super::{PageQuery, entries, html};
use crate::dashboard::meeting::{self, Slide, SlideBar, SlideBars, SlideBody};
use crate::definitions::{Dashboard, DashboardScope};
use crate::domain::{Period, format};
use crate::web::assets;
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{PageError, PageResult};
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::frame::dashboard_path;
use crate::web::view::links::Links;

/// The address of the meeting.
pub const PATH: &str = "/lokmin/rapat";
/// Units of a bar's whole length, percent beyond 100 included.
const BAR_UNITS: f64 = 1_000.0;

#[derive(Template)]
#[template(path = "meeting.html")]
struct MeetingPage {
    assets: &'static str,
    title: String,
    puskesmas: String,
    slides: Vec<SlideView>,
    /// Where Esc leads.
    leave: String,
    /// Where decisions are sent, and listed.
    decisions: String,
    /// Day of the meeting as people write it.
    today: String,
    source: String,
}

struct SlideView {
    number: usize,
    title: String,
    subtitle: String,
    notes: Vec<String>,
    body: SlideBodyView,
}

enum SlideBodyView {
    Opening { lines: Vec<String>, agenda: Vec<&'static str> },
    Lines(Vec<String>),
    Table { heads: Vec<&'static str>, rows: Vec<Vec<String>>, left_out: usize },
    Bars(BarsView),
    NewDecisions,
}

struct BarsView {
    /// Bars, and where some are left out a row that says so.
    rows: Vec<BarView>,
    target: String,
    unreported: String,
    talk: Vec<String>,
}

struct BarView {
    name: String,
    words: String,
    /// Length in units; blank where there is no bar.
    length: String,
    /// `reached`, `missed`, `total` or `gap`.
    class: &'static str,
    /// Told beside the colour.
    symbol: &'static str,
}

/// `GET /lokmin/rapat?periode=`.
pub async fn show(State(site): State<Site>, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| page(site, &query)).await
}

fn page(site: &Site, query: &Query) -> PageResult {
    let kinds: Vec<_> = definitions(site).flat_map(|definition| definition.periods.iter().copied()).collect();
    let chosen = ResolvedRequest::need(site, query, &kinds)?;
    let definition = definition_for(site, chosen.subject.period)?;
    let context = chosen.context(site)?;
    let meeting = meeting::meeting(definition, &context);
    let links = Links::new(&chosen);
    let slides = (1..).zip(&meeting.slides).map(|(number, slide)| view(number, slide)).collect();
    html(&MeetingPage {
        assets: assets::version(),
        title: meeting.title,
        slides,
        leave: links.page(&dashboard_path("lokmin")),
        decisions: links.page(&format!("{}/notulen", entries::PATH)),
        today: format::date(site.app().clock().today()),
        source: context.source(),
        puskesmas: chosen.puskesmas,
    })
}

fn definitions(site: &Site) -> impl Iterator<Item = &Dashboard> {
    site.app().definitions().dashboards.iter().filter(|page| page.scope == DashboardScope::Meeting)
}

/// The meeting that is held for such a period.
fn definition_for(site: &Site, period: Period) -> Result<&Dashboard, PageError> {
    let found = definitions(site).find(|definition| definition.periods.contains(&period.kind()));
    found.ok_or_else(|| {
        PageError::not_found(
            "Rapat lokmin diadakan untuk satu bulan atau satu triwulan; pilih periode itu di halaman Lokmin.",
        )
    })
}

/// The address of the meeting about a period, where there is one.
pub fn address(site: &Site, chosen: &ResolvedRequest, links: &Links) -> Option<String> {
    definition_for(site, chosen.subject.period).ok().map(|_| links.page(PATH))
}

fn view(number: usize, slide: &Slide) -> SlideView {
    let body = match &slide.body {
        SlideBody::Opening { lines, agenda } => SlideBodyView::Opening { lines: lines.clone(), agenda: agenda.clone() },
        SlideBody::Lines(lines) => SlideBodyView::Lines(lines.clone()),
        SlideBody::Table(table) => {
            SlideBodyView::Table { heads: table.heads.clone(), rows: table.rows.clone(), left_out: table.left_out }
        }
        SlideBody::Bars(bars) => SlideBodyView::Bars(bars_view(bars)),
        SlideBody::NewDecisions => SlideBodyView::NewDecisions,
    };
    SlideView { number, title: slide.title.clone(), subtitle: slide.subtitle.clone(), notes: slide.notes.clone(), body }
}

fn bars_view(bars: &SlideBars) -> BarsView {
    let all = bars.bars.iter().chain([&bars.total]);
    let longest = all.filter_map(|bar| bar.percent).fold(bars.target.max(100.0), f64::max);
    let units = |percent: f64| format!("{:.1}", percent.max(0.0) / longest * BAR_UNITS);
    let one = |bar: &SlideBar, is_total: bool| {
        let (class, symbol) = match (is_total, bar.is_reached) {
            (true, _) => ("total", ""),
            (false, Some(true)) => ("reached", "●"),
            (false, Some(false)) => ("missed", "■"),
            (false, None) => ("missed", ""),
        };
        BarView {
            name: bar.name.clone(),
            words: bar.words.clone(),
            length: bar.percent.map(units).unwrap_or_default(),
            class,
            symbol,
        }
    };
    let mut rows: Vec<BarView> = bars.bars.iter().map(|bar| one(bar, false)).collect();
    if let Some(gap) = bars.gap {
        let words = format!("… {} faskes lain di antaranya", gap.count);
        let row = BarView { name: words, words: String::new(), length: String::new(), class: "gap", symbol: "" };
        rows.insert(gap.after, row);
    }
    rows.push(one(&bars.total, true));
    BarsView { rows, target: units(bars.target), unreported: bars.unreported.join(", "), talk: bars.talk.clone() }
}
