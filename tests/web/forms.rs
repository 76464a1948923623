//! Forms that nobody knows, through the router: headings of several rows, a year of months across, a sheet of an
//! import that was accepted before. Explained once, the next file of that form needs no word.

use axum::http::{StatusCode, header};
use rust_xlsxwriter::Workbook;
use simpul::app::import::Upload;
use simpul::domain::Month;

use super::intake::{BANNER, accept_all, draft, facts, register, send, ticked, workbook};
use super::site::Site;

/// Fields of the page on which a sheet is explained, heading and data rows as typed.
fn said(sheet: &str, table: &str, rows: [&str; 3], columns: &[(u32, &str)]) -> Vec<(String, String)> {
    let fixed = [("berkas", "0"), ("lembar", sheet), ("tabel", table), ("baris", rows[0]), ("sampai", rows[1])];
    let mut fields: Vec<(String, String)> =
        fixed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    fields.push(("data".to_owned(), rows[2].to_owned()));
    fields.extend(columns.iter().map(|(column, code)| (format!("kolom-{column}"), (*code).to_owned())));
    fields
}

fn with(mut fields: Vec<(String, String)>, more: &[(&str, &str)]) -> Vec<(String, String)> {
    fields.extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    fields
}

async fn explain(site: &Site, address: &str, fields: &[(String, String)]) {
    let answer = send(site, &format!("{address}/lembar"), fields).await;
    assert_eq!((answer.status, answer.header(header::LOCATION)), (StatusCode::SEE_OTHER, address), "{}", answer.text());
}

async fn accept(site: &Site, address: &str) {
    let page = site.get(address).await.text();
    let answer = send(site, &format!("{address}/terima"), &ticked(&page)).await;
    assert_eq!(answer.header(header::LOCATION), format!("{address}?diterima=1"), "{page}");
}

/// A book of visits whose heading takes two rows, with a row of remarks before the data.
fn book(file: &str, sheet: &str, date: &str) -> Upload {
    let rows: [&[&str]; 6] = [
        &["BUKU KUNJUNGAN"],
        &[BANNER],
        &["Urut", "Kemana", "Kunjungan", ""],
        &["", "", "Kapan", "Siapa"],
        &["", "diisi lengkap", "hari/bulan/tahun", "petugas"],
        &["1", "Apotek Alvi", date, "Ani"],
    ];
    workbook(file, sheet, &rows)
}

const VISIT_COLUMNS: [(u32, &str); 3] = [(1, "namajaringanjejaring"), (2, "tanggalpembinaan"), (3, "pembina")];

#[tokio::test]
async fn a_heading_of_several_rows_is_explained_once() {
    let site = Site::empty();
    accept_all(&site, &[register()]).await;
    let address = draft(&site, &[book("rekap-2023-05.xlsx", "Mei", "2 Mei 2023")]).await;
    assert!(site.get(&address).await.text().contains("Pilih jenis tabel"));
    let wrong = said("Mei", "visits", ["3", "2", "6"], &VISIT_COLUMNS);
    let page = send(&site, &format!("{address}/lembar"), &wrong).await.text();
    assert!(page.contains("Urutan barisnya keliru") && page.contains("selected>Tanggal pembinaan"), "{page}");
    explain(&site, &address, &said("Mei", "visits", ["3", "4", "6"], &VISIT_COLUMNS)).await;
    let page = site.get(&address).await.text();
    assert!(page.contains("Pembinaan, Mei 2023") && !page.contains("Ditolak</span>"), "{page}");
    accept(&site, &address).await;
    accept_all(&site, &[book("catatan juni.xlsx", "Juni 2023", "2 Juni 2023")]).await;
    assert_eq!(facts(&site).visits.len(), 2, "known by its form, not by its file's or sheet's name");
}

fn indicators() -> Upload {
    let rows: [&[&str]; 5] = [
        &[BANNER],
        &["TAHUN 2023"],
        &["Kode", "Indikator", "Target (%)", "Bobot", "Arah", "Agregasi"],
        &["K6", "Ibu hamil K6", "100", "10", "naik", "kumulatif"],
        &["IDL", "Imunisasi dasar lengkap", "100", "10", "naik", "kumulatif"],
    ];
    workbook("indikator.xlsx", "Indikator", &rows)
}

/// A year of one indicator with months across and unusual headings.
fn year(file: &str, title: &str, numbers: [f64; 3]) -> Upload {
    let mut written = Workbook::new();
    let page = written.add_worksheet();
    page.set_name("Lembar1").unwrap();
    page.write(0, 0, title).unwrap();
    page.write(1, 0, BANNER).unwrap();
    for (column, text) in (0_u16..).zip(["Urut", "Siapa", "Sebanyak", "Bln I", "Bln II"]) {
        page.write(2, column, text).unwrap();
    }
    page.write(3, 0, 1).unwrap();
    page.write(3, 1, "Apotek Alvi").unwrap();
    for (column, number) in (2_u16..).zip(numbers) {
        page.write(3, column, number).unwrap();
    }
    Upload { name: file.to_owned(), bytes: written.save_to_buffer().unwrap() }
}

#[tokio::test]
async fn a_year_of_one_indicator_is_explained_and_another_is_asked_again() {
    let site = Site::empty();
    accept_all(&site, &[register(), indicators()]).await;
    let columns = [(1, "namajaringanjejaring"), (2, "sasaran"), (3, "bulan:1"), (4, "bulan:2")];
    let address = draft(&site, &[year("a.xlsx", "CAKUPAN IBU TAHUN 2023", [120.0, 8.0, 9.0])]).await;
    let page = site.get(&format!("{address}/lembar?berkas=0&lembar=Lembar1&tabel=achievements&baris=3")).await.text();
    assert!(page.contains("IDL – Imunisasi dasar lengkap") && page.contains("Sasaran Januari"), "{page}");
    let one = with(said("Lembar1", "achievements", ["3", "", ""], &columns), &[("indikator", "K6")]);
    explain(&site, &address, &one).await;
    accept(&site, &address).await;
    let held = facts(&site).achievements;
    let month = |number| Month::new(2023, number).unwrap().number();
    assert_eq!((held.month, held.numerator), (vec![month(1), month(2)], vec![Some(8.0), Some(9.0)]));
    assert_eq!(held.denominator, [Some(120.0), Some(120.0)]);

    // The next year's file of that form needs no click; the same headings below another title are another form.
    accept_all(&site, &[year("b.xlsx", "CAKUPAN IBU TAHUN 2024", [130.0, 7.0, 6.0])]).await;
    assert_eq!(facts(&site).achievements.month.len(), 4);
    let other = draft(&site, &[year("c.xlsx", "CAKUPAN BAYI TAHUN 2024", [50.0, 4.0, 3.0])]).await;
    assert!(site.get(&other).await.text().contains("Pilih jenis tabel"));
}

#[tokio::test]
async fn a_sheet_of_an_accepted_file_is_explained_and_counts_after_a_look() {
    let site = Site::empty();
    accept_all(&site, &[register()]).await;
    // One sheet is known, the other is not: the file is accepted without it.
    let mut both = Workbook::new();
    let known: [&[&str]; 4] = [
        &[BANNER],
        &["BULAN : MEI 2023"],
        &["No", "Nama Jaringan/Jejaring", "Diundang", "Hadir"],
        &["1", "Apotek Alvi", "Ya", "Ya"],
    ];
    let unknown: [&[&str]; 2] = [&["Urut", "Kemana", "Kapan", "Siapa"], &["1", "Klinik Bina", "3 Mei 2023", "Ani"]];
    for (name, rows) in [("Lokmin", known.as_slice()), ("Buku", unknown.as_slice())] {
        let page = both.add_worksheet();
        page.set_name(name).unwrap();
        for (row, cells) in (0_u32..).zip(rows) {
            for (column, cell) in (0_u16..).zip(*cells) {
                page.write(row, column, *cell).unwrap();
            }
        }
    }
    accept_all(&site, &[Upload { name: "mei.xlsx".to_owned(), bytes: both.save_to_buffer().unwrap() }]).await;
    let before = facts(&site);
    assert_eq!((before.visits.len(), before.lokmin.len()), (0, 1));
    let page = site.get("/impor/2").await.text();
    assert!(page.contains("Jelaskan lembar Buku") && !page.contains("Jelaskan lembar Lokmin"), "{page}");

    let answer = site.post("/impor/2/jelaskan", &[("lembar", "Buku")]).await;
    let sheet = answer.header(header::LOCATION).to_owned();
    let (address, _) = sheet.split_once("/lembar").unwrap();
    assert!(site.get(&sheet).await.text().contains("Kolom C berisi"));
    let columns = [(1, "namajaringanjejaring"), (2, "tanggalpembinaan"), (3, "pembina")];
    let fields = with(said("Buku", "visits", ["1", "", ""], &columns), &[("tahun", "2023"), ("bulan", "5")]);
    explain(&site, address, &fields).await;
    let page = site.get(address).await.text();
    assert!(page.contains("Klinik Bina, 3 Mei 2023") && page.contains("Pembinaan, Mei 2023"), "{page}");
    assert_eq!(facts(&site), before, "a preview: nothing counts yet");
    accept(&site, address).await;
    assert_eq!((facts(&site).visits.len(), facts(&site).lokmin.len()), (1, 1));
    let history = site.get("/impor/3").await.text();
    assert!(history.contains("Melanjutkan") && !history.contains("Jelaskan lembar"), "{history}");
    assert_eq!(site.post("/impor/3/batal", &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(facts(&site), before, "undone alone");
    assert_eq!(site.post("/impor/99/jelaskan", &[("lembar", "Buku")]).await.status, StatusCode::NOT_FOUND);
}
