//! Facility × month: visits planned and done over the period's year.

use crate::analytics::{Calendar, CalendarCell, calendar};
use crate::charts::{Chart, ChartKind, HeatCell, HeatMap, HeatRow, MarkAnswer, MarkTarget, VisitMark};
use crate::domain::format;
use crate::domain::schedule::SlotOutcome;
use crate::domain::{Month, SlotState};

use super::context::PageContext;
use super::page::PanelBody;

/// The heat map of the year in which the period lies.
pub fn heatmap(context: &PageContext<'_>) -> PanelBody {
    let subject = context.subject;
    let mut calendar = calendar(context.evaluator, subject.puskesmas, subject.period.year(), subject.as_of);
    calendar.rows.sort_by_key(|row| context.facility(row.facility).listing_key());
    let rows: Vec<HeatRow> = calendar
        .rows
        .iter()
        .filter(|row| context.is_about(row.facility))
        .map(|row| HeatRow {
            name: context.facility(row.facility).name.clone(),
            answer: MarkAnswer::new(String::new(), MarkTarget::Facility(row.facility)),
            cells: row
                .months
                .iter()
                .enumerate()
                .map(|(place, cell)| heat_cell(context, row.facility, cell, month_at(&calendar, place)))
                .collect(),
        })
        .collect();
    let count = |wanted: &[SlotState]| {
        let marks = rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.marks);
        marks.filter(|mark| matches!(mark, VisitMark::Slot(state) if wanted.contains(state))).count()
    };
    let done = count(&[SlotState::OnSchedule, SlotState::Rescheduled, SlotState::Late, SlotState::Early]);
    let missed = count(&[SlotState::Missed]);
    let waiting = count(&[SlotState::NotDue, SlotState::Unreported]);
    if done + missed + waiting + count(&[SlotState::Cancelled]) == 0 {
        return PanelBody::Empty(format!("Jadwal tahun {} belum diimpor.", calendar.year));
    }
    let title = match missed {
        0 => format!("{done} dari {} jadwal terlaksana, tidak ada yang terlewat", done + waiting),
        missed => format!("{done} dari {} jadwal terlaksana, {missed} terlewat", done + missed + waiting),
    };
    PanelBody::chart(Chart {
        title,
        subtitle: format!("Rencana dan pelaksanaan pembinaan per bulan, tahun {}", calendar.year),
        source: context.source(),
        description: format!(
            "Tabel faskes menurut bulan. {done} jadwal terlaksana, {missed} tidak terlaksana, {waiting} belum waktunya atau belum lapor."
        ),
        kind: ChartKind::HeatMap(HeatMap { months: format::MONTHS_SHORT.map(ToOwned::to_owned).to_vec(), rows }),
    })
}

fn month_at(calendar: &Calendar, place: usize) -> Month {
    Month::from_number(calendar.year * 12 + i32::try_from(place).unwrap_or(0))
}

fn heat_cell(context: &PageContext<'_>, facility: u32, cell: &CalendarCell, month: Month) -> HeatCell {
    let mut marks: Vec<VisitMark> = cell.slots.iter().map(|slot| VisitMark::Slot(slot.state)).collect();
    marks.extend((0..cell.unscheduled).map(|_| VisitMark::Unscheduled));
    let mut sentences: Vec<String> =
        cell.slots.iter().map(|slot| slot_sentence(slot, context.person_of_slot(facility, slot.planned))).collect();
    if cell.unscheduled > 0 {
        sentences.push(format!("{} kunjungan di luar jadwal pada {}", cell.unscheduled, format::month(month)));
    }
    HeatCell { marks, detail: sentences.join("; ") }
}

/// `Rencana Mei 2023 oleh Ani, menjadi Juni 2023, dikunjungi 3 Juni 2023: Sesuai perubahan jadwal`.
fn slot_sentence(slot: &SlotOutcome, person: Option<&str>) -> String {
    let person = person.map(|person| format!(" oleh {person}")).unwrap_or_default();
    let changed = slot.effective.filter(|month| *month != slot.planned);
    let changed = changed.map(|month| format!(", menjadi {}", format::month(month))).unwrap_or_default();
    let visited = slot.visit.map(|date| format!(", dikunjungi {}", format::visit_date(date))).unwrap_or_default();
    format!("Rencana {}{person}{changed}{visited}: {}", format::month(slot.planned), slot.state.label())
}
