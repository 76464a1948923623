//! The evaluation's figures in PDF, DOCX and XLSX are those of its JSON.

use std::path::Path;

use serde_json::Value;
use simpul::workbook::{CellValue, Row};

use super::read_back::{checked_pages, docx_rows, figures_of, paper, pdf_lines, sheet_rows, stand_in, words_outside};
use crate::support::{Simpul, workbooks};

const PERIOD: &str = "2023-C2";

/// A worked case, imported, and its evaluation.
fn evaluated() -> (Simpul, Value) {
    let simpul = Simpul::new();
    simpul.import(&workbooks(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/abcde-2023")));
    let run = simpul.run(["evaluate", PERIOD, "--format", "json"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let evaluation = serde_json::from_str(&run.stdout).unwrap();
    (simpul, evaluation)
}

#[test]
fn every_printed_figure_is_the_evaluation_s() {
    let (simpul, evaluation) = evaluated();
    let pdf = paper(&simpul, "evaluasi", PERIOD, "pdf");
    let docx = paper(&simpul, "evaluasi", PERIOD, "docx");
    let (lines, rows) = (pdf_lines(&pdf), docx_rows(&docx));
    let total = ("Semua faskes", &evaluation["total"]);
    let facilities = evaluation["facilities"].as_array().unwrap().iter();
    let named = facilities.map(|facility| (facility["name"].as_str().unwrap(), facility));
    for (name, block) in named.chain([total]) {
        let words = figures_of(block);
        let in_pdf = lines.iter().any(|line| line.trim_start().starts_with(name) && stand_in(line, &words));
        assert!(in_pdf, "{name} {words:?} is not in the PDF");
        let in_docx =
            rows.iter().any(|row| row.first().is_some_and(|cell| cell == name) && stand_in(&row.join(" "), &words));
        assert!(in_docx, "{name} {words:?} is not in the DOCX");
    }
    assert!(checked_pages(&pdf) >= 6);
    assert_eq!(words_outside(&pdf), Vec::<String>::new());
}

fn text(row: &Row, column: u32) -> &str {
    row.get(column).and_then(CellValue::text).unwrap_or("")
}

/// Unrounded but for the last binary digit, which reading decimal text may turn.
#[track_caller]
fn assert_same(found: Option<f64>, expected: Option<f64>, what: &str) {
    let same = match (found, expected) {
        (Some(one), Some(other)) => (one - other).abs() <= 1e-9 * other.abs().max(1.0),
        (one, other) => one == other,
    };
    assert!(same, "{what}: {found:?} instead of {expected:?}");
}

fn number(row: &Row, column: u32) -> Option<f64> {
    match row.get(column) {
        Some(CellValue::Number { value, .. }) => Some(*value),
        _ => None,
    }
}

#[test]
fn the_workbook_holds_real_numbers_unrounded() {
    let (simpul, evaluation) = evaluated();
    let rows = sheet_rows(&paper(&simpul, "evaluasi", PERIOD, "xlsx"), "Rincian angka");
    let facilities = evaluation["facilities"].as_array().unwrap().iter();
    let named = facilities.map(|facility| (facility["name"].as_str().unwrap(), facility));
    for (name, block) in named.chain([("TOTAL", &evaluation["total"])]) {
        let of = |code: &str| rows.iter().find(|row| text(row, 0) == name && text(row, 2) == code).unwrap();
        assert_same(number(of("SKOR"), 5), block["score"].as_f64(), name);
        let figures = [&block["indicators"], &block["service"]].map(|figures| figures.as_object().unwrap());
        for (code, figure) in figures.into_iter().flatten() {
            let row = of(code);
            assert_same(number(row, 5), figure["value"].as_f64(), &format!("{name} {code}"));
            assert_same(number(row, 6), figure["target"].as_f64(), &format!("{name} {code}"));
            assert_same(number(row, 7), figure["performance"].as_f64(), &format!("{name} {code}"));
            if figure["denominator"].as_f64().is_some_and(|denominator| denominator > 0.0) {
                assert_same(number(row, 3), figure["numerator"].as_f64(), &format!("{name} {code}"));
                assert_same(number(row, 4), figure["denominator"].as_f64(), &format!("{name} {code}"));
            }
        }
    }
}

#[test]
fn a_sheet_that_is_signed_is_one_upright_page() {
    let (simpul, _) = evaluated();
    let mut archive =
        zip::ZipArchive::new(std::fs::File::open(paper(&simpul, "evaluasi", PERIOD, "xlsx")).unwrap()).unwrap();
    let mut sheets = Vec::new();
    for place in 1..=9 {
        let name = format!("xl/worksheets/sheet{place}.xml");
        sheets.push(std::io::read_to_string(archive.by_name(&name).unwrap()).unwrap());
    }
    // Indikator setiap faskes is wide and may be long; Kesimpulan is words and signatures.
    assert!(sheets[4].contains("orientation=\"landscape\"") && sheets[4].contains("fitToHeight=\"0\""));
    assert!(sheets[7].contains("orientation=\"portrait\"") && sheets[7].contains("fitToPage=\"1\""));
    assert!(!sheets[7].contains("fitToHeight=\"0\""), "one page high");
}

#[test]
fn the_same_paper_twice_is_the_same_bytes() {
    let (simpul, _) = evaluated();
    for ending in ["pdf", "docx", "xlsx"] {
        let once = std::fs::read(paper(&simpul, "jadwal", PERIOD, ending)).unwrap();
        let again = std::fs::read(paper(&simpul, "jadwal", PERIOD, ending)).unwrap();
        assert!(once == again, "{ending}");
    }
}

#[test]
fn every_page_names_its_snapshot() {
    let (simpul, _) = evaluated();
    let pdf = paper(&simpul, "pelaksanaan", PERIOD, "pdf");
    let lines = pdf_lines(&pdf);
    let stamps: Vec<&str> = lines.iter().filter_map(|line| Some(line.split_once("Versi data ")?.1)).collect();
    assert_eq!(stamps.len(), checked_pages(&pdf));
    let ids: std::collections::BTreeSet<&str> =
        stamps.iter().filter_map(|stamp| stamp.split_whitespace().next()).collect();
    assert_eq!(ids.len(), 1, "{ids:?}");
}
