//! *Evaluasi pembinaan empat bulanan*, after the terms of reference, chapter H: what was planned, changed and done,
//! the indicators against their targets, the change form, problems with their follow-up, conclusion, signatures.

use super::{figures, signed};
use crate::definitions::PanelKind;
use crate::domain::{CoachingIndicator, Status};
use crate::report::cells::{numbered, panel, status_table, without};
use crate::report::document::{Block, PaperCell, PaperColumn, PaperTable, Part, RowHeight};
use crate::report::narrative::SectionKey;
use crate::report::{Material, ReportError};

/// Blank rows of a form that names nobody.
const FORM_ROWS_MIN: usize = 5;
/// Lines to write a conclusion on.
const CONCLUSION_LINES: u32 = 8;

/// The parts of the paper.
pub(super) fn parts(material: &Material<'_>) -> Result<Vec<Part>, ReportError> {
    let context = material.context;
    let all = CoachingIndicator::ALL.to_vec();
    let mut summary = material.narrative.blocks();
    summary.extend(panel(context, PanelKind::ScoreBars)?);
    let mut indicators = panel(context, PanelKind::Indicators { indicators: all.clone() })?;
    indicators.extend(panel(context, PanelKind::Radar { indicators: all })?);
    let schedule = panel(context, PanelKind::EvaluationTable { indicators: Vec::new() })?;
    let status = status_table(context)?;
    let follow_ups = panel(context, PanelKind::FollowUps)?;
    Ok(vec![
        Part::portrait("Ringkasan", summary),
        Part::portrait("Pelaksanaan terhadap jadwal", schedule.into_iter().map(schedule_block).collect()),
        Part::portrait("Indikator seluruh faskes", indicators),
        Part::portrait("Formulir perubahan jadwal", changes(material)?),
        Part::landscape("Indikator setiap faskes", status),
        Part::landscape("Rencana tindak lanjut", follow_ups),
        Part::landscape("Masalah dan penyebab", vec![problems(material)]),
        signed("Kesimpulan", conclusion(material), material),
        figures::part(context),
    ])
}

/// What people concluded, or lines to write it on.
fn conclusion(material: &Material<'_>) -> Vec<Block> {
    let written = material.narrative.sentences(SectionKey::Conclusion);
    if written.is_empty() {
        return vec![Block::Lines(CONCLUSION_LINES)];
    }
    written.into_iter().map(Block::Paragraph).collect()
}

/// The score stands in the tables of indicators; here only whether the plan was kept.
fn schedule_block(block: Block) -> Block {
    match block {
        Block::Table(mut table) => {
            table.totals.clear();
            Block::Table(without(table, &["Skor", "Status"]))
        }
        other => other,
    }
}

fn changes(material: &Material<'_>) -> Result<Vec<Block>, ReportError> {
    let mut blocks = panel(material.context, PanelKind::ScheduleChanges)?;
    for block in &mut blocks {
        if let Block::Table(table) = block {
            "Tidak ada perubahan jadwal pada periode ini.".clone_into(&mut table.empty);
        }
    }
    Ok(blocks)
}

/// Names who lies below Baik, with the findings of the period; causes are for people to write.
fn problems(material: &Material<'_>) -> Block {
    let context = material.context;
    let period = context.subject.period;
    let findings = |facility: u32| {
        let visits = context.evaluator.facts().visits.iter().filter(|visit| visit.facility == facility);
        let within = visits.filter(|visit| {
            visit.date <= context.subject.as_of && period.contains(crate::domain::Month::of(visit.date))
        });
        within.filter_map(|visit| visit.finding.as_deref()).collect::<Vec<_>>().join("; ")
    };
    let mut rows: Vec<Vec<PaperCell>> = Vec::new();
    for result in context.facilities().filter(|result| matches!(result.block.status, Status::Fair | Status::Poor)) {
        let name = PaperCell::words(&context.facility(result.facility).name);
        let problem = PaperCell::words(&findings(result.facility));
        rows.push(vec![name, problem, PaperCell::Blank, PaperCell::Blank, PaperCell::Blank, PaperCell::Blank]);
    }
    while rows.len() < FORM_ROWS_MIN {
        rows.push(vec![PaperCell::Blank; 6]);
    }
    Block::Table(numbered(PaperTable {
        title: "Masalah, penyebab, dan tindak lanjut".to_owned(),
        note: "Faskes berstatus Cukup dan Kurang; masalah terisi dari temuan pembinaan periode ini, \
               penyebab dan kesepakatan diisi bersama."
            .to_owned(),
        columns: vec![
            PaperColumn::text("Nama", 20.0),
            PaperColumn::text("Masalah", 24.0),
            PaperColumn::text("Penyebab", 22.0),
            PaperColumn::text("Tindak Lanjut", 22.0),
            PaperColumn::text("Penanggung Jawab", 16.0),
            PaperColumn::text("Batas Waktu", 12.0),
        ],
        rows,
        totals: Vec::new(),
        empty: String::new(),
        row_height: RowHeight::Form,
    }))
}
