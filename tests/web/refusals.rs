//! What is refused, and in which words.

use axum::http::{Request, StatusCode, header};

use super::site::ABCDE;

#[tokio::test]
async fn other_hosts_are_refused_with_a_sentence() {
    for host in ["evil.example:8080", "127.0.0.1:9999", "localhost", "127.0.0.1.evil.example:8080"] {
        let answer = ABCDE.send(Request::get("/").header(header::HOST, host)).await;
        assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST, "{host}");
        assert!(answer.text().contains("hanya melayani komputer ini"), "{host}");
    }
    for host in ["localhost:8080", "[::1]:8080"] {
        assert_eq!(ABCDE.send(Request::get("/").header(header::HOST, host)).await.status, StatusCode::OK, "{host}");
    }
}

#[tokio::test]
async fn changes_from_elsewhere_are_refused() {
    let foreign = Request::post("/").header(header::ORIGIN, "http://evil.example");
    assert_eq!(ABCDE.send(foreign).await.status, StatusCode::FORBIDDEN);
    assert_eq!(ABCDE.send(Request::post("/impor")).await.status, StatusCode::FORBIDDEN);
    let own = Request::post("/").header(header::ORIGIN, "http://127.0.0.1:8080");
    assert_eq!(ABCDE.send(own).await.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn every_answer_carries_the_policy() {
    for path in ["/", "/tidak-ada", "/api/v1/puskesmas", "/aset/simpul.css", "/grafik/ringkasan/radar.svg"] {
        let answer = ABCDE.get(path).await;
        let policy = answer.header(header::CONTENT_SECURITY_POLICY);
        assert!(policy.contains("default-src 'self'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'"), "{path}");
        assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff", "{path}");
        assert_eq!(answer.header(header::REFERRER_POLICY), "same-origin", "{path}");
    }
}

#[tokio::test]
async fn unknown_addresses_say_what_to_do() {
    for (path, words) in [
        ("/tidak-ada", "halaman pertama"),
        ("/?puskesmas=lain", "Yang ada: "),
        ("/halaman/tidak-ada", "simpul check"),
        ("/faskes/Tidak%20Ada", "Tidak ada faskes bernama"),
        ("/impor/999999", "halaman Impor"),
        ("/grafik/ringkasan/score-bars.gif", ".svg dan .png"),
        ("/grafik/ringkasan/status-table.svg", "bukan grafik"),
        ("/aset/../Cargo.toml", "tidak ada"),
    ] {
        let answer = ABCDE.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.text().contains(words), "{path}: {}", answer.text());
    }
}

#[tokio::test]
async fn choices_that_do_not_exist_are_named() {
    for (path, words) in [
        ("/?periode=2023-C9", "contoh yang benar"),
        ("/?periode=2023-C2&per=31-09-2023", "12 Mei 2023"),
        ("/?status=hebat", "hebat"),
        ("/asal-angka?angka=XYZ", "Contoh: SKOR"),
        ("/grafik/ringkasan/radar.svg?media=tv", "layar, sempit, proyektor, cetak"),
    ] {
        let answer = ABCDE.get(path).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
        assert!(answer.text().contains(words), "{path}: {}", answer.text());
    }
}

#[tokio::test]
async fn the_service_says_that_it_lives() {
    let answer = ABCDE.get("/healthz").await;
    assert_eq!((answer.status, answer.text().as_str()), (StatusCode::OK, "ok\n"));
}
