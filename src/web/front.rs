//! Decides in whose name a request is answered, then looks into the answers in memory; what was made for it is kept on
//! its way out.

use std::sync::Arc;

use axum::extract::{Query as Pairs, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::error::PageError;
use super::listening::RequestSource;
use super::memo::{ANSWER_BYTES_MAX, StoredAnswer, packed, stored_answer};
use super::query::Query;
use super::site::Server;
use super::{door, guard, last_looked, request_log};
use crate::domain::access::{Access, Origin};

/// Marks an answer that holds as long as the data does.
#[derive(Clone, Copy, Debug)]
pub struct HoldsWithData;

/// Marks every answer of the routes below it.
pub async fn mark(mut response: Response) -> Response {
    response.extensions_mut().insert(HoldsWithData);
    response
}

/// Behind the door: refuses an account that asks too fast, serves GET from memory (before routing, limits and timers,
/// which such an answer needs not), keeps what was made and marked, and hardens the rest. Whoever has not signed in is
/// answered from no memory.
pub async fn front(State(service): State<Server>, mut request: Request, next: Next) -> Response {
    let access = match access_of(&service, &request) {
        Ok(access) => access,
        Err(error) => return hardened(error.into_response()),
    };
    request_log::note_account(access.account());
    if let Some(refused) = door::account_refusal(&service, &access, &request) {
        return hardened(refused);
    }
    let is_nobody = access.is_nobody();
    request.extensions_mut().insert(access);
    if request.method() == Method::GET && !is_nobody {
        return remembered(&service, request, next).await;
    }
    let asked = request.headers().clone();
    hardened(packed(next.run(request).await, &asked).await)
}

/// Decides in whose name a request is answered: the machine's owner as long as the service is the owner's alone, else
/// nobody until somebody signed in.
fn access_of(service: &Server, request: &Request) -> Result<Access, PageError> {
    let source = request.extensions().get::<RequestSource>();
    let source = source.ok_or_else(|| PageError::Fault(anyhow::anyhow!("a request came past the door")))?;
    let origin = Origin::Page(source.address);
    let is_owners = service.is_open_to_owner(source)?;
    Ok(if is_owners { service.owner(origin) } else { Access::nobody(origin) })
}

async fn remembered(service: &Server, request: Request, next: Next) -> Response {
    let epoch = match service.epoch() {
        Ok(epoch) => epoch,
        Err(error) => return hardened(error.into_response()),
    };
    let address = request.uri().path_and_query().map_or("/", |address| address.as_str());
    let query = Uri::try_from(address).ok().and_then(|uri| Pairs::<Vec<(String, String)>>::try_from_uri(&uri).ok());
    let query = query.map(|Pairs(pairs)| Query::from_pairs(pairs)).unwrap_or_default();
    let keep = if address.starts_with("/api/") { None } else { last_looked::to_keep(&query) };
    // Without a choice of its own, an address means what the reader looked at last.
    let key = match (&keep, last_looked::of_request(request.headers())) {
        (None, Some(last)) => format!("{address}\n{last}"),
        _ => address.to_owned(),
    };
    if let Some(stored) = service.memo().get(epoch, &key) {
        return keeping(stored_answer(&stored, request.headers()), keep);
    }
    let asked = request.headers().clone();
    let response = keeping(next.run(request).await, keep.clone());
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
    let stored = Arc::new(StoredAnswer::new(media, disposition, plain));
    if stored.bytes() <= ANSWER_BYTES_MAX {
        service.memo().put(epoch, &key, stored.clone());
    }
    keeping(stored_answer(&stored, &asked), keep)
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
