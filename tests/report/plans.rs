//! Persons, reasons and the order of the register on paper, in all three formats.

use std::path::Path;

use simpul::workbook::CellValue;

use super::read_back::{docx_rows, paper, pdf_lines, sheet_rows, words_outside};
use crate::support::Simpul;

/// A Puskesmas whose register is not in the order of the alphabet, its plan, and two changes of it.
pub(super) fn planned() -> Simpul {
    let simpul = Simpul::new();
    let register = [
        "UPT PUSKESMAS ABCDE",
        "DAFTAR IDENTIFIKASI TAHUN 2023",
        "No,Nama Jaringan/Jejaring,Jenis,Kelompok",
        "1,Pustu Mekar,Pustu,Jaringan",
        "2,Klinik Wahyu,Klinik,Jejaring",
        "3,Apotek Alvi,Apotek,Jejaring",
    ];
    let plan = [
        "UPT PUSKESMAS ABCDE",
        "JADWAL PEMBINAAN TAHUN 2023",
        "No,Nama Jaringan/Jejaring,Jan,Feb,Mar,Apr,Mei,Jun,Jul,Agt,Sep,Okt,Nov,Des,Penanggung Jawab",
        "1,Apotek Alvi,,,,,,X,,,,,,,Ani",
        "2,Klinik Wahyu,,,,,X,,,,,,,,dr. Budi",
        "3,Klinik Wahyu,,,,,,,X,,,,,,Citra",
        "4,Pustu Mekar,,,,,,,X,,,,,,",
    ];
    let changes = [
        "UPT PUSKESMAS ABCDE",
        "PERUBAHAN JADWAL TAHUN 2023",
        "No,Jaringan/Jejaring,Jadwal Pelaksanaan,Perubahan Jadwal,Ket.",
        "1,Klinik Wahyu,Mei 2023,Juni 2023,Permintaan klinik",
        "2,Pustu Mekar,Juli 2023,Agustus 2023,",
    ];
    let files =
        [("daftar.csv", &register[..]), ("jadwal.csv", &plan), ("perubahan.csv", &changes)].map(|(name, lines)| {
            let path = simpul.data().join(name);
            std::fs::write(&path, lines.join("\r\n")).unwrap();
            path
        });
    let receipt = simpul.import(&files);
    for file in receipt["files"].as_array().unwrap() {
        let issues = file["issues"].as_array().map(Vec::len);
        assert_eq!((file["status"].as_str(), issues), (Some("imported"), Some(0)), "{file}");
    }
    simpul
}

/// The texts of a sheet's rows.
fn texts(xlsx: &Path, sheet: &str) -> Vec<Vec<String>> {
    let text = |value: &CellValue| value.text().unwrap_or_default().to_owned();
    sheet_rows(xlsx, sheet).iter().map(|row| row.cells.iter().map(|cell| text(&cell.value)).collect()).collect()
}

fn row_of<'r>(rows: &'r [Vec<String>], cells: &[&str]) -> &'r [String] {
    let is = |row: &&Vec<String>| cells.iter().all(|wanted| row.iter().any(|cell| cell == wanted));
    rows.iter().find(is).unwrap_or_else(|| unreachable!("{cells:?}: {rows:#?}"))
}

/// Where the names stand among the lines, in the order in which they come first.
fn order(lines: &[String]) -> Vec<&'static str> {
    let mut found: Vec<(usize, &str)> = ["Apotek Alvi", "Klinik Wahyu", "Pustu Mekar"]
        .into_iter()
        .filter_map(|name| Some((lines.iter().position(|line| line.contains(name))?, name)))
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, name)| name).collect()
}

const REGISTER: [&str; 3] = ["Pustu Mekar", "Klinik Wahyu", "Apotek Alvi"];

fn joined(rows: &[Vec<String>]) -> Vec<String> {
    rows.iter().map(|row| row.join(" ")).collect()
}

#[test]
fn the_change_form_prints_the_reason_and_the_state_beside_it() {
    let simpul = planned();
    for (kind, sheet) in [("evaluasi", "Formulir perubahan jadwal"), ("jadwal", "Perubahan jadwal")] {
        let period = if kind == "jadwal" { "2023" } else { "2023-C2" };
        let docx = docx_rows(&paper(&simpul, kind, period, "docx"));
        let head = ["Jadwal Pelaksanaan", "Perubahan Jadwal", "Ket.", "Keadaan"];
        assert_eq!(row_of(&docx, &head)[2..], head, "{kind}");
        let form: Vec<Vec<String>> = docx.iter().skip_while(|row| !row.contains(&"Ket.".to_owned())).cloned().collect();
        assert_eq!(row_of(&form, &["Mei 2023", "Juni 2023"])[4..], ["Permintaan klinik", "Belum lapor"], "{kind}");
        assert_eq!(row_of(&form, &["Juli 2023", "Agustus 2023"])[4..], ["–", "Belum lapor"], "{kind}: blank stays so");
        let xlsx = texts(&paper(&simpul, kind, period, "xlsx"), sheet);
        let row = row_of(&xlsx, &["Klinik Wahyu", "Permintaan klinik"]);
        assert_eq!(row.last().map(String::as_str), Some("Belum lapor"), "{kind}");
        let pdf = paper(&simpul, kind, period, "pdf");
        let lines = pdf_lines(&pdf);
        let line = lines.iter().find(|line| line.contains("Permintaan")).map_or("", String::as_str);
        assert!(line.contains("Juni 2023") && line.contains("Belum lapor"), "{kind}: {lines:#?}");
        assert_eq!(words_outside(&pdf), Vec::<String>::new(), "{kind}");
    }
}

#[test]
fn the_schedule_names_who_is_in_charge() {
    let simpul = planned();
    let docx = docx_rows(&paper(&simpul, "jadwal", "2023", "docx"));
    let person = |name: &str| row_of(&docx, &[name, "Jumlah"].map(|_| name)).last().cloned().unwrap();
    assert_eq!(docx[0].last().map(String::as_str), Some("Penanggung Jawab"));
    assert_eq!(REGISTER.map(person), ["–", "dr. Budi (Mei); Citra (Jul)", "Ani"]);
    let xlsx = texts(&paper(&simpul, "jadwal", "2023", "xlsx"), "Jadwal");
    assert_eq!(row_of(&xlsx, &["Apotek Alvi"]).last().map(String::as_str), Some("Ani"));
    let pdf = paper(&simpul, "jadwal", "2023", "pdf");
    assert!(pdf_lines(&pdf).iter().any(|line| line.contains("Apotek Alvi") && line.contains("Ani")));
    assert_eq!(words_outside(&pdf), Vec::<String>::new());
}

#[test]
fn registers_schedules_and_evaluations_keep_the_order_of_the_register() {
    let simpul = planned();
    for (kind, period, sheet) in [
        ("jadwal", "2023", "Jadwal"),
        ("identifikasi", "2023", "Daftar identifikasi"),
        ("evaluasi", "2023-C2", "Pelaksanaan terhadap jadwal"),
    ] {
        assert_eq!(order(&joined(&texts(&paper(&simpul, kind, period, "xlsx"), sheet))), REGISTER, "{kind}");
    }
    for kind in ["jadwal", "identifikasi"] {
        assert_eq!(order(&joined(&docx_rows(&paper(&simpul, kind, "2023", "docx")))), REGISTER, "{kind}");
        assert_eq!(order(&pdf_lines(&paper(&simpul, kind, "2023", "pdf"))), REGISTER, "{kind}");
    }
    // The contract stays ordered by name.
    let evaluation = simpul.evaluate("2023-C2", "2023-08-31");
    let names: Vec<&str> =
        evaluation["facilities"].as_array().unwrap().iter().map(|f| f["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Apotek Alvi", "Klinik Wahyu", "Pustu Mekar"]);
}
