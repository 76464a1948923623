//! The page of personal data: seeks by the body of a form, hands over, erases once it is confirmed.

use axum::http::{StatusCode, header};
use simpul::app::import::ImportRequest;
use std::ops::ControlFlow;

use super::{recap, register};
use crate::web::site::Site;

const PATH: &str = "/data-pribadi";

fn site() -> Site {
    let site = Site::with(&[register()]);
    let asked = ImportRequest { keeps_because: Some("uji"), ..ImportRequest::default() };
    site.app.import_as(&[recap(None)], &asked, &mut |_| ControlFlow::Continue(()));
    site
}

#[tokio::test]
async fn a_person_is_sought_handed_over_and_erased_on_the_page() {
    let site = site();
    let first = site.get(PATH).await;
    assert_eq!((first.status, first.header(header::CACHE_CONTROL)), (StatusCode::OK, "no-store"));
    assert!(first.text().contains("Belum ada yang dihapus"));
    assert!(site.get("/").await.text().contains("href=\"/data-pribadi\""), "the foot leads to it");
    let found = site.post(PATH, &[("cari", "sumiyati rahayu")]).await;
    assert!(
        found.text().contains("Ditemukan di") && found.text().contains("mei.xlsx, lembar Pasien"),
        "{}",
        found.text()
    );
    let file = site.post("/data-pribadi/unduh", &[("cari", "sumiyati rahayu"), ("bentuk", "csv")]).await;
    assert_eq!(file.header(header::CONTENT_DISPOSITION), "attachment; filename=\"data-pribadi.csv\"");
    assert!(file.text().contains("Sumiyati Rahayu"));
    let wish =
        |again: &'static str, reason: &'static str| [("cari", "Sumiyati Rahayu"), ("ulang", again), ("alasan", reason)];
    for (again, reason, said) in [
        ("Sumiyati", "permintaan orangnya", "ketik sekali lagi persis"),
        ("Sumiyati Rahayu", "", "alasan belum ditulis"),
        ("Sumiyati Rahayu", "permintaan Sumiyati Rahayu", "alasan menyebut data"),
    ] {
        let refused = site.post("/data-pribadi/hapus", &wish(again, reason)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().to_lowercase().contains(said), "{}", refused.text());
    }
    let done = site.post("/data-pribadi/hapus", &wish("Sumiyati Rahayu", "permintaan orangnya")).await;
    assert!(done.text().contains("[dihapus 1]") && !done.text().contains("Sumiyati"), "{}", done.text());
    let again = site.post(PATH, &[("cari", "Sumiyati Rahayu")]).await;
    assert!(again.text().contains("Tidak ditemukan") && again.text().contains("permintaan orangnya"));
}

#[tokio::test]
async fn the_fate_at_import_is_set_with_a_reason() {
    let site = Site::empty();
    let blank = site.post("/data-pribadi/impor", &[("nasib", "simpan"), ("alasan", " ")]).await;
    assert_eq!(blank.status, StatusCode::UNPROCESSABLE_ENTITY);
    site.post("/data-pribadi/impor", &[("nasib", "simpan"), ("alasan", "register TB")]).await;
    assert_eq!(site.app.personal().keeps_because().unwrap().as_deref(), Some("register TB"));
    site.post("/data-pribadi/impor", &[("nasib", "hapus")]).await;
    assert_eq!(site.app.personal().keeps_because().unwrap(), None);
}
