//! Tables of facilities by village and kind. Where names stand in the cells they are a register; where the cells count,
//! no fact can be taken of them: it is said what they are, and what to bring instead.

use super::page::{NewCell, NewSheet};
use super::rows::up_to_signatures;
use super::table;
use crate::domain::records::CellRef;
use crate::recap::cells::number::{Dot, read};
use crate::recap::cells::{is_blank, is_dash};
use crate::recap::heading::{is_village_heading, key};
use crate::recap::heading_figures::is_total;
use crate::recap::kinds::KindWords;
use crate::recap::questions::kinds_counted_asked;
use crate::workbook::{CellValue, Relaid, Remark, Row, Sheet};

/// Fewest kinds across or down.
const KINDS_MIN: usize = 3;
const KINDS_DOWN_MIN: usize = 2;
/// Fewest names in the cells, and fewest letters of one.
const NAMES_MIN: usize = 2;
const NAME_LETTERS_MIN: usize = 3;
/// Rows above and below the kinds in which the heading of the villages may stand.
const ROWS_NEAR: usize = 2;
/// Rows below that are looked at.
const ROWS_LOOKED_AT: usize = 60;
/// Kinds that a sentence names.
const KINDS_NAMED: usize = 4;
/// Headings of a column of kinds.
const KIND_HEADINGS: [&str; 8] = [
    "jenis",
    "jenisfaskes",
    "jenisjejaring",
    "jenisjaringan",
    "jenisjaringanjejaring",
    "jenisjaringandanjejaring",
    "jenisfasyankes",
    "jenissarana",
];

/// The question about such a sheet.
pub(super) fn relaid(sheet: &Sheet) -> Option<Relaid> {
    (0..sheet.rows.len()).find_map(|at| across(sheet, at).or_else(|| down(sheet, at)))
}

/// The kind that a text is nothing but.
fn kind_of(text: &str) -> Option<&'static str> {
    let said = KindWords::from_text(text);
    said.kind().filter(|_| said.unknown == 0)
}

fn texts(row: &Row) -> impl Iterator<Item = (u32, &str)> {
    row.cells.iter().filter_map(|cell| Some((cell.column, cell.value.text()?.trim())))
}

/// Reports whether a cell counts or ticks.
fn is_count(value: &CellValue) -> bool {
    let is_tick =
        |text: &str| is_dash(text) || ["√", "✓", "v", "x", "ada", "tidak"].contains(&key_or_text(text).as_str());
    matches!(read(Some(value), Dot::Thousands), Ok(Some(_))) || value.text().is_some_and(is_tick)
}

fn key_or_text(text: &str) -> String {
    let key = key(text);
    if key.is_empty() { text.to_owned() } else { key }
}

/// Villages down, kinds across, and the names of the facilities in the cells: laid out as a register.
pub(super) fn named(sheet: &Sheet) -> Option<Relaid> {
    (0..sheet.rows.len()).find_map(|at| names_across(sheet, at))
}

fn names_across(sheet: &Sheet, at: usize) -> Option<Relaid> {
    let row = &sheet.rows[at];
    let kinds: Vec<(u32, &str)> = texts(row).filter_map(|(column, text)| Some((column, kind_of(text)?))).collect();
    let (first, _) = *kinds.first().filter(|_| kinds.len() >= KINDS_MIN)?;
    let near = &sheet.rows[at.saturating_sub(ROWS_NEAR)..=at];
    let mut heads = near.iter().flat_map(|row| texts(row).map(|(column, text)| (row.index, column, text)));
    let (top, village, _) = heads.find(|(_, column, text)| *column < first && is_village_heading(text))?;
    let is_name = |value: &CellValue| {
        let letters = value.text().map_or(0, |text| text.chars().filter(|letter| letter.is_alphabetic()).count());
        letters >= NAME_LETTERS_MIN && !is_count(value)
    };
    let (below, _) = up_to_signatures(&sheet.rows[at + 1..]);
    let held = || below.iter().flat_map(|row| kinds.iter().filter_map(|(column, _)| row.get(*column)));
    let names = held().filter(|value| is_name(value)).count();
    let others = held().filter(|value| !is_blank(Some(value)) && !is_name(value));
    if names < NAMES_MIN || others.clone().any(|value| !value.text().is_some_and(is_dash)) {
        return None;
    }
    let mut page = NewSheet::new(sheet);
    page.copy(&sheet.rows[..sheet.rows.partition_point(|row| row.index < top)]);
    let place = CellRef { row: row.index, column: first };
    page.line(["Nama Jaringan/Jejaring", "Jenis", "Desa"].map(|text| NewCell::text(text, place)).to_vec());
    for row in below {
        let desa = NewCell::from_sheet(sheet, CellRef { row: row.index, column: village });
        for (column, kind) in &kinds {
            let from = CellRef { row: row.index, column: *column };
            let Some(value) = row.get(*column).filter(|value| is_name(value)) else { continue };
            let kind = NewCell::text(kind, CellRef { row: sheet.rows[at].index, column: *column });
            // Several facilities of a kind stand below each other in one cell.
            let names = value.text().unwrap_or_default().split(['\n', ';', ',']).map(str::trim);
            for name in names.filter(|name| !name.is_empty()) {
                page.line(vec![NewCell::text(name, from), kind.clone(), desa.clone()]);
            }
        }
    }
    let message =
        "nama faskes menurut desa (menurun) dan jenis (mendatar) dibaca sebagai satu baris untuk setiap nama; \
                   bila bukan, susun seperti templat"
            .to_owned();
    Some(table(page, Remark { place, message }))
}

/// Villages down and kinds across.
fn across(sheet: &Sheet, at: usize) -> Option<Relaid> {
    let row = &sheet.rows[at];
    let kinds: Vec<(u32, &str)> = texts(row).filter_map(|(column, text)| Some((column, kind_of(text)?))).collect();
    let (first, _) = *kinds.first().filter(|_| kinds.len() >= KINDS_MIN)?;
    let near = &sheet.rows[at.saturating_sub(ROWS_NEAR)..(at + 2).min(sheet.rows.len())];
    let has_villages = near.iter().flat_map(texts).any(|(column, text)| column < first && is_village_heading(text));
    let below: Vec<&Row> = sheet.rows[at + 1..].iter().take(ROWS_LOOKED_AT).collect();
    let held = || below.iter().flat_map(|row| kinds.iter().filter_map(|(column, _)| row.get(*column)));
    let counts = held().filter(|value| is_count(value)).count();
    let filled = held().filter(|value| !is_blank(Some(value))).count();
    if !has_villages || counts < KINDS_MIN || counts * 2 < filled {
        return None;
    }
    Some(asked(CellRef { row: row.index, column: first }, kinds.iter().map(|(_, kind)| *kind)))
}

/// Kinds down and villages across.
fn down(sheet: &Sheet, at: usize) -> Option<Relaid> {
    let row = &sheet.rows[at];
    let (column, _) = texts(row).find(|(_, text)| KIND_HEADINGS.contains(&key(text).as_str()))?;
    let others: Vec<u32> = texts(row).filter(|(other, _)| *other > column).map(|(other, _)| other).collect();
    let below: Vec<&Row> = sheet.rows[at + 1..].iter().take(ROWS_LOOKED_AT).collect();
    let kinds: Vec<&str> = below.iter().filter_map(|row| kind_of(row.get(column)?.text()?)).collect();
    let of_kinds = || {
        below.iter().filter(|row| row.get(column).and_then(CellValue::text).is_some_and(|text| !is_total(&key(text))))
    };
    let mut held = of_kinds().flat_map(|row| others.iter().filter_map(|other| row.get(*other)));
    let are_counts = held.all(|value| is_blank(Some(value)) || is_count(value));
    if kinds.len() < KINDS_DOWN_MIN || others.len() < KINDS_DOWN_MIN || !are_counts {
        return None;
    }
    Some(asked(CellRef { row: row.index, column }, kinds.into_iter()))
}

fn asked<'k>(place: CellRef, kinds: impl Iterator<Item = &'k str>) -> Relaid {
    let mut named: Vec<&str> = Vec::new();
    for kind in kinds {
        if !named.contains(&kind) {
            named.push(kind);
        }
    }
    let more = if named.len() > KINDS_NAMED { ", …" } else { "" };
    named.truncate(KINDS_NAMED);
    let message = kinds_counted_asked(&format!("{}{more}", named.join(", ")));
    Relaid::Asked(Remark { place, message })
}
