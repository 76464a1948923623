//! Looks of cells that carry meaning beside their values: fills, coloured text, strikes. Knows no file format.

use crate::domain::records::CellRef;

/// A colour, eight bits each for red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct FillColour(pub u32);

/// One way in which a cell stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum CellMark {
    /// Its area has a colour other than white.
    Filled(FillColour),
    /// Its text has a colour other than black, white and grey.
    Inked(FillColour),
    /// Its value is struck through.
    Struck,
    /// A part of its value is struck through.
    PartlyStruck,
}

/// A cell and its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the name says both fields")]
pub struct ColouredCell {
    pub place: CellRef,
    pub colour: FillColour,
}

/// Cells of a sheet that stand out; of xlsx and xlsm alone, other formats tell none. Each list by row and column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CellMarks {
    /// Filled cells, with a value or without.
    pub filled: Vec<ColouredCell>,
    /// Cells whose value is written in a colour.
    pub inked: Vec<ColouredCell>,
    /// Cells whose value is struck through.
    pub struck: Vec<CellRef>,
    /// Cells of whose value a part is struck through.
    pub partly_struck: Vec<CellRef>,
}

impl CellMarks {
    /// Marks of a sheet that are kept; a banded table of 12 columns fills half of them in 16,000 rows.
    pub const MAX: u32 = 200_000;
    /// Marks of a workbook that are kept: 16 MiB.
    pub const WORKBOOK_MAX: u32 = 1_000_000;

    /// Reports whether no cell stands out.
    pub fn is_empty(&self) -> bool {
        self.filled.is_empty() && self.inked.is_empty() && self.struck.is_empty() && self.partly_struck.is_empty()
    }

    /// The fill of a cell.
    pub fn fill_at(&self, place: CellRef) -> Option<FillColour> {
        colour_at(&self.filled, place)
    }

    /// The colour of a cell's text.
    pub fn ink_at(&self, place: CellRef) -> Option<FillColour> {
        colour_at(&self.inked, place)
    }

    /// Reports whether a cell's value is struck through.
    pub fn is_struck(&self, place: CellRef) -> bool {
        self.struck.binary_search(&place).is_ok()
    }

    /// Reports whether a part of a cell's value is struck through.
    pub fn is_partly_struck(&self, place: CellRef) -> bool {
        self.partly_struck.binary_search(&place).is_ok()
    }

    /// The filled cells of a row.
    pub fn filled_in(&self, row: u32) -> &[ColouredCell] {
        let start = self.filled.partition_point(|cell| cell.place.row < row);
        let end = self.filled.partition_point(|cell| cell.place.row <= row);
        &self.filled[start..end]
    }

    /// Takes one more, in any order; [`Self::sort`] ends it.
    pub(super) fn push(&mut self, place: CellRef, mark: CellMark) {
        match mark {
            CellMark::Filled(colour) => self.filled.push(ColouredCell { place, colour }),
            CellMark::Inked(colour) => self.inked.push(ColouredCell { place, colour }),
            CellMark::Struck => self.struck.push(place),
            CellMark::PartlyStruck => self.partly_struck.push(place),
        }
    }

    /// Puts all in order, each cell once.
    pub(super) fn sort(&mut self) {
        for cells in [&mut self.filled, &mut self.inked] {
            cells.sort_unstable();
            cells.dedup_by_key(|cell| cell.place);
            cells.shrink_to_fit();
        }
        for cells in [&mut self.struck, &mut self.partly_struck] {
            cells.sort_unstable();
            cells.dedup();
            cells.shrink_to_fit();
        }
    }
}

fn colour_at(cells: &[ColouredCell], place: CellRef) -> Option<FillColour> {
    let found = cells.binary_search_by_key(&place, |cell| cell.place).ok()?;
    Some(cells[found].colour)
}
