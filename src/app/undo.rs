//! Taking an import back, and what that would change.

use super::App;
use super::difference::{FactChange, difference};
use super::preview::of;
use crate::store::{BatchId, StoreError};

/// What undoing changes.
#[derive(Clone, Debug)]
pub struct UndoPlan {
    /// File of the import.
    pub file_name: String,
    /// Facts that differ afterwards.
    pub changes: Vec<FactChange>,
}

/// Why an import cannot be taken back.
#[derive(Debug, thiserror::Error)]
pub enum UndoError {
    /// There is none of that number.
    #[error("impor dengan nomor itu tidak ada")]
    NoSuchImport,
    /// It was taken back before.
    #[error("impor itu sudah dibatalkan")]
    UndoneBefore,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// What undoing a batch would change, found out by doing it and taking that back. Blocking.
    pub fn undo_plan(&self, batch: BatchId) -> Result<UndoPlan, UndoError> {
        let summary = self.batch(batch)?.ok_or(UndoError::NoSuchImport)?;
        if summary.undone.is_some() {
            return Err(UndoError::UndoneBefore);
        }
        let whole = self.store().whole()?;
        let before = of(&whole, &summary.puskesmas)?;
        whole.undo(batch, self.who(), self.clock().now())?;
        let changes = difference(&before, &of(&whole, &summary.puskesmas)?);
        Ok(UndoPlan { file_name: summary.file_name, changes })
    }

    /// Takes a batch back; what it had covered counts again.
    pub fn undo(&self, batch: BatchId) -> Result<(), UndoError> {
        match self.store().undo(batch, self.who(), self.clock().now()) {
            Err(StoreError::NoSuchBatch(_)) => {
                let is_known = self.batch(batch)?.is_some();
                Err(if is_known { UndoError::UndoneBefore } else { UndoError::NoSuchImport })
            }
            other => Ok(other?),
        }
    }
}
