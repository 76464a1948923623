//! Reading the audit: rows by filter, newest first, as far as somebody reaches; and walking its chain. Writes nothing.

use chrono::{DateTime, Utc};
use rusqlite::types::{ToSql, Type};
use rusqlite::{Connection, Row};

use super::audit::{AuditFields, ChainedRow};
use super::codec::{instant, instant_text};
use super::scoped::Scoped;
use super::{Store, StoreError};
use crate::domain::access::Reach;
use crate::domain::audit::AuditAction;
use crate::domain::name::puskesmas_key;

pub(super) const COLUMNS: &str =
    "seq, at, account, origin, action, puskesmas, puskesmas_key, record, before, after, previous, hash";

/// Rows that are asked for; what is absent narrows nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditFilter {
    /// Puskesmas whose audit may be read; with all of them the installation's own rows.
    pub reach: Reach,
    /// First moment.
    pub from: Option<DateTime<Utc>>,
    /// Moment before which they lie.
    pub until: Option<DateTime<Utc>>,
    /// Account, as it is written.
    pub account: Option<String>,
    /// Kind of act.
    pub action: Option<AuditAction>,
    /// Puskesmas, in any spelling.
    pub puskesmas: Option<String>,
    /// Words of the record or of its values, in any case of letters.
    pub words: Option<String>,
    /// Number below which they lie: where a walk goes on.
    pub below: Option<i64>,
}

impl AuditFilter {
    /// All rows within reach.
    pub fn within(reach: Reach) -> Self {
        Self { reach, from: None, until: None, account: None, action: None, puskesmas: None, words: None, below: None }
    }
}

/// A row as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// Number, in the order in which acts were written down.
    pub seq: i64,
    /// Moment of the act.
    pub at: DateTime<Utc>,
    /// Account that acted.
    pub account: String,
    /// Command line, job, page or API, in words.
    pub origin: String,
    /// Code of the act.
    pub action: String,
    /// Name of the Puskesmas; `None`: of the installation.
    pub puskesmas: Option<String>,
    /// Thing that it is about, in words.
    pub record: String,
    /// Values before.
    pub before: AuditFields,
    /// Values after.
    pub after: AuditFields,
    /// Hash of the row, which covers all rows before.
    pub hash: String,
}

impl AuditRow {
    /// The act in words; one that a later version of Simpul wrote keeps its code.
    pub fn action_label(&self) -> &str {
        match AuditAction::from_code(&self.action) {
            Some(action) => action.label(),
            None => &self.action,
        }
    }
}

/// Place of a row in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditHead {
    /// Number of the row.
    pub seq: i64,
    /// Moment of its act, as it is kept.
    pub at: String,
    /// Its hash.
    pub hash: String,
}

/// Kinds of breaks in the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditBreak {
    /// The row does not have the content that its hash was made from.
    Altered,
    /// Rows before this one are gone.
    Missing,
    /// The row does not follow from the one before it: one of both was exchanged.
    Unlinked,
    /// The last rows are gone.
    CutOff,
    /// The hash that somebody noted is that of no row.
    NotExpected,
}

/// The first break of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditFault {
    /// Kind of the break.
    pub kind: AuditBreak,
    /// Number of the row at which it shows.
    pub seq: i64,
    /// Moment of that row, as it is kept; blank where the row is gone.
    pub at: String,
}

/// Outcome of walking the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditVerdict {
    /// Rows that were walked.
    pub rows: u64,
    /// The last row; `None` where there is none.
    pub head: Option<AuditHead>,
    /// The first break; `None` where the chain is whole.
    pub fault: Option<AuditFault>,
}

impl Store {
    /// Number of the rows that a filter leaves.
    pub fn audit_count(&self, filter: &AuditFilter) -> Result<u64, StoreError> {
        self.read(|connection| {
            let Some(asked) = Asked::new(connection, filter) else { return Ok(0) };
            let sql = format!("SELECT COUNT(*) FROM audit WHERE {}", asked.condition);
            let count: i64 = connection.prepare(&sql)?.query_row(asked.values().as_slice(), |row| row.get(0))?;
            Ok(u64::try_from(count).unwrap_or(0))
        })
    }

    /// Rows that a filter leaves, the newest first: `count` of them after the first `skipped`.
    pub fn audit_rows(&self, filter: &AuditFilter, skipped: u64, count: u64) -> Result<Vec<AuditRow>, StoreError> {
        self.read(|connection| {
            let Some(asked) = Asked::new(connection, filter) else { return Ok(Vec::new()) };
            let condition = &asked.condition;
            let sql = format!(
                "SELECT {COLUMNS} FROM audit WHERE {condition} ORDER BY seq DESC LIMIT {count} OFFSET {skipped}"
            );
            let mut statement = connection.prepare(&sql)?;
            let mut rows = statement.query(asked.values().as_slice())?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(read(row)?);
            }
            Ok(found)
        })
    }

    /// Accounts that stand in the rows within reach, by name.
    pub fn audit_accounts(&self, reach: &Reach) -> Result<Vec<String>, StoreError> {
        self.read(|connection| {
            let Some(asked) = Asked::new(connection, &AuditFilter::within(reach.clone())) else {
                return Ok(Vec::new());
            };
            let sql =
                format!("SELECT DISTINCT account FROM audit WHERE {} ORDER BY 1 LIMIT {ACCOUNTS_MAX}", asked.condition);
            let mut statement = connection.prepare(&sql)?;
            let names = statement.query_map(asked.values().as_slice(), |row| row.get(0))?;
            Ok(names.collect::<Result<_, _>>()?)
        })
    }

    /// Walks the chain once, from its first row to its last, and stops at the first break. With the hash that somebody
    /// noted of the last row of an earlier day, it must be met on the way.
    pub fn verify_audit(&self, expected: Option<&str>) -> Result<AuditVerdict, StoreError> {
        self.read(|connection| {
            connection.require_everything()?;
            verify(connection, expected)
        })
    }
}

/// Accounts that a filter offers.
const ACCOUNTS_MAX: u32 = 1_000;

/// A filter as a condition and its values.
struct Asked {
    condition: String,
    values: Vec<Box<dyn ToSql>>,
}

impl Asked {
    /// `None` where nothing lies within reach.
    fn new(connection: &Scoped<'_>, filter: &AuditFilter) -> Option<Self> {
        let mut asked = Self { condition: "TRUE".to_owned(), values: Vec::new() };
        match connection.seen_within(&filter.reach) {
            Reach::Everything => {}
            Reach::Puskesmas(keys) if keys.is_empty() => return None,
            Reach::Puskesmas(keys) => {
                let places: Vec<String> = keys.into_iter().map(|key| asked.value(key)).collect();
                asked.and(&format!("puskesmas_key IN ({})", places.join(", ")));
            }
        }
        if let Some(below) = filter.below {
            asked.and(&format!("seq < {below}"));
        }
        let condition = |asked: &mut Self, before: &str, value: String, after: &str| {
            let place = asked.value(value);
            asked.and(&format!("{before}{place}{after}"));
        };
        if let Some(from) = filter.from {
            condition(&mut asked, "at >= ", instant_text(from), "");
        }
        if let Some(until) = filter.until {
            condition(&mut asked, "at < ", instant_text(until), "");
        }
        if let Some(account) = &filter.account {
            condition(&mut asked, "account = ", account.clone(), "");
        }
        if let Some(action) = filter.action {
            condition(&mut asked, "action = ", action.code().to_owned(), "");
        }
        if let Some(puskesmas) = &filter.puskesmas {
            condition(&mut asked, "puskesmas_key = ", puskesmas_key(puskesmas), "");
        }
        for word in filter.words.iter().flat_map(|words| words.split_whitespace()).take(WORDS_MAX) {
            let escaped: String = word
                .chars()
                .flat_map(|letter| matches!(letter, '%' | '_' | '!').then_some('!').into_iter().chain([letter]))
                .collect();
            let text = "(record || ' ' || COALESCE(before, '') || ' ' || COALESCE(after, '') || ' ' || account \
                || ' ' || origin || ' ' || COALESCE(puskesmas, '')) LIKE ";
            condition(&mut asked, text, format!("%{escaped}%"), " ESCAPE '!'");
        }
        Some(asked)
    }

    fn value(&mut self, value: String) -> String {
        self.values.push(Box::new(value));
        format!("?{}", self.values.len())
    }

    fn and(&mut self, condition: &str) {
        self.condition = format!("{} AND {condition}", self.condition);
    }

    fn values(&self) -> Vec<&dyn ToSql> {
        self.values.iter().map(AsRef::as_ref).collect()
    }
}

/// Words of a filter that are looked for.
const WORDS_MAX: usize = 8;

fn read(row: &Row<'_>) -> Result<AuditRow, StoreError> {
    let (row, hash) = chained(row)?;
    Ok(AuditRow {
        seq: row.seq,
        at: instant(&row.at)?,
        account: row.account,
        origin: row.origin,
        action: row.action,
        puskesmas: row.puskesmas,
        record: row.record,
        before: AuditFields::from_json(row.before.as_deref()),
        after: AuditFields::from_json(row.after.as_deref()),
        hash,
    })
}

pub(super) fn chained(row: &Row<'_>) -> Result<(ChainedRow, String), rusqlite::Error> {
    let chained = ChainedRow {
        seq: row.get(0)?,
        at: row.get(1)?,
        account: row.get(2)?,
        origin: row.get(3)?,
        action: row.get(4)?,
        puskesmas: row.get(5)?,
        puskesmas_key: row.get(6)?,
        record: row.get(7)?,
        before: row.get(8)?,
        after: row.get(9)?,
        previous: row.get(10)?,
    };
    Ok((chained, row.get(11)?))
}

fn verify(connection: &Connection, expected: Option<&str>) -> Result<AuditVerdict, StoreError> {
    let expected = expected.map(|hash| hash.trim().to_lowercase());
    let mut statement = connection.prepare(&format!("SELECT {COLUMNS} FROM audit ORDER BY seq"))?;
    let mut rows = statement.query([])?;
    let mut verdict = AuditVerdict { rows: 0, head: None, fault: None };
    let mut is_met = expected.is_none();
    while let Some(row) = rows.next()? {
        verdict.rows += 1;
        let last = verdict.head.as_ref();
        let next = last.map_or(1, |head| head.seq + 1);
        let (row, hash) = match chained(row) {
            Ok(known) => known,
            // Somebody wrote what no row of ours holds.
            Err(rusqlite::Error::InvalidColumnType(_, _, _) | rusqlite::Error::FromSqlConversionFailure(_, _, _)) => {
                let at = row.get_ref(1)?;
                let at = if at.data_type() == Type::Text { at.as_str().unwrap_or_default() } else { "" };
                verdict.fault = Some(AuditFault { kind: AuditBreak::Altered, seq: next, at: at.to_owned() });
                return Ok(verdict);
            }
            Err(error) => return Err(error.into()),
        };
        let previous = last.map_or("", |head| head.hash.as_str());
        let kind = if row.seq != next {
            Some(AuditBreak::Missing)
        } else if row.hash() != hash {
            Some(AuditBreak::Altered)
        } else if row.previous != previous {
            Some(AuditBreak::Unlinked)
        } else {
            None
        };
        if let Some(kind) = kind {
            verdict.fault = Some(AuditFault { kind, seq: row.seq, at: row.at });
            return Ok(verdict);
        }
        is_met |= expected.as_ref() == Some(&hash);
        verdict.head = Some(AuditHead { seq: row.seq, at: row.at, hash });
    }
    let counted: i64 = connection.query_row("SELECT value FROM counters WHERE name = 'audit'", [], |row| row.get(0))?;
    let last = verdict.head.as_ref().map_or(0, |head| head.seq);
    if counted != last {
        verdict.fault = Some(AuditFault { kind: AuditBreak::CutOff, seq: last + 1, at: String::new() });
    } else if !is_met {
        verdict.fault = Some(AuditFault { kind: AuditBreak::NotExpected, seq: last, at: String::new() });
    }
    Ok(verdict)
}
