//! A sheet in the making: rows whose cells know from which cells of another sheet they come.

use std::collections::BTreeMap;

use crate::domain::records::CellRef;
use crate::workbook::{Area, Cell, CellMarks, CellValue, ColouredCell, Row, Sheet};

/// A cell of a new sheet: its value, and the cell of the old one that it comes from.
#[derive(Clone, Debug)]
pub(super) struct NewCell {
    pub(super) value: Option<CellValue>,
    pub(super) from: CellRef,
}

impl NewCell {
    /// The value that a reader sees in a cell.
    pub(super) fn from_sheet(sheet: &Sheet, place: CellRef) -> Self {
        let seen = sheet.seen(place);
        Self { value: seen.map(|(_, value)| value.clone()), from: seen.map_or(place, |(from, _)| from) }
    }

    /// A text that stands for a cell.
    pub(super) fn text(text: &str, from: CellRef) -> Self {
        Self { value: (!text.is_empty()).then(|| CellValue::Text(text.into())), from }
    }

    /// A number that stands for a cell.
    pub(super) fn number(value: f64, from: CellRef) -> Self {
        Self { value: Some(CellValue::Number { value, percent: false }), from }
    }
}

/// The cells of a row, those in whose place something else is given replaced.
pub(super) fn replaced(row: &Row, other: &dyn Fn(&Cell, CellRef) -> Option<NewCell>) -> Vec<(u32, NewCell)> {
    let cells = row.cells.iter().map(|cell| {
        let from = CellRef { row: row.index, column: cell.column };
        let own = || NewCell { value: Some(cell.value.clone()), from };
        (cell.column, other(cell, from).unwrap_or_else(own))
    });
    cells.collect()
}

/// A sheet in the making.
pub(super) struct NewSheet<'s> {
    source: &'s Sheet,
    rows: Vec<Row>,
    next: u32,
    /// Rows of the old sheet in whose place several stand, and how many more.
    split: Vec<(u32, u32)>,
    origins: BTreeMap<CellRef, CellRef>,
}

impl<'s> NewSheet<'s> {
    pub(super) fn new(source: &'s Sheet) -> Self {
        Self { source, rows: Vec::new(), next: 0, split: Vec::new(), origins: BTreeMap::new() }
    }

    /// Adds rows of the old sheet as they are.
    pub(super) fn copy(&mut self, rows: &[Row]) {
        for row in rows {
            self.next = self.next.max(self.moved(row.index));
            let pieces = row.cells.iter().map(|cell| {
                let from = CellRef { row: row.index, column: cell.column };
                (cell.column, NewCell { value: Some(cell.value.clone()), from })
            });
            self.add(pieces.collect());
        }
    }

    /// Puts several rows in the place of one, each a copy of it with some cells replaced; of those behind the first only
    /// what is given.
    pub(super) fn split(&mut self, row: &Row, lines: Vec<Vec<(u32, NewCell)>>) {
        self.next = self.next.max(self.moved(row.index));
        let more = u32::try_from(lines.len()).unwrap_or(u32::MAX).saturating_sub(1);
        for line in lines {
            self.add(line);
        }
        self.split.push((row.index, more));
    }

    /// Where a row of the old sheet stands, if its rows stand in their order.
    fn moved(&self, row: u32) -> u32 {
        row + self.split.iter().filter(|(at, _)| *at < row).map(|(_, more)| more).sum::<u32>()
    }

    /// The same sheet with some rows split: what was merged or hidden still is.
    pub(super) fn finish_alike(self) -> Sheet {
        let source = self.source;
        let more = |row| self.split.iter().find(|(at, _)| *at == row).map_or(0, |(_, more)| *more);
        let last = |row| self.moved(row) + more(row);
        let moved = |area: &Area| {
            let first = CellRef { row: self.moved(area.first.row), ..area.first };
            Area { first, last: CellRef { row: last(area.last.row), ..area.last } }
        };
        let merges: Vec<Area> = source.merges().iter().map(moved).collect();
        let hidden_rows = source.hidden_rows.iter().map(|(first, end)| (self.moved(*first), last(*end))).collect();
        let sheet = self.finish();
        let mut alike = Sheet::new(sheet.name, sheet.visibility, sheet.rows, merges);
        (alike.marks, alike.origins) = (sheet.marks, sheet.origins);
        (alike.hidden_rows, alike.hidden_columns) = (hidden_rows, source.hidden_columns.clone());
        alike
    }

    /// Adds a row, its cells from the first column on.
    pub(super) fn line(&mut self, pieces: Vec<NewCell>) {
        self.add((0..).zip(pieces).collect());
    }

    /// Leaves a row blank.
    pub(super) fn gap(&mut self) {
        self.next += 1;
    }

    fn add(&mut self, pieces: Vec<(u32, NewCell)>) {
        let row = self.next;
        let mut cells = Vec::new();
        for (column, NewCell { value, from }) in pieces {
            self.origins.insert(CellRef { row, column }, from);
            cells.extend(value.map(|value| Cell { column, value }));
        }
        self.rows.push(Row { index: row, cells });
        self.next += 1;
    }

    /// The sheet, its cells with the looks of those that they come from.
    pub(super) fn finish(self) -> Sheet {
        let Self { source, rows, origins, .. } = self;
        let mut marks = CellMarks::default();
        for (place, from) in &origins {
            let coloured = |colour| ColouredCell { place: *place, colour };
            marks.filled.extend(source.marks.fill_at(*from).map(coloured));
            marks.inked.extend(source.marks.ink_at(*from).map(coloured));
            marks.struck.extend(source.marks.is_struck(*from).then_some(*place));
            marks.partly_struck.extend(source.marks.is_partly_struck(*from).then_some(*place));
        }
        let rows = rows.into_iter().filter(|row| !row.cells.is_empty()).collect();
        let mut sheet = Sheet::new(source.name.clone(), source.visibility, rows, Vec::new());
        sheet.marks = marks;
        sheet.origins = origins.into_iter().map(|(place, from)| (place, source.origin(from))).collect();
        sheet
    }
}
