//! Months across and an indicator in each row: a year of several indicators. Each indicator becomes a table of its own.

use super::page::{Page, Piece};
use super::table;
use crate::domain::records::CellRef;
use crate::recap::banner::{Banner, Line};
use crate::recap::cells::month::month_number;
use crate::recap::cells::{is_blank, shown};
use crate::recap::facility_words::is_facility;
use crate::recap::heading::{INDICATOR, NAME, is_village_heading, key};
use crate::recap::heading_figures::{Leaf, figure_word, is_total};
use crate::recap::signatures::is_opening;
use crate::workbook::{CellValue, Relaid, Remark, Row, Sheet};

/// Fewest months across.
const MONTHS_MIN: usize = 3;
/// Most indicators of a sheet.
const INDICATORS_MAX: usize = 60;

struct Of<'s> {
    place: CellRef,
    name: String,
    rows: Vec<&'s Row>,
}

/// A sheet of several indicators, a table each.
pub(super) fn relaid(sheet: &Sheet) -> Option<Relaid> {
    let column_of = |row: &Row, is_it: &dyn Fn(&str) -> bool| {
        row.cells.iter().find(|cell| cell.value.text().is_some_and(|text| is_it(&key(text)))).map(|cell| cell.column)
    };
    let is_indicator = |key: &str| INDICATOR.1.contains(&key);
    let at = sheet.rows.iter().position(|row| column_of(row, &is_indicator).is_some())?;
    let heading = &sheet.rows[at];
    let indicator = column_of(heading, &is_indicator)?;
    let months: Vec<u32> = heading
        .cells
        .iter()
        .filter(|cell| cell.value.text().is_some_and(|text| month_number(&key(text)).is_some()))
        .map(|cell| cell.column)
        .collect();
    let denominator = column_of(heading, &|key| figure_word(key) == Some(Leaf::Denominator))?;
    // Months over figures of their own are read as they stand.
    let below = sheet.rows.get(at + 1)?;
    let is_over_others = months.iter().any(|column| {
        below.get(*column).is_some_and(|value| value.text().is_some_and(|text| figure_word(&key(text)).is_some()))
    });
    if months.len() < MONTHS_MIN || is_over_others {
        return None;
    }
    let name = column_of(heading, &|key| NAME.1.contains(&key)).filter(|column| *column != indicator);
    let village = || heading.cells.iter().find(|cell| cell.value.text().is_some_and(is_village_heading));
    let name = name.or_else(|| village().map(|cell| cell.column));
    let banner = Banner::read(sheet.rows[..at].iter().map(Line::whole));
    let titled = || banner.titles.iter().find(|(title, _)| is_facility(title)).cloned();
    let of_sheet =
        || is_facility(&sheet.name).then(|| (sheet.name.clone(), CellRef { row: heading.index, column: indicator }));
    let owner = if name.is_none() { Some(banner.facility.clone().or_else(titled).or_else(of_sheet)?) } else { None };
    let mut all: Vec<Of<'_>> = Vec::new();
    let mut tail: &[Row] = &[];
    for (after, row) in sheet.rows[at + 1..].iter().enumerate() {
        if row.cells.iter().filter_map(|cell| cell.value.text()).any(is_opening) {
            tail = &sheet.rows[at + 1 + after..];
            break;
        }
        let Some((place, value)) = sheet.seen(CellRef { row: row.index, column: indicator }) else {
            // A blank below an indicator is the same one, where the row has a name.
            if let (Some(last), Some(column)) = (all.last_mut(), name)
                && !is_blank(row.get(column))
            {
                last.rows.push(row);
            }
            continue;
        };
        let text = shown(value);
        if is_total(&key(&text))
            || value.text().is_none()
            || is_blank(row.get(denominator)) && !months.iter().any(|column| !is_blank(row.get(*column)))
        {
            continue;
        }
        match all.iter_mut().find(|of| key(&of.name) == key(&text)) {
            Some(of) => of.rows.push(row),
            None => all.push(Of { place, name: text, rows: vec![row] }),
        }
    }
    if all.is_empty() || all.len() > INDICATORS_MAX {
        return None;
    }
    let mut page = Page::new(sheet);
    page.copy(&sheet.rows[..at]);
    let from = |column: u32| CellRef { row: heading.index, column };
    for of in &all {
        page.line(vec![Piece::text(&format!("INDIKATOR : {}", of.name), of.place)]);
        let named = match name {
            Some(column) => Piece::of(sheet, from(column)),
            None => Piece::text("Nama Jaringan/Jejaring", from(indicator)),
        };
        let columns = || std::iter::once(denominator).chain(months.iter().copied());
        page.line(
            [named, Piece::text("Sasaran", from(denominator))]
                .into_iter()
                .chain(months.iter().map(|column| Piece::of(sheet, from(*column))))
                .collect(),
        );
        for row in &of.rows {
            let seen = |column: u32| Piece::of(sheet, CellRef { row: row.index, column });
            let whose = match (name, &owner) {
                (Some(column), _) => seen(column),
                (None, Some((name, place))) => {
                    Piece { value: Some(CellValue::Text(name.as_str().into())), from: *place }
                }
                (None, None) => continue,
            };
            page.line(std::iter::once(whose).chain(columns().map(seen)).collect());
        }
        page.gap();
    }
    page.copy(tail);
    let message = format!(
        "setiap baris menyebut indikatornya, jadi dibaca sebagai {} tabel capaian setahun, satu setiap indikator",
        all.len()
    );
    Some(table(page, Remark { place: from(indicator), message }))
}
