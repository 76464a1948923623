//! *Laporan PKP*: the programs and their classes with the radar, every row with its figures, and each figure of the sheet
//! that does not follow from its counts.

use super::{narrative_to_end, signed};
use crate::dashboard::pkp::{PkpAssessment, PkpRow};
use crate::domain::Status;
use crate::domain::pkp::PkpLevel;
use crate::report::document::{Block, PaperCell, PaperColumn, PaperTable, Part, RowHeight};
use crate::report::{PaperMaterial, ReportError};

/// The parts of the paper.
#[expect(clippy::unnecessary_wraps, reason = "every paper is put together by a function of this shape")]
pub(super) fn parts(material: &PaperMaterial<'_>) -> Result<Vec<Part>, ReportError> {
    let context = material.context;
    let found = PkpAssessment::new(context.evaluator.facts(), Some(context.subject.period.year()));
    let mut first = vec![Block::Paragraph(opening(&found)), programs(&found)];
    first.extend(found.chart.clone().map(|chart| Block::Chart(Box::new(chart))));
    first.push(Block::Note(format!("{} Dasar: {}.", found.bands.printed, found.bands.basis)));
    let mut parts =
        vec![Part::portrait("Kinerja program", first), Part::landscape("Kinerja per baris", vec![rows(&found)])];
    if !found.differences.is_empty() {
        parts.push(Part::portrait("Beda dengan angka di lembar", vec![differences(&found)]));
    }
    parts.push(signed("Kesimpulan", narrative_to_end(material), material));
    Ok(parts)
}

fn opening(found: &PkpAssessment) -> String {
    if found.rows.is_empty() {
        return format!("Belum ada lembar PKP tahun {}.", found.year);
    }
    format!(
        "{}. {} dari {} baris yang dinilai sudah dilaporkan; rata-rata dihitung dari yang dilaporkan saja.",
        found.finding(),
        found.reported,
        found.asked
    )
}

fn performance(row: &PkpRow) -> PaperCell {
    match row.performance {
        Some(number) => PaperCell::Figure(number, None),
        None => PaperCell::Missing(row.shown.clone()),
    }
}

fn class(row: &PkpRow) -> PaperCell {
    if row.class == Status::NoData { PaperCell::Blank } else { PaperCell::words(row.class.label()) }
}

fn programs(found: &PkpAssessment) -> Block {
    let is_shown = |row: &&PkpRow| matches!(row.level, PkpLevel::Effort | PkpLevel::Program);
    let cells = |row: &PkpRow| {
        vec![
            PaperCell::words(&row.code),
            PaperCell::words(&row.name),
            performance(row),
            class(row),
            row.change.map_or(PaperCell::Blank, PaperCell::Change),
            PaperCell::words(&row.reason),
        ]
    };
    Block::Table(PaperTable {
        title: format!("Kinerja upaya dan program tahun {}", found.year),
        note: "Persen; manajemen dalam nilai 0–10.".to_owned(),
        columns: vec![
            PaperColumn::text("Kode", 8.0),
            PaperColumn::text("Upaya dan program", 34.0),
            PaperColumn::number("Kinerja", 11.0),
            PaperColumn::text("Kelas", 14.0),
            PaperColumn::number("Tren", 10.0),
            PaperColumn::text("Keterangan", 20.0),
        ],
        rows: found.rows.iter().filter(is_shown).map(cells).collect(),
        totals: Vec::new(),
        empty: "Belum ada lembar PKP tahun ini.".to_owned(),
        row_height: RowHeight::Text,
    })
}

fn rows(found: &PkpAssessment) -> Block {
    let count = |number: Option<f64>| number.map_or(PaperCell::Blank, PaperCell::Count);
    let cells = |row: &PkpRow| {
        vec![
            PaperCell::words(&row.code),
            PaperCell::words(&row.name),
            PaperCell::words(&row.target),
            count(row.population),
            count(row.planned),
            count(row.reached),
            PaperCell::words(&row.coverage),
            performance(row),
            class(row),
            PaperCell::words(&row.words[0]),
            PaperCell::words(&row.words[1]),
        ]
    };
    Block::Table(PaperTable {
        title: format!("Upaya, program, variabel, dan sub variabel tahun {}", found.year),
        note: "Sub variabel: pencapaian dibagi target sasaran, paling tinggi 100 %; di atasnya rata-rata sederhana."
            .to_owned(),
        columns: vec![
            PaperColumn::text("Kode", 9.0),
            PaperColumn::text("Uraian", 30.0),
            PaperColumn::text("Target", 10.0),
            PaperColumn::number("Total sasaran", 10.0),
            PaperColumn::number("Target sasaran", 10.0),
            PaperColumn::number("Pencapaian", 10.0),
            PaperColumn::text("Cakupan riil", 11.0),
            PaperColumn::number("Kinerja", 10.0),
            PaperColumn::text("Kelas", 10.0),
            PaperColumn::text("Akar penyebab", 18.0),
            PaperColumn::text("RTL", 18.0),
        ],
        rows: found.rows.iter().map(cells).collect(),
        totals: Vec::new(),
        empty: "Belum ada lembar PKP tahun ini.".to_owned(),
        row_height: RowHeight::Text,
    })
}

fn differences(found: &PkpAssessment) -> Block {
    let rows = found.differences.iter().map(|difference| {
        vec![
            PaperCell::words(&difference.code),
            PaperCell::words(&difference.name),
            PaperCell::words(difference.field.label()),
            PaperCell::words(&difference.written),
            PaperCell::words(&difference.computed),
        ]
    });
    Block::Table(PaperTable {
        title: "Angka lembar yang bukan hasil hitungannya".to_owned(),
        note: "Yang dipakai hasil hitung ulang.".to_owned(),
        columns: vec![
            PaperColumn::text("Kode", 10.0),
            PaperColumn::text("Uraian", 34.0),
            PaperColumn::text("Angka", 18.0),
            PaperColumn::text("Tertulis", 14.0),
            PaperColumn::text("Hitung ulang", 14.0),
        ],
        rows: rows.collect(),
        totals: Vec::new(),
        empty: "Tidak ada.".to_owned(),
        row_height: RowHeight::Text,
    })
}
