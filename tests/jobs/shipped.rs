//! Every job that is shipped does its work on a folder as a Puskesmas has it.

use std::path::Path;

use simpul::app::import::Upload;
use simpul::definitions::load;
use simpul::jobs::Hook;
use simpul::store::RunState;

use super::world::World;

#[test]
fn every_shipped_job_runs_to_its_end() {
    let world = World::shipped("2023-06-11T02:00:00Z");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let files = ["01-identifikasi.xlsx", "02-jadwal.xlsx", "rekap-2023-05.xlsx"]
        .map(|name| Upload { name: name.to_owned(), bytes: std::fs::read(sample.join(name)).unwrap() });
    world.app().import(&files, None, false, &mut |_| {});
    let engine = world.engine(Hook::default());
    for job in &load(&[]).0.jobs {
        engine.request(&job.name).unwrap();
        engine.run_ready().unwrap();
        let run = engine.app().store().ledger().last_run(&job.name).unwrap().unwrap();
        assert_eq!(run.state, RunState::Done, "{}: {}", job.name, run.message);
    }
    let papers = world.files("laporan");
    let endings: Vec<_> = papers.iter().map(|path| path.extension().unwrap().to_string_lossy()).collect();
    assert_eq!(endings, ["pdf", "xlsx"], "{papers:?}");
    assert!(papers[0].to_string_lossy().contains("tpcb-2023-05-"), "{papers:?}");
    assert!(!world.files("cadangan").is_empty() && !world.files("keluar").is_empty());
}
