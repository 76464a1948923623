//! Rows of visits that are none, and no mistake: planned for a day and without one on which they took place, or with
//! nothing below the heading of coaching in a table of much else.

use super::Reader;
use super::row::RowReader;
use crate::domain::records::CellRef;
use crate::recap::cells::{is_blank, is_dash};
use crate::recap::heading::{ColumnMeaning, key};
use crate::workbook::CellValue;

/// Such rows of a table so far.
#[derive(Debug, Default)]
pub(super) struct Unmade {
    first: Option<CellRef>,
    count: u32,
    /// A group heading over the days says that its columns alone are of visits.
    is_grouped: bool,
}

/// Columns of what is noted of a visit.
const NOTED: [ColumnMeaning; 9] = [
    ColumnMeaning::Date,
    ColumnMeaning::ReportMonth,
    ColumnMeaning::Form,
    ColumnMeaning::Points,
    ColumnMeaning::AttendanceList,
    ColumnMeaning::Minutes,
    ColumnMeaning::Photos,
    ColumnMeaning::Evidence,
    ColumnMeaning::Finding,
];

impl Unmade {
    /// None yet, of a table.
    pub(super) fn from_reader(reader: &Reader<'_>) -> Self {
        let heading = &reader.table.heading;
        let day = heading.columns.get(&ColumnMeaning::Date).copied();
        let mut texts = day.map(|day| heading.texts(reader.table.sheet, day)).unwrap_or_default();
        texts.pop();
        let is_of_visits =
            |text: &str| ["pembinaan", "kunjungan", "supervisi"].iter().any(|word| key(text).contains(word));
        let is_grouped = texts.iter().any(|(_, text)| is_of_visits(text));
        Self { is_grouped, ..Self::default() }
    }

    /// Counts a row that is one.
    pub(super) fn count(&mut self, row: &RowReader<'_, '_>) -> bool {
        let is_empty = |column: ColumnMeaning| {
            let value = row.value(column);
            is_blank(value) || value.and_then(CellValue::text).is_some_and(is_dash)
        };
        if self.is_grouped && NOTED.into_iter().all(is_empty) {
            return true;
        }
        let Some(place) = row.place(ColumnMeaning::PlannedDay).and_then(|_| row.place(ColumnMeaning::Date)) else {
            return false;
        };
        let is_unmade =
            !is_empty(ColumnMeaning::PlannedDay) && is_empty(ColumnMeaning::Date) && is_empty(ColumnMeaning::Points);
        if is_unmade {
            self.first.get_or_insert(place);
            self.count += 1;
        }
        is_unmade
    }

    /// Tells how many there are.
    pub(super) fn tell(self, reader: &mut Reader<'_>) {
        let Some(place) = self.first else { return };
        let count = self.count;
        let message = format!(
            "{count} baris mempunyai tanggal rencana tanpa tanggal pelaksanaan, dibaca belum dilaksanakan; isi tanggal \
             pelaksanaannya bila sudah"
        );
        reader.reading(place, message);
    }
}
