//! From workbooks to a picture: import of a year's recaps into a database on disk, one chart, one page (computed and
//! from memory). Requests per second over a socket beside nginx: `benches/peers/nginx.sh`.

use std::hint::black_box;
use std::path::Path;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use criterion::{BatchSize, Criterion};
use simpul::app::import::Upload;
use simpul::app::{App, Config, sample};
use simpul::charts::{self, Bar, Bars, Chart, ChartKind, MarkAnswer, Medium, TargetLine};
use simpul::clock::Clock;
use simpul::domain::Status;
use simpul::web::router;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tower::ServiceExt;

const PORT: u16 = 8080;

fn uploads() -> Vec<Upload> {
    sample::WORKBOOKS.iter().map(|(name, bytes)| Upload { name: (*name).to_owned(), bytes: bytes.to_vec() }).collect()
}

fn open(folder: &Path) -> App {
    let clock = Clock::Fixed("2024-01-10T03:00:00Z".parse().expect("an instant"));
    App::open(Config { data: folder.to_owned(), clock, who: "bench".to_owned() }).expect("a data folder")
}

fn imported() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let receipt = open(folder.path()).import(&uploads(), None, false, &mut |_| {});
    assert!(receipt.files.iter().all(|file| file.error.is_none()), "{receipt:?}");
    folder
}

fn get(runtime: &Runtime, router: &Router, path: &str) -> usize {
    let request =
        Request::get(path).header("host", format!("127.0.0.1:{PORT}")).body(Body::empty()).expect("a request");
    runtime.block_on(async {
        let response = router.clone().oneshot(request).await.expect("an answer");
        assert_eq!(response.status(), StatusCode::OK);
        axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body").len()
    })
}

fn import(criterion: &mut Criterion) {
    let files = uploads();
    criterion.bench_function("import/a year of recaps, 14 files, on disk", |bencher| {
        bencher.iter_batched(
            || tempfile::tempdir().expect("a folder"),
            |folder| {
                let receipt = open(folder.path()).import(&files, None, false, &mut |_| {});
                (folder, black_box(receipt))
            },
            BatchSize::PerIteration,
        );
    });
}

fn chart(criterion: &mut Criterion) {
    let chart = example();
    let svg = charts::svg(&chart, Medium::Screen).expect("a picture");
    criterion.bench_function("chart/40 bars as SVG", |bencher| {
        bencher.iter(|| black_box(charts::svg(black_box(&chart), Medium::Screen)));
    });
    criterion.bench_function("chart/that SVG as PNG", |bencher| {
        bencher.iter(|| black_box(charts::png(black_box(&svg), 1.0)));
    });
}

fn page(criterion: &mut Criterion) {
    let folder = imported();
    let runtime = Runtime::new().expect("a runtime");
    criterion.bench_function("page/Ringkasan, first time after a start", |bencher| {
        bencher.iter_batched(
            || router(open(folder.path()), PORT),
            |router| black_box(get(&runtime, &router, "/?periode=2023-C2")),
            BatchSize::PerIteration,
        );
    });
    let warm = router(open(folder.path()), PORT);
    get(&runtime, &warm, "/?periode=2023-C2");
    criterion.bench_function("page/Ringkasan, from memory", |bencher| {
        bencher.iter(|| black_box(get(&runtime, &warm, "/?periode=2023-C2")));
    });
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args().sample_size(20);
    import(&mut criterion);
    chart(&mut criterion);
    page(&mut criterion);
    criterion.final_summary();
}

fn example() -> Chart {
    let bars = (0..40).map(|place| Bar {
        name: format!("Posyandu Melati {place}"),
        value: Some(f64::from(100 - place)),
        status: Status::Fair,
        answer: MarkAnswer::default(),
    });
    Chart {
        title: "Skor per faskes".to_owned(),
        subtitle: "Skor 0–100".to_owned(),
        source: "Sumber: buatan".to_owned(),
        description: "Empat puluh batang".to_owned(),
        kind: ChartKind::Bars(Bars {
            unit: String::new(),
            target: Some(TargetLine { value: 91.0, label: "target Baik 91".to_owned() }),
            bars: bars.collect(),
        }),
    }
}
