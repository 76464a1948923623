//! Pembinaan with months across: a cell says that a facility was visited in its month, or on which days of it.

use std::collections::BTreeSet;

use super::Reader;
use super::row::RowReader;
use super::yearly::check_row_sums;
use crate::diagnostic::IssueCode;
use crate::domain::records::{CellRef, Field, Sourced, VisitRow};
use crate::domain::{Month, VisitDate, format};
use crate::recap::SignsRead;
use crate::recap::cells::done::{self, Numbers};
use crate::recap::cells::mark::{Mark, any};
use crate::recap::cells::{CellReading, is_blank};
use crate::recap::heading::ColumnMeaning;
use crate::recap::legend::signs::{SignMeaning, Signs};
use crate::recap::questions::{ASK_CROSSES, ASK_NUMBERS, ASK_YEARS};
use crate::recap::{Chosen, SaidWord, WordSort};
use crate::workbook::CellValue;

/// A visit for each cell that says one; of the month where it says no day.
pub(super) fn visits(reader: &mut Reader<'_>, months: &[(u32, u32)]) -> Vec<Sourced<VisitRow>> {
    let columns: Vec<u32> = months.iter().map(|(_, column)| *column).collect();
    let cells: Vec<&CellValue> = reader.data_cells(&columns).collect();
    let numbers = done::numbers(cells.iter().copied());
    let signs = Signs::from_legend(&reader.table.legend, cells.iter().copied());
    let is_said = |cell: &CellValue| is_done(&signs, Some(cell)).is_some();
    let is_cross = |cell: &&CellValue| done::is_cross(cell) && !is_said(cell);
    let is_tick = |cell: &&CellValue| done::is_tick(cell) || is_said(cell);
    let has_crosses_alone = cells.iter().any(is_cross) && !cells.iter().any(is_tick);
    let marks = reader.table.chosen(WordSort::Marks);
    let numbers = match reader.table.chosen(WordSort::Numbers) {
        Some(Chosen::NumbersAreDays) => Some(Numbers::Days),
        Some(_) => Some(Numbers::Ticks),
        None => numbers,
    };
    let question = match numbers {
        _ if reader.table.is_year_undecided => Some((ASK_YEARS, None)),
        _ if reader.table.signs_read == SignsRead::Done => None,
        None => Some((ASK_NUMBERS, Some(WordSort::Numbers))),
        Some(_) if has_crosses_alone && marks.is_none() => Some((ASK_CROSSES, Some(WordSort::Marks))),
        Some(_) => None,
    };
    if let Some((question, word)) = question {
        let anchor = reader.table.heading.anchor;
        reader.error(anchor, IssueCode::UnknownValue, question.to_owned());
        if let Some(word) = word {
            reader.offer(anchor, word.offer(None));
        }
    }
    let numbers = numbers.unwrap_or(Numbers::Ticks);
    let mut rows: Vec<Sourced<VisitRow>> = Vec::new();
    let mut seen: BTreeSet<(String, VisitDate)> = BTreeSet::new();
    reader.each_row(&mut |row| {
        name_from_plan(row);
        let facility = row.facility();
        let name_cells = row.cells();
        if question.is_some() {
            row.refuse();
            return;
        }
        let found = found_in(row, months, numbers, &signs);
        let Some(facility) = facility else { return };
        let is_double = |when: &VisitDate| when.day().is_some() && seen.contains(&(facility.clone(), *when));
        if found.iter().any(|(when, _)| is_double(when)) {
            row.duplicate("pembinaan dengan nama dan tanggal yang sama");
        }
        if row.is_rejected() {
            return;
        }
        let counts: Vec<(u32, f64)> = found.iter().map(|(when, _)| (when.month().month(), 1.0)).collect();
        check_row_sums(row, &counts);
        for (when, place) in found {
            // Several ticks of one month are one visit of it.
            if seen.insert((facility.clone(), when)) {
                let mut cells = name_cells.clone();
                cells.push((Field::Date, place));
                rows.push(Sourced { record: visit(&facility, when), cells });
            }
        }
    });
    tell(reader, &rows);
    rows
}

/// The visits of a row, each with its cell; what is no such cell is named.
fn found_in(
    row: &mut RowReader<'_, '_>,
    months: &[(u32, u32)],
    numbers: Numbers,
    signs: &Signs,
) -> Vec<(VisitDate, CellRef)> {
    let from_1904 = row.reader.table.counts_from_1904;
    let mut found = Vec::new();
    for (number, column) in months {
        let Some(month) = row.reader.month_across(*number, *column) else { continue };
        let place = row.place_in(*column);
        let value = row.value_in(*column);
        if row.reader.is_struck_month(place) {
            continue;
        }
        let table = row.reader.table;
        let is_in = |fills: &[CellRef]| fills.binary_search(&place).is_ok();
        let is_done = match is_done(signs, value) {
            // Beside a plan only what its legend calls done.
            said if table.signs_read == SignsRead::Done => Some(said == Some(true) || is_in(&table.done_fills)),
            _ if is_blank(value) && is_in(&table.planned_fills) => Some(true),
            said => said,
        };
        let reading = match is_done {
            Some(true) => Ok(Some(vec![VisitDate::Month(month)])),
            Some(false) => Ok(None),
            None => by_marks(row, value, month, done::read(value, month, numbers, from_1904)),
        };
        match reading {
            Ok(dates) => found.extend(dates.into_iter().flatten().map(|when| (when, place))),
            Err(fault) => {
                let is_mark = fault.code == IssueCode::UnknownValue;
                row.wrong(place, format::month_name(month), &fault);
                if is_mark {
                    row.reader.offer_marks(place);
                }
            }
        }
    }
    found
}

/// Reads a cell by the marks that somebody said count: what is no day is a mark.
fn by_marks(
    row: &RowReader<'_, '_>,
    value: Option<&CellValue>,
    month: Month,
    reading: CellReading<Vec<VisitDate>>,
) -> CellReading<Vec<VisitDate>> {
    let is_mark = match &reading {
        Ok(dates) => dates.is_none(),
        Err(fault) => fault.code == IssueCode::UnknownValue,
    };
    match row.reader.table.chosen(WordSort::Marks) {
        Some(Chosen::AnyMark) if is_mark => Ok((any(value)? == Some(Mark::Yes)).then(|| vec![VisitDate::Month(month)])),
        Some(Chosen::TicksAlone) if is_mark => Ok(None),
        _ => reading,
    }
}

/// Reads a sign by the legend of its sheet, or because the table has no other.
fn is_done(signs: &Signs, value: Option<&CellValue>) -> Option<bool> {
    match signs.meaning(value)? {
        SignMeaning::Done => Some(true),
        SignMeaning::Not(_) | SignMeaning::Missed(_) => Some(false),
        // A legend of plans says nothing of what was done.
        SignMeaning::Planned => signs.only.is_some().then_some(true),
    }
}

/// The row of what was done has the name of the planned one above it.
fn name_from_plan(row: &mut RowReader<'_, '_>) {
    let table = row.reader.table;
    let Some((plan, place)) = table.plan_rows.as_ref().zip(row.place(ColumnMeaning::Name)) else { return };
    if !is_blank(row.seen(ColumnMeaning::Name)) {
        return;
    }
    let above = place.row.checked_sub(1).and_then(|above| table.sheet.row(above));
    let above = above.filter(|above| above.index > table.heading.bottom && !plan.is_done(above));
    if let Some(name) = above.and_then(|above| above.get(place.column)).filter(|name| !is_blank(Some(name))) {
        row.fill(ColumnMeaning::Name, name);
    }
}

fn visit(facility: &str, date: VisitDate) -> VisitRow {
    VisitRow {
        facility: facility.to_owned(),
        date,
        form: String::new(),
        coach: None,
        points: None,
        maximum: None,
        attendance_list: None,
        minutes: None,
        photos: None,
        aspect: None,
        finding: None,
    }
}

/// Tells how many visits were read of what.
fn tell(reader: &mut Reader<'_>, rows: &[Sourced<VisitRow>]) {
    if rows.is_empty() {
        return;
    }
    let of_months = rows.iter().filter(|row| row.record.date.day().is_none()).count();
    let of_days = rows.len() - of_months;
    let mut read = Vec::new();
    if of_months > 0 {
        read.push(format!("{of_months} tanda dibaca sebagai pembinaan pada bulan kolomnya tanpa tanggal"));
    }
    if of_days > 0 {
        read.push(format!("{of_days} tanggal dibaca sebagai pembinaan pada tanggal itu"));
    }
    tell_brackets(reader, rows);
    let is_said = reader.table.chosen(WordSort::Marks).is_some();
    let whose = if reader.table.plan_rows.is_some() { "baris pelaksanaan" } else { "tabel ini" };
    let none = match reader.table.chosen(WordSort::Marks) {
        _ if reader.table.signs_read == SignsRead::Done => {
            "tanda dan warna yang menurut keterangan bukan terlaksana dibaca tanpa pembinaan"
        }
        Some(Chosen::AnyMark) => "sel kosong, -, dan 0 dibaca tidak ada pembinaan",
        _ => "sel kosong, -, x, dan 0 dibaca tidak ada pembinaan",
    };
    let message = format!("{whose}: {}; {none}; tulis tanggalnya bila diketahui", read.join(", "));
    let anchor = reader.table.heading.anchor;
    let column = reader.table.plan_rows.as_ref().map_or(anchor.column, |plan| plan.column);
    let place = CellRef { row: reader.table.heading.bottom, column };
    reader.reading(place, message);
    if !is_said {
        reader.offer(place, WordSort::Marks.offer(Some(&SaidWord::Chosen(Chosen::TicksAlone))));
    }
}

/// Warns of numbers in brackets behind days: scores perhaps, which such a table has no place for.
fn tell_brackets(reader: &mut Reader<'_>, rows: &[Sourced<VisitRow>]) {
    let is_number = |text: &str| {
        let inside = text.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(inside, _)| inside.trim());
        inside.is_some_and(|inside| inside.starts_with(|c: char| c.is_ascii_digit()))
    };
    let sheet = reader.table.sheet;
    let places = rows.iter().flat_map(|row| row.cells.iter().map(|(_, place)| *place));
    let mut found = places.filter_map(|place| Some((place, sheet.get(place)?.text().filter(|text| is_number(text))?)));
    let Some((place, text)) = found.next() else { return };
    let count = found.count() + 1;
    let message = format!(
        "angka dalam kurung di {count} sel tidak dibaca, misalnya {place} \"{}\"; bila itu skornya, buat rekap Pembinaan dengan \
         kolom Tanggal dan Skor, satu baris setiap kunjungan",
        text.trim()
    );
    reader.warn(place, IssueCode::UnknownValue, message);
}
