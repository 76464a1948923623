//! The columns of a table that are read.

use crate::recap::heading::ColumnMeaning;
use crate::recap::layout::Heading;

/// The columns of a table that are read, of numbers and of names: asked for every cell, so found out once.
pub(super) struct ReadColumns {
    pub(super) read: Vec<bool>,
    pub(super) number: Option<u32>,
    pub(super) key: Option<u32>,
}

impl ReadColumns {
    pub(super) fn from_heading(heading: &Heading) -> Self {
        let read = heading.read_columns();
        let mut columns = vec![false; read.iter().max().map_or(0, |last| *last as usize + 1)];
        for column in read {
            columns[column as usize] = true;
        }
        Self { read: columns, number: heading.columns.get(&ColumnMeaning::No).copied(), key: heading.key_column() }
    }

    /// All that are read.
    pub(super) fn all(&self) -> impl Iterator<Item = u32> {
        (0..).zip(&self.read).filter(|(_, is_read)| **is_read).map(|(column, _)| column)
    }

    pub(super) fn contains(&self, column: u32) -> bool {
        self.read.get(column as usize).copied().unwrap_or(false)
    }
}
