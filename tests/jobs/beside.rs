//! Processes beside each other on one data folder: one service, the command line, and what was killed for real.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use simpul::jobs::Hook;
use simpul::store::{RunState, Scope};

use super::world::{Dice, World};
use crate::support::{Run, finish};
use crate::web::site::register;

const IMPORT: &str = "title = \"Impor\"\ncron = \"0 0 29 2 *\"\nzone = \"WIB\"\n[run.import]\nfolder = \"masuk\"\n";

fn simpul(world: &World, args: &[&str]) -> Run {
    finish(Command::new(env!("CARGO_BIN_EXE_simpul")).arg("--data").arg(world.data()).args(args))
}

/// A service that ends with the test.
struct Service(Child);

impl Drop for Service {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

fn serve(world: &World) -> Service {
    let mut service = Service(
        Command::new(env!("CARGO_BIN_EXE_simpul"))
            .arg("--data")
            .arg(world.data())
            .args(["serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap(),
    );
    let mut line = String::new();
    BufReader::new(service.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.contains("Simpul siap"), "{line}");
    service
}

#[test]
fn a_second_service_refuses_and_the_command_line_works_beside_the_first() {
    let world = World::new("2026-05-01T00:00:00Z", &[("impor", IMPORT)]);
    fs::create_dir(world.data().join("masuk")).unwrap();
    let service = serve(&world);
    let second = simpul(&world, &["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(second.status, 1);
    assert!(second.stderr.contains("layanan lain sudah berjalan"), "{}", second.stderr);
    let refused = simpul(&world, &["restore", "tidak-ada.db"]);
    assert_eq!(refused.status, 1);

    for number in 0..3 {
        let file = world.data().join("masuk/rekap.xlsx");
        fs::write(&file, register(&[&format!("Apotek {number}")]).bytes).unwrap();
        // As if it had been lying there for an hour.
        let hour_ago = fs::metadata(&file).unwrap().modified().unwrap() - Duration::from_hours(1);
        fs::File::options().write(true).open(&file).unwrap().set_modified(hour_ago).unwrap();
        let run = simpul(&world, &["job", "run", "impor"]);
        assert_eq!(run.status, 0, "{} {}", run.stdout, run.stderr);
        assert!(run.stdout.contains("Selesai: 1 berkas diimpor"), "{}", run.stdout);
    }
    let runs = world.app().store().ledger().runs(Some("impor"), 10).unwrap();
    assert!(runs.iter().all(|run| run.state == RunState::Done && run.attempt == 1), "{runs:?}");
    assert_eq!(world.app().store().history(&Scope::All).unwrap().len(), 3);
    assert_eq!(world.files("selesai").len(), 3);

    #[cfg(unix)]
    assert_stops(service);
    #[cfg(not(unix))]
    drop(service);
}

/// glibc reads the number of heaps when a program starts: the service begins anew with it, in the same process.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[test]
fn a_service_has_few_heaps() {
    let world = World::new("2026-05-01T00:00:00Z", &[]);
    let service = serve(&world);
    let environment = fs::read(format!("/proc/{}/environ", service.0.id())).unwrap();
    assert!(environment.split(|byte| *byte == 0).any(|variable| variable == b"MALLOC_ARENA_MAX=2"));
    assert_stops(service);
}

/// A stop is done within ten seconds.
#[cfg(unix)]
fn assert_stops(mut service: Service) {
    let begun = std::time::Instant::now();
    finish(Command::new("kill").args(["-TERM", &service.0.id().to_string()]));
    assert!(service.0.wait().unwrap().success());
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
}

#[test]
fn what_was_killed_for_real_is_found_and_done_once() {
    let world = World::new("2026-05-01T00:00:00Z", &[("impor", IMPORT)]);
    fs::create_dir(world.data().join("masuk")).unwrap();
    for number in 0..12 {
        let file = world.data().join(format!("masuk/rekap-{number}.xlsx"));
        fs::write(&file, register(&[&format!("Apotek {number}")]).bytes).unwrap();
        let hour_ago = fs::metadata(&file).unwrap().modified().unwrap() - Duration::from_hours(1);
        fs::File::options().write(true).open(&file).unwrap().set_modified(hour_ago).unwrap();
    }
    let mut dice = Dice(99);
    for _ in 0..6 {
        let mut child = Command::new(env!("CARGO_BIN_EXE_simpul"))
            .arg("--data")
            .arg(world.data())
            .args(["job", "run", "impor"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(30 + dice.roll(250)));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let engine = world.engine(Hook::default());
    engine.look().unwrap();
    let last = simpul(&world, &["job", "run", "impor"]);
    assert_eq!(last.status, 0, "{}", last.stderr);
    let store = world.app();
    let store = store.store();
    assert!(world.files("masuk").is_empty());
    assert_eq!((world.files("selesai").len(), store.history(&Scope::All).unwrap().len()), (12, 12));
    for run in store.ledger().runs(Some("impor"), 100).unwrap() {
        assert!(run.state.is_settled(), "{run:?}");
    }
}

#[test]
fn the_command_line_lists_explains_pauses_and_remembers() {
    let daily = "title = \"Cadangan\"\ncron = \"30 12 * * *\"\nzone = \"WITA\"\n[run.back-up]\n";
    let world = World::new("2026-05-01T00:00:00Z", &[("cadangan", daily)]);
    let run = simpul(&world, &["job", "run", "cadangan"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let listed = simpul(&world, &["job", "list"]).stdout;
    assert!(listed.contains("cadangan: Cadangan") && listed.contains("selesai: disalin dan diperiksa"), "{listed}");
    let explained = simpul(&world, &["job", "explain", "cadangan"]).stdout;
    assert_eq!(explained.matches("pukul 12.30 WITA").count(), 10, "{explained}");
    assert!(explained.contains("Bila Simpul tidak hidup pada waktunya"), "{explained}");
    assert!(simpul(&world, &["job", "history", "cadangan"]).stdout.contains("[dijalankan manual] disalin"));
    assert!(simpul(&world, &["job", "pause", "cadangan"]).stdout.contains("dijeda"));
    assert!(simpul(&world, &["job", "list"]).stdout.contains("dijeda    :"));
    assert!(simpul(&world, &["job", "resume", "cadangan"]).stdout.contains("dilanjutkan"));
    let unknown = simpul(&world, &["job", "run", "cadang"]);
    assert_eq!(unknown.status, 1);
    assert!(unknown.stderr.contains("yang ada: cadangan"), "{}", unknown.stderr);
}
