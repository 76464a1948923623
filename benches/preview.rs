//! What a look costs beside one, 60 and 300 Puskesmas in the same data folder: the preview of an uploaded month, and
//! what undoing the month before would change. It may not grow with the others' data.

use std::fmt::Write;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion};
use simpul::app::import::Upload;
use simpul::app::{App, Config, sample};
use simpul::clock::Clock;
use simpul::store::Scope;

/// Numbers of Puskesmas, the one that is looked at among them.
const SIZES: [u32; 3] = [1, 60, 300];
/// Facilities of each of the others, visited each month of the year.
const FACILITIES: u32 = 40;

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = Clock::Fixed("2024-01-10T03:00:00Z".parse().expect("an instant"));
    let app =
        App::open(Config { data: folder.path().to_owned(), clock, who: "bench".to_owned() }).expect("a data folder");
    let mut files: Vec<Upload> = sample::WORKBOOKS
        .iter()
        .map(|(name, bytes)| Upload { name: (*name).to_owned(), bytes: bytes.to_vec() })
        .collect();
    let month = files.pop().expect("a month");
    take_in(&app, &files);
    let own = app.store().puskesmas().expect("a name").remove(0);
    let before = app.store().history(&Scope::Puskesmas(own)).expect("a history")[0].batch;
    let draft = app.intake().add_draft(&[month]).expect("a draft");

    let mut criterion = Criterion::default().configure_from_args().sample_size(10);
    let mut group = criterion.benchmark_group("look");
    let mut there = 1;
    for size in SIZES {
        while there < size {
            take_in(&app, &neighbour(there));
            there += 1;
        }
        group.bench_function(BenchmarkId::new("preview of a month, Puskesmas in the folder", size), |bencher| {
            bencher.iter(|| black_box(app.intake().preview(draft, None)).expect("a preview"));
        });
        group.bench_function(BenchmarkId::new("undoing a month, Puskesmas in the folder", size), |bencher| {
            bencher.iter(|| black_box(app.batches().undo_plan(before)).expect("a plan"));
        });
    }
    group.finish();
    criterion.final_summary();
}

fn take_in(app: &App, files: &[Upload]) {
    let receipt = app.import(files, None, false, &mut |_| {});
    assert!(!receipt.has_failures(), "{receipt:?}");
}

/// Register, and a year of visits, of one of the others.
fn neighbour(number: u32) -> [Upload; 2] {
    let (mut register, mut visits) = (String::new(), String::new());
    let title = format!("UPT PUSKESMAS TETANGGA {number}\nTAHUN 2023\n");
    write!(register, "DAFTAR IDENTIFIKASI\n{title}No;Nama Jaringan/Jejaring;Jenis;Kelompok\n").expect("room");
    write!(
        visits,
        "PEMBINAAN JARINGAN DAN JEJARING\n{title}No;Tanggal;Nama Jaringan/Jejaring;Bentuk Kegiatan;Pembina;Skor Daftar Tilik;Skor Maksimal\n"
    )
    .expect("room");
    for facility in 0..FACILITIES {
        writeln!(register, "{facility};Apotek {facility};Apotek;Jejaring").expect("room");
        for month in 1..=12 {
            let (day, points) = (1 + facility % 28, 50 + (facility + month) % 50);
            writeln!(visits, "1;{day}/{month}/2023;Apotek {facility};Supervisi;Ani;{points};100").expect("room");
        }
    }
    let file = |sort: &str, text: String| Upload { name: format!("{sort}-{number}.csv"), bytes: text.into_bytes() };
    [file("register", register), file("pembinaan", visits)]
}
