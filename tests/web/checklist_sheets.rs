//! Sheets of visits to print, and whole checklists typed on one page: kept as one batch, opened again, corrected.

use std::io::{Cursor, Read as _};

use axum::http::{StatusCode, header};

use super::checklists::{REGISTER, file, june};
use super::site::{Answer, Site};
use super::visit_priority::FOLLOW_UPS;

const TYPING: &str = "/daftar-tilik/isi";

/// Words of a text document without its markup.
fn docx_words(answer: Answer) -> String {
    assert_eq!(answer.status, StatusCode::OK, "{}", String::from_utf8_lossy(&answer.bytes));
    let mut archive = zip::ZipArchive::new(Cursor::new(answer.bytes)).unwrap();
    let mut text = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
    let mut words = String::new();
    let mut is_tag = false;
    for letter in text.chars() {
        match letter {
            '<' => is_tag = true,
            '>' => {
                is_tag = false;
                words.push(' ');
            }
            _ if !is_tag => words.push(letter),
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn the_sheet_of_a_visit_holds_findings_follow_ups_and_items_to_tick() {
    let site = Site::with(&[file("daftar.csv", REGISTER), file("tilik.csv", &june()), file("rtl.csv", FOLLOW_UPS)]);
    let page = site.get("/daftar-tilik").await.dense();
    assert!(
        page.contains("/daftar-tilik/lembar.pdf?")
            && page.contains("faskes=Apotek")
            && page.contains("Daftar tilik kosong"),
        "{page}"
    );
    let words = docx_words(site.get("/daftar-tilik/lembar.docx?faskes=Apotek%20Alvi").await);
    for expected in [
        "Lembar kunjungan",
        "3 Juni 2023",
        "2 dari 5 (3 Juni 2023)",
        "Cat papan nama",
        "■ lewat batas",
        "Antibiotik tidak diserahkan tanpa resep",
        "▲ KRITIS",
        "bila semua berlaku 15",
        "KESIMPULAN %",
        "Petugas pembina",
    ] {
        assert!(words.contains(expected), "{expected}: {words}");
    }
    // Unmet items stand above the empty list, the critical one first; an answer of last time is never in a box of now.
    let found = |text: &str| words.find(text).unwrap_or_else(|| panic!("{text}: {words}"));
    assert!(found("B1 Obat keras diserahkan hanya dengan resep") < found("A1 Papan nama apotek"), "{words}");
    assert!(
        !words.contains('√') || words.matches('√').count() == 1,
        "only the sentence on how to tick has one: {words}"
    );
    // Every format is written and read back; an instrument alone names no facility.
    for ending in ["pdf", "xlsx"] {
        let answer = site.get(&format!("/daftar-tilik/lembar.{ending}?faskes=Apotek%20Alvi")).await;
        assert_eq!(answer.status, StatusCode::OK, "{ending}");
    }
    let empty = docx_words(site.get("/daftar-tilik/lembar.docx?instrumen=contoh-pustu").await);
    assert!(empty.contains("belum diisi") && !empty.contains("RTL yang belum selesai"), "{empty}");
    // A facility of which nothing is known says so; what is not there is refused in words.
    let unknown = docx_words(site.get("/daftar-tilik/lembar.docx?faskes=Pustu%20Melati").await);
    for expected in
        ["belum ada kunjungan yang dicatat", "belum ada skor daftar tilik", "Tidak ada RTL yang belum selesai"]
    {
        assert!(unknown.contains(expected), "{expected}: {unknown}");
    }
    for path in ["lembar.docx?faskes=Klinik%20Lain", "lembar.docx?instrumen=lain", "lembar.txt", "lain.pdf"] {
        assert_eq!(site.get(&format!("/daftar-tilik/{path}")).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

/// Fields of a sheet of the instrument for pharmacies.
fn sheet<'f>(answers: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let mut fields = vec![("faskes", "Apotek Alvi"), ("instrumen", "contoh-apotek"), ("petugas", "Bd. Ani")];
    fields.extend(answers);
    fields
}

/// The address to which a sheet that was kept leads.
async fn kept(site: &Site, fields: &[(&str, &str)]) -> String {
    let answer = site.post(TYPING, fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    answer.header(header::LOCATION).to_owned()
}

/// The version that a page of a sheet sends along.
fn version(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"versi\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

fn items(site: &Site) -> Vec<simpul::domain::checklist::ChecklistItem> {
    site.app.snapshot("UPT PUSKESMAS UJI").unwrap().facts().checklist_items.clone()
}

#[tokio::test]
async fn a_whole_sheet_is_kept_as_one_batch_and_corrected_by_opening_it_again() {
    let site = Site::with(&[file("daftar.csv", REGISTER)]);
    let blank = site.get("/daftar-tilik/isi?faskes=Apotek%20Alvi&instrumen=contoh-apotek").await.dense();
    assert!(blank.contains("Antibiotik tidak diserahkan tanpa resep") && version(&blank).is_empty(), "{blank}");
    let first = sheet(&[
        ("tanggal", "3 Juni 2023"),
        ("j-A1", "Ya"),
        ("j-A2", "Tidak"),
        ("k-A2", "habis Mei"),
        ("n-B1", "1,5"),
        ("j-A3", "TB"),
    ]);
    let at = kept(&site, &first).await;
    let page = site.get(&at).await.dense();
    // 1 + 0 + 1.5 of 1 + 2 + 2; eight items are not answered, one does not apply.
    assert!(page.contains("Skor 2,5 dari 5 (50,0 %); 3 item dijawab, 7 belum dijawab, 1 tidak berlaku."), "{page}");
    assert!(page.contains("tersimpan 1,5 dari 2") && page.contains("habis Mei"), "{page}");
    assert_eq!(items(&site).len(), 11, "each item has its row, answered or not");
    let snapshot = site.app.snapshot("UPT PUSKESMAS UJI").unwrap();
    let scores: Vec<_> = snapshot.facts().visits.iter().map(|visit| (visit.points, visit.maximum)).collect();
    assert_eq!(scores, [(Some(2.5), Some(5.0))]);
    // The same day anew is no second sheet, and silently overwrites none.
    let again = site.post(TYPING, &first).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text().contains("sudah ada, atau diubah orang lain"));
    // Opened and corrected: an answer becomes another one, a blank one an answer, points become not applicable.
    let version = version(&page);
    let second = sheet(&[
        ("tanggal", "3 Juni 2023"),
        ("versi", &version),
        ("j-A1", "Tidak"),
        ("j-A2", "Ya"),
        ("k-A2", "sudah diperpanjang"),
        ("j-B1", "TB"),
        ("j-A3", "Ya"),
        ("j-C2", "Ya"),
    ]);
    let page = site.get(&kept(&site, &second).await).await.dense();
    assert!(page.contains("Skor 4 dari 5 (80,0 %); 4 item dijawab, 6 belum dijawab, 1 tidak berlaku."), "{page}");
    assert!(page.contains("sudah diperpanjang") && !page.contains("habis Mei"), "{page}");
    // Whoever still has the first version open is told, and an undo brings the first answers back.
    let late = site.post(TYPING, &second).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    let undo = page.split("/impor/").nth(1).and_then(|rest| rest.split('/').next()).unwrap();
    assert_eq!(site.post(&format!("/impor/{undo}/batal"), &[]).await.status, StatusCode::SEE_OTHER);
    let page = site.get(&at).await.dense();
    assert!(page.contains("Skor 2,5 dari 5 (50,0 %)"), "{page}");
}

#[tokio::test]
async fn what_is_wrong_with_a_sheet_is_named_and_nothing_is_kept() {
    let site = Site::with(&[file("daftar.csv", REGISTER)]);
    let refused = async |answers: &[(&str, &str)], words: &[&str]| {
        let answer = site.post(TYPING, &sheet(answers)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let page = answer.dense();
        for expected in words {
            assert!(page.contains(expected), "{expected}: {page}");
        }
        assert_eq!(items(&site), []);
        page
    };
    refused(&[("j-A1", "Ya")], &["Tulis tanggal kunjungannya."]).await;
    refused(&[("tanggal", "31/2/2023"), ("j-A1", "Ya")], &["tidak dikenal"]).await;
    refused(&[("tanggal", "3/6/2023")], &["Belum ada item yang dijawab"]).await;
    let page = refused(
        &[
            ("tanggal", "3/6/2023"),
            ("j-A1", "Ya"),
            ("n-B1", "9"),
            ("j-A2", "Ya"),
            ("n-A2", "1"),
            ("k-A1", "ketikan ini"),
        ],
        &["di luar 0 sampai 2", "jawaban dan nilainya berbeda", "ketikan ini"],
    )
    .await;
    assert!(page.contains("name=\"j-A1\" value=\"Ya\" checked"), "what was typed stays: {page}");
    for wrong in [("faskes", "Klinik Lain"), ("instrumen", "lain")] {
        let fields = [wrong, ("instrumen", "contoh-apotek"), ("faskes", "Apotek Alvi"), ("tanggal", "3/6/2023")];
        assert_eq!(site.post(TYPING, &fields).await.status, StatusCode::NOT_FOUND, "{wrong:?}");
    }
}

#[tokio::test]
async fn an_answer_that_stands_is_never_emptied_in_passing() {
    let site = Site::with(&[file("daftar.csv", REGISTER), file("tilik.csv", &june())]);
    let at = "/daftar-tilik/isi?faskes=Apotek%20Alvi&instrumen=contoh-apotek&tanggal=2023-06-03";
    let page = site.get(at).await.dense();
    assert!(page.contains("Membetulkan lembar 3 Juni 2023") && page.contains("belum dicat"), "{page}");
    let version = version(&page);
    let sent = sheet(&[
        ("tanggal", "3 Juni 2023"),
        ("versi", &version),
        ("k-A1", "belum dicat"),
        ("j-A2", "Ya"),
        ("j-B1", "Ya"),
    ]);
    let answer = site.post(TYPING, &sent).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("awaban A1 sudah tersimpan dan tidak dapat dikosongkan"), "{}", answer.text());
    // Answered again, the file's sheet is corrected, and what the file left blank stays blank.
    let full = [sent, vec![("j-A1", "Tidak")]].concat();
    let page = site.get(&kept(&site, &full).await).await.dense();
    assert!(page.contains("Skor 4 dari 5 (80,0 %); 3 item dijawab, 8 belum dijawab, 0 tidak berlaku."), "{page}");
}

#[tokio::test]
async fn a_sheet_filled_in_excel_comes_back_as_it_was() {
    let first = Site::with(&[file("daftar.csv", REGISTER)]);
    let typed = sheet(&[
        ("tanggal", "3 Juni 2023"),
        ("j-A1", "Ya"),
        ("j-A2", "Tidak"),
        ("k-A2", "habis Mei"),
        ("n-B1", "1,5"),
        ("j-A3", "TB"),
    ]);
    kept(&first, &typed).await;
    let at = "/daftar-tilik/templat.xlsx?instrumen=contoh-apotek";
    let filled = first.get(&format!("{at}&faskes=Apotek%20Alvi&tanggal=2023-06-03")).await;
    assert_eq!(filled.status, StatusCode::OK);
    let book = |name: &str, bytes: Vec<u8>| simpul::app::import::Upload { name: name.to_owned(), bytes };
    let second = Site::with(&[file("daftar.csv", REGISTER), book("isi.xlsx", filled.bytes)]);
    assert_eq!(items(&second), items(&first));
    assert_eq!(items(&second).len(), 11);
    // A sheet for each facility of the instrument that nobody filled in: named, and nothing is stored.
    let two = format!("{REGISTER}3,Apotek Baru,Apotek,Jejaring\n");
    let third = Site::with(&[file("daftar.csv", &two)]);
    let empty = third.get(at).await;
    assert_eq!(empty.status, StatusCode::OK);
    let receipt = third.app.import(&[book("kosong.xlsx", empty.bytes)], None, false, &mut |_| {});
    let told = format!("{receipt:?}");
    assert_eq!(told.matches("tidak ada tabel yang dikenali di lembar ini").count(), 2, "{told}");
    assert_eq!(items(&third), []);
    let none = third.get("/daftar-tilik/templat.xlsx?instrumen=contoh-klinik").await;
    assert_eq!(none.status, StatusCode::NOT_FOUND, "no facility is of that kind");
}
