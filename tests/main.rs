//! The one integration test binary; each module says what it shows.

// The command-line contract through the built binary, and the worked cases.
mod cli;
// Definition files: the shipped ones load, the wrong ones say where, what and what to do.
mod definitions;
// The marked copy: equal to its original outside the marks, read back as the original.
mod marked;
// Every block of the README runs.
mod readme;
// The log of accepted rows: several files, versions, undo, traces.
mod store;
// The built binary on a folder of its own, and the worked cases.
mod support;
// House rules: layers, licences, module docs, snapshots.
mod tidy;
// Worked cases: what is rejected, cell by cell.
mod recap_cases;
