//! All papers of a period in one go: what was asked for and how far it is. Knows nobody who makes them.

use std::path::PathBuf;

use crate::app::papers::bulk::BulkRequest;
use crate::app::papers::reports::ReportRequest;

/// The present go and its progress, or the last one and its outcome.
#[derive(Clone, Debug)]
pub struct Bulk {
    /// Account that began it.
    pub account: String,
    /// The order that began it.
    pub order: BulkOrder,
    pub state: BulkState,
}

/// Papers that a go makes.
#[derive(Clone, Debug)]
pub enum BulkOrder {
    /// All papers of a period.
    Papers(BulkRequest),
    /// The bundle for accreditation of one Puskesmas.
    Accreditation(ReportRequest),
}

/// Where a go stands.
#[derive(Clone, Debug)]
pub enum BulkState {
    Running {
        /// The paper that ended last.
        now: String,
        /// Papers that ended, made or failed.
        done: usize,
        total: usize,
    },
    /// There is an archive.
    Done {
        path: PathBuf,
        made: usize,
        /// Those that could not be made.
        failed: Vec<String>,
    },
    /// There is none.
    Failed(String),
}
