//! *Jejak audit*: the page, its API and its files show what is theirs to whoever asks, hostile texts as texts, and a long
//! audit by pages.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use simpul::app::App;
use simpul::domain::access::{Access, Grant, Origin};
use simpul::domain::audit::AuditAction;
use simpul::store::{AuditEntry, AuditFields};
use tower::ServiceExt;

use super::site::{PORT, Site, register_of};

const HOSTILE: &str = "=HYPERLINK(\"http://x\";1)\n<script>alert(1)</script>";

/// Two Puskesmas, and a row of the installation with hostile words in every field.
fn site() -> Site {
    let site = Site::with(&[
        register_of("UPT PUSKESMAS ABCDE", &["Apotek Alvi"]),
        register_of("UPT PUSKESMAS LAIN", &["Klinik Rahasia"]),
    ]);
    let fields = AuditFields::none().with(HOSTILE, HOSTILE);
    let entry = AuditEntry::new(AuditAction::LoginFailed, HOSTILE).before(fields.clone()).after(fields);
    site.app.audit().note(&entry).unwrap();
    site
}

#[tokio::test]
async fn the_page_tells_who_did_what_to_what() {
    let site = site();
    let page = site.get("/jejak").await;
    assert_eq!(page.status, StatusCode::OK);
    let text = page.dense();
    for words in
        ["Impor diterima", "penguji", "baris perintah", "UPT PUSKESMAS ABCDE", "Baris 1–3 dari 3", "Gagal masuk"]
    {
        assert!(text.contains(words), "{words}:\n{text}");
    }
    assert!(!text.contains("<script>alert"), "{text}");
    assert!(text.contains("&#60;script&#62;alert(1)") || text.contains("&lt;script&gt;alert(1)"), "{text}");
    let filtered = site.get("/jejak?tindakan=import.accept&milik=UPT+PUSKESMAS+ABCDE").await.dense();
    assert!(filtered.contains("Baris 1–1 dari 1") && !filtered.contains("Klinik"), "{filtered}");
    let none = site.get("/jejak?kata=tidakada").await.dense();
    assert!(none.contains("Tidak ada baris untuk pilihan ini"), "{none}");
    assert_eq!(site.get("/jejak?tindakan=hapus").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(site.get("/jejak?dari=31/2/2023").await.status, StatusCode::BAD_REQUEST);
    let of_day = site.get("/api/v1/audit?dari=10/1/2024&sampai=10+Januari+2024").await.json();
    assert_eq!(of_day["total"], 3, "{of_day}");
    assert_eq!(site.get("/api/v1/audit?sampai=9/1/2024").await.json()["total"], 0);
}

#[tokio::test]
async fn the_chain_is_walked_on_the_page() {
    let site = site();
    let whole = site.get("/jejak?periksa=ya").await.dense();
    assert!(whole.contains("Jejak audit utuh: 3 baris, yang terakhir nomor 3."), "{whole}");
    let cut = site.get("/jejak?periksa=ya&hash=abc").await.dense();
    assert!(cut.contains("JEJAK AUDIT TIDAK UTUH") && cut.contains("hash yang dicatat"), "{cut}");
}

#[tokio::test]
async fn a_long_audit_comes_by_pages_and_whole_as_a_file() {
    let site = site();
    for number in 0..600 {
        site.app.audit().note(&AuditEntry::new(AuditAction::LoggedIn, format!("masuk {number}"))).unwrap();
    }
    let first = site.get("/jejak").await.dense();
    assert!(first.contains("Baris 1–100 dari 603") && first.contains("masuk 599"), "{first}");
    let last = site.get("/jejak?halaman-jejak=7").await.dense();
    assert!(last.contains("Baris 601–603 dari 603") && last.contains("Impor diterima"), "{last}");
    let beyond = site.get("/api/v1/audit?halaman-jejak=99").await.json();
    assert_eq!((&beyond["page"], &beyond["pages"], &beyond["total"]), (&7.into(), &7.into(), &603.into()));
    let csv = site.get("/api/v1/audit?format=csv").await.text();
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b';').from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let numbers: Vec<u32> = reader.records().map(|record| record.unwrap()[0].parse().unwrap()).collect();
    assert_eq!(numbers, (1..=603).rev().collect::<Vec<_>>(), "each once, the newest first");
}

#[tokio::test]
async fn files_keep_hostile_words_as_words() {
    let site = site();
    let csv = site.get("/api/v1/audit?format=csv").await;
    assert!(csv.header(header::CONTENT_DISPOSITION).contains("jejak-audit.csv"));
    let text = csv.text();
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b';').from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(records.len(), 3);
    assert_eq!(records[0][6], format!("'{HOSTILE}"), "disarmed");
    for field in records.iter().flat_map(csv::StringRecord::iter) {
        assert!(!field.starts_with(['=', '+', '-', '@']), "{field}");
    }
    let xlsx = site.get("/api/v1/audit?format=xlsx").await;
    let mut book: Xlsx<_> = open_workbook_from_rs(std::io::Cursor::new(xlsx.bytes.clone())).unwrap();
    assert_eq!(
        book.worksheet_formula("Jejak audit").unwrap().cells().filter(|(_, _, text)| !text.is_empty()).count(),
        0
    );
    let sheet = book.worksheet_range("Jejak audit").unwrap();
    assert_eq!(sheet.height(), 4);
    assert_eq!(sheet.get_value((1, 6)), Some(&Data::String(HOSTILE.to_owned())));
    let json = site.get("/api/v1/audit").await.json();
    assert_eq!(json["rows"][0]["record"], HOSTILE);
    assert_eq!(json["rows"][0]["after"][0]["value"], HOSTILE);
}

/// Status and text that somebody gets who reads with these grants.
async fn seen_by(app: &App, grants: Vec<Grant>, path: &str) -> (StatusCode, String) {
    let access = Access::of_account("orang", Origin::Page("10.0.0.9".parse().unwrap()), grants, &[]);
    let router = simpul::web::router(app.acting_as(access), PORT);
    let host = format!("127.0.0.1:{PORT}");
    let request = Request::get(path).header(header::HOST, host).body(Body::empty()).unwrap();
    let answer = router.oneshot(request).await.unwrap();
    let status = answer.status();
    let bytes = axum::body::to_bytes(answer.into_body(), 64 << 20).await.unwrap().to_vec();
    (status, String::from_utf8_lossy(&bytes).into_owned())
}

#[tokio::test]
async fn nobody_sees_foreign_rows_on_page_api_file_or_count() {
    let site = site();
    let head = || vec![Grant::Head { puskesmas: "Puskesmas Abcde".to_owned() }];
    for path in ["/jejak", "/api/v1/audit", "/api/v1/audit?format=csv", "/jejak?milik=UPT+PUSKESMAS+LAIN"] {
        let (status, text) = seen_by(&site.app, head(), path).await;
        assert_eq!(status, StatusCode::OK, "{path}: {text}");
        let body = text.split("</form>").last().unwrap();
        for foreign in ["Klinik Rahasia", "PUSKESMAS LAIN", "alert(1)"] {
            assert!(!body.contains(foreign), "{path} tells of {foreign}:\n{text}");
        }
    }
    let (_, text) = seen_by(&site.app, head(), "/api/v1/audit").await;
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&json["total"], &json["rows"][0]["puskesmas"]), (&1.into(), &"UPT PUSKESMAS ABCDE".into()));
    let (status, text) = seen_by(&site.app, head(), "/jejak?periksa=ya").await;
    assert_eq!(status, StatusCode::FORBIDDEN, "the chain is the installation's: {text}");
}

#[tokio::test]
async fn who_has_no_right_to_the_audit_is_told_so() {
    let site = site();
    let mixed = vec![Grant::District, Grant::Head { puskesmas: "UPT PUSKESMAS LAIN".to_owned() }];
    let (_, text) = seen_by(&site.app, mixed, "/api/v1/audit").await;
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&json["total"], &json["rows"][0]["puskesmas"]), (&1.into(), &"UPT PUSKESMAS LAIN".into()));
    for grant in [Grant::District, Grant::Coordinator { puskesmas: "UPT PUSKESMAS ABCDE".to_owned() }] {
        for path in ["/jejak", "/api/v1/audit", "/api/v1/audit?format=csv", "/api/v1/audit?format=xlsx"] {
            let (status, text) = seen_by(&site.app, vec![grant.clone()], path).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{path}");
            assert!(!text.contains("Apotek"), "{text}");
        }
    }
}
