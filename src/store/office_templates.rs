//! Templates of an office's own for its papers: the file as it came, for a kind of paper, under a name. One that is
//! replaced or removed stays as a row, with who did it and when; its bytes go.

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use super::audit::{self, AuditEntry, AuditFields};
use super::codec::{Columns, instant_text};
use super::names::next_id;
use super::version::bump_pages;
use super::{By, Store, StoreError, sha256};
use crate::domain::access::Right;
use crate::domain::audit::AuditAction;
use crate::domain::name::{plain_words, puskesmas_key};
use crate::domain::{FileFormat, ReportKind};

/// Template that is to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewOfficeTemplate<'a> {
    /// Name of the Puskesmas or team whose papers it is for.
    pub puskesmas: &'a str,
    /// Kind of paper that it is for.
    pub kind: ReportKind,
    /// Name by which people ask for it.
    pub name: &'a str,
    /// Format of the file.
    pub format: FileFormat,
    /// The file as it came.
    pub bytes: &'a [u8],
    /// Account that brings it, and when.
    pub by: By<'a>,
}

/// A template that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredOfficeTemplate {
    /// Id of its row.
    pub id: i64,
    /// Kind of paper that it is for.
    pub kind: ReportKind,
    /// Name by which people ask for it.
    pub name: String,
    /// Format of the file.
    pub format: FileFormat,
    /// Bytes of the file.
    pub size: u64,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Account that brought it.
    pub who: String,
    /// Moment at which it came.
    pub at: DateTime<Utc>,
}

impl Store {
    /// Keeps a template in the place of the one of this kind and name, whatever its capitals.
    pub fn add_office_template(&self, new: &NewOfficeTemplate<'_>) -> Result<(), StoreError> {
        let hash = sha256(new.bytes);
        self.write(|connection| {
            connection.require(&[Right::Edit], new.puskesmas)?;
            let former = templates(connection, new.puskesmas)?;
            let former = former.into_iter().find(|known| known.kind == new.kind && is_same(&known.name, new.name));
            if let Some(former) = &former {
                retire(connection, former.id, new.by)?;
            }
            connection.execute(
                "INSERT INTO office_templates (id, puskesmas, kind, name, format, size, sha256, bytes, who, at) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                rusqlite::params![
                    next_id(connection, "office_templates")?,
                    puskesmas_key(new.puskesmas),
                    new.kind.code(),
                    new.name,
                    new.format.ending(),
                    i64::try_from(new.bytes.len()).unwrap_or(i64::MAX),
                    &hash,
                    new.bytes,
                    new.by.who,
                    instant_text(new.by.at),
                ],
            )?;
            let before =
                former.map_or_else(AuditFields::none, |former| AuditFields::none().with("SHA-256", &former.sha256));
            let entry = AuditEntry::new(AuditAction::OfficeTemplateAdded, template_words(new.kind, new.name));
            let entry = entry.about(new.puskesmas).before(before).after(AuditFields::none().with("SHA-256", &hash));
            audit::append(connection, new.by, &entry)?;
            bump_pages(connection)
        })
    }

    /// Returns the templates of a Puskesmas or team that stand, by kind and name.
    pub fn office_templates(&self, puskesmas: &str) -> Result<Vec<StoredOfficeTemplate>, StoreError> {
        self.read(
            |connection| {
                if connection.reaches(puskesmas) { templates(connection, puskesmas) } else { Ok(Vec::new()) }
            },
        )
    }

    /// Returns the file of a template that stands; `None` where this Puskesmas has none of that id.
    pub fn office_template_bytes(&self, puskesmas: &str, id: i64) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|connection| {
            if !connection.reaches(puskesmas) {
                return Ok(None);
            }
            let mut statement = connection.prepare_cached(
                "SELECT bytes FROM office_templates WHERE id = $1 AND puskesmas = $2 AND removed_at IS NULL",
            )?;
            let mut rows = statement.query((id, puskesmas_key(puskesmas)))?;
            Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
        })
    }

    /// Removes a template; `false` where none of that id stands.
    pub fn remove_office_template(&self, puskesmas: &str, id: i64, by: By<'_>) -> Result<bool, StoreError> {
        self.write(|connection| {
            connection.require(&[Right::Edit], puskesmas)?;
            let Some(known) = templates(connection, puskesmas)?.into_iter().find(|known| known.id == id) else {
                return Ok(false);
            };
            retire(connection, id, by)?;
            let entry = AuditEntry::new(AuditAction::OfficeTemplateRemoved, template_words(known.kind, &known.name));
            let before = AuditFields::none().with("SHA-256", &known.sha256);
            audit::append(connection, by, &entry.about(puskesmas).before(before))?;
            bump_pages(connection)?;
            Ok(true)
        })
    }
}

fn template_words(kind: ReportKind, name: &str) -> String {
    format!("templat {} “{name}”", kind.code())
}

fn is_same(one: &str, other: &str) -> bool {
    plain_words(one) == plain_words(other)
}

fn retire(connection: &Connection, id: i64, by: By<'_>) -> Result<(), StoreError> {
    connection.execute(
        "UPDATE office_templates SET removed_by = $1, removed_at = $2, bytes = X'' WHERE id = $3",
        (by.who, instant_text(by.at), id),
    )?;
    Ok(())
}

fn templates(connection: &Connection, puskesmas: &str) -> Result<Vec<StoredOfficeTemplate>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, kind, name, format, size, sha256, who, at FROM office_templates \
         WHERE puskesmas = $1 AND removed_at IS NULL ORDER BY kind, name, id",
    )?;
    let mut rows = statement.query([puskesmas_key(puskesmas)])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        let id = columns.get()?;
        let kind: String = columns.get()?;
        let name = columns.get()?;
        let format: String = columns.get()?;
        let unknown = || StoreError::Corrupt(format!("templat {kind}.{format}"));
        found.push(StoredOfficeTemplate {
            id,
            kind: kind.parse().map_err(|_error| unknown())?,
            name,
            format: format.parse().map_err(|_error| unknown())?,
            size: u64::try_from(columns.get::<i64>()?).unwrap_or(0),
            sha256: columns.get()?,
            who: columns.get()?,
            at: columns.instant()?,
        });
    }
    Ok(found)
}
