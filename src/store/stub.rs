//! Signatures that are being filled in; goes away.

use chrono::{DateTime, Utc};

use super::{
    Accepted, BatchId, BatchSummary, Held, JobRun, Known, NewBatch, Scope, Sources, Store, StoreError, TracedField,
};
use crate::diagnostic::Issue;
use crate::domain::Facts;
use crate::domain::facts::FactKey;

impl Store {
    /// Changes whenever facts change, also by another process.
    pub fn version(&self) -> Result<u64, StoreError> {
        self.read(|_| Ok(0))
    }
    /// Names of all Puskesmas that have a live batch, ordered.
    pub fn puskesmas(&self) -> Result<Vec<String>, StoreError> {
        self.read(|_| Ok(Vec::new()))
    }
    /// What is known of a Puskesmas before a workbook is read.
    pub fn known(&self, _puskesmas: &str) -> Result<Known, StoreError> {
        self.read(|_| Ok(Known::default()))
    }
    /// Accepts one workbook in one transaction.
    pub fn accept(&self, _batch: &NewBatch<'_>) -> Result<Accepted, StoreError> {
        self.write(|_| Ok(Accepted { batch: 0, rows_added: 0, gone: Vec::new() }))
    }
    /// The live batch of these bytes, if there is one.
    pub fn held(&self, _puskesmas: &str, _sha256: &str) -> Result<Option<Held>, StoreError> {
        self.read(|_| Ok(None))
    }
    /// Takes a batch's rows out; what they had covered counts again.
    pub fn undo(&self, _batch: BatchId, _who: &str, _at: DateTime<Utc>) -> Result<(), StoreError> {
        self.write(|_| Ok(()))
    }
    /// Everything that counts, resolved.
    pub fn facts(&self, _scope: &Scope) -> Result<Facts, StoreError> {
        self.read(|_| Ok(Facts::default()))
    }
    /// The cells whose values count for a fact.
    pub fn trace(&self, _puskesmas: &str, _facility: &str, _key: &FactKey) -> Result<Vec<TracedField>, StoreError> {
        self.read(|_| Ok(Vec::new()))
    }
    /// Batches, the latest first.
    pub fn history(&self, _scope: &Scope) -> Result<Vec<BatchSummary>, StoreError> {
        self.read(|_| Ok(Vec::new()))
    }
    /// Issues of a batch, in the order of the receipt.
    pub fn issues(&self, _batch: BatchId) -> Result<Vec<Issue>, StoreError> {
        self.read(|_| Ok(Vec::new()))
    }
    /// File name and bytes of a batch's workbook.
    pub fn original(&self, _batch: BatchId) -> Result<(String, Vec<u8>), StoreError> {
        self.read(|_| Ok((String::new(), Vec::new())))
    }
    /// What the source line of a chart names, for one Puskesmas and year.
    pub fn sources(&self, _puskesmas: &str, _year: i32) -> Result<Sources, StoreError> {
        self.read(|_| Ok(Sources::default()))
    }
    /// Remembers that `written` means the facility `name` of the register.
    pub fn add_alias(
        &self,
        _puskesmas: &str,
        _written: &str,
        _name: &str,
        _who: &str,
        _at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.write(|_| Ok(()))
    }
    /// Writes a run into the ledger; one of the same job and due time is replaced.
    pub fn record_run(&self, _run: &JobRun) -> Result<(), StoreError> {
        self.write(|_| Ok(()))
    }
    /// The last run of a job.
    pub fn last_run(&self, _job: &str) -> Result<Option<JobRun>, StoreError> {
        self.read(|_| Ok(None))
    }
    /// Problems of the database file itself, in sentences; empty where it is sound.
    pub fn check(&self) -> Result<Vec<String>, StoreError> {
        self.read(|_| Ok(Vec::new()))
    }
}
