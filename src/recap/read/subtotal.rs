//! Facilities whose figures are the sums of those of another kind in the rows below them, a Pustu above its posyandu: the
//! same people would count twice. That is told; the figures stay.

use super::read_columns::ReadColumns;
use super::row::RowReader;
use crate::domain::records::CellRef;
use crate::recap::cells::number::{Dot, read};
use crate::recap::cells::{is_blank, value_text};
use crate::recap::kinds::kind_of_name;
use crate::workbook::Row;

/// Fewest rows of which one is a sum.
const ROWS_MIN: usize = 2;
/// Difference from which sums are others.
const TOLERANCE: f64 = 1e-6;

/// Tells that the row's figures are the sums of the rows right below it.
pub(super) fn tell_subtotal(row: &mut RowReader<'_, '_>) {
    let table = row.reader.table;
    let context = row.reader.context;
    let Some(key) = table.heading.key_column() else { return };
    let named = |row: &Row| {
        let written = row.get(key).filter(|value| !is_blank(Some(value))).map(value_text)?;
        let name = context.facility(&written)?;
        Some((name.to_owned(), kind_of_name(name)?))
    };
    let Some((name, kind)) = named(row.row) else { return };
    let start = table.sheet.rows.partition_point(|other| other.index <= row.row.index);
    let below = table.sheet.rows[start..].iter().take_while(|other| other.index <= table.last_row);
    let parts: Vec<&Row> = below.take_while(|other| named(other).is_some_and(|(_, other)| other != kind)).collect();
    if parts.len() < ROWS_MIN {
        return;
    }
    let figure =
        |row: &Row, column: u32| read(row.get(column), Dot::Thousands).ok().flatten().map(|number| number.value);
    let is_sum = |column: u32| {
        let sum: f64 = parts.iter().filter_map(|part| figure(part, column)).sum();
        figure(row.row, column).is_none_or(|own| own > 0.0 && (own - sum).abs() < TOLERANCE)
    };
    let columns = ReadColumns::from_heading(&table.heading);
    let is_filled = |column: u32| figure(row.row, column).is_some();
    if columns.all().filter(|column| is_filled(*column)).count() < 2 || !columns.all().all(is_sum) {
        return;
    }
    let place = CellRef { row: row.row.index, column: key };
    let message = format!(
        "angka {name} sama dengan jumlah {} baris di bawahnya; semuanya tetap dipakai, tetapi bila baris ini hanya jumlahnya, kosongkan \
         angkanya lalu impor lagi, karena orang yang sama terhitung dua kali",
        parts.len()
    );
    row.reader.reading(place, message);
}
