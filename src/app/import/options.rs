//! Files, options and progress of an import: plain data that every part of it takes.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, Utc};

use crate::domain::SheetBooks;
use crate::domain::access::Access;
use crate::store::By;
use crate::workbook::Opener;

/// A file to be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Its name; folders before it are not kept.
    pub name: String,
    /// Content of the whole file.
    pub bytes: Vec<u8>,
}

/// Wishes of somebody who imports files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportRequest<'r> {
    /// Owner of workbooks that name none.
    pub puskesmas: Option<&'r str>,
    /// True if rows that a former version of a recap had and the new one lacks are taken out.
    pub replace: bool,
    /// Reason for which personal data are kept; `None`: the folder's setting holds.
    pub keeps_because: Option<&'r str>,
}

/// Owner, account, time and limits of one call of the import.
#[derive(Clone, Debug)]
pub struct ImportOptions {
    /// Owner of workbooks that name none.
    pub puskesmas: Option<String>,
    /// The same where there is no Puskesmas yet and no title names one: what the first page was told.
    pub expected: Option<String>,
    /// True if rows that a former version of a recap had and the new one lacks are taken out.
    pub replace: bool,
    /// The one who imports.
    pub access: Arc<Access>,
    /// Moment of acceptance, the same for all files of the call.
    pub at: DateTime<Utc>,
    /// Opens workbooks, within bounds.
    pub opener: Opener,
    /// Turned on by whoever wants it to end: no further file is begun, those stored stay. What was not begun says so in
    /// its receipt, and the same call again makes up for it.
    pub stop: Arc<AtomicBool>,
    /// Checklists by which filled ones are read.
    pub books: SheetBooks,
    /// Decisions about personal data in the files.
    pub personal: PersonalChoice,
}

impl ImportOptions {
    /// Account, moment and origin of the call.
    pub(in crate::app) fn by(&self) -> By<'_> {
        By { who: self.access.account(), at: self.at, origin: self.access.origin() }
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }
}

/// Decisions about personal data in the files of a call. What nobody decided about is cleared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonalChoice {
    /// Reason for which they are kept in every file; `None`: they are cleared.
    pub keeps_because: Option<String>,
    /// The same of single files, by their place in the call.
    pub kept: BTreeMap<usize, String>,
}

impl PersonalChoice {
    /// Reason for which the file at a place keeps them.
    pub(super) fn keeps(&self, place: usize) -> Option<&str> {
        self.kept.get(&place).or(self.keeps_because.as_ref()).map(String::as_str)
    }
}

/// Progress of an import: each step counts files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImportProgress<'a> {
    /// Step that is under way.
    pub step: ImportStep,
    /// Files done in this step.
    pub done: usize,
    /// Number of files that the step has in all.
    pub total: usize,
    /// The file at hand.
    pub file: &'a str,
}

/// Steps of an import, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportStep {
    /// Workbooks are opened and parsed.
    Opening,
    /// Storing what was read.
    Storing,
}

/// Said of a file that was not begun.
pub(super) const STOPPED: &str = "impor dihentikan sebelum berkas ini; impor lagi untuk melanjutkan";

/// The name of a file without folders, whichever system wrote the path.
pub(in crate::app) fn base_name(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}
