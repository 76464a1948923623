//! The form of schedule changes: No, Jaringan/Jejaring, Jadwal Pelaksanaan, Perubahan Jadwal, Ket.

use super::context::Context;
use super::slots::state;
use super::table::{Cell, Column, Row, Table};
use crate::domain::format;

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
        ],
        rows,
        totals: Vec::new(),
    }
}
