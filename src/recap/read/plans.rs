//! RUK and RPK: the year of a row and its cost. A cost that cannot be read is named and counts as not stated: the activity
//! stays on the list, and every sum says that a cost is missing from it.

use super::row::RowReader;
use crate::diagnostic::IssueCode;
use crate::domain::exact::Decimal;
use crate::domain::form::FormField;
use crate::domain::records::Field;
use crate::recap::cells::{self, CellFault, quoted, rupiah};
use crate::recap::heading::ColumnMeaning;
use crate::workbook::CellValue;

/// Years that a plan may be of.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

/// Reads the year that a row names; without one it is the table's.
pub(super) fn year(row: &mut RowReader<'_, '_>) -> Option<i32> {
    let place = row.place(ColumnMeaning::PlanYear)?;
    let written =
        cells::text(row.value(ColumnMeaning::PlanYear)).ok().flatten().filter(|text| !cells::is_dash(text))?;
    let year = cells::trim(&written).parse::<i32>().ok().filter(|year| YEARS.contains(year));
    if year.is_none() {
        let shown = quoted(&CellValue::Text(written.as_str().into()));
        let why = format!("{shown} bukan tahun; tulis tahunnya, misalnya 2024, atau kosongkan bila sama dengan judul");
        row.wrong(place, "Tahun Rencana", &CellFault { code: IssueCode::InvalidNumber, why });
        return None;
    }
    row.note(Field::Year, place);
    year
}

/// Reads the cost of a row.
pub(super) fn read_cost(row: &mut RowReader<'_, '_>, field: &FormField) -> Option<Decimal> {
    let place = row.place(ColumnMeaning::Cost)?;
    match rupiah::read(row.cell(place.column)) {
        Ok(cost) => {
            let cost = cost?;
            row.note(field.field, place);
            Some(cost)
        }
        Err(fault) => {
            let message = format!("{}: {}; biaya kegiatan ini dianggap belum disebut", field.label, fault.why);
            row.reader.error(place, fault.code, message);
            None
        }
    }
}
