//! The bundle for accreditation opened by the `zip` reader: every document and attached file in its folder, listed
//! in the index with its hash, the same bytes for the same snapshot.

use std::io::{Cursor, Read};

use axum::http::{StatusCode, header};
use simpul::app::import::Upload;
use simpul::app::papers::reports::ReportRequest;
use simpul::report::{FileFormat, ReportKind};
use simpul::store::sha256;
use simpul::workbook::{self, CellValue};

use crate::web::evidence::{attach, pdf, site};
use crate::web::site::Site;

const VISIT: &str = "untuk=kunjungan&faskes=Klinik%20Bina&tanggal=2023-05-03&bentuk=Supervisi";

fn packed(site: &Site) -> Vec<u8> {
    let request = ReportRequest {
        kind: ReportKind::Accreditation,
        period: "2023-C2".parse().unwrap(),
        as_of: None,
        puskesmas: None,
        cluster: None,
    };
    site.app.papers().bundle(&request, FileFormat::Xlsx, Cursor::new(Vec::new())).unwrap().archive.into_inner()
}

fn entries(archive: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut found = Vec::new();
    for place in 0..archive.len() {
        let mut entry = archive.by_index(place).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        found.push((entry.name().unwrap().into_owned(), bytes));
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn every_attached_file_lies_in_its_elements_folder_and_in_the_index() {
    let site = site();
    let hostile = Upload { name: "../../CON .pdf".to_owned(), bytes: b"%PDF-1.7 con".to_vec() };
    attach(&site, VISIT, "foto", &[pdf("foto.pdf"), pdf("foto .pdf"), hostile]).await;
    attach(&site, "untuk=elemen&elemen=1.7.1-e&untuk-tahun=2023", "ruk", &[pdf("RUK 2023.pdf")]).await;
    attach(&site, "untuk=elemen&elemen=1.7.1-e&untuk-tahun=2021", "rpk", &[pdf("RPK 2021.pdf")]).await;
    attach(&site, "untuk=lokmin&bulan=2023-05&lokmin=bulanan", "notulen", &[pdf("notulen.pdf")]).await;
    let archive = packed(&site);
    assert_eq!(packed(&site), archive, "the same snapshot gives the same bytes");
    let entries = entries(&archive);
    let attached: Vec<&str> =
        entries.iter().map(|(name, _)| name.as_str()).filter(|name| name.starts_with("1.")).collect();
    assert_eq!(
        attached,
        [
            "1.2.3-c/001-foto-2023-05-03-klinik-bina-con.pdf",
            "1.2.3-c/002-foto-2023-05-03-klinik-bina-foto.pdf",
            "1.2.3-c/003-foto-2023-05-03-klinik-bina-foto.pdf",
            "1.2.3-c/004-notulen-2023-05-bulanan-notulen.pdf",
            "1.7.1-e/001-ruk-ruk-2023.pdf",
        ]
    );
    for document in ["04-evaluasi-2023-C1", "05-evaluasi-2023-C2", "06-evaluasi-2023-C3", "08-lokmin-2023-05"] {
        assert!(entries.iter().any(|(name, _)| *name == format!("dokumen/{document}.xlsx")), "{document}");
    }
    assert!(
        !entries.iter().any(|(name, _)| name.contains("-notulen-2023") && name.starts_with("dokumen/")),
        "a blank form"
    );
    // The index names every other entry with the hash of the bytes that lie there.
    let index = &entries.iter().find(|(name, _)| name == "00-indeks.xlsx").unwrap().1;
    let book = workbook::read("indeks.xlsx", index, &workbook::Limits::default()).unwrap();
    let rows = &book.sheets.iter().find(|sheet| sheet.name == "Isi berkas").unwrap().rows;
    let text = |row: &workbook::Row, column| match row.get(column) {
        Some(CellValue::Text(text)) => text.to_string(),
        _ => String::new(),
    };
    for (name, bytes) in entries.iter().filter(|(name, _)| !name.starts_with("00-")) {
        let row = rows.iter().find(|row| text(row, 1) == *name);
        assert_eq!(row.map(|row| text(row, 5)), Some(sha256(bytes)), "{name}");
    }
}

#[tokio::test]
async fn the_page_sends_it_as_a_file() {
    let site = site();
    attach(&site, VISIT, "foto", &[pdf("foto.pdf")]).await;
    let answer = site.get("/laporan/akreditasi.zip?periode=2023-C1").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", String::from_utf8_lossy(&answer.bytes));
    assert_eq!(answer.header(header::CONTENT_TYPE), "application/zip");
    let name = "attachment; filename=\"akreditasi-2023-C1-upt-puskesmas-uji.zip\"";
    assert_eq!(answer.header(header::CONTENT_DISPOSITION), name);
    assert_eq!(answer.header(header::CONTENT_LENGTH), answer.bytes.len().to_string());
    // The visit lies in the second four months: its photo is no evidence of the first.
    let names: Vec<String> = entries(&answer.bytes).into_iter().map(|(name, _)| name).collect();
    assert!(names.iter().all(|name| name.starts_with("00-") || name.starts_with("dokumen/")), "{names:?}");
}
