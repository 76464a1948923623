//! Raw decree files → the default decree and its overrides. Every mistake is named in the reader.

use super::decree::DecreeDefinition;
use super::lower::indicator_codes;
use super::raw::{DefinitionReader, RawTable, choose, choose_each};
use crate::domain::decree::{DecreeBook, DecreeChange, Evidence, EvidenceRule};
use crate::domain::name::{name_key, puskesmas_key};
use crate::domain::{CoachingIndicator, Decree, IndicatorRule, PwsStatus, StatusThresholds};

const COUNT: usize = CoachingIndicator::COUNT;
pub(super) const EVIDENCE: [(&str, Evidence); 4] = [
    ("attendance-list", Evidence::AttendanceList),
    ("minutes", Evidence::Minutes),
    ("photos", Evidence::Photos),
    ("checklist", Evidence::Checklist),
];

/// The words of PWS for below the target and level; *Jelek* where a file says nothing.
pub(super) const LEVEL_BELOW: [(&str, PwsStatus); 2] = [("Jelek", PwsStatus::Jelek), ("Cukup", PwsStatus::Cukup)];

/// Indicators on which a status must rest, where a file says nothing.
const BASIS_MIN: u32 = 3;
pub(super) const BASIS_MIN_KEY: &str = "status-indicators-min";

type EvidenceRules = (Vec<EvidenceRule>, Vec<Evidence>);

/// Lowers the file of the default decree; `None` where something is wrong.
pub(super) fn lower_default(reader: &mut DefinitionReader<'_>, mut root: RawTable<'_>) -> Option<DecreeDefinition> {
    let before = reader.faults.len();
    root.needed_text(reader, "title");
    let basis = root.needed_text(reader, "basis");
    if !root.has("report-due-day") {
        root.missing(reader, "report-due-day", "report-due-day = 5");
    }
    let report_due_day = root.whole(reader, "report-due-day");
    for (key, example) in [
        ("thresholds", "[thresholds] dengan good-from = 91 dan fair-from = 81"),
        ("evidence", "[evidence] dengan otherwise = [\"checklist\", \"photos\"]"),
    ] {
        if !root.has(key) {
            root.missing(reader, key, example);
        }
    }
    let thresholds = lower_thresholds(reader, &mut root);
    let evidence = lower_evidence(reader, &mut root);
    let pws_level_below = lower_pws(reader, &mut root).unwrap_or(PwsStatus::Jelek);
    let status_basis_min = root.whole(reader, BASIS_MIN_KEY).unwrap_or(BASIS_MIN);
    let rows = lower_indicators(reader, &mut root, IndicatorsRequired::All);
    let overrides = lower_overrides(reader, &mut root);
    root.finish(reader);
    if reader.faults.len() > before {
        return None;
    }
    let (evidence, evidence_otherwise) = evidence?;
    let rule = |index: usize| Some(IndicatorRule { target: rows.targets[index]?, weight: rows.weights[index]? });
    let mut indicators = [IndicatorRule { target: 0.0, weight: 0.0 }; COUNT];
    for (index, place) in indicators.iter_mut().enumerate() {
        *place = rule(index)?;
    }
    let default = Decree {
        indicators,
        thresholds: thresholds?,
        report_due_day: report_due_day?,
        evidence,
        evidence_otherwise,
        pws_level_below,
        status_basis_min,
    };
    Some(DecreeDefinition {
        book: DecreeBook { default, changes: overrides },
        basis: basis?.value,
        indicator_basis: rows.basis,
    })
}

/// Lowers `[[override]]`s; a file that holds nothing else is read by this alone.
pub(super) fn lower_overrides(reader: &mut DefinitionReader<'_>, root: &mut RawTable<'_>) -> Vec<DecreeChange> {
    let tables = root.tables(reader, "override");
    tables.into_iter().filter_map(|table| lower_override(reader, table)).collect()
}

fn lower_override(reader: &mut DefinitionReader<'_>, mut table: RawTable<'_>) -> Option<DecreeChange> {
    let before = reader.faults.len();
    let puskesmas = table.text(reader, "puskesmas").map(|name| puskesmas_key(&name.value));
    if !table.has("year") {
        table.missing(reader, "year", "year = 2024 (tahun mulai berlaku)");
    }
    let year = table.whole(reader, "year").and_then(|year| i32::try_from(year).ok());
    // For whoever reads the file.
    table.text(reader, "basis");
    let thresholds = lower_thresholds(reader, &mut table);
    let report_due_day = table.whole(reader, "report-due-day");
    let evidence = lower_evidence(reader, &mut table);
    let pws_level_below = lower_pws(reader, &mut table);
    let status_basis_min = table.whole(reader, BASIS_MIN_KEY);
    let rows = lower_indicators(reader, &mut table, IndicatorsRequired::Some);
    table.finish(reader);
    if reader.faults.len() > before {
        return None;
    }
    let IndicatorRows { targets, weights, .. } = rows;
    Some(DecreeChange {
        puskesmas,
        year: year?,
        targets,
        weights,
        thresholds,
        report_due_day,
        evidence,
        pws_level_below,
        status_basis_min,
    })
}

fn lower_thresholds(reader: &mut DefinitionReader<'_>, root: &mut RawTable<'_>) -> Option<StatusThresholds> {
    let mut table = root.table(reader, "thresholds")?;
    for (key, example) in [("good-from", "good-from = 91"), ("fair-from", "fair-from = 81")] {
        if !table.has(key) {
            table.missing(reader, key, example);
        }
    }
    let good_from = table.number(reader, "good-from");
    let fair_from = table.number(reader, "fair-from");
    let span = table.key_span("fair-from");
    table.finish(reader);
    let good_from = good_from?;
    let fair_from = fair_from?;
    if fair_from > good_from {
        let hint = "fair-from tidak lebih besar daripada good-from".to_owned();
        reader.fault(&span, format!("ambang Cukup {fair_from} di atas ambang Baik {good_from}"), Some(hint));
    }
    Some(StatusThresholds { good_from, fair_from })
}

/// `[pws] level-below-target`; `None` where it does not stand there.
fn lower_pws(reader: &mut DefinitionReader<'_>, root: &mut RawTable<'_>) -> Option<PwsStatus> {
    let mut table = root.table_if_there(reader, "pws")?;
    let word = table.needed_text(reader, "level-below-target");
    table.finish(reader);
    choose(reader, "status PWS", &word?, &LEVEL_BELOW)
}

fn lower_evidence(reader: &mut DefinitionReader<'_>, root: &mut RawTable<'_>) -> Option<EvidenceRules> {
    let mut table = root.table(reader, "evidence")?;
    if !table.has("otherwise") {
        table.missing(reader, "otherwise", "otherwise = [\"checklist\", \"photos\"]");
    }
    let otherwise = lower_pieces(reader, &mut table, "otherwise");
    let mut rules = Vec::new();
    for mut form in table.tables(reader, "form") {
        let name = form.needed_text(reader, "name");
        if !form.has("required") {
            form.missing(reader, "required", "required = [\"attendance-list\", \"minutes\", \"photos\"]");
        }
        let required = lower_pieces(reader, &mut form, "required");
        form.finish(reader);
        if let (Some(name), Some(required)) = (name, required) {
            rules.push(EvidenceRule { form: name_key(&name.value), required });
        }
    }
    table.finish(reader);
    Some((rules, otherwise?))
}

fn lower_pieces(
    reader: &mut DefinitionReader<'_>,
    table: &mut RawTable<'_>,
    key: &'static str,
) -> Option<Vec<Evidence>> {
    let words = table.texts(reader, key)?;
    Some(choose_each(reader, "bukti", &words.value, &EVIDENCE))
}

/// Number of the nine indicators that must stand in a table.
#[derive(Clone, Copy, PartialEq, Eq)]
enum IndicatorsRequired {
    All,
    Some,
}

#[derive(Default)]
struct IndicatorRows {
    targets: [Option<f64>; COUNT],
    weights: [Option<f64>; COUNT],
    basis: [String; COUNT],
    seen: [bool; COUNT],
}

fn lower_indicators(
    reader: &mut DefinitionReader<'_>,
    root: &mut RawTable<'_>,
    completeness: IndicatorsRequired,
) -> IndicatorRows {
    let mut rows = IndicatorRows::default();
    for table in root.tables(reader, "indicator") {
        lower_indicator(reader, table, completeness, &mut rows);
    }
    if completeness == IndicatorsRequired::All {
        for indicator in CoachingIndicator::ALL {
            if !rows.seen[indicator.index()] {
                let example = format!("[[indicator]] dengan code = \"{}\"", indicator.code());
                root.missing(reader, indicator.code(), &example);
            }
        }
        let weights: Vec<f64> = rows.weights.iter().copied().flatten().collect();
        if weights.len() == COUNT && weights.iter().all(|weight| *weight == 0.0) {
            let hint = "beri bobot di atas nol pada paling sedikit satu indikator".to_owned();
            reader.fault(&root.key_span("indicator"), "semua bobot nol", Some(hint));
        }
    }
    rows
}

fn lower_indicator(
    reader: &mut DefinitionReader<'_>,
    mut table: RawTable<'_>,
    completeness: IndicatorsRequired,
    rows: &mut IndicatorRows,
) {
    let code = table.needed_text(reader, "code");
    // The name stands there for whoever reads the file; it must be the one that pages show.
    let name = table.text(reader, "name");
    let basis = table.text(reader, "basis");
    if completeness == IndicatorsRequired::All {
        for (key, example) in [("target", "target = 80"), ("weight", "weight = 10"), ("basis", "basis = \"…\"")] {
            if !table.has(key) {
                table.missing(reader, key, example);
            }
        }
    }
    let target = table.number(reader, "target");
    let weight = table.number(reader, "weight");
    table.finish(reader);
    let Some(code) = code else { return };
    let Some(indicator) = choose(reader, "indikator", &code, &indicator_codes()) else { return };
    let index = indicator.index();
    if rows.seen[index] {
        let hint = "hapus salah satu".to_owned();
        reader.fault(&code.span, format!("indikator `{}` disebut dua kali", code.value), Some(hint));
        return;
    }
    if let Some(name) = name.filter(|name| name.value != indicator.name()) {
        let hint = format!("nama {} adalah \"{}\"", indicator.code(), indicator.name());
        reader.fault(&name.span, format!("nama `{}` bukan nama indikator {}", name.value, code.value), Some(hint));
    }
    rows.seen[index] = true;
    rows.targets[index] = target;
    rows.weights[index] = weight;
    rows.basis[index] = basis.map(|basis| basis.value).unwrap_or_default();
}
