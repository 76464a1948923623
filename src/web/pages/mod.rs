//! One file a page: take what was asked, compute off the async threads, fill the view, render.

pub mod accounts;
pub mod annual_plans;
pub mod answers;
pub mod approvals;
pub mod around;
pub mod audit;
pub mod bulk;
pub mod bundle;
pub mod charts;
pub mod checklists;
pub mod coaching;
pub mod dashboards;
pub mod dhis2;
pub mod district;
pub mod entries;
pub mod evidence;
pub mod facilities;
pub mod first_start;
pub mod gallery;
pub mod health;
pub mod help;
pub mod imports;
pub mod intake;
pub mod job;
pub mod jobs;
pub mod letter;
mod live;
pub mod matters;
pub mod meeting;
pub mod meeting_said;
pub mod narrative;
pub mod network;
pub mod notices;
pub mod office_templates;
pub mod origin;
pub mod own_indicators;
pub mod panel;
pub mod paper;
pub mod paper_check;
pub mod paper_letter;
pub mod personal;
pub mod pkp;
mod pkp_verification;
pub mod printed;
pub mod reports;
pub mod templates;

use askama::Template;
use axum::extract::{FromRequestParts, Query as Pairs};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};

use super::error::PageError;
use super::form_key;
use super::last_looked;
use super::query::Query;

/// The query of a request, in our reading of it.
#[derive(Clone, Debug)]
pub struct PageQuery(pub Query);

impl<S: Send + Sync> FromRequestParts<S> for PageQuery {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, PageError> {
        match Pairs::<Vec<(String, String)>>::from_request_parts(parts, state).await {
            // A button that asks by GET sends the form's secret along; no address carries it on.
            Ok(Pairs(mut pairs)) if pairs.iter().any(|(name, _)| name == form_key::FIELD) => {
                pairs.retain(|(name, _)| name != form_key::FIELD);
                Ok(Self(Query::from_pairs(pairs).after(last_looked::of_request(&parts.headers))))
            }
            // Programs get what they ask for, whatever a browser remembers.
            Ok(Pairs(pairs)) if parts.uri.path().starts_with("/api/") => Ok(Self(Query::from_pairs(pairs))),
            Ok(Pairs(pairs)) => Ok(Self(Query::from_pairs(pairs).after(last_looked::of_request(&parts.headers)))),
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
