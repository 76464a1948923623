//! The job that checks data walks the chain of the audit and tells where it is broken; what a job changes is written down
//! as the job's.

use rusqlite::Connection;
use simpul::app::audit::AuditAsked;
use simpul::jobs::{Engine, Hook};
use simpul::store::RunState;

use super::world::World;
use crate::web::site::register;

const CHECK: &str = "title = \"Periksa\"\ncron = \"0 8 * * *\"\nzone = \"WIB\"\n[run.check-data]\n";
const EVALUATE: &str = "title = \"Hitung\"\ncron = \"0 8 * * *\"\nzone = \"WIB\"\n[run.evaluate]\nperiod = \"four-month\"\nwhich = \"previous\"\n";

fn message(engine: &Engine, job: &str) -> String {
    let asked = engine.request(job).unwrap();
    engine.run_ready().unwrap();
    let run = engine.app().store().ledger().run(asked.id).unwrap().unwrap();
    assert_eq!(run.state, RunState::Done, "{}", run.message);
    run.message
}

#[test]
fn a_broken_chain_is_told_by_the_nightly_check() {
    let world = World::new("2026-05-01T00:00:00Z", &[("periksa", CHECK)]);
    let app = world.app();
    app.import(&[register(&["Apotek Satu"])], None, false, &mut |_| {});
    let engine = world.engine(Hook::default());
    assert!(!message(&engine, "periksa").contains("JEJAK"), "all is well");
    let raw = Connection::open(world.data().join("simpul.db")).unwrap();
    raw.execute_batch("DROP TRIGGER audit_is_never_changed; UPDATE audit SET record = 'lain' WHERE seq = 1").unwrap();
    world.pass(chrono::Duration::minutes(1));
    let told = message(&engine, "periksa");
    assert!(told.contains("JEJAK AUDIT TIDAK UTUH: isi baris 1"), "{told}");
    let file = world.files("keluar").into_iter().find(|path| path.to_string_lossy().contains("jejak-audit-"));
    assert!(std::fs::read_to_string(file.unwrap()).unwrap().contains("baris 1"));
}

#[test]
fn what_a_job_keeps_is_written_down_as_the_jobs() {
    let world = World::new("2026-05-01T00:00:00Z", &[("hitung", EVALUATE)]);
    let app = world.app();
    app.import(&[register(&["Apotek Satu"])], None, false, &mut |_| {});
    message(&world.engine(Hook::default()), "hitung");
    let rows = app.audit().last(&AuditAsked::default(), 10).unwrap();
    let acts: Vec<(&str, &str)> = rows.iter().map(|row| (row.action.as_str(), row.origin.as_str())).collect();
    let expected =
        [("evaluation.keep", "pekerjaan hitung"), ("job.run", "baris perintah"), ("import.accept", "baris perintah")];
    assert_eq!(acts, expected);
}
