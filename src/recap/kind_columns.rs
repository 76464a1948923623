//! Columns of a register that are each of a kind, the row's own ticked. Knows headings, not the register.

use super::cells::mark::{Mark, yes_no};
use super::cells::{is_blank, squeeze};
use super::heading::ColumnMeaning;
use super::kinds::KindWords;
use super::layout::{Heading, Layout};
use crate::domain::Table;
use crate::workbook::{CellValue, Sheet};

/// Fewest columns that make a choice.
const COLUMNS_MIN: usize = 2;

/// A column that is ticked where a facility is of its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KindColumn {
    pub(super) column: u32,
    /// The kind as its heading says it.
    pub(super) kind: String,
}

/// The columns of kinds of a register, whose cells hold nothing but ticks; none where there is no choice.
pub(super) fn kind_columns(sheet: &Sheet, heading: &Heading) -> Vec<KindColumn> {
    if heading.table != Some(Table::Facilities) || heading.layout != Layout::Columns {
        return Vec::new();
    }
    let is_free =
        |column: &u32| heading.columns.iter().all(|(meaning, held)| held != column || *meaning == ColumnMeaning::Kind);
    let start = sheet.rows.partition_point(|row| row.index <= heading.bottom);
    let is_ticked = |column: u32| {
        let cells = sheet.rows[start..].iter().filter_map(|row| row.get(column));
        let mut cells = cells.filter(|value| !is_blank(Some(value))).peekable();
        cells.peek().is_some() && cells.all(is_tick)
    };
    let of_kind = |column: u32| {
        let (_, text) = heading.texts(sheet, column).pop()?;
        let said = KindWords::from_text(&text);
        said.kind().filter(|_| said.unknown == 0)?;
        is_ticked(column).then(|| KindColumn { column, kind: squeeze(&text) })
    };
    let found: Vec<KindColumn> = (heading.extent.0..=heading.extent.1).filter(is_free).filter_map(of_kind).collect();
    if found.len() < COLUMNS_MIN { Vec::new() } else { found }
}

fn is_tick(value: &CellValue) -> bool {
    matches!(yes_no(Some(value)), Ok(Some(Mark::Yes | Mark::No)))
}
