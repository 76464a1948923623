//! A whole checklist typed on one page: all items of an instrument for a facility and a day, saved as one batch. An
//! earlier sheet is corrected by opening it again.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::Deserialize;

use super::{CURRENT, PATH};
use crate::app::entries::{
    ChecklistError, ChecklistFault, EntryError, SheetAnswer, SheetKey, TypedChecklist, sheet_version,
};
use crate::domain::checklist::ChecklistItem;
use crate::domain::instrument::{Instrument, ItemAnswer, ItemSum, is_same_points};
use crate::domain::{Date, PeriodKind, Table, format};
use crate::web::chosen::ResolvedRequest;
use crate::web::day;
use crate::web::error::{PageError, PageResult, sentence};
use crate::web::form::{Repeated, Submitted, number, see};
use crate::web::pages::{PageQuery, html};
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::frame::PageFrame;
use crate::web::view::links::Links;

/// Path of the page.
pub const TYPING: &str = "/daftar-tilik/isi";
/// Characters of a note beside an item.
const NOTE_CHARS_MAX: usize = 500;
/// Earlier sheets that are offered to be opened, the latest first.
const EARLIER_MAX: usize = 12;

/// Sheet that an address names.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct TypingAsked {
    #[serde(rename = "faskes")]
    facility: String,
    #[serde(rename = "instrumen")]
    instrument: String,
    /// Day of a sheet that stands, to be corrected.
    #[serde(rename = "tanggal")]
    date: String,
    #[serde(rename = "bentuk")]
    form: String,
    #[serde(rename = "tersimpan", deserialize_with = "number")]
    saved: Option<i64>,
}

/// A sheet as it was sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TypingSent {
    #[serde(rename = "faskes")]
    facility: String,
    #[serde(rename = "instrumen")]
    instrument: String,
    #[serde(rename = "tanggal")]
    date: String,
    #[serde(rename = "bentuk")]
    form: String,
    #[serde(rename = "petugas")]
    coach: String,
    #[serde(rename = "versi")]
    version: String,
    #[serde(flatten)]
    answers: Repeated,
}

impl TypingSent {
    fn answers(&self, instrument: &Instrument) -> BTreeMap<String, SheetAnswer> {
        let words = self.answers.by_key("j-");
        let points = self.answers.by_key("n-");
        let notes = self.answers.by_key("k-");
        let sent = |of: &BTreeMap<String, &str>, code: &str| of.get(code).copied().unwrap_or_default().to_owned();
        let answer = |code: &str| SheetAnswer {
            word: sent(&words, code),
            points: sent(&points, code),
            note: sent(&notes, code),
        };
        instrument.items.iter().map(|item| (item.code.clone(), answer(&item.code))).collect()
    }
}

#[derive(Template)]
#[template(path = "checklist_sheet.html")]
struct TypingPage {
    frame: PageFrame,
    facility: String,
    /// Code of the instrument.
    code: String,
    action: String,
    notice: String,
    undo: String,
    /// Points and maximum of the sheet that stands; empty for a new one.
    sum: String,
    faults: Vec<String>,
    date: String,
    date_fault: String,
    form: String,
    coach: String,
    version: String,
    /// True where a sheet that stands is corrected: its day is its key.
    is_correction: bool,
    may_write: bool,
    aspects: Vec<AspectView>,
    /// Days of sheets that stand, and their addresses.
    earlier: Vec<(String, String)>,
    fresh: String,
    /// Address of all rows.
    rows: String,
    print: String,
    /// Address of the sheet that stands as a workbook; empty for a new one.
    excel: String,
    note_chars_max: usize,
}

struct AspectView {
    title: &'static str,
    items: Vec<SheetItemView>,
}

struct SheetItemView {
    code: String,
    text: String,
    is_critical: bool,
    maximum: String,
    answer: SheetAnswer,
    /// Points that stand of it; empty where none do.
    worth: String,
    faults: Vec<String>,
    /// True where writing begins.
    is_focus: bool,
}

/// Facility, instrument and data of a request.
struct TypingSubject {
    chosen: ResolvedRequest,
    facility: u32,
    instrument: Instrument,
}

impl TypingSubject {
    fn new(site: &Site, query: &Query, facility: &str, instrument: &str) -> Result<Self, PageError> {
        let chosen = ResolvedRequest::need_latest(site, query, &[PeriodKind::FourMonth])?;
        let definitions = site.app().definitions();
        let facility = chosen.facility(facility)?;
        let known = definitions.books.instruments.find(instrument).ok_or_else(|| {
            PageError::not_found(
                "Daftar tilik itu tidak ada. Pilih faskes dan daftar tiliknya di halaman Daftar tilik.",
            )
        })?;
        Ok(Self { facility, instrument: known.clone(), chosen })
    }

    fn name(&self) -> &str {
        &self.chosen.snapshot.facts().facilities[self.facility as usize].name
    }

    fn key<'k>(&'k self, date: Date, form: &'k str) -> SheetKey<'k> {
        SheetKey { facility: self.name(), instrument: &self.instrument.code, date, form }
    }

    fn links(&self) -> Links {
        Links::new(&self.chosen).with("faskes", self.name()).with("instrumen", &self.instrument.code)
    }
}

/// Content of the form: what stands, or what was sent.
#[derive(Default)]
struct TypingState {
    date: String,
    date_fault: String,
    form: String,
    coach: String,
    version: String,
    answers: BTreeMap<String, SheetAnswer>,
    faults: Vec<ChecklistFault>,
    saved: Option<i64>,
    /// Day of the sheet that is corrected.
    stands: Option<Date>,
}

/// `GET /daftar-tilik/isi?faskes=&instrumen=&tanggal=`: the form, blank or with a sheet that stands.
pub async fn show(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| {
        let asked: TypingAsked = query.read()?;
        let subject = TypingSubject::new(site, &query, &asked.facility, &asked.instrument)?;
        let mut state = TypingState { form: asked.form, saved: asked.saved, ..TypingState::default() };
        if !asked.date.is_empty() {
            let date = day::read(&asked.date).map_err(PageError::bad_request)?;
            let items = subject.key(date, &state.form).items(subject.chosen.snapshot.facts());
            state.date = format::date(date);
            if !items.is_empty() {
                state.version = sheet_version(&items);
                state.coach = items.iter().find_map(|item| item.coach.clone()).unwrap_or_default();
                state.answers = items.iter().map(|item| (item.code.clone(), typed_answer(item))).collect();
                state.stands = Some(date);
            }
        }
        page(site, &subject, state)
    })
    .await
}

/// An answer that stands, as the form shows it.
fn typed_answer(item: &ChecklistItem) -> SheetAnswer {
    let mut typed = SheetAnswer { note: item.note.clone().unwrap_or_default(), ..SheetAnswer::default() };
    match item.answer {
        None => {}
        Some(ItemAnswer::NotApplicable) => "TB".clone_into(&mut typed.word),
        Some(ItemAnswer::Points(points)) if is_same_points(points, item.maximum) => "Ya".clone_into(&mut typed.word),
        Some(ItemAnswer::Points(points)) if is_same_points(points, 0.0) => "Tidak".clone_into(&mut typed.word),
        Some(ItemAnswer::Points(points)) => typed.points = format::count(points),
    }
    typed
}

/// `POST /daftar-tilik/isi`: keeps a sheet, new or corrected.
pub async fn write(site: Site, PageQuery(query): PageQuery, Submitted(sent): Submitted<TypingSent>) -> PageResult {
    site.take_in(move |site| keep(site, &query, &sent)).await
}

fn keep(site: &Site, query: &Query, sent: &TypingSent) -> PageResult {
    let subject = TypingSubject::new(site, query, &sent.facility, &sent.instrument)?;
    let answers = sent.answers(&subject.instrument);
    let mut state = TypingState { answers, ..TypingState::default() };
    let date = match day::read(&sent.date) {
        Ok(date) => date,
        Err(fault) => {
            state.date_fault = if sent.date.is_empty() { "Tulis tanggal kunjungannya.".to_owned() } else { fault };
            return again(site, &subject, sent, state);
        }
    };
    let typed = TypedChecklist {
        puskesmas: &subject.chosen.puskesmas,
        key: subject.key(date, &sent.form),
        coach: &sent.coach,
        answers: &state.answers,
        version: &sent.version,
    };
    match site.app().write_checklist(&typed) {
        Ok(batch) => {
            site.changed();
            let links = subject.links().with("tanggal", &date.to_string()).with("bentuk", &sent.form);
            Ok(see(&links.page_with(TYPING, "tersimpan", &batch.to_string())))
        }
        Err(ChecklistError::Wrong(faults)) => {
            state.faults = faults;
            state.stands = Some(date).filter(|_| !sent.version.is_empty());
            again(site, &subject, sent, state)
        }
        Err(ChecklistError::App(error)) => Err(error.into()),
        Err(ChecklistError::Entry(EntryError::Wrong(faults))) => {
            let fault = |message| ChecklistFault { code: String::new(), message };
            state.faults = faults.into_iter().map(|wrong| fault(wrong.message)).collect();
            again(site, &subject, sent, state)
        }
        Err(ChecklistError::Entry(EntryError::Store(error))) => Err(PageError::Fault(error.into())),
        Err(ChecklistError::Entry(error @ EntryError::NotAllowed(_))) => {
            Err(PageError::refused(StatusCode::FORBIDDEN, "Tidak berwenang", sentence(&error.to_string())))
        }
        Err(ChecklistError::Entry(error)) => {
            Err(PageError::refused(StatusCode::CONFLICT, "Lembar tidak tersimpan", sentence(&error.to_string())))
        }
    }
}

/// The form again with what was typed and what is wrong with it.
fn again(site: &Site, subject: &TypingSubject, sent: &TypingSent, state: TypingState) -> PageResult {
    let state = TypingState {
        date: sent.date.clone(),
        form: sent.form.clone(),
        coach: sent.coach.clone(),
        version: sent.version.clone(),
        ..state
    };
    let answer = page(site, subject, state)?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
}

fn page(site: &Site, subject: &TypingSubject, state: TypingState) -> PageResult {
    let links = Links::new(&subject.chosen);
    let own = subject.links();
    let mut frame = PageFrame::new(site.app(), Some(&subject.chosen), "Isi daftar tilik", CURRENT);
    frame.subtitle = format!("{} · {}", subject.name(), subject.instrument.title);
    frame.crumbs = vec![
        ("Catatan".to_owned(), links.page(CURRENT)),
        ("Daftar tilik".to_owned(), links.page(PATH)),
        (subject.name().to_owned(), String::new()),
    ];
    let items = match state.stands {
        Some(date) => subject.key(date, &state.form).items(subject.chosen.snapshot.facts()),
        None => Vec::new(),
    };
    html(&TypingPage {
        facility: subject.name().to_owned(),
        code: subject.instrument.code.clone(),
        action: own.page(TYPING),
        notice: if state.saved.is_some() { "Tersimpan.".to_owned() } else { String::new() },
        undo: state.saved.map(|batch| format!("/impor/{batch}/batal")).unwrap_or_default(),
        sum: sum_words(&subject.instrument, &items),
        faults: state.faults.iter().filter(|fault| fault.code.is_empty()).map(|fault| fault.message.clone()).collect(),
        is_correction: state.stands.is_some(),
        may_write: site.app().may_write(Table::ChecklistItems, &subject.chosen.puskesmas),
        aspects: aspects(subject, &state, &items),
        earlier: earlier(subject, &own),
        fresh: own.page(TYPING),
        rows: links.page(&Links::entries(Table::ChecklistItems)),
        excel: state.stands.map_or_else(String::new, |date| {
            let at = own.with("tanggal", &date.to_string()).with("bentuk", &state.form);
            at.page(&format!("{PATH}/templat.xlsx"))
        }),
        print: own.page(&format!("{PATH}/lembar.pdf")),
        note_chars_max: NOTE_CHARS_MAX,
        date: state.date,
        date_fault: state.date_fault,
        form: state.form,
        coach: state.coach,
        version: state.version,
        frame,
    })
}

/// `13 dari 18 (72,2 %); 2 belum dijawab, 1 tidak berlaku`; empty where nothing stands. Items of the instrument that the
/// sheet lacks are not answered.
fn sum_words(instrument: &Instrument, items: &[&ChecklistItem]) -> String {
    let mut sum = ItemSum::default();
    for absent in instrument.items.iter().filter(|known| items.iter().all(|item| item.code != known.code)) {
        sum.add(None, absent.points);
    }
    for item in items {
        sum.add(item.answer, item.maximum);
    }
    let Some((points, maximum)) = sum.score() else {
        return if items.is_empty() { String::new() } else { "Belum ada item yang bernilai.".to_owned() };
    };
    let percent = format::percent(points / maximum * 100.0);
    format!(
        "Skor {} dari {} ({percent} %); {} item dijawab, {} belum dijawab, {} tidak berlaku.",
        format::count(points),
        format::count(maximum),
        sum.answered,
        sum.unanswered,
        sum.not_applicable
    )
}

fn aspects(subject: &TypingSubject, state: &TypingState, items: &[&ChecklistItem]) -> Vec<AspectView> {
    let mut aspects: Vec<AspectView> = Vec::new();
    let first_fault = state.faults.iter().find(|fault| !fault.code.is_empty()).map(|fault| fault.code.as_str());
    for item in &subject.instrument.items {
        let title = item.aspect.label();
        if aspects.last().is_none_or(|last| last.title != title) {
            aspects.push(AspectView { title, items: Vec::new() });
        }
        let standing = items.iter().find(|known| known.code == item.code);
        let worth = standing.and_then(|known| known.answer.map(|answer| worth_words(answer, known.maximum)));
        let faults = state.faults.iter().filter(|fault| fault.code == item.code);
        let view = SheetItemView {
            code: item.code.clone(),
            text: item.text.clone(),
            is_critical: item.is_critical,
            maximum: format::count(item.points),
            answer: state.answers.get(&item.code).cloned().unwrap_or_default(),
            worth: worth.unwrap_or_default(),
            faults: faults.map(|fault| fault.message.clone()).collect(),
            is_focus: first_fault == Some(item.code.as_str()),
        };
        if let Some(last) = aspects.last_mut() {
            last.items.push(view);
        }
    }
    aspects
}

fn worth_words(answer: ItemAnswer, maximum: f64) -> String {
    match answer {
        ItemAnswer::NotApplicable => "tidak berlaku".to_owned(),
        ItemAnswer::Points(points) => format!("{} dari {}", format::count(points), format::count(maximum)),
    }
}

/// Sheets of this facility and instrument that stand, the latest first.
fn earlier(subject: &TypingSubject, links: &Links) -> Vec<(String, String)> {
    let items = subject.chosen.snapshot.facts().checklist_items.iter();
    let own = items.filter(|item| item.facility == subject.facility && item.instrument == subject.instrument.code);
    let days: BTreeSet<(Date, &str)> = own.map(|item| (item.date, item.form.as_str())).collect();
    let link = |(date, form): (Date, &str)| {
        let words = if form.is_empty() { format::date(date) } else { format!("{} ({form})", format::date(date)) };
        (words, links.with("tanggal", &date.to_string()).page_with(TYPING, "bentuk", form))
    };
    days.into_iter().rev().take(EARLIER_MAX).map(link).collect()
}
