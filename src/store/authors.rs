//! Who writes papers, as people set it. Knows nothing of accounts of the operating system but who set the name.

use chrono::{DateTime, Utc};
use rusqlite::OptionalExtension;

use super::audit::{self, AuditEntry, AuditFields};
use super::codec::{Columns, instant_text};
use super::names::next_id;
use super::{By, Store, StoreError};
use crate::domain::access::Right;
use crate::domain::audit::AuditAction;
use crate::domain::name::puskesmas_key;

/// A name with the time from which it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAuthor {
    /// Name as people set it; blank: the name was taken back.
    pub name: String,
    /// Moment at which it was said.
    pub at: DateTime<Utc>,
}

/// A name to keep.
#[derive(Clone, Copy, Debug)]
pub struct NewAuthor<'a> {
    /// Puskesmas that the name is for; `None`: the whole folder.
    pub puskesmas: Option<&'a str>,
    /// Blank: no name counts any more.
    pub name: &'a str,
    /// Account that sets it, and when.
    pub by: By<'a>,
}

impl Store {
    /// Keeps the name of a paper's author; the last one said counts.
    pub fn set_author(&self, new: &NewAuthor<'_>) -> Result<(), StoreError> {
        self.write(|connection| {
            connection.require(&[Right::Edit], new.puskesmas.unwrap_or_default())?;
            let id = next_id(connection, "authors")?;
            let key = new.puskesmas.map(puskesmas_key).unwrap_or_default();
            let sql = "SELECT name FROM authors WHERE puskesmas = $1 ORDER BY id DESC LIMIT 1";
            let former: Option<String> = connection.query_row(sql, [&key], |row| row.get(0)).optional()?;
            connection.execute(
                "INSERT INTO authors (id, puskesmas, name, who, at) VALUES ($1, $2, $3, $4, $5)",
                (id, &key, new.name, new.by.who, instant_text(new.by.at)),
            )?;
            let before = AuditFields::none().with("Nama", former.unwrap_or_default());
            let entry = AuditEntry::new(AuditAction::AuthorSet, "penulis laporan");
            let entry = entry.about(new.puskesmas.unwrap_or_default()).before(before);
            audit::append(connection, new.by, &entry.after(AuditFields::none().with("Nama", new.name)))?;
            super::version::bump_pages(connection)
        })
    }

    /// Names of those who write for a Puskesmas, in the order in which they were set; where it has none of its own,
    /// those of the folder.
    pub fn authors(&self, puskesmas: &str) -> Result<Vec<StoredAuthor>, StoreError> {
        let own = self.read(|connection| Ok(connection.reaches(puskesmas)))?;
        let own = if own { self.authors_of(&puskesmas_key(puskesmas))? } else { Vec::new() };
        if own.is_empty() { self.authors_of("") } else { Ok(own) }
    }

    fn authors_of(&self, key: &str) -> Result<Vec<StoredAuthor>, StoreError> {
        self.read(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT name, at FROM authors WHERE puskesmas = $1 ORDER BY id")?;
            let mut rows = statement.query([key])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let mut columns = Columns::new(row);
                found.push(StoredAuthor { name: columns.get()?, at: columns.instant()? });
            }
            Ok(found)
        })
    }
}
