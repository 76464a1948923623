//! What is old goes, and only what can be had again.

use std::fs;
use std::time::SystemTime;

use simpul::jobs::Hook;
use simpul::store::{RunState, Scope};

use super::world::{World, at};
use crate::web::site::register;

const PRUNE: &str =
    "title = \"Rapikan\"\ncron = \"0 3 1 * *\"\nzone = \"WIB\"\n[run.prune]\nledger-days = 90\nfinished-days = 30\n";

/// A file as if it had been written at that time.
fn aged(world: &World, name: &str, bytes: &[u8], at: &str) {
    let path = world.data().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, bytes).unwrap();
    let time = SystemTime::from(super::world::at(at));
    fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
}

#[test]
fn old_copies_go_where_the_database_has_them_and_nothing_else_does() {
    let world = World::new("2026-05-01T00:00:00Z", &[("rapikan", PRUNE)]);
    let held = register(&["Apotek Satu"]);
    world.app().import(std::slice::from_ref(&held), None, false, &mut |_| {});
    aged(&world, "selesai/lama.xlsx", &held.bytes, "2026-01-01T00:00:00Z");
    aged(&world, "selesai/Puskesmas B/lama.xlsx", &held.bytes, "2026-01-01T00:00:00Z");
    aged(&world, "selesai/baru.xlsx", &held.bytes, "2026-04-20T00:00:00Z");
    aged(&world, "selesai/tidak-dikenal.xlsx", b"bukan dari basis data", "2026-01-01T00:00:00Z");
    aged(&world, "ditolak/lama.xlsx", &held.bytes, "2026-01-01T00:00:00Z");
    let engine = world.engine(Hook::default());
    engine.request("rapikan").unwrap();
    engine.run_ready().unwrap();
    let run = engine.app().store().ledger().last_run("rapikan").unwrap().unwrap();
    assert_eq!(run.state, RunState::Done, "{}", run.message);
    let left = |folder: &str| -> Vec<String> {
        world.files(folder).iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect()
    };
    assert_eq!(left("selesai"), ["baru.xlsx", "tidak-dikenal.xlsx"]);
    assert_eq!(left("ditolak"), ["lama.xlsx"]);
    assert_eq!(world.app().store().history(&Scope::All).unwrap().len(), 1, "the log of imports stays whole");
}

#[test]
fn old_entries_of_the_ledger_go_and_young_or_open_ones_stay() {
    let daily = "title = \"Cadangan\"\ncron = \"0 6 * * *\"\nzone = \"WIB\"\nif-missed = \"run-all\"\n[limits]\ncatch-up = 100\n[run.back-up]\n";
    let world = World::new("2026-01-01T00:00:00Z", &[("rapikan", PRUNE), ("cadangan", daily)]);
    let engine = world.engine(Hook::default());
    engine.look().unwrap();
    for day in ["2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z", "2026-05-01T00:00:00Z"] {
        world.set(at(day));
        engine.look().unwrap();
    }
    let before = engine.app().store().ledger().runs(Some("cadangan"), 1_000).unwrap().len();
    engine.request("rapikan").unwrap();
    engine.run_ready().unwrap();
    let after = engine.app().store().ledger().runs(Some("cadangan"), 1_000).unwrap();
    assert!(after.len() < before, "{before}");
    let oldest = after.iter().map(|run| run.due).min().unwrap();
    assert!(world.now() - oldest <= chrono::Duration::days(90), "{oldest}");
    // What was pruned is not settled anew.
    world.pass(chrono::Duration::hours(1));
    engine.settle().unwrap();
    assert_eq!(engine.app().store().ledger().runs(Some("cadangan"), 1_000).unwrap().len(), after.len());
}
