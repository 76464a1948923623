//! Refusals and faults as a user reads them: what, why, what to do. The inner cause of a fault goes to the
//! log once, under the number of the request, which every such page shows.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::request_log;
use crate::app::AppError;
use crate::store::StoreError;

/// Why a page cannot be shown.
#[derive(Debug)]
pub enum PageError {
    /// The user's address or choice cannot be served; the texts are for them.
    Told {
        /// Status of the answer.
        status: StatusCode,
        title: String,
        /// A sentence about the fault, and one about what to do.
        advice: String,
    },
    /// A field of the address is wrong: the page that tells so holds the field, to be typed again.
    WrongField(Box<WrongField>),
    /// A definition file of the user's is wrong and nothing stands in its place.
    WrongFile {
        advice: String,
        /// Faults of the file, with their places.
        faults: Vec<String>,
    },
    /// Our fault; the chain is for the log.
    Fault(anyhow::Error),
}

/// Field of an address with what was typed into it.
#[derive(Clone, Debug)]
pub struct WrongField {
    /// Words above it.
    pub label: &'static str,
    /// Name in the address.
    pub name: &'static str,
    /// Text as it was typed.
    pub typed: String,
    /// Fault and remedy in a sentence each.
    pub fault: String,
    /// Names and values of the rest of the address.
    pub rest: Vec<(String, String)>,
}

/// Answer of a page's handler; a refusal becomes a page of its own.
pub type PageResult = Result<Response, PageError>;

impl PageError {
    /// There is no such thing.
    pub fn not_found(advice: impl Into<String>) -> Self {
        Self::refused(StatusCode::NOT_FOUND, "Halaman tidak ditemukan", advice)
    }

    /// Refuses a request that cannot be understood (400).
    pub fn bad_request(advice: impl Into<String>) -> Self {
        Self::refused(StatusCode::BAD_REQUEST, "Pilihan tidak dikenal", advice)
    }

    /// Refused with this status.
    pub fn refused(status: StatusCode, title: &str, advice: impl Into<String>) -> Self {
        Self::Told { status, title: title.to_owned(), advice: advice.into() }
    }

    /// Status, headline, advice, and the number of the request. The cause of a fault goes to the log here.
    pub(super) fn into_parts(self) -> (StatusCode, String, String, Option<String>) {
        let id = request_log::current_id();
        match self {
            Self::Fault(error) if refusal_in(&error).is_some() => {
                let advice = refusal_in(&error).unwrap_or_default();
                (StatusCode::FORBIDDEN, "Tidak berwenang".to_owned(), sentence(&advice), id)
            }
            Self::Told { status, title, advice } => (status, title, advice, id),
            Self::WrongFile { advice, .. } => (StatusCode::NOT_FOUND, "Halaman tidak ditemukan".to_owned(), advice, id),
            Self::WrongField(wrong) => (StatusCode::BAD_REQUEST, "Isian tidak dikenal".to_owned(), wrong.fault, id),
            Self::Fault(error) => {
                tracing::error!("permintaan gagal: {error:#}");
                (
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "Halaman gagal dibuat".to_owned(),
                    "Ini kesalahan Simpul, bukan kesalahan Anda; data yang sudah diimpor tidak berubah. Muat ulang halaman ini. \
                     Bila tetap gagal, laporkan nomor permintaan di bawah: rinciannya ada di catatan layanan."
                        .to_owned(),
                    id,
                )
            }
        }
    }
}

/// The words of a failure that is the lack of a right, and no fault of ours.
fn refusal_in(error: &anyhow::Error) -> Option<String> {
    let stored = |error: &StoreError| match error {
        StoreError::OutOfReach(_) | StoreError::OtherIndicators(_) => Some(error.to_string()),
        _ => None,
    };
    match error.downcast_ref::<AppError>() {
        Some(AppError::Store(error)) => stored(error),
        Some(error @ AppError::NotAllowed { .. }) => Some(error.to_string()),
        _ => error.downcast_ref::<StoreError>().and_then(stored),
    }
}

/// A sentence as a page shows it: begun with a capital, ended with a full stop.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().map(|first| first.to_uppercase().collect()).unwrap_or_default();
    let end = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

impl<E: Into<anyhow::Error>> From<E> for PageError {
    fn from(error: E) -> Self {
        let error = error.into();
        match error.downcast_ref::<AppError>() {
            Some(choice) if choice.is_choice() => Self::not_found(sentence(&choice.to_string())),
            _ => Self::Fault(error),
        }
    }
}

/// The same refusals for `/api`: JSON with `error` and `request_id`.
#[derive(Debug)]
pub struct ApiError(PageError);

impl<E: Into<PageError>> From<E> for ApiError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

/// Refusal of an API call.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefusalAnswer {
    /// Fault and remedy, in Indonesian sentences.
    pub error: String,
    /// Number of the request, under which the log tells more.
    pub request_id: Option<String>,
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, title, advice, request_id) = self.0.into_parts();
        (status, Json(RefusalAnswer { error: format!("{title}: {advice}"), request_id })).into_response()
    }
}
