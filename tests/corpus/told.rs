//! What lines and words beside the figures say: legends of marks, maxima of points, evidence in one cell, who was absent,
//! what did not take place, and days that cannot be.

use super::{Brought, import, page, sheet};
use crate::import::facts;

const TITLE: &[&str] = &["UPT PUSKESMAS ABCDE"];
const MAY: &[&str] = &["REKAP PEMBINAAN BULAN MEI 2023"];

fn has(found: &Brought, issue: &str) -> bool {
    found.issues.iter().any(|known| known == issue)
}

/// Attendance list, minutes, photos of each visit.
fn evidence(found: &Brought) -> Vec<[bool; 3]> {
    facts(&found.store).visits.iter().map(|visit| [visit.attendance_list, visit.minutes, visit.photos]).collect()
}

/// Name, whether invited and attended.
fn attendance(found: &Brought) -> Vec<(String, bool, bool)> {
    let facts = facts(&found.store);
    let name = |facility: u32| facts.facilities[facility as usize].name.clone();
    facts.lokmin.iter().map(|row| (name(row.facility), row.invited, row.attended)).collect()
}

#[test]
fn a_legend_rules_over_what_marks_mean_elsewhere() {
    let rows: &[&[&str]] = &[
        TITLE,
        MAY,
        &["No", "Tanggal", "Nama Faskes", "Daftar Hadir", "Notulen", "Foto", "Skor", "Skor Maks"],
        &["=1", "@2023-05-04", "Apotek Alvi", "x", "x", "-", "=40", "=50"],
    ];
    assert_eq!(evidence(&sheet(rows)), [[false; 3]]);
    let explained = [rows, &[&[], &["", "", "Ket: x = ada; - = tidak ada"]]].concat();
    assert_eq!(evidence(&sheet(&explained)), [[true, true, false]]);
}

#[test]
fn a_legend_rules_in_an_attendance_of_a_year_too() {
    let found = sheet(&[
        TITLE,
        &["DAFTAR HADIR LOKMIN TAHUN 2023"],
        &["No", "Nama Faskes", "Jan", "Feb", "Mar"],
        &["=1", "Apotek Alvi", "x", "x", "o"],
        &[],
        &["", "x = hadir, o = tidak hadir"],
    ]);
    let expected = ["01 hadir", "02 hadir", "03 tidak"].map(|told| format!("Apotek Alvi: lokmin 2023-{told}"));
    assert_eq!(found.facts, expected, "{:?}", found.receipt);
}

#[test]
fn who_was_absent_had_been_invited() {
    let found = sheet(&[
        TITLE,
        &["DAFTAR KEHADIRAN LOKMIN BULAN MEI 2023"],
        &["No", "Nama Jaringan/Jejaring", "Kehadiran", "Ket"],
        &["=1", "Apotek Alvi", "Hadir"],
        &["=2", "Klinik Alvi", "Tidak hadir", "sakit"],
        &["=3", "Pustu Ngatri", "izin"],
    ]);
    let of = |name: &str, attended: bool| (name.to_owned(), true, attended);
    let expected = [of("Apotek Alvi", true), of("Klinik Alvi", false), of("Pustu Ngatri", false)];
    assert_eq!(attendance(&found), expected, "{:?}", found.receipt);
    for order in [["Hadir", "Tidak Hadir"], ["Tidak Hadir", "Hadir"], ["Ya", "Tidak"]] {
        let ticks = |came: bool| if came == order[0].starts_with("Tidak") { ["", "v"] } else { ["v", ""] };
        let [came, absent] = [ticks(true), ticks(false)];
        let rows: &[&[&str]] = &[
            TITLE,
            &["KEHADIRAN LOKMIN BULAN MEI 2023"],
            &["No", "Nama Faskes", "Kehadiran", ""],
            &["", "", order[0], order[1]],
            &["=1", "Apotek Alvi", came[0], came[1]],
            &["=2", "Klinik Alvi", absent[0], absent[1]],
        ];
        let found = import("rekap.xlsx", &[page("Lembar", rows).merged(&[[2, 2, 2, 3]])]);
        assert_eq!(attendance(&found), expected[..2], "{order:?} {:?}", found.receipt);
    }
}

#[test]
fn meetings_of_several_months_side_by_side() {
    let rows: &[&[&str]] = &[
        TITLE,
        &["REKAP KEHADIRAN LOKMIN TAHUN 2023"],
        &["No", "Nama Faskes", "Jan", "", "Peb", ""],
        &["", "", "Und", "Hdr", "Und", "Hdr"],
        &["=1", "Apotek Alvi", "=1", "=2", "=1", "=0"],
        &["=2", "Klinik Alvi", "=1", "=1", "", ""],
    ];
    let found = import("rekap.xlsx", &[page("Lembar", rows).merged(&[[2, 2, 2, 3], [2, 4, 2, 5]])]);
    let expected =
        ["Apotek Alvi: lokmin 2023-01 hadir", "Apotek Alvi: lokmin 2023-02 tidak", "Klinik Alvi: lokmin 2023-01 hadir"];
    assert_eq!(found.facts, expected, "{:?}", found.receipt);
}

#[test]
fn the_day_above_a_lokmin_says_its_month() {
    let found = sheet(&[
        &["DAFTAR KEHADIRAN LOKAKARYA MINI TRIBULANAN (LINTAS SEKTOR)"],
        &["TRIWULAN II TAHUN 2023"],
        TITLE,
        &["Tanggal : 12 Juni 2023"],
        &["No", "Nama Jaringan/Jejaring", "Diundang", "Hadir"],
        &["=1", "Apotek Alvi", "v", "v"],
    ]);
    assert_eq!(found.facts, ["Apotek Alvi: lokmin 2023-06 hadir"], "{:?}", found.receipt);
}

#[test]
fn a_maximum_said_around_a_table_counts_for_it() {
    let scored = |above: &str, below: &str| {
        sheet(&[
            TITLE,
            MAY,
            &[above],
            &["No", "Tanggal", "Nama Faskes", "Skor"],
            &["=1", "@2023-05-04", "Apotek Alvi", "=4"],
            &["=2", "@2023-05-05", "Klinik Alvi", "=5"],
            &[],
            &["", below],
        ])
    };
    for (above, below, maximum) in [
        ("(Skala penilaian 1 - 5)", "", "5"),
        ("Skor maksimal daftar tilik : 40", "", "40"),
        ("", "Ket: skor maksimal 40", "40"),
    ] {
        let found = scored(above, below);
        assert!(found.facts[0].ends_with(&format!("4/{maximum}")), "{above}{below} {:?}", found.facts);
        assert_eq!(found.facts.len(), 2);
    }
    let several = scored("Skor maksimal : 40", "Nilai maksimal 50");
    assert!(several.facts[0].ends_with("-/-"), "{:?}", several.facts);
    assert!(has(&several, "Lembar!A3 unknown_value"), "{:?}", several.issues);
}

#[test]
fn a_row_of_maxima_is_no_visit() {
    let found = sheet(&[
        TITLE,
        MAY,
        &["No", "Tanggal", "Nama Faskes", "Bentuk", "Jumlah Nilai"],
        &["", "", "Skor maksimal", "", "=50"],
        &["=1", "@2023-05-04", "Apotek Alvi", "Supervisi", "=40"],
    ]);
    assert_eq!(found.facts, ["Apotek Alvi: pembinaan 2023-05-04 Supervisi 40/50"], "{:?}", found.receipt);
    assert_eq!(found.issues, ["Lembar!E3 reading"]);
}

#[test]
fn one_cell_may_name_all_evidence() {
    let found = sheet(&[
        TITLE,
        MAY,
        &["No", "Tanggal", "Nama Faskes", "Skor", "Skor Maks", "Bukti"],
        &["=1", "@2023-05-02", "Apotek Alvi", "=40", "=50", "Daftar hadir, notulen, foto"],
        &["=2", "@2023-05-03", "BPM I Made Oka", "=45", "=50", "foto"],
        &["=3", "@2023-05-04", "Klinik Alvi", "=45", "=50", "DH + foto, notulen belum"],
        &["=4", "@2023-05-05", "Pustu Ngatri", "=30", "=50", "lengkap"],
    ]);
    let expected = [[true; 3], [false, false, true], [true, false, true], [false; 3]];
    assert_eq!(evidence(&found), expected, "{:?}", found.receipt);
    assert_eq!(found.issues, ["Lembar!F7 unknown_value"]);
}

#[test]
fn a_heading_that_names_all_evidence_is_of_one_cell() {
    let found = sheet(&[
        TITLE,
        MAY,
        &["No", "Tanggal", "Nama Faskes", "Petugas", "Bukti (DH/Notulen/Foto)"],
        &["=1", "@2023-05-02", "Apotek Alvi", "Rina", "DH, foto"],
    ]);
    assert_eq!(evidence(&found), [[true, false, true]], "{:?}", found.receipt);
}

#[test]
fn short_names_of_evidence_below_one_heading() {
    let rows: &[&[&str]] = &[
        TITLE,
        MAY,
        &["No", "Tanggal", "Nama Faskes", "Skor", "Maks", "Bukti", "", "", ""],
        &["", "", "", "", "", "DH", "Not", "Foto", "Und"],
        &["=1", "@2023-05-03", "Apotek Alvi", "=40", "=50", "v", "v", "-", "v"],
    ];
    let found = import("rekap.xlsx", &[page("Lembar", rows).merged(&[[2, 5, 2, 8]])]);
    assert_eq!(evidence(&found), [[true, true, false]], "{:?}", found.receipt);
}

#[test]
fn remarks_that_no_visit_took_place() {
    let found = sheet(&[
        TITLE,
        MAY,
        &["No", "Tanggal", "Nama Faskes", "Skor", "Skor Maks", "Ket"],
        &["=1", "@2023-05-06", "Apotek Alvi", "=80", "=100", "via zoom"],
        &["=2", "@2023-05-07", "Klinik Alvi", "", "", "klinik tutup, petugas tidak ada"],
        &["=3", "@2023-05-08", "Pustu Ngatri", "=0", "=100", "belum dinilai"],
    ]);
    let expected = ["Apotek Alvi: pembinaan 2023-05-06  80/100", "Pustu Ngatri: pembinaan 2023-05-08  -/-"];
    assert_eq!(found.facts, expected, "{:?}", found.receipt);
    assert!(has(&found, "Lembar!F5 reading") && has(&found, "Lembar!F6 reading"), "{:?}", found.issues);
}

#[test]
fn days_that_cannot_be_are_refused_everywhere() {
    let year = sheet(&[
        TITLE,
        &["LAPORAN BULANAN YANG DITERIMA TAHUN 2023"],
        &["No", "Nama Faskes", "Januari", "Februari", "Desember"],
        &["=1", "Apotek Alvi", "3/2/2023", "3/2/2023", "4/1/2023"],
        &["=2", "Klinik Alvi", "5/2/2023", "5/3/2052", "4/1/2024"],
    ]);
    let expected = [
        "Apotek Alvi: laporan 2023-01 2023-02-03",
        "Klinik Alvi: laporan 2023-01 2023-02-05",
        "Klinik Alvi: laporan 2023-12 2024-01-04",
    ];
    assert_eq!(year.facts, expected, "{:?}", year.receipt);
    for cell in ["D4", "E4", "D5"] {
        assert!(has(&year, &format!("Lembar!{cell} invalid_date")), "{cell} {:?}", year.issues);
    }
    let follow_ups = sheet(&[
        TITLE,
        &["RTL BULAN MEI 2023"],
        &["No", "Tgl Pembinaan", "Nama Faskes", "RTL", "Batas Waktu", "Tgl Selesai"],
        &["=1", "@2023-05-02", "Apotek Alvi", "Isi kohort", "@2022-05-31", ""],
        &["=2", "@2023-05-03", "Klinik Alvi", "Revisi SPO", "@2023-05-31", "@2022-05-28"],
        &["=3", "@2023-05-04", "Pustu Ngatri", "Etiket", "@2023-05-31", "@2023-05-28"],
    ]);
    assert_eq!(follow_ups.facts, ["Pustu Ngatri: RTL 2023-05-04 Etiket s.d. 2023-05-31"], "{:?}", follow_ups.receipt);
    assert!(has(&follow_ups, "Lembar!E4 invalid_date") && has(&follow_ups, "Lembar!F5 invalid_date"));
}

#[test]
fn a_visit_merged_over_its_follow_ups_is_one() {
    let rows: &[&[&str]] = &[
        TITLE,
        MAY,
        &["No", "Tanggal", "Nama Faskes", "Skor", "Skor Maks", "RTL", "Batas Waktu"],
        &["=1", "@2023-05-04", "Apotek Alvi", "=70", "=100", "Buat SPO", "@2023-06-04"],
        &["", "", "", "", "", "Usul IPAL", "@2023-06-30"],
    ];
    let merged = [[3, 0, 4, 0], [3, 1, 4, 1], [3, 2, 4, 2], [3, 3, 4, 3]];
    let found = import("rekap.xlsx", &[page("Lembar", rows).merged(&merged)]);
    assert_eq!(found.facts.len(), 3, "{:?}", found.receipt);
    assert_eq!(found.issues, [""; 0], "{:?}", found.receipt);
}

#[test]
fn names_joined_in_one_cell() {
    let found = sheet(&[
        TITLE,
        MAY,
        &["No", "Tanggal", "Nama Faskes", "Petugas", "Bentuk Kegiatan"],
        &["=1", "@2023-05-04", "Apotek Alvi dan Klinik Alvi", "Rina", "Supervisi"],
        &["=2", "@2023-05-05", "Pustu Ngatri & Klinik Alvi", "Rina", "Supervisi"],
    ]);
    assert_eq!(found.facts.len(), 4, "{:?}", found.receipt);
}

#[test]
fn letters_of_a_legend_say_how_reports_came() {
    let found = sheet(&[
        TITLE,
        &["KETEPATAN LAPORAN JEJARING TAHUN 2023"],
        &["No", "Faskes", "Jan", "Feb", "Mar"],
        &["=1", "Apotek Alvi", "T", "T", "TL"],
        &["=2", "Klinik Alvi", "TL", "B", "T"],
        &[],
        &["", "T : Tepat waktu"],
        &["", "TL : Terlambat"],
        &["", "B : Belum/tidak lapor"],
    ]);
    assert_eq!(found.facts.len(), 6, "{:?}", found.receipt);
    assert!(found.facts.contains(&"Klinik Alvi: laporan 2023-02 belum diterima".to_owned()), "{:?}", found.facts);
}
