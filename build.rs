//! Tells the program the commit that it is built from: `SIMPUL_COMMIT` of the environment, or in a release build what git
//! says. Without either, in a source archive say, it is built all the same and names no commit.

use std::process::Command;

/// Letters of a commit that the program keeps.
const COMMIT_LETTERS: usize = 12;

#[expect(clippy::disallowed_methods, reason = "a build is told by its environment")]
fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=SIMPUL_COMMIT");
    let told = std::env::var("SIMPUL_COMMIT").ok();
    // Asking git makes every commit a reason to compile anew: worth it for what is handed out alone.
    let is_release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let asked = || if is_release { commit_of_git() } else { None };
    let commit = told.filter(|commit| !commit.trim().is_empty()).or_else(asked);
    let commit = commit.and_then(|commit| shortened(&commit));
    let version = std::env::var("CARGO_PKG_VERSION").unwrap_or_default();
    let line = commit.as_ref().map(|commit| format!("{version} (commit {commit})")).unwrap_or(version);
    println!("cargo:rustc-env=SIMPUL_BUILT_VERSION={line}");
    println!("cargo:rustc-env=SIMPUL_BUILT_COMMIT={}", commit.unwrap_or_default());
}

fn shortened(commit: &str) -> Option<String> {
    let commit = commit.trim().to_ascii_lowercase();
    let is_commit = commit.len() >= COMMIT_LETTERS && commit.bytes().all(|letter| letter.is_ascii_hexdigit());
    if !is_commit {
        println!("cargo:warning=SIMPUL_COMMIT is no commit and is left out: {commit}");
    }
    is_commit.then(|| commit[..COMMIT_LETTERS].to_owned())
}

/// The commit of this very folder; none where it is no checkout of its own, or git is missing.
fn commit_of_git() -> Option<String> {
    let ask = |arguments: &[&str]| {
        let output = Command::new("git").args(arguments).output().ok().filter(|output| output.status.success())?;
        Some(String::from_utf8(output.stdout).ok()?.trim().to_owned())
    };
    // An archive unpacked inside of somebody else's checkout has not that one's commit.
    ask(&["rev-parse", "--show-prefix"]).filter(String::is_empty)?;
    if let Some(log) = ask(&["rev-parse", "--git-path", "logs/HEAD"]) {
        println!("cargo:rerun-if-changed={log}");
    }
    ask(&["rev-parse", "HEAD"])
}
