//! *Jaringan dan jejaring*: how many there are of which sort, and which agreements and licences end or lack.

use std::collections::BTreeMap;

use super::section::{Fact, Sentence};
use super::wording::{enumerated, listed};
use crate::dashboard::PageContext;
use crate::dashboard::network::AgreementTable;
use crate::domain::facility::LicencePaper;
use crate::domain::{Facility, FacilityGroup, format};

/// Papers that end within so many days of the as-of date are named.
const ENDS_WITHIN_DAYS: i64 = 90;

pub(super) fn sentences(context: &PageContext<'_>) -> Vec<Sentence> {
    let facilities: Vec<&Facility> = context.facilities().map(|result| context.facility(result.facility)).collect();
    if facilities.is_empty() {
        return vec![Sentence {
            text: "Belum ada jaringan atau jejaring yang terdaftar.".to_owned(),
            facts: vec![Fact::new("Faskes terdaftar", "0")],
        }];
    }
    let mut sentences = vec![counted(context, &facilities)];
    sentences.push(agreements(context));
    sentences.extend(licences(context, &facilities));
    sentences
}

fn counted(context: &PageContext<'_>, facilities: &[&Facility]) -> Sentence {
    let of = |group: FacilityGroup| facilities.iter().filter(|facility| facility.group == Some(group)).count();
    let unsaid = facilities.iter().filter(|facility| facility.group.is_none()).count();
    let mut groups: Vec<String> =
        FacilityGroup::ALL.into_iter().map(|group| format!("{} {}", of(group), group.label().to_lowercase())).collect();
    if unsaid > 0 {
        groups.push(format!("{unsaid} tanpa kelompok"));
    }
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for facility in facilities {
        *kinds.entry(facility.kind.as_str()).or_default() += 1;
    }
    let mut kinds: Vec<(usize, &str)> = kinds.into_iter().map(|(kind, count)| (count, kind)).collect();
    kinds.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    let kinds: Vec<String> = kinds.iter().map(|(count, kind)| format!("{count} {kind}")).collect();
    let year = context.subject.period.year();
    Sentence {
        text: format!(
            "Tahun {year} terdaftar {} faskes: {}. Menurut jenis: {}.",
            facilities.len(),
            enumerated(&groups),
            enumerated(&kinds)
        ),
        facts: vec![
            Fact::new("Faskes terdaftar", facilities.len().to_string()),
            Fact::new("Menurut kelompok", enumerated(&groups)),
            Fact::new("Menurut jenis", enumerated(&kinds)),
        ],
    }
}

/// Says with how many an agreement is in force, whose has ended and whose ends soon. Nothing recorded is not "none".
fn agreements(context: &PageContext<'_>) -> Sentence {
    let found = AgreementTable::new(context);
    let mut facts = vec![Fact::new("PKS berlaku", found.in_force().words())];
    let pressing: Vec<String> =
        found.pressing().map(|row| format!("{} ({})", row.name, row.standing.words())).collect();
    let mut text = found.summary();
    if !pressing.is_empty() {
        text = format!("{text}. Perlu diperpanjang: {}", listed(&pressing));
        facts.push(Fact::new("PKS perlu diperpanjang", listed(&pressing)));
    }
    Sentence { text: format!("{text}."), facts }
}

/// Says of how many facilities the licence is on record, whose has ended and whose ends soon. Nothing recorded is not
/// "none".
fn licences(context: &PageContext<'_>, facilities: &[&Facility]) -> Option<Sentence> {
    let label = "Izin";
    let as_of = context.subject.as_of;
    let known: Vec<(&Facility, &LicencePaper)> =
        facilities.iter().filter_map(|facility| Some((*facility, facility.licence.as_ref()?))).collect();
    let count = format!("{} dari {}", known.len(), facilities.len());
    let mut ended = Vec::new();
    let mut soon = Vec::new();
    for (facility, paper) in &known {
        let Some(until) = paper.valid_until else { continue };
        let days = until.signed_duration_since(as_of).num_days();
        let words = format!("{} ({})", facility.name, format::date(until));
        match days {
            ..0 => ended.push(words),
            0..=ENDS_WITHIN_DAYS => soon.push(words),
            _ => {}
        }
    }
    let mut text = format!("{label} tercatat untuk {count} faskes");
    let mut facts = vec![Fact::new(format!("{label} tercatat"), count)];
    for (names, word) in [(&ended, "sudah berakhir"), (&soon, "berakhir dalam 90 hari")] {
        if !names.is_empty() {
            text = format!("{text}; {word}: {}", listed(names));
            facts.push(Fact::new(format!("{label} {word}"), listed(names)));
        }
    }
    text.push('.');
    (!facilities.is_empty()).then_some(Sentence { text, facts })
}
