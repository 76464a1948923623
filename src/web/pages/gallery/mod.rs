//! *Gaya*: every component of pages, every kind and state of chart, as they look on a screen, on a wall and on paper. Shows
//! examples from within the program and no data of anybody.

mod examples;
mod parts;
mod slides;

use askama::Template;

use super::{PageQuery, help, html, meeting};
use crate::charts::{self, Chart, ChartError, ChartKind, Medium};
use crate::web::chosen::ResolvedRequest;
use crate::web::error::PageResult;
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::chart::ChartView;
use crate::web::view::frame::{NavItem, PageFrame};
use crate::web::view::pager::PagerView;
use crate::web::view::panel::{BodyView, PanelsView, TabView};
use crate::web::view::symbol::{ChangeSign, Symbol};
use examples::{HOSTILE_NAME, LONG_NAME};

/// The address of the page.
pub const PATH: &str = "/gaya";
/// The address of the slides beside it.
pub const SLIDES_PATH: &str = "/gaya/rapat";

#[derive(Template)]
#[template(path = "gallery.html")]
struct GalleryPage {
    frame: PageFrame,
    pages: Vec<NavItem>,
    statuses: [(Symbol, &'static str); 7],
    changes: [(ChangeSign, &'static str); 3],
    fields: Vec<(&'static str, &'static str, &'static str)>,
    files: Vec<(&'static str, &'static str)>,
    faults: Vec<String>,
    long_name: &'static str,
    hostile_name: &'static str,
    pager: PagerView,
    panels: PanelsView,
    charts: PanelsView,
    others: Vec<OtherDress>,
    slides: &'static str,
}

/// A chart as it looks on a wall and on paper.
struct OtherDress {
    name: &'static str,
    projected: String,
    printed: String,
}

/// `GET /gaya`: every component of pages and every kind of chart.
pub async fn show(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| page(site, &query)).await
}

fn page(site: &Site, query: &Query) -> PageResult {
    let chosen = ResolvedRequest::read(site, query, &[])?;
    let mut frame = PageFrame::new(site.app(), chosen.as_ref(), "Gaya", help::PATH).dressed(query, PATH);
    frame.crumbs = vec![("Bantuan".to_owned(), help::PATH.to_owned()), (frame.title.clone(), String::new())];
    "Setiap bagian halaman dan setiap grafik, dengan angka contoh".clone_into(&mut frame.subtitle);
    let medium = if frame.is_projector { Medium::Projector } else { Medium::Screen };
    let examples = examples::charts();
    html(&GalleryPage {
        pages: frame.nav.iter().take(3).cloned().collect(),
        statuses: [
            (Symbol::Good, "Baik"),
            (Symbol::Fair, "Cukup"),
            (Symbol::Poor, "Kurang"),
            (Symbol::Few, "Data belum cukup"),
            (Symbol::Neutral, "Belum ada data"),
            (Symbol::Run, "Berjalan"),
            (Symbol::Wait, "Menunggu"),
        ],
        changes: [(ChangeSign::Up, "3,2"), (ChangeSign::Down, "12,0"), (ChangeSign::Level, "0,0")],
        fields: vec![("Skor", "81", "84"), ("Catatan", "", "sudah diperbaiki")],
        files: vec![("PDF", PATH), ("DOCX", PATH)],
        pager: parts::pager(),
        faults: vec!["jobs/contoh.toml:2:8: `cron` kosong\n  cron = \"\"\n         ^".to_owned()],
        long_name: LONG_NAME,
        hostile_name: HOSTILE_NAME,
        panels: parts::panels(),
        charts: chart_panels(&examples, medium)?,
        others: examples.iter().map(|(name, chart)| other_dress(name, chart)).collect::<Result<_, _>>()?,
        slides: SLIDES_PATH,
        frame,
    })
}

/// `GET /gaya/rapat`: every kind of slide, with examples.
pub async fn show_slides(site: Site) -> PageResult {
    site.compute(|site| {
        let day = site.app().clock().today();
        meeting::example(day, &slides::slides(day), &slides::invitees())
    })
    .await
}

/// A panel for each chart; that of PWS has its indicators to choose from.
fn chart_panels(examples: &[(&'static str, Chart)], medium: Medium) -> Result<PanelsView, ChartError> {
    let mut rows = Vec::new();
    for (place, (name, chart)) in examples.iter().enumerate() {
        let drawn = ChartView::drawn(chart, chart, medium)?;
        let body = match chart.kind {
            ChartKind::Pws(_) => BodyView::Pws(tabs(), drawn, parts::table("contoh-pws")),
            _ => BodyView::Chart(drawn),
        };
        rows.push(vec![parts::panel(&format!("grafik-{place}"), name, body)]);
    }
    Ok(PanelsView::complete(rows))
}

fn other_dress(name: &'static str, chart: &Chart) -> Result<OtherDress, ChartError> {
    // Another drawing than the one that the page holds for its printer: patterns are found by names of their own.
    let named = |dress: &str| Chart { subtitle: format!("{} · {dress}", chart.subtitle), ..chart.clone() };
    Ok(OtherDress {
        name,
        projected: charts::svg(&named("proyektor"), Medium::Projector)?,
        printed: charts::svg(&named("cetak"), Medium::Print)?,
    })
}

/// Indicators to choose from, the first chosen.
fn tabs() -> Vec<TabView> {
    let tab = |label: &str, is_current| TabView {
        label: label.to_owned(),
        name: format!("Indikator {label}"),
        href: PATH.to_owned(),
        is_current,
    };
    vec![tab("K6", true), tab("HT", false)]
}
