//! The evidence of a visit: a column each, or all pieces in one cell.

use super::Reader;
use super::row::RowReader;
use crate::diagnostic::IssueCode;
use crate::domain::records::{CellRef, Field};
use crate::recap::WordSort;
use crate::recap::cells::done::is_cross;
use crate::recap::cells::evidence_named::read;
use crate::recap::cells::mark::{Mark, evidence as evidence_mark};
use crate::recap::cells::{is_blank, value_text};
use crate::recap::heading::ColumnMeaning;
use crate::recap::legend::marks::MarkOf;
use crate::workbook::CellValue;

/// The pieces that are there, as far as a row says it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct VisitEvidence {
    pub(super) attendance_list: Option<bool>,
    pub(super) minutes: Option<bool>,
    pub(super) photos: Option<bool>,
}

const PIECES: [ColumnMeaning; 3] = [ColumnMeaning::AttendanceList, ColumnMeaning::Minutes, ColumnMeaning::Photos];
/// Fewest crosses of which somebody is asked.
const CROSSES_MIN: usize = 2;
/// Rows that are looked at first.
const ROWS_LOOKED_AT: usize = 20;

/// Asks what crosses mean where the columns of evidence hold no other mark: all of it missing, or all of it there. Returns
/// whether they are left unread.
pub(super) fn ask_crosses(reader: &mut Reader<'_>) -> bool {
    let columns: Vec<u32> =
        PIECES.iter().filter_map(|piece| reader.table.heading.columns.get(piece).copied()).collect();
    let Some(first) = columns.first().copied() else { return false };
    // Of most tables the first rows tell that there are other marks.
    let sheet = reader.table.sheet;
    let start = sheet.rows.partition_point(|row| row.index <= reader.table.heading.bottom);
    let looked_at = sheet.rows[start..].iter().take(ROWS_LOOKED_AT);
    let mut early = looked_at.flat_map(|row| columns.iter().filter_map(|column| row.get(*column)));
    if early.any(|value| matches!(evidence_mark(Some(value)), Ok(Some(Mark::Yes)))) {
        return false;
    }
    let marks: Vec<&CellValue> = reader.data_cells(&columns).filter(|value| !is_blank(Some(value))).collect();
    let is_unsaid = |value: &&CellValue| reader.legend.mark(Some(value), MarkOf::Evidence).is_none();
    let are_crosses = marks.len() >= CROSSES_MIN && marks.iter().all(|value| is_cross(value) && is_unsaid(value));
    if !are_crosses || reader.table.chosen(WordSort::Marks).is_some() {
        return false;
    }
    let heading = reader.table.heading.bottom;
    let message = format!(
        "tanda di kolom buktinya hanya x ({} sel), tidak jelas ada atau tidak ada, jadi buktinya tidak dibaca; tulis Ada atau Tidak, \
         lalu impor lagi",
        marks.len()
    );
    reader.error(CellRef { row: heading, column: first }, IssueCode::UnknownValue, message);
    true
}

/// The evidence of a row; a column of its own goes before the one of all.
pub(super) fn evidence(row: &mut RowReader<'_, '_>) -> VisitEvidence {
    if row.reader.is_evidence_unclear {
        return VisitEvidence::default();
    }
    let own = VisitEvidence {
        attendance_list: row.yes_no(ColumnMeaning::AttendanceList, Field::AttendanceList),
        minutes: row.yes_no(ColumnMeaning::Minutes, Field::Minutes),
        photos: row.yes_no(ColumnMeaning::Photos, Field::Photos),
    };
    let value = row.value(ColumnMeaning::Evidence).filter(|value| !is_blank(Some(value)));
    let Some((place, value)) = row.place(ColumnMeaning::Evidence).zip(value) else { return own };
    let Some(pieces) = read(&value_text(value)) else {
        row.unknown_value(
            place,
            "Bukti",
            "sebutkan buktinya: daftar hadir, notulen, foto, atau tulis - bila tidak ada",
        );
        return own;
    };
    let mut of = |column: ColumnMeaning, field: Field, is_there: bool| {
        let is_free = row.place(column).is_none();
        if is_free {
            row.note(field, place);
        }
        is_free.then_some(is_there)
    };
    VisitEvidence {
        attendance_list: of(ColumnMeaning::AttendanceList, Field::AttendanceList, pieces.attendance_list)
            .or(own.attendance_list),
        minutes: of(ColumnMeaning::Minutes, Field::Minutes, pieces.minutes).or(own.minutes),
        photos: of(ColumnMeaning::Photos, Field::Photos, pieces.photos).or(own.photos),
    }
}
