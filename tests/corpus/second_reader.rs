//! Other words that a second reader found: degrees, plans and visits by other names, days planned and days held, scores
//! headed as percentages, papers of a register, the total of villages.

use super::{Brought, import, page, sheet};
use crate::import::facts;

const TITLE: &[&str] = &["UPT PUSKESMAS ABCDE"];

fn messages(found: &Brought) -> String {
    let error = found.receipt.error.as_ref().map(ToString::to_string);
    let issues = found.receipt.issues.iter().map(|issue| issue.message.clone());
    issues.chain(error).collect::<Vec<_>>().join(" | ")
}

#[test]
fn names_without_their_degrees_are_the_same() {
    let register = page(
        "Daftar",
        &[
            TITLE,
            &["DAFTAR IDENTIFIKASI TAHUN 2023"],
            &["No", "Nama Jaringan/Jejaring", "Jenis", "Nagari"],
            &["=1", "TPMB Nurhayati, S.Tr.Keb", "TPMB", "Gurun"],
            &["=2", "Pusk. Pembantu Gurun", "Pustu", "Gurun"],
        ],
    );
    let found = import(
        "rekap.xlsx",
        &[
            register,
            page(
                "Juli",
                &[
                    TITLE,
                    &["REKAP PEMBINAAN BULAN JULI 2023"],
                    &["No", "Tanggal", "Nama Faskes", "Skor", "Skor Maks"],
                    &["=1", "4 Juli 2023", "TPMB Nurhayati", "=8", "=10"],
                    &["=2", "5 Juli 2023", "Pustu Gurun", "=9", "=10"],
                ],
            ),
        ],
    );
    let read =
        ["Pusk. Pembantu Gurun: pembinaan 2023-07-05  9/10", "TPMB Nurhayati, S.Tr.Keb: pembinaan 2023-07-04  8/10"];
    assert_eq!(found.facts, read, "{:?}", found.receipt);
    assert!(facts(&found.store).facilities.iter().any(|one| one.village.as_deref() == Some("Gurun")));
}

#[test]
fn two_persons_who_differ_by_a_degree_are_two() {
    let register = page(
        "Daftar",
        &[
            TITLE,
            &["DAFTAR IDENTIFIKASI TAHUN 2023"],
            &["No", "Nama Jaringan/Jejaring", "Jenis", "Desa", "Masa Berlaku Izin"],
            &["=1", "TPMB Nurhayati, S.Tr.Keb", "TPMB", "Borong", "berlaku lama"],
            &["=2", "TPMB Nurhayati, Amd.Keb", "TPMB", "Tello", "31 Desember 2027"],
        ],
    );
    let visit = page(
        "Juli",
        &[
            TITLE,
            &["REKAP PEMBINAAN BULAN JULI 2023"],
            &["No", "Tanggal", "Nama Faskes", "Skor", "Skor Maks"],
            &["=1", "4 Juli 2023", "TPMB Nurhayati", "=8", "=10"],
        ],
    );
    let found = import("rekap.xlsx", &[register, visit]);
    assert_eq!(found.facts, [""; 0], "{:?}", found.receipt);
    let facts = facts(&found.store);
    let registered = facts.facilities.iter().filter(|one| one.name.starts_with("TPMB Nurhayati"));
    // A licence that nobody can date keeps no facility out.
    assert_eq!(registered.count(), 2, "{:?}", found.receipt);
    assert!(
        messages(&found).contains("unknown") || messages(&found).contains("mungkin maksudnya"),
        "{}",
        messages(&found)
    );
}

#[test]
fn plans_by_their_other_names() {
    for title in ["POA PEMBINAAN TAHUN 2023", "RPK PEMBINAAN JARINGAN TAHUN 2023", "TIME SCHEDULE PEMBINAAN TAHUN 2023"]
    {
        let found = sheet(&[
            TITLE,
            &[title],
            &["No", "Nama Faskes", "Jan", "Feb", "Mar"],
            &["=1", "Pustu Ngatri", "√", "", ""],
            &["=2", "Klinik Alvi", "", "", "√"],
        ]);
        assert_eq!((found.facts.len(), facts(&found.store).slots.len()), (0, 2), "{title}: {:?}", found.receipt);
    }
    for title in ["POA PEMBINAAN BULAN JULI 2023", "AGENDA PEMBINAAN BULAN JULI 2023"] {
        let found = sheet(&[
            TITLE,
            &[title],
            &["No", "Tanggal", "Nama Faskes", "Petugas"],
            &["=1", "4 Juli 2023", "Pustu Ngatri", "Ani"],
            &["=2", "5 Juli 2023", "Klinik Alvi", "Ani"],
        ]);
        assert_eq!((found.facts.len(), facts(&found.store).slots.len()), (0, 2), "{title}: {:?}", found.receipt);
    }
}

#[test]
fn what_did_not_take_place_is_no_visit() {
    let days = |one: &'static str, other: &'static str| {
        sheet(&[
            TITLE,
            &["REKAP PEMBINAAN BULAN JULI 2023"],
            &["No", "Nama Faskes", one, other],
            &["=1", "Pustu Ngatri", "8 Juli 2023", "10 Juli 2023"],
            &["=2", "Klinik Alvi", "9 Juli 2023", ""],
        ])
    };
    for [one, other] in [["Tanggal Rencana", "Tanggal Realisasi"], ["Rencana Tanggal", "Realisasi Tanggal"]] {
        let found = days(one, other);
        assert_eq!(found.facts, ["Pustu Ngatri: pembinaan 2023-07-10  -/-"], "{one}: {:?}", found.receipt);
    }
    let planned = days("Tanggal Rencana", "Catatan");
    assert_eq!(planned.facts, [""; 0], "{:?}", planned.receipt);
    let ticked = sheet(&[
        TITLE,
        &["REKAP PEMBINAAN BULAN JULI 2023"],
        &["No", "Tanggal", "Nama Faskes", "Petugas", "Dikunjungi", "Tidak Dikunjungi"],
        &["=1", "8 Juli 2023", "Pustu Ngatri", "Ani", "√", ""],
        &["=2", "9 Juli 2023", "Klinik Alvi", "Ani", "", "√"],
    ]);
    assert_eq!(ticked.facts, ["Pustu Ngatri: pembinaan 2023-07-08  -/-"], "{:?}", ticked.receipt);
    let undone = sheet(&[
        TITLE,
        &["PEMBINAAN YANG BELUM DILAKSANAKAN BULAN JULI 2023"],
        &["No", "Tanggal", "Nama Faskes", "Petugas", "Bentuk"],
        &["=1", "8 Juli 2023", "Pustu Ngatri", "Ani", "Supervisi"],
    ]);
    assert_eq!(undone.facts, [""; 0], "{:?}", undone.receipt);
}

#[test]
fn a_score_may_be_headed_as_a_percentage() {
    for heading in ["Hasil (%)", "% Kepatuhan", "Tingkat Kepatuhan"] {
        let found = sheet(&[
            TITLE,
            &["REKAP PEMBINAAN BULAN JULI 2023"],
            &["No", "Tanggal", "Nama Faskes", "Petugas", heading],
            &["=1", "4 Juli 2023", "Pustu Ngatri", "Ani", "=80"],
            &["=2", "5 Juli 2023", "Klinik Alvi", "Ani", "=85"],
        ]);
        let read = ["Klinik Alvi: pembinaan 2023-07-05  85/100", "Pustu Ngatri: pembinaan 2023-07-04  80/100"];
        assert_eq!(found.facts, read, "{heading}: {:?}", found.receipt);
    }
}

#[test]
fn a_row_with_the_name_of_the_puskesmas_below_villages_is_their_sum() {
    let register = page(
        "Daftar",
        &[
            TITLE,
            &["DAFTAR IDENTIFIKASI TAHUN 2023"],
            &["No", "Nama Jaringan/Jejaring", "Jenis", "Desa"],
            &["=1", "Pustu Abcde", "Pustu", "Abcde"],
            &["=2", "Pustu Gurun", "Pustu", "Gurun"],
        ],
    );
    let figures = page(
        "Juli",
        &[
            TITLE,
            &["CAPAIAN K6 BULAN JULI 2023"],
            &["No", "Desa", "Sasaran", "Capaian"],
            &["=1", "Gurun", "=20", "=9"],
            &["", "ABCDE", "=20", "=9"],
        ],
    );
    let found = import("rekap.xlsx", &[register, figures]);
    assert_eq!(found.facts, ["Pustu Gurun: K6 2023-07 9/20"], "{:?}", found.receipt);
}

#[test]
fn january_in_the_recap_of_december_is_of_the_next_year() {
    let found = sheet(&[
        TITLE,
        &["REKAP PEMBINAAN BULAN DESEMBER 2023"],
        &["No", "Tanggal", "Nama Faskes", "Skor", "Skor Maks"],
        &["=1", "10/12/2023", "Pustu Ngatri", "=8", "=10"],
        &["=2", "6 Januari", "Klinik Alvi", "=8", "=10"],
    ]);
    assert!(found.facts.contains(&"Klinik Alvi: pembinaan 2024-01-06  8/10".to_owned()), "{:?}", found.facts);
}
