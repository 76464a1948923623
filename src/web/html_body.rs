//! Pages that are changed on their way out, whichever handler made them. Knows nothing of what is changed.

use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Bytes of a page that is changed at most.
const PAGE_BYTES_MAX: usize = 64 << 20;

/// The answer with its page changed; one that is no page stays as it is.
pub async fn changed(response: Response, change: impl FnOnce(&str) -> String) -> Response {
    let media = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if !media.is_some_and(|media| media.starts_with("text/html")) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(page) = axum::body::to_bytes(body, PAGE_BYTES_MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    let Ok(page) = std::str::from_utf8(&page) else { return Response::from_parts(parts, Body::from(page)) };
    Response::from_parts(parts, Body::from(change(page)))
}
