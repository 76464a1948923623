//! Widths of the columns of a sheet written anew. Knows no XML.

use crate::domain::cell::SHEET_COLUMNS;
use crate::domain::records::CellRef;
use crate::workbook::{Cell, CellValue, Row, Sheet};

/// In a character, as widths are stated.
const UNITS: u32 = 256;
/// The narrowest and the widest column of which the file says nothing, and the widest that Excel takes.
const NARROWEST: u32 = 8 * UNITS;
const WIDEST: u32 = WIDEST_CHARS * UNITS;
const WIDEST_CHARS: u32 = 40;
const STATED_MAX: u32 = 255 * UNITS;

/// The width of each column: as the file states it, but so that its numbers and dates are seen; else that of its widest
/// cell, within bounds. Of those only rows of a table count: what stands alone or beside blanks, a banner or a
/// signature, runs on over the next cells, and so does a merged text.
pub(super) fn column_widths(sheet: &Sheet) -> Vec<u32> {
    let (_, columns) = extent(sheet);
    let columns = columns.min(SHEET_COLUMNS) as usize;
    // What cannot run on, and what can.
    let mut needed = vec![0; columns];
    let mut widths = vec![NARROWEST; columns];
    for row in sheet.rows.iter().filter(|row| is_of_a_table(row)) {
        for cell in &row.cells {
            let place = CellRef { row: row.index, column: cell.column };
            if sheet.merge_at(place).is_some_and(|area| area.first.column < area.last.column) {
                continue;
            }
            let list = if cell.value.text().is_some() { &mut widths } else { &mut needed };
            if let Some(width) = list.get_mut(cell.column as usize) {
                *width = shown_width(cell).clamp(*width, WIDEST);
            }
        }
    }
    for stated in sheet.column_widths.iter().filter(|stated| stated.width > 0) {
        let run = widths.iter_mut().take(stated.last as usize + 1).skip(stated.first as usize);
        run.for_each(|own| *own = u32::from(stated.width).min(STATED_MAX));
    }
    widths.into_iter().zip(needed).map(|(width, needed)| width.max(needed)).collect()
}

/// A width in pixels of the standard font, whose characters take seven.
pub(super) fn pixels(width: u32) -> u32 {
    (width * 7).div_ceil(UNITS)
}

/// Rows and columns up to the last that holds something or is merged.
pub(super) fn extent(sheet: &Sheet) -> (u32, u32) {
    let rows = sheet.rows.last().map_or(0, |row| row.index.saturating_add(1));
    let columns = sheet.rows.iter().filter_map(|row| row.cells.last()).map(|cell| cell.column.saturating_add(1));
    (rows, columns.max().unwrap_or(0))
}

/// Reports whether several cells stand side by side.
fn is_of_a_table(row: &Row) -> bool {
    row.cells.len() > 2 || row.cells.windows(2).any(|pair| pair[0].column + 1 == pair[1].column)
}

/// About how wide a cell is shown, with some room.
fn shown_width(cell: &Cell) -> u32 {
    let chars = match &cell.value {
        CellValue::Text(text) => {
            let line = |line: &str| line.chars().take(WIDEST_CHARS as usize).count();
            text.lines().map(line).max().unwrap_or(0)
        }
        CellValue::Number { value, .. } => value.to_string().len().min(11),
        CellValue::Date(_) => 10,
        CellValue::Bool(_) | CellValue::Error(_) | CellValue::FormulaNotComputed => 8,
    };
    let room = 2;
    u32::try_from(chars + room).unwrap_or(WIDEST_CHARS) * UNITS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Date;
    use crate::workbook::{ColumnWidth, Visibility};

    #[test]
    fn as_the_file_says_else_as_the_cells_of_tables() {
        let text = |column, text: &str| Cell { column, value: CellValue::Text(text.into()) };
        let day = Cell { column: 3, value: CellValue::Date(Date::default()) };
        let banner = Row { index: 0, cells: vec![text(0, "PEMERINTAH KABUPATEN ABCDE DINAS KESEHATAN")] };
        let table =
            Row { index: 3, cells: vec![text(0, "No"), text(1, "Nama jejaring panjang"), text(2, "Nilai"), day] };
        let mut sheet = Sheet::new("Mei".to_owned(), Visibility::Visible, vec![banner, table], Vec::new());
        sheet.column_widths = vec![ColumnWidth { first: 2, last: 700, width: 1_280 }];
        assert_eq!(column_widths(&sheet), [8 * UNITS, 23 * UNITS, 5 * UNITS, 12 * UNITS]);
    }
}
