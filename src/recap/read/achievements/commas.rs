//! Counts of people with a comma: `1,250` is 1250 as people are counted, unless its column says otherwise.

use crate::diagnostic::IssueCode;
use crate::domain::format;
use crate::domain::records::{CellRef, Field};
use crate::recap::cells::number::{Dot, read};
use crate::recap::cells::{CellFault, quoted};
use crate::recap::read::Reader;
use crate::recap::read::row::RowReader;
use crate::workbook::CellValue;

/// Digits behind a comma that groups.
const GROUP_DIGITS: usize = 3;

/// The count that a text with one comma before three digits is as a whole number.
fn grouped(value: Option<&CellValue>) -> Option<f64> {
    let text: String = value?.text()?.chars().filter(|c| !c.is_whitespace()).collect();
    let (before, after) = text.split_once(',')?;
    let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_group = are_digits(before) && are_digits(after) && after.len() == GROUP_DIGITS;
    let is_it = is_group && before.len() <= GROUP_DIGITS && !before.starts_with('0');
    is_it.then(|| format!("{before}{after}").parse().ok()).flatten()
}

/// A figure of a cell, with such a comma as one between thousands.
pub(super) fn figure(value: Option<&CellValue>) -> Option<f64> {
    grouped(value).or_else(|| read(value, Dot::Thousands).ok().flatten().map(|number| number.value))
}

/// Reports whether a column speaks for thousands: no figure of it is a fraction, and not all of them are whole
/// thousands, which may be whole numbers with three decimals.
fn are_thousands(reader: &Reader<'_>, column: u32) -> bool {
    let mut texts = 0;
    let mut whole = 0;
    for value in reader.cells_of(column) {
        let is_fraction = match value {
            CellValue::Number { value, .. } => value.fract() != 0.0,
            CellValue::Text(text) => text.contains(',') && grouped(Some(value)).is_none(),
            _ => false,
        };
        if is_fraction {
            return false;
        }
        let is_figure = value.text().is_none_or(|text| text.chars().any(|c| c.is_ascii_digit()));
        texts += usize::from(is_figure);
        whole += usize::from(value.text().is_some_and(|text| text.trim().ends_with(",000")));
    }
    whole < texts
}

/// The count of such a cell.
pub(super) enum Comma {
    Count(f64),
    /// It may be otherwise, which was said.
    Asked,
}

/// Reads a cell with such a comma; none where it has none.
pub(super) fn read_grouped(row: &mut RowReader<'_, '_>, place: CellRef, field: Field) -> Option<Comma> {
    let value = row.value_in(place.column);
    let count = grouped(value)?;
    let written = value.map(quoted).unwrap_or_default();
    if !are_thousands(row.reader, place.column) {
        let why = format!("{written} dapat dibaca dua cara; tulis jumlah orangnya tanpa koma");
        row.wrong(place, field.label(), &CellFault { code: IssueCode::InvalidNumber, why });
        return Some(Comma::Asked);
    }
    row.reader.comma_columns.insert(place.column);
    let heading = CellRef { row: row.reader.table.heading.bottom, column: place.column };
    let message = format!(
        "{}: koma dibaca sebagai pemisah ribuan, karena jumlah orang tidak berkoma (misalnya {written} = {}); bila bukan, tulis angkanya tanpa koma",
        field.label(),
        format::count(count)
    );
    row.reader.reading_once(heading, message);
    row.note(field, place);
    Some(Comma::Count(count))
}

/// A sum below such a column.
pub(in crate::recap::read) fn sum_of(value: Option<&CellValue>) -> Option<f64> {
    grouped(value)
}
