//! Evidence files: bytes kept once by their hash beside the facts, so that one transaction holds both and every
//! copy of the database holds them too; rows that say what each is evidence of, who attached, withdrew and erased it.
//! A file takes part in facts by its key alone: it makes no visit, and counts again when an undone visit returns.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use super::audit::{self, AuditEntry, AuditFields};
use super::codec::{Columns, date, day, instant_text, month, visit_date, visit_number, word};
use super::fact_indexes::FactIndexes;
use super::log::Log;
use super::names::next_id;
use super::puskesmas::puskesmas_or_new;
use super::rows::{sort_code, sort_from_code};
use super::scoped::Scoped;
use super::version::bump;
use super::{By, Store, StoreError, sha256};
use crate::domain::access::Right;
use crate::domain::audit::AuditAction;
use crate::domain::format;
use crate::domain::name::{name_key, plain_words};
use crate::domain::{AttachedFile, Element, EvidenceFile, EvidenceFormat, EvidenceKind, EvidenceOf, Facts, VisitDate};

/// Number of an evidence file.
pub type EvidenceId = i64;

const COLUMNS: &str = "id, about, facility, number, words, kind, format, file_name, size, evidence_files.sha256, who, at, \
     withdrawn_at, withdrawn_by, erased_at, erased_by";
const FROM: &str = "evidence_files JOIN evidence_contents ON evidence_contents.sha256 = evidence_files.sha256";

/// Files that are attached together, each of one kind to one thing.
#[derive(Clone, Copy, Debug)]
pub struct NewEvidence<'a> {
    /// Name of the Puskesmas that the files belong to.
    pub puskesmas: &'a str,
    /// Visit, follow-up, meeting, item, session or element of accreditation that the files are evidence of.
    pub of: &'a EvidenceOf,
    /// Kind of paper (attendance list, minutes, photos and so on), the same for all of these files.
    pub kind: EvidenceKind,
    /// Name, format and bytes of each.
    pub files: &'a [(String, EvidenceFormat, Vec<u8>)],
    /// Account that attaches them, and when.
    pub by: By<'a>,
}

/// Limits of what is kept.
#[derive(Clone, Copy, Debug)]
pub struct EvidenceLimits {
    /// Files of one thing that are not withdrawn.
    pub files_per_thing: usize,
    /// Bytes of all contents in the data folder, of withdrawn files too until they are erased.
    pub total_bytes: u64,
}

/// An evidence file as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEvidence {
    /// Id, by which pages name the file.
    pub id: EvidenceId,
    /// Visit, follow-up, meeting or element of accreditation that it is evidence of.
    pub of: EvidenceOf,
    /// Kind of paper (attendance list, minutes, photos and so on).
    pub kind: EvidenceKind,
    /// Name, format, size and hash of the file, with who attached it.
    pub file: EvidenceFile,
    /// Moment at which it was withdrawn, and the account; `None` while it counts.
    pub withdrawn: Option<(DateTime<Utc>, String)>,
    /// Moment at which its content was erased, and the account; `None` while it is kept.
    pub erased: Option<(DateTime<Utc>, String)>,
}

/// Subject of a piece of evidence, as columns hold it.
struct Thing<'a> {
    about: &'static str,
    facility: &'a str,
    facility_key: String,
    number: i64,
    words: &'a str,
    words_key: String,
}

impl<'a> Thing<'a> {
    fn from_subject(of: &'a EvidenceOf) -> Self {
        let (about, facility, number, words) = match of {
            EvidenceOf::Visit { facility, date, form } => {
                ("visit", facility.as_str(), visit_number(*date), form.as_str())
            }
            EvidenceOf::FollowUp { facility, visit_date, item } => {
                ("follow_up", facility.as_str(), day(*visit_date), item.as_str())
            }
            EvidenceOf::Meeting { month, sort } => ("meeting", "", i64::from(month.number()), sort_code(*sort)),
            EvidenceOf::CoachingItem { coached, number } => ("coaching_item", "", day(*coached), number.as_str()),
            EvidenceOf::PlanSession { planned, document } => ("plan_session", "", day(*planned), document.as_str()),
            EvidenceOf::Element { element, year } => ("element", "", i64::from(*year), element.code()),
        };
        Self { about, facility, facility_key: name_key(facility), number, words, words_key: plain_words(words) }
    }
}

impl Store {
    /// Attaches files, all or none; one of the same bytes and kind that the thing has already stays as it is.
    /// Returns how many were added.
    pub fn attach(&self, new: &NewEvidence<'_>, limits: EvidenceLimits) -> Result<usize, StoreError> {
        self.write(|connection| {
            let puskesmas = puskesmas_or_new(connection, new.of.rights_to_attach(), new.puskesmas)?;
            let thing = Thing::from_subject(new.of);
            let mut held: BTreeSet<(String, String)> = hashes_of(connection, puskesmas, &thing)?;
            let before = held.len();
            let mut added = AuditFields::none();
            for (name, format, bytes) in new.files {
                let hash = sha256(bytes);
                if held.insert((new.kind.code().to_owned(), hash.clone())) {
                    keep_content(connection, &hash, bytes)?;
                    insert(connection, puskesmas, &thing, &KeptContent { new, name, format: *format, hash: &hash })?;
                    added = added.with("Berkas", name).with("SHA-256", &hash);
                }
            }
            if held.len() > limits.files_per_thing {
                return Err(StoreError::TooMuchEvidence { held: before, limit: limits.files_per_thing });
            }
            let total = total_bytes(connection)?;
            if total > limits.total_bytes {
                return Err(StoreError::EvidenceFull { limit: limits.total_bytes });
            }
            if held.len() > before {
                let record = format!("{} {}", new.kind.label(), thing_words(new.of));
                let entry = AuditEntry::new(AuditAction::EvidenceAttached, record).about(new.puskesmas);
                audit::append(connection, new.by, &entry.after(added))?;
                bump(connection, puskesmas)?;
            }
            Ok(held.len() - before)
        })
    }

    /// Withdraws a file: it counts no more, and stays written down with its bytes. `false` where the Puskesmas has
    /// no such file, or it is withdrawn already.
    pub fn withdraw_evidence(&self, puskesmas: &str, id: EvidenceId, by: By<'_>) -> Result<bool, StoreError> {
        self.write(|connection| {
            let owner = puskesmas;
            let Some(puskesmas) = connection.changed_puskesmas_id(&[Right::Edit], owner)? else { return Ok(false) };
            let changed = connection.execute(
                "UPDATE evidence_files SET withdrawn_at = $1, withdrawn_by = $2 \
                 WHERE puskesmas_id = $3 AND id = $4 AND withdrawn_at IS NULL",
                (instant_text(by.at), by.who, puskesmas, id),
            )?;
            if changed > 0 {
                let (record, file) = named(connection, id)?;
                let entry = AuditEntry::new(AuditAction::EvidenceWithdrawn, record).about(owner).before(file);
                audit::append(connection, by, &entry)?;
                bump(connection, puskesmas)?;
            }
            Ok(changed > 0)
        })
    }

    /// Erases the content of a withdrawn file for good, unless another file has the same; that there was one stays
    /// written down. `false` where the Puskesmas has no such file, it was not withdrawn, or it is erased already.
    pub fn erase_evidence(&self, puskesmas: &str, id: EvidenceId, by: By<'_>) -> Result<bool, StoreError> {
        self.write(|connection| {
            let owner = puskesmas;
            let Some(puskesmas) = connection.changed_puskesmas_id(&[Right::Edit], owner)? else { return Ok(false) };
            let changed = connection.execute(
                "UPDATE evidence_files SET erased_at = $1, erased_by = $2 \
                 WHERE puskesmas_id = $3 AND id = $4 AND withdrawn_at IS NOT NULL AND erased_at IS NULL",
                (instant_text(by.at), by.who, puskesmas, id),
            )?;
            if changed == 0 {
                return Ok(false);
            }
            let (record, file) = named(connection, id)?;
            let entry = AuditEntry::new(AuditAction::EvidenceErased, record).about(owner).before(file);
            audit::append(connection, by, &entry)?;
            let no_bytes: &[u8] = &[];
            connection.execute(
                "UPDATE evidence_contents SET size = 0, bytes = $1 \
                 WHERE sha256 = (SELECT own.sha256 FROM evidence_files own WHERE own.puskesmas_id = $2 AND own.id = $3) \
                 AND NOT EXISTS (SELECT 1 FROM evidence_files other \
                 WHERE other.sha256 = evidence_contents.sha256 AND other.erased_at IS NULL)",
                (no_bytes, puskesmas, id),
            )?;
            Ok(true)
        })
    }

    /// All files of a Puskesmas, withdrawn ones too, by what they are evidence of, then as they came.
    pub fn evidence(&self, puskesmas: &str) -> Result<Vec<StoredEvidence>, StoreError> {
        self.read(|connection| {
            let Some(puskesmas) = connection.puskesmas_id(puskesmas)? else { return Ok(Vec::new()) };
            let sql = format!("SELECT {COLUMNS} FROM {FROM} WHERE puskesmas_id = $1");
            let mut statement = connection.prepare_cached(&sql)?;
            let mut rows = statement.query([puskesmas])?;
            let mut files = Vec::new();
            while let Some(row) = rows.next()? {
                files.push(stored(&mut Columns::new(row))?);
            }
            files.sort_by(|one, other| (&one.of, one.id).cmp(&(&other.of, other.id)));
            Ok(files)
        })
    }

    /// Reports whether some file of this Puskesmas that was not erased has this content.
    pub fn has_evidence_bytes(&self, puskesmas: &str, sha256: &str) -> Result<bool, StoreError> {
        self.read(|connection| {
            let Some(puskesmas) = connection.puskesmas_id(puskesmas)? else { return Ok(false) };
            let mut statement = connection.prepare_cached(
                "SELECT 1 FROM evidence_files WHERE puskesmas_id = $1 AND sha256 = $2 AND erased_at IS NULL LIMIT 1",
            )?;
            Ok(statement.exists((puskesmas, sha256))?)
        })
    }

    /// Bytes of a content that some file of this Puskesmas has that was not erased.
    pub fn evidence_bytes(&self, puskesmas: &str, sha256: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|connection| {
            let Some(puskesmas) = connection.puskesmas_id(puskesmas)? else { return Ok(None) };
            let mut statement = connection.prepare_cached(
                "SELECT bytes FROM evidence_contents WHERE sha256 = $1 AND EXISTS \
                 (SELECT 1 FROM evidence_files \
                 WHERE puskesmas_id = $2 AND evidence_files.sha256 = $1 AND erased_at IS NULL)",
            )?;
            let mut rows = statement.query((sha256, puskesmas))?;
            Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
        })
    }
}

/// A thing in words, for the audit.
fn thing_words(of: &EvidenceOf) -> String {
    match of {
        EvidenceOf::Visit { facility, date, form } => {
            format!("pembinaan {facility}, {}, {form}", format::visit_date(*date))
        }
        EvidenceOf::FollowUp { facility, visit_date, item } => {
            format!("RTL {facility}, {}, {item}", format::date(*visit_date))
        }
        EvidenceOf::Meeting { month, sort } => format!("{} {}", sort.label(), format::month(*month)),
        EvidenceOf::CoachingItem { coached, number } => {
            format!("butir {number} pembinaan TPCB {}", format::date(*coached))
        }
        EvidenceOf::PlanSession { planned, document } => format!("pendampingan {document} {}", format::date(*planned)),
        EvidenceOf::Element { element, year } => format!("{} tahun {year}", element.code()),
    }
}

/// A file that is kept, in words, with its name and hash.
fn named(connection: &Connection, id: EvidenceId) -> Result<(String, AuditFields), StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM {FROM} WHERE id = $1");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([id])?;
    let row = rows.next()?.ok_or_else(|| StoreError::Corrupt(format!("bukti nomor {id}")))?;
    let StoredEvidence { of, kind, file, .. } = stored(&mut Columns::new(row))?;
    let fields = AuditFields::none().with("Berkas", file.name).with("SHA-256", file.sha256);
    Ok((format!("{} {}", kind.label(), thing_words(&of)), fields))
}

fn hashes_of(
    connection: &Connection,
    puskesmas: i64,
    thing: &Thing<'_>,
) -> Result<BTreeSet<(String, String)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT kind, sha256 FROM evidence_files WHERE puskesmas_id = $1 AND about = $2 AND facility_key = $3 \
         AND number = $4 AND words_key = $5 AND withdrawn_at IS NULL",
    )?;
    let values = (puskesmas, thing.about, &thing.facility_key, thing.number, &thing.words_key);
    let held = statement.query_map(values, |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(held.collect::<Result<_, _>>()?)
}

fn keep_content(connection: &Connection, hash: &str, bytes: &[u8]) -> Result<(), StoreError> {
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    connection.execute(
        "INSERT INTO evidence_contents (sha256, size, bytes) VALUES ($1, $2, $3) \
         ON CONFLICT (sha256) DO UPDATE SET size = excluded.size, bytes = excluded.bytes \
         WHERE evidence_contents.size = 0",
        (hash, size, bytes),
    )?;
    Ok(())
}

/// One of the files that are attached together, its content kept already.
struct KeptContent<'a> {
    new: &'a NewEvidence<'a>,
    name: &'a str,
    format: EvidenceFormat,
    hash: &'a str,
}

fn insert(
    connection: &Connection,
    puskesmas: i64,
    thing: &Thing<'_>,
    content: &KeptContent<'_>,
) -> Result<(), StoreError> {
    let KeptContent { new, name, format, hash } = content;
    let id = next_id(connection, "evidence_files")?;
    connection.execute(
        "INSERT INTO evidence_files (id, puskesmas_id, about, facility, facility_key, number, words, words_key, kind, \
         format, file_name, sha256, who, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        (
            id,
            puskesmas,
            thing.about,
            thing.facility,
            &thing.facility_key,
            thing.number,
            thing.words,
            &thing.words_key,
            new.kind.code(),
            format.ending(),
            name,
            hash,
            new.by.who,
            instant_text(new.by.at),
        ),
    )?;
    Ok(())
}

fn total_bytes(connection: &Connection) -> Result<u64, StoreError> {
    let sql = "SELECT COALESCE(SUM(size), 0) FROM evidence_contents";
    let total: i64 = connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
    Ok(u64::try_from(total).unwrap_or(0))
}

fn stored(columns: &mut Columns<'_, '_>) -> Result<StoredEvidence, StoreError> {
    let id = columns.get()?;
    let (about, facility, number, words): (String, String, i64, String) =
        (columns.get()?, columns.get()?, columns.get()?, columns.get()?);
    let of = match about.as_str() {
        "visit" => EvidenceOf::Visit { facility, date: visit_date(number)?, form: words },
        "follow_up" => EvidenceOf::FollowUp { facility, visit_date: date(number)?, item: words },
        "meeting" => EvidenceOf::Meeting { month: month(number)?, sort: word(&words, sort_from_code)? },
        "coaching_item" => EvidenceOf::CoachingItem { coached: date(number)?, number: words },
        "plan_session" => EvidenceOf::PlanSession { planned: date(number)?, document: words },
        "element" => EvidenceOf::Element {
            element: word(&words, Element::from_code)?,
            year: i32::try_from(number).map_err(|_range| StoreError::Corrupt(format!("tahun {number}")))?,
        },
        other => return Err(StoreError::Corrupt(format!("bukti dari `{other}`"))),
    };
    let kind = word(&columns.get::<String>()?, EvidenceKind::from_code)?;
    let format = word(&columns.get::<String>()?, EvidenceFormat::from_ending)?;
    let (name, size, sha256, who, at) =
        (columns.get()?, columns.get::<i64>()?, columns.get()?, columns.get()?, columns.instant()?);
    let file = EvidenceFile { name, format, size: u64::try_from(size).unwrap_or(0), sha256, who, at };
    let withdrawn = done_by(columns)?;
    let erased = done_by(columns)?;
    Ok(StoredEvidence { id, of, kind, file, withdrawn, erased })
}

/// Reads the moment and the account of an act; `None` where it was not done.
fn done_by(columns: &mut Columns<'_, '_>) -> Result<Option<(DateTime<Utc>, String)>, StoreError> {
    let at: Option<String> = columns.get()?;
    let who: Option<String> = columns.get()?;
    match (at, who) {
        (Some(at), Some(who)) => Ok(Some((super::codec::instant(&at)?, who))),
        _ => Ok(None),
    }
}

/// Rows of one Puskesmas that were not withdrawn, with the id of their facility in the names in use.
/// Of a moment those that counted then.
fn live(connection: &Scoped<'_>, puskesmas: i64) -> Result<Vec<(Option<i64>, StoredEvidence)>, StoreError> {
    let moment = connection.moment();
    let sql = format!(
        "SELECT (SELECT n.id FROM facility_names n WHERE n.puskesmas_id = $1 AND n.key = facility_key), {COLUMNS} \
         FROM {FROM} WHERE puskesmas_id = $1 AND ($2 = 1 OR withdrawn_at IS NULL)"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query((puskesmas, i64::from(moment.is_some())))?;
    let mut files = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        let facility = columns.get()?;
        let mut file = stored(&mut columns)?;
        if let Some(moment) = moment {
            let Some(size) = moment.size_of_file(file.id) else { continue };
            file.file.size = size;
            file.withdrawn = None;
            file.erased = None;
        }
        files.push((facility, file));
    }
    Ok(files)
}

/// The attached files of a log's Puskesmas into facts: listed, and counted in the visits that they are evidence of.
/// Those of a facility that no register names are left out, like its rows. Visits and follow-ups must stand in order.
pub(super) fn take_attached(
    facts: &mut Facts,
    connection: &Scoped<'_>,
    log: &Log,
    puskesmas: &FactIndexes,
    facilities: &FactIndexes,
) -> Result<(), StoreError> {
    let owners: BTreeSet<i64> = log.recaps.iter().map(|recap| recap.puskesmas).collect();
    for owner in owners {
        let Some(place) = puskesmas.get(owner) else { continue };
        for (subject, StoredEvidence { of, kind, file, .. }) in live(connection, owner)? {
            let Some(mut of) = of.named(|_name| facilities.get(subject?)) else { continue };
            settle_on_fact(facts, &mut of, kind);
            facts.attached.push(AttachedFile { puskesmas: place, of, kind, file });
        }
    }
    facts.attached.sort();
    Ok(())
}

/// Writes form or item as the fact writes it, and counts the file in its visit.
fn settle_on_fact(facts: &mut Facts, of: &mut EvidenceOf<u32>, kind: EvidenceKind) {
    match of {
        EvidenceOf::Visit { facility, date, form } => {
            let key = (*facility, *date);
            let first = facts.visits.partition_point(|visit| (visit.facility, visit.date) < key);
            let mut same_day = facts.visits[first..].iter_mut().take_while(|visit| (visit.facility, visit.date) == key);
            let Some(visit) = same_day.find(|visit| plain_words(&visit.form) == plain_words(form)) else { return };
            form.clone_from(&visit.form);
            match kind {
                EvidenceKind::AttendanceList => visit.attendance_list = true,
                EvidenceKind::Minutes => visit.minutes = true,
                EvidenceKind::Photos => visit.photos = true,
                _ => {}
            }
        }
        EvidenceOf::FollowUp { facility, visit_date, item } => {
            let key = (*facility, *visit_date);
            let first = facts.follow_ups.partition_point(|row| (row.facility, row.visit_date) < key);
            let mut same_day = facts.follow_ups[first..].iter().take_while(|row| (row.facility, row.visit_date) == key);
            if let Some(row) = same_day.find(|row| plain_words(&row.item) == plain_words(item)) {
                item.clone_from(&row.item);
            }
        }
        EvidenceOf::Meeting { .. }
        | EvidenceOf::CoachingItem { .. }
        | EvidenceOf::PlanSession { .. }
        | EvidenceOf::Element { .. } => {}
    }
}

/// A visit as its evidence names it; facility and form are compared as names are.
pub(super) struct AttachedVisit<'a> {
    pub facility: &'a str,
    pub date: VisitDate,
    pub form: &'a str,
}

/// Returns the files that are attached to one visit and were not withdrawn, as they came.
pub(super) fn of_visit(
    connection: &Scoped<'_>,
    puskesmas: i64,
    visit: &AttachedVisit<'_>,
) -> Result<Vec<StoredEvidence>, StoreError> {
    let facility = name_key(visit.facility);
    let is_of_it = |of: &EvidenceOf| {
        matches!(of, EvidenceOf::Visit { facility: known, date: on, form: as_written }
            if *on == visit.date && name_key(known) == facility && plain_words(as_written) == plain_words(visit.form))
    };
    let mut files: Vec<StoredEvidence> = live(connection, puskesmas)?.into_iter().map(|(_, file)| file).collect();
    files.retain(|file| is_of_it(&file.of));
    files.sort_by_key(|file| file.id);
    Ok(files)
}
