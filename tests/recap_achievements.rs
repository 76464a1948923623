//! Tables of achievements as coordinators keep them: an indicator a row, one Sasaran for several, villages, counts since
//! January.

use simpul::diagnostic::{Issue, IssueCode};
use simpul::domain::records::Rows;
use simpul::recap::{Context, read_table, recognise};

use crate::recap_shapes::{Grid, errors, grid, workbook};

fn context() -> Context {
    let mut context = Context::new();
    for (name, kind, village) in [
        ("Pustu Ngasem", "Pustu", "Ngasem"),
        ("Klinik Husada", "Klinik", "Ngasem"),
        ("Polindes Mojo", "Polindes", "Mojo"),
        ("Pustu Mojo", "Pustu", "Mojo"),
        ("Apotek Waras", "Apotek", "Sidomulyo"),
    ] {
        context.add_facility(name);
        context.add_place(name, Some(kind), Some(village));
    }
    for (code, name) in [
        ("K1", "Kunjungan pertama ibu hamil (K1)"),
        ("K6", "Kunjungan ibu hamil K6"),
        ("PN", "Persalinan oleh nakes di fasyankes"),
        ("D/S", "Balita ditimbang (D/S)"),
        ("ASI", "Bayi mendapat ASI Eksklusif"),
        ("HT", "Pelayanan penderita hipertensi"),
    ] {
        context.add_service(code, name);
    }
    context
}

/// Facts as `facility code month numerator/denominator`, and the issues, of sheets read in their order.
fn read(sheets: &[(&str, Grid, &[[u32; 4]])]) -> (Vec<String>, Vec<Issue>) {
    let book = workbook("capaian.xlsx", sheets);
    let found = recognise(&book);
    let mut context = context();
    let (mut facts, mut issues) = (Vec::new(), found.issues.clone());
    for table in &found.tables {
        let (recap, told) = read_table(table, &context);
        context.learn(&recap);
        issues.extend(told);
        let Rows::Achievements(rows) = recap.rows else { unreachable!("achievements") };
        let shown = |count: Option<f64>| count.map_or("-".to_owned(), |count| count.to_string());
        facts.extend(rows.iter().map(|row| {
            let row = &row.record;
            let pair = format!("{}/{}", shown(row.numerator), shown(row.denominator));
            format!("{} {} {} {pair}", row.facility, row.service, row.month.month())
        }));
    }
    (facts, issues)
}

fn one(rows: &[&[&str]]) -> (Vec<String>, Vec<Issue>) {
    read(&[("Lembar", grid(rows), &[])])
}

fn readings(issues: &[Issue]) -> Vec<&str> {
    let readings = issues.iter().filter(|issue| issue.code == IssueCode::Reading);
    readings.map(|issue| issue.cell.as_str()).collect()
}

const MAY: &[&str] = &["CAPAIAN BULAN MEI 2025"];

#[test]
fn each_row_names_its_own_indicator() {
    let (facts, issues) = one(&[
        MAY,
        &["INDIKATOR : D/S"],
        &["No", "Nama Faskes", "Indikator", "Sasaran", "Capaian"],
        &["1", "Pustu Ngasem", "D/S", "=200", "=170"],
        &["", "", "ASI Eksklusif", "=40", "=22"],
        &["2", "Pustu Mojo", "K9", "=10", "=5"],
        &["", "Jumlah", "D/S", "=200", "=170"],
        &["", "", "ASI", "=40", "=22"],
    ]);
    assert_eq!(facts, ["Pustu Ngasem D/S 5 170/200", "Pustu Ngasem ASI 5 22/40"]);
    assert_eq!(errors(&issues), [("C6", "unknown_indicator")]);
    assert_eq!(readings(&issues), ["C5"]);
}

#[test]
fn a_facility_may_stand_above_its_indicators() {
    let (facts, issues) = one(&[
        MAY,
        &["No", "Nama Faskes", "Indikator", "Sasaran", "Capaian"],
        &["A", "Pustu Ngasem"],
        &["1", "", "K1", "=88", "=7"],
        &["2", "", "K6", "=88", "=6"],
        &["B", "Pustu Lain"],
        &["1", "", "K1", "=50", "=5"],
    ]);
    assert_eq!(facts, ["Pustu Ngasem K1 5 7/88", "Pustu Ngasem K6 5 6/88"]);
    assert_eq!(errors(&issues), [("B6", "unknown_facility")]);
}

#[test]
fn one_sasaran_serves_the_indicators_beside_it() {
    let (facts, issues) = one(&[
        MAY,
        &["No", "Nama Faskes", "Sasaran", "K1", "K6", "Status"],
        &["1", "Pustu Ngasem", "=88", "=7", "=6", "baik"],
        &["", "Jumlah", "=88", "=7", "=6"],
    ]);
    assert_eq!(facts, ["Pustu Ngasem K1 5 7/88", "Pustu Ngasem K6 5 6/88"]);
    assert_eq!((errors(&issues), readings(&issues)), (vec![], vec!["C2"]));
    assert!(!issues.iter().any(|issue| issue.code == IssueCode::TotalDiffers), "{issues:?}");
}

#[test]
fn several_denominators_serve_by_whom_the_indicator_is_of() {
    let merges: &[[u32; 4]] = &[[1, 0, 2, 0], [1, 1, 2, 1], [1, 2, 1, 3], [1, 4, 1, 7], [1, 8, 1, 11]];
    let rows = grid(&[
        MAY,
        &["No", "Desa", "SASARAN", "", "K1", "", "", "", "PERSALINAN NAKES", "", "", "", "HT"],
        &["", "", "Bumil", "Bulin", "Bln lalu", "Bln ini", "Kum.", "%", "Bln lalu", "Bln ini", "Kum.", "%", "Bln ini"],
        &["1", "Ngasem", "=88", "=80", "=6", "=5", "=29", "=33", "=7", "=6", "=32", "=40", "=3"],
        &["2", "Mojo", "=70", "=64", "=6", "=6", "=27", "=38", "=4", "=3", "=19", "=29", "=3"],
        &["PUSKESMAS", "", "=158", "=144", "=12", "=11", "=56", "=35", "=11", "=9", "=51", "=35", "=6"],
    ]);
    let (facts, issues) = read(&[("PWS", rows, merges)]);
    assert_eq!(facts, ["Pustu Ngasem K1 5 5/88", "Pustu Ngasem PN 5 6/80"]);
    assert_eq!(errors(&issues), [("M2", "missing_value"), ("B5", "unknown_facility")]);
    let candidates = issues.iter().any(|issue| issue.message.contains("\"Polindes Mojo\", \"Pustu Mojo\""));
    assert!(candidates, "{issues:?}");
}

#[test]
fn villages_stand_for_their_own_facility_alone() {
    let (facts, issues) = one(&[
        &["CAPAIAN K1 PER DESA TAHUN 2025"],
        &["NO", "DESA", "SASARAN", "JAN", "FEB", "MAR", "APR", "JUMLAH", "%"],
        &["1", "Ngasem", "=88", "=5", "=5", "=7", "", "=17", "=20"],
        &["2", "Sidomulyo", "=60", "=5", "=5", "=7", "", "=17", "=20"],
        &["", "JUMLAH", "=148", "=10", "=10", "=14", "=0", "=34"],
    ]);
    assert_eq!(facts, ["Pustu Ngasem K1 1 5/88", "Pustu Ngasem K1 2 5/88", "Pustu Ngasem K1 3 7/88"]);
    assert_eq!(errors(&issues), [("B4", "unknown_facility")]);
    assert_eq!(readings(&issues), ["A1", "B2"]);
}

fn cumulative_month(title: &str, count: &str) -> Grid {
    grid(&[
        &[title],
        &["INDIKATOR : K1"],
        &["No", "Nama Faskes", "Sasaran", "Capaian", "%"],
        &["1", "Pustu Ngasem", "=88", count, ""],
    ])
}

#[test]
fn a_cumulative_month_is_the_difference_to_the_month_before() {
    let sheet = |title: &str, count: &str| cumulative_month(title, count);
    let (facts, issues) = read(&[
        ("JAN", sheet("CAPAIAN KUMULATIF S/D BULAN JANUARI 2025", "=7"), &[]),
        ("FEB", sheet("CAPAIAN KUMULATIF S/D BULAN FEBRUARI 2025", "=15"), &[]),
        ("MAR", sheet("CAPAIAN S/D MARET 2025", "=14"), &[]),
        ("APR", sheet("CAPAIAN KUMULATIF S/D BULAN APRIL 2025", "=28"), &[]),
        ("MEI", sheet("CAPAIAN KUMULATIF S/D BULAN MEI 2025", "=35"), &[]),
    ]);
    assert_eq!(facts, ["Pustu Ngasem K1 1 7/88", "Pustu Ngasem K1 2 8/88", "Pustu Ngasem K1 5 7/88"]);
    assert_eq!(errors(&issues), [("D4", "invalid_number"), ("D4", "missing_value")]);
    let (facts, _) = read(&[("MEI", sheet("CAPAIAN KUMULATIF S/D MEI 2025 (BUKAN KUMULATIF)", "=35"), &[])]);
    assert_eq!(facts, ["Pustu Ngasem K1 5 35/88"]);
}

#[test]
fn months_that_only_grow_are_asked_about() {
    let year = |title: &str, months: [&str; 4]| {
        let [jan, feb, mar, apr] = months;
        one(&[
            &[title],
            &["INDIKATOR : K1"],
            &["No", "Nama Faskes", "Sasaran", "Jan", "Feb", "Mar", "Apr"],
            &["1", "Pustu Ngasem", "=60", jan, feb, mar, apr],
        ])
    };
    let growing = ["=7", "=14", "=21", "=28"];
    let (facts, issues) = year("TAHUN 2025", growing);
    assert_eq!((facts, errors(&issues)), (vec![], vec![("B3", "invalid_number")]));
    assert!(issues.iter().any(|issue| issue.message.contains("7, 14, 21, 28 dari sasaran 60")), "{issues:?}");
    let (facts, _) = year("KUMULATIF TAHUN 2025", growing);
    assert_eq!(facts[3], "Pustu Ngasem K1 4 7/60");
    assert_eq!(year("TAHUN 2025 BUKAN KUMULATIF", growing).0[3], "Pustu Ngasem K1 4 28/60");
    // Months of a figure that is counted anew each month.
    assert_eq!(year("TAHUN 2025", ["=50", "=51", "=52", "=53"]).0.len(), 4);
    assert_eq!(year("TAHUN 2025", ["=4", "=5", "=6", "=7"]).0.len(), 4);
}

#[test]
fn what_holds_no_counts_of_months_is_refused() {
    for (heading, said) in [
        (["No", "Nama Faskes", "Sasaran", "TRIWULAN I", "TRIWULAN II"], "per triwulan"),
        (["No", "Nama Faskes", "Ket", "K1", "%"], "hanya memuat persen"),
        (["No", "Nama Faskes", "K1 (%)", "K6 (%)", "%"], "hanya memuat persen"),
    ] {
        let (facts, issues) = one(&[MAY, &heading, &["1", "Pustu Ngasem", "=88", "=20", "=30"]]);
        assert_eq!(facts, Vec::<String>::new());
        assert!(issues.iter().any(|issue| issue.message.contains(said)), "{heading:?}: {issues:?}");
    }
    let (facts, issues) = one(&[
        MAY,
        &["No", "Nama Faskes", "K1", "", "PN", ""],
        &["", "", "Target", "Realisasi", "Target", "Realisasi"],
        &["1", "Pustu Ngasem", "=100", "=20", "=88", "=30"],
    ]);
    assert_eq!(facts, ["Pustu Ngasem PN 5 30/88"]);
    assert_eq!(errors(&issues), [("C2", "invalid_number")]);
}
