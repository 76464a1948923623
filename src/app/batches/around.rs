//! The rows of an accepted file around a cell, read again from the file as it came: where a figure ends. Knows no page.

use super::BatchService;
use crate::app::intake::layouts::cell_text;
use crate::domain::records::{CellRef, column_letters};
use crate::store::{BatchId, StoreError};
use crate::workbook::{OpenError, Row, Sheet};

/// Rows shown on each side of the cell.
const ROWS_AROUND: u32 = 6;
/// Rows with something in them that are shown from the top of the sheet: its titles and headings.
const ROWS_AT_TOP: usize = 8;
/// Columns shown at most; a cell further right moves them.
const COLUMNS_MAX: u32 = 40;

/// Rows of a sheet around a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Around {
    /// Name of the file.
    pub file_name: String,
    /// Letters of the columns shown.
    pub columns: Vec<String>,
    /// The rows shown, in order.
    pub rows: Vec<AroundRow>,
}

/// Row of the sheet near the cell asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AroundRow {
    /// Its number, from 1.
    pub number: u32,
    /// True if rows with something in them, not shown here, lie between this one and the one before.
    pub is_after_gap: bool,
    /// Text of each column shown, and whether it is the cell asked for.
    pub cells: Vec<(String, bool)>,
}

/// Reason for which nothing can be shown. The display is the message for the user.
#[derive(Debug, thiserror::Error)]
pub enum AroundError {
    /// There is no such sheet or cell in it.
    #[error("sel itu tidak ada di berkas ini")]
    NoSuchCell,
    /// The file cannot be opened (any more).
    #[error(transparent)]
    Unreadable(#[from] OpenError),
    /// Failure of the database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl BatchService<'_> {
    /// The rows around some cells (`F10`, or `F10 + G10`) of a sheet of a batch's file. Blocking: it opens the file,
    /// within the limits that hold for every file.
    pub fn around(self, batch: BatchId, sheet: &str, cells: &str) -> Result<Around, AroundError> {
        let wanted: Vec<CellRef> = cells.split('+').filter_map(|cell| CellRef::parse(cell.trim())).collect();
        let (file_name, bytes) = self.app.store().original(batch)?;
        let workbook = self.app.opener().read(&file_name, &bytes)?;
        let found = workbook.sheets.iter().find(|known| known.name == sheet).ok_or(AroundError::NoSuchCell)?;
        rows_around(found, &wanted).map(|(columns, rows)| Around { file_name, columns, rows })
    }
}

fn rows_around(sheet: &Sheet, wanted: &[CellRef]) -> Result<(Vec<String>, Vec<AroundRow>), AroundError> {
    let first = wanted.first().ok_or(AroundError::NoSuchCell)?;
    let is_wanted_row = |row: &Row| wanted.iter().any(|cell| cell.row == row.index);
    if !sheet.rows.iter().any(is_wanted_row) {
        return Err(AroundError::NoSuchCell);
    }
    let is_near = |row: &Row| wanted.iter().any(|cell| cell.row.abs_diff(row.index) <= ROWS_AROUND);
    let chosen: Vec<(usize, &Row)> =
        sheet.rows.iter().enumerate().filter(|(place, row)| *place < ROWS_AT_TOP || is_near(row)).collect();
    let widest = chosen.iter().filter_map(|(_, row)| row.cells.last()).map(|cell| cell.column + 1).max().unwrap_or(0);
    let widest = widest.max(wanted.iter().map(|cell| cell.column + 1).max().unwrap_or(0));
    let from = (first.column + 1).saturating_sub(COLUMNS_MAX);
    let columns = from..widest.min(from + COLUMNS_MAX);
    let mut before: Option<usize> = None;
    let rows = chosen.into_iter().map(|(place, row)| {
        let is_after_gap = before.is_some_and(|before| before + 1 < place);
        before = Some(place);
        let cell = |column: u32| {
            let text = row.get(column).map(cell_text).unwrap_or_default();
            (text, wanted.contains(&CellRef { row: row.index, column }))
        };
        AroundRow { number: row.index + 1, is_after_gap, cells: columns.clone().map(cell).collect() }
    });
    let rows = rows.collect();
    Ok((columns.map(column_letters).collect(), rows))
}
