//! Every library that is shipped, on either system, has its licence in `release/notices.txt`, of the version at hand.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

const TARGETS: [&str; 2] = ["x86_64-unknown-linux-gnu", "x86_64-pc-windows-gnu"];

/// Names and versions of the libraries in the program on this system.
fn shipped(target: &str) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--edges", "normal", "--prefix", "none", "--format", "{p}", "--target", target])
        .current_dir(super::root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let words = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    // `serde v1.0.229 (proc-macro)`; the first line is Simpul itself.
    let names = words.skip(1).filter(|words| words.len() > 1);
    let found: BTreeSet<String> =
        names.map(|words| format!("{} {}", words[0], words[1].trim_start_matches('v'))).collect();
    assert!(found.len() > 50, "the list of libraries is not plausible");
    found
}

#[test]
fn every_shipped_library_has_its_licence() {
    let shipped: BTreeSet<String> = TARGETS.into_iter().flat_map(shipped).collect();
    let notices = fs::read_to_string(super::root().join("release/notices.txt")).unwrap();
    let named: BTreeSet<String> =
        notices.lines().filter_map(|line| line.strip_prefix("- ")).map(str::to_owned).collect();
    let missing: Vec<_> = shipped.difference(&named).collect();
    assert!(missing.is_empty(), "without a licence: {missing:?}; `bash release/notices.sh` writes it anew");
    // Bullets of the texts themselves have more words.
    let gone: Vec<_> = named.difference(&shipped).filter(|name| is_library(name)).collect();
    assert!(gone.is_empty(), "no longer shipped: {gone:?}; `bash release/notices.sh` writes it anew");
}

/// Reports whether a line names a library: one word and a version.
fn is_library(name: &str) -> bool {
    name.split_once(' ').is_some_and(|(_, version)| {
        !version.contains(' ') && version.starts_with(|sign: char| sign.is_ascii_digit()) && version.contains('.')
    })
}
