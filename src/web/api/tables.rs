//! Tables and charts of pages, the register, and the list of Puskesmas.

use axum::Json;
use axum::extract::Path;
use axum::response::IntoResponse;
use serde_json::json;

use super::describe::{table_csv, table_json};
use super::{AnswerFormat, ApiResult, asked_format, wants_csv};
use crate::charts::{self, ChartTable};
use crate::dashboard::{self, DataTable, PanelBody, PanelData, register};
use crate::definitions::{Dashboard, DashboardScope};
use crate::domain::PeriodKind;
use crate::web::chosen::ResolvedRequest;
use crate::web::csv_text::{CsvField, book_answer, csv_answer};
use crate::web::error::{ApiError, PageError};
use crate::web::pages::PageQuery;
use crate::web::pages::charts::chart as chart_of;
use crate::web::pages::dashboards::find;
use crate::web::pages::facilities::FACILITY_PAGE;
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::links::Links;
use crate::web::view::pager;

/// `/puskesmas`: names of all Puskesmas.
pub async fn puskesmas(site: Site, PageQuery(query): PageQuery) -> ApiResult {
    site.compute(move |site| {
        let names = site.app().puskesmas().map_err(PageError::from)?;
        if wants_csv(&query)? {
            let rows: Vec<Vec<CsvField>> = names.into_iter().map(|name| vec![CsvField::Text(name)]).collect();
            return Ok(csv_answer("puskesmas", &["Puskesmas".to_owned()], &rows)?);
        }
        Ok(Json(json!({ "puskesmas": names })).into_response())
    })
    .await
}

/// `/facilities`: the register with score and status.
pub async fn facilities(site: Site, PageQuery(query): PageQuery) -> ApiResult {
    site.compute(move |site| {
        let chosen = ResolvedRequest::need(site, &query, &[PeriodKind::FourMonth])?;
        let table = register::register_table(&chosen.context(site)?);
        answer(&chosen, table, &query)
    })
    .await
}

/// `/tables/{page}/{table}`: one table of a page, filtered and sorted as the page would.
pub async fn table(site: Site, Path((slug, name)): Path<(String, String)>, PageQuery(query): PageQuery) -> ApiResult {
    site.compute(move |site| {
        let scope = if slug == FACILITY_PAGE { DashboardScope::Facility } else { DashboardScope::Puskesmas };
        let definition = find(site, &slug, scope)?;
        let mut chosen = ResolvedRequest::need(site, &query, &definition.periods)?;
        if scope == DashboardScope::Facility {
            let name =
                query.get("faskes").ok_or_else(|| PageError::bad_request("Sebutkan faskes dengan faskes=NAMA."))?;
            chosen.subject.facility = Some(chosen.facility(name)?);
        }
        let table = find_table(site, &definition, &chosen, &name)?;
        answer(&chosen, table, &query)
    })
    .await
}

fn find_table(
    site: &Site,
    definition: &Dashboard,
    chosen: &ResolvedRequest,
    name: &str,
) -> Result<DataTable, PageError> {
    let context = chosen.context(site)?;
    // A panel's tables are named after it, so the others need not be computed.
    for panel in definition.panels.iter().filter(|panel| name.starts_with(panel.id.as_str())) {
        let data = dashboard::panel_data(panel, definition.scope, &context)?;
        if let Some(table) = tables_of(data).into_iter().find(|table| table.name == name) {
            return Ok(table);
        }
    }
    Err(PageError::not_found(format!("Halaman “{}” tidak punya tabel “{name}”.", definition.slug)))
}

fn tables_of(panel: PanelData) -> Vec<DataTable> {
    match panel.body {
        PanelBody::Tables(tables) => tables,
        PanelBody::Filtered(filtered) => vec![filtered.table],
        PanelBody::Pws(pws) => vec![pws.analysis],
        PanelBody::Counts(_, table) => vec![table],
        PanelBody::Lead(_)
        | PanelBody::Attention(_)
        | PanelBody::Chart(_)
        | PanelBody::Empty(_)
        | PanelBody::Closed => Vec::new(),
    }
}

fn answer(chosen: &ResolvedRequest, mut table: DataTable, query: &Query) -> ApiResult {
    pager::cut_as_named(&mut table, query);
    let name = || format!("{}-{}", table.name, chosen.subject.period);
    match asked_format(query)? {
        AnswerFormat::Json => {}
        AnswerFormat::Csv => {
            let (heads, rows) = table_csv(&table);
            return Ok(csv_answer(&name(), &heads, &rows)?);
        }
        AnswerFormat::Book => {
            let (heads, rows) = table_csv(&table);
            return Ok(book_answer(&name(), &table.title, &heads, &rows)?);
        }
    }
    Ok(Json(table_json(&table, &Links::new(chosen), chosen.snapshot.facts())).into_response())
}

/// `/charts/{page}/{panel}`: what a chart shows, as its table alternative.
pub async fn chart(site: Site, Path((slug, panel)): Path<(String, String)>, PageQuery(query): PageQuery) -> ApiResult {
    site.compute(move |site| {
        let chart = chart_of(site, &slug, &panel, &query)?;
        let ChartTable { caption, heads, rows } = charts::table(&chart);
        if wants_csv(&query)? {
            let rows: Vec<Vec<CsvField>> =
                rows.into_iter().map(|row| row.into_iter().map(CsvField::Text).collect()).collect();
            return Ok::<_, ApiError>(csv_answer(&format!("{slug}-{panel}"), &heads, &rows)?);
        }
        let body = json!({
            "title": chart.title, "subtitle": chart.subtitle, "source": chart.source,
            "description": chart.description, "caption": caption, "heads": heads, "rows": rows,
        });
        Ok(Json(body).into_response())
    })
    .await
}
