//! The one integration test binary; each module says what it shows.

// House rules: layers, licences, module docs, snapshots.
/// Worked cases: what is rejected, cell by cell.
mod recap_cases;
mod tidy;
