//! Days that leave out what their column or banner says: in plans and attendances of a year, in a month's visits.

use super::{Brought, sheet};

const MONTHS: &[&str] =
    &["No", "Nama Faskes", "Jan", "Peb", "Mar", "Apr", "Mei", "Jun", "Jul", "Ags", "Sep", "Okt", "Nop", "Des"];

fn year(title: &str, rows: &[&[&str]]) -> Brought {
    let banner: [&[&str]; 3] = [&["UPT PUSKESMAS ABCDE"], &[title], MONTHS];
    sheet(&banner.iter().chain(rows).copied().collect::<Vec<_>>())
}

#[test]
fn a_day_under_a_month_plans_a_visit() {
    let found = year(
        "JADWAL PEMBINAAN TAHUN 2023",
        &[
            &["=1", "Apotek Alvi", "=12", "", "9", "3/4", "@2023-05-20"],
            &["=2", "Klinik Alvi", "", "=30", "", "12 Mei", "x"],
            &["=3", "Pustu Ngatri", "=5", "", "=7"],
        ],
    );
    let slots = crate::import::facts(&found.store);
    let slots: Vec<String> = slots
        .slots
        .iter()
        .map(|slot| format!("{} {}", slots.facilities[slot.facility as usize].name, slot.month))
        .collect();
    let expected = [
        "Apotek Alvi 2023-01",
        "Apotek Alvi 2023-03",
        "Apotek Alvi 2023-04",
        "Apotek Alvi 2023-05",
        "Klinik Alvi 2023-05",
        "Pustu Ngatri 2023-01",
        "Pustu Ngatri 2023-03",
    ];
    assert_eq!(slots, expected, "{:?}", found.receipt);
    // There is no 30 February, and 12 May is none of April.
    assert_eq!(found.issues, ["Lembar!D5 unknown_value", "Lembar!F5 unknown_value"]);
}

#[test]
fn a_day_under_a_month_is_an_attendance() {
    let found = year(
        "DAFTAR HADIR LOKMIN TAHUN 2023",
        &[
            &["=1", "Apotek Alvi", "=12", "@2023-02-14", "-"],
            &["=2", "Klinik Alvi", "14 Januari", "x", "=31"],
            &["=3", "Pustu Ngatri", "@2023-02-14", "15/2"],
        ],
    );
    let expected = [
        "Apotek Alvi: lokmin 2023-01 hadir",
        "Apotek Alvi: lokmin 2023-02 hadir",
        "Apotek Alvi: lokmin 2023-03 tidak",
        "Klinik Alvi: lokmin 2023-01 hadir",
        "Klinik Alvi: lokmin 2023-02 tidak",
        "Klinik Alvi: lokmin 2023-03 hadir",
        "Pustu Ngatri: lokmin 2023-02 hadir",
    ];
    assert_eq!(found.facts, expected, "{:?}", found.receipt);
    assert_eq!(found.issues, ["Lembar!C6 unknown_value"]);
}

#[test]
fn a_report_comes_in_the_month_after_or_later() {
    let found = year(
        "TANGGAL PENERIMAAN LAPORAN TAHUN 2023",
        &[
            &["=1", "Apotek Alvi", "5/2", "3 Maret", "", "", "", "", "", "", "", "", "", "4/1"],
            &["=2", "Klinik Alvi", "=5", "@2023-03-02"],
        ],
    );
    let expected = [
        "Apotek Alvi: laporan 2023-01 2023-02-05",
        "Apotek Alvi: laporan 2023-02 2023-03-03",
        "Apotek Alvi: laporan 2023-12 2024-01-04",
    ];
    assert_eq!(found.facts, expected, "{:?}", found.receipt);
    // The fifth of January or of February?
    assert_eq!(found.issues, ["Lembar!C5 invalid_date"]);
    assert!(found.receipt.issues[0].message.contains("tidak pasti bulan"), "{:?}", found.receipt.issues);
}

#[test]
fn a_month_of_visits_may_name_days_alone() {
    let head: &[&str] = &["No", "Tgl", "Nama Faskes", "Bentuk", "Pembina"];
    let rows = |period: &'static str| -> Vec<&[&str]> {
        vec![
            &["UPT PUSKESMAS ABCDE"],
            match period {
                "month" => &["BULAN : MEI 2023"],
                _ => &["TAHUN 2023"],
            },
            head,
            &["=1", "=12", "Apotek Alvi", "Supervisi", "Ani"],
            &["=2", "15/5", "Klinik Alvi", "Supervisi", "Ani"],
            &["=3", "5-9", "Pustu Ngatri", "Supervisi", "Ani"],
        ]
    };
    let found = sheet(&rows("month"));
    let expected =
        ["Apotek Alvi: pembinaan 2023-05-12 Supervisi -/-", "Klinik Alvi: pembinaan 2023-05-15 Supervisi -/-"];
    assert_eq!(found.facts, expected);
    assert_eq!(found.issues, ["Lembar!B6 invalid_date"]);
    let found = sheet(&rows("year"));
    assert_eq!(
        (found.facts.as_slice(), found.issues.len()),
        (&expected[1..].iter().map(|s| (*s).to_owned()).collect::<Vec<_>>()[..], 2)
    );
}

#[test]
fn a_plan_may_say_whom_it_is_for_in_a_column_called_sasaran() {
    let found = sheet(&[
        &["UPT PUSKESMAS ABCDE"],
        &["JADWAL PEMBINAAN TAHUN 2023"],
        &["No", "Nama Faskes", "Sasaran", "Jan", "Feb", "Mar", "Apr", "Ket"],
        &["=1", "Apotek Alvi", "Apoteker", "x", "", "", "√"],
        &["=2", "Klinik Alvi", "Dokter", "", "x"],
    ]);
    assert_eq!(found.issues, [] as [&str; 0]);
    assert_eq!(found.receipt.sheets[0].table, "schedule");
    assert_eq!(crate::import::facts(&found.store).slots.len(), 3);
}
