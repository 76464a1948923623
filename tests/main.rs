//! The one integration test binary; each module says what it shows.

// Definition files: the shipped ones load, the wrong ones say where, what and what to do.
mod definitions;
// Workbooks of every format, hostile ones included, and the child process that reads them.
mod formats;
// House rules: layers, licences, module docs, snapshots.
mod tidy;
