//! `/grafik/{page}/{panel}.svg` and `.png`: one chart of a page as a file.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::PageQuery;
use super::dashboards::find;
use super::facilities::FACILITY_PAGE;
use crate::charts::{self, Chart, Medium};
use crate::dashboard::{self, PanelBody, PanelData};
use crate::definitions::DashboardScope;
use crate::domain::format;
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{PageError, PageResult};
use crate::web::query::Query;
use crate::web::site::Site;

/// Pixels of a PNG for each unit of the drawing; fewer where it would become too large to open.
const PNG_SCALE: f32 = 2.0;

/// One chart as SVG or PNG.
pub async fn file(site: Site, Path((slug, file)): Path<(String, String)>, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| draw(site, &slug, &file, &query)).await
}

fn draw(site: &Site, slug: &str, file: &str, query: &Query) -> Result<Response, PageError> {
    let unknown = || PageError::not_found("Grafik tersedia sebagai .svg dan .png; buka dari halamannya.");
    let (panel, ending) = file.rsplit_once('.').ok_or_else(unknown)?;
    let medium = match query.get("media") {
        None => Medium::Screen,
        Some(code) => Medium::from_code(code)
            .ok_or_else(|| PageError::bad_request("Media yang ada: layar, sempit, proyektor, cetak."))?,
    };
    let (chosen, data) = panel_alone(site, slug, panel, query)?;
    let chart = named(&chosen, chart_in(panel, data.body)?);
    let svg = charts::svg(&chart, medium).map_err(|error| match error {
        charts::ChartError::TooMuch { .. } => PageError::not_found(format!("{error}.")),
        other => other.into(),
    })?;
    let (media, bytes) = match ending {
        "svg" => ("image/svg+xml; charset=utf-8", svg.into_bytes()),
        "png" => {
            let scale = charts::fitting_scale(&svg, PNG_SCALE);
            let picture = match medium {
                Medium::Print => charts::GreyPictures::default().png(&svg, scale)?,
                Medium::Screen | Medium::Narrow | Medium::Projector => charts::png(&svg, scale)?,
            };
            ("image/png", picture)
        }
        _ => return Err(unknown()),
    };
    Ok(([(header::CONTENT_TYPE, media)], bytes).into_response())
}

/// The chart of one panel of a page.
pub fn chart(site: &Site, slug: &str, panel: &str, query: &Query) -> Result<Chart, PageError> {
    chart_in(panel, panel_alone(site, slug, panel, query)?.1.body)
}

/// The chart with the name of the Puskesmas (and of the facility that it is about) and the period: it leaves its page.
fn named(chosen: &ResolvedRequest, mut chart: Chart) -> Chart {
    let facilities = &chosen.snapshot.facts().facilities;
    let facility = chosen.subject.facility.and_then(|index| facilities.get(index as usize));
    let period = format::period(chosen.subject.period);
    let mut words: Vec<String> = facility.map(|facility| facility.name.clone()).into_iter().collect();
    words.push(chosen.puskesmas.clone());
    if !chart.subtitle.contains(&period) {
        words.push(period);
    }
    words.push(chart.subtitle);
    chart.subtitle = words.join(" · ");
    chart
}

fn chart_in(panel: &str, body: PanelBody) -> Result<Chart, PageError> {
    match body {
        PanelBody::Chart(chart) => Ok(*chart),
        PanelBody::Pws(pws) => Ok(pws.chart),
        PanelBody::Empty(why) => Err(PageError::not_found(why)),
        _ => Err(PageError::not_found(format!("Bagian “{panel}” bukan grafik."))),
    }
}

/// One panel of a page, computed alone; on a facility's page `faskes` names the facility.
pub fn panel_alone(
    site: &Site,
    slug: &str,
    panel: &str,
    query: &Query,
) -> Result<(ResolvedRequest, PanelData), PageError> {
    let scope = if slug == FACILITY_PAGE { DashboardScope::Facility } else { DashboardScope::Puskesmas };
    let definition = find(site, slug, scope)?;
    let mut chosen = match scope {
        DashboardScope::Facility => ResolvedRequest::need_for_facility(site, query, &definition.periods)?,
        _ => ResolvedRequest::need(site, query, &definition.periods)?,
    };
    if scope == DashboardScope::Facility {
        let name = query.get("faskes").ok_or_else(|| PageError::bad_request("Sebutkan faskes dengan faskes=NAMA."))?;
        chosen.subject.facility = Some(chosen.facility(name)?);
    }
    let panel = definition
        .panels
        .iter()
        .find(|known| known.id == panel)
        .ok_or_else(|| PageError::not_found(format!("Halaman “{slug}” tidak punya bagian “{panel}”.")))?;
    let data = dashboard::panel_data(panel, scope, &chosen.context(site)?)?;
    Ok((chosen, data))
}
