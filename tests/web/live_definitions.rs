//! Definition files that are saved while the service runs: pages follow, and say what is wrong.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use simpul::jobs::{Engine, Scheduler};

use super::site::{Answer, Site, abcde};

/// Time within which a saved file counts.
const COUNTS_WITHIN: Duration = Duration::from_secs(2);

const PAGE: &str = "\
title = \"Kehadiran\"
question = \"Siapa hadir?\"
order = 50
scope = \"puskesmas\"
periods = [\"month\"]

[[panel]]
title = \"Skor\"
[panel.score-bars]
";

fn path_of(site: &Site, name: &str) -> PathBuf {
    let path = site.app.data().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    path
}

/// Saves a file and waits until the page is as asked; fails after the time that is promised.
async fn saved(site: &Site, name: &str, text: &str, page: &str, is_asked: impl Fn(&Answer) -> bool) -> Answer {
    fs::write(path_of(site, name), text).unwrap();
    let begun = Instant::now();
    loop {
        let answer = site.get(page).await;
        if is_asked(&answer) {
            return answer;
        }
        assert!(begun.elapsed() < COUNTS_WITHIN, "{page}: {}", answer.text());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_saved_page_counts_within_two_seconds_and_a_wrong_one_leaves_the_old() {
    let site = abcde();
    let scheduler = Scheduler::start(Engine::new(site.app.clone())).unwrap();
    let address = "/halaman/kehadiran?periode=2023-05";
    let file = "dashboards/kehadiran.toml";
    assert_eq!(site.get(address).await.status, StatusCode::NOT_FOUND);
    saved(&site, file, PAGE, address, |page| page.status == StatusCode::OK).await;
    let renamed = PAGE.replace("Siapa hadir?", "Siapa yang hadir?");
    saved(&site, file, &renamed, address, |page| page.text().contains("Siapa yang hadir?")).await;
    let wrong = renamed.replace("score-bars", "skor-batang").replace("Siapa", "Mana");
    let page = saved(&site, file, &wrong, address, |page| page.text().contains("isi lamanya yang dipakai")).await;
    let text = page.text();
    assert!(text.contains("Siapa yang hadir?") && !text.contains("Mana"), "{text}");
    assert!(text.contains("dashboards/kehadiran.toml:9:8") && text.contains('^'), "{text}");
    assert!(site.get("/pekerjaan").await.text().contains("dashboards/kehadiran.toml:9:8"));
    saved(&site, file, PAGE, address, |page| !page.text().contains("isi lamanya")).await;
    fs::remove_file(path_of(&site, file)).unwrap();
    saved(&site, "dashboards/lain.toml", "titel = 1\n", address, |page| page.status == StatusCode::NOT_FOUND).await;
    let page = site.get("/halaman/lain").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.text().contains("dashboards/lain.toml:1:1"), "{}", page.text());
    drop(scheduler);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_saved_job_counts_within_two_seconds() {
    let site = Site::empty();
    let scheduler = Scheduler::start(Engine::new(site.app.clone())).unwrap();
    let job = "title = \"Rapikan berkas\"\ncron = \"0 2 * * *\"\nzone = \"WIB\"\n[run.prune]\n";
    let file = "jobs/rapi.toml";
    saved(&site, file, job, "/pekerjaan", |page| page.text().contains("Rapikan berkas")).await;
    let wrong = job.replace("0 2 * * *", "0 25 * * *");
    let page = saved(&site, file, &wrong, "/pekerjaan", |page| page.text().contains("jobs/rapi.toml:2:")).await;
    assert!(page.text().contains("Rapikan berkas") && page.text().contains("isi lamanya yang dipakai"));
    assert!(page.text().contains("02.00"), "the old time stands: {}", page.text());
    let later = job.replace("0 2 * * *", "0 4 * * *");
    saved(&site, file, &later, "/pekerjaan", |page| page.text().contains("04.00")).await;
    drop(scheduler);
}
