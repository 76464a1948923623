//! Figures in a cell that is merged over the rows of several facilities: whose they are, or whether they are of each, nobody
//! says.

use crate::diagnostic::IssueCode;
use crate::domain::records::{CellRef, Field};
use crate::recap::cells::{CellFault, is_blank};
use crate::recap::read::row::RowReader;

/// Names the fault of a figure that stands for several rows; nothing where it is of one.
pub(super) fn is_of_several(row: &mut RowReader<'_, '_>, place: CellRef, field: Field) -> bool {
    let table = row.reader.table;
    let Some(area) = table.sheet.merge_at(place).filter(|area| area.first.row < area.last.row) else { return false };
    let Some(key) = table.heading.key_column() else { return false };
    let start = table.sheet.rows.partition_point(|other| other.index < area.first.row);
    let within = table.sheet.rows[start..].iter().take_while(|other| other.index <= area.last.row);
    if within.filter(|other| !is_blank(other.get(key))).count() < 2 || is_blank(table.sheet.get(area.first)) {
        return false;
    }
    let why = format!(
        "satu angka di sel gabungan {}:{} untuk beberapa baris, tidak jelas milik siapa; pisahkan selnya dan tulis angka setiap baris",
        area.first, area.last
    );
    row.wrong(place, field.label(), &CellFault { code: IssueCode::InvalidNumber, why });
    true
}
