//! Whom to visit next: factors by hand against page, API and files, what is not known, and the order.

use super::checklists::{REGISTER, file};
use super::site::Site;

const PLAN: &str = "UPT PUSKESMAS UJI\nTAHUN 2023\nJADWAL PEMBINAAN\n\
    No,Nama Jaringan/jejaring,1,2,3,4,5,6,7,8,9,10,11,12\n\
    1,Apotek Alvi,,,,,,v,,,,,v,\n2,Pustu Melati,,,,,,v,,,,,,\n";
const RECAP: &str = "UPT PUSKESMAS UJI\nBULAN : JUNI 2023\n\
    No,Tanggal,Nama Jaringan/Jejaring,Bentuk Kegiatan,Pembina,Skor Daftar Tilik,Skor Maksimal\n\
    1,3/6/2023,Apotek Alvi,Supervisi,Ani,18,20\n";
pub const FOLLOW_UPS: &str = "UPT PUSKESMAS UJI\nBULAN : JUNI 2023\n\
    No,Tanggal Pembinaan,Nama Jaringan/Jejaring,Rencana Tindak Lanjut,Penanggung Jawab,Target Selesai,Tanggal Selesai\n\
    1,3/6/2023,Apotek Alvi,Cat papan nama,Alvi,30/6/2023,\n";

/// Rows of the table as the API gives them, in their order.
async fn rows(site: &Site, period: &str) -> Vec<serde_json::Value> {
    let address = format!("/api/v1/tables/ringkasan/visit-priority?periode={period}");
    let answer: serde_json::Value = serde_json::from_str(&site.get(&address).await.text()).unwrap();
    answer["rows"].as_array().unwrap().clone()
}

#[tokio::test]
async fn each_factor_is_shown_and_the_mean_is_over_those_known() {
    let files =
        [file("daftar.csv", REGISTER), file("jadwal.csv", PLAN), file("rekap.csv", RECAP), file("rtl.csv", FOLLOW_UPS)];
    let site = Site::with(&files);
    let found = rows(&site, "2023-C2").await;
    assert_eq!(found.len(), 2);
    // Pustu: no visit is known, and so no score and no follow-ups; its only slot is missed (100).
    let pustu = &found[0];
    assert_eq!(pustu["faskes"], "Pustu Melati", "{found:?}");
    assert_eq!(pustu["mendesak"]["value"], 100.0);
    let missing = [&pustu["skor"], &pustu["rtl"], &pustu["bulan"], &pustu["kunjungan"]];
    assert_eq!(missing, [&serde_json::Value::Null; 4]);
    // Apotek: 100 − 90, one overdue 25, June to August 2/12, one of two slots open 50.
    let apotek = &found[1];
    assert_eq!([&apotek["skor"]["numerator"], &apotek["skor"]["denominator"]], [18.0, 20.0]);
    assert_eq!([apotek["rtl"].as_f64(), apotek["bulan"].as_f64()], [Some(1.0), Some(2.0)]);
    assert_eq!([&apotek["jadwal"]["numerator"], &apotek["jadwal"]["denominator"]], [1.0, 2.0]);
    let expected = (10.0 + 25.0 + 200.0 / 12.0 + 50.0) / 4.0;
    assert!((apotek["mendesak"]["value"].as_f64().unwrap() - expected).abs() < 1e-9, "{apotek:?}");

    let page = site.get("/?periode=2023-C2&lengkap=ya").await.text();
    for words in ["belum ada", "Cara menghitung mendesaknya", "100 dikurangi skor dalam persen", "18/20"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let csv = site.get("/api/v1/tables/ringkasan/visit-priority?periode=2023-C2&format=csv").await.text();
    assert!(csv.contains("Pustu Melati") && csv.contains("belum ada"), "{csv}");
    let rule = site.get("/api/v1/tables/ringkasan/visit-priority-aturan?periode=2023-C2").await.text();
    assert!(rule.contains("25") && rule.contains("bukan 0"), "{rule}");
}

#[tokio::test]
async fn what_is_not_known_ranks_last_in_the_order_of_the_register() {
    // A register alone: nothing is known of anybody.
    let site = Site::with(&[file("daftar.csv", REGISTER)]);
    assert!(site.get("/?periode=2023-C2&lengkap=ya").await.text().contains("Belum ada jadwal, kunjungan"));
    // One visit: the others come behind, as the register lists them, and their urgency is no number.
    let longer = format!("{REGISTER}3,Klinik Sehat,Klinik,Jejaring\n");
    let site = Site::with(&[file("daftar.csv", &longer), file("rekap.csv", RECAP)]);
    let found = rows(&site, "2023-C2").await;
    let names: Vec<_> = found.iter().map(|row| row["faskes"].as_str().unwrap()).collect();
    assert_eq!(names, ["Apotek Alvi", "Pustu Melati", "Klinik Sehat"]);
    assert_eq!([&found[1]["mendesak"], &found[2]["rtl"]], [&serde_json::Value::Null; 2]);
    // Before the visit nothing of it counts.
    let early = site.get("/?periode=2023-C1&lengkap=ya").await.text();
    assert!(early.contains("Belum ada jadwal, kunjungan"), "{early}");
}
