//! The log: recaps of batches that were not undone, in the order in which they count, the rows taken out by
//! replacing batches, and the one rule by which rows of the same key become one value.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use super::codec::{Columns, months, word};
use super::moment::Moment;
use super::rows::{RowKey, Stored};
use super::scoped::Scoped;
use super::{BatchId, StoreError};
use crate::domain::{Month, Received, Table};
use crate::store::Scope;

/// A recap that counts.
#[derive(Clone, Debug)]
pub(super) struct LiveRecap {
    pub id: i64,
    pub puskesmas: i64,
    pub puskesmas_name: String,
    pub batch: BatchId,
    /// Place of its batch in the order of acceptance.
    pub sequence: i64,
    /// Place within its batch.
    pub place: i64,
    pub table: Table,
    pub received: Received,
    /// The months for which it counts as received, where those are not the ones that it covers.
    pub due_months: Option<Vec<Month>>,
    pub sheet: String,
    pub file_name: String,
    pub by_form: bool,
    pub who: String,
    pub at: DateTime<Utc>,
}

/// The live recaps of a scope: a later one in this list wins over an earlier one.
#[derive(Debug, Default)]
pub(super) struct Log {
    pub recaps: Vec<LiveRecap>,
    /// Place in `recaps` by recap id, or [`NOT_LIVE`].
    ranks: Vec<u32>,
    removed: BTreeSet<(i64, i64)>,
    is_whole: bool,
}

const NOT_LIVE: u32 = u32::MAX;

/// A row of the log.
#[derive(Clone, Debug)]
pub(super) struct Logged<T> {
    /// Place of its recap in [`Log::recaps`].
    pub rank: u32,
    /// Place in its recap.
    pub ord: i64,
    /// Id of the name or code that the row is about; of the Puskesmas for a decree.
    pub subject: i64,
    /// Its cells, as stored.
    pub cells: String,
    pub record: T,
}

/// The span of months of a recap as columns.
pub(super) fn received(first: Month, last: Month) -> Received {
    Received::between(first, last)
}

impl Log {
    /// The log of a scope; a Puskesmas that was never imported has an empty one.
    pub(super) fn load(connection: &Scoped<'_>, scope: &Scope) -> Result<Self, StoreError> {
        match scope {
            Scope::All if connection.reaches_everything() => Self::select_at(connection, None),
            Scope::All => Self::select_at(connection, None)?.within(connection),
            Scope::Puskesmas(name) => match connection.puskesmas_id(name)? {
                Some(id) => Self::select_at(connection, Some(id)),
                None => Ok(Self::default()),
            },
        }
    }

    /// The log of one Puskesmas by its id, or of all, as it stands now.
    pub(super) fn select(connection: &Connection, puskesmas: Option<i64>) -> Result<Self, StoreError> {
        Self::select_from(connection, puskesmas, None)
    }

    /// The same, as it stood at the moment of which the connection is.
    pub(super) fn select_at(connection: &Scoped<'_>, puskesmas: Option<i64>) -> Result<Self, StoreError> {
        Self::select_from(connection, puskesmas, connection.moment())
    }

    fn select_from(
        connection: &Connection,
        puskesmas: Option<i64>,
        moment: Option<&Moment>,
    ) -> Result<Self, StoreError> {
        // What was undone since counted then: of a moment its own list of batches says what counts.
        let mut statement = connection.prepare_cached(
            "SELECT b.undone_at IS NULL, b.id, r.id, b.puskesmas_id, b.puskesmas_name, b.id, b.sequence, r.place, \
             r.record, r.first_month, r.last_month, r.due_months, r.sheet, b.file_name, b.by_form, b.who, b.at \
             FROM batches b JOIN recaps r ON r.batch_id = b.id \
             WHERE ($1 IS NULL OR b.puskesmas_id = $1) AND ($2 = 1 OR b.undone_at IS NULL)",
        )?;
        let mut rows = statement.query((puskesmas, i64::from(moment.is_some())))?;
        let mut recaps = Vec::new();
        while let Some(row) = rows.next()? {
            let mut columns = Columns::new(row);
            if !counts(&mut columns, moment)? {
                continue;
            }
            recaps.push(LiveRecap {
                id: columns.get()?,
                puskesmas: columns.get()?,
                puskesmas_name: columns.get()?,
                batch: columns.get()?,
                sequence: columns.get()?,
                place: columns.get()?,
                table: word(&columns.get::<String>()?, Table::from_code)?,
                received: received(columns.month()?, columns.month()?),
                due_months: columns.get::<Option<String>>()?.as_deref().map(months).transpose()?,
                sheet: columns.get()?,
                file_name: columns.get()?,
                by_form: columns.get::<i64>()? != 0,
                who: columns.get()?,
                at: columns.instant()?,
            });
        }
        recaps.sort_by_key(|r| (r.received.rank_month(), r.sequence, r.batch, r.place));
        let ranks = ranks(&recaps)?;
        let removed = removed(connection, puskesmas, moment)?;
        Ok(Self { recaps, ranks, removed, is_whole: puskesmas.is_none() })
    }

    /// The same log without the recaps of Puskesmas that are not within reach.
    fn within(mut self, connection: &Scoped<'_>) -> Result<Self, StoreError> {
        self.recaps.retain(|recap| connection.reaches(&recap.puskesmas_name));
        self.ranks = ranks(&self.recaps)?;
        Ok(self)
    }

    /// Place of a recap in the order, if it counts.
    pub(super) fn rank(&self, recap: i64) -> Option<u32> {
        let rank = usize::try_from(recap).ok().and_then(|recap| self.ranks.get(recap)).copied();
        rank.filter(|rank| *rank != NOT_LIVE)
    }

    /// The recap of a row.
    pub(super) fn recap(&self, rank: u32) -> &LiveRecap {
        &self.recaps[rank as usize]
    }

    /// The same log with the rows that replacing batches took out.
    pub(super) fn with_removed_rows(mut self) -> Self {
        self.removed.clear();
        self
    }

    /// The same log without what came with a batch, but for its registers and lists of indicators.
    pub(super) fn with_registers_alone_of(mut self, batch: BatchId) -> Result<Self, StoreError> {
        self.recaps.retain(|recap| {
            let is_register = matches!(recap.table, Table::Facilities | Table::ServiceIndicators);
            is_register || recap.batch != batch && recap.sequence != batch
        });
        self.ranks = ranks(&self.recaps)?;
        Ok(self)
    }

    /// Reports whether a replacing batch took this row out.
    pub(super) fn is_removed(&self, recap: i64, ord: i64) -> bool {
        !self.removed.is_empty() && self.removed.contains(&(recap, ord))
    }

    /// Calls `take` with the columns of every row of `sql_table` that counts: its rank, its ord, then `columns`.
    /// Where `only` is given, just these recaps are read.
    pub(super) fn scan(
        &self,
        connection: &Connection,
        sql: &Select<'_>,
        only: Option<&[i64]>,
        mut take: impl FnMut(u32, i64, &mut Columns<'_, '_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let Select { sql_table, columns } = sql;
        let all = format!("SELECT recap_id, ord, {columns} FROM {sql_table}");
        let mut read = |rows: &mut rusqlite::Rows<'_>| -> Result<(), StoreError> {
            while let Some(row) = rows.next()? {
                let mut columns = Columns::new(row);
                let recap: i64 = columns.get()?;
                let ord: i64 = columns.get()?;
                let Some(rank) = self.rank(recap) else { continue };
                if !self.is_removed(recap, ord) {
                    take(rank, ord, &mut columns)?;
                }
            }
            Ok(())
        };
        let Some(only) = only else {
            return read(&mut connection.prepare_cached(&all)?.query([])?);
        };
        let mut statement = connection.prepare_cached(&format!("{all} WHERE recap_id = $1 ORDER BY ord"))?;
        for recap in only {
            read(&mut statement.query([recap])?)?;
        }
        Ok(())
    }

    /// Ids of live recaps of one table, or `None` where reading the whole table is as good.
    pub(super) fn recaps_of(&self, table: Table) -> Option<Vec<i64>> {
        let of_table = self.recaps.iter().filter(|recap| recap.table == table).map(|recap| recap.id);
        if self.is_whole { None } else { Some(of_table.collect()) }
    }

    /// All rows of one sort that count, in no order.
    pub(super) fn rows<T: Stored>(&self, connection: &Connection) -> Result<Vec<Logged<T>>, StoreError> {
        self.rows_in(connection, self.recaps_of(T::TABLE).as_deref())
    }

    /// Rows of one sort in some recaps.
    pub(super) fn rows_in<T: Stored>(
        &self,
        connection: &Connection,
        only: Option<&[i64]>,
    ) -> Result<Vec<Logged<T>>, StoreError> {
        let columns = format!("subject_id, cells, {}", T::COLUMNS.join(", "));
        let select = Select { sql_table: T::SQL_TABLE, columns: &columns };
        let mut rows = Vec::new();
        self.scan(connection, &select, only, |rank, ord, columns| {
            let subject = columns.get()?;
            let cells = columns.get()?;
            rows.push(Logged { rank, ord, subject, cells, record: T::load(columns)? });
            Ok(())
        })?;
        Ok(rows)
    }
}

/// Table and columns to read.
pub(super) struct Select<'a> {
    pub sql_table: &'a str,
    pub columns: &'a str,
}

fn ranks(recaps: &[LiveRecap]) -> Result<Vec<u32>, StoreError> {
    let broken = || StoreError::Corrupt("nomor rekap".to_owned());
    let last = recaps.iter().map(|recap| recap.id).max().unwrap_or(0);
    let mut ranks = vec![NOT_LIVE; usize::try_from(last).map_err(|_range| broken())? + 1];
    for (rank, recap) in (0_u32..).zip(recaps) {
        let place = usize::try_from(recap.id).map_err(|_range| broken())?;
        ranks[place] = rank;
    }
    Ok(ranks)
}

/// Reports whether the batch of a row, whose first columns say whether it stands and its id, counts.
fn counts(columns: &mut Columns<'_, '_>, moment: Option<&Moment>) -> Result<bool, StoreError> {
    let stands = columns.get::<i64>()? != 0;
    let batch: BatchId = columns.get()?;
    Ok(moment.map_or(stands, |moment| moment.has_batch(batch)))
}

fn removed(
    connection: &Connection,
    puskesmas: Option<i64>,
    moment: Option<&Moment>,
) -> Result<BTreeSet<(i64, i64)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT b.undone_at IS NULL, b.id, m.recap_id, m.ord FROM removals m JOIN batches b ON b.id = m.batch_id \
         WHERE $1 IS NULL OR b.puskesmas_id = $1",
    )?;
    let mut rows = statement.query([puskesmas])?;
    let mut removed = BTreeSet::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        if counts(&mut columns, moment)? {
            removed.insert((columns.get()?, columns.get()?));
        }
    }
    Ok(removed)
}

/// Rows ordered by subject and key, and within a key by the order in which they count.
pub(super) fn ordered<T: Stored>(rows: Vec<Logged<T>>) -> Vec<(RowKey, Logged<T>)> {
    let mut keyed: Vec<(RowKey, Logged<T>)> = rows.into_iter().map(|row| (row.record.key(), row)).collect();
    keyed.sort_by(|(one_key, one), (other_key, other)| {
        (one.subject, one_key, one.rank, one.ord).cmp(&(other.subject, other_key, other.rank, other.ord))
    });
    keyed
}

/// Returns, for each subject and key, the record whose every field is the last one that was not blank.
pub(super) fn resolve<T: Stored>(rows: Vec<Logged<T>>) -> Vec<(i64, T)> {
    let mut resolved: Vec<(i64, T)> = Vec::new();
    let mut last_key: Option<RowKey> = None;
    for (key, row) in ordered(rows) {
        match resolved.last_mut() {
            Some((subject, record)) if *subject == row.subject && last_key.as_ref() == Some(&key) => {
                record.overlay(row.record);
            }
            _ => resolved.push((row.subject, row.record)),
        }
        last_key = Some(key);
    }
    resolved
}
