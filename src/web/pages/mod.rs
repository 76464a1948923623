//! One file a page: take what was asked, compute off the async threads, fill the view, render.

pub mod bulk;
pub mod bundle;
pub mod charts;
pub mod dashboards;
pub mod entries;
pub mod evidence;
pub mod facilities;
pub mod health;
pub mod imports;
pub mod intake;
pub mod job;
pub mod jobs;
pub mod letter;
mod live;
pub mod narrative;
pub mod origin;
pub mod paper_letter;
pub mod printed;
pub mod reports;
pub mod templates;

use askama::Template;
use axum::extract::{FromRequestParts, Query as Pairs};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};

use super::error::PageError;
use super::query::Query;

/// The query of a request, in our reading of it.
#[derive(Clone, Debug)]
pub struct Asked(pub Query);

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, PageError> {
        match Pairs::<Vec<(String, String)>>::from_request_parts(parts, state).await {
            Ok(Pairs(pairs)) => Ok(Self(Query::from_pairs(pairs))),
            Err(_error) => Err(PageError::bad_request(
                "Bagian alamat setelah tanda tanya tidak dapat dibaca. Buka halaman dari menu, lalu pilih lagi.",
            )),
        }
    }
}

/// A rendered template as an answer.
pub fn html(page: &impl Template) -> Result<Response, PageError> {
    let body = page.render()?;
    Ok(([(header::CONTENT_TYPE, "text/html; charset=utf-8")], body).into_response())
}
