//! The built program on the console: its first words, the code for the first administrator, wrong settings, the log.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use simpul::definitions::{SourceFile, check};

use super::service::{exchange, head, make_administrator};
use crate::support::{Run, finish};

/// A started program that ends with the test.
struct Started {
    child: Child,
    out: BufReader<ChildStdout>,
    port: u16,
    words: String,
}

impl Drop for Started {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_simpul"));
    command.arg("--data").arg(folder).arg("serve");
    command
}

impl Started {
    /// Starts the program and reads its words up to a line that holds `last`.
    fn new(folder: &Path, arguments: &[&str], last: &str) -> Self {
        let log = fs::File::create(folder.join("catatan.log")).unwrap();
        let mut command = program(folder);
        let mut child = command.args(arguments).stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut words = String::new();
        while !words.contains(last) {
            assert!(out.read_line(&mut words).unwrap() > 0, "ended before {last}: {words}");
        }
        let first = words.lines().next().unwrap();
        let port = first.split(" (").next().unwrap().rsplit(':').next().unwrap().parse().unwrap();
        Self { child, out, port, words }
    }

    fn get(&self, path: &str) -> super::service::Reply {
        let mut stream = std::net::TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        exchange(&mut stream, &head("GET", path, &format!("127.0.0.1:{}", self.port), &[]))
    }

    /// Ends the program, and returns all of its words and its log.
    fn ended(mut self, folder: &Path) -> Ended {
        drop(self.child.kill());
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).unwrap();
        let words = format!("{}{rest}", self.words);
        Ended { words, log: fs::read_to_string(folder.join("catatan.log")).unwrap() }
    }
}

struct Ended {
    words: String,
    log: String,
}

fn refused(folder: &Path, arguments: &[&str]) -> Run {
    finish(program(folder).args(arguments))
}

/// The code that stands on the console: the line after the words about it.
fn code_in(words: &str) -> &str {
    let after = words.split_once("kode penyiapan ini").unwrap().1;
    after.lines().skip(1).map(str::trim).find(|line| !line.is_empty()).unwrap()
}

#[test]
fn without_accounts_the_console_shows_addresses_a_picture_for_phones_and_the_code_once() {
    let folder = tempfile::tempdir().unwrap();
    let started = Started::new(folder.path(), &["--listen", "0.0.0.0:0"], "kode yang baru");
    let reply = started.get("/faskes");
    assert_eq!(reply.status, 303);
    let ended = started.ended(folder.path());
    let words = &ended.words;
    assert!(words.starts_with("Simpul siap di http://") && words.contains("/mulai"), "{words}");
    assert!(words.matches('█').count() > 100, "no picture: {words}");
    assert!(words.contains("http://127.0.0.1:"), "{words}");
    assert!(words.contains("menyadap kata sandi"), "{words}");
    let code = code_in(words).to_owned();
    assert!(code.len() >= 12 && words.matches(&code).count() == 1, "{code}: {words}");
    assert!(!ended.log.contains(&code), "the code is logged");

    // The next start has a code of its own, and so far nothing was made.
    let again = Started::new(folder.path(), &["--listen", "0.0.0.0:0"], "kode yang baru").ended(folder.path());
    assert_ne!(code_in(&again.words), code);
}

#[test]
fn with_accounts_there_is_no_code_and_on_loopback_no_fuss() {
    let folder = tempfile::tempdir().unwrap();
    let started = Started::new(folder.path(), &["--listen", "127.0.0.1:0"], "Ctrl+C");
    assert_eq!(started.get("/faskes").status, 200);
    let ended = started.ended(folder.path());
    assert_eq!(ended.words.lines().count(), 1, "{}", ended.words);
    make_administrator(&super::service::empty_app(&folder));
    let ended = Started::new(folder.path(), &["--listen", "0.0.0.0:0"], "menyadap").ended(folder.path());
    assert!(!ended.words.contains("kode penyiapan") && !ended.words.contains("/mulai"), "{}", ended.words);
    assert!(ended.words.contains('█'), "{}", ended.words);
}

#[test]
fn settings_are_read_from_the_folder_and_wrong_ones_stop_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("simpul.toml");
    fs::write(&settings, "listen = \"0.0.0.0:0\"\nnames = [\"simpul.example\"]\n").unwrap();
    let started = Started::new(folder.path(), &[], "kode yang baru");
    assert!(started.words.starts_with("Simpul siap di http://simpul.example:"), "{}", started.words);
    assert_eq!(started.get("/faskes").status, 303);
    drop(started);
    for (text, words) in [
        ("listen = \"semua\"\n", "bukan alamat dengan port"),
        ("listen = \"0.0.0.0:0\"\nnmes = [\"a\"]\n", "maksud Anda `names`?"),
        ("listen = \"0.0.0.0:0\"\ncertificate = \"a.pem\"\n", "`key` tidak ada"),
        ("certificate = \"a.pem\"\nkey = \"b.pem\"\n", "a.pem` untuk https tidak dapat dibaca"),
    ] {
        fs::write(&settings, text).unwrap();
        let run = refused(folder.path(), &[]);
        assert_eq!(run.status, 1, "{text}: {}", run.stdout);
        assert!(run.stderr.contains(words), "{text}: {}", run.stderr);
    }
    fs::remove_file(&settings).unwrap();
    fs::write(folder.path().join("simpul.toml.txt"), "listen = \"0.0.0.0:0\"\n").unwrap();
    let run = refused(folder.path(), &[]);
    assert!(run.status == 1 && run.stderr.contains("bukan berkas .toml"), "{}", run.stderr);
}

#[test]
fn the_documented_settings_are_right() {
    let docs = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/jaringan.md")).unwrap();
    let blocks: Vec<&str> = docs.split("```toml simpul.toml\n").skip(1).collect();
    assert!(blocks.len() >= 3);
    for block in blocks {
        let text = block.split("```").next().unwrap().to_owned();
        let faults = check(&[SourceFile { name: "simpul.toml".to_owned(), text }]);
        assert!(faults.is_empty(), "{faults:?}");
    }
}

#[test]
fn the_log_has_a_line_a_request_and_no_secret() {
    let folder = tempfile::tempdir().unwrap();
    let started = Started::new(folder.path(), &["--listen", "127.0.0.1:0"], "Ctrl+C");
    let reply = started.get("/tidak-ada?sandi=rahasia-sekali");
    let id = reply.line("x-request-id").to_owned();
    started.get("/healthz");
    let log = started.ended(folder.path()).log;
    let lines: Vec<&str> = log.lines().filter(|line| line.contains(&id)).collect();
    assert_eq!(lines.len(), 1, "{log}");
    for part in ["GET /tidak-ada 404 ", " ms, akun ", "dari 127.0.0.1"] {
        assert!(lines[0].contains(part), "{part}: {}", lines[0]);
    }
    assert!(!log.contains("rahasia-sekali"), "{log}");
    assert_eq!(log.matches("GET /healthz 200 ").count(), 1, "{log}");
}

#[test]
fn the_log_goes_to_a_file_and_as_json_where_that_is_set() {
    let folder = tempfile::tempdir().unwrap();
    let flags = ["--listen", "127.0.0.1:0", "--log-format", "json", "--log-file", "catatan/simpul.log"];
    let started = Started::new(folder.path(), &flags, "Ctrl+C");
    let reply = started.get("/tidak-ada?sandi=rahasia-sekali");
    let id = reply.line("x-request-id").to_owned();
    drop(started.ended(folder.path()));
    let log = fs::read_to_string(folder.path().join("catatan/simpul.log")).unwrap();
    let lines: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let line = lines.iter().find(|line| line["span"]["id"] == id.as_str()).unwrap();
    assert_eq!((line["http.status"].as_u64(), line["http.path"].as_str()), (Some(404), Some("/tidak-ada")), "{line}");
    assert!(line["level"] == "INFO" && line["http.milliseconds"].is_u64(), "{line}");
    assert!(!log.contains("rahasia-sekali"), "{log}");

    let started = Started::new(folder.path(), &["--listen", "127.0.0.1:0", "--log-level", "warn"], "Ctrl+C");
    started.get("/tidak-ada");
    let log = started.ended(folder.path()).log;
    assert!(!log.contains("/tidak-ada"), "{log}");
}
