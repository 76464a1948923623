//! Uploaded files on their way: kept as a draft, looked at, accepted or left. What acceptance does is what was
//! shown, or nothing happens and it is shown again.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, Utc};

use super::IntakeService;
use super::names::{self, Question};
use super::preview::{FilePreview, GivenFiles, carry_out};
use crate::app::import::receipt::{FileStatus, Refusal};
use crate::app::import::{ImportOptions, PreparedFiles, Upload, base_name, prepare};
use crate::domain::format;
use crate::domain::name::puskesmas_key;
use crate::store::{By, DraftFile, DraftId, DraftOutcome, DraftState, ImportDraft, NewDraft, StoreError, Whole};

/// Files of one upload at most.
pub const FILES_MAX: usize = 40;
/// Bytes of one upload at most, all files together: a year of recaps takes 1 MB.
pub const UPLOAD_BYTES_MAX: u64 = 128 << 20;
/// Bytes of all drafts that wait at most, packed.
const KEPT_BYTES_MAX: u64 = 1 << 30;
/// Drafts of one person that wait at most.
const WAITING_MAX: usize = 20;
/// Hours that a draft waits before it expires.
const WAITS_HOURS: i64 = 72;
/// Times that opening begins anew because something else was imported meanwhile.
const ATTEMPTS_MAX: usize = 3;

/// Reason for which an upload or a decision is refused. The display is the message for the user.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// No file was chosen.
    #[error("belum ada berkas yang dipilih; pilih satu atau beberapa berkas rekap, lalu tekan Unggah")]
    NoFiles,
    /// More files than one upload may have.
    #[error("terlalu banyak berkas: {count}, batasnya {FILES_MAX} sekali unggah; unggah sisanya sesudah ini")]
    TooManyFiles {
        /// Number of files that came.
        count: usize,
    },
    /// One file too large.
    #[error("{file}: lebih besar dari {} MB; pecah menjadi beberapa buku kerja atau hapus gambarnya", limit >> 20)]
    FileTooLarge {
        /// Name of the file.
        file: String,
        /// Bytes that a file may have.
        limit: u64,
    },
    /// All files together too large.
    #[error("berkas-berkas ini bersama lebih besar dari {} MB; unggah sebagian dahulu", UPLOAD_BYTES_MAX >> 20)]
    UploadTooLarge,
    /// Too much waits already.
    #[error("masih ada {0} draf impor yang belum diputuskan; terima atau buang dahulu di halaman Impor")]
    TooManyDrafts(usize),
    /// The draft is not there (any more).
    #[error(
        "draf impor ini tidak ada, sudah dibuang, atau kedaluwarsa (draf disimpan {WAITS_HOURS} jam); unggah lagi berkasnya"
    )]
    NoDraft,
    /// Failure of the database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A draft with what it does.
#[derive(Clone, Debug)]
pub struct DraftView {
    /// Draft that is shown, with all its files.
    pub draft: ImportDraft,
    /// Files that were looked at: place in the draft, and what it does.
    pub files: Vec<(i64, FilePreview)>,
    /// Names that nobody knows, each once.
    pub questions: Vec<Question>,
    /// True if some file names no Puskesmas and needs one.
    pub lacks_owner: bool,
    /// Puskesmas that titles name and nobody knows, each once: a slip of the pen, or new by a yes.
    pub new_names: Vec<String>,
}

/// Outcome of a decision about a draft.
#[derive(Debug)]
pub enum DraftDecision {
    /// It holds; the number of files that were taken in.
    Accepted(usize),
    /// Something else would happen than was shown: nothing happened.
    ChangedMeanwhile,
    /// These files were decided before.
    AlreadyDecided,
}

/// Files of a draft that somebody accepts.
#[derive(Clone, Debug, Default)]
pub struct Acceptance {
    /// Place in the draft and seal of what was shown of it.
    pub seals: BTreeMap<i64, String>,
    /// Places of files whose former versions' rows shall go where they lack them.
    pub replaces: BTreeSet<i64>,
    /// Places of files whose personal data are kept, with the reason.
    pub kept: BTreeMap<i64, String>,
}

impl IntakeService<'_> {
    /// Keeps uploaded files as a draft.
    ///
    /// # Errors
    /// Names the limit that they exceed.
    pub fn add_draft(self, files: &[Upload]) -> Result<DraftId, DraftError> {
        let limit = self.app.limits().file_bytes;
        check(files, limit)?;
        let now = self.app.clock().now();
        self.app.store().purge_drafts(now)?;
        let waiting = self.app.store().drafts_waiting(self.app.who(), now)?.len();
        if waiting >= WAITING_MAX || self.app.store().draft_bytes_kept()? > KEPT_BYTES_MAX {
            return Err(DraftError::TooManyDrafts(waiting));
        }
        let files: Vec<(&str, &[u8])> =
            files.iter().map(|file| (base_name(&file.name), file.bytes.as_slice())).collect();
        let expires = now + Duration::hours(WAITS_HOURS);
        Ok(self.app.store().add_draft(&NewDraft { by: By { at: now, ..self.app.by() }, expires, files: &files })?)
    }

    /// A draft of who asks, waiting or decided.
    pub fn draft(self, id: DraftId) -> Result<ImportDraft, DraftError> {
        let draft = self.app.store().draft(id, self.app.clock().now())?;
        draft.filter(|draft| draft.who == self.app.who()).ok_or(DraftError::NoDraft)
    }

    /// Returns what the waiting files of a draft would do, or those of them that are `chosen`; nothing is stored.
    /// Blocking.
    pub fn preview(self, id: DraftId, chosen: Option<&BTreeSet<i64>>) -> Result<DraftView, DraftError> {
        let draft = self.draft(id)?;
        let loaded = self.load(&draft, chosen)?;
        // All of it on one snapshot, and no lock: opening takes its time, and nobody waits for a look.
        let aside = self.app.store().aside()?;
        let prepared = prepare(&aside, &loaded.files, &loaded.options, &mut |_| {});
        let nothing = BTreeSet::new();
        let given = loaded.given(&prepared, &nothing);
        let previews = carry_out(&aside, given, &mut |owners| aside.set_apart(owners))?;
        let questions = names::questions(&aside, &previews, &|place| prepared.workbook(place))?;
        let lacks_owner = previews.iter().any(|file| matches!(file.error, Some(Refusal::NoOwner { .. })));
        let new_names = new_names(&previews);
        let files = loaded.places.iter().copied().zip(previews).collect();
        Ok(DraftView { draft, files, questions, lacks_owner, new_names })
    }

    /// Takes files of a draft in, if that does what was shown. Blocking.
    pub fn accept_draft(self, id: DraftId, wanted: &Acceptance) -> Result<DraftDecision, DraftError> {
        let draft = self.draft(id)?;
        let waits = |file: &&DraftFile| file.outcome.is_none() && wanted.seals.contains_key(&file.place);
        if draft.files.iter().filter(waits).count() < wanted.seals.len() || wanted.seals.is_empty() {
            return Ok(DraftDecision::AlreadyDecided);
        }
        let mut loaded = self.load(&draft, Some(&wanted.seals.keys().copied().collect()))?;
        let (prepared, whole) = self.open_draft(&loaded)?;
        let nothing = BTreeSet::new();
        let mut previews = carry_out(&whole, loaded.given(&prepared, &nothing), &mut |_| Ok(()))?;
        let is_as_shown =
            loaded.places.iter().zip(&previews).all(|(place, file)| wanted.seals.get(place) == Some(&file.seal()));
        if !is_as_shown {
            return Ok(DraftDecision::ChangedMeanwhile);
        }
        if !wanted.replaces.is_empty() || !wanted.kept.is_empty() {
            whole.begin_again()?;
            let kept =
                (0..).zip(&loaded.places).filter_map(|(index, place)| Some((index, wanted.kept.get(place)?.clone())));
            loaded.options.personal.kept = kept.collect();
            let replaces = (0..).zip(&loaded.places).filter(|(_, place)| wanted.replaces.contains(place));
            let replaces = replaces.map(|(index, _)| index).collect();
            previews = carry_out(&whole, loaded.given(&prepared, &replaces), &mut |_| Ok(()))?;
        }
        let mut taken = 0;
        // What failed waits on: a name, a form or a better copy may help it.
        for (place, file) in loaded.places.iter().zip(&previews).filter(|(_, file)| file.status != FileStatus::Failed) {
            match whole.decide_draft_file(id, *place, &outcome(file), self.app.by()) {
                Err(StoreError::NoSuchDraft(_)) => return Ok(DraftDecision::AlreadyDecided),
                other => other?,
            }
            taken += 1;
        }
        whole.commit()?;
        // What waited lies in the log of writing until it is emptied; where somebody reads, a later one does it.
        let _is_tried = self.app.store().truncate_log();
        Ok(DraftDecision::Accepted(taken))
    }

    /// Leaves files of a draft; without places all that wait.
    pub fn discard_draft(self, id: DraftId, place: Option<i64>) -> Result<(), DraftError> {
        let draft = self.draft(id)?;
        let discarded = DraftOutcome { status: "discarded".to_owned(), message: String::new(), batch: None };
        for file in draft.files.iter().filter(|file| file.outcome.is_none()) {
            if place.is_none_or(|place| place == file.place) {
                self.app.store().decide_draft_file(id, file.place, &discarded, self.app.by())?;
            }
        }
        Ok(())
    }

    /// Says whose the workbooks of a draft are that name nobody, and that those which name it may make it a Puskesmas.
    pub fn set_draft_owner(self, id: DraftId, puskesmas: &str) -> Result<(), DraftError> {
        let draft = self.draft(id)?;
        if draft.state != DraftState::Waiting {
            return Err(DraftError::NoDraft);
        }
        let name = puskesmas.trim();
        Ok(self.app.store().set_draft_owner(id, (!name.is_empty()).then_some(name), self.app.by())?)
    }

    /// Returns the bytes of a file of a draft; an error where there is no such file.
    pub fn draft_bytes(self, id: DraftId, place: i64) -> Result<Vec<u8>, StoreError> {
        self.app.store().draft_bytes(id, place)
    }

    /// Drafts of who asks that wait.
    pub fn drafts_waiting(self) -> Result<Vec<ImportDraft>, StoreError> {
        self.app.store().drafts_waiting(self.app.who(), self.app.clock().now())
    }

    fn load(self, draft: &ImportDraft, chosen: Option<&BTreeSet<i64>>) -> Result<Loaded, DraftError> {
        let is_wanted =
            |file: &&DraftFile| file.outcome.is_none() && chosen.is_none_or(|chosen| chosen.contains(&file.place));
        let mut loaded = Loaded {
            places: Vec::new(),
            files: Vec::new(),
            options: self.app.import_options(draft.puskesmas.as_deref()),
        };
        for file in draft.files.iter().filter(is_wanted) {
            loaded.places.push(file.place);
            let bytes = self.app.store().draft_bytes(draft.id, file.place)?;
            loaded.files.push(Upload { name: file.name.clone(), bytes });
        }
        Ok(loaded)
    }

    /// Opens workbooks, then the database for nobody else to write: both see the same state.
    fn open_draft(self, loaded: &Loaded) -> Result<(PreparedFiles, Whole), DraftError> {
        for attempt in 1.. {
            let version = self.app.store().version()?;
            let prepared = prepare(self.app.store(), &loaded.files, &loaded.options, &mut |_| {});
            let whole = self.app.store().begin_whole()?;
            if whole.version()? == version || attempt == ATTEMPTS_MAX {
                return Ok((prepared, whole));
            }
        }
        Err(DraftError::NoDraft)
    }
}

struct Loaded {
    places: Vec<i64>,
    files: Vec<Upload>,
    options: ImportOptions,
}

impl Loaded {
    fn given<'g>(&'g self, prepared: &'g PreparedFiles, replaces: &'g BTreeSet<usize>) -> GivenFiles<'g> {
        GivenFiles { files: &self.files, prepared, options: &self.options, replaces }
    }
}

fn check(files: &[Upload], limit: u64) -> Result<(), DraftError> {
    if files.is_empty() {
        return Err(DraftError::NoFiles);
    }
    if files.len() > FILES_MAX {
        return Err(DraftError::TooManyFiles { count: files.len() });
    }
    let size = |file: &Upload| u64::try_from(file.bytes.len()).unwrap_or(u64::MAX);
    if let Some(file) = files.iter().find(|file| size(file) > limit) {
        return Err(DraftError::FileTooLarge { file: base_name(&file.name).to_owned(), limit });
    }
    if files.iter().map(size).sum::<u64>() > UPLOAD_BYTES_MAX {
        return Err(DraftError::UploadTooLarge);
    }
    Ok(())
}

fn new_names(files: &[FilePreview]) -> Vec<String> {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for file in files {
        if let Some(Refusal::NewPuskesmas { named, .. }) = &file.error {
            names.entry(puskesmas_key(named)).or_insert_with(|| named.clone());
        }
    }
    names.into_values().collect()
}

fn outcome(file: &FilePreview) -> DraftOutcome {
    let status = match file.status {
        FileStatus::Imported => "imported",
        FileStatus::Unchanged => "unchanged",
        FileStatus::Failed => "failed",
    };
    // What was stored is told where nothing went wrong.
    let stored = || if file.status == FileStatus::Imported { file.counted() } else { String::new() };
    DraftOutcome {
        status: status.to_owned(),
        message: file.error.as_ref().map_or_else(stored, ToString::to_string),
        batch: file.batch,
    }
}

/// `sampai 1 Desember 2026`, `selama 5 jam lagi`: how long a draft still waits.
pub fn waits(expires: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let left = expires - now;
    match (left.num_days(), left.num_hours()) {
        (0, 0) => "selama kurang dari satu jam lagi".to_owned(),
        (0, hours) => format!("selama {} jam lagi", format::number(f64::from(i32::try_from(hours).unwrap_or(0)), 0)),
        _ => format!("sampai {}", format::date(expires.with_timezone(&chrono::Local).date_naive())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(bytes: usize) -> Upload {
        Upload { name: "rekap.xlsx".to_owned(), bytes: vec![0; bytes] }
    }

    #[test]
    fn an_upload_is_bounded_in_files_and_bytes() {
        let half = usize::try_from(UPLOAD_BYTES_MAX / 2).unwrap();
        assert!(check(&[file(half), file(half)], UPLOAD_BYTES_MAX).is_ok());
        assert!(matches!(check(&[file(half), file(half + 1)], UPLOAD_BYTES_MAX), Err(DraftError::UploadTooLarge)));
        assert!(matches!(check(&[file(10), file(11)], 10), Err(DraftError::FileTooLarge { .. })));
        assert!(check(&vec![file(1); FILES_MAX], 10).is_ok());
        assert!(matches!(check(&vec![file(1); FILES_MAX + 1], 10), Err(DraftError::TooManyFiles { count: 41 })));
        assert!(matches!(check(&[], 10), Err(DraftError::NoFiles)));
    }
}
