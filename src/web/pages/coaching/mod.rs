//! *Pembinaan TPCB*: the items of the district team's coaching of a year, and one coaching with the steps that each side
//! may take next.

mod assessment;
mod case;
mod list;

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use self::assessment::AssessmentView;
use self::case::ItemView;
use self::list::{CaseRow, DutiesView};
use super::dashboards::empty;
use super::{PageQuery, html, paper};
use crate::app::district_steps::StepWish;
use crate::app::entries::EntryError;
use crate::domain::access::Right;
use crate::domain::district_case::CaseStep;
use crate::domain::district_items::CoachingItems;
use crate::domain::{Date, FileFormat, Month, Period, PeriodKind, ReportKind, Table, format};
use crate::web::chosen::ResolvedRequest;
use crate::web::day;
use crate::web::error::{PageError, PageResult, sentence};
use crate::web::form::{Submitted, see};
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::frame::{MATTERS_PATH, PLANS_PATH, PageFrame};
use crate::web::view::links::Links;
use crate::web::view::picker::Picker;

pub use crate::web::view::frame::COACHING_PATH as PATH;

/// Address of one coaching.
pub const ONE: &str = "/pembinaan-tpcb/{day}";
/// Address to which a step is sent.
pub const STEP: &str = "/pembinaan-tpcb/{day}/langkah";
/// Characters of an answer, a reason or a proof.
const WORDS_CHARS_MAX: usize = 2_000;

/// Where the coaching of a day stands.
pub fn day_path(coached: Date) -> String {
    format!("{PATH}/{coached}")
}

#[derive(Template)]
#[template(path = "coaching.html")]
struct CoachingPage {
    frame: PageFrame,
    picker: Picker,
    year: i32,
    summary: String,
    rows: Vec<CaseRow>,
    duties: DutiesView,
    assessment: Option<AssessmentView>,
    /// Where the assessment is written.
    assess: String,
    /// Coaching without a finding: day, kind, address.
    bare: Vec<(String, String, String)>,
    /// Steps with an item that there is not, in words.
    lost: Vec<String>,
    /// Where coaching is written; empty for whoever may not.
    write: String,
    /// Where the steps stand as rows.
    steps: String,
    template: String,
    /// Where the matters stand that meetings hand to the district.
    matters: String,
    /// Where RUK and RPK stand.
    plans: String,
}

/// `GET /pembinaan-tpcb`: the items of a year, overdue ones first.
pub async fn list(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| show_list(site, &query)).await
}

fn show_list(site: &Site, query: &Query) -> PageResult {
    let Some(chosen) = ResolvedRequest::read_latest(site, query, &[PeriodKind::Year])? else {
        return empty(site, PATH);
    };
    let links = Links::new(&chosen);
    let as_of = chosen.subject.as_of;
    let year = Period::whole_year(chosen.subject.period.year());
    let found = CoachingItems::new(&chosen.snapshot.facts().written, 0, as_of);
    let mut frame = PageFrame::new(site.app(), Some(&chosen), "Pembinaan TPCB", PATH);
    frame.subtitle = format!("Tahun {} · data per {}", year.year(), format::date(as_of));
    frame.crumbs = vec![("Ringkasan".to_owned(), links.page("/")), ("Pembinaan TPCB".to_owned(), String::new())];
    let bare = found.bare.iter().filter(|visit| year.contains(crate::domain::Month::from_date(visit.date)));
    let bare = bare.map(|visit| {
        (format::date(visit.date), visit.sort.clone().unwrap_or_default(), links.page(&day_path(visit.date)))
    });
    let may_write = site.app().may_write(Table::DistrictVisits, &chosen.puskesmas);
    let own = Links::entries(Table::DistrictVisits);
    html(&CoachingPage {
        picker: Picker::new(&chosen, PATH, &[PeriodKind::Year]),
        year: year.year(),
        summary: list::summary(&found, year, as_of),
        rows: list::rows(&found, year, as_of, &links),
        duties: DutiesView::new(&found, year.year(), as_of),
        assessment: AssessmentView::new(&chosen.snapshot.facts().written, year.year()),
        assess: links.page(&Links::entries(Table::DistrictAssessments)),
        bare: bare.collect(),
        lost: found.lost.iter().map(|step| list::lost_words(step)).collect(),
        write: if may_write { links.page(&own) } else { String::new() },
        steps: links.page(&Links::entries(Table::DistrictSteps)),
        matters: links.page(MATTERS_PATH),
        plans: links.page(PLANS_PATH),
        template: links.page_with("/templat/pembinaan-tpcb", "tahun", &year.year().to_string()),
        frame,
    })
}

#[derive(Template)]
#[template(path = "coaching_case.html")]
struct CasePage {
    frame: PageFrame,
    notice: String,
    error: String,
    /// Number of the item whose form was refused; empty: none was.
    at: String,
    items: Vec<ItemView>,
    /// Plans of the Puskesmas in its own words: item, owner, due, done.
    plans: Vec<[String; 4]>,
    /// Letters of the team about it: name and address; none for whoever is not the team.
    letters: Vec<(&'static str, String)>,
    action: String,
    /// True where whoever takes a step says their name.
    asks_name: bool,
    words_chars_max: usize,
}

/// Step that was just taken, as the address says it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct CaseStepDone {
    #[serde(rename = "diambil")]
    step: String,
}

/// A step as a form sends it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct StepSent {
    #[serde(rename = "butir")]
    number: String,
    #[serde(rename = "langkah")]
    step: String,
    #[serde(rename = "tanggal")]
    date: String,
    #[serde(rename = "catatan")]
    note: String,
    #[serde(rename = "bukti")]
    proof: String,
    #[serde(rename = "oleh")]
    name: String,
}

/// `GET /pembinaan-tpcb/{day}`: one coaching with its items.
pub async fn show(site: Site, Path(coached): Path<String>, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| {
        let chosen = ResolvedRequest::need_latest(site, &query, &[PeriodKind::Year])?;
        let notice = CaseStep::from_label(&query.read::<CaseStepDone>()?.step);
        let notice = notice.map(|step| format!("Langkah “{}” tercatat.", step.label())).unwrap_or_default();
        html(&case_page(site, &chosen, coached_on(&coached)?, CaseNews { notice, ..CaseNews::default() })?)
    })
    .await
}

/// `POST /pembinaan-tpcb/{day}/langkah`: takes a step with an item.
pub async fn take(
    site: Site,
    Path(coached): Path<String>,
    PageQuery(query): PageQuery,
    Submitted(sent): Submitted<StepSent>,
) -> PageResult {
    site.take_in(move |site| carry_out(site, &coached, &query, &sent)).await
}

fn carry_out(site: &Site, coached: &str, query: &Query, sent: &StepSent) -> PageResult {
    let chosen = ResolvedRequest::need_latest(site, query, &[PeriodKind::Year])?;
    let coached = coached_on(coached)?;
    let step = CaseStep::from_label(&sent.step)
        .ok_or_else(|| PageError::not_found("Langkah itu tidak dikenal; muat ulang halaman Pembinaan TPCB."))?;
    let date = if sent.date.is_empty() { Ok(site.app().clock().today()) } else { day::read(&sent.date) };
    let refused_date = |error: String| {
        let news = CaseNews { at: sent.number.clone(), error, ..CaseNews::default() };
        refused(site, &chosen, coached, news)
    };
    let date = match date {
        Ok(date) => date,
        Err(told) => return refused_date(told),
    };
    let wish = StepWish {
        puskesmas: &chosen.puskesmas,
        coached,
        number: &sent.number,
        step,
        date,
        note: &sent.note,
        proof: &sent.proof,
        name: &sent.name,
    };
    match site.app().take_step(&wish) {
        Ok(_) => {
            site.changed();
            let links = Links::new(&chosen);
            let page = links.page_with(&day_path(coached), "diambil", step.label());
            Ok(see(&format!("{page}#butir-{}", crate::web::query::encode(&sent.number))))
        }
        Err(EntryError::Wrong(faults)) => {
            let told: Vec<String> = faults.into_iter().map(|fault| fault.message).collect();
            refused_date(told.join(" "))
        }
        Err(EntryError::Store(error)) => Err(PageError::Fault(error.into())),
        Err(error @ EntryError::NotHere) => Err(PageError::not_found(sentence(&error.to_string()))),
        Err(error @ EntryError::NotAllowed(_)) => {
            Err(PageError::refused(StatusCode::FORBIDDEN, "Tidak berwenang", sentence(&error.to_string())))
        }
        Err(error) => {
            Err(PageError::refused(StatusCode::CONFLICT, "Butir ini sudah berubah", sentence(&error.to_string())))
        }
    }
}

/// Words that a page of a coaching says besides.
#[derive(Default)]
struct CaseNews {
    notice: String,
    error: String,
    /// Number of the item whose form was refused.
    at: String,
}

fn refused(site: &Site, chosen: &ResolvedRequest, coached: Date, news: CaseNews) -> Result<Response, PageError> {
    let page = html(&case_page(site, chosen, coached, news)?)?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn coached_on(written: &str) -> Result<Date, PageError> {
    written.parse().map_err(|_error| no_coaching())
}

fn no_coaching() -> PageError {
    PageError::not_found("Tidak ada pembinaan TPCB pada tanggal itu. Pilih dari halaman Pembinaan TPCB.")
}

/// The team's letters of the month of a coaching.
fn letters(site: &Site, links: &Links, coached: Date) -> Vec<(&'static str, String)> {
    if !site.app().access().may_everywhere(Right::See) {
        return Vec::new();
    }
    let month = Month::from_date(coached).to_string();
    let address = |kind: ReportKind| {
        let path = format!("{}/{}.{}", paper::LIST, kind.code(), FileFormat::Pdf.ending());
        (kind.title(), links.page_with(&path, "periode", &month))
    };
    [ReportKind::TeamAssignment, ReportKind::DistrictFeedback].map(address).to_vec()
}

fn case_page(site: &Site, chosen: &ResolvedRequest, coached: Date, news: CaseNews) -> Result<CasePage, PageError> {
    let links = Links::new(chosen);
    let as_of = chosen.subject.as_of;
    let facts = chosen.snapshot.facts();
    let found = CoachingItems::new(&facts.written, 0, as_of);
    let is_known = found.of_day(coached).next().is_some() || found.bare.iter().any(|visit| visit.date == coached);
    if !is_known {
        return Err(no_coaching());
    }
    let title = format!("Pembinaan TPCB {}", format::date(coached));
    let mut frame = PageFrame::new(site.app(), Some(chosen), &title, PATH);
    frame.subtitle = format!("Data per {}", format::date(as_of));
    frame.crumbs = vec![("Pembinaan TPCB".to_owned(), links.page(PATH)), (format::date(coached), String::new())];
    let view = case::ItemViews { site, chosen, links: &links, as_of };
    let answers = facts.written.district_follow_ups.iter().map(|owned| &owned.row);
    let answers = answers.filter(|answer| answer.coached == Some(coached));
    let plans = answers.map(|answer| {
        let day = |date: Option<Date>| date.map(format::date).unwrap_or_default();
        [answer.item.clone(), answer.owner.clone().unwrap_or_default(), day(answer.due), day(answer.done)]
    });
    Ok(CasePage {
        notice: news.notice,
        error: news.error,
        at: news.at,
        items: found.of_day(coached).map(|item| view.item(item)).collect(),
        plans: plans.collect(),
        letters: letters(site, &links, coached),
        action: links.page(&format!("{}/langkah", day_path(coached))),
        asks_name: site.app().access().is_owner(),
        words_chars_max: WORDS_CHARS_MAX,
        frame,
    })
}
