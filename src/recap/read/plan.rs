//! Jadwal and Perubahan Jadwal.

use std::collections::BTreeSet;

use super::Reader;
use super::row::RowReader;
use crate::diagnostic::IssueCode;
use crate::domain::records::{ChangeRow, Field, SlotRow, Sourced};
use crate::domain::{Month, format};
use crate::recap::cells::date;
use crate::recap::cells::mark::{Mark, planned};
use crate::recap::cells::month::{Moved, read, read_moved};
use crate::recap::cells::{Fault, Reading};
use crate::recap::heading::Column;

/// Planned months: a record for each mark.
pub(super) fn schedule(reader: &mut Reader<'_>, months: &[(u32, u32)]) -> Vec<Sourced<SlotRow>> {
    let year = reader.table.received.year();
    let from_1904 = reader.table.counts_from_1904;
    let mut rows = Vec::new();
    let mut seen: BTreeSet<(String, Month)> = BTreeSet::new();
    reader.each_row(&mut |row| {
        let facility = row.facility();
        let name_cells = row.cells();
        let mut slots = Vec::new();
        for (month, column) in months {
            let place = row.place_in(*column);
            let label = format::MONTHS[*month as usize - 1];
            let value = row.value_in(*column);
            let month = Month::new(year, *month);
            // The day of a visit plans it as a mark does.
            let is_day = month.is_some_and(|month| date::is_day_of(value, month, from_1904));
            let is_filled = row.reader.table.planned_fills.binary_search(&place).is_ok();
            let mark = if is_filled { Ok(Some(Mark::Yes)) } else { planned(value) };
            match row.take(place, Field::Month, label, mark) {
                Some(Mark::Yes) => slots.extend(month.map(|month| (month, place))),
                Some(Mark::Unknown) if is_day => slots.extend(month.map(|month| (month, place))),
                Some(Mark::Unknown) => row.unknown_value(place, label, "beri tanda X pada bulan yang direncanakan"),
                Some(Mark::No) | None => {}
            }
        }
        let Some(facility) = facility else { return };
        if slots.iter().any(|(month, _)| seen.contains(&(facility.clone(), *month))) {
            row.duplicate("bulan yang sama untuk nama ini");
        }
        if row.is_rejected() {
            return;
        }
        for (month, place) in slots {
            seen.insert((facility.clone(), month));
            let mut cells = name_cells.clone();
            cells.push((Field::Month, place));
            rows.push(Sourced { record: SlotRow { facility: facility.clone(), month }, cells });
        }
    });
    rows
}

/// Changes in row order: a change may name the month to which one before it moved the slot.
pub(super) fn changes(reader: &mut Reader<'_>) -> Vec<Sourced<ChangeRow>> {
    let mut plan = reader.context.plan();
    let mut rows = Vec::new();
    reader.each_row(&mut |row| {
        let facility = row.facility();
        let named = needed_month(row, Column::Planned, Field::Month, "Jadwal Pelaksanaan", read);
        let moved = needed_month(row, Column::Moved, Field::MovedTo, "Perubahan Jadwal", read_moved);
        check_year(row, named, moved);
        if let (Some(facility), Some(named)) = (&facility, named)
            && !plan.names_a_slot(facility, named)
        {
            unknown_slot(row, facility, named, &plan.months_of(facility));
        }
        if let (Some(facility), Some(named), Some(moved), false) = (facility, named, moved, row.is_rejected()) {
            let moved_to = match moved {
                Moved::To(month) => Some(month),
                Moved::Cancelled => None,
            };
            plan.apply_change(&facility, named, moved_to);
            rows.push(Sourced { record: ChangeRow { facility, named, moved_to }, cells: row.cells() });
        }
    });
    rows
}

fn needed_month<T>(
    row: &mut RowReader<'_, '_>,
    column: Column,
    field: Field,
    label: &str,
    read: fn(Option<&crate::workbook::CellValue>, i32, bool) -> Reading<T>,
) -> Option<T> {
    let place = row.place(column)?;
    let (value, year, from_1904) = row.month_value(column);
    let reading = read(value, year, from_1904);
    if matches!(reading, Ok(None)) {
        row.missing(place, label, "perubahan memerlukan bulan semula dan bulan baru (atau Dibatalkan)");
        return None;
    }
    row.take(place, field, label, reading)
}

/// A slot stays in its year.
fn check_year(row: &mut RowReader<'_, '_>, named: Option<Month>, moved: Option<Moved>) {
    if let (Some(named), Some(Moved::To(moved)), Some(place)) = (named, moved, row.place(Column::Moved))
        && named.year() != moved.year()
    {
        let why = format!(
            "{} berada di tahun lain dari {}; jadwal hanya dapat dipindah dalam tahun yang sama",
            format::month(moved),
            format::month(named)
        );
        row.wrong(place, "Perubahan Jadwal", &Fault { code: IssueCode::InvalidDate, why });
    }
}

fn unknown_slot(row: &mut RowReader<'_, '_>, facility: &str, named: Month, planned: &[Month]) {
    let Some(place) = row.place(Column::Planned) else { return };
    let planned: Vec<String> = planned.iter().map(|month| format::month(*month)).collect();
    let hint = if planned.is_empty() {
        "tidak ada jadwal untuknya; impor Jadwal dulu".to_owned()
    } else {
        format!("yang dijadwalkan {}; perbaiki bulannya", planned.join(", "))
    };
    let why = format!("{facility} tidak dijadwalkan pada {}; {hint}", format::month(named));
    row.wrong(place, "Jadwal Pelaksanaan", &Fault { code: IssueCode::UnknownSlot, why });
}
