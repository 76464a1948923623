//! One line of the log a request, and the number that stands in every line, answer and error page of it. Knows neither
//! pages nor accounts, only the name that it is told.

use std::future::Future;
use std::net::IpAddr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::http::{HeaderName, HeaderValue, Method, StatusCode, Uri};
use axum::response::Response;
use chrono::{DateTime, Utc};
use tracing::Instrument;

/// Header with the number of the request.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Letters of a path or a name that the log keeps at most.
const LOGGED_CHARS_MAX: usize = 200;
/// Name in the place of an account where nobody signed in.
const NOBODY: &str = "-";

static NEXT: AtomicU64 = AtomicU64::new(1);

tokio::task_local! {
    static CURRENT: RequestNote;
}

/// Number of the request under way, and the account that turned out to ask.
#[derive(Debug)]
struct RequestNote {
    id: String,
    account: OnceLock<String>,
}

/// Parts of a request that its line tells.
#[derive(Clone, Debug)]
pub struct LoggedRequest {
    /// Method of the request.
    pub method: Method,
    /// Path as it was asked, without the query.
    pub path: String,
    /// Address of the one who asks.
    pub address: IpAddr,
}

impl LoggedRequest {
    /// Of a request from an address. The values of its query may be anything, and are left out.
    pub fn new(method: &Method, uri: &Uri, address: IpAddr) -> Self {
        Self { method: method.clone(), path: printable(uri.path()), address }
    }
}

/// Text without signs that a terminal or a line of a log would take for more than text, and not too long.
fn printable(text: &str) -> String {
    text.chars().take(LOGGED_CHARS_MAX).map(|sign| if sign.is_control() { '\u{FFFD}' } else { sign }).collect()
}

/// A number that no other request has: the second in which the service began, and a count.
pub fn fresh_id(began: DateTime<Utc>) -> String {
    format!("{:08x}-{:06}", began.timestamp() & 0xFFFF_FFFF, NEXT.fetch_add(1, Ordering::Relaxed))
}

/// The number of the request under way; none outside of one.
pub fn current_id() -> Option<String> {
    CURRENT.try_with(|note| note.id.clone()).ok()
}

/// Notes the account that asks, for the line of the request.
pub fn note_account(name: &str) {
    // Outside of a request there is no line to note it for; and the first name stays.
    drop(CURRENT.try_with(|note| note.account.set(printable(name))));
}

/// Answers a request under a number, and logs one line about it.
pub async fn logged(id: String, request: LoggedRequest, answer: impl Future<Output = Response>) -> Response {
    let begun = Instant::now();
    let span = tracing::info_span!("permintaan", id = %id);
    let header = HeaderValue::from_str(&id).unwrap_or_else(|_never| HeaderValue::from_static("-"));
    let note = RequestNote { id, account: OnceLock::new() };
    let line = async move {
        let mut response = answer.await;
        let account = CURRENT.try_with(|note| note.account.get().cloned()).ok().flatten();
        let account = account.filter(|account| !account.is_empty());
        log_line(&request, response.status(), begun, account.as_deref().unwrap_or(NOBODY));
        response.headers_mut().insert(REQUEST_ID, header);
        response
    };
    CURRENT.scope(note, line).instrument(span).await
}

fn log_line(request: &LoggedRequest, status: StatusCode, begun: Instant, account: &str) {
    let LoggedRequest { method, path, address } = request;
    let milliseconds = begun.elapsed().as_millis();
    let status = status.as_u16();
    // As fields for programs, and as a sentence for people.
    tracing::info!(
        http.method = %method,
        http.path = %path,
        http.status = status,
        http.milliseconds = u64::try_from(milliseconds).unwrap_or(u64::MAX),
        http.account = account,
        http.address = %address,
        "{method} {path} {status} {milliseconds} ms, akun {account}, dari {address}"
    );
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    #[test]
    fn a_line_has_no_query_and_no_signs_of_control() {
        let address = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let uri: Uri = "/masuk?sandi=rahasia".parse().unwrap();
        assert_eq!(LoggedRequest::new(&Method::GET, &uri, address).path, "/masuk");
        assert_eq!(printable("a\r\n\u{1b}[2Jb"), "a\u{FFFD}\u{FFFD}\u{FFFD}[2Jb");
        assert_eq!(printable(&"a".repeat(500)).len(), LOGGED_CHARS_MAX);
    }

    #[test]
    fn no_two_requests_have_one_number() {
        let began = DateTime::from_timestamp(1_700_000_000, 0).unwrap();
        let first = fresh_id(began);
        assert!(first.starts_with("6553f100-") && first != fresh_id(began), "{first}");
        assert_eq!(current_id(), None);
    }
}
