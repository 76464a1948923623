//! The page of the district with 8, 40 and 1,000 Puskesmas in one data folder: cold (nothing in memory), after one of
//! them imported, and warm; and its bytes. `-- --test` is a trial without the largest.
#![expect(clippy::print_stdout, reason = "a benchmark reports on standard output")]

use std::fmt::Write;
use std::hint::black_box;
use std::path::Path;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use criterion::{BatchSize, BenchmarkId, Criterion};
use simpul::app::import::Upload;
use simpul::app::{App, Config};
use simpul::clock::Clock;
use simpul::web::router;
use tokio::runtime::Runtime;
use tower::ServiceExt;

/// Numbers of Puskesmas.
const SIZES: [u32; 3] = [8, 40, 1_000];
/// The largest number of them in a trial.
const TRIAL_MAX: u32 = 40;
/// Facilities of each, visited in four months and invited to four lokmin.
const FACILITIES: u32 = 12;
/// Puskesmas of a cluster.
const CLUSTER: u32 = 8;
/// Digits of the names of Puskesmas.
const SYLLABLES: [&str; 10] = ["KA", "RI", "MO", "SU", "TA", "LE", "NI", "DO", "PA", "WU"];
const PORT: u16 = 8080;
const PAGE: &str = "/kabupaten?periode=2023-C2";

fn main() {
    // `-- --test` runs each once: there the largest folder would take minutes to fill.
    let is_trial = std::env::args().any(|word| word == "--test");
    let sizes = SIZES.into_iter().filter(|size| !is_trial || *size <= TRIAL_MAX);
    let folder = tempfile::tempdir().expect("a folder");
    let runtime = Runtime::new().expect("a runtime");
    let mut criterion = Criterion::default().configure_from_args().sample_size(10);
    let mut there = 0;
    for size in sizes {
        fill(&open(folder.path()), there, size);
        there = size;
        let app = open(folder.path());
        let bytes = get(&runtime, &app, PAGE);
        println!("district/{size} Puskesmas: {bytes} bytes, uncompressed");
        let mut group = criterion.benchmark_group("district");
        group.bench_function(BenchmarkId::new("first page, nothing in memory", size), |bencher| {
            bencher.iter_batched(
                || open(folder.path()),
                |app| black_box(get(&runtime, &app, PAGE)),
                BatchSize::PerIteration,
            );
        });
        group.bench_function(BenchmarkId::new("first page, one imported since", size), |bencher| {
            let mut day = 0;
            bencher.iter_batched(
                || {
                    day = 1 + day % 27;
                    take_in(&app, &[visits(0, day)]);
                },
                |()| black_box(get(&runtime, &app, PAGE)),
                BatchSize::PerIteration,
            );
        });
        group.bench_function(BenchmarkId::new("first page, warm", size), |bencher| {
            bencher.iter(|| black_box(get(&runtime, &app, PAGE)));
        });
        group.bench_function(BenchmarkId::new("last page, warm", size), |bencher| {
            let last = format!("{PAGE}&halaman-puskesmas-table=999");
            bencher.iter(|| black_box(get(&runtime, &app, &last)));
        });
        group.finish();
    }
    criterion.final_summary();
}

fn open(folder: &Path) -> App {
    let clock = Clock::Fixed("2024-01-10T03:00:00Z".parse().expect("an instant"));
    App::open(Config { data: folder.to_owned(), clock, who: "bench".to_owned() }).expect("a data folder")
}

/// Asks a router of its own, so that no finished answer lies in memory; standings lie in the app.
fn get(runtime: &Runtime, app: &App, path: &str) -> usize {
    let request =
        Request::get(path).header("host", format!("127.0.0.1:{PORT}")).body(Body::empty()).expect("a request");
    runtime.block_on(async {
        let response = router(app.clone(), PORT).oneshot(request).await.expect("an answer");
        assert_eq!(response.status(), StatusCode::OK);
        axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body").len()
    })
}

/// Adds the Puskesmas from number `from` up to `size`, and the list of clusters.
fn fill(app: &App, from: u32, size: u32) {
    for number in from..size {
        take_in(app, &[register(number), visits(number, 1 + number % 27), lokmin(number)]);
    }
    let mut list = "CLUSTER BINAAN\nTAHUN 2023\n\nNo;Puskesmas;Cluster\n".to_owned();
    for number in 0..size {
        writeln!(list, "{};{};Cluster {:03}", number + 1, name(number), number / CLUSTER).expect("room");
    }
    take_in(app, &[Upload { name: format!("cluster-{size}.csv"), bytes: list.into_bytes() }]);
}

fn take_in(app: &App, files: &[Upload]) {
    let receipt = app.import(files, None, false, &mut |_| {});
    assert!(!receipt.has_failures(), "{receipt:?}");
}

fn name(number: u32) -> String {
    let place = |power: u32| SYLLABLES[(number / 10_u32.pow(power) % 10) as usize];
    format!("UPT PUSKESMAS BANYU{}{}{}", place(2), place(1), place(0))
}

fn register(number: u32) -> Upload {
    let mut text =
        format!("DAFTAR IDENTIFIKASI\n{}\nTAHUN 2023\nNo;Nama Jaringan/Jejaring;Jenis;Kelompok\n", name(number));
    for facility in 1..=FACILITIES {
        writeln!(text, "{facility};Apotek {facility};Apotek;Jejaring").expect("room");
    }
    Upload { name: format!("daftar-{number}.csv"), bytes: text.into_bytes() }
}

fn visits(number: u32, day: u32) -> Upload {
    let mut text = format!(
        "PEMBINAAN JARINGAN DAN JEJARING\n{}\nTAHUN 2023\nNo;Tanggal;Nama Jaringan/Jejaring;Bentuk Kegiatan;Pembina;\
         Skor Daftar Tilik;Skor Maksimal\n",
        name(number)
    );
    for facility in 1..=FACILITIES {
        let month = 5 + facility % 4;
        let points = 40 + (facility * 7 + number * 13) % 60;
        writeln!(text, "{facility};{day}/{month}/2023;Apotek {facility};Supervisi;Ani;{points};100").expect("room");
    }
    Upload { name: format!("pembinaan-{number}-{day}.csv"), bytes: text.into_bytes() }
}

fn lokmin(number: u32) -> Upload {
    let mut text = format!(
        "DAFTAR HADIR LOKAKARYA MINI\n{}\nTAHUN 2023\nBULAN : MEI 2023\n\nNo;Nama Jaringan/Jejaring;Diundang;Hadir\n",
        name(number)
    );
    for facility in 1..=FACILITIES {
        let came = if (facility + number).is_multiple_of(3) { "Tidak" } else { "Ya" };
        writeln!(text, "{facility};Apotek {facility};Ya;{came}").expect("room");
    }
    Upload { name: format!("lokmin-{number}.csv"), bytes: text.into_bytes() }
}
