//! Days as people type them: Indonesian order in every field, and a clear word at the field where it is no day.

use axum::http::{StatusCode, header};

use super::site::{ABCDE, abcde};

#[tokio::test]
async fn every_spelling_of_a_day_leads_to_the_same_page() {
    let expected = ABCDE.get("/?periode=2023-C2&per=2023-06-30").await;
    assert_eq!(expected.status, StatusCode::OK);
    assert!(expected.dense().contains(r#"name="per" value="30 Juni 2023""#), "{}", expected.dense());
    for typed in ["30+Juni+2023", "30%2F6%2F2023", "30-6-2023", "30.06.2023"] {
        let page = ABCDE.get(&format!("/?periode=2023-C2&per={typed}")).await;
        assert_eq!(page.status, StatusCode::OK, "{typed}");
        assert_eq!(page.text(), expected.text(), "{typed}");
    }
}

#[tokio::test]
async fn a_wrong_day_is_told_at_its_field() {
    for path in ["/?periode=2023-C2&per=31%2F6%2F2023", "/lokmin/rapat?periode=2023-05&tanggal=31%2F6%2F2023"] {
        let page = ABCDE.get(path).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{path}");
        let text = page.dense();
        assert!(text.contains("Tanggal “31/6/2023” tidak dikenal. Tulis misalnya 12 Mei 2023"), "{text}");
        assert!(text.contains(r#"value="31/6/2023""#) && text.contains(r#"aria-invalid="true""#), "{text}");
        assert!(text.contains(r#"type="hidden" name="periode""#), "what else was chosen stays: {text}");
    }
    let answer = ABCDE.get("/api/v1/evaluation?periode=2023-C2&per=31%2F6%2F2023").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.json()["error"].as_str().unwrap().contains("Tanggal “31/6/2023” tidak dikenal"));
}

#[tokio::test]
async fn no_field_takes_the_order_of_the_browser() {
    for path in ["/?periode=2023-C2", "/catatan/pembinaan", "/laporan/evaluasi/narasi?periode=2023-C2", "/lokmin/rapat"]
    {
        let page = ABCDE.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let text = page.text();
        assert!(!text.contains(r#"type="date""#), "{path}");
        assert!(text.contains("date-field"), "{path}");
    }
}

#[tokio::test]
async fn a_letter_is_dated_as_people_write() {
    let site = abcde();
    site.post("/pengaturan-surat", &[("pola", "440/{nomor}"), ("mulai", "1")]).await;
    let number = "/laporan/evaluasi/nomor?periode=2023-C2";
    let answer = site.post(number, &[("nomor", "1"), ("tanggal", "31/9/2023")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let page = site.get(answer.header(header::LOCATION)).await.dense();
    assert!(page.contains("Tanggal “31/9/2023” tidak dikenal.") && page.contains(r#"value="31/9/2023""#), "{page}");
    let answer = site.post(number, &[("nomor", "1"), ("tanggal", "5 September 2023")]).await;
    let page = site.get(answer.header(header::LOCATION)).await.dense();
    assert!(page.contains("Bertanggal 5 September 2023"), "{page}");
}
