//! Files on their way in: upload, preview, decision, names, unknown forms, undoing.

pub mod draft;
pub mod forms;
mod issues;
pub mod layout;
pub mod names;
mod offers;
mod tables;
pub mod undo;
pub mod upload;
mod view;
pub mod words;

pub use issues::IssueRow;
pub use view::{FactLineView, lines as fact_lines};

use axum::http::StatusCode;

use crate::app::intake::draft::DraftError;
use crate::web::error::{PageError, sentence};

/// Says why an upload or a decision is refused.
pub fn refused(error: DraftError) -> PageError {
    let status = match &error {
        DraftError::Store(_) => return PageError::Fault(error.into()),
        DraftError::NoFiles => StatusCode::BAD_REQUEST,
        DraftError::NoDraft => StatusCode::NOT_FOUND,
        DraftError::TooManyDrafts(_) => StatusCode::TOO_MANY_REQUESTS,
        DraftError::TooManyFiles { .. } | DraftError::FileTooLarge { .. } | DraftError::UploadTooLarge => {
            StatusCode::PAYLOAD_TOO_LARGE
        }
    };
    let title = if status == StatusCode::NOT_FOUND { "Draf impor tidak ada" } else { "Berkas belum diterima" };
    PageError::refused(status, title, format!("{} Buka halaman Impor untuk mengulang.", sentence(&error.to_string())))
}
