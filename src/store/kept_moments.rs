//! Moments of the log that are kept: the batches and evidence files that count then, and those that came and went since.
//! Knows nothing of why a moment is kept.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use super::codec::{Columns, instant};
use super::moment::Moment;
use super::scoped::Scoped;
use super::{BatchId, EvidenceId, Store, StoreError};
use crate::domain::Month;

/// Something that came into the log, or went out of it, since a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogChange {
    /// Batch that it is; `None` for an evidence file.
    pub batch: Option<BatchId>,
    /// Name of the file.
    pub file_name: String,
    /// True if somebody wrote it by a form.
    pub by_form: bool,
    /// True if it went out: undone, or withdrawn.
    pub is_gone: bool,
    /// First and last month that its tables cover; `None` for an evidence file.
    pub months: Option<(Month, Month)>,
    /// Account that imported, undid, attached or withdrew it.
    pub who: String,
    /// Moment at which that was done.
    pub at: DateTime<Utc>,
}

impl Store {
    /// The moment that was kept with a period.
    pub fn moment(&self, puskesmas: &str, pin: i64) -> Result<Moment, StoreError> {
        self.read(|connection| match connection.puskesmas_id(puskesmas)? {
            Some(owner) => load(connection, owner, pin),
            None => Ok(Moment::default()),
        })
    }

    /// Batches and evidence files of a Puskesmas that came or went since a moment, the latest first.
    pub fn changes_since(&self, puskesmas: &str, pin: i64) -> Result<Vec<LogChange>, StoreError> {
        self.read(|connection| {
            let Some(owner) = connection.puskesmas_id(puskesmas)? else { return Ok(Vec::new()) };
            let moment = load(connection, owner, pin)?;
            let mut changes = changed_batches(connection, owner, &moment)?;
            changes.extend(changed_files(connection, owner, &moment)?);
            changes.sort_by_key(|change| Reverse((change.at, change.batch)));
            Ok(changes)
        })
    }
}

/// Keeps the log of a Puskesmas, and of the district's list of clusters, as it stands now.
pub(super) fn keep(connection: &Scoped<'_>, puskesmas: i64, pin: i64) -> Result<(), StoreError> {
    let district = connection.district_id()?;
    connection.execute(
        "INSERT INTO period_pin_batches (pin_id, batch_id) \
         SELECT $1, id FROM batches WHERE undone_at IS NULL AND (puskesmas_id = $2 OR puskesmas_id = $3)",
        (pin, puskesmas, district),
    )?;
    connection.execute(
        "INSERT INTO period_pin_files (pin_id, evidence_id, size) \
         SELECT $1, e.id, c.size FROM evidence_files e JOIN evidence_contents c ON c.sha256 = e.sha256 \
         WHERE e.puskesmas_id = $2 AND e.withdrawn_at IS NULL",
        (pin, puskesmas),
    )?;
    Ok(())
}

fn load(connection: &Connection, puskesmas: i64, pin: i64) -> Result<Moment, StoreError> {
    let owned = "SELECT 1 FROM period_pins p WHERE p.id = $1 AND p.puskesmas_id = $2";
    let mut moment = Moment::default();
    let mut statement = connection
        .prepare_cached(&format!("SELECT batch_id FROM period_pin_batches WHERE pin_id = $1 AND EXISTS ({owned})"))?;
    let mut rows = statement.query((pin, puskesmas))?;
    while let Some(row) = rows.next()? {
        moment.add_batch(row.get(0)?);
    }
    let mut statement = connection.prepare_cached(&format!(
        "SELECT evidence_id, size FROM period_pin_files WHERE pin_id = $1 AND EXISTS ({owned})"
    ))?;
    let mut rows = statement.query((pin, puskesmas))?;
    while let Some(row) = rows.next()? {
        let size: i64 = row.get(1)?;
        moment.add_file(row.get(0)?, u64::try_from(size).unwrap_or(0));
    }
    Ok(moment)
}

/// Account and moment of what was done last: the undoing or withdrawing, else the bringing.
struct LastDeed {
    who: String,
    at: DateTime<Utc>,
    is_gone: bool,
}

impl LastDeed {
    fn read(columns: &mut Columns<'_, '_>) -> Result<Self, StoreError> {
        let who: String = columns.get()?;
        let at: String = columns.get()?;
        let gone_by: Option<String> = columns.get()?;
        let gone_at: Option<String> = columns.get()?;
        Ok(match (gone_by, gone_at) {
            (Some(who), Some(at)) => Self { who, at: instant(&at)?, is_gone: true },
            _ => Self { who, at: instant(&at)?, is_gone: false },
        })
    }
}

fn changed_batches(connection: &Connection, puskesmas: i64, moment: &Moment) -> Result<Vec<LogChange>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT b.id, b.who, b.at, b.undone_by, b.undone_at, b.file_name, b.by_form, \
         (SELECT MIN(r.first_month) FROM recaps r WHERE r.batch_id = b.id), \
         (SELECT MAX(r.last_month) FROM recaps r WHERE r.batch_id = b.id) \
         FROM batches b WHERE b.puskesmas_id = $1",
    )?;
    let mut rows = statement.query([puskesmas])?;
    let mut changes = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        let batch: BatchId = columns.get()?;
        let LastDeed { who, at, is_gone } = LastDeed::read(&mut columns)?;
        if is_gone != moment.has_batch(batch) {
            continue;
        }
        let file_name = columns.get()?;
        let by_form = columns.get::<i64>()? != 0;
        let months = columns.month_or_blank()?.zip(columns.month_or_blank()?);
        changes.push(LogChange { batch: Some(batch), file_name, by_form, is_gone, months, who, at });
    }
    Ok(changes)
}

fn changed_files(connection: &Connection, puskesmas: i64, moment: &Moment) -> Result<Vec<LogChange>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, who, at, withdrawn_by, withdrawn_at, file_name FROM evidence_files WHERE puskesmas_id = $1",
    )?;
    let mut rows = statement.query([puskesmas])?;
    let mut changes = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        let file: EvidenceId = columns.get()?;
        let LastDeed { who, at, is_gone } = LastDeed::read(&mut columns)?;
        if is_gone == moment.size_of_file(file).is_some() {
            let file_name = columns.get()?;
            changes.push(LogChange { batch: None, file_name, by_form: false, is_gone, months: None, who, at });
        }
    }
    Ok(changes)
}
