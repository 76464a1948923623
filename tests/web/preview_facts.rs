//! The preview shows what will count, and what was guessed can be said once at the very table: remembered for the form,
//! taken back, and known to the command line and to jobs, which read by the same words.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use simpul::app::import::Upload;
use simpul::app::import::receipt::FileStatus;

use super::intake::{BANNER, accept_all, draft, facts, register, send, ticked, workbook};
use super::site::{Answer, Site, multipart, own};

/// A form in a preview: its fields as they are sent, with what is typed.
fn word_form(page: &str, sort: &str, typed: &str) -> Vec<(String, String)> {
    let form = page.split("<form class=\"ask word\"").skip(1).find(|form| form.contains(&format!("value=\"{sort}\"")));
    assert!(form.is_some(), "no form for {sort}: {page}");
    let form = form.unwrap().split("</form>").next().unwrap();
    let mut fields: Vec<(String, String)> = Vec::new();
    for part in form.split("type=\"hidden\" name=\"").skip(1) {
        let value = part.split("value=\"").nth(1).unwrap().split('"').next().unwrap();
        fields.push((part.split('"').next().unwrap().to_owned(), value.to_owned()));
    }
    fields.push(("kata".to_owned(), typed.to_owned()));
    fields
}

async fn say(site: &Site, address: &str, sort: &str, typed: &str) -> String {
    let page = site.get(address).await.text();
    let answer = send(site, &format!("{address}/kata"), &word_form(&page, sort, typed)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    assert!(answer.header(header::LOCATION).starts_with(&format!("{address}?kata=1#tabel-")));
    site.get(&format!("{address}?kata=1")).await.dense()
}

fn visits(file: &str, month: &str, day: &str, points: [&str; 2]) -> Upload {
    let banner = format!("BULAN : {month}");
    let rows: [&[&str]; 5] = [
        &[BANNER],
        &[&banner],
        &["No", "Tanggal", "Nama Jaringan/Jejaring", "Bentuk Kegiatan", "Pembina", "Skor Daftar Tilik"],
        &["1", day, "Apotek Alvi", "Supervisi", "Ani", points[0]],
        &["2", day, "Klinik Bina", "Supervisi", "Ani", points[1]],
    ];
    workbook(file, "Pembinaan", &rows)
}

fn services() -> Upload {
    let rows: [&[&str]; 4] = [
        &[BANNER],
        &["TAHUN 2023"],
        &["Kode", "Indikator", "Target (%)", "Bobot", "Arah", "Agregasi"],
        &["K6", "Kunjungan ibu hamil K6", "100", "1", "naik", "jumlah"],
    ];
    workbook("indikator.xlsx", "Indikator", &rows)
}

/// Months across that never fall and come to more than the year's denominator.
fn achievements(file: &str) -> Upload {
    let rows: [&[&str]; 6] = [
        &[BANNER],
        &["TAHUN 2023"],
        &["INDIKATOR : K6"],
        &["No", "Nama Jaringan/Jejaring", "Sasaran", "Jan", "Feb", "Mar", "Apr"],
        &["1", "Apotek Alvi", "20", "3", "7", "12", "16"],
        &["2", "Klinik Bina", "10", "1", "3", "6", "8"],
    ];
    workbook(file, "Capaian", &rows)
}

fn points(site: &Site) -> Vec<(Option<f64>, Option<f64>)> {
    facts(site).visits.iter().map(|visit| (visit.points, visit.maximum)).collect()
}

#[tokio::test]
async fn the_first_facts_stand_with_their_numbers_and_readings_apart_from_errors() {
    let site = Site::empty();
    accept_all(&site, &[register()]).await;
    let address = draft(&site, &[visits("mei.xlsx", "MEI 2023", "2 Mei 2023", ["80", "70"])]).await;
    let page = site.get(&address).await.dense();
    assert!(page.contains("Yang akan dihitung: 2 pembinaan"), "{page}");
    assert!(page.contains("<th scope=\"row\">Apotek Alvi, 2 Mei 2023, Supervisi</th>"), "{page}");
    let head = "<th scope=\"col\" class=\"n\">Skor daftar tilik</th><th scope=\"col\" class=\"n\">Skor maksimal</th>";
    assert!(page.contains(head) && page.contains("<td class=\"n\">80</td><td class=\"n\">100</td>"), "{page}");
    let (_, guessed) = page.split_once("<h4>Yang diperkirakan</h4>").unwrap();
    assert!(guessed.contains("<code>Pembinaan!F3</code> Skor dibaca dari 100"), "{page}");
    assert!(!page.contains("Ditolak dan meragukan"), "a guess is no error: {page}");
}

#[tokio::test]
async fn rows_without_a_mark_are_no_plan() {
    let site = Site::empty();
    accept_all(&site, &[register()]).await;
    let months = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];
    let head: Vec<&str> = [&["No", "Nama Jaringan/jejaring"], months.as_slice()].concat();
    let rows: [&[&str]; 5] =
        [&[BANNER], &["JADWAL TAHUN 2023"], &head, &["1", "Apotek Alvi", "X"], &["2", "Klinik Bina"]];
    let files = [workbook("jadwal.xlsx", "Jadwal", &rows)];
    let page = site.get(&draft(&site, &files).await).await.text();
    assert!(page.contains("1 rencana <small>dari 2 baris</small>"), "{page}");
    let receipt = site.app.import(&files, None, false, &mut |_| {});
    // The history counts as the preview did.
    let batch = receipt.files[0].batch.unwrap();
    let list = site.get("/impor").await.text();
    assert!(list.contains("<td class=\"wrap\">1 rencana</td>") && !list.contains("Baris</th>"), "{list}");
    assert!(site.get(&format!("/impor/{batch}")).await.dense().contains("<dt>Tersimpan</dt><dd>1 rencana</dd>"));
    let sheet = &receipt.files[0].sheets[0];
    assert_eq!((sheet.accepted, receipt.files[0].counted_facts(0).as_deref()), (2, Some("1 rencana")));
}

#[tokio::test]
async fn a_maximum_is_said_once_at_the_table_and_taken_back() {
    let site = Site::empty();
    accept_all(&site, &[register()]).await;
    let address = draft(&site, &[visits("mei.xlsx", "MEI 2023", "2 Mei 2023", ["30", "20"])]).await;
    let page = say(&site, &address, "skor-maksimal", "40").await;
    assert!(page.contains("<td class=\"n\">30</td><td class=\"n\">40</td>"), "{page}");
    assert!(page.contains("sudah dikatakan") && !page.contains("kor dibaca dari"), "no guess any more: {page}");
    let wrong = send(&site, &format!("{address}/kata"), &word_form(&page, "skor-maksimal", "banyak")).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    assert!(wrong.text().contains("misalnya 100"), "{}", wrong.text());
    let answer = send(&site, &format!("{address}/terima"), &ticked(&page)).await;
    assert_eq!(answer.header(header::LOCATION), format!("{address}?diterima=1"));
    let receipt = site.get(&address).await.text();
    assert!(receipt.contains("<td class=\"wrap\">2 pembinaan</td>"), "facts, not rows: {receipt}");
    // Next month's file of that form needs no word, whoever brings it.
    let june = [visits("juni.xlsx", "JUNI 2023", "3 Juni 2023", ["36", "24"])];
    assert_eq!(site.app.import(&june, None, false, &mut |_| {}).files[0].status, FileStatus::Imported);
    assert_eq!(points(&site).iter().map(|(_, maximum)| *maximum).collect::<Vec<_>>(), [Some(40.0); 4]);
    let names = site.get("/impor/nama").await.text();
    assert!(names.contains("Skor maksimal semua baris: 40") && names.contains("mei.xlsx › Pembinaan"), "{names}");
    let revoked = site.post("/impor/nama/cabut", &[("puskesmas", BANNER), ("kata", "1")]).await;
    assert_eq!(revoked.header(header::LOCATION), "/impor/nama?cabut=1");
    let july = [visits("juli.xlsx", "JULI 2023", "4 Juli 2023", ["36", "24"])];
    let receipt = site.app.import(&july, None, false, &mut |_| {});
    assert!(receipt.files[0].issues.iter().any(|issue| issue.code == "reading"), "{receipt:?}");
}

#[tokio::test]
async fn how_a_table_counts_is_said_where_it_is_asked() {
    let site = Site::empty();
    accept_all(&site, &[register(), services()]).await;
    let numerators = |site: &Site| facts(site).achievements.numerator.clone();
    for (typed, expected) in [
        ("bulanan", [3.0, 7.0, 12.0, 16.0, 1.0, 3.0, 6.0, 8.0]),
        ("kumulatif", [3.0, 4.0, 5.0, 4.0, 1.0, 2.0, 3.0, 2.0]),
    ] {
        let address = draft(&site, &[achievements("capaian.xlsx")]).await;
        let page = site.get(&address).await.text();
        assert!(typed == "kumulatif" || page.contains("tidak pernah turun dari bulan ke bulan"), "{page}");
        let page = say(&site, &address, "hitungan", typed).await;
        assert!(page.contains("8 capaian"), "{page}");
        let answer = send(&site, &format!("{address}/terima"), &ticked(&page)).await;
        assert_eq!(answer.header(header::LOCATION), format!("{address}?diterima=1"));
        assert_eq!(numerators(&site), expected.map(Some));
        let batch = site.app.store().history(&simpul::store::Scope::All).unwrap();
        let batch = batch.iter().find(|batch| batch.undone.is_none() && batch.file_name == "capaian.xlsx").unwrap();
        assert_eq!(site.post(&format!("/impor/{}/batal", batch.batch), &[]).await.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn a_register_without_kinds_is_given_one_in_one_word() {
    let site = Site::empty();
    let rows: [&[&str]; 5] = [
        &[BANNER],
        &["DAFTAR IDENTIFIKASI TAHUN 2023"],
        &["No", "Nama Jaringan/Jejaring", "Kelompok", "Alamat"],
        &["1", "Melati 1", "Jejaring", "Jl. Melati"],
        &["2", "Melati 2", "Jejaring", "Jl. Mawar"],
    ];
    let address = draft(&site, &[workbook("daftar.xlsx", "Daftar", &rows)]).await;
    let page = say(&site, &address, "jenis", "Pos <UKK>").await;
    assert!(page.contains("value=\"Pos &#60;UKK&#62;\"") && !page.contains("<UKK>"), "{page}");
    let page = say(&site, &address, "jenis", "Posyandu").await;
    let answer = send(&site, &format!("{address}/terima"), &ticked(&page)).await;
    assert_eq!(answer.header(header::LOCATION), format!("{address}?diterima=1"), "{}", answer.text());
    let kinds: Vec<String> = facts(&site).facilities.iter().map(|facility| facility.kind.clone()).collect();
    assert_eq!(kinds, ["Posyandu", "Posyandu"]);
    // Blank takes it back.
    let other: [&[&str]; 4] = [rows[0], rows[1], rows[2], &["1", "Mawar 1", "Jejaring", "Jl. Mawar"]];
    let address = draft(&site, &[workbook("daftar-2.xlsx", "Daftar", &other)]).await;
    assert!(site.get(&address).await.text().contains("<td>Posyandu</td>"));
    let page = say(&site, &address, "jenis", "").await;
    assert!(!page.contains("<td>Posyandu</td>") && !page.contains("sudah dikatakan"), "{page}");
}

async fn take(site: &Site, file: &[u8]) -> Answer {
    let head = "--batas-bagian-simpul\r\nContent-Disposition: form-data; name=\"bentuk\"; filename=\"b.json\"\r\n\r\n";
    let body = [head.as_bytes(), file, b"\r\n--batas-bagian-simpul--\r\n"].concat();
    site.send_with(own(multipart(Request::post("/impor/bentuk"))), Body::from(body)).await
}

#[tokio::test]
async fn what_was_explained_is_a_file_that_another_puskesmas_takes() {
    let site = Site::empty();
    accept_all(&site, &[register()]).await;
    let address = draft(&site, &[visits("mei.xlsx", "MEI 2023", "2 Mei 2023", ["30", "20"])]).await;
    say(&site, &address, "skor-maksimal", "40").await;
    let file = site.get("/impor/bentuk").await;
    assert!(file.header(header::CONTENT_DISPOSITION).ends_with("penjelasan-bentuk-upt-puskesmas-abcde.json\""));
    assert!(file.text().contains("\"kata\": \"40\""), "{}", file.text());

    let other = Site::empty();
    let of_register: [&[&str]; 4] = [
        &["UPT PUSKESMAS LAIN JAYA"],
        &["TAHUN 2023"],
        &["No", "Nama Jaringan/Jejaring", "Jenis", "Kelompok", "Alamat"],
        &["1", "Apotek Alvi", "Apotek", "Jejaring", "Jl. Melati"],
    ];
    accept_all(&other, &[workbook("daftar.xlsx", "Identifikasi", &of_register)]).await;
    let taken = take(&other, &file.bytes).await;
    let location = taken.header(header::LOCATION).to_owned();
    assert!(location.ends_with("bentuk-baru=1&bentuk-lama=0"), "{location}");
    let page = other.get(&location).await.text();
    assert!(page.contains("1 penjelasan bentuk diambil") && page.contains("Skor maksimal semua baris: 40"), "{page}");
    // Taken twice: what is there stays.
    assert!(take(&other, &file.bytes).await.header(header::LOCATION).ends_with("bentuk-baru=0&bentuk-lama=1"));
    let rows: [&[&str]; 4] = [
        &["PKM LAIN JAYA"],
        &["BULAN : MEI 2023"],
        &["No", "Tanggal", "Nama Jaringan/Jejaring", "Bentuk Kegiatan", "Pembina", "Skor Daftar Tilik"],
        &["1", "2 Mei 2023", "Apotek Alvi", "Supervisi", "Ani", "30"],
    ];
    accept_all(&other, &[workbook("mei.xlsx", "Pembinaan", &rows)]).await;
    assert_eq!(points(&other), [(Some(30.0), Some(40.0))]);

    let page = take(&other, b"{}").await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    assert!(page.text().contains("bukan penjelasan bentuk"), "{}", page.text());
    let spoiled = file.text().replace("\"40\"", "\"banyak\"");
    let page = take(&other, spoiled.as_bytes()).await.text();
    assert!(page.contains("mei.xlsx › Pembinaan tidak dapat dipakai"), "{page}");
}

fn book(name: &str, heads: [&str; 4]) -> Upload {
    let rows: [&[&str]; 4] =
        [&[BANNER], &["BUKU KUNJUNGAN MEI 2023"], &heads, &["1", "2 Mei 2023", "Apotek Alvi", "Ani"]];
    workbook(name, "Buku", &rows)
}

#[tokio::test]
async fn what_the_page_would_guess_is_read_everywhere_and_told() {
    let site = Site::empty();
    accept_all(&site, &[register()]).await;
    let near = [book("buku.xlsx", ["No", "Tangal", "Nama Jejarring", "Petugs"])];
    let page = site.get(&draft(&site, &near).await).await.text();
    assert!(page.contains("1 pembinaan") && page.contains("embinaan karena judul kolomnya mirip"), "{page}");
    let receipt = site.app.import(&near, None, false, &mut |_| {});
    assert_eq!((receipt.files[0].status, facts(&site).visits.len()), (FileStatus::Imported, 1));
    let told = receipt.files[0].issues.iter().find(|issue| issue.code == "reading").unwrap();
    assert!(told.message.contains("kolom A sebagai Nomor urut, B sebagai Tanggal pembinaan"), "{}", told.message);

    let lacking = [book("buku-2.xlsx", ["Urut", "Tangal", "Kemana", "Petugs"])];
    let receipt = site.app.import(&lacking, None, false, &mut |_| {});
    let told = receipt.files[0].issues.iter().find(|issue| issue.code == "unknown_table").unwrap();
    let expected =
        "paling mirip tabel Pembinaan (judul di baris 3), tetapi kolom Nama jaringan/jejaring belum ditemukan";
    assert!(told.message.contains(expected), "{}", told.message);
}
