//! Rows of other Puskesmas in one table, by a column that names the Puskesmas of each: whoever counts them all counts
//! others' work as their own. Knows no store.

use std::collections::BTreeMap;

use super::cells::{is_dash, value_text};
use super::heading::key;
use super::layout::Heading;
use crate::domain::Table;
use crate::domain::name::puskesmas_key;
use crate::domain::records::CellRef;
use crate::workbook::{Row, Sheet};

/// Headings of a column that names the Puskesmas of each row.
const HEADINGS: [&str; 9] = [
    "puskesmas",
    "namapuskesmas",
    "uptpuskesmas",
    "uptdpuskesmas",
    "pkm",
    "namapkm",
    "puskesmaspembina",
    "puskesmasinduk",
    "asalpuskesmas",
];
/// Names that a question tells.
const NAMES_TOLD: usize = 4;

/// The question about a table whose rows are of several Puskesmas, at the heading that says so.
pub(super) fn asked(sheet: &Sheet, heading: &Heading, rows: &[Row]) -> Option<(CellRef, String)> {
    if matches!(heading.table, Some(Table::Clusters | Table::Pkp | Table::PkpVerifications | Table::PlanProposals)) {
        return None;
    }
    let read = heading.read_columns();
    let is_free = |column: &u32| !read.contains(column) && !heading.columns.values().any(|held| held == column);
    let (first, last) = heading.extent;
    let place = (first..=last).filter(is_free).find_map(|column| {
        let (place, text) = heading.texts(sheet, column).pop()?;
        HEADINGS.contains(&key(&text).as_str()).then_some(CellRef { column, ..place })
    })?;
    let key_column = heading.key_column();
    let mut named: BTreeMap<String, String> = BTreeMap::new();
    for row in rows.iter().filter(|row| key_column.is_none_or(|key| row.get(key).is_some())) {
        let text = row.get(place.column).map(value_text).unwrap_or_default();
        let bare = puskesmas_key(&text);
        if !is_dash(&text) && bare.chars().any(char::is_alphabetic) {
            named.entry(bare).or_insert_with(|| text.trim().to_owned());
        }
    }
    if named.len() < 2 {
        return None;
    }
    let more = if named.len() > NAMES_TOLD { ", …" } else { "" };
    let told: Vec<&str> = named.values().take(NAMES_TOLD).map(String::as_str).collect();
    let message = format!(
        "baris tabel ini milik beberapa Puskesmas ({}{more}), jadi tidak dibaca; sisakan baris Puskesmas sendiri saja, lalu \
         impor lagi; baris Puskesmas lain simpan di berkas Puskesmas itu",
        told.join(", ")
    );
    Some((place, message))
}
