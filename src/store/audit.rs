//! The audit: a row an act, written in the transaction of the change that it tells of, and chained by hash. Rows are only
//! ever added. Knows nothing of what an act means; who reads it stands in `audit_read`.

use rusqlite::{Connection, OptionalExtension};
use sha2::{Digest, Sha256};

use super::codec::instant_text;
use super::{By, Store, StoreError};
use crate::domain::audit::AuditAction;
use crate::domain::name::puskesmas_key;

/// Bytes of a name or value that are kept; longer ones end in `…`.
const VALUE_BYTES_MAX: usize = 500;
/// Bytes of the words for a record, an account or an origin that are kept.
const WORDS_BYTES_MAX: usize = 300;
/// Bytes of all names and values on one side of a change that are kept, about.
const SIDE_BYTES_MAX: usize = 4_096;
/// Put before what is hashed, so that no other hash of Simpul is ever one of a row.
const HASHED_FORM: &str = "simpul-audit-1";

/// Names and values on one side of a change, in order: never a password, a token or the content of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFields(Vec<(String, String)>);

impl AuditFields {
    /// Nothing.
    pub fn none() -> Self {
        Self::default()
    }

    /// Adds a name and its value; a blank value is left out.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "words and numbers are handed over alike")]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        let value = value.to_string();
        if !value.is_empty() {
            self.0.push((name.to_owned(), value));
        }
        self
    }

    /// The same of several.
    #[must_use]
    pub fn with_all<'a>(self, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        pairs.into_iter().fold(self, |fields, (name, value)| fields.with(name, value))
    }

    /// The names and values.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// Leaves out, on both sides, what is the same there.
    pub fn differing(before: Self, after: Self) -> (Self, Self) {
        let same: Vec<(String, String)> = before.0.iter().filter(|pair| after.0.contains(pair)).cloned().collect();
        let rest = |side: Self| Self(side.0.into_iter().filter(|pair| !same.contains(pair)).collect());
        (rest(before), rest(after))
    }

    /// As it is kept: a JSON list of pairs within bounds; `None` where there is nothing.
    fn to_json(&self) -> Option<String> {
        let mut kept: Vec<(String, String)> = Vec::new();
        let mut bytes = 0;
        for (name, value) in &self.0 {
            let pair = (shortened(name, VALUE_BYTES_MAX), shortened(value, VALUE_BYTES_MAX));
            bytes += pair.0.len() + pair.1.len();
            if bytes > SIDE_BYTES_MAX && !kept.is_empty() {
                kept.push(("…".to_owned(), format!("{} lagi", self.0.len() - kept.len())));
                break;
            }
            kept.push(pair);
        }
        let pairs: Vec<serde_json::Value> = kept.into_iter().map(|pair| serde_json::json!([pair.0, pair.1])).collect();
        (!pairs.is_empty()).then(|| serde_json::Value::Array(pairs).to_string())
    }

    /// The inverse; what is no such list is shown as it stands.
    pub(super) fn from_json(json: Option<&str>) -> Self {
        let Some(json) = json else { return Self::none() };
        let pairs: Result<Vec<(String, String)>, _> = serde_json::from_str(json);
        Self(pairs.unwrap_or_else(|_other| vec![(String::new(), json.to_owned())]))
    }
}

/// An act to be written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    action: AuditAction,
    puskesmas: Option<String>,
    record: String,
    before: AuditFields,
    after: AuditFields,
}

impl AuditEntry {
    /// An act on a record, named in words that people read (`impor 12, rekap.xlsx`), of the installation.
    pub fn new(action: AuditAction, record: impl Into<String>) -> Self {
        let record = record.into();
        Self { action, puskesmas: None, record, before: AuditFields::none(), after: AuditFields::none() }
    }

    /// The same, of a Puskesmas; a blank name is the installation.
    #[must_use]
    pub fn about(self, puskesmas: &str) -> Self {
        Self { puskesmas: (!puskesmas.is_empty()).then(|| puskesmas.to_owned()), ..self }
    }

    /// The same with the values that stood before.
    #[must_use]
    pub fn before(self, before: AuditFields) -> Self {
        Self { before, ..self }
    }

    /// The same with the values that stand now.
    #[must_use]
    pub fn after(self, after: AuditFields) -> Self {
        Self { after, ..self }
    }
}

/// Columns of a row as they are kept and hashed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ChainedRow {
    pub seq: i64,
    pub at: String,
    pub account: String,
    pub origin: String,
    pub action: String,
    pub puskesmas: Option<String>,
    pub puskesmas_key: Option<String>,
    pub record: String,
    pub before: Option<String>,
    pub after: Option<String>,
    pub previous: String,
}

impl ChainedRow {
    /// SHA-256 over all columns: each with its length before it, so that no two rows have one form, and an absent one
    /// unlike a blank one.
    pub(super) fn hash(&self) -> String {
        let seq = self.seq.to_string();
        let columns: [Option<&str>; 12] = [
            Some(HASHED_FORM),
            Some(&seq),
            Some(&self.at),
            Some(&self.account),
            Some(&self.origin),
            Some(&self.action),
            self.puskesmas.as_deref(),
            self.puskesmas_key.as_deref(),
            Some(&self.record),
            self.before.as_deref(),
            self.after.as_deref(),
            Some(&self.previous),
        ];
        let mut hasher = Sha256::new();
        for column in columns {
            hasher.update([u8::from(column.is_some())]);
            let text = column.unwrap_or_default();
            hasher.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
            hasher.update(text.as_bytes());
        }
        super::hexadecimal(&hasher.finalize())
    }
}

impl Store {
    /// Writes an act down that changes nothing else in the database: a log-in, a refusal, a change of files.
    pub fn audit_event(&self, by: By<'_>, entry: &AuditEntry) -> Result<(), StoreError> {
        self.write(|connection| append(connection, by, entry))
    }
}

/// Writes an act down within the transaction of the change that it tells of.
pub(super) fn append(connection: &Connection, by: By<'_>, entry: &AuditEntry) -> Result<(), StoreError> {
    let last: Option<(i64, String)> = connection
        .prepare_cached("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let counted: i64 = connection
        .prepare_cached("SELECT value FROM counters WHERE name = 'audit'")?
        .query_row([], |row| row.get(0))?;
    let (last_seq, previous) = last.unwrap_or_default();
    // A number is never given twice, even where somebody took the last rows away.
    let seq = counted.max(last_seq) + 1;
    let row = ChainedRow {
        seq,
        at: instant_text(by.at),
        account: shortened(by.who, WORDS_BYTES_MAX),
        origin: shortened(&by.origin.to_string(), WORDS_BYTES_MAX),
        action: entry.action.code().to_owned(),
        puskesmas: entry.puskesmas.as_deref().map(|name| shortened(name, WORDS_BYTES_MAX)),
        puskesmas_key: entry.puskesmas.as_deref().map(puskesmas_key),
        record: shortened(&entry.record, WORDS_BYTES_MAX),
        before: entry.before.to_json(),
        after: entry.after.to_json(),
        previous,
    };
    insert(connection, &row, &row.hash())?;
    connection.prepare_cached("UPDATE counters SET value = $1 WHERE name = 'audit'")?.execute([seq])?;
    Ok(())
}

/// Adds a row as it is.
pub(super) fn insert(connection: &Connection, row: &ChainedRow, hash: &str) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO audit (seq, at, account, origin, action, puskesmas, puskesmas_key, record, before, after, \
             previous, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        )?
        .execute((
            row.seq,
            &row.at,
            &row.account,
            &row.origin,
            &row.action,
            &row.puskesmas,
            &row.puskesmas_key,
            &row.record,
            &row.before,
            &row.after,
            &row.previous,
            hash,
        ))?;
    Ok(())
}

/// The text within a number of bytes, cut between letters.
fn shortened(text: &str, bytes_max: usize) -> String {
    if text.len() <= bytes_max {
        return text.to_owned();
    }
    let mut end = bytes_max;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}…", &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_long_is_kept_within_bounds() {
        let long = "é".repeat(10_000);
        let fields = (0..100).fold(AuditFields::none(), |fields, number| fields.with(&format!("n{number}"), &long));
        let json = fields.to_json().unwrap();
        assert!(json.len() < 2 * SIDE_BYTES_MAX, "{}", json.len());
        let read = AuditFields::from_json(Some(&json));
        assert_eq!(read.pairs().last().unwrap(), &("…".to_owned(), "92 lagi".to_owned()));
        assert!(read.pairs()[0].1.ends_with('…') && read.pairs()[0].1.len() <= VALUE_BYTES_MAX + 3);
    }

    #[test]
    fn words_are_cut_between_letters() {
        let long = "é".repeat(WORDS_BYTES_MAX);
        let cut = shortened(&long, WORDS_BYTES_MAX);
        assert_eq!(cut, format!("{}…", "é".repeat(WORDS_BYTES_MAX / 2)));
        assert_eq!(shortened(&long[..WORDS_BYTES_MAX], WORDS_BYTES_MAX), long[..WORDS_BYTES_MAX]);
    }

    #[test]
    fn hostile_texts_come_back_as_they_were() {
        let fields = AuditFields::none().with("=cmd|'/c calc'!A1", "<script>\"\n\t\u{0}</script>").with("blank", "");
        let read = AuditFields::from_json(fields.to_json().as_deref());
        assert_eq!(read, fields);
        assert_eq!(read.pairs().len(), 1, "a blank value says nothing");
    }

    #[test]
    fn no_two_rows_have_one_hash_because_words_moved_between_columns() {
        let row = |account: &str, origin: &str, puskesmas: Option<&str>| ChainedRow {
            seq: 1,
            at: "2024".to_owned(),
            account: account.to_owned(),
            origin: origin.to_owned(),
            action: "login".to_owned(),
            puskesmas: puskesmas.map(ToOwned::to_owned),
            puskesmas_key: None,
            record: String::new(),
            before: None,
            after: None,
            previous: String::new(),
        };
        assert_ne!(row("ani", "x", None).hash(), row("an", "ix", None).hash());
        assert_ne!(row("ani", "x", None).hash(), row("ani", "x", Some("")).hash());
        assert_eq!(row("ani", "x", None).hash(), row("ani", "x", None).hash());
    }
}
