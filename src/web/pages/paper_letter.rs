//! One paper as a letter: its number and date, *Perihal*, *Lampiran*, *Tembusan*, and who writes it; all given on the
//! page of its text.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::Asked;
use super::intake::{Fields, see};
use super::narrative::{kind_of, paper_links, path, request};
use super::printed;
use super::reports::PERIODS;
use crate::app::authors::AuthorError;
use crate::app::letters::{COPIES_MAX, FIELD_CHARS_MAX, LetterError, NumberWish};
use crate::app::reports::ReportRequest;
use crate::domain::{Date, format};
use crate::report::Authors;
use crate::store::LetterLines;
use crate::web::chosen::Chosen;
use crate::web::error::{PageError, PageResult, sentence};
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::links::Links;
use crate::web::view::time::moment;

/// How a paper stands as a letter.
pub(super) struct LetterView {
    /// How it is numbered; nothing where it cannot be.
    pub(super) number: Option<NumberView>,
    /// Where its lines go, and what they say.
    pub(super) action: String,
    pub(super) lines: LetterLines,
    /// Papers that went out under its number.
    pub(super) editions: Vec<printed::EditionView>,
    pub(super) chars_max: usize,
    pub(super) copies_max: usize,
}

/// The number of a paper.
pub(super) struct NumberView {
    pub(super) action: String,
    /// As it is printed.
    pub(super) words: String,
    /// Since when it is given; empty: none is.
    pub(super) given: String,
    pub(super) next: u32,
    /// Today, as a field of a date takes it.
    pub(super) today: String,
}

/// Looks up how a paper stands as a letter.
pub(super) fn letter_view(
    site: &Site,
    request: &ReportRequest,
    links: &Links,
    authors: &Authors,
) -> Result<LetterView, PageError> {
    let at = |what: &str| links.page(&format!("{}/{}/{what}", super::reports::PATH, request.kind.code()));
    let today = site.app().clock().today().to_string();
    let number = site.app().paper_number(request)?.map(|number| NumberView {
        action: at("nomor"),
        given: number.given.map_or_else(String::new, |given| {
            let when = moment(given.at, &chrono::Local);
            format!("Bertanggal {}; diberikan {}, {when}.", format::date(given.day), authors.by(given.at))
        }),
        words: number.words,
        next: number.next,
        today,
    });
    let editions = site.app().editions(request)?;
    Ok(LetterView {
        number,
        action: at("surat"),
        lines: site.app().letter_lines(request)?,
        editions: editions.iter().rev().map(printed::edition_view).collect(),
        chars_max: FIELD_CHARS_MAX,
        copies_max: COPIES_MAX,
    })
}

/// The paper that an address names.
struct AskedPaper {
    chosen: Chosen,
    request: ReportRequest,
}

impl AskedPaper {
    fn read(site: &Site, kind: &str, query: &Query) -> Result<Self, PageError> {
        let kind = kind_of(kind)?;
        let chosen = Chosen::need(site, query, &PERIODS)?;
        let request = request(&chosen, kind);
        Ok(Self { chosen, request })
    }

    /// Leads back to the page of its text, which tells what was done.
    fn done(&self, what: &str) -> Response {
        let kind = self.request.kind;
        see(&paper_links(&self.chosen, kind).page_with(&path(kind), "selesai", what))
    }
}

/// `POST /laporan/{kind}/nomor`: gives a paper a number and a date, or takes them back.
pub async fn number(
    State(site): State<Site>,
    Path(kind): Path<String>,
    Asked(query): Asked,
    fields: Fields,
) -> PageResult {
    site.take_in(move |site| {
        let paper = AskedPaper::read(site, &kind, &query)?;
        if fields.get("perbuatan") == "cabut" {
            site.app().revoke_number(&paper.request)?;
            return Ok(paper.done("nomor"));
        }
        match wish(&fields).and_then(|wish| site.app().give_number(&paper.request, wish)) {
            Ok(()) => Ok(paper.done("nomor")),
            Err(error) => Err(refused("Nomor tidak diberikan", error)),
        }
    })
    .await
}

/// `POST /laporan/{kind}/surat`: *Perihal*, *Lampiran*, *Tembusan*.
pub async fn lines(
    State(site): State<Site>,
    Path(kind): Path<String>,
    Asked(query): Asked,
    fields: Fields,
) -> PageResult {
    site.take_in(move |site| {
        let paper = AskedPaper::read(site, &kind, &query)?;
        let copies: Vec<&str> = fields.get("tembusan").lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let lines = LetterLines {
            subject: fields.get("perihal").trim().to_owned(),
            attachments: fields.get("lampiran").trim().to_owned(),
            copies: copies.join("\n"),
        };
        match site.app().set_letter_lines(&paper.request, &lines) {
            Ok(()) => Ok(paper.done("surat")),
            Err(error) => Err(refused("Isian surat tidak disimpan", error)),
        }
    })
    .await
}

/// `POST /laporan/{kind}/penulis`: who writes from now on.
pub async fn author(
    State(site): State<Site>,
    Path(kind): Path<String>,
    Asked(query): Asked,
    fields: Fields,
) -> PageResult {
    site.take_in(move |site| {
        let paper = AskedPaper::read(site, &kind, &query)?;
        let owner = site.app().owner_of(&paper.request)?;
        match site.app().set_author(Some(&owner), fields.get("penulis")) {
            Ok(()) => Ok(paper.done("penulis")),
            Err(AuthorError::App(error)) => Err(error.into()),
            Err(error) => Err(conflict("Nama penulis tidak disimpan", &error.to_string())),
        }
    })
    .await
}

fn wish(fields: &Fields) -> Result<NumberWish, LetterError> {
    let number = fields.get("nomor").parse().map_err(|_error| LetterError::BadNumber)?;
    let day: Option<Date> = match fields.get("tanggal") {
        "" => None,
        typed => Some(typed.parse().map_err(|_error| LetterError::BadDate)?),
    };
    Ok(NumberWish { number: Some(number), day })
}

fn refused(title: &'static str, error: LetterError) -> PageError {
    match error {
        LetterError::App(error) => error.into(),
        error => conflict(title, &error.to_string()),
    }
}

fn conflict(title: &'static str, why: &str) -> PageError {
    let advice = format!("{} Kembali ke halaman narasi laporan untuk mengulang.", sentence(why));
    PageError::refused(StatusCode::CONFLICT, title, advice)
}
