//! Attendance of persons, each with whom they come from and the month of the meeting (`Nama Lengkap | Asal Faskes | Lokmin
//! Bulan | Kehadiran`): a facility was there as soon as one of its persons was.

use std::collections::BTreeMap;

use chrono::Datelike;

use super::page::{NewCell, NewSheet};
use super::rows::{column_of, up_to_signatures};
use super::table;
use crate::domain::format::MONTHS;
use crate::domain::name::name_key;
use crate::domain::records::CellRef;
use crate::recap::cells::date_words::month_number;
use crate::recap::cells::mark::{Mark, attended};
use crate::recap::cells::{date, is_blank, value_text};
use crate::recap::heading::{MONTH, key};
use crate::workbook::{Relaid, Remark, Row, Sheet};

const PERSONS: [&str; 6] = ["nama", "namalengkap", "namapeserta", "namapetugas", "peserta", "namayanghadir"];
/// Beginnings of the headings of whom a person comes from.
const FROM: [&str; 5] = ["asal", "instansi", "unitkerja", "utusan", "perwakilan"];
const ATTENDED: [&str; 4] = ["kehadiran", "hadir", "statuskehadiran", "hadirtidak"];

/// The columns of such a list.
struct PersonColumns {
    from: u32,
    month: u32,
    attended: Option<u32>,
}

impl PersonColumns {
    fn from_heading(row: &Row) -> Option<Self> {
        column_of(row, &|key| PERSONS.contains(&key))?;
        let from = column_of(row, &|key| FROM.iter().any(|word| key.starts_with(word)))?;
        let month = column_of(row, &|key| MONTH.has(key) || key.contains("lokmin") && key.contains("bulan"))?;
        Some(Self { from, month, attended: column_of(row, &|key| ATTENDED.contains(&key)) })
    }
}

/// The sheet with a row a facility and month.
pub(super) fn relaid(sheet: &Sheet) -> Option<Relaid> {
    let (at, columns) =
        sheet.rows.iter().enumerate().find_map(|(at, row)| Some((at, PersonColumns::from_heading(row)?)))?;
    let texts = sheet.rows[..=at].iter().flat_map(|row| row.cells.iter().filter_map(|cell| cell.value.text()));
    let is_of_meetings = texts.chain([sheet.name.as_str()]).any(|text| {
        let key = key(text);
        key.contains("lokmin") || key.contains("lokakarya") || key.contains("minlok")
    });
    if !is_of_meetings {
        return None;
    }
    let heading = &sheet.rows[at];
    let (rows, tail) = up_to_signatures(&sheet.rows[at + 1..]);
    let text = |row: &Row, column: u32| row.get(column).filter(|value| !is_blank(Some(value))).map(value_text);
    // By facility and month: its first row, and the first of somebody who came.
    let mut groups: BTreeMap<(String, String), &Row> = BTreeMap::new();
    let mut order: Vec<(String, String)> = Vec::new();
    let has_come = |row: &Row| columns.attended.is_none_or(|column| attended(row.get(column)) == Ok(Some(Mark::Yes)));
    for row in rows.iter().filter(|row| !row.cells.is_empty()) {
        let Some((from, month)) = text(row, columns.from).zip(text(row, columns.month)) else { continue };
        let group = (name_key(&from), key(&month));
        match groups.get(&group) {
            Some(known) if has_come(known) || !has_come(row) => {}
            Some(_) => _ = groups.insert(group, row),
            None => {
                order.push(group.clone());
                groups.insert(group, row);
            }
        }
    }
    let place = CellRef { row: heading.index, column: columns.from };
    let mut page = NewSheet::new(sheet);
    page.copy(&sheet.rows[..at]);
    page.line(["KEHADIRAN LOKMIN"].map(|word| NewCell::text(word, place)).to_vec());
    page.line(["Nama Jaringan/Jejaring", "Bulan", "Hadir"].map(|word| NewCell::text(word, place)).to_vec());
    for group in &order {
        let Some(row) = groups.get(group) else { continue };
        let seen = |column: u32| NewCell::from_sheet(sheet, CellRef { row: row.index, column });
        let month = stamp_year(rows).and_then(|year| {
            let number = month_number(&key(&text(row, columns.month)?))?;
            Some(NewCell::text(&format!("{} {year}", MONTHS[number as usize - 1]), place))
        });
        let came = columns.attended.map_or_else(|| NewCell::text("√", place), seen);
        page.line(vec![seen(columns.from), month.unwrap_or_else(|| seen(columns.month)), came]);
    }
    page.gap();
    page.copy(tail);
    let message = "daftar ini berisi orang: faskesnya dibaca hadir bila salah satu orangnya hadir".to_owned();
    (!order.is_empty()).then(|| table(page, Remark { place, message }))
}

/// The one year of the time stamps of an online form.
fn stamp_year(rows: &[Row]) -> Option<i32> {
    let first = |row: &Row| row.cells.first().and_then(|cell| date::read(Some(&cell.value), false).ok().flatten());
    let mut years = rows.iter().filter_map(first).map(|date| date.year());
    let year = years.next()?;
    years.all(|other| other == year).then_some(year)
}
