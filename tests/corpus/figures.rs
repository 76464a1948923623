//! Capaian as it is kept in other ways than the template's: rows of Target and Realisasi, parts with titles of their own,
//! villages beside facilities, thousands with a comma, indicators and months below each other. What is not certain is
//! asked, and nothing of it is a fact.

use simpul::app::import::Upload;

use super::{Page, file, import, lines, page, sheet};
use crate::import::run;

/// The year's K6 of two facilities, as it should be read.
const YEAR: [&str; 6] = [
    "Apotek Alvi: K6 2023-01 4/60",
    "Apotek Alvi: K6 2023-02 6/60",
    "Apotek Alvi: K6 2023-03 5/60",
    "Pustu Ngatri: K6 2023-01 9/120",
    "Pustu Ngatri: K6 2023-02 11/120",
    "Pustu Ngatri: K6 2023-03 8/120",
];
const TITLE: [&[&str]; 3] = [&["UPT PUSKESMAS ABCDE"], &["CAPAIAN TAHUN 2023"], &["INDIKATOR : K6"]];
const MAY: [&[&str]; 2] = [&["UPT PUSKESMAS ABCDE"], &["CAPAIAN BULAN MEI 2023"]];

fn below<'r>(title: &[&'r [&'r str]], rows: &[&'r [&'r str]]) -> Vec<&'r [&'r str]> {
    title.iter().chain(rows).copied().collect()
}

#[test]
fn rows_of_target_and_result_are_one_row_a_facility() {
    for marks in [["T", "R"], ["Target", "Realisasi"], ["Target", "Capaian"]] {
        let rows: [&[&str]; 7] = [
            &["No", "Nama Faskes", "Sasaran", "", "Jan", "Feb", "Mar", "Jml"],
            &["=1", "Pustu Ngatri", "=120", marks[0], "=10", "=10", "=10", "=30"],
            &["", "", "", marks[1], "=9", "=11", "=8", "=28"],
            &["=2", "Apotek Alvi", "=60", marks[0], "=5", "=5", "=5", "=15"],
            &["", "", "", marks[1], "=4", "=6", "=5", "=15"],
            &["", "Jumlah", "=180", marks[0], "=15", "=15", "=15", "=45"],
            &["", "", "", marks[1], "=13", "=17", "=13", "=43"],
        ];
        let found = sheet(&below(&TITLE, &rows));
        assert_eq!(found.facts, YEAR, "{marks:?}");
        assert_eq!(found.issues, ["Lembar!D5 reading"], "{marks:?}");
    }
}

#[test]
fn rows_of_whom_and_how_many_are_pairs() {
    let rows: [&[&str]; 8] = [
        &["No", "Nama Faskes", "Uraian", "Jan", "Feb", "Mar"],
        &["=1", "Pustu Ngatri", "S", "=120", "=120", "=120"],
        &["", "", "C", "=9", "=11", "=8"],
        &["", "", "%", "=7.5", "=9.2", "=6.7"],
        &["=2", "Apotek Alvi", "S", "=60", "=60", "=60"],
        &["", "", "C", "=4", "=6", "=5"],
        &["", "", "%", "=7", "=10", "=8"],
        &["", "S = Sasaran, C = Capaian"],
    ];
    assert_eq!(sheet(&below(&TITLE, &rows)).facts, YEAR);
    let of_month: [&[&str]; 5] = [
        &["No", "Nama Faskes", "Uraian", "K6", "HT"],
        &["=1", "Pustu Ngatri", "Sasaran", "=120", "=800"],
        &["", "", "Capaian", "=9", "=60"],
        &["=2", "Apotek Alvi", "Sasaran", "=60", "=300"],
        &["", "", "Capaian", "=4", "=20"],
    ];
    let found = sheet(&below(&MAY, &of_month));
    let facts = [
        "Apotek Alvi: HT 2023-05 20/300",
        "Apotek Alvi: K6 2023-05 4/60",
        "Pustu Ngatri: HT 2023-05 60/800",
        "Pustu Ngatri: K6 2023-05 9/120",
    ];
    assert_eq!(found.facts, facts);
}

#[test]
fn rows_that_nobody_can_tell_apart_are_asked() {
    let with_sasaran = ["No", "Nama Faskes", "Sasaran", "JK", "Jan", "Feb", "Mar"];
    for (marks, has_sasaran) in [(["L", "P"], true), (["X", "Y"], true), (["Target", "Realisasi"], false)] {
        let mut rows: Vec<Vec<&str>> = vec![
            with_sasaran.to_vec(),
            vec!["=1", "Pustu Ngatri", "=120", marks[0], "=10", "=10", "=10"],
            vec!["", "", "", marks[1], "=9", "=11", "=8"],
            vec!["=2", "Apotek Alvi", "=60", marks[0], "=5", "=5", "=5"],
            vec!["", "", "", marks[1], "=4", "=6", "=5"],
        ];
        if !has_sasaran {
            for row in &mut rows {
                row.remove(2);
            }
        }
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let found = sheet(&below(&TITLE, &rows));
        assert_eq!(found.facts, [""; 0], "{marks:?}");
        assert!(found.issues[0].ends_with("unknown_table"), "{marks:?} {:?}", found.issues);
    }
}

/// Two tables below each other, the second with this title.
fn parts(title: &str) -> super::Brought {
    let rows: [&[&str]; 7] = [
        &["A. PENDERITA HIPERTENSI"],
        &["No", "Nama Faskes", "Sasaran", "Capaian"],
        &["=1", "Pustu Ngatri", "=800", "=65"],
        &[],
        &[title],
        &["No", "Nama Faskes", "Sasaran", "Capaian"],
        &["=1", "Pustu Ngatri", "=120", "=9"],
    ];
    sheet(&below(&MAY, &rows))
}

#[test]
fn a_plain_title_names_the_indicator_and_ends_the_one_before() {
    let hypertension = "Pustu Ngatri: HT 2023-05 65/800";
    for title in ["B. CAKUPAN K6 IBU HAMIL", "CAPAIAN K6", "B. K6", "INDIKATOR : K6"] {
        assert_eq!(parts(title).facts, [hypertension, "Pustu Ngatri: K6 2023-05 9/120"], "{title}");
    }
    for title in ["B. PELAYANAN ODGJ BERAT", "CAPAIAN IMUNISASI"] {
        let found = parts(title);
        assert_eq!(found.facts, [hypertension], "{title}");
        assert!(found.issues.contains(&"Lembar!A7 unknown_indicator".to_owned()), "{title} {:?}", found.issues);
    }
}

#[test]
fn titles_between_rows_name_by_name_too() {
    let rows: [&[&str]; 7] = [
        &["No", "Nama Faskes", "Sasaran", "Capaian"],
        &["A. PENDERITA HIPERTENSI"],
        &["=1", "Pustu Ngatri", "=800", "=65"],
        &["B. CAKUPAN K6 IBU HAMIL"],
        &["=1", "Pustu Ngatri", "=120", "=9"],
        &["C. PELAYANAN ODGJ"],
        &["=1", "Pustu Ngatri", "=12", "=1"],
    ];
    let found = sheet(&below(&MAY, &rows));
    assert_eq!(found.facts, ["Pustu Ngatri: HT 2023-05 65/800", "Pustu Ngatri: K6 2023-05 9/120"]);
    assert_eq!(found.issues, ["Lembar!A8 unknown_indicator"]);
}

/// A register with villages, an indicator, and a sheet of this month or year.
fn in_villages(rows: &[&[&str]]) -> (Vec<String>, Vec<String>) {
    let store = simpul::store::Store::in_memory().unwrap();
    let register: &[&[&str]] = &[
        &["UPT PUSKESMAS ABCDE"],
        &["DAFTAR IDENTIFIKASI TAHUN 2023"],
        &["No", "Nama Jaringan/Jejaring", "Jenis", "Desa"],
        &["=1", "Pustu Cikadu", "Pustu", "Cikadu"],
        &["=2", "Klinik Sehat", "Klinik", "Cikadu"],
        &["=3", "Posyandu Melati", "Posyandu", "Cikadu"],
        &["=4", "Posyandu Mawar", "Posyandu", "Cikadu"],
        &["=5", "Pustu Mekar", "Pustu", "Mekar"],
    ];
    let services: &[&[&str]] = &[
        &["INDIKATOR LAYANAN TAHUN 2023"],
        &["Kode", "Indikator", "Target (%)", "Bobot", "Arah", "Agregasi"],
        &["K6", "Cakupan K6 ibu hamil", "=100", "=1", "Naik", "Jumlah"],
        &["D/S", "Balita ditimbang", "=85", "=1", "Naik", "Jumlah"],
        &["N/D", "Balita naik berat badannya", "=85", "=1", "Naik", "Jumlah"],
        &["BGM", "Balita di bawah garis merah", "=5", "=1", "Turun", "Jumlah"],
    ];
    let upload = |name: &str, pages: &[Page<'_>]| -> Upload { file(name, pages) };
    run(&store, &[upload("daftar.xlsx", &[page("Identifikasi", register), page("Indikator", services)])]);
    let receipt = run(&store, &[upload("rekap.xlsx", &[page("Lembar", rows)])]).remove(0);
    let issues = receipt.issues.iter().map(|issue| format!("{} {}", issue.cell, issue.code)).collect();
    (lines(&store), issues)
}

#[test]
fn names_of_facilities_win_over_villages() {
    let rows: [&[&str]; 5] = [
        &["NO", "DESA", "POSYANDU", "SASARAN", "CAPAIAN"],
        &["=1", "Cikadu", "Melati", "=30", "=3"],
        &["=2", "", "Mawar", "=25", "=2"],
        &["JUMLAH", "", "", "=55", "=5"],
        &[],
    ];
    let mut all = below(&MAY, &[&["INDIKATOR : K6"]]);
    all.extend(rows);
    let (facts, issues) = in_villages(&all);
    assert_eq!(facts, ["Posyandu Mawar: K6 2023-05 2/25", "Posyandu Melati: K6 2023-05 3/30"]);
    assert_eq!(issues, ["C4 reading"]);
}

#[test]
fn a_village_above_its_facilities_is_their_sum() {
    let with = |village: &'static str, heading: &'static str| {
        let rows: [&[&str]; 6] = [
            &["NO", heading, "SASARAN", "Jan", "Feb", "Mar"],
            &["=1", "DESA CIKADU", village, "=60", "=62", "=65"],
            &["a.", "Pustu Cikadu", "=800", "=50", "=52", "=55"],
            &["b.", "Klinik Sehat", "=100", "=10", "=10", "=10"],
            &["", "JUMLAH", "=900", "=60", "=62", "=65"],
            &[],
        ];
        in_villages(&below(&TITLE, &rows))
    };
    for heading in ["DESA / FASKES", "NAMA FASKES"] {
        let (facts, issues) = with("=900", heading);
        assert_eq!((facts.len(), issues), (6, vec![]), "{heading}");
        assert!(facts.contains(&"Pustu Cikadu: K6 2023-01 50/800".to_owned()));
        // Its own figures are no sum: whose they are is asked, and no other row suffers.
        let (facts, issues) = with("=901", heading);
        assert_eq!((facts.len(), issues), (6, vec!["B5 unknown_facility".to_owned()]), "{heading}");
    }
}

#[test]
fn a_sum_that_contradicts_a_guess_stops_it() {
    // The second row is part of the first.
    let rows: [&[&str]; 4] = [
        &["NO", "DESA", "SASARAN", "Jan", "Feb", "Mar"],
        &["=1", "Cikadu", "=900", "=60", "=62", "=65"],
        &["=2", "Mekar", "=500", "=40", "=41", "=40"],
        &["", "JUMLAH", "=900", "=60", "=62", "=65"],
    ];
    let (facts, issues) = in_villages(&below(&TITLE, &rows));
    assert_eq!(facts, [""; 0]);
    assert_eq!(issues, ["B4 reading", "C7 total_differs"]);
}

#[test]
fn a_sum_that_was_added_wrongly_is_told() {
    for wrong in ["=91", "=1"] {
        let rows: [&[&str]; 4] = [
            &["NO", "DESA", "SASARAN", "Jan", "Feb", "Mar"],
            &["=1", "Cikadu", "=900", "=60", "=62", "=65"],
            &["=2", "Mekar", "=400", "=30", "=31", "=30"],
            &["", "JUMLAH", "=1300", wrong, "=93", "=95"],
        ];
        let (facts, issues) = in_villages(&below(&TITLE, &rows));
        assert_eq!((facts.len(), issues), (6, vec!["B4 reading".to_owned(), "D7 total_differs".to_owned()]), "{wrong}");
    }
}

#[test]
fn those_weighed_are_added_once_and_may_be_of_whom_another_is() {
    let rows: [&[&str]; 4] = [
        &["NO", "DESA", "S", "D", "N", "D/S (%)", "N/D (%)", "BGM"],
        &["=1", "Cikadu", "=100", "=70", "=50", "=70", "=71.4", "=2"],
        &["=2", "Mekar", "=50", "=40", "=30", "=80", "=75", "=1"],
        &["", "JUMLAH", "=150", "=110", "=80", "=73.3", "=72.7", "=3"],
    ];
    let (facts, issues) = in_villages(&below(&MAY, &rows));
    let read = [
        "Pustu Cikadu: D/S 2023-05 70/100",
        "Pustu Cikadu: N/D 2023-05 50/70",
        "Pustu Mekar: D/S 2023-05 40/50",
        "Pustu Mekar: N/D 2023-05 30/40",
    ];
    assert_eq!(facts, read);
    assert!(issues.contains(&"H3 missing_value".to_owned()), "{issues:?}");
    assert!(!issues.iter().any(|issue| issue.ends_with("total_differs")), "{issues:?}");
}

#[test]
fn people_are_counted_in_whole_numbers() {
    let of = |figures: [&str; 4]| {
        let [first, second, third, fourth] = figures;
        let rows: [&[&str]; 3] =
            [&["No", "Nama Faskes", "K6", ""], &["", "", "Sasaran", "Capaian"], &["=1", "Pustu Ngatri", first, second]];
        let mut all = below(&MAY, &rows);
        let last: [&str; 4] = ["=2", "Apotek Alvi", third, fourth];
        all.push(&last);
        let found = sheet(&all);
        (found.facts, found.issues)
    };
    let (facts, issues) = of(["1,250", "1,004", "=985", "=800"]);
    assert_eq!(facts, ["Apotek Alvi: K6 2023-05 800/985", "Pustu Ngatri: K6 2023-05 1004/1250"]);
    assert_eq!(issues, ["Lembar!C4 reading", "Lembar!D4 reading"]);
    // Three decimals, or thousands? And beside a fraction a comma may be one.
    for figures in [["60,000", "=9", "80,000", "=7"], ["1,250", "=9", "98,5", "=7"], ["=1.25", "=1", "=1.5", "=1"]] {
        let (facts, issues) = of(figures);
        assert_eq!(facts, [""; 0], "{figures:?}");
        assert!(issues.iter().filter(|issue| issue.ends_with("invalid_number")).count() == 2, "{figures:?} {issues:?}");
    }
}

#[test]
fn months_and_indicators_below_each_other() {
    let facts = [
        "Pustu Ngatri: HT 2023-04 9/120",
        "Pustu Ngatri: HT 2023-05 11/120",
        "Pustu Ngatri: K6 2023-04 10/120",
        "Pustu Ngatri: K6 2023-05 12/120",
    ];
    let title: [&[&str]; 2] = [&["UPT PUSKESMAS ABCDE"], &["CAPAIAN TAHUN 2023"]];
    let over: [&[&str]; 3] = [
        &["No", "Nama Faskes", "Sasaran", "K6", "", "HT", ""],
        &["", "", "", "April", "Mei", "April", "Mei"],
        &["=1", "Pustu Ngatri", "=120", "=10", "=12", "=9", "=11"],
    ];
    let under: [&[&str]; 3] = [
        &["No", "Nama Faskes", "Sasaran", "APRIL", "", "MEI", ""],
        &["", "", "", "K6", "HT", "K6", "HT"],
        &["=1", "Pustu Ngatri", "=120", "=10", "=9", "=12", "=11"],
    ];
    for rows in [over, under] {
        let sheet = page("Lembar", &below(&title, &rows)).merged(&[[2, 3, 2, 4], [2, 5, 2, 6]]);
        assert_eq!(import("rekap.xlsx", &[sheet]).facts, facts, "{rows:?}");
    }
}

#[test]
fn a_month_beside_the_count_up_to_it_is_its_own() {
    let rows: [&[&str]; 3] = [
        &["No", "Nama Faskes", "Bumil", "K6", "", ""],
        &["", "", "", "Mei", "s/d Mei", "%"],
        &["=1", "Pustu Ngatri", "=120", "=10", "=49", "=40.8"],
    ];
    let of_month = page("Lembar", &below(&MAY, &rows)).merged(&[[2, 3, 2, 5]]);
    assert_eq!(import("rekap.xlsx", &[of_month]).facts, ["Pustu Ngatri: K6 2023-05 10/120 s/d 49"]);
    let of_year: [&[&str]; 3] = [
        &["No", "Nama Faskes", "Sasaran", "Jan", "", "Feb", "", "Mar", ""],
        &["", "", "", "Bln", "Kum", "Bln", "Kum", "Bln", "Kum"],
        &["=1", "Pustu Ngatri", "=120", "=9", "=9", "=11", "=20", "=8", "=28"],
    ];
    let merges = [[3, 3, 3, 4], [3, 5, 3, 6], [3, 7, 3, 8]];
    let found = import("rekap.xlsx", &[page("Lembar", &below(&TITLE, &of_year)).merged(&merges)]);
    assert_eq!(found.facts, YEAR[3..]);
}

#[test]
fn headings_of_three_levels_and_letters_below_an_indicator() {
    let rows: [&[&str]; 4] = [
        &["No", "Nama Faskes", "PENDERITA HIPERTENSI", "", "", "", "", "", ""],
        &["", "", "SASARAN", "", "", "DILAYANI", "", "", "%"],
        &["", "", "L", "P", "L+P", "L", "P", "L+P", ""],
        &["=1", "Pustu Ngatri", "=400", "=800", "=1200", "=30", "=70", "=100", "=8.3"],
    ];
    let merges = [[2, 2, 2, 8], [3, 2, 3, 4], [3, 5, 3, 7]];
    let found = import("rekap.xlsx", &[page("Lembar", &below(&MAY, &rows)).merged(&merges)]);
    assert_eq!(found.facts, ["Pustu Ngatri: HT 2023-05 100/1200"]);
    let letters: [&[&str]; 3] = [
        &["No", "Nama Faskes", "K6", "", ""],
        &["", "", "Hamil (H)", "K6", "%"],
        &["=1", "Pustu Ngatri", "=120", "=10", "=8.3"],
    ];
    let found = import("rekap.xlsx", &[page("Lembar", &below(&MAY, &letters)).merged(&[[2, 2, 2, 4]])]);
    assert_eq!(found.facts, ["Pustu Ngatri: K6 2023-05 10/120"]);
    assert_eq!(found.issues, ["Lembar!C4 reading"]);
}

#[test]
fn two_figures_in_one_cell_are_told() {
    let rows: [&[&str]; 3] = [
        &["No", "Nama Faskes", "Jan", "Feb", "Mar"],
        &["=1", "Pustu Ngatri", "9/120", "11/120", "8/120"],
        &["=2", "Apotek Alvi", "4/60", "6/60", "5/60"],
    ];
    let found = sheet(&below(&TITLE, &rows));
    assert_eq!((found.facts, found.issues), (YEAR.map(str::to_owned).to_vec(), vec!["Lembar!C5 reading".to_owned()]));
    let turned: [&[&str]; 2] =
        [&["No", "Nama Faskes", "Jan", "Feb", "Mar"], &["=1", "Pustu Ngatri", "120/9", "120/8", "120/7"]];
    assert_eq!(sheet(&below(&TITLE, &turned)).facts, [""; 0]);
}

#[test]
fn a_year_whose_sasaran_is_called_target() {
    let with = |first: &'static str, second: &'static str| {
        let rows: [&[&str]; 3] = [
            &["No", "Nama Faskes", "Target", "Jan", "Feb", "Mar"],
            &["=1", "Pustu Ngatri", first, "=9", "=11", "=8"],
            &["=2", "Apotek Alvi", second, "=4", "=6", "=5"],
        ];
        sheet(&below(&TITLE, &rows))
    };
    let found = with("=120", "=60");
    assert_eq!((found.facts, found.issues), (YEAR.map(str::to_owned).to_vec(), vec!["Lembar!C4 reading".to_owned()]));
    let percent = with("=80", "=80");
    assert_eq!((percent.facts.len(), percent.issues), (0, vec!["Lembar!B4 invalid_number".to_owned()]));
}

#[test]
fn whom_there_is_on_a_sheet_of_its_own() {
    let of_month = |month: &str, count: &str| {
        let title = format!("CAPAIAN BULAN {month} 2023");
        let rows: [&[&str]; 4] =
            [&["UPT PUSKESMAS ABCDE"], &[&title], &["No", "Nama Faskes", "K6"], &["=1", "Pustu Ngatri", count]];
        page(if month == "JANUARI" { "JAN" } else { "FEB" }, &rows)
    };
    let whom: [&[&str]; 4] = [
        &["UPT PUSKESMAS ABCDE"],
        &["SASARAN TAHUN 2023"],
        &["No", "Nama Faskes", "Bumil", "Bulin"],
        &["=1", "Pustu Ngatri", "=120", "=115"],
    ];
    let found = import("rekap.xlsx", &[page("SASARAN", &whom), of_month("JANUARI", "=10"), of_month("FEBRUARI", "=9")]);
    assert_eq!(found.facts, ["Pustu Ngatri: K6 2023-01 10/120", "Pustu Ngatri: K6 2023-02 9/120"]);
    assert!(found.issues.iter().all(|issue| issue.ends_with("reading")), "{:?}", found.issues);
}

#[test]
fn two_years_beside_each_other() {
    let rows: [&[&str]; 3] = [
        &["No", "Nama Faskes", "2022", "", "2023", ""],
        &["", "", "Sasaran", "Capaian", "Sasaran", "Capaian"],
        &["=1", "Pustu Ngatri", "=112", "=8", "=120", "=9"],
    ];
    let mut title = MAY.to_vec();
    title.push(&["INDIKATOR : K6"]);
    let found = import("rekap.xlsx", &[page("Lembar", &below(&title, &rows)).merged(&[[3, 2, 3, 3], [3, 4, 3, 5]])]);
    assert_eq!(
        (found.facts, found.issues),
        (vec!["Pustu Ngatri: K6 2023-05 9/120".to_owned()], vec!["Lembar!C4 reading".to_owned()])
    );
}
