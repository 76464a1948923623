//! *Periksa surat*: files and texts of codes from anywhere, judged in words, without script.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use simpul::app::import::Upload;

use super::site::{ABCDE, Answer, Site, field, multipart, own, parts};

const PATH: &str = "/periksa-surat";

async fn judged(site: &Site, key: &str, name: &str, bytes: Vec<u8>) -> Answer {
    let mut body = field("kunci", key);
    body.extend(parts(&[Upload { name: name.to_owned(), bytes }]));
    site.send_with(own(multipart(Request::post(PATH))), Body::from(body)).await
}

/// The text of the code of a DOCX, as a phone would show it.
fn code_of(docx: &[u8]) -> String {
    use std::io::Read;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(docx)).unwrap();
    let mut xml = String::new();
    archive.by_name("docProps/custom.xml").unwrap().read_to_string(&mut xml).unwrap();
    xml.split_once("<vt:lpwstr>").unwrap().1.split('<').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_file_and_a_code_are_judged_in_words_here_and_elsewhere() {
    let docx = ABCDE.get("/laporan/evaluasi.docx?periode=2023-C2").await.bytes;
    let page = judged(&ABCDE, "", "surat.docx", docx.clone()).await.text();
    for words in ["ASLI", "Angkanya sama dengan data di sini sekarang", "Kode surat", "surat.docx"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let code = code_of(&docx);
    let encoded: String = code.replace(' ', "+");
    let page = ABCDE.get(&format!("{PATH}?kode={encoded}")).await.text();
    assert!(page.contains("KODE ASLI") && page.contains("Buka laporan periode ini"), "{page}");
    let page = ABCDE.get(&format!("{PATH}?kode={}", encoded.replacen("2023-C2", "2023-C1", 1))).await.text();
    assert!(page.contains("TIDAK SAH") && !page.contains("Buka laporan periode ini"), "{page}");

    // A district without the key, with it, and with a mistyped one.
    let own_key = ABCDE.get(PATH).await.text();
    let key = own_key.split_once("SIMPUL-KUNCI ").map(|(_, rest)| rest);
    let key = own_key.rsplit_once("<code class=\"long\">").map_or(key.unwrap(), |(_, rest)| rest);
    let key = key.split('<').next().unwrap();
    let elsewhere = Site::empty();
    let page = judged(&elsewhere, "", "surat.docx", docx.clone()).await.text();
    assert!(page.contains("BUKAN dari instalasi ini"), "{page}");
    let page = judged(&elsewhere, key, "surat.docx", docx.clone()).await.text();
    assert!(page.contains("hanya tanda tangannya yang diperiksa"), "{page}");
    let page = judged(&elsewhere, "SIMPUL-KUNCI A B", "surat.docx", docx).await.text();
    assert!(page.contains("bukan kunci umum Simpul"), "{page}");
}

#[tokio::test]
async fn what_is_no_paper_is_told_and_never_an_error_of_ours() {
    let book = Upload { name: "r.xlsx".to_owned(), bytes: super::site::register(&["Apotek Sehat"]).bytes };
    let page = judged(&ABCDE, "", &book.name, book.bytes).await;
    assert!(page.status == StatusCode::OK && page.text().contains("TIDAK ADA KODE"), "{}", page.text());
    for bytes in [b"%PDF-1.7 putus".to_vec(), b"PK\x03\x04putus".to_vec(), b"<script>alert(1)</script>".to_vec()] {
        let page = judged(&ABCDE, "", "<script>x.pdf", bytes).await;
        assert_eq!(page.status, StatusCode::OK);
        let text = page.text();
        assert!(!text.contains("<script>x"), "a name is no markup");
        assert!(text.contains("tidak dapat dibuka") || text.contains("TIDAK ADA KODE"), "{text}");
    }
    let torn = ABCDE.get(&format!("{PATH}?kode=SIMPUL-SURAT+1+%3Cb%3E")).await.text();
    assert!(torn.contains("tidak lengkap atau salah ketik") && !torn.contains("<b>&lt;"), "{torn}");
    let other = ABCDE.get(&format!("{PATH}?kode=https://contoh.example")).await.text();
    assert!(other.contains("bukan kode surat Simpul"), "{other}");
    let without = own(multipart(Request::post(PATH)));
    assert_eq!(ABCDE.send_with(without, Body::from(parts(&[]))).await.status, StatusCode::BAD_REQUEST);
    let large = judged(&ABCDE, "", "besar.pdf", vec![b'x'; (32 << 20) + 1]).await;
    assert!(large.status == StatusCode::PAYLOAD_TOO_LARGE && large.text().contains("32 MB"), "{}", large.text());
}
