//! *Indikator layanan*: which lie below the target that is due, and at which facilities.

use super::section::{Fact, Sentence};
use super::wording::{by_value, listed, out_of};
use crate::analytics::results::ServiceResult;
use crate::dashboard::PageContext;
use crate::domain::{Direction, format};

/// Service indicators below target that are described one by one.
const DESCRIBED_MAX: usize = 4;

pub(super) fn sentences(context: &PageContext<'_>) -> Vec<Sentence> {
    let results: Vec<&ServiceResult> =
        context.block().service.iter().filter(|service| service.value.number().is_some()).collect();
    if results.is_empty() {
        return vec![Sentence {
            text: "Belum ada capaian indikator layanan yang dilaporkan untuk periode ini.".to_owned(),
            facts: vec![Fact::new("Indikator layanan yang dilaporkan", "0")],
        }];
    }
    let mut below: Vec<&ServiceResult> = results.iter().copied().filter(|result| lies_below(result)).collect();
    let performance = |result: &ServiceResult| result.performance.unwrap_or(0.0);
    below.sort_by(|a, b| performance(a).total_cmp(&performance(b)).then_with(|| a.code.cmp(&b.code)));
    let count = format!("{} dari {}", results.len() - below.len(), results.len());
    let mut sentences = vec![Sentence {
        text: format!("Mencapai target yang jatuh tempo: {count} indikator layanan yang dilaporkan."),
        facts: vec![Fact::new("Indikator layanan yang mencapai target", count)],
    }];
    sentences.extend(below.iter().take(DESCRIBED_MAX).map(|result| described(context, result)));
    if below.len() > DESCRIBED_MAX {
        let codes: Vec<String> = below[DESCRIBED_MAX..].iter().map(|result| result.code.to_string()).collect();
        sentences.push(Sentence {
            text: format!("Juga di bawah target: {}.", codes.join(", ")),
            facts: vec![Fact::new("Indikator layanan lain di bawah target", codes.join(", "))],
        });
    }
    sentences
}

fn lies_below(result: &ServiceResult) -> bool {
    let Some(value) = result.value.number() else { return false };
    match result.direction {
        Direction::HigherIsBetter => value < result.target,
        Direction::LowerIsBetter => value > result.target,
    }
}

fn described(context: &PageContext<'_>, result: &ServiceResult) -> Sentence {
    let subject = context.subject;
    let services = context.evaluator.services(subject.puskesmas, subject.period.year());
    let name = services.iter().find(|(index, _)| *index == result.service).map_or("", |(_, known)| known.name.as_str());
    let label = if name.is_empty() || name == &*result.code {
        result.code.to_string()
    } else {
        format!("{} ({})", result.code, name)
    };
    let value = result.value.number().unwrap_or_default();
    let mut low: Vec<(f64, String)> = context
        .facilities()
        .filter_map(|facility| {
            let own = facility.block.service.iter().find(|own| own.service == result.service)?;
            let value = own.value.number().filter(|_| lies_below(own))?;
            let order = if own.direction == Direction::HigherIsBetter { value } else { -value };
            let name = &context.facility(facility.facility).name;
            Some((order, format!("{name} ({} %)", format::percent(value))))
        })
        .collect();
    by_value(&mut low);
    let names: Vec<String> = low.iter().map(|(_, words)| words.clone()).collect();
    let at = if names.is_empty() { String::new() } else { format!("; paling jauh: {}", listed(&names)) };
    let figure = format!("{} % ({})", format::percent(value), out_of(result.ratio));
    let target = match result.direction {
        Direction::HigherIsBetter => "target",
        Direction::LowerIsBetter => "batas atas",
    };
    let due = format::count((result.target * 100.0).round() / 100.0);
    Sentence {
        text: format!("{label}: {figure}, {target} {due} %{at}."),
        facts: vec![
            Fact::new(format!("Capaian {}", result.code), figure),
            Fact::new(format!("Target {} yang jatuh tempo", result.code), format!("{due} %")),
            Fact::new(format!("Faskes dengan {} di bawah target", result.code), listed(&names)),
        ],
    }
}
