//! The form of schedule changes: No, Jaringan/Jejaring, Jadwal Pelaksanaan, Perubahan Jadwal, Ket. (the reason that
//! somebody wrote), and beside it what became of the slot.

use super::context::Context;
use super::slots::state;
use super::table::{Cell, Column, Row, Table};
use crate::domain::{Month, format};

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
                    reason(context, result.facility, slot.planned),
                    state(slot.state),
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
            Column::text("keadaan", "Keadaan"),
        ],
        rows,
        totals: Vec::new(),
    }
}

/// Why a slot was moved or cancelled: the reasons of the changes that brought it where it is, each once.
fn reason(context: &Context<'_>, facility: u32, planned: Month) -> Cell {
    let mut reasons: Vec<&str> = Vec::new();
    for change in context.evaluator.changes_of_slot(facility, planned) {
        let reason = change.reason.as_deref().filter(|reason| !reasons.contains(reason));
        reasons.extend(reason);
    }
    if reasons.is_empty() { Cell::Blank("alasan tidak ditulis") } else { Cell::Text(reasons.join("; ")) }
}
