//! Facts, batches and runs in SQLite: the only module with SQL. Everything is synchronous; one writer, a few
//! readers, and any number of other processes on the same file. Knows nothing of workbooks' layout, of
//! evaluation or of pages.

mod batch;
mod connection;
mod schema;
mod stub;

pub use batch::{
    Accepted, BatchId, BatchSummary, GoneRow, Held, JobRun, Known, LaterVersion, NewBatch, RecapSummary, Scope,
    Sources, TracedField,
};
pub use connection::{Store, StoreError};
