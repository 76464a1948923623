//! Every write of the store is written down in the audit, or stands here with the reason for which it is not.

use std::fs;

use super::{files, relative};

/// Writes that tell of no act of a person, by function.
const EXCEPTIONS: [(&str, &str); 19] = [
    ("enter_runs", "due times that passed: the ledger is their record"),
    ("claim_run", "a job's own progress: the ledger is its record"),
    ("progress_run", "a job's own progress: the ledger is its record"),
    ("end_run", "a job's own progress: the ledger is its record"),
    ("log_run", "a job's own progress: the ledger is its record"),
    ("prune_ledger", "a job that takes old runs away; its run is in the ledger"),
    ("post", "a notice of a job waits: the outbox is its record"),
    ("notice_sent", "a notice was sent: the outbox is its record"),
    ("notice_failed", "a notice was not sent: the outbox is its record"),
    ("purge_drafts", "drafts go by themselves when they expire"),
    ("rehash_password", "the same password under another hash at a log-in, whose row tells that it is to be changed"),
    ("begin_attempt", "an attempt of which nobody knows yet how it ends; `attempt_failed` tells of it"),
    ("attempt_succeeded", "bookkeeping of guesses; the log-in's row tells of it"),
    ("forget_attempt", "bookkeeping of guesses: nothing was guessed"),
    ("use_totp_step", "a part of a log-in, whose row tells the second step"),
    ("use_recovery_code", "a part of a log-in, whose row tells the second step"),
    ("touch_session", "last seen, once a minute: the log-in was told"),
    ("touch_api_token", "last seen, once a minute: what a token changes is told"),
    ("set_apart", "a trial beside the log, of which nothing holds"),
];

/// Words of a function that writes an act down itself, or hands it to one that does.
const WRITES_DOWN: [&str; 4] = ["audit::append(", "append(connection", "accepting.finish(", "note_revoked("];

/// Functions of a file with their text, each up to the next one.
fn functions(text: &str) -> Vec<(String, String)> {
    let mut functions: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        let code = line.trim_start();
        let head = code.split("fn ").nth(1).filter(|_| !code.starts_with("//") && !code.starts_with("impl"));
        let is_head = ["fn ", "pub fn ", "pub(super) fn "].iter().any(|start| code.starts_with(start));
        if let (true, Some(head)) = (is_head, head) {
            let name = head.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap();
            functions.push((name.to_owned(), String::new()));
        }
        if let Some((_, body)) = functions.last_mut() {
            body.push_str(line);
            body.push('\n');
        }
    }
    functions
}

#[test]
fn every_write_is_written_down_or_has_a_reason() {
    let mut faults = Vec::new();
    let mut met = Vec::new();
    for path in files("src/store", &["rs"]) {
        let text = fs::read_to_string(&path).unwrap();
        let product = text.split("#[cfg(test)]\nmod ").next().unwrap();
        for (name, body) in functions(product) {
            let is_write = [".write(|", ".write_if(|"].iter().any(|call| body.contains(call));
            if !is_write {
                continue;
            }
            let is_exception = EXCEPTIONS.iter().any(|(known, _)| *known == name);
            let is_written_down = WRITES_DOWN.iter().any(|words| body.contains(words));
            if !is_exception && !is_written_down {
                faults.push(format!("{}: `{name}` changes the database and writes no act down", relative(&path)));
            }
            met.push(name);
        }
    }
    for (name, _) in EXCEPTIONS {
        if !met.iter().any(|known| known == name) {
            faults.push(format!("`{name}` writes nothing any more; take it off the list"));
        }
    }
    assert!(met.len() > 25, "{met:?}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
