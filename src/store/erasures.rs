//! Data of a person taken out of free texts and kept workbooks, in one transaction with its trace: never the datum.
//! Figures, keys, the audit and sealed papers stay as they are. Knows not whose data it is: new texts are handed in.

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use super::accept::deflate;
use super::audit::{self, AuditEntry, AuditFields};
use super::codec::{Columns, instant_text};
use super::personal::{TextPlace, each_text};
use super::version::bump_all;
use super::{By, Store, StoreError, sha256};
use crate::domain::access::Right;
use crate::domain::audit::AuditAction;
use crate::domain::name::plain_words;
use crate::domain::table::DISTRICT;

/// An erasure that is asked for.
#[derive(Clone, Copy, Debug)]
pub struct NewErasure<'a> {
    /// Its number, as [`Store::next_erasure`] gave it: it stands in the place of what was erased.
    pub number: i64,
    /// Sort of datum: a name or a number.
    pub sort: &'a str,
    /// Why.
    pub reason: &'a str,
    /// Copies that take the place of kept workbooks.
    pub workbooks: &'a [RewrittenWorkbook],
    /// Who erases, and when.
    pub by: By<'a>,
}

/// Copy that takes the place of a kept workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RewrittenWorkbook {
    /// Hash of the file as it came.
    pub sha256: String,
    /// New content; empty where none can be kept.
    pub bytes: Vec<u8>,
    /// True if the content is the cells alone, as xlsx.
    pub is_cells: bool,
}

/// Trace of an erasure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredErasure {
    /// Its number.
    pub number: i64,
    /// Sort of datum: a name or a number.
    pub sort: String,
    /// Why.
    pub reason: String,
    /// Texts that were rewritten.
    pub texts: u64,
    /// Workbooks that were rewritten.
    pub workbooks: u64,
    /// Account that erased.
    pub who: String,
    /// Moment of it.
    pub at: DateTime<Utc>,
}

impl Store {
    /// Number of erasures so far: a number that grows with each, also where another process made it.
    pub fn erasure_count(&self) -> Result<u64, StoreError> {
        self.read(|connection| {
            let count: i64 =
                connection.prepare_cached("SELECT COUNT(*) FROM erasures")?.query_row([], |row| row.get(0))?;
            Ok(u64::try_from(count).unwrap_or(0))
        })
    }

    /// All erasures, the last one first; for those who administer everything.
    pub fn erasures(&self) -> Result<Vec<StoredErasure>, StoreError> {
        self.read(|connection| {
            connection.require(&[Right::Administer], DISTRICT)?;
            let sql = "SELECT id, sort, reason, places, originals, who, at FROM erasures ORDER BY id DESC";
            let mut statement = connection.prepare_cached(sql)?;
            let mut rows = statement.query([])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let mut columns = Columns::new(row);
                found.push(StoredErasure {
                    number: columns.get()?,
                    sort: columns.get()?,
                    reason: columns.get()?,
                    texts: u64::try_from(columns.get::<i64>()?).unwrap_or(0),
                    workbooks: u64::try_from(columns.get::<i64>()?).unwrap_or(0),
                    who: columns.get()?,
                    at: columns.instant()?,
                });
            }
            Ok(found)
        })
    }

    /// The number of the erasure that comes next.
    pub fn next_erasure(&self) -> Result<i64, StoreError> {
        self.read(|connection| {
            connection.require(&[Right::Administer], DISTRICT)?;
            let sql = "SELECT COALESCE(MAX(id), 0) + 1 FROM erasures";
            Ok(connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
        })
    }

    /// Rewrites every free text for which `rewritten` has another one and the workbooks handed over, and writes it down:
    /// all or nothing. Then empties the log of writing, in which overwritten pages lie. Gives the number of texts.
    pub fn erase_person(
        &self,
        new: &NewErasure<'_>,
        rewritten: &dyn Fn(&str) -> Option<String>,
    ) -> Result<usize, StoreError> {
        let texts = self.write(|connection| {
            connection.require(&[Right::Administer], DISTRICT)?;
            let texts = rewrite_texts(connection, rewritten)?;
            for workbook in new.workbooks {
                rewrite_workbook(connection, workbook)?;
            }
            let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
            connection.execute(
                "INSERT INTO erasures (id, sort, reason, places, originals, who, at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                (
                    new.number,
                    new.sort,
                    new.reason,
                    count(texts),
                    count(new.workbooks.len()),
                    new.by.who,
                    instant_text(new.by.at),
                ),
            )?;
            let told = AuditFields::none()
                .with("Jenis", new.sort)
                .with("Alasan", new.reason)
                .with("Teks di basis data", texts)
                .with("Berkas asli", new.workbooks.len());
            let entry = AuditEntry::new(AuditAction::PersonErased, format!("penghapusan {}", new.number));
            audit::append(connection, new.by, &entry.after(told))?;
            bump_all(connection)?;
            Ok(texts)
        })?;
        self.truncate_log()?;
        Ok(texts)
    }

    /// Empties the log of writing, in which overwritten pages lie until they are written over. Where somebody still
    /// reads, the next one does it.
    pub fn truncate_log(&self) -> Result<(), StoreError> {
        self.empty_log()
    }
}

/// Rewrites free texts; gives their number.
fn rewrite_texts(connection: &Connection, rewritten: &dyn Fn(&str) -> Option<String>) -> Result<usize, StoreError> {
    let mut found: Vec<(TextPlace, String)> = Vec::new();
    each_text(connection, &mut |place, text| {
        if place.is_free
            && let Some(other) = rewritten(text)
        {
            found.push((place, other));
        }
        Ok(())
    })?;
    let mut done = 0;
    for (place, text) in found {
        done += match (place.table.as_str(), place.column.as_str()) {
            // What a file is evidence of is known by these words; of others than follow-ups they are codes.
            ("evidence_files", "words") => connection.execute(
                "UPDATE evidence_files SET words = $1, words_key = $2 WHERE rowid = $3 AND about = 'follow_up'",
                (&text, plain_words(&text), place.row),
            )?,
            (table, column) => {
                connection.execute(&format!("UPDATE {table} SET {column} = $1 WHERE rowid = $2"), (text, place.row))?
            }
        };
    }
    Ok(done)
}

/// Puts another content in the place of a kept workbook; the file as it came is known by its hash all the same.
fn rewrite_workbook(connection: &Connection, new: &RewrittenWorkbook) -> Result<(), StoreError> {
    let deflated = deflate(&new.bytes)?;
    let size = i64::try_from(new.bytes.len()).unwrap_or(i64::MAX);
    let kept_as = if new.is_cells { "cells" } else { "erased" };
    connection.execute(
        "UPDATE originals SET size = $1, deflated = $2, kept_sha256 = $3, \
         kept_as = CASE WHEN kept_as = 'cells' THEN 'cells' ELSE $4 END WHERE sha256 = $5",
        (size, deflated, sha256(&new.bytes), kept_as, &new.sha256),
    )?;
    Ok(())
}
