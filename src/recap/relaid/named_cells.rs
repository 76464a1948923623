//! Months across with the names of facilities in the cells below them, a row a team. Each name becomes a row, marked in
//! its months.

use super::page::{NewCell, NewSheet};
use super::rows::{column_of, months_across, up_to_signatures};
use super::table;
use crate::domain::records::CellRef;
use crate::recap::banner::{Banner, BannerLine};
use crate::recap::cells::{is_blank, is_dash, trim};
use crate::recap::facility_words::is_facility;
use crate::recap::heading::NAME;
use crate::recap::heading_plan::is_person;
use crate::workbook::{Relaid, Remark, Row, Sheet};

/// Fewest months across.
const MONTHS_MIN: usize = 2;
const COACHING: [&str; 7] = ["pembinaan", "supervisi", "kunjungan", "monev", "bimtek", "binwil", "jadwal"];
/// Words of titles below which names across the months are something else.
const OTHERS: [&str; 8] =
    ["laporan", "lokmin", "lokakarya", "hadir", "capaian", "cakupan", "posyandu keliling", "piket"];

/// A name in a cell, and that cell.
struct FacilityCell {
    name: String,
    place: CellRef,
}

/// The sheet with a row for each name.
pub(super) fn relaid(sheet: &Sheet) -> Option<Relaid> {
    let at = sheet.rows.iter().position(|row| months_across(row).len() >= MONTHS_MIN)?;
    let heading = &sheet.rows[at];
    if column_of(heading, &|key| NAME.has(key)).is_some() {
        return None;
    }
    let words = Banner::read(sheet.rows[..at].iter().map(BannerLine::all_cells)).words;
    let says = |known: &[&str]| known.iter().any(|word| words.contains(word));
    if !says(&COACHING) || says(&OTHERS) {
        return None;
    }
    let months: Vec<u32> = months_across(heading).into_iter().map(|(_, column)| column).collect();
    let person =
        column_of(heading, &|key| is_person(key) || ["tim", "timpetugas", "timpembina", "regu"].contains(&key));
    let (rows, tail) = up_to_signatures(&sheet.rows[at + 1..]);
    let mut page = NewSheet::new(sheet);
    page.copy(&sheet.rows[..at]);
    let first = CellRef { row: heading.index, column: *months.first()? };
    let of_months = months.iter().map(|column| NewCell::from_sheet(sheet, CellRef { column: *column, ..first }));
    let of_person = person.map(|_| NewCell::text("Petugas", first));
    let heads = [NewCell::text("Nama Jaringan/Jejaring", first)].into_iter().chain(of_months).chain(of_person);
    page.line(heads.collect());
    let mut count = 0;
    for row in rows {
        for column in &months {
            for FacilityCell { name, place } in names_in(row, *column)? {
                count += 1;
                let mark = |other: &u32| {
                    if other == column { NewCell::text("√", place) } else { NewCell { value: None, from: place } }
                };
                let who = person.map(|column| NewCell::from_sheet(sheet, CellRef { row: row.index, column }));
                page.line(
                    [NewCell::text(&name, place)].into_iter().chain(months.iter().map(mark)).chain(who).collect(),
                );
            }
        }
    }
    page.gap();
    page.copy(tail);
    let message =
        "nama faskes berdiri di bawah bulannya, jadi setiap nama dibaca sebagai satu baris yang ditandai pada bulan itu".to_owned();
    (count > 0).then(|| table(page, Remark { place: first, message }))
}

/// The names in a cell; none where it holds something else.
fn names_in(row: &Row, column: u32) -> Option<Vec<FacilityCell>> {
    let place = CellRef { row: row.index, column };
    let value = row.get(column).filter(|value| !is_blank(Some(value)));
    let Some(value) = value else { return Some(Vec::new()) };
    let text = value.text()?;
    if is_dash(text) {
        return Some(Vec::new());
    }
    let lines: Vec<&str> = text.split(['\n', ';']).map(trim).filter(|line| !line.is_empty()).collect();
    let by_comma: Vec<&str> = lines.iter().flat_map(|line| line.split(',').map(trim)).collect();
    let names = if by_comma.iter().all(|name| is_facility(name)) { by_comma } else { lines };
    let are_names = names.iter().all(|name| is_facility(name));
    are_names.then(|| names.iter().map(|name| FacilityCell { name: (*name).to_owned(), place }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::{Cell, CellValue};

    fn names(text: &str) -> Option<Vec<String>> {
        let row = Row { index: 4, cells: vec![Cell { column: 2, value: CellValue::Text(text.into()) }] };
        names_in(&row, 2).map(|names| names.into_iter().map(|cell| cell.name).collect())
    }

    #[test]
    fn several_names_of_a_cell() {
        let list = |names: &[&str]| Some(names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
        assert_eq!(names("Pustu Borong\nKlinik Sehat"), list(&["Pustu Borong", "Klinik Sehat"]));
        assert_eq!(names("Pustu Borong, Klinik Sehat"), list(&["Pustu Borong", "Klinik Sehat"]));
        assert_eq!(names("BPM Nurhayati, S.Tr.Keb"), list(&["BPM Nurhayati, S.Tr.Keb"]));
        assert_eq!(names("-"), list(&[]));
        assert_eq!(names("√"), None);
    }
}
