//! Plans of which colours and signs each say something of their own, and struck cells below single months.

use simpul::diagnostic::IssueCode;
use simpul::domain::records::{Recap, Rows};

use crate::recap_looks::{message, read_rows, slots, visited};
use crate::recap_shapes::errors;

const MONTHS: &[&str] = &["No", "Nama Faskes", "Jan", "Feb", "Mar", "Apr", "Mei", "Jun"];

/// How many facts of lokmin and reports each recap holds.
fn rows_of(recaps: &[Recap]) -> Vec<usize> {
    let count = |recap: &Recap| match &recap.rows {
        Rows::Lokmin(rows) => rows.len(),
        Rows::MonthlyReports(rows) => rows.len(),
        _ => 0,
    };
    recaps.iter().map(count).collect()
}

fn of(name: &str, month: &str) -> (String, String) {
    (name.to_owned(), month.to_owned())
}

#[test]
fn colours_plan_where_the_legend_calls_the_signs_done() {
    let (recaps, issues) = read_rows(&[
        &["JADWAL DAN PELAKSANAAN PEMBINAAN TAHUN 2025"],
        MONTHS,
        &["=1", "Pustu Ngasem", "", "√#y", "", "", "#y", ""],
        &["=2", "Klinik Alvi", "", "", "#y", "√", "", ""],
        &[],
        &["", "Ket:"],
        &["", "kuning = rencana"],
        &["", "√ = sudah dilaksanakan"],
    ]);
    let planned = [of("Pustu Ngasem", "2025-02"), of("Pustu Ngasem", "2025-05"), of("Klinik Alvi", "2025-03")];
    assert_eq!(slots(&recaps), planned, "{issues:#?}");
    assert_eq!(visited(&recaps), ["Pustu Ngasem", "Klinik Alvi"]);
    assert_eq!(errors(&issues), []);
    assert!(message(&issues, "F4", IssueCode::Reading).contains("rencananya dibaca dari warna sel"), "{issues:#?}");
}

#[test]
fn marks_in_a_colour_that_the_legend_calls_done_are_visits_too() {
    let (recaps, issues) = read_rows(&[
        &["JADWAL DAN REALISASI PEMBINAAN TAHUN 2025"],
        MONTHS,
        &["=1", "Pustu Ngasem", "x#g", "", "x#b", "", "", ""],
        &["=2", "Klinik Alvi", "", "x#g", "", "", "", ""],
        &[],
        &["", "Ket:", "#b", "Rencana, belum dilaksanakan"],
        &["", "", "#g", "Sudah dilaksanakan"],
    ]);
    let planned = [of("Pustu Ngasem", "2025-01"), of("Pustu Ngasem", "2025-03"), of("Klinik Alvi", "2025-02")];
    assert_eq!(slots(&recaps), planned, "{issues:#?}");
    assert_eq!(visited(&recaps), ["Pustu Ngasem", "Klinik Alvi"], "{issues:#?}");
}

#[test]
fn a_struck_month_takes_no_other_month_of_its_row_with_it() {
    let (recaps, issues) = read_rows(&[
        &["JADWAL PEMBINAAN TAHUN 2025"],
        MONTHS,
        &["=1", "Pustu Ngasem", "", "v~", "", "", "v", ""],
        &["=2", "Klinik Alvi", "", "", "v", "", "", ""],
    ]);
    assert_eq!(slots(&recaps), [of("Pustu Ngasem", "2025-05"), of("Klinik Alvi", "2025-03")]);
    assert_eq!(errors(&issues), [("D3", "struck_row")]);
    assert!(message(&issues, "D3", IssueCode::StruckRow).contains("bulan lain di baris ini dibaca"));
}

#[test]
fn a_legend_of_every_colour_needs_no_question_beside_what_was_done() {
    let plan = |called_off: &'static str| {
        read_rows(&[
            &["JADWAL & REALISASI PEMBINAAN TAHUN 2025"],
            MONTHS,
            &["=1", "Pustu Ngasem", "#g", "", "#b", "", "", ""],
            &["=2", "Klinik Alvi", "", "#g", "", "", called_off, ""],
            &["=3", "Pustu Kedungrejo", "", "", "", "#b", "", ""],
            &[],
            &["", "Keterangan"],
            &["", "#b", "Rencana, belum dilaksanakan"],
            &["", "#g", "Sudah dilaksanakan"],
            &["", "#r", "Batal"],
        ])
    };
    let (recaps, issues) = plan("#r");
    let mut planned = vec![
        of("Pustu Ngasem", "2025-01"),
        of("Pustu Ngasem", "2025-03"),
        of("Klinik Alvi", "2025-02"),
        of("Pustu Kedungrejo", "2025-04"),
    ];
    assert_eq!(slots(&recaps), planned, "{issues:#?}");
    assert_eq!(visited(&recaps), ["Pustu Ngasem", "Klinik Alvi"], "{issues:#?}");
    assert_eq!(errors(&issues), []);
    assert!(message(&issues, "G4", IssueCode::Reading).contains("bila tetap rencana, beri warna rencana pada sel itu"));
    let (recaps, issues) = plan("#b");
    planned.insert(3, of("Klinik Alvi", "2025-05"));
    assert_eq!(slots(&recaps), planned, "{issues:#?}");
}

#[test]
fn a_struck_cell_of_a_year_takes_its_month_alone() {
    let (recaps, issues) = read_rows(&[
        &["KEHADIRAN LOKMIN TAHUN 2025"],
        MONTHS,
        &["=1", "Pustu Ngasem", "v", "v~", "-", "", "", ""],
        &["=2", "Klinik Alvi", "v", "v", "-", "", "", ""],
        &["=3", "Pustu Kedungrejo", "v~", "v~", "-", "", "", ""],
    ]);
    assert_eq!(rows_of(&recaps), [6], "{issues:#?}");
    assert_eq!(errors(&issues), [("D3", "struck_row"), ("C5", "struck_row"), ("D5", "struck_row")]);
    assert!(message(&issues, "D3", IssueCode::StruckRow).contains("tidak dibaca sebagai kehadiran (bulan lain"));

    let (recaps, issues) = read_rows(&[
        &["LAPORAN YANG DITERIMA TAHUN 2025"],
        MONTHS,
        &["=1", "Pustu Ngasem", "4/2/2025", "7/3/2025~", "5/4/2025", "", "", ""],
        &["=2", "Klinik Alvi~", "3/2/2025", "3/3/2025", "", "", "", ""],
    ]);
    assert_eq!(rows_of(&recaps), [2], "{issues:#?}");
    assert_eq!(errors(&issues), [("D3", "struck_row"), ("B4", "struck_row")]);

    let (recaps, issues) = read_rows(&[
        &["REALISASI PEMBINAAN JARINGAN DAN JEJARING TAHUN 2025"],
        MONTHS,
        &["=1", "Pustu Ngasem", "√", "√~", "", "√", "", ""],
    ]);
    assert_eq!(visited(&recaps), ["Pustu Ngasem", "Pustu Ngasem"], "{issues:#?}");
    assert_eq!(errors(&issues), [("D3", "struck_row")]);
}
