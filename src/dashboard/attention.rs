//! Matters that need attention first: at most a few sentences, the gravest before the rest, each leading somewhere.

use crate::analytics::Selection;
use crate::domain::annual_plan::PlanSession;
use crate::domain::district_items::CoachingItems;
use crate::domain::lokmin::DecidingMeeting;
use crate::domain::pkp::PkpVerification;
use crate::domain::plan_year::{YearPlan, sessions_of_year};
use crate::domain::schedule::SlotOutcome;
use crate::domain::{CoachingIndicator, FacilityGroup, Month, SlotState, Status, format};

use super::context::{PageContext, Subject};
use super::figure::{Measure, Whose};
use super::network::agreements::AgreementTable;
use super::page::{AttentionLine, LinkTarget};
use super::pkp_verification;

/// Licences that end within so many days of the as-of date are worth a word.
const LICENCE_WARNING_DAYS: i64 = 90;

/// The first `limit` lines; empty where nothing presses.
pub fn attention(context: &PageContext<'_>, limit: usize) -> Vec<AttentionLine> {
    let lines = [
        missing_recaps(context),
        slots(context),
        poor_facilities(context),
        follow_ups(context),
        decisions(context, DecidingMeeting::Lokmin),
        decisions(context, DecidingMeeting::Review),
        coaching_items(context),
        district_matters(context),
        annual_plans(context),
        pkp_verifications(context),
        fallen(context),
        weakest(context),
        agreements(context),
        licences(context),
        groups(context),
    ];
    lines.into_iter().flatten().take(limit).collect()
}

fn line(link: impl Into<String>, rest: impl Into<String>, target: LinkTarget) -> AttentionLine {
    AttentionLine { link: link.into(), rest: rest.into(), target }
}

fn missing_recaps(context: &PageContext<'_>) -> Option<AttentionLine> {
    let subject = context.subject;
    let received = context.evaluator.received();
    let missing: Vec<&str> = subject
        .period
        .months()
        .filter(|month| month.has_ended(subject.as_of) && !received.contains_any(subject.puskesmas, *month))
        .map(format::month_name)
        .collect();
    let text = format!("Rekap {} belum diterima", missing.join(", "));
    let rest = "; angka di bawah tidak memuat bulan itu.";
    (!missing.is_empty()).then(|| line(text, rest, LinkTarget::Imports))
}

fn slots(context: &PageContext<'_>) -> Option<AttentionLine> {
    let period = context.subject.period;
    let in_period = |slot: &&SlotOutcome| slot.effective.is_some_and(|month: Month| period.contains(month));
    let of = |state: SlotState| {
        let slots = context.facilities().flat_map(|result| &result.slots);
        slots.filter(in_period).filter(|slot| slot.state == state).count()
    };
    let missed = of(SlotState::Missed);
    let late = of(SlotState::Late);
    let unreported = of(SlotState::Unreported);
    let words = [(missed, "tidak terlaksana"), (late, "terlambat"), (unreported, "belum dilaporkan")];
    let mut said = words.into_iter().filter(|(count, _)| *count > 0);
    let (count, word) = said.next()?;
    let rest: Vec<String> = said.map(|(count, word)| format!(", {count} {word}")).collect();
    Some(line(format!("{count} jadwal pembinaan {word}"), format!("{}.", rest.concat()), LinkTarget::Evaluation))
}

fn poor_facilities(context: &PageContext<'_>) -> Option<AttentionLine> {
    if context.subject.facility.is_some() {
        return None;
    }
    let poor: Vec<_> = context.facilities().filter(|result| context.status(&result.block) == Status::Poor).collect();
    let lowest = poor.iter().filter_map(|result| result.block.score.map(|score| (score, result.facility)));
    let (score, facility) = lowest.min_by(|a, b| a.0.total_cmp(&b.0))?;
    let rest = format!("; terendah {} ({}).", context.facility(facility).name, format::percent(score));
    Some(line(format!("{} faskes berstatus Kurang", poor.len()), rest, LinkTarget::Status(Status::Poor)))
}

fn follow_ups(context: &PageContext<'_>) -> Option<AttentionLine> {
    let ratio = context.block().indicator(CoachingIndicator::Rtl).ratio?;
    if ratio.denominator <= ratio.numerator {
        return None;
    }
    let link = format!("RTL: {} dari {} selesai", format::count(ratio.numerator), format::count(ratio.denominator));
    let address = context.address(context.whose(), Measure::Coaching(CoachingIndicator::Rtl));
    Some(line(link, " dari yang jatuh tempo.", LinkTarget::Figure(address)))
}

fn decisions(context: &PageContext<'_>, meeting: DecidingMeeting) -> Option<AttentionLine> {
    if context.subject.facility.is_some() {
        return None;
    }
    let Subject { puskesmas, as_of, .. } = context.subject;
    let mut overdue = context.evaluator.facts().written.overdue_decisions(puskesmas, as_of);
    overdue.retain(|row| DecidingMeeting::from_kind(row.meeting.as_deref()) == meeting);
    let oldest = overdue.first()?;
    let until = oldest.due.map(format::date).unwrap_or_default();
    let link = format!("{} keputusan {} lewat batas waktu", overdue.len(), meeting.words());
    Some(line(link, format!("; yang terlama “{}”, batas {until}.", oldest.decision), LinkTarget::Decisions))
}

fn coaching_items(context: &PageContext<'_>) -> Option<AttentionLine> {
    let subject = context.subject;
    if subject.facility.is_some() {
        return None;
    }
    let found = CoachingItems::new(&context.evaluator.facts().written, subject.puskesmas, subject.as_of);
    let overdue: Vec<_> = found.items.iter().filter(|item| item.is_overdue(subject.as_of)).collect();
    let oldest = overdue.iter().min_by_key(|item| item.visit.due)?;
    let until = oldest.visit.due.map(format::date).unwrap_or_default();
    let link = format!("{} butir pembinaan TPCB lewat batas waktu", overdue.len());
    let rest = format!("; yang terlama butir {} “{}”, batas {until}.", oldest.number, oldest.title());
    Some(line(link, rest, LinkTarget::Coaching))
}

fn district_matters(context: &PageContext<'_>) -> Option<AttentionLine> {
    let subject = context.subject;
    if subject.facility.is_some() {
        return None;
    }
    let rows = context.evaluator.facts().written.district_matters.iter();
    let own = rows.filter(|owned| owned.puskesmas == subject.puskesmas && owned.row.date <= subject.as_of);
    let waiting = own.filter(|owned| owned.row.is_sent(subject.as_of) && !owned.row.is_answered(subject.as_of));
    let oldest = waiting.clone().filter_map(|owned| Some((owned.row.sent?, &owned.row))).min_by_key(|(sent, _)| *sent);
    let (sent, row) = oldest?;
    let link = format!("{} masalah menunggu jawaban Dinas Kesehatan", waiting.count());
    let rest = format!("; yang terlama “{}”, disampaikan {}.", row.problem, format::date(sent));
    Some(line(link, rest, LinkTarget::DistrictMatters))
}

/// Meetings about RUK and RPK past their day, and verdicts that the Puskesmas has not answered.
fn annual_plans(context: &PageContext<'_>) -> Option<AttentionLine> {
    let subject = context.subject;
    if subject.facility.is_some() {
        return None;
    }
    let written = &context.evaluator.facts().written;
    let year = subject.period.year();
    let sessions = sessions_of_year(written, subject.puskesmas, year, subject.as_of);
    let overdue: Vec<&PlanSession> = sessions.into_iter().filter(|row| row.is_overdue(subject.as_of)).collect();
    let plans = YearPlan::of_year(written, subject.puskesmas, year);
    let waiting = plans.iter().flat_map(|plan| &plan.proposals).filter(|row| row.awaits_reply(subject.as_of)).count();
    let replies = format!("{waiting} telaah usulan RUK dan RPK belum ditanggapi");
    match overdue.first() {
        Some(oldest) => {
            let also = if waiting > 0 { format!("; {replies}") } else { String::new() };
            let rest = format!("; yang terlama {}, {}{also}.", oldest.document, format::date(oldest.planned));
            let link = format!("{} pendampingan RUK dan RPK lewat jadwal", overdue.len());
            Some(line(link, rest, LinkTarget::AnnualPlans))
        }
        None => (waiting > 0).then(|| line(replies, ".", LinkTarget::AnnualPlans)),
    }
}

/// Verdicts on PKP that ask for something and that the Puskesmas has not answered.
fn pkp_verifications(context: &PageContext<'_>) -> Option<AttentionLine> {
    let subject = context.subject;
    if subject.facility.is_some() {
        return None;
    }
    let horizon = pkp_verification::horizon(&subject);
    let rows = context.evaluator.facts().written.pkp_verifications.iter();
    let own = rows.filter(|owned| owned.puskesmas == subject.puskesmas).map(|owned| &owned.row);
    let waiting: Vec<&PkpVerification> = own.filter(|row| row.awaits_reply(horizon)).collect();
    let first = waiting.first()?;
    let program = first.program.as_deref().unwrap_or("PKP seluruhnya");
    let rest = format!("; {program} tahun {}: {}.", first.year, first.note.as_deref().unwrap_or(&first.verdict));
    Some(line(format!("{} verifikasi PKP belum ditanggapi", waiting.len()), rest, LinkTarget::Pkp))
}

fn fallen(context: &PageContext<'_>) -> Option<AttentionLine> {
    if context.subject.facility.is_some() {
        return None;
    }
    let changes = context
        .facilities()
        .filter(|result| context.standing(&result.block).is_judged())
        .filter_map(|result| Some((context.change_of(result.facility, result.block.score)?, result.facility)));
    let (change, facility) = changes.min_by(|a, b| a.0.total_cmp(&b.0)).filter(|(change, _)| *change <= -5.0)?;
    let before = format::period(context.subject.period.previous());
    Some(line(
        context.facility(facility).name.clone(),
        format!(" turun paling tajam: {} poin dari {before}.", format::percent(-change)),
        LinkTarget::Facility(facility),
    ))
}

fn weakest(context: &PageContext<'_>) -> Option<AttentionLine> {
    let block = context.block();
    let judged = CoachingIndicator::ALL.into_iter().filter_map(|indicator| {
        let result = block.indicator(indicator);
        Some((result.performance?, indicator, result.value.number()?, result.target))
    });
    let (performance, indicator, value, target) = judged.min_by(|a, b| a.0.total_cmp(&b.0))?;
    if performance >= 100.0 {
        return None;
    }
    let address = context.address(context.whose(), Measure::Coaching(indicator));
    Some(line(
        format!("Indikator terlemah: {}", indicator.name()),
        format!(", {} % dari target {} %.", format::percent(value), format::count(target)),
        LinkTarget::Figure(address),
    ))
}

fn agreements(context: &PageContext<'_>) -> Option<AttentionLine> {
    let found = AgreementTable::new(context);
    let mut pressing = found.pressing();
    let first = pressing.next()?;
    let count = pressing.count() + 1;
    let rest = format!("; {}: {}.", first.name, first.standing.words());
    Some(line(format!("{count} PKS jejaring berakhir atau segera berakhir"), rest, LinkTarget::Network))
}

fn licences(context: &PageContext<'_>) -> Option<AttentionLine> {
    let as_of = context.subject.as_of;
    let ends_soon = |facility: &crate::domain::Facility| {
        let until = facility.licence.as_ref().and_then(|paper| paper.valid_until);
        until.is_some_and(|until| until.signed_duration_since(as_of).num_days() <= LICENCE_WARNING_DAYS)
    };
    let found: Vec<u32> = context
        .facilities()
        .map(|result| result.facility)
        .filter(|index| ends_soon(context.facility(*index)))
        .collect();
    let first = *found.first()?;
    let more = if found.len() > 1 { format!(" dan {} faskes lain", found.len() - 1) } else { String::new() };
    let rest = format!("{more}: izin habis dalam {LICENCE_WARNING_DAYS} hari atau sudah habis.");
    Some(line(context.facility(first).name.clone(), rest, LinkTarget::Facility(first)))
}

/// The group that lies behind the other, where the difference is worth a word.
fn groups(context: &PageContext<'_>) -> Option<AttentionLine> {
    if context.subject.facility.is_some() {
        return None;
    }
    let scored = FacilityGroup::ALL.map(|group| {
        let selection = Selection { group: Some(group), ..context.everyone() };
        let block = context.evaluator.pool_selection(&context.evaluation, &selection);
        (block.score.filter(|_| context.standing(&block).is_judged()), group, selection)
    });
    let [(Some(one), ..), (Some(other), ..)] = &scored else { return None };
    if (one - other).abs() < 5.0 {
        return None;
    }
    let (low, high) = if one < other { (&scored[0], &scored[1]) } else { (&scored[1], &scored[0]) };
    let address = context.address(Whose::Total(low.2.clone()), Measure::Score);
    let words = |score: Option<f64>| score.map(format::percent).unwrap_or_default();
    let rest = format!(" ({}) di bawah {} ({}).", words(low.0), high.1.label().to_lowercase(), words(high.0));
    Some(line(low.1.label(), rest, LinkTarget::Figure(address)))
}
