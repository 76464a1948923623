//! Texts that people wrote in papers: versions that are only ever added, with who, when, and the numbers of that time.
//! Knows nothing of what a section or a number means.

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use super::audit::{self, AuditEntry, AuditFields};
use super::codec::{Columns, date, day, instant_text};
use super::names::next_id;
use super::version::bump_pages;
use super::{By, Store, StoreError};
use crate::domain::access::Right;
use crate::domain::audit::AuditAction;
use crate::domain::name::puskesmas_key;
use crate::domain::{Date, Period, format};

/// Versions of one paper's text that are read at most, the latest first.
const VERSIONS_READ_MAX: i64 = 100;

/// Identity of a paper that a text or a number belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaperKey<'a> {
    /// Name of the Puskesmas; blank for the paper over all Puskesmas.
    pub puskesmas: &'a str,
    /// Code of the kind.
    pub kind: &'a str,
    /// Period that the paper is about.
    pub period: Period,
}

impl PaperKey<'_> {
    /// Kind and period, as the audit names it.
    pub(super) fn words(&self) -> String {
        format!("{} {}", self.kind, format::period(self.period))
    }

    /// The columns that name it.
    pub(super) fn columns(&self) -> (String, String, String) {
        let puskesmas = if self.puskesmas.is_empty() { String::new() } else { puskesmas_key(self.puskesmas) };
        (puskesmas, self.kind.to_owned(), self.period.to_string())
    }
}

/// A text with the numbers of its time.
#[derive(Clone, Copy, Debug)]
pub struct NarrativeText<'a> {
    /// Code and text of each section.
    pub sections: &'a [(String, String)],
    /// Name and value of each number.
    pub facts: &'a [(String, String)],
}

/// A text, or the return to the draft.
#[derive(Clone, Copy, Debug)]
pub struct NewNarrative<'a> {
    /// Paper that the text belongs to.
    pub paper: PaperKey<'a>,
    /// The latest version that the writer saw; `None` where there was none.
    pub base: Option<i64>,
    /// The day whose data the writer saw.
    pub as_of: Date,
    /// Id of the snapshot that its writer saw.
    pub snapshot: &'a str,
    /// The day from which it counts: papers as of an earlier day do without it.
    pub counts_from: Date,
    /// The text; `None`: the draft counts again.
    pub text: Option<NarrativeText<'a>>,
    /// Account that wrote it, and when.
    pub by: By<'a>,
}

/// A version as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NarrativeVersion {
    /// Id; later versions have greater ones.
    pub id: i64,
    /// The day whose data the writer saw.
    pub as_of: Date,
    /// Id of the snapshot that its writer saw.
    pub snapshot: String,
    /// The day from which it counts.
    pub counts_from: Date,
    /// True if it is a text; false if the draft counts again from here on.
    pub is_written: bool,
    /// Code and text of each section that a person wrote, in order.
    pub sections: Vec<(String, String)>,
    /// Name and value of each number, in order.
    pub facts: Vec<(String, String)>,
    /// Account that wrote it.
    pub who: String,
    /// Moment at which it was written.
    pub at: DateTime<Utc>,
}

impl Store {
    /// Keeps a version; `false` where another one came after the one that its writer saw.
    pub fn add_narrative(&self, new: &NewNarrative<'_>) -> Result<bool, StoreError> {
        let (puskesmas, kind, period) = new.paper.columns();
        self.write(|connection| {
            connection.require(&[Right::Edit], &puskesmas)?;
            let latest: Option<i64> = connection.query_row(
                "SELECT MAX(id) FROM narratives WHERE puskesmas = $1 AND kind = $2 AND period = $3",
                (&puskesmas, &kind, &period),
                |row| row.get(0),
            )?;
            if latest != new.base {
                return Ok(false);
            }
            let id = next_id(connection, "narratives")?;
            connection.execute(
                "INSERT INTO narratives (id, puskesmas, kind, period, as_of, snapshot, counts_from, is_written, who, at) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                (
                    id,
                    &puskesmas,
                    &kind,
                    &period,
                    day(new.as_of),
                    new.snapshot,
                    day(new.counts_from),
                    i64::from(new.text.is_some()),
                    new.by.who,
                    instant_text(new.by.at),
                ),
            )?;
            if let Some(NarrativeText { sections, facts }) = new.text {
                add_pairs(connection, &SECTIONS, id, sections)?;
                add_pairs(connection, &FACTS, id, facts)?;
            }
            let (action, written) = match new.text {
                Some(text) => (AuditAction::NarrativeWritten, text.sections),
                None => (AuditAction::NarrativeReset, &[][..]),
            };
            let fields = |pairs: &[(String, String)]| {
                AuditFields::none().with_all(pairs.iter().map(|(name, text)| (name.as_str(), text.as_str())))
            };
            let former = latest.map(|id| sections(connection, id)).transpose()?.unwrap_or_default();
            let (before, after) = AuditFields::differing(fields(&former), fields(written));
            let entry = AuditEntry::new(action, new.paper.words()).about(new.paper.puskesmas);
            audit::append(connection, new.by, &entry.before(before).after(after))?;
            bump_pages(connection)?;
            Ok(true)
        })
    }

    /// The versions of a paper's text, the latest first.
    pub fn narratives(&self, paper: &PaperKey<'_>) -> Result<Vec<NarrativeVersion>, StoreError> {
        let (puskesmas, kind, period) = paper.columns();
        self.read(|connection| {
            if !connection.reaches(&puskesmas) {
                return Ok(Vec::new());
            }
            let mut statement = connection.prepare_cached(
                "SELECT id, as_of, snapshot, counts_from, is_written, who, at FROM narratives \
                 WHERE puskesmas = $1 AND kind = $2 AND period = $3 ORDER BY id DESC LIMIT $4",
            )?;
            let mut rows = statement.query((&puskesmas, &kind, &period, VERSIONS_READ_MAX))?;
            let mut versions = Vec::new();
            while let Some(row) = rows.next()? {
                let mut columns = Columns::new(row);
                let id = columns.get()?;
                versions.push(NarrativeVersion {
                    id,
                    as_of: date(columns.get()?)?,
                    snapshot: columns.get()?,
                    counts_from: date(columns.get()?)?,
                    is_written: columns.get::<i64>()? != 0,
                    sections: sections(connection, id)?,
                    facts: facts(connection, id)?,
                    who: columns.get()?,
                    at: columns.instant()?,
                });
            }
            Ok(versions)
        })
    }
}

/// A table of pairs of texts that belong to a version, with its columns.
struct PairTable {
    table: &'static str,
    first: &'static str,
    second: &'static str,
}

/// Texts of a version by the key of their section.
const SECTIONS: PairTable = PairTable { table: "narrative_sections", first: "section", second: "body" };
/// Numbers of the draft by their name, as they were when the version was written.
const FACTS: PairTable = PairTable { table: "narrative_facts", first: "name", second: "value" };

/// Adds pairs to the version of this id, in their order.
fn add_pairs(
    connection: &Connection,
    PairTable { table, first, second }: &PairTable,
    id: i64,
    pairs: &[(String, String)],
) -> Result<(), StoreError> {
    let sql = format!("INSERT INTO {table} (narrative_id, place, {first}, {second}) VALUES ($1, $2, $3, $4)");
    let mut statement = connection.prepare_cached(&sql)?;
    for (place, (one, other)) in (0_i64..).zip(pairs) {
        statement.execute((id, place, one, other))?;
    }
    Ok(())
}

/// Sections that a person wrote.
fn sections(connection: &Connection, id: i64) -> Result<Vec<(String, String)>, StoreError> {
    let sql = "SELECT section, body FROM narrative_sections WHERE narrative_id = $1 ORDER BY place";
    pairs(connection, sql, id)
}

fn facts(connection: &Connection, id: i64) -> Result<Vec<(String, String)>, StoreError> {
    pairs(connection, "SELECT name, value FROM narrative_facts WHERE narrative_id = $1 ORDER BY place", id)
}

fn pairs(connection: &Connection, sql: &str, id: i64) -> Result<Vec<(String, String)>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([id])?;
    let mut pairs = Vec::new();
    while let Some(row) = rows.next()? {
        pairs.push((row.get(0)?, row.get(1)?));
    }
    Ok(pairs)
}
