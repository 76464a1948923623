//! Every block of the README and of `docs` runs: commands on a fresh folder, definition files through `check`.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::support::finish;
use crate::tidy::{files, root};

struct Block {
    language: String,
    /// What follows the language on the fence: the file's name.
    name: String,
    text: String,
}

fn blocks() -> Vec<Block> {
    let mut papers = vec![root().join("README.md")];
    papers.extend(files("docs", &["md"]));
    papers.iter().flat_map(|paper| blocks_of(&fs::read_to_string(paper).unwrap())).collect()
}

fn blocks_of(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for line in text.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(fence), None) => {
                let (language, name) = fence.split_once(' ').unwrap_or((fence, ""));
                open = Some(Block { language: language.to_owned(), name: name.to_owned(), text: String::new() });
            }
            (None, Some(block)) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a fence is not closed");
    blocks
}

/// A folder with the sample data, as a reader's checkout has it.
fn checkout() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let samples = folder.path().join("sample-data");
    fs::create_dir(&samples).unwrap();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, samples.join(path.file_name().unwrap())).unwrap();
    }
    folder
}

/// A child that does not outlive its test.
struct Kept(Child);

impl Drop for Kept {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// `cargo run --release` is the binary without arguments (`default-run`).
fn start_without_arguments(folder: &Path) {
    let child = Command::new(env!("CARGO_BIN_EXE_simpul"))
        .current_dir(folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut child = Kept(child);
    let mut line = String::new();
    BufReader::new(child.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.contains("http://127.0.0.1:8080"), "{line}");
    let mut stream = TcpStream::connect("127.0.0.1:8080").unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{}", answer.lines().next().unwrap_or(""));
    assert!(answer.contains("ABCDE"), "the demonstration shows its Puskesmas");
    assert!(folder.join("simpul-peragaan").is_dir());
}

#[test]
fn every_command_of_the_readme_runs() {
    let folder = checkout();
    let mut ran = 0;
    for block in blocks().into_iter().filter(|block| block.language == "console") {
        for command in block.text.lines().map(|line| line.strip_prefix("$ ").expect("a command starts with `$ `")) {
            ran += 1;
            match command {
                "cargo run --release" => start_without_arguments(folder.path()),
                "bash tests/run.sh" => {
                    let ci = Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/run");
                    assert!(fs::read_to_string(ci).unwrap().contains("tests/run.sh"), ".ci/run runs the test command");
                }
                _ => {
                    let words: Vec<&str> = command.split_whitespace().collect();
                    assert_eq!(words[0], "simpul", "`{command}` is not known to this test");
                    let mut simpul = Command::new(env!("CARGO_BIN_EXE_simpul"));
                    let run = finish(simpul.args(&words[1..]).current_dir(folder.path()));
                    assert_eq!(run.status, 0, "`{command}`: {}", run.stderr);
                }
            }
        }
    }
    assert!(ran >= 6, "the README shows its commands");
}

#[test]
fn every_definition_of_the_readme_is_right() {
    let folder = tempfile::tempdir().unwrap();
    let definitions: Vec<Block> = blocks().into_iter().filter(|block| block.language == "toml").collect();
    assert!(definitions.len() >= 2, "the README shows a dashboard and a job");
    for block in &definitions {
        let path = folder.path().join(&block.name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &block.text).unwrap();
    }
    let mut check = Command::new(env!("CARGO_BIN_EXE_simpul"));
    let run = finish(check.arg("--data").arg(folder.path()).arg("check"));
    assert_eq!(run.status, 0, "{}", run.stdout);
}

#[test]
fn every_block_of_the_readme_is_of_a_known_kind() {
    for block in blocks() {
        let known = ["console", "toml", "caddyfile", "nginx", "yaml"];
        assert!(known.contains(&block.language.as_str()), "a block of `{}` is not run", block.language);
    }
}

#[test]
fn every_setting_of_prometheus_in_the_papers_is_one_that_it_takes() {
    let folder = tempfile::tempdir().unwrap();
    for (number, block) in blocks().into_iter().filter(|block| block.language == "yaml").enumerate() {
        let path = folder.path().join(format!("{number}.yml"));
        fs::write(&path, &block.text).unwrap();
        let run = finish(Command::new("promtool").args(["check", "config", "--syntax-only"]).arg(&path));
        assert_eq!(run.status, 0, "{} {}", run.stdout, run.stderr);
    }
}
