//! *Temuan dan tindak lanjut*: what visits found, which evidence is there, what was agreed, done and overdue; and
//! the agenda of a meeting.

use std::collections::BTreeMap;

use super::section::{Fact, Sentence};
use super::wording::{listed, out_of, quoted};
use crate::dashboard::{PageContext, PanelBody, panel_data};
use crate::definitions::{DashboardScope, Panel, PanelKind, Width};
use crate::domain::facts::FollowUp;
use crate::domain::meeting::{Meeting, MeetingSought};
use crate::domain::{CoachingIndicator, Ratio, Table, format};
use crate::report::ReportError;

/// Lines of an agenda taken from what needs attention.
const AGENDA_LINES: u32 = 6;

pub(super) fn sentences(context: &PageContext<'_>) -> Vec<Sentence> {
    let mut sentences: Vec<Sentence> =
        [findings(context), evidence(context), done(context)].into_iter().flatten().collect();
    sentences.push(overdue(context));
    sentences
}

fn findings(context: &PageContext<'_>) -> Option<Sentence> {
    let period = context.subject.period;
    let visits = context.evaluator.facts().visits.iter();
    let visits: Vec<_> = visits
        .filter(|visit| context.facility_result(visit.facility).is_some())
        .filter(|visit| visit.date.counts_from() <= context.subject.as_of && period.contains(visit.date.month()))
        .collect();
    if visits.is_empty() {
        return None;
    }
    let found: Vec<_> = visits.iter().filter(|visit| visit.finding.is_some()).collect();
    if found.is_empty() {
        return Some(Sentence {
            text: format!("Dari {} kunjungan tidak ada temuan yang ditulis.", visits.len()),
            facts: vec![Fact::new("Kunjungan", visits.len().to_string()), Fact::new("Temuan", "0")],
        });
    }
    let facilities: std::collections::BTreeSet<u32> = found.iter().map(|visit| visit.facility).collect();
    let mut aspects: BTreeMap<&str, usize> = BTreeMap::new();
    for aspect in found.iter().filter_map(|visit| visit.aspect.as_deref()) {
        *aspects.entry(aspect).or_default() += 1;
    }
    let mut aspects: Vec<(usize, &str)> = aspects.into_iter().map(|(aspect, count)| (count, aspect)).collect();
    aspects.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    let names: Vec<String> = aspects.iter().map(|(count, aspect)| format!("{aspect} ({count})")).collect();
    let by_aspect = if names.is_empty() { String::new() } else { format!(", menurut aspek: {}", listed(&names)) };
    let words = format!("{} temuan di {} faskes{by_aspect}", found.len(), facilities.len());
    Some(Sentence {
        text: format!("Dari {} kunjungan tercatat {words}.", visits.len()),
        facts: vec![Fact::new("Kunjungan", visits.len().to_string()), Fact::new("Temuan", words)],
    })
}

fn ratio(context: &PageContext<'_>, indicator: CoachingIndicator) -> Option<Ratio> {
    context.block().indicator(indicator).ratio.filter(|ratio| ratio.denominator > 0.0)
}

fn evidence(context: &PageContext<'_>) -> Option<Sentence> {
    let ratio = ratio(context, CoachingIndicator::Bkt)?;
    let lacking = ratio.denominator - ratio.numerator;
    let rest = if lacking > 0.0 { format!("{} belum ada", format::count(lacking)) } else { "lengkap".to_owned() };
    Some(Sentence {
        text: format!("Bukti kunjungan yang ada {} yang diminta; {rest}.", out_of(ratio)),
        facts: vec![Fact::new("Bukti kunjungan", out_of(ratio))],
    })
}

fn done(context: &PageContext<'_>) -> Option<Sentence> {
    let ratio = ratio(context, CoachingIndicator::Rtl)?;
    Some(Sentence {
        text: format!("Rencana tindak lanjut (RTL) periode ini selesai {}.", out_of(ratio)),
        facts: vec![Fact::new("RTL selesai", out_of(ratio))],
    })
}

/// Follow-ups past their due date on the as-of day, the oldest first.
pub(in crate::report) fn overdue_items<'a>(context: &'a PageContext<'_>) -> Vec<&'a FollowUp> {
    let as_of = context.subject.as_of;
    let items = context.evaluator.facts().follow_ups.iter();
    let mut found: Vec<&FollowUp> = items
        .filter(|item| context.facility_result(item.facility).is_some() && item.visit_date <= as_of)
        .filter(|item| item.due < as_of && item.done.is_none_or(|done| done > as_of))
        .collect();
    found.sort_by_key(|item| (item.due, item.facility));
    found
}

fn overdue(context: &PageContext<'_>) -> Sentence {
    let items = overdue_items(context);
    let as_of = context.subject.as_of;
    let Some(oldest) = items.first() else {
        // Missing is not zero: without a list nobody knows what is overdue.
        let puskesmas = context.subject.puskesmas;
        let received = context.evaluator.received();
        if received.months_of(puskesmas, Table::FollowUps).all(|month| month.first_day() > as_of) {
            return Sentence {
                text: "Tabel RTL belum diterima; RTL yang lewat batas waktu belum diketahui.".to_owned(),
                facts: vec![Fact::new("RTL lewat batas waktu", "belum diketahui")],
            };
        }
        return Sentence {
            text: format!("Tidak ada RTL yang tercatat lewat batas waktu pada {}.", format::date(as_of)),
            facts: vec![Fact::new("RTL lewat batas waktu", "0")],
        };
    };
    let mut by_facility: BTreeMap<u32, usize> = BTreeMap::new();
    for item in &items {
        *by_facility.entry(item.facility).or_default() += 1;
    }
    let mut counts: Vec<(usize, &str)> =
        by_facility.into_iter().map(|(facility, count)| (count, context.facility(facility).name.as_str())).collect();
    counts.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    let names: Vec<String> = counts.iter().map(|(count, name)| format!("{name} ({count})")).collect();
    let days = as_of.signed_duration_since(oldest.due).num_days();
    let days = format::count(i32::try_from(days).map_or(0.0, f64::from));
    let count = items.len();
    Sentence {
        text: format!(
            "Pada {}, {count} RTL melewati batas waktu: {}. Yang terlama {} di {}, batas {}, lewat {days} hari.",
            format::date(as_of),
            listed(&names),
            quoted(&oldest.item),
            context.facility(oldest.facility).name,
            format::date(oldest.due)
        ),
        facts: vec![
            Fact::new("RTL lewat batas waktu", format!("{count} ({})", listed(&names))),
            Fact::new("RTL terlama", format!("{} di {}", quoted(&oldest.item), context.facility(oldest.facility).name)),
        ],
    }
}

/// Returns the topics of the meeting's decisions, each once.
fn meeting_topics(context: &PageContext<'_>) -> Vec<Sentence> {
    let facts = context.evaluator.facts();
    let puskesmas = context.subject.puskesmas;
    let period = context.subject.period;
    let as_of = context.subject.as_of;
    let meeting = Meeting::from_facts(facts, MeetingSought { puskesmas, period, as_of });
    let mut topics: Vec<&str> = Vec::new();
    for decision in meeting.decisions(facts, puskesmas) {
        if let Some(topic) = decision.problem.as_deref().filter(|topic| !topics.contains(topic)) {
            topics.push(topic);
        }
    }
    let sentence = |topic: &str| Sentence {
        text: format!("{}.", topic.trim_end_matches('.')),
        facts: vec![Fact::new("Pokok bahasan", topic)],
    };
    topics.into_iter().map(sentence).collect()
}

/// Returns the topics of a meeting: those that its decisions speak of, then those that the page puts first.
pub(super) fn agenda(context: &PageContext<'_>) -> Result<Vec<Sentence>, ReportError> {
    let kind = PanelKind::Attention { limit: AGENDA_LINES };
    let panel = Panel { id: "agenda".to_owned(), title: None, note: None, width: Width::Full, is_folded: false, kind };
    let PanelBody::Attention(lines) = panel_data(&panel, DashboardScope::Puskesmas, context)?.body else {
        return Ok(Vec::new());
    };
    let sentence = |line: crate::dashboard::page::AttentionLine| {
        let text = format!("{}{}", line.link, line.rest);
        Sentence { facts: vec![Fact::new("Pokok bahasan", text.clone())], text }
    };
    let mut sentences = meeting_topics(context);
    sentences.extend(lines.into_iter().map(sentence));
    // A fact a topic: each is known by its place.
    for (place, sentence) in sentences.iter_mut().enumerate() {
        for fact in &mut sentence.facts {
            fact.name = format!("Pokok bahasan {}", place + 1);
        }
    }
    Ok(sentences)
}
