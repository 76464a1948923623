//! One paper as a letter: its number and date, *Perihal*, *Lampiran*, *Tembusan*, and who writes it; all given on the
//! page of its text.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::PageQuery;
use super::paper::{LIST, PERIODS, kind_of, paper_links, request, text_path};
use super::printed;
use crate::app::papers::authors::AuthorError;
use crate::app::papers::letters::{COPIES_MAX, FIELD_CHARS_MAX, LetterError, NumberWish};
use crate::app::papers::reports::ReportRequest;
use crate::domain::{Date, format};
use crate::report::Authors;
use crate::store::LetterLines;
use crate::web::chosen::ResolvedRequest;
use crate::web::day;
use crate::web::error::{PageError, PageResult, sentence};
use crate::web::form::{Submitted, number as parsed, see};
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::links::Links;
use crate::web::view::time::moment;

/// A paper as a letter: number, lines, editions.
pub(super) struct LetterView {
    /// Its number; nothing where it cannot have one.
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
    /// Day as it was typed; today at first.
    pub(super) day: String,
    /// Fault of that day; empty where there is none.
    pub(super) day_fault: String,
}

impl LetterView {
    /// The same with a day as it was typed, and its fault, where it was refused.
    #[must_use]
    pub(super) fn with_day(mut self, refused: Option<&str>) -> Self {
        if let (Some(number), Some(typed)) = (&mut self.number, refused) {
            number.day_fault = day::read(typed).err().unwrap_or_default();
            typed.clone_into(&mut number.day);
        }
        self
    }
}

/// Looks up how a paper stands as a letter.
pub(super) fn letter_view(
    site: &Site,
    request: &ReportRequest,
    links: &Links,
    authors: &Authors,
) -> Result<LetterView, PageError> {
    let at = |what: &str| links.page(&format!("{}/{}/{what}", LIST, request.kind.code()));
    let today = format::date(site.app().clock().today());
    let number = site.papers().paper_number(request)?.map(|number| NumberView {
        action: at("nomor"),
        given: number.given.map_or_else(String::new, |given| {
            let when = moment(given.at, &chrono::Local);
            format!("Bertanggal {}; diberikan {}, {when}.", format::date(given.day), authors.by(given.at))
        }),
        words: number.words,
        next: number.next,
        day: today,
        day_fault: String::new(),
    });
    let editions = site.papers().editions(request)?;
    Ok(LetterView {
        number,
        action: at("surat"),
        lines: site.papers().letter_lines(request)?,
        editions: editions.iter().rev().map(printed::edition_view).collect(),
        chars_max: FIELD_CHARS_MAX,
        copies_max: COPIES_MAX,
    })
}

/// The paper that an address names.
struct AskedPaper {
    chosen: ResolvedRequest,
    request: ReportRequest,
}

impl AskedPaper {
    fn read(site: &Site, kind: &str, query: &Query) -> Result<Self, PageError> {
        let kind = kind_of(kind)?;
        let chosen = ResolvedRequest::need(site, query, &PERIODS)?;
        let request = request(&chosen, kind);
        Ok(Self { chosen, request })
    }

    /// Leads back to the page of its text, which tells at the field that this is no day.
    fn asked_again(&self, day: &str) -> Response {
        let kind = self.request.kind;
        see(&paper_links(&self.chosen, kind).page_with(&text_path(kind), WRONG_DAY, day))
    }

    /// Leads back to the page of its text, which tells what was done.
    fn done(&self, what: &str) -> Response {
        let kind = self.request.kind;
        see(&paper_links(&self.chosen, kind).page_with(&text_path(kind), "selesai", what))
    }
}

/// Name of a day that was no day in the address of the page that asks for it again.
pub(super) const WRONG_DAY: &str = "tanggal-surat";

/// A number and a date for a paper, as they were typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NumberForm {
    #[serde(rename = "perbuatan")]
    act: NumberAct,
    #[serde(rename = "nomor", deserialize_with = "parsed")]
    number: Option<u32>,
    #[serde(rename = "tanggal")]
    day: String,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
enum NumberAct {
    #[serde(rename = "cabut")]
    Revoke,
    #[default]
    #[serde(other)]
    Give,
}

impl NumberForm {
    fn wish(&self, day: Option<Date>) -> Result<NumberWish, LetterError> {
        let number = self.number.ok_or(LetterError::BadNumber)?;
        Ok(NumberWish { number: Some(number), day })
    }

    /// The day; `None` where the field is blank, its fault where it is no day.
    fn day(&self) -> Result<Option<Date>, String> {
        if self.day.is_empty() { Ok(None) } else { day::read(&self.day).map(Some) }
    }
}

/// `POST /laporan/{kind}/nomor`: gives a paper a number and a date, or takes them back.
pub async fn number(
    site: Site,
    Path(kind): Path<String>,
    PageQuery(query): PageQuery,
    Submitted(form): Submitted<NumberForm>,
) -> PageResult {
    site.take_in(move |site| {
        let paper = AskedPaper::read(site, &kind, &query)?;
        if form.act == NumberAct::Revoke {
            site.papers().revoke_number(&paper.request)?;
            return Ok(paper.done("nomor"));
        }
        let day = match form.day() {
            Ok(day) => day,
            Err(_fault) => return Ok(paper.asked_again(&form.day)),
        };
        match form.wish(day).and_then(|wish| site.papers().give_number(&paper.request, wish)) {
            Ok(()) => Ok(paper.done("nomor")),
            Err(error) => Err(refused("Nomor tidak diberikan", error)),
        }
    })
    .await
}

/// *Perihal*, *Lampiran* and *Tembusan*, one addressee a line.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct LinesForm {
    #[serde(rename = "perihal")]
    subject: String,
    #[serde(rename = "lampiran")]
    attachments: String,
    #[serde(rename = "tembusan")]
    copies: String,
}

/// `POST /laporan/{kind}/surat`: *Perihal*, *Lampiran*, *Tembusan*.
pub async fn lines(
    site: Site,
    Path(kind): Path<String>,
    PageQuery(query): PageQuery,
    Submitted(form): Submitted<LinesForm>,
) -> PageResult {
    site.take_in(move |site| {
        let paper = AskedPaper::read(site, &kind, &query)?;
        let lines = LetterLines {
            subject: form.subject,
            attachments: form.attachments,
            copies: lines_without_blanks(&form.copies),
        };
        match site.papers().set_letter_lines(&paper.request, &lines) {
            Ok(()) => Ok(paper.done("surat")),
            Err(error) => Err(refused("Isian surat tidak disimpan", error)),
        }
    })
    .await
}

/// The name of the one who writes.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AuthorForm {
    /// With titles, as it is printed.
    #[serde(rename = "penulis")]
    pub(super) name: String,
}

/// `POST /laporan/{kind}/penulis`: who writes from now on.
pub async fn author(
    site: Site,
    Path(kind): Path<String>,
    PageQuery(query): PageQuery,
    Submitted(form): Submitted<AuthorForm>,
) -> PageResult {
    site.take_in(move |site| {
        let paper = AskedPaper::read(site, &kind, &query)?;
        let owner = site.papers().owner_of(&paper.request)?;
        match site.papers().set_author(Some(&owner), &form.name) {
            Ok(()) => Ok(paper.done("penulis")),
            Err(AuthorError::App(error)) => Err(error.into()),
            Err(error) => Err(refusal(StatusCode::CONFLICT, "Nama penulis tidak disimpan", &error.to_string())),
        }
    })
    .await
}

/// Several lines as one text, each trimmed, without those that are blank.
pub(super) fn lines_without_blanks(typed: &str) -> String {
    let lines: Vec<&str> = typed.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

fn refused(title: &'static str, error: LetterError) -> PageError {
    match error {
        LetterError::App(error) => error.into(),
        error @ (LetterError::TooLong(_) | LetterError::TooManyLines(..) | LetterError::BadNumber) => {
            refusal(StatusCode::UNPROCESSABLE_ENTITY, title, &error.to_string())
        }
        error => refusal(StatusCode::CONFLICT, title, &error.to_string()),
    }
}

fn refusal(status: StatusCode, title: &'static str, why: &str) -> PageError {
    let advice = format!("{} Kembali ke halaman narasi laporan untuk mengulang.", sentence(why));
    PageError::refused(status, title, advice)
}
