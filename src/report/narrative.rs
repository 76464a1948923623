//! Sentences from facts, by rule: what changed, where the gap is, which facilities, what is overdue, how complete the
//! data is. Each with its numbers; never a cause, because nobody entered one.

use crate::analytics::trend_points;
use crate::dashboard::Context;
use crate::domain::facts::FollowUp;
use crate::domain::schedule::SlotOutcome;
use crate::domain::{CoachingIndicator, SlotState, Status, format};

/// Facilities named in one sentence; the rest is counted.
const NAMED_MAX: usize = 4;
/// A change of an indicator that is worth a sentence, in points.
const CHANGE_FROM: f64 = 5.0;

/// The sentences on a Puskesmas' period, the score first, the completeness of the data last.
pub fn narrative(context: &Context<'_>) -> Vec<String> {
    let mut sentences = vec![score(context)];
    sentences.extend(statuses(context));
    sentences.push(slots(context));
    sentences.extend(missed(context));
    sentences.extend(gap(context));
    sentences.extend(changes(context));
    sentences.extend(overdue(context));
    sentences.push(completeness(context));
    sentences
}

fn score(context: &Context<'_>) -> String {
    let block = context.block();
    let (name, period) = (context.puskesmas_name(), format::period(context.subject.period));
    let Some(score) = block.score else {
        return format!("Skor pembinaan {name} pada {period} belum dapat dihitung: belum ada data yang dapat dinilai.");
    };
    let before = context.previous_block().and_then(|before| before.score);
    let previous = format::period(context.subject.period.previous());
    let change = match (before, trend_points(block.score, before)) {
        (Some(before), Some(change)) => {
            format!(", {} {} pada {previous}", direction(change, "poin"), format::percent(before))
        }
        _ => format!("; {previous} tidak punya skor untuk dibandingkan"),
    };
    format!("Skor pembinaan {name} pada {period}: {} ({}){change}.", format::percent(score), block.status.label())
}

/// `naik 2,1 poin dari`, `tetap dibanding`.
fn direction(change: f64, unit: &str) -> String {
    let amount = format::percent(change.abs());
    match amount.as_str() {
        "0,0" => "tetap dibanding".to_owned(),
        _ if change > 0.0 => format!("naik {amount} {unit} dari"),
        _ => format!("turun {amount} {unit} dari"),
    }
}

fn statuses(context: &Context<'_>) -> Option<String> {
    let results = &context.result().facilities;
    let of = |status: Status| results.iter().filter(|result| result.block.status == status).count();
    let counts: Vec<String> = Status::ALL
        .into_iter()
        .map(|status| (of(status), status.label().to_owned()))
        .filter(|(count, _)| *count > 0)
        .map(|(count, label)| format!("{count} {label}"))
        .collect();
    if counts.is_empty() {
        return None;
    }
    let mut poor: Vec<(f64, u32)> = results
        .iter()
        .filter(|result| result.block.status == Status::Poor)
        .filter_map(|result| Some((result.block.score?, result.facility)))
        .collect();
    poor.sort_by(|a, b| a.0.total_cmp(&b.0));
    let names: Vec<String> = poor
        .iter()
        .map(|(score, facility)| format!("{} ({})", context.facility(*facility).name, format::percent(*score)))
        .collect();
    let lowest = if names.is_empty() { String::new() } else { format!(" Yang Kurang: {}.", listed(&names)) };
    Some(format!("Dari {} faskes: {}.{lowest}", results.len(), counts.join(", ")))
}

/// Names in a row: `A, B, C dan 3 lainnya`.
fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        names if names.len() <= NAMED_MAX => {
            format!("{} dan {}", names[..names.len() - 1].join(", "), names[names.len() - 1])
        }
        names => format!("{} dan {} lainnya", names[..NAMED_MAX].join(", "), names.len() - NAMED_MAX),
    }
}

fn period_slots<'a>(context: &'a Context<'_>) -> impl Iterator<Item = (u32, &'a SlotOutcome)> {
    let period = context.subject.period;
    let slots = context.facilities().flat_map(|result| result.slots.iter().map(move |slot| (result.facility, slot)));
    slots.filter(move |(_, slot)| period.contains(slot.effective.unwrap_or(slot.planned)))
}

fn slots(context: &Context<'_>) -> String {
    let of = |state: SlotState| period_slots(context).filter(|(_, slot)| slot.state == state).count();
    let all = period_slots(context).count();
    if all == 0 {
        return "Tidak ada jadwal pembinaan pada periode ini.".to_owned();
    }
    let counts: Vec<String> = SlotState::ALL
        .into_iter()
        .map(|state| (of(state), state.label().to_lowercase()))
        .filter(|(count, _)| *count > 0)
        .map(|(count, label)| format!("{count} {label}"))
        .collect();
    let done = [SlotState::OnSchedule, SlotState::Rescheduled, SlotState::Late, SlotState::Early].map(of);
    format!("Dari {all} jadwal periode ini, {} dikunjungi: {}.", done.iter().sum::<usize>(), counts.join(", "))
}

fn missed(context: &Context<'_>) -> Option<String> {
    let names: Vec<String> = period_slots(context)
        .filter(|(_, slot)| slot.state == SlotState::Missed)
        .map(|(facility, slot)| {
            let month = slot.effective.unwrap_or(slot.planned);
            format!("{} ({})", context.facility(facility).name, format::month_name(month))
        })
        .collect();
    (!names.is_empty()).then(|| format!("Tidak terlaksana: {}.", listed(&names)))
}

fn gap(context: &Context<'_>) -> Option<String> {
    let block = context.block();
    let gaps = CoachingIndicator::ALL.into_iter().filter_map(|indicator| {
        let result = block.indicator(indicator);
        Some((result.value.number()? - result.target, indicator))
    });
    let (gap, indicator) = gaps.min_by(|a, b| a.0.total_cmp(&b.0)).filter(|(gap, _)| *gap < 0.0)?;
    let result = block.indicator(indicator);
    let counts = result.ratio.map_or_else(String::new, |ratio| {
        format!(" ({} dari {})", format::count(ratio.numerator), format::count(ratio.denominator))
    });
    Some(format!(
        "Indikator yang paling jauh dari target: {}, {} %{counts}; target {} %, kurang {} poin.",
        indicator.name(),
        format::percent(gap + result.target),
        format::count(result.target),
        format::percent(-gap)
    ))
}

fn changes(context: &Context<'_>) -> Vec<String> {
    let Some(before) = context.previous_block() else { return Vec::new() };
    let block = context.block();
    let mut found: Vec<(f64, CoachingIndicator, f64, f64)> = CoachingIndicator::ALL
        .into_iter()
        .filter_map(|indicator| {
            let (old, new) = (before.indicator(indicator).value.number()?, block.indicator(indicator).value.number()?);
            Some((new - old, indicator, old, new))
        })
        .filter(|(change, ..)| change.abs() >= CHANGE_FROM)
        .collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    let sentence = |(change, indicator, old, new): &(f64, CoachingIndicator, f64, f64)| {
        format!(
            "{} {} {} % menjadi {} % dibanding {}.",
            indicator.name(),
            direction(*change, "poin"),
            format::percent(*old),
            format::percent(*new),
            format::period(context.subject.period.previous())
        )
    };
    let fallen = found.first().filter(|(change, ..)| *change < 0.0).map(sentence);
    let risen = found.last().filter(|(change, ..)| *change > 0.0).map(sentence);
    fallen.into_iter().chain(risen).collect()
}

/// Follow-ups past their due date on the as-of day, the oldest first.
pub(super) fn overdue_items<'a>(context: &'a Context<'_>) -> Vec<&'a FollowUp> {
    let as_of = context.subject.as_of;
    let items = context.evaluator.facts().follow_ups.iter();
    let mut found: Vec<&FollowUp> = items
        .filter(|item| context.facility_result(item.facility).is_some() && item.visit_date <= as_of)
        .filter(|item| item.due < as_of && item.done.is_none_or(|done| done > as_of))
        .collect();
    found.sort_by_key(|item| (item.due, item.facility));
    found
}

fn overdue(context: &Context<'_>) -> Option<String> {
    let items = overdue_items(context);
    let oldest = items.first()?;
    Some(format!(
        "{} RTL melewati batas waktu pada {}; yang terlama: “{}” di {}, batas {}.",
        items.len(),
        format::date(context.subject.as_of),
        oldest.item,
        context.facility(oldest.facility).name,
        format::date(oldest.due)
    ))
}

fn completeness(context: &Context<'_>) -> String {
    let completeness = context.result().completeness;
    let months = completeness.months;
    let reports = context.block().indicator(CoachingIndicator::Klp).ratio.filter(|ratio| ratio.denominator > 0.0);
    let reports = reports.map_or_else(String::new, |ratio| {
        format!("; laporan bulanan masuk {} dari {}", format::count(ratio.numerator), format::count(ratio.denominator))
    });
    format!(
        "Rekap diterima untuk {} dari {} bulan; {} dari {} faskes punya data{reports}.",
        months.received, months.of, completeness.facilities_with_data, completeness.facilities
    )
}
