//! Answers kept in memory: bytes as they go out, under the request's address, valid for one state of the data and one
//! day. A hit costs one look-up and no computation; a large page lies there compressed alone and is unpacked for the few
//! clients that take nothing compressed (with 40 Puskesmas under load: a fifth less memory for the whole service).

use std::collections::{BTreeMap, VecDeque};
use std::io::{Read, Write};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use sha2::Digest;

use super::guard;
use crate::domain::Date;

/// Bytes kept at most, plain and compressed together.
const KEPT_BYTES_MAX: usize = 48 << 20;
/// A single answer larger than this is not kept.
pub const ANSWER_BYTES_MAX: usize = 16 << 20;
/// Answers shorter than this are not worth compressing.
const GZIP_FROM_BYTES: usize = 700;
/// Answers from this length on are kept compressed alone. Charts are shorter and go out plain as often as not.
const PACKED_FROM_BYTES: usize = 32 << 10;
/// Level of gzip, from 0 to 9, for what goes out.
const GZIP_LEVEL: u32 = 6;
/// The same for what lies in memory and no client has asked for: quick.
const REST_LEVEL: u32 = 1;
const REVALIDATE: HeaderValue = HeaderValue::from_static("private, no-cache");
const GZIP: HeaderValue = HeaderValue::from_static("gzip");
const BROTLI: HeaderValue = HeaderValue::from_static("br");
/// Pains of brotli, from 0 to 11: three times the time of gzip for a fifth fewer bytes.
const BROTLI_QUALITY: i32 = 8;
/// Bytes that are unpacked in one step.
const UNPACKED_AT_ONCE_BYTES: usize = 16 << 10;
const VARY: HeaderValue = HeaderValue::from_static("accept-encoding, cookie");

/// One answer, ready to go out.
#[derive(Clone, Debug)]
pub struct StoredAnswer {
    etag: HeaderValue,
    /// `None` at rest, where a compressed copy is all that is kept.
    plain: Option<Bytes>,
    /// Compressed copies, made when first asked for; `None` where one is no shorter.
    gzip: OnceLock<Option<Bytes>>,
    brotli: OnceLock<Option<Bytes>>,
    /// Every header of an answer with the plain bytes; ready, so that a hit only clones.
    headers: HeaderMap,
}

impl StoredAnswer {
    /// Hashes `plain`.
    pub fn new(media: HeaderValue, disposition: Option<HeaderValue>, plain: Bytes) -> Self {
        let digest = sha2::Sha256::digest(&plain);
        let hash = digest.iter().take(12).fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
        // Weak: the same tag stands for the plain and the compressed copy.
        let etag =
            HeaderValue::from_str(&format!("W/\"{hash}\"")).unwrap_or_else(|_error| HeaderValue::from_static("W/\"\""));
        let mut headers = HeaderMap::with_capacity(16);
        guard::harden(&mut headers);
        headers.insert(header::CONTENT_TYPE, media);
        headers.insert(header::ETAG, etag.clone());
        headers.insert(header::CACHE_CONTROL, REVALIDATE);
        headers.insert(header::VARY, VARY);
        if let Some(disposition) = disposition {
            headers.insert(header::CONTENT_DISPOSITION, disposition);
        }
        Self { etag, plain: Some(plain), gzip: OnceLock::new(), brotli: OnceLock::new(), headers }
    }

    /// The answer as it is kept: a large one compressed alone, in the coding that was asked for already where one was.
    #[must_use]
    pub fn at_rest(mut self) -> Self {
        if let Some(plain) = self.plain.take_if(|plain| plain.len() >= PACKED_FROM_BYTES) {
            if self.packed().is_none() {
                let packed = by_gzip(&plain, REST_LEVEL).filter(|packed| packed.len() < plain.len());
                self.gzip = OnceLock::from(packed);
            }
            if self.packed().is_none() {
                self.plain = Some(plain);
            }
        }
        self
    }

    /// A compressed copy that is made already.
    fn packed(&self) -> Option<(Coding, &Bytes)> {
        let brotli = self.brotli.get().and_then(Option::as_ref).map(|copy| (Coding::Brotli, copy));
        brotli.or_else(|| self.gzip.get().and_then(Option::as_ref).map(|copy| (Coding::Gzip, copy)))
    }

    /// The plain bytes, unpacked where they are kept compressed alone.
    fn plain(&self) -> Option<Bytes> {
        let unpack = || self.packed().and_then(|(coding, copy)| coding.unpack(copy));
        self.plain.clone().or_else(unpack)
    }

    /// Bytes of all copies at most, whether or not they are made yet: a compressed text takes less than half, and two
    /// compressed copies are about as long.
    pub fn bytes(&self) -> usize {
        match (&self.plain, self.packed()) {
            (Some(plain), _) => 2 * plain.len(),
            (None, packed) => packed.map_or(0, |(_, copy)| 3 * copy.len()),
        }
    }

    /// The copy in this coding; `None` where it is no shorter than the plain one.
    fn copy_in(&self, coding: Coding) -> Option<&Bytes> {
        let copy = match coding {
            Coding::Brotli => &self.brotli,
            Coding::Gzip => &self.gzip,
        };
        copy.get_or_init(|| coding.compress(&self.plain()?)).as_ref()
    }
}

/// Coding of a compressed copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Coding {
    Brotli,
    Gzip,
}

impl Coding {
    /// The shortest that a client with these headers takes.
    fn taken(asked: &HeaderMap) -> Option<Self> {
        let accepted = asked.get(header::ACCEPT_ENCODING)?;
        [Self::Brotli, Self::Gzip].into_iter().find(|coding| accepts(accepted, *coding))
    }

    fn name(self) -> HeaderValue {
        match self {
            Self::Brotli => BROTLI,
            Self::Gzip => GZIP,
        }
    }

    /// The bytes compressed; `None` where that makes them no shorter or is not worth it.
    fn compress(self, plain: &Bytes) -> Option<Bytes> {
        if plain.len() < GZIP_FROM_BYTES {
            return None;
        }
        let packed = match self {
            Self::Brotli => by_brotli(plain),
            Self::Gzip => by_gzip(plain, GZIP_LEVEL),
        };
        packed.filter(|packed| packed.len() < plain.len())
    }

    /// The inverse of [`Coding::compress`].
    fn unpack(self, packed: &Bytes) -> Option<Bytes> {
        let mut plain = Vec::new();
        match self {
            Self::Brotli => brotli::Decompressor::new(packed.as_ref(), UNPACKED_AT_ONCE_BYTES).read_to_end(&mut plain),
            Self::Gzip => flate2::read::GzDecoder::new(packed.as_ref()).read_to_end(&mut plain),
        }
        .ok()?;
        Some(Bytes::from(plain))
    }
}

fn by_gzip(plain: &Bytes, level: u32) -> Option<Bytes> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(level));
    encoder.write_all(plain).ok()?;
    encoder.finish().ok().map(Bytes::from)
}

fn by_brotli(plain: &Bytes) -> Option<Bytes> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: BROTLI_QUALITY,
        size_hint: plain.len(),
        ..brotli::enc::BrotliEncoderParams::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut plain.as_ref(), &mut packed, &params).ok()?;
    Some(Bytes::from(packed))
}

/// The answer for a request with these headers: 304 where the client has it, compressed where it takes that.
pub fn stored_answer(stored: &StoredAnswer, asked: &HeaderMap) -> Response {
    let known = asked.get(header::IF_NONE_MATCH);
    if known.is_some_and(|tags| names_tag(tags, &stored.etag)) {
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        *response.headers_mut() = stored.headers.clone();
        return response;
    }
    let packed = Coding::taken(asked).and_then(|coding| Some((coding, stored.copy_in(coding)?)));
    let Some(bytes) = packed.map(|(_, bytes)| bytes.clone()).or_else(|| stored.plain()) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut response = Response::new(Body::from(bytes));
    *response.headers_mut() = stored.headers.clone();
    if let Some((coding, _)) = packed {
        response.headers_mut().insert(header::CONTENT_ENCODING, coding.name());
    }
    response
}

/// An answer that is made anew for every request, with the tag of its bytes: 304 where the client has the same. What is no
/// whole answer goes as it is.
pub async fn tagged(request: Request, next: Next) -> Response {
    let asked = request.headers().clone();
    let response = next.run(request).await;
    let is_whole = response.body().size_hint().exact().is_some_and(|bytes| bytes <= ANSWER_BYTES_MAX as u64);
    let media = response.headers().get(header::CONTENT_TYPE).cloned();
    let Some(media) = media.filter(|_| is_whole && response.status() == StatusCode::OK) else { return response };
    let disposition = response.headers().get(header::CONTENT_DISPOSITION).cloned();
    let Ok(plain) = axum::body::to_bytes(response.into_body(), ANSWER_BYTES_MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    stored_answer(&StoredAnswer::new(media, disposition, plain), &asked)
}

/// An answer that is not kept, compressed on its way out where it is a whole text and the client takes that; what is
/// streamed goes as it is.
pub async fn packed(response: Response, asked: &HeaderMap) -> Response {
    let Some(coding) = Coding::taken(asked) else { return response };
    let is_packed = response.headers().contains_key(header::CONTENT_ENCODING);
    let is_whole = response.body().size_hint().exact().is_some_and(|bytes| bytes <= ANSWER_BYTES_MAX as u64);
    if is_packed || !is_whole || !response.headers().get(header::CONTENT_TYPE).is_some_and(is_text) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(plain) = axum::body::to_bytes(body, ANSWER_BYTES_MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let Some(packed) = coding.compress(&plain) else {
        return Response::from_parts(parts, Body::from(plain));
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_ENCODING, coding.name());
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

fn accepts(value: &HeaderValue, coding: Coding) -> bool {
    let Ok(text) = value.to_str() else { return false };
    text.split(',').any(|part| {
        let mut words = part.split(';').map(str::trim);
        let named = match coding {
            Coding::Brotli => matches!(words.next(), Some("br")),
            Coding::Gzip => matches!(words.next(), Some("gzip" | "x-gzip" | "*")),
        };
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

    #[tokio::test]
    async fn a_large_answer_lies_compressed_and_goes_out_as_it_was() {
        let page = "Klinik Alvi, Apotek Bunga; ".repeat(4_000);
        let takes = |accepted: &'static str| {
            HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(accepted))])
        };
        for asked_before in ["identity", "gzip", "br"] {
            let stored = StoredAnswer::new(HeaderValue::from_static("text/html"), None, Bytes::from(page.clone()));
            drop(stored_answer(&stored, &takes(asked_before)));
            let stored = stored.at_rest();
            assert!(stored.plain.is_none() && stored.bytes() < page.len() / 10, "{asked_before}");
            for asked in ["identity", "gzip", "br"] {
                let answer = stored_answer(&stored, &takes(asked));
                let coding = answer.headers().get(header::CONTENT_ENCODING).cloned();
                let bytes = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
                let plain = match coding.as_ref().and_then(|coding| coding.to_str().ok()) {
                    Some("br") => Coding::Brotli.unpack(&bytes).unwrap(),
                    Some(_) => Coding::Gzip.unpack(&bytes).unwrap(),
                    None => bytes,
                };
                assert_eq!(coding.is_none(), asked == "identity");
                assert_eq!(plain, page.as_bytes(), "{asked_before}, then {asked}");
            }
        }
        assert!(stored("short").as_ref().clone().at_rest().plain.is_some());
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
        let taken = |accepted| {
            let asked = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(accepted))]);
            Coding::taken(&asked)
        };
        assert_eq!(taken("br, gzip;q=0.8"), Some(Coding::Brotli));
        assert_eq!(taken("br;q=0, gzip;q=0.8"), Some(Coding::Gzip));
        assert_eq!(taken("gzip;q=0"), None);
        assert_eq!(taken("identity"), None);
    }
}
