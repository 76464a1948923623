//! Whose and of when: scattered, in the sheet's or the file's name, disagreeing; and sheets that are not read.

use super::{import, page};

const HEAD: &[&str] = &["No", "Nama Jaringan/Jejaring", "Diundang", "Hadir"];
const ROW: &[&str] = &["=1", "Apotek Alvi", "v", "v"];

#[test]
fn a_sheet_a_month_in_any_spelling() {
    let names = ["JAN", "PEB", "MRT", "AGS", "AGT", "NOP", "DES 2023"];
    let rows: &[&[&str]] = &[&["Puskesmas : Abcde"], &["TAHUN 2023"], HEAD, ROW];
    for (name, month) in names.iter().zip(["01", "02", "03", "08", "08", "11", "12"]) {
        let found = import("buku.xlsx", &[page("BERANDA", &[&["REKAP 2023"]]), page(name, rows)]);
        assert_eq!(found.facts, [format!("Apotek Alvi: lokmin 2023-{month} hadir")], "{name}");
        assert_eq!(found.issues, ["BERANDA! unknown_table"], "{name}");
    }
}

#[test]
fn identity_in_one_cell_or_three_or_a_title() {
    let banners: [&[&[&str]]; 4] = [
        &[&["Puskesmas", ":", "Abcde"], &["Bulan", ":", "Mei"], &["Tahun", ":", "=2023"]],
        &[&["PEMERINTAH KABUPATEN X"], &["UPT PUSKESMAS ABCDE"], &["BULAN : MEI 2023"]],
        &[&["KEHADIRAN LOKMIN UPT PUSKESMAS ABCDE BULAN MEI TAHUN 2023"]],
        &[&["Nama Puskesmas", "", "Abcde", "", "Bulan", "", "5", "", "Tahun", "", "2023"]],
    ];
    for banner in banners {
        let rows: Vec<&[&str]> = banner.iter().copied().chain([HEAD, ROW]).collect();
        let found = import("rekap.xlsx", &[page("Lokmin", &rows)]);
        assert_eq!(found.facts, ["Apotek Alvi: lokmin 2023-05 hadir"], "{banner:?}: {:?}", found.receipt);
        assert_eq!(found.issues, [] as [&str; 0], "{banner:?}");
    }
}

#[test]
fn what_disagrees_is_said() {
    let rows: &[&[&str]] = &[&["UPT PUSKESMAS ABCDE"], &["BULAN : MEI 2023"], HEAD, ROW];
    for (file, sheet) in [
        ("lokmin juni 2023.xlsx", "Lokmin"),
        ("rekap.xlsx", "JUN 2023"),
        ("rekap 2024.xlsx", "Lokmin"),
        ("lokmin puskesmas bendosari mei 2023.xlsx", "Lokmin"),
    ] {
        let found = import(file, &[page(sheet, rows)]);
        assert_eq!(found.facts, ["Apotek Alvi: lokmin 2023-05 hadir"], "{file} {sheet}");
        assert_eq!(found.issues, [format!("{sheet}! banner_disagrees")], "{file} {sheet}");
    }
}

#[test]
fn hidden_columns_are_listed_and_read() {
    let rows: &[&[&str]] = &[&["UPT PUSKESMAS ABCDE"], &["BULAN : MEI 2023"], HEAD, ROW];
    let mut lokmin = page("Lokmin", rows);
    lokmin.hidden_columns = vec![2, 3, 8];
    let found = import("rekap.xlsx", &[lokmin]);
    assert_eq!(found.facts, ["Apotek Alvi: lokmin 2023-05 hadir"]);
    assert_eq!(found.issues, ["Lokmin! hidden_columns"]);
    let message = &found.receipt.issues[0].message;
    assert!(message.contains("kolom C, D tersembunyi"), "{message}");
}

#[test]
fn hidden_rows_are_listed_and_read() {
    let rows: &[&[&str]] = &[
        &["UPT PUSKESMAS ABCDE"],
        &["BULAN : MEI 2023"],
        HEAD,
        ROW,
        &["=2", "Klinik Alvi", "√", "x"],
        &["=3", "Pustu Ngatri", "√", "√"],
    ];
    let mut lokmin = page("Lokmin", rows);
    lokmin.hidden_rows = vec![0, 4, 5, 40];
    let found = import("rekap.xlsx", &[lokmin]);
    let expected = [
        "Apotek Alvi: lokmin 2023-05 hadir",
        "Klinik Alvi: lokmin 2023-05 tidak",
        "Pustu Ngatri: lokmin 2023-05 hadir",
    ];
    assert_eq!(found.facts, expected);
    assert_eq!(found.issues, ["Lokmin! hidden_rows"]);
    let message = &found.receipt.issues[0].message;
    assert!(message.contains("baris 1, 5–6 tersembunyi (3 baris"), "{message}");
}
