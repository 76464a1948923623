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
