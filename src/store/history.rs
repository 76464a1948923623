//! Batches as they were accepted: their list, their issues, their original bytes, taking one back; and what the
//! source line of a chart names.

use std::collections::BTreeMap;
use std::io::Read;

use flate2::read::DeflateDecoder;
use rusqlite::Connection;

use super::audit::{self, AuditEntry, AuditFields};
use super::codec::{Columns, instant, instant_text, word};
use super::log::{LiveRecap, Log, received};
use super::puskesmas::settle;
use super::rows::sql_table;
use super::{BatchId, BatchSummary, By, RecapSummary, Scope, Sources, Store, StoreError, TableFacts};
use crate::diagnostic::{Issue, IssueCode, Severity};
use crate::domain::access::Right;
use crate::domain::audit::AuditAction;
use crate::domain::{Date, Month, Received, Table};

impl Store {
    /// Takes a batch's rows out, and with them those of batches that continued it (its rejected rows, tried again). Rows
    /// that they had covered count again, and so do rows that the batch had taken out.
    pub fn undo(&self, batch: BatchId, by: By<'_>) -> Result<(), StoreError> {
        self.write(|connection| {
            let owner = connection.batch_owner(batch)?.ok_or(StoreError::NoSuchBatch(batch))?;
            let mut statement = connection
                .prepare_cached("SELECT puskesmas_id, file_name FROM batches WHERE id = $1 AND undone_at IS NULL")?;
            let mut rows = statement.query([batch])?;
            let row = rows.next()?.ok_or(StoreError::NoSuchBatch(batch))?;
            let puskesmas: i64 = row.get(0)?;
            let file_name: String = row.get(1)?;
            connection.require(&[Right::Import, Right::Edit], &owner)?;
            let undone = connection.execute(
                "UPDATE batches SET undone_at = $1, undone_by = $2 \
                 WHERE (id = $3 OR sequence = $3) AND undone_at IS NULL",
                (instant_text(by.at), by.who, batch),
            )?;
            let continued = undone.saturating_sub(1);
            let after = AuditFields::none().with(
                "Impor lanjutan ikut dibatalkan",
                if continued > 0 { continued.to_string() } else { String::new() },
            );
            let entry = AuditEntry::new(AuditAction::ImportUndone, format!("impor {batch}: {file_name}"));
            audit::append(connection, by, &entry.about(&owner).after(after))?;
            settle(connection, puskesmas)
        })
    }

    /// Batches, the latest first; undone ones too.
    pub fn history(&self, scope: &Scope) -> Result<Vec<BatchSummary>, StoreError> {
        self.read(|connection| {
            let which = match scope {
                Scope::All => BatchFilter::All,
                Scope::Puskesmas(name) => match connection.puskesmas_id(name)? {
                    Some(id) => BatchFilter::OfPuskesmas(id),
                    None => return Ok(Vec::new()),
                },
            };
            let mut batches = history(connection, which)?;
            batches.retain(|batch| connection.reaches(&batch.puskesmas));
            Ok(batches)
        })
    }

    /// One batch, undone or not; `None` where there is none of that number.
    pub fn batch(&self, batch: BatchId) -> Result<Option<BatchSummary>, StoreError> {
        self.read(|connection| {
            let found = history(connection, BatchFilter::One(batch))?.pop();
            Ok(found.filter(|batch| connection.reaches(&batch.puskesmas)))
        })
    }

    /// Facts that a batch brought, by table in the order of tables: as its preview and its receipt counted them.
    pub fn facts_of(&self, batch: BatchId) -> Result<Vec<TableFacts>, StoreError> {
        self.read(|connection| if connection.has_batch(batch)? { facts_of(connection, batch) } else { Ok(Vec::new()) })
    }

    /// Issues of a batch, in the order of its receipt.
    pub fn issues(&self, batch: BatchId) -> Result<Vec<Issue>, StoreError> {
        self.read(|connection| if connection.has_batch(batch)? { issues_of(connection, batch) } else { Ok(Vec::new()) })
    }

    /// File name and bytes that are kept of a batch's workbook: as they came, or without personal data; then the name
    /// has the ending of what they are.
    pub fn original(&self, batch: BatchId) -> Result<(String, Vec<u8>), StoreError> {
        self.read(|connection| {
            connection.require_batch(batch)?;
            let mut statement = connection.prepare_cached(
                "SELECT b.file_name, o.size, o.deflated, o.kept_as FROM batches b \
                 JOIN originals o ON o.sha256 = b.sha256 WHERE b.id = $1",
            )?;
            let mut rows = statement.query([batch])?;
            let row = rows.next()?.ok_or(StoreError::NoSuchBatch(batch))?;
            let size: i64 = row.get(1)?;
            let deflated: Vec<u8> = row.get(2)?;
            let kept_as: Option<String> = row.get(3)?;
            Ok((kept_name(row.get(0)?, kept_as.as_deref()), inflate(size, &deflated)?))
        })
    }

    /// Returns the files and dates that the source line of a chart names, for one Puskesmas and year.
    pub fn sources(&self, puskesmas: &str, year: i32, as_of: Date) -> Result<Sources, StoreError> {
        self.read(|connection| {
            let log = Log::load(connection, &Scope::Puskesmas(puskesmas.to_owned()))?;
            Ok(sources(&log, year, as_of))
        })
    }

    /// Problems of the database itself, in sentences; empty where it is sound.
    pub fn check(&self) -> Result<Vec<String>, StoreError> {
        self.read(|connection| {
            connection.require_everything()?;
            let mut problems = Vec::new();
            let mut statement = connection.prepare("PRAGMA integrity_check")?;
            for line in statement.query_map([], |row| row.get::<_, String>(0))? {
                let line = line?;
                if line != "ok" {
                    problems.push(format!("basis data rusak: {line}; pulihkan dari cadangan terakhir"));
                }
            }
            let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
            for table in statement.query_map([], |row| row.get::<_, String>(0))? {
                problems.push(format!("baris di tabel `{}` menunjuk ke baris yang tidak ada", table?));
            }
            Ok(problems)
        })
    }
}

/// The inverse of `deflate`.
pub(super) fn inflate(size: i64, deflated: &[u8]) -> Result<Vec<u8>, StoreError> {
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    DeflateDecoder::new(deflated).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Name of a workbook with the ending of what is kept of it.
pub(super) fn kept_name(file_name: String, kept_as: Option<&str>) -> String {
    let is_renamed = kept_as == Some("cells") && !file_name.to_lowercase().ends_with(".xlsx");
    if is_renamed { file_name + ".xlsx" } else { file_name }
}

fn sources(log: &Log, year: i32, as_of: Date) -> Sources {
    let is_monthly = |table| {
        matches!(
            table,
            Table::Visits
                | Table::FollowUps
                | Table::ChecklistItems
                | Table::Lokmin
                | Table::MonthlyReports
                | Table::Achievements
        )
    };
    // What lies wholly after the day told nothing of what is shown.
    let has_begun = |received: Received| received.months().0.has_begun(as_of);
    let of_year: Vec<_> =
        log.recaps.iter().filter(|recap| recap.received.year() == year && has_begun(recap.received)).collect();
    let monthly: Vec<_> = of_year.iter().copied().filter(|recap| is_monthly(recap.table)).collect();
    let named = if monthly.is_empty() { &of_year } else { &monthly };
    let mut batches: Vec<BatchId> = of_year.iter().map(|recap| recap.batch).collect();
    batches.sort_unstable();
    batches.dedup();
    Sources {
        batches: u32::try_from(batches.len()).unwrap_or(u32::MAX),
        first_file: named.first().map(|recap| recap.file_name.clone()),
        last_file: named.last().map(|recap| recap.file_name.clone()),
        last_accepted: of_year.iter().map(|recap| recap.at).max(),
        data_until: monthly.iter().rev().find_map(|recap| last_received(recap)),
    }
}

/// The last month for which a recap counts as received, as far as its year goes.
fn last_received(recap: &LiveRecap) -> Option<Month> {
    let last = recap.received.rank_month();
    match &recap.due_months {
        Some(months) => months.last().map(|month| (*month).min(last)),
        None => Some(last),
    }
}

/// Batches that are asked for.
#[derive(Clone, Copy)]
enum BatchFilter {
    All,
    OfPuskesmas(i64),
    One(BatchId),
}

fn history(connection: &Connection, which: BatchFilter) -> Result<Vec<BatchSummary>, StoreError> {
    // Each its own words: a condition that holds for all of them would read every row for one.
    let (batches, issues, id) = match which {
        BatchFilter::All => ("$1 = 0", "$1 = 0", 0),
        BatchFilter::OfPuskesmas(id) => {
            ("puskesmas_id = $1", "batch_id IN (SELECT id FROM batches WHERE puskesmas_id = $1)", id)
        }
        BatchFilter::One(id) => ("id = $1", "batch_id = $1", id),
    };
    let mut counted: BTreeMap<BatchId, (u32, u32)> = BTreeMap::new();
    let mut statement = connection.prepare_cached(&format!(
        "SELECT batch_id, severity, COUNT(*) FROM issues WHERE {issues} GROUP BY batch_id, severity"
    ))?;
    let mut rows = statement.query([id])?;
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        let counts = counted.entry(columns.get()?).or_default();
        let is_error = columns.get::<String>()? == Severity::Error.code();
        *(if is_error { &mut counts.0 } else { &mut counts.1 }) = columns.count()?;
    }
    let mut statement = connection.prepare_cached(&format!(
        "SELECT id, sequence, puskesmas_name, file_name, sha256, by_form, who, at, undone_at, undone_by FROM batches \
         WHERE {batches} ORDER BY id DESC"
    ))?;
    let mut rows = statement.query([id])?;
    let mut batches = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        let batch: BatchId = columns.get()?;
        let sequence: i64 = columns.get()?;
        let (errors, warnings) = counted.get(&batch).copied().unwrap_or_default();
        batches.push(BatchSummary {
            batch,
            continues: (sequence != batch).then_some(sequence),
            puskesmas: columns.get()?,
            file_name: columns.get()?,
            sha256: columns.get()?,
            by_form: columns.get::<i64>()? != 0,
            who: columns.get()?,
            at: columns.instant()?,
            undone: match (columns.get::<Option<String>>()?, columns.get::<Option<String>>()?) {
                (Some(at), by) => Some((instant(&at)?, by.unwrap_or_default())),
                (None, _) => None,
            },
            recaps: recaps_of(connection, batch)?,
            errors,
            warnings,
        });
    }
    Ok(batches)
}

/// Recaps of a batch, in their order.
pub(super) fn recaps_of(connection: &Connection, batch: BatchId) -> Result<Vec<RecapSummary>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT sheet, record, first_month, last_month, rows_seen, rows_rejected FROM recaps \
         WHERE batch_id = $1 ORDER BY place",
    )?;
    let mut rows = statement.query([batch])?;
    let mut recaps = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        recaps.push(RecapSummary {
            sheet: columns.get()?,
            table: word(&columns.get::<String>()?, Table::from_code)?,
            received: received(columns.month()?, columns.month()?),
            rows_seen: columns.count()?,
            rows_rejected: columns.count()?,
        });
    }
    Ok(recaps)
}

fn facts_of(connection: &Connection, batch: BatchId) -> Result<Vec<TableFacts>, StoreError> {
    let mut recaps = connection.prepare_cached("SELECT id, record FROM recaps WHERE batch_id = $1")?;
    let mut rows = recaps.query([batch])?;
    let mut counted: BTreeMap<Table, usize> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        let recap: i64 = columns.get()?;
        let table = word(&columns.get::<String>()?, Table::from_code)?;
        let sql = format!("SELECT COUNT(*) FROM {} WHERE recap_id = $1", sql_table(table));
        let facts: i64 = connection.prepare_cached(&sql)?.query_row([recap], |row| row.get(0))?;
        *counted.entry(table).or_default() += usize::try_from(facts).unwrap_or_default();
    }
    Ok(counted.into_iter().map(|(table, facts)| TableFacts { table, facts }).collect())
}

/// Issues of a batch, in their order.
pub(super) fn issues_of(connection: &Connection, batch: BatchId) -> Result<Vec<Issue>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT sheet, cell, code, severity, message FROM issues WHERE batch_id = $1 ORDER BY place")?;
    let mut rows = statement.query([batch])?;
    let mut issues = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        issues.push(Issue {
            sheet: columns.get()?,
            cell: columns.get()?,
            code: word(&columns.get::<String>()?, IssueCode::from_code)?,
            severity: word(&columns.get::<String>()?, Severity::from_code)?,
            message: columns.get()?,
            about: None,
        });
    }
    Ok(issues)
}
