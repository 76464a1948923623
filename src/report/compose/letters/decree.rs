//! *SK indikator*: the head's decree as a text, with the indicators, formulas, targets and weights that are in force.

use super::{dated, plain_table};
use crate::dashboard::origin::{coaching_formula, service_formula};
use crate::domain::{CoachingIndicator, format};
use crate::report::PaperMaterial;
use crate::report::cells::numbered;
use crate::report::document::{Block, PaperCell, PaperColumn, PaperTable, Part};
use crate::report::narrative::SectionKey;

/// Lines below the number of the decree.
pub(super) fn about(material: &PaperMaterial<'_>) -> Vec<String> {
    vec!["TENTANG".to_owned(), subject(material).to_uppercase()]
}

fn subject(material: &PaperMaterial<'_>) -> String {
    format!("indikator kinerja pembinaan jaringan dan jejaring tahun {}", material.context.subject.period.year())
}

/// The parts of the decree.
pub(super) fn parts(material: &PaperMaterial<'_>) -> Vec<Part> {
    let context = material.context;
    let name = context.puskesmas_name();
    let thresholds = context.decree.thresholds;
    let fact = |label: &str, text: String| (label.to_owned(), text);
    let decided = vec![
        fact("Menetapkan", format!("Keputusan Kepala {name} tentang {}.", subject(material))),
        fact(
            "KESATU",
            "Indikator kinerja pembinaan dengan rumus, target, dan bobotnya ditetapkan sebagaimana lampiran keputusan ini."
                .to_owned(),
        ),
        fact(
            "KEDUA",
            format!(
                "Skor adalah rata-rata tertimbang kinerja indikator yang berlaku: Baik dari {}, Cukup dari {}, Kurang di \
                 bawahnya.",
                format::count(thresholds.good_from),
                format::count(thresholds.fair_from)
            ),
        ),
        fact(
            "KETIGA",
            format!(
                "Laporan bulanan jaringan dan jejaring diterima paling lambat tanggal {} bulan berikutnya.",
                context.decree.report_due_day
            ),
        ),
        fact("KEEMPAT", "Keputusan ini berlaku sejak tanggal ditetapkan.".to_owned()),
    ];
    let blocks = vec![
        Block::Centered(format!("KEPALA {},", name.to_uppercase())),
        lettered("Menimbang", &material.narrative.sentences(SectionKey::Considerations), letter),
        lettered("Mengingat", &material.narrative.sentences(SectionKey::LegalBasis), |place| (place + 1).to_string()),
        Block::Centered("MEMUTUSKAN".to_owned()),
        Block::Facts(decided),
        dated(material, material.letter.head_signature(name)),
    ];
    let mut annex = vec![Block::Table(coaching(material))];
    annex.push(Block::Table(services(material)));
    vec![Part::letter("Keputusan", blocks), Part::attachment("Lampiran", annex)]
}

/// `a`, `b`, …
fn letter(place: usize) -> String {
    let letter = u8::try_from(place % 26).map_or('a', |place| char::from(b'a' + place));
    letter.to_string()
}

/// Items behind one label, each with its letter or number; a line to write on where there is none.
fn lettered(label: &str, items: &[String], mark: impl Fn(usize) -> String) -> Block {
    let item = |(place, text): (usize, &String)| {
        let label = if place == 0 { label.to_owned() } else { String::new() };
        (label, format!("{}. {text}", mark(place)))
    };
    let facts: Vec<(String, String)> = items.iter().enumerate().map(item).collect();
    Block::Facts(if facts.is_empty() { vec![(label.to_owned(), String::new())] } else { facts })
}

/// A numbered table of indicators: code, name, formula, target and weight; a sentence where there is none.
fn indicator_table(title: &str, rows: Vec<Vec<PaperCell>>, if_none: &str) -> PaperTable {
    let columns = vec![
        PaperColumn::text("Kode", 9.0),
        PaperColumn::text("Indikator", 22.0),
        PaperColumn::text("Rumus", 50.0),
        PaperColumn::number("Target (%)", 10.0),
        PaperColumn::number("Bobot", 9.0),
    ];
    let mut table = numbered(plain_table(columns, rows, if_none));
    title.clone_into(&mut table.title);
    table
}

/// The indicators of coaching that count: one of weight nothing is out of the decree.
fn coaching(material: &PaperMaterial<'_>) -> PaperTable {
    let decree = &material.context.decree;
    let in_force = CoachingIndicator::ALL.into_iter().filter(|indicator| decree.rule(*indicator).weight > 0.0);
    let rows = in_force.map(|indicator| {
        let rule = decree.rule(indicator);
        vec![
            PaperCell::words(indicator.code()),
            PaperCell::words(indicator.name()),
            PaperCell::words(&coaching_formula(indicator, decree.report_due_day)),
            PaperCell::Count(rule.target),
            PaperCell::Count(rule.weight),
        ]
    });
    indicator_table("Indikator kinerja pembinaan", rows.collect(), "Tidak ada indikator yang berlaku.")
}

/// The service indicators of the year, as their list writes them.
fn services(material: &PaperMaterial<'_>) -> PaperTable {
    let context = material.context;
    let subject = context.subject;
    let known = context.evaluator.services(subject.puskesmas, subject.period.year());
    let rows = known.into_iter().map(|(_, service)| {
        vec![
            PaperCell::words(&service.code),
            PaperCell::words(&service.name),
            PaperCell::words(&service_formula(service.aggregation, service.direction)),
            PaperCell::Count(service.target),
            PaperCell::Count(service.weight),
        ]
    });
    indicator_table("Indikator layanan", rows.collect(), "Belum ada indikator layanan tahun ini.")
}
