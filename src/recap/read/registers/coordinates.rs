//! Places of a register on the map: one cell with both angles, or a column for each. Knows no map.

use crate::diagnostic::IssueCode;
use crate::domain::coordinates::{Coordinates, CoordinatesFault, parse_angle};
use crate::domain::records::{CellRef, Field};
use crate::recap::cells::{self, quoted};
use crate::recap::heading::ColumnMeaning;
use crate::recap::read::row::RowReader;
use crate::workbook::CellValue;

const LABEL: &str = "Koordinat";

/// The place of a row; none where it says nothing of it, or what cannot be: that is told.
pub(super) fn coordinates(row: &mut RowReader<'_, '_>) -> Option<Coordinates> {
    let both = row.place(ColumnMeaning::Coordinates).filter(|place| is_filled(row, *place));
    if let Some(place) = both {
        let text = row.value_in(place.column).map(cells::value_text).unwrap_or_default();
        return judged(row, place, Coordinates::parse(&text));
    }
    let latitude = row.place(ColumnMeaning::Latitude)?;
    let longitude = row.place(ColumnMeaning::Longitude)?;
    match [latitude, longitude].map(|place| is_filled(row, place)) {
        [false, false] => None,
        [true, true] => {
            let angles = [latitude, longitude].map(|place| row.value_in(place.column).and_then(angle));
            let [Some(north), Some(east)] = angles else {
                let wrong = if angles[0].is_none() { latitude } else { longitude };
                return judged(row, wrong, Err(CoordinatesFault::Unreadable));
            };
            row.note(Field::Attributes, longitude);
            judged(row, latitude, Coordinates::new(north, east))
        }
        [has_latitude, _] => {
            let blank = if has_latitude { longitude } else { latitude };
            let message = format!("{LABEL}: lintang dan bujur harus ada keduanya; tulis pasangannya di sini");
            row.reader.warn(blank, IssueCode::UnknownValue, message);
            None
        }
    }
}

fn is_filled(row: &RowReader<'_, '_>, place: CellRef) -> bool {
    let value = row.value_in(place.column).filter(|value| !cells::is_blank(Some(value)));
    value.is_some_and(|value| value.text().is_none_or(|text| !cells::is_dash(text)))
}

/// One angle of a column of its own.
fn angle(value: &CellValue) -> Option<f64> {
    match value {
        CellValue::Number { value, percent: false } => Some(*value),
        CellValue::Text(text) => parse_angle(text),
        _ => None,
    }
}

fn judged(
    row: &mut RowReader<'_, '_>,
    place: CellRef,
    read: Result<Coordinates, CoordinatesFault>,
) -> Option<Coordinates> {
    let fault = match read {
        Ok(coordinates) => {
            row.note(Field::Attributes, place);
            return Some(coordinates);
        }
        Err(fault) => fault,
    };
    let shown = row.value_in(place.column).map(quoted).unwrap_or_default();
    let why = match fault {
        CoordinatesFault::Unreadable => {
            "tidak dapat dibaca, dianggap kosong; tulis lintang lalu bujur, misalnya -7,12345; 110,45678"
        }
        CoordinatesFault::Swapped => "tertukar, dianggap kosong; tulis lintang dahulu, lalu bujur",
        CoordinatesFault::Outside => {
            "di luar Indonesia, dianggap kosong; tulis lintang selatan dengan minus dan derajat dengan koma desimal"
        }
    };
    row.reader.warn(place, IssueCode::UnknownValue, format!("{LABEL}: {shown} {why}"));
    None
}
