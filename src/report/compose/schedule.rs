//! *Jadwal pembinaan*: the year's plan as a matrix of facility and month, its changes, and what became of it.

use super::signed;
use crate::analytics::results::FacilityResult;
use crate::dashboard::PageContext;
use crate::definitions::PanelKind;
use crate::domain::format::MONTHS_SHORT;
use crate::domain::schedule::SlotOutcome;
use crate::domain::{Month, SlotState};
use crate::report::cells::{numbered, panel};
use crate::report::document::{Block, PaperCell, PaperColumn, PaperTable, Part, RowHeight};
use crate::report::{PaperMaterial, ReportError};

/// The parts of the paper.
pub(super) fn parts(material: &PaperMaterial<'_>) -> Result<Vec<Part>, ReportError> {
    let context = material.context;
    let mut changes = panel(context, PanelKind::ScheduleChanges)?;
    for block in &mut changes {
        if let Block::Table(table) = block {
            "Tidak ada perubahan jadwal pada periode ini.".clone_into(&mut table.empty);
        }
    }
    Ok(vec![
        Part::landscape("Jadwal", vec![matrix(context)]),
        Part::landscape("Ringkasan", material.narrative.blocks()),
        Part::portrait("Pelaksanaan", panel(context, PanelKind::VisitHeatmap)?),
        signed("Perubahan jadwal", changes, material),
    ])
}

fn matrix(context: &PageContext<'_>) -> Block {
    let year = context.subject.period.year();
    let months: Vec<Month> = (1..=12).filter_map(|month| Month::new(year, month)).collect();
    let rows = context.facilities().map(|result| {
        let facility = context.facility(result.facility);
        let mut cells = vec![PaperCell::words(&facility.name), PaperCell::words(&facility.kind)];
        cells.extend(months.iter().map(|month| PaperCell::words(&marks(&result.slots, *month))));
        let planned = result.slots.iter().filter(|slot| slot.effective.is_some()).count();
        cells.push(PaperCell::Count(f64::from(u32::try_from(planned).unwrap_or(u32::MAX))));
        cells.push(persons(context, result));
        cells
    });
    let mut columns = vec![PaperColumn::text("Nama Jaringan/Jejaring", 26.0), PaperColumn::text("Jenis", 12.0)];
    columns.extend(MONTHS_SHORT.map(|month| PaperColumn::mark(month, 5.5)));
    columns.push(PaperColumn::number("Jumlah", 8.0));
    columns.push(PaperColumn::text("Penanggung Jawab", 18.0));
    Block::Table(numbered(PaperTable {
        title: format!("Jadwal pembinaan tahun {year}"),
        note:
            "X direncanakan; P bulan baru setelah perubahan; (X) bulan semula yang dipindahkan; B dibatalkan. Bulan di \
               belakang nama penanggung jawab adalah bulan rencana semula."
                .to_owned(),
        columns,
        rows: rows.collect(),
        totals: Vec::new(),
        empty: format!("Jadwal tahun {year} belum diimpor."),
        row_height: RowHeight::Text,
    }))
}

/// Names the persons in charge of a facility's planned visits; where they are not all one person's, with the planned
/// months of each.
fn persons(context: &PageContext<'_>, result: &FacilityResult) -> PaperCell {
    let mut persons: Vec<(&str, Vec<&str>)> = Vec::new();
    for slot in &result.slots {
        let Some(person) = context.person_of_slot(result.facility, slot.planned) else { continue };
        let month = MONTHS_SHORT[slot.planned.month() as usize - 1];
        match persons.iter_mut().find(|(known, _)| *known == person) {
            Some((_, months)) => months.push(month),
            None => persons.push((person, vec![month])),
        }
    }
    match persons.as_slice() {
        [] => PaperCell::Missing("–".to_owned()),
        [(person, months)] if months.len() == result.slots.len() => PaperCell::words(person),
        _ => {
            let each = persons.iter().map(|(person, months)| format!("{person} ({})", months.join(", ")));
            PaperCell::words(&each.collect::<Vec<_>>().join("; "))
        }
    }
}

/// Returns the marks of one month in the plan: `X` planned, `(X)` moved away, `P` moved here, `B` cancelled.
fn marks(slots: &[SlotOutcome], month: Month) -> String {
    let mut marks: Vec<&str> = Vec::new();
    for slot in slots {
        let moved = slot.effective != Some(slot.planned);
        match (slot.planned == month, slot.effective == Some(month)) {
            (true, _) if slot.state == SlotState::Cancelled => marks.push("B"),
            (true, true) => marks.push("X"),
            (true, false) if moved => marks.push("(X)"),
            (false, true) => marks.push("P"),
            _ => {}
        }
    }
    marks.join(" ")
}
