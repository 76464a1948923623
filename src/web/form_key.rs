//! The secret of a session that every form carries, so that no other site can send one in somebody's name (CSRF): put
//! into each page on its way out, asked for at each change on its way in. No handler and no template has to know of it,
//! so none can forget it.

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};

use super::error::PageError;
use crate::app::accounts::SignedIn;

/// Name of the field; it stands first in each form.
pub const FIELD: &str = "_kunci";
/// Bytes at the beginning of a body among which the field must stand.
const HEAD_BYTES_MAX: usize = 4 << 10;
/// Beginning of a form.
const FORM: &str = "<form ";
/// Attribute of one that changes something.
const CHANGES: &str = "method=\"post\"";

/// Lets a change through where its first field is the session's secret.
pub async fn checked(request: Request, signed_in: &SignedIn) -> Result<Request, Response> {
    let (parts, body) = request.into_parts();
    let boundary = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let mut rest = body.into_data_stream();
    let mut head: Vec<u8> = Vec::new();
    while head.len() < HEAD_BYTES_MAX {
        match rest.next().await {
            Some(Ok(piece)) => head.extend_from_slice(&piece),
            Some(Err(_error)) => return Err(refused()),
            None => break,
        }
    }
    let is_multipart = boundary.is_some_and(|media| media.starts_with("multipart/form-data"));
    let carried = if is_multipart { in_parts(&head) } else { in_pairs(&head) };
    if !carried.is_some_and(|carried| signed_in.is_own_form(carried)) {
        return Err(refused());
    }
    let whole = stream::once(async move { Ok::<_, axum::Error>(Bytes::from(head)) }).chain(rest);
    Ok(Request::from_parts(parts, Body::from_stream(whole)))
}

/// The secret at the beginning of `_kunci=…&…`.
fn in_pairs(head: &[u8]) -> Option<&str> {
    let text = head.strip_prefix(FIELD.as_bytes())?.strip_prefix(b"=")?;
    let end = text.iter().position(|byte| *byte == b'&').unwrap_or(text.len());
    std::str::from_utf8(&text[..end]).ok()
}

/// The secret in the first part of a form with files.
fn in_parts(head: &[u8]) -> Option<&str> {
    let blank = head.windows(4).position(|four| four == b"\r\n\r\n")?;
    let heads = std::str::from_utf8(&head[..blank]).ok()?;
    if !heads.contains(&format!("name=\"{FIELD}\"")) {
        return None;
    }
    let text = &head[blank + 4..];
    let end = text.windows(2).position(|two| two == b"\r\n")?;
    std::str::from_utf8(&text[..end]).ok()
}

fn refused() -> Response {
    let advice = "Formulir ini bukan dari sesi Anda yang sekarang: mungkin Anda masuk lagi di jendela lain. Tidak ada yang \
                  diubah. Kembali ke halamannya, muat ulang, lalu kirim lagi.";
    PageError::refused(StatusCode::FORBIDDEN, "Perubahan ditolak", advice).into_response()
}

/// A page with the secret in its forms, and where its script finds it.
pub fn with_secret(page: &str, secret: &str) -> String {
    let field = format!("<input type=\"hidden\" name=\"{FIELD}\" value=\"{secret}\">");
    let mark = format!("<meta name=\"{FIELD}\" content=\"{secret}\"></head>");
    let mut dressed = String::with_capacity(page.len() + 1_024);
    let mut rest = page;
    while let Some(place) = rest.find(FORM) {
        let (before, form) = rest.split_at(place);
        let end = form.find('>').map_or(form.len(), |end| end + 1);
        dressed.push_str(before);
        dressed.push_str(&form[..end]);
        if form[..end].contains(CHANGES) {
            dressed.push_str(&field);
        }
        rest = &form[end..];
    }
    dressed.push_str(rest);
    dressed.replacen("</head>", &mark, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_that_changes_carries_the_secret_first() {
        let page = "<head></head><form method=\"post\" action=\"/a\"><input name=\"x\"></form><form class=\"q\"><i></i></form>\
                    <form class=\"drop\" method=\"post\" enctype=\"multipart/form-data\"></form>";
        let dressed = with_secret(page, "s3");
        let field = "<input type=\"hidden\" name=\"_kunci\" value=\"s3\">";
        assert_eq!(dressed.matches(field).count(), 2);
        assert!(dressed.contains(&format!("action=\"/a\">{field}<input name=\"x\">")), "{dressed}");
        assert!(dressed.starts_with("<head><meta name=\"_kunci\" content=\"s3\"></head>"), "{dressed}");
    }

    #[test]
    fn the_secret_is_read_where_it_stands_first() {
        assert_eq!(in_pairs(b"_kunci=abc&x=1"), Some("abc"));
        assert_eq!(in_pairs(b"_kunci=abc"), Some("abc"));
        assert_eq!(in_pairs(b"x=1&_kunci=abc"), None);
        let form = b"--b\r\nContent-Disposition: form-data; name=\"_kunci\"\r\n\r\nabc\r\n--b\r\n";
        assert_eq!(in_parts(form), Some("abc"));
        assert_eq!(in_parts(b"--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\nabc\r\n--b"), None);
    }
}
