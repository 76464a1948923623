//! The marked copy of a file: the very original with its issues; where its bytes cannot be edited a copy of its cells as
//! xlsx; where that cannot be made either a list of them, which says why.

use super::BatchService;
use crate::app::import::receipt::{FileReceipt, IssueReceipt};
use crate::app::import::{Upload, base_name, clear};
use crate::diagnostic::{Issue, IssueCode};
use crate::domain::format;
use crate::marked::{MarkError, Notes, ending, list_workbook, mark, mark_cells};
use crate::store::{BatchSummary, StoreError};
use chrono::Timelike;

/// Source that a marked copy is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyKind {
    /// The imported file itself, edited.
    File,
    /// Its cells, as xlsx.
    Cells,
    /// The issues alone, as xlsx.
    List,
}

impl CopyKind {
    /// Word that the name of the copy says it with.
    fn word(self) -> &'static str {
        match self {
            Self::File | Self::Cells => "bertanda",
            Self::List => "catatan",
        }
    }
}

/// A file to be handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handed {
    /// Name under which it is saved.
    pub name: String,
    /// Content of the whole file.
    pub bytes: Vec<u8>,
}

/// Copy of an imported file with its wrong cells marked, or a list of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedCopy {
    /// The copy under a name of its own: `rekap-bertanda.xlsx`.
    pub file: Handed,
    /// Ending put behind the name of the file itself where the copy lies beside it: `.bertanda.xlsx`.
    pub ending: String,
    /// Source that it is made of.
    pub kind: CopyKind,
}

impl MarkedCopy {
    fn from_file_name(file_name: &str, kind: CopyKind, format: &str, bytes: Vec<u8>) -> Self {
        let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
        let word = kind.word();
        let file = Handed { name: format!("{stem}-{word}.{format}"), bytes };
        Self { file, ending: format!(".{word}.{format}"), kind }
    }
}

/// Reason for which no marked copy can be made. The display is the message for the user.
#[derive(Debug, thiserror::Error)]
pub enum MarkingError {
    /// The copy cannot be made.
    #[error(transparent)]
    Mark(#[from] MarkError),
    /// Failure of the database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl BatchService<'_> {
    /// The marked copy of a batch's file. Blocking.
    pub fn marked_copy(self, batch: &BatchSummary) -> Result<MarkedCopy, MarkingError> {
        let (name, bytes) = self.app.store().original(batch.batch)?;
        let issues = self.app.store().issues(batch.batch)?;
        let local = batch.at.with_timezone(&chrono::Local).naive_local();
        let moment = format!("{} {:02}.{:02}", format::date(local.date()), local.hour(), local.minute());
        let notes = Notes { file_name: name.clone(), imported: format!("{moment}, oleh {}", batch.who) };
        Ok(self.copy(&name, &bytes, &issues, &notes)?)
    }

    /// The marked copy of a file of which nothing was accepted, so that no batch holds it. `None` where no issue
    /// names a cell.
    pub fn marked_refused(self, file: &Upload, issues: &[IssueReceipt]) -> Result<Option<MarkedCopy>, MarkError> {
        let issues: Vec<Issue> = issues.iter().filter_map(IssueReceipt::to_issue).collect();
        if issues.iter().all(|issue| issue.cell.is_empty()) {
            return Ok(None);
        }
        let today = format::date(self.app.clock().today());
        let is_told = issues.iter().any(|issue| issue.code == IssueCode::PersonalData);
        let is_kept = || matches!(self.app.personal().keeps_because(), Ok(Some(_)));
        let cleared = if is_told && !is_kept() { clear(self.app.opener(), file) } else { None };
        let name = cleared.as_ref().map_or_else(|| base_name(&file.name), |cleared| &cleared.name);
        let bytes = cleared.as_ref().map_or(&file.bytes, |cleared| &cleared.bytes);
        let notes = Notes { file_name: name.to_owned(), imported: format!("belum; ditolak pada {today}") };
        self.copy(name, bytes, &issues, &notes).map(Some)
    }

    /// The copy of a file of the watched folder without the personal data in it; `None` where it has none, or where they
    /// are kept for a reason. Blocking.
    pub fn cleared_copy(self, file: &Upload, said: &FileReceipt) -> Result<Option<Handed>, StoreError> {
        let is_told = said.issues.iter().any(|issue| issue.code == IssueCode::PersonalData.code());
        if !is_told {
            return Ok(None);
        }
        if let Some(batch) = said.batch {
            let (name, bytes) = self.app.store().original(batch)?;
            // Where no copy could be made it ends as it came.
            return Ok((bytes != file.bytes && !bytes.is_empty()).then_some(Handed { name, bytes }));
        }
        let is_kept = self.app.personal().keeps_because()?.is_some();
        Ok(if is_kept { None } else { clear(self.app.opener(), file).filter(|cleared| !cleared.bytes.is_empty()) })
    }

    /// The nearest to the file itself that can be marked.
    fn copy(self, name: &str, bytes: &[u8], issues: &[Issue], notes: &Notes) -> Result<MarkedCopy, MarkError> {
        if let Ok(marked) = mark(bytes, issues, notes) {
            return Ok(MarkedCopy::from_file_name(name, CopyKind::File, ending(name), marked));
        }
        let copied = match self.app.opener().read(name, bytes) {
            Ok(book) => mark_cells(&book, issues, notes).map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        match copied {
            Ok(copied) => Ok(MarkedCopy::from_file_name(name, CopyKind::Cells, "xlsx", copied)),
            Err(why) => {
                Ok(MarkedCopy::from_file_name(name, CopyKind::List, "xlsx", list_workbook(issues, notes, &why)?))
            }
        }
    }
}
