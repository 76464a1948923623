//! Figures as people type them: text, separators, dashes, errors, formulas that nobody computed.

use simpul::app::import::Upload;
use simpul::workbook::{Cell, CellValue, Row, Sheet, Visibility, Workbook};

use super::sheet;
use crate::formats::maker::ods;

/// What one cell of Capaian's numerator brings, over a denominator of 2,000 and beside whole numbers.
fn numerator(cell: &str) -> (Vec<String>, Vec<String>) {
    let found = sheet(&[
        &["UPT PUSKESMAS ABCDE"],
        &["BULAN : MEI 2023"],
        &["Nama Jejaring", "K6", "", ""],
        &["", "Sasaran", "Capaian", "%"],
        &["Apotek Alvi", "=2000", cell, "#REF!"],
        &["Klinik Alvi", "=2000", "=46", "#DIV/0!"],
    ]);
    let own = |line: &String| {
        line.split_once("2023-05 ").filter(|_| line.starts_with("Apotek")).map(|(_, end)| end.to_owned())
    };
    (found.facts.iter().filter_map(own).collect(), found.issues)
}

#[test]
fn numbers_as_text() {
    for (cell, figure) in [("46", "46"), (" 1 ", "1"), ("20,0", "20"), ("1.234,0", "1234"), ("\u{a0}7", "7")] {
        assert_eq!(numerator(cell), (vec![format!("{figure}/2000")], vec![]), "{cell}");
    }
    // Doubtful: its column of whole numbers decides, and it is said.
    assert_eq!(numerator("1.292"), (vec!["1292/2000".to_owned()], vec!["Lembar!C5 doubtful_number".to_owned()]));
    for dash in ["-", "--", "", "n/a", " "] {
        assert_eq!(numerator(dash), (vec!["-/2000".to_owned()], vec![]), "{dash}");
    }
    for (cell, code) in [
        ("#REF!", "formula_error"),
        ("belum", "invalid_number"),
        ("@2023-09-05", "invalid_number"),
        ("55,22 %", "invalid_number"),
        ("-5", "invalid_number"),
        // No half of a person was served: a percentage stands here.
        ("0,5", "invalid_number"),
    ] {
        assert_eq!(numerator(cell), (vec![], vec![format!("Lembar!C5 {code}")]), "{cell}");
    }
}

#[test]
fn targets_in_any_scale_are_percent() {
    for (cell, target) in [("%0.855", 85.5), ("=85.5", 85.5), ("85,5%", 85.5), ("85,5", 85.5), ("85.5 %", 85.5)] {
        let found = sheet(&[
            &["UPT PUSKESMAS ABCDE"],
            &["INDIKATOR LAYANAN TAHUN 2024"],
            &["Kode", "Indikator", "Target (%)", "Bobot", "Arah", "Agregasi"],
            &["K6", "Cakupan K6 ibu hamil", cell, "=1", "Naik", "Jumlah"],
            &["HT", "Penderita hipertensi", cell, "=1", "Naik", "Jumlah"],
        ]);
        let facts = crate::import::facts(&found.store);
        let held = facts.services.iter().find(|service| service.code == "K6").unwrap();
        let (_, _, definition) = held.definitions.last().unwrap();
        assert!((definition.target - target).abs() < 1e-9, "{cell}: {}", definition.target);
        assert_eq!(found.issues, [] as [&str; 0], "{cell}");
    }
}

#[test]
fn the_column_says_whether_a_bare_target_is_a_fraction() {
    let doubtful = "Lembar!C4 doubtful_number".to_owned();
    let both = vec![doubtful.clone(), "Lembar!C5 doubtful_number".to_owned()];
    for (cells, targets, issues) in [
        // No number exceeds 1: fractions, and each is told.
        (["=0.855", "=1"], [85.5, 100.0], both),
        (["0,07", "-"], [7.0, f64::NAN], vec![doubtful.clone(), "Lembar!C5 missing_value".to_owned()]),
        // The others are percentages by their own sign.
        (["=0.855", "%0.9"], [85.5, 90.0], vec![doubtful.clone()]),
        (["=0.855", "90%"], [85.5, 90.0], vec![doubtful.clone()]),
        // The column is in percent: so is this one, however odd.
        (["=0.855", "=90"], [0.855, 90.0], vec![doubtful]),
        (["=1", "=1"], [1.0, 1.0], vec![]),
    ] {
        let found = sheet(&[
            &["UPT PUSKESMAS ABCDE"],
            &["INDIKATOR LAYANAN TAHUN 2024"],
            &["Kode", "Indikator", "Target (%)", "Bobot", "Arah", "Agregasi"],
            &["K6", "Cakupan K6 ibu hamil", cells[0], "=1", "Naik", "Jumlah"],
            &["HT", "Penderita hipertensi", cells[1], "=1", "Naik", "Jumlah"],
        ]);
        let facts = crate::import::facts(&found.store);
        for (code, target) in ["K6", "HT"].into_iter().zip(targets).filter(|(_, target)| !target.is_nan()) {
            let held = facts.services.iter().find(|service| service.code == code).unwrap();
            let (_, _, definition) = held.definitions.last().unwrap();
            assert!((definition.target - target).abs() < 1e-9, "{cells:?}: {}", definition.target);
        }
        assert_eq!(found.issues, issues, "{cells:?}");
    }
}

#[test]
fn a_formula_that_nobody_computed_is_named_and_not_lost() {
    let texts: &[&[&str]] = &[
        &["UPT PUSKESMAS ABCDE"],
        &["BULAN : MEI 2023"],
        &["Nama Jejaring", "K6", "", ""],
        &["", "Sasaran", "Capaian", "%"],
        &["Apotek Alvi", "20"],
    ];
    let cell = |(column, text): (u32, &&str)| {
        (!text.is_empty()).then(|| Cell { column, value: CellValue::Text((*text).into()) })
    };
    let row = |(index, texts): (u32, &&[&str])| Row { index, cells: (0..).zip(*texts).filter_map(cell).collect() };
    let mut rows: Vec<Row> = (0..).zip(texts).map(row).collect();
    rows[4].cells.extend([2, 3].map(|column| Cell { column, value: CellValue::FormulaNotComputed }));
    let sheets = vec![Sheet::new("Lembar".to_owned(), Visibility::Visible, rows, Vec::new())];
    let book = Workbook { file: String::new(), sheets, counts_from_1904: false, notices: Vec::new() };
    let store = super::store();
    let file = Upload { name: "rekap.ods".to_owned(), bytes: ods(&book) };
    let receipt = crate::import::run(&store, &[file]).remove(0);
    let issues: Vec<_> = receipt.issues.iter().map(|issue| (issue.cell.as_str(), issue.code)).collect();
    // The column of percentages is derived: nobody needs it.
    assert_eq!(issues, [("C5", "formula_not_computed")]);
    assert!(receipt.issues[0].message.contains("rumus belum dihitung"), "{}", receipt.issues[0].message);
    assert_eq!(super::lines(&store), [] as [&str; 0]);
}
