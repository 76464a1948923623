//! *RUK dan RPK*: the meetings in which the district's team helps to draw them up, the proposals with their costs, what the
//! team said of each and what the Puskesmas answered; both see the same page.

use std::collections::BTreeSet;

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::dashboards::empty;
use super::evidence::thing_address;
use super::{PageQuery, html};
use crate::app::entries::{EntryError, Values};
use crate::app::plan_reviews::{ProposalAct, ProposalWish};
use crate::domain::annual_plan::{NOT_REVIEWED, PlanDocument, PlanProposal, PlanSession, PlanVerdict, SessionState};
use crate::domain::form::TableForm;
use crate::domain::name::plain_words;
use crate::domain::plan_year::{YearPlan, sessions_of_year};
use crate::domain::records::Field;
use crate::domain::{Date, EvidenceKind, EvidenceOf, FileFormat, PeriodKind, ReportKind, Table, format};
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

pub use crate::web::view::frame::PLANS_PATH as PATH;

/// Characters of a text.
const WORDS_CHARS_MAX: usize = 2_000;

#[derive(Template)]
#[template(path = "annual_plans.html")]
struct AnnualPlansPage {
    frame: PageFrame,
    picker: Picker,
    notice: String,
    error: String,
    year: i32,
    sessions: Vec<PlanSessionRow>,
    plans: Vec<PlanView>,
    /// The proposal that is reviewed or answered.
    chosen: Option<ProposalForm>,
    action: String,
    may_review: bool,
    may_reply: bool,
    verdicts: &'static [&'static str],
    today: String,
    words_chars_max: usize,
    papers: Vec<(String, String)>,
    href_sessions: String,
    href_proposals: String,
    href_import: String,
    href_template: String,
}

struct PlanSessionRow {
    planned: String,
    held: String,
    document: String,
    helper: String,
    outcome: String,
    symbol: Symbol,
    state: &'static str,
    /// Papers that are missing, in words; empty where none is.
    lacking: String,
    files: usize,
    attach: String,
}

struct PlanView {
    name: String,
    review: String,
    cost: String,
    linked: String,
    /// Source of money, number of proposals, sum.
    funds: Vec<(String, usize, String)>,
    rows: Vec<ProposalRow>,
}

struct ProposalRow {
    program: String,
    activity: String,
    purpose: String,
    target: String,
    volume: String,
    cost: String,
    fund: String,
    time: String,
    owner: String,
    five_year_item: String,
    symbol: Symbol,
    verdict: &'static str,
    note: String,
    reply: String,
    /// Where it is reviewed or answered; empty for whoever may do neither.
    href: String,
    word: &'static str,
}

/// Form about one proposal.
struct ProposalForm {
    id: String,
    title: String,
    verdict: String,
    note: String,
    reply: String,
}

/// Proposal and act that the address names besides the period.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct AskedProposal {
    #[serde(rename = "selesai")]
    done: String,
    #[serde(rename = "usulan")]
    id: String,
}

/// An act as a form sends it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ProposalSent {
    #[serde(rename = "tindakan")]
    act: String,
    #[serde(rename = "kunci")]
    id: String,
    #[serde(flatten)]
    values: Repeated,
}

/// Words that the page says besides, and the proposal that its form is about.
#[derive(Default)]
struct PlanNews {
    notice: String,
    error: String,
    id: String,
}

/// `GET /ruk-rpk`: RUK and RPK that are spoken about in a year.
pub async fn show(site: Site, PageQuery(query): PageQuery) -> PageResult {
    site.compute(move |site| {
        let asked = query.read::<AskedProposal>()?;
        let notice = ProposalAct::from_code(&asked.done).map(|act| act.done().to_owned()).unwrap_or_default();
        page(site, &query, PlanNews { notice, error: String::new(), id: asked.id })
    })
    .await
}

/// `POST /ruk-rpk`: reviews a proposal, or answers the review.
pub async fn act(site: Site, PageQuery(query): PageQuery, Submitted(sent): Submitted<ProposalSent>) -> PageResult {
    site.take_in(move |site| carry_out(site, &query, &sent)).await
}

fn carry_out(site: &Site, query: &Query, sent: &ProposalSent) -> PageResult {
    let chosen = ResolvedRequest::need_latest(site, query, &[PeriodKind::Year])?;
    let act = ProposalAct::from_code(&sent.act)
        .ok_or_else(|| PageError::not_found("Tindakan itu tidak dikenal; muat ulang halaman RUK dan RPK."))?;
    let typed = sent.values.by_key("");
    let fields = TableForm::from_table(Table::PlanProposals).fields.iter();
    let values: Values = fields.filter_map(|field| Some((field.name, (*typed.get(field.name)?).to_owned()))).collect();
    let wish = ProposalWish { puskesmas: &chosen.puskesmas, act, id: &sent.id, values: &values };
    match site.app().act_on_proposal(&wish) {
        Ok(_) => {
            site.changed();
            Ok(see(&Links::new(&chosen).page_with(PATH, "selesai", act.code())))
        }
        Err(EntryError::Wrong(faults)) => {
            let told: Vec<String> = faults.into_iter().map(|fault| fault.message).collect();
            let news = PlanNews { error: told.join(" "), id: sent.id.clone(), ..PlanNews::default() };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(site, query, news)?).into_response())
        }
        Err(EntryError::Store(error)) => Err(PageError::Fault(error.into())),
        Err(error @ EntryError::NotHere) => Err(PageError::not_found(sentence(&error.to_string()))),
        Err(error @ EntryError::NotAllowed(_)) => {
            Err(PageError::refused(StatusCode::FORBIDDEN, "Tidak berwenang", sentence(&error.to_string())))
        }
        Err(error) => {
            Err(PageError::refused(StatusCode::CONFLICT, "Usulan ini sudah berubah", sentence(&error.to_string())))
        }
    }
}

fn page(site: &Site, query: &Query, news: PlanNews) -> Result<Response, PageError> {
    let Some(mut chosen) = ResolvedRequest::read_latest(site, query, &[PeriodKind::Year])? else {
        return empty(site, PATH);
    };
    // What was just done or chosen is said once.
    chosen.query.set("selesai", "");
    chosen.query.set("usulan", "");
    let app = site.app();
    let links = Links::new(&chosen);
    let as_of = chosen.subject.as_of;
    let year = chosen.subject.period.year();
    let written = &chosen.snapshot.facts().written;
    let may = |act| !chosen.is_as_of_given && app.may_act_on_proposal(act, &chosen.puskesmas);
    let entries = app.plan_proposals(&chosen.puskesmas).map_err(|error| PageError::Fault(error.into()))?;
    let view = PlanViews {
        links: &links,
        entries: &entries,
        as_of,
        may_review: may(ProposalAct::Review),
        may_reply: may(ProposalAct::Reply),
    };
    let mut frame = PageFrame::new(app, Some(&chosen), "RUK dan RPK", COACHING_PATH);
    frame.subtitle = format!("Tahun {year} · data per {}", format::date(as_of));
    frame.crumbs =
        vec![("Pembinaan TPCB".to_owned(), links.page(COACHING_PATH)), ("RUK dan RPK".to_owned(), String::new())];
    let sessions = sessions_of_year(written, 0, year, as_of);
    let attached = |session: &PlanSession| session_files(&chosen, session);
    let own = entries.iter().find(|entry| entry.id == news.id);
    html(&AnnualPlansPage {
        picker: Picker::new(&chosen, PATH, &[PeriodKind::Year]),
        notice: news.notice,
        error: news.error,
        year,
        sessions: sessions.into_iter().map(|session| view.session(session, &attached(session))).collect(),
        plans: YearPlan::of_year(written, 0, year).iter().map(|plan| view.plan(plan)).collect(),
        chosen: own.filter(|_| view.may_review || view.may_reply).map(proposal_form),
        action: links.page(PATH),
        may_review: view.may_review,
        may_reply: view.may_reply,
        verdicts: PlanVerdict::WORDS,
        today: format::date(app.clock().today()),
        words_chars_max: WORDS_CHARS_MAX,
        papers: FileFormat::ALL.map(|format| paper(&links, format, year)).to_vec(),
        href_sessions: links.page(&Links::entries(Table::PlanSessions)),
        href_proposals: links.page(&Links::entries(Table::PlanProposals)),
        href_import: links.page("/impor"),
        href_template: links.page_with("/templat/ruk-rpk", "tahun", &(year + 1).to_string()),
        frame,
    })
}

/// A format of the paper with its address.
fn paper(links: &Links, format: FileFormat, year: i32) -> (String, String) {
    let path = format!("/laporan/{}.{}", ReportKind::PlanReview.code(), format.ending());
    (format.ending().to_uppercase(), links.page_with(&path, "periode", &year.to_string()))
}

/// Kinds of the files that are attached to a meeting.
fn session_files(chosen: &ResolvedRequest, session: &PlanSession) -> Vec<EvidenceKind> {
    let is_of_it = |of: &EvidenceOf<u32>| {
        matches!(of, EvidenceOf::PlanSession { planned, document }
            if *planned == session.planned && plain_words(document) == plain_words(&session.document))
    };
    chosen.snapshot.facts().attached.iter().filter(|file| is_of_it(&file.of)).map(|file| file.kind).collect()
}

fn proposal_form(entry: &StoredEntry) -> ProposalForm {
    let parts = [Field::PlanDocument, Field::Year, Field::Program, Field::Activity].map(|field| entry.value(field));
    let said: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    ProposalForm {
        id: entry.id.clone(),
        title: said.join(", "),
        verdict: entry.value(Field::Verdict).to_owned(),
        note: entry.value(Field::Reason).to_owned(),
        reply: entry.value(Field::Agreed).to_owned(),
    }
}

/// Material with which rows are shown.
struct PlanViews<'v> {
    links: &'v Links,
    entries: &'v [StoredEntry],
    as_of: Date,
    may_review: bool,
    may_reply: bool,
}

impl PlanViews<'_> {
    fn session(&self, session: &PlanSession, attached: &[EvidenceKind]) -> PlanSessionRow {
        let kinds: BTreeSet<EvidenceKind> = attached.iter().copied().collect();
        let state = session.state(&kinds, self.as_of);
        let lacking: Vec<String> =
            session.lacking(&kinds).into_iter().map(|kind| kind.label().to_lowercase()).collect();
        let of: EvidenceOf = EvidenceOf::PlanSession { planned: session.planned, document: session.document.clone() };
        let is_held = session.is_held(self.as_of);
        let words = |text: &Option<String>| text.clone().unwrap_or_default();
        PlanSessionRow {
            planned: format::date(session.planned),
            held: session.held.filter(|_| is_held).map(format::date).unwrap_or_default(),
            document: session.document.clone(),
            helper: words(&session.helper),
            outcome: words(&session.outcome),
            symbol: match state {
                SessionState::Complete => Symbol::Good,
                SessionState::Incomplete => Symbol::Fair,
                SessionState::Overdue => Symbol::Poor,
                SessionState::Planned => Symbol::Neutral,
            },
            state: state.label(),
            lacking: if is_held && !lacking.is_empty() {
                format!("belum ada {}", lacking.join(", "))
            } else {
                String::new()
            },
            files: attached.len(),
            attach: thing_address(&of, self.links),
        }
    }

    fn plan(&self, plan: &YearPlan<'_>) -> PlanView {
        let all = plan.proposals.len();
        let funds = plan.cost_by_fund().into_iter().map(|(name, sum)| (name, sum.proposals, sum.words()));
        PlanView {
            name: plan.name(),
            review: plan.review_words(self.as_of),
            cost: plan.cost().words(),
            linked: format!("{} dari {all} menyebut butir rencana lima tahunan", plan.linked()),
            funds: funds.collect(),
            rows: plan.proposals.iter().map(|row| self.proposal(row)).collect(),
        }
    }

    fn proposal(&self, row: &PlanProposal) -> ProposalRow {
        let words = |text: &Option<String>| text.clone().unwrap_or_default();
        let verdict = row.verdict(self.as_of);
        let joined = |parts: [&Option<String>; 2]| parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(", ");
        let is_waiting = row.awaits_reply(self.as_of);
        let word = match (self.may_review, self.may_reply && is_waiting) {
            (_, true) => "Tanggapi",
            (true, _) => "Telaah",
            (false, false) => "",
        };
        ProposalRow {
            program: words(&row.program),
            activity: row.activity.clone(),
            purpose: words(&row.purpose),
            target: joined([&row.group, &row.target]),
            volume: words(&row.volume),
            cost: row.cost.as_ref().map_or_else(|| "belum disebut".to_owned(), format::rupiah),
            fund: words(&row.fund),
            time: match (&row.time, PlanDocument::from_label(&row.document)) {
                (None, Some(PlanDocument::Carried)) => "bulan belum ditulis".to_owned(),
                (time, _) => words(time),
            },
            owner: words(&row.owner),
            five_year_item: words(&row.five_year_item),
            symbol: match verdict {
                Some(PlanVerdict::Accepted) => Symbol::Good,
                Some(PlanVerdict::ToChange) => Symbol::Fair,
                Some(PlanVerdict::Refused) => Symbol::Poor,
                None => Symbol::Neutral,
            },
            verdict: verdict.map_or(NOT_REVIEWED, PlanVerdict::label),
            note: verdict.map(|_| words(&row.note)).unwrap_or_default(),
            reply: if row.is_replied(self.as_of) { words(&row.reply) } else { String::new() },
            href: if word.is_empty() { String::new() } else { self.href(row) },
            word,
        }
    }

    /// Where the form about a proposal stands.
    fn href(&self, row: &PlanProposal) -> String {
        let is_it = |entry: &&StoredEntry| {
            let year = row.year.to_string();
            let own = [
                (Field::Year, year.as_str()),
                (Field::PlanDocument, row.document.as_str()),
                (Field::Program, row.program.as_deref().unwrap_or_default()),
                (Field::Activity, row.activity.as_str()),
                (Field::TargetGroup, row.group.as_deref().unwrap_or_default()),
            ];
            own.into_iter().all(|(field, words)| entry.value(field) == words)
        };
        let entry = self.entries.iter().find(is_it);
        entry.map(|entry| format!("{}#tulis", self.links.page_with(PATH, "usulan", &entry.id))).unwrap_or_default()
    }
}
