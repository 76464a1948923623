//! Months as rows, and one table a facility: the facility stands above the table or names its sheet.

use super::{import, page, sheet};

#[test]
fn achievements_of_one_facility_with_subtotals_between() {
    let found = sheet(&[
        &["UPT PUSKESMAS ABCDE"],
        &["TAHUN 2023"],
        &["Nama Jaringan/Jejaring : Klinik Alvi"],
        &["No", "Bulan", "K6", "", "", "HT", "", ""],
        &["", "", "Sasaran", "Capaian", "%", "Sasaran", "Capaian", "%"],
        &["=1", "Januari", "=10", "=1", "", "=5", "=5", ""],
        &["=2", "PEB", "=10", "=2", "", "-", "-", ""],
        &["=3", "Maret", "=10", "=3", "", "", "", ""],
        &["", "TRIWULAN I", "=30", "=6", "", "=5", "=5", ""],
        &["=4", "Apr", "=10", "=4", "#DIV/0!", "", "", ""],
        &["", "TRIWULAN II", "=10", "=9", "", "", "", ""],
        &["", "TOTAL", "=40", "=20", "", "", "", ""],
    ]);
    let expected = [
        "Klinik Alvi: HT 2023-01 5/5",
        "Klinik Alvi: K6 2023-01 1/10",
        "Klinik Alvi: K6 2023-02 2/10",
        "Klinik Alvi: K6 2023-03 3/10",
        "Klinik Alvi: K6 2023-04 4/10",
    ];
    assert_eq!(found.facts, expected);
    // Theirs counted twice: both figures are told.
    assert_eq!(found.issues, ["Lembar!D11 total_differs", "Lembar!D12 total_differs"]);
    let twice = found.receipt.issues.iter().find(|issue| issue.cell == "D12").unwrap();
    assert!(twice.message.contains("20") && twice.message.contains("10"), "{}", twice.message);
}

#[test]
fn every_sheet_is_of_the_facility_that_it_names() {
    let rows: &[&[&str]] = &[
        &["UPT PUSKESMAS ABCDE"],
        &["KEHADIRAN LOKMIN TAHUN 2023"],
        &["Bulan", "Diundang", "Hadir"],
        &["Mei", "v", "v"],
        &["AGT", "v", "x"],
    ];
    let visits: &[&[&str]] = &[
        &["UPT PUSKESMAS ABCDE"],
        &["TAHUN 2023"],
        &["Nama Klinik", ":", "Klinik Alvi"],
        &["No", "Tanggal", "Bentuk Kegiatan", "Pembina", "Skor", "Skor Maks"],
        &["=1", "@2023-05-02", "Supervisi", "Ani", "=20", "=25"],
        &["=2", "@2023-09-02", "Pertemuan", "Ani", "", ""],
    ];
    let found = import(
        "buku.xlsx",
        &[page("APOTIK ALVI", rows), page("Pustu Ngatri", rows), page("Klinik Alfi", rows), page("Pembinaan", visits)],
    );
    let expected = [
        "Apotek Alvi: lokmin 2023-05 hadir",
        "Apotek Alvi: lokmin 2023-08 tidak",
        "Klinik Alvi: pembinaan 2023-05-02 Supervisi 20/25",
        "Klinik Alvi: pembinaan 2023-09-02 Pertemuan -/-",
        "Pustu Ngatri: lokmin 2023-05 hadir",
        "Pustu Ngatri: lokmin 2023-08 tidak",
    ];
    assert_eq!(found.facts, expected);
    assert_eq!(found.issues, ["Klinik Alfi!A3 unknown_facility"]);
}

#[test]
fn follow_ups_and_reports_of_one_facility() {
    let follow_ups: &[&[&str]] = &[
        &["UPT PUSKESMAS ABCDE"],
        &["RENCANA TINDAK LANJUT TAHUN 2023"],
        &["Faskes : Pustu Ngatri"],
        &["No", "Tanggal Pembinaan", "Rencana Tindak Lanjut", "Penanggung Jawab", "Target Selesai", "Tanggal Selesai"],
        &["=1", "2 Mei 2023", "Lengkapi SOP", "Eko", "1 Juni 2023", ""],
    ];
    let reports: &[&[&str]] = &[
        &["UPT PUSKESMAS ABCDE"],
        &["TAHUN 2023"],
        &["Faskes : Pustu Ngatri"],
        &["Bulan Laporan", "Tanggal Diterima"],
        &["Mei", "3 Juni 2023"],
        &["Juni", ""],
    ];
    let found = import("buku.xlsx", &[page("RTL", follow_ups), page("Laporan", reports)]);
    let expected =
        ["Pustu Ngatri: RTL 2023-05-02 Lengkapi SOP s.d. 2023-06-01", "Pustu Ngatri: laporan 2023-05 2023-06-03"];
    assert_eq!(found.facts, expected);
    assert_eq!(found.issues, ["RTL!B5 follow_up_without_visit"]);
}

#[test]
fn months_as_rows_beside_a_name_merged_over_them() {
    let rows = page(
        "Lokmin",
        &[
            &["UPT PUSKESMAS ABCDE"],
            &["TAHUN 2023"],
            &["No", "Nama Faskes", "Bulan", "Diundang", "Hadir"],
            &["=1", "Apotek Alvi", "Januari", "v", "v"],
            &["", "", "Februari", "v", "x"],
            &["=2", "Klinik Alvi", "Januari", "v", "x"],
        ],
    );
    let found = import("buku.xlsx", &[rows.merged(&[[3, 0, 4, 0], [3, 1, 4, 1]])]);
    let expected =
        ["Apotek Alvi: lokmin 2023-01 hadir", "Apotek Alvi: lokmin 2023-02 tidak", "Klinik Alvi: lokmin 2023-01 tidak"];
    assert_eq!(found.facts, expected);
    assert_eq!(found.issues, [] as [&str; 0]);
}

#[test]
fn a_table_of_nobody_is_not_read() {
    let found = sheet(&[
        &["UPT PUSKESMAS ABCDE"],
        &["AGENDA TAHUN 2023"],
        &["No", "Tanggal", "Kegiatan", "Petugas", "Dokumentasi"],
        &["=1", "2 Mei 2023", "Rapat", "Ani", "ada"],
    ]);
    assert_eq!(found.facts, [] as [&str; 0]);
    assert_eq!(found.receipt.sheets, []);
    assert!(found.issues.contains(&"Lembar!B3 unknown_table".to_owned()), "{:?}", found.issues);
}

#[test]
fn a_banner_and_a_sheet_that_name_two_facilities() {
    let rows: &[&[&str]] = &[
        &["UPT PUSKESMAS ABCDE"],
        &["KEHADIRAN LOKMIN TAHUN 2023"],
        &["Nama Faskes : Klinik Alvi"],
        &["Bulan", "Diundang", "Hadir"],
        &["Mei", "v", "v"],
    ];
    let found = import("buku.xlsx", &[page("Apotek Alvi", rows)]);
    assert_eq!(found.facts, ["Klinik Alvi: lokmin 2023-05 hadir"]);
    assert_eq!(found.issues, ["Apotek Alvi!A3 banner_disagrees"]);
}
