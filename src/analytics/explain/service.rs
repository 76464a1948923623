//! Which months make a service indicator's pair.

use crate::analytics::achievements::{Achievement, achievements};
use crate::domain::facts::FactKey;
use crate::domain::{Aggregation, format};

use super::{Contribution, Subject};

const NOT_REPORTED: &str = "capaian kosong: dianggap belum lapor, tidak dihitung";
const WITHOUT_DENOMINATOR: &str = "sasaran kosong: tidak dihitung";

/// The service indicators of which the facility reported a month that counts, in list order.
pub fn reported(subject: &Subject) -> Vec<u32> {
    let puskesmas = subject.evaluator.facts().facilities[subject.facility as usize].puskesmas;
    let list = subject.evaluator.services(puskesmas, subject.window.period.year());
    let has_month = |service: u32| {
        rows(subject, service).is_some_and(|(aggregation, rows)| rows.iter().any(|row| counts(row, aggregation)))
    };
    list.into_iter().map(|(service, _)| service).filter(|&service| has_month(service)).collect()
}

/// The months behind a service indicator; none where it is not in force.
pub fn items(subject: &Subject, service: u32) -> Vec<Contribution> {
    let Some((aggregation, rows)) = rows(subject, service) else { return Vec::new() };
    let code = &subject.evaluator.facts().services[service as usize].code;
    let last = rows.iter().rposition(|row| row.numerator.is_some() && row.denominator.is_some());
    let item = |(place, row): (usize, &Achievement)| {
        let (pair, note) = pair(row, aggregation, Some(place) == last);
        subject.item(FactKey::Achievement(code.clone(), row.month), format::month(row.month), pair, note.to_owned())
    };
    rows.iter().enumerate().map(item).collect()
}

/// The rows in the period (since January where cumulative), up to the last month begun.
fn rows(subject: &Subject, service: u32) -> Option<(Aggregation, Vec<Achievement>)> {
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
    row.numerator.is_some() && (aggregation == Aggregation::Cumulative || row.denominator.is_some())
}

/// What one month adds, and why; `is_last` is the last month with both counts.
fn pair(row: &Achievement, aggregation: Aggregation, is_last: bool) -> ((f64, f64), &'static str) {
    let Some(numerator) = row.numerator else { return ((0.0, 0.0), NOT_REPORTED) };
    match (aggregation, row.denominator) {
        (Aggregation::Cumulative, Some(denominator)) if is_last => {
            ((numerator, denominator), "capaian ditambahkan sejak Januari; sasaran setahun dari bulan terakhir ini")
        }
        (Aggregation::Cumulative, _) => ((numerator, 0.0), "capaian ditambahkan sejak Januari"),
        (_, None) => ((0.0, 0.0), WITHOUT_DENOMINATOR),
        (Aggregation::Sum, Some(denominator)) => ((numerator, denominator), "dijumlahkan dalam periode"),
        (Aggregation::Last, Some(denominator)) if is_last => {
            ((numerator, denominator), "bulan terakhir yang dilaporkan")
        }
        (Aggregation::Last, Some(_)) => ((0.0, 0.0), "bukan bulan terakhir: tidak dihitung"),
    }
}
