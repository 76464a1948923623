//! *Indikator Puskesmas*: sets are switched on and off with an undo, the page and its contract say the same of what was
//! imported, and facilities know nothing of it.

use axum::http::StatusCode;

use simpul::store::Scope;

use super::site::{Site, register_of};
use crate::corpus::{file, page};

const ROWS: &[&[&str]] = &[
    &["UPT PUSKESMAS UJI"],
    &["INDIKATOR NASIONAL MUTU BULAN MEI 2023"],
    &["No", "Indikator", "Numerator", "Denumerator", "%"],
    &["1", "Kepatuhan kebersihan tangan", "=86", "=100", "=86"],
    &["2", "Kepatuhan penggunaan APD", "=45", "=50", "=90"],
    &["3", "Kepatuhan identifikasi pasien", "=0", "=10", "=0"],
];

fn site() -> Site {
    Site::with(&[register_of("UPT PUSKESMAS UJI", &["Apotek Satu"]), file("inm.xlsx", &[page("INM", ROWS)])])
}

/// A set that is to be switched, as the form sends it.
fn wish<'w>(set: &'w str, year: &'w str, state: &'w str) -> [(&'static str, &'w str); 3] {
    [("set", set), ("tahun", year), ("menjadi", state)]
}

const AT: &str = "/indikator-puskesmas?periode=2023";

#[tokio::test]
async fn counts_wait_until_their_set_is_switched_on() {
    let site = site();
    let before = site.get(AT).await.text();
    assert!(before.contains("Belum ada indikator Puskesmas untuk tahun 2023"), "{before}");
    assert!(before.contains("INM-1, INM-2, INM-3"), "{before}");
    let sent = site.post(AT, &wish("inm", "2023", "nyala")).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let page = site.get(AT).await.text();
    for words in [
        "1 dari 3 indikator yang dinilai tercapai; 3 belum ada angkanya",
        "86,00 %",
        "86 dari 100",
        "≥ 85,00 %",
        "Tercapai",
        "Belum tercapai",
        "0,00 %",
        "Permenkes Nomor 30 Tahun 2022",
        "sejak 2023",
        "/sel?lembar=INM",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let again = site.post(AT, &wish("inm", "2023", "nyala")).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text().contains("sudah menyala dengan isi yang sama"));
    assert_eq!(site.post(AT, &wish("tidak-ada", "2023", "nyala")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.post(AT, &wish("inm", "23", "nyala")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_set_is_switched_off_from_a_year_on_and_the_batch_can_be_taken_back() {
    let site = site();
    site.post(AT, &wish("inm", "2023", "nyala")).await;
    site.post(AT, &wish("ikp", "2023", "nyala")).await;
    let off = site.post("/indikator-puskesmas?periode=2024", &wish("inm", "2024", "mati")).await;
    assert_eq!(off.status, StatusCode::SEE_OTHER, "{}", off.text());
    let codes = |year: i32| {
        let sets = site.app.indicator_sets("UPT PUSKESMAS UJI", year).unwrap();
        let on = sets.into_iter().filter(|set| set.since.is_some()).map(|set| set.code);
        on.collect::<Vec<_>>()
    };
    assert_eq!((codes(2022), codes(2023), codes(2024)), (vec![], texts(&["ikp", "inm"]), texts(&["ikp"])));
    let batches = site.app.batches().history(&Scope::All).unwrap();
    let last = batches.iter().map(|batch| batch.batch).max().unwrap();
    let undone = site.post(&format!("/impor/{last}/batal"), &[]).await;
    assert!(undone.status.is_redirection() || undone.status.is_success(), "{}", undone.text());
    assert_eq!(codes(2024), texts(&["ikp", "inm"]));
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[tokio::test]
async fn the_contract_says_the_same_and_facilities_know_nothing_of_it() {
    let site = site();
    let before = site.get("/api/v1/evaluation?periode=2023-05").await.json();
    site.post(AT, &wish("inm", "2023", "nyala")).await;
    let answer = site.get("/api/v1/own-indicators?periode=2023-05").await.json();
    let rows = answer["indicators"].as_array().unwrap();
    let row = |code: &str| rows.iter().find(|row| row["code"] == code).unwrap();
    assert_eq!((row("INM-1")["value"].as_f64(), row("INM-1")["class"].as_str()), (Some(86.0), Some("good")));
    assert_eq!((row("INM-3")["value"].as_f64(), row("INM-3")["class"].as_str()), (Some(0.0), Some("poor")));
    assert!(row("INM-4")["value"].is_null() && row("INM-4")["class"] == "no_data", "{answer}");
    assert_eq!(row("INM-6")["measure"], "satisfaction");
    let after = site.get("/api/v1/evaluation?periode=2023-05").await.json();
    assert_eq!(before["facilities"], after["facilities"]);
    assert_eq!(before["total"], after["total"]);
    let facts = site.get("/api/v1/facts").await.text();
    let line = facts.lines().find(|line| line.contains("\"own_achievements\"") && line.contains("INM-2")).unwrap();
    for part in ["\"month\":\"2023-05\"", "\"numerator\":45.0", "\"denominator\":50.0", "\"cell\":\"C5\""] {
        assert!(line.contains(part), "{part}: {line}");
    }
    assert!(facts.lines().any(|line| line.contains("\"own_indicators\"") && line.contains("\"in_force\":true")));
}
