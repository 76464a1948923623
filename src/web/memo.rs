//! Answers kept in memory: bytes as they go out, plain and gzip, under the request's address, valid for one
//! state of the data and one day. A hit costs one look-up and no computation.

use std::collections::{BTreeMap, VecDeque};
use std::io::Write;
use std::sync::{Arc, PoisonError, RwLock};

use axum::body::{Body, HttpBody};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use sha2::Digest;

use super::guard;
use crate::domain::Date;

/// Bytes kept at most, plain and compressed together.
const KEPT_BYTES_MAX: usize = 96 << 20;
/// A single answer larger than this is not kept.
pub const ANSWER_BYTES_MAX: usize = 16 << 20;
/// Answers shorter than this are not worth compressing.
const GZIP_FROM_BYTES: usize = 700;
const REVALIDATE: HeaderValue = HeaderValue::from_static("private, no-cache");
const GZIP: HeaderValue = HeaderValue::from_static("gzip");
const VARY: HeaderValue = HeaderValue::from_static("accept-encoding, cookie");

/// One answer, ready to go out.
#[derive(Clone, Debug)]
pub struct StoredAnswer {
    etag: HeaderValue,
    plain: Bytes,
    gzip: Option<Bytes>,
    /// Every header of an answer with the plain bytes; ready, so that a hit only clones.
    headers: HeaderMap,
}

impl StoredAnswer {
    /// Hashes and compresses `plain`.
    pub fn new(media: HeaderValue, disposition: Option<HeaderValue>, plain: Bytes) -> Self {
        let digest = sha2::Sha256::digest(&plain);
        let hash = digest.iter().take(12).fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
        // Weak: the same tag stands for the plain and the compressed copy.
        let etag =
            HeaderValue::from_str(&format!("W/\"{hash}\"")).unwrap_or_else(|_error| HeaderValue::from_static("W/\"\""));
        let gzip = compress(&plain).filter(|packed| packed.len() < plain.len());
        let mut headers = HeaderMap::with_capacity(16);
        guard::harden(&mut headers);
        headers.insert(header::CONTENT_TYPE, media);
        headers.insert(header::ETAG, etag.clone());
        headers.insert(header::CACHE_CONTROL, REVALIDATE);
        headers.insert(header::VARY, VARY);
        if let Some(disposition) = disposition {
            headers.insert(header::CONTENT_DISPOSITION, disposition);
        }
        Self { etag, plain, gzip, headers }
    }

    /// Bytes of both copies.
    pub fn bytes(&self) -> usize {
        self.plain.len() + self.gzip.as_ref().map_or(0, Bytes::len)
    }
}

fn compress(plain: &Bytes) -> Option<Bytes> {
    if plain.len() < GZIP_FROM_BYTES {
        return None;
    }
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
    encoder.write_all(plain).ok()?;
    encoder.finish().ok().map(Bytes::from)
}

/// The answer for a request with these headers: 304 where the client has it, gzip where it takes it.
pub fn stored_answer(stored: &StoredAnswer, asked: &HeaderMap) -> Response {
    let known = asked.get(header::IF_NONE_MATCH);
    if known.is_some_and(|tags| names_tag(tags, &stored.etag)) {
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        *response.headers_mut() = stored.headers.clone();
        return response;
    }
    let takes_gzip = asked.get(header::ACCEPT_ENCODING).is_some_and(accepts_gzip);
    let packed = stored.gzip.as_ref().filter(|_| takes_gzip);
    let mut response = Response::new(Body::from(packed.unwrap_or(&stored.plain).clone()));
    *response.headers_mut() = stored.headers.clone();
    if packed.is_some() {
        response.headers_mut().insert(header::CONTENT_ENCODING, GZIP);
    }
    response
}

/// An answer that is not kept, compressed on its way out where it is a whole text and the client takes gzip; what is
/// streamed goes as it is.
pub async fn packed(response: Response, asked: &HeaderMap) -> Response {
    let takes_gzip = asked.get(header::ACCEPT_ENCODING).is_some_and(accepts_gzip);
    let is_packed = response.headers().contains_key(header::CONTENT_ENCODING);
    let is_whole = response.body().size_hint().exact().is_some_and(|bytes| bytes <= ANSWER_BYTES_MAX as u64);
    if !takes_gzip || is_packed || !is_whole || !response.headers().get(header::CONTENT_TYPE).is_some_and(is_text) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(plain) = axum::body::to_bytes(body, ANSWER_BYTES_MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let Some(packed) = compress(&plain).filter(|packed| packed.len() < plain.len()) else {
        return Response::from_parts(parts, Body::from(plain));
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_ENCODING, GZIP);
    parts.headers.insert(header::VARY, VARY);
    Response::from_parts(parts, Body::from(packed))
}

fn is_text(media: &HeaderValue) -> bool {
    let Ok(media) = media.to_str() else { return false };
    let words = ["json", "svg", "javascript", "xml"];
    media.starts_with("text/") || words.iter().any(|word| media.split(';').any(|part| part.contains(word)))
}

fn names_tag(tags: &HeaderValue, etag: &HeaderValue) -> bool {
    let Ok(tags) = tags.to_str() else { return false };
    let Ok(etag) = etag.to_str() else { return false };
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    tags.split(',').any(|tag| tag.trim() == "*" || bare(tag) == bare(etag))
}

fn accepts_gzip(value: &HeaderValue) -> bool {
    let Ok(text) = value.to_str() else { return false };
    text.split(',').any(|part| {
        let mut words = part.split(';').map(str::trim);
        let named = matches!(words.next(), Some("gzip" | "x-gzip" | "*"));
        named && !words.any(|word| matches!(word, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

/// State of the data for which kept answers hold.
///
/// Version of the facts, today, and a number made from the definitions and what the overview says about jobs.
pub type Epoch = (u64, Date, u64);

/// A number made from one before and a text (FNV-1a): for telling states apart, not for keeping secrets.
pub fn mix(before: u64, text: &str) -> u64 {
    let start = before ^ 0xcbf2_9ce4_8422_2325;
    text.bytes().fold(start, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[derive(Debug, Default)]
struct Kept {
    epoch: Option<Epoch>,
    answers: BTreeMap<String, Arc<StoredAnswer>>,
    order: VecDeque<String>,
    bytes: usize,
}

/// Bytes that an answer takes under its address, which stands twice.
fn held(address: &str, stored: &StoredAnswer) -> usize {
    stored.bytes() + 2 * address.len()
}

/// The answers of one service.
#[derive(Debug, Default)]
pub struct Memo {
    kept: RwLock<Kept>,
}

impl Memo {
    /// The answer kept under `address` for this epoch.
    pub fn get(&self, epoch: Epoch, address: &str) -> Option<Arc<StoredAnswer>> {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        if kept.epoch == Some(epoch) { kept.answers.get(address).cloned() } else { None }
    }

    /// Keeps an answer; the oldest go where there are too many, all of another epoch's go.
    pub fn put(&self, epoch: Epoch, address: &str, stored: Arc<StoredAnswer>) {
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        if kept.epoch != Some(epoch) {
            *kept = Kept { epoch: Some(epoch), ..Kept::default() };
        }
        kept.bytes += held(address, &stored);
        if let Some(old) = kept.answers.insert(address.to_owned(), stored) {
            kept.bytes -= held(address, &old);
        } else {
            kept.order.push_back(address.to_owned());
        }
        while kept.bytes > KEPT_BYTES_MAX {
            let Some(oldest) = kept.order.pop_front() else { break };
            if let Some(gone) = kept.answers.remove(&oldest) {
                kept.bytes -= held(&oldest, &gone);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn epoch(version: u64) -> Epoch {
        (version, "2023-09-01".parse().unwrap(), 0)
    }

    fn stored(text: &str) -> Arc<StoredAnswer> {
        Arc::new(StoredAnswer::new(HeaderValue::from_static("text/plain"), None, Bytes::from(text.to_owned())))
    }

    #[test]
    fn another_state_of_the_data_forgets_everything() {
        let memo = Memo::default();
        memo.put(epoch(1), "/", stored("one"));
        assert!(memo.get(epoch(1), "/").is_some());
        assert!(memo.get(epoch(2), "/").is_none());
        memo.put(epoch(2), "/x", stored("two"));
        assert!(memo.get(epoch(2), "/").is_none());
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let memo = Memo::default();
        let large = stored(&"x".repeat(ANSWER_BYTES_MAX / 2));
        for number in 0..40 {
            memo.put(epoch(1), &format!("/{number}"), large.clone());
        }
        assert!(memo.kept.read().unwrap().bytes <= KEPT_BYTES_MAX);
        assert!(memo.get(epoch(1), "/0").is_none());
        assert!(memo.get(epoch(1), "/39").is_some());
    }

    #[test]
    fn a_client_that_has_it_gets_nothing_again() {
        let stored = stored("one");
        let mut asked = HeaderMap::new();
        assert_eq!(stored_answer(&stored, &asked).status(), StatusCode::OK);
        asked.insert(header::IF_NONE_MATCH, stored.etag.clone());
        assert_eq!(stored_answer(&stored, &asked).status(), StatusCode::NOT_MODIFIED);
        asked.insert(header::IF_NONE_MATCH, HeaderValue::from_static("\"other\""));
        assert_eq!(stored_answer(&stored, &asked).status(), StatusCode::OK);
    }

    #[test]
    fn gzip_only_where_it_is_taken() {
        assert!(accepts_gzip(&HeaderValue::from_static("br, gzip;q=0.8")));
        assert!(!accepts_gzip(&HeaderValue::from_static("gzip;q=0")));
        assert!(!accepts_gzip(&HeaderValue::from_static("identity")));
    }
}
