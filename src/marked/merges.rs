//! Merged areas of a sheet, and which cell is seen in each. Knows no file format.

use crate::domain::records::CellRef;

/// Merged areas of a sheet that are kept.
pub(super) const MERGES_MAX: usize = 20_000;
/// Merged areas that begin above a cell and are looked at before it counts as not merged.
const MERGES_LOOKED_AT: usize = 1_000;

/// Merged areas, both corners included, by first row.
#[derive(Debug, Default)]
pub(super) struct Merges(Vec<(CellRef, CellRef)>);

impl Merges {
    /// Of areas in any order.
    pub(super) fn of(mut areas: Vec<(CellRef, CellRef)>) -> Self {
        areas.sort_by_key(|(first, _)| first.row);
        Self(areas)
    }

    /// The cell that is seen where this one lies: the first of its merged area.
    pub(super) fn seen(&self, cell: CellRef) -> CellRef {
        let within = |(first, last): &&(CellRef, CellRef)| {
            (first.row..=last.row).contains(&cell.row) && (first.column..=last.column).contains(&cell.column)
        };
        let end = self.0.partition_point(|(first, _)| first.row <= cell.row);
        self.0[..end].iter().rev().take(MERGES_LOOKED_AT).find(within).map_or(cell, |(first, _)| *first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_cell_of_an_area_is_seen() {
        let cell = |row, column| CellRef { row, column };
        let merges = Merges::of(vec![(cell(4, 1), cell(6, 1)), (cell(0, 0), cell(0, 5))]);
        for (asked, seen) in [((5, 1), (4, 1)), ((0, 5), (0, 0)), ((1, 0), (1, 0)), ((7, 1), (7, 1))] {
            assert_eq!(merges.seen(cell(asked.0, asked.1)), cell(seen.0, seen.1));
        }
    }
}
