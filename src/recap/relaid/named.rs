//! Tables whose column of names has another heading — `Sasaran`, `Lokasi`, the kind itself: what stands below tells.
//! And tables of indicators in which a row of its own names the facility.

use super::page::{NewCell, NewSheet};
use super::rows::column_of;
use super::table;
use crate::domain::records::CellRef;
use crate::recap::cells::is_blank;
use crate::recap::facility_words::is_facility;
use crate::recap::heading::{INDICATOR, NAME, anchor, is_number_heading, key};
use crate::recap::heading_figures::{Leaf, figure_word};
use crate::recap::kinds::KindWords;
use crate::recap::sections::sections;
use crate::workbook::{CellValue, Relaid, Remark, Row, Sheet};

/// Fewest names below such a heading.
const NAMES_MIN: usize = 2;
/// Rows below it that are looked at.
const ROWS_LOOKED_AT: usize = 60;
/// Headings that may stand above names.
const HEADINGS: [&str; 8] =
    ["sasaran", "sasarankegiatan", "tempat", "unit", "tujuan", "objek", "obyek", "tempatkegiatan"];

/// The sheet with the heading that its names should have.
pub(super) fn relaid(sheet: &Sheet) -> Option<Relaid> {
    sectioned(sheet).or_else(|| renamed(sheet))
}

fn renamed(sheet: &Sheet) -> Option<Relaid> {
    let mut page = NewSheet::new(sheet);
    let mut first: Option<(CellRef, String)> = None;
    for (at, row) in sheet.rows.iter().enumerate() {
        let Some(column) = names_below(sheet, at) else {
            page.copy(std::slice::from_ref(row));
            continue;
        };
        let from = CellRef { row: row.index, column };
        let cells = row.cells.iter().map(|cell| {
            let place = CellRef { row: row.index, column: cell.column };
            let own = NewCell { value: Some(cell.value.clone()), from: place };
            let text = cell.value.text().unwrap_or_default();
            let kind = KindWords::from_text(text).kind().map(|kind| format!("Nama {kind}"));
            let kind = kind.filter(|name| NAME.has(&key(name)));
            let named = NewCell::text(kind.as_deref().unwrap_or("Nama Jaringan/Jejaring"), place);
            (cell.column, if cell.column == column { named } else { own })
        });
        first.get_or_insert((from, row.get(column).and_then(CellValue::text).unwrap_or_default().to_owned()));
        page.split(row, vec![cells.collect()]);
    }
    let (place, heading) = first?;
    let renamed = page.finish_alike();
    if sections(&renamed, &[]).is_empty() {
        return None;
    }
    let message = format!("kolom \"{heading}\" berisi nama faskes, jadi dibaca sebagai Nama Jaringan/Jejaring");
    Some(Relaid::Table(Box::new(renamed), vec![Remark { place, message }]))
}

/// The column of a row of headings below which names stand, where no heading of the row is one of names.
fn names_below(sheet: &Sheet, at: usize) -> Option<u32> {
    let row = &sheet.rows[at];
    let texts: Vec<(u32, &str)> = row.cells.iter().filter_map(|cell| Some((cell.column, cell.value.text()?))).collect();
    let is_heading = texts.len() > 2 && texts.iter().any(|(_, text)| is_number_heading(text));
    if !is_heading || texts.iter().any(|(_, text)| NAME.has(&key(text))) {
        return None;
    }
    let may_be = |text: &str| {
        let said = KindWords::from_text(text);
        HEADINGS.contains(&key(text).as_str()) || said.kind().is_some() && said.unknown == 0 && anchor(text).is_none()
    };
    let holds_names = |column: u32| {
        let below = sheet.rows[at + 1..].iter().take(ROWS_LOOKED_AT);
        // As far as the next row of headings.
        let below =
            below.take_while(|row| !row.cells.iter().filter_map(|cell| cell.value.text()).any(is_number_heading));
        let cells: Vec<&CellValue> = below.filter_map(|row| row.get(column)).collect();
        let names = cells.iter().filter(|value| value.text().is_some_and(is_facility)).count();
        names >= NAMES_MIN && names * 3 >= cells.len() * 2
    };
    // Names in several columns, one a kind, are no column of names.
    let mut columns = texts.iter().map(|(column, _)| *column).filter(|column| holds_names(*column));
    let (first, None) = (columns.next()?, columns.next()) else { return None };
    texts.iter().any(|(column, text)| *column == first && may_be(text)).then_some(first)
}

/// A table of indicators, each facility a row above its own.
fn sectioned(sheet: &Sheet) -> Option<Relaid> {
    let is_figure = |wanted: Leaf| move |key: &str| figure_word(key) == Some(wanted);
    let at = sheet.rows.iter().position(|row| column_of(row, &|key| INDICATOR.has(key)).is_some())?;
    let heading = &sheet.rows[at];
    if column_of(heading, &|key| NAME.has(key)).is_some() {
        return None;
    }
    let indicator = column_of(heading, &|key| INDICATOR.has(key))?;
    let figures =
        [column_of(heading, &is_figure(Leaf::Denominator))?, column_of(heading, &is_figure(Leaf::Numerator))?];
    let place = |row: &Row, column: u32| CellRef { row: row.index, column };
    let mut carried: Option<NewCell> = None;
    let mut rows: Vec<Vec<NewCell>> = Vec::new();
    let mut names = 0;
    let below = &sheet.rows[at + 1..];
    for row in below {
        let has_figures = figures.iter().any(|column| !is_blank(row.get(*column)));
        let texts = || row.cells.iter().filter(|cell| cell.value.text().is_some_and(is_facility));
        match (has_figures, &carried) {
            (false, _) => {
                if let Some(cell) = texts().next() {
                    names += 1;
                    carried = Some(NewCell::from_sheet(sheet, place(row, cell.column)));
                }
            }
            (true, Some(name)) if !is_blank(row.get(indicator)) => {
                let cells = std::iter::once(indicator)
                    .chain(figures)
                    .map(|column| NewCell::from_sheet(sheet, place(row, column)));
                rows.push(std::iter::once(name.clone()).chain(cells).collect());
            }
            (true, _) => {}
        }
    }
    if names < NAMES_MIN || rows.is_empty() {
        return None;
    }
    let mut page = NewSheet::new(sheet);
    page.copy(&sheet.rows[..at]);
    let from = place(heading, indicator);
    let texts = ["Nama Jaringan/Jejaring", "Indikator", "Sasaran", "Capaian"];
    page.line(texts.map(|text| NewCell::text(text, from)).to_vec());
    for row in rows {
        page.line(row);
    }
    let message = "nama faskes di baris sendiri dibaca sebagai nama untuk baris indikator di bawahnya".to_owned();
    Some(table(page, Remark { place: from, message }))
}
