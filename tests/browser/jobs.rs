//! A person looks after the jobs: asks for a run, sees it end without touching the page, reads its log, pauses; and
//! pictures of these pages with every state in them.

use std::net::TcpListener;
use std::sync::Arc;

use fantoccini::{Client, Locator};
use simpul::jobs::{Engine, Hook, JobError, Point, Scheduler};
use simpul::web::serve;

use super::driver::{Browser, Window};
use super::{pictures, text};
use crate::jobs::world::{World, at};
use crate::web::site::register;

const JOBS: [(&str, &str); 4] = [
    ("cadangan", "title = \"Cadangan harian\"\ncron = \"30 12 * * *\"\nzone = \"WIB\"\n[run.back-up]\n"),
    (
        "evaluasi-caturwulan",
        "title = \"Evaluasi caturwulan\"\ncron = \"0 7 6 1,5,9 *\"\nzone = \"WIB\"\n[run.evaluate]\nwhich = \"previous\"\n",
    ),
    (
        "impor-bulanan",
        "title = \"Impor rekap dari folder masuk\"\ncron = \"5 7-17 * * *\"\nzone = \"WIB\"\n[run.import]\nfolder = \"masuk\"\n",
    ),
    (
        "pengingat",
        "title = \"Pengingat mingguan\"\ncron = \"0 8 * * 1\"\nzone = \"WIB\"\nif-missed = \"skip\"\n\
         [retries]\nmost = 0\n[notify]\n[run.check-data]\n",
    ),
];

/// Weeks with missed, caught-up, failed and done runs behind them.
pub(super) fn world() -> World {
    let world = World::new("2026-04-19T22:00:00Z", &JOBS);
    let app = world.app();
    app.import(&[register(&["Apotek Satu", "Apotek Dua"])], None, false, &mut |_| {});
    let engine = Engine::new(app.clone());
    engine.look().unwrap();
    world.set(at("2026-05-08T06:00:00Z"));
    engine.look().unwrap();
    let full = Hook(Some(Arc::new(|point| match point {
        Point::WritingOut => Err(JobError::Folder(std::io::Error::from(std::io::ErrorKind::StorageFull))),
        _ => Ok(()),
    })));
    world.set(at("2026-05-11T01:01:00Z"));
    Engine::with_hook(app, full).look().unwrap();
    world
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_looks_after_the_jobs() {
    let world = world();
    let app = world.app();
    let _scheduler = Scheduler::start(Engine::new(app.clone())).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(serve(app.clone(), listener, std::future::pending()));
    let browser = Browser::start();
    for window in [Window::Laptop, Window::Projector, Window::Phone] {
        let client = browser.open(window).await;
        for (name, path) in [
            ("pekerjaan-keadaan", "/pekerjaan"),
            ("pekerjaan-satu", "/pekerjaan/cadangan"),
            ("ringkasan-peringatan", "/"),
        ] {
            client.goto(&format!("{base}{path}")).await.unwrap();
            let file = pictures().join(format!("{name}-{}.png", window.name()));
            std::fs::write(file, client.screenshot().await.unwrap()).unwrap();
        }
        client.close().await.unwrap();
    }
    let client = browser.open(Window::Laptop).await;
    client.goto(&base).await.unwrap();
    client.find(Locator::LinkText("Lihat tugas otomatis")).await.unwrap().click().await.unwrap();
    run_now(&client).await;
    client.find(Locator::Css("#b-cadangan-jeda")).await.unwrap().click().await.unwrap();
    client.wait().for_element(Locator::XPath("//section//*[contains(., 'Dijeda sejak')]")).await.unwrap();
    client.find(Locator::Css("#b-cadangan-jeda")).await.unwrap().click().await.unwrap();
    client.wait().for_element(Locator::XPath("//section[not(contains(., 'Dijeda'))]")).await.unwrap();
    client.close().await.unwrap();
}

/// The page is not loaded again: the news brings the end.
async fn run_now(client: &Client) {
    client.wait().for_element(Locator::Css("#b-cadangan-jalankan")).await.unwrap();
    client.find(Locator::Css("#b-cadangan-jalankan")).await.unwrap().click().await.unwrap();
    let ended = Locator::XPath("//table//tr[contains(., 'dijalankan manual') and contains(., 'Selesai')]//a");
    client.wait().for_element(ended).await.unwrap().click().await.unwrap();
    client.wait().for_element(Locator::Css("ol.log")).await.unwrap();
    assert!(text(client, "main").await.contains("percobaan 1 dimulai"));
    client.find(Locator::XPath("//main//a[starts-with(., 'cadangan/simpul-')]")).await.unwrap();
    client.find(Locator::LinkText("Tugas otomatis")).await.unwrap().click().await.unwrap();
    client.wait().for_element(Locator::Css("#b-cadangan-jeda")).await.unwrap();
}
