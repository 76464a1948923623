//! Accepted files: their marked copies, the rows around a cell, and taking one back.

pub mod around;
pub mod marking;
pub mod undo;

use super::App;
use crate::diagnostic::Issue;
use crate::store::{BatchId, BatchSummary, Scope, StoreError, TableFacts};

/// Accepted files of a data folder.
#[derive(Clone, Copy, Debug)]
pub struct BatchService<'a> {
    app: &'a App,
}

impl<'a> BatchService<'a> {
    /// The service of an app's data folder.
    pub(super) fn new(app: &'a App) -> Self {
        Self { app }
    }
}

impl BatchService<'_> {
    /// Returns the batches of a scope, the latest first; undone ones too.
    pub fn history(self, scope: &Scope) -> Result<Vec<BatchSummary>, StoreError> {
        self.app.store().history(scope)
    }

    /// Returns the batch of a number, if there is one.
    pub fn batch(self, batch: BatchId) -> Result<Option<BatchSummary>, StoreError> {
        self.app.store().batch(batch)
    }

    /// Returns the name and the bytes of a batch's file as it came; an error where there is no such batch.
    pub fn original(self, batch: BatchId) -> Result<(String, Vec<u8>), StoreError> {
        self.app.store().original(batch)
    }

    /// Returns the names of the Puskesmas under which a file of this hash (SHA-256) is live.
    pub fn holders(self, sha256: &str) -> Result<Vec<String>, StoreError> {
        self.app.store().holders(sha256)
    }

    /// Returns the issues of a batch, in their order.
    pub fn issues(self, batch: BatchId) -> Result<Vec<Issue>, StoreError> {
        self.app.store().issues(batch)
    }

    /// Counts what was stored of each table of a batch.
    pub fn facts_of(self, batch: BatchId) -> Result<Vec<TableFacts>, StoreError> {
        self.app.store().facts_of(batch)
    }
}
