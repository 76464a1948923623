//! Files that were handed in and wait for a yes: kept apart from everything that counts, each draft for the one
//! who handed it in, until it is accepted, discarded or expired.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension};

use super::accept::deflate;
use super::audit::{self, AuditEntry, AuditFields};
use super::codec::{Columns, instant_text, word};
use super::history::inflate;
use super::names::next_id;
use super::scoped::Scoped;
use super::{BatchId, By, Store, StoreError, sha256};
use crate::domain::audit::AuditAction;

/// Number of a draft.
pub type DraftId = i64;

/// Files to be kept until somebody decides.
#[derive(Clone, Copy, Debug)]
pub struct NewDraft<'a> {
    /// Account that handed them in, and when.
    pub by: By<'a>,
    /// Moment up to which they wait.
    pub expires: DateTime<Utc>,
    /// Names without folders, and bytes.
    pub files: &'a [(&'a str, &'a [u8])],
}

/// State of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftState {
    /// Some of its files wait.
    Waiting,
    /// Its files are decided, one of them at least accepted.
    Accepted,
    /// All of them were left.
    Discarded,
}

impl DraftState {
    fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Accepted => "accepted",
            Self::Discarded => "discarded",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [Self::Waiting, Self::Accepted, Self::Discarded].into_iter().find(|state| state.code() == code)
    }
}

/// A draft without the bytes of its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportDraft {
    /// Id, by which pages name the draft.
    pub id: DraftId,
    /// Account that handed it in.
    pub who: String,
    /// Moment at which the files came.
    pub at: DateTime<Utc>,
    /// Moment up to which it waits.
    pub expires: DateTime<Utc>,
    /// Owner of workbooks that name none.
    pub puskesmas: Option<String>,
    /// Waiting or decided.
    pub state: DraftState,
    /// Its files, in the order in which they came.
    pub files: Vec<DraftFile>,
}

/// One file of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftFile {
    /// Place in the draft; it stays when others are decided.
    pub place: i64,
    /// Name that the browser gave, without folders.
    pub name: String,
    /// SHA-256 of its bytes in hexadecimal.
    pub sha256: String,
    /// Size in bytes, uncompressed.
    pub size: u64,
    /// Outcome of its import; `None` as long as the draft waits.
    pub outcome: Option<DraftOutcome>,
}

/// Outcome of importing one file of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftOutcome {
    /// `imported`, `unchanged`, `failed` or `discarded`.
    pub status: String,
    /// Reason for which it failed; else blank.
    pub message: String,
    /// The batch that holds it.
    pub batch: Option<BatchId>,
}

impl Store {
    /// Keeps files until somebody decides; gives the draft's number.
    pub fn add_draft(&self, draft: &NewDraft<'_>) -> Result<DraftId, StoreError> {
        let packed: Vec<(String, Vec<u8>)> = draft
            .files
            .iter()
            .map(|(_, bytes)| Ok((sha256(bytes), deflate(bytes)?)))
            .collect::<Result<_, StoreError>>()?;
        self.write(|connection| {
            let id = next_id(connection, "drafts")?;
            connection.execute(
                "INSERT INTO drafts (id, who, at, expires, state) VALUES ($1, $2, $3, $4, $5)",
                (id, draft.by.who, instant_text(draft.by.at), instant_text(draft.expires), DraftState::Waiting.code()),
            )?;
            for ((place, (name, bytes)), (hash, deflated)) in (0_i64..).zip(draft.files).zip(&packed) {
                let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
                connection.execute(
                    "INSERT INTO draft_files (draft_id, place, file_name, sha256, size, deflated) \
                     VALUES ($1, $2, $3, $4, $5, $6)",
                    (id, place, name, hash, size, deflated),
                )?;
            }
            let files = draft.files.iter().zip(&packed);
            let after = files.fold(AuditFields::none(), |fields, ((name, _), (hash, _))| {
                fields.with("Berkas", name).with("SHA-256", hash)
            });
            let owner = connection.only_puskesmas()?;
            let entry = AuditEntry::new(AuditAction::DraftAdded, format!("draf {id}")).about(&owner).after(after);
            audit::append(connection, draft.by, &entry)?;
            Ok(id)
        })
    }

    /// A draft that has not expired by `now`.
    pub fn draft(&self, id: DraftId, now: DateTime<Utc>) -> Result<Option<ImportDraft>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT id, who, at, expires, puskesmas, state FROM drafts WHERE id = $1 AND expires > $2";
            let mut statement = connection.prepare_cached(sql)?;
            let mut rows = statement.query((id, instant_text(now)))?;
            let found = rows.next()?.map(|row| draft(connection, row)).transpose()?;
            Ok(found.filter(|draft| connection.is_of(&draft.who)))
        })
    }

    /// Drafts of `who` that wait and have not expired by `now`, the latest first.
    pub fn drafts_waiting(&self, who: &str, now: DateTime<Utc>) -> Result<Vec<ImportDraft>, StoreError> {
        self.read(|connection| {
            if !connection.is_of(who) {
                return Ok(Vec::new());
            }
            let mut statement = connection.prepare_cached(
                "SELECT id, who, at, expires, puskesmas, state FROM drafts \
                 WHERE who = $1 AND expires > $2 AND state = 'waiting' ORDER BY id DESC",
            )?;
            let mut rows = statement.query((who, instant_text(now)))?;
            let mut drafts = Vec::new();
            while let Some(row) = rows.next()? {
                drafts.push(draft(connection, row)?);
            }
            Ok(drafts)
        })
    }

    /// Bytes of a file that waits.
    pub fn draft_bytes(&self, id: DraftId, place: i64) -> Result<Vec<u8>, StoreError> {
        self.read(|connection| {
            require_own(connection, id)?;
            let mut statement = connection.prepare_cached(
                "SELECT size, deflated FROM draft_files WHERE draft_id = $1 AND place = $2 AND deflated IS NOT NULL",
            )?;
            let mut rows = statement.query((id, place))?;
            let row = rows.next()?.ok_or(StoreError::NoSuchDraft(id))?;
            let size: i64 = row.get(0)?;
            let deflated: Vec<u8> = row.get(1)?;
            inflate(size, &deflated)
        })
    }

    /// Bytes of all drafts that wait, packed.
    pub fn draft_bytes_kept(&self) -> Result<u64, StoreError> {
        self.read(|connection| {
            let sql = "SELECT COALESCE(SUM(LENGTH(deflated)), 0) FROM draft_files";
            let bytes: i64 = connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
            Ok(u64::try_from(bytes).unwrap_or(0))
        })
    }

    /// Says whose the workbooks are that name nobody.
    pub fn set_draft_owner(&self, id: DraftId, puskesmas: Option<&str>, by: By<'_>) -> Result<(), StoreError> {
        self.write(|connection| {
            require_own(connection, id)?;
            let former = draft_owner(connection, id)?;
            let sql = "UPDATE drafts SET puskesmas = $1 WHERE id = $2 AND state = 'waiting'";
            let changed = connection.execute(sql, (puskesmas, id))?;
            if changed == 0 {
                return Err(StoreError::NoSuchDraft(id));
            }
            let fields = |name: &str| AuditFields::none().with("Puskesmas", name);
            let entry = AuditEntry::new(AuditAction::DraftOwned, format!("draf {id}"));
            let owner = connection.only_puskesmas()?;
            let entry = entry.about(&owner).before(fields(&former)).after(fields(puskesmas.unwrap_or_default()));
            audit::append(connection, by, &entry)
        })
    }

    /// Writes down what became of a file that waited; its bytes go. With its last file the draft is decided.
    pub fn decide_draft_file(
        &self,
        id: DraftId,
        place: i64,
        outcome: &DraftOutcome,
        by: By<'_>,
    ) -> Result<(), StoreError> {
        self.write(|connection| {
            require_own(connection, id)?;
            let changed = connection.execute(
                "UPDATE draft_files SET outcome = $1, message = $2, batch_id = $3, deflated = NULL \
                 WHERE draft_id = $4 AND place = $5 AND outcome IS NULL",
                (&outcome.status, &outcome.message, outcome.batch, id, place),
            )?;
            if changed == 0 {
                return Err(StoreError::NoSuchDraft(id));
            }
            connection.execute(
                "UPDATE drafts SET state = CASE WHEN EXISTS \
                 (SELECT 1 FROM draft_files WHERE draft_id = $1 AND outcome <> 'discarded') \
                 THEN 'accepted' ELSE 'discarded' END \
                 WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM draft_files WHERE draft_id = $1 AND outcome IS NULL)",
                [id],
            )?;
            let sql = "SELECT file_name FROM draft_files WHERE draft_id = $1 AND place = $2";
            let file: String = connection.query_row(sql, (id, place), |row| row.get(0))?;
            let owner = outcome.batch.map(|batch| connection.batch_owner(batch)).transpose()?.flatten();
            let owner = owner.map_or_else(|| connection.only_puskesmas(), Ok)?;
            let after = AuditFields::none()
                .with("Hasil", outcome_word(&outcome.status))
                .with("Impor", outcome.batch.map(|batch| batch.to_string()).unwrap_or_default());
            let entry = AuditEntry::new(AuditAction::DraftDecided, format!("draf {id}: {file}"));
            audit::append(connection, by, &entry.about(&owner).after(after))
        })
    }

    /// Takes expired drafts away; gives how many.
    pub fn purge_drafts(&self, now: DateTime<Utc>) -> Result<usize, StoreError> {
        self.write(|connection| {
            let now = instant_text(now);
            let expired = "SELECT id FROM drafts WHERE expires <= $1";
            connection.execute(&format!("DELETE FROM draft_files WHERE draft_id IN ({expired})"), [&now])?;
            Ok(connection.execute("DELETE FROM drafts WHERE expires <= $1", [&now])?)
        })
    }
}

/// The outcome of a file in the words of the audit.
fn outcome_word(status: &str) -> &str {
    match status {
        "imported" => "diterima",
        "unchanged" => "sudah ada",
        "discarded" => "dibuang",
        other => other,
    }
}

/// Name of the Puskesmas that was said for a draft; blank where none was.
fn draft_owner(connection: &Connection, id: DraftId) -> Result<String, StoreError> {
    let sql = "SELECT COALESCE(puskesmas, '') FROM drafts WHERE id = $1";
    let found: Option<String> = connection.query_row(sql, [id], |row| row.get(0)).optional()?;
    Ok(found.unwrap_or_default())
}

/// Refuses the draft of another account as if there were none of this number.
fn require_own(connection: &Scoped<'_>, id: DraftId) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached("SELECT who FROM drafts WHERE id = $1")?;
    let who: Option<String> = statement.query_row([id], |row| row.get(0)).optional()?;
    let is_own = who.is_some_and(|who| connection.is_of(&who));
    if is_own { Ok(()) } else { Err(StoreError::NoSuchDraft(id)) }
}

fn draft(connection: &Connection, row: &rusqlite::Row<'_>) -> Result<ImportDraft, StoreError> {
    let mut columns = Columns::new(row);
    let id = columns.get()?;
    Ok(ImportDraft {
        id,
        who: columns.get()?,
        at: columns.instant()?,
        expires: columns.instant()?,
        puskesmas: columns.get()?,
        state: word(&columns.get::<String>()?, DraftState::from_code)?,
        files: files_of(connection, id)?,
    })
}

fn files_of(connection: &Connection, id: DraftId) -> Result<Vec<DraftFile>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT place, file_name, sha256, size, outcome, message, batch_id FROM draft_files \
         WHERE draft_id = $1 ORDER BY place",
    )?;
    let mut rows = statement.query([id])?;
    let mut files = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        let place: i64 = columns.get()?;
        let name: String = columns.get()?;
        let sha256: String = columns.get()?;
        let size: i64 = columns.get()?;
        let status: Option<String> = columns.get()?;
        let message: Option<String> = columns.get()?;
        let batch = columns.get()?;
        let outcome = status.map(|status| DraftOutcome { status, message: message.unwrap_or_default(), batch });
        files.push(DraftFile { place, name, sha256, size: u64::try_from(size).unwrap_or(0), outcome });
    }
    Ok(files)
}
