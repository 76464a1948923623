//! Readiness of a data folder to be worked with, and how much is in it. Names nobody, speaks no HTTP.

use super::{App, AppError};
use crate::disk;
use crate::store::{StoreError, StoreTallies};

/// Bytes below which nothing more should be taken in: an import of the largest file with its copies still fits.
pub const FREE_BYTES_MIN: u64 = 200 << 20;

/// Reason for which a data folder cannot be worked with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unready {
    /// The database cannot be read.
    Database,
    /// Another version of Simpul changed its schema.
    Schema,
    /// The disk is full, or nearly so.
    Disk,
}

impl App {
    /// Reasons for which the data folder cannot be worked with; none where it can.
    pub fn unready(&self) -> Vec<Unready> {
        let mut reasons = Vec::new();
        match self.store.check_schema() {
            Ok(()) => {}
            Err(StoreError::TooNew { .. } | StoreError::TooOld { .. }) => reasons.push(Unready::Schema),
            Err(_unreadable) => reasons.push(Unready::Database),
        }
        if self.free_bytes().is_some_and(|free| free < FREE_BYTES_MIN) {
            reasons.push(Unready::Disk);
        }
        reasons
    }

    /// Bytes that are free where the data folder lies; none where the system does not say.
    pub fn free_bytes(&self) -> Option<u64> {
        disk::available_bytes(self.data()).ok()
    }

    /// Counts over everything in the data folder.
    pub fn tallies(&self) -> Result<StoreTallies, AppError> {
        Ok(self.store.tallies()?)
    }
}
