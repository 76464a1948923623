//! *Kelengkapan data*: which recaps came, who has data, which reports are in.

use super::section::{Fact, Sentence};
use super::wording::{listed, out_of};
use crate::dashboard::PageContext;
use crate::domain::{CoachingIndicator, Status, format};

pub(super) fn sentences(context: &PageContext<'_>) -> Vec<Sentence> {
    let mut sentences = vec![recaps(context)];
    sentences.extend(silent(context));
    sentences.extend(reports(context));
    sentences
}

fn recaps(context: &PageContext<'_>) -> Sentence {
    let subject = context.subject;
    let months = context.result().completeness.months;
    let received = context.evaluator.received();
    let missing: Vec<String> = subject
        .period
        .months()
        .filter(|month| month.first_day() <= subject.as_of && !received.contains_any(subject.puskesmas, *month))
        .map(|month| format::month_name(month).to_owned())
        .collect();
    let lacking = if missing.is_empty() { String::new() } else { format!("; belum ada rekap {}", missing.join(", ")) };
    let count = format!("{} dari {}", months.received, months.of);
    Sentence {
        text: format!("Rekap diterima untuk {count} bulan yang sudah berjalan{lacking}."),
        facts: vec![Fact::new("Bulan dengan rekap", format!("{count}{lacking}"))],
    }
}

fn silent(context: &PageContext<'_>) -> Option<Sentence> {
    let completeness = context.result().completeness;
    if completeness.facilities == 0 {
        return None;
    }
    let without = context.result().facilities.iter().filter(|result| context.status(&result.block) == Status::NoData);
    let names: Vec<String> = without.map(|result| context.facility(result.facility).name.clone()).collect();
    let rest = if names.is_empty() { String::new() } else { format!("; belum dapat dinilai: {}", listed(&names)) };
    let count = format!("{} dari {}", completeness.facilities_with_data, completeness.facilities);
    Some(Sentence {
        text: format!("{count} faskes punya data pada periode ini{rest}."),
        facts: vec![Fact::new("Faskes yang punya data", format!("{count}{rest}"))],
    })
}

fn reports(context: &PageContext<'_>) -> Option<Sentence> {
    let ratio = |indicator| context.block().indicator(indicator).ratio.filter(|ratio| ratio.denominator > 0.0);
    let received = ratio(CoachingIndicator::Klp)?;
    let punctual = ratio(CoachingIndicator::Tpt).map_or_else(String::new, |ratio| {
        let count = format::count(ratio.numerator);
        // Of reports that came nobody knows when it is not said whether in time.
        let of_known = format!(" dari {} yang diketahui waktunya", format::count(ratio.denominator));
        format!(
            ", tepat waktu {count}{}",
            if ratio.denominator < received.denominator { of_known } else { String::new() }
        )
    });
    Some(Sentence {
        text: format!("Laporan bulanan faskes masuk {}{punctual}.", out_of(received)),
        facts: vec![Fact::new("Laporan bulanan masuk", format!("{}{punctual}", out_of(received)))],
    })
}
