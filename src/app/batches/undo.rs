//! Taking an import back, and what that would change.

use super::BatchService;
use crate::app::difference::{FactChange, Fate, difference, ledger};
use crate::app::intake::preview::ledger_of;
use crate::domain::Table;
use crate::store::{BatchId, BatchSummary, StoreError};

/// Changes that undoing a batch brings.
#[derive(Clone, Debug)]
pub struct UndoPlan {
    /// Batch that is to be undone.
    pub batch: BatchSummary,
    /// Facts that differ afterwards, but for those below.
    pub changes: Vec<FactChange>,
    /// Facts of other files that count no more, as only this file's registers name what they are about. They stay in
    /// the log, and count again as soon as another register does.
    pub hidden: Vec<FactChange>,
}

/// Reason for which an import cannot be taken back. The display is the message for the user.
#[derive(Debug, thiserror::Error)]
pub enum UndoError {
    /// There is none of that number.
    #[error("impor dengan nomor itu tidak ada")]
    NoSuchImport,
    /// It was taken back before.
    #[error("impor itu sudah dibatalkan")]
    UndoneBefore,
    /// Failure of the database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl BatchService<'_> {
    /// Returns what undoing a batch would change, found out by doing it aside: nothing changes, and nobody waits.
    /// Blocking.
    pub fn undo_plan(self, batch: BatchId) -> Result<UndoPlan, UndoError> {
        let summary = self.batch(batch)?.ok_or(UndoError::NoSuchImport)?;
        if summary.undone.is_some() {
            return Err(UndoError::UndoneBefore);
        }
        let aside = self.app.store().aside()?;
        aside.set_apart(std::slice::from_ref(&summary.puskesmas))?;
        let before = ledger_of(&aside, &summary.puskesmas)?;
        let of_others = ledger(&aside.facts_on_registers_of(&summary.puskesmas, batch)?);
        aside.undo(batch, self.app.by())?;
        let changes = difference(&before, &ledger_of(&aside, &summary.puskesmas)?);
        let is_hidden = |change: &FactChange| {
            let is_register = matches!(change.id.table, Table::Facilities | Table::ServiceIndicators);
            change.fate == Fate::Gone && !is_register && of_others.contains_key(&change.id)
        };
        let (hidden, changes) = changes.into_iter().partition(is_hidden);
        Ok(UndoPlan { batch: summary, changes, hidden })
    }

    /// Takes a batch back; what it had covered counts again.
    pub fn undo(self, batch: BatchId) -> Result<(), UndoError> {
        match self.app.store().undo(batch, self.app.by()) {
            Err(StoreError::NoSuchBatch(_)) => {
                let is_known = self.batch(batch)?.is_some();
                Err(if is_known { UndoError::UndoneBefore } else { UndoError::NoSuchImport })
            }
            other => Ok(other?),
        }
    }
}
