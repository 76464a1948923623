//! *Bahan lokmin*: PWS of every service indicator, the status table, findings, overdue follow-ups, next month's plan.

use super::activity::findings_table;
use super::{district_year, figures, written};
use crate::dashboard::PageContext;
use crate::definitions::{PanelKind, PwsChoice};
use crate::domain::{Month, format};
use crate::report::cells::{as_of_note, numbered, panel, status_table};
use crate::report::document::{Block, PaperCell, PaperColumn, PaperTable, Part, RowHeight};
use crate::report::narrative::overdue_items;
use crate::report::{PaperMaterial, ReportError};

/// The parts of the paper.
pub(super) fn parts(material: &PaperMaterial<'_>) -> Result<Vec<Part>, ReportError> {
    let context = material.context;
    let mut decided = vec![written::last_decisions(context)];
    decided.extend(written::open_reviews(context));
    decided.extend(district_year::matters_block(context));
    Ok(vec![
        Part::portrait("Ringkasan", material.narrative.blocks()),
        Part::portrait("Pemantauan wilayah setempat", pws(context)?),
        Part::portrait("Temuan", vec![findings_table(context)]),
        Part::portrait("RTL lewat batas waktu", vec![overdue(context)]),
        Part::portrait("Rencana bulan berikutnya", vec![next_month(context)]),
        // The wide tables last: every turn of the paper leaves a page half empty.
        Part::landscape("Keputusan lokmin sebelumnya", decided),
        Part::landscape("Status setiap faskes", status_table(context)?),
        Part::landscape("Kehadiran lokmin", panel(context, PanelKind::Lokmin)?),
        figures::part(context),
    ])
}

/// Chart and analysis of every service indicator of the year.
pub(super) fn pws(context: &PageContext<'_>) -> Result<Vec<Block>, ReportError> {
    let subject = context.subject;
    let codes: Vec<String> = context
        .evaluator
        .services(subject.puskesmas, subject.period.year())
        .into_iter()
        .map(|(_, definition)| definition.code.clone())
        .collect();
    if codes.is_empty() {
        return panel(context, PanelKind::Pws { of: PwsChoice::Each });
    }
    let mut blocks = Vec::new();
    for code in codes {
        blocks.extend(panel(context, PanelKind::Pws { of: PwsChoice::Service(code) })?);
    }
    Ok(blocks)
}

/// Follow-ups past their due date.
pub(super) fn overdue(context: &PageContext<'_>) -> Block {
    let as_of = context.subject.as_of;
    let rows = overdue_items(context).into_iter().map(|item| {
        let days = u32::try_from(as_of.signed_duration_since(item.due).num_days()).unwrap_or(0);
        vec![
            PaperCell::words(&context.facility(item.facility).name),
            PaperCell::words(&item.item),
            PaperCell::words(item.owner.as_deref().unwrap_or("")),
            PaperCell::Date(item.due),
            PaperCell::Count(f64::from(days)),
        ]
    });
    Block::Table(numbered(PaperTable {
        title: format!("Belum selesai pada {}", format::date(as_of)),
        note: String::new(),
        columns: vec![
            PaperColumn::text("Faskes", 22.0),
            PaperColumn::text("Rencana Tindak Lanjut", 30.0),
            PaperColumn::text("Penanggung Jawab", 18.0),
            PaperColumn::text("Batas Waktu", 15.0),
            PaperColumn::number("Lewat (hari)", 8.0),
        ],
        rows: rows.collect(),
        totals: Vec::new(),
        empty: "Tidak ada RTL yang lewat batas waktu.".to_owned(),
        row_height: RowHeight::Text,
    }))
}

/// The slots of the month after the period; slots of this year's earlier months that are still open stand with it.
fn next_month(context: &PageContext<'_>) -> Block {
    let next = context.subject.period.last_month().plus(1);
    let as_of = context.subject.as_of;
    let mut rows = Vec::new();
    let range = context.evaluator.facilities_of(context.subject.puskesmas);
    for facility in range.filter(|index| context.facility(*index).is_listed_in(next.year())) {
        let slots = context.evaluator.matching(facility, next.year(), as_of).slots;
        for slot in slots.iter().filter(|slot| slot.effective == Some(next) && slot.visit.is_none()) {
            rows.push(plan_row(context, facility, slot.planned, next));
        }
    }
    Block::Table(numbered(PaperTable {
        title: format!("Jadwal pembinaan {}", format::month(next)),
        note: as_of_note(context),
        columns: vec![
            PaperColumn::text("Faskes", 26.0),
            PaperColumn::text("Jenis", 14.0),
            PaperColumn::text("Keterangan", 26.0),
            PaperColumn::text("Tanggal", 14.0),
            PaperColumn::text("Pembina", 18.0),
        ],
        rows,
        totals: Vec::new(),
        empty: format!("Tidak ada jadwal pada {}.", format::month(next)),
        row_height: RowHeight::Form,
    }))
}

fn plan_row(context: &PageContext<'_>, facility: u32, planned: Month, next: Month) -> Vec<PaperCell> {
    let facility = context.facility(facility);
    let remark = if planned == next { String::new() } else { format!("pindahan dari {}", format::month(planned)) };
    vec![
        PaperCell::words(&facility.name),
        PaperCell::words(&facility.kind),
        PaperCell::words(&remark),
        PaperCell::Blank,
        PaperCell::Blank,
    ]
}
