//! The evidence of a visit: a column each, or all pieces in one cell.

use super::row::RowReader;
use crate::domain::records::Field;
use crate::recap::cells::evidence_named::read;
use crate::recap::cells::{is_blank, value_text};
use crate::recap::heading::ColumnMeaning;

/// The pieces that are there, as far as a row says it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct VisitEvidence {
    pub(super) attendance_list: Option<bool>,
    pub(super) minutes: Option<bool>,
    pub(super) photos: Option<bool>,
}

/// The evidence of a row; a column of its own goes before the one of all.
pub(super) fn evidence(row: &mut RowReader<'_, '_>) -> VisitEvidence {
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
