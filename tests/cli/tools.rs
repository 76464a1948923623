//! What the program says of itself: help, version, completions, manual pages.

use std::fs;
use std::process::Command;

use crate::support::{Run, finish};

fn bare(arguments: &[&str]) -> Run {
    finish(Command::new(env!("CARGO_BIN_EXE_simpul")).args(arguments))
}

#[test]
fn help_is_asked_for_in_three_ways() {
    let by_flag = bare(&["job", "run", "--help"]);
    let by_verb = bare(&["help", "job", "run"]);
    let by_word = bare(&["bantuan", "pekerjaan", "jalankan"]);
    assert_eq!((by_verb.status, &by_verb.stdout), (0, &by_flag.stdout), "{}", by_verb.stderr);
    assert_eq!(by_word.stdout, by_flag.stdout);
    assert!(bare(&["help"]).stdout.contains("(juga: `impor`)"));
    let wrong = bare(&["help", "imprt"]);
    assert!(wrong.status == 2 && wrong.stderr.contains("maksud Anda `import`?"), "{}", wrong.stderr);
}

#[test]
fn the_version_is_that_of_the_build() {
    let line = bare(&["--version"]).stdout;
    assert!(line.starts_with(concat!("simpul ", env!("CARGO_PKG_VERSION"))), "{line}");
}

#[test]
fn five_shells_are_told_the_verbs() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = bare(&["completions", shell]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        assert!(run.stdout.contains("evaluate") && run.stdout.contains("puskesmas"), "{shell}");
    }
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("simpul.bash");
    fs::write(&script, bare(&["completions", "bash"]).stdout).unwrap();
    let words =
        "source \"$0\"; COMP_WORDS=(simpul ev); COMP_CWORD=1; _simpul simpul ev simpul; echo \"${COMPREPLY[@]}\"";
    let run = finish(Command::new("bash").args(["-c", words]).arg(&script));
    assert_eq!(run.stdout.trim(), "evaluate", "{}", run.stderr);
}

#[test]
fn every_verb_has_a_manual_page() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("man");
    let run = bare(&["man", "--out", &out.display().to_string()]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let names: Vec<String> =
        fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(names.len() > 60, "{}", names.len());
    for name in ["simpul.1", "simpul-import.1", "simpul-alias-add.1"] {
        assert!(names.contains(&name.to_owned()), "{name}: {names:?}");
    }
    let page = fs::read_to_string(out.join("simpul-job-run.1")).unwrap();
    for heading in [".SH NAMA", ".SH RINGKASAN", ".SH KETERANGAN", ".SH PILIHAN"] {
        assert!(page.contains(heading), "{heading}: {page}");
    }
    assert!(page.contains("Jalankan satu pekerjaan sekarang"), "{page}");
    assert!(!page.contains(".SH NAME") && !page.contains(".SH OPTIONS"), "{page}");
}
