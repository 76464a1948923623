//! A snapshot that no test names any more is a lie kept on file.

use std::fs;

use super::{files, relative};

#[test]
fn every_snapshot_belongs_to_a_test() {
    let sources: Vec<String> = ["src", "tests"]
        .into_iter()
        .flat_map(|folder| files(folder, &["rs"]))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let stale: Vec<String> = ["src", "tests"]
        .into_iter()
        .flat_map(|folder| files(folder, &["snap"]))
        .filter(|path| {
            let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
            let last = stem.rsplit("__").next().unwrap().to_owned();
            let test = last.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('-').to_owned();
            let named = |text: &String| text.contains(&format!("\"{last}\"")) || text.contains(&format!("fn {test}("));
            !sources.iter().any(named)
        })
        .map(|path| relative(&path))
        .collect();
    assert!(stale.is_empty(), "no test names these snapshots: {stale:#?}");
}
