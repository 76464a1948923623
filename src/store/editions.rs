//! Papers that were handed out: which paper, number, date, revision and snapshot; of numbered ones the files as they
//! were. Knows nothing of what a paper says but its hashes.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension};

use super::accept::deflate;
use super::audit::{self, AuditEntry, AuditFields};
use super::codec::{Columns, date, day, instant_text};
use super::history::inflate;
use super::names::next_id;
use super::narratives::PaperKey;
use super::scoped::Scoped;
use super::{By, Store, StoreError};
use crate::domain::access::Right;
use crate::domain::audit::AuditAction;
use crate::domain::{Date, format};

/// Editions that a list holds at most, the latest first.
const EDITIONS_READ_MAX: i64 = 500;

/// A paper as it went out.
#[derive(Clone, Copy, Debug)]
pub struct NewEdition<'a> {
    /// Paper that goes out.
    pub paper: PaperKey<'a>,
    /// The number under which it went out.
    pub number: Option<EditionNumber<'a>>,
    /// Number of different contents that went out under the letter's number before this one; 0 for the first.
    pub revision: u32,
    /// Title as the paper prints it.
    pub title: &'a str,
    /// Puskesmas and period, as the paper prints them.
    pub subtitle: &'a str,
    /// Id of the snapshot.
    pub snapshot: &'a str,
    /// The day of the data.
    pub as_of: Date,
    /// Hashes that tell its contents from others.
    pub prints: Prints<'a>,
    /// Account that makes it, and when.
    pub by: By<'a>,
}

/// The number of a paper as it went out.
#[derive(Clone, Copy, Debug)]
pub struct EditionNumber<'a> {
    /// Row of the number.
    pub id: i64,
    /// Number as the paper prints it (`440/12/PKM/2023`).
    pub words: &'a str,
    /// Date that the letter bears.
    pub dated: Date,
}

/// Hashes that tell contents of one paper apart.
#[derive(Clone, Copy, Debug)]
pub struct Prints<'a> {
    /// Hash of data and written text.
    pub inputs: &'a str,
    /// Hash of what the paper says.
    pub content: &'a str,
    /// Hash of all of it, the letter too.
    pub whole: &'a str,
}

/// A file of an edition.
#[derive(Clone, Copy, Debug)]
pub struct NewEditionFile<'a> {
    /// Ending of its format.
    pub format: &'a str,
    /// Name under which it is saved.
    pub name: &'a str,
    /// Content, uncompressed.
    pub bytes: &'a [u8],
}

/// An edition as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// Id, in the order in which papers went out.
    pub id: i64,
    /// Key of the Puskesmas; blank or that of the district's team for papers over several.
    pub puskesmas: String,
    /// Code of the paper.
    pub kind: String,
    /// Its period as typed.
    pub period: String,
    /// The number as it was printed; blank without one.
    pub number: String,
    /// Date that the letter bears; `None` where it had no number.
    pub dated: Option<Date>,
    /// True if the number was taken back since.
    pub is_revoked: bool,
    /// 0: as the number was given for it.
    pub revision: u32,
    /// Title as the paper prints it.
    pub title: String,
    /// Puskesmas and period, as the paper prints them.
    pub subtitle: String,
    /// Id of the snapshot.
    pub snapshot: String,
    /// The day of the data.
    pub as_of: Date,
    /// Hash of data and written text.
    pub inputs: String,
    /// Hash of what the paper says.
    pub content: String,
    /// Moment at which it first went out.
    pub at: DateTime<Utc>,
    /// Formats that are kept, with their size in bytes.
    pub files: Vec<(String, u64)>,
}

/// File of a paper as it was handed out, uncompressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditionFile {
    /// Name under which it is saved.
    pub name: String,
    /// Content as it was handed out.
    pub bytes: Vec<u8>,
}

impl Store {
    /// Keeps that a paper went out, and its file where one is given; what is known already stays as it is. `false`:
    /// its revision belongs to another content by now.
    pub fn keep_edition(&self, new: &NewEdition<'_>, file: Option<NewEditionFile<'_>>) -> Result<bool, StoreError> {
        if self.read(|connection| {
            connection.require(&[Right::See], new.paper.puskesmas)?;
            is_kept(connection, new, file)
        })? {
            return Ok(true);
        }
        let packed = file.map(|file| Ok::<_, StoreError>((file, deflate(file.bytes)?))).transpose()?;
        self.write(|connection| {
            if is_taken(connection, new)? {
                return Ok(false);
            }
            let known = id_of(connection, new)?;
            let id = known.map_or_else(|| add(connection, new), Ok)?;
            let mut kept = usize::from(known.is_none());
            if let Some((file, deflated)) = &packed {
                let size = i64::try_from(file.bytes.len()).unwrap_or(i64::MAX);
                kept += connection.execute(
                    "INSERT INTO edition_files (edition_id, format, file_name, size, deflated) \
                     VALUES ($1, $2, $3, $4, $5) ON CONFLICT (edition_id, format) DO NOTHING",
                    (id, file.format, file.name, size, deflated),
                )?;
            }
            if kept > 0 {
                audit::append(connection, new.by, &act_of(new, file))?;
            }
            Ok(true)
        })
    }

    /// Returns the contents that went out under a number, the oldest first.
    pub fn editions_of_number(&self, number_id: i64) -> Result<Vec<Edition>, StoreError> {
        self.read(|connection| editions(connection, "e.number_id = $1 ORDER BY e.id LIMIT $2", &number_id))
    }

    /// Returns the contents that went out with the id of a snapshot, the oldest first.
    pub fn editions_of_snapshot(&self, snapshot: &str) -> Result<Vec<Edition>, StoreError> {
        self.read(|connection| editions(connection, "e.snapshot = $1 ORDER BY e.id LIMIT $2", &snapshot))
    }

    /// One edition; `None` where there is none of that number.
    pub fn edition(&self, id: i64) -> Result<Option<Edition>, StoreError> {
        self.read(|connection| Ok(editions(connection, "e.id = $1 ORDER BY e.id LIMIT $2", &id)?.pop()))
    }

    /// A file of an edition; `None` where it is not kept.
    pub fn edition_file(&self, edition: i64, format: &str) -> Result<Option<EditionFile>, StoreError> {
        self.read(|connection| {
            if editions(connection, "e.id = $1 ORDER BY e.id LIMIT $2", &edition)?.is_empty() {
                return Ok(None);
            }
            let mut statement = connection.prepare_cached(
                "SELECT file_name, size, deflated FROM edition_files WHERE edition_id = $1 AND format = $2",
            )?;
            let mut rows = statement.query((edition, format))?;
            let Some(row) = rows.next()? else { return Ok(None) };
            let name: String = row.get(0)?;
            let size: i64 = row.get(1)?;
            let deflated: Vec<u8> = row.get(2)?;
            Ok(Some(EditionFile { name, bytes: inflate(size, &deflated)? }))
        })
    }
}

/// A paper that goes out, as the audit tells it.
fn act_of(new: &NewEdition<'_>, file: Option<NewEditionFile<'_>>) -> AuditEntry {
    let after = AuditFields::none()
        .with("Nomor", new.number.map_or("", |number| number.words))
        .with("Revisi", if new.revision > 0 { new.revision.to_string() } else { String::new() })
        .with("Versi data", new.snapshot)
        .with("Data per", format::date(new.as_of))
        .with("Bentuk", file.map_or("", |file| file.format))
        .with("Isi (hash)", new.prints.whole);
    let record = format!("{}, {}", new.title, new.subtitle);
    AuditEntry::new(AuditAction::EditionKept, record).about(new.paper.puskesmas).after(after)
}

/// Adds the row of an edition and gives its number.
fn add(connection: &Connection, new: &NewEdition<'_>) -> Result<i64, StoreError> {
    let (puskesmas, kind, period) = new.paper.columns();
    let id = next_id(connection, "editions")?;
    connection.execute(
        "INSERT INTO editions (id, puskesmas, kind, period, number_id, number, dated, revision, title, subtitle, \
         snapshot, as_of, inputs, content, whole, who, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        rusqlite::params![
            id,
            puskesmas,
            kind,
            period,
            new.number.map(|number| number.id),
            new.number.map_or("", |number| number.words),
            new.number.map(|number| day(number.dated)),
            new.revision,
            new.title,
            new.subtitle,
            new.snapshot,
            day(new.as_of),
            new.prints.inputs,
            new.prints.content,
            new.prints.whole,
            new.by.who,
            instant_text(new.by.at),
        ],
    )?;
    Ok(id)
}

/// The row of an edition: of a numbered paper all that it says tells it, of another one its snapshot.
fn id_of(connection: &Connection, new: &NewEdition<'_>) -> Result<Option<i64>, StoreError> {
    let (puskesmas, kind, period) = new.paper.columns();
    let found = match new.number {
        Some(number) => connection.query_row(
            "SELECT id FROM editions WHERE number_id = $1 AND whole = $2 AND snapshot = $3",
            (number.id, new.prints.whole, new.snapshot),
            |row| row.get(0),
        ),
        None => connection.query_row(
            "SELECT id FROM editions WHERE number_id IS NULL AND puskesmas = $1 AND kind = $2 AND period = $3 \
             AND snapshot = $4",
            (puskesmas, kind, period, new.snapshot),
            |row| row.get(0),
        ),
    };
    Ok(found.optional()?)
}

fn is_kept(
    connection: &Connection,
    new: &NewEdition<'_>,
    file: Option<NewEditionFile<'_>>,
) -> Result<bool, StoreError> {
    let Some(id) = id_of(connection, new)? else { return Ok(false) };
    let Some(file) = file else { return Ok(true) };
    let sql = "SELECT COUNT(*) FROM edition_files WHERE edition_id = $1 AND format = $2";
    let count: i64 = connection.query_row(sql, (id, file.format), |row| row.get(0))?;
    Ok(count > 0)
}

/// Reports whether another content has gone out meanwhile under the revision that the paper prints.
fn is_taken(connection: &Connection, new: &NewEdition<'_>) -> Result<bool, StoreError> {
    let Some(number) = new.number else { return Ok(false) };
    let count: i64 = connection.query_row(
        "SELECT COUNT(*) FROM editions WHERE number_id = $1 AND revision = $2",
        (number.id, new.revision),
        |row| row.get(0),
    )?;
    let same: i64 = connection.query_row(
        "SELECT COUNT(*) FROM editions WHERE number_id = $1 AND revision = $2 AND (content = $3 OR inputs = $4)",
        (number.id, new.revision, new.prints.content, new.prints.inputs),
        |row| row.get(0),
    )?;
    Ok(count > 0 && same == 0)
}

/// Editions within reach; `which` narrows by `$1`, orders and bounds by `$2`.
fn editions(connection: &Scoped<'_>, which: &str, value: &dyn rusqlite::ToSql) -> Result<Vec<Edition>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT e.id, e.puskesmas, e.kind, e.period, e.number, e.dated, n.revoked_at, e.revision, e.title, e.subtitle, \
         e.snapshot, e.as_of, e.inputs, e.content, e.at \
         FROM editions e LEFT JOIN letter_numbers n ON n.id = e.number_id WHERE {which}"
    ))?;
    let mut rows = statement.query(rusqlite::params![value, EDITIONS_READ_MAX])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        let id = columns.get()?;
        found.push(Edition {
            id,
            puskesmas: columns.get()?,
            kind: columns.get()?,
            period: columns.get()?,
            number: columns.get()?,
            dated: columns.date_or_blank()?,
            is_revoked: columns.get::<Option<String>>()?.is_some(),
            revision: columns.get()?,
            title: columns.get()?,
            subtitle: columns.get()?,
            snapshot: columns.get()?,
            as_of: date(columns.get()?)?,
            inputs: columns.get()?,
            content: columns.get()?,
            at: columns.instant()?,
            files: files_of(connection, id)?,
        });
    }
    found.retain(|edition| connection.reaches(&edition.puskesmas));
    Ok(found)
}

fn files_of(connection: &Connection, edition: i64) -> Result<Vec<(String, u64)>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT format, size FROM edition_files WHERE edition_id = $1 ORDER BY format")?;
    let found = statement.query_map([edition], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)))?;
    let found: Vec<(String, i64)> = found.collect::<Result<_, _>>()?;
    Ok(found.into_iter().map(|(format, size)| (format, u64::try_from(size).unwrap_or(0))).collect())
}
