//! Every address in one table, and what stands around all of them.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::{from_fn_with_state, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use super::error::{ApiError, PageError};
use super::guard::Gate;
use super::pages::{charts, dashboards, facilities, health, imports, jobs, origin, reports};
use super::site::Site;
use super::{api, assets, memo};
use crate::app::App;

/// Bytes of a request's body at most; nothing is uploaded yet.
const BODY_BYTES_MAX: usize = 64 << 10;
/// A request that takes longer is given up.
const REQUEST_TIME_MAX: Duration = Duration::from_secs(30);

/// All of it, for a service on `port` of this machine.
pub fn router(app: Arc<App>, port: u16) -> Router {
    let site = Site::new(app);
    let remembered = Router::new()
        .route("/", get(dashboards::overview))
        .route("/halaman/{slug}", get(dashboards::page))
        .route("/faskes", get(facilities::list))
        .route("/faskes/{name}", get(facilities::one))
        .route("/asal-angka", get(origin::show))
        .route("/impor", get(imports::list))
        .route("/impor/{batch}", get(imports::one))
        .route("/impor/{batch}/berkas", get(imports::original))
        .route(reports::PATH, get(reports::list))
        .route("/laporan/{name}", get(reports::file))
        .route("/grafik/{page}/{file}", get(charts::file))
        .route("/api/v1", get(api::index))
        .route("/api/v1/puskesmas", get(api::puskesmas))
        .route("/api/v1/facilities", get(api::facilities))
        .route("/api/v1/evaluation", get(api::evaluation))
        .route("/api/v1/tables/{page}/{table}", get(api::table))
        .route("/api/v1/charts/{page}/{panel}", get(api::chart))
        .route("/api/v1/calendar", get(api::calendar))
        .route("/api/v1/pws/{code}", get(api::pws))
        .route("/api/v1/lineage", get(api::lineage))
        .route("/api/v1/imports", get(api::imports))
        .route_layer(map_response(memo::mark));
    // These change with the clock, not with the data.
    let fresh = Router::new()
        .route("/pekerjaan", get(jobs::list))
        .route("/api/v1/jobs", get(api::jobs))
        .route("/healthz", get(health::health))
        .route("/favicon.svg", get(assets::favicon))
        .route("/favicon.ico", get(assets::favicon))
        .route("/aset/{name}", get(assets::asset));
    remembered
        .merge(fresh)
        .route("/api/{*rest}", get(unknown_api))
        .fallback(unknown_page)
        .with_state(site.clone())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, REQUEST_TIME_MAX))
        .layer(RequestBodyLimitLayer::new(BODY_BYTES_MAX))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state((site, Gate { port }), memo::front))
}

async fn unknown_page() -> PageError {
    PageError::not_found("Alamat ini tidak ada di Simpul. Mungkin salah ketik; mulailah dari halaman pertama.")
}

async fn unknown_api() -> ApiError {
    PageError::not_found("Alamat API ini tidak ada; lihat /api/v1.").into()
}

#[expect(clippy::needless_pass_by_value, reason = "the layer hands the cause over")]
fn panicked(cause: Box<dyn std::any::Any + Send>) -> Response {
    let text = cause.downcast_ref::<String>().cloned();
    let text = text.or_else(|| cause.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default();
    PageError::Fault(anyhow::anyhow!("panic: {text}")).into_response()
}
