//! Rows of a recap into the table of their record.
//!
//! A trick for speed: several rows a statement. Of the time in which SQLite takes the sheet of 200,000 x 12 a fourth goes
//! that way (`benches/results/2026-11-30-import.md`), because each statement begins, checks its keys and ends once.

use rusqlite::{Connection, params_from_iter};

use super::StoreError;
use super::codec::cells_text;
use super::names::NameIds;
use super::rows::{Bound, RowKey, RowSubject, Stored};
use crate::domain::records::Sourced;

/// Rows that one statement adds; what is left of a recap goes row by row.
const ROWS_AT_ONCE: usize = 16;

/// Destination of some rows of a recap: its id, and the place of the first of them.
#[derive(Clone, Copy)]
pub(super) struct RowPlace {
    pub recap: i64,
    pub first: i64,
}

/// Adds rows of a recap, but those that `is_held` knows already; returns how many.
pub(super) fn insert<T: Stored>(
    names: &mut NameIds<'_>,
    RowPlace { recap, first }: RowPlace,
    rows: &[Sourced<T>],
    is_held: &mut dyn FnMut(i64, &dyn Fn() -> RowKey) -> bool,
) -> Result<u64, StoreError> {
    let columns = [&["recap_id", "ord", "subject_id", "cells"], T::COLUMNS].concat();
    let mut added = AddedRows::into_table(names.connection(), T::SQL_TABLE, &columns);
    for (ord, Sourced { record, cells }) in (first..).zip(rows) {
        let subject = match record.subject() {
            RowSubject::Facility(name) => names.facility(name)?,
            RowSubject::Service(code) => names.service(code)?,
            RowSubject::Puskesmas => names.puskesmas(),
        };
        if is_held(subject, &|| record.key()) {
            continue;
        }
        let head = [Bound::from(recap), Bound::from(ord), Bound::from(subject), Bound::from(cells_text(cells))];
        added.add(head.into_iter().chain(record.values()))?;
    }
    added.finish()
}

/// Rows on their way into a table; the last of them hold once [`AddedRows::finish`] was called.
pub(super) struct AddedRows<'c, 'v> {
    connection: &'c Connection,
    several: String,
    one: String,
    columns: usize,
    /// Values of the rows that wait for their statement, one row behind the other.
    waiting: Vec<Bound<'v>>,
    count: u64,
}

impl<'c, 'v> AddedRows<'c, 'v> {
    /// Begins to add rows of these columns.
    pub(super) fn into_table(connection: &'c Connection, table: &str, columns: &[&str]) -> Self {
        let row = format!("({})", vec!["?"; columns.len()].join(", "));
        let statement = |rows: usize| {
            format!("INSERT INTO {table} ({}) VALUES {}", columns.join(", "), vec![row.as_str(); rows].join(", "))
        };
        let several = statement(ROWS_AT_ONCE);
        let one = statement(1);
        let columns = columns.len();
        Self { connection, several, one, columns, waiting: Vec::new(), count: 0 }
    }

    /// Adds a row: its values in the order of the columns.
    pub(super) fn add(&mut self, row: impl IntoIterator<Item = Bound<'v>>) -> Result<(), StoreError> {
        self.waiting.extend(row);
        self.count += 1;
        if self.waiting.len() >= ROWS_AT_ONCE * self.columns {
            self.connection.prepare_cached(&self.several)?.execute(params_from_iter(self.waiting.drain(..)))?;
        }
        Ok(())
    }

    /// Adds the rows that wait; returns how many there were in all.
    pub(super) fn finish(self) -> Result<u64, StoreError> {
        let mut statement = self.connection.prepare_cached(&self.one)?;
        for row in self.waiting.chunks(self.columns) {
            statement.execute(params_from_iter(row))?;
        }
        Ok(self.count)
    }
}
