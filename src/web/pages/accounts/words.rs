//! Words that the pages of accounts share: moments, addresses to go on to, and codes that are handed over.

use axum::http::{HeaderValue, header};
use axum::response::Response;
use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::app::accounts::HandedCode;
use crate::web::form::text;
use crate::web::view::time;

/// Longest address to which a log-in leads on, bytes.
const NEXT_BYTES_MAX: usize = 2_000;

/// Fields of an address to which an action of these pages leads.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ArrivalQuery {
    /// Thing that was done.
    pub kabar: String,
    /// Address to go on to after the log-in.
    #[serde(deserialize_with = "text")]
    pub lanjut: Option<String>,
}

/// A moment as people read it.
pub(super) fn moment(at: DateTime<Utc>) -> String {
    time::moment(at, &chrono::Local)
}

/// An address of ours to go on to; the first page where it leads elsewhere.
pub(super) fn own_address(next: &str) -> &str {
    let is_plain = next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let is_own = next.starts_with('/') && !next.starts_with("//");
    if is_own && is_plain && next.len() <= NEXT_BYTES_MAX { next } else { "/" }
}

/// The same answer, kept by no browser and no proxy.
pub(super) fn kept_nowhere(mut answer: Response) -> Response {
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

/// A one-time code on the page that hands it over: shown once.
#[derive(Clone, Debug)]
pub(super) struct CodeView {
    /// Name of the account.
    pub account: String,
    /// The code in groups.
    pub code: String,
    /// Moment from which it is good no more.
    pub expires: String,
}

impl CodeView {
    pub(super) fn new(account: &str, handed: &HandedCode) -> Self {
        Self { account: account.to_owned(), code: handed.code.reveal().to_owned(), expires: moment(handed.expires) }
    }
}

#[cfg(test)]
mod tests {
    use super::{NEXT_BYTES_MAX, own_address};

    #[test]
    fn a_log_in_leads_nowhere_else() {
        assert_eq!(own_address("/faskes?periode=2023-C2"), "/faskes?periode=2023-C2");
        for next in ["//lain.example/", "https://lain.example/", "/\\lain.example", "", "/a\r\nSet-Cookie: x=1", "lain"]
        {
            assert_eq!(own_address(next), "/", "{next}");
        }
        let long = format!("/{}", "x".repeat(NEXT_BYTES_MAX));
        assert_eq!(own_address(&long[..NEXT_BYTES_MAX]).len(), NEXT_BYTES_MAX);
        assert_eq!(own_address(&long), "/");
    }
}
