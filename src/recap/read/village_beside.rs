//! The village that stands in a row beside the name of a facility: two of one name in two villages are not the same.

use super::Reader;
use super::row::RowReader;
use crate::diagnostic::IssueCode;
use crate::domain::Table;
use crate::domain::records::CellRef;
use crate::recap::cells::{CellFault, is_blank, is_dash, is_ditto};
use crate::recap::heading::{ColumnMeaning, is_village_heading};
use crate::workbook::CellValue;

/// The column of villages of a table that does not read it as a field of its own.
pub(super) fn village_column(reader: &Reader<'_>) -> Option<u32> {
    let heading = &reader.table.heading;
    let name = heading.columns.get(&ColumnMeaning::Name)?;
    if reader.table.table == Table::Facilities || heading.has_villages {
        return None;
    }
    let (first, last) = heading.extent;
    let is_free = |column: &u32| column != name && !heading.columns.values().any(|held| held == column);
    let is_of_villages = |column: &u32| {
        heading.texts(reader.table.sheet, *column).pop().is_some_and(|(_, text)| is_village_heading(&text))
    };
    (first..=last).filter(is_free).find(is_of_villages)
}

impl RowReader<'_, '_> {
    /// The village of the row, where a column names it.
    fn village_beside(&self) -> Option<String> {
        let column = self.reader.village_column?;
        let place = self.place_in(column);
        let seen = self.reader.table.sheet.seen(place).filter(|(at, _)| at.row > self.reader.table.heading.bottom);
        let text = seen.map(|(_, value)| value).filter(|value| !is_blank(Some(value))).and_then(CellValue::text)?;
        (!is_ditto(text) && !is_dash(text)).then(|| text.trim().to_owned())
    }

    /// The facility that has the row's village in its name, where neither the name alone nor its kind is known: `Melati`
    /// below *Nama Posyandu*, in Borong, is Posyandu Melati Borong.
    pub(super) fn named_with_its_village(&mut self, written: &str, kind: Option<&str>) -> Option<String> {
        let village = self.village_beside()?;
        let context = self.reader.context;
        let above = self.reader.kind_above().map(|above| above.kind);
        let with_kind = |kind: &str| context.facility_of(&format!("{kind} {written}"), &village);
        let found = context.facility_of(written, &village);
        let found = found.or_else(|| [above, kind].into_iter().flatten().find_map(with_kind))?;
        Some(found.to_owned())
    }

    /// The facility that a name and the row's village mean: the known one of that name, another with the village in its
    /// name, or none, where the known one is of a kind of which every village has its own and lies elsewhere.
    pub(super) fn in_its_village(&mut self, name: &str, written: &str, place: CellRef) -> Option<String> {
        let Some(village) = self.village_beside() else { return Some(name.to_owned()) };
        let context = self.reader.context;
        let Some(elsewhere) = context.other_village(name, &village) else { return Some(name.to_owned()) };
        if let Some(other) = context.facility_of(written, &village) {
            return Some(other.to_owned());
        }
        let why = format!(
            "\"{name}\" di Daftar Identifikasi terletak di desa {elsewhere}, sedangkan baris ini menyebut desa {village}; bila ini faskes \
             lain yang bernama sama, tambahkan ke Daftar Identifikasi dengan nama \"{written} {village}\" dan pakai nama itu di sini, \
             bila bukan, betulkan desanya"
        );
        self.wrong(place, "Nama", &CellFault { code: IssueCode::UnknownFacility, why });
        None
    }
}
