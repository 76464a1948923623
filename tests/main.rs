//! The one integration test binary; each module says what it shows.

// House rules: layers, licences, module docs, snapshots.
mod tidy;
