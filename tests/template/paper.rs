//! What the forms look like on paper and guard on the screen: read from the package's own parts.

use std::io::{Cursor, Read};

use simpul::template::{SignatureLines, TemplateContext, TemplateKind, workbook};
use simpul::workbook::CellValue;

use super::{book, month, register_of};

/// The text of the parts whose names begin so, in order.
pub(super) fn parts(bytes: &[u8], prefix: &str) -> Vec<String> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let listed = package.file_names().map(|name| name.unwrap().into_owned());
    let mut names: Vec<String> = listed.filter(|name| name.starts_with(prefix)).collect();
    names.sort_by_key(|name| (name.len(), name.clone()));
    names
        .iter()
        .map(|name| {
            let mut text = String::new();
            package.by_name(name).unwrap().read_to_string(&mut text).unwrap();
            text
        })
        .collect()
}

#[test]
fn every_form_is_guarded_and_printable() {
    for case in ["clean-11"] {
        let context = register_of(case);
        for kind in TemplateKind::ALL {
            let bytes = workbook(kind, &context).unwrap();
            let sheets = parts(&bytes, "xl/worksheets/sheet");
            for (number, xml) in sheets.iter().enumerate() {
                assert!(xml.contains("<sheetProtection"), "{case} {} {number}", kind.code());
                assert!(!xml.contains("password="), "no password locks a form for good");
            }
            for xml in &sheets[..sheets.len() - 3] {
                assert!(xml.contains("paperSize=\"9\"") && xml.contains("orientation=\"landscape\""));
                assert!(xml.contains("<pageSetUpPr fitToPage=\"1\"/>") && xml.contains("Halaman &amp;P dari &amp;N"));
                assert!(xml.contains("state=\"frozen\"") && xml.contains("<dataValidation "));
            }
            let book = parts(&bytes, "xl/workbook.xml").remove(0);
            assert_eq!(book.matches("_xlnm.Print_Titles").count(), sheets.len() - 3);
        }
    }
}

#[test]
fn nothing_shows_an_error_or_a_formula_without_value() {
    for case in ["annual-19", "wild-12"] {
        let context = super::context_of(case);
        for kind in TemplateKind::ALL {
            let written = book("x.xlsx", &workbook(kind, &context).unwrap());
            let cells = written.sheets.iter().flat_map(|sheet| &sheet.rows).flat_map(|row| &row.cells);
            let wrong: Vec<_> = cells
                .filter(|cell| matches!(cell.value, CellValue::Error(_) | CellValue::FormulaNotComputed))
                .collect();
            assert!(wrong.is_empty(), "{case} {}: {wrong:?}", kind.code());
        }
    }
}

#[test]
fn those_who_sign_stand_under_the_form() {
    let mut context = TemplateContext::blank("UPT PUSKESMAS ABCDE", month("2023-05"));
    context.letterhead = vec!["PEMERINTAH KABUPATEN CONTOH".to_owned(), "DINAS KESEHATAN".to_owned()];
    context.signature = SignatureLines {
        place: "Abcde".to_owned(),
        head: "dr. Kepala".to_owned(),
        head_nip: "19700101 199903 1 001".to_owned(),
        ..SignatureLines::default()
    };
    let written = book("x.xlsx", &workbook(TemplateKind::Schedule, &context).unwrap());
    let sheet = &written.sheets[0];
    let texts: Vec<&str> = sheet.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.value.text()).collect();
    assert_eq!(texts[0], "PEMERINTAH KABUPATEN CONTOH");
    for line in [
        "Mengetahui,",
        "Kepala UPT PUSKESMAS ABCDE",
        "PJ Jejaring dan Jaringan",
        "dr. Kepala",
        "NIP. 19700101 199903 1 001",
    ] {
        assert!(texts.contains(&line), "{line}");
    }
}
