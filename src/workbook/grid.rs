//! The grid: sheets of typed cells, sparse by row, each held once. Knows no file format.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

use super::{CellMarks, Notice};
use crate::diagnostic::{NOTES_HEADING_ROW, NOTES_HEADINGS, NOTES_SHEET};
use crate::domain::Date;
use crate::domain::records::CellRef;

/// Content of one cell. A blank cell is not stored.
#[derive(Clone, Debug, PartialEq)]
pub enum CellValue {
    /// Text as written, not trimmed; never empty. Cells that share a text in the workbook share it here.
    Text(Arc<str>),
    /// A number; `percent` where its number format shows it as a percentage (0.855 shown as 85.5%).
    Number {
        /// The stored value.
        value: f64,
        /// True if it is shown in percent.
        percent: bool,
    },
    /// A date (its time of day dropped).
    Date(Date),
    /// A truth value.
    Bool(bool),
    /// An error, as Excel writes it (`#DIV/0!`).
    Error(&'static str),
    /// A formula whose value was never computed.
    FormulaNotComputed,
}

impl CellValue {
    /// The text, where it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// One cell with a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Column, from 0.
    pub column: u32,
    /// Content of the cell.
    pub value: CellValue,
}

/// One row with at least one cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Row, from 0.
    pub index: u32,
    /// Cells with a value, by column.
    pub cells: Vec<Cell>,
}

impl Row {
    /// The value in `column`, without regard to merges.
    pub fn get(&self, column: u32) -> Option<&CellValue> {
        // Rows without gaps are the usual ones.
        if let Some(cell) = self.cells.get(column as usize).filter(|cell| cell.column == column) {
            return Some(&cell.value);
        }
        let place = self.cells.binary_search_by_key(&column, |cell| cell.column).ok()?;
        Some(&self.cells[place].value)
    }

    /// The cells of these columns.
    pub fn within(&self, columns: RangeInclusive<u32>) -> &[Cell] {
        let start = self.cells.partition_point(|cell| cell.column < *columns.start());
        let end = self.cells.partition_point(|cell| cell.column <= *columns.end());
        &self.cells[start..end.max(start)]
    }
}

/// A merged area, both corners included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// Top left: the only cell with a value.
    pub first: CellRef,
    /// Bottom right.
    pub last: CellRef,
}

impl Area {
    /// Reads `A3:B5`, or one cell.
    pub fn parse(text: &str) -> Option<Self> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        Some(Self { first: CellRef::parse(first)?, last: CellRef::parse(last)? })
    }

    /// Reports whether the cell lies in it.
    pub fn contains(&self, cell: CellRef) -> bool {
        (self.first.row..=self.last.row).contains(&cell.row)
            && (self.first.column..=self.last.column).contains(&cell.column)
    }
}

/// Width of a run of columns, as the file states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ColumnWidth {
    /// First column.
    pub first: u32,
    /// Last column.
    pub last: u32,
    /// 256ths of a character of the standard font.
    pub width: u16,
}

/// Visibility of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Visibility {
    /// Shown.
    Visible,
    /// Hidden, or very hidden.
    Hidden,
}

/// Merged areas that begin above a cell and are looked at before it counts as not merged.
const MERGES_LOOKED_AT: usize = 1_000;

/// Merged areas of a sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merges {
    /// By first row.
    areas: Vec<Area>,
    /// The last row that any area up to this one reaches.
    reach: Vec<u32>,
}

impl Merges {
    /// Of areas in any order.
    pub fn from_areas(mut areas: Vec<Area>) -> Self {
        areas.sort_by_key(|area| (area.first.row, area.first.column));
        let reached = areas.iter().scan(0, |reach, area| {
            *reach = area.last.row.max(*reach);
            Some(*reach)
        });
        Self { reach: reached.collect(), areas }
    }

    /// The merged area in which a cell lies.
    pub fn at(&self, cell: CellRef) -> Option<Area> {
        let end = self.areas.partition_point(|area| area.first.row <= cell.row);
        let reached = (0..end).rev().take(MERGES_LOOKED_AT).take_while(|&place| self.reach[place] >= cell.row);
        reached.map(|place| self.areas[place]).find(|area| area.contains(cell))
    }
}

/// A sheet whose content lies in another way than a table's, as the table that it means.
#[derive(Clone, Debug, PartialEq)]
pub enum Relaid {
    /// The table, and what is told of how it was found.
    Table(Box<Sheet>, Vec<Remark>),
    /// The question that must be answered before it is one.
    Asked(Remark),
}

/// A sentence about a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the summary names both fields")]
pub struct Remark {
    pub place: CellRef,
    pub message: String,
}

/// One sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Shown, or hidden from people.
    pub visibility: Visibility,
    /// Rows with a cell, by index.
    pub rows: Vec<Row>,
    /// First and last column of each hidden run, in order; as far as the format tells.
    pub hidden_columns: Vec<(u32, u32)>,
    /// The same of rows, whether somebody hid them or a filter did.
    pub hidden_rows: Vec<(u32, u32)>,
    /// Widths of columns, for who shows the sheet again; of xls, xlsb and XML Spreadsheet 2003 alone.
    pub column_widths: Vec<ColumnWidth>,
    /// Cells that stand out by colour or strike.
    pub marks: CellMarks,
    /// Of a sheet that was laid out anew: where its cells stand in the file, as far as they stand elsewhere.
    pub origins: BTreeMap<CellRef, CellRef>,
    /// The table that it means, where its own layout is none.
    pub relaid: Option<Relaid>,
    pub(super) merges: Merges,
}

impl Sheet {
    /// A sheet of rows (ordered by index, cells by column) and merged areas in any order.
    pub fn new(name: String, visibility: Visibility, rows: Vec<Row>, merges: Vec<Area>) -> Self {
        let merges = Merges::from_areas(merges);
        let (hidden_columns, hidden_rows, column_widths, marks, origins) = Default::default();
        let relaid = None;
        Self { name, visibility, rows, hidden_columns, hidden_rows, column_widths, marks, origins, relaid, merges }
    }

    /// The row with this index, where it has a cell.
    pub fn row(&self, index: u32) -> Option<&Row> {
        let place = self.rows.binary_search_by_key(&index, |row| row.index).ok()?;
        Some(&self.rows[place])
    }

    /// Where a cell stands in the file.
    pub fn origin(&self, cell: CellRef) -> CellRef {
        self.origins.get(&cell).copied().unwrap_or(cell)
    }

    /// The value of a cell, without regard to merges.
    pub fn get(&self, cell: CellRef) -> Option<&CellValue> {
        self.row(cell.row)?.get(cell.column)
    }

    /// The merged area in which a cell lies.
    pub fn merge_at(&self, cell: CellRef) -> Option<Area> {
        self.merges.at(cell)
    }

    /// The value that a reader sees in a cell: its own, or that of the merged area in which it lies,
    /// with the cell that holds it.
    pub fn seen(&self, cell: CellRef) -> Option<(CellRef, &CellValue)> {
        if let Some(value) = self.get(cell) {
            return Some((cell, value));
        }
        let area = self.merge_at(cell)?;
        Some((area.first, self.get(area.first)?))
    }

    /// Merged areas, by first row.
    pub fn merges(&self) -> &[Area] {
        &self.merges.areas
    }

    /// Reports whether this is the list of issues that Simpul put into a marked copy; a user's own sheet of that name
    /// does not have its headings.
    pub fn is_notes(&self) -> bool {
        let text = |row| self.get(CellRef { row, column: 0 }).and_then(CellValue::text);
        self.name.starts_with(NOTES_SHEET)
            && text(0) == Some(NOTES_SHEET)
            && text(NOTES_HEADING_ROW) == Some(NOTES_HEADINGS[0])
    }
}

/// A workbook: its sheets in their order.
#[derive(Clone, Debug, PartialEq)]
pub struct Workbook {
    /// Name of the file.
    pub file: String,
    /// Sheets.
    pub sheets: Vec<Sheet>,
    /// True if serial numbers count from 1904 (old Macintosh workbooks).
    pub counts_from_1904: bool,
    /// Warnings about the file as a whole; the cells were read all the same.
    pub notices: Vec<Notice>,
}

impl Workbook {
    /// Puts a text in the place of a cell's value; nothing where the cell has none.
    pub fn set_text(&mut self, sheet: &str, cell: CellRef, text: &str) {
        let sheet = self.sheets.iter_mut().find(|known| known.name == sheet);
        let row = sheet.and_then(|sheet| sheet.rows.iter_mut().find(|row| row.index == cell.row));
        let found = row.and_then(|row| row.cells.iter_mut().find(|known| known.column == cell.column));
        if let Some(found) = found {
            found.value = CellValue::Text(text.into());
        }
    }
}
