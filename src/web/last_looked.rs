//! The Puskesmas that a reader looked at last: kept by the reader's own browser, so that the next page without a
//! choice is
//! about it and not about the first of the alphabet. A name that is not known any more says nothing.

use axum::http::{HeaderMap, HeaderValue, header};

use super::query::{Query, encode};

/// Name under which the browser keeps it.
const NAME: &str = "simpul-puskesmas";
/// Time for which the browser keeps it, seconds: a year.
const KEPT_SECONDS: u32 = 365 * 24 * 60 * 60;
/// Longest name that is believed, bytes as they are sent.
const SENT_BYTES_MAX: usize = 1_000;

/// Reads the Puskesmas from the cookies of a request.
pub fn of_request(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|text| text.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let (_, sent) = pairs.find(|(name, value)| *name == NAME && value.len() <= SENT_BYTES_MAX)?;
    decode(sent).filter(|name| !name.is_empty())
}

/// Makes the cookie that keeps the Puskesmas which the address names; none where it names none.
pub fn to_keep(query: &Query) -> Option<HeaderValue> {
    let named = encode(query.get("puskesmas")?);
    if named.len() > SENT_BYTES_MAX {
        return None;
    }
    HeaderValue::from_str(&format!("{NAME}={named}; Path=/; Max-Age={KEPT_SECONDS}; SameSite=Lax; HttpOnly")).ok()
}

/// The inverse of [`encode`]; `None` where it is none.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_again() {
        let name = "UPT PUSKESMAS Ngat;ri = 2 é";
        let query = Query::from_pairs(vec![("puskesmas".to_owned(), name.to_owned())]);
        let kept = to_keep(&query).unwrap();
        let sent = kept.to_str().unwrap().split(';').next().unwrap().to_owned();
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, format!("lain=1; {sent}").parse().unwrap());
        assert_eq!(of_request(&headers).as_deref(), Some(name));
        assert!(to_keep(&Query::default()).is_none());
    }

    #[test]
    fn a_name_without_end_is_neither_kept_nor_believed() {
        let named = |letters: usize| {
            let query = Query::from_pairs(vec![("puskesmas".to_owned(), "x".repeat(letters))]);
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, format!("{NAME}={}", "x".repeat(letters)).parse().unwrap());
            (to_keep(&query).is_some(), of_request(&headers).is_some())
        };
        assert_eq!(named(SENT_BYTES_MAX), (true, true));
        assert_eq!(named(SENT_BYTES_MAX + 1), (false, false));
    }

    #[test]
    fn nonsense_says_nothing() {
        for sent in ["simpul-puskesmas=%F", "simpul-puskesmas=%FF%FE", "simpul-puskesmas=", "x"] {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, sent.parse().unwrap());
            assert_eq!(of_request(&headers), None, "{sent}");
        }
    }
}
