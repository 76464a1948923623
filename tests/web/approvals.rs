//! Approved periods through the router: an import into one changes nothing that is shown, printed or sent, but for the
//! notice that it waits; the page on which it is decided; and what is refused there.

use axum::http::StatusCode;
use simpul::app::import::Upload;
use simpul::domain::approval::ApprovalStep;

use super::site::{Answer, Site, own, register};

const VISITS: &str = "UPT PUSKESMAS UJI\nBULAN : MEI 2023\n\
    No,Tanggal,Nama Jaringan/Jejaring,Bentuk Kegiatan,Pembina,Skor Daftar Tilik,Skor Maksimal,Aspek,Temuan\n";
const PAGE: &str = "/persetujuan?periode=2023-C2";

fn visits(name: &str, rows: &str) -> Upload {
    Upload { name: name.to_owned(), bytes: format!("{VISITS}{rows}").into_bytes() }
}

fn site() -> Site {
    let rows = "1,3 Mei 2023,Apotek Satu,Supervisi,Ani,80,100,KMP,Obat kurang\n";
    Site::with(&[register(&["Apotek Satu", "Apotek Dua"]), visits("rekap-mei.csv", rows)])
}

/// The value of a hidden field of the form of a step.
fn field(page: &str, name: &str) -> String {
    let at = page.find(&format!("name=\"{name}\" value=\"")).unwrap();
    let rest = &page[at + name.len() + 15..];
    rest[..rest.find('"').unwrap()].to_owned()
}

async fn take(site: &Site, step: ApprovalStep, name: &str, reason: &str) -> Answer {
    let page = site.get(PAGE).await.text();
    let has_forms = page.contains("name=\"versi\"");
    let (after, snapshot) =
        if has_forms { (field(&page, "sesudah"), field(&page, "versi")) } else { (String::new(), String::new()) };
    let fields = [
        ("langkah", step.code()),
        ("nama", name),
        ("alasan", reason),
        ("sesudah", after.as_str()),
        ("versi", snapshot.as_str()),
    ];
    site.post(PAGE, &fields).await
}

async fn approve(site: &Site) {
    for step in [ApprovalStep::Submit, ApprovalStep::Approve] {
        assert_eq!(take(site, step, "dr. Ani", "").await.status, StatusCode::SEE_OTHER);
    }
}

/// Everything that shows something of the period.
const SHOWN: [&str; 14] = [
    "/?periode=2023-C2",
    "/halaman/evaluasi?periode=2023-C2",
    "/halaman/lokmin?periode=2023-05",
    "/faskes?periode=2023-C2",
    "/faskes/Apotek%20Satu?periode=2023-C2",
    "/asal-angka?angka=DTK&faskes=Apotek%20Satu&periode=2023-C2",
    "/lokmin/rapat?periode=2023-05",
    "/api/v1/evaluation?periode=2023-C2",
    "/api/v1/facilities?periode=2023-C2",
    "/api/v1/lineage?angka=DTK&faskes=Apotek%20Satu&periode=2023-05",
    "/laporan/evaluasi.pdf?periode=2023-C2",
    "/laporan/evaluasi.docx?periode=2023-C2",
    "/laporan/evaluasi.xlsx?periode=2023-C2",
    "/laporan/lokmin.pdf?periode=2023-05",
];

/// Answers without the notice that something waits.
async fn shown(site: &Site) -> Vec<Vec<u8>> {
    let mut answers = Vec::new();
    for address in SHOWN {
        let answer = site.get(address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", String::from_utf8_lossy(&answer.bytes));
        let bytes = match String::from_utf8(answer.bytes) {
            Ok(text) => without_notice(&text).into_bytes(),
            Err(binary) => binary.into_bytes(),
        };
        answers.push(bytes);
    }
    answers
}

fn without_notice(page: &str) -> String {
    let Some(at) = page.find("<b>Perubahan tertunda.</b>") else { return page.to_owned() };
    let start = page[..at].rfind("<div").unwrap();
    let end = at + page[at..].find("</div>").unwrap() + "</div>".len();
    spaced(&format!("{}{}", &page[..start], &page[end..]))
}

/// Words with one space between them: a notice that is taken out leaves its white space.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn words(answers: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    let plain = |bytes: Vec<u8>| match String::from_utf8(bytes) {
        Ok(text) => spaced(&text).into_bytes(),
        Err(binary) => binary.into_bytes(),
    };
    answers.into_iter().map(plain).collect()
}

#[tokio::test]
async fn an_import_into_an_approved_period_changes_nothing_shown_until_somebody_decides() {
    let site = site();
    let without = site.get("/halaman/evaluasi?periode=2023-C2").await.text();
    assert!(without.contains("Ajukan atau setujui periode ini") && !without.contains("class=\"sub approval\""));
    approve(&site).await;
    let page = site.get("/halaman/evaluasi?periode=2023-C2").await.text();
    assert!(page.contains("Disetujui 10 Januari 2024 oleh dr. Ani (Kepala Puskesmas)"), "{page}");
    let before = words(shown(&site).await);

    let correction = "1,3 Mei 2023,Apotek Satu,Supervisi,Budi,20,100,KMP,Obat habis\n\
        2,9 Mei 2023,Apotek Dua,Supervisi,Ani,100,100,,\n";
    let receipt = site.app.import(&[visits("rekap-mei-2.csv", correction)], None, false, &mut |_| {});
    let batch = receipt.files[0].batch.unwrap();
    let after = words(shown(&site).await);
    for ((address, before), after) in SHOWN.iter().zip(&before).zip(&after) {
        let told = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(before == after, "{address}\n{}\n\n{}", told(before), told(after));
    }
    let notice = site.get("/?periode=2023-C2").await.text();
    assert!(notice.contains("<b>Perubahan tertunda.</b>") && notice.contains("rekap-mei-2.csv"));
    // On the overview of another period, and where people work, it is told too.
    for address in ["/?periode=2023-C1", "/impor", &format!("/impor/{batch}"), "/catatan", "/bukti"] {
        let page = site.get(address).await.text();
        let is_told = page.contains("Perubahan tertunda pada periode yang disetujui");
        assert!(is_told && page.contains("periode=2023-C2#tertunda"), "{address}");
    }
    let page = site.get(PAGE).await.dense();
    for words in [
        "Obat habis",
        "60,0 % (120 dari 200)",
        "20,0 % (20 dari 100)",
        &format!("/impor/{batch}/batal"),
        "Ambil angka baru",
        "Biarkan dulu",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    let api = site.get("/api/v1/approvals").await.json();
    assert_eq!(api["periods"][0]["state"], "approved");
    assert_eq!(api["periods"][0]["pending"]["left"], false);
    assert_eq!(api["periods"][0]["pending"]["causes"][0]["batch"], batch);
    assert_eq!(site.get("/api/v1/evaluation?periode=2023-C2").await.json()["approval"]["state"], "approved");

    assert_eq!(take(&site, ApprovalStep::TakeOver, "dr. Ani", "").await.status, StatusCode::SEE_OTHER);
    let later = words(shown(&site).await);
    assert!(before.iter().zip(&later).filter(|(before, later)| before != later).count() > 10);
    let json = site.get("/api/v1/evaluation?periode=2023-C2").await.json();
    assert_eq!(json["total"]["indicators"]["DTK"]["numerator"], 120.0);
}

#[tokio::test]
async fn the_page_refuses_in_words() {
    let site = site();
    let missing = take(&site, ApprovalStep::Submit, "", "").await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(missing.text().contains("Tulis nama yang memutuskan"));
    assert_eq!(take(&site, ApprovalStep::Submit, "Rina", "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(take(&site, ApprovalStep::Verify, "Tim", "").await.status, StatusCode::CONFLICT);
    assert_eq!(take(&site, ApprovalStep::SendBack, "Ani", "").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Two at once: the second one saw less.
    let page = site.get(PAGE).await.text();
    let (after, snapshot) = (field(&page, "sesudah"), field(&page, "versi"));
    let fields =
        [("langkah", "approve"), ("nama", "<b>Ani</b>"), ("sesudah", after.as_str()), ("versi", snapshot.as_str())];
    assert_eq!(site.post(PAGE, &fields).await.status, StatusCode::SEE_OTHER);
    assert_eq!(site.post(PAGE, &fields).await.status, StatusCode::CONFLICT);
    assert_eq!(site.post(PAGE, &[("langkah", "apa")]).await.status, StatusCode::BAD_REQUEST);
    // A name is text wherever it stands.
    let shown = site.get("/halaman/evaluasi?periode=2023-C2").await.text();
    assert!(!shown.contains("<b>Ani</b>") && shown.contains("&#60;b&#62;Ani"), "{shown}");
    // What the head saw is not what is there any more.
    take(&site, ApprovalStep::Unlock, "Ani", "salah").await;
    let page = site.get(PAGE).await.text();
    let (after, snapshot) = (field(&page, "sesudah"), field(&page, "versi"));
    let rows = "1,9 Mei 2023,Apotek Dua,Supervisi,Ani,100,100,,\n";
    site.app.import(&[visits("lain.csv", rows)], None, false, &mut |_| {});
    let fields = [("langkah", "submit"), ("nama", "Rina"), ("sesudah", after.as_str()), ("versi", snapshot.as_str())];
    let refused = site.post(PAGE, &fields).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.text().contains("Data berubah sejak halaman ini dibuka"));
    // From elsewhere nothing is taken.
    let request = axum::http::Request::post(PAGE).header("origin", "http://lain.example");
    assert_eq!(site.send(request).await.status, StatusCode::FORBIDDEN);
    assert_ne!(site.send(own(axum::http::Request::get(PAGE))).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn former_figures_stay_readable_and_texts_are_locked() {
    let site = site();
    approve(&site).await;
    let text = [("perbuatan", "simpan"), ("bagian-kesimpulan", "Teks baru")];
    let refused = site.post("/laporan/evaluasi/narasi?periode=2023-C2", &text).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.text().contains("Caturwulan II 2023 sudah disetujui, jadi narasinya tidak diubah lagi"));
    let before = site.get("/api/v1/evaluation?periode=2023-C2").await.json();
    assert_eq!(take(&site, ApprovalStep::Unlock, "dr. Ani", "Skor <Mei> keliru").await.status, StatusCode::SEE_OTHER);
    let page = site.get(PAGE).await.text();
    assert!(page.contains("Skor &#60;Mei&#62; keliru"), "{page}");
    let kept = site.get("/persetujuan/angka/2?periode=2023-C2").await;
    assert_eq!(kept.status, StatusCode::OK);
    assert!(kept.dense().contains("Disetujui 10 Januari 2024 oleh dr. Ani"), "{}", kept.dense());
    let json = site.get("/persetujuan/angka/2?periode=2023-C2&format=json").await.json();
    assert_eq!(json["total"], before["total"]);
    assert_eq!(site.get("/persetujuan/angka/99?periode=2023-C2").await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get("/persetujuan/angka/2?periode=2023-C1").await.status, StatusCode::NOT_FOUND);
}
