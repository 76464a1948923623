//! Sheets of one facility, or of one village: its name stands above a table that has no column of names, or is the sheet's
//! own (`KARTU PEMBINAAN`, a sheet a village). It becomes the first column.

use super::page::{NewCell, NewSheet};
use super::rows::up_to_signatures;
use crate::domain::records::CellRef;
use crate::recap::banner::{Banner, BannerLine};
use crate::recap::cells::date_words::month_number;
use crate::recap::cells::is_blank;
use crate::recap::facility_words::is_facility;
use crate::recap::heading::{INDICATOR, NAME, VILLAGE, anchor, key};
use crate::recap::heading_figures::figure_word;
use crate::recap::sections::sections;
use crate::recap::village_words::village_above;
use crate::workbook::{Remark, Row, Sheet};

/// Fewest headings that are known.
const KNOWN_MIN: usize = 2;

/// Whose the rows are: the heading of the new column, and what stands in it.
struct RowsOfOne {
    heading: &'static str,
    name: NewCell,
}

/// The sheet with a column of names, where nothing is known in it as it stands.
pub(super) fn named(sheet: &Sheet) -> Option<(Sheet, Remark)> {
    let at = sheet.rows.iter().position(is_heading)?;
    if !sections(sheet, &[]).is_empty() {
        return None;
    }
    let heading = &sheet.rows[at];
    let of_one = of_one(sheet, at)?;
    let (rows, tail) = up_to_signatures(&sheet.rows[at + 1..]);
    let last = sheet.rows[at..].iter().filter_map(|row| row.cells.last()).map(|cell| cell.column).max()?;
    let first = heading.cells.first()?.column;
    let shifted = |row: &Row, name: NewCell| {
        let own = (0..=last).map(|column| NewCell::from_sheet(sheet, CellRef { row: row.index, column }));
        std::iter::once(name).chain(own).collect::<Vec<_>>()
    };
    let place = of_one.name.from;
    let mut page = NewSheet::new(sheet);
    page.copy(&sheet.rows[..at]);
    page.line(shifted(heading, NewCell::text(of_one.heading, place)));
    for row in rows.iter().filter(|row| row.cells.iter().any(|cell| !is_blank(Some(&cell.value)))) {
        let is_further = is_blank(row.get(first));
        let name = if is_further { NewCell { value: None, from: place } } else { of_one.name.clone() };
        page.line(shifted(row, name));
    }
    page.gap();
    page.copy(tail);
    let message = format!(
        "tabel ini tidak mempunyai kolom nama, jadi semua barisnya dibaca sebagai milik {}; bila bukan, tambahkan kolom Nama \
         Jaringan/Jejaring",
        of_one.name.value.as_ref().and_then(|value| value.text()).unwrap_or_default()
    );
    Some((page.finish(), Remark { place, message }))
}

fn is_heading(row: &Row) -> bool {
    let keys: Vec<String> = row.cells.iter().filter_map(|cell| cell.value.text()).map(key).collect();
    let is_known = |key: &&String| {
        anchor(key).is_some() || month_number(key).is_some() || figure_word(key).is_some() || INDICATOR.has(key)
    };
    let has_names = keys.iter().any(|key| NAME.has(key) || VILLAGE.has(key));
    !has_names && keys.len() > KNOWN_MIN && keys.iter().filter(is_known).count() >= KNOWN_MIN
}

fn of_one(sheet: &Sheet, at: usize) -> Option<RowsOfOne> {
    let above = &sheet.rows[..at];
    let banner = Banner::read(above.iter().map(BannerLine::all_cells));
    let titled = || banner.titles.iter().find(|(title, _)| is_facility(title)).cloned();
    if let Some((name, place)) = banner.facility.clone().or_else(titled) {
        return Some(RowsOfOne { heading: "Nama Jaringan/Jejaring", name: NewCell::text(&name, place) });
    }
    let mut villages = above.iter().filter_map(village_above);
    if let Some((village, place)) = villages.next().filter(|_| villages.next().is_none()) {
        return Some(RowsOfOne { heading: "Desa", name: NewCell::text(&village, place) });
    }
    let place = CellRef { row: sheet.rows[at].index, column: sheet.rows[at].cells.first()?.column };
    let name = NewCell::text(&sheet.name, place);
    is_facility(&sheet.name).then_some(RowsOfOne { heading: "Nama Jaringan/Jejaring", name })
}
