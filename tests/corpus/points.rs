//! Points of visits in the ways in which people write them, with and without a column of maxima.

use super::{Brought, sheet};

const TITLE: &[&str] = &["UPT PUSKESMAS ABCDE"];
const MAY: &[&str] = &["REKAP PEMBINAAN BULAN MEI 2023"];

/// Two visits with these points and maxima.
fn points(first: [&str; 2], second: [&str; 2]) -> Brought {
    sheet(&[
        TITLE,
        MAY,
        &["No", "Tanggal", "Nama Faskes", "Bentuk Kegiatan", "Skor", "Skor Maks"],
        &["=1", "2 Mei 2023", "Apotek Alvi", "Supervisi", first[0], first[1]],
        &["=2", "3 Mei 2023", "Klinik Alvi", "Supervisi", second[0], second[1]],
    ])
}

#[test]
fn points_below_one_of_a_small_maximum_are_points() {
    let found = points(["=0.5", "=2"], ["=1", "=2"]);
    assert_eq!(found.issues, [""; 0]);
    assert!(found.facts[0].contains("0.5/2"), "{:?}", found.facts);
}

#[test]
fn points_below_one_of_a_large_maximum_are_parts_of_it() {
    let found = points(["=0.5", "=20"], ["=1", "=20"]);
    assert_eq!(found.issues, ["Lembar!E3 reading"]);
    assert!(found.facts[0].contains("10/20") && found.facts[1].contains("20/20"), "{:?}", found.facts);
}

#[test]
fn one_part_among_points_is_asked_about_and_the_answer_gives_the_score() {
    let found = points(["=0.85", "=100"], ["=90", "=100"]);
    assert_eq!(found.issues, ["Lembar!E4 invalid_number"]);
    let message = &found.receipt.issues[0].message;
    assert!(message.contains("tulis 85 bila maksudnya 85 %"), "{message}");
    assert_eq!(found.facts.len(), 1);
    let obeyed = points(["=85", "=100"], ["=90", "=100"]);
    assert_eq!(obeyed.issues, [""; 0]);
    assert!(obeyed.facts[0].contains("85/100"), "{:?}", obeyed.facts);
}

#[test]
fn percentages_beside_points_say_what_they_are_out_of() {
    let with = |percentages: [&str; 2]| {
        sheet(&[
            TITLE,
            MAY,
            &["No", "Tanggal", "Nama Faskes", "Bentuk Kegiatan", "Total Skor", "Persentase"],
            &["=1", "2 Mei 2023", "Apotek Alvi", "Supervisi", "=17", percentages[0]],
            &["=2", "3 Mei 2023", "Klinik Alvi", "Supervisi", "=16", percentages[1]],
        ])
    };
    for percentages in [["=85", "=80"], ["%0.85", "%0.8"], ["85 %", "80 %"]] {
        let found = with(percentages);
        assert!(found.facts[0].ends_with("17/20") && found.facts[1].ends_with("16/20"), "{:?}", found.facts);
        assert_eq!(found.issues, ["Lembar!E3 reading"]);
    }
}

#[test]
fn a_year_far_from_the_titles_is_mistyped() {
    let visits = |date: &str| {
        let head = ["No", "Tanggal", "Nama Faskes", "Skor", "Skor Maks"];
        sheet(&[
            TITLE,
            MAY,
            &head,
            &["=1", date, "Apotek Alvi", "=8", "=10"],
            &["=2", "3 Mei 2023", "Klinik Alvi", "=8", "=10"],
            &["=3", "4 Mei 2023", "Pustu Ngatri", "=8", "=10"],
        ])
    };
    let found = visits("2 Mei 2032");
    assert_eq!((found.facts.len(), &found.issues[..]), (2, &["Lembar!B4 invalid_date".to_owned()][..]));
    assert_eq!(visits("2 Mei 2023").facts.len(), 3);
}

#[test]
fn days_and_points_below_each_month_are_a_visit_each() {
    let found = sheet(&[
        TITLE,
        &["REKAP PEMBINAAN TAHUN 2023"],
        &["No", "Nama Faskes", "Januari", "", "Februari", ""],
        &["", "", "Tgl", "Nilai", "Tgl", "Nilai"],
        &["=1", "Apotek Alvi", "6 Jan 2023", "=80", "3 Feb 2023", "=85"],
        &["=2", "Klinik Alvi", "7 Jan 2023", "=70", "4 Feb 2023", "=75"],
    ]);
    let expected = [
        "Apotek Alvi: pembinaan 2023-01-06  80/100",
        "Apotek Alvi: pembinaan 2023-02-03  85/100",
        "Klinik Alvi: pembinaan 2023-01-07  70/100",
        "Klinik Alvi: pembinaan 2023-02-04  75/100",
    ];
    assert_eq!(found.facts, expected, "{:?}", found.receipt);
}
