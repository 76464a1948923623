//! What the program says of itself: help, version, completions, manual pages, and where each setting comes from.

use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::support::{Run, Simpul, finish};

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

fn shown(simpul: &Simpul, variables: &[(&str, &str)], flags: &[&str]) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_simpul"));
    command.env("SIMPUL_DATA", simpul.data()).envs(variables.iter().copied());
    let run = finish(command.args(["config", "show", "--format", "json"]).args(flags));
    assert_eq!(run.status, 0, "{}", run.stderr);
    serde_json::from_str(&run.stdout).unwrap()
}

fn setting<'a>(shown: &'a Value, key: &str) -> (&'a str, &'a str) {
    let found = shown["settings"].as_array().unwrap().iter().find(|setting| setting["key"] == key).unwrap();
    (found["value"].as_str().unwrap_or("–"), found["place"].as_str().unwrap())
}

#[test]
fn each_setting_is_shown_with_its_place() {
    let simpul = Simpul::new();
    let secret = simpul.data().join("rahasia");
    fs::create_dir(&secret).unwrap();
    fs::write(secret.join("simpul-key.pem"), "-----BEGIN RAHASIA-----").unwrap();
    let text = "listen = \"0.0.0.0:1\"\nnames = [\"a.example\"]\ncertificate = \"rahasia/simpul.pem\"\n\
                key = \"rahasia/simpul-key.pem\"\nlog-files = 7\n";
    fs::write(simpul.data().join("simpul.toml"), text).unwrap();
    let variables = [("SIMPUL_LISTEN", "0.0.0.0:2"), ("SIMPUL_LOG_LEVEL", "warn"), ("SIMPUL_LISTN", "x")];
    let told = shown(&simpul, &variables, &["--listen", "0.0.0.0:3"]);
    assert_eq!(setting(&told, "listen"), ("0.0.0.0:3", "--listen"));
    assert_eq!(setting(&told, "log-level"), ("warn", "SIMPUL_LOG_LEVEL"));
    assert_eq!(setting(&told, "log-files"), ("7", "simpul.toml"));
    assert_eq!(setting(&told, "key"), ("rahasia/simpul-key.pem", "simpul.toml"));
    assert_eq!(setting(&told, "log-format"), ("text", "bawaan"));
    assert_eq!(setting(&told, "proxy"), ("–", "bawaan"));
    assert_eq!(told["data"]["source"], "SIMPUL_DATA");
    assert_eq!(told["unknown_variables"], serde_json::json!(["SIMPUL_LISTN"]));
    assert!(!told.to_string().contains("RAHASIA"), "{told}");
    assert_eq!(setting(&shown(&simpul, &variables, &[]), "listen"), ("0.0.0.0:2", "SIMPUL_LISTEN"));
    assert_eq!(setting(&shown(&simpul, &[], &[]), "listen"), ("0.0.0.0:1", "simpul.toml"));
    assert!(!simpul.data().join("simpul.db").exists(), "looking makes no database");

    let run = simpul.run(["config", "show"].iter());
    assert!(run.stdout.contains("listen       0.0.0.0:1") && run.stdout.contains("simpul.toml"), "{}", run.stdout);
    let mut wrong = Command::new(env!("CARGO_BIN_EXE_simpul"));
    let run = finish(wrong.env("SIMPUL_DATA", simpul.data()).env("SIMPUL_LISTEN", "8080").args(["config", "show"]));
    assert!(run.status == 1 && run.stderr.contains("SIMPUL_LISTEN: `8080` bukan alamat"), "{}", run.stderr);
}

#[test]
fn the_data_folder_may_stand_in_the_environment() {
    let simpul = Simpul::new();
    let mut command = Command::new(env!("CARGO_BIN_EXE_simpul"));
    let run = finish(command.env("SIMPUL_DATA", simpul.data()).args(["alias", "list"]));
    assert!(!run.stderr.contains("folder data belum disebut"), "{}", run.stderr);
    let home = tempfile::tempdir().unwrap();
    let own = if cfg!(windows) { "LOCALAPPDATA" } else { "XDG_DATA_HOME" };
    let mut unnamed = Command::new(env!("CARGO_BIN_EXE_simpul"));
    let run = finish(unnamed.env(own, home.path()).args(["config", "show"]));
    assert!(run.stdout.contains(&*home.path().to_string_lossy()), "{} {}", run.stdout, run.stderr);
}
