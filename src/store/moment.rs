//! A moment of the log: the batches and evidence files that counted then. Plain data: knows no SQL.

use std::collections::{BTreeMap, BTreeSet};

use super::{BatchId, EvidenceId};

/// Batches and evidence files that counted at a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    batches: BTreeSet<BatchId>,
    /// Bytes of each file: its content may have been erased since.
    files: BTreeMap<EvidenceId, u64>,
}

impl Moment {
    /// Adds a batch that counted.
    pub(super) fn add_batch(&mut self, batch: BatchId) {
        self.batches.insert(batch);
    }

    /// Adds an evidence file that counted, with its bytes.
    pub(super) fn add_file(&mut self, file: EvidenceId, bytes: u64) {
        self.files.insert(file, bytes);
    }

    /// Reports whether a batch counted.
    pub(super) fn has_batch(&self, batch: BatchId) -> bool {
        self.batches.contains(&batch)
    }

    /// Bytes of an evidence file that counted; `None` for one that did not.
    pub(super) fn size_of_file(&self, file: EvidenceId) -> Option<u64> {
        self.files.get(&file).copied()
    }
}
