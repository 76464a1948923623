//! `/bagian/{page}/{panel}`: one panel of a page on a page of its own, whole; also what a fold of the page fetches when it
//! is opened. Knows no kind of panel.

use axum::extract::Path;

use super::charts::panel_alone;
use super::dashboards::{DashboardPage, faults};
use super::{PageQuery, district, html};
use crate::web::error::PageResult;
use crate::web::query::{Query, encode};
use crate::web::site::Site;
use crate::web::view::fold::PageExtent;
use crate::web::view::frame::{PageFrame, dashboard_path};
use crate::web::view::links::Links;
use crate::web::view::panel::{PANEL_PATH, PanelMaker};
use crate::web::view::picker::Picker;

/// `/bagian/{page}/{panel}`: one panel, whole, on a page of its own.
pub async fn show(site: Site, Path((slug, panel)): Path<(String, String)>, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| show_panel(site, &slug, &panel, &query)).await
}

fn show_panel(site: &Site, slug: &str, panel: &str, query: &Query) -> PageResult {
    if district::is_about_several(slug) {
        return district::show_panel(site, slug, panel, query);
    }
    let (chosen, data) = panel_alone(site, slug, panel, query)?;
    let context = chosen.context(site)?;
    let links = Links::new(&chosen);
    let facts = chosen.snapshot.facts();
    let facility = chosen.subject.facility.and_then(|index| facts.facilities.get(index as usize));
    let (entry, title, parent) = match facility {
        Some(facility) => ("/faskes".to_owned(), facility.name.clone(), format!("/faskes/{}", encode(&facility.name))),
        None => (dashboard_path(slug), page_title(site, slug), dashboard_path(slug)),
    };
    let path = format!("{PANEL_PATH}/{slug}/{}", encode(panel));
    let maker = PanelMaker { chosen: &chosen, links: &links, facts, slug, path: &path, extent: PageExtent::Single };
    let mut frame =
        PageFrame::new(site.app(), Some(&chosen), &data.title, &entry).about(&chosen, &path, context.source());
    frame.crumbs = vec![(title, links.page(&parent)), (data.title.clone(), String::new())];
    if parent != "/" {
        frame.crumbs.insert(0, ("Ringkasan".to_owned(), links.page("/")));
    }
    let kinds = [chosen.subject.period.kind()];
    html(&DashboardPage {
        approval: String::new(),
        faults: faults(site, slug),
        frame,
        picker: Picker::new(&chosen, &path, &kinds),
        meeting: String::new(),
        slides: String::new(),
        invitation: None,
        record_visit: String::new(),
        answers: None,
        register: Vec::new(),
        panels: maker.panels(std::slice::from_ref(&data))?,
        evidence: Vec::new(),
    })
}

fn page_title(site: &Site, slug: &str) -> String {
    let held = site.app().held_definitions();
    let found = held.definitions.dashboards.iter().find(|page| page.slug == slug);
    found.map_or_else(String::new, |page| page.title.clone())
}
