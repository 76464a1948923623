//! Taking files in: bounded in number and bytes while they come, kept as a draft, then shown before anything counts.

use axum::extract::Multipart;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;

use super::refused;
use crate::app::intake::draft::{DraftError, FILES_MAX, UPLOAD_BYTES_MAX};
use crate::web::error::{PageError, PageResult};
use crate::web::form::see;
use crate::web::multipart::{self, Bounds, UploadExcess};
use crate::web::site::Site;

/// `POST /impor/unggah`: keeps the files as a draft.
pub async fn receive(site: Site, headers: HeaderMap, parts: Multipart) -> PageResult {
    let file_bytes = site.app().limits().file_bytes;
    let _held = multipart::room().await?;
    let bounds = Bounds { files: FILES_MAX, file_bytes, total_bytes: UPLOAD_BYTES_MAX };
    let received =
        multipart::receive(&headers, parts, bounds).await.map_err(|excess| excess_error(excess, file_bytes))?;
    let id = site.take_in(move |site| site.intake().add_draft(&received.files).map_err(refused)).await?;
    let address = format!("/impor/draf/{id}");
    // The page's own script goes there by itself, once: following would try the files out twice.
    let is_script = headers.get(header::ACCEPT).is_some_and(|value| value == "application/json");
    Ok(if is_script { (StatusCode::CREATED, [(header::LOCATION, address)]).into_response() } else { see(&address) })
}

fn excess_error(excess: UploadExcess, limit: u64) -> PageError {
    match excess {
        UploadExcess::TooManyFiles(count) => refused(DraftError::TooManyFiles { count }),
        UploadExcess::FileTooLarge(file) => refused(DraftError::FileTooLarge { file, limit }),
        UploadExcess::TooLarge => refused(DraftError::UploadTooLarge),
        UploadExcess::Broken => PageError::refused(
            StatusCode::BAD_REQUEST,
            "Unggahan terputus",
            "Berkas tidak sampai utuh. Tidak ada yang berubah; kembali ke halaman Impor lalu unggah lagi.",
        ),
    }
}
