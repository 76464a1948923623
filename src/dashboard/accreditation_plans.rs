//! Evidence for criterion 1.7.1 e: RUK and RPK, the meetings in which the district's team helped to draw them up, and what
//! it said of the proposals. Prints nothing.

use std::collections::BTreeSet;

use super::context::{PageContext, Subject};
use super::evidence_standing::{Found, Standing, own};
use crate::domain::accreditation::Holding;
use crate::domain::annual_plan::{PlanDocument, PlanSession};
use crate::domain::name::plain_words;
use crate::domain::plan_year::{YearPlan, sessions_of_year};
use crate::domain::{AttachedFile, EvidenceKind, EvidenceOf, Month, Ratio};

/// State of what is kept of RUK and RPK.
pub(super) fn kept<'a>(context: &PageContext<'a>, holding: Holding) -> Found<'a> {
    match holding {
        Holding::ProposedActivities => activities(context, PlanDocument::Proposed),
        Holding::PlannedActivities => activities(context, PlanDocument::Carried),
        Holding::SessionPapers(kind) => papers(context, kind),
        Holding::ProposalsReviewed => reviewed(context),
        _ => held(context),
    }
}

fn plans<'a>(context: &PageContext<'a>) -> Vec<YearPlan<'a>> {
    let Subject { puskesmas, period, .. } = context.subject;
    YearPlan::of_year(&context.evaluator.facts().written, puskesmas, period.year())
}

/// Meetings of the period.
fn sessions<'a>(context: &PageContext<'a>) -> Vec<&'a PlanSession> {
    let Subject { puskesmas, period, as_of, .. } = context.subject;
    let of_year = sessions_of_year(&context.evaluator.facts().written, puskesmas, period.year(), as_of);
    of_year.into_iter().filter(|row| period.contains(Month::from_date(row.day(as_of)))).collect()
}

/// Returns the files that are attached to a meeting.
pub fn files_of_session<'a>(context: &PageContext<'a>, session: &PlanSession) -> Vec<&'a AttachedFile> {
    let is_of_it = |of: &EvidenceOf<u32>| {
        matches!(of, EvidenceOf::PlanSession { planned, document }
            if *planned == session.planned && plain_words(document) == plain_words(&session.document))
    };
    own(context).filter(|file| is_of_it(&file.of)).collect()
}

/// A plan is whole evidence where each proposal of RUK names the item of the five-year plan that it serves.
fn activities<'a>(context: &PageContext<'a>, document: PlanDocument) -> Found<'a> {
    let plans = plans(context);
    let own: Vec<&YearPlan<'_>> = plans.iter().filter(|plan| plan.document == document).collect();
    if own.is_empty() {
        let year = context.subject.period.year();
        let word = document.label();
        let said = format!("{word} tahun {year} atau {} belum dicatat dan belum dilampirkan", year + 1);
        return (Standing::Missing, said, Vec::new());
    }
    let is_linked = document == PlanDocument::Carried || own.iter().all(|plan| plan.linked() == plan.proposals.len());
    let words = own.iter().map(|plan| match document {
        PlanDocument::Carried => format!("{}: {} kegiatan", plan.name(), plan.proposals.len()),
        PlanDocument::Proposed => format!(
            "{}: {} usulan, {} di antaranya menyebut butir rencana lima tahunan",
            plan.name(),
            plan.proposals.len(),
            plan.linked()
        ),
    });
    let said = words.collect::<Vec<_>>().join("; ");
    (if is_linked { Standing::There } else { Standing::Partly }, said, Vec::new())
}

fn held<'a>(context: &PageContext<'a>) -> Found<'a> {
    let as_of = context.subject.as_of;
    let sessions = sessions(context);
    let held = sessions.iter().filter(|row| row.is_held(as_of)).count();
    let overdue = sessions.iter().filter(|row| row.is_overdue(as_of)).count();
    let late = if overdue > 0 { format!(", {overdue} lewat jadwal") } else { String::new() };
    let said = match sessions.len() {
        0 => "Belum ada pendampingan RUK dan RPK yang tercatat pada periode ini".to_owned(),
        all => format!("{held} dari {all} pendampingan terlaksana{late}"),
    };
    (Standing::from_ratio(ratio(held, sessions.len())), said, Vec::new())
}

/// Papers of one kind: each meeting that took place is to have one.
fn papers<'a>(context: &PageContext<'a>, kind: EvidenceKind) -> Found<'a> {
    let as_of = context.subject.as_of;
    let held: Vec<&PlanSession> = sessions(context).into_iter().filter(|row| row.is_held(as_of)).collect();
    let mut files = Vec::new();
    let mut there = 0;
    for session in &held {
        let attached = files_of_session(context, session);
        let kinds: BTreeSet<EvidenceKind> = attached.iter().map(|file| file.kind).collect();
        there += usize::from(!session.lacking(&kinds).contains(&kind));
        files.extend(attached.into_iter().filter(|file| file.kind == kind));
    }
    let word = kind.label();
    let said = match held.len() {
        0 => format!("{word} belum ada: belum ada pendampingan yang terlaksana pada periode ini"),
        all => format!("{word} ada untuk {there} dari {all} pendampingan"),
    };
    (Standing::from_ratio(ratio(there, held.len())), said, files)
}

fn reviewed<'a>(context: &PageContext<'a>) -> Found<'a> {
    let as_of = context.subject.as_of;
    let plans = plans(context);
    let all: usize = plans.iter().map(|plan| plan.proposals.len()).sum();
    let open: usize = plans.iter().map(|plan| plan.count_of(None, as_of)).sum();
    let words = plans.iter().map(|plan| format!("{}: {}", plan.name(), plan.review_words(as_of)));
    let said = match all {
        0 => "Belum ada usulan RUK dan RPK yang dapat ditelaah".to_owned(),
        _ => words.collect::<Vec<_>>().join("; "),
    };
    (Standing::from_ratio(ratio(all - open, all)), said, Vec::new())
}

fn ratio(numerator: usize, denominator: usize) -> Ratio {
    let count = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    Ratio { numerator: count(numerator), denominator: count(denominator) }
}
