//! Papers that go out with the mail that tells of them: the very bytes, each once, with the server's answer kept.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use simpul::definitions::{SourceFile, check};
use simpul::jobs::{Hook, JobError, Point};
use simpul::store::OutboxNotice;

use super::mail_server::MailServer;
use super::reports::world;
use super::world::{World, at};

fn job(port: u16) -> String {
    format!(
        "title = \"Laporan\"\ncron = \"0 8 11 * *\"\nzone = \"WIB\"\nif-missed = \"run-once\"\n[retries]\nmost = 0\n\
         [run.report]\npapers = [\"tpcb\"]\nformats = [\"xlsx\"]\nperiod = \"month\"\n\
         [notify]\nwhen = [\"done\", \"failed\"]\n[notify.smtp]\nserver = \"127.0.0.1:{port}\"\n\
         from = \"simpul@uji.example\"\nto = [\"pj@uji.example\"]\npapers = \"attached\"\n"
    )
}

/// Mails of the job in the outbox, in the order in which they were made.
fn mails(world: &World) -> Vec<OutboxNotice> {
    let mut notices = world.app().store().ledger().notices(100).unwrap();
    notices.retain(|notice| notice.notice.channel == "smtp");
    notices.sort_by_key(|notice| notice.id);
    notices
}

/// Names and bytes of what a mail carries, as a mail program reads it: a long name goes on in further quotes.
fn attached(mail: &str) -> Vec<(String, Vec<u8>)> {
    let parts = mail.split("Content-Disposition: attachment").skip(1);
    let part = |part: &str| {
        let (head, body) = part.split_once("\n\n").unwrap();
        let name = head.split("\nContent-").next().unwrap().split('"').skip(1).step_by(2).collect();
        let text: String = body.split("\n--").next().unwrap().split_whitespace().collect();
        (name, BASE64_STANDARD.decode(text).unwrap())
    };
    parts.map(part).collect()
}

#[test]
fn a_paper_goes_out_once_as_it_lies_in_the_folder_and_the_answer_is_kept() {
    let server = MailServer::start();
    let world = world(&job(server.port));
    world.engine(Hook::default()).look().unwrap();
    world.set(at("2023-06-20T00:00:00Z"));
    world.engine(Hook::default()).look().unwrap();

    let first = &mails(&world)[0];
    assert!(first.sent.is_some() && first.receipt.starts_with("250 "), "{first:?}");
    let carried: Vec<_> = {
        let taken = server.mails.lock().unwrap();
        assert_eq!(taken.len(), 1);
        attached(&taken[0])
    };
    let lying: Vec<_> = first
        .notice
        .files
        .iter()
        .map(|file| {
            let name = file.path.rsplit('/').next().unwrap().to_owned();
            (name, fs::read(world.data().join(&file.path)).unwrap())
        })
        .collect();
    assert_eq!(lying.len(), 2);
    assert!(carried == lying, "another paper, or other bytes");

    // The same run again, asked for by hand: the same papers, told, and not sent again.
    let engine = world.engine(Hook::default());
    engine.request("laporan").unwrap();
    engine.look().unwrap();
    let again = mails(&world);
    assert_eq!(again.iter().map(|mail| mail.notice.files.len()).collect::<Vec<_>>(), [2, 0]);
    let taken = server.mails.lock().unwrap();
    assert_eq!(taken.iter().map(|mail| attached(mail).len()).collect::<Vec<_>>(), [2, 0]);
}

#[test]
fn being_cut_off_after_sending_loses_and_doubles_no_row_and_the_second_mail_has_the_same_id() {
    let server = MailServer::start();
    let world = world(&job(server.port));
    world.engine(Hook::default()).look().unwrap();
    world.set(at("2023-06-20T00:00:00Z"));
    let is_cut = Arc::new(AtomicBool::new(true));
    let cut = is_cut.clone();
    let hook = Hook(Some(Arc::new(move |point| match point {
        Point::Told if cut.load(Ordering::SeqCst) => Err(JobError::Killed),
        _ => Ok(()),
    })));
    // The notice of the outbox's folder is told first; each one's end is cut off until the mail was sent.
    for _ in 0..2 {
        let _cut_off = world.engine(hook.clone()).look();
    }
    is_cut.store(false, Ordering::SeqCst);
    world.engine(hook).look().unwrap();
    assert!(mails(&world).iter().all(|mail| mail.sent.is_some()));
    let mut ids = server.taken.lock().unwrap().clone();
    ids.dedup();
    assert_eq!(ids.len(), 1, "{ids:?}");
}

#[test]
fn a_paper_changed_by_hand_is_not_sent_and_the_mail_says_so() {
    let server = MailServer::start();
    let world = world(&job(server.port));
    world.engine(Hook::default()).look().unwrap();
    world.set(at("2023-06-20T00:00:00Z"));
    server.is_broken.store(true, Ordering::SeqCst);
    world.engine(Hook::default()).look().unwrap();
    let waiting = mails(&world).remove(0);
    assert!(waiting.sent.is_none() && !waiting.problem.is_empty());
    fs::write(world.data().join(&waiting.notice.files[0].path), "diubah").unwrap();
    server.is_broken.store(false, Ordering::SeqCst);
    world.pass(chrono::Duration::hours(1));
    world.engine(Hook::default()).look().unwrap();
    let taken = server.mails.lock().unwrap();
    let mail = taken.last().unwrap();
    assert_eq!(attached(mail).len(), 1);
    assert!(mail.contains("Tidak dilampirkan"), "{}", &mail[..mail.len().min(900)]);
}

#[test]
fn papers_are_attached_by_jobs_that_make_some_and_tell_of_their_end() {
    let faults = |text: String| {
        let file = SourceFile { name: "jobs/laporan.toml".to_owned(), text };
        check(&[file]).iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(faults(job(25)), "");
    let silent = faults(job(25).replace("\"done\", ", ""));
    assert!(silent.contains("`when` tidak memuat \"done\""), "{silent}");
    let other =
        faults(job(25).replace(
            "[run.report]\npapers = [\"tpcb\"]\nformats = [\"xlsx\"]\nperiod = \"month\"\n",
            "[run.back-up]\n",
        ));
    assert!(other.contains("hanya untuk tugas yang membuat laporan"), "{other}");
}
