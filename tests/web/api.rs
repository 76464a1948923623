//! The API: the command line's evaluation, and everything that pages show, as JSON and CSV.

use axum::http::{StatusCode, header};
use serde_json::Value;

use super::site::{ABCDE, Site, register};

const C2: &str = "periode=2023-C2";

#[tokio::test]
async fn the_evaluation_is_the_expected_one() {
    let case = crate::support::cases().into_iter().find(|case| case.ends_with("abcde-2023")).unwrap();
    let expected: Value =
        serde_json::from_str(&std::fs::read_to_string(case.join("expected-2023-C2.json")).unwrap()).unwrap();
    let got = ABCDE.get(&format!("/api/v1/evaluation?{C2}")).await.json();
    assert_eq!(got["as_of"], "2023-08-31");
    assert_eq!(got["facilities"].as_array().unwrap().len(), 13);
    close(&expected["total"], &got["total"], "total");
    for (want, have) in expected["facilities"].as_array().unwrap().iter().zip(got["facilities"].as_array().unwrap()) {
        close(want, have, want["name"].as_str().unwrap());
    }
}

/// Everything expected is there, numbers within 0.01.
fn close(want: &Value, have: &Value, place: &str) {
    match want {
        Value::Number(number) => {
            let (want, have) = (number.as_f64().unwrap(), have.as_f64().unwrap());
            assert!((want - have).abs() < 0.01, "{place}: {want} {have}");
        }
        Value::Object(map) => map.iter().for_each(|(key, want)| close(want, &have[key], &format!("{place}.{key}"))),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(at, want)| close(want, &have[at], &format!("{place}[{at}]")));
        }
        other => assert_eq!(other, have, "{place}"),
    }
}

#[tokio::test]
async fn everything_comes_as_json_and_as_csv() {
    for path in [
        "/api/v1/puskesmas",
        "/api/v1/facilities?periode=2023-C2",
        "/api/v1/evaluation?periode=2023-C2",
        "/api/v1/tables/ringkasan/status-table?periode=2023-C2",
        "/api/v1/tables/ringkasan/totals-kelompok?periode=2023-C2",
        "/api/v1/tables/ringkasan/completeness?periode=2023-C2",
        "/api/v1/tables/evaluasi/evaluation-table?periode=2023-C2",
        "/api/v1/tables/faskes/reports?periode=2023-C2&faskes=Apotik%20Alvi",
        "/api/v1/charts/ringkasan/score-bars?periode=2023-C2",
        "/api/v1/charts/lokmin/pws?periode=2023-08",
        "/api/v1/calendar?periode=2023-C2",
        "/api/v1/pws/K6?periode=2023-08",
        "/api/v1/lineage?angka=CAK&periode=2023-C2&faskes=Apotik%20Alvi",
        "/api/v1/lineage?angka=SKOR&periode=2023-C2",
        "/api/v1/imports",
        "/api/v1/jobs",
    ] {
        let json = ABCDE.get(path).await;
        assert_eq!(json.status, StatusCode::OK, "{path}: {}", json.text());
        assert!(json.json().is_object(), "{path}");
        let joint = if path.contains('?') { '&' } else { '?' };
        let csv = ABCDE.get(&format!("{path}{joint}format=csv")).await;
        assert_eq!(csv.status, StatusCode::OK, "{path}: {}", csv.text());
        assert!(csv.header(header::CONTENT_TYPE).starts_with("text/csv"), "{path}");
        let text = csv.text();
        assert!(text.starts_with('\u{feff}') && text.lines().count() > 1, "{path}: {text}");
    }
}

#[tokio::test]
async fn every_table_that_a_page_offers_can_be_had() {
    for page in
        ["/?periode=2023-C2&lengkap=ya", "/faskes/Apotik%20Alvi?periode=2023-C2", "/halaman/evaluasi?periode=2023-C2"]
    {
        let text = ABCDE.get(page).await.text();
        let mut links: Vec<String> = text
            .split("href=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap().replace("&amp;", "&").replace("&#38;", "&"))
            .filter(|link| link.starts_with("/api/") || (link.starts_with("/grafik/") && link.contains(".svg")))
            .collect();
        links.dedup();
        assert!(links.len() > 4, "{page}");
        for link in links {
            let answer = ABCDE.get(&link).await;
            assert_eq!(answer.status, StatusCode::OK, "{page} → {link}: {}", answer.text());
        }
    }
}

#[tokio::test]
async fn missing_is_null_and_never_zero() {
    let table = ABCDE.get(&format!("/api/v1/tables/ringkasan/status-table?{C2}")).await.json();
    let row = |name: &str| table["rows"].as_array().unwrap().iter().find(|row| row["faskes"] == name).unwrap().clone();
    let sedanan = row("Polindes Sedanan");
    assert_eq!(sedanan["cak"]["value"], Value::Null);
    assert_eq!(sedanan["cak"]["missing"], "not_applicable");
    assert_eq!(sedanan["rtl"]["value"], 0.0);
    assert_eq!(sedanan["rtl"]["missing"], Value::Null);
}

#[tokio::test]
async fn csv_disarms_formulas() {
    let site = Site::with(&[register(&["=cmd|'/C calc'!A0", "+62 Apotek", "@Apotek"])]);
    let text = site.get("/api/v1/facilities?periode=2023-C2&format=csv").await.text();
    for name in ["'=cmd|'/C calc'!A0", "'+62 Apotek", "'@Apotek"] {
        assert!(text.contains(&format!("\n{name}")) || text.contains(&format!("\n\"{name}")), "{name}: {text}");
    }
}

#[tokio::test]
async fn faults_are_json_too() {
    for (path, status) in [
        ("/api/v1/tidak-ada", StatusCode::NOT_FOUND),
        ("/api/v1/tables/ringkasan/tidak-ada", StatusCode::NOT_FOUND),
        ("/api/v1/evaluation?format=xml", StatusCode::BAD_REQUEST),
        ("/api/v1/pws/XX?periode=2023-08", StatusCode::NOT_FOUND),
    ] {
        let answer = ABCDE.get(path).await;
        assert_eq!(answer.status, status, "{path}");
        assert!(answer.json()["error"].is_string(), "{path}");
    }
}

#[tokio::test]
async fn facts_are_sent_a_line_each_with_their_cells() {
    let answer = ABCDE.get("/api/v1/facts?puskesmas=puskesmas%20abcde").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.header(header::CONTENT_TYPE), "application/x-ndjson");
    let text = answer.text();
    let facts: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let visit = facts.iter().find(|fact| fact["table"] == "visits").unwrap();
    assert!(visit["cell"].as_str().unwrap().starts_with('B'), "{visit}");
    let file = visit["file"].as_str().unwrap();
    let of_file = ABCDE.get(&format!("/api/v1/facts?file={}", file.to_uppercase())).await.text();
    assert_eq!(of_file.lines().count(), facts.iter().filter(|fact| fact["file"] == file).count());
    let csv = ABCDE.get("/api/v1/facts?format=csv").await;
    assert!(csv.header(header::CONTENT_TYPE).starts_with("text/csv"));
    assert!(csv.text().starts_with("\u{feff}table;puskesmas;facility"), "{}", csv.text());
    assert_eq!(csv.text().lines().count(), facts.len() + 1);
    let unknown = ABCDE.get("/api/v1/facts?puskesmas=Lain").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND, "{}", unknown.text());
}
