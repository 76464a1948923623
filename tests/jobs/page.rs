//! The page of jobs, the banner and the metrics through the router.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use simpul::app::App;
use simpul::jobs::{Engine, Hook, JobError, Point};
use simpul::web::router;
use tower::ServiceExt;

use super::world::{World, at};
use crate::web::site::register;

const BACK_UP: &str = "title = \"Cadangan\"\ncron = \"0 6 * * *\"\nzone = \"WIB\"\nif-missed = \"skip\"\n[retries]\nmost = 0\n[run.back-up]\n";

struct Site {
    router: Router,
    app: App,
}

impl Site {
    fn new(app: &App) -> Self {
        Self { router: router(simpul::app::App::clone(app), 8080), app: app.clone() }
    }

    async fn ask(&self, method: Method, path: &str, origin: Option<&str>) -> (StatusCode, String) {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "127.0.0.1:8080");
        if let Some(origin) = origin {
            request = request.header(header::ORIGIN, origin);
        }
        let response = self.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let status = response.status();
        let bytes = axum::body::to_bytes(response.into_body(), 64 << 20).await.unwrap();
        (status, String::from_utf8_lossy(&bytes).into_owned())
    }

    async fn get(&self, path: &str) -> String {
        let (status, text) = self.ask(Method::GET, path, None).await;
        assert_eq!(status, StatusCode::OK, "{path}: {text}");
        text
    }

    async fn post(&self, path: &str) -> StatusCode {
        self.ask(Method::POST, path, Some("http://127.0.0.1:8080")).await.0
    }
}

#[tokio::test]
async fn a_run_is_asked_for_done_and_its_file_downloaded() {
    let world = World::new("2026-05-01T00:00:00Z", &[("cadangan", BACK_UP)]);
    let app = world.app();
    app.import(&[register(&["Apotek Satu"])], None, false, &mut |_| {});
    let site = Site::new(&app);
    assert!(site.get("/pekerjaan").await.contains("Belum pernah berjalan"));
    for origin in [None, Some("http://evil.example"), Some("null")] {
        let refused = site.ask(Method::POST, "/pekerjaan/cadangan/jalankan", origin).await.0;
        assert_eq!(refused, StatusCode::FORBIDDEN);
    }
    assert_eq!(site.post("/pekerjaan/cadangan/jalankan").await, StatusCode::SEE_OTHER);
    assert_eq!(site.post("/pekerjaan/cadangan/jalankan").await, StatusCode::SEE_OTHER);
    assert_eq!(site.app.store().ledger().runs(Some("cadangan"), 10).unwrap().len(), 1, "asked for twice, entered once");
    assert!(site.get("/pekerjaan").await.contains("1 menunggu giliran"));
    Engine::new(app.clone()).run_ready().unwrap();
    let page = site.get("/pekerjaan").await;
    assert!(page.contains("Selesai") && page.contains("disalin dan diperiksa"), "{page}");
    assert!(page.contains("pukul 06.00 WIB"), "{page}");
    let run = site.app.store().ledger().last_run("cadangan").unwrap().unwrap();
    let detail = site.get(&format!("/pekerjaan/cadangan/{}", run.id)).await;
    assert!(detail.contains("percobaan 1 dimulai") && detail.contains("berkas asli dalam salinan"), "{detail}");
    assert!(site.get(&format!("/berkas-pekerjaan/{}/0", run.id)).await.starts_with("SQLite format 3"));
    assert_eq!(site.ask(Method::GET, "/berkas-pekerjaan/99/0", None).await.0, StatusCode::NOT_FOUND);
    assert!(site.get("/pekerjaan/cadangan").await.matches("pukul 06.00 WIB").count() >= 10);
    let metrics = site.get("/metrics").await;
    assert!(metrics.contains("# TYPE simpul_job_run_seconds gauge\n"), "{metrics}");
    assert!(metrics.contains("simpul_job_run_seconds{job=\"cadangan\",state=\"done\"} "), "{metrics}");
    assert!(!metrics.contains(" -0\n") && metrics.contains("simpul_job_queue 0\n"), "{metrics}");
    let typed: Vec<&str> = metrics.lines().filter_map(|line| line.strip_prefix("# TYPE ")).collect();
    assert!(typed.iter().all(|line| !line.contains("_sum ") && !line.contains("_count ")), "{typed:?}");
    assert!(metrics.contains("simpul_job_due_times{job=\"cadangan\",state=\"done\"} 1\n"), "{metrics}");
    assert!(metrics.contains("simpul_job_last_success_timestamp_seconds{job=\"cadangan\"} 1777593600\n"), "{metrics}");
    assert_eq!(site.post("/pekerjaan/tidak-ada/jalankan").await, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_failed_or_was_missed_is_said_in_plain_words_and_on_the_overview() {
    let world = World::new("2026-05-01T00:00:00Z", &[("cadangan", BACK_UP)]);
    let app = world.app();
    app.import(&[register(&["Apotek Satu"])], None, false, &mut |_| {});
    let hook = Hook(Some(Arc::new(|point| match point {
        Point::Copying => Err(JobError::Folder(std::io::Error::from(std::io::ErrorKind::StorageFull))),
        _ => Ok(()),
    })));
    let engine = Engine::with_hook(app.clone(), hook);
    engine.look().unwrap();
    let site = Site::new(&app);
    assert!(!site.get("/").await.contains("perlu perhatian"));
    // Four mornings pass without a service, and are only marked.
    world.set(at("2026-05-05T02:00:00Z"));
    engine.look().unwrap();
    let page = site.get("/pekerjaan").await;
    assert!(page.contains("4 jadwal terlewat, dari 2 Mei 2026 06.00 WIB sampai 5 Mei 2026 06.00 WIB"), "{page}");
    // The next one is on time, and finds the disk full.
    world.set(at("2026-05-05T23:01:00Z"));
    engine.look().unwrap();
    let fresh = Site::new(&app);
    let overview = fresh.get("/").await;
    assert!(overview.contains("Tugas otomatis perlu perhatian"), "{overview}");
    assert!(overview.contains("Cadangan: gagal pada jadwal Rabu, 6 Mei 2026 pukul 06.00 WIB"), "{overview}");
    assert!(fresh.get("/pekerjaan").await.contains("Gagal"));
}

#[tokio::test]
async fn a_paused_job_is_skipped_and_says_by_whom() {
    let world = World::new("2026-05-01T00:00:00Z", &[("cadangan", BACK_UP)]);
    let app = world.app();
    let site = Site::new(&app);
    Engine::new(app.clone()).look().unwrap();
    assert_eq!(site.post("/pekerjaan/cadangan/jeda").await, StatusCode::SEE_OTHER);
    world.set(at("2026-05-01T23:00:30Z"));
    Engine::new(app.clone()).look().unwrap();
    let page = site.get("/pekerjaan").await;
    assert!(page.contains("Dijeda") && page.contains("dilewati: dijeda oleh penguji"), "{page}");
    assert_eq!(site.post("/pekerjaan/cadangan/lanjut").await, StatusCode::SEE_OTHER);
    assert!(!site.get("/pekerjaan").await.contains("Dijeda sejak"));
}
