//! Two columns that may be one fact: the day that was planned beside the one on which it took place, sent beside received,
//! last year's score beside this year's, a word beside a day.

use super::{Brought, import, page, sheet};
use crate::import::facts;

const TITLE: &[&str] = &["UPT PUSKESMAS ABCDE"];
const MAY: &[&str] = &["REKAP PEMBINAAN BULAN MEI 2023"];

fn issues(found: &Brought, code: &str) -> usize {
    found.issues.iter().filter(|issue| issue.ends_with(code)).count()
}

#[test]
fn the_day_on_which_a_visit_took_place_counts() {
    let visits = |heads: [&str; 2], days: [&str; 2]| {
        sheet(&[
            TITLE,
            MAY,
            &["No", "Nama Faskes", heads[0], heads[1], "Petugas", "Skor", "Skor Maks"],
            &["=1", "Apotek Alvi", days[0], days[1], "Rina", "=80", "=100"],
        ])
    };
    for heads in [["Tgl Rencana", "Tgl Realisasi"], ["Tanggal", "Tanggal Pelaksanaan"], ["Rencana", "Realisasi"]] {
        let found = visits(heads, ["@2023-05-05", "@2023-05-07"]);
        assert_eq!(found.facts, ["Apotek Alvi: pembinaan 2023-05-07  80/100"], "{heads:?} {:?}", found.receipt);
        let turned = visits([heads[1], heads[0]], ["@2023-05-07", "@2023-05-05"]);
        assert_eq!(turned.facts, ["Apotek Alvi: pembinaan 2023-05-07  80/100"], "{heads:?} {:?}", turned.receipt);
    }
}

#[test]
fn days_below_one_heading_are_told_apart() {
    let head: &[&str] = &["No", "Nama Faskes", "Tanggal", "", "Skor", "Skor Maks"];
    let visits = sheet(&[
        TITLE,
        MAY,
        head,
        &["", "", "Rencana", "Pelaksanaan", "", ""],
        &["=1", "Apotek Alvi", "@2023-05-05", "@2023-05-07", "=80", "=100"],
        &["=2", "Klinik Alvi", "@2023-05-09", "", "", ""],
    ]);
    assert_eq!(visits.facts, ["Apotek Alvi: pembinaan 2023-05-07  80/100"], "{:?}", visits.receipt);
    assert_eq!(issues(&visits, "missing_value"), 0, "{:?}", visits.receipt);
}

#[test]
fn the_day_on_which_a_report_came_counts() {
    let reports = |heads: [&str; 2], days: [&str; 2]| {
        sheet(&[
            TITLE,
            &["BUKU LAPORAN TAHUN 2023"],
            &["No", "Laporan Bulan", "Nama Faskes", heads[0], heads[1]],
            &["=1", "Januari", "Apotek Alvi", days[0], days[1]],
            &["=2", "\"", "Klinik Alvi", days[0], days[1]],
        ])
    };
    let expected = ["Apotek Alvi: laporan 2023-01 2023-02-03", "Klinik Alvi: laporan 2023-01 2023-02-03"];
    for heads in [["Tgl Kirim", "Tgl Terima"], ["Tanggal Dikirim", "Tanggal Diterima"]] {
        assert_eq!(reports(heads, ["@2023-02-01", "@2023-02-03"]).facts, expected, "{heads:?}");
        assert_eq!(reports([heads[1], heads[0]], ["@2023-02-03", "@2023-02-01"]).facts, expected, "{heads:?}");
    }
}

#[test]
fn a_status_yields_to_the_day_beside_it() {
    for [word, day] in [["Selesai (Ya/Tidak)", "Tgl Selesai"], ["Status", "Tanggal Selesai"]] {
        let found = sheet(&[
            TITLE,
            &["MONITORING RTL BULAN AGUSTUS 2023"],
            &["No", "Tgl Pembinaan", "Nama Faskes", "Uraian RTL", "Tenggat", word, day],
            &["=1", "@2023-08-05", "Apotek Alvi", "Isi kohort", "@2023-08-31", "Ya", "@2023-08-20"],
            &["=2", "@2023-08-06", "Klinik Alvi", "Revisi SPO", "@2023-09-06", "Tidak", ""],
        ]);
        let done: Vec<Option<String>> =
            facts(&found.store).follow_ups.iter().map(|row| row.done.map(|day| day.to_string())).collect();
        assert_eq!(done, [Some("2023-08-20".to_owned()), None], "{:?}", found.receipt);
        assert_eq!(issues(&found, "reading"), 0, "{:?}", found.receipt);
    }
}

#[test]
fn of_two_scores_the_tables_year_or_the_new_one_counts() {
    let scores = |heads: [&str; 2]| {
        sheet(&[
            TITLE,
            &["REKAP PEMBINAAN TAHUN 2023"],
            &["No", "Nama Faskes", "Tanggal Pembinaan", heads[0], heads[1]],
            &["=1", "Apotek Alvi", "@2023-02-04", "=70", "=82"],
        ])
    };
    for heads in [["Skor 2022", "Skor 2023"], ["Skor Lama", "Skor Baru"], ["Nilai Tahun 2022", "Nilai Tahun 2023"]] {
        let found = scores(heads);
        assert_eq!(found.facts, ["Apotek Alvi: pembinaan 2023-02-04  82/100"], "{heads:?} {:?}", found.receipt);
    }
    for heads in [["Skor 2021", "Skor 2022"], ["Skor Semester I", "Skor Semester II"]] {
        let found = scores(heads);
        assert_eq!(found.facts, ["Apotek Alvi: pembinaan 2023-02-04  -/-"], "{heads:?} {:?}", found.receipt);
        assert_eq!(issues(&found, "unknown_value"), 1, "{heads:?} {:?}", found.receipt);
    }
}

#[test]
fn several_kinds_of_reports_are_asked_about() {
    let merged = page(
        "Lembar",
        &[
            TITLE,
            &["PENERIMAAN LAPORAN BULAN MEI 2023"],
            &["No", "Nama Faskes", "Tanggal Terima", "", ""],
            &["", "", "LB1", "LB3 KIA", "LB4"],
            &["=1", "Apotek Alvi", "3/6/2023", "4/6/2023", "5/6/2023"],
        ],
    );
    let unmerged = import("rekap.xlsx", std::slice::from_ref(&merged));
    let merged = import("rekap.xlsx", &[merged.merged(&[[2, 2, 2, 4]])]);
    let down = sheet(&[
        TITLE,
        &["REKAP LAPORAN BULAN MEI 2023"],
        &["No", "Nama Faskes", "Jenis Laporan", "Tgl Terima"],
        &["=1", "Apotek Alvi", "LB1", "@2023-06-03"],
        &["", "", "LB3", "@2023-06-07"],
        &["=2", "Klinik Alvi", "LB1", "@2023-06-04"],
        &["", "", "LB3", ""],
    ]);
    for found in [merged, unmerged, down] {
        assert_eq!(found.facts, [""; 0], "{:?}", found.receipt);
        assert!(found.receipt.issues.iter().any(|issue| issue.message.contains("LB3")), "{:?}", found.receipt);
    }
}

#[test]
fn several_groups_over_one_row_a_facility_are_tables_of_their_own() {
    let rows: &[&[&str]] = &[
        TITLE,
        &["REKAP KINERJA JEJARING BULAN MEI 2023"],
        &["No", "Nama Faskes", "PEMBINAAN", "", "", "LOKMIN", "", "LAPORAN BULANAN"],
        &["", "", "Tanggal", "Skor", "Skor Maks", "Diundang", "Hadir", "Tgl Terima"],
        &["=1", "Apotek Alvi", "@2023-05-06", "=40", "=50", "v", "v", "@2023-06-03"],
        &["=2", "Klinik Alvi", "", "", "", "v", "-", ""],
    ];
    let merged = page("Lembar", rows).merged(&[[2, 2, 2, 4], [2, 5, 2, 6]]);
    let found = import("rekap.xlsx", &[merged]);
    let expected = [
        "Apotek Alvi: laporan 2023-05 2023-06-03",
        "Apotek Alvi: lokmin 2023-05 hadir",
        "Apotek Alvi: pembinaan 2023-05-06  40/50",
        "Klinik Alvi: lokmin 2023-05 tidak",
    ];
    assert_eq!(found.facts, expected, "{:?}", found.receipt);
}

#[test]
fn another_village_than_the_registers_is_asked_about() {
    let register = page(
        "Register",
        &[
            &["DAFTAR IDENTIFIKASI TAHUN 2023"],
            TITLE,
            &["No", "Nama", "Jenis", "Desa"],
            &["=1", "Posyandu Melati", "Posyandu", "Cikadu"],
        ],
    );
    let visits = page(
        "Mei",
        &[
            TITLE,
            MAY,
            &["No", "Tanggal", "Desa", "Nama Faskes", "Skor", "Skor Maks"],
            &["=1", "@2023-05-06", "Ds. Cikadu", "Posyandu Melati", "=80", "=100"],
            &["=2", "@2023-05-07", "Mekarjaya", "Posyandu Melati", "=70", "=100"],
        ],
    );
    let found = import("rekap.xlsx", &[register, visits]);
    assert_eq!(found.facts, ["Posyandu Melati: pembinaan 2023-05-06  80/100"], "{:?}", found.receipt);
    assert!(found.issues.contains(&"Mei!D5 unknown_facility".to_owned()), "{:?}", found.issues);
}
