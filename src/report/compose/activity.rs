//! *Laporan pelaksanaan pembinaan*: visits with points, evidence and findings; follow-ups; what the plan became.

use super::{described, described_mark, signatures, with_signatures};
use crate::dashboard::PageContext;
use crate::dashboard::accreditation::{files_of_visit, visits};
use crate::definitions::PanelKind;
use crate::domain::records::Field;
use crate::domain::{AttachedFile, Ratio, Table};
use crate::report::cells::{as_of_note, numbered, panel};
use crate::report::document::{Block, PaperCell, PaperColumn, PaperTable, Part, RowHeight};
use crate::report::{PaperMaterial, ReportError, UNNAMED};

/// The parts of the paper.
pub(super) fn parts(material: &PaperMaterial<'_>) -> Result<Vec<Part>, ReportError> {
    let context = material.context;
    let mut plan = panel(context, PanelKind::VisitHeatmap)?;
    plan.extend(panel(context, PanelKind::EvaluationTable { indicators: Vec::new() })?.into_iter().map(|block| {
        match block {
            Block::Table(mut table) => {
                table.totals.clear();
                Block::Table(crate::report::cells::without(table, &["Skor", "Status"]))
            }
            other => other,
        }
    }));
    let mut on_visits = vec![visits_table(context)];
    on_visits.extend(attached_table(material));
    let parts = vec![
        Part::portrait("Ringkasan", material.narrative.blocks()),
        Part::portrait("Rencana dan pelaksanaan", plan),
        Part::landscape("Kunjungan pembinaan", on_visits),
        Part::landscape("Temuan", vec![findings_table(context)]),
        Part::landscape("Rencana tindak lanjut", panel(context, PanelKind::FollowUps)?),
    ];
    Ok(with_signatures(parts, signatures(material)))
}

fn visits_table(context: &PageContext<'_>) -> Block {
    let points = |cell: Option<PaperCell>| cell.unwrap_or_else(|| PaperCell::Missing("–".to_owned()));
    let mark = |present: bool| PaperCell::words(if present { "Ada" } else { "–" });
    let rows = visits(context).into_iter().map(|visit| {
        let score = visit.score();
        let percent = score.and_then(|(numerator, denominator)| Ratio { numerator, denominator }.percent());
        vec![
            PaperCell::visit(visit.date),
            PaperCell::words(&context.facility(visit.facility).name),
            PaperCell::words(&visit.form),
            PaperCell::words(visit.coach.as_deref().unwrap_or("")),
            PaperCell::words(visit.aspect.as_deref().unwrap_or("")),
            points(score.map(|(points, _)| PaperCell::Count(points))),
            points(score.map(|(_, most)| PaperCell::Count(most))),
            points(percent.map(|percent| PaperCell::Figure(percent, None))),
            mark(visit.attendance_list),
            mark(visit.minutes),
            mark(visit.photos),
        ]
    });
    Block::Table(numbered(PaperTable {
        title: "Kunjungan pada periode ini".to_owned(),
        note: format!("Skor daftar tilik, skor maksimal, dan persennya. {}", as_of_note(context)),
        columns: vec![
            described(Table::Visits, Field::Date, 16.0),
            described(Table::Visits, Field::Name, 24.0),
            described(Table::Visits, Field::Form, 18.0),
            described(Table::Visits, Field::Person, 18.0),
            described(Table::Visits, Field::Aspect, 14.0),
            PaperColumn::number("Skor", 7.0),
            PaperColumn::number("Skor Maks.", 7.0),
            PaperColumn::number("Skor %", 8.0),
            described_mark(Table::Visits, Field::AttendanceList, 8.0),
            described_mark(Table::Visits, Field::Minutes, 9.0),
            described_mark(Table::Visits, Field::Photos, 7.0),
        ],
        rows: rows.collect(),
        totals: Vec::new(),
        empty: "Tidak ada kunjungan yang tercatat pada periode ini.".to_owned(),
        row_height: RowHeight::Text,
    }))
}

/// Attached files of the period's visits; none where nothing is attached.
fn attached_table(material: &PaperMaterial<'_>) -> Option<Block> {
    let context = material.context;
    let authors = &material.letter.authors;
    let files = visits(context)
        .into_iter()
        .flat_map(|visit| files_of_visit(context, visit).into_iter().map(move |attached| (visit, attached)));
    let rows: Vec<Vec<PaperCell>> = files
        .map(|(visit, AttachedFile { kind, file, .. })| {
            vec![
                PaperCell::visit(visit.date),
                PaperCell::words(&context.facility(visit.facility).name),
                PaperCell::words(&visit.form),
                PaperCell::words(kind.label()),
                PaperCell::words(&file.name),
                PaperCell::words(authors.at(file.at).unwrap_or(UNNAMED)),
                PaperCell::Date(file.at.date_naive()),
            ]
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    Some(Block::Table(numbered(PaperTable {
        title: "Berkas bukti terlampir".to_owned(),
        note: format!("Dihitung ada walaupun kolom rekapnya kosong. {}", as_of_note(context)),
        columns: vec![
            PaperColumn::text("Tanggal", 16.0),
            PaperColumn::text("Nama Jaringan/Jejaring", 24.0),
            PaperColumn::text("Bentuk Kegiatan", 18.0),
            PaperColumn::text("Jenis", 14.0),
            PaperColumn::text("Berkas", 30.0),
            PaperColumn::text("Dilampirkan oleh", 16.0),
            PaperColumn::text("Pada", 16.0),
        ],
        rows,
        totals: Vec::new(),
        empty: String::new(),
        row_height: RowHeight::Text,
    })))
}

/// Findings of the period's visits.
pub(super) fn findings_table(context: &PageContext<'_>) -> Block {
    let found = visits(context).into_iter().filter_map(|visit| Some((visit, visit.finding.as_deref()?)));
    let rows = found.map(|(visit, finding)| {
        vec![
            PaperCell::visit(visit.date),
            PaperCell::words(&context.facility(visit.facility).name),
            PaperCell::words(visit.aspect.as_deref().unwrap_or("")),
            PaperCell::words(finding),
        ]
    });
    Block::Table(numbered(PaperTable {
        title: "Temuan pembinaan".to_owned(),
        note: as_of_note(context),
        columns: vec![
            described(Table::Visits, Field::Date, 14.0),
            described(Table::Visits, Field::Name, 22.0),
            described(Table::Visits, Field::Aspect, 14.0),
            described(Table::Visits, Field::Finding, 44.0),
        ],
        rows: rows.collect(),
        totals: Vec::new(),
        empty: "Tidak ada temuan yang ditulis pada periode ini.".to_owned(),
        row_height: RowHeight::Text,
    }))
}
