//! Letter details as people confirmed them, logos, and the numbers given to papers. Every change is a row of its
//! own, with who and when.

use chrono::{DateTime, Datelike, Utc};
use rusqlite::Connection;

use super::audit::{self, AuditEntry, AuditFields};
use super::codec::{Columns, date, day, instant_text};
use super::names::next_id;
use super::narratives::PaperKey;
use super::version::bump_pages;
use super::{By, Store, StoreError, sha256};
use crate::domain::access::Right;
use crate::domain::audit::AuditAction;
use crate::domain::name::puskesmas_key;
use crate::domain::{Date, format};

/// Letter details; a blank field is a dotted line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LetterSettings {
    /// Lines above the Puskesmas' name, one a line.
    pub above: String,
    /// Address, as the letterhead prints it.
    pub address: String,
    /// Town in which letters are signed.
    pub place: String,
    /// Person who signs as head of the Puskesmas.
    pub head: Signatory,
    /// Person who signs beside the head as coordinator of the network (*jaringan dan jejaring*).
    pub coordinator: Signatory,
    /// Pattern of numbers (`440/{nomor}/PKM/{tahun}`); blank: papers carry none.
    pub number_pattern: String,
    /// The number from which counting begins in a year.
    pub first_number: u32,
    /// Members of the district's team that coaches it, one a line.
    pub team: String,
    /// Hash of the logo.
    pub logo: Option<String>,
}

/// Person who signs; a blank title is the usual one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signatory {
    /// Title (`Plt. Kepala UPT Puskesmas Abcde`).
    pub title: String,
    /// Name with academic titles.
    pub name: String,
    /// *NIP*, the number of a civil servant.
    pub id_number: String,
}

/// Settings with who confirmed them and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedSettings {
    /// Letter details; `None`: those of the data folder's files count again.
    pub settings: Option<LetterSettings>,
    /// Account that confirmed them.
    pub who: String,
    /// Moment at which they were confirmed.
    pub at: DateTime<Utc>,
}

/// Lines that a paper prints as a letter beside its number; a blank one is not printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LetterLines {
    /// *Perihal*: the subject of the letter.
    pub subject: String,
    /// *Lampiran*: the number and kind of its attachments.
    pub attachments: String,
    /// *Tembusan*, one a line.
    pub copies: String,
}

/// A number to give.
#[derive(Clone, Copy, Debug)]
pub struct NewNumber<'a> {
    /// Running number within the year.
    pub number: u32,
    /// The letter's date; numbers are unique within its year.
    pub day: Date,
    /// Account that gives it, and when.
    pub by: By<'a>,
}

/// A number given to a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterNumber {
    /// Id of its row.
    pub id: i64,
    /// Running number within the year.
    pub number: u32,
    /// Code of the paper's kind.
    pub kind: String,
    /// Code of its period (`2023-08`).
    pub period: String,
    /// Date that the letter bears.
    pub day: Date,
    /// Account that gave it.
    pub who: String,
    /// Moment at which it was given.
    pub at: DateTime<Utc>,
}

/// Outcome of a request for a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Numbering {
    /// The paper has it now.
    Given,
    /// The paper has another already.
    HasOne(LetterNumber),
    /// Another paper of that year has it.
    Taken(LetterNumber),
}

impl Store {
    /// Keeps letter details, or (`None`) gives way to the files again.
    pub fn set_letter(&self, puskesmas: &str, settings: Option<&LetterSettings>, by: By<'_>) -> Result<(), StoreError> {
        let is_set = i64::from(settings.is_some());
        let blank = LetterSettings::default();
        let known = settings.unwrap_or(&blank);
        self.write(|connection| {
            connection.require(&[Right::Edit], puskesmas)?;
            let former = latest_settings(connection, puskesmas)?.and_then(|saved| saved.settings).unwrap_or_default();
            let action = if settings.is_some() { AuditAction::LetterSet } else { AuditAction::LetterReset };
            let (before, after) = AuditFields::differing(former.audit_fields(), known.audit_fields());
            let entry = AuditEntry::new(action, "pengaturan surat").about(puskesmas);
            audit::append(connection, by, &entry.before(before).after(after))?;
            connection.execute(
                "INSERT INTO letter_settings (id, puskesmas, is_set, above, address, place, head_title, head_name, \
                 head_id_number, coordinator_title, coordinator_name, coordinator_id_number, number_pattern, \
                 first_number, team, logo, who, at) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
                rusqlite::params![
                    next_id(connection, "letter_settings")?,
                    puskesmas_key(puskesmas),
                    is_set,
                    &known.above,
                    &known.address,
                    &known.place,
                    known.head.title,
                    known.head.name,
                    known.head.id_number,
                    known.coordinator.title,
                    known.coordinator.name,
                    known.coordinator.id_number,
                    &known.number_pattern,
                    known.first_number,
                    &known.team,
                    &known.logo,
                    by.who,
                    instant_text(by.at),
                ],
            )?;
            bump_pages(connection)
        })
    }

    /// The letter details that were saved last; `None` where nobody ever saved any.
    pub fn letter_settings(&self, puskesmas: &str) -> Result<Option<SavedSettings>, StoreError> {
        self.read(
            |connection| {
                if connection.reaches(puskesmas) { latest_settings(connection, puskesmas) } else { Ok(None) }
            },
        )
    }

    /// Keeps a logo and gives its hash.
    pub fn add_logo(&self, puskesmas: &str, png: &[u8], by: By<'_>) -> Result<String, StoreError> {
        let hash = sha256(png);
        self.write(|connection| {
            connection.require(&[Right::Edit], puskesmas)?;
            connection.execute(
                "INSERT INTO logos (sha256, png) VALUES ($1, $2) ON CONFLICT (sha256) DO NOTHING",
                (&hash, png),
            )?;
            let entry = AuditEntry::new(AuditAction::LogoAdded, "logo surat").about(puskesmas);
            audit::append(connection, by, &entry.after(AuditFields::none().with("SHA-256", &hash)))
        })?;
        Ok(hash)
    }

    /// A logo of this Puskesmas by its hash; `None` where it never had it.
    pub fn logo(&self, puskesmas: &str, hash: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|connection| {
            if !connection.reaches(puskesmas) {
                return Ok(None);
            }
            let mut statement = connection.prepare_cached(
                "SELECT png FROM logos WHERE sha256 = $1 AND EXISTS \
                 (SELECT 1 FROM letter_settings WHERE logo = $1 AND puskesmas = $2)",
            )?;
            let mut rows = statement.query((hash, puskesmas_key(puskesmas)))?;
            Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
        })
    }

    /// The number of a paper.
    pub fn letter_number(&self, paper: &PaperKey<'_>) -> Result<Option<LetterNumber>, StoreError> {
        let (puskesmas, kind, period) = paper.columns();
        let rest = "AND kind = $2 AND period = $3 ORDER BY id DESC";
        self.read(|connection| {
            let found = numbers(connection, rest, &[&puskesmas, &kind, &period])?.pop();
            Ok(found.filter(|_| connection.reaches(&puskesmas)))
        })
    }

    /// Numbers that stand, of a year.
    pub fn letter_numbers(&self, puskesmas: &str, year: i32) -> Result<Vec<LetterNumber>, StoreError> {
        let key = puskesmas_key(puskesmas);
        let all = self.read(|connection| {
            if connection.reaches(puskesmas) {
                numbers(connection, "ORDER BY number, id", &[&key])
            } else {
                Ok(Vec::new())
            }
        })?;
        Ok(all.into_iter().filter(|given| given.day.year() == year).collect())
    }

    /// Gives a paper a number under a day; numbers are unique within the year of that day.
    pub fn give_letter_number(&self, paper: &PaperKey<'_>, new: NewNumber<'_>) -> Result<Numbering, StoreError> {
        let NewNumber { number, day: given, by } = new;
        let (puskesmas, kind, period) = paper.columns();
        self.write(|connection| {
            connection.require(&[Right::Edit], &puskesmas)?;
            let rest = "AND kind = $2 AND period = $3 ORDER BY id";
            if let Some(own) = numbers(connection, rest, &[&puskesmas, &kind, &period])?.pop() {
                return Ok(Numbering::HasOne(own));
            }
            let same = numbers(connection, "AND number = $2 ORDER BY id", &[&puskesmas, &number])?;
            if let Some(other) = same.into_iter().find(|other| other.day.year() == given.year()) {
                return Ok(Numbering::Taken(other));
            }
            connection.execute(
                "INSERT INTO letter_numbers (id, puskesmas, kind, period, number, day, who, at) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                (
                    next_id(connection, "letter_numbers")?,
                    &puskesmas,
                    &kind,
                    &period,
                    number,
                    day(given),
                    by.who,
                    instant_text(by.at),
                ),
            )?;
            let after = AuditFields::none().with("Nomor urut", number).with("Tanggal", format::date(given));
            let entry = AuditEntry::new(AuditAction::NumberGiven, paper.words()).about(paper.puskesmas);
            audit::append(connection, by, &entry.after(after))?;
            bump_pages(connection)?;
            Ok(Numbering::Given)
        })
    }

    /// Keeps the lines that a paper prints as a letter; the last ones kept count.
    pub fn set_letter_lines(&self, paper: &PaperKey<'_>, lines: &LetterLines, by: By<'_>) -> Result<(), StoreError> {
        let (puskesmas, kind, period) = paper.columns();
        self.write(|connection| {
            connection.require(&[Right::Edit], &puskesmas)?;
            let (before, after) =
                AuditFields::differing(lines_of(connection, paper)?.audit_fields(), lines.audit_fields());
            let entry = AuditEntry::new(AuditAction::LinesSet, paper.words()).about(paper.puskesmas);
            audit::append(connection, by, &entry.before(before).after(after))?;
            connection.execute(
                "INSERT INTO letter_heads (id, puskesmas, kind, period, subject, attachments, copies, who, at) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                (
                    next_id(connection, "letter_heads")?,
                    &puskesmas,
                    &kind,
                    &period,
                    &lines.subject,
                    &lines.attachments,
                    &lines.copies,
                    by.who,
                    instant_text(by.at),
                ),
            )?;
            bump_pages(connection)
        })
    }

    /// Returns the lines that a paper prints as a letter; all blank where nobody wrote any.
    pub fn letter_lines(&self, paper: &PaperKey<'_>) -> Result<LetterLines, StoreError> {
        self.read(|connection| {
            let is_seen = connection.reaches(&paper.columns().0);
            if is_seen { lines_of(connection, paper) } else { Ok(LetterLines::default()) }
        })
    }

    /// Takes a paper's number back; `false` where it has none.
    pub fn revoke_letter_number(&self, paper: &PaperKey<'_>, by: By<'_>) -> Result<bool, StoreError> {
        let (puskesmas, kind, period) = paper.columns();
        self.write(|connection| {
            connection.require(&[Right::Edit], &puskesmas)?;
            let rest = "AND kind = $2 AND period = $3 ORDER BY id DESC";
            let former = numbers(connection, rest, &[&puskesmas, &kind, &period])?.pop();
            let rows = connection.execute(
                "UPDATE letter_numbers SET revoked_by = $1, revoked_at = $2 \
                 WHERE puskesmas = $3 AND kind = $4 AND period = $5 AND revoked_at IS NULL",
                (by.who, instant_text(by.at), &puskesmas, &kind, &period),
            )?;
            if let Some(former) = former {
                let before =
                    AuditFields::none().with("Nomor urut", former.number).with("Tanggal", format::date(former.day));
                let entry = AuditEntry::new(AuditAction::NumberRevoked, paper.words()).about(paper.puskesmas);
                audit::append(connection, by, &entry.before(before))?;
            }
            bump_pages(connection)?;
            Ok(rows > 0)
        })
    }
}

impl LetterSettings {
    /// Details as the audit tells them.
    fn audit_fields(&self) -> AuditFields {
        let fields = AuditFields::none()
            .with("Di atas nama", &self.above)
            .with("Alamat", &self.address)
            .with("Tempat", &self.place)
            .with("Pola nomor", &self.number_pattern)
            .with("Nomor pertama", if self.first_number > 0 { self.first_number.to_string() } else { String::new() })
            .with("Tim TPCB", &self.team)
            .with("Logo", self.logo.as_deref().unwrap_or_default());
        [("Kepala", &self.head), ("Koordinator", &self.coordinator)].into_iter().fold(
            fields,
            |fields, (office, who)| {
                fields
                    .with(&format!("Jabatan {}", office.to_lowercase()), &who.title)
                    .with(office, &who.name)
                    .with(&format!("NIP {}", office.to_lowercase()), &who.id_number)
            },
        )
    }
}

impl LetterLines {
    /// Lines as the audit tells them.
    fn audit_fields(&self) -> AuditFields {
        AuditFields::none()
            .with("Perihal", &self.subject)
            .with("Lampiran", &self.attachments)
            .with("Tembusan", &self.copies)
    }
}

/// The letter details that were saved last.
fn latest_settings(connection: &Connection, puskesmas: &str) -> Result<Option<SavedSettings>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT is_set, above, address, place, head_title, head_name, head_id_number, coordinator_title, \
         coordinator_name, coordinator_id_number, number_pattern, first_number, team, logo, who, at \
         FROM letter_settings \
         WHERE puskesmas = $1 ORDER BY id DESC LIMIT 1",
    )?;
    let mut rows = statement.query([puskesmas_key(puskesmas)])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let mut columns = Columns::new(row);
    let is_set = columns.get::<i64>()? != 0;
    let settings = LetterSettings {
        above: columns.get()?,
        address: columns.get()?,
        place: columns.get()?,
        head: Signatory { title: columns.get()?, name: columns.get()?, id_number: columns.get()? },
        coordinator: Signatory { title: columns.get()?, name: columns.get()?, id_number: columns.get()? },
        number_pattern: columns.get()?,
        first_number: columns.get()?,
        team: columns.get()?,
        logo: columns.get()?,
    };
    let settings = is_set.then_some(settings);
    Ok(Some(SavedSettings { settings, who: columns.get()?, at: columns.instant()? }))
}

/// The lines that were kept last.
fn lines_of(connection: &Connection, paper: &PaperKey<'_>) -> Result<LetterLines, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT subject, attachments, copies FROM letter_heads \
         WHERE puskesmas = $1 AND kind = $2 AND period = $3 ORDER BY id DESC LIMIT 1",
    )?;
    let mut rows = statement.query(paper.columns())?;
    let Some(row) = rows.next()? else { return Ok(LetterLines::default()) };
    Ok(LetterLines { subject: row.get(0)?, attachments: row.get(1)?, copies: row.get(2)? })
}

/// Numbers of a Puskesmas (`$1`) that stand; `rest` narrows and orders.
fn numbers(
    connection: &Connection,
    rest: &str,
    values: &[&dyn rusqlite::ToSql],
) -> Result<Vec<LetterNumber>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT id, number, kind, period, day, who, at FROM letter_numbers \
         WHERE puskesmas = $1 AND revoked_at IS NULL {rest}"
    ))?;
    let mut rows = statement.query(values)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        found.push(LetterNumber {
            id: columns.get()?,
            number: columns.get()?,
            kind: columns.get()?,
            period: columns.get()?,
            day: date(columns.get()?)?,
            who: columns.get()?,
            at: columns.instant()?,
        });
    }
    Ok(found)
}
