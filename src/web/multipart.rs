//! Forms that carry files: bounded in number and bytes while they come, so that no upload fills the memory.
//! Names what is too much; the page says what that means to the user.

use std::sync::LazyLock;

use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use axum::http::{HeaderMap, StatusCode, header};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::error::PageError;
use crate::app::import::Upload;

/// Uploads that are held in memory at once; others wait.
const AT_ONCE_MAX: usize = 2;
/// Bytes that stand around the files of a request.
const AROUND_BYTES_MAX: u64 = 1 << 20;
/// Bytes of a field that is no file.
const FIELD_BYTES_MAX: u64 = 4 << 10;
/// Fields that are no files.
const FIELDS_MAX: usize = 20;
/// Characters of a file's name.
const NAME_CHARS_MAX: usize = 200;

static HELD: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(AT_ONCE_MAX));

/// Limits of what one request may bring.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    pub files: usize,
    /// Bytes that each file may have.
    pub file_bytes: u64,
    /// Bytes of all together.
    pub total_bytes: u64,
}

/// Why a request was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UploadExcess {
    /// More files than may come; how many came until then.
    TooManyFiles(usize),
    /// This file is too large.
    FileTooLarge(String),
    /// All together are too large.
    TooLarge,
    /// It did not arrive whole.
    Broken,
}

/// Files and fields that a request brought.
#[derive(Debug, Default)]
pub struct ReceivedForm {
    /// Files, as they came.
    pub files: Vec<Upload>,
    /// Other fields: name and value.
    pub fields: Vec<(String, String)>,
}

/// Waits until there is room in memory for another upload.
pub async fn room() -> Result<SemaphorePermit<'static>, PageError> {
    Ok(HELD.acquire().await?)
}

/// Takes a request in; `headers` may tell at once that it is too large.
pub async fn receive(headers: &HeaderMap, mut parts: Multipart, bounds: Bounds) -> Result<ReceivedForm, UploadExcess> {
    let declared = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if declared.is_some_and(|bytes| bytes > bounds.total_bytes + AROUND_BYTES_MAX) {
        return Err(UploadExcess::TooLarge);
    }
    let mut received = ReceivedForm::default();
    let mut left = bounds.total_bytes;
    while let Some(field) = parts.next_field().await.map_err(|error| broken(&error))? {
        let Some(name) = field.file_name().map(clean) else {
            let name = field.name().unwrap_or_default().to_owned();
            let bytes = bytes(field, &name, FIELD_BYTES_MAX, &mut left).await?;
            received.fields.push((name, String::from_utf8_lossy(&bytes).into_owned()));
            if received.fields.len() > FIELDS_MAX {
                return Err(UploadExcess::TooLarge);
            }
            continue;
        };
        let bytes = bytes(field, &name, bounds.file_bytes, &mut left).await?;
        // A form without a chosen file sends one without name and content.
        if name.is_empty() && bytes.is_empty() {
            continue;
        }
        received.files.push(Upload { name, bytes });
        if received.files.len() > bounds.files {
            return Err(UploadExcess::TooManyFiles(received.files.len()));
        }
    }
    Ok(received)
}

/// Reads a field of at most `limit` bytes; `left` is what all fields that are still to come may hold together.
async fn bytes(mut field: Field<'_>, name: &str, limit: u64, left: &mut u64) -> Result<Vec<u8>, UploadExcess> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|error| broken(&error))? {
        if bytes.len() as u64 + chunk.len() as u64 > limit {
            return Err(UploadExcess::FileTooLarge(name.to_owned()));
        }
        *left = left.checked_sub(chunk.len() as u64).ok_or(UploadExcess::TooLarge)?;
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// The name of a file as it is kept: no folders, no control characters, not endless.
fn clean(name: &str) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
    base.chars().filter(|c| !c.is_control()).take(NAME_CHARS_MAX).collect::<String>().trim().to_owned()
}

fn broken(error: &MultipartError) -> UploadExcess {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { UploadExcess::TooLarge } else { UploadExcess::Broken }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_is_a_plain_line_of_bounded_length() {
        assert_eq!(clean("C:\\rekap\\../Mei\n2025.xlsx"), "Mei2025.xlsx");
        assert_eq!(clean(&"é".repeat(NAME_CHARS_MAX + 9)), "é".repeat(NAME_CHARS_MAX));
    }
}
