//! All papers of a period in one go: what was asked for and how far it is. Knows nobody who makes them.

use std::path::PathBuf;

use crate::app::bulk::BulkRequest;
use crate::app::reports::ReportRequest;

/// How far the present go is, or what became of the last one.
#[derive(Clone, Debug)]
pub struct Bulk {
    /// What was asked for.
    pub order: Order,
    /// Where it stands.
    pub state: BulkState,
}

/// What a go makes.
#[derive(Clone, Debug)]
pub enum Order {
    /// All papers of a period.
    Papers(BulkRequest),
    /// The bundle for accreditation of one Puskesmas.
    Accreditation(ReportRequest),
}

/// Where a go stands.
#[derive(Clone, Debug)]
pub enum BulkState {
    /// Under way.
    Running {
        /// What ended last.
        now: String,
        /// Papers that ended.
        done: usize,
        /// Papers in all.
        total: usize,
    },
    /// There is an archive.
    Done {
        /// Where it is.
        path: PathBuf,
        /// Papers in it.
        made: usize,
        /// Those that could not be made.
        failed: Vec<String>,
    },
    /// There is none.
    Failed(String),
}
