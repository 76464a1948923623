//! Personal data in the database: what becomes of them at import, every text searched and rewritten, and the trace of
//! what was erased. Knows not whom it searches for: texts are handed to who asks.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::accept::deflate;
use super::codec::instant_text;
use super::history::inflate;
use super::names::next_id;
use super::{By, Store, StoreError, sha256};
use crate::domain::access::Right;
use crate::domain::table::DISTRICT;

/// Tables whose names are of facilities, offices and accounts, or that prove what was done: they are searched and never
/// rewritten here.
const NEVER_REWRITTEN: [&str; 16] = [
    "facility_names",
    "facility_rows",
    "service_codes",
    "service_rows",
    "cluster_rows",
    "puskesmas",
    "aliases",
    "authors",
    "letter_settings",
    "letter_numbers",
    "letter_heads",
    "signatures",
    "erasures",
    "privacy_defaults",
    "login_attempts",
    "api_tokens",
];
/// Columns that hold moments, accounts, hashes and codes.
const TECHNICAL: [&str; 22] = [
    "at",
    "who",
    "cells",
    "code",
    "kind",
    "sort",
    "state",
    "record",
    "severity",
    "status",
    "format",
    "expires",
    "as_of",
    "period",
    "fingerprint",
    "due_months",
    "structures",
    "reason_code",
    "zone",
    "job",
    "media",
    "seal",
];
/// Beginnings of the names of tables that hold the chain of deeds, which a changed row would break, and accounts, which
/// have an erasure of their own.
const KEPT_TABLES: [&str; 2] = ["audit", "account"];

/// Text of the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextPlace {
    /// Table.
    pub table: String,
    /// Column.
    pub column: String,
    /// Number of the row.
    pub row: i64,
    /// True if it can be rewritten.
    pub is_free: bool,
}

/// A workbook that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptWorkbook {
    /// Hash of the file as it came.
    pub sha256: String,
    /// Its name, as it came last.
    pub file_name: String,
}

/// Trace of an erasure: never the datum itself.
#[derive(Clone, Copy, Debug)]
pub struct NewErasure<'a> {
    /// Sort of datum: a name or a number.
    pub sort: &'a str,
    /// Why.
    pub reason: &'a str,
    /// Texts that were rewritten.
    pub places: usize,
    /// Workbooks that were rewritten.
    pub originals: usize,
}

/// Copy that takes the place of a kept workbook.
#[derive(Clone, Copy, Debug)]
pub struct RewrittenWorkbook<'a> {
    /// Hash of the file as it came.
    pub sha256: &'a str,
    /// New content; empty where none can be kept.
    pub bytes: &'a [u8],
    /// True if the content is the cells alone, as xlsx.
    pub is_cells: bool,
}

impl Store {
    /// Reason for which personal data are kept at import, for commands and jobs; `None`: they are cleared.
    pub fn keeps_personal_data(&self) -> Result<Option<String>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT keeps_because FROM privacy_defaults ORDER BY id DESC LIMIT 1";
            let mut statement = connection.prepare_cached(sql)?;
            let mut rows = statement.query([])?;
            let reason: Option<String> = rows.next()?.map(|row| row.get(0)).transpose()?;
            Ok(reason.filter(|reason| !reason.is_empty()))
        })
    }

    /// Says what becomes of personal data at import by commands and jobs: kept for a reason, or cleared (blank).
    pub fn set_keeps_personal_data(&self, reason: &str, by: By<'_>) -> Result<(), StoreError> {
        self.write(|connection| {
            connection.require(&[Right::Administer], DISTRICT)?;
            let id = next_id(connection, "privacy_defaults")?;
            connection.execute(
                "INSERT INTO privacy_defaults (id, keeps_because, who, at) VALUES ($1, $2, $3, $4)",
                (id, reason, by.who, instant_text(by.at)),
            )?;
            Ok(())
        })
    }

    /// Every text of the database that `is_meant`, by table, column and row; for those who administer everything.
    pub fn texts_where(&self, is_meant: &dyn Fn(&str) -> bool) -> Result<Vec<TextPlace>, StoreError> {
        self.read(|connection| {
            connection.require(&[Right::Administer], DISTRICT)?;
            let mut found = Vec::new();
            each_text(connection, &mut |place, text| {
                if is_meant(text) {
                    found.push(place);
                }
                Ok(())
            })?;
            Ok(found)
        })
    }

    /// Rewrites every free text for which `rewritten` has another one; gives those places. All or nothing.
    pub fn rewrite_texts(&self, rewritten: &dyn Fn(&str) -> Option<String>) -> Result<Vec<TextPlace>, StoreError> {
        self.write(|connection| {
            connection.require(&[Right::Administer], DISTRICT)?;
            let mut found: Vec<(TextPlace, String)> = Vec::new();
            each_text(connection, &mut |place, text| {
                if place.is_free
                    && let Some(other) = rewritten(text)
                {
                    found.push((place, other));
                }
                Ok(())
            })?;
            let mut done = Vec::with_capacity(found.len());
            for (place, mut text) in found {
                // Keys hold words alone.
                if place.column.ends_with("key") {
                    text.retain(|letter| !matches!(letter, '[' | ']'));
                }
                let sql = format!("UPDATE {} SET {} = $1 WHERE rowid = $2", place.table, place.column);
                connection.execute(&sql, (text, place.row))?;
                done.push(place);
            }
            super::version::bump(connection)?;
            Ok(done)
        })
    }

    /// Workbooks that are kept, each once, in the order in which they came; for those who administer everything.
    pub fn kept_workbooks(&self) -> Result<Vec<KeptWorkbook>, StoreError> {
        self.read(|connection| {
            connection.require(&[Right::Administer], DISTRICT)?;
            let mut statement = connection.prepare_cached("SELECT sha256, file_name FROM batches ORDER BY id")?;
            let mut rows = statement.query([])?;
            let mut names: BTreeMap<String, usize> = BTreeMap::new();
            let mut kept: Vec<KeptWorkbook> = Vec::new();
            while let Some(row) = rows.next()? {
                let sha256: String = row.get(0)?;
                let file_name: String = row.get(1)?;
                if let Some(place) = names.get(&sha256) {
                    kept[*place].file_name = file_name;
                } else {
                    names.insert(sha256.clone(), kept.len());
                    kept.push(KeptWorkbook { sha256, file_name });
                }
            }
            Ok(kept)
        })
    }

    /// Bytes that are kept of a workbook, by the hash of the file as it came.
    pub fn kept_bytes(&self, sha256: &str) -> Result<Vec<u8>, StoreError> {
        self.read(|connection| {
            connection.require(&[Right::Administer], DISTRICT)?;
            let sql = "SELECT size, deflated FROM originals WHERE sha256 = $1";
            let mut statement = connection.prepare_cached(sql)?;
            let mut rows = statement.query([sha256])?;
            let Some(row) = rows.next()? else { return Ok(Vec::new()) };
            let deflated: Vec<u8> = row.get(1)?;
            inflate(row.get(0)?, &deflated)
        })
    }

    /// Puts another content in the place of a kept workbook; the file as it came is known by its hash all the same.
    pub fn rewrite_original(&self, new: RewrittenWorkbook<'_>) -> Result<(), StoreError> {
        let deflated = deflate(new.bytes)?;
        let size = i64::try_from(new.bytes.len()).unwrap_or(i64::MAX);
        let kept_as = if new.is_cells { "cells" } else { "erased" };
        self.write(|connection| {
            connection.require(&[Right::Administer], DISTRICT)?;
            connection.execute(
                "UPDATE originals SET size = $1, deflated = $2, kept_sha256 = $3, \
                 kept_as = CASE WHEN kept_as = 'cells' THEN 'cells' ELSE $4 END WHERE sha256 = $5",
                (size, deflated, sha256(new.bytes), kept_as, new.sha256),
            )?;
            super::version::bump(connection)
        })
    }

    /// Writes down that something was erased of a person, and takes what was overwritten out of the log of writing too.
    pub fn add_erasure(&self, new: &NewErasure<'_>, by: By<'_>) -> Result<(), StoreError> {
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        self.write(|connection| {
            connection.require(&[Right::Administer], DISTRICT)?;
            let id = next_id(connection, "erasures")?;
            connection.execute(
                "INSERT INTO erasures (id, sort, reason, places, originals, who, at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                (id, new.sort, new.reason, count(new.places), count(new.originals), by.who, instant_text(by.at)),
            )?;
            Ok(())
        })?;
        self.truncate_log()
    }

    /// Empties the log of writing, in which overwritten pages lie until they are written over. Where somebody still
    /// reads, the next one does it.
    pub fn truncate_log(&self) -> Result<(), StoreError> {
        self.empty_log()
    }
}

fn is_free(table: &str, column: &str) -> bool {
    let is_kept = NEVER_REWRITTEN.contains(&table) || KEPT_TABLES.iter().any(|start| table.starts_with(start));
    let is_technical = TECHNICAL.contains(&column)
        || ["_at", "_by", "sha256", "_code", "puskesmas_key", "facility_key"].iter().any(|end| column.ends_with(end));
    !is_kept && !is_technical
}

/// Hands on every text of every table, in the order of names.
fn each_text(
    connection: &Connection,
    take: &mut dyn FnMut(TextPlace, &str) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare(
        "SELECT tables.name, columns.name FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns \
         WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%' AND columns.type = 'TEXT' \
         ORDER BY tables.name, columns.cid",
    )?;
    let columns: Vec<(String, String)> =
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    for (table, column) in columns {
        let is_free = is_free(&table, &column);
        let sql = format!("SELECT rowid, {column} FROM {table} WHERE {column} IS NOT NULL AND {column} <> ''");
        let mut statement = connection.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let text = row.get_ref(1)?;
            if let Ok(text) = text.as_str() {
                let place = TextPlace { table: table.clone(), column: column.clone(), row: row.get(0)?, is_free };
                take(place, text)?;
            }
        }
    }
    Ok(())
}
