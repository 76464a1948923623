//! The one gate through which every reader's cells pass: it holds the limits and hands on to a sink.
//! Knows no file format.

use std::sync::Arc;

use super::{Area, CellMark, CellMarks, CellValue, ColumnWidth, Excess, Limits, Notice, OpenError, Visibility};
use crate::domain::records::CellRef;

/// A value on its way; text is borrowed until somebody keeps it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Seen<'t> {
    /// Text; blank if empty.
    Text(&'t str),
    /// Text that the workbook keeps once for all cells that hold it, under this number.
    Shared(&'t Arc<str>, u32),
    /// Any other value.
    Value(CellValue),
}

/// Takes what a reader finds, in the order of the file: a sheet, then its cells and merges.
pub(super) trait Sink {
    /// A sheet begins; what follows belongs to it.
    fn sheet(&mut self, name: &str, visibility: Visibility);
    /// A cell with a value, never empty text. Mostly in order of rows and columns, not always.
    fn cell(&mut self, place: CellRef, seen: Seen<'_>);
    fn merge(&mut self, area: Area);
    /// A run of hidden columns of the sheet, first and last.
    fn hidden_columns(&mut self, first: u32, last: u32);
    /// Width of a run of columns of the sheet.
    fn column_width(&mut self, width: ColumnWidth);
    /// A run of hidden rows of the sheet, first and last; mostly in order, not always.
    fn hidden_rows(&mut self, first: u32, last: u32);
    /// A cell that stands out, mostly in order, not always; perhaps told twice.
    fn mark(&mut self, place: CellRef, mark: CellMark);
    /// A word about the file.
    fn notice(&mut self, notice: Notice);
    /// Serial numbers of this workbook count from 1904.
    fn counts_from_1904(&mut self);
}

/// Checks each piece against the limits before the sink gets it.
pub(super) struct Intake<'i> {
    file: &'i str,
    limits: &'i Limits,
    sink: &'i mut dyn Sink,
    sheet: Option<String>,
    sheets: usize,
    cells_left: u64,
    taken: TakenOfSheet,
    /// Marks of the sheets before.
    marks_before: u32,
    /// The word about too many of them was said.
    is_notice_of_marks: bool,
}

/// So much was taken of a sheet.
#[derive(Default)]
struct TakenOfSheet {
    merges: usize,
    column_runs: usize,
    /// Runs of hidden rows.
    hidden_rows: u32,
    marks: u32,
}

/// Runs of columns of a sheet, hidden or with a width, that are taken.
const COLUMN_RUNS_MAX: usize = 2_000;

impl<'i> Intake<'i> {
    pub(super) fn new(file: &'i str, limits: &'i Limits, sink: &'i mut dyn Sink) -> Self {
        let (sheet, sheets, taken, marks_before, is_notice_of_marks) = Default::default();
        let cells_left = limits.cells;
        Self { file, limits, sink, sheet, sheets, cells_left, taken, marks_before, is_notice_of_marks }
    }

    pub(super) fn limits(&self) -> &'i Limits {
        self.limits
    }

    pub(super) fn file(&self) -> String {
        self.file.to_owned()
    }

    pub(super) fn open_sheet(&mut self, name: &str, visibility: Visibility) -> Result<(), OpenError> {
        self.check_sheets(self.sheets + 1)?;
        self.sheets += 1;
        self.marks_before += std::mem::take(&mut self.taken).marks;
        self.sheet = Some(name.to_owned());
        self.sink.sheet(name, visibility);
        Ok(())
    }

    /// Refuses a number of sheets before any of them is read.
    pub(super) fn check_sheets(&self, sheets: usize) -> Result<(), OpenError> {
        if sheets > self.limits.sheets {
            return Err(self.too_large(Excess::Sheets(self.limits.sheets)));
        }
        Ok(())
    }

    /// A cell; empty text is a blank and goes no further.
    pub(super) fn cell(&mut self, place: CellRef, seen: Seen<'_>) -> Result<(), OpenError> {
        let text: Option<&str> = match &seen {
            Seen::Text(text) => Some(text),
            Seen::Shared(text, _) => Some(text),
            Seen::Value(CellValue::Text(text)) => Some(text),
            Seen::Value(_) => None,
        };
        if let Some(text) = text {
            if text.is_empty() {
                return Ok(());
            }
            // Bytes bound characters from above, so that the count is taken only where it matters.
            if text.len() > self.limits.text_chars && text.chars().count() > self.limits.text_chars {
                let sheet = self.sheet_name();
                let limit = self.limits.text_chars;
                return Err(self.too_large(Excess::TextChars { sheet, cell: place.to_string(), limit }));
            }
        }
        if place.row >= self.limits.rows {
            return Err(self.too_large(Excess::Rows { sheet: self.sheet_name(), limit: self.limits.rows }));
        }
        self.check_column(place.column)?;
        if self.cells_left == 0 {
            return Err(self.too_large(Excess::Cells(self.limits.cells)));
        }
        self.cells_left -= 1;
        // Nothing that is counted with may be no number, or without end.
        let seen = match seen {
            Seen::Value(CellValue::Number { value, .. }) if !value.is_finite() => {
                Seen::Value(CellValue::Error("#NUM!"))
            }
            seen => seen,
        };
        self.sink.cell(place, seen);
        Ok(())
    }

    /// Refuses a column (from 0) beyond the limit.
    pub(super) fn check_column(&self, column: u32) -> Result<(), OpenError> {
        if column >= self.limits.columns {
            return Err(self.too_large(Excess::Columns { sheet: self.sheet_name(), limit: self.limits.columns }));
        }
        Ok(())
    }

    /// A merged area; one of a single cell is none.
    pub(super) fn merge(&mut self, area: Area) -> Result<(), OpenError> {
        if area.first == area.last || area.first.row > area.last.row || area.first.column > area.last.column {
            return Ok(());
        }
        if self.taken.merges == self.limits.merges {
            return Err(self.too_large(Excess::Merges { sheet: self.sheet_name(), limit: self.limits.merges }));
        }
        self.taken.merges += 1;
        self.sink.merge(area);
        Ok(())
    }

    /// A run of hidden columns; what lies beyond the limit of columns holds no cells.
    pub(super) fn hidden_columns(&mut self, first: u32, last: u32) {
        if let Some(last) = self.end_of_run(first, last) {
            self.sink.hidden_columns(first, last);
        }
    }

    /// Takes the width of a run of columns; what lies beyond the limit of columns is dropped.
    pub(super) fn column_width(&mut self, width: ColumnWidth) {
        if let Some(last) = self.end_of_run(width.first, width.last) {
            self.sink.column_width(ColumnWidth { last, ..width });
        }
    }

    /// The last column of a run that is taken, within the limit of columns.
    fn end_of_run(&mut self, first: u32, last: u32) -> Option<u32> {
        let last = last.min(self.limits.columns.saturating_sub(1));
        let is_taken = first <= last && self.taken.column_runs < COLUMN_RUNS_MAX;
        self.taken.column_runs += usize::from(is_taken);
        is_taken.then_some(last)
    }

    /// A run of hidden rows; what lies beyond the limit of rows holds no cells, and there are no more runs than rows.
    pub(super) fn hidden_rows(&mut self, first: u32, last: u32) {
        let last = last.min(self.limits.rows.saturating_sub(1));
        if first <= last && self.taken.hidden_rows < self.limits.rows {
            self.taken.hidden_rows += 1;
            self.sink.hidden_rows(first, last);
        }
    }

    /// A cell that stands out; above the limit the workbook gets a word instead.
    pub(super) fn mark(&mut self, place: CellRef, mark: CellMark) {
        if place.row >= self.limits.rows || place.column >= self.limits.columns {
            return;
        }
        if self.taken.marks == CellMarks::MAX || self.marks_before + self.taken.marks == CellMarks::WORKBOOK_MAX {
            if !self.is_notice_of_marks {
                self.is_notice_of_marks = true;
                self.sink.notice(Notice::MarksCut);
            }
            return;
        }
        self.taken.marks += 1;
        self.sink.mark(place, mark);
    }

    pub(super) fn notice(&mut self, notice: Notice) {
        self.sink.notice(notice);
    }

    pub(super) fn counts_from_1904(&mut self) {
        self.sink.counts_from_1904();
    }

    /// The file is damaged; the sheet being read is named.
    pub(super) fn damaged(&self, detail: &str) -> OpenError {
        let detail = match &self.sheet {
            Some(sheet) => format!("lembar \"{sheet}\": {detail}"),
            None => detail.to_owned(),
        };
        OpenError::Damaged { file: self.file(), detail }
    }

    pub(super) fn too_large(&self, excess: Excess) -> OpenError {
        OpenError::TooLarge { file: self.file(), excess }
    }

    fn sheet_name(&self) -> String {
        self.sheet.clone().unwrap_or_default()
    }
}
