//! Files on their way in: upload, preview, decision, names, unknown forms, undoing.

pub mod draft;
pub mod forms;
pub mod layout;
pub mod names;
mod offers;
mod tables;
pub mod undo;
pub mod upload;
mod view;
pub mod words;

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, FromRequest, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::app::draft::DraftError;
use crate::web::error::{PageError, sentence};

/// The fields of a form as they were sent, in their order.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// The first value of a name; blank where there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
    }

    /// Names that begin with `prefix`, without it, and their values.
    pub fn below<'f>(&'f self, prefix: &'f str) -> impl Iterator<Item = (&'f str, &'f str)> {
        self.0.iter().filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, value.trim())))
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = PageError;

    async fn from_request(request: Request, state: &S) -> Result<Self, PageError> {
        let sent: Result<Form<Vec<(String, String)>>, FormRejection> = Form::from_request(request, state).await;
        sent.map(|Form(fields)| Self(fields)).map_err(|_error| {
            PageError::bad_request("Isian formulir tidak dapat dibaca. Kembali ke halamannya, lalu kirim lagi.")
        })
    }
}

/// To another page after a change, so that reloading does not change again.
pub fn see(address: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response()
}

/// What a user reads of a refused upload or decision.
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
