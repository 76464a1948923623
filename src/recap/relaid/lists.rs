//! Lists in one cell: several facilities, or several agreed actions. Each becomes a row of its own.

use super::page::{NewCell, NewSheet};
use crate::domain::Table;
use crate::domain::records::CellRef;
use crate::recap::cells::{is_blank, trim};
use crate::recap::facility_words::is_facility;
use crate::recap::heading::ColumnMeaning;
use crate::recap::layout::{Layout, follow_ups_beside};
use crate::recap::profile::{Likely, likely};
use crate::recap::sections::sections;
use crate::workbook::{CellValue, Remark, Row, Sheet};

/// Fewest entries of a list.
const ENTRIES_MIN: usize = 2;
/// Most entries of a list in one cell.
const ENTRIES_MAX: usize = 60;
/// Tables whose rows may name several facilities.
const OF_NAMES: [Table; 5] =
    [Table::Facilities, Table::Schedule, Table::Visits, Table::FollowUps, Table::ScheduleChanges];

/// A column in which lists may stand.
struct ListColumn {
    rows: (u32, u32),
    column: u32,
    sort: ListKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum ListKind {
    /// Names, and where the points of a visit stand: of which of them they are nobody knows.
    Names { is_register: bool, points: Option<u32> },
    /// Agreed actions, with the column of the days by which they are due.
    Items { due: Option<u32>, is_beside: bool },
}

/// The sheet with a row for each entry, and what is told of it.
pub(super) fn relaid(sheet: &Sheet) -> Option<(Sheet, Vec<Remark>)> {
    let has_list = |row: &Row| row.cells.iter().filter_map(|cell| cell.value.text()).any(may_be_list);
    if !sheet.rows.iter().any(has_list) {
        return None;
    }
    let places = places(sheet);
    let is_list = |place: &ListColumn| {
        let cells = sheet.rows.iter().filter(|row| (place.rows.0..=place.rows.1).contains(&row.index));
        cells.filter_map(|row| row.get(place.column)?.text()).any(|text| entries(text, place.sort).is_some())
    };
    let lists: Vec<u32> = places.iter().filter(|place| is_list(place)).map(|place| place.column).collect();
    if lists.is_empty() {
        return None;
    }
    let mut page = NewSheet::new(sheet);
    let mut told: Vec<Remark> = Vec::new();
    for row in &sheet.rows {
        let of_row = |place: &&ListColumn| (place.rows.0..=place.rows.1).contains(&row.index);
        let list = places.iter().filter(of_row).find_map(|place| {
            let text = row.get(place.column).and_then(CellValue::text)?;
            if let ListKind::Names { points: Some(points), .. } = place.sort
                && !is_blank(row.get(points))
            {
                return None;
            }
            let is_of_lists = || lists.contains(&place.column);
            let found = entries(text, place.sort).or_else(|| single(text).filter(|_| is_of_lists()))?;
            Some((place, found))
        });
        let Some((place, entries)) = list else {
            page.copy(std::slice::from_ref(row));
            continue;
        };
        let cell = CellRef { row: row.index, column: place.column };
        if !told.iter().any(|known| known.place.column == cell.column) {
            told.push(Remark { place: cell, message: message(place.sort, &entries) });
        }
        page.split(row, lines(row, place, &entries));
    }
    (!told.is_empty()).then(|| (page.finish_alike(), told))
}

fn message(sort: ListKind, entries: &[String]) -> String {
    let what = match sort {
        ListKind::Names { .. } => "nama",
        ListKind::Items { .. } => "rencana tindak lanjut",
    };
    let shown: Vec<String> = entries.iter().map(|entry| format!("\"{entry}\"")).collect();
    format!("beberapa {what} dalam satu sel dibaca satu per satu, misalnya {}", shown.join(" dan "))
}

fn places(sheet: &Sheet) -> Vec<ListColumn> {
    let mut places = Vec::new();
    let mut all = sections(sheet, &[]);
    if all.is_empty()
        && let Likely::Whole(profile, ..) = likely(sheet)
    {
        all = sections(sheet, std::slice::from_ref(&profile));
    }
    for section in all {
        let heading = &section.heading;
        let rows = (heading.bottom + 1, section.last_row);
        let Some(table) = heading.table.filter(|table| OF_NAMES.contains(table)) else { continue };
        if heading.layout == Layout::Columns {
            let name = heading.columns.get(&ColumnMeaning::Name);
            let points = heading.columns.get(&ColumnMeaning::Points).copied();
            let sort = ListKind::Names { is_register: table == Table::Facilities, points };
            places.extend(name.map(|column| ListColumn { rows, column: *column, sort }));
            let beside = (table == Table::Visits).then(|| follow_ups_beside(sheet, heading)).flatten();
            let is_beside = beside.is_some();
            let items = beside.as_ref().or((table == Table::FollowUps).then_some(heading));
            places.extend(items.and_then(|items| {
                let due = items.columns.get(&ColumnMeaning::Due).copied();
                let sort = ListKind::Items { due, is_beside };
                items.columns.get(&ColumnMeaning::Item).map(|column| ListColumn { rows, column: *column, sort })
            }));
        }
    }
    places
}

fn lines(row: &Row, place: &ListColumn, entries: &[String]) -> Vec<Vec<(u32, NewCell)>> {
    let dues = match place.sort {
        ListKind::Items { due: Some(due), .. } => row.get(due).and_then(CellValue::text).and_then(numbered),
        _ => None,
    };
    let dues = dues.filter(|dues| dues.len() == entries.len());
    let line = |(at, entry): (usize, &String)| {
        let cells = row.cells.iter().filter_map(|cell| {
            let from = CellRef { row: row.index, column: cell.column };
            let own = || NewCell { value: Some(cell.value.clone()), from };
            let piece = match place.sort {
                _ if cell.column == place.column => NewCell::text(entry, from),
                ListKind::Items { due: Some(due), .. } if cell.column == due => {
                    dues.as_ref().map_or_else(own, |dues| NewCell::text(&dues[at], from))
                }
                // The visit itself is told once.
                ListKind::Items { is_beside: true, .. } if at > 0 => return None,
                _ => own(),
            };
            Some((cell.column, piece))
        });
        cells.collect()
    };
    entries.iter().enumerate().map(line).collect()
}

fn may_be_list(text: &str) -> bool {
    text.contains(['\n', ';', ',', '&', '+']) || text.contains("1.") || text.contains("1)") || text.contains(" dan ")
}

/// The entries of a list.
fn entries(text: &str, sort: ListKind) -> Option<Vec<String>> {
    let found = match sort {
        ListKind::Items { .. } => numbered(text).or_else(|| bulleted(text)),
        ListKind::Names { is_register: true, .. } => numbered(text),
        ListKind::Names { is_register: false, .. } => numbered(text).or_else(|| bulleted(text)).or_else(|| names(text)),
    };
    found.filter(|entries| (ENTRIES_MIN..=ENTRIES_MAX).contains(&entries.len()))
}

/// A list of one: `1. …` in a column of lists.
fn single(text: &str) -> Option<Vec<String>> {
    let rest = trim(text).strip_prefix("1.").or_else(|| trim(text).strip_prefix("1)"))?;
    entry(rest).map(|entry| vec![entry])
}

/// `1. … 2. …`, on lines of their own or one after the other, from 1 on without a gap.
fn numbered(text: &str) -> Option<Vec<String>> {
    let mut rest = trim(text);
    let mut entries = Vec::new();
    for number in 1.. {
        let opening = |text: &str, number: usize| {
            let mark = [format!("{number}."), format!("{number})")];
            let starts = |place: usize| {
                let is_begin = text[..place].chars().next_back().is_none_or(char::is_whitespace);
                // `1.5` is a number.
                let after = text[place + mark[0].len()..].chars().next();
                is_begin && after.is_none_or(|after| !after.is_ascii_digit())
            };
            let found = mark.iter().flat_map(|mark| text.match_indices(mark.as_str())).map(|(place, _)| place);
            found.filter(|place| starts(*place)).min().map(|place| (place, mark[0].len()))
        };
        if number == 1 {
            let (place, length) = opening(rest, 1)?;
            if place > 0 {
                return None;
            }
            rest = &rest[length..];
        }
        let Some((place, length)) = opening(rest, number + 1) else {
            entries.push(entry(rest)?);
            break;
        };
        entries.push(entry(&rest[..place])?);
        rest = &rest[place + length..];
    }
    (entries.len() >= ENTRIES_MIN).then_some(entries)
}

/// Lines that each begin with a dash or a dot.
fn bulleted(text: &str) -> Option<Vec<String>> {
    let lines = text.lines().map(trim).filter(|line| !line.is_empty());
    let entries: Option<Vec<String>> =
        lines.map(|line| line.strip_prefix(['-', '•', '–', '*']).and_then(entry)).collect();
    entries.filter(|entries| entries.len() >= ENTRIES_MIN)
}

/// Names of facilities on lines of their own, behind commas, or joined: each begins as names of facilities do.
fn names(text: &str) -> Option<Vec<String>> {
    let parts = text.split(['\n', ';', ',', '&', '+']).flat_map(|part| part.split(" dan "));
    let parts = parts.map(|part| trim(trim(part).trim_start_matches("dan ")));
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let are_names = parts.len() >= ENTRIES_MIN && parts.iter().all(|part| is_facility(part));
    are_names.then(|| parts.into_iter().map(str::to_owned).collect())
}

fn entry(text: &str) -> Option<String> {
    let text = trim(trim(text).trim_end_matches([';', ',']));
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_told_from_texts() {
        let of = |text| numbered(text).or_else(|| bulleted(text));
        assert_eq!(of("1. Isi kohort\n2. Pisahkan limbah").unwrap(), ["Isi kohort", "Pisahkan limbah"]);
        assert_eq!(of("1) Pustu A; 2) Pustu B").unwrap(), ["Pustu A", "Pustu B"]);
        assert_eq!(of("- Usul APD\n- Revisi SOP").unwrap(), ["Usul APD", "Revisi SOP"]);
        for text in ["1. Isi kohort", "Isi 1. dan 2. kohort", "1.5 liter dan 2.5 liter", "Isi kohort\nPisahkan", "-"] {
            assert_eq!(of(text), None, "{text}");
        }
        assert_eq!(names("Pustu A, Klinik B").unwrap(), ["Pustu A", "Klinik B"]);
        assert_eq!(names("Apotek A dan Apotek B").unwrap(), ["Apotek A", "Apotek B"]);
        assert_eq!(names("Pustu A, Pustu B & Klinik C").unwrap(), ["Pustu A", "Pustu B", "Klinik C"]);
        for name in ["Praktik dr. Eko, Sp.A", "Klinik Ibu dan Anak", "Apotek A & B", "Posyandu Anggrek 1, 2"] {
            assert_eq!(names(name), None, "{name}");
        }
    }
}
