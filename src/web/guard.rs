//! Admits a request before any page sees it: it must name the service by a name that is its own, and — where it changes
//! something — come from one of our own pages. Also the headers that every answer carries.
//!
//! A name that some other site lets point at this machine (DNS rebinding) would make its pages ours in the eyes of a
//! browser; so the Host is checked on every request.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::error::PageError;
use super::listening::{Listening, RequestSource};

/// Everything from ourselves; scripts and styles only as files; shown in nobody's frame.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; \
     base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Refuses foreign Hosts (421) and changes that no page of ours asked for (403); `None` admits.
pub fn refusal(listening: &Listening, source: &RequestSource, request: &Request) -> Option<Response> {
    if !listening.answers_to(source) {
        let advice = misdirected(listening, source);
        let refused = PageError::refused(StatusCode::MISDIRECTED_REQUEST, "Alamat ini tidak dilayani", advice);
        return Some(refused.into_response());
    }
    if is_change(request.method()) && !is_own_origin(request.headers(), source) {
        let advice = if source.is_by_stranger {
            "Permintaan yang mengubah data harus datang dari halaman Simpul sendiri. Ini datang lewat perantara (proxy) \
             yang alamatnya belum disebut di `proxy` dalam simpul.toml."
        } else {
            "Permintaan yang mengubah data harus datang dari halaman Simpul sendiri. Buka halamannya lalu ulangi dari sana."
        };
        let refused = PageError::refused(StatusCode::FORBIDDEN, "Perubahan ditolak", advice);
        return Some(refused.into_response());
    }
    None
}

/// The way to an address that is served. It names what this machine knows of itself, and nothing that was sent.
fn misdirected(listening: &Listening, source: &RequestSource) -> String {
    let port = listening.address.port();
    if !listening.needs_accounts() {
        return format!("Simpul hanya melayani komputer ini sendiri. Buka http://127.0.0.1:{port}/ di peramban.");
    }
    let scheme = if source.is_https { "https" } else { "http" };
    let address = std::net::SocketAddr::new(source.local, port);
    format!(
        "Simpul tidak melayani nama yang ada di bilah alamat. Buka {scheme}://{address}/, atau minta yang mengelola \
         layanan menambahkan nama itu ke `names` dalam simpul.toml."
    )
}

fn is_change(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Compares the page that asks with the service as the browser names it: scheme, name and port.
fn is_own_origin(headers: &HeaderMap, source: &RequestSource) -> bool {
    let origin = headers.get(header::ORIGIN).and_then(|value| value.to_str().ok());
    let scheme = if source.is_https { "https://" } else { "http://" };
    origin.and_then(|origin| origin.strip_prefix(scheme)).is_some_and(|name| name.eq_ignore_ascii_case(&source.host))
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
    fn a_change_needs_the_pages_own_origin() {
        let local = std::net::IpAddr::from([127, 0, 0, 1]);
        let host = "localhost:8080".to_owned();
        let plain =
            RequestSource { address: local, local, is_https: false, host, is_by_stranger: false, is_on_machine: true };
        let secure = RequestSource { is_https: true, ..plain.clone() };
        let mut headers = HeaderMap::new();
        assert!(!is_own_origin(&headers, &plain));
        for (origin, is_plain, is_secure) in [
            ("http://localhost:8080", true, false),
            ("https://localhost:8080", false, true),
            ("http://127.0.0.1:8080", false, false),
            ("http://localhost", false, false),
            ("http://localhost:8080.evil.example", false, false),
            ("null", false, false),
        ] {
            headers.insert(header::ORIGIN, HeaderValue::from_static(origin));
            assert_eq!(is_own_origin(&headers, &plain), is_plain, "{origin}");
            assert_eq!(is_own_origin(&headers, &secure), is_secure, "{origin}");
        }
    }
}
