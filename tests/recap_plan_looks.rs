//! Plans of which colours and signs each say something of their own, and struck cells below single months.

use simpul::diagnostic::IssueCode;

use crate::recap_looks::{message, read_rows, slots, visited};
use crate::recap_shapes::errors;

const MONTHS: &[&str] = &["No", "Nama Faskes", "Jan", "Feb", "Mar", "Apr", "Mei", "Jun"];

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
