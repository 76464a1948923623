//! Who is in charge of a planned visit and why a schedule was changed, in the ways in which people write them down.

use super::{Brought, file, page, sheet};
use crate::import::{facts, run};

const TITLE: &[&str] = &["UPT PUSKESMAS ABCDE"];
const PLAN: &[&str] = &["JADWAL PEMBINAAN TAHUN 2023"];

/// Planned months with who is in charge of each, a line each.
fn slots(found: &Brought) -> Vec<String> {
    let facts = facts(&found.store);
    let name = |facility: u32| facts.facilities[facility as usize].name.clone();
    let person = |person: &Option<String>| person.clone().unwrap_or_else(|| "-".to_owned());
    facts.slots.iter().map(|slot| format!("{} {} {}", name(slot.facility), slot.month, person(&slot.person))).collect()
}

/// Changes with their reasons, a line each.
fn changes(found: &Brought) -> Vec<String> {
    let facts = facts(&found.store);
    let to = |month: Option<simpul::domain::Month>| month.map_or("batal".to_owned(), |month| month.to_string());
    let reason = |reason: &Option<String>| reason.clone().unwrap_or_else(|| "-".to_owned());
    facts.changes.iter().map(|one| format!("{} {} {}", one.named, to(one.moved_to), reason(&one.reason))).collect()
}

#[test]
fn a_column_names_the_person_under_any_of_its_headings() {
    for heading in [
        "Penanggung Jawab",
        "PJ",
        "PENANGGUNG JAWAB ",
        "Petugas",
        "Pelaksana",
        "Nama Petugas",
        "Petugas Pembina",
        "Pelaksana Kegiatan",
        "P.J.",
        "Penanggung Jawab (Petugas)",
    ] {
        let found = sheet(&[
            TITLE,
            PLAN,
            &["No", "Nama Faskes", heading, "Jan", "Feb", "Mar", "Apr"],
            &["=1", "Apotek Alvi", "Ani", "x", "", "x", ""],
            &["=2", "Klinik Alvi", "-", "", "x", "", ""],
        ]);
        let expected = ["Apotek Alvi 2023-01 Ani", "Apotek Alvi 2023-03 Ani", "Klinik Alvi 2023-02 -"];
        assert_eq!(slots(&found), expected, "{heading}");
        assert_eq!(found.issues, [""; 0], "{heading}");
    }
}

#[test]
fn the_person_stands_behind_the_months_below_a_heading_of_two_rows() {
    let found = sheet(&[
        TITLE,
        PLAN,
        &["No", "Nama Jaringan/Jejaring", "B u l a n", "", "", "", "Penanggung"],
        &["", "", "1", "2", "3", "4", "Jawab"],
        &["=1", "Apotek Alvi", "X", "", "", "X", "Ani"],
        &["=2", "Klinik Alvi", "", "X", "", "", "Budi"],
    ]);
    assert_eq!(slots(&found), ["Apotek Alvi 2023-01 Ani", "Apotek Alvi 2023-04 Ani", "Klinik Alvi 2023-02 Budi"]);
    assert_eq!(found.issues, [""; 0]);
}

#[test]
fn of_two_columns_the_one_in_charge_counts() {
    let found = sheet(&[
        TITLE,
        PLAN,
        &["No", "Nama Faskes", "Petugas", "Jan", "Feb", "Mar", "Penanggung Jawab"],
        &["=1", "Apotek Alvi", "Ani", "x", "", "", "Budi"],
    ]);
    assert_eq!(slots(&found), ["Apotek Alvi 2023-01 Budi"]);
}

#[test]
fn merged_and_ditto_persons_are_filled_down() {
    let mut merged = page(
        "Lembar",
        &[
            TITLE,
            PLAN,
            &["No", "Nama Faskes", "PJ", "Jan", "Feb", "Mar"],
            &["=1", "Apotek Alvi", "Ani", "x", "", ""],
            &["=2", "Klinik Alvi", "", "", "x", ""],
            &["=3", "BPM I Made Oka", "Budi", "", "x", ""],
            &["=4", "Pustu Ngatri", "idem", "", "", "x"],
        ],
    );
    merged.merges = vec![[3, 2, 4, 2]];
    let found = super::import("jadwal.xlsx", &[merged]);
    let expected = [
        "Apotek Alvi 2023-01 Ani",
        "BPM I Made Oka 2023-02 Budi",
        "Klinik Alvi 2023-02 Ani",
        "Pustu Ngatri 2023-03 Budi",
    ];
    assert_eq!(slots(&found), expected);
    assert_eq!(found.issues, ["Lembar!C7 reading"], "what was filled is told");
    let blank = sheet(&[
        TITLE,
        PLAN,
        &["No", "Nama Faskes", "PJ", "Jan", "Feb", "Mar"],
        &["=1", "Apotek Alvi", "\"", "x", "", ""],
        &["=2", "Klinik Alvi", "", "", "x", ""],
    ]);
    assert_eq!(slots(&blank), ["Apotek Alvi 2023-01 -", "Klinik Alvi 2023-02 -"], "nothing stands above");
    assert_eq!(blank.issues, ["Lembar!C4 unknown_value"]);
}

#[test]
fn rows_of_what_was_done_do_not_part_the_persons() {
    let found = sheet(&[
        TITLE,
        PLAN,
        &["No", "Nama Faskes", "R/L", "Jan", "Feb", "Mar", "Petugas"],
        &["=1", "Apotek Alvi", "R", "x", "", "", "Ani"],
        &["", "", "L", "", "", "", ""],
        &["=2", "Klinik Alvi", "R", "", "x", "", "idem"],
        &["", "", "L", "", "", "", ""],
    ]);
    assert_eq!(slots(&found), ["Apotek Alvi 2023-01 Ani", "Klinik Alvi 2023-02 Ani"]);
}

#[test]
fn each_month_may_have_a_column_for_its_person() {
    let expected = ["Apotek Alvi 2023-01 Ani", "Apotek Alvi 2023-03 Budi", "Klinik Alvi 2023-02 Citra"];
    let mut below = page(
        "Lembar",
        &[
            TITLE,
            PLAN,
            &["No", "Nama Faskes", "Januari", "", "Februari", "", "Maret", ""],
            &["", "", "Tgl", "PJ", "Tgl", "PJ", "Tgl", "PJ"],
            &["=1", "Apotek Alvi", "=5", "Ani", "", "", "=7", "Budi"],
            &["=2", "Klinik Alvi", "", "", "=9", "Citra", "", ""],
        ],
    );
    for merges in [vec![[2, 2, 2, 3], [2, 4, 2, 5], [2, 6, 2, 7]], Vec::new()] {
        below.merges = merges;
        let found = super::import("jadwal.xlsx", &[below.clone()]);
        assert_eq!(slots(&found), expected, "{:?}", below.merges);
        assert_eq!(found.issues, [""; 0]);
    }
    let beside = sheet(&[
        TITLE,
        PLAN,
        &["No", "Nama Faskes", "Jan", "Petugas", "Feb", "Petugas", "Mar", "Petugas"],
        &["=1", "Apotek Alvi", "x", "Ani", "", "", "x", "Budi"],
        &["=2", "Klinik Alvi", "", "", "x", "Citra", "", ""],
        &["=3", "Pustu Ngatri", "x", "idem", "", "", "", ""],
    ]);
    assert_eq!(slots(&beside)[..3], expected);
    assert_eq!(slots(&beside)[3], "Pustu Ngatri 2023-01 Ani");
    assert_eq!(beside.issues, ["Lembar!D6 reading"]);
    let mut apart = page(
        "Lembar",
        &[
            TITLE,
            PLAN,
            &["No", "Nama Faskes", "Bulan", "", "", "Petugas", "", ""],
            &["", "", "Jan", "Feb", "Mar", "Jan", "Feb", "Mar"],
            &["=1", "Apotek Alvi", "x", "", "x", "Ani", "", "Budi"],
            &["=2", "Klinik Alvi", "", "x", "", "", "Citra", ""],
        ],
    );
    apart.merges = vec![[2, 2, 2, 4], [2, 5, 2, 7]];
    let apart = super::import("jadwal.xlsx", &[apart]);
    assert_eq!(slots(&apart), expected);
}

#[test]
fn a_list_of_days_names_the_person_of_each() {
    for heading in ["Petugas", "Penanggung Jawab", "PJ", "Pelaksana"] {
        let found = sheet(&[
            TITLE,
            &["JADWAL PEMBINAAN BULAN JUNI 2023"],
            &["No", "Tanggal", "Nama Faskes", heading],
            &["=1", "3 Juni 2023", "Apotek Alvi", "Ani"],
            &["=2", "5 Juni 2023", "Klinik Alvi", "Budi"],
            &["=3", "20 Juni 2023", "Klinik Alvi", "Citra"],
            &["=4", "21 Juni 2023", "Klinik Alvi", "Budi"],
        ]);
        let expected = ["Apotek Alvi 2023-06 Ani", "Klinik Alvi 2023-06 Budi, Citra"];
        assert_eq!(slots(&found), expected, "{heading}: {:?}", found.receipt);
    }
}

#[test]
fn the_latest_word_on_a_person_counts_and_a_blank_says_nothing() {
    let store = super::store();
    let plan = |name, person| {
        let head: &[&str] = &["No", "Nama Faskes", "Jan", "Feb", "Mar", "PJ"];
        file(name, &[page("Lembar", &[TITLE, PLAN, head, &["=1", "Apotek Alvi", "x", "", "", person]])])
    };
    let person = || facts(&store).slots[0].person.clone();
    for (name, said, counts) in [("a.xlsx", "Ani", "Ani"), ("b.xlsx", "Budi", "Budi"), ("c.xlsx", "", "Budi")] {
        let receipts = run(&store, &[plan(name, said)]);
        assert_eq!(receipts[0].errors().count(), 0, "{receipts:?}");
        assert_eq!(person().as_deref(), Some(counts), "{name}");
    }
}

fn change_of(heading: &str, reasons: [&str; 2]) -> Brought {
    let store = super::store();
    let head: &[&str] = &["No", "Nama Faskes", "Jan", "Feb", "Mar", "Apr"];
    let plan = page("Lembar", &[TITLE, PLAN, head, &["=1", "Apotek Alvi", "x", "x", "", ""]]);
    run(&store, &[file("jadwal.xlsx", &[plan])]);
    let rows: &[&[&str]] = &[
        TITLE,
        &["PERUBAHAN JADWAL TAHUN 2023"],
        &["No", "Jaringan/Jejaring", "Jadwal Pelaksanaan", "Perubahan Jadwal", heading],
        &["=1", "Apotek Alvi", "Januari 2023", "Maret 2023", reasons[0]],
        &["=2", "Apotek Alvi", "Februari 2023", "Dibatalkan", reasons[1]],
    ];
    let receipt = run(&store, &[file("perubahan.xlsx", &[page("Lembar", rows)])]).remove(0);
    let issues = receipt.issues.iter().map(|issue| format!("{}!{} {}", issue.sheet, issue.cell, issue.code)).collect();
    Brought { facts: Vec::new(), receipt, issues, store }
}

#[test]
fn the_remark_of_a_change_is_its_reason() {
    for heading in ["Ket.", "Ket", "Keterangan", "ALASAN", "Alasan Perubahan", "Sebab", "Keterangan (alasan)"] {
        let found = change_of(heading, ["Permintaan klinik", "PJ cuti"]);
        let expected = ["2023-01 2023-03 Permintaan klinik", "2023-02 batal PJ cuti"];
        assert_eq!(changes(&found), expected, "{heading}");
        assert_eq!(found.issues, [""; 0], "{heading}");
    }
    assert_eq!(changes(&change_of("Ket.", ["", "-"])), ["2023-01 2023-03 -", "2023-02 batal -"]);
    let ditto = change_of("Ket.", ["Permintaan klinik", "sda"]);
    assert_eq!(changes(&ditto), ["2023-01 2023-03 Permintaan klinik", "2023-02 batal Permintaan klinik"]);
    assert_eq!(ditto.issues, ["Lembar!E5 reading"]);
}

#[test]
fn a_list_of_days_below_another_title_is_asked_about() {
    let below = |title: &'static str| {
        sheet(&[
            TITLE,
            &[title],
            &["No", "Tanggal", "Nama Posyandu", "Petugas"],
            &["=1", "3 Juni 2023", "Apotek Alvi", "Ani"],
        ])
    };
    assert_eq!(slots(&below("JADWAL SUPERVISI BULAN JUNI 2023")), ["Apotek Alvi 2023-06 Ani"]);
    let other = below("JADWAL POSYANDU BULAN JUNI 2023");
    assert_eq!(slots(&other), [""; 0]);
    assert!(other.receipt.issues.iter().any(|issue| issue.message.contains("\"posyandu\"")), "{:?}", other.receipt);
}

#[test]
fn a_plan_may_say_whom_it_is_for() {
    let found = sheet(&[
        TITLE,
        PLAN,
        &["No", "Nama Faskes", "Sasaran", "Jan", "Feb", "Mar", "Petugas"],
        &["=1", "Apotek Alvi", "Apoteker", "x", "", "x", "Ani"],
    ]);
    assert_eq!(slots(&found), ["Apotek Alvi 2023-01 Ani", "Apotek Alvi 2023-03 Ani"], "{:?}", found.receipt);
}

#[test]
fn letters_of_a_team_are_the_persons_of_its_legend() {
    let legend: &[&str] = &["", "Ket : A = dr. Sari, Sp.A, B = bidan Rina"];
    let beside = sheet(&[
        TITLE,
        PLAN,
        &["No", "Nama Faskes", "Penanggung Jawab", "Jan", "Feb", "Mar", "Apr"],
        &["=1", "Apotek Alvi", "A", "x", "", "x", ""],
        &["=2", "Klinik Alvi", "A/B", "", "x", "", ""],
        &["=3", "Pustu Ngatri", "Budi", "", "", "", "x"],
        &[],
        legend,
    ]);
    let expected = [
        "Apotek Alvi 2023-01 dr. Sari, Sp.A",
        "Apotek Alvi 2023-03 dr. Sari, Sp.A",
        "Klinik Alvi 2023-02 dr. Sari, Sp.A, bidan Rina",
        "Pustu Ngatri 2023-04 Budi",
    ];
    assert_eq!(slots(&beside), expected, "{:?}", beside.receipt);
    let told = &beside.receipt.issues[0];
    assert_eq!((told.cell.as_str(), told.code), ("C4", "reading"), "{told:?}");
    assert!(told.message.contains("A = dr. Sari, Sp.A, B = bidan Rina"), "{told:?}");

    // Letters below the months say who goes there.
    let below = sheet(&[
        TITLE,
        PLAN,
        &["No", "Nama Faskes", "Jan", "Feb", "Mar", "Apr"],
        &["=1", "Apotek Alvi", "Tim A", "", "B", ""],
        &[],
        &["", "Tim A", ":", "dr. Sari"],
        &["", "Tim B", ":", "bidan Rina"],
    ]);
    assert_eq!(
        slots(&below),
        ["Apotek Alvi 2023-01 dr. Sari", "Apotek Alvi 2023-03 bidan Rina"],
        "{:?}",
        below.receipt
    );
}
