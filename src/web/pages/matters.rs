//! *Masalah untuk Dinas*: what lokmin and management review cannot settle, raised by the Puskesmas and answered by the
//! district; both see the same page.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::dashboards::empty;
use super::{PageQuery, html};
use crate::app::district_matters::{MatterAct, MatterWish, day_of};
use crate::app::entries::{EntryError, Values};
use crate::domain::form::TableForm;
use crate::domain::lokmin::MEETINGS;
use crate::domain::records::Field;
use crate::domain::{Date, Month, Period, PeriodKind, Table, format};
use crate::store::StoredEntry;
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{PageError, PageResult, sentence};
use crate::web::form::{Repeated, Submitted, see};
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::frame::{COACHING_PATH, PageFrame};
use crate::web::view::links::Links;
use crate::web::view::picker::Picker;
use crate::web::view::symbol::Symbol;

pub use crate::web::view::frame::MATTERS_PATH as PATH;

/// Characters of a text.
const WORDS_CHARS_MAX: usize = 2_000;

#[derive(Template)]
#[template(path = "matters.html")]
struct MattersPage {
    frame: PageFrame,
    picker: Picker,
    notice: String,
    error: String,
    summary: String,
    rows: Vec<MatterRow>,
    action: String,
    may_raise: bool,
    may_answer: bool,
    may_settle: bool,
    /// Decisions of the year that are still open, to be raised: date, kind of meeting, decision.
    open: Vec<[String; 3]>,
    meetings: &'static [&'static str],
    today: String,
    words_chars_max: usize,
    /// Where the rows stand as a table.
    table: String,
}

struct MatterRow {
    id: String,
    meeting: String,
    problem: String,
    asked: String,
    sent: String,
    answer: String,
    symbol: Symbol,
    state: &'static str,
    late: String,
    is_answered: bool,
    is_done: bool,
}

/// Act that was just done, as the address says it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct MatterDone {
    #[serde(rename = "selesai")]
    act: String,
}

/// An act as a form sends it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct MatterSent {
    #[serde(rename = "tindakan")]
    act: String,
    #[serde(rename = "kunci")]
    id: String,
    #[serde(flatten)]
    values: Repeated,
}

/// `GET /masalah-dinas`: the matters of a year.
pub async fn show(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| {
        let done = MatterAct::from_code(&query.read::<MatterDone>()?.act);
        let notice = done.map(|act| act.done().to_owned()).unwrap_or_default();
        page(site, &query, MatterNews { notice, error: String::new() })
    })
    .await
}

/// `POST /masalah-dinas`: raises, answers or settles one.
pub async fn act(site: Site, PageQuery(query): PageQuery, Submitted(sent): Submitted<MatterSent>) -> PageResult {
    site.take_in(move |site| carry_out(site, &query, &sent)).await
}

fn carry_out(site: &Site, query: &Query, sent: &MatterSent) -> PageResult {
    let chosen = ResolvedRequest::need_latest(site, query, &[PeriodKind::Year])?;
    let act = MatterAct::from_code(&sent.act)
        .ok_or_else(|| PageError::not_found("Tindakan itu tidak dikenal; muat ulang halaman Masalah untuk Dinas."))?;
    let typed = sent.values.by_key("");
    let fields = TableForm::from_table(Table::DistrictMatters).fields.iter();
    let values: Values = fields.filter_map(|field| Some((field.name, (*typed.get(field.name)?).to_owned()))).collect();
    let wish = MatterWish { puskesmas: &chosen.puskesmas, act, id: &sent.id, values: &values };
    match site.app().act_on_matter(&wish) {
        Ok(_) => {
            site.changed();
            Ok(see(&Links::new(&chosen).page_with(PATH, "selesai", act.code())))
        }
        Err(EntryError::Wrong(faults)) => {
            let told: Vec<String> = faults.into_iter().map(|fault| fault.message).collect();
            let answer = page(site, query, MatterNews { notice: String::new(), error: told.join(" ") })?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
        }
        Err(EntryError::Store(error)) => Err(PageError::Fault(error.into())),
        Err(error @ EntryError::NotHere) => Err(PageError::not_found(sentence(&error.to_string()))),
        Err(error @ EntryError::NotAllowed(_)) => {
            Err(PageError::refused(StatusCode::FORBIDDEN, "Tidak berwenang", sentence(&error.to_string())))
        }
        Err(error) => {
            Err(PageError::refused(StatusCode::CONFLICT, "Masalah ini sudah berubah", sentence(&error.to_string())))
        }
    }
}

/// Words that the page says besides.
struct MatterNews {
    notice: String,
    error: String,
}

fn page(site: &Site, query: &Query, news: MatterNews) -> Result<Response, PageError> {
    let Some(mut chosen) = ResolvedRequest::read_latest(site, query, &[PeriodKind::Year])? else {
        return empty(site, PATH);
    };
    // What was just done is said once.
    chosen.query.set("selesai", "");
    let app = site.app();
    let links = Links::new(&chosen);
    let as_of = chosen.subject.as_of;
    let year = Period::whole_year(chosen.subject.period.year());
    let is_of_year = |day: Option<Date>| day.is_some_and(|day| day <= as_of && year.contains(Month::from_date(day)));
    let entries = app.district_matters(&chosen.puskesmas).map_err(|error| PageError::Fault(error.into()))?;
    let mut entries: Vec<&StoredEntry> =
        entries.iter().filter(|entry| is_of_year(day_of(entry, Field::Date))).collect();
    entries.sort_by_key(|entry| (day_of(entry, Field::Done).is_some(), day_of(entry, Field::Date)));
    let rows: Vec<MatterRow> = entries.iter().map(|entry| row(entry, as_of)).collect();
    let mut frame = PageFrame::new(app, Some(&chosen), "Masalah untuk Dinas", COACHING_PATH);
    frame.subtitle = format!("Tahun {} · data per {}", year.year(), format::date(as_of));
    frame.crumbs = vec![
        ("Pembinaan TPCB".to_owned(), links.page(COACHING_PATH)),
        ("Masalah untuk Dinas".to_owned(), String::new()),
    ];
    let raised: Vec<&str> = entries.iter().map(|entry| entry.value(Field::Problem)).collect();
    let decisions = chosen.snapshot.facts().written.decisions.iter().map(|owned| &owned.row);
    let open = decisions
        .filter(|decision| is_of_year(Some(decision.date)) && decision.is_open(as_of))
        .filter(|decision| !raised.contains(&decision.decision.as_str()))
        .map(|decision| {
            let meeting = decision.meeting.clone().unwrap_or_default();
            [format::date(decision.date), meeting, decision.decision.clone()]
        });
    let may = |act| !chosen.is_as_of_given && app.may_act_on_matter(act, &chosen.puskesmas);
    html(&MattersPage {
        picker: Picker::new(&chosen, PATH, &[PeriodKind::Year]),
        notice: news.notice,
        error: news.error,
        summary: summary(&rows),
        action: links.page(PATH),
        may_raise: may(MatterAct::Raise),
        may_answer: may(MatterAct::Answer),
        may_settle: may(MatterAct::Settle),
        open: open.collect(),
        meetings: MEETINGS,
        today: format::date(app.clock().today()),
        words_chars_max: WORDS_CHARS_MAX,
        table: links.page(&Links::entries(Table::DistrictMatters)),
        rows,
        frame,
    })
}

fn summary(rows: &[MatterRow]) -> String {
    if rows.is_empty() {
        return "Belum ada masalah yang disampaikan ke Dinas Kesehatan pada tahun ini.".to_owned();
    }
    let answered = rows.iter().filter(|row| row.is_answered).count();
    let done = rows.iter().filter(|row| row.is_done).count();
    format!("{} masalah: {answered} sudah dijawab, {done} selesai.", rows.len())
}

fn row(entry: &StoredEntry, as_of: Date) -> MatterRow {
    let by_then = |field: Field| day_of(entry, field).filter(|day| *day <= as_of);
    let is_done = by_then(Field::Done).is_some();
    let is_answered = by_then(Field::Answered).is_some();
    let is_sent = by_then(Field::Sent).is_some();
    let due = day_of(entry, Field::Due).filter(|due| *due < as_of && !is_done);
    let (symbol, state) = match (is_done, is_answered, is_sent) {
        (true, ..) => (Symbol::Good, "Selesai"),
        (false, true, _) => (Symbol::Fair, "Dijawab"),
        (false, false, true) => (Symbol::Fair, "Menunggu jawaban"),
        (false, false, false) => (Symbol::Neutral, "Belum disampaikan"),
    };
    let meeting = entry.value(Field::Meeting);
    let date = entry.value(Field::Date);
    let letter = entry.value(Field::LetterNumber);
    let joined = |words: &str, day: &str| if words.is_empty() { day.to_owned() } else { format!("{day}, {words}") };
    MatterRow {
        id: entry.id.clone(),
        meeting: joined(meeting, date),
        problem: entry.value(Field::Problem).to_owned(),
        asked: entry.value(Field::ForDistrict).to_owned(),
        sent: joined(letter, entry.value(Field::Sent)),
        answer: joined(entry.value(Field::Agreed), entry.value(Field::Answered)),
        symbol: if due.is_some() { Symbol::Poor } else { symbol },
        state,
        late: due.map(|due| format!("lewat batas {}", format::date(due))).unwrap_or_default(),
        is_answered,
        is_done,
    }
}
