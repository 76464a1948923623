//! Figures of one indicator in several columns: L and P, months below quarters, headings of five rows.

use super::{import, page, sheet};

const HEAD: [&[&str]; 2] = [&["UPT PUSKESMAS ABCDE"], &["BULAN : MEI 2023"]];

#[test]
fn of_l_p_and_both_the_column_of_both_is_read() {
    let found = sheet(&[
        HEAD[0],
        HEAD[1],
        &["No", "Nama Jejaring", "K6", "", "", "", "", "", ""],
        &["", "", "Sasaran", "", "", "Capaian", "", "", "%"],
        &["", "", "L", "P", "JML", "L", "P", "JML", ""],
        &["=1", "Apotek Alvi", "=4", "=6", "=10", "=1", "=2", "=3", "%0.3"],
    ]);
    assert_eq!(found.facts, ["Apotek Alvi: K6 2023-05 3/10"]);
    assert_eq!(found.issues, [] as [&str; 0]);
}

#[test]
fn l_and_p_alone_are_added_and_half_of_it_is_no_figure() {
    for (male, female) in [("L", "P"), ("P", "W"), ("Laki-laki", "Perempuan")] {
        let found = sheet(&[
            HEAD[0],
            HEAD[1],
            &["No", "Nama Jejaring", "Penderita hipertensi", "", "", ""],
            &["", "", "Sasaran", "", "Capaian", ""],
            &["", "", male, female, male, female],
            &["=1", "Apotek Alvi", "=4", "=6", "=1", "=2"],
            &["=2", "Klinik Alvi", "=4", "=6", "=1", "-"],
            &["=3", "Pustu Ngatri", "=4", "=6", "-", ""],
        ]);
        assert_eq!(found.facts, ["Apotek Alvi: HT 2023-05 3/10", "Pustu Ngatri: HT 2023-05 -/10"], "{male}/{female}");
        assert_eq!(found.issues, ["Lembar!F7 missing_value"], "{male}/{female}");
    }
}

#[test]
fn l_without_p_is_never_the_whole() {
    let found = sheet(&[
        HEAD[0],
        HEAD[1],
        &["No", "Nama Jejaring", "K6", "", "HT", ""],
        &["", "", "Sasaran", "Capaian", "Sasaran", "Capaian"],
        &["", "", "", "", "L", "L"],
        &["=1", "Apotek Alvi", "=4", "=2", "=6", "=1"],
    ]);
    assert_eq!(found.facts, ["Apotek Alvi: K6 2023-05 2/4"]);
    assert_eq!(found.issues, ["Lembar!E3 unknown_value"]);
}

#[test]
fn sexes_above_their_figures() {
    let found = sheet(&[
        HEAD[0],
        HEAD[1],
        &["No", "Nama Jejaring", "K6", "", "", "", "HT", ""],
        &["", "", "L", "", "P", "", "", ""],
        &["", "", "Sasaran", "Capaian", "Sasaran", "Capaian", "Sasaran", "Capaian"],
        &["=1", "Apotek Alvi", "=4", "=2", "=6", "=1", "=9", "=8"],
    ]);
    // Unmerged headings stand over their first column only, so that the groups cannot be told: asked, not guessed.
    let with_merges = page(
        "Lembar",
        &[
            HEAD[0],
            HEAD[1],
            &["No", "Nama Jejaring", "K6", "", "", "", "HT", ""],
            &["", "", "L", "", "P", "", "", ""],
            &["", "", "Sasaran", "Capaian", "Sasaran", "Capaian", "Sasaran", "Capaian"],
            &["=1", "Apotek Alvi", "=4", "=2", "=6", "=1", "=9", "=8"],
        ],
    );
    let merges = [[2, 0, 4, 0], [2, 1, 4, 1], [2, 2, 2, 5], [2, 6, 3, 7], [3, 2, 3, 3], [3, 4, 3, 5]];
    let read = import("rekap.xlsx", &[with_merges.merged(&merges)]);
    assert_eq!(read.facts, ["Apotek Alvi: HT 2023-05 8/9", "Apotek Alvi: K6 2023-05 3/10"]);
    assert_eq!(read.issues, [] as [&str; 0]);
    assert!(!found.facts.contains(&"Apotek Alvi: K6 2023-05 2/4".to_owned()), "{:?}", found.facts);
}

#[test]
fn a_heading_of_five_rows_with_quarters_that_are_no_months() {
    let rows = page(
        "Lembar",
        &[
            &["UPT PUSKESMAS ABCDE"],
            &["INDIKATOR : K6"],
            &["TAHUN 2023"],
            &["NO", "NAMA JEJARING", "SASARAN", "CAPAIAN", "", "", "", "", "", ""],
            &["", "", "", "TRIWULAN I", "", "", "", "", "", "TOTAL"],
            &["", "", "", "JANUARI", "", "FEBRUARI", "", "MARET", "JUMLAH", ""],
            &["", "", "", "L", "P", "L", "P", "L+P", "", ""],
            &["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)"],
            &["=1", "Apotek Alvi", "=50", "=1", "=2", "=3", "=4", "=5", "=15", "=16"],
        ],
    );
    let merges = [
        [3, 0, 6, 0],
        [3, 1, 6, 1],
        [3, 2, 6, 2],
        [3, 3, 3, 9],
        [4, 3, 4, 8],
        [4, 9, 6, 9],
        [5, 3, 5, 4],
        [5, 5, 5, 6],
        [5, 8, 6, 8],
    ];
    let found = import("rekap.xlsx", &[rows.merged(&merges)]);
    let expected = ["Apotek Alvi: K6 2023-01 3/50", "Apotek Alvi: K6 2023-02 7/50", "Apotek Alvi: K6 2023-03 5/50"];
    assert_eq!(found.facts, expected);
    // The quarter's sum is right, the year's is not.
    assert_eq!(found.issues, ["Lembar!J9 total_differs"]);
}

#[test]
fn indicators_each_over_months() {
    let rows = page(
        "Lembar",
        &[
            &["UPT PUSKESMAS ABCDE"],
            &["CAPAIAN TAHUN 2023"],
            &["No", "Nama Jejaring", "K6", "", "", "", "HT", "", "", ""],
            &["", "", "Jan", "", "Feb", "", "Jan", "", "Feb", ""],
            &["", "", "S", "C", "S", "C", "S", "C", "S", "C"],
            &["=1", "Apotek Alvi", "=10", "=1", "=10", "=2", "=20", "=3", "=20", "=4"],
        ],
    );
    let merges = [
        [2, 0, 4, 0],
        [2, 1, 4, 1],
        [2, 2, 2, 5],
        [2, 6, 2, 9],
        [3, 2, 3, 3],
        [3, 4, 3, 5],
        [3, 6, 3, 7],
        [3, 8, 3, 9],
    ];
    let found = import("rekap.xlsx", &[rows.merged(&merges)]);
    let expected = [
        "Apotek Alvi: HT 2023-01 3/20",
        "Apotek Alvi: HT 2023-02 4/20",
        "Apotek Alvi: K6 2023-01 1/10",
        "Apotek Alvi: K6 2023-02 2/10",
    ];
    assert_eq!(found.facts, expected);
    assert_eq!(found.issues, [] as [&str; 0]);
}

#[test]
fn groups_that_are_not_merged_share_a_denominator() {
    let found = sheet(&[
        HEAD[0],
        HEAD[1],
        &["No", "Nama Jejaring", "Sasaran", "K6", "", "", "HT", "", ""],
        &["", "", "", "Bln Lalu", "Bln Ini", "Kum", "Bln Lalu", "Bln Ini", "Kum"],
        &["=1", "Apotek Alvi", "=88", "=35", "=7", "=42", "=30", "=6", "=36"],
    ]);
    assert_eq!(found.issues, ["Lembar!C3 reading"]);
    assert_eq!(found.facts, ["Apotek Alvi: HT 2023-05 6/88 s/d 36", "Apotek Alvi: K6 2023-05 7/88 s/d 42"]);
}
