//! Tables and charts of pages, the register, and the list of Puskesmas.

use axum::Json;
use axum::extract::Path;
use axum::response::IntoResponse;
use serde::Serialize;
use utoipa::ToSchema;

use super::describe::{TableAnswer, table_csv, table_json};
use super::params::{FormatParams, SubjectParams};
use super::{AnswerFormat, ApiResult, asked_format, wants_csv};
use crate::charts::{self, ChartTable};
use crate::dashboard::{self, DataTable, register};
use crate::definitions::{Dashboard, DashboardScope};
use crate::domain::{Facts, Period, PeriodKind};
use crate::web::chosen::ResolvedRequest;
use crate::web::csv_text::{CsvField, book_answer, csv_answer};
use crate::web::error::{ApiError, PageError};
use crate::web::pages::PageQuery;
use crate::web::pages::charts::chart as chart_of;
use crate::web::pages::dashboards::find;
use crate::web::pages::district;
use crate::web::pages::facilities::FACILITY_PAGE;
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::links::Links;
use crate::web::view::pager;

/// Names of the Puskesmas that the caller may see.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PuskesmasAnswer {
    /// Names.
    pub puskesmas: Vec<String>,
}

/// A chart, as the table that says the same.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChartAnswer {
    /// Heading.
    pub title: String,
    /// Line below it.
    pub subtitle: String,
    /// Files and dates that the figures come from.
    pub source: String,
    /// Text alternative, in a sentence.
    pub description: String,
    /// Caption of the table.
    pub caption: String,
    /// Heads of the columns.
    pub heads: Vec<String>,
    /// Rows, each with one text a column.
    pub rows: Vec<Vec<String>>,
}

/// Names of all Puskesmas.
#[utoipa::path(
    get,
    path = "/api/v1/puskesmas",
    params(
        FormatParams
    ),
    responses((status = 200, description = "Names", content(
        (PuskesmasAnswer = "application/json"),
        (String = "text/csv")
    ))),
)]
pub async fn puskesmas(site: Site, PageQuery(query): PageQuery) -> ApiResult {
    site.compute(move |site| {
        let names = site.app().puskesmas().map_err(PageError::from)?;
        if wants_csv(&query)? {
            let rows: Vec<Vec<CsvField>> = names.into_iter().map(|name| vec![CsvField::Text(name)]).collect();
            return Ok(csv_answer("puskesmas", &["Puskesmas".to_owned()], &rows)?);
        }
        Ok(Json(PuskesmasAnswer { puskesmas: names }).into_response())
    })
    .await
}

/// The register with score and status.
#[utoipa::path(
    get,
    path = "/api/v1/facilities",
    params(
        SubjectParams
    ),
    responses((status = 200, description = "The register as a table", content(
        (TableAnswer = "application/json"),
        (String = "text/csv"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    ))),
)]
pub async fn facilities(site: Site, PageQuery(query): PageQuery) -> ApiResult {
    site.compute(move |site| {
        let chosen = ResolvedRequest::need(site, &query, &[PeriodKind::FourMonth])?;
        let table = register::register_table(&chosen.context(site)?);
        answer(&chosen, table, &query)
    })
    .await
}

/// One table of a page, filtered and sorted as the page would.
#[utoipa::path(
    get,
    path = "/api/v1/tables/{page}/{table}",
    params(
        ("page" = String, Path, description = "Slug of the page, such as `ringkasan`; `faskes` for the page of one facility, `kabupaten` and `klaster` for several Puskesmas"),
        ("table" = String, Path, description = "Name of the table"),
        SubjectParams,
        ("faskes" = Option<String>, Query, description = "Facility, for the page of one"),
        ("klaster" = Option<String>, Query, description = "Cluster, for the page of one")
    ),
    responses((status = 200, description = "The table", content(
        (TableAnswer = "application/json"),
        (String = "text/csv"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    ))),
)]
pub async fn table(site: Site, Path((slug, name)): Path<(String, String)>, PageQuery(query): PageQuery) -> ApiResult {
    site.compute(move |site| {
        if district::is_about_several(&slug) {
            let district::SeveralTable { table, period, links } = district::table_of(site, &slug, &name, &query)?;
            let facts = Facts::default();
            return answer_table(table, &query, &TableSubject { period, links: &links, facts: &facts });
        }
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
        if let Some(table) = data.body.into_tables().into_iter().find(|table| table.name == name) {
            return Ok(table);
        }
    }
    Err(PageError::not_found(format!("Halaman “{}” tidak punya tabel “{name}”.", definition.slug)))
}

fn answer(chosen: &ResolvedRequest, table: DataTable, query: &Query) -> ApiResult {
    let links = Links::new(chosen);
    let facts = chosen.snapshot.facts();
    answer_table(table, query, &TableSubject { period: chosen.subject.period, links: &links, facts })
}

/// Period of a table, and where its cells lead.
struct TableSubject<'a> {
    period: Period,
    links: &'a Links,
    facts: &'a Facts,
}

fn answer_table(mut table: DataTable, query: &Query, subject: &TableSubject<'_>) -> ApiResult {
    pager::cut_as_named(&mut table, query);
    let name = || format!("{}-{}", table.name, subject.period);
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
    Ok(Json(table_json(&table, subject.links, subject.facts)).into_response())
}

/// The table alternative of a chart.
#[utoipa::path(
    get,
    path = "/api/v1/charts/{page}/{panel}",
    params(
        ("page" = String, Path, description = "Slug of the page"),
        ("panel" = String, Path, description = "Id of the panel"),
        SubjectParams,
        ("faskes" = Option<String>, Query, description = "Facility, for the page of one")
    ),
    responses((status = 200, description = "The chart", content(
        (ChartAnswer = "application/json"),
        (String = "text/csv")
    ))),
)]
pub async fn chart(site: Site, Path((slug, panel)): Path<(String, String)>, PageQuery(query): PageQuery) -> ApiResult {
    site.compute(move |site| {
        let chart = chart_of(site, &slug, &panel, &query)?;
        let ChartTable { caption, heads, rows } = charts::table(&chart);
        if wants_csv(&query)? {
            let rows: Vec<Vec<CsvField>> =
                rows.into_iter().map(|row| row.into_iter().map(CsvField::Text).collect()).collect();
            return Ok::<_, ApiError>(csv_answer(&format!("{slug}-{panel}"), &heads, &rows)?);
        }
        let charts::Chart { title, subtitle, source, description, .. } = chart;
        Ok(Json(ChartAnswer { title, subtitle, source, description, caption, heads, rows }).into_response())
    })
    .await
}
