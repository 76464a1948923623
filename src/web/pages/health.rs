//! `/healthz`: whether the service answers and its database can be read.

use axum::http::StatusCode;

use crate::web::site::Site;

/// `ok`, or 503 where the database cannot be read.
pub async fn health(site: Site) -> (StatusCode, &'static str) {
    match site.app().version() {
        Ok(_) => (StatusCode::OK, "ok\n"),
        Err(_error) => (StatusCode::SERVICE_UNAVAILABLE, "basis data tidak terbaca\n"),
    }
}
