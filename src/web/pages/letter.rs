//! *Pengaturan surat*: letterhead, logo, who signs, pattern of numbers; and the numbers given to papers.

use askama::Template;
use axum::extract::Multipart;
use axum::extract::multipart::MultipartError;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use serde::Deserialize;

use super::dashboards::empty;
use super::paper::{LETTER as PATH, LIST, OWNER, TEAM, letter_page};
use super::paper_letter::{AuthorForm, lines_without_blanks};
use super::{PageQuery, html};
use crate::app::papers::authors::AuthorError;
use crate::app::papers::letters::{
    FIELD_CHARS_MAX, LINES_MAX, LetterDetails, LetterError, LetterSource, SignatureGuess, TEAM_MAX,
};
use crate::domain::table::DISTRICT;
use crate::report::{Authors, ReportKind};
use crate::store::{LetterSettings, Signatory};
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{PageError, PageResult, sentence};
use crate::web::form::{Submitted, see};
use crate::web::query::{Query, encode};
use crate::web::site::Site;
use crate::web::view::frame::PageFrame;
use crate::web::view::links::Links;
use crate::web::view::time::moment;

/// Owners of letter details that stand side by side as tabs; more are chosen from a list.
const TABS_MAX: usize = 6;

#[derive(Template)]
#[template(path = "letter.html")]
struct LetterPage {
    frame: PageFrame,
    /// True where these are the details of the district's team.
    is_team: bool,
    /// Who writes; blank where nobody said.
    author: String,
    /// Where the name goes.
    action_author: String,
    /// Address with the owner in it, for each form.
    action: String,
    action_logo: String,
    notice: &'static str,
    error: String,
    source: String,
    is_saved: bool,
    /// The owners, where there are several: address, name, whether it is this one; the team last.
    others: Vec<(String, String, bool)>,
    /// True where they are too many for tabs.
    are_many: bool,
    path: &'static str,
    settings: LetterSettings,
    /// Head and coordinator.
    people: [PersonView; 2],
    place_mark: String,
    /// Address of the logo; empty without one.
    logo: String,
    chars_max: usize,
    lines_max: usize,
    team_max: usize,
}

/// Fields of one who signs, with what a signature block offers.
struct PersonView {
    prefix: &'static str,
    heading: &'static str,
    usual_title: String,
    person: Signatory,
    /// Said where the fields hold a guess.
    mark: String,
    /// Said where somebody else signed last.
    hint: String,
}

/// `GET /pengaturan-surat`: the form for letter details, and the numbers given.
pub async fn show(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| page(site, &query, None)).await
}

/// The details of letters as they were typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct LetterForm {
    #[serde(rename = "perbuatan")]
    act: LetterAct,
    #[serde(rename = "atas")]
    above: String,
    #[serde(rename = "alamat")]
    address: String,
    #[serde(rename = "tempat")]
    place: String,
    #[serde(rename = "kepala-nama")]
    head_name: String,
    #[serde(rename = "kepala-nip")]
    head_id: String,
    #[serde(rename = "kepala-jabatan")]
    head_title: String,
    #[serde(rename = "pj-nama")]
    coordinator_name: String,
    #[serde(rename = "pj-nip")]
    coordinator_id: String,
    #[serde(rename = "pj-jabatan")]
    coordinator_title: String,
    #[serde(rename = "anggota")]
    team: String,
    #[serde(rename = "pola")]
    number_pattern: String,
    #[serde(rename = "mulai")]
    first_number: String,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
enum LetterAct {
    /// The file of the data folder holds again.
    #[serde(rename = "berkas")]
    GiveWay,
    #[default]
    #[serde(other)]
    Save,
}

impl LetterForm {
    /// The settings that the form says; the logo has a form of its own.
    fn settings(self, logo: Option<String>) -> LetterSettings {
        let first = self.first_number;
        LetterSettings {
            above: lines_without_blanks(&self.above),
            address: lines_without_blanks(&self.address),
            place: self.place,
            head: Signatory { title: self.head_title, name: self.head_name, id_number: self.head_id },
            coordinator: Signatory {
                title: self.coordinator_title,
                name: self.coordinator_name,
                id_number: self.coordinator_id,
            },
            number_pattern: self.number_pattern,
            first_number: if first.is_empty() { 1 } else { first.parse().unwrap_or(0) },
            team: lines_without_blanks(&self.team),
            logo,
        }
    }
}

/// `POST /pengaturan-surat`: saves, or gives way to the file again.
pub async fn save(site: Site, PageQuery(query): PageQuery, Submitted(form): Submitted<LetterForm>) -> PageResult {
    site.take_in(move |site| {
        let chosen = ResolvedRequest::need(site, &query, &[])?;
        let puskesmas = owner(&chosen);
        if form.act == LetterAct::GiveWay {
            site.papers().reset_letter(puskesmas)?;
            return Ok(see(&address(&chosen, PATH, Some("berkas"))));
        }
        let logo = site.papers().letter_details(puskesmas)?.settings.logo;
        let typed = form.settings(logo);
        match site.papers().save_letter(puskesmas, &typed) {
            Ok(()) => Ok(see(&address(&chosen, PATH, Some("simpan")))),
            Err(error) => refused(site, &query, error, Some(typed)),
        }
    })
    .await
}

/// `POST /pengaturan-surat/logo`: another logo, or none.
pub async fn save_logo(site: Site, PageQuery(query): PageQuery, mut parts: Multipart) -> PageResult {
    let mut picture = None;
    while let Some(field) = parts.next_field().await.map_err(|error| broken(&error))? {
        if field.name() == Some("logo") {
            picture = Some(field.bytes().await.map_err(|error| broken(&error))?);
        }
    }
    site.take_in(move |site| {
        let chosen = ResolvedRequest::need(site, &query, &[])?;
        let picture = picture.filter(|bytes| !bytes.is_empty());
        match site.papers().set_logo(owner(&chosen), picture.as_deref()) {
            Ok(()) => Ok(see(&address(&chosen, PATH, Some("logo")))),
            Err(error) => refused(site, &query, error, None),
        }
    })
    .await
}

fn broken(error: &MultipartError) -> PageError {
    let advice = "Gambar tidak sampai utuh atau terlalu besar. Kembali, lalu kirim lagi; paling besar 1 MB.";
    // What is neither a broken form nor a broken line met the bound on the whole request.
    let is_broken = error.status() == StatusCode::BAD_REQUEST;
    let status = if is_broken { StatusCode::BAD_REQUEST } else { StatusCode::PAYLOAD_TOO_LARGE };
    PageError::refused(status, "Logo belum diterima", advice)
}

/// `GET /pengaturan-surat/logo.png`: the logo that counts.
pub async fn logo(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| {
        let chosen = ResolvedRequest::need(site, &query, &[])?;
        let logo = site.papers().logo(owner(&chosen))?;
        let logo = logo.ok_or_else(|| PageError::not_found("Belum ada logo di Pengaturan surat ini."))?;
        Ok::<_, PageError>(([(header::CONTENT_TYPE, "image/png")], logo).into_response())
    })
    .await
}

/// `POST /pengaturan-surat/penulis`: who writes from now on.
pub async fn save_author(
    site: Site,
    PageQuery(query): PageQuery,
    Submitted(form): Submitted<AuthorForm>,
) -> PageResult {
    site.take_in(move |site| {
        let chosen = ResolvedRequest::need(site, &query, &[])?;
        match site.papers().set_author(Some(owner(&chosen)), &form.name) {
            Ok(()) => Ok(see(&address(&chosen, PATH, Some("penulis")))),
            Err(AuthorError::App(error)) => Err(error.into()),
            Err(error) => {
                let answer = page(site, &query, Some((sentence(&error.to_string()), None)))?;
                Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
            }
        }
    })
    .await
}

/// Whose letter details the address names: a Puskesmas', or of a data folder with several the district's team's.
fn owner(chosen: &ResolvedRequest) -> &str {
    let is_team = chosen.known.len() > 1 && chosen.query.get(OWNER) == Some(TEAM);
    if is_team { DISTRICT } else { &chosen.puskesmas }
}

/// A path of this page for its owner.
fn address(chosen: &ResolvedRequest, path: &str, done: Option<&str>) -> String {
    let mut query = chosen.query.only(&["puskesmas", OWNER]);
    query.set("selesai", done.unwrap_or(""));
    query.at(path)
}

fn refused(site: &Site, query: &Query, error: LetterError, typed: Option<LetterSettings>) -> PageResult {
    if let LetterError::App(error) = error {
        return Err(error.into());
    }
    let answer = page(site, query, Some((sentence(&error.to_string()), typed)))?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
}

fn page(site: &Site, query: &Query, refused: Option<(String, Option<LetterSettings>)>) -> PageResult {
    let Some(chosen) = ResolvedRequest::read(site, query, &[])? else { return empty(site, PATH) };
    let is_team = owner(&chosen) == DISTRICT;
    let details = site.papers().letter_details(owner(&chosen))?;
    let authors = site.papers().authors(owner(&chosen))?;
    let is_saved = matches!(details.source, LetterSource::Saved(..));
    let (error, typed) = refused.unwrap_or_default();
    // A guess is offered only where nobody decided yet.
    let offers = !is_saved && typed.is_none();
    let mut settings = typed.unwrap_or_else(|| details.settings.clone());
    let place_mark = if offers { guessed_place(&mut settings, &details) } else { String::new() };
    let person = |(prefix, heading), usual_title, person: &Signatory, guess: Option<&SignatureGuess>| {
        let fields = PersonView {
            prefix,
            heading,
            usual_title,
            person: person.clone(),
            mark: String::new(),
            hint: String::new(),
        };
        with_guess(fields, guess, offers)
    };
    let [head, coordinator] = if is_team {
        [("Kepala Dinas Kesehatan", "Kepala Dinas Kesehatan".to_owned()), ("Ketua TPCB", "Ketua TPCB".to_owned())]
    } else {
        let head = format!("Kepala {}", chosen.puskesmas);
        [("Kepala Puskesmas", head), ("PJ jaringan dan jejaring", "PJ Jaringan dan Jejaring".to_owned())]
    };
    let head = person(("kepala", head.0), head.1, &settings.head, details.head.as_ref());
    let coordinator = person(("pj", coordinator.0), coordinator.1, &settings.coordinator, details.coordinator.as_ref());
    let mut frame = PageFrame::new(site.app(), Some(&chosen), "Pengaturan surat", LIST);
    let about = if is_team {
        "Kop, logo, penanda tangan, dan nomor rekapitulasi TPCB; anggota timnya juga pada laporan tiap Puskesmas."
    } else {
        "Kop, logo, penanda tangan, dan nomor pada semua laporan Puskesmas ini."
    };
    about.clone_into(&mut frame.subtitle);
    frame.crumbs =
        vec![("Laporan".to_owned(), Links::new(&chosen).page(LIST)), ("Pengaturan surat".to_owned(), String::new())];
    html(&LetterPage {
        frame,
        is_team,
        action: address(&chosen, PATH, None),
        action_logo: address(&chosen, &format!("{PATH}/logo"), None),
        author: authors.now().unwrap_or_default().to_owned(),
        action_author: address(&chosen, &format!("{PATH}/penulis"), None),
        notice: notice(query),
        error,
        source: source(&details.source, &authors),
        is_saved,
        are_many: chosen.known.len() >= TABS_MAX,
        others: others(&chosen),
        path: PATH,
        logo: details.settings.logo.as_ref().map_or_else(String::new, |hash| {
            chosen
                .query
                .only(&["puskesmas", OWNER])
                .with("v", hash.get(..8).unwrap_or(""))
                .at(&format!("{PATH}/logo.png"))
        }),
        settings,
        people: [head, coordinator],
        place_mark,
        chars_max: FIELD_CHARS_MAX,
        lines_max: LINES_MAX,
        team_max: TEAM_MAX,
    })
}

/// The owners of letter details, where there are several.
fn others(chosen: &ResolvedRequest) -> Vec<(String, String, bool)> {
    if chosen.known.len() < 2 {
        return Vec::new();
    }
    let owner = owner(chosen);
    let puskesmas =
        chosen.known.iter().map(|name| (format!("{PATH}?puskesmas={}", encode(name)), name.clone(), name == owner));
    let team = (letter_page(chosen, ReportKind::Cluster), "Tim TPCB (rekapitulasi)".to_owned(), owner == DISTRICT);
    puskesmas.chain([team]).collect()
}

/// Fills a blank place from a signature block and says so.
fn guessed_place(settings: &mut LetterSettings, details: &LetterDetails) -> String {
    let guesses = [&details.head, &details.coordinator];
    let guess = guesses.into_iter().flatten().find(|guess| !guess.place.is_empty());
    match guess {
        Some(guess) if settings.place.is_empty() => {
            settings.place.clone_from(&guess.place);
            mark(guess)
        }
        _ => String::new(),
    }
}

fn mark(guess: &SignatureGuess) -> String {
    format!("Tebakan dari tanda tangan di {}; belum dipakai sebelum disimpan.", guess.origin)
}

/// Fills blank fields from a signature block, or says who else signed last.
fn with_guess(mut view: PersonView, guess: Option<&SignatureGuess>, offers: bool) -> PersonView {
    let Some(guess) = guess else { return view };
    if offers && view.person.name.is_empty() {
        view.person = guess.person.clone();
        view.mark = mark(guess);
    } else if !crate::domain::name::plain_words(&view.person.name)
        .eq(&crate::domain::name::plain_words(&guess.person.name))
    {
        let Signatory { title, name, id_number } = &guess.person;
        let title = if title.is_empty() { String::new() } else { format!("{title} ") };
        let id_number = if id_number.is_empty() { String::new() } else { format!(", NIP {id_number}") };
        view.hint = format!("Tanda tangan terakhir di berkas: {title}{name}{id_number} ({}).", guess.origin);
    }
    view
}

fn source(source: &LetterSource, authors: &Authors) -> String {
    match source {
        LetterSource::Saved(_account, at) => {
            format!("Yang berlaku: isian halaman ini, disimpan {}, {}.", authors.by(*at), moment(*at, &chrono::Local))
        }
        LetterSource::File => {
            "Yang berlaku: berkas di letters/ pada folder data. Begitu disimpan di sini, halaman inilah yang berlaku."
                .to_owned()
        }
        LetterSource::Nothing => {
            "Belum ada yang diisi: laporan memuat garis titik-titik. Isi, periksa, lalu simpan.".to_owned()
        }
    }
}

fn notice(query: &Query) -> &'static str {
    match query.get("selesai") {
        Some("simpan") => "Disimpan; semua laporan sekarang memakainya.",
        Some("berkas") => "Isian halaman ini tidak dipakai lagi; berkas di letters/ berlaku kembali.",
        Some("logo") => "Logo diperbarui.",
        Some("penulis") => "Nama penulis diperbarui; laporan memuatnya pada teks yang ditulis orang.",
        _ => "",
    }
}
