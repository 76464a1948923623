//! Slots and visits of the year: what was planned, what it became, when it was done.

use crate::domain::schedule::SlotOutcome;
use crate::domain::{Month, SlotState, format};

use super::context::PageContext;
use super::table::{DataCell, DataColumn, DataRow, DataTable, Tone};

/// Place of the column that names the person in charge: behind the facility and the planned month.
const PERSON_PLACE: usize = 2;

/// All slots of the period's year, then the period's visits that serve none.
pub fn slots(context: &PageContext<'_>, id: &str) -> DataTable {
    let mut rows = Vec::new();
    for result in context.facilities() {
        let name = || DataCell::Facility(result.facility, context.facility(result.facility).name.clone());
        rows.extend(result.slots.iter().map(|slot| {
            let mut cells = slot_cells(name(), slot);
            cells.insert(PERSON_PLACE, person(context, result.facility, slot.planned));
            DataRow { cells }
        }));
        rows.extend(result.unscheduled.iter().map(|date| DataRow {
            cells: vec![
                name(),
                DataCell::Blank("tidak dijadwalkan"),
                DataCell::Blank("tidak dijadwalkan"),
                DataCell::Blank("tidak dijadwalkan"),
                DataCell::Visit(*date),
                DataCell::State("Di luar jadwal".to_owned(), Tone::Neutral),
            ],
        }));
    }
    let mut columns = columns();
    columns.insert(PERSON_PLACE, DataColumn::text("pj", "Penanggung jawab"));
    DataTable {
        name: id.to_owned(),
        title: "Jadwal dan kunjungan".to_owned(),
        note: format!("Semua jadwal tahun {}.", context.subject.period.year()),
        caption: format!("Data per {}", format::date(context.subject.as_of)),
        columns,
        rows,
        totals: Vec::new(),
    }
}

/// Who is in charge of a planned visit, as a cell.
fn person(context: &PageContext<'_>, facility: u32, planned: Month) -> DataCell {
    let person = context.person_of_slot(facility, planned);
    person.map_or(DataCell::Blank("tidak ditulis di jadwal"), |person| DataCell::Text(person.to_owned()))
}

/// Heads of tables of slots.
pub fn columns() -> Vec<DataColumn> {
    vec![
        DataColumn::text("faskes", "Faskes"),
        DataColumn::text("rencana", "Jadwal"),
        DataColumn::text("perubahan", "Setelah perubahan"),
        DataColumn::text("dilaksanakan", "Dilaksanakan"),
        DataColumn::text("keadaan", "Keadaan"),
    ]
}

/// One slot's cells under [`columns`].
pub fn slot_cells(name: DataCell, slot: &SlotOutcome) -> Vec<DataCell> {
    let changed = match slot.effective {
        None => DataCell::Text("Dibatalkan".to_owned()),
        Some(month) if month == slot.planned => DataCell::Blank("tidak berubah"),
        Some(month) => DataCell::Month(month),
    };
    let visit = slot.visit.map_or(DataCell::Blank(no_visit(slot.state)), DataCell::Visit);
    vec![name, DataCell::Month(slot.planned), changed, visit, state(slot.state)]
}

fn no_visit(state: SlotState) -> &'static str {
    match state {
        SlotState::Unreported => "rekap bulan itu belum diterima",
        SlotState::NotDue => "belum waktunya",
        SlotState::Cancelled => "dibatalkan",
        _ => "tidak ada kunjungan",
    }
}

/// A slot's state as a cell.
pub fn state(state: SlotState) -> DataCell {
    let tone = match state {
        SlotState::OnSchedule | SlotState::Rescheduled => Tone::Good,
        SlotState::Late | SlotState::Early => Tone::Fair,
        SlotState::Missed => Tone::Poor,
        SlotState::Unreported | SlotState::NotDue | SlotState::Cancelled => Tone::Neutral,
    };
    DataCell::State(state.label().to_owned(), tone)
}
