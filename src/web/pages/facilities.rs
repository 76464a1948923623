//! *Faskes*: the register, and one facility with everything known of it.

use askama::Template;
use axum::extract::Path;

use super::answers::AnswersView;
use super::dashboards::{DashboardPage, empty, faults, find};
use super::evidence::visit_things;
use super::{PageQuery, html};
use crate::dashboard;
use crate::dashboard::register;
use crate::definitions::DashboardScope;
use crate::domain::PeriodKind;
use crate::web::chosen::ResolvedRequest;
use crate::web::error::PageResult;
use crate::web::query::{Query, encode};
use crate::web::site::Site;
use crate::web::view::fold::PageExtent;
use crate::web::view::frame::{NETWORK_PATH, PageFrame};
use crate::web::view::links::Links;
use crate::web::view::pager::{self, PagerView, ROWS_PER_PAGE};
use crate::web::view::panel::PanelMaker;
use crate::web::view::picker::Picker;
use crate::web::view::share;
use crate::web::view::table::{Sorting, TableMaker, TableView};

/// Slug of the dashboard that describes one facility.
pub const FACILITY_PAGE: &str = "faskes";

#[derive(Template)]
#[template(path = "facilities.html")]
struct FacilitiesPage {
    frame: PageFrame,
    /// Where the management of the network is shown.
    network: String,
    picker: Picker,
    table: TableView,
}

/// `/faskes`: the register with score and status.
pub async fn list(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| show_list(site, &query)).await
}

fn show_list(site: &Site, query: &Query) -> PageResult {
    let kinds = PeriodKind::ALL;
    let Some(chosen) = ResolvedRequest::read(site, query, &[PeriodKind::FourMonth])? else {
        return empty(site, "/faskes");
    };
    let context = chosen.context(site)?;
    let links = Links::new(&chosen);
    let mut table = register::register_table(&context);
    // Unasked it stays in the order of the register, which is that of no column.
    let unsorted = || (String::new(), dashboard::table::SortDirection::Ascending);
    let now = chosen.choice.sort.clone().unwrap_or_else(unsorted);
    table.sort_by(&now.0, now.1);
    let maker = TableMaker { links: &links, facts: chosen.snapshot.facts() };
    let page = pager::name_of(&table.name);
    let span = pager::cut(&mut table, chosen.query.get(&page), ROWS_PER_PAGE);
    let name = table.name.clone();
    let mut table = maker.sortable(&table, &Sorting { path: "/faskes", query: &chosen.query, now });
    let at = "/api/v1/facilities";
    let files = [("CSV (Excel)", links.page_with(at, "format", "csv")), ("JSON", links.page(at))];
    table.downloads = files.map(|(label, href)| (label.to_owned(), href)).to_vec();
    if let Some(span) = span {
        table.caption = format!("{}. {}", PagerView::rows_words(span), table.caption);
        table.pager = Some(PagerView::new(span, &name, &chosen.query, "/faskes"));
        for (label, _) in &mut table.downloads {
            *label = format!("{label}: semua {} baris", span.all);
        }
    }
    let mut frame = PageFrame::new(site.app(), Some(&chosen), "Faskes yang dibina", "/faskes").about(
        &chosen,
        "/faskes",
        context.source(),
    );
    frame.crumbs = vec![("Ringkasan".to_owned(), links.page("/")), ("Faskes".to_owned(), String::new())];
    let network = links.page(NETWORK_PATH);
    html(&FacilitiesPage { network, frame, picker: Picker::new(&chosen, "/faskes", &kinds), table })
}

/// `/faskes/{name}`: one facility.
pub async fn one(site: Site, Path(name): Path<String>, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| show_one(site, &name, &query)).await
}

fn show_one(site: &Site, name: &str, query: &Query) -> PageResult {
    let definition = find(site, FACILITY_PAGE, DashboardScope::Facility)?;
    let mut chosen = ResolvedRequest::need_for_facility(site, query, &definition.periods)?;
    let index = chosen.facility(name)?;
    chosen.subject.facility = Some(index);
    let facility = &chosen.snapshot.facts().facilities[index as usize];
    let path = format!("/faskes/{}", encode(&facility.name));
    let context = chosen.context(site)?;
    let extent = PageExtent::asked(&chosen.query);
    let page = dashboard::page(&definition, &context, |panel| extent.leaves_out(panel, &chosen.choice))?;
    let links = Links::new(&chosen);
    let facts = chosen.snapshot.facts();
    let maker = PanelMaker { chosen: &chosen, links: &links, facts, slug: FACILITY_PAGE, path: &path, extent };
    let mut frame =
        PageFrame::new(site.app(), Some(&chosen), &page.question, "/faskes").about(&chosen, &path, context.source());
    frame.crumbs = vec![
        ("Ringkasan".to_owned(), links.page("/")),
        ("Faskes".to_owned(), links.page("/faskes")),
        (facility.name.clone(), String::new()),
    ];
    let picker = Picker::new(&chosen, &path, &definition.periods);
    html(&DashboardPage {
        approval: String::new(),
        faults: faults(site, FACILITY_PAGE),
        meeting: String::new(),
        slides: String::new(),
        invitation: None,
        record_visit: links.record_visit(&facility.name),
        answers: AnswersView::read(site, &chosen, &facility.name)?,
        frame,
        picker,
        register: register::register_lines(facility),
        panels: share::panels(&maker, &page.panels)?,
        evidence: visit_things(&context, &links),
    })
}
