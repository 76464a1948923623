//! Accepted rows on their way out, some thousands at a time, so that they can be stored while later ones are read.
//! Knows no table.

use crate::domain::records::{CellRef, Field, Rows, Sourced};

/// Rows that are handed over at a time: enough to make the handing over cheap, few enough to wait in memory.
pub(in crate::recap) const PIECE_ROWS: usize = 2_048;

/// The rows of a table as they are accepted.
pub(super) struct Pieces<'p, T> {
    rows: Vec<Sourced<T>>,
    take: &'p mut dyn FnMut(Vec<Sourced<T>>),
}

impl<T> Pieces<'_, T> {
    /// Takes back what was accepted and not handed over yet.
    pub(super) fn discard(&mut self) {
        self.rows.clear();
    }

    /// Adds an accepted row.
    pub(super) fn push(&mut self, record: T, cells: Vec<(Field, CellRef)>) {
        if self.rows.len() == PIECE_ROWS {
            (self.take)(std::mem::replace(&mut self.rows, Vec::with_capacity(PIECE_ROWS)));
        }
        self.rows.push(Sourced { record, cells });
    }
}

/// The last rows of those that `read` accepts; all before them go to `take`.
pub(super) fn in_pieces<T>(
    sort: fn(Vec<Sourced<T>>) -> Rows,
    take: &mut dyn FnMut(Rows),
    read: impl FnOnce(&mut Pieces<'_, T>),
) -> Rows {
    let mut take = |rows| take(sort(rows));
    let mut pieces = Pieces { rows: Vec::new(), take: &mut take };
    read(&mut pieces);
    sort(pieces.rows)
}
