//! `workbook::read` on files that are not what they seem, on hostile ones, and at every limit.

use std::io::{Cursor, Write};
use std::panic::catch_unwind;

use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook as Writer};
use simpul::domain::Date;
use simpul::domain::records::CellRef;
use simpul::workbook::{CellValue, Limits, OpenError, Visibility, read};
use zip::write::SimpleFileOptions;

fn zip_of(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook of one sheet with this `sheetData`, for what a writer would not write.
fn raw_workbook(sheet_data: &str, properties: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    zip_of(&[
        ("[Content_Types].xml", &format!("<?xml version=\"1.0\"?><Types xmlns=\"{package}/content-types\"/>")),
        (
            "_rels/.rels",
            &format!(
                "<?xml version=\"1.0\"?><Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            &format!(
                "<?xml version=\"1.0\"?><workbook xmlns=\"{main}\" xmlns:r=\"{relations}\">{properties}<sheets><sheet name=\"Satu\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &format!(
                "<?xml version=\"1.0\"?><Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            &format!(
                "<?xml version=\"1.0\"?><worksheet xmlns=\"{main}\"><sheetData>{sheet_data}</sheetData></worksheet>"
            ),
        ),
    ])
}

fn small_workbook() -> Vec<u8> {
    let mut book = Writer::new();
    let sheet = book.add_worksheet();
    for row in 0..4 {
        for column in 0..4 {
            sheet.write(row, column, format!("r{row}k{column}")).unwrap();
        }
    }
    sheet.merge_range(5, 0, 5, 3, "gabung", &Format::new()).unwrap();
    sheet.merge_range(6, 0, 6, 3, "gabung", &Format::new()).unwrap();
    book.add_worksheet();
    book.save_to_buffer().unwrap()
}

fn refusal(name: &str, bytes: &[u8]) -> OpenError {
    read(name, bytes, &Limits::default()).unwrap_err()
}

#[test]
fn a_file_is_what_it_holds() {
    let ole = |stream: &str| {
        let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        bytes.resize(512, 0);
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    let cases: [(&str, Vec<u8>, &str); 11] = [
        ("rekap.xlsx", Vec::new(), "kosong"),
        ("rekap.xlsx", b"{\"error\":\"not found\"}".to_vec(), "JSON"),
        ("rekap.xlsx", b"%PDF-1.7".to_vec(), "PDF"),
        ("rekap.xlsx", b"<?xml version=\"1.0\"?><Workbook/>".to_vec(), "XML"),
        ("rekap.xlsx", vec![1, 2, 3, 0, 5], "tidak dikenal"),
        // Words alone make no envelope; whole ones are told apart in `formats::refusals`.
        ("rekap.xlsx", ole("Workbook"), "rusak"),
        ("rekap.xlsx", ole("EncryptedPackage"), "rusak"),
        ("rekap.xlsx", zip_of(&[("word/document.xml", "<a/>")]), "Word"),
        ("rekap.xlsx", zip_of(&[("xl/workbook.bin", "")]), "rusak"),
        ("rekap.xlsx", zip_of(&[("mimetype", ""), ("content.xml", "")]), "LibreOffice lain"),
        ("rekap.xlsx", zip_of(&[("foto.jpg", "")]), "arsip ZIP"),
    ];
    for (name, bytes, word) in cases {
        let message = refusal(name, &bytes).to_string();
        assert!(message.starts_with(name) && message.contains(word) && message.contains(';'), "{word}: {message}");
    }
}

#[test]
fn damaged_and_temporary_files_say_so() {
    let whole = small_workbook();
    assert!(matches!(refusal("rekap.xlsx", &whole[..whole.len() / 2]), OpenError::Damaged { .. }));
    assert!(matches!(refusal("folder/~$rekap.xlsx", &whole), OpenError::OwnerFile { .. }));
    let broken = raw_workbook("<row r=\"1\"><c r=\"A1\"><v>1</c></row>", "");
    assert!(matches!(refusal("rekap.xlsx", &broken), OpenError::Damaged { .. }));
}

#[test]
fn every_limit_is_kept_and_named() {
    let whole = small_workbook();
    let all = Limits::default();
    assert!(read("rekap.xlsx", &whole, &all).is_ok());
    for (limits, word) in [
        (Limits { file_bytes: 100, ..all }, "lebih besar dari 0 MB"),
        (Limits { inflated_bytes: 1_000, ..all }, "setelah dibuka"),
        (Limits { zip_entries: 3, ..all }, "lebih dari 3 bagian"),
        (Limits { sheets: 1, ..all }, "lebih dari 1 lembar"),
        (Limits { rows: 3, ..all }, "lebih dari 3 baris"),
        (Limits { columns: 3, ..all }, "lebih dari 3 kolom"),
        (Limits { cells: 10, ..all }, "lebih dari 10 sel"),
        (Limits { merges: 1, ..all }, "lebih dari 1 sel gabungan"),
        (Limits { text_chars: 3, ..all }, "sel A1 berisi lebih dari 3 huruf"),
    ] {
        let error = read("rekap.xlsx", &whole, &limits).unwrap_err();
        assert!(matches!(error, OpenError::TooLarge { .. }), "{error:?}");
        assert!(error.to_string().contains(word), "{error}");
    }
    // At the limit itself nothing is refused.
    let exact = Limits { sheets: 2, rows: 7, columns: 4, cells: 18, merges: 2, text_chars: 6, ..all };
    assert!(read("rekap.xlsx", &whole, &exact).is_ok());
}

#[test]
fn two_cells_in_opposite_corners_cost_nothing() {
    let corners =
        "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    let error = refusal("rekap.xlsx", &raw_workbook(corners, ""));
    assert!(error.to_string().contains("300.000 baris"), "{error}");
}

#[test]
fn cells_keep_their_types() {
    let mut book = Writer::new();
    let sheet = book.add_worksheet();
    let date = Format::new().set_num_format("[$-421]dd mmmm yyyy;@");
    sheet.write_with_format(0, 0, ExcelDateTime::from_ymd(2023, 5, 12).unwrap(), &date).unwrap();
    sheet.write_with_format(0, 1, 0.855, &Format::new().set_num_format("0.0%")).unwrap();
    sheet.write_with_format(0, 2, 85, &Format::new().set_num_format("0\"%\"")).unwrap();
    sheet.write(0, 3, true).unwrap();
    sheet.write(0, 4, " teks ").unwrap();
    sheet.merge_range(1, 0, 2, 1, "gabung", &Format::new()).unwrap();
    book.add_worksheet().set_hidden(true);
    let book = read("rekap.xlsx", &book.save_to_buffer().unwrap(), &Limits::default()).unwrap();
    let sheet = &book.sheets[0];
    let value = |column| sheet.get(CellRef { row: 0, column }).cloned().unwrap();
    assert_eq!(value(0), CellValue::Date(Date::from_ymd_opt(2023, 5, 12).unwrap()));
    assert_eq!(value(1), CellValue::Number { value: 0.855, percent: true });
    assert_eq!(value(2), CellValue::Number { value: 85.0, percent: false });
    assert_eq!(value(3), CellValue::Bool(true));
    assert_eq!(value(4), CellValue::Text(" teks ".into()));
    let top_left = CellRef { row: 1, column: 0 };
    assert_eq!(sheet.seen(CellRef { row: 2, column: 1 }), Some((top_left, &CellValue::Text("gabung".into()))));
    assert_eq!(sheet.seen(CellRef { row: 3, column: 1 }), None);
    assert_eq!(book.sheets[1].visibility, Visibility::Hidden);
}

#[test]
fn a_formula_without_a_value_is_no_blank() {
    let data = "<row r=\"1\"><c r=\"A1\"><f>1+2</f></c><c r=\"B1\"><f>1+2</f><v></v></c><c r=\"C1\"><f>1+2</f><v>3</v></c>\
        <c r=\"D1\"/><c r=\"E1\" t=\"str\"><f>\"\"</f><v></v></c><c r=\"F1\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c></row>";
    let book = read("rekap.xlsx", &raw_workbook(data, ""), &Limits::default()).unwrap();
    let value = |column| book.sheets[0].get(CellRef { row: 0, column });
    assert_eq!(value(0), Some(&CellValue::FormulaNotComputed));
    assert_eq!(value(1), Some(&CellValue::FormulaNotComputed));
    assert_eq!(value(2), Some(&CellValue::Number { value: 3.0, percent: false }));
    assert_eq!(value(3), None);
    assert_eq!(value(4), None);
    assert_eq!(value(5), Some(&CellValue::Error("#DIV/0!")));
}

#[test]
fn cells_out_of_order_are_put_in_order() {
    let data = "<row r=\"3\"><c r=\"B3\"><v>4</v></c><c r=\"A3\"><v>3</v></c></row><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>";
    let book = read("rekap.xlsx", &raw_workbook(data, "<workbookPr date1904=\"1\"/>"), &Limits::default()).unwrap();
    let places: Vec<(u32, Vec<u32>)> =
        book.sheets[0].rows.iter().map(|row| (row.index, row.cells.iter().map(|cell| cell.column).collect())).collect();
    assert_eq!(places, [(0, vec![0]), (2, vec![0, 1])]);
    assert!(book.counts_from_1904);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_are_fatal(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read("rekap.xlsx", &bytes, &Limits::default());
    }

    #[test]
    fn no_damage_is_fatal(place in 0_usize..10_000, byte in any::<u8>(), cut in 0_usize..200) {
        let mut bytes = small_workbook();
        let length = bytes.len();
        bytes[place % length] = byte;
        bytes.truncate(length - cut % length);
        prop_assert!(catch_unwind(|| read("rekap.xlsx", &bytes, &Limits::default()).is_ok()).is_ok());
    }

    #[test]
    fn no_sheet_is_fatal(data in "(<row r=\"[0-9]{1,8}\">|<c r=\"[A-Z]{1,4}[0-9]{0,9}\"( t=\"[a-z]{1,3}\")?>|<v>[0-9.e-]{0,9}</v>|</c>|</row>|<f>|</f>){0,12}") {
        let bytes = raw_workbook(&data, "");
        prop_assert!(catch_unwind(|| read("rekap.xlsx", &bytes, &Limits::default()).is_ok()).is_ok());
    }
}
