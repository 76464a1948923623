//! xls (BIFF8 and older). The parser lays each sheet out as a dense range before anything can be asked of
//! it, so that bytes from outside belong into the child process, where memory has a bound. Number formats
//! are not visible here: a percentage is a plain number, and its column must tell.

use std::io::Cursor;

use calamine::{Data, Range, Reader, SheetType, SheetVisible, Xls, XlsError};

use super::intake::{Intake, Seen};
use super::values::{date_or_number, error_text};
use super::{Area, CellValue, Notice, OpenError, Visibility, ole};
use crate::domain::records::CellRef;

/// The storage in which macros lie, in 16-bit letters.
const MACROS: &[u8] = b"_\0V\0B\0A\0_\0P\0R\0O\0J\0E\0C\0T\0";

pub(super) fn read(bytes: &[u8], intake: &mut Intake<'_>) -> Result<(), OpenError> {
    ole::check(bytes).map_err(|fault| {
        intake.damaged(match fault {
            ole::Fault::Truncated => "bagian akhirnya hilang",
            ole::Fault::Broken => "susunan bagiannya kacau",
        })
    })?;
    let mut book = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => OpenError::Password { file: intake.file() },
        _ => intake.damaged("isinya tidak sesuai format .xls"),
    })?;
    let listed = book.sheets_metadata().to_vec();
    intake.check_sheets(listed.len())?;
    if book.has_1904_epoch() {
        intake.counts_from_1904();
    }
    if bytes.windows(MACROS.len()).any(|window| window == MACROS) {
        intake.notice(Notice::MacrosIgnored);
    }
    for sheet in listed.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let visibility = match sheet.visible {
            SheetVisible::Visible => Visibility::Visible,
            SheetVisible::Hidden | SheetVisible::VeryHidden => Visibility::Hidden,
        };
        intake.open_sheet(&sheet.name, visibility)?;
        let lost = |_error| intake.damaged("isinya tidak sesuai format .xls");
        let cells = book.worksheet_range(&sheet.name).map_err(lost)?;
        read_cells(&cells, intake)?;
        let cell = |(row, column)| CellRef { row, column };
        for area in book.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default() {
            intake.merge(Area { first: cell(area.start), last: cell(area.end) })?;
        }
    }
    Ok(())
}

fn read_cells(cells: &Range<Data>, intake: &mut Intake<'_>) -> Result<(), OpenError> {
    // A range begins at its first used cell, not at A1.
    let (first_row, first_column) = cells.start().unwrap_or((0, 0));
    for (row, column, data) in cells.used_cells() {
        let offset = |first: u32, place: usize| first.saturating_add(u32::try_from(place).unwrap_or(u32::MAX));
        let place = CellRef { row: offset(first_row, row), column: offset(first_column, column) };
        let value = match data {
            Data::Empty => continue,
            #[expect(clippy::cast_precision_loss, reason = "Excel has no integers beyond 15 digits")]
            Data::Int(value) => CellValue::Number { value: *value as f64, percent: false },
            Data::Float(value) => CellValue::Number { value: *value, percent: false },
            Data::Bool(value) => CellValue::Bool(*value),
            Data::DateTime(value) => date_or_number(value),
            Data::Error(kind) => CellValue::Error(error_text(kind)),
            Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
                intake.cell(place, Seen::Text(text))?;
                continue;
            }
        };
        intake.cell(place, Seen::Value(value))?;
    }
    Ok(())
}
