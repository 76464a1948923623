//! Decides in whose name a request is answered, then looks into the answers in memory; what was made for it is kept on
//! its way out.

use std::sync::Arc;

use axum::extract::{Query as Pairs, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::error::PageError;
use super::form::see;
use super::identity::{Credentials, Identity, OwnSession};
use super::listening::RequestSource;
use super::memo::{ANSWER_BYTES_MAX, StoredAnswer, packed, stored_answer};
use super::offered;
use super::query::Query;
use super::rights::{NEW_PASSWORD_PATH, PROBES, SIGN_OUT_PATH};
use super::site::Server;
use super::{door, form_key, guard, html_body, last_looked, request_log};
use crate::domain::access::{Access, Origin};

/// Marks an answer that holds as long as the data does.
#[derive(Clone, Copy, Debug)]
pub struct HoldsWithData;

/// Marks every answer of the routes below it.
pub async fn mark(mut response: Response) -> Response {
    response.extensions_mut().insert(HoldsWithData);
    response
}

/// Behind the door: finds out who asks, refuses an account that asks too fast, serves GET from memory (before routing,
/// limits and timers, which such an answer needs not), keeps what was made and marked, and hardens the rest. Whoever has
/// not signed in is answered from no memory.
pub async fn front(State(server): State<Server>, mut request: Request, next: Next) -> Response {
    let Some(source) = request.extensions().get::<RequestSource>().cloned() else {
        return hardened(PageError::Fault(anyhow::anyhow!("a request came past the door")).into_response());
    };
    if PROBES.contains(&request.uri().path()) {
        // Whether the service lives does not hang on accounts that can be looked up.
        request.extensions_mut().insert(Access::nobody(Origin::Page(source.address)));
        return hardened(next.run(request).await);
    }
    let identity = match server.identify(Credentials::of_request(&request, source)).await {
        Ok(identity) => identity,
        Err(error) => return hardened(error.into_response()),
    };
    request_log::note_account(identity.access.account());
    if let Some(refused) = door::account_refusal(&server, &identity.access, &request) {
        return hardened(refused);
    }
    request.extensions_mut().insert(identity.access.clone());
    if let Some(signed_in) = &identity.signed_in {
        if signed_in.account.must_change && !is_open_to_all(request.uri().path()) {
            return hardened(see(NEW_PASSWORD_PATH));
        }
        request.extensions_mut().insert(OwnSession(signed_in.clone()));
    }
    if request.method() == Method::GET && !identity.access.is_nobody() {
        return remembered(&server, &identity, request, next).await;
    }
    let asked = request.headers().clone();
    let request = match &identity.signed_in {
        Some(signed_in) if !matches!(*request.method(), Method::GET | Method::HEAD) => {
            match form_key::checked(request, signed_in).await {
                Ok(request) => request,
                Err(refused) => return hardened(refused),
            }
        }
        _ => request,
    };
    let answer = next.run(request).await;
    hardened(packed(for_identity(answer, &identity).await, &asked).await)
}

/// Reports whether a page is needed for choosing another password, or by any browser.
fn is_open_to_all(path: &str) -> bool {
    path == NEW_PASSWORD_PATH || path == SIGN_OUT_PATH || path.starts_with("/aset/") || path.starts_with("/favicon")
}

async fn for_identity(answer: Response, identity: &Identity) -> Response {
    let Some(signed_in) = &identity.signed_in else { return answer };
    let dress = |page: &str| form_key::with_secret(&offered::page_for(page, &identity.access), signed_in.csrf());
    html_body::changed(answer, dress).await
}

async fn remembered(server: &Server, identity: &Identity, request: Request, next: Next) -> Response {
    let epoch = match server.epoch() {
        Ok(epoch) => epoch,
        Err(error) => return hardened(error.into_response()),
    };
    let address = request.uri().path_and_query().map_or("/", |address| address.as_str());
    let query = Uri::try_from(address).ok().and_then(|uri| Pairs::<Vec<(String, String)>>::try_from_uri(&uri).ok());
    let query = query.map(|Pairs(pairs)| Query::from_pairs(pairs)).unwrap_or_default();
    let keep = if address.starts_with("/api/") { None } else { last_looked::to_keep(&query) };
    // Without a choice of its own, an address means what the reader looked at last.
    let last = last_looked::of_request(request.headers()).filter(|_last| keep.is_none()).unwrap_or_default();
    let key = format!("{address}\n{last}\n{}", identity.key());
    if let Some(stored) = server.memo().get(epoch, &key) {
        return keeping(stored_answer(&stored, request.headers()), keep);
    }
    let asked = request.headers().clone();
    let response = keeping(for_identity(next.run(request).await, identity).await, keep.clone());
    if response.status() != StatusCode::OK || response.extensions().get::<HoldsWithData>().is_none() {
        return hardened(packed(response, &asked).await);
    }
    let (parts, body) = response.into_parts();
    let Ok(plain) = axum::body::to_bytes(body, usize::MAX).await else {
        return hardened(StatusCode::INTERNAL_SERVER_ERROR.into_response());
    };
    let media = parts.headers.get(header::CONTENT_TYPE).cloned();
    let media = media.unwrap_or_else(|| HeaderValue::from_static("application/octet-stream"));
    let disposition = parts.headers.get(header::CONTENT_DISPOSITION).cloned();
    let stored = StoredAnswer::new(media, disposition, plain);
    let answer = stored_answer(&stored, &asked);
    if stored.bytes() <= ANSWER_BYTES_MAX {
        server.memo().put(epoch, &key, Arc::new(stored.at_rest()));
    }
    keeping(answer, keep)
}

/// The answer, with the Puskesmas that the browser shall keep; a refused one keeps nothing.
fn keeping(mut response: Response, keep: Option<HeaderValue>) -> Response {
    let is_fine = response.status() == StatusCode::OK || response.status() == StatusCode::NOT_MODIFIED;
    if let (Some(keep), true) = (keep, is_fine) {
        response.headers_mut().insert(header::SET_COOKIE, keep);
    }
    response
}

fn hardened(mut response: Response) -> Response {
    guard::harden(response.headers_mut());
    response
}
