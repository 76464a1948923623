//! Months that make a service indicator's pair.

use crate::analytics::achievements::{Achievement, achievements};
use crate::domain::accumulated::SinceJanuary;
use crate::domain::facts::FactKey;
use crate::domain::{Aggregation, Ratio, format};

use super::{Contribution, FigureSubject};

const NOT_REPORTED: &str = "capaian kosong: dianggap belum lapor, tidak dihitung";
const ONLY_SINCE_JANUARY: &str = "hanya kumulatif sejak Januari yang diketahui; capaian bulan ini menunggu kumulatif bulan sebelumnya, tidak dihitung";
const NOT_APPLICABLE: &str =
    "indikator ini tidak berlaku untuk jenis faskes ini menurut kolom Berlaku Untuk: tidak dihitung";
const WITHOUT_DENOMINATOR: &str = "sasaran kosong: tidak dihitung";

/// The service indicators of which the facility reported a month that counts, in list order.
pub fn reported(subject: &FigureSubject) -> Vec<u32> {
    let puskesmas = subject.evaluator.facts().facilities[subject.facility as usize].puskesmas;
    let list = subject.evaluator.services(puskesmas, subject.window.period.year());
    let has_month = |service: u32| {
        applies(subject, service)
            && rows(subject, service).is_some_and(|(aggregation, rows)| rows.iter().any(|row| counts(row, aggregation)))
    };
    list.into_iter().map(|(service, _)| service).filter(|&service| has_month(service)).collect()
}

/// The months behind a service indicator; none where it is not in force.
pub fn items(subject: &FigureSubject, service: u32) -> Vec<Contribution> {
    let Some((aggregation, rows)) = rows(subject, service) else { return Vec::new() };
    let is_named = applies(subject, service);
    let code = &subject.evaluator.facts().services[service as usize].code;
    let is_reported =
        |row: &Achievement| row.numerator.is_some() || aggregation == Aggregation::Cumulative && row.is_counted();
    let last = rows.iter().rposition(|row| is_reported(row) && row.denominator.is_some());
    let mut so_far = SinceJanuary::default();
    let mut items = Vec::with_capacity(rows.len());
    for (place, row) in rows.iter().enumerate() {
        let (pair, note) = if !is_named {
            (Ratio::default(), NOT_APPLICABLE)
        } else if aggregation == Aggregation::Cumulative {
            since_january(row, &mut so_far, Some(place) == last)
        } else {
            pair(row, aggregation, Some(place) == last)
        };
        let key = FactKey::Achievement(code.clone(), row.month);
        items.push(subject.item(key, format::month(row.month), pair, note.to_owned()));
    }
    items
}

/// Reports whether the list that holds in the period's year names the facility's kind, or names none.
fn applies(subject: &FigureSubject, service: u32) -> bool {
    let facility = &subject.evaluator.facts().facilities[subject.facility as usize];
    let list = subject.evaluator.services(facility.puskesmas, subject.window.period.year());
    let found = list.into_iter().find(|&(index, _)| index == service);
    found.is_none_or(|(_, definition)| definition.applies_to.is_empty() || definition.applies_to.name(facility))
}

/// The rows in the period (since January where cumulative), up to the last month begun.
fn rows(subject: &FigureSubject, service: u32) -> Option<(Aggregation, Vec<Achievement>)> {
    let facts = subject.evaluator.facts();
    let window = &subject.window;
    let puskesmas = facts.facilities[subject.facility as usize].puskesmas;
    let list = subject.evaluator.services(puskesmas, window.period.year());
    let (_, definition) = list.into_iter().find(|&(index, _)| index == service)?;
    let first = match definition.aggregation {
        Aggregation::Cumulative => window.january(),
        Aggregation::Sum | Aggregation::Last => window.period.first_month(),
    };
    Some((definition.aggregation, achievements(facts, subject.facility, service, first, window.last_begun?)))
}

fn counts(row: &Achievement, aggregation: Aggregation) -> bool {
    match aggregation {
        Aggregation::Cumulative => row.is_counted(),
        Aggregation::Sum | Aggregation::Last => row.numerator.is_some() && row.denominator.is_some(),
    }
}

/// Returns the pair that one month adds to the figure since January, and why; `so_far` goes on with it.
fn since_january(row: &Achievement, so_far: &mut SinceJanuary, is_last: bool) -> (Ratio, &'static str) {
    let before = *so_far;
    let Some(after) = row.since_january(before) else { return (Ratio::default(), NOT_REPORTED) };
    *so_far = after;
    let denominator = row.denominator.filter(|_| is_last).unwrap_or(0.0);
    let own = row.numerator.filter(|numerator| (before.count + numerator).total_cmp(&after.count).is_eq());
    let note = match (own.is_some(), is_last) {
        (true, true) => "capaian ditambahkan sejak Januari; sasaran setahun dari bulan terakhir ini",
        (true, false) => "capaian ditambahkan sejak Januari",
        (false, true) => {
            "kumulatif sejak Januari menggantikan bulan-bulan yang belum diketahui; sasaran setahun dari bulan terakhir ini"
        }
        (false, false) => "kumulatif sejak Januari menggantikan bulan-bulan yang belum diketahui",
    };
    (Ratio { numerator: own.unwrap_or(after.count - before.count), denominator }, note)
}

/// Returns the pair that one month adds, and why; `is_last` marks the last month with both counts.
fn pair(row: &Achievement, aggregation: Aggregation, is_last: bool) -> (Ratio, &'static str) {
    let Some(numerator) = row.numerator else {
        return (Ratio::default(), if row.accumulated.is_some() { ONLY_SINCE_JANUARY } else { NOT_REPORTED });
    };
    match (aggregation, row.denominator) {
        (_, None) => (Ratio::default(), WITHOUT_DENOMINATOR),
        (Aggregation::Sum | Aggregation::Cumulative, Some(denominator)) => {
            (Ratio { numerator, denominator }, "dijumlahkan dalam periode")
        }
        (Aggregation::Last, Some(denominator)) if is_last => {
            (Ratio { numerator, denominator }, "bulan terakhir yang dilaporkan")
        }
        (Aggregation::Last, Some(_)) => (Ratio::default(), "bukan bulan terakhir: tidak dihitung"),
    }
}
