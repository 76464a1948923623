//! Copies of the database in use, and the way back: nothing newer is overwritten unasked, nothing is thrown away.

use std::fs;

use chrono::{DateTime, Utc};
use simpul::domain::audit::AuditAction;
use simpul::jobs::{Engine, Hook, restore};
use simpul::store::{AuditEntry, By, RunState, Scope, examine_copy};

use super::world::{World, at};
use crate::web::site::register;

const JOB: &str = "title = \"Cadangan\"\ncron = \"0 6 * * *\"\nzone = \"WIB\"\n[run.back-up]\n";

fn now() -> DateTime<Utc> {
    at("2026-05-03T00:00:00Z")
}

fn backed_up() -> (World, std::path::PathBuf) {
    let world = World::new("2026-05-01T00:00:00Z", &[("cadangan", JOB)]);
    let app = world.app();
    app.import(&[register(&["Apotek Satu"])], None, false, &mut |_| {});
    run(&Engine::new(app), "cadangan");
    let mut copies = world.files("cadangan");
    copies.retain(|path| path.extension().is_some_and(|ending| ending == "db"));
    assert_eq!(copies.len(), 1);
    (world, copies[0].clone())
}

fn run(engine: &Engine, name: &str) {
    let asked = engine.request(name).unwrap();
    engine.run_ready().unwrap();
    let run = engine.app().store().ledger().run(asked.id).unwrap().unwrap();
    assert_eq!(run.state, RunState::Done, "{}", run.message);
}

#[test]
fn a_copy_holds_what_the_database_held_and_is_named_in_the_ledger() {
    let (world, copy) = backed_up();
    let held = examine_copy(&copy).unwrap();
    assert_eq!((held.rows_of("batches"), held.rows_of("originals")), (1, 1));
    let app = world.app();
    assert_eq!(app.store().holdings().unwrap(), held);
    let last = app.store().ledger().last_run("cadangan").unwrap().unwrap();
    let files = app.store().ledger().artefacts(last.id).unwrap();
    assert_eq!(files.len(), 1);
    assert_eq!(world.data().join(&files[0].path), copy);
    assert_eq!(files[0].sha256, simpul::store::sha256(&fs::read(&copy).unwrap()));
}

#[test]
fn a_newer_state_is_overwritten_only_when_asked_and_kept_aside() {
    let (world, copy) = backed_up();
    world.app().import(&[register(&["Apotek Dua"])], None, false, &mut |_| {});
    let refused = restore(world.data(), &copy, false, By::command_line("ani", now())).unwrap_err().to_string();
    assert!(refused.contains("1 impor belum ada di cadangan") && refused.contains("--overwrite"), "{refused}");
    assert_eq!(world.app().store().history(&Scope::All).unwrap().len(), 2);

    let restored = restore(world.data(), &copy, true, By::command_line("ani", now())).unwrap();
    assert_eq!(world.app().store().history(&Scope::All).unwrap().len(), 1);
    let former = restored.former.unwrap();
    assert_eq!(examine_copy(&former).unwrap().rows_of("batches"), 2);
    // And back again: the state aside is a backup like any other.
    restore(world.data(), &former, false, By::command_line("ani", now())).unwrap();
    assert_eq!(world.app().store().history(&Scope::All).unwrap().len(), 2);
}

/// Numbers, codes and records of the audit, the oldest first.
fn audit_of(world: &World) -> Vec<(i64, String, String)> {
    let app = world.app();
    let asked = simpul::app::audit::AuditAsked::default();
    let rows = app.audit().last(&asked, 100).unwrap().into_iter().rev();
    assert_eq!(app.audit().verify(None).unwrap().fault, None);
    rows.map(|row| (row.seq, row.action, row.record)).collect()
}

#[test]
fn the_audit_goes_on_through_a_restore_and_tells_it() {
    let (world, copy) = backed_up();
    world.app().import(&[register(&["Apotek Dua"])], None, false, &mut |_| {});
    let before = audit_of(&world);
    assert!(before.last().unwrap().2.starts_with("impor 2"), "{before:?}");
    let noted = world.app().audit().verify(None).unwrap().head.unwrap().hash;
    let restored = restore(world.data(), &copy, true, By::command_line("ani", now())).unwrap();
    let after = audit_of(&world);
    assert_eq!(after[..before.len()], before[..], "no act is lost, though its data is the old one");
    assert_eq!(world.app().store().history(&Scope::All).unwrap().len(), 1);
    let (_, action, record) = after.last().unwrap();
    assert_eq!((after.len(), action.as_str()), (before.len() + 1, "restore"));
    assert_eq!(*record, format!("cadangan {}", copy.file_name().unwrap().to_string_lossy()));
    assert_eq!(world.app().audit().verify(Some(&noted)).unwrap().fault, None, "the hash noted before still stands");
    // And back again.
    restore(world.data(), &restored.former.unwrap(), false, By::command_line("ani", now())).unwrap();
    assert_eq!(audit_of(&world).len(), before.len() + 2);
}

#[test]
fn the_audit_of_another_folder_is_not_mixed_with_the_copys() {
    let (_world, copy) = backed_up();
    let other = World::new("2026-05-01T00:00:00Z", &[]);
    other.app().audit().note(&AuditEntry::new(AuditAction::LoggedIn, "orang lain")).unwrap();
    restore(other.data(), &copy, true, By::command_line("ani", now())).unwrap();
    let rows = audit_of(&other);
    assert!(rows.iter().all(|(_, _, record)| record != "orang lain"), "{rows:?}");
    let last = other.app().audit().last(&simpul::app::audit::AuditAsked::default(), 1).unwrap().remove(0);
    assert!(last.before.pairs().iter().any(|(name, _)| name == "Hash terakhir"), "{last:?}");
    assert!(last.after.pairs().iter().any(|(_, value)| value.contains("bukan lanjutan")), "{last:?}");
}

#[test]
fn an_empty_folder_and_a_broken_database_can_be_restored() {
    let (world, copy) = backed_up();
    let fresh = tempfile::tempdir().unwrap();
    let restored = restore(&fresh.path().join("baru"), &copy, false, By::command_line("ani", now())).unwrap();
    assert_eq!((restored.holdings.rows_of("batches"), restored.former), (1, None));

    fs::write(world.data().join("simpul.db"), "rusak".repeat(1000)).unwrap();
    for ending in ["-wal", "-shm"] {
        fs::remove_file(world.data().join(format!("simpul.db{ending}"))).ok();
    }
    let refused = restore(world.data(), &copy, false, By::command_line("ani", now())).unwrap_err().to_string();
    assert!(refused.contains("tidak terbaca"), "{refused}");
    let restored = restore(world.data(), &copy, true, By::command_line("ani", now())).unwrap();
    assert!(restored.former.unwrap().exists());
    assert_eq!(world.app().store().history(&Scope::All).unwrap().len(), 1);
}

#[test]
fn own_definition_files_are_kept_beside_the_copy_and_come_back_with_it() {
    let world = World::new("2026-05-01T00:00:00Z", &[("cadangan", JOB)]);
    let write = |name: &str, text: &str| {
        let path = world.data().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("letters/semua.toml", "place = \"Abcde\"\n");
    write("batas.toml", "# batas sendiri\n");
    write("rahasia/surel.txt", "kata sandi");
    run(&Engine::new(world.app()), "cadangan");
    let copy = world.files("cadangan").into_iter().find(|path| path.to_string_lossy().ends_with(".db")).unwrap();
    let held = world.files("cadangan");
    assert!(held.iter().any(|path| path.ends_with("letters/semua.toml")), "{held:?}");
    assert!(!held.iter().any(|path| path.to_string_lossy().contains("surel")), "no password is copied");

    let fresh = tempfile::tempdir().unwrap();
    let restored = restore(fresh.path(), &copy, false, By::command_line("ani", now())).unwrap();
    assert_eq!(restored.definitions, held.len() - 1);
    assert_eq!(fs::read_to_string(fresh.path().join("batas.toml")).unwrap(), "# batas sendiri\n");

    write("letters/semua.toml", "place = \"Lain\"\n");
    let refused = restore(world.data(), &copy, false, By::command_line("ani", now())).unwrap_err().to_string();
    assert!(refused.contains("letters/semua.toml") && refused.contains("--overwrite"), "{refused}");
    let restored = restore(world.data(), &copy, true, By::command_line("ani", now())).unwrap();
    let aside = restored.former.unwrap().with_extension("definisi");
    assert_eq!(fs::read_to_string(aside.join("letters/semua.toml")).unwrap(), "place = \"Lain\"\n");
    assert_eq!(fs::read_to_string(world.data().join("letters/semua.toml")).unwrap(), "place = \"Abcde\"\n");
}

#[test]
fn what_is_no_backup_is_refused() {
    let (world, copy) = backed_up();
    let mut bytes = fs::read(&copy).unwrap();
    let middle = bytes.len() / 2;
    for byte in &mut bytes[middle..middle + 4000] {
        *byte ^= 0x5a;
    }
    let torn = world.data().join("robek.db");
    fs::write(&torn, &bytes).unwrap();
    fs::write(world.data().join("teks.db"), "bukan basis data").unwrap();
    for name in ["robek.db", "teks.db", "tidak-ada.db"] {
        let refused = restore(world.data(), &world.data().join(name), true, By::command_line("ani", now()))
            .unwrap_err()
            .to_string();
        assert!(refused.contains("tidak dapat dipakai"), "{refused}");
    }
    assert_eq!(world.app().store().history(&Scope::All).unwrap().len(), 1);
}

#[test]
fn a_job_that_panics_or_never_ends_is_told_apart_from_one_that_is_done() {
    let world = World::new("2026-05-01T00:00:00Z", &[("cadangan", &format!("{JOB}[retries]\nmost = 0\n"))]);
    let hook = Hook(Some(std::sync::Arc::new(|point| {
        assert_ne!(point, simpul::jobs::Point::Copying, "sengaja");
        Ok(())
    })));
    let engine = world.engine(hook);
    let asked = engine.request("cadangan").unwrap();
    engine.run_ready().unwrap();
    let run = engine.app().store().ledger().run(asked.id).unwrap().unwrap();
    assert_eq!(run.state, RunState::Failed);
    assert!(run.message.contains("sengaja"), "{}", run.message);
    assert!(engine.request("tidak-ada").unwrap_err().to_string().contains("cadangan"));
}
