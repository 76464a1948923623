//! Names that nobody knows: questions, answers with who and when, and taking them back.

use std::collections::BTreeMap;

use askama::Template;
use serde::Deserialize;

use super::view::{QuestionView, QuestionsView, TypedAnswer, question, questions};
use crate::app::App;
use crate::app::intake::form_words::{SaidWord, WordSort};
use crate::app::intake::names::{NameAnswer, NameError, NameSource, Question};
use crate::domain::name::name_key;
use crate::domain::{FacilityGroup, Table};
use crate::store::{Answer, AnswerSort, StoredFormWord};
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{PageError, PageResult, sentence};
use crate::web::form::{Repeated, Submitted, number, see};
use crate::web::pages::{PageQuery, html};
use crate::web::query::{Query, encode};
use crate::web::site::Site;
use crate::web::view::frame::PageFrame;
use crate::web::view::time::moment;

#[derive(Template)]
#[template(path = "names.html")]
struct NamesPage {
    frame: PageFrame,
    notice: String,
    puskesmas: String,
    questions: Vec<QuestionsView>,
    aliases: Vec<AnswerView>,
    forms: Vec<FormView>,
    /// Where they are handed out and taken as a file; blank where there is no Puskesmas.
    forms_file: String,
    revoked: Vec<AnswerView>,
}

#[derive(Template)]
#[template(path = "names_again.html")]
struct AgainPage {
    frame: PageFrame,
    questions: Vec<QuestionsView>,
}

struct AnswerView {
    written: String,
    meaning: String,
    said: String,
    revoked: String,
}

struct FormView {
    /// Name and value of the field that takes it back.
    field: &'static str,
    id: i64,
    table: &'static str,
    /// The word that was said of it.
    meaning: String,
    place: String,
    said: String,
}

/// `GET /impor/nama`: names that nobody knows, and the answers so far.
pub async fn show(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| page(site, &query)).await
}

fn page(site: &Site, query: &Query) -> PageResult {
    let app = site.app();
    let chosen = ResolvedRequest::read(site, query, &[])?;
    let mut frame = PageFrame::new(app, chosen.as_ref(), "Padanan nama faskes dan bentuk berkas", "/impor");
    frame.crumbs = vec![("Impor".to_owned(), "/impor".to_owned()), ("Nama".to_owned(), String::new())];
    let puskesmas = chosen.map(|chosen| chosen.puskesmas).unwrap_or_default();
    let mut asked = app.intake().open_names(&puskesmas)?;
    asked.extend(asked_about(app, &puskesmas, query, &asked)?);
    let forms = app.intake().profiles(&puskesmas)?.into_iter().map(|form| FormView {
        field: "bentuk",
        id: form.id,
        table: form.table.label(),
        meaning: "kolomnya ditunjukkan".to_owned(),
        place: format!("{} › {}", form.file_name, form.sheet),
        said: said(&form.who, form.at),
    });
    let words = app.intake().form_words(&puskesmas)?.into_iter().map(|said_once| FormView {
        field: "kata",
        id: said_once.id,
        table: said_once.table.label(),
        meaning: told(&said_once),
        place: format!("{} › {}", said_once.file_name, said_once.sheet),
        said: said(&said_once.who, said_once.at),
    });
    let forms = forms.chain(words);
    html(&NamesPage {
        frame,
        notice: notice(query),
        questions: questions(&asked, "/impor/nama"),
        aliases: app.intake().aliases(&puskesmas)?.iter().map(answer_view).collect(),
        forms: forms.collect(),
        forms_file: if puskesmas.is_empty() {
            String::new()
        } else {
            format!("{}?puskesmas={}", super::forms::PATH, encode(&puskesmas))
        },
        revoked: app.intake().revoked_answers(&puskesmas)?.iter().map(answer_view).collect(),
        puskesmas,
    })
}

/// Names that an address asks about, and no file does: somebody typed them.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct NamesAsked {
    #[serde(flatten)]
    written: Repeated,
}

fn asked_about(app: &App, puskesmas: &str, query: &Query, open: &[Question]) -> Result<Vec<Question>, PageError> {
    let asked: NamesAsked = query.read()?;
    let mut written: Vec<String> = Vec::new();
    for (_, name) in asked.written.with_prefix::<u32>("tulis-") {
        let is_new = |known: &str| name_key(known) != name_key(name);
        let is_open = open.iter().all(|question| is_new(&question.written));
        if !puskesmas.is_empty() && is_open && written.iter().all(|known| is_new(known)) {
            written.push(name.to_owned());
        }
    }
    // What was answered meanwhile is asked no more.
    let unknown = app.intake().still_unknown(puskesmas, written)?;
    Ok(app.intake().questions_about(puskesmas, &unknown)?)
}

fn said(who: &str, at: chrono::DateTime<chrono::Utc>) -> String {
    format!("{who}, {}", moment(at, &chrono::Local))
}

/// `Skor maksimal semua baris: 100`.
fn told(kept: &StoredFormWord) -> String {
    let sort = WordSort::from_code(&kept.sort);
    let word = sort.and_then(|sort| SaidWord::parse(sort, &kept.word).ok());
    let label = sort.map(WordSort::label).unwrap_or_default();
    format!("{label}: {}", word.map_or_else(|| kept.word.clone(), |word| word.phrase()))
}

fn answer_view(answer: &Answer) -> AnswerView {
    let meaning = match answer.sort {
        AnswerSort::Alias => answer.meaning.clone(),
        AnswerSort::Profile => {
            let table = Table::from_code(&answer.meaning).map(Table::label).unwrap_or_default();
            format!("bentuk tabel {table}")
        }
        AnswerSort::FormWord => format!("bentuk tabel: {}", answer.meaning),
    };
    AnswerView {
        written: answer.written.clone(),
        meaning,
        said: said(&answer.who, answer.at),
        revoked: answer.revoked.as_ref().map(|(at, who)| said(who, *at)).unwrap_or_default(),
    }
}

/// A sentence about what was just done, where the address says so.
pub fn notice(query: &Query) -> String {
    if let Some(taken) = super::forms::notice(query) {
        return taken;
    }
    let number = |name: &str| query.get(name).and_then(|text| text.parse::<u32>().ok()).unwrap_or(0);
    if query.get("cabut").is_some() {
        return "Dicabut. Baris yang sudah masuk tetap; bila keliru, batalkan impor berkasnya.".to_owned();
    }
    match (number("jawab"), number("ulang")) {
        (0, _) => String::new(),
        (answers, 0) => format!("{answers} jawaban diingat."),
        (answers, files) => format!("{answers} jawaban diingat; {files} berkas yang sudah diimpor dibaca ulang."),
    }
}

/// Answers to the questions of one Puskesmas, each field with the number of its question.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AnswersForm {
    puskesmas: String,
    #[serde(rename = "kembali")]
    back: String,
    /// Set by the button that registers every name at once that is like no registered one.
    #[serde(rename = "semua-baru")]
    all_new: String,
    #[serde(flatten)]
    questions: Repeated,
}

/// `POST /impor/nama`: answers to the questions of one Puskesmas.
pub async fn answer(site: Site, Submitted(form): Submitted<AnswersForm>) -> PageResult {
    site.take_in(move |site| take_answers(site, &form)).await
}

fn take_answers(site: &Site, form: &AnswersForm) -> PageResult {
    let app = site.app();
    let puskesmas = form.puskesmas.as_str();
    let back = back(&form.back);
    let typed = typed(app, form)?;
    let register = if back.starts_with("/impor/draf/") { NameSource::Waits } else { NameSource::Accepted };
    let mut kept = 0;
    let mut again: Vec<QuestionView> = Vec::new();
    for mut question in typed {
        let outcome = match understood(&question) {
            Ok(None) => continue,
            Ok(Some(answer)) => app.intake().answer_name(puskesmas, &question.written, &answer, register),
            Err(error) => Err(error),
        };
        match outcome {
            Ok(()) => kept += 1,
            Err(NameError::Store(error)) => return Err(error.into()),
            Err(error) => {
                question.error = sentence(&error.to_string());
                again.push(question);
            }
        }
    }
    let files = if kept > 0 { app.intake().retry(puskesmas)?.len() } else { 0 };
    if !again.is_empty() {
        let frame = PageFrame::new(app, None, "Satu jawaban lagi perlu dilengkapi", "/impor");
        let questions = vec![QuestionsView { puskesmas: puskesmas.to_owned(), back, questions: again }];
        return html(&AgainPage { frame, questions });
    }
    let joint = if back.contains('?') { '&' } else { '?' };
    Ok(see(&format!("{back}{joint}jawab={kept}&ulang={files}")))
}

/// Only to pages of the import.
fn back(asked: &str) -> String {
    if asked.starts_with("/impor/") && !asked.contains(['\\', '\r', '\n']) {
        asked.to_owned()
    } else {
        "/impor/nama".to_owned()
    }
}

/// The questions of a form with what was typed.
fn typed(app: &App, form: &AnswersForm) -> Result<Vec<QuestionView>, PageError> {
    let written: Vec<(String, &str)> = form.questions.with_prefix("tulis-");
    let names: Vec<String> = written.iter().map(|(_, written)| (*written).to_owned()).collect();
    let asked = app.intake().questions_about(&form.puskesmas, &names)?;
    let [answers, others, kinds, groups, years, places] =
        ["jawab-", "lain-", "jenis-", "kelompok-", "tahun-", "letak-"].map(|prefix| form.questions.by_key(prefix));
    let of = |values: &BTreeMap<String, &str>, number: &str| values.get(number).copied().unwrap_or_default().to_owned();
    let views = (0..).zip(written.iter().zip(&asked)).map(|(place, ((number, _), asked))| QuestionView {
        answer: TypedAnswer::from_text(&of(&answers, number)),
        other: of(&others, number),
        kind: of(&kinds, number),
        group: group_of(&of(&groups, number)),
        year: of(&years, number),
        places: of(&places, number),
        ..question(place, asked)
    });
    let mut views: Vec<QuestionView> = views.collect();
    if !form.all_new.is_empty() {
        for view in &mut views {
            if view.answer == TypedAnswer::Leave && view.is_likely_new() {
                view.answer = TypedAnswer::New;
            }
        }
    }
    Ok(views)
}

/// Understands an answer; nothing where the name is left alone.
fn understood(question: &QuestionView) -> Result<Option<NameAnswer>, NameError> {
    Ok(match &question.answer {
        TypedAnswer::Leave => None,
        TypedAnswer::Is(name) => Some(NameAnswer::Is(name.clone())),
        TypedAnswer::Other => Some(NameAnswer::Is(question.other.clone())),
        TypedAnswer::New => Some(NameAnswer::New {
            kind: question.kind.clone(),
            group: question.group,
            year: question.year.parse().map_err(|_error| NameError::BadYear)?,
        }),
    })
}

/// The group of this label; *Jejaring* where there is none.
fn group_of(label: &str) -> FacilityGroup {
    FacilityGroup::ALL.into_iter().find(|group| group.label() == label).unwrap_or(FacilityGroup::Jejaring)
}

/// The form, the word or the written name that is taken back.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RevokeForm {
    puskesmas: String,
    #[serde(rename = "bentuk", deserialize_with = "number")]
    profile: Option<i64>,
    #[serde(rename = "kata", deserialize_with = "number")]
    word: Option<i64>,
    #[serde(rename = "tulis")]
    written: String,
}

/// `POST /impor/nama/cabut`: takes an alias or a form back.
pub async fn revoke(site: Site, Submitted(form): Submitted<RevokeForm>) -> PageResult {
    site.take_in(move |site| {
        let app = site.app();
        let done = match (form.profile, form.word) {
            (Some(profile), _) => app.intake().revoke_profile(&form.puskesmas, profile)?,
            (None, Some(word)) => app.intake().revoke_form_word(&form.puskesmas, word)?,
            (None, None) => app.intake().revoke_alias(&form.puskesmas, &form.written)?,
        };
        Ok(see(if done { "/impor/nama?cabut=1" } else { "/impor/nama" }))
    })
    .await
}
