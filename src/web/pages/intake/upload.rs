//! Taking files in: bounded in number and bytes while they come, kept as a draft, then shown before anything counts.

use std::sync::LazyLock;

use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{Multipart, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use tokio::sync::Semaphore;

use super::{refused, see};
use crate::app::draft::{DraftError, FILES_MAX, UPLOAD_BYTES_MAX};
use crate::app::import::Upload;
use crate::web::error::{PageError, PageResult};
use crate::web::site::Site;

/// Bytes of a request that carries files: those of the files, and what stands around them.
pub const REQUEST_BYTES_MAX: u64 = UPLOAD_BYTES_MAX + (1 << 20);
/// Uploads that are held in memory at once; others wait.
const AT_ONCE_MAX: usize = 2;
/// Characters of a file's name.
const NAME_CHARS_MAX: usize = 200;

static HELD: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(AT_ONCE_MAX));

/// `POST /impor/unggah`.
pub async fn receive(State(site): State<Site>, headers: HeaderMap, parts: Multipart) -> PageResult {
    let declared = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if declared.is_some_and(|bytes| bytes > REQUEST_BYTES_MAX) {
        return Err(refused(DraftError::UploadTooLarge));
    }
    let _held = HELD.acquire().await?;
    let files = files(parts, site.app().limits().file_bytes).await?;
    let id = site.compute(move |site| site.app().add_draft(&files).map_err(refused)).await?;
    let address = format!("/impor/draf/{id}");
    // The page's own script goes there by itself, once: following would try the files out twice.
    let is_script = headers.get(header::ACCEPT).is_some_and(|value| value == "application/json");
    Ok(if is_script { (StatusCode::CREATED, [(header::LOCATION, address)]).into_response() } else { see(&address) })
}

async fn files(mut parts: Multipart, limit: u64) -> Result<Vec<Upload>, PageError> {
    let mut files = Vec::new();
    let mut total = 0;
    while let Some(field) = parts.next_field().await.map_err(|error| broken(&error))? {
        let Some(name) = field.file_name().map(clean) else { continue };
        let bytes = bytes(field, &name, limit, &mut total).await?;
        // A form without a chosen file sends one without name and content.
        if name.is_empty() && bytes.is_empty() {
            continue;
        }
        files.push(Upload { name, bytes });
        if files.len() > FILES_MAX {
            return Err(refused(DraftError::TooManyFiles { count: files.len() }));
        }
    }
    Ok(files)
}

async fn bytes(mut field: Field<'_>, name: &str, limit: u64, total: &mut u64) -> Result<Vec<u8>, PageError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|error| broken(&error))? {
        *total += chunk.len() as u64;
        if bytes.len() as u64 + chunk.len() as u64 > limit {
            return Err(refused(DraftError::FileTooLarge { file: name.to_owned(), limit }));
        }
        if *total > UPLOAD_BYTES_MAX {
            return Err(refused(DraftError::UploadTooLarge));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// The name of a file as it is kept: no folders, no control characters, not endless.
fn clean(name: &str) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
    base.chars().filter(|c| !c.is_control()).take(NAME_CHARS_MAX).collect::<String>().trim().to_owned()
}

fn broken(error: &MultipartError) -> PageError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return refused(DraftError::UploadTooLarge);
    }
    PageError::refused(
        StatusCode::BAD_REQUEST,
        "Unggahan terputus",
        "Berkas tidak sampai utuh. Tidak ada yang berubah; kembali ke halaman Impor lalu unggah lagi.",
    )
}
