//! `limits.toml`: what is written there holds in every verb, the message names it, and `check` names its mistakes.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{Run, Simpul};

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(name)
}

fn with_limits(text: &str) -> Simpul {
    let simpul = Simpul::new();
    fs::write(simpul.data().join("limits.toml"), text).unwrap();
    simpul
}

fn import(simpul: &Simpul) -> Run {
    simpul.run(["import".into(), sample("rekap-2023-05.xlsx"), sample("01-identifikasi.xlsx")])
}

#[test]
fn a_lowered_limit_is_hit_and_named() {
    for (text, told) in [
        ("cells = 100", "berisi lebih dari 100 sel (batas `cells`, dapat diubah petugas TI di limits.toml)"),
        ("sheets = 1", "berisi lebih dari 1 lembar (batas `sheets`"),
        ("zip-entries = 10", "berisi lebih dari 10 bagian (batas `zip-entries`"),
        ("columns = 10\nseconds = 30", "kolom (batas `columns`"),
        ("rows = 10", "baris (batas `rows`"),
        ("merges = 1", "sel gabungan (batas `merges`"),
    ] {
        let simpul = with_limits(text);
        let run = import(&simpul);
        assert!(run.status != 0 && run.stdout.contains(told), "{text}: {}{}", run.stdout, run.stderr);
        let check = simpul.run(["check"]);
        assert_eq!(check.status, 0, "{}", check.stdout);
    }
}

#[test]
fn a_wrong_limit_is_named_and_the_built_in_one_holds() {
    let simpul = with_limits("cell = 100\nmemory-mb = 1\n");
    let check = simpul.run(["check"]);
    assert_eq!(check.status, 1);
    for told in ["limits.toml:1:1", "maksud Anda `cells`?", "limits.toml:2:", "`memory-mb` di luar batas"] {
        assert!(check.stdout.contains(told), "{told}: {}", check.stdout);
    }
    let run = import(&simpul);
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
}
