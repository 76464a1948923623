//! *Evaluasi pembinaan empat bulanan*, after the terms of reference, chapter H: what was planned, changed and done,
//! the indicators against their targets, the change form, problems with their follow-up, conclusion, signatures.

use super::{conclusion, described, figures, signed, written};
use crate::definitions::PanelKind;
use crate::domain::records::Field;
use crate::domain::{CoachingIndicator, Status, Table};
use crate::report::cells::{numbered, panel, status_table, without};
use crate::report::document::{Block, PaperCell, PaperColumn, PaperTable, Part, RowHeight};
use crate::report::{PaperMaterial, ReportError};

/// Blank rows of a form that names nobody.
const FORM_ROWS_MIN: usize = 5;
/// Columns of the table of problems, the running number apart.
const PROBLEM_COLUMNS: usize = 7;

/// The parts of the paper.
pub(super) fn parts(material: &PaperMaterial<'_>) -> Result<Vec<Part>, ReportError> {
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

fn changes(material: &PaperMaterial<'_>) -> Result<Vec<Block>, ReportError> {
    let mut blocks = panel(material.context, PanelKind::ScheduleChanges)?;
    for block in &mut blocks {
        if let Block::Table(table) = block {
            "Tidak ada perubahan jadwal pada periode ini.".clone_into(&mut table.empty);
        }
    }
    Ok(blocks)
}

/// Lists the problems that people wrote of the period, then facilities below Baik that are not among them, with the
/// findings of the period. Causes are for people to write.
fn problems(material: &PaperMaterial<'_>) -> Block {
    let context = material.context;
    let period = context.subject.period;
    let findings = |facility: u32| {
        let visits = context.evaluator.facts().visits.iter().filter(|visit| visit.facility == facility);
        let within = visits
            .filter(|visit| visit.date.counts_from() <= context.subject.as_of && period.contains(visit.date.month()));
        within.filter_map(|visit| visit.finding.as_deref()).collect::<Vec<_>>().join("; ")
    };
    let told = written::problems(context);
    let mut rows: Vec<Vec<PaperCell>> = told.iter().map(|row| written::problem_row(context, row)).collect();
    for result in
        context.facilities().filter(|result| matches!(context.status(&result.block), Status::Fair | Status::Poor))
    {
        let name = context.facility(result.facility).name.as_str();
        if told.iter().any(|row| row.facility.as_deref() == Some(name)) {
            continue;
        }
        let mut row = vec![PaperCell::words(name), PaperCell::words(&findings(result.facility))];
        row.resize(PROBLEM_COLUMNS, PaperCell::Blank);
        rows.push(row);
    }
    while rows.len() < FORM_ROWS_MIN {
        rows.push(vec![PaperCell::Blank; PROBLEM_COLUMNS]);
    }
    Block::Table(numbered(PaperTable {
        title: "Masalah, penyebab, dan tindak lanjut".to_owned(),
        note:
            "Dari tabel Evaluasi. Faskes berstatus Cukup dan Kurang yang belum ada di sana ditambahkan dengan temuan \
               pembinaan periode ini; penyebab dan kesepakatannya diisi bersama."
                .to_owned(),
        columns: vec![
            described(Table::Problems, Field::Name, 20.0),
            described(Table::Problems, Field::Problem, 24.0),
            described(Table::Problems, Field::Cause, 22.0),
            described(Table::Problems, Field::Agreed, 22.0),
            described(Table::Problems, Field::Person, 16.0),
            described(Table::Problems, Field::Due, 16.0),
            PaperColumn::text("Bukti Tindak Lanjut", 16.0),
        ],
        rows,
        totals: Vec::new(),
        empty: String::new(),
        row_height: RowHeight::Form,
    }))
}
