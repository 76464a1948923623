//! The form of schedule changes: No, Jaringan/Jejaring, Jadwal Pelaksanaan, Perubahan Jadwal, Ket.

use super::context::Context;
use super::table::{Cell, Column, Row, Table};
use crate::domain::format;
use crate::domain::schedule::SlotOutcome;

/// The slots of the period's year that a change moved or cancelled, as far as planned or moved into the period.
pub fn schedule_changes(context: &Context<'_>, id: &str) -> Table {
    let period = context.subject.period;
    let mut rows: Vec<Row> = Vec::new();
    for result in context.facilities() {
        let changed = result.slots.iter().filter(|slot| slot.effective != Some(slot.planned));
        let touched = changed
            .filter(|slot| period.contains(slot.planned) || slot.effective.is_some_and(|month| period.contains(month)));
        for slot in touched {
            let number = u32::try_from(rows.len() + 1).unwrap_or(u32::MAX);
            rows.push(Row {
                cells: vec![
                    Cell::Count(f64::from(number)),
                    Cell::Facility(result.facility, context.facility(result.facility).name.clone()),
                    Cell::Month(slot.planned),
                    slot.effective.map_or_else(|| Cell::Text("Dibatalkan".to_owned()), Cell::Month),
                    reason(context, result.facility, slot),
                ],
            });
        }
    }
    Table {
        name: id.to_owned(),
        title: "Formulir perubahan jadwal".to_owned(),
        note: String::new(),
        caption: format!("Perubahan yang menyangkut {}", format::period_with_months(period)),
        columns: vec![
            Column::number("no", "No", "Nomor"),
            Column::text("faskes", "Jaringan/Jejaring"),
            Column::text("rencana", "Jadwal Pelaksanaan"),
            Column::text("perubahan", "Perubahan Jadwal"),
            Column::text("ket", "Ket."),
        ],
        rows,
        totals: Vec::new(),
    }
}

/// Why a slot was changed: what the last change that led to its month says. (What became of it stands in the table of
/// slots; this form tells the head why.)
fn reason(context: &Context<'_>, facility: u32, slot: &SlotOutcome) -> Cell {
    let facts = context.evaluator.facts();
    let changes = facts.changes.iter().zip(&facts.change_reasons).filter(|(change, _)| change.facility == facility);
    let mut about = changes.filter(|(change, _)| change.moved_to == slot.effective || change.named == slot.planned);
    let told = about.rfind(|(_, reason)| !reason.is_empty());
    told.map_or(Cell::Blank("tidak ditulis di rekap"), |(_, reason)| Cell::Text(reason.clone()))
}
