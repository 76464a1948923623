//! The worked cases in other formats read to the same cells: all of them as written by the tests' own
//! writers, one of them as LibreOffice writes it.

use std::fs;

use simpul::domain::records::CellRef;
use simpul::workbook::{CellValue, Notice, Visibility, Workbook};

use super::biff8::xls;
use super::binary12::xlsb;
use super::roundtrip::{as_binary, assert_same_grid, carried};
use super::{in_tests, maker, read_here};

/// Every workbook below `tests/cases`, read.
fn cases() -> Vec<(String, Workbook)> {
    let mut books = Vec::new();
    for case in fs::read_dir(in_tests("cases")).unwrap() {
        let folder = case.unwrap().path().join("workbooks");
        for file in fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            let name = path.display().to_string();
            let book = read_here(&name, &fs::read(&path).unwrap()).unwrap();
            books.push((name, book));
        }
    }
    books
}

#[test]
fn every_case_reads_the_same_from_every_format() {
    let cases = cases();
    assert!(cases.len() > 40, "{}", cases.len());
    for (_, book) in cases {
        assert_same_grid(&read_here("a.ods", &maker::ods(&book)).unwrap(), &book);
        let binary = carried(&book, as_binary);
        assert_same_grid(&read_here("a.xlsb", &xlsb(&binary)).unwrap(), &binary);
        assert_same_grid(&read_here("a.xls", &xls(&book)).unwrap(), &book);
    }
}

#[test]
fn a_case_converted_by_libreoffice_reads_the_same() {
    for file in fs::read_dir(in_tests("cases/wild-12/workbooks")).unwrap() {
        let path = file.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let book = read_here("a.xlsx", &fs::read(&path).unwrap()).unwrap();
        let converted = |ending: &str| {
            let path = in_tests("workbooks/wild-12").join(format!("{stem}.{ending}"));
            read_here(ending, &fs::read(path).unwrap()).unwrap()
        };
        assert_same_to_15_digits(&converted("ods"), &book);
        assert_same_to_15_digits(&converted("xls"), &carried(&book, as_binary));
    }
}

/// LibreOffice computes what was never computed and writes fifteen digits.
fn assert_same_to_15_digits(read: &Workbook, expected: &Workbook) {
    let round = |value: &CellValue| match value {
        CellValue::Number { value, percent } => {
            let value = format!("{value:.12e}").parse().unwrap();
            Some(CellValue::Number { value, percent: *percent })
        }
        value => Some(value.clone()),
    };
    let computed = |sheet: usize, place: CellRef| {
        expected.sheets[sheet].get(place).is_none_or(|value| *value == CellValue::FormulaNotComputed)
    };
    let mut read = carried(read, round);
    for (place, sheet) in read.sheets.iter_mut().enumerate() {
        for row in &mut sheet.rows {
            let index = row.index;
            row.cells.retain(|cell| !computed(place, CellRef { row: index, column: cell.column }));
        }
        sheet.rows.retain(|row| !row.cells.is_empty());
    }
    assert_same_grid(&read, &carried(&carried(expected, as_binary), round));
}

#[test]
fn shapes_as_libreoffice_writes_them() {
    for ending in ["xlsx", "ods", "xls"] {
        let bytes = fs::read(in_tests("workbooks").join(format!("shapes.{ending}"))).unwrap();
        let book = read_here(ending, &bytes).unwrap();
        let names: Vec<(&str, Visibility)> =
            book.sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.visibility)).collect();
        let expected =
            [("Mei 2023", Visibility::Visible), ("Tersembunyi", Visibility::Hidden), ("Kosong", Visibility::Visible)];
        assert_eq!(names, expected, "{ending}");
        let sheet = &book.sheets[0];
        let get = |row, column| sheet.get(CellRef { row, column }).cloned();
        let number = |value, percent| Some(CellValue::Number { value, percent });
        let text = |text: &str| Some(CellValue::Text(text.into()));
        let day = chrono::NaiveDate::from_ymd_opt(2023, 5, 12).map(CellValue::Date);
        assert_eq!(get(4, 1), text("Klinik <b>&amp; \"A\""), "{ending}");
        assert_eq!(get(4, 4), number(0.855, true), "{ending}");
        assert_eq!(get(5, 1), text("  dua   spasi "), "{ending}");
        assert_eq!(get(5, 4), number(85.5, false), "{ending}: a literal sign is no percent");
        assert_eq!((get(6, 0), get(6, 1)), (day.clone(), day), "{ending}");
        assert_eq!(get(6, 2), number(45_058.0, false), "{ending}");
        assert!(matches!(get(6, 5), Some(CellValue::Number { value, .. }) if (value - 8.5 / 24.0).abs() < 1e-9));
        assert_eq!(get(7, 0), text("baris\nkedua"), "{ending}");
        assert_eq!(get(7, 2), Some(CellValue::Error("#DIV/0!")), "{ending}");
        assert_eq!(get(7, 3), Some(CellValue::Error("#N/A")), "{ending}");
        assert_eq!(get(7, 4), number(2.0, false), "{ending}");
        // LibreOffice without a window stores 0 for a formula of text in xls.
        assert!(ending == "xls" || get(7, 5) == text("ab"), "{ending}");
        assert_eq!(get(8, 0), number(-123_456_789.125, false), "{ending}");
        assert_eq!(get(8, 2), text("=cmd|' /C calc'!A0"), "{ending}");
        assert_eq!(sheet.merges().len(), 4, "{ending}");
        assert!(book.sheets[2].rows.is_empty(), "{ending}");
    }
}

#[test]
fn macros_are_ignored_and_said() {
    let book = read_here("a.xlsx", &fs::read(in_tests("workbooks/shapes.xlsx")).unwrap()).unwrap();
    let mut zip = zip::ZipWriter::new_append(std::io::Cursor::new(maker::xlsx(&book))).unwrap();
    zip.start_file("xl/vbaProject.bin", zip::write::SimpleFileOptions::default()).unwrap();
    let bytes = zip.finish().unwrap().into_inner();
    assert_eq!(read_here("a.xlsm", &bytes).unwrap().notices, [Notice::MacrosIgnored]);
}
