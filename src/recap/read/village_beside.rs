//! The village that a row names beside its facility: where the register knows the facility in another one, somebody else
//! of the same name may be meant.

use super::Reader;
use super::row::RowReader;
use crate::diagnostic::IssueCode;
use crate::domain::Table;
use crate::recap::cells::{Fault, is_blank, is_dash, is_ditto, shown};
use crate::recap::heading::{Column, key};

/// Headings of villages that are no area somebody serves.
const VILLAGES: [&str; 8] = [
    "desa",
    "desakelurahan",
    "kelurahan",
    "desakel",
    "kelurahandesa",
    "namadesa",
    "namadesakelurahan",
    "namakelurahan",
];

/// The column of villages of a table whose rows name facilities.
pub(super) fn column(reader: &Reader<'_>) -> Option<u32> {
    let heading = &reader.table.heading;
    let is_of_facilities =
        matches!(reader.table.table, Table::Visits | Table::FollowUps | Table::Lokmin | Table::MonthlyReports);
    if !is_of_facilities || heading.has_villages {
        return None;
    }
    let name = *heading.columns.get(&Column::Name)?;
    let is_village = |column: &u32| {
        let text = heading.texts(reader.table.sheet, *column).pop();
        *column != name && text.is_some_and(|(_, text)| VILLAGES.contains(&key(&text).as_str()))
    };
    (heading.extent.0..=heading.extent.1).find(is_village)
}

/// Refuses a row whose village is not that of its facility.
pub(super) fn compare(row: &mut RowReader<'_, '_>, column: Option<u32>, facility: &str) {
    let Some(column) = column else { return };
    let Some(value) = row.value_in(column).filter(|value| !is_blank(Some(value))) else { return };
    let written = shown(value);
    let Some(known) = row.reader.context.differs_in_village(facility, &written) else { return };
    if is_dash(&written) || is_ditto(&written) {
        return;
    }
    let why = format!(
        "desa \"{written}\" di baris ini, sedangkan {facility} di Daftar Identifikasi berada di desa \"{known}\"; bila \
         faskesnya lain, beri nama yang berbeda di daftar itu dan di sini, misalnya dengan nama desanya; bila sama, \
         samakan desanya"
    );
    let place = row.place_in(column);
    row.wrong(place, "Desa", &Fault { code: IssueCode::UnknownFacility, why });
}
