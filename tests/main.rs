//! The one integration test binary; each module says what it shows.

// Definition files: the shipped ones load, the wrong ones say where, what and what to do.
mod definitions;
// The log of accepted rows: several files, versions, undo, traces.
mod store;
// House rules: layers, licences, module docs, snapshots.
/// Worked cases: what is rejected, cell by cell.
mod recap_cases;
mod tidy;
// Ready-made workbooks read back without one issue, empty and filled.
mod template;
