//! Marks and rows that mean two things are asked about, and what only looks doubtful is read: crosses without a tick, one
//! mark over several months, rows of men and women, a report before its month's end, the first month of a year.

use super::{Brought, Page, import, page, sheet};
use crate::import::facts;

const TITLE: &[&str] = &["UPT PUSKESMAS ABCDE"];

fn messages(found: &Brought) -> String {
    found.receipt.issues.iter().map(|issue| issue.message.as_str()).collect::<Vec<_>>().join(" | ")
}

fn slots(found: &Brought) -> Vec<String> {
    let facts = facts(&found.store);
    let name = |facility: u32| facts.facilities[facility as usize].name.clone();
    facts.slots.iter().map(|slot| format!("{} {}", name(slot.facility), slot.month)).collect()
}

#[test]
fn crosses_alone_say_nothing_of_who_came() {
    let attendance = |yes: &'static str, no: &'static str| {
        sheet(&[
            TITLE,
            &["KEHADIRAN LOKMIN TAHUN 2023"],
            &["No", "Nama Faskes", "Jan", "Feb", "Mar"],
            &["=1", "Pustu Ngatri", yes, no, yes],
            &["=2", "Klinik Alvi", no, yes, yes],
        ])
    };
    let found = attendance("x", "");
    assert_eq!(found.facts, [""; 0]);
    assert!(messages(&found).contains("tulis √ pada yang hadir dan - pada yang diundang"), "{}", messages(&found));
    let obeyed = attendance("√", "-");
    assert_eq!((obeyed.facts.len(), obeyed.facts.iter().filter(|fact| fact.ends_with("hadir")).count()), (6, 4));
    // Beside ticks a cross denies.
    assert_eq!(attendance("√", "x").facts, obeyed.facts);
}

#[test]
fn one_mark_over_several_months_is_asked_about() {
    let rows: &[&[&str]] = &[
        TITLE,
        &["JADWAL PEMBINAAN TAHUN 2023"],
        &["No", "Nama Faskes", "Jan", "Feb", "Mar", "Apr"],
        &["=1", "Pustu Ngatri", "√", "", "", ""],
        &["=2", "Klinik Alvi", "", "√", "", "√"],
    ];
    let bar = import("rekap.xlsx", &[Page { merges: vec![[3, 2, 3, 4]], ..page("Jadwal", rows) }]);
    assert_eq!(slots(&bar), ["Klinik Alvi 2023-02", "Klinik Alvi 2023-04"], "{:?}", bar.receipt);
    let asked =
        "satu tanda di sel gabungan Januari–Maret, tidak jelas satu kunjungan atau setiap bulan; pisahkan selnya";
    assert!(messages(&bar).contains(asked), "{}", messages(&bar));
    // Unmerged, the mark is of its own month.
    assert_eq!(slots(&import("rekap.xlsx", &[page("Jadwal", rows)])).len(), 3);
}

#[test]
fn rows_of_men_and_women_are_no_figure_of_the_facility() {
    let figures = |rows: [&[&str]; 2]| {
        let [one, other] = rows;
        sheet(&[
            TITLE,
            &["CAPAIAN PENDERITA HIPERTENSI (HT) BULAN MEI 2023"],
            &["No", "Nama Faskes", "JK", "Sasaran", "Capaian"],
            one,
            other,
            &["=2", "Klinik Alvi", "L", "=15", "=7"],
            &["", "", "P", "=16", "=8"],
        ])
    };
    let found = figures([&["=1", "Pustu Ngatri", "L", "=20", "=10"], &["", "", "P", "=22", "=11"]]);
    assert_eq!(found.facts, [""; 0], "{:?}", found.receipt);
    assert!(messages(&found).contains("jumlahkan menjadi satu baris"), "{}", messages(&found));
    let obeyed = sheet(&[
        TITLE,
        &["CAPAIAN PENDERITA HIPERTENSI (HT) BULAN MEI 2023"],
        &["No", "Nama Faskes", "Sasaran", "Capaian"],
        &["=1", "Pustu Ngatri", "=42", "=21"],
        &["=2", "Klinik Alvi", "=31", "=15"],
    ]);
    assert_eq!(obeyed.facts, ["Klinik Alvi: HT 2023-05 15/31", "Pustu Ngatri: HT 2023-05 21/42"]);
}

#[test]
fn almost_done_is_not_done() {
    let found = sheet(&[
        TITLE,
        &["RTL PEMBINAAN TAHUN 2023"],
        &["No", "Tanggal Pembinaan", "Nama Faskes", "RTL", "Batas Waktu", "Status"],
        &["=1", "3 Mei 2023", "Pustu Ngatri", "Isi kartu", "30 Juni 2023", "Hampir selesai"],
        &["=2", "4 Mei 2023", "Klinik Alvi", "Isi kartu", "30 Juni 2023", "sudah selesai"],
    ]);
    let done: Vec<bool> = facts(&found.store).follow_ups.iter().map(|row| row.done.is_some()).collect();
    assert_eq!(done, [true, false], "{:?}", found.receipt);
}

#[test]
fn a_moved_visit_of_a_listed_plan_is_told() {
    let found = sheet(&[
        TITLE,
        &["JADWAL PEMBINAAN TAHUN 2023"],
        &["No", "Hari/Tanggal", "Nama Faskes", "Petugas", "Ket"],
        &["=1", "Senin, 6 Maret 2023", "Pustu Ngatri", "Ani", "diundur ke April"],
        &["=2", "Selasa, 7 Maret 2023", "Klinik Alvi", "Ani", ""],
    ]);
    assert_eq!(slots(&found).len(), 2, "{:?}", found.receipt);
    assert!(messages(&found).contains("\"diundur ke April\" tidak dibaca"), "{}", messages(&found));
}

#[test]
fn a_report_may_come_in_the_last_days_of_its_month() {
    let reports = |january: &'static str| {
        sheet(&[
            TITLE,
            &["REKAP PENERIMAAN LAPORAN TAHUN 2023"],
            &["No", "Nama Faskes", "Januari", "Februari", "Maret"],
            &["=1", "Pustu Ngatri", january, "28 Februari 2023", "4 April 2023"],
        ])
    };
    assert_eq!(reports("28 Januari 2023").facts[0], "Pustu Ngatri: laporan 2023-01 2023-01-28");
    for early in ["3 Januari 2023", "28 Desember 2022"] {
        assert!(messages(&reports(early)).contains("sebelum bulannya berakhir"), "{early}");
    }
}

#[test]
fn the_first_month_of_a_year_is_a_table_of_months() {
    let of = |title: &'static str, mark: &'static str| {
        sheet(&[TITLE, &[title], &["No", "Nama Faskes", "Januari", "Ket"], &["=1", "Pustu Ngatri", mark, ""]])
    };
    assert_eq!(slots(&of("JADWAL PEMBINAAN TAHUN 2023", "X")), ["Pustu Ngatri 2023-01"]);
    assert_eq!(of("KEHADIRAN LOKMIN TAHUN 2023", "√").facts, ["Pustu Ngatri: lokmin 2023-01 hadir"]);
    let reports = of("PENERIMAAN LAPORAN TAHUN 2023", "3 Februari 2023");
    assert_eq!(reports.facts, ["Pustu Ngatri: laporan 2023-01 2023-02-03"], "{:?}", reports.receipt);
}

#[test]
fn the_title_may_say_the_kind_that_names_leave_out() {
    let found = sheet(&[
        TITLE,
        &["REKAP PEMBINAAN PUSTU BULAN JULI 2023"],
        &["No", "Tanggal", "Nama Faskes", "Skor", "Skor Maks"],
        &["=1", "4 Juli 2023", "Ngatri", "=8", "=10"],
    ]);
    assert_eq!(found.facts, ["Pustu Ngatri: pembinaan 2023-07-04  8/10"], "{:?}", found.receipt);
}
