//! Evidence files through the router: what attaching changes and withdrawing takes back, what is refused, and that
//! names and addresses from outside lead nowhere.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use rust_xlsxwriter::Workbook;
use simpul::app::import::Upload;

use super::site::{Answer, Site, field, multipart, own, parts};
use crate::support::VISIT_HEADINGS;

/// A visit of the recap below: Supervisi, scored, photos said not to be there.
const SUPERVISION: &str = "untuk=kunjungan&faskes=Klinik%20Bina&tanggal=2023-05-03&bentuk=Supervisi";
/// Its figures in *Asal angka*.
const FIGURES: &str = "/api/v1/lineage?angka=BKT&faskes=Klinik%20Bina&periode=2023-C2";

fn sheet(book: &mut Workbook, rows: &[Vec<&str>]) {
    let page = book.add_worksheet();
    for (row, cells) in (0_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            page.write(row, column, *cell).unwrap();
        }
    }
}

/// A register, and visits in May: one supervision with a score and without photos, one meeting without anything.
pub fn recap(puskesmas: &str) -> Upload {
    let mut book = Workbook::new();
    let head = vec!["No", "Nama Jaringan/Jejaring", "Jenis", "Kelompok"];
    sheet(
        &mut book,
        &[
            vec!["DAFTAR IDENTIFIKASI"],
            vec![puskesmas],
            vec!["TAHUN 2023"],
            head,
            vec!["1", "Klinik Bina", "Klinik", "Jejaring"],
        ],
    );
    let head = VISIT_HEADINGS.to_vec();
    let visit = |day, form, points, most| vec!["1", day, "Klinik Bina", form, "Ani", points, most, "", "", "Tidak"];
    let visits = [visit("3 Mei 2023", "Supervisi", "70", "100"), visit("20 Mei 2023", "Pertemuan", "", "")];
    let mut rows = vec![vec!["PEMBINAAN"], vec![puskesmas], vec!["BULAN : MEI 2023"], head];
    rows.extend(visits);
    sheet(&mut book, &rows);
    let head = vec!["No", "Nama Jaringan/Jejaring", "Diundang", "Hadir"];
    let lokmin =
        [vec!["LOKMIN"], vec![puskesmas], vec!["BULAN : MEI 2023"], head, vec!["1", "Klinik Bina", "Ya", "Ya"]];
    sheet(&mut book, &lokmin);
    Upload { name: format!("{puskesmas}.xlsx"), bytes: book.save_to_buffer().unwrap() }
}

pub fn site() -> Site {
    Site::with(&[recap("UPT PUSKESMAS UJI")])
}

pub fn pdf(name: &str) -> Upload {
    Upload { name: name.to_owned(), bytes: format!("%PDF-1.7\n{name}").into_bytes() }
}

/// Attaches from one of our own pages.
pub async fn attach(site: &Site, thing: &str, kind: &str, files: &[Upload]) -> Answer {
    let mut body = field("jenis-bukti", kind);
    body.extend(parts(files));
    let request = own(multipart(Request::post(format!("/bukti/lampirkan?{thing}"))));
    site.send_with(request, Body::from(body)).await
}

async fn pair(site: &Site) -> (f64, f64) {
    let answer = site.get(FIGURES).await.json();
    assert_eq!(answer["adds_up"], true, "{answer}");
    (answer["numerator"].as_f64().unwrap(), answer["denominator"].as_f64().unwrap())
}

/// The id of what papers show.
async fn stamp(site: &Site) -> String {
    let page = site.get("/laporan?periode=2023-C2").await.text();
    page.split_once("Versi data ").unwrap().1.chars().take(10).collect()
}

#[tokio::test]
async fn attached_evidence_counts_until_it_is_withdrawn() {
    let site = site();
    // Supervisi wants checklist and photos (1 of 2), Pertemuan three pieces (0 of 3).
    assert_eq!(pair(&site).await, (1.0, 5.0));
    let before = site.get("/api/v1/evaluation?periode=2023-C2").await.bytes;
    let stamp = stamp(&site).await;
    let answer = attach(&site, SUPERVISION, "foto", &[pdf("foto mei.pdf"), pdf("foto lain.pdf")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    assert_eq!(pair(&site).await, (2.0, 5.0));
    assert_ne!(self::stamp(&site).await, stamp, "papers printed before show another state");
    // As of a day before the files were attached too: they are evidence of the visit's day.
    let as_of = site.get(&format!("{FIGURES}&per=2023-05-10")).await.json();
    assert_eq!((as_of["numerator"].as_f64(), as_of["denominator"].as_f64()), (Some(2.0), Some(2.0)));
    let meeting = "untuk=kunjungan&faskes=klinik%20bina&tanggal=2023-05-20&bentuk=PERTEMUAN";
    attach(&site, meeting, "notulen", &[pdf("notulen.pdf")]).await;
    attach(&site, meeting, "daftar-tilik", &[pdf("tilik.pdf")]).await;
    assert_eq!(pair(&site).await, (3.0, 5.0));
    let origin = site.get("/asal-angka?angka=BKT&faskes=Klinik%20Bina&periode=2023-C2").await.text();
    for words in
        ["berkas terlampir foto mei.pdf", "dilampirkan penguji, 10 Januari 2024", "dari berkas terlampir: notulen"]
    {
        assert!(origin.contains(words), "{words}: {origin}");
    }
    let listed = site.get("/api/v1/evidence").await.json();
    let files = listed["evidence"].as_array().unwrap();
    assert_eq!(files.len(), 4);
    for file in files {
        let path = format!("/bukti/berkas/{}/tarik", file["id"]);
        assert_eq!(site.post(&path, &[]).await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(pair(&site).await, (1.0, 5.0));
    assert_eq!(site.get("/api/v1/evaluation?periode=2023-C2").await.bytes, before);
    assert_eq!(self::stamp(&site).await, stamp);
    let again = site.post("/bukti/berkas/1/tarik", &[]).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
    // Withdrawn, not lost.
    let page = site.get(&format!("/bukti/lampirkan?{SUPERVISION}")).await.text();
    assert!(page.contains("Belum ada berkas") && page.contains("ditarik penguji"), "{page}");
    assert_eq!(site.get("/bukti/berkas/1").await.bytes, b"%PDF-1.7\nfoto mei.pdf");
    assert!(site.get("/api/v1/evidence").await.json()["evidence"][0]["withdrawn"]["by"] == "penguji");
}

#[tokio::test]
async fn the_content_of_a_withdrawn_file_can_be_erased_for_good_and_that_it_was_there_stays() {
    let site = site();
    let (photo, other) = (pdf("foto pasien"), pdf("notulen"));
    attach(&site, SUPERVISION, "foto", &[photo.clone(), other]).await;
    let meeting = "untuk=lokmin&bulan=2023-05&lokmin=bulanan";
    let shared = attach(&site, meeting, "foto", std::slice::from_ref(&photo)).await;
    assert_eq!(shared.status, StatusCode::SEE_OTHER, "{}", shared.text());
    let get = |path: &'static str| site.get(path);
    // Only what was withdrawn can be erased.
    assert_eq!(site.post("/bukti/berkas/1/hapus", &[]).await.status, StatusCode::NOT_FOUND);
    site.post("/bukti/berkas/1/tarik", &[]).await;
    assert_eq!(get("/bukti/berkas/1").await.status, StatusCode::OK);
    let erased = site.post("/bukti/berkas/1/hapus", &[]).await;
    assert_eq!(erased.status, StatusCode::SEE_OTHER, "{}", erased.text());
    let page = site.get(erased.header(header::LOCATION)).await.text();
    assert!(page.contains("Isi berkas dihapus selamanya") && page.contains("isi dihapus penguji"), "{page}");
    assert!(!page.contains("/bukti/berkas/1\"") && !page.contains("/bukti/berkas/1?"), "nothing to download: {page}");
    assert_eq!(get("/bukti/berkas/1").await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.post("/bukti/berkas/1/hapus", &[]).await.status, StatusCode::NOT_FOUND, "once");
    // The same bytes are evidence of a meeting too, and other files are none of its business.
    let kept = get("/bukti/berkas/3").await;
    assert_eq!((kept.status, kept.text().contains("foto pasien")), (StatusCode::OK, true));
    assert_eq!(get("/bukti/berkas/2").await.status, StatusCode::OK);
    site.post("/bukti/berkas/3/tarik", &[]).await;
    site.post("/bukti/berkas/3/hapus", &[]).await;
    let hash = site
        .app
        .store()
        .evidence("UPT PUSKESMAS UJI")
        .unwrap()
        .iter()
        .find(|file| file.id == 3)
        .unwrap()
        .file
        .sha256
        .clone();
    assert_eq!(site.app.store().evidence_bytes("UPT PUSKESMAS UJI", &hash).unwrap(), None);
    assert!(get("/bukti").await.text().contains("isi dihapus penguji"));
    // Attached anew it is there anew; what was erased stays erased.
    attach(&site, SUPERVISION, "foto", &[photo]).await;
    assert!(get("/bukti/berkas/4").await.text().contains("foto pasien"));
    assert_eq!(get("/bukti/berkas/1").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_no_evidence_is_refused_with_what_to_do_and_nothing_is_kept() {
    let site = site();
    let html = Upload { name: "surat.pdf".to_owned(), bytes: b"<html>%PDF-1.7".to_vec() };
    let heic = Upload { name: "IMG.jpg".to_owned(), bytes: b"\0\0\0\x18ftypheic".to_vec() };
    let large = Upload { name: "besar.pdf".to_owned(), bytes: [b"%PDF-1.7".to_vec(), vec![0; 10 << 20]].concat() };
    let many: Vec<Upload> = (0..21).map(|place| pdf(&format!("{place}.pdf"))).collect();
    for (files, status, words) in [
        (vec![pdf("baik.pdf"), html, heic], StatusCode::UNSUPPORTED_MEDIA_TYPE, "“IMG.jpg”: foto berformat HEIC"),
        (vec![large], StatusCode::PAYLOAD_TOO_LARGE, "“besar.pdf” lebih besar dari 10 MB"),
        (many, StatusCode::PAYLOAD_TOO_LARGE, "paling banyak 20"),
        (vec![], StatusCode::BAD_REQUEST, "Belum ada berkas yang dipilih"),
    ] {
        let answer = attach(&site, SUPERVISION, "foto", &files).await;
        assert_eq!(answer.status, status, "{}", answer.text());
        assert!(answer.text().contains(words) && answer.text().contains("Tidak ada yang berubah"), "{}", answer.text());
    }
    for (thing, kind, status) in [
        (SUPERVISION, "ruk", StatusCode::BAD_REQUEST),
        (SUPERVISION, "../foto", StatusCode::BAD_REQUEST),
        ("untuk=kunjungan&faskes=Klinik%20Bina&tanggal=2023-05-04&bentuk=Supervisi", "foto", StatusCode::NOT_FOUND),
        ("untuk=rtl&faskes=Klinik%20Bina&tanggal=2023-05-03&butir=x", "foto", StatusCode::NOT_FOUND),
        ("untuk=elemen&elemen=1.2.3-z&untuk-tahun=2023", "sk", StatusCode::BAD_REQUEST),
        ("untuk=elemen&elemen=1.2.3-a&untuk-tahun=99999", "sk", StatusCode::NOT_FOUND),
        ("untuk=lokmin&bulan=2023-13&lokmin=bulanan", "foto", StatusCode::BAD_REQUEST),
        ("", "foto", StatusCode::BAD_REQUEST),
    ] {
        assert_eq!(attach(&site, thing, kind, &[pdf("a.pdf")]).await.status, status, "{thing} {kind}");
    }
    let foreign = multipart(Request::post(format!("/bukti/lampirkan?{SUPERVISION}")));
    let answer = site.send_with(foreign, Body::from(parts(&[pdf("a.pdf")]))).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_eq!(site.get("/api/v1/evidence").await.json()["evidence"], serde_json::json!([]));
}

#[tokio::test]
async fn hostile_names_stay_text_and_downloads_run_nothing() {
    let site = site();
    let hostile = Upload { bytes: b"%PDF-1.7 <script>alert(1)</script>".to_vec(), ..pdf("..\\..\\<img src=x>.html") };
    assert_eq!(attach(&site, SUPERVISION, "foto", &[hostile]).await.status, StatusCode::SEE_OTHER);
    for path in [
        format!("/bukti/lampirkan?{SUPERVISION}"),
        "/bukti?periode=2023".to_owned(),
        "/faskes/Klinik%20Bina".to_owned(),
    ] {
        let page = site.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(!page.text().contains("<img src=x>"), "{path}");
    }
    let file = site.get("/bukti/berkas/1").await;
    assert_eq!(file.header(header::CONTENT_TYPE), "application/pdf");
    assert_eq!(file.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    assert_eq!(file.header(header::CONTENT_SECURITY_POLICY), "default-src 'none'; sandbox");
    let disposition = file.header(header::CONTENT_DISPOSITION);
    assert!(
        disposition.starts_with("attachment;") && disposition.ends_with("%3Cimg%20src%3Dx%3E.html.pdf"),
        "{disposition}"
    );
    for path in ["/bukti/berkas/2", "/bukti/berkas/-1", "/bukti/berkas/..%2F..%2Fsimpul.db"] {
        assert!(site.get(path).await.status.is_client_error(), "{path}");
    }
}

#[tokio::test]
async fn one_puskesmas_never_sees_anothers_files() {
    let site = Site::with(&[recap("UPT PUSKESMAS SATU"), recap("UPT PUSKESMAS DUA")]);
    let of_one = format!("puskesmas=UPT%20PUSKESMAS%20SATU&{SUPERVISION}");
    assert_eq!(attach(&site, &of_one, "foto", &[pdf("a.pdf")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(site.get("/bukti/berkas/1?puskesmas=UPT%20PUSKESMAS%20SATU").await.status, StatusCode::OK);
    assert_eq!(site.get("/bukti/berkas/1?puskesmas=UPT%20PUSKESMAS%20DUA").await.status, StatusCode::NOT_FOUND);
    let erased = site.post("/bukti/berkas/1/hapus?puskesmas=UPT%20PUSKESMAS%20DUA", &[]).await;
    assert_eq!(erased.status, StatusCode::NOT_FOUND);
    let withdrawn = site.post("/bukti/berkas/1/tarik?puskesmas=UPT%20PUSKESMAS%20DUA", &[]).await;
    assert_eq!(withdrawn.status, StatusCode::NOT_FOUND);
    let listed = site.get("/api/v1/evidence?puskesmas=UPT%20PUSKESMAS%20DUA").await.json();
    assert_eq!(listed["evidence"], serde_json::json!([]));
}

#[tokio::test]
async fn pages_show_what_there_is_and_where_to_attach() {
    let site = site();
    let bukti = site.get("/bukti?periode=2023").await.text();
    for words in [
        "SK tahun 2023 belum dilampirkan",
        "1 dari 5 bukti kunjungan ada; 0 berkas terlampir",
        "Ditanyakan saat wawancara",
    ] {
        assert!(bukti.contains(words), "{words}: {bukti}");
    }
    attach(&site, "untuk=elemen&elemen=1.2.3-a&untuk-tahun=2022", "sk", &[pdf("SK 2022.pdf")]).await;
    attach(&site, "untuk=lokmin&bulan=2023-05&lokmin=bulanan", "undangan", &[pdf("undangan.pdf")]).await;
    let bukti = site.get("/bukti?periode=2023").await.text();
    for words in ["1 berkas terlampir, SK tahun 2022 masih berlaku", "SK 2022.pdf", "1 lokmin tercatat; 1 dari 4 bukti"]
    {
        assert!(bukti.contains(words), "{words}: {bukti}");
    }
    let facility = site.get("/faskes/Klinik%20Bina?periode=2023-C2").await.text();
    assert!(
        facility.contains("/bukti/lampirkan?periode=2023-C2&amp;untuk=kunjungan")
            || facility.contains("/bukti/lampirkan?periode=2023-C2&#38;untuk=kunjungan"),
        "{facility}"
    );
    let lokmin = site.get("/halaman/lokmin?periode=2023-05").await.text();
    assert!(lokmin.contains("Lokmin bulanan Mei 2023"), "{lokmin}");
}
