//! Explained forms as a file: handed out, and taken from another Puskesmas.

use axum::extract::Multipart;
use axum::extract::multipart::MultipartError;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;

use crate::app::intake::forms_file::{FORMS_FILE_BYTES_MAX, FormsFileError, TakenForms};
use crate::domain::name::hyphenated;
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{PageError, PageResult, sentence};
use crate::web::form::see;
use crate::web::pages::PageQuery;
use crate::web::query::{Query, encode};
use crate::web::site::Site;

/// Where the file is handed out and taken.
pub const PATH: &str = "/impor/bentuk";
/// Letters of a Puskesmas in the name of a file.
const NAME_LETTERS_MAX: usize = 60;

/// `GET /impor/bentuk?puskesmas=`: the explained forms of a Puskesmas as a file.
pub async fn download(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| {
        let chosen = ResolvedRequest::need(site, &query, &[])?;
        let bytes = site.intake().forms_file(&chosen.puskesmas)?;
        let name = format!("penjelasan-bentuk-{}.json", hyphenated(&chosen.puskesmas, NAME_LETTERS_MAX));
        let disposition = format!("attachment; filename=\"{name}\"");
        let heads = [(header::CONTENT_TYPE, "application/json"), (header::CONTENT_DISPOSITION, disposition.as_str())];
        Ok::<_, PageError>((heads, bytes).into_response())
    })
    .await
}

/// `POST /impor/bentuk?puskesmas=`: takes explained forms out of such a file.
pub async fn take(site: Site, PageQuery(query): PageQuery, mut parts: Multipart) -> PageResult {
    let mut file = Vec::new();
    while let Some(field) = parts.next_field().await.map_err(|error| broken(&error))? {
        if field.name() == Some("bentuk") {
            file = field.bytes().await.map_err(|error| broken(&error))?.to_vec();
        }
    }
    site.take_in(move |site| {
        if file.is_empty() || file.len() > FORMS_FILE_BYTES_MAX {
            return Err(refused("Pilih dahulu berkas penjelasan bentuk, paling besar 1 MB."));
        }
        let chosen = ResolvedRequest::need(site, &query, &[])?;
        let taken = match site.intake().take_forms(&chosen.puskesmas, &file) {
            Ok(taken) => taken,
            Err(FormsFileError::Store(error)) => return Err(error.into()),
            Err(error) => return Err(refused(&sentence(&error.to_string()))),
        };
        let TakenForms { new, known } = taken;
        let owner = encode(&chosen.puskesmas);
        Ok(see(&format!("/impor/nama?puskesmas={owner}&bentuk-baru={new}&bentuk-lama={known}")))
    })
    .await
}

/// A sentence about forms just taken, where the address says so.
pub fn notice(query: &Query) -> Option<String> {
    let number = |name: &str| query.get(name).and_then(|text| text.parse::<u32>().ok());
    let new = number("bentuk-baru")?;
    let known = number("bentuk-lama").unwrap_or(0);
    let kept = if known > 0 { format!(" {known} sudah dijelaskan di sini dan tidak diubah.") } else { String::new() };
    Some(format!("{new} penjelasan bentuk diambil dari berkas.{kept}"))
}

fn refused(advice: &str) -> PageError {
    PageError::refused(StatusCode::BAD_REQUEST, "Penjelasan bentuk belum diambil", advice)
}

fn broken(error: &MultipartError) -> PageError {
    // What is neither a broken form nor a broken line met the bound on the whole request.
    let is_broken = error.status() == StatusCode::BAD_REQUEST;
    let status = if is_broken { StatusCode::BAD_REQUEST } else { StatusCode::PAYLOAD_TOO_LARGE };
    let advice = "Berkas tidak sampai utuh atau terlalu besar. Kembali, lalu kirim lagi; paling besar 1 MB.";
    PageError::refused(status, "Penjelasan bentuk belum diambil", advice)
}
