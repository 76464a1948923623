//! Slots and visits of the year: what was planned, what it became, when it was done.

use crate::domain::schedule::SlotOutcome;
use crate::domain::{Month, SlotState, format};

use super::context::Context;
use super::table::{Cell, Column, Row, Table, Tone};

/// Place of the column that names the person in charge: behind the facility and the planned month.
const PERSON_PLACE: usize = 2;

/// All slots of the period's year, then the period's visits that serve none.
pub fn slots(context: &Context<'_>, id: &str) -> Table {
    let mut rows = Vec::new();
    for result in context.facilities() {
        let name = || Cell::Facility(result.facility, context.facility(result.facility).name.clone());
        rows.extend(result.slots.iter().map(|slot| {
            let mut cells = slot_cells(name(), slot);
            cells.insert(PERSON_PLACE, person(context, result.facility, slot.planned));
            Row { cells }
        }));
        rows.extend(result.unscheduled.iter().map(|date| Row {
            cells: vec![
                name(),
                Cell::Blank("tidak dijadwalkan"),
                Cell::Blank("tidak dijadwalkan"),
                Cell::Blank("tidak dijadwalkan"),
                Cell::Visit(*date),
                Cell::State("Di luar jadwal".to_owned(), Tone::Neutral),
            ],
        }));
    }
    let mut columns = columns();
    columns.insert(PERSON_PLACE, Column::text("pj", "Penanggung jawab"));
    Table {
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
fn person(context: &Context<'_>, facility: u32, planned: Month) -> Cell {
    let person = context.person_of_slot(facility, planned);
    person.map_or(Cell::Blank("tidak ditulis di jadwal"), |person| Cell::Text(person.to_owned()))
}

/// Heads of tables of slots.
pub fn columns() -> Vec<Column> {
    vec![
        Column::text("faskes", "Faskes"),
        Column::text("rencana", "Jadwal"),
        Column::text("perubahan", "Setelah perubahan"),
        Column::text("dilaksanakan", "Dilaksanakan"),
        Column::text("keadaan", "Keadaan"),
    ]
}

/// One slot's cells under [`columns`].
pub fn slot_cells(name: Cell, slot: &SlotOutcome) -> Vec<Cell> {
    let changed = match slot.effective {
        None => Cell::Text("Dibatalkan".to_owned()),
        Some(month) if month == slot.planned => Cell::Blank("tidak berubah"),
        Some(month) => Cell::Month(month),
    };
    let visit = slot.visit.map_or(Cell::Blank(no_visit(slot.state)), Cell::Visit);
    vec![name, Cell::Month(slot.planned), changed, visit, state(slot.state)]
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
pub fn state(state: SlotState) -> Cell {
    let tone = match state {
        SlotState::OnSchedule | SlotState::Rescheduled => Tone::Good,
        SlotState::Late | SlotState::Early => Tone::Fair,
        SlotState::Missed => Tone::Poor,
        SlotState::Unreported | SlotState::NotDue | SlotState::Cancelled => Tone::Neutral,
    };
    Cell::State(state.label().to_owned(), tone)
}
