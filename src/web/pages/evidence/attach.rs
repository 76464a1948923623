//! Taking evidence files in: for the thing that the address names, of the kind that the form says.

use axum::extract::Multipart;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;

use super::{thing_address, thing_of};
use crate::app::AppError;
use crate::app::evidence::{EvidenceError, FILE_BYTES_MAX, FILES_AT_ONCE_MAX, UPLOAD_BYTES_MAX};
use crate::domain::EvidenceKind;
use crate::store::StoreError;
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{PageError, PageResult, sentence};
use crate::web::form::see;
use crate::web::multipart::{self, Bounds, ReceivedForm, UploadExcess};
use crate::web::pages::PageQuery;
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::links::Links;

/// `POST /bukti/lampirkan?untuk=…`: keeps the files of the form.
pub async fn receive(site: Site, PageQuery(query): PageQuery, headers: HeaderMap, parts: Multipart) -> PageResult {
    let _held = multipart::room().await?;
    let bounds = Bounds { files: FILES_AT_ONCE_MAX, file_bytes: FILE_BYTES_MAX, total_bytes: UPLOAD_BYTES_MAX };
    let received = multipart::receive(&headers, parts, bounds).await.map_err(too_much)?;
    let address = site.take_in(move |site| attach(site, &query, received)).await?;
    let is_script = headers.get(header::ACCEPT).is_some_and(|value| value == "application/json");
    Ok(if is_script { (StatusCode::CREATED, [(header::LOCATION, address)]).into_response() } else { see(&address) })
}

/// Attaches; gives the address of the thing's page, which says what came of it.
fn attach(site: &Site, query: &Query, received: ReceivedForm) -> Result<String, PageError> {
    let of = thing_of(query)?;
    let asked = received.fields.iter().find(|(name, _)| name == "jenis-bukti").map_or("", |(_, value)| value.as_str());
    let kind = EvidenceKind::from_code(asked).ok_or_else(|| {
        PageError::bad_request("Jenis bukti belum dipilih. Kembali ke halamannya, pilih jenis, lalu lampirkan lagi.")
    })?;
    let chosen = ResolvedRequest::need(site, query, &[])?;
    let receipt = site.evidence().attach(&chosen.puskesmas, &of, kind, received.files).map_err(refused)?;
    site.changed();
    let page = thing_address(&of, &Links::new(&chosen));
    Ok(format!("{page}&dilampirkan={}&sudah-ada={}", receipt.added, receipt.held_already))
}

fn too_much(excess: UploadExcess) -> PageError {
    match excess {
        UploadExcess::TooManyFiles(count) => refused(EvidenceError::TooManyFiles { count }),
        UploadExcess::FileTooLarge(file) => refused(EvidenceError::FileTooLarge { file }),
        UploadExcess::TooLarge => refused(EvidenceError::UploadTooLarge),
        UploadExcess::Broken => PageError::refused(
            StatusCode::BAD_REQUEST,
            "Unggahan terputus",
            "Berkas tidak sampai utuh. Tidak ada yang berubah; kembali ke halamannya lalu lampirkan lagi.",
        ),
    }
}

/// Says why files were not attached or withdrawn.
pub fn refused(error: EvidenceError) -> PageError {
    let status = match &error {
        EvidenceError::NoFiles | EvidenceError::WrongKind(_) => StatusCode::BAD_REQUEST,
        EvidenceError::TooManyFiles { .. } | EvidenceError::UploadTooLarge | EvidenceError::FileTooLarge { .. } => {
            StatusCode::PAYLOAD_TOO_LARGE
        }
        EvidenceError::Unfit(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        EvidenceError::NoSuchThing(_) | EvidenceError::NoSuchFile => StatusCode::NOT_FOUND,
        EvidenceError::App(AppError::Store(StoreError::TooMuchEvidence { .. } | StoreError::EvidenceFull { .. })) => {
            StatusCode::CONFLICT
        }
        EvidenceError::App(AppError::NotAllowed { .. }) => StatusCode::FORBIDDEN,
        EvidenceError::App(_) => return PageError::Fault(error.into()),
    };
    let title = if status == StatusCode::NOT_FOUND { "Bukti tidak ditemukan" } else { "Berkas belum dilampirkan" };
    let advice = format!("{} Tidak ada yang berubah.", sentence(&error.to_string()));
    PageError::refused(status, title, advice)
}
