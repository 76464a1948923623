//! The one integration test binary; each module says what it shows.

// Definition files: the shipped ones load, the wrong ones say where, what and what to do.
mod definitions;
// Workbooks into facts: any order of files, receipts, the same bytes again.
mod import;
// The log of accepted rows: several files, versions, undo, traces.
mod store;
// House rules: layers, licences, module docs, snapshots.
mod tidy;
// What several tests need.
mod support;
