//! Personal data in the database: what becomes of them at import, every text searched, and the workbooks that are kept.
//! Knows not whom it searches for: texts are handed to who asks. What is taken out stands in `erasures`.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};

use super::audit::{self, AuditEntry, AuditFields};
use super::codec::instant_text;
use super::free_texts::{is_free, is_searched};
use super::history::{inflate, kept_name};
use super::names::next_id;
use super::{BatchId, By, Store, StoreError};
use crate::domain::access::Right;
use crate::domain::audit::AuditAction;
use crate::domain::table::DISTRICT;

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
    /// The import that brought it; none where it came on another way.
    pub origin: Option<TextOrigin>,
}

/// Import that brought a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextOrigin {
    /// Number of the import.
    pub batch: BatchId,
    /// Name of its file.
    pub file_name: String,
    /// Name of its Puskesmas.
    pub puskesmas: String,
}

/// A workbook that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptWorkbook {
    /// Hash of the file as it came.
    pub sha256: String,
    /// Its name, as it came last, with the ending of what is kept.
    pub file_name: String,
    /// Number of the last import of it.
    pub batch: BatchId,
    /// Name of its Puskesmas.
    pub puskesmas: String,
}

impl Store {
    /// Reason for which personal data are kept at import, for commands and jobs; `None`: they are cleared.
    pub fn keeps_personal_data(&self) -> Result<Option<String>, StoreError> {
        self.read(|connection| keeps_because(connection))
    }

    /// Says what becomes of personal data at import by commands and jobs: kept for a reason, or cleared (blank).
    pub fn set_keeps_personal_data(&self, reason: &str, by: By<'_>) -> Result<(), StoreError> {
        self.write(|connection| {
            connection.require(&[Right::Administer], DISTRICT)?;
            let before = keeps_because(connection)?;
            let id = next_id(connection, "privacy_defaults")?;
            connection.execute(
                "INSERT INTO privacy_defaults (id, keeps_because, who, at) VALUES ($1, $2, $3, $4)",
                (id, reason, by.who, instant_text(by.at)),
            )?;
            let after = Some(reason.to_owned()).filter(|reason| !reason.is_empty());
            let entry = AuditEntry::new(AuditAction::SettingChanged, "data pribadi saat impor");
            audit::append(connection, by, &entry.before(fate_fields(before)).after(fate_fields(after)))
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
            for place in &mut found {
                place.origin = origin_of(connection, place)?;
            }
            Ok(found)
        })
    }

    /// Workbooks that are kept, each once, in the order in which they came; for those who administer everything.
    pub fn kept_workbooks(&self) -> Result<Vec<KeptWorkbook>, StoreError> {
        self.read(|connection| {
            connection.require(&[Right::Administer], DISTRICT)?;
            let mut statement = connection.prepare_cached(
                "SELECT b.sha256, b.file_name, o.kept_as, b.id, b.puskesmas_name FROM batches b \
                 JOIN originals o ON o.sha256 = b.sha256 ORDER BY b.id",
            )?;
            let mut rows = statement.query([])?;
            let mut places: BTreeMap<String, usize> = BTreeMap::new();
            let mut kept: Vec<KeptWorkbook> = Vec::new();
            while let Some(row) = rows.next()? {
                let sha256: String = row.get(0)?;
                let kept_as: Option<String> = row.get(2)?;
                let file_name = kept_name(row.get(1)?, kept_as.as_deref());
                let workbook = KeptWorkbook { sha256, file_name, batch: row.get(3)?, puskesmas: row.get(4)? };
                if let Some(place) = places.get(&workbook.sha256) {
                    kept[*place] = workbook;
                } else {
                    places.insert(workbook.sha256.clone(), kept.len());
                    kept.push(workbook);
                }
            }
            Ok(kept)
        })
    }

    /// Bytes that are kept of a workbook, by the hash of the file as it came; for those who administer everything.
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
}

fn keeps_because(connection: &Connection) -> Result<Option<String>, StoreError> {
    let sql = "SELECT keeps_because FROM privacy_defaults ORDER BY id DESC LIMIT 1";
    let reason: Option<String> = connection.prepare_cached(sql)?.query_row([], |row| row.get(0)).optional()?;
    Ok(reason.filter(|reason| !reason.is_empty()))
}

fn fate_fields(keeps_because: Option<String>) -> AuditFields {
    match keeps_because {
        Some(reason) => AuditFields::none().with("Yang terjadi", "disimpan apa adanya").with("Alasan", reason),
        None => AuditFields::none().with("Yang terjadi", "dihapus dari salinan yang disimpan"),
    }
}

/// Hands on every text of every table that is searched, in the order of names.
pub(super) fn each_text(
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
        if !is_searched(&table, &column) {
            continue;
        }
        let is_free = is_free(&table, &column);
        let sql = format!("SELECT rowid, {column} FROM {table} WHERE {column} IS NOT NULL AND {column} <> ''");
        let mut statement = connection.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let text = row.get_ref(1)?;
            if let Ok(text) = text.as_str() {
                let row = row.get(0)?;
                let place = TextPlace { table: table.clone(), column: column.clone(), row, is_free, origin: None };
                take(place, text)?;
            }
        }
    }
    Ok(())
}

/// The import that brought a text, of tables that tell it.
fn origin_of(connection: &Connection, place: &TextPlace) -> Result<Option<TextOrigin>, StoreError> {
    let table = &place.table;
    let sql = "SELECT name FROM pragma_table_info($1) WHERE name IN ('recap_id', 'batch_id') ORDER BY name LIMIT 1";
    let leads: Option<String> = connection.prepare_cached(sql)?.query_row([table], |row| row.get(0)).optional()?;
    let batch = match leads.as_deref() {
        Some("recap_id") => {
            format!("(SELECT r.batch_id FROM {table} t JOIN recaps r ON r.id = t.recap_id WHERE t.rowid = $1)")
        }
        Some(_) => format!("(SELECT t.batch_id FROM {table} t WHERE t.rowid = $1)"),
        None if table == "batches" => "$1".to_owned(),
        None => return Ok(None),
    };
    // The numbers of imports are their rows' own as well.
    let id = if table == "batches" { "rowid" } else { "id" };
    let sql = format!("SELECT id, file_name, puskesmas_name FROM batches WHERE {id} = {batch}");
    let origin = connection.prepare_cached(&sql)?.query_row([place.row], |row| {
        Ok(TextOrigin { batch: row.get(0)?, file_name: row.get(1)?, puskesmas: row.get(2)? })
    });
    Ok(origin.optional()?)
}
