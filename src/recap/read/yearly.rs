//! Lokmin of a year, months across.

use std::collections::{BTreeMap, BTreeSet};
use std::slice;

use super::Reader;
use super::row::RowReader;
use crate::diagnostic::{IssueCode, Severity};
use crate::domain::records::{CellRef, Field, LokminRow, Sourced};
use crate::domain::{Month, format};
use crate::recap::cells::date;
use crate::recap::cells::done::is_cross;
use crate::recap::cells::mark::{Mark, any, attended};
use crate::recap::cells::number::{Dot, read};
use crate::recap::cells::person_named::names_who_came;
use crate::recap::cells::{CellReading, is_blank, value_text};
use crate::recap::layout::RowSum;
use crate::recap::legend::marks::MarkOf;
use crate::recap::{Chosen, FoundTable, SaidWord, WordSort};
use crate::workbook::CellValue;

/// A yes-mark attended, a no-mark invited and absent, blank not invited.
pub(super) fn lokmin(reader: &mut Reader<'_>, months: &[(u32, u32)]) -> Vec<Sourced<LokminRow>> {
    if ask_crosses(reader, months) { Vec::new() } else { attended_rows(reader, months) }
}

fn attended_rows(reader: &mut Reader<'_>, months: &[(u32, u32)]) -> Vec<Sourced<LokminRow>> {
    let year = reader.table.received.year();
    let sort = reader.table.lokmin_sort;
    let from_1904 = reader.table.counts_from_1904;
    let mut rows: Vec<Sourced<LokminRow>> = Vec::new();
    let mut seen: BTreeSet<(String, Month)> = BTreeSet::new();
    let mut blanks = Blanks::default();
    let mut uninvited = Uninvited::default();
    let mut persons = PersonsNamed::default();
    let marks = reader.table.chosen(WordSort::Marks);
    let said = reader.table.chosen(WordSort::Blank);
    let met = if said == Some(Chosen::BlankIsAbsent) { met(reader, months) } else { BTreeSet::new() };
    let table = reader.table;
    reader.each_row(&mut |row| {
        let facility = row.facility();
        let name_cells = row.cells();
        let mut found = Vec::new();
        for (month, column) in months {
            let place = row.place_in(*column);
            let label = format::MONTHS[*month as usize - 1];
            let value = row.value_in(*column);
            blanks.count(*month, value);
            if row.reader.is_struck_month(place) || uninvited.takes(row.reader, place, value) {
                continue;
            }
            // The day on which somebody came is as good as a mark.
            let is_day = Month::new(year, *month).is_some_and(|month| date::is_day_of(value, month, from_1904));
            let reading = reading_of(row.reader, value, marks == Some(Chosen::AnyMark));
            let attended = match row.take(place, Field::Attended, label, reading) {
                Some(Mark::Yes) => true,
                Some(Mark::Unknown) if persons.counts(place, value) => true,
                Some(Mark::No) => false,
                Some(Mark::Unknown) if is_day => true,
                Some(Mark::Unknown) if marks == Some(Chosen::TicksAlone) => false,
                None if is_blank(value) && (of_fill(table, place).is_some() || met.contains(month)) => {
                    row.note(Field::Attended, place);
                    of_fill(table, place).unwrap_or(false)
                }
                Some(Mark::Unknown) => {
                    row.unknown_value(place, label, "tulis √ bila hadir, - bila tidak hadir");
                    row.reader.offer_marks(place);
                    continue;
                }
                None => continue,
            };
            found.extend(Month::new(year, *month).map(|month| (month, place, attended)));
        }
        let Some(facility) = facility else { return };
        if found.iter().any(|(month, ..)| seen.contains(&(facility.clone(), *month))) {
            row.duplicate("bulan yang sama untuk nama ini");
        }
        if row.is_rejected() {
            return;
        }
        check_attended(row, months, &found);
        for (month, place, attended) in found {
            seen.insert((facility.clone(), month));
            let mut cells = name_cells.clone();
            cells.extend([(Field::Invited, place), (Field::Attended, place)]);
            let record =
                LokminRow { facility: facility.clone(), month, sort, invited: Some(true), attended: Some(attended) };
            rows.push(Sourced { record, cells });
        }
    });
    uninvited.tell(reader);
    persons.tell(reader);
    if said.is_none() {
        blanks.tell(reader, &rows);
    }
    rows
}

/// Says by the colour of a cell that somebody attended, where somebody said what colours mean.
fn of_fill(table: &FoundTable<'_>, place: CellRef) -> Option<bool> {
    let is_in = |cells: &[CellRef]| cells.binary_search(&place).is_ok();
    let attended = is_in(&table.planned_fills).then_some(true);
    attended.or_else(|| is_in(&table.denied_fills).then_some(false))
}

/// Fewest crosses of which somebody is asked.
const CROSSES_MIN: usize = 2;

/// Asks what crosses mean where a year's attendance has no other mark: everybody absent from every meeting, or present.
fn ask_crosses(reader: &mut Reader<'_>, months: &[(u32, u32)]) -> bool {
    let table = reader.table;
    let columns: Vec<u32> = months.iter().map(|(_, column)| *column).collect();
    let marks: Vec<&CellValue> = reader.data_cells(&columns).filter(|value| !is_blank(Some(value))).collect();
    let is_unsaid = |value: &&CellValue| reader.legend.mark(Some(value), MarkOf::Attendance).is_none();
    let are_crosses = marks.len() >= CROSSES_MIN && marks.iter().all(|value| is_cross(value) && is_unsaid(value));
    let is_settled = table.chosen(WordSort::Marks).is_some() || !table.planned_fills.is_empty();
    if !are_crosses || is_settled {
        return false;
    }
    let anchor = table.heading.anchor;
    let message = format!(
        "tanda di tabel kehadiran ini hanya x ({} sel), tidak jelas hadir atau tidak hadir, jadi tidak dibaca; tulis √ pada \
         yang hadir dan - pada yang diundang tetapi tidak hadir, lalu impor lagi",
        marks.len()
    );
    reader.push(anchor, IssueCode::UnknownValue, Severity::Error, message);
    reader.offer(anchor, WordSort::Marks.offer(Some(&SaidWord::Chosen(Chosen::AnyMark))));
    true
}

/// Warns where a written sum is not that of the meetings attended; not beside struck cells, which may be in it or not.
fn check_attended(row: &mut RowReader<'_, '_>, months: &[(u32, u32)], found: &[(Month, CellRef, bool)]) {
    let has_struck = months.iter().any(|(_, column)| row.reader.is_struck(row.place_in(*column)));
    if !has_struck {
        let sums = found.iter().map(|(month, _, attended)| (month.month(), f64::from(u8::from(*attended))));
        check_row_sums(row, &sums.collect::<Vec<_>>());
    }
}

/// A cell of an attendance: by the legend of its sheet, else by the usual marks, or as any mark where somebody said so.
fn reading_of(reader: &Reader<'_>, value: Option<&CellValue>, is_any_mark: bool) -> CellReading<Mark> {
    match reader.legend.mark(value, MarkOf::Attendance) {
        Some(mark) => Ok(Some(mark)),
        None if is_any_mark => any(value),
        None => attended(value),
    }
}

/// The months in which somebody attended.
fn met(reader: &Reader<'_>, months: &[(u32, u32)]) -> BTreeSet<u32> {
    let is_met = |column: u32| {
        reader.data_cells(slice::from_ref(&column)).any(|value| matches!(attended(Some(value)), Ok(Some(Mark::Yes))))
    };
    months.iter().filter(|(_, column)| is_met(*column)).map(|(month, _)| *month).collect()
}

/// Cells whose sign the legend calls not invited: the first with what stands in it, and how many.
#[derive(Default)]
struct Uninvited {
    first: Option<(CellRef, String)>,
    count: u32,
}

impl Uninvited {
    /// Takes a cell, where the legend says so.
    fn takes(&mut self, reader: &Reader<'_>, place: CellRef, value: Option<&CellValue>) -> bool {
        let is_it = reader.legend.is_not_invited(value);
        if is_it {
            self.first.get_or_insert_with(|| (place, value.map(value_text).unwrap_or_default()));
            self.count += 1;
        }
        is_it
    }

    fn tell(self, reader: &mut Reader<'_>) {
        let Some((place, sign)) = self.first else { return };
        let count = self.count;
        let message = format!(
            "tanda {} dibaca tidak diundang menurut keterangan di lembar ini ({count} sel), jadi tidak dihitung tidak hadir",
            sign.trim()
        );
        reader.reading(place, message);
    }
}

/// Cells that name who came: the first with what stands in it, and how many.
#[derive(Default)]
struct PersonsNamed {
    first: Option<(CellRef, String)>,
    count: u32,
}

impl PersonsNamed {
    /// Counts a cell, where it names somebody.
    fn counts(&mut self, place: CellRef, value: Option<&CellValue>) -> bool {
        let named = value.and_then(CellValue::text).filter(|text| names_who_came(text));
        if let Some(text) = named {
            self.first.get_or_insert_with(|| (place, text.to_owned()));
            self.count += 1;
        }
        named.is_some()
    }

    fn tell(self, reader: &mut Reader<'_>) {
        let Some((place, shown)) = self.first else { return };
        let count = self.count;
        let message = format!(
            "sel yang menyebut orangnya, misalnya \"{}\", dibaca hadir ({count} sel); bila bukan, tulis - pada yang tidak hadir",
            shown.trim()
        );
        reader.reading(place, message);
    }
}

/// Blank cells of an attendance by month: they say "not invited" only beside no-marks.
#[derive(Default)]
struct Blanks(BTreeMap<u32, u32>);

impl Blanks {
    fn count(&mut self, month: u32, value: Option<&CellValue>) {
        *self.0.entry(month).or_default() += u32::from(is_blank(value));
    }

    /// Where nobody is marked absent all year, blanks in months in which somebody attended may mean either.
    fn tell(&self, reader: &mut Reader<'_>, rows: &[Sourced<LokminRow>]) {
        if rows.iter().any(|row| row.record.attended == Some(false)) {
            return;
        }
        let met: BTreeSet<u32> = rows.iter().map(|row| row.record.month.month()).collect();
        let blanks: u32 = self.0.iter().filter(|(month, _)| met.contains(month)).map(|(_, count)| *count).sum();
        if blanks == 0 {
            return;
        }
        let message = format!(
            "{blanks} sel kosong pada {} bulan yang ada pertemuannya dibaca tidak diundang, karena di tabel ini tidak ada \
             tanda tidak hadir; tulis - pada yang diundang dan tidak hadir, lalu impor lagi",
            met.len()
        );
        let anchor = reader.table.heading.anchor;
        reader.reading(anchor, message);
        reader.offer(anchor, WordSort::Blank.offer(Some(&SaidWord::Chosen(Chosen::BlankIsNotInvited))));
    }
}

/// Warns where a sum of months within a row (Jumlah, TRIWULAN I) is not ours.
pub(super) fn check_row_sums(row: &mut RowReader<'_, '_>, by_month: &[(u32, f64)]) {
    let table = row.reader.table;
    for RowSum { column, months: (first, last) } in &table.heading.row_sums {
        let within = by_month.iter().filter(|(month, _)| (first..=last).contains(&month));
        let ours: f64 = within.map(|(_, value)| value).sum();
        let theirs = read(row.value_in(*column), Dot::Thousands).ok().flatten();
        if let Some(theirs) = theirs.filter(|theirs| (theirs.value - ours).abs() > super::SUM_TOLERANCE) {
            let place = row.place_in(*column);
            row.reader.warn_total(place, theirs.value, ours);
        }
    }
}
