//! The job that makes papers: of the period and as of the day of its due time, each once, each named in the ledger.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use simpul::app::import::Upload;
use simpul::jobs::{Engine, Hook, JobError, Point};
use simpul::store::{JobRun, RunReason, RunState};

use super::world::{World, at};
use crate::web::site::register_of;

const MONTHLY: &str = "title = \"Laporan\"\ncron = \"0 8 11 * *\"\nzone = \"WIB\"\nif-missed = \"run-all\"\n\
    [limits]\ncatch-up = 2\n[retries]\nmost = 0\n\
    [run.report]\npapers = [\"tpcb\"]\nformats = [\"xlsx\"]\nperiod = \"month\"\n";

const YEAR: &str = "No,Nama Jaringan/Jejaring,Jan,Feb,Mar,Apr,Mei,Jun,Jul,Agu,Sep,Okt,Nov,Des";

pub fn world(job: &str) -> World {
    let world = World::new("2023-05-01T00:00:00Z", &[("laporan", job)]);
    let files = ["PUSKESMAS SATU", "PUSKESMAS DUA"].map(|name| register_of(name, &["Apotek Satu"]));
    world.app().import(&files, None, false, &mut |_| {});
    // A table of the whole year: of every month something was received.
    let lines =
        |name: &str| ["KEHADIRAN LOKMIN TAHUN 2023", name, YEAR, "1,Apotek Satu,-,v,v,v,v,v,v,v,v,v,v,v"].join("\n");
    let years = ["PUSKESMAS SATU", "PUSKESMAS DUA"]
        .map(|name| Upload { name: format!("{name}.csv"), bytes: lines(name).into_bytes() });
    let receipt = world.app().import(&years, None, false, &mut |_| {});
    assert!(receipt.files.iter().all(|file| file.error.is_none()), "{receipt:?}");
    world
}

fn runs(engine: &Engine) -> Vec<JobRun> {
    let mut runs = engine.app().store().ledger().runs(Some("laporan"), 100).unwrap();
    runs.reverse();
    runs
}

#[test]
fn a_caught_up_run_reports_on_the_period_and_day_of_its_due_time() {
    let world = world(MONTHLY);
    world.engine(Hook::default()).look().unwrap();
    // The laptop sleeps from May to August: due times of 11 May, June, July and August pass, two are made up for.
    world.set(at("2023-08-20T00:00:00Z"));
    let engine = world.engine(Hook::default());
    engine.look().unwrap();
    let runs = runs(&engine);
    let states: Vec<_> = runs.iter().map(|run| (run.state, run.reason)).collect();
    assert_eq!(states[states.len() - 2..], [(RunState::Done, RunReason::CatchUp); 2], "{runs:#?}");
    for (run, (period, day)) in runs[runs.len() - 2..].iter().zip([("2023-06", "30 Juni"), ("2023-07", "31 Juli")]) {
        assert!(run.message.contains(&format!("per {day} 2023: 2 laporan dari 2 Puskesmas")), "{}", run.message);
        let files = engine.app().store().ledger().artefacts(run.id).unwrap();
        assert_eq!(files.len(), 2);
        for file in &files {
            assert!(file.path.starts_with(&format!("laporan/{period}/puskesmas-")), "{}", file.path);
            let bytes = std::fs::read(world.data().join(&file.path)).unwrap();
            assert_eq!(simpul::store::sha256(&bytes), file.sha256);
        }
    }
    assert_eq!(world.files("laporan").len(), 4);
}

#[test]
fn of_a_month_without_any_recap_there_is_no_data_and_no_paper() {
    let job = MONTHLY.to_owned() + "[notify]\nwhen = [\"no-data\"]\n";
    let world = World::new("2023-05-01T00:00:00Z", &[("laporan", &job)]);
    world.app().import(&[register_of("PUSKESMAS SATU", &["Apotek Satu"])], None, false, &mut |_| {});
    let engine = world.engine(Hook::default());
    engine.look().unwrap();
    world.set(at("2023-05-11T01:00:30Z"));
    engine.look().unwrap();
    let run = runs(&engine).pop().unwrap();
    assert_eq!(run.state, RunState::NoData, "{run:#?}");
    assert!(run.message.starts_with("tidak ada data: belum ada rekap April 2023 yang diterima"), "{}", run.message);
    assert_eq!(world.files("laporan").len(), 0);
    let told = world.files("keluar");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(std::fs::read_to_string(&told[0]).unwrap().contains("Keadaan   : Tidak ada data"));
    let standing = simpul::jobs::standing::standings(engine.app()).unwrap().pop().unwrap();
    assert_eq!(standing.trouble, "", "nothing failed");
}

#[test]
fn a_recapitulation_is_made_of_each_cluster_that_the_job_names() {
    let job = MONTHLY.replace(
        "papers = [\"tpcb\"]",
        "papers = [\"tpcb-cluster\"]\nclusters = [\"Utara\", \"Cluster Selatan\", \"Barat\"]",
    );
    let world = world(&job);
    let rows = [["1", "Satu", "Utara"], ["2", "Dua", "Selatan"]];
    let rows = rows.map(|row| row.join(","));
    let list = ["CLUSTER TAHUN 2023", "No,Puskesmas,Cluster", &rows[0], &rows[1]].join("\n");
    let list = Upload { name: "cluster.csv".to_owned(), bytes: list.into_bytes() };
    let receipt = world.app().import(&[list], None, false, &mut |_| {});
    assert_eq!(receipt.files[0].issues, [], "{receipt:?}");
    let engine = world.engine(Hook::default());
    engine.request("laporan").unwrap();
    engine.run_ready().unwrap();
    let run = runs(&engine).pop().unwrap();
    // Two are made; of the third nobody is a member, which is told with what there is.
    assert_eq!(run.state, RunState::Failed, "{run:?}");
    assert!(run.message.contains("Barat") && run.message.contains("Utara"), "{}", run.message);
    let files = world.files("laporan");
    let mut folders: Vec<_> = files.iter().map(|path| path.parent().unwrap().file_name().unwrap()).collect();
    folders.sort_unstable();
    assert_eq!(folders, ["cluster-selatan", "cluster-utara"]);
}

#[test]
fn the_same_data_give_the_same_files_and_other_data_give_others() {
    let world = world(MONTHLY);
    let engine = world.engine(Hook::default());
    for files in [2, 2, 4] {
        engine.request("laporan").unwrap();
        engine.run_ready().unwrap();
        assert_eq!(runs(&engine).last().unwrap().state, RunState::Done);
        assert_eq!(world.files("laporan").len(), files);
        if files == 2 && engine.app().store().ledger().runs(Some("laporan"), 9).unwrap().len() == 2 {
            for name in ["PUSKESMAS SATU", "PUSKESMAS DUA"] {
                world.app().import(&[register_of(name, &["Apotek Dua"])], None, false, &mut |_| {});
            }
        }
        world.pass(chrono::Duration::minutes(1));
    }
}

#[test]
fn cut_off_between_two_papers_it_is_done_again_and_nothing_stands_twice() {
    let world = world(MONTHLY);
    let passed = Arc::new(AtomicU32::new(0));
    let counted = passed.clone();
    let hook = Hook(Some(Arc::new(move |point| {
        let is_second = point == Point::WrittenOut && counted.fetch_add(1, Ordering::SeqCst) == 1;
        if is_second { Err(JobError::Killed) } else { Ok(()) }
    })));
    let engine = world.engine(hook);
    engine.request("laporan").unwrap();
    assert!(matches!(engine.run_ready(), Err(JobError::Killed)));
    let again = world.engine(Hook::default());
    again.recover().unwrap();
    again.run_ready().unwrap();
    let runs = runs(&again);
    assert_eq!((runs.len(), runs[0].state, runs[0].attempt), (1, RunState::Done, 2), "{runs:#?}");
    assert_eq!(world.files("laporan").len(), 2);
}

#[test]
fn a_stop_in_the_middle_hands_the_run_over() {
    let world = world(MONTHLY);
    let stop: Arc<std::sync::OnceLock<Engine>> = Arc::default();
    let known = stop.clone();
    let hook = Hook(Some(Arc::new(move |point| {
        if point == Point::WrittenOut
            && let Some(engine) = known.get()
        {
            engine.stop();
        }
        Ok(())
    })));
    let engine = world.engine(hook);
    stop.set(engine.clone()).unwrap();
    engine.request("laporan").unwrap();
    engine.run_ready().unwrap();
    let handed = runs(&engine);
    assert_eq!(handed[0].state, RunState::Due, "{handed:#?}");
    assert!(handed[0].message.contains("diserahkan"), "{}", handed[0].message);
    let again = world.engine(Hook::default());
    again.look().unwrap();
    let runs = runs(&again);
    assert_eq!((runs.len(), runs[0].state, runs[0].attempt), (1, RunState::Done, 1), "a stop costs no try");
    assert_eq!(world.files("laporan").len(), 2);
}

#[test]
fn a_full_disk_leaves_nothing_half_made_and_a_named_puskesmas_is_reported_on_alone() {
    let named = format!("{MONTHLY}puskesmas = [\"Puskesmas Dua\"]\n");
    let world = world(&named);
    let hook = Hook(Some(Arc::new(|point| match point {
        Point::WritingOut => Err(JobError::Folder(std::io::Error::from(std::io::ErrorKind::StorageFull))),
        _ => Ok(()),
    })));
    let full = world.engine(hook);
    full.request("laporan").unwrap();
    full.run_ready().unwrap();
    assert!(runs(&full)[0].message.contains("disk penuh"));
    assert_eq!(world.files("laporan"), Vec::<std::path::PathBuf>::new());
    let engine = world.engine(Hook::default());
    world.pass(chrono::Duration::minutes(1));
    engine.request("laporan").unwrap();
    engine.run_ready().unwrap();
    let files = world.files("laporan");
    assert!(files.len() == 1 && files[0].to_string_lossy().contains("puskesmas-dua"), "{files:?}");
}

#[test]
fn every_due_time_that_was_not_made_up_is_told() {
    let job = MONTHLY.replace("[limits]", "[notify]\nwhen = [\"missed\"]\n[limits]");
    let world = world(&job);
    world.engine(Hook::default()).look().unwrap();
    // Due times of 11 May, June, July and August pass; two are made up for, two are not.
    world.set(at("2023-08-20T00:00:00Z"));
    world.engine(Hook::default()).look().unwrap();
    let told: Vec<String> = world.files("keluar").iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    let [told] = told.as_slice() else { panic!("{told:?}") };
    for words in ["terlewat 2 kali", "11 Mei 2023", "11 Juni 2023", "menyusul", "11 Juli 2023", "11 Agustus 2023"] {
        assert!(told.contains(words), "{words}: {told}");
    }
}
