//! The page that stands in the place of one that cannot be had. Knows the frame of pages; what went wrong stands in
//! `error`, which every file of the room may use.

use askama::Template;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::error::{PageError, WrongField};
use super::view::frame::PageFrame;

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    frame: PageFrame,
    advice: String,
    request_id: Option<String>,
    wrong: Option<WrongField>,
    faults: Vec<String>,
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let wrong = match &self {
            Self::WrongField(wrong) => Some(WrongField::clone(wrong)),
            _ => None,
        };
        let faults = match &self {
            Self::WrongFile { faults, .. } => faults.clone(),
            _ => Vec::new(),
        };
        let (status, title, advice, request_id) = self.into_parts();
        let fallback = format!("{title}. {advice}");
        let page = ErrorPage { frame: PageFrame::bare(&title), advice, request_id, wrong, faults };
        match page.render() {
            Ok(html) => (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response(),
            Err(_error) => (status, fallback).into_response(),
        }
    }
}
