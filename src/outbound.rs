//! Requests to another host, bounded in time and bytes: no redirect is followed, no proxy of the environment is used,
//! and beyond this machine itself nothing is asked without TLS. The only room that names ureq. Knows nothing of what is
//! asked, or of whom.

use std::time::Duration;

use ureq::Agent;
pub use ureq::http::{Request, Response};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

/// Time for a connection.
const CONNECT_WITHIN: Duration = Duration::from_secs(5);
/// Time for a request and its whole answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);
/// Bytes of an answer: documents and keys of an identity provider have some thousands.
const ANSWER_BYTES_MAX: u64 = 512 << 10;
/// Bytes of the head of an answer.
const HEAD_BYTES_MAX: usize = 32 << 10;

/// A client for one host.
#[derive(Clone, Debug)]
pub struct OutboundClient(Agent);

/// A request that came to nothing.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct NoAnswer(String);

/// A certificate of an own authority cannot be read.
#[derive(Clone, Copy, Debug)]
pub struct NoAuthority;

impl OutboundClient {
    /// A client that believes the certificates of this authority (PEM) alone, or the public ones where it is none.
    /// Without TLS it asks only where `is_plain_allowed`.
    pub fn new(authority: Option<&str>, is_plain_allowed: bool) -> Result<Self, NoAuthority> {
        let roots = match authority {
            None => RootCerts::WebPki,
            Some(pem) => RootCerts::new_with_certs(&certificates(pem)?),
        };
        let config = Agent::config_builder()
            .timeout_connect(Some(CONNECT_WITHIN))
            .timeout_global(Some(ANSWER_WITHIN))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .https_only(!is_plain_allowed)
            .proxy(None)
            .max_response_header_size(HEAD_BYTES_MAX)
            .max_idle_connections(0)
            .user_agent("Simpul")
            .tls_config(TlsConfig::builder().root_certs(roots).build());
        Ok(Self(config.build().new_agent()))
    }

    /// Sends a request and reads its whole answer.
    pub fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, NoAnswer> {
        let failed = |error: ureq::Error| NoAnswer(error.to_string());
        let (parts, mut body) = self.0.run(request).map_err(failed)?.into_parts();
        let bytes = body.with_config().limit(ANSWER_BYTES_MAX).read_to_vec().map_err(failed)?;
        Ok(Response::from_parts(parts, bytes))
    }
}

fn certificates(pem: &str) -> Result<Vec<Certificate<'static>>, NoAuthority> {
    let mut found = Vec::new();
    for item in parse_pem(pem.as_bytes()) {
        if let PemItem::Certificate(certificate) = item.map_err(|_error| NoAuthority)? {
            found.push(certificate);
        }
    }
    if found.is_empty() { Err(NoAuthority) } else { Ok(found) }
}
