//! Workbooks of every format: one grid written in each reads back the same; hostile bytes end in one
//! Indonesian sentence; the child process holds its limits.

pub mod biff8;
pub mod binary12;
mod calamine_lacks;
mod conversions;
mod fuzz_corpus;
mod hostile;
pub mod maker;
mod old_excel;
mod packages;
mod refusals;
pub mod roundtrip;
mod sandboxed;
mod uncomputed;

use std::path::{Path, PathBuf};

use simpul::workbook::{Limits, OpenError, Workbook, read};

/// Reads in this process, under the default limits.
pub fn read_here(name: &str, bytes: &[u8]) -> Result<Workbook, OpenError> {
    read(name, bytes, &Limits::default())
}

/// A file below `tests/`.
fn in_tests(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(path)
}

/// The message of an error, checked for what every message must be: one sentence that names the file and
/// says what to do, without the parser's or the language's own words.
fn sentence(name: &str, error: &OpenError) -> String {
    let text = error.to_string();
    assert!(text.starts_with(&format!("{name}: ")), "{text}");
    let ways_out = ["impor", "simpan", "pecah", "buka di Excel", "coba lagi"];
    assert!(ways_out.iter().any(|way| text.contains(way)), "{text}");
    for foreign in ["panic", "unwrap", "index out of", "thread '", "Error", "error", "invalid", "expected", "\n"] {
        assert!(!text.contains(foreign), "`{foreign}` in: {text}");
    }
    text
}
