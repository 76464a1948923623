//! *Hasil*: the score and its change, who stands where, which indicators lie below their target and at whom, what
//! moved most.

use super::section::{Fact, Sentence};
use super::wording::{NAMED_MAX, by_value, direction, enumerated, listed, out_of};
use crate::analytics::results::IndicatorResult;
use crate::analytics::trend_points;
use crate::dashboard::PageContext;
use crate::domain::{CoachingIndicator, Ratio, Status, format};

/// A change of an indicator or a facility that is worth a word, in points.
const CHANGE_FROM: f64 = 5.0;
/// Indicators below target that are named.
const GAPS_NAMED_MAX: usize = 3;

pub(super) fn sentences(context: &PageContext<'_>) -> Vec<Sentence> {
    let mut sentences = vec![score(context)];
    sentences.extend(statuses(context));
    sentences.extend(gaps(context));
    sentences.extend(weakest_at(context));
    sentences.extend(indicator_changes(context));
    sentences.extend(facility_changes(context));
    sentences
}

/// Every indicator of the total and every facility's score: what a person may write of.
pub(super) fn watched(context: &PageContext<'_>) -> Vec<Fact> {
    let indicators = CoachingIndicator::ALL
        .into_iter()
        .map(|indicator| Fact::new(indicator.name(), figure(context.block().indicator(indicator))));
    let facilities = context.facilities().map(|result| {
        let score = result.block.score.map_or_else(|| "belum ada".to_owned(), format::percent);
        Fact::new(format!("Skor {}", context.facility(result.facility).name), score)
    });
    indicators.chain(facilities).collect()
}

/// `85,7 % (12 dari 14)`, or that it does not apply.
fn figure(result: &IndicatorResult) -> String {
    let Some(value) = result.value.number() else { return "tidak berlaku".to_owned() };
    let counts = counted(result).map_or_else(String::new, |ratio| format!(" ({})", out_of(ratio)));
    format!("{} %{counts}", format::percent(value))
}

fn counted(result: &IndicatorResult) -> Option<Ratio> {
    result.ratio.filter(|ratio| ratio.denominator > 0.0)
}

fn score(context: &PageContext<'_>) -> Sentence {
    let block = context.block();
    let name = context.puskesmas_name();
    let period = format::period(context.subject.period);
    let Some(score) = block.score else {
        return Sentence {
            text: format!(
                "Skor pembinaan {name} pada {period} belum dapat dihitung: belum ada data yang dapat dinilai."
            ),
            facts: vec![Fact::new("Skor pembinaan", "belum ada")],
        };
    };
    let before = context.previous_block().and_then(|before| before.score);
    let previous = format::period(context.subject.period.previous());
    let change = match (before, trend_points(block.score, before)) {
        (Some(before), Some(change)) => {
            format!(", {} {} pada {previous}", direction(change), format::percent(before))
        }
        _ => format!("; {previous} tidak punya skor pembanding"),
    };
    let before = before.map_or_else(|| "belum ada".to_owned(), format::percent);
    let standing = context.standing(block).status.label();
    Sentence {
        text: format!("Skor pembinaan {name} pada {period} adalah {} ({}){change}.", format::percent(score), standing),
        facts: vec![
            Fact::new("Skor pembinaan", format!("{} ({standing})", format::percent(score))),
            Fact::new(format!("Skor pembinaan {previous}"), before),
        ],
    }
}

fn statuses(context: &PageContext<'_>) -> Option<Sentence> {
    let results = &context.result().facilities;
    let of = |status: Status| results.iter().filter(|result| context.status(&result.block) == status).count();
    let counts: Vec<String> = Status::ALL
        .into_iter()
        .filter(|status| of(*status) > 0)
        .map(|status| format!("{} {}", of(status), status.label()))
        .collect();
    if counts.is_empty() {
        return None;
    }
    let mut poor: Vec<(f64, String)> = results
        .iter()
        .filter(|result| context.status(&result.block) == Status::Poor)
        .filter_map(|result| Some((result.block.score?, context.facility(result.facility).name.clone())))
        .collect();
    by_value(&mut poor);
    let names: Vec<String> = poor.iter().map(|(score, name)| format!("{name} ({})", format::percent(*score))).collect();
    let lowest = if names.is_empty() {
        String::new()
    } else {
        format!(" Yang berstatus Kurang, dari yang terendah: {}.", listed(&names))
    };
    Some(Sentence {
        text: format!("Status {} faskes: {}.{lowest}", results.len(), enumerated(&counts)),
        facts: vec![
            Fact::new("Status faskes", enumerated(&counts)),
            Fact::new(
                "Faskes berstatus Kurang",
                if names.is_empty() { "tidak ada".to_owned() } else { listed(&names) },
            ),
        ],
    })
}

/// Indicators below their target, the widest gap first.
fn below_target(context: &PageContext<'_>) -> Vec<(f64, CoachingIndicator)> {
    let mut gaps: Vec<(f64, CoachingIndicator)> = CoachingIndicator::ALL
        .into_iter()
        .filter_map(|indicator| {
            let result = context.block().indicator(indicator);
            Some((result.target - result.value.number()?, indicator))
        })
        .filter(|(gap, _)| *gap > 0.0)
        .collect();
    gaps.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    gaps
}

fn gaps(context: &PageContext<'_>) -> Option<Sentence> {
    let block = context.block();
    let applicable =
        CoachingIndicator::ALL.into_iter().filter(|indicator| block.indicator(*indicator).value.number().is_some());
    let applicable = applicable.count();
    if applicable == 0 {
        return None;
    }
    let gaps = below_target(context);
    if gaps.is_empty() {
        return Some(Sentence {
            text: format!("Semua {applicable} indikator kinerja pembinaan yang berlaku mencapai targetnya."),
            facts: vec![Fact::new("Indikator di bawah target", format!("0 dari {applicable}"))],
        });
    }
    let described: Vec<String> = gaps
        .iter()
        .take(GAPS_NAMED_MAX)
        .map(|(gap, indicator)| {
            let result = block.indicator(*indicator);
            format!(
                "{} {}, target {} %, kurang {} poin",
                indicator.name().to_lowercase().replace("rtl", "RTL"),
                figure(result),
                format::count(result.target),
                format::percent(*gap)
            )
        })
        .collect();
    let rest = gaps.len().saturating_sub(GAPS_NAMED_MAX);
    let rest = if rest > 0 { format!("; dan {rest} lainnya") } else { String::new() };
    let count = format!("{} dari {applicable}", gaps.len());
    let mut facts = vec![Fact::new("Indikator di bawah target", count.clone())];
    facts.extend(gaps.iter().take(GAPS_NAMED_MAX).map(|(_, i)| Fact::new(i.name(), figure(block.indicator(*i)))));
    Some(Sentence { text: format!("Di bawah target: {count} indikator, yaitu {}{rest}.", described.join("; ")), facts })
}

/// Facilities at which the indicator with the widest gap is lowest.
fn weakest_at(context: &PageContext<'_>) -> Option<Sentence> {
    let (_, indicator) = *below_target(context).first()?;
    let mut low: Vec<(f64, String)> = context
        .facilities()
        .filter_map(|result| {
            let figure = result.block.indicator(indicator);
            let value = figure.value.number().filter(|value| *value < figure.target)?;
            let counts = counted(figure).map_or_else(String::new, |ratio| format!(", {}", out_of(ratio)));
            let name = &context.facility(result.facility).name;
            Some((value, format!("{name} ({} %{counts})", format::percent(value))))
        })
        .collect();
    by_value(&mut low);
    if low.is_empty() {
        return None;
    }
    let names: Vec<String> = low.iter().map(|(_, words)| words.clone()).collect();
    let name = indicator.name();
    let lowest = listed(&names);
    let how = if low.len() > 1 { ", dari yang terendah" } else { "" };
    Some(Sentence {
        text: format!("{name} di bawah target pada {} faskes{how}: {lowest}.", low.len()),
        facts: vec![Fact::new(format!("{name} di bawah target pada"), format!("{} faskes: {lowest}", low.len()))],
    })
}

fn indicator_changes(context: &PageContext<'_>) -> Vec<Sentence> {
    let Some(before) = context.previous_block() else { return Vec::new() };
    let block = context.block();
    let mut found: Vec<(f64, CoachingIndicator, f64, f64)> = CoachingIndicator::ALL
        .into_iter()
        .filter_map(|indicator| {
            let old = before.indicator(indicator).value.number()?;
            let new = block.indicator(indicator).value.number()?;
            Some((new - old, indicator, old, new))
        })
        .filter(|(change, ..)| change.abs() >= CHANGE_FROM)
        .collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    let previous = format::period(context.subject.period.previous());
    let sentence = |(change, indicator, old, new): &(f64, CoachingIndicator, f64, f64)| {
        let old = format::percent(*old);
        let new = format::percent(*new);
        let word = if *change < 0.0 { "turun" } else { "naik" };
        Sentence {
            text: format!(
                "{} {word} {} poin: {old} % pada {previous}, kini {new} %.",
                indicator.name(),
                format::percent(change.abs())
            ),
            facts: vec![
                Fact::new(format!("{} {previous}", indicator.name()), format!("{old} %")),
                Fact::new(indicator.name(), figure(block.indicator(*indicator))),
            ],
        }
    };
    let fallen = found.first().filter(|(change, ..)| *change < 0.0).map(sentence);
    let risen = found.last().filter(|(change, ..)| *change > 0.0).map(sentence);
    fallen.into_iter().chain(risen).collect()
}

/// Facilities whose score moved by more than a little, the sharpest fall first.
fn facility_changes(context: &PageContext<'_>) -> Option<Sentence> {
    let mut changes: Vec<(f64, String)> = context
        .facilities()
        .filter_map(|result| {
            let change = context.change_of(result.facility, result.block.score)?;
            Some((change, context.facility(result.facility).name.clone()))
        })
        .filter(|(change, _)| change.abs() >= CHANGE_FROM)
        .collect();
    by_value(&mut changes);
    let (fallen, risen): (Vec<_>, Vec<_>) = changes.into_iter().partition(|(change, _)| *change < 0.0);
    if fallen.is_empty() && risen.is_empty() {
        return None;
    }
    let mut parts = Vec::new();
    if !fallen.is_empty() {
        let names: Vec<String> =
            fallen.iter().map(|(change, name)| format!("{name} ({})", format::percent(*change))).collect();
        parts.push(format!("turun pada {} faskes: {}", fallen.len(), listed(&names)));
    }
    if !risen.is_empty() {
        let highest: Vec<String> = risen
            .iter()
            .rev()
            .take(NAMED_MAX)
            .map(|(change, name)| format!("{name} (+{})", format::percent(*change)))
            .collect();
        let rest = risen.len().saturating_sub(NAMED_MAX);
        let rest = if rest > 0 { format!(", dan {rest} lainnya") } else { String::new() };
        let named = if rest.is_empty() { enumerated(&highest) } else { highest.join(", ") };
        parts.push(format!("naik pada {} faskes: {named}{rest}", risen.len()));
    }
    let words = parts.join("; ");
    let from = format::percent(CHANGE_FROM);
    let previous = format::period(context.subject.period.previous());
    Some(Sentence {
        text: format!("Dibanding {previous}, skor berubah {from} poin atau lebih: {words}."),
        facts: vec![Fact::new(format!("Perubahan skor faskes sejak {previous}"), words)],
    })
}
