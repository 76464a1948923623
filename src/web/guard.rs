//! Admits a request before any page sees it: it must be for this machine by name, and — where it changes
//! something — from one of our own pages. Also the headers that every answer carries.
//!
//! Until there are accounts the loopback address is the only fence, and a name that some other site lets point
//! at 127.0.0.1 (DNS rebinding) would climb over it; so the Host is checked on every request.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::error::PageError;

/// Names under which this machine may be asked.
const LOOPBACK_NAMES: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// Everything from ourselves; scripts and styles only as files; shown in nobody's frame.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; \
     base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The port that the Host must name.
#[derive(Clone, Copy, Debug)]
pub struct Gate {
    /// Port of the listener.
    pub port: u16,
}

impl Gate {
    fn admits(self, host: &str) -> bool {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => (name, port.parse().ok()),
            _ => (host, Some(80)),
        };
        port == Some(self.port) && LOOPBACK_NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
    }
}

/// Refuses foreign Hosts (421) and changes that no page of ours asked for (403); `None` admits.
pub fn refusal(gate: Gate, request: &Request) -> Option<Response> {
    let headers = request.headers();
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or("");
    if !gate.admits(host) {
        let advice =
            format!("Simpul hanya melayani komputer ini sendiri. Buka http://127.0.0.1:{}/ di peramban.", gate.port);
        let refused = PageError::refused(StatusCode::MISDIRECTED_REQUEST, "Alamat ini tidak dilayani", advice);
        return Some(refused.into_response());
    }
    if is_change(request.method()) && !is_own_origin(headers, host) {
        let advice = "Permintaan yang mengubah data harus datang dari halaman Simpul sendiri. Buka halamannya lalu ulangi dari sana.";
        let refused = PageError::refused(StatusCode::FORBIDDEN, "Perubahan ditolak", advice);
        return Some(refused.into_response());
    }
    None
}

fn is_change(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

fn is_own_origin(headers: &HeaderMap, host: &str) -> bool {
    let origin = headers.get(header::ORIGIN).and_then(|value| value.to_str().ok());
    origin.and_then(|origin| origin.strip_prefix("http://")).is_some_and(|name| name.eq_ignore_ascii_case(host))
}

/// Adds the headers that keep a page to itself; an answer that sets a stricter one keeps its own.
pub fn harden(headers: &mut HeaderMap) {
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // Not "no-referrer": under it browsers name no origin on our own forms, and `admit` would refuse them.
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
        // What one person was shown no cache hands to another, nor to whoever signs in after.
        (header::CACHE_CONTROL, "private, no-cache"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_by_its_own_port_is_admitted() {
        let gate = Gate { port: 8080 };
        for host in ["127.0.0.1:8080", "localhost:8080", "LOCALHOST:8080", "[::1]:8080"] {
            assert!(gate.admits(host), "{host}");
        }
        for host in [
            "",
            "127.0.0.1",
            "127.0.0.1:80",
            "evil.example:8080",
            "localhost.evil.example:8080",
            "[::1]",
            "127.0.0.1:x",
        ] {
            assert!(!gate.admits(host), "{host}");
        }
        assert!(Gate { port: 80 }.admits("localhost"));
        assert!(Gate { port: 80 }.admits("[::1]"));
    }

    #[test]
    fn a_change_needs_the_pages_own_origin() {
        let mut headers = HeaderMap::new();
        assert!(!is_own_origin(&headers, "localhost:8080"));
        headers.insert(header::ORIGIN, HeaderValue::from_static("http://localhost:8080"));
        assert!(is_own_origin(&headers, "localhost:8080"));
        assert!(!is_own_origin(&headers, "127.0.0.1:8080"));
        headers.insert(header::ORIGIN, HeaderValue::from_static("null"));
        assert!(!is_own_origin(&headers, "localhost:8080"));
    }
}
