//! Meets every request first: the guard, then the answers in memory; what was made for it is kept on its way out.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, Query as Pairs, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::guard::{self, Gate};
use super::last_looked;
use super::memo::{ANSWER_BYTES_MAX, StoredAnswer, packed, stored_answer};
use super::query::Query;
use super::site::Server;
use crate::domain::access::Origin;

/// Marks an answer that holds as long as the data does.
#[derive(Clone, Copy, Debug)]
pub struct HoldsWithData;

/// Marks every answer of the routes below it.
pub async fn mark(mut response: Response) -> Response {
    response.extensions_mut().insert(HoldsWithData);
    response
}

/// In front of everything: refuses what must not come in, serves GET from memory (before routing, limits and
/// timers, which such an answer needs not), keeps what was made and marked, and hardens the rest.
pub async fn front(State((service, gate)): State<(Server, Gate)>, mut request: Request, next: Next) -> Response {
    let access = service.owner(Origin::Page(address_of(&request)));
    request.extensions_mut().insert(access);
    let mut response = match guard::refusal(gate, &request) {
        Some(refused) => refused,
        None if request.method() == Method::GET => return remembered(&service, request, next).await,
        None => {
            let asked = request.headers().clone();
            packed(next.run(request).await, &asked).await
        }
    };
    guard::harden(response.headers_mut());
    response
}

/// Address of the machine that asks; of a request without a connection (in tests) this machine's.
fn address_of(request: &Request) -> IpAddr {
    let connected = request.extensions().get::<ConnectInfo<SocketAddr>>();
    connected.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |ConnectInfo(address)| address.ip())
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
