//! The sink that keeps: sheets of rows in order, each cell once. Knows no file format and no limit.

use std::sync::Arc;

use super::intake::{Seen, Sink};
use super::{Area, Cell, CellMark, CellValue, ColumnWidth, Merges, Notice, Row, Sheet, Visibility, Workbook};
use crate::domain::records::CellRef;

pub(super) struct Collector {
    book: Workbook,
    open: Option<OpenSheet>,
}

struct OpenSheet {
    sheet: Sheet,
    rows: RowsBuilder,
    merges: Vec<Area>,
}

impl Collector {
    pub(super) fn new(file: &str) -> Self {
        let book = Workbook { file: file.to_owned(), sheets: Vec::new(), counts_from_1904: false, notices: Vec::new() };
        Self { book, open: None }
    }

    pub(super) fn finish(mut self) -> Workbook {
        self.close();
        self.book.notices.sort();
        self.book.notices.dedup();
        self.book
    }

    fn close(&mut self) {
        if let Some(OpenSheet { mut sheet, rows, merges }) = self.open.take() {
            sheet.rows = rows.finish();
            sheet.merges = Merges::from_areas(merges);
            sheet.hidden_columns.sort_unstable();
            sheet.hidden_rows = joined(sheet.hidden_rows);
            sheet.marks.sort();
            self.book.sheets.push(sheet);
        }
    }
}

impl Sink for Collector {
    fn sheet(&mut self, name: &str, visibility: Visibility) {
        self.close();
        let sheet = Sheet::new(name.to_owned(), visibility, Vec::new(), Vec::new());
        self.open = Some(OpenSheet { sheet, rows: RowsBuilder::default(), merges: Vec::new() });
    }

    fn cell(&mut self, place: CellRef, seen: Seen<'_>) {
        let value = match seen {
            Seen::Text(text) => CellValue::Text(text.into()),
            Seen::Shared(text, _) => CellValue::Text(Arc::clone(text)),
            Seen::Value(value) => value,
        };
        if let Some(sheet) = &mut self.open {
            sheet.rows.push(place, value);
        }
    }

    fn merge(&mut self, area: Area) {
        if let Some(sheet) = &mut self.open {
            sheet.merges.push(area);
        }
    }

    fn hidden_columns(&mut self, first: u32, last: u32) {
        if let Some(OpenSheet { sheet, .. }) = &mut self.open {
            sheet.hidden_columns.push((first, last));
        }
    }

    fn column_width(&mut self, width: ColumnWidth) {
        if let Some(OpenSheet { sheet, .. }) = &mut self.open {
            sheet.column_widths.push(width);
        }
    }

    fn hidden_rows(&mut self, first: u32, last: u32) {
        let Some(OpenSheet { sheet, .. }) = &mut self.open else { return };
        match sheet.hidden_rows.last_mut() {
            // Mostly one row comes after the other.
            Some((_, before)) if *before + 1 == first => *before = last,
            _ => sheet.hidden_rows.push((first, last)),
        }
    }

    fn mark(&mut self, place: CellRef, mark: CellMark) {
        if let Some(OpenSheet { sheet, .. }) = &mut self.open {
            sheet.marks.push(place, mark);
        }
    }

    fn notice(&mut self, notice: Notice) {
        self.book.notices.push(notice);
    }

    fn counts_from_1904(&mut self) {
        self.book.counts_from_1904 = true;
    }
}

/// Runs in order, each as long as it can be.
fn joined(mut runs: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    runs.sort_unstable();
    let mut joined: Vec<(u32, u32)> = Vec::with_capacity(runs.len());
    for (first, last) in runs {
        match joined.last_mut() {
            Some((_, before)) if first <= before.saturating_add(1) => *before = last.max(*before),
            _ => joined.push((first, last)),
        }
    }
    joined
}

/// Rows in the order of the stream; put in order at the end where a file does not keep it.
#[derive(Default)]
struct RowsBuilder {
    rows: Vec<Row>,
    is_unordered: bool,
}

impl RowsBuilder {
    fn push(&mut self, place: CellRef, value: CellValue) {
        let cell = Cell { column: place.column, value };
        match self.rows.last_mut() {
            Some(row) if row.index == place.row => {
                self.is_unordered |= row.cells.last().is_some_and(|last| last.column >= cell.column);
                row.cells.push(cell);
            }
            last => {
                self.is_unordered |= last.as_ref().is_some_and(|row| row.index > place.row);
                // Rows of a table are alike: as much room as the one before took, and none to spare.
                let mut cells = Vec::with_capacity(last.map_or(1, |row| row.cells.len()));
                cells.push(cell);
                self.rows.push(Row { index: place.row, cells });
            }
        }
    }

    fn finish(mut self) -> Vec<Row> {
        if !self.is_unordered {
            return self.rows;
        }
        self.rows.sort_by_key(|row| row.index);
        let mut rows: Vec<Row> = Vec::with_capacity(self.rows.len());
        for row in self.rows {
            match rows.last_mut() {
                Some(last) if last.index == row.index => last.cells.extend(row.cells),
                _ => rows.push(row),
            }
        }
        for row in &mut rows {
            row.cells.sort_by_key(|cell| cell.column);
            row.cells.dedup_by_key(|cell| cell.column);
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_out_of_order_are_put_in_order_and_the_first_of_two_stays() {
        let mut collector = Collector::new("a.xlsx");
        collector.sheet("A", Visibility::Visible);
        for (row, column, text) in [(2, 1, "c"), (0, 3, "b"), (0, 0, "a"), (2, 1, "again")] {
            collector.cell(CellRef { row, column }, Seen::Text(text));
        }
        let book = collector.finish();
        let texts: Vec<(u32, u32, &str)> = book.sheets[0]
            .rows
            .iter()
            .flat_map(|row| row.cells.iter().map(|cell| (row.index, cell.column, cell.value.text().unwrap())))
            .collect();
        assert_eq!(texts, [(0, 0, "a"), (0, 3, "b"), (2, 1, "c")]);
    }
}
