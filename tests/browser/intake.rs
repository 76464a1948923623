//! A person brings files: uploads, looks at the preview, answers for a name, explains a form, accepts, takes the
//! marked copy, mends it and brings it again, brings next month's file of that form, undoes; and pictures of these
//! pages.

use std::net::TcpListener;
use std::path::{Path, PathBuf};

use fantoccini::{Client, Locator};
use rust_xlsxwriter::Workbook;
use simpul::web::serve;

use super::driver::{Browser, Window};
use super::{pictures, text};
use crate::marked::parts::{assert_same_outside_the_marks, parts, text as part_text, with_parts};
use crate::web::site::Site;

pub(super) fn book(folder: &Path, name: &str, sheet: &str, rows: &[Vec<&str>]) -> PathBuf {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.set_name(sheet).unwrap();
    for (row, cells) in (0_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            page.write(row, column, *cell).unwrap();
        }
    }
    let path = folder.join(name);
    book.save(&path).unwrap();
    path
}

pub(super) const BANNER: &str = "UPT PUSKESMAS ABCDE";

/// A register, a recap with a name that nobody knows and a wrong cell, and a form of its own.
pub(super) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut register =
        vec![vec![BANNER], vec!["TAHUN 2023"], vec!["No", "Nama Jaringan/Jejaring", "Jenis", "Kelompok", "Alamat"]];
    for name in ["Apotek Alvi", "Klinik Bina Sehat", "Pustu Ngatri", "Bidan Praktik Ani"] {
        register.push(vec!["1", name, "Apotek", "Jejaring", "Jl. Melati 1"]);
    }
    let head = vec![
        "No",
        "Tanggal",
        "Nama Jaringan/Jejaring",
        "Bentuk Kegiatan",
        "Pembina",
        "Skor Daftar Tilik",
        "Skor Maksimal",
        "Foto",
    ];
    let mut recap = vec![vec![BANNER], vec!["BULAN : MEI 2023"], head];
    for (date, name, points) in [
        ("2 Mei 2023", "Apotek Alvi", "80"),
        ("3 Mei 2023", "Apotek Alfi Jaya", "75"),
        ("31 Mei 2023", "Klinik Bina Sehat", "delapan"),
        ("9 Mei 2023", "Pustu Ngatri", "90"),
    ] {
        recap.push(vec!["1", date, name, "Supervisi fasilitatif", "Ani", points, "100", "Ada"]);
    }
    let own = vec![
        vec!["BUKU KUNJUNGAN LAPANGAN"],
        vec![BANNER],
        vec![],
        vec!["Urut", "Kapan", "Tempat yang didatangi", "Yang datang", "Catatan"],
        vec!["1", "14 Mei 2023", "Pustu Ngatri", "Ani", "Baik"],
        vec!["2", "15 Mei 2023", "Bidan Praktik Ani", "Budi", "SOP belum ada"],
    ];
    vec![
        book(folder, "identifikasi.xlsx", "Identifikasi", &register),
        book(folder, "rekap-2023-05.xlsx", "Pembinaan", &recap),
        book(folder, "buku-kunjungan-2023-05.xlsx", "Buku", &own),
    ]
}

async fn click(client: &Client, css: &str) {
    client.find(Locator::Css(css)).await.unwrap().click().await.unwrap();
}

pub(super) async fn wait_for(client: &Client, words: &str) {
    let place = Locator::XPath(Box::leak(format!("//main//*[contains(., '{words}')]").into_boxed_str()));
    let came = client.wait().for_element(place).await.is_ok();
    let page = if came { String::new() } else { text(client, "body").await };
    assert!(came, "“{words}” did not come: {page}");
}

pub(super) async fn picture(client: &Client, name: &str, window: Window) {
    let overflow = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
    let overflow = client.execute(overflow, Vec::new()).await.unwrap();
    let height = "return Math.min(document.documentElement.scrollHeight, 6000)";
    let height = client.execute(height, Vec::new()).await.unwrap().as_u64().unwrap();
    let (width, usual) = match window {
        Window::Laptop => (1366, 768),
        Window::Projector => (1024, 768),
        Window::Phone => (390, 844),
    };
    client.set_window_size(width, u32::try_from(height.max(usual)).unwrap()).await.unwrap();
    let file = pictures().join(format!("{name}-{}.png", window.name()));
    std::fs::write(file, client.screenshot().await.unwrap()).unwrap();
    client.set_window_size(width, u32::try_from(usual).unwrap()).await.unwrap();
    assert!(overflow.as_i64().unwrap() <= 0, "{name} is wider than the {} by {overflow}", window.name());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_brings_files_and_takes_one_back() {
    let site = Site::empty();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(serve(site.app.clone(), listener, std::future::pending()));
    let folder = tempfile::tempdir().unwrap();
    let browser = Browser::start();
    let client = browser.open(Window::Laptop).await;
    upload(&client, &base, &files(folder.path())).await;
    let draft = client.current_url().await.unwrap().to_string();
    explain_the_form(&client).await;
    for window in [Window::Projector, Window::Phone] {
        let other = browser.open(window).await;
        for (name, address) in [
            ("impor-pratinjau", draft.clone()),
            ("impor-unggah", format!("{base}/impor")),
            ("templat", format!("{base}/templat")),
        ] {
            other.goto(&address).await.unwrap();
            picture(&other, name, window).await;
        }
        other.close().await.unwrap();
    }
    answer_the_name(&client).await;
    accept(&client).await;
    let marked = take_the_marked_copy(&client, &std::fs::read(folder.path().join("rekap-2023-05.xlsx")).unwrap()).await;
    bring_it_mended(&client, &base, &mended(folder.path(), &marked)).await;
    bring_next_months_form(&client, &base, &next_month(folder.path())).await;
    undo(&client, &base).await;
    client.close().await.unwrap();
}

async fn send(client: &Client, base: &str, files: &[PathBuf]) {
    client.goto(&format!("{base}/impor")).await.unwrap();
    let paths: Vec<String> = files.iter().map(|path| path.display().to_string()).collect();
    client.find(Locator::Css("#berkas")).await.unwrap().send_keys(&paths.join("\n")).await.unwrap();
    click(client, ".drop button.main").await;
    wait_for(client, "Dibaca sebagai").await;
}

async fn upload(client: &Client, base: &str, files: &[PathBuf]) {
    client.goto(&format!("{base}/impor")).await.unwrap();
    picture(client, "impor-unggah", Window::Laptop).await;
    send(client, base, files).await;
    wait_for(client, "Pilih jenis tabel").await;
    assert_eq!(text(client, "h1").await, "Apa yang akan berubah?");
    picture(client, "impor-pratinjau", Window::Laptop).await;
}

async fn explain_the_form(client: &Client) {
    client.find(Locator::LinkText("Pilih jenis tabel")).await.unwrap().click().await.unwrap();
    wait_for(client, "Harus ada").await;
    client.find(Locator::Css("select[name=tabel]")).await.unwrap().select_by_value("visits").await.unwrap();
    for (field, row) in [("baris", "4"), ("sampai", "4"), ("data", "5")] {
        let field = client.find(Locator::Css(&format!("input[name={field}]"))).await.unwrap();
        field.clear().await.unwrap();
        field.send_keys(row).await.unwrap();
    }
    click(client, "button[name=tebak]").await;
    while !client.current_url().await.unwrap().as_str().contains("tebak=1") {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    wait_for(client, "Harus ada").await;
    for (column, meaning) in
        [("1", "tanggalpembinaan"), ("2", "namajaringanjejaring"), ("3", "pembina"), ("4", "temuan")]
    {
        let select = format!("select[name=kolom-{column}]");
        client.find(Locator::Css(&select)).await.unwrap().select_by_value(meaning).await.unwrap();
    }
    picture(client, "impor-lembar", Window::Laptop).await;
    click(client, "form.ask button.main").await;
    wait_for(client, "Apa yang akan berubah?").await;
    let sheet = text(client, "#berkas-2 .sheets tbody tr").await;
    assert!(sheet.starts_with("Buku") && sheet.contains("Pembinaan, Mei 2023"), "{sheet}");
}

async fn answer_the_name(client: &Client) {
    assert!(text(client, ".names fieldset legend").await.contains("Apotek Alfi Jaya"));
    click(client, ".names input[value='=Apotek Alvi']").await;
    click(client, ".names button.main").await;
    wait_for(client, "1 jawaban diingat").await;
    assert!(client.find_all(Locator::Css(".names fieldset")).await.unwrap().is_empty());
}

async fn accept(client: &Client) {
    click(client, "#terima button.main").await;
    wait_for(client, "Lihat ringkasan").await;
    assert_eq!(text(client, "h1").await, "Impor selesai");
    picture(client, "impor-tanda-terima", Window::Laptop).await;
}

/// Downloads it; it is the original but for its marks.
async fn take_the_marked_copy(client: &Client, original: &[u8]) -> Vec<u8> {
    let link = client.find(Locator::LinkText("Salinan bertanda")).await.unwrap();
    let href = link.attr("href").await.unwrap().unwrap();
    let fetch = "const [href, done] = arguments; fetch(href).then(r => r.arrayBuffer()).then(b => done(Array.from(new Uint8Array(b))))";
    let bytes = client.execute_async(fetch, vec![href.into()]).await.unwrap();
    let bytes: Vec<u8> =
        bytes.as_array().unwrap().iter().map(|byte| u8::try_from(byte.as_u64().unwrap()).unwrap()).collect();
    assert_same_outside_the_marks(original, &bytes);
    let comments = parts(&bytes).into_iter().find(|(name, _)| name.contains("comments")).unwrap().1;
    let comments = String::from_utf8(comments).unwrap();
    assert!(comments.contains("ref=\"F6\"") && comments.contains("bukan skor"), "{comments}");
    bytes
}

/// The marked copy with its wrong cell put right, marks and list left where they are.
fn mended(folder: &Path, marked: &[u8]) -> PathBuf {
    let strings = part_text(marked, "xl/sharedStrings.xml");
    assert!(strings.contains("<t>delapan</t>"), "{strings}");
    let strings = strings.replace("<t>delapan</t>", "<t>85</t>");
    let path = folder.join("rekap-2023-05-bertanda.xlsx");
    std::fs::write(&path, with_parts(marked, &[("xl/sharedStrings.xml", &strings)])).unwrap();
    path
}

/// Old marks do not matter: one row is new, the others stay, nothing is rejected or doubtful.
async fn bring_it_mended(client: &Client, base: &str, file: &Path) {
    send(client, base, &[file.to_owned()]).await;
    let row = text(client, "#berkas-0 .sheets tbody").await;
    let numbers: Vec<&str> = row.split_whitespace().rev().take(7).collect();
    // Backwards: warnings, rejected, unchanged, changed, new, facts; the list is no table and no sheet of the user's.
    assert!(row.starts_with("Pembinaan") && numbers == ["0", "0", "3", "0", "1", "pembinaan", "4"], "{row}");
    accept(client).await;
}

/// The form that was explained for May.
fn next_month(folder: &Path) -> PathBuf {
    let rows = vec![
        vec!["BUKU KUNJUNGAN LAPANGAN"],
        vec![BANNER],
        vec!["Urut", "Kapan", "Tempat yang didatangi", "Yang datang", "Catatan"],
        vec!["1", "14 Juni 2023", "Pustu Ngatri", "Ani", "Baik"],
    ];
    book(folder, "lapangan juni 2023.xlsx", "Juni", &rows)
}

async fn bring_next_months_form(client: &Client, base: &str, file: &Path) {
    send(client, base, &[file.to_owned()]).await;
    let page = text(client, "main").await;
    assert!(page.contains("Pembinaan, Juni 2023") && !page.contains("Pilih jenis tabel"), "{page}");
    accept(client).await;
}

async fn undo(client: &Client, base: &str) {
    client.goto(&format!("{base}/impor/2")).await.unwrap();
    picture(client, "impor-satu", Window::Laptop).await;
    client.find(Locator::LinkText("Batalkan impor")).await.unwrap().click().await.unwrap();
    wait_for(client, "Akan hilang").await;
    picture(client, "impor-batal", Window::Laptop).await;
    click(client, "main form button.main").await;
    wait_for(client, "Dibatalkan").await;
    client.goto(&format!("{base}/impor/nama")).await.unwrap();
    assert!(text(client, "main").await.contains("Apotek Alfi Jaya"));
    picture(client, "impor-nama", Window::Laptop).await;
}
