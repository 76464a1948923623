//! Files on their way in, through the router: upload, preview, decision, names, unknown forms, undoing; and what is
//! refused.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use rust_xlsxwriter::Workbook;
use simpul::app::import::Upload;
use simpul::domain::{FacilityGroup, Facts};
use simpul::store::Scope;

use crate::formats::maker;

use super::site::{Answer, Site, multipart, own, parts};

pub(super) const BANNER: &str = "UPT PUSKESMAS ABCDE";

pub(super) fn workbook(name: &str, sheet: &str, rows: &[&[&str]]) -> Upload {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.set_name(sheet).unwrap();
    for (row, cells) in (0_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(*cells) {
            page.write(row, column, *cell).unwrap();
        }
    }
    Upload { name: name.to_owned(), bytes: book.save_to_buffer().unwrap() }
}

pub(super) fn register() -> Upload {
    let head = ["No", "Nama Jaringan/Jejaring", "Jenis", "Kelompok", "Alamat"];
    let row = |name| vec!["1", name, "Apotek", "Jejaring", "Jl. Melati"];
    let rows = [vec![BANNER], vec!["TAHUN 2023"], head.to_vec(), row("Apotek Alvi"), row("Klinik Bina")];
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    workbook("identifikasi.xlsx", "Identifikasi", &rows)
}

fn visits(file: &str, month: &str, rows: &[(&str, &str, &str)]) -> Upload {
    let banner = format!("BULAN : {month}");
    let head =
        ["No", "Tanggal", "Nama Jaringan/Jejaring", "Bentuk Kegiatan", "Pembina", "Skor Daftar Tilik", "Skor Maksimal"];
    let mut lines = vec![vec![BANNER], vec![&banner], head.to_vec()];
    lines.extend(rows.iter().map(|(date, name, points)| vec!["1", *date, *name, "Supervisi", "Ani", *points, "100"]));
    let lines: Vec<&[&str]> = lines.iter().map(Vec::as_slice).collect();
    workbook(file, "Pembinaan", &lines)
}

fn may() -> Upload {
    visits("mei.xlsx", "MEI 2023", &[("2 Mei 2023", "Apotek Alvi", "80"), ("3 Mei 2023", "Klinik Bina", "70")])
}

pub(super) fn facts(site: &Site) -> Facts {
    site.app.store().facts(&Scope::All).unwrap()
}

/// Uploads and gives the draft's address.
pub(super) async fn draft(site: &Site, files: &[Upload]) -> String {
    let answer = site.upload(files).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    answer.header(header::LOCATION).to_owned()
}

/// What a page's form of acceptance would send: ticks and seals.
pub(super) fn ticked(page: &str) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for part in page.split("name=\"segel-").skip(1) {
        let place = part.split('"').next().unwrap();
        let seal = part.split("value=\"").nth(1).unwrap().split('"').next().unwrap();
        fields.push((format!("terima-{place}"), "1".to_owned()));
        fields.push((format!("segel-{place}"), seal.to_owned()));
    }
    fields
}

pub(super) async fn send(site: &Site, path: &str, fields: &[(String, String)]) -> Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    site.post(path, &fields).await
}

pub(super) async fn accept_all(site: &Site, files: &[Upload]) -> String {
    let address = draft(site, files).await;
    let page = site.get(&address).await.text();
    let answer = send(site, &format!("{address}/terima"), &ticked(&page)).await;
    assert_eq!(answer.header(header::LOCATION), format!("{address}?diterima=1"), "{}", answer.text());
    site.get(&address).await.text()
}

#[tokio::test]
async fn nothing_counts_before_it_is_accepted_and_then_what_was_shown() {
    let site = Site::empty();
    let address = draft(&site, &[may(), register()]).await;
    assert_eq!(facts(&site), Facts::default());
    let page = site.get(&address).await.text();
    for words in ["Apa yang akan berubah?", "mei.xlsx", "Siap diterima", "Apotek Alvi, 2 Mei 2023, Supervisi"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert_eq!(facts(&site), Facts::default(), "looking changes nothing");
    assert!(site.get("/impor").await.text().contains("Menunggu keputusan"));
    let fields = ticked(&page);
    let answer = send(&site, &format!("{address}/terima"), &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let after = facts(&site);
    assert_eq!((after.facilities.len(), after.visits.len()), (2, 2));
    // Sent twice: nothing more, and the receipt again.
    let again = send(&site, &format!("{address}/terima"), &fields).await;
    assert_eq!(again.header(header::LOCATION), address);
    assert_eq!(facts(&site), after);
    let receipt = site.get(&address).await.text();
    assert!(receipt.contains("Impor selesai") && receipt.contains("Batalkan impor"), "{receipt}");
}

#[tokio::test]
async fn a_correction_is_shown_field_by_field_and_undone_exactly() {
    let site = Site::empty();
    accept_all(&site, &[register(), may()]).await;
    let before = facts(&site);
    let corrected = visits("mei-2.xlsx", "MEI 2023", &[("2 Mei 2023", "Apotek Alvi", "95")]);
    let address = draft(&site, &[corrected]).await;
    let page = site.get(&address).await.text();
    assert!(page.contains("<del>80</del> → <ins>95</ins>"), "{page}");
    assert!(page.contains("1 baris ada di versi sebelumnya") && page.contains("Klinik Bina, 3 Mei 2023"), "{page}");
    let mut fields = ticked(&page);
    fields.push(("keluarkan-0".to_owned(), "1".to_owned()));
    assert_eq!(send(&site, &format!("{address}/terima"), &fields).await.status, StatusCode::SEE_OTHER);
    let after = facts(&site);
    assert_eq!((after.visits.len(), after.visits[0].points), (1, Some(95.0)));
    let plan = site.get("/impor/3/batal").await.text();
    assert!(plan.contains("Batalkan impor ini?") && plan.contains("Klinik Bina, 3 Mei 2023"), "{plan}");
    assert_eq!(facts(&site), after, "asking changes nothing");
    assert_eq!(site.post("/impor/3/batal", &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(facts(&site), before);
    assert!(site.get("/impor/3").await.text().contains("Dibatalkan"));
    assert_eq!(site.post("/impor/3/batal", &[]).await.status, StatusCode::CONFLICT);
    assert_eq!(site.get("/impor/3/batal").await.status, StatusCode::CONFLICT);
    assert_eq!(site.get("/impor/99/batal").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_changed_meanwhile_is_shown_again() {
    let site = Site::empty();
    accept_all(&site, &[register()]).await;
    let address = draft(&site, &[may()]).await;
    let fields = ticked(&site.get(&address).await.text());
    site.app.import(
        &[visits("lain.xlsx", "MEI 2023", &[("2 Mei 2023", "Apotek Alvi", "60")])],
        None,
        false,
        &mut |_| {},
    );
    let before = facts(&site);
    let answer = send(&site, &format!("{address}/terima"), &fields).await;
    let shown_again = answer.header(header::LOCATION).to_owned();
    assert_eq!(shown_again, format!("{address}?pilih=0&ubah=1"));
    assert_eq!(facts(&site), before, "nothing happened");
    let page = site.get(&shown_again).await.text();
    assert!(page.contains("Belum ada yang diimpor") && page.contains("<del>60</del> → <ins>80</ins>"), "{page}");
    let answer = send(&site, &format!("{address}/terima"), &ticked(&page)).await;
    assert_eq!(answer.header(header::LOCATION), format!("{address}?diterima=1"));
}

#[tokio::test]
async fn some_files_of_a_draft_can_be_taken_and_others_left() {
    let site = Site::empty();
    let address = draft(&site, &[register(), may()]).await;
    let page = site.get(&address).await.text();
    let only: Vec<(String, String)> = ticked(&page).into_iter().filter(|(name, _)| name.ends_with("-0")).collect();
    assert_eq!(
        send(&site, &format!("{address}/terima"), &only).await.header(header::LOCATION),
        format!("{address}?diterima=1")
    );
    assert_eq!((facts(&site).facilities.len(), facts(&site).visits.len()), (2, 0));
    let page = site.get(&address).await.text();
    assert!(page.contains("Sudah diputuskan") && page.contains("mei.xlsx"), "{page}");
    // The recap without the register would do something else than was shown.
    let site = Site::empty();
    let address = draft(&site, &[register(), may()]).await;
    let page = site.get(&address).await.text();
    let only: Vec<(String, String)> = ticked(&page).into_iter().filter(|(name, _)| name.ends_with("-1")).collect();
    let answer = send(&site, &format!("{address}/terima"), &only).await;
    assert!(answer.header(header::LOCATION).ends_with("?pilih=1&ubah=1"));
    assert_eq!(facts(&site), Facts::default());
    // Left: nothing remains, and it is gone for good.
    assert_eq!(site.post(&format!("{address}/buang"), &[]).await.header(header::LOCATION), "/impor?dibuang=1");
    assert!(!site.get("/impor").await.text().contains("Menunggu keputusan"));
    assert_eq!(facts(&site), Facts::default());
}

#[tokio::test]
async fn what_exceeds_a_limit_is_refused_with_the_limit() {
    let site = Site::empty();
    let one = Upload { name: "a.xlsx".to_owned(), bytes: b"x".to_vec() };
    let answer = site.upload(&vec![one.clone(); 41]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.text().contains("batasnya 40"), "{}", answer.text());
    let large = Upload { name: "besar.xlsx".to_owned(), bytes: vec![0; (64 << 20) + 1] };
    let answer = site.upload(&[large]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.text().contains("lebih besar dari 64 MB"), "{}", answer.text());
    assert_eq!(site.upload(&[]).await.status, StatusCode::BAD_REQUEST);
    let declared = own(multipart(Request::post("/impor/unggah"))).header(header::CONTENT_LENGTH, "999999999999");
    assert_eq!(site.send_with(declared, Body::empty()).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let cut = own(multipart(Request::post("/impor/unggah")));
    let mut body = parts(&[one]);
    body.truncate(body.len() / 2);
    assert_eq!(site.send_with(cut, Body::from(body)).await.status, StatusCode::BAD_REQUEST);
    let fields = "x=".to_owned() + &"y".repeat(80 << 10);
    let form = own(Request::post("/impor/nama")).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    assert!(site.send_with(form, Body::from(fields)).await.status.is_client_error());
}

#[tokio::test]
async fn changes_need_our_own_page_and_drafts_their_owner() {
    let site = Site::empty();
    let foreign = multipart(Request::post("/impor/unggah")).header(header::ORIGIN, "http://evil.example");
    assert_eq!(site.send_with(foreign, Body::from(parts(&[register()]))).await.status, StatusCode::FORBIDDEN);
    let address = draft(&site, &[register()]).await;
    for path in ["terima", "buang", "pemilik", "masa", "lembar"] {
        let answer = site.send(Request::post(format!("{address}/{path}"))).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
    for path in ["/impor/draf/99", "/impor/draf/99/lembar?berkas=0&lembar=X"] {
        let answer = site.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.text().contains("unggah lagi"), "{path}: {}", answer.text());
    }
    let now = "2024-01-14T03:00:00Z".parse().unwrap();
    assert_eq!(site.app.store().purge_drafts(now).unwrap(), 1, "it expires");
    assert_eq!(site.get(&address).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        site.post(&format!("{address}/terima"), &[("terima-0", "1"), ("segel-0", "x")]).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn undoing_a_register_tells_what_of_other_files_stops_counting() {
    let site = Site::empty();
    accept_all(&site, &[register()]).await;
    accept_all(&site, &[may()]).await;
    let before = facts(&site);
    let plan = site.get("/impor/1/batal").await.dense();
    assert!(plan.contains("Dari berkas lain, berhenti dihitung</dt><dd>2</dd>"), "{plan}");
    let (own, others) = plan.split_once("Isi berkas lain yang berhenti dihitung").unwrap();
    assert!(others.contains("Apotek Alvi, 2 Mei 2023, Supervisi") && !own.contains("2 Mei 2023"), "{plan}");
    assert!(own.contains("<dt>Akan hilang</dt><dd>3</dd>"), "two facilities and their list: {plan}");
    assert_eq!(site.post("/impor/1/batal", &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(facts(&site).visits, []);
    // It says what is true: another register brings them back.
    let again = Upload { name: "daftar-lagi.xlsx".to_owned(), ..register() };
    accept_all(&site, &[again]).await;
    assert_eq!(facts(&site).visits, before.visits);
    // A recap hides nothing of others.
    assert!(!site.get("/impor/2/batal").await.text().contains("Dari berkas lain"));
}

#[tokio::test]
async fn a_name_is_asked_once_remembered_and_taken_back() {
    let site = Site::empty();
    accept_all(&site, &[register()]).await;
    let odd = |file: &str, month: &str, date: &str| {
        visits(file, month, &[(date, "Apotek Alfi Jaya", "80"), (date, "Klinik Bina", "70")])
    };
    let address = draft(&site, &[odd("mei.xlsx", "MEI 2023", "2 Mei 2023")]).await;
    let page = site.get(&address).await.text();
    assert!(page.contains("“Apotek Alfi Jaya” itu siapa?") && page.contains("value=\"=Apotek Alvi\""), "{page}");
    assert!(page.contains("mei.xlsx › Pembinaan!C4"), "{page}");
    let answer = [
        ("puskesmas", BANNER),
        ("kembali", address.as_str()),
        ("tulis-0", "Apotek Alfi Jaya"),
        ("jawab-0", "=Apotek Alvi"),
    ];
    let answered = site.post("/impor/nama", &answer).await;
    assert_eq!(answered.header(header::LOCATION), format!("{address}?jawab=1&ulang=0"));
    let page = site.get(&address).await.text();
    assert!(!page.contains("itu siapa?") && page.contains("Apotek Alvi, 2 Mei 2023, Supervisi"), "{page}");
    accept_all(&site, &[odd("mei.xlsx", "MEI 2023", "2 Mei 2023")]).await;
    // The next file needs no answer.
    accept_all(&site, &[odd("juni.xlsx", "JUNI 2023", "2 Juni 2023")]).await;
    assert_eq!(facts(&site).visits.len(), 4);
    let names = site.get("/impor/nama").await.text();
    assert!(names.contains("Apotek Alfi Jaya") && names.contains("penguji"), "{names}");
    let revoked = site.post("/impor/nama/cabut", &[("puskesmas", BANNER), ("tulis", "Apotek Alfi Jaya")]).await;
    assert_eq!(revoked.header(header::LOCATION), "/impor/nama?cabut=1");
    assert!(site.get("/impor/nama").await.text().contains("Yang sudah dicabut"));
    let address = draft(&site, &[odd("juli.xlsx", "JULI 2023", "2 Juli 2023")]).await;
    assert!(site.get(&address).await.text().contains("itu siapa?"));
}

#[tokio::test]
async fn a_new_facility_is_registered_by_an_explicit_yes_and_can_be_undone() {
    let site = Site::empty();
    accept_all(&site, &[register()]).await;
    let rows = [("2 Mei 2023", "Optik Terang", "80"), ("3 Mei 2023", "Klinik Bina", "70")];
    accept_all(&site, &[visits("mei.xlsx", "MEI 2023", &rows)]).await;
    let before = facts(&site);
    assert!(site.get("/impor/nama").await.text().contains("“Optik Terang” itu siapa?"));
    let fields = |kind| {
        [
            ("puskesmas", BANNER),
            ("kembali", "/impor/nama"),
            ("tulis-0", "Optik Terang"),
            ("jawab-0", "baru"),
            ("jenis-0", kind),
            ("kelompok-0", "Jejaring"),
            ("tahun-0", "2023"),
        ]
    };
    let incomplete = site.post("/impor/nama", &fields("")).await;
    assert_eq!(incomplete.status, StatusCode::OK);
    let page = incomplete.dense();
    assert!(
        page.contains("Jenis faskes baru belum diisi")
            && page.contains("value=\"baru\" aria-label=\"Faskes baru\" checked"),
        "{page}"
    );
    assert_eq!(facts(&site), before);
    let answered = site.post("/impor/nama", &fields("Optik")).await;
    assert_eq!(answered.header(header::LOCATION), "/impor/nama?jawab=1&ulang=1");
    let after = facts(&site);
    assert_eq!((after.facilities.len(), after.visits.len()), (3, 2), "the rejected row was tried again");
    let history = site.app.store().history(&Scope::All).unwrap();
    let batch = history.iter().find(|batch| batch.file_name.starts_with("faskes-baru")).unwrap();
    let original = site.get(&format!("/impor/{}/berkas", batch.batch)).await;
    assert!(original.text().contains("Optik Terang"));
    assert_eq!(site.post(&format!("/impor/{}/batal", batch.batch), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(facts(&site).facilities.len(), 2);
}

#[tokio::test]
async fn an_unknown_form_is_explained_once() {
    let site = Site::empty();
    accept_all(&site, &[register()]).await;
    let form = |file: &str, date: &str| {
        let rows: [&[&str]; 4] = [
            &["BUKU KUNJUNGAN 2023"],
            &[BANNER],
            &["Urut", "Kapan", "Tempat", "Siapa"],
            &["1", date, "Apotek Alvi", "Ani"],
        ];
        workbook(file, "Buku", &rows)
    };
    let address = draft(&site, &[form("mei.xlsx", "2 Mei 2023")]).await;
    let page = site.get(&address).await.text();
    assert!(page.contains("Pilih jenis tabel"), "{page}");
    let sheet = format!("{address}/lembar?berkas=0&lembar=Buku&tabel=visits&baris=3");
    let page = site.get(&sheet).await.text();
    assert!(page.contains("Tabel apa ini?") && page.contains("Kapan") && page.contains("Kolom B berisi"), "{page}");
    let said = |columns: &[(&'static str, &'static str)]| {
        let mut fields = vec![
            ("berkas", "0"),
            ("lembar", "Buku"),
            ("tabel", "visits"),
            ("baris", "3"),
            ("tahun", "2023"),
            ("bulan", "5"),
        ];
        fields.extend_from_slice(columns);
        fields
    };
    let incomplete = site.post(&format!("{address}/lembar"), &said(&[("kolom-2", "namajaringanjejaring")])).await;
    assert!(incomplete.text().contains("Tanggal pembinaan belum ditunjuk"), "{}", incomplete.text());
    let whole = said(&[("kolom-1", "tanggalpembinaan"), ("kolom-2", "namajaringanjejaring"), ("kolom-3", "pembina")]);
    assert_eq!(site.post(&format!("{address}/lembar"), &whole).await.header(header::LOCATION), address);
    let page = site.get(&address).await.text();
    assert!(page.contains("Pembinaan, Mei 2023"), "{page}");
    let answer = send(&site, &format!("{address}/terima"), &ticked(&page)).await;
    assert_eq!(answer.header(header::LOCATION), format!("{address}?diterima=1"));
    // Next month's file of that form needs no click.
    accept_all(&site, &[form("rekap-2023-06.xlsx", "2 Juni 2023")]).await;
    assert_eq!(facts(&site).visits.len(), 2);
    assert!(site.get("/impor/nama").await.text().contains("mei.xlsx › Buku"));
}

#[tokio::test]
async fn the_marked_copy_of_any_format_has_its_name_and_type() {
    let site = Site::empty();
    accept_all(&site, &[register()]).await;
    let rows = [("2 Mei 2023", "Tak Dikenal", "80"), ("3 Mei 2023", "Klinik Bina", "70")];
    let recap = visits("mei.xlsx", "MEI 2023", &rows);
    let book = simpul::workbook::read("mei.xlsx", &recap.bytes, &simpul::workbook::Limits::default()).unwrap();
    let sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let cases = [
        ("mei.xlsx", recap.bytes.clone(), "mei-bertanda.xlsx", sheet),
        ("mei.ods", maker::ods(&book), "mei-bertanda.xlsx", sheet),
        ("mei.csv", maker::csv(&book, ';'), "mei-bertanda.xlsx", sheet),
        ("mei.xls", maker::html(&book), "mei-bertanda.xlsx", sheet),
    ];
    for ((name, bytes, copied, media), batch) in cases.into_iter().zip(2..) {
        accept_all(&site, &[Upload { name: name.to_owned(), bytes }]).await;
        let page = site.get(&format!("/impor/{batch}")).await.text();
        let is_told = page.contains("huruf, warna, dan rumus asli tidak ikut");
        assert!(page.contains("sel yang salah diwarnai") && is_told == (name != "mei.xlsx"), "{name}: {page}");
        let copy = site.get(&format!("/impor/{batch}/bertanda")).await;
        assert_eq!(copy.header(header::CONTENT_TYPE), media, "{name}");
        assert!(copy.header(header::CONTENT_DISPOSITION).ends_with(copied), "{name}");
        let marked = simpul::workbook::read(copied, &copy.bytes, &simpul::workbook::Limits::default()).unwrap();
        assert_eq!(marked.sheets.len(), 2, "{name}");
        assert_eq!(
            marked.sheets[0].rows,
            simpul::workbook::read(
                name,
                &site.get(&format!("/impor/{batch}/berkas")).await.bytes,
                &simpul::workbook::Limits::default()
            )
            .unwrap()
            .sheets[0]
                .rows
        );
    }
}

#[tokio::test]
async fn the_marked_copy_opens_and_templates_are_there() {
    let site = Site::empty();
    accept_all(&site, &[register()]).await;
    let rows = [("2 Mei 2023", "Tak Dikenal", "80"), ("3 Mei 2023", "Klinik Bina", "70")];
    accept_all(&site, &[visits("mei.xlsx", "MEI 2023", &rows)]).await;
    let copy = site.get("/impor/2/bertanda").await;
    assert_eq!(copy.status, StatusCode::OK, "{}", String::from_utf8_lossy(&copy.bytes));
    assert!(copy.header(header::CONTENT_DISPOSITION).contains("mei-bertanda.xlsx"));
    let book = simpul::workbook::read("mei.xlsx", &copy.bytes, &simpul::workbook::Limits::default()).unwrap();
    let sheets: Vec<&str> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(sheets, ["Pembinaan", "Catatan impor"]);
    let list = site.get("/templat").await.text();
    for kind in ["identifikasi", "jadwal", "rekap-bulanan", "rekap-tahunan"] {
        assert!(list.contains(&format!("action=\"/templat/{kind}\"")), "{kind}");
        let one = site.get(&format!("/templat/{kind}?puskesmas=Abcde&tahun=2023&bulan=5")).await;
        assert_eq!(one.status, StatusCode::OK, "{kind}");
        assert!(one.bytes.starts_with(b"PK"), "{kind}");
    }
    assert_eq!(site.get("/templat/lain").await.status, StatusCode::NOT_FOUND);
    // Not named, it is the Puskesmas that is looked at; where there is none, the page asks.
    assert_eq!(site.get("/templat/jadwal?puskesmas=&tahun=2023").await.status, StatusCode::OK);
    let asked = Site::empty().get("/templat/jadwal?tahun=2023").await;
    assert_eq!((asked.status, asked.header(header::LOCATION)), (StatusCode::SEE_OTHER, "/templat"));
    assert_eq!(site.get("/templat/jadwal?puskesmas=Abcde&tahun=99999").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_new_puskesmas_comes_by_a_yes_on_the_page_of_the_draft() {
    let site = Site::empty();
    accept_all(&site, &[register()]).await;
    let rows: [&[&str]; 4] = [
        &["PUSKESMAS ZAMRUD"],
        &["INDIKATOR KINERJA PEMBINAAN TAHUN 2023"],
        &["Kode", "Indikator", "Target (%)", "Bobot"],
        &["CAK", "Cakupan", "90", "20"],
    ];
    let address = draft(&site, &[workbook("kinerja.xlsx", "Kinerja", &rows)]).await;
    let page = site.get(&address).await.text();
    for words in ["PUSKESMAS ZAMRUD belum ada di sini", "Ya, ini Puskesmas baru", "Perlu dijawab", BANNER] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("Ada berkas yang tidak menyebut nama"), "{page}");
    assert!(!page.contains("Tidak dapat diterima"), "{page}");
    let table = page.split("</table>").next().unwrap().split("<tbody>").nth(1).unwrap();
    let columns: Vec<&str> =
        table.split("<td class=\"n\">").skip(1).map(|cell| cell.split('<').next().unwrap().trim()).collect();
    assert_eq!(columns, ["–", "–", "–", "–", "0", "–"], "what nobody compared is no zero");
    let yes = site.post(&format!("{address}/pemilik"), &[("puskesmas", "PUSKESMAS ZAMRUD")]).await;
    assert_eq!(yes.header(header::LOCATION), address);
    let page = site.get(&address).await.text();
    assert!(page.contains("Untuk draf ini disebut PUSKESMAS ZAMRUD") && page.contains("Siap diterima"), "{page}");
    assert_eq!(site.app.store().puskesmas().unwrap(), [BANNER], "not before it is accepted");
    send(&site, &format!("{address}/terima"), &ticked(&page)).await;
    assert_eq!(site.app.store().puskesmas().unwrap().len(), 2);
}

#[tokio::test]
async fn a_draft_of_which_nothing_counts_asks_for_its_names_and_waits() {
    let site = Site::empty();
    accept_all(&site, &[register()]).await;
    let address = draft(&site, &[visits("mei.xlsx", "MEI 2023", &[("2 Mei 2023", "Klinik B", "80")])]).await;
    let page = site.get(&address).await.text();
    for words in ["Tidak satu baris pun dapat diterima (1 baris ditolak)", "Pembinaan!C4", "“Klinik B” itu siapa?"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(ticked(&page).is_empty(), "{page}");
    let answer = [("puskesmas", BANNER), ("kembali", &address), ("tulis-0", "Klinik B"), ("jawab-0", "=Klinik Bina")];
    site.post("/impor/nama", &answer).await;
    let page = site.get(&address).await.text();
    assert!(page.contains("Siap diterima"), "{page}");
    send(&site, &format!("{address}/terima"), &ticked(&page)).await;
    assert_eq!(facts(&site).visits.len(), 1);
}

#[tokio::test]
async fn new_names_that_say_their_kind_are_registered_by_one_click() {
    let site = Site::empty();
    accept_all(&site, &[register()]).await;
    let rows = [
        ("2 Mei 2023", "Pustu Timur", "80"),
        ("3 Mei 2023", "Rumah Sakit Waras", "70"),
        ("4 Mei 2023", "Melati", "60"),
        ("5 Mei 2023", "Klinik B", "50"),
    ];
    let address = draft(&site, &[visits("mei.xlsx", "MEI 2023", &rows)]).await;
    let page = site.get(&address).await.text();
    assert!(page.contains("Perlu dijawab") && !page.contains("Tidak dapat diterima"), "{page}");
    assert!(page.contains("Daftarkan 2 nama baru sekaligus"), "{page}");
    // What a browser sends of the form: nothing chosen, kinds and groups as they were filled in.
    let mut sent = vec![("puskesmas".to_owned(), BANNER.to_owned()), ("kembali".to_owned(), address.clone())];
    for part in page.split("name=\"tulis-").skip(1) {
        let number = part.split('"').next().unwrap();
        let value = |name: &str| -> String {
            let field = part.split(&format!("name=\"{name}{number}\"")).nth(1).unwrap();
            field.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
        };
        let group = part.split("name=\"kelompok-").nth(1).unwrap().split("</select>").next().unwrap();
        let chosen = group.split("<option").find(|option| option.contains(" selected")).unwrap();
        let group = if chosen.contains("Jaringan") { "Jaringan" } else { "Jejaring" };
        sent.push((
            format!("tulis-{number}"),
            part.split("value=\"").nth(1).unwrap().split('"').next().unwrap().into(),
        ));
        sent.push((format!("jenis-{number}"), value("jenis-")));
        sent.push((format!("tahun-{number}"), value("tahun-")));
        sent.push((format!("kelompok-{number}"), group.to_owned()));
    }
    sent.push(("semua-baru".to_owned(), "1".to_owned()));
    let answered = send(&site, "/impor/nama", &sent).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{sent:?} {}", answered.text());
    let known: Vec<(String, String, Option<FacilityGroup>)> = facts(&site)
        .facilities
        .iter()
        .map(|facility| (facility.name.clone(), facility.kind.clone(), facility.group))
        .collect();
    let has = |name: &str, kind: &str, group| known.contains(&(name.to_owned(), kind.to_owned(), Some(group)));
    assert!(has("Pustu Timur", "Pustu", FacilityGroup::Jaringan), "{known:?}");
    assert!(has("Rumah Sakit Waras", "Rumah Sakit", FacilityGroup::Jejaring), "{known:?}");
    let page = site.get(&address).await.text();
    assert!(page.contains("“Melati” itu siapa?") && page.contains("“Klinik B” itu siapa?"), "{page}");
    assert!(page.contains("Siap, sebagian ditolak"), "{page}");
}

#[tokio::test]
async fn a_puskesmas_is_asked_about_once_however_its_title_is_written() {
    let site = Site::empty();
    accept_all(&site, &[register()]).await;
    let mut other = visits("juni.xlsx", "JUNI 2023", &[("2 Juni 2023", "Klinik C", "80")]);
    let rows: [&[&str]; 4] = [
        &["Puskesmas Abcde"],
        &["BULAN : JUNI 2023"],
        &[
            "No",
            "Tanggal",
            "Nama Jaringan/Jejaring",
            "Bentuk Kegiatan",
            "Pembina",
            "Skor Daftar Tilik",
            "Skor Maksimal",
        ],
        &["1", "2 Juni 2023", "Klinik C", "Supervisi", "Ani", "80", "100"],
    ];
    other.bytes = workbook("juni.xlsx", "Pembinaan", &rows).bytes;
    let may = visits("mei.xlsx", "MEI 2023", &[("2 Mei 2023", "Apotek Z", "80"), ("3 Mei 2023", "Pustu Y", "70")]);
    let page = site.get(&draft(&site, &[may, other]).await).await.text();
    assert_eq!(page.matches("Nama yang belum dikenal").count(), 1, "{page}");
}
