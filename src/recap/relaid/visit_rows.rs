//! Visits with months across and their fields below each other, several rows a facility: Tanggal, Nilai, Petugas. Each
//! month of a facility becomes a row.

use super::page::{NewCell, NewSheet};
use super::rows::{column_of, months_across, up_to_signatures};
use super::table;
use super::upright::field;
use crate::domain::records::CellRef;
use crate::recap::banner::{Banner, BannerLine};
use crate::recap::cells::{is_blank, is_dash};
use crate::recap::heading::{ColumnMeaning, NAME};
use crate::workbook::{CellValue, Relaid, Remark, Row, Sheet};

/// Fewest months across.
const MONTHS_MIN: usize = 2;
const COACHING: [&str; 6] = ["pembinaan", "supervisi", "kunjungan", "monev", "bimtek", "binwil"];
/// The fields that rows may hold, as they are headed.
const FIELDS: [(ColumnMeaning, &str); 6] = [
    (ColumnMeaning::Date, "Tanggal"),
    (ColumnMeaning::Points, "Skor Daftar Tilik"),
    (ColumnMeaning::Maximum, "Skor Maksimal"),
    (ColumnMeaning::Person, "Petugas"),
    (ColumnMeaning::Form, "Bentuk Kegiatan"),
    (ColumnMeaning::Finding, "Temuan"),
];

/// A facility and the rows of its fields.
struct VisitFieldRows<'s> {
    name: CellRef,
    rows: Vec<(ColumnMeaning, &'s Row)>,
}

/// The sheet with a row a visit.
pub(super) fn relaid(sheet: &Sheet) -> Option<Relaid> {
    let at = sheet
        .rows
        .iter()
        .position(|row| months_across(row).len() >= MONTHS_MIN && column_of(row, &|key| NAME.has(key)).is_some())?;
    let heading = &sheet.rows[at];
    let words = Banner::read(sheet.rows[..at].iter().map(BannerLine::all_cells)).words;
    if !COACHING.iter().any(|word| words.contains(word)) || words.contains("capaian") {
        return None;
    }
    let name = column_of(heading, &|key| NAME.has(key))?;
    let months: Vec<u32> = months_across(heading).into_iter().map(|(_, column)| column).collect();
    let first = *months.first()?;
    let (rows, tail) = up_to_signatures(&sheet.rows[at + 1..]);
    let marker = (name + 1..first).find(|column| {
        let fields: Vec<_> = rows.iter().filter_map(|row| Some(of_row(row, *column)?.0)).collect();
        fields.contains(&ColumnMeaning::Date) && fields.iter().any(|field| *field != ColumnMeaning::Date)
    })?;
    let mut facilities: Vec<VisitFieldRows<'_>> = Vec::new();
    for row in rows {
        let Some((field, _)) = of_row(row, marker) else {
            if row.cells.iter().any(|cell| cell.column >= first && !is_blank(Some(&cell.value))) {
                return None;
            }
            continue;
        };
        let of_name = sheet.seen(CellRef { row: row.index, column: name }).filter(|(_, value)| !is_blank(Some(value)));
        let is_known = |known: &VisitFieldRows<'_>| of_name.is_none_or(|(place, _)| place == known.name);
        match facilities.last_mut().filter(|known| is_known(known) && !known.rows.iter().any(|(own, _)| *own == field))
        {
            Some(known) => known.rows.push((field, row)),
            None => facilities.push(VisitFieldRows { name: of_name?.0, rows: vec![(field, row)] }),
        }
    }
    let has = |meaning: ColumnMeaning| facilities.iter().any(|one| one.rows.iter().any(|(own, _)| *own == meaning));
    let fields: Vec<(ColumnMeaning, &str)> = FIELDS.into_iter().filter(|(meaning, _)| has(*meaning)).collect();
    let place = CellRef { row: heading.index, column: first };
    let mut page = NewSheet::new(sheet);
    page.copy(&sheet.rows[..at]);
    let heads = ["Nama Jaringan/Jejaring", "Bulan"].into_iter().chain(fields.iter().map(|(_, word)| *word));
    page.line(heads.map(|word| NewCell::text(word, place)).collect());
    for facility in &facilities {
        for column in &months {
            let of = |meaning: ColumnMeaning| {
                let (_, row) = facility.rows.iter().find(|(own, _)| *own == meaning)?;
                let cell = CellRef { row: row.index, column: *column };
                let is_filled = |value: &CellValue| !is_blank(Some(value)) && !value.text().is_some_and(is_dash);
                row.get(*column).filter(|value| is_filled(value)).map(|_| NewCell::from_sheet(sheet, cell))
            };
            if fields.iter().all(|(meaning, _)| of(*meaning).is_none()) {
                continue;
            }
            let month = NewCell::from_sheet(sheet, CellRef { row: heading.index, column: *column });
            let blank = || NewCell { value: None, from: CellRef { row: facility.name.row, column: *column } };
            let own = fields.iter().map(|(meaning, _)| of(*meaning).unwrap_or_else(blank));
            page.line([NewCell::from_sheet(sheet, facility.name), month].into_iter().chain(own).collect());
        }
    }
    page.gap();
    page.copy(tail);
    let message = format!(
        "baris {} di bawah setiap nama dibaca sebagai isi pembinaan bulan kolomnya",
        fields.iter().map(|(_, word)| *word).collect::<Vec<_>>().join(", ")
    );
    Some(table(page, Remark { place, message }))
}

/// The field of a row, by its marker; none where that is blank or unknown.
fn of_row(row: &Row, column: u32) -> Option<(ColumnMeaning, CellRef)> {
    let text = row.get(column)?.text()?;
    let field = field(text).filter(|field| FIELDS.iter().any(|(known, _)| known == field))?;
    Some((field, CellRef { row: row.index, column }))
}
