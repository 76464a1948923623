//! A job that follows another: it waits for that one, and without due times of its own it is due when that one has done
//! something.

use std::fs;

use simpul::jobs::{Engine, Hook};
use simpul::store::{JobRun, RunReason, RunState};

use super::world::{World, at};
use crate::web::site::register_of;

const IMPORT: &str = "title = \"Impor\"\ncron = \"5 * * * *\"\nzone = \"WIB\"\n[retries]\nmost = 0\n[run.import]\n\
    folder = \"masuk\"\n";
const CHECK: &str = "title = \"Periksa\"\ncron = \"0 8 11 * *\"\nzone = \"WIB\"\nafter = \"ambil\"\n[run.check-data]\n";
const EACH: &str = "title = \"Periksa\"\nafter = \"ambil\"\n[run.check-data]\n";

fn runs(engine: &Engine, job: &str) -> Vec<JobRun> {
    let mut runs = engine.app().store().ledger().runs(Some(job), 100).unwrap();
    runs.reverse();
    runs
}

/// Lays a register into the watched folder, as if it had lain there for a while.
fn lay(world: &World, name: &str) {
    let folder = world.data().join("masuk");
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join(format!("{name}.xlsx"));
    fs::write(&file, register_of("PUSKESMAS SATU", &[name]).bytes).unwrap();
    let long_ago = std::time::SystemTime::from(world.now() - chrono::Duration::hours(1));
    fs::File::options().write(true).open(&file).unwrap().set_modified(long_ago).unwrap();
}

#[test]
fn what_follows_runs_after_the_import_that_was_due_with_it() {
    // `a-periksa` comes first by name and by due time; the laptop slept over both.
    let world = World::new("2023-05-10T00:00:00Z", &[("ambil", IMPORT), ("a-periksa", CHECK)]);
    world.engine(Hook::default()).look().unwrap();
    world.set(at("2023-05-11T05:20:00Z"));
    lay(&world, "Apotek Satu");
    let engine = world.engine(Hook::default());
    engine.look().unwrap();
    engine.look().unwrap();
    let led = runs(&engine, "ambil").pop().unwrap();
    let follower = runs(&engine, "a-periksa").pop().unwrap();
    assert_eq!((led.state, follower.state), (RunState::Done, RunState::Done), "{led:#?} {follower:#?}");
    assert!(follower.due < led.due, "due before it");
    assert!(follower.message.starts_with("1 Puskesmas diperiksa"), "ran after it: {}", follower.message);
}

#[test]
fn what_follows_waits_while_the_other_fails_unless_somebody_asks_for_it() {
    let broken = IMPORT.replace("cron", "if-missed = \"run-once\"\ncron");
    let world = World::new("2023-05-10T00:00:00Z", &[("ambil", &broken), ("periksa", CHECK)]);
    let hook = Hook(Some(std::sync::Arc::new(|point| match point {
        simpul::jobs::Point::FilesRead => Err(simpul::jobs::JobError::Unsound("impor".to_owned())),
        _ => Ok(()),
    })));
    let engine = world.engine(hook);
    engine.look().unwrap();
    world.set(at("2023-05-11T01:07:00Z"));
    lay(&world, "Apotek Satu");
    engine.look().unwrap();
    assert_eq!(runs(&engine, "ambil").pop().unwrap().state, RunState::Failed);
    assert_eq!(runs(&engine, "periksa").pop().unwrap().state, RunState::Due, "it waits");
    world.pass(chrono::Duration::minutes(20));
    let standings = simpul::jobs::standing::standings(engine.app()).unwrap();
    let waiting = standings.iter().find(|standing| standing.job.name == "periksa").unwrap();
    assert!(waiting.trouble.contains("mengikuti ambil, yang belum berhasil"), "{}", waiting.trouble);

    let mended = world.engine(Hook::default());
    world.set(at("2023-05-11T02:06:00Z"));
    mended.look().unwrap();
    mended.look().unwrap();
    assert_eq!(runs(&mended, "periksa").pop().unwrap().state, RunState::Done, "it was not lost");
}

#[test]
fn without_times_of_its_own_it_is_due_when_the_other_brought_something() {
    let world = World::new("2023-05-10T00:00:00Z", &[("ambil", IMPORT), ("periksa", EACH)]);
    let engine = world.engine(Hook::default());
    engine.look().unwrap();
    world.set(at("2023-05-10T01:06:00Z"));
    engine.look().unwrap();
    engine.look().unwrap();
    assert_eq!(runs(&engine, "ambil").pop().unwrap().state, RunState::Done);
    assert_eq!(runs(&engine, "periksa").len(), 0, "nothing lay there");
    world.set(at("2023-05-10T02:06:00Z"));
    lay(&world, "Apotek Satu");
    for _ in 0..3 {
        engine.look().unwrap();
        world.pass(chrono::Duration::seconds(5));
    }
    let followers = runs(&engine, "periksa");
    assert_eq!(followers.len(), 1, "{followers:#?}");
    assert_eq!((followers[0].state, followers[0].reason), (RunState::Done, RunReason::Follow));
    assert!(followers[0].message.starts_with("1 Puskesmas diperiksa"), "{}", followers[0].message);
}

#[test]
fn every_due_time_that_nothing_made_up_for_is_told_one_by_one() {
    let job = "title = \"Periksa\"\ncron = \"0 8 * * *\"\nzone = \"WIB\"\nif-missed = \"run-once\"\n[notify]\n\
        when = [\"missed\"]\n[run.check-data]\n";
    let world = World::new("2023-05-10T00:00:00Z", &[("periksa", job)]);
    let engine = world.engine(Hook::default());
    engine.look().unwrap();
    world.set(at("2023-05-13T03:00:00Z"));
    engine.look().unwrap();
    let told = world.files("keluar").into_iter().find(|file| file.to_string_lossy().contains("terlewat")).unwrap();
    let told = fs::read_to_string(told).unwrap();
    for words in ["terlewat 3 kali", "- Rabu, 10 Mei 2023", "- Kamis, 11 Mei 2023", "- Jumat, 12 Mei 2023"] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(told.contains("Dijalankan menyusul: Sabtu, 13 Mei 2023"), "{told}");
}
