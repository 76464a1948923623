//! What every source file owes its reader.

use std::fs;

use super::{files, relative};

/// More lines than this and a reader loses the way.
const FILE_LINES_MAX: usize = 600;

fn all_sources() -> Vec<std::path::PathBuf> {
    ["src", "tests", "benches"].into_iter().flat_map(|folder| files(folder, &["rs"])).collect()
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<String> = all_sources()
        .iter()
        .filter(|path| {
            let text = fs::read_to_string(path).unwrap();
            !(text.starts_with("//!") || text.starts_with("#![doc"))
        })
        .map(|path| relative(path))
        .collect();
    assert!(silent.is_empty(), "these files do not start with `//!`: {silent:?}");
}

#[test]
fn no_file_is_longer_than_a_reader_can_hold() {
    let long: Vec<String> = all_sources()
        .iter()
        .map(|path| (relative(path), fs::read_to_string(path).unwrap().lines().count()))
        .filter(|(_, lines)| *lines > FILE_LINES_MAX)
        .map(|(name, lines)| format!("{name}: {lines} lines"))
        .collect();
    assert!(long.is_empty(), "longer than {FILE_LINES_MAX} lines: {long:#?}");
}

#[test]
fn nothing_is_left_undone() {
    let marks = [concat!("FIX", "ME"), concat!("XX", "X:"), concat!("unimpl", "emented!"), concat!("TEMP", "ORARY")];
    for path in all_sources() {
        let text = fs::read_to_string(&path).unwrap();
        for mark in marks {
            assert!(!text.contains(mark), "{}: {mark}", relative(&path));
        }
    }
}

/// Where a rule about clock and environment may be set aside, and nowhere else: a debugging aid that was left behind in
/// the PDF writer once wrote papers to wherever a variable of the environment pointed.
#[test]
fn clock_and_environment_are_read_where_they_may_be() {
    let readers: [(&str, &[&str]); 5] = [
        ("clippy::disallowed_methods", &["src/clock.rs"]),
        ("clippy::disallowed_types", &[]),
        ("env::var(", &[]),
        ("env::vars", &["src/cli/environment.rs"]),
        // Windows starts no program without `SystemRoot`; glibc reads the number of heaps from nowhere else.
        ("env::var_os(", &["src/cli/environment.rs", "src/cli/heap.rs", "src/workbook/sandbox/hold.rs"]),
    ];
    for path in files("src", &["rs"]) {
        let name = relative(&path);
        let text = fs::read_to_string(&path).unwrap();
        for (what, places) in readers {
            assert!(places.contains(&name.as_str()) || !text.contains(what), "{name}: {what}");
        }
    }
}

#[test]
fn every_bench_and_test_module_is_wired() {
    let cargo = fs::read_to_string(super::root().join("Cargo.toml")).unwrap();
    for path in files("benches", &["rs"]) {
        let name = relative(&path);
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        let wired = name.matches('/').count() > 1 || cargo.contains(&format!("name = \"{stem}\""));
        assert!(wired, "{name} is no [[bench]] of Cargo.toml");
    }
    let main = fs::read_to_string(super::root().join("tests/main.rs")).unwrap();
    for path in files("tests", &["rs"]) {
        let name = relative(&path);
        let below = name.strip_prefix("tests/").unwrap();
        let module = below.split('/').next().unwrap().trim_end_matches(".rs");
        let wired = module == "main" || main.contains(&format!("mod {module};"));
        assert!(wired, "{name}: `mod {module};` is missing in tests/main.rs");
    }
}

/// Paper is narrower than a laptop: rules for phones that did not say `screen` cut the last columns of printed tables.
#[test]
fn rules_for_narrow_windows_are_of_screens_alone() {
    for path in files("src/web/assets", &["css"]) {
        let text = fs::read_to_string(&path).unwrap();
        for line in text.lines().filter(|line| line.contains("(max-width") || line.contains("(min-width")) {
            assert!(
                !line.starts_with("@media") || line.starts_with("@media screen and"),
                "{}: {line}",
                relative(&path)
            );
        }
    }
}
