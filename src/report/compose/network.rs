//! *Laporan pengelolaan jejaring*: the evidence of each phase, the agreements, the five steps, the structures and the seven
//! aspects of integration of a year, as the page shows them.

use super::{narrative_to_end, signed};
use crate::dashboard::network::{
    AgreementTable, IntegrationTable, NetworkManagement, PhaseEvidence, StageTable, StructureRow, aspect_words,
    total_words,
};
use crate::domain::network::{AspectTotal, IntegrationAspect, NetworkStage};
use crate::report::cells::numbered;
use crate::report::document::{Block, PaperCell, PaperColumn, PaperTable, Part, RowHeight};
use crate::report::{PaperMaterial, ReportError};

/// The parts of the paper.
#[expect(clippy::unnecessary_wraps, reason = "every paper is put together by a function of this shape")]
pub(super) fn parts(material: &PaperMaterial<'_>) -> Result<Vec<Part>, ReportError> {
    let found = NetworkManagement::new(material.context);
    let mut assessed = vec![Block::Paragraph(format!("{}.", found.integration.summary()))];
    assessed.extend(found.integration.chart.clone().map(|chart| Block::Chart(Box::new(chart))));
    assessed.push(aspects(&found.integration));
    Ok(vec![
        Part::portrait("Bukti P1, P2, P3", phases(&found.phases)),
        Part::landscape("PKS", vec![agreements(&found.agreements)]),
        Part::landscape("Lima langkah", vec![stages(&found.stages)]),
        Part::landscape("Struktur", vec![structures(&found.structures)]),
        Part::portrait("Integrasi", assessed),
        Part::landscape("Integrasi per faskes", vec![facilities(&found.integration)]),
        signed("Kesimpulan", narrative_to_end(material), material),
    ])
}

fn table(title: String, columns: Vec<PaperColumn>, rows: Vec<Vec<PaperCell>>) -> PaperTable {
    PaperTable {
        title,
        note: String::new(),
        columns,
        rows,
        totals: Vec::new(),
        empty: "Belum ada.".to_owned(),
        row_height: RowHeight::Text,
    }
}

fn phases(phases: &[PhaseEvidence]) -> Vec<Block> {
    let of_phase = |evidence: &PhaseEvidence| {
        let rows = evidence.items.iter().map(|item| {
            vec![PaperCell::words(&item.asked), PaperCell::words(item.standing.label()), PaperCell::words(&item.said)]
        });
        let columns = vec![
            PaperColumn::text("Bukti", 34.0),
            PaperColumn::text("Keadaan", 16.0),
            PaperColumn::text("Keterangan", 42.0),
        ];
        let title =
            format!("{} {}: {} bukti ada", evidence.phase.code(), evidence.phase.title(), evidence.there().words());
        Block::Table(table(title, columns, rows.collect()))
    };
    phases.iter().map(of_phase).collect()
}

fn agreements(found: &AgreementTable) -> Block {
    let rows = found.rows.iter().map(|row| {
        let standing = &row.standing;
        vec![
            PaperCell::words(&row.name),
            PaperCell::words(&row.kind),
            PaperCell::words(standing.state.label()),
            PaperCell::words(standing.number.as_deref().unwrap_or_default()),
            standing.until.map_or(PaperCell::Blank, PaperCell::Date),
            PaperCell::words(if standing.is_facilitated { "Ya" } else { "" }),
            PaperCell::words(&row.steps.join("; ")),
            PaperCell::words(standing.source.label()),
        ]
    });
    let columns = vec![
        PaperColumn::text("Jejaring", 24.0),
        PaperColumn::text("Jenis", 12.0),
        PaperColumn::text("Keadaan", 15.0),
        PaperColumn::text("Nomor", 14.0),
        PaperColumn::text("Sampai", 15.0),
        PaperColumn::text("Difasilitasi dinas", 12.0),
        PaperColumn::text("Langkah", 34.0),
        PaperColumn::text("Sumber", 13.0),
    ];
    let mut table = table("PKS dengan jejaring".to_owned(), columns, rows.collect());
    table.note = format!("{}. Belum diketahui: tidak ada yang tercatat, bukan berarti tidak ada PKS.", found.summary());
    Block::Table(numbered(table))
}

fn stages(found: &StageTable) -> Block {
    let rows = found.rows.iter().map(|row| {
        let mut cells = vec![PaperCell::words(&row.name), PaperCell::words(&row.kind)];
        cells.extend(row.cells.iter().map(|cell| PaperCell::words(&cell.words())));
        cells
    });
    let mut columns = vec![PaperColumn::text("Faskes", 22.0), PaperColumn::text("Jenis", 11.0)];
    columns.extend(NetworkStage::ALL.map(|stage| PaperColumn::text(stage.label(), 19.0)));
    let mut table = table("Lima langkah pengelolaan".to_owned(), columns, rows.collect());
    let mut totals = vec![PaperCell::words("Tercatat"), PaperCell::Blank];
    totals.extend(NetworkStage::ALL.map(|stage| PaperCell::words(&found.done(stage).cell_words())));
    "Di dalam kurung sumbernya. Tanda – berarti tidak berlaku: jaringan adalah bagian Puskesmas."
        .clone_into(&mut table.note);
    table.totals = vec![totals];
    Block::Table(table)
}

fn structures(rows: &[StructureRow]) -> Block {
    let rows = rows.iter().map(|row| {
        let count = u32::try_from(row.facilities).unwrap_or(u32::MAX);
        let mut cells = vec![
            PaperCell::words(row.name),
            PaperCell::Count(f64::from(count)),
            PaperCell::words(&row.agreements.cell_words()),
        ];
        cells.extend(row.stages.iter().map(|share| PaperCell::words(&share.cell_words())));
        cells
    });
    let mut columns = vec![
        PaperColumn::text("Struktur", 22.0),
        PaperColumn::number("Faskes", 9.0),
        PaperColumn::text("PKS berlaku", 12.0),
    ];
    columns.extend(NetworkStage::ALL.map(|stage| PaperColumn::text(stage.label(), 15.0)));
    let mut table = table("Lima struktur jejaring".to_owned(), columns, rows.collect());
    "Satu faskes dapat masuk lebih dari satu struktur.".clone_into(&mut table.note);
    Block::Table(table)
}

fn aspects(found: &IntegrationTable) -> Block {
    let percent = |total: AspectTotal| match total.percent() {
        Some(percent) => PaperCell::Figure(percent, exact(total)),
        None => PaperCell::Missing(total_words(total)),
    };
    let rows =
        IntegrationAspect::ALL.into_iter().zip(found.totals).zip(found.before).map(|((aspect, total), before)| {
            vec![
                PaperCell::words(aspect.label()),
                percent(total),
                percent(before),
                PaperCell::words(&found.detail(total)),
            ]
        });
    let columns = vec![
        PaperColumn::text("Aspek", 26.0),
        PaperColumn::number("Persen", 13.0),
        PaperColumn::number("Tahun lalu", 13.0),
        PaperColumn::text("Dihitung dari", 40.0),
    ];
    Block::Table(table(format!("Tujuh aspek integrasi tahun {}", found.year), columns, rows.collect()))
}

/// The counts behind a percentage, where they are small enough to be told exactly.
fn exact(total: AspectTotal) -> Option<(f64, f64)> {
    let whole = |count: u64| u32::try_from(count).ok().map(f64::from);
    whole(total.points).zip(whole(total.maximum))
}

fn facilities(found: &IntegrationTable) -> Block {
    let rows = found.rows.iter().map(|row| {
        let mut cells = vec![PaperCell::words(&row.name)];
        cells.extend(row.values.iter().map(|value| PaperCell::words(&aspect_words(*value))));
        cells
    });
    let mut columns = vec![PaperColumn::text("Faskes", 24.0)];
    columns.extend(IntegrationAspect::ALL.map(|aspect| PaperColumn::text(aspect.label(), 16.0)));
    let title = format!("Penilaian integrasi per faskes tahun {}", found.year);
    let mut table = table(title, columns, rows.collect());
    "Belum ada faskes yang dinilai integrasinya pada tahun ini.".clone_into(&mut table.empty);
    Block::Table(table)
}
