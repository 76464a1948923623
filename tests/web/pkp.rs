//! *PKP*: the page, its contract and its paper say the same of one sheet; what is missing has no class.

use axum::http::StatusCode;

use super::site::{Site, register_of};
use crate::corpus::{file, page};

/// Two programs: one whole, one with a sub variabel that nobody reported and a wrong mean.
fn site() -> Site {
    let rows: &[&[&str]] = &[
        &["PENILAIAN KINERJA PUSKESMAS TAHUN 2023"],
        &["UPT PUSKESMAS UJI"],
        &["UKM ESENSIAL"],
        &[
            "No",
            "Upaya Kesehatan/Program/Variabel/Sub Variabel",
            "Target (T) %",
            "Satuan",
            "Total Sasaran",
            "Target Sasaran",
            "Pencapaian",
            "% Cakupan Riil",
            "% Kinerja Sub Variabel",
            "% Kinerja Variabel",
            "% Kinerja Program",
            "Analisa Akar Penyebab",
        ],
        &["A", "Promosi Kesehatan"],
        &["1", "PHBS"],
        &["a", "Rumah tangga dikaji", "=85", "rumah", "=123", "=104.55", "=110", "", "=100"],
        &["B", "Kesehatan Lingkungan", "", "", "", "", "", "", "", "", "=70"],
        &["1", "Air"],
        &["a", "Sarana diperiksa", "=100", "sarana", "=50", "", "=30", "", "", "", "", "Alat rusak"],
        &["b", "Sarana memenuhi syarat", "=80", "sarana", "=50", "", "-"],
    ];
    Site::with(&[register_of("UPT PUSKESMAS UJI", &["Apotek Satu"]), file("pkp.xlsx", &[page("PKP", rows)])])
}

#[tokio::test]
async fn the_page_shows_every_row_its_class_and_what_differs() {
    let site = site();
    let page = site.get("/pkp").await;
    let text = page.text();
    assert_eq!(page.status, StatusCode::OK, "{text}");
    for words in [
        "PKP 2023",
        "1 dari 1 program yang lengkap Baik",
        "2 dari 3 baris yang dinilai sudah dilaporkan",
        "Rumah tangga dikaji",
        "104,55",
        "belum lapor",
        "1 dari 2 dilaporkan",
        "Data belum cukup",
        "Alat rusak",
        "Permenkes Nomor 44 Tahun 2016",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    // The mean of what was reported is 60; the sheet says 70, in K8.
    let differences = text.split("Beda dengan angka di lembar").nth(1).unwrap().split("</table>").next().unwrap();
    assert!(differences.contains("70 %") && differences.contains("60,00 %"), "{differences}");
    assert!(differences.contains("/sel?lembar=PKP"), "{differences}");
    let other = site.get("/pkp?tahun=2022").await.text();
    assert!(other.contains("Belum ada lembar PKP tahun 2022"), "{other}");
    assert_eq!(site.get("/pkp?tahun=dua").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_contract_says_the_same() {
    let site = site();
    let answer = site.get("/api/v1/pkp").await.json();
    assert_eq!(
        (answer["year"].as_i64(), answer["reported"].as_u64(), answer["asked"].as_u64()),
        (Some(2023), Some(2), Some(3))
    );
    let rows = answer["rows"].as_array().unwrap();
    let row = |name: &str| rows.iter().find(|row| row["name"] == name).unwrap();
    assert_eq!(row("Promosi Kesehatan")["class"], "good");
    assert_eq!(row("Kesehatan Lingkungan")["class"], "too_little");
    assert_eq!(row("Kesehatan Lingkungan")["performance"].as_f64(), Some(60.0));
    let missing = row("Sarana memenuhi syarat");
    assert!(missing["performance"].is_null() && missing["reached"].is_null(), "{missing}");
    assert_eq!(answer["differences"].as_array().unwrap().len(), 1);
    let none = site.get("/api/v1/pkp?tahun=2022").await.json();
    assert!(none["year"].is_null() && none["rows"].as_array().unwrap().is_empty(), "{none}");
}

/// Three programs of one variabel each; the counts of their two sub variabel.
fn three_programs(reached: [[&'static str; 2]; 3]) -> Site {
    let head = [
        "No",
        "Upaya Kesehatan/Program/Variabel/Sub Variabel",
        "Target (T) %",
        "Satuan",
        "Total Sasaran",
        "Pencapaian",
    ];
    let mut rows = vec![
        vec!["PENILAIAN KINERJA PUSKESMAS TAHUN 2023"],
        vec!["UPT PUSKESMAS UJI"],
        vec!["UKM ESENSIAL"],
        head.to_vec(),
    ];
    let names = [("A", "Promosi Kesehatan"), ("B", "Gizi"), ("C", "Kesehatan Lingkungan")];
    for ((letter, name), counts) in names.into_iter().zip(reached) {
        rows.push(vec![letter, name]);
        rows.push(vec!["1", "Pelayanan"]);
        rows.push(vec!["a", "Sasaran dilayani", "=100", "orang", "=50", counts[0]]);
        rows.push(vec!["b", "Sasaran dibina", "=100", "orang", "=50", counts[1]]);
    }
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    Site::with(&[register_of("UPT PUSKESMAS UJI", &["Apotek Satu"]), file("pkp.xlsx", &[page("PKP", &rows)])])
}

#[tokio::test]
async fn the_drawing_counts_whole_programs_alone() {
    let drawn = async |reached| three_programs(reached).get("/pkp").await.text();
    let whole = drawn([["=50", "=50"], ["=50", "=49"], ["=10", "=10"]]).await;
    assert!(whole.contains("2 dari 3 program Baik") && whole.contains("Batas Baik"), "{whole}");
    let part = drawn([["=50", "=50"], ["=50", ""], ["=10", "=10"]]).await;
    assert!(part.contains("1 dari 2 program yang lengkap Baik"), "{part}");
    // What nobody finished is not told as below its class, nor what nobody began as without a population.
    let none = drawn([["=50", ""], ["=50", ""], ["", ""]]).await;
    assert!(none.contains("Belum ada program yang lengkap dilaporkan"), "{none}");
    assert!(!none.contains("0 dari 3 program Baik"), "{none}");
    assert!(none.contains("belum ada angka"), "{none}");
}

#[tokio::test]
async fn the_paper_is_made_in_every_format() {
    let site = site();
    for ending in ["pdf", "docx", "xlsx"] {
        let paper = site.get(&format!("/laporan/pkp.{ending}?periode=2023")).await;
        assert_eq!(paper.status, StatusCode::OK, "{ending}: {}", paper.text());
    }
}
