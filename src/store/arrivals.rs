//! When recaps came: the moment at which a table of a month was first accepted, and the latest month of which any was.
//! Knows no day on which one was due.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::codec::{Columns, word};
use super::log::Log;
use super::{Store, StoreError};
use crate::domain::{Month, Table};

/// Moments at which tables of months were first accepted.
pub type RecapArrivals = BTreeMap<(Table, Month), DateTime<Utc>>;

impl Store {
    /// Returns when each table of each month of a Puskesmas first came, of those that count now; a table of a whole year
    /// came for its twelve months at once. Empty where the Puskesmas is not within reach.
    pub fn recap_arrivals(&self, puskesmas: &str) -> Result<RecapArrivals, StoreError> {
        self.read(|connection| {
            let Some(id) = connection.puskesmas_id(puskesmas)? else { return Ok(RecapArrivals::new()) };
            let mut arrivals = RecapArrivals::new();
            for recap in Log::select_at(connection, Some(id))?.recaps {
                let (first, last) = recap.received.months();
                let covered = (first.number()..=last.number()).map(Month::from_number).collect();
                for month in recap.due_months.unwrap_or(covered) {
                    let known = arrivals.entry((recap.table, month)).or_insert(recap.at);
                    *known = recap.at.min(*known);
                }
            }
            Ok(arrivals)
        })
    }

    /// Returns the latest month that a recap of one of these tables covers, of all Puskesmas within reach; a table of a
    /// whole year counts as its December's.
    pub fn latest_recap_month(&self, tables: &[Table]) -> Result<Option<Month>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT b.puskesmas_name, r.record, MAX(r.last_month) FROM batches b JOIN recaps r ON r.batch_id = b.id \
                 WHERE b.undone_at IS NULL GROUP BY b.puskesmas_name, r.record",
            )?;
            let mut rows = statement.query([])?;
            let mut latest = None;
            while let Some(row) = rows.next()? {
                let mut columns = Columns::new(row);
                let owner: String = columns.get()?;
                let table = word(&columns.get::<String>()?, Table::from_code)?;
                let month = columns.month()?;
                if tables.contains(&table) && connection.reaches(&owner) {
                    latest = latest.max(Some(month));
                }
            }
            Ok(latest)
        })
    }
}
