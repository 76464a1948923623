//! Rows of a recap into the table of their record.

use rusqlite::params_from_iter;

use super::StoreError;
use super::codec::cells_text;
use super::names::NameIds;
use super::rows::{Bound, RowKey, RowSubject, Stored};
use crate::domain::records::Sourced;

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
    let places: Vec<String> = (1..=4 + T::COLUMNS.len()).map(|place| format!("${place}")).collect();
    let table = T::SQL_TABLE;
    let columns = T::COLUMNS.join(", ");
    let connection = names.connection();
    let mut statement = connection.prepare_cached(&format!(
        "INSERT INTO {table} (recap_id, ord, subject_id, cells, {columns}) VALUES ({})",
        places.join(", ")
    ))?;
    let mut added = 0;
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
        statement.execute(params_from_iter(head.into_iter().chain(record.values())))?;
        added += 1;
    }
    Ok(added)
}
