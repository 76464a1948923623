//! Rows that name a facility in one of two columns, or the village in its place, and tables that only count facilities.

use super::{Brought, page, sheet};
use crate::import::{facts, run};

const TITLE: &[&str] = &["UPT PUSKESMAS ABCDE"];
const VISITS: &[&str] = &["REKAP PEMBINAAN BULAN MEI 2023"];

/// What is said in the first error.
fn asked(found: &Brought) -> String {
    let issue = found.receipt.issues.iter().find(|issue| issue.severity == "error");
    issue.map(|issue| issue.message.clone()).unwrap_or_default()
}

#[test]
fn each_of_two_columns_names_facilities_of_its_kind() {
    let shared = sheet(&[
        TITLE,
        VISITS,
        &["No", "JARINGAN", "JEJARING", "Tanggal", "Petugas", "Skor", "Skor Maks"],
        &["=1", "Pustu Ngatri", "", "2 Mei 2023", "Ani", "=8", "=10"],
        &["=2", "", "Klinik Alvi", "3 Mei 2023", "Ani", "=9", "=10"],
    ]);
    let own = sheet(&[
        TITLE,
        VISITS,
        &["No", "Nama Jejaring", "Tanggal", "Skor", "Skor Maks", "Nama Jaringan", "Tanggal", "Skor", "Skor Maks"],
        &["=1", "Klinik Alvi", "3 Mei 2023", "=9", "=10", "Pustu Ngatri", "2 Mei 2023", "=8", "=10"],
        &["=2", "Apotek Alvi", "4 Mei 2023", "=7", "=10"],
    ]);
    let both = ["Klinik Alvi: pembinaan 2023-05-03  9/10", "Pustu Ngatri: pembinaan 2023-05-02  8/10"];
    assert_eq!(shared.facts, both, "{:?}", shared.receipt);
    assert_eq!(shared.issues, ["Lembar!B3 reading"]);
    assert_eq!(own.facts, [&["Apotek Alvi: pembinaan 2023-05-04  7/10"], &both[..]].concat(), "{:?}", own.receipt);
}

#[test]
fn other_tables_have_both_columns_too() {
    let of = |title: &'static str, rows: &[&[&str]]| sheet(&[&[TITLE, &[title]], rows].concat());
    let lokmin = of(
        "DAFTAR HADIR LOKMIN BULAN MEI 2023",
        &[
            &["No", "JARINGAN", "JEJARING", "Diundang", "Hadir"],
            &["=1", "Pustu Ngatri", "-", "Ya", "Ya"],
            &["=2", "-", "Klinik Alvi", "Ya", "Tidak"],
        ],
    );
    assert_eq!(lokmin.facts, ["Klinik Alvi: lokmin 2023-05 tidak", "Pustu Ngatri: lokmin 2023-05 hadir"]);
    let figures = of(
        "CAPAIAN BULAN MEI 2023",
        &[
            &["No", "JARINGAN", "JEJARING", "K6", ""],
            &["", "", "", "Sasaran", "Capaian"],
            &["=1", "Pustu Ngatri", "", "=20", "=10"],
            &["=2", "", "Klinik Alvi", "=30", "=12"],
            &["", "Jumlah", "", "=50", "=22"],
        ],
    );
    assert_eq!(figures.facts, ["Klinik Alvi: K6 2023-05 12/30", "Pustu Ngatri: K6 2023-05 10/20"]);
    let plan = of(
        "JADWAL PEMBINAAN TAHUN 2024",
        &[
            &["No", "JARINGAN", "JEJARING", "Jan", "Feb", "Mar"],
            &["=1", "Pustu Ngatri", "", "x", "", ""],
            &["=2", "", "Klinik Alvi", "", "x", ""],
        ],
    );
    assert_eq!(facts(&plan.store).slots.len(), 2, "{:?}", plan.receipt);
}

#[test]
fn a_register_of_two_columns_says_the_group() {
    let found = sheet(&[
        TITLE,
        &["DAFTAR JARINGAN DAN JEJARING TAHUN 2023"],
        &["No", "JARINGAN", "JEJARING"],
        &["=1", "Pustu Baru", "Klinik Baru"],
        &["=2", "Polindes Baru", ""],
    ]);
    let facts = facts(&found.store);
    let group = |name: &str| facts.facilities.iter().find(|one| one.name == name).unwrap().group.unwrap().label();
    assert_eq!(["Klinik Baru", "Polindes Baru", "Pustu Baru"].map(group), ["Jejaring", "Jaringan", "Jaringan"]);
}

#[test]
fn a_row_that_names_both_is_asked_about() {
    let found = sheet(&[
        TITLE,
        VISITS,
        &["No", "JARINGAN", "JEJARING", "Tanggal", "Petugas"],
        &["=1", "Pustu Ngatri", "Klinik Alvi", "2 Mei 2023", "Ani"],
    ]);
    assert_eq!((found.facts.len(), found.issues.as_slice()), (0, &["Lembar!B3 unknown_table".to_owned()][..]));
    assert!(asked(&found).contains("baris 4") && asked(&found).contains("tulis satu baris untuk setiap nama"));
    // Columns of its own that differ are nobody's.
    let other = sheet(&[
        TITLE,
        VISITS,
        &["No", "JARINGAN", "Tanggal", "JEJARING", "Skor"],
        &["=1", "Pustu Ngatri", "2 Mei 2023", "Klinik Alvi", "=9"],
    ]);
    assert!(other.facts.is_empty() && asked(&other).contains("baris 3"), "{:?}", other.receipt);
    // A column that marks the group names nobody.
    let marks = sheet(&[
        TITLE,
        VISITS,
        &["No", "Nama Faskes", "Jaringan", "Jejaring", "Tanggal", "Petugas"],
        &["=1", "Pustu Ngatri", "√", "", "2 Mei 2023", "Ani"],
        &["=2", "Klinik Alvi", "", "√", "3 Mei 2023", "Ani"],
    ]);
    assert_eq!(marks.facts.len(), 2, "{:?}", marks.receipt);
}

/// A sheet that is read after a register with villages.
fn of_villages(rows: &[&[&str]]) -> Brought {
    let store = simpul::store::Store::in_memory().unwrap();
    let register: &[&[&str]] = &[
        TITLE,
        &["DAFTAR IDENTIFIKASI TAHUN 2023"],
        &["Nama Faskes", "Jenis", "Desa"],
        &["Pustu Ngatri", "Pustu", "Ngatri"],
        &["Apotek Alvi", "Apotek", "Ngatri"],
        &["Posyandu Melati", "Posyandu", "Sawah"],
        &["Klinik Alvi", "Klinik", "Sawah"],
        &["Pustu Ganda", "Pustu", "Ganda"],
        &["Posyandu Mawar", "Posyandu", "Ganda"],
    ];
    run(&store, &[super::file("daftar.xlsx", &[page("Daftar", register)])]);
    let receipt = run(&store, &[super::file("rekap.xlsx", &[page("Lembar", rows)])]).remove(0);
    let issues = receipt.issues.iter().map(|issue| format!("{}!{} {}", issue.sheet, issue.cell, issue.code)).collect();
    Brought { facts: super::lines(&store), receipt, issues, store }
}

#[test]
fn visits_by_village_are_of_its_only_facility_or_asked() {
    let visits = |title: &'static str| {
        of_villages(&[
            TITLE,
            &[title],
            &["No", "Desa", "Tanggal", "Petugas"],
            &["=1", "Ngatri", "2 Mei 2023", "Ani"],
            &["=2", "Ganda", "3 Mei 2023", "Ani"],
            &["=3", "Sawah", "4 Mei 2023", "Ani"],
        ])
    };
    let found = visits("REKAP PEMBINAAN BULAN MEI 2023");
    let read = ["Posyandu Melati: pembinaan 2023-05-04  -/-", "Pustu Ngatri: pembinaan 2023-05-02  -/-"];
    assert_eq!(found.facts, read, "{:?}", found.receipt);
    assert_eq!(found.issues, ["Lembar!B3 reading", "Lembar!B5 unknown_facility"]);
    let said = asked(&found);
    assert!(said.contains("\"Posyandu Mawar\", \"Pustu Ganda\"") && said.contains("tulis nama faskesnya"), "{said}");
    // The title says of which kind they are.
    let posyandu = visits("REKAP PEMBINAAN POSYANDU BULAN MEI 2023");
    assert_eq!(
        posyandu.facts,
        ["Posyandu Mawar: pembinaan 2023-05-03  -/-", "Posyandu Melati: pembinaan 2023-05-04  -/-"]
    );
    assert!(asked(&posyandu).contains("tidak menunjuk tepat satu Posyandu"), "{}", asked(&posyandu));
    // Below the name of a facility the village is only where.
    let of_one = of_villages(&[
        TITLE,
        VISITS,
        &["Nama Faskes : Pustu Ngatri"],
        &["No", "Tanggal", "Desa", "Petugas"],
        &["=1", "2 Mei 2023", "Sawah", "Ani"],
    ]);
    assert_eq!(of_one.facts, ["Pustu Ngatri: pembinaan 2023-05-02  -/-"], "{:?}", of_one.receipt);
}

#[test]
fn counts_of_facilities_are_told_to_be_such() {
    for rows in [
        &[
            &["No", "Desa", "Pustu", "Polindes", "Posyandu"][..],
            &["=1", "Ngatri", "=1", "=0", "=4"],
            &["=2", "Ganda", "=1", "", "=5"],
            &["", "Jumlah", "=2", "=0", "=9"],
        ][..],
        &[&["No", "Jenis", "Ngatri", "Ganda"][..], &["=1", "Pustu", "=1", "=1"], &["=2", "Posyandu", "=4", "=5"]],
    ] {
        let found = sheet(&[&[TITLE, &["DATA JARINGAN DAN JEJARING TAHUN 2023"]], rows].concat());
        assert!(found.facts.is_empty());
        let said = asked(&found);
        assert!(
            said.contains("tabel ini memuat jumlah faskes") && said.contains("satu baris untuk setiap faskes"),
            "{said}"
        );
    }
}

#[test]
fn a_facility_without_its_kind_is_the_same_as_with_it() {
    let store = simpul::store::Store::in_memory().unwrap();
    let register: &[&[&str]] = &[
        TITLE,
        &["DAFTAR IDENTIFIKASI TAHUN 2023"],
        &["Nama Posyandu", "Alamat", "Desa"],
        &["Melati", "Jl. A", "Sawah"],
        &["Posyandu Mawar", "Jl. B", "Sawah"],
    ];
    let plain: &[&[&str]] = &[
        TITLE,
        &["DAFTAR IDENTIFIKASI TAHUN 2024"],
        &["Nama Faskes", "Jenis", "Desa"],
        &["Melati", "Posyandu", "Sawah"],
        &["Kenanga", "Posyandu", "Sawah"],
        &["Melati Indah", "Klinik", "Sawah"],
    ];
    let visits: &[&[&str]] = &[
        TITLE,
        VISITS,
        &["No", "Tanggal", "Nama Faskes", "Petugas"],
        &["=1", "2 Mei 2023", "Posyandu Melati", "Ani"],
        &["=2", "2 Mei 2023", "Posyandu Kenanga", "Ani"],
    ];
    for (name, rows) in [("a.xlsx", register), ("b.xlsx", plain), ("c.xlsx", visits)] {
        let receipt = run(&store, &[super::file(name, &[page("Lembar", rows)])]).remove(0);
        assert!(receipt.issues.iter().all(|issue| issue.severity == "warning"), "{receipt:?}");
    }
    let facts = facts(&store);
    let names: Vec<&str> = facts.facilities.iter().map(|facility| facility.name.as_str()).collect();
    assert_eq!(names, ["Kenanga", "Melati Indah", "Posyandu Mawar", "Posyandu Melati"]);
    assert_eq!(facts.visits.len(), 2);
}
