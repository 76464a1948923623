//! The form of schedule changes: No, Jaringan/Jejaring, Jadwal Pelaksanaan, Perubahan Jadwal, Ket. (the reason that
//! somebody wrote), and beside it what became of the slot.

use super::context::PageContext;
use super::slots::state;
use super::table::{DataCell, DataColumn, DataRow, DataTable};
use crate::domain::{Month, format};

/// The slots of the period's year that a change moved or cancelled, as far as planned or moved into the period.
pub fn schedule_changes(context: &PageContext<'_>, id: &str) -> DataTable {
    let period = context.subject.period;
    let mut rows: Vec<DataRow> = Vec::new();
    for result in context.facilities() {
        let changed = result.slots.iter().filter(|slot| slot.effective != Some(slot.planned));
        let touched = changed
            .filter(|slot| period.contains(slot.planned) || slot.effective.is_some_and(|month| period.contains(month)));
        for slot in touched {
            let number = u32::try_from(rows.len() + 1).unwrap_or(u32::MAX);
            rows.push(DataRow {
                cells: vec![
                    DataCell::Count(f64::from(number)),
                    DataCell::Facility(result.facility, context.facility(result.facility).name.clone()),
                    DataCell::Month(slot.planned),
                    slot.effective.map_or_else(|| DataCell::Text("Dibatalkan".to_owned()), DataCell::Month),
                    reason(context, result.facility, slot.planned),
                    state(slot.state),
                ],
            });
        }
    }
    DataTable {
        name: id.to_owned(),
        title: "Formulir perubahan jadwal".to_owned(),
        note: String::new(),
        caption: format!("Perubahan yang menyangkut {}", format::period_with_months(period)),
        columns: vec![
            DataColumn::number("no", "No", "Nomor"),
            DataColumn::text("faskes", "Jaringan/Jejaring"),
            DataColumn::text("rencana", "Jadwal Pelaksanaan"),
            DataColumn::text("perubahan", "Perubahan Jadwal"),
            DataColumn::text("ket", "Ket."),
            DataColumn::text("keadaan", "Keadaan"),
        ],
        rows,
        totals: Vec::new(),
    }
}

/// Why a slot was moved or cancelled: the reasons of the changes that brought it where it is, each once.
fn reason(context: &PageContext<'_>, facility: u32, planned: Month) -> DataCell {
    let mut reasons: Vec<String> = Vec::new();
    for change in context.evaluator.changes_of_slot(facility, planned) {
        for words in [change.reason.clone().unwrap_or_default(), change.approval.words()] {
            if !words.is_empty() && !reasons.contains(&words) {
                reasons.push(words);
            }
        }
    }
    if reasons.is_empty() { DataCell::Blank("alasan tidak ditulis") } else { DataCell::Text(reasons.join("; ")) }
}
