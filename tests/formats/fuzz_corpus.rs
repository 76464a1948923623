//! The kept corpus of the fuzz targets, replayed through the very functions that the fuzzer calls.

use std::fs;

use simpul::{diagnostic, domain, marked, recap, workbook};

#[path = "../../fuzz/src/targets.rs"]
mod targets;

/// Every file kept for a target.
fn replay(target: &str, run: fn(&[u8])) {
    let folder = super::in_tests("../fuzz/corpus").join(target);
    let mut files = 0;
    for file in fs::read_dir(folder).unwrap() {
        run(&fs::read(file.unwrap().path()).unwrap());
        files += 1;
    }
    assert!(files > 0, "no corpus is kept for {target}");
}

#[test]
fn the_kept_corpus_holds() {
    replay("grid", targets::grid);
    replay("marked", targets::marked);
    replay("recognise", targets::recognise_lines);
}
