//! *Kabupaten* and the page of a cluster: several Puskesmas beside each other, made from definitions of scope `district`
//! and `cluster`. Whoever sees one Puskesmas alone finds no such page; of a foreign cluster it is as if there were none.

use askama::Template;
use axum::extract::Path;

use super::dashboards::{empty, faults, find};
use super::{PageQuery, html};
use crate::app::district::DistrictRequest;
use crate::dashboard::district::{self, DistrictContext};
use crate::dashboard::{DataTable, PanelData};
use crate::definitions::{Dashboard, DashboardScope, DistrictPanel, Panel, PanelKind};
use crate::domain::name::plain_words;
use crate::domain::written::cluster_words;
use crate::domain::{Date, Month, Period, PeriodKind};
use crate::web::chosen::{AS_OF, choice_of, period_in};
use crate::web::error::{PageError, PageResult};
use crate::web::form::see;
use crate::web::query::{Query, encode};
use crate::web::site::Site;
use crate::web::view::district::DistrictMaker;
use crate::web::view::fold::PageExtent;
use crate::web::view::frame::PageFrame;
use crate::web::view::links::{DISTRICT_PATH as PATH, Links};
use crate::web::view::panel::{PANEL_PATH, PanelsView, TabView};
use crate::web::view::picker::{Picker, SeveralSubject};

/// Slug of the dashboard over all Puskesmas.
const DISTRICT_PAGE: &str = "kabupaten";
/// Slug of the dashboard over the Puskesmas of one cluster.
const CLUSTER_PAGE: &str = "klaster";
/// Name in addresses of the cluster that a panel of its page is about.
const CLUSTER: &str = "klaster";

#[derive(Template)]
#[template(path = "district.html")]
struct DistrictPage {
    frame: PageFrame,
    /// Faults of its file.
    faults: Vec<String>,
    picker: Picker,
    /// All Puskesmas, then each cluster; empty where there are none.
    tabs: Vec<TabView>,
    panels: PanelsView,
}

/// `/kabupaten`: all Puskesmas that the reader sees.
pub async fn show(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| render(site, None, &query)).await
}

/// `/kabupaten/{cluster}`: those of one cluster.
pub async fn cluster(site: Site, Path(name): Path<String>, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| render(site, Some(&name), &query)).await
}

/// `/semua-puskesmas?cluster=`: where the page was before.
pub async fn former(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |_site| {
        let path = query.get("cluster").map_or_else(|| PATH.to_owned(), |name| format!("{PATH}/{}", encode(name)));
        Ok(see(&query.with("cluster", "").with("puskesmas", "").at(&path)))
    })
    .await
}

/// Reports whether a dashboard of this slug is about several Puskesmas.
pub fn is_about_several(slug: &str) -> bool {
    slug == DISTRICT_PAGE || slug == CLUSTER_PAGE
}

/// An address about several Puskesmas, resolved.
struct SeveralRequest {
    /// As asked, in a fixed form.
    query: Query,
    definition: Dashboard,
    context: DistrictContext,
    /// As-of day that was asked for.
    as_of: Option<Date>,
    /// Month of the latest recap.
    latest: Month,
}

impl SeveralRequest {
    fn read(site: &Site, cluster: Option<&str>, query: &Query) -> Result<Self, PageError> {
        let service = site.app().district();
        if !service.is_open() {
            return Err(PageError::not_found(
                "Alamat ini untuk yang melihat beberapa Puskesmas. Mulailah dari halaman pertama.",
            ));
        }
        let definition = match cluster {
            None => find(site, DISTRICT_PAGE, DashboardScope::District)?,
            Some(_) => find(site, CLUSTER_PAGE, DashboardScope::Cluster)?,
        };
        let latest = service.latest_month()?;
        let kind = definition.periods.first().copied().unwrap_or(PeriodKind::FourMonth);
        let period = period_in(query, || Period::containing(kind, latest))?;
        let as_of = AS_OF.chosen_in(query)?;
        let asked = DistrictRequest { period, as_of, cluster };
        let Some(mut context) = service.context(&asked)? else {
            let name = cluster.unwrap_or_default();
            return Err(PageError::not_found(format!(
                "Tidak ada cluster bernama “{name}” pada {}. Lihat halaman Kabupaten untuk cluster yang ada.",
                period.year()
            )));
        };
        context.sort = choice_of(query)?.sort;
        let mut query = query.clone();
        for name in ["tahun", "puskesmas", "cluster"] {
            query.set(name, "");
        }
        query.set(AS_OF.name, &as_of.map(|day| day.to_string()).unwrap_or_default());
        query.set("periode", &period.to_string());
        Ok(Self { query, definition, context, as_of, latest })
    }

    /// Path of its page.
    fn path(&self) -> String {
        self.context.cluster.as_ref().map_or_else(|| PATH.to_owned(), |name| format!("{PATH}/{}", encode(name)))
    }

    fn page(
        &self,
        site: &Site,
        title: &str,
        place: PagePlace<'_>,
        panels: &[PanelData],
    ) -> Result<DistrictPage, PageError> {
        let links = Links::over_several(&self.query);
        let named = Query::default().with(CLUSTER, self.context.cluster.as_deref().unwrap_or_default());
        let maker = DistrictMaker {
            links: &links,
            query: &self.query,
            named: &named,
            slug: &self.definition.slug,
            path: place.path,
            sort: self.context.sort.as_ref(),
            extent: place.extent,
        };
        let mut frame = PageFrame::over_several(site.app(), &links, title)
            .about_several(self.context.period, self.context.as_of)
            .dressed(&self.query, place.path);
        frame.offer_no_room();
        frame.crumbs = self.crumbs(&links, title, place.extent);
        let subject = SeveralSubject {
            query: &self.query,
            period: self.context.period,
            as_of: self.as_of,
            latest_year: self.latest.year(),
        };
        Ok(DistrictPage {
            frame,
            faults: faults(site, &self.definition.slug),
            picker: Picker::over_several(&subject, place.path, &self.definition.periods),
            tabs: self.tabs(site, &links)?,
            panels: maker.panels(panels)?,
        })
    }

    fn crumbs(&self, links: &Links, title: &str, extent: PageExtent) -> Vec<(String, String)> {
        let mut crumbs = vec![("Kabupaten".to_owned(), links.page(PATH))];
        if let Some(name) = &self.context.cluster {
            crumbs.push((cluster_words(name), links.cluster(name)));
        }
        if extent == PageExtent::Single {
            crumbs.push((title.to_owned(), String::new()));
        } else if let Some((_, href)) = crumbs.last_mut() {
            href.clear();
        }
        crumbs
    }

    fn tabs(&self, site: &Site, links: &Links) -> Result<Vec<TabView>, PageError> {
        let clusters = site.app().district().clusters(self.context.period.year())?;
        if clusters.is_empty() {
            return Ok(Vec::new());
        }
        let own = self.context.cluster.as_deref().map(plain_words);
        let all = TabView {
            label: "Semua".to_owned(),
            name: "Semua Puskesmas".to_owned(),
            href: links.page(PATH),
            is_current: own.is_none(),
        };
        let tab = |name: String| TabView {
            href: links.cluster(&name),
            is_current: own.as_ref() == Some(&plain_words(&name)),
            name: cluster_words(&name),
            label: name,
        };
        Ok(std::iter::once(all).chain(clusters.into_iter().map(tab)).collect())
    }
}

/// Path of a page, and how much of it is shown.
#[derive(Clone, Copy)]
struct PagePlace<'a> {
    path: &'a str,
    extent: PageExtent,
}

fn render(site: &Site, cluster: Option<&str>, query: &Query) -> PageResult {
    let service = site.app().district();
    if service.is_open() && service.puskesmas()?.is_empty() {
        return empty(site, PATH);
    }
    let mut request = SeveralRequest::read(site, cluster, query)?;
    let extent = PageExtent::asked(&request.query);
    let choice = choice_of(&request.query)?;
    let followed = request.definition.panels.iter().filter(|panel| !extent.leaves_out(panel, &choice));
    request.context = with_earlier(site, request.context, followed)?;
    let page = district::page(&request.definition, &request.context, |panel| extent.leaves_out(panel, &choice));
    let path = request.path();
    html(&request.page(site, &page.question, PagePlace { path: &path, extent }, &page.panels)?)
}

/// A table over several Puskesmas, for a file.
pub struct SeveralTable {
    /// All its rows.
    pub table: DataTable,
    pub period: Period,
    pub links: Links,
}

/// One table of a page about several Puskesmas, whole.
pub fn table_of(site: &Site, slug: &str, name: &str, query: &Query) -> Result<SeveralTable, PageError> {
    let request = SeveralRequest::read(site, cluster_named(slug, query), query)?;
    let panels = request.definition.panels.iter().filter(|panel| name.starts_with(panel.id.as_str()));
    let mut tables = panels.flat_map(|panel| district::panel_data(panel, &request.context).body.into_tables());
    let table = tables.find(|table| table.name == name);
    let table = table.ok_or_else(|| PageError::not_found(format!("Halaman “{slug}” tidak punya tabel “{name}”.")))?;
    Ok(SeveralTable { table, period: request.context.period, links: Links::over_several(&request.query) })
}

/// The cluster that an address beside the page itself is about; `None` where it is about all.
fn cluster_named<'q>(slug: &str, query: &'q Query) -> Option<&'q str> {
    (slug == CLUSTER_PAGE).then(|| query.get(CLUSTER).unwrap_or_default())
}

/// The context with the periods before, where one of the panels follows them.
fn with_earlier<'p>(
    site: &Site,
    context: DistrictContext,
    mut panels: impl Iterator<Item = &'p Panel>,
) -> Result<DistrictContext, PageError> {
    let periods = panels.find_map(|panel| match panel.kind {
        PanelKind::District(DistrictPanel::Trend { periods }) => Some(periods),
        _ => None,
    });
    match periods {
        Some(periods) => Ok(site.app().district().with_earlier(context, periods)?),
        None => Ok(context),
    }
}

/// One panel of a page about several Puskesmas, on a page of its own.
pub fn show_panel(site: &Site, slug: &str, panel: &str, query: &Query) -> PageResult {
    let mut request = SeveralRequest::read(site, cluster_named(slug, query), query)?;
    let known: Option<&Panel> = request.definition.panels.iter().find(|known| known.id == panel);
    let Some(known) = known else {
        return Err(PageError::not_found(format!("Halaman “{slug}” tidak punya bagian “{panel}”.")));
    };
    request.context = with_earlier(site, request.context, std::iter::once(known))?;
    let data = district::panel_data(known, &request.context);
    let path = format!("{PANEL_PATH}/{slug}/{}", encode(panel));
    let place = PagePlace { path: &path, extent: PageExtent::Single };
    html(&request.page(site, &data.title, place, std::slice::from_ref(&data))?)
}
