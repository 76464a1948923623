//! *Persetujuan*: where a period stands, what waits for a decision, the next step, and its history; figures that were
//! approved once.

mod former;
mod view;

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use self::view::{PendingView, PeriodRow, PuskesmasRow, StepForm, StepRow};
use super::dashboards::empty;
use super::{PageQuery, html};
use crate::app::approvals::{DecisionError, Proposal, SeenState, StepDecision};
use crate::domain::PeriodKind;
use crate::domain::approval::{ApprovalStep, DECIDER_CHARS_MAX, PeriodState, REASON_CHARS_MAX};
use crate::web::chosen::ResolvedRequest;
use crate::web::error::{PageError, PageResult, sentence};
use crate::web::form::{Submitted, number, see};
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::standing::{PeriodStanding, state_symbol};
use crate::web::view::frame::PageFrame;
use crate::web::view::links::Links;
use crate::web::view::picker::Picker;

pub use former::show as former;

pub use crate::web::view::frame::APPROVALS_PATH as PATH;

/// Address of figures that were kept with a step.
pub const FORMER: &str = "/persetujuan/angka/{step}";
/// Kinds of period that can be approved, the usual one first.
pub const PERIODS: [PeriodKind; 5] =
    [PeriodKind::FourMonth, PeriodKind::Month, PeriodKind::Quarter, PeriodKind::HalfYear, PeriodKind::Year];

#[derive(Template)]
#[template(path = "approvals.html")]
struct ApprovalsPage {
    frame: PageFrame,
    picker: Picker,
    notice: String,
    error: String,
    /// Symbol of the state; the state with days and names.
    symbol: &'static str,
    state: String,
    /// Whose turn it is.
    next: &'static str,
    pending: Option<PendingView>,
    /// The data on which the next step decides; empty: none is open.
    proposed: String,
    /// Figures that differ from those that were handed in.
    since: Option<PendingView>,
    action: String,
    /// The last step and the snapshot that the forms rest on.
    after: String,
    snapshot: String,
    forms: Vec<StepForm>,
    /// True where whoever decides says their name.
    asks_name: bool,
    name_chars_max: usize,
    reason_chars_max: usize,
    steps: Vec<StepRow>,
    periods: Vec<PeriodRow>,
    puskesmas: Vec<PuskesmasRow>,
}

/// A step that somebody takes.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct StepTaken {
    /// Code of the step.
    #[serde(rename = "langkah")]
    step: String,
    #[serde(rename = "nama")]
    name: String,
    #[serde(rename = "alasan")]
    reason: String,
    /// The last step that the page showed.
    #[serde(rename = "sesudah", deserialize_with = "number")]
    after: Option<i64>,
    /// Id of the snapshot that the page showed.
    #[serde(rename = "versi")]
    snapshot: String,
}

/// `GET /persetujuan`: where the period stands, and the next step.
pub async fn show(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| page(site, &query, String::new())).await
}

/// `POST /persetujuan`: a step with the period that the address names.
pub async fn take(site: Site, PageQuery(query): PageQuery, Submitted(form): Submitted<StepTaken>) -> PageResult {
    site.take_in(move |site| carry_out(site, &query, &form)).await
}

fn carry_out(site: &Site, query: &Query, form: &StepTaken) -> PageResult {
    let chosen = ResolvedRequest::need(site, query, &PERIODS)?;
    let step = ApprovalStep::from_code(&form.step)
        .ok_or_else(|| PageError::bad_request("Langkah itu tidak dikenal; muat ulang halaman Persetujuan."))?;
    let decision = StepDecision {
        puskesmas: &chosen.puskesmas,
        period: chosen.subject.period,
        step,
        name: &form.name,
        reason: &form.reason,
        seen: Some(SeenState { after: form.after, snapshot: &form.snapshot }),
    };
    match site.app().approvals().take(&decision) {
        Ok(_) => {
            site.changed();
            Ok(see(&Links::new(&chosen).page_with(PATH, "selesai", step.code())))
        }
        Err(DecisionError::App(error)) if !error.is_refusal() => Err(error.into()),
        Err(error) => Ok((status_of(&error), page(site, query, sentence(&error.to_string()))?).into_response()),
    }
}

fn status_of(error: &DecisionError) -> StatusCode {
    match error {
        DecisionError::App(_) => StatusCode::FORBIDDEN,
        DecisionError::NoReason(_) | DecisionError::NoName | DecisionError::TooLong(..) => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        _ => StatusCode::CONFLICT,
    }
}

fn page(site: &Site, query: &Query, error: String) -> Result<Response, PageError> {
    let Some(mut chosen) = ResolvedRequest::read(site, query, &PERIODS)? else { return empty(site, PATH) };
    // What was just done is said once, not on the page of another period too.
    chosen.query.set("selesai", "");
    let links = Links::new(&chosen);
    let approvals = site.app().approvals();
    let period = chosen.subject.period;
    let records = approvals.records(&chosen.puskesmas)?;
    let proposal = approvals.proposal(&chosen.puskesmas, period).ok();
    let record = approvals.record(&chosen.puskesmas, period)?;
    let pending = approvals.pending(&chosen.puskesmas, &record)?;
    let since = approvals.since_submission(&chosen.puskesmas, &record)?;
    let mut frame =
        PageFrame::new(site.app(), Some(&chosen), "Persetujuan periode", PATH).about(&chosen, PATH, String::new());
    frame.offer_no_room();
    // The page says it itself.
    frame.standing = None;
    let evaluation = links.page("/halaman/evaluasi");
    frame.crumbs = vec![("Evaluasi".to_owned(), evaluation), ("Persetujuan".to_owned(), String::new())];
    let open = approvals.steps_open_to(&chosen.puskesmas, &record);
    let forms = view::forms(site, &chosen, &open, pending.as_deref())?;
    html(&ApprovalsPage {
        picker: Picker::new(&chosen, PATH, &PERIODS),
        notice: notice(query)?,
        error,
        symbol: chosen.standing.as_ref().map_or(state_symbol(record.state), PeriodStanding::symbol),
        state: chosen.standing.as_ref().map_or_else(|| "Belum diajukan".to_owned(), |standing| standing.words.clone()),
        next: next(&chosen, record.state),
        pending: pending.as_deref().map(|pending| PendingView::new(pending, &links)),
        proposed: proposal.as_ref().filter(|_| !record.state.is_locked()).map(proposed).unwrap_or_default(),
        since: since.as_ref().map(|since| PendingView::new(since, &links)),
        action: links.page(PATH),
        after: record.last().map(|step| step.id.to_string()).unwrap_or_default(),
        snapshot: proposal.map(|proposal| proposal.snapshot).unwrap_or_default(),
        forms,
        asks_name: site.app().access().is_owner(),
        name_chars_max: DECIDER_CHARS_MAX,
        reason_chars_max: REASON_CHARS_MAX,
        steps: record.steps.iter().rev().map(|step| StepRow::new(step, site.app().clock(), &links)).collect(),
        periods: view::periods(site, &chosen, &records, &links)?,
        puskesmas: view::all_puskesmas(site, &chosen)?,
        frame,
    })
}

/// Whose turn it is; of a period that lies within an approved one, that it is decided with that one.
fn next(chosen: &ResolvedRequest, state: PeriodState) -> &'static str {
    match &chosen.standing {
        Some(standing) if standing.record.period != chosen.subject.period => "Angkanya mengikuti persetujuan itu.",
        _ => state.next_words(),
    }
}

/// The data on which the next step decides, in a sentence.
fn proposed(proposal: &Proposal) -> String {
    let months = proposal.months_received;
    let of = proposal.record.period.months().count();
    format!("Angka sekarang: versi data {}, rekap {months} dari {of} bulan diterima.", proposal.snapshot)
}

/// Step that was just taken, as the address says it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct StepDone {
    #[serde(rename = "selesai")]
    step: String,
}

fn notice(query: &Query) -> Result<String, PageError> {
    let done = ApprovalStep::from_code(&query.read::<StepDone>()?.step);
    Ok(done.map_or_else(String::new, |step| format!("{}. Langkah ini tercatat di riwayat.", step.done())))
}
