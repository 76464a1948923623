//! The marked copy of a file: the very original with its issues, or a list of them where the format cannot be marked.

use super::App;
use super::import::{Upload, base_name};
use super::receipt::IssueReceipt;
use crate::diagnostic::Issue;
use crate::domain::format;
use crate::marked::{MarkError, Notes, list_workbook, mark};
use crate::store::{BatchId, BatchSummary, StoreError};
use chrono::Timelike;

/// A file to be handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handed {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Why no marked copy can be made. The display is the message for the user.
#[derive(Debug, thiserror::Error)]
pub enum MarkingError {
    /// The file.
    #[error(transparent)]
    Mark(#[from] MarkError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// The marked copy of a batch's file. Blocking.
    pub fn marked_copy(&self, batch: &BatchSummary) -> Result<Handed, MarkingError> {
        let (name, bytes) = self.store().original(batch.batch)?;
        let issues = self.store().issues(batch.batch)?;
        let local = batch.at.with_timezone(&chrono::Local).naive_local();
        let moment = format!("{} {:02}.{:02}", format::date(local.date()), local.hour(), local.minute());
        let notes = Notes { file_name: name.clone(), imported: format!("{moment}, oleh {}", batch.who) };
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        match mark(&bytes, &issues, &notes) {
            Ok(bytes) => {
                let ending = name.rsplit_once('.').map_or("xlsx", |(_, ending)| ending);
                Ok(Handed { name: format!("{stem}-bertanda.{ending}"), bytes })
            }
            Err(MarkError::UnsupportedFormat) => {
                Ok(Handed { name: format!("{stem}-catatan.xlsx"), bytes: list_workbook(&issues, &notes)? })
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The marked copy of a file of which nothing was accepted, so that no batch holds it. `None` where no issue
    /// names a cell, or the format cannot be marked.
    pub fn marked_refused(&self, file: &Upload, issues: &[IssueReceipt]) -> Result<Option<Vec<u8>>, MarkError> {
        let issues: Vec<Issue> = issues.iter().filter_map(IssueReceipt::to_issue).collect();
        if issues.iter().all(|issue| issue.cell.is_empty()) {
            return Ok(None);
        }
        let today = format::date(self.clock().today());
        let notes =
            Notes { file_name: base_name(&file.name).to_owned(), imported: format!("belum; ditolak pada {today}") };
        match mark(&file.bytes, &issues, &notes) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(MarkError::UnsupportedFormat) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The batch of a number, if there is one.
    pub fn batch(&self, batch: BatchId) -> Result<Option<BatchSummary>, StoreError> {
        let history = self.store().history(&crate::store::Scope::All)?;
        Ok(history.into_iter().find(|known| known.batch == batch))
    }
}
