//! Three months of a laptop: it sleeps, its clock jumps, it is cut off at random points, its disk is full at times and
//! its mail server sulks. In the end every file is where it belongs, once, and the ledger tells every due time.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};

use chrono::{DateTime, Duration, Utc};
use simpul::domain::{Month, Period, PeriodKind};
use simpul::jobs::{Hook, JobError, Point};
use simpul::store::{JobRun, RunReason, RunState, Scope, examine_copy};

use super::mail_server::MailServer;
use super::world::{Dice, World, at};
use crate::web::site::register;

/// What is counted while the laptop lives.
#[derive(Default)]
struct Accidents {
    kills: BTreeMap<Point, u32>,
    full_disks: u32,
}

fn jobs(port: u16) -> Vec<(&'static str, String)> {
    let mail = format!(
        "[notify]\nwhen = [\"failed\", \"missed\"]\n[notify.smtp]\nserver = \"127.0.0.1:{port}\"\n\
         from = \"simpul@uji.example\"\nto = [\"pj@uji.example\"]\n"
    );
    vec![
        (
            "impor-bulanan",
            format!(
                "title = \"Impor\"\ncron = \"5 8-17/3 * * *\"\nzone = \"WIB\"\nif-missed = \"run-once\"\n\
                 [retries]\nmost = 10\n{mail}[run.import]\nfolder = \"masuk\"\n"
            ),
        ),
        (
            "evaluasi-caturwulan",
            "title = \"Evaluasi\"\ncron = \"0 7 * * 1\"\nzone = \"WIT\"\nif-missed = \"run-all\"\noverlap = \"queue\"\n\
             [limits]\ncatch-up = 2\n[retries]\nmost = 10\n[run.evaluate]\nperiod = \"month\"\nwhich = \"current\"\n"
                .to_owned(),
        ),
        (
            "cadangan",
            "title = \"Cadangan\"\ncron = \"30 12 * * *\"\nzone = \"WITA\"\n[retries]\nmost = 10\n\
             [run.back-up]\ndaily = 3\nmonthly = 2\n"
                .to_owned(),
        ),
        (
            "laporan-tpcb",
            "title = \"Laporan\"\ncron = \"0 8 11,25 * *\"\nzone = \"WIB\"\nif-missed = \"run-all\"\noverlap = \"queue\"\n\
             [retries]\nmost = 10\n[run.report]\npapers = [\"tpcb\", \"jadwal\"]\nformats = [\"xlsx\"]\nperiod = \"month\"\n"
                .to_owned(),
        ),
        (
            "pemeriksaan-pagi",
            format!(
                "title = \"Pemeriksaan\"\ncron = \"0 8 * * 1\"\nzone = \"WIB\"\nif-missed = \"skip\"\n\
                 [retries]\nmost = 1\nwait-minutes = 30\n{mail}[run.check-data]\n"
            ),
        ),
        (
            "pengingat",
            format!(
                "title = \"Pengingat\"\ncron = \"0 8 * * 1\"\nzone = \"WIB\"\nif-missed = \"run-once\"\n\
                 [retries]\nmost = 1\nwait-minutes = 30\n{mail}[run.check-data]\n"
            ),
        ),
    ]
}

/// Cuts off at one point in so many, and finds the disk full at one write in so many.
fn hook(dice: Arc<Mutex<Dice>>, accidents: Arc<Mutex<Accidents>>, is_calm: Arc<std::sync::atomic::AtomicBool>) -> Hook {
    Hook(Some(Arc::new(move |point| {
        if is_calm.load(Ordering::SeqCst) {
            return Ok(());
        }
        let roll = dice.lock().unwrap().roll(100);
        if roll < 11 {
            *accidents.lock().unwrap().kills.entry(point).or_default() += 1;
            return Err(JobError::Killed);
        }
        let writes = matches!(point, Point::WritingNote | Point::Copying | Point::WritingOut | Point::EvaluationKept);
        if writes && roll > 85 {
            accidents.lock().unwrap().full_disks += 1;
            return Err(JobError::Folder(io::Error::from(io::ErrorKind::StorageFull)));
        }
        Ok(())
    })))
}

/// Every due time that the rows of a job stand for, in order; panics where one stands twice.
fn due_times(world: &World, job: &str, runs: &[JobRun]) -> BTreeSet<DateTime<Utc>> {
    let app = world.app();
    let schedule = app.definitions().jobs.iter().find(|known| known.name == job).unwrap().schedule.clone();
    let mut found = BTreeSet::new();
    for run in runs.iter().filter(|run| run.reason != RunReason::Manual) {
        let mut due = run.since;
        for _ in 1..run.covers {
            assert!(found.insert(due), "{job} {due} stands twice");
            due = schedule.next_after(due).unwrap();
        }
        assert_eq!(due, run.due);
        assert!(found.insert(due), "{job} {due} stands twice");
    }
    found
}

/// Drops a workbook (or something that is none) into the watched folder; says whether it is a good one.
fn drop_file(world: &World, number: usize, dice: &mut Dice) -> bool {
    let folder = world.data().join("masuk");
    fs::create_dir_all(&folder).unwrap();
    let is_good = dice.roll(4) != 0;
    // Few names, so that they clash where they end.
    let name = format!("rekap-{}.xlsx", dice.roll(5));
    let bytes = if is_good {
        register(&[&format!("Apotek Nomor {number}")]).bytes
    } else {
        format!("bukan buku kerja {number}").into_bytes()
    };
    let path = folder.join(name);
    if path.exists() {
        fs::write(folder.join(format!("rekap-lain-{number}.xlsx")), bytes).unwrap();
    } else {
        fs::write(path, bytes).unwrap();
    }
    is_good
}

#[test]
fn three_months_of_a_laptop_lose_nothing_and_do_nothing_twice() {
    let server = MailServer::start();
    let jobs = jobs(server.port);
    let jobs: Vec<(&str, &str)> = jobs.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let (start, end) = (at("2026-01-31T22:00:00Z"), at("2026-05-03T22:00:00Z"));
    let world = World::new("2026-01-31T22:00:00Z", &jobs);
    let (accidents, is_calm) = (Arc::default(), Arc::<std::sync::atomic::AtomicBool>::default());
    let hook = hook(Arc::new(Mutex::new(Dice(7))), Arc::clone(&accidents), is_calm.clone());
    let mut dice = Dice(20_260_131);
    let (mut good, mut bad, mut latest) = (0, 0, start);
    let mut engine = world.engine(Hook::default());
    engine.settle().unwrap();
    // A table of the whole year, so that there is something to report of every month.
    let heads = "No,Nama Jaringan/Jejaring,Jan,Feb,Mar,Apr,Mei,Jun,Jul,Agu,Sep,Okt,Nov,Des";
    let lines = ["KEHADIRAN LOKMIN", "UPT PUSKESMAS UJI", heads, "1,Apotek Tetap,-,v,v,v,v,v,v,v,v,v,v,v"].join("\n");
    for year in [2025, 2026] {
        let bytes = lines.replace("LOKMIN", &format!("LOKMIN TAHUN {year}")).into_bytes();
        let yearly = simpul::app::import::Upload { name: format!("hadir-{year}.csv"), bytes };
        let receipt = world.app().import(&[register(&["Apotek Tetap"]), yearly], None, false, &mut |_| {});
        assert!(receipt.files.iter().all(|file| file.error.is_none()), "{receipt:?}");
    }
    engine = world.engine(hook.clone());
    let mut look = |world: &World| {
        // A laptop that was cut off is switched on again at once; its owner is patient.
        while matches!(engine.look(), Err(JobError::Killed)) {
            engine = world.engine(hook.clone());
        }
    };
    while world.now() < end {
        let asleep = match dice.roll(60) {
            // Lebaran, once in a while a long week-end, else nights and meetings.
            0 if world.now() > at("2026-03-15T00:00:00Z") && latest < at("2026-03-28T00:00:00Z") => Duration::weeks(2),
            0..4 => Duration::days(3),
            4..20 => Duration::hours(i64::try_from(dice.roll(12)).unwrap()),
            _ => Duration::minutes(20 + i64::try_from(dice.roll(200)).unwrap()),
        };
        world.pass(asleep);
        let right = world.now();
        match dice.roll(40) {
            0 => world.pass(Duration::days(-2)),
            1 => world.pass(Duration::minutes(-30)),
            2 => world.pass(Duration::days(40)),
            _ => {}
        }
        latest = latest.max(world.now());
        server.is_broken.store(dice.roll(3) > 0, Ordering::SeqCst);
        if dice.roll(8) == 0 && good + bad < 60 {
            if drop_file(&world, good + bad, &mut dice) { good += 1 } else { bad += 1 }
        }
        look(&world);
        // The wrong clock is put right before long.
        world.set(right);
        latest = latest.max(right);
    }
    // The accidents end; what is open comes to its end within a day.
    is_calm.store(true, Ordering::SeqCst);
    server.is_broken.store(false, Ordering::SeqCst);
    for _ in 0..24 {
        world.pass(Duration::hours(1));
        look(&world);
    }
    let latest = latest.max(world.now());

    let accidents = accidents.lock().unwrap();
    let kills: u32 = accidents.kills.values().sum();
    assert!(kills >= 200 && accidents.full_disks >= 10, "{kills} {:?} {}", accidents.kills, accidents.full_disks);
    assert!(accidents.kills.len() >= 14, "cut off at {:?} only", accidents.kills);
    assert!(good >= 15 && bad >= 5, "{good} {bad}");
    files_are_where_they_belong(&world, good, bad);
    the_ledger_tells_all(&world, start, latest);
    evaluations_are_as_of_their_due_days(&world);
    reminders_come_late_rather_than_never(&world);
    reports_are_of_their_due_times(&world);
    copies_are_sound(&world);
    everything_was_told(&world, &server);
}

fn files_are_where_they_belong(world: &World, good: usize, bad: usize) {
    assert_eq!(world.files("masuk"), Vec::<std::path::PathBuf>::new());
    let books = |folder: &str| -> Vec<Vec<u8>> {
        let files = world.files(folder).into_iter();
        files
            .filter(|path| !path.to_string_lossy().ends_with(".catatan.txt"))
            .map(|path| fs::read(path).unwrap())
            .collect()
    };
    let (done, refused) = (books("selesai"), books("ditolak"));
    assert_eq!((done.len(), refused.len()), (good, bad));
    let distinct: BTreeSet<&Vec<u8>> = done.iter().chain(&refused).collect();
    assert_eq!(distinct.len(), good + bad, "no file ended twice");
    let notes = world.files("ditolak").into_iter().filter(|path| path.to_string_lossy().ends_with(".catatan.txt"));
    assert_eq!(notes.count(), bad, "every refused file has its note");
    // Besides the register and the two yearly tables of the beginning.
    let accepted = world.app().store().history(&Scope::All).unwrap();
    assert_eq!(accepted.len(), good + 3, "each was accepted once: {accepted:#?}");
}

fn the_ledger_tells_all(world: &World, start: DateTime<Utc>, latest: DateTime<Utc>) {
    let app = world.app();
    let mut states = BTreeSet::new();
    for job in &app.definitions().jobs {
        let runs = app.store().ledger().runs(Some(&job.name), 100_000).unwrap();
        let mut expected = BTreeSet::new();
        let mut last = start;
        while let Some(next) = job.schedule.next_after(last).filter(|next| *next <= latest) {
            expected.insert(next);
            last = next;
        }
        let found = due_times(world, &job.name, &runs);
        // A clock that ran ahead left rows for times that have not come yet.
        let known: BTreeSet<_> = found.into_iter().filter(|due| *due <= latest).collect();
        assert_eq!(known, expected, "{}", job.name);
        for run in &runs {
            states.insert(run.state);
            assert!(run.state.is_settled(), "{run:?}");
            let lines = app.store().ledger().run_lines(run.id).unwrap();
            let tries = lines.iter().filter(|line| line.line.ends_with("dimulai")).count();
            assert!(tries <= run.attempt as usize, "{run:?}");
            let was_run = matches!(run.state, RunState::Done | RunState::Failed | RunState::NoData);
            assert_eq!(was_run, run.attempt > 0, "{run:?}");
            assert!(run.ended.is_some() && !run.message.is_empty(), "{run:?}");
        }
    }
    assert!(states.contains(&RunState::Done) && states.contains(&RunState::Missed), "{states:?}");
}

fn evaluations_are_as_of_their_due_days(world: &World) {
    let app = world.app();
    let definitions = app.definitions();
    let job = definitions.jobs.iter().find(|job| job.name == "evaluasi-caturwulan").unwrap();
    let runs = app.store().ledger().runs(Some(&job.name), 10_000).unwrap();
    let (mut caught_up, mut seen) = (0, 0);
    for run in runs.iter().filter(|run| run.state == RunState::Done) {
        let day = run.due.with_timezone(&job.schedule.zone()).date_naive();
        let period = Period::containing(PeriodKind::Month, Month::from_date(day));
        let lines = app.store().ledger().run_lines(run.id).unwrap();
        for line in lines.iter().filter(|line| line.line.contains("nomor")) {
            assert!(line.line.contains(&format!("{period} per {day}")), "{} {}", run.due, line.line);
            seen += 1;
        }
        caught_up += usize::from(run.reason == RunReason::CatchUp);
    }
    assert!(seen > 5 && caught_up > 1, "{seen} {caught_up}");
}

/// A reminder that is due while the laptop sleeps comes when it wakes up.
fn reminders_come_late_rather_than_never(world: &World) {
    let runs = world.app().store().ledger().runs(Some("pengingat"), 10_000).unwrap();
    let done = runs.iter().filter(|run| run.state == RunState::Done);
    let caught_up = done.filter(|run| run.reason == RunReason::CatchUp).count();
    assert!(caught_up >= 3, "{caught_up} of {}", runs.len());
}

fn reports_are_of_their_due_times(world: &World) {
    let app = world.app();
    let definitions = app.definitions();
    let job = definitions.jobs.iter().find(|job| job.name == "laporan-tpcb").unwrap();
    let runs = app.store().ledger().runs(Some(&job.name), 10_000).unwrap();
    let mut named = BTreeSet::new();
    for run in runs.iter().filter(|run| run.state == RunState::Done) {
        let day = run.due.with_timezone(&job.schedule.zone()).date_naive();
        let period = Period::containing(PeriodKind::Month, Month::from_date(day)).previous();
        for file in app.store().ledger().artefacts(run.id).unwrap() {
            assert!(file.path.starts_with(&format!("laporan/{period}/")), "{} {}", run.due, file.path);
            let bytes = fs::read(world.data().join(&file.path)).unwrap();
            assert_eq!(simpul::store::sha256(&bytes), file.sha256, "{}", file.path);
            named.insert(file.path);
        }
    }
    assert!(named.len() >= 6, "{named:?}");
    let there = world.files("laporan");
    assert!(there.iter().all(|path| !path.to_string_lossy().contains(".sementara")), "{there:?}");
}

fn copies_are_sound(world: &World) {
    let mut copies = world.files("cadangan");
    copies.retain(|path| path.extension().is_some_and(|ending| ending == "db"));
    assert!((3..=5).contains(&copies.len()), "{copies:?}");
    for copy in copies {
        examine_copy(&copy).unwrap();
    }
}

fn everything_was_told(world: &World, server: &MailServer) {
    let app = world.app();
    let notices = app.store().ledger().notices(10_000).unwrap();
    let waiting: Vec<_> = notices.iter().filter(|notice| notice.sent.is_none()).collect();
    assert!(waiting.is_empty(), "{waiting:?}");
    let mailed: BTreeSet<String> = notices
        .iter()
        .filter(|notice| notice.notice.channel == "smtp")
        .map(|notice| format!("<simpul-{}@uji.example>", notice.notice.key))
        .collect();
    let taken: BTreeSet<String> = server.taken.lock().unwrap().iter().cloned().collect();
    assert!(!mailed.is_empty(), "the mail server was asked");
    assert_eq!(taken, mailed);
    let files = notices.iter().filter(|notice| notice.notice.channel == "file").count();
    let written = world.files("keluar");
    let told = written.iter().filter(|path| path.to_string_lossy().contains("simpul-"));
    assert_eq!(told.count(), files, "each notice is one file");
    assert!(written.iter().all(|path| !path.to_string_lossy().contains(".sementara")));
}
