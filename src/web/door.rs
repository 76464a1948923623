//! The first and last that every request meets: its number and its line in the log, the bounds on traffic, and the
//! guard. Knows no page, and not who asks.

use std::time::Instant;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::error::{ApiError, PageError};
use super::guard;
use super::listening::RequestSource;
use super::metrics::AnsweredRequest;
use super::request_log::{self, LoggedRequest};
use super::site::Server;
use super::traffic::Crowded;
use crate::domain::access::Access;

/// Keeps browsers at https for a year once they came by it.
const STRICT_TRANSPORT: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// Lets a request in, tells whence it came, and sees its answer out.
pub async fn pass(State(service): State<Server>, request: Request, next: Next) -> Response {
    let source = service.listening().source(&request);
    let is_https = source.is_https;
    let line = LoggedRequest::new(request.method(), request.uri(), source.address);
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let begun = Instant::now();
    let answer = admitted(&service, source, request, next);
    let mut response = request_log::logged(request_log::fresh_id(service.began()), line, answer).await;
    let status = response.status();
    service.metrics().count(AnsweredRequest { method: &method, path: &path, status, took: begun.elapsed() });
    guard::harden(response.headers_mut());
    if is_https {
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, STRICT_TRANSPORT);
    }
    response
}

async fn admitted(service: &Server, source: RequestSource, mut request: Request, next: Next) -> Response {
    let is_api = is_api(&request);
    let traffic = service.traffic();
    // The owner alone at this machine is in nobody's way.
    let is_counted = service.listening().needs_accounts();
    let rate = if is_counted { traffic.count_address(source.address, Instant::now()) } else { Ok(()) };
    let place = match rate.and_then(|()| traffic.request(source.address)) {
        Ok(place) => place,
        Err(crowded) => return refused(crowded, is_api),
    };
    if let Some(refused) = guard::refusal(service.listening(), &source, &request) {
        return refused;
    }
    request.extensions_mut().insert(source);
    let response = worded(next.run(request).await, is_api);
    match traffic.held(response, place) {
        Ok(response) => response,
        Err(crowded) => refused(crowded, is_api),
    }
}

/// Refuses a request of an account that asks too fast; the machine's owner is none.
pub fn account_refusal(service: &Server, access: &Access, request: &Request) -> Option<Response> {
    if access.is_owner() || access.is_nobody() {
        return None;
    }
    let crowded = service.traffic().count_account(access.account(), Instant::now()).err()?;
    Some(refused(crowded, is_api(request)))
}

fn is_api(request: &Request) -> bool {
    request.uri().path().starts_with("/api/")
}

fn refused(crowded: Crowded, is_api: bool) -> Response {
    let seconds = crowded.seconds();
    let told = match crowded {
        Crowded::TooFast { .. } => PageError::refused(
            StatusCode::TOO_MANY_REQUESTS,
            "Terlalu cepat",
            format!("Terlalu banyak permintaan dalam waktu singkat. Tunggu {seconds} detik, lalu muat ulang."),
        ),
        Crowded::AddressFull => PageError::refused(
            StatusCode::TOO_MANY_REQUESTS,
            "Terlalu banyak sekaligus",
            format!(
                "Terlalu banyak permintaan dari alamat ini yang belum selesai. Tutup halaman yang tidak dipakai, tunggu \
                 {seconds} detik, lalu muat ulang."
            ),
        ),
        Crowded::ServiceFull => PageError::refused(
            StatusCode::SERVICE_UNAVAILABLE,
            "Layanan sedang penuh",
            format!("Terlalu banyak yang sedang dikerjakan. Tunggu {seconds} detik, lalu muat ulang."),
        ),
    };
    let mut response = told_as(told, is_api);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

fn told_as(error: PageError, is_api: bool) -> Response {
    if is_api { ApiError::from(error).into_response() } else { error.into_response() }
}

/// Puts words to an answer of a layer that bounds bytes or time, which knows none.
fn worded(response: Response, is_api: bool) -> Response {
    let kind = response.headers().get(header::CONTENT_TYPE);
    let is_plain = kind.is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    let error = match response.status() {
        StatusCode::PAYLOAD_TOO_LARGE if is_plain => PageError::refused(
            StatusCode::PAYLOAD_TOO_LARGE,
            "Kiriman terlalu besar",
            "Kiriman ini lebih besar daripada yang dapat diterima. Kembali, kurangi isinya, lalu kirim lagi.",
        ),
        StatusCode::SERVICE_UNAVAILABLE if kind.is_none() => PageError::refused(
            StatusCode::SERVICE_UNAVAILABLE,
            "Terlalu lama",
            "Permintaan ini tidak selesai dalam waktu yang disediakan dan dihentikan. Coba lagi; bila mengunggah, kirim \
             lebih sedikit berkas sekaligus.",
        ),
        _ => return response,
    };
    told_as(error, is_api)
}
