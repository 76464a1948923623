//! Tables of achievements as coordinators keep them: an indicator a row, one Sasaran for several, villages, counts since
//! January.

use simpul::diagnostic::{Issue, IssueCode};
use simpul::domain::records::Rows;
use simpul::recap::{ReadingContext, read_table, recognise};

use crate::recap_shapes::{Grid, errors, grid, workbook};

fn context() -> ReadingContext {
    let mut context = ReadingContext::new();
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

/// Facts as `facility code month numerator/denominator`, behind `s/d` the count since January, and the issues, of sheets
/// read in their order.
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
            let since = row.accumulated.map_or(String::new(), |count| format!(" s/d {count}"));
            format!("{} {} {} {pair}{since}", row.facility, row.service, row.month.month())
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
    assert_eq!(facts, ["Pustu Ngasem K1 5 5/88 s/d 29", "Pustu Ngasem PN 5 6/80 s/d 32"]);
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

fn told(issues: &[Issue], code: IssueCode) -> Vec<&str> {
    issues.iter().filter(|issue| issue.code == code).map(|issue| issue.message.as_str()).collect()
}

#[test]
fn a_cumulative_month_is_kept_as_the_count_that_it_is() {
    let sheet = |title: &str, count: &str| cumulative_month(title, count);
    let (facts, issues) = read(&[
        ("JAN", sheet("CAPAIAN KUMULATIF S/D BULAN JANUARI 2025", "=7"), &[]),
        ("FEB", sheet("CAPAIAN KUMULATIF S/D BULAN FEBRUARI 2025", "=15"), &[]),
        ("MAR", sheet("CAPAIAN S/D MARET 2025", "=14"), &[]),
        ("MEI", sheet("CAPAIAN KUMULATIF S/D BULAN MEI 2025", "=35"), &[]),
    ]);
    let months =
        [(1, 7), (2, 15), (3, 14), (5, 35)].map(|(month, to)| format!("Pustu Ngasem K1 {month} -/88 s/d {to}"));
    assert_eq!((facts, errors(&issues)), (months.to_vec(), vec![]));
    let fell = told(&issues, IssueCode::DoubtfulNumber);
    assert!(
        fell[0].starts_with("kumulatif K1 turun dari 15 (s/d Februari 2025) menjadi 14 (s/d Maret 2025)"),
        "{fell:?}"
    );
    let readings = told(&issues, IssueCode::Reading);
    assert!(readings[1].contains("(Pustu Ngasem, K1, Februari 2025: 15 − 7 = 8)"), "{readings:?}");
    let waiting = "(capaian Mei 2025 dihitung setelah rekap kumulatif s/d April 2025 diimpor)";
    assert!(readings[3].contains(waiting), "{readings:?}");
    let (facts, _) = read(&[("MEI", sheet("CAPAIAN KUMULATIF S/D MEI 2025 (BUKAN KUMULATIF)", "=35"), &[])]);
    assert_eq!(facts, ["Pustu Ngasem K1 5 35/88"]);
}

#[test]
fn a_count_since_january_beside_the_months_own_is_compared() {
    let sheet = |month: &str, own: &str, since: &str| {
        grid(&[
            &[&format!("CAPAIAN BULAN {month} 2025")],
            &["No", "Nama Faskes", "K1", "", ""],
            &["", "", "Sasaran", "Bln ini", "Kum."],
            &["1", "Pustu Ngasem", "=88", own, since],
        ])
    };
    let merges: &[[u32; 4]] = &[[1, 0, 2, 0], [1, 1, 2, 1], [1, 2, 1, 4]];
    let year = |january: [&str; 2], february: [&str; 2]| {
        read(&[
            ("JAN", sheet("JANUARI", january[0], january[1]), merges),
            ("FEB", sheet("FEBRUARI", february[0], february[1]), merges),
        ])
    };
    let (facts, issues) = year(["=7", "=7"], ["=8", "=15"]);
    assert_eq!(facts, ["Pustu Ngasem K1 1 7/88 s/d 7", "Pustu Ngasem K1 2 8/88 s/d 15"]);
    assert_eq!(told(&issues, IssueCode::TotalDiffers), Vec::<&str>::new());
    let (facts, issues) = year(["=7", "=6"], ["=8", "=16"]);
    assert_eq!(facts[1], "Pustu Ngasem K1 2 8/88 s/d 16");
    let differs = told(&issues, IssueCode::TotalDiffers);
    assert_eq!(differs.len(), 2, "{issues:?}");
    assert!(differs[1].contains("tertulis 16, padahal 6 sampai bulan sebelumnya + 8 bulan itu = 14"), "{differs:?}");
    // What is no number there takes nothing from the month.
    assert_eq!(year(["=7", "lihat bawah"], ["=8", ""]).0, ["Pustu Ngasem K1 1 7/88", "Pustu Ngasem K1 2 8/88"]);
}

#[test]
fn months_that_only_grow_are_read_as_counts_since_january() {
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
    assert_eq!((facts[3].as_str(), errors(&issues)), ("Pustu Ngasem K1 4 -/60 s/d 28", vec![]));
    let told_of = told(&issues, IssueCode::Reading);
    let said = ["Februari 2025: 14 − 7 = 7", "7, 14, 21, 28 dari sasaran setahun 60", "tulis BUKAN KUMULATIF"];
    assert!(said.iter().all(|said| told_of[0].contains(said)), "{told_of:?}");
    let (facts, issues) = year("KUMULATIF TAHUN 2025", growing);
    assert_eq!(facts[3], "Pustu Ngasem K1 4 -/60 s/d 28");
    assert!(!told(&issues, IssueCode::Reading)[0].contains("tidak menyebut"), "{issues:?}");
    let (facts, issues) = year("TAHUN 2025 BUKAN KUMULATIF", growing);
    assert_eq!((facts[3].as_str(), readings(&issues)), ("Pustu Ngasem K1 4 28/60", vec![]));
    // Months of a figure that is counted anew each month; not steep, within a month's share, not from January on, a fall.
    for months in [
        ["=50", "=51", "=52", "=53"],
        ["=4", "=5", "=6", "=7"],
        ["=1", "=2", "=3", "=4"],
        ["", "=9", "=18", "=27"],
        ["=7", "=14", "=13", "=28"],
    ] {
        let (facts, issues) = year("TAHUN 2025", months);
        assert!(facts.iter().all(|fact| !fact.contains("s/d")), "{facts:?}");
        assert_eq!(readings(&issues), Vec::<&str>::new());
    }
}

#[test]
fn a_column_that_adds_the_months_up_says_that_they_are_months() {
    let year = |sum: &str, sasaran: &str| {
        one(&[
            &["TAHUN 2025"],
            &["INDIKATOR : K1"],
            &["No", "Nama Faskes", "Sasaran", "Jan", "Feb", "Mar", "Jumlah", "%"],
            &["1", "Pustu Ngasem", sasaran, "=3", "=6", "=9", sum, "=1"],
        ])
    };
    assert_eq!(year("=18", "=60").0[2], "Pustu Ngasem K1 3 9/60");
    assert_eq!(year("=9", "=60").0[2], "Pustu Ngasem K1 3 -/60 s/d 9");
    assert_eq!(
        year("=18", "=17").0[2],
        "Pustu Ngasem K1 3 -/17 s/d 9",
        "a sum above the year's denominator proves nothing"
    );
}

#[test]
fn many_rises_without_a_fall_speak_for_counts_since_january() {
    let year = |husada: [&str; 4]| {
        let row = |name: &'static str, [jan, feb, mar, apr]: [&'static str; 4]| ["1", name, "=600", jan, feb, mar, apr];
        let [ngasem, mojo, husada] = [
            row("Pustu Ngasem", ["=2", "=4", "=6", "=8"]),
            row("Pustu Mojo", ["=3", "=5", "=9", "=12"]),
            ["1", "Klinik Husada", "=600", husada[0], husada[1], husada[2], husada[3]],
        ];
        one(&[
            &["TAHUN 2025"],
            &["INDIKATOR : K1"],
            &["No", "Nama Faskes", "Sasaran", "Jan", "Feb", "Mar", "Apr"],
            &ngasem,
            &mojo,
            &husada,
        ])
    };
    assert_eq!(year(["=1", "=2", "=3", "=3"]).0[11], "Klinik Husada K1 4 -/600 s/d 3");
    assert_eq!(year(["=1", "=2", "=3", "=2"]).0[11], "Klinik Husada K1 4 2/600");
    assert_eq!(year(["=1", "=1", "=1", "=2"]).0[11], "Klinik Husada K1 4 2/600", "seven rises are too few");
}

#[test]
fn what_holds_no_counts_of_months_is_refused() {
    for (heading, said) in [
        (["No", "Nama Faskes", "Sasaran", "TRIWULAN I", "TRIWULAN II"], "per triwulan"),
        (["No", "Nama Faskes", "Ket", "K1", "%"], "Sasaran dan Capaian (jumlah orang)"),
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
