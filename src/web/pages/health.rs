//! `/livez`: the service answers; `/readyz`: it can work; `/healthz`: its database can be read. Say nothing about data,
//! and nothing that a stranger could use.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::app::readiness::Unready;
use crate::jobs::Lock;
use crate::web::error::PageResult;
use crate::web::site::Site;

/// Always `ok`: whoever reads this was answered.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// `ok`, or 503 where the database cannot be read.
pub async fn health(site: Site) -> (StatusCode, &'static str) {
    match site.app().version() {
        Ok(_) => (StatusCode::OK, "ok\n"),
        Err(_error) => (StatusCode::SERVICE_UNAVAILABLE, "basis data tidak terbaca\n"),
    }
}

/// Tells whether database, schema, disk and lock let the service work: 200, or 503 with those that do not. Takes no
/// permit to compute: a service that is busy is not one that cannot work.
pub async fn ready(site: Site) -> PageResult {
    Ok(tokio::task::spawn_blocking(move || readiness(&site)).await?)
}

fn readiness(site: &Site) -> Response {
    let unready = site.unready();
    let is_fine = |reason: Unready| if unready.contains(&reason) { "failed" } else { "ok" };
    // Held by this very service; where it can be had, the lock file went and a second service could begin.
    let is_locked = matches!(Lock::service(site.app().data()), Ok(None));
    let status = if unready.is_empty() && is_locked { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let body = json!({
        "status": if status == StatusCode::OK { "ready" } else { "unready" },
        "checks": {
            "database": is_fine(Unready::Database),
            "schema": is_fine(Unready::Schema),
            "disk": is_fine(Unready::Disk),
            "lock": if is_locked { "ok" } else { "failed" },
        },
    });
    (status, Json(body)).into_response()
}
