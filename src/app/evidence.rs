//! Attaching evidence files to what they are evidence of, and withdrawing them. All files of one call are taken or
//! none, so that nobody has to find out which; every one that cannot be taken is named with its reason.

use super::import::Upload;
use super::{App, AppError};
use crate::domain::access::Right;
use crate::domain::district_items::{CoachingItems, number_key};
use crate::domain::name::{name_key, plain_words};
use crate::domain::{EvidenceKind, EvidenceOf, Facts};
use crate::evidence::{Unfit, format_of, kept_name};
use crate::store::{EvidenceId, EvidenceLimits, NewEvidence, StoreError, StoredEvidence};

/// Bytes of one evidence file.
pub const FILE_BYTES_MAX: u64 = 10 << 20;
/// Files that are attached at once.
pub const FILES_AT_ONCE_MAX: usize = 20;
/// Bytes that are attached at once.
pub const UPLOAD_BYTES_MAX: u64 = 60 << 20;
/// Files of one visit, meeting, follow-up or element.
pub const FILES_PER_THING_MAX: usize = 40;
/// Bytes of all evidence in a data folder. They lie in the database, which every back-up copies whole.
pub const TOTAL_BYTES_MAX: u64 = 2 << 30;
/// Years of elements that make sense.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

/// Reason for which files were not attached; nothing was kept. The display is the message for the user.
#[derive(Debug, thiserror::Error)]
pub enum EvidenceError {
    /// No file was chosen.
    #[error("belum ada berkas yang dipilih")]
    NoFiles,
    /// Too many at once.
    #[error("{count} berkas sekaligus, paling banyak {FILES_AT_ONCE_MAX}; lampirkan dalam beberapa kali")]
    TooManyFiles {
        /// Number of files that came.
        count: usize,
    },
    /// Too many bytes at once.
    #[error("semua berkas bersama-sama lebih besar dari {} MB; lampirkan dalam beberapa kali", UPLOAD_BYTES_MAX >> 20)]
    UploadTooLarge,
    /// One file is too large.
    #[error("“{file}” lebih besar dari {} MB; perkecil pindaian atau fotonya, lalu lampirkan lagi", FILE_BYTES_MAX >> 20)]
    FileTooLarge {
        /// Name of the file, without folders.
        file: String,
    },
    /// Some files are not what is taken; each with its reason.
    #[error("{}", unfit_words(.0))]
    Unfit(Vec<(String, Unfit)>),
    /// The kind does not belong to the thing.
    #[error("jenis “{}” tidak dikenal untuk bukti ini; pilih jenis dari daftar", .0.label())]
    WrongKind(EvidenceKind),
    /// There is no such visit, follow-up, meeting or year.
    #[error("{0}")]
    NoSuchThing(&'static str),
    /// There is no such file, or it is withdrawn.
    #[error("berkas bukti itu tidak ada atau sudah dihapus")]
    NoSuchFile,
    /// Anything that the app cannot do.
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<StoreError> for EvidenceError {
    fn from(error: StoreError) -> Self {
        Self::App(error.into())
    }
}

fn unfit_words(files: &[(String, Unfit)]) -> String {
    let lines: Vec<String> = files.iter().map(|(name, why)| format!("“{name}”: {why}")).collect();
    lines.join("; ")
}

/// Outcome of attaching files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttachReceipt {
    /// Files that were added.
    pub added: usize,
    /// Files of the same bytes that were there already.
    pub held_already: usize,
}

/// Evidence files of a data folder.
#[derive(Clone, Copy, Debug)]
pub struct EvidenceService<'a> {
    app: &'a App,
}

impl<'a> EvidenceService<'a> {
    /// The service of an app's data folder.
    pub(super) fn new(app: &'a App) -> Self {
        Self { app }
    }
}

impl EvidenceService<'_> {
    /// Returns all files of a Puskesmas, withdrawn ones too, in the order in which they came.
    pub fn files(self, puskesmas: &str) -> Result<Vec<StoredEvidence>, StoreError> {
        self.app.store().evidence(puskesmas)
    }

    /// Attaches files of one kind, as of now and in the name of who works. `puskesmas` as
    /// [`App::resolve_puskesmas`] gives it. Blocking.
    pub fn attach(
        self,
        puskesmas: &str,
        of: &EvidenceOf,
        kind: EvidenceKind,
        files: Vec<Upload>,
    ) -> Result<AttachReceipt, EvidenceError> {
        if !of.kinds().contains(&kind) {
            return Err(EvidenceError::WrongKind(kind));
        }
        let rights = of.rights_to_attach();
        if !rights.iter().any(|right| self.app.access().may(*right, puskesmas)) {
            return Err(AppError::NotAllowed { right: Right::Edit }.into());
        }
        check_bounds(&files)?;
        let of = as_registered(self.app.snapshot(puskesmas)?.facts(), of)?;
        let mut taken = Vec::with_capacity(files.len());
        let mut unfit = Vec::new();
        for Upload { name, bytes } in files {
            match format_of(&bytes) {
                Ok(format) => taken.push((kept_name(&name), format, bytes)),
                Err(why) => unfit.push((kept_name(&name), why)),
            }
        }
        if !unfit.is_empty() {
            return Err(EvidenceError::Unfit(unfit));
        }
        let by = self.app.by();
        let new = NewEvidence { puskesmas, of: &of, kind, files: &taken, by };
        let limits = EvidenceLimits { files_per_thing: FILES_PER_THING_MAX, total_bytes: TOTAL_BYTES_MAX };
        let added = self.app.store().attach(&new, limits)?;
        Ok(AttachReceipt { added, held_already: taken.len() - added })
    }

    /// Withdraws a file of a Puskesmas: it counts no more, but stays listed with its bytes.
    pub fn withdraw(self, puskesmas: &str, id: EvidenceId) -> Result<(), EvidenceError> {
        let is_withdrawn = self.app.store().withdraw_evidence(puskesmas, id, self.app.by())?;
        if is_withdrawn { Ok(()) } else { Err(EvidenceError::NoSuchFile) }
    }

    /// Erases the content of a withdrawn file of a Puskesmas for good; that there was one stays listed.
    pub fn erase(self, puskesmas: &str, id: EvidenceId) -> Result<(), EvidenceError> {
        let is_erased = self.app.store().erase_evidence(puskesmas, id, self.app.by())?;
        if is_erased { Ok(()) } else { Err(EvidenceError::NoSuchFile) }
    }

    /// One file of a Puskesmas with its bytes, withdrawn or not.
    pub fn file(self, puskesmas: &str, id: EvidenceId) -> Result<(StoredEvidence, Vec<u8>), EvidenceError> {
        let files = self.app.store().evidence(puskesmas)?;
        let file = files.into_iter().find(|file| file.id == id && file.erased.is_none());
        let file = file.ok_or(EvidenceError::NoSuchFile)?;
        let bytes = self.app.store().evidence_bytes(puskesmas, &file.file.sha256)?.ok_or(EvidenceError::NoSuchFile)?;
        Ok((file, bytes))
    }
}

fn check_bounds(files: &[Upload]) -> Result<(), EvidenceError> {
    if files.is_empty() {
        return Err(EvidenceError::NoFiles);
    }
    if files.len() > FILES_AT_ONCE_MAX {
        return Err(EvidenceError::TooManyFiles { count: files.len() });
    }
    if let Some(large) = files.iter().find(|file| file.bytes.len() as u64 > FILE_BYTES_MAX) {
        return Err(EvidenceError::FileTooLarge { file: kept_name(&large.name) });
    }
    if files.iter().map(|file| file.bytes.len() as u64).sum::<u64>() > UPLOAD_BYTES_MAX {
        return Err(EvidenceError::UploadTooLarge);
    }
    Ok(())
}

/// The thing as the facts write it; refused where they know none.
fn as_registered(facts: &Facts, of: &EvidenceOf) -> Result<EvidenceOf, EvidenceError> {
    let no_visit = EvidenceError::NoSuchThing(
        "kunjungan itu tidak ada di rekap; impor dahulu rekap Pembinaan yang memuatnya, lalu lampirkan buktinya",
    );
    let no_follow_up = EvidenceError::NoSuchThing(
        "rencana tindak lanjut itu tidak ada di rekap; impor dahulu rekap RTL yang memuatnya, lalu lampirkan buktinya",
    );
    match of {
        EvidenceOf::Visit { facility, date, form } => {
            let visit = facts.visits.iter().find(|visit| {
                visit.date == *date
                    && plain_words(&visit.form) == plain_words(form)
                    && name_key(&facts.facilities[visit.facility as usize].name) == name_key(facility)
            });
            let visit = visit.ok_or(no_visit)?;
            let facility = facts.facilities[visit.facility as usize].name.clone();
            Ok(EvidenceOf::Visit { facility, date: *date, form: visit.form.clone() })
        }
        EvidenceOf::FollowUp { facility, visit_date, item } => {
            let row = facts.follow_ups.iter().find(|row| {
                row.visit_date == *visit_date
                    && plain_words(&row.item) == plain_words(item)
                    && name_key(&facts.facilities[row.facility as usize].name) == name_key(facility)
            });
            let row = row.ok_or(no_follow_up)?;
            let facility = facts.facilities[row.facility as usize].name.clone();
            Ok(EvidenceOf::FollowUp { facility, visit_date: *visit_date, item: row.item.clone() })
        }
        EvidenceOf::CoachingItem { coached, number } => {
            let items = CoachingItems::new(&facts.written, 0, *coached);
            let known = items.of_day(*coached).find(|item| number_key(&item.number) == number_key(number));
            let number = known.map(|item| number_key(&item.number)).ok_or(EvidenceError::NoSuchThing(
                "butir pembinaan TPCB itu tidak ada; pilih dari halaman Pembinaan TPCB, lalu lampirkan buktinya",
            ))?;
            Ok(EvidenceOf::CoachingItem { coached: *coached, number })
        }
        EvidenceOf::PlanSession { planned, document } => {
            let rows = facts.written.plan_sessions.iter().map(|owned| &owned.row);
            let mut own = rows.filter(|row| row.planned == *planned);
            let known = own.find(|row| plain_words(&row.document) == plain_words(document));
            let document = known.map(|row| row.document.clone()).ok_or(EvidenceError::NoSuchThing(
                "pendampingan itu tidak ada; pilih dari halaman RUK dan RPK, lalu lampirkan buktinya",
            ))?;
            Ok(EvidenceOf::PlanSession { planned: *planned, document })
        }
        EvidenceOf::Meeting { month, .. } if !YEARS.contains(&month.year()) => {
            Err(EvidenceError::NoSuchThing("tahun lokmin itu tidak masuk akal; tulis tahun antara 2000 dan 2100"))
        }
        EvidenceOf::Element { year, .. } if !YEARS.contains(year) => {
            Err(EvidenceError::NoSuchThing("tahun itu tidak masuk akal; tulis tahun antara 2000 dan 2100"))
        }
        EvidenceOf::Meeting { .. } | EvidenceOf::Element { .. } => Ok(of.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_attached_at_once_is_bounded_in_bytes() {
        let large = usize::try_from(FILE_BYTES_MAX).unwrap();
        let file = |bytes: usize| Upload { name: "foto.jpg".to_owned(), bytes: vec![0; bytes] };
        let full = usize::try_from(UPLOAD_BYTES_MAX / FILE_BYTES_MAX).unwrap();
        let mut files = vec![file(large); full];
        assert!(check_bounds(&files).is_ok());
        files.push(file(1));
        assert!(matches!(check_bounds(&files), Err(EvidenceError::UploadTooLarge)));
        assert!(matches!(check_bounds(&[file(large + 1)]), Err(EvidenceError::FileTooLarge { .. })));
        assert!(matches!(check_bounds(&vec![file(1); FILES_AT_ONCE_MAX + 1]), Err(EvidenceError::TooManyFiles { .. })));
    }
}
