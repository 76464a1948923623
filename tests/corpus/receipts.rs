//! Reports whose receipt is ticked and not dated, in the ways in which coordinators tick it.

use simpul::domain::format;

use super::{Brought, sheet};
use crate::import::facts;

const TITLE: &[&str] = &["UPT PUSKESMAS ABCDE"];
const IN_TIME: &str = "tepat waktu, tanpa tanggal";
const LATE: &str = "terlambat, tanpa tanggal";
const CAME: &str = "diterima, tanpa tanggal";
const NOT_COME: &str = "belum diterima";

/// The months for which the tables of reports count as received.
fn received(found: &Brought) -> Vec<String> {
    let facts = facts(&found.store);
    let of_reports = facts.received.iter().filter(|row| row.table == simpul::domain::Table::MonthlyReports);
    of_reports.map(|row| format::received(row.received)).collect()
}

fn told(facility: &str, months: &[(&str, &str)]) -> Vec<String> {
    months.iter().map(|(month, told)| format!("{facility}: laporan 2023-{month} {told}")).collect()
}

/// A table of reports with two columns a month below these headings.
fn paired(heads: [&str; 2], legend: &str, rows: [[&str; 4]; 2]) -> Brought {
    let [first, second] = rows;
    sheet(&[
        TITLE,
        &["KELENGKAPAN DAN KETEPATAN LAPORAN TAHUN 2023"],
        &["No", "Nama Faskes", "Januari", "", "Februari", "", "Maret", ""],
        &["", "", heads[0], heads[1], heads[0], heads[1], heads[0], heads[1]],
        &[&["=1", "Apotek Alvi"][..], &first].concat(),
        &[&["=2", "Klinik Alvi"][..], &second].concat(),
        &[],
        &["", legend],
    ])
}

#[test]
fn two_columns_a_month_in_their_spellings() {
    for (heads, legend) in [
        (["L", "T"], "L = Lengkap   T = Tepat waktu"),
        (["L", "T"], ""),
        (["Lengkap", "Tepat"], ""),
        (["Kelengkapan", "Ketepatan"], ""),
        (["Lengkap", "Tepat Waktu"], ""),
        (["K", "T"], "Ket : K = Kelengkapan, T = Ketepatan"),
        (["K", "TW"], ""),
    ] {
        let found = paired(heads, legend, [["√", "√", "√", "-"], ["-", "-", "v", "v"]]);
        let expected = [
            told("Apotek Alvi", &[("01", IN_TIME), ("02", LATE)]),
            told("Klinik Alvi", &[("01", NOT_COME), ("02", IN_TIME)]),
        ];
        assert_eq!(found.facts, expected.concat(), "{heads:?} {:?}", found.receipt);
        assert_eq!(found.issues, ["Lembar!B3 reading"]);
        // March is ticked for nobody: its reports are not asked for, nor are those of the December before.
        assert_eq!(received(&found), ["Februari 2023", "Maret 2023"]);
        let said = &found.receipt.issues[0].message;
        assert!(said.contains("2 tepat waktu, 1 terlambat, 1 belum diterima"), "{said}");
        assert!(said.contains("bulan yang belum bertanda (laporan Maret) dianggap belum direkap"), "{said}");
    }
}

#[test]
fn the_legend_says_what_letters_mean() {
    let found = paired(["T", "L"], "T = Tepat waktu; L = Lambat", [["√", "-", "-", "√"], ["-", "-", "√", "-"]]);
    let expected = [
        told("Apotek Alvi", &[("01", IN_TIME), ("02", LATE)]),
        told("Klinik Alvi", &[("01", NOT_COME), ("02", IN_TIME)]),
    ];
    assert_eq!(found.facts, expected.concat(), "{:?}", found.receipt);
}

#[test]
fn a_tick_of_completeness_alone_says_nothing_of_its_time() {
    let found = paired(["L", "T"], "", [["√", "", "√", "√"], ["√", "-", "-", ""]]);
    let expected =
        [told("Apotek Alvi", &[("01", CAME), ("02", IN_TIME)]), told("Klinik Alvi", &[("01", LATE), ("02", NOT_COME)])];
    assert_eq!(found.facts, expected.concat(), "{:?}", found.receipt);
    let said = &found.receipt.issues[0].message;
    assert!(said.contains("1 diterima tanpa diketahui tepat waktu atau tidak"), "{said}");
    assert!(said.contains("tidak ikut dihitung pada ketepatan"), "{said}");
}

#[test]
fn one_tick_a_month() {
    let found = sheet(&[
        TITLE,
        &["REKAP KELENGKAPAN LAPORAN BULANAN TAHUN 2023"],
        &["No", "Nama Faskes", "Jan", "Feb", "Mar", "Apr"],
        &["=1", "Apotek Alvi", "√", "√", "-", ""],
        &["=2", "Klinik Alvi", "√", "-", "-", ""],
    ]);
    let expected =
        [told("Apotek Alvi", &[("01", CAME), ("02", CAME)]), told("Klinik Alvi", &[("01", CAME), ("02", NOT_COME)])];
    assert_eq!(found.facts, expected.concat(), "{:?}", found.receipt);
    // Dashes alone behind the last tick: nobody has asked for those reports yet.
    assert_eq!(received(&found), ["Februari 2023", "Maret 2023"]);
}

#[test]
fn words_and_days_late_a_month() {
    let found = sheet(&[
        TITLE,
        &["REKAP PENERIMAAN LAPORAN TAHUN 2023"],
        &["No", "Nama Faskes", "Jan", "Feb", "Mar"],
        &["=1", "Apotek Alvi", "tepat waktu", "terlambat 3 hari", "belum kirim"],
        &["=2", "Klinik Alvi", "Diterima", "2 hari", "belum kirim"],
    ]);
    let expected = [
        told("Apotek Alvi", &[("01", IN_TIME), ("02", LATE), ("03", NOT_COME)]),
        told("Klinik Alvi", &[("01", CAME), ("02", LATE), ("03", NOT_COME)]),
    ];
    assert_eq!(found.facts, expected.concat(), "{:?}", found.receipt);
    let found = sheet(&[
        TITLE,
        &["HARI KETERLAMBATAN LAPORAN TAHUN 2023"],
        &["No", "Nama Faskes", "Jan", "Feb", "Mar"],
        &["=1", "Apotek Alvi", "=0", "=3", ""],
        &["=2", "Klinik Alvi", "=12", "=0", ""],
    ]);
    let expected =
        [told("Apotek Alvi", &[("01", IN_TIME), ("02", LATE)]), told("Klinik Alvi", &[("01", LATE), ("02", IN_TIME)])];
    assert_eq!(found.facts, expected.concat(), "{:?}", found.receipt);
}

#[test]
fn timeliness_alone() {
    let of = |second: &str| {
        sheet(&[
            TITLE,
            &["KETEPATAN WAKTU LAPORAN TAHUN 2023"],
            &["No", "Nama Faskes", "Jan", "Feb", "Mar"],
            &["=1", "Apotek Alvi", "√", "√", ""],
            &["=2", "Klinik Alvi", "√", second, ""],
        ])
    };
    let all = told("Apotek Alvi", &[("01", IN_TIME), ("02", IN_TIME)]);
    let asked = of("-");
    assert_eq!(asked.facts, [all.clone(), told("Klinik Alvi", &[("01", IN_TIME)])].concat());
    assert_eq!(asked.issues, ["Lembar!B3 reading", "Lembar!D5 unknown_value"]);
    let said = &asked.receipt.issues[1].message;
    assert!(said.contains("tulis Terlambat bila diterima sesudah batasnya, Belum bila belum diterima"), "{said}");
    for (word, receipt) in [("Terlambat", LATE), ("Belum", NOT_COME)] {
        let obeyed = of(word);
        assert_eq!(obeyed.facts, [all.clone(), told("Klinik Alvi", &[("01", IN_TIME), ("02", receipt)])].concat());
        assert_eq!(obeyed.issues, ["Lembar!B3 reading"]);
    }
}

#[test]
fn a_month_with_a_column_for_each() {
    let found = sheet(&[
        TITLE,
        &["REKAP LAPORAN BULAN MEI 2023"],
        &["No", "Nama Faskes", "Lengkap", "Tepat Waktu", "Terlambat"],
        &["=1", "Apotek Alvi", "√", "√", ""],
        &["=2", "BPM I Made Oka", "√", "", "√"],
        &["=3", "Klinik Alvi", "-", "-", "-"],
        &["=4", "Pustu Ngatri", "", "", ""],
    ]);
    let expected = [
        told("Apotek Alvi", &[("05", IN_TIME)]),
        told("BPM I Made Oka", &[("05", LATE)]),
        told("Klinik Alvi", &[("05", NOT_COME)]),
    ];
    assert_eq!(found.facts, expected.concat(), "{:?}", found.receipt);
    assert_eq!(found.issues, ["Lembar!B3 reading"]);
    // The reports on May are due in June.
    assert_eq!(received(&found), ["Juni 2023"]);
}

#[test]
fn the_day_goes_before_the_ticks_beside_it() {
    let found = sheet(&[
        TITLE,
        &["PENERIMAAN LAPORAN BULAN MEI 2023"],
        &["No", "Nama Faskes", "Tanggal Diterima", "Tepat Waktu", "Terlambat"],
        &["=1", "Apotek Alvi", "3 Juni 2023", "√", ""],
        &["=2", "Klinik Alvi", "", "", "√"],
        &["=3", "Pustu Ngatri", "belum", "", ""],
    ]);
    let expected = [told("Apotek Alvi", &[("05", "2023-06-03")]), told("Klinik Alvi", &[("05", LATE)])];
    assert_eq!(found.facts, expected.concat(), "{:?}", found.receipt);
}

#[test]
fn a_form_that_nobody_ticked_yet_is_not_received() {
    let found = paired(["L", "T"], "", [["", "", "", ""], ["", "", "", ""]]);
    assert_eq!((found.facts.len(), found.issues.len()), (0, 0), "{:?}", found.receipt);
    assert_eq!(received(&found), [""; 0]);
}

#[test]
fn a_block_of_months_for_each() {
    let found = sheet(&[
        TITLE,
        &["KELENGKAPAN DAN KETEPATAN LAPORAN TAHUN 2023"],
        &["No", "Nama Faskes", "Kelengkapan", "", "", "Ketepatan", "", ""],
        &["", "", "Jan", "Feb", "Mar", "Jan", "Feb", "Mar"],
        &["=1", "Apotek Alvi", "√", "√", "", "√", "-", ""],
        &["=2", "Klinik Alvi", "-", "√", "", "-", "√", ""],
    ]);
    let expected = [
        told("Apotek Alvi", &[("01", IN_TIME), ("02", LATE)]),
        told("Klinik Alvi", &[("01", NOT_COME), ("02", IN_TIME)]),
    ];
    assert_eq!(found.facts, expected.concat(), "{:?}", found.receipt);
}

#[test]
fn ones_and_zeros_are_ticks_and_crosses_alone_are_asked_about() {
    let of = |title: &str, yes: &str, no: &str| {
        sheet(&[
            TITLE,
            &[title],
            &["No", "Nama Faskes", "Jan", "Feb", "Mar"],
            &["=1", "Apotek Alvi", yes, yes, ""],
            &["=2", "Klinik Alvi", yes, no, ""],
        ])
    };
    let expected =
        [told("Apotek Alvi", &[("01", CAME), ("02", CAME)]), told("Klinik Alvi", &[("01", CAME), ("02", NOT_COME)])];
    for (yes, no) in [("=1", "=0"), ("√", "x"), ("Ada", "Tidak"), ("Diterima", "Belum")] {
        let found = of("KELENGKAPAN LAPORAN TAHUN 2023", yes, no);
        assert_eq!(found.facts, expected.concat(), "{yes} {:?}", found.receipt);
    }
    // What a table of reports is called is enough.
    assert_eq!(of("LAPORAN TAHUN 2023", "√", "-").facts, expected.concat());
    let crosses = of("KELENGKAPAN LAPORAN TAHUN 2023", "x", "");
    assert_eq!(crosses.facts, [""; 0]);
    let error = crosses.receipt.issues.iter().find(|issue| issue.severity == "error").unwrap();
    assert!(error.message.contains("tulis √ pada laporan yang diterima dan - pada yang belum"), "{}", error.message);
    // What was done is no report that came.
    assert_eq!(of("LAPORAN PEMBINAAN TAHUN 2023", "√", "-").facts, [""; 0]);
}
