//! Capaian with a column of villages and one of facilities that is called by their kind alone, `DESA | POSYANDU`: the
//! facilities are its rows, and their column gets the heading that names should have.

use super::page::{NewCell, NewSheet};
use crate::domain::Table;
use crate::domain::records::CellRef;
use crate::recap::cells::is_blank;
use crate::recap::heading::{NAME, is_village_heading, key};
use crate::recap::heading_figures::is_total;
use crate::recap::kinds::KindWords;
use crate::recap::section::Section;
use crate::workbook::{Cell, CellValue, Relaid, Remark, Row, Sheet};

/// Words below such a heading that are no names.
const NO_NAMES: [&str; 8] = ["ada", "tidak", "tidakada", "ya", "aktif", "tidakaktif", "v", "x"];

/// The sheet with the heading that its names should have.
pub(super) fn relaid(sheet: &Sheet, sections: &[Section]) -> Option<Relaid> {
    let of_villages =
        |section: &&Section| section.heading.table == Some(Table::Achievements) && section.heading.has_villages;
    let rows: Vec<u32> = sections.iter().filter(of_villages).map(|section| section.heading.anchor.row).collect();
    let mut page = NewSheet::new(sheet);
    let mut first: Option<(CellRef, String)> = None;
    for (at, row) in sheet.rows.iter().enumerate() {
        let named = rows.contains(&row.index).then(|| names_beside(row, &sheet.rows[at + 1..])).flatten();
        let Some(named) = named else {
            page.copy(std::slice::from_ref(row));
            continue;
        };
        let pieces = row.cells.iter().map(|cell| {
            let from = CellRef { row: row.index, column: cell.column };
            let own = NewCell { value: Some(cell.value.clone()), from };
            (cell.column, if cell.column == named.column { NewCell::text(&named.heading, from) } else { own })
        });
        let text = row.get(named.column).and_then(CellValue::text).unwrap_or_default().trim().to_owned();
        first.get_or_insert((CellRef { row: row.index, column: named.column }, text));
        page.split(row, vec![pieces.collect()]);
    }
    let (place, heading) = first?;
    let message = format!(
        "kolom \"{heading}\" memuat nama faskes, jadi setiap baris dibaca untuk faskes itu, bukan untuk desanya"
    );
    Some(Relaid::Table(Box::new(page.finish_alike()), vec![Remark { place, message }]))
}

/// A column of names, and the heading that it should have.
struct NameColumn {
    column: u32,
    heading: String,
}

fn names_beside(row: &Row, below: &[Row]) -> Option<NameColumn> {
    let texts = || row.cells.iter().filter_map(|cell| Some((cell.column, cell.value.text()?)));
    let village = texts().find(|(_, text)| is_village_heading(text))?.0;
    if texts().any(|(_, text)| NAME.has(&key(text))) {
        return None;
    }
    let kind_of = |text: &str| {
        let said = KindWords::from_text(text);
        // Who the midwife or the doctor is, is no facility.
        let is_person = ["bidan", "dokter", "perawat", "kader"].iter().any(|word| key(text).contains(word));
        said.kind().filter(|_| said.unknown == 0 && !is_person).map(ToOwned::to_owned)
    };
    texts().filter(|(column, _)| *column != village).find_map(|(column, text)| {
        let kind = kind_of(text)?;
        if !holds_names(below, column, village) {
            return None;
        }
        let named = format!("Nama {kind}");
        let is_known = NAME.has(&key(&named));
        let heading = if is_known { named } else { "Nama Jaringan/Jejaring".to_owned() };
        Some(NameColumn { column, heading })
    })
}

fn holds_names(below: &[Row], column: u32, village: u32) -> bool {
    let is_sum = |row: &Row| {
        let first: Option<&Cell> = row.cells.iter().find(|cell| cell.value.text().is_some());
        first.and_then(|cell| cell.value.text()).is_some_and(|text| is_total(&key(text)))
    };
    let rows = below.iter().take_while(|row| row.cells.iter().any(|cell| cell.column > column.max(village)));
    let cells: Vec<&CellValue> = rows
        .filter(|row| !is_sum(row))
        .filter_map(|row| row.get(column))
        .filter(|value| !is_blank(Some(value)))
        .collect();
    let is_name = |value: &&CellValue| {
        value.text().is_some_and(|text| {
            let key = key(text);
            key.chars().any(char::is_alphabetic) && !NO_NAMES.contains(&key.as_str())
        })
    };
    !cells.is_empty() && cells.iter().all(is_name)
}
