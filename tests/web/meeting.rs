//! What a meeting writes: attendance like a recap's, decisions once each, and days on which they were done.

use axum::http::StatusCode;
use simpul::app::import::Upload;
use simpul::domain::facts::LokminSort;
use simpul::domain::{CoachingIndicator, Facts};
use simpul::store::{BatchId, Scope};

use super::site::Site;

const ABCDE: &str = "UPT PUSKESMAS ABCDE";
const REGISTER: [&str; 4] = [
    "UPT PUSKESMAS ABCDE",
    "DAFTAR IDENTIFIKASI TAHUN 2023",
    "No,Nama Jaringan/Jejaring,Jenis,Kelompok\r\n1,Klinik Alvi,Klinik,Jejaring",
    "2,Apotek <b>Sehat</b>,Apotek,Jejaring",
];

fn csv(name: &str, lines: &[&str]) -> Upload {
    Upload { name: format!("{name}.csv"), bytes: lines.join("\r\n").into_bytes() }
}

fn site() -> Site {
    Site::with(&[csv("register", &REGISTER)])
}

fn facts(site: &Site) -> Facts {
    site.app.store().facts(&Scope::All).unwrap()
}

/// Facility, sort, invited, attended of every row of September.
fn turnouts(site: &Site) -> Vec<(String, LokminSort, bool, bool)> {
    let facts = facts(site);
    let of_month = facts.lokmin.iter().filter(|row| row.month.to_string() == "2023-09");
    of_month
        .map(|row| (facts.facilities[row.facility as usize].name.clone(), row.sort, row.invited, row.attended))
        .collect()
}

const TICKED: [(&str, &str); 5] = [
    ("puskesmas", ABCDE),
    ("bulan", "2023-09"),
    ("jenis", "Bulanan"),
    ("faskes:Klinik Alvi", "hadir"),
    ("faskes:Apotek <b>Sehat</b>", "absen"),
];

#[tokio::test]
async fn attendance_is_lokmin_data_which_a_later_recap_corrects_and_undoing_takes_out() {
    let site = site();
    let answer = site.post("/lokmin/rapat/hadir", &TICKED).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let undo = answer.json()["batal"].as_str().unwrap().to_owned();
    let came = |alvi: bool, sehat: bool| {
        vec![
            ("Apotek <b>Sehat</b>".to_owned(), LokminSort::Monthly, true, sehat),
            ("Klinik Alvi".to_owned(), LokminSort::Monthly, true, alvi),
        ]
    };
    assert_eq!(turnouts(&site), came(true, false));
    let evaluation = site.get("/api/v1/evaluation?periode=2023-09").await.json();
    let lok = &evaluation["total"]["indicators"][CoachingIndicator::Lok.code()];
    assert_eq!((&lok["numerator"], &lok["denominator"]), (&1.0.into(), &2.0.into()), "{evaluation}");
    let origin = site.get("/asal-angka?periode=2023-09&angka=LOK&faskes=Klinik%20Alvi").await.text();
    assert!(origin.contains("diketik oleh "), "{origin}");
    let page = site.get("/lokmin/rapat?periode=2023-08").await.text();
    assert!(page.contains("Hadir 1 dari 2 faskes yang diundang") && page.contains("&#60;b&#62;Sehat"), "{page}");

    let recap = [
        "KEHADIRAN LOKMIN",
        ABCDE,
        "BULAN : SEPTEMBER 2023",
        "No,Nama Jaringan/Jejaring,Diundang,Hadir",
        "1,Klinik Alvi,Ya,Tidak",
    ];
    site.app.import(&[csv("lokmin", &recap)], None, false, &mut |_| {});
    assert_eq!(turnouts(&site), came(false, false), "the later version of the month's recap");
    let batch: BatchId = undo.split('/').nth(2).unwrap().parse().unwrap();
    site.app.batches().undo(batch).unwrap();
    assert_eq!(turnouts(&site).len(), 1, "only the recap's row counts: {:?}", turnouts(&site));
}

#[tokio::test]
async fn attendance_of_a_quarter_is_of_its_own_meeting_and_a_name_that_is_gone_is_refused() {
    let site = site();
    let mut ticked = TICKED;
    ticked[2] = ("jenis", "Tribulanan");
    assert_eq!(site.post("/lokmin/rapat/hadir", &ticked).await.status, StatusCode::OK);
    assert!(turnouts(&site).iter().all(|row| row.1 == LokminSort::Quarterly), "{:?}", turnouts(&site));
    ticked[4] = ("faskes:Apotek Hilang", "hadir");
    let answer = site.post("/lokmin/rapat/hadir", &ticked).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.json()["salah"][0]["pesan"].as_str().unwrap().contains("Apotek Hilang"), "{}", answer.text());
    assert!(!turnouts(&site).iter().any(|row| row.3 && row.0 == "Apotek <b>Sehat</b>"));
    let nobody = site.post("/lokmin/rapat/hadir", &TICKED[..3]).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", nobody.text());
}

#[tokio::test]
async fn a_decision_sent_twice_is_kept_once_and_is_done_by_a_tick() {
    let site = site();
    let mut fields = vec![
        ("puskesmas", ABCDE),
        ("tanggal", "30 September 2023"),
        ("keputusan", "Lengkapi izin"),
        ("pj", "Bu Ani"),
        ("nama", "Klinik Alvi"),
        ("batas", "15/10/2023"),
    ];
    let path = "/lokmin/rapat/keputusan";
    assert_eq!(site.post(path, &fields).await.status, StatusCode::OK);
    assert_eq!(site.post(path, &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY, "somebody else's");
    fields.push(("ulang", "1"));
    assert_eq!(site.post(path, &fields).await.status, StatusCode::OK, "the same one, sent again");
    let decisions = facts(&site).written.decisions;
    assert_eq!(decisions.len(), 1);
    assert_eq!(decisions[0].row.facility.as_deref(), Some("Klinik Alvi"));
    fields[4] = ("nama", "Klinik Tidak Ada");
    let answer = site.post(path, &fields).await;
    assert_eq!(answer.json()["salah"][0]["isian"], "nama", "{}", answer.text());
    fields[4] = ("nama", "Apotek <b>Sehat</b>");
    fields.pop();
    assert_eq!(site.post(path, &fields).await.status, StatusCode::OK, "another facility is told the same");

    let page = site.get("/lokmin/rapat?periode=2023-09").await.text();
    let key = page.split("data-kunci=\"").nth(1).unwrap().split('"').next().unwrap();
    let tick = |done: &'static str| [("puskesmas", ABCDE), ("kunci", key), ("selesai", done)];
    for (done, known) in [("2023-10-31", 1), ("", 0), ("2023-10-30", 1)] {
        let answer = site.post("/lokmin/rapat/selesai", &tick(done)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let rows = facts(&site).written.decisions;
        assert_eq!((rows.len(), rows.iter().filter(|row| row.row.done.is_some()).count()), (2, known));
    }
    let gone = [("puskesmas", ABCDE), ("kunci", "0000"), ("selesai", "2023-10-31")];
    assert_eq!(site.post("/lokmin/rapat/selesai", &gone).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_decision_for_a_facility_stands_among_its_follow_ups_and_counts_in_no_indicator() {
    let site = site();
    let before = site.get("/api/v1/evaluation?periode=2023-C3").await.json();
    let fields = |what: &'static str, who: &'static str, whose: &'static str| {
        [
            ("puskesmas", ABCDE),
            ("tanggal", "30/9/2023"),
            ("keputusan", what),
            ("pj", who),
            ("nama", whose),
            ("batas", "15/10/2023"),
        ]
    };
    for decision in [
        fields("Lengkapi izin", "Bu Ani", "Klinik Alvi"),
        fields("Kirim laporan", "klinik alvi", ""),
        fields("Rapat kader", "Pak Budi", ""),
    ] {
        assert_eq!(site.post("/lokmin/rapat/keputusan", &decision).await.status, StatusCode::OK);
    }
    let page = site.get("/faskes/Klinik%20Alvi?periode=2023-C3").await.text();
    for words in ["Lengkapi izin", "Kirim laporan", "2 keputusan lokmin, tidak dihitung dalam indikator RTL"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("Rapat kader"));
    assert_eq!(site.get("/api/v1/evaluation?periode=2023-C3").await.json(), before);
    let refused = site.get("/lokmin/rapat?periode=2023-09&tanggal=besok").await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    let spoken = site.get("/lokmin/rapat?periode=2023-09&tanggal=12/10/2023").await.text();
    assert!(spoken.contains("value=\"12 Oktober 2023\""), "{spoken}");
}
