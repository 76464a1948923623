//! Answers that people gave about their files: the facility that a name means, the meaning of a form's columns, the
//! months that a sheet covers. Each keeps who gave it and when; one that is taken back stays on record.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, ToSql};

use super::audit::{self, AuditEntry, AuditFields};
use super::codec::{Columns, instant, instant_text, month, word};
use super::log::received;
use super::names::next_id;
use super::puskesmas::puskesmas_or_new;
use super::version::{bump, bump_pages};
use super::{By, Store, StoreError};
use crate::domain::access::Right;
use crate::domain::audit::AuditAction;
use crate::domain::name::name_key;
use crate::domain::{Received, Table, format};

/// Revoked answers that are listed at most.
const REVOKED_LISTED_MAX: i64 = 200;

/// Kinds of things that an answer is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerSort {
    /// A written name means a facility.
    Alias,
    /// A heading row means a table and its columns.
    Profile,
    /// Something is true of all tables of a form.
    FormWord,
}

impl AnswerSort {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Alias => "alias",
            Self::Profile => "profile",
            Self::FormWord => "form_word",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [Self::Alias, Self::Profile, Self::FormWord].into_iter().find(|sort| sort.code() == code)
    }
}

/// An answer, still standing or taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Thing that it is about.
    pub sort: AnswerSort,
    /// The name as written; the sheet of a form.
    pub written: String,
    /// The register's name; the table of a form.
    pub meaning: String,
    /// Account that gave the answer.
    pub who: String,
    /// Moment at which it was given.
    pub at: DateTime<Utc>,
    /// Moment at which it was taken back, and the account; `None` while it stands.
    pub revoked: Option<(DateTime<Utc>, String)>,
}

/// A form that somebody explained.
#[derive(Clone, Copy, Debug)]
pub struct NewProfile<'a> {
    /// Name of the Puskesmas whose form it is.
    pub puskesmas: &'a str,
    /// Text by which `recap` knows the form again.
    pub fingerprint: &'a str,
    /// Table that the form holds.
    pub table: Table,
    /// Its columns in the words of `recap`.
    pub columns: &'a str,
    /// Rows from the first of the heading to the first that can hold data.
    pub rows_to_data: u32,
    /// The service indicator that the whole sheet is of, where it does not tell.
    pub indicator: Option<&'a str>,
    /// File and sheet at which it was explained.
    pub place: (&'a str, &'a str),
    /// Account that explained it, and when.
    pub by: By<'a>,
}

/// A form as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredProfile {
    /// Id, unique among forms of all Puskesmas.
    pub id: i64,
    /// Key of its Puskesmas.
    pub puskesmas_key: String,
    /// Text by which `recap` knows the form again.
    pub fingerprint: String,
    /// Table that the form holds.
    pub table: Table,
    /// Columns in the words of `recap`.
    pub columns: String,
    /// Rows from the first of the heading to the first that can hold data.
    pub rows_to_data: u32,
    /// The service indicator that the whole sheet is of, where it does not tell.
    pub indicator: Option<String>,
    /// File at which it was explained.
    pub file_name: String,
    /// Sheet of that file.
    pub sheet: String,
    /// Account that explained it.
    pub who: String,
    /// Moment at which it was explained.
    pub at: DateTime<Utc>,
}

impl Store {
    /// Known variants of names of a Puskesmas, by what was written.
    pub fn aliases(&self, puskesmas: &str) -> Result<Vec<Answer>, StoreError> {
        self.read(|connection| {
            let Some(puskesmas) = connection.puskesmas_id(puskesmas)? else { return Ok(Vec::new()) };
            let mut statement = connection.prepare_cached(
                "SELECT written, facility_name, who, at FROM aliases WHERE puskesmas_id = $1 ORDER BY written",
            )?;
            let mut rows = statement.query([puskesmas])?;
            let mut aliases = Vec::new();
            while let Some(row) = rows.next()? {
                let mut columns = Columns::new(row);
                aliases.push(Answer {
                    sort: AnswerSort::Alias,
                    written: columns.get()?,
                    meaning: columns.get()?,
                    who: columns.get()?,
                    at: columns.instant()?,
                    revoked: None,
                });
            }
            Ok(aliases)
        })
    }

    /// Takes a variant back; `false` where nobody had said it. Rows that came in by it stay with their batch.
    pub fn revoke_alias(&self, puskesmas: &str, written: &str, by: By<'_>) -> Result<bool, StoreError> {
        self.write(|connection| {
            let owner = puskesmas;
            let Some(puskesmas) = connection.changed_puskesmas_id(&[Right::Import, Right::Figures], owner)? else {
                return Ok(false);
            };
            let key = name_key(written);
            let select = format!(
                "SELECT puskesmas_id, '{}', written, facility_name, who, at FROM aliases \
                 WHERE puskesmas_id = $4 AND key = $5",
                AnswerSort::Alias.code()
            );
            let standing = StandingAnswer { select: &select, puskesmas, owner, sort: AnswerSort::Alias, key: &key };
            if !note_revoked(connection, &standing, by)? {
                return Ok(false);
            }
            connection.execute("DELETE FROM aliases WHERE puskesmas_id = $1 AND key = $2", (puskesmas, &key))?;
            bump(connection, puskesmas)?;
            Ok(true)
        })
    }

    /// Keeps how a form is read; a later word on the same heading row replaces it.
    pub fn add_profile(&self, profile: &NewProfile<'_>) -> Result<(), StoreError> {
        self.write(|connection| {
            let puskesmas = puskesmas_or_new(connection, &[Right::Import, Right::Figures], profile.puskesmas)?;
            let former = former_profile(connection, puskesmas, profile.fingerprint)?;
            connection.execute(
                "INSERT INTO profiles (id, puskesmas_id, fingerprint, record, columns_said, rows_to_data, indicator, file_name, \
                 sheet, who, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
                 ON CONFLICT (puskesmas_id, fingerprint) DO UPDATE SET record = excluded.record, \
                 columns_said = excluded.columns_said, rows_to_data = excluded.rows_to_data, \
                 indicator = excluded.indicator, file_name = excluded.file_name, \
                 sheet = excluded.sheet, who = excluded.who, at = excluded.at",
                (
                    next_id(connection, "profiles")?,
                    puskesmas,
                    profile.fingerprint,
                    profile.table.code(),
                    profile.columns,
                    profile.rows_to_data,
                    profile.indicator,
                    profile.place.0,
                    profile.place.1,
                    profile.by.who,
                    instant_text(profile.by.at),
                ),
            )?;
            let (file, sheet) = profile.place;
            let entry = AuditEntry::new(AuditAction::FormSet, format!("bentuk {file} · {sheet}"));
            let after = AuditFields::none()
                .with("Tabel", profile.table.label())
                .with("Kolom", profile.columns)
                .with("Indikator", profile.indicator.unwrap_or_default());
            audit::append(connection, profile.by, &entry.about(profile.puskesmas).before(former).after(after))?;
            bump(connection, puskesmas)
        })
    }

    /// All forms that were explained, by their number.
    pub fn profiles(&self) -> Result<Vec<StoredProfile>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT f.id, p.key, f.fingerprint, f.record, f.columns_said, f.rows_to_data, f.indicator, \
                 f.file_name, f.sheet, f.who, f.at FROM profiles f JOIN puskesmas p ON p.id = f.puskesmas_id ORDER BY f.id",
            )?;
            let mut rows = statement.query([])?;
            let mut profiles = Vec::new();
            while let Some(row) = rows.next()? {
                let mut columns = Columns::new(row);
                profiles.push(StoredProfile {
                    id: columns.get()?,
                    puskesmas_key: columns.get()?,
                    fingerprint: columns.get()?,
                    table: word(&columns.get::<String>()?, Table::from_code)?,
                    columns: columns.get()?,
                    rows_to_data: columns.get()?,
                    indicator: columns.get()?,
                    file_name: columns.get()?,
                    sheet: columns.get()?,
                    who: columns.get()?,
                    at: columns.instant()?,
                });
            }
            profiles.retain(|profile| connection.reaches(&profile.puskesmas_key));
            Ok(profiles)
        })
    }

    /// Takes a form back; `false` where this Puskesmas has no such form.
    pub fn revoke_profile(&self, puskesmas: &str, id: i64, by: By<'_>) -> Result<bool, StoreError> {
        self.write(|connection| {
            let owner = puskesmas;
            let Some(puskesmas) = connection.changed_puskesmas_id(&[Right::Import, Right::Figures], owner)? else {
                return Ok(false);
            };
            let select = format!(
                "SELECT puskesmas_id, '{}', file_name || ' · ' || sheet, record, who, at FROM profiles \
                 WHERE puskesmas_id = $4 AND id = $5",
                AnswerSort::Profile.code()
            );
            let standing = StandingAnswer { select: &select, puskesmas, owner, sort: AnswerSort::Profile, key: &id };
            if !note_revoked(connection, &standing, by)? {
                return Ok(false);
            }
            connection.execute("DELETE FROM profiles WHERE puskesmas_id = $1 AND id = $2", (puskesmas, id))?;
            bump(connection, puskesmas)?;
            Ok(true)
        })
    }

    /// Answers of a Puskesmas that were taken back, the latest first.
    pub fn revoked_answers(&self, puskesmas: &str) -> Result<Vec<Answer>, StoreError> {
        self.read(|connection| {
            let Some(puskesmas) = connection.puskesmas_id(puskesmas)? else { return Ok(Vec::new()) };
            let mut statement = connection.prepare_cached(
                "SELECT kind, written, meaning, who, at, revoked_at, revoked_by FROM revoked_answers \
                 WHERE puskesmas_id = $1 ORDER BY id DESC LIMIT $2",
            )?;
            let mut rows = statement.query((puskesmas, REVOKED_LISTED_MAX))?;
            let mut answers = Vec::new();
            while let Some(row) = rows.next()? {
                let mut columns = Columns::new(row);
                answers.push(Answer {
                    sort: word(&columns.get::<String>()?, AnswerSort::from_code)?,
                    written: columns.get()?,
                    meaning: columns.get()?,
                    who: columns.get()?,
                    at: columns.instant()?,
                    revoked: Some((instant(&columns.get::<String>()?)?, columns.get()?)),
                });
            }
            Ok(answers)
        })
    }

    /// Keeps the months that a sheet covers, of the file with this SHA-256; said again, they replace the former ones.
    pub fn set_sheet_period(&self, sha256: &str, sheet: &str, period: Received, by: By<'_>) -> Result<(), StoreError> {
        let (first, last) = period.months();
        self.write(|connection| {
            // Whose the file is, is not decided yet.
            connection.require_somewhere(&[Right::Import, Right::Figures])?;
            let former: Option<(i64, i64)> = connection
                .query_row(
                    "SELECT first_month, last_month FROM sheet_periods WHERE sha256 = $1 AND sheet = $2",
                    (sha256, sheet),
                    |row| Ok((row.get(0)?, row.get(1)?)),
                )
                .optional()?;
            let former = former.map(|(first, last)| Ok::<_, StoreError>(received(month(first)?, month(last)?)));
            let words = |period: Option<Received>| {
                AuditFields::none().with("Masa", period.map(format::received).unwrap_or_default())
            };
            let before = words(former.transpose()?);
            let entry = AuditEntry::new(AuditAction::SheetPeriodSet, format!("lembar {sheet} (SHA-256 {sha256})"));
            let owner = connection.only_puskesmas()?;
            audit::append(connection, by, &entry.about(&owner).before(before).after(words(Some(period))))?;
            connection.execute(
                "INSERT INTO sheet_periods (sha256, sheet, first_month, last_month, who, at) \
                 VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (sha256, sheet) DO UPDATE SET \
                 first_month = excluded.first_month, last_month = excluded.last_month, who = excluded.who, \
                 at = excluded.at",
                (sha256, sheet, first.number(), last.number(), by.who, instant_text(by.at)),
            )?;
            bump_pages(connection)
        })
    }

    /// Months that somebody said for sheets of a file.
    pub fn sheet_periods(&self, sha256: &str) -> Result<Vec<(String, Received)>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT sheet, first_month, last_month FROM sheet_periods WHERE sha256 = $1 ORDER BY sheet",
            )?;
            let mut rows = statement.query([sha256])?;
            let mut periods = Vec::new();
            while let Some(row) = rows.next()? {
                let mut columns = Columns::new(row);
                periods.push((columns.get()?, received(columns.month()?, columns.month()?)));
            }
            Ok(periods)
        })
    }
}

/// An answer that stands, as it is looked up among those of its kind.
pub(super) struct StandingAnswer<'a> {
    /// Query for what [`Answer`] holds of it, by Puskesmas (`$4`) and key (`$5`): the three before them are the
    /// revocation's.
    pub select: &'a str,
    /// Id of its Puskesmas.
    pub puskesmas: i64,
    /// Name of its Puskesmas.
    pub owner: &'a str,
    /// Kind of the answer.
    pub sort: AnswerSort,
    /// Value of the key: a number or a text, as the kind wants it.
    pub key: &'a dyn ToSql,
}

/// Writes down that an answer is taken back; `false` where there is none.
pub(super) fn note_revoked(
    connection: &Connection,
    answer: &StandingAnswer<'_>,
    by: By<'_>,
) -> Result<bool, StoreError> {
    let StandingAnswer { select, puskesmas, owner, sort, key } = answer;
    let id = next_id(connection, "revoked_answers")?;
    let sql = format!(
        "INSERT INTO revoked_answers (id, puskesmas_id, kind, written, meaning, who, at, revoked_by, revoked_at) \
         SELECT $1, found.*, $2, $3 FROM ({select}) found"
    );
    if connection.execute(&sql, (id, by.who, instant_text(by.at), puskesmas, key))? == 0 {
        return Ok(false);
    }
    let sql = "SELECT written, meaning FROM revoked_answers WHERE id = $1";
    let revoked = connection.query_row(sql, [id], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
    let entry = match sort {
        AnswerSort::Alias => AuditEntry::new(AuditAction::AliasRevoked, format!("nama “{}”", revoked.0)),
        AnswerSort::Profile => AuditEntry::new(AuditAction::FormRevoked, format!("bentuk {}", revoked.0)),
        AnswerSort::FormWord => AuditEntry::new(AuditAction::FormWordRevoked, format!("jawaban di {}", revoked.0)),
    };
    let entry = entry.about(owner);
    audit::append(connection, by, &entry.before(AuditFields::none().with("Arti", revoked.1)))?;
    Ok(true)
}

/// Explanation of a form that stood before.
fn former_profile(connection: &Connection, puskesmas: i64, fingerprint: &str) -> Result<AuditFields, StoreError> {
    let sql = "SELECT record, columns_said, COALESCE(indicator, '') FROM profiles \
         WHERE puskesmas_id = $1 AND fingerprint = $2";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query((puskesmas, fingerprint))?;
    let Some(row) = rows.next()? else { return Ok(AuditFields::none()) };
    let table = word(&row.get::<_, String>(0)?, Table::from_code)?;
    let fields = AuditFields::none().with("Tabel", table.label()).with("Kolom", row.get::<_, String>(1)?);
    Ok(fields.with("Indikator", row.get::<_, String>(2)?))
}
