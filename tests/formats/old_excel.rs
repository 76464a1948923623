//! xls as old versions and small exporters write it, record by record: each value comes out as Excel shows it,
//! and never as another one.

use simpul::domain::records::CellRef;
use simpul::workbook::{CellValue, Notice, OpenError, Sheet, Workbook};

use super::biff8::{Directory, Entry, envelope, envelope_of, record};
use super::{read_here, sentence};

const NONE: u32 = 0xFFFF_FFFF;

fn halves(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// A stream of Excel 97 with one sheet of the given records, and records of the workbook before it.
fn stream_of(globals: &[(u16, Vec<u8>)], cells: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let mut out = Vec::new();
    record(&mut out, 0x0809, &halves(&[0x0600, 5, 0, 0]));
    for (number, data) in globals {
        record(&mut out, *number, data);
    }
    let start = u32::try_from(out.len() + 4 + 8 + 1 + 4).unwrap();
    let mut listed = start.to_le_bytes().to_vec();
    listed.extend([0, 0, 1, 0, b'A']);
    record(&mut out, 0x0085, &listed);
    record(&mut out, 0x000A, &[]);
    out.truncate(start as usize);
    record(&mut out, 0x0809, &halves(&[0x0600, 0x10, 0, 0]));
    for (number, data) in cells {
        record(&mut out, *number, data);
    }
    record(&mut out, 0x000A, &[]);
    out
}

fn book_of(globals: &[(u16, Vec<u8>)], cells: &[(u16, Vec<u8>)]) -> Workbook {
    read_here("a.xls", &envelope("Workbook", &stream_of(globals, cells))).unwrap()
}

/// Head of a cell, then its bytes.
fn cell(row: u16, column: u16, style: u16, data: &[u8]) -> Vec<u8> {
    let mut out = halves(&[row, column, style]);
    out.extend(data);
    out
}

fn value(sheet: &Sheet, row: u32, column: u32) -> Option<&CellValue> {
    sheet.get(CellRef { row, column })
}

fn text(sheet: &Sheet, row: u32, column: u32) -> Option<&str> {
    value(sheet, row, column)?.text()
}

fn label(text: &str) -> Vec<u8> {
    let mut data = halves(&[u16::try_from(text.len()).unwrap()]);
    data.extend(text.as_bytes());
    data
}

/// A few lines of script in local applications write this: no envelope, no list of sheets.
#[test]
fn a_bare_stream_as_scripts_write_it() {
    let mut bytes = Vec::new();
    record(&mut bytes, 0x0809, &halves(&[0, 0x10, 0, 0]));
    record(&mut bytes, 0x0204, &cell(0, 0, 0, &label("Nama")));
    record(&mut bytes, 0x0204, &cell(1, 0, 0, &label("Klinik A")));
    record(&mut bytes, 0x0203, &cell(1, 1, 0, &46.0_f64.to_le_bytes()));
    record(&mut bytes, 0x000A, &[]);
    let book = read_here("laporan.xls", &bytes).unwrap();
    let sheet = &book.sheets[0];
    assert_eq!((text(sheet, 0, 0), text(sheet, 1, 0)), (Some("Nama"), Some("Klinik A")));
    assert_eq!(value(sheet, 1, 1), Some(&CellValue::Number { value: 46.0, percent: false }));
    // What is cut off is missed.
    let error = read_here("laporan.xls", &bytes[..bytes.len() - 4]).unwrap_err();
    assert!(sentence("laporan.xls", &error).contains("bagian akhirnya hilang"), "{error}");
}

/// Of before 1993: refused with what to do, never half read.
#[test]
fn workbooks_of_excel_2_to_4_are_refused_by_name() {
    for (number, begin) in [(0x0009, &[2, 0x10][..]), (0x0209, &[0, 0x10, 0]), (0x0409, &[0, 0x10, 0])] {
        let mut bytes = Vec::new();
        record(&mut bytes, number, &halves(begin));
        record(&mut bytes, 0x0203, &cell(0, 0, 0, &46.0_f64.to_le_bytes()));
        record(&mut bytes, 0x000A, &[]);
        let error = read_here("lama.xls", &bytes).unwrap_err();
        assert!(matches!(error, OpenError::OtherFormat { .. }), "{error}");
        assert!(sentence("lama.xls", &error).contains("Excel 4 atau lebih lama"), "{error}");
    }
}

#[test]
fn letters_of_one_byte_keep_their_code_page() {
    let sheet = |page: Option<u16>| {
        let mut bytes = Vec::new();
        record(&mut bytes, 0x0809, &halves(&[0x0500, 0x10, 0, 0]));
        if let Some(page) = page {
            record(&mut bytes, 0x0042, &page.to_le_bytes());
        }
        let mut data = halves(&[4]);
        data.extend(b"Caf\x8E");
        record(&mut bytes, 0x0204, &cell(0, 0, 0, &data));
        record(&mut bytes, 0x000A, &[]);
        read_here("a.xls", &bytes).unwrap()
    };
    let stated = sheet(Some(10_000));
    assert_eq!((text(&stated.sheets[0], 0, 0), stated.notices.len()), (Some("Café"), 0));
    assert_eq!(sheet(None).notices, [Notice::EncodingGuessed]);
}

#[test]
fn packed_numbers_percents_and_dates() {
    let style = |format: u16| (0x00E0, halves(&[0, format, 0, 0, 0, 0, 0, 0, 0, 0]));
    let packed = |value: u32| ((value << 2) | 2).to_le_bytes();
    let mut several = halves(&[1, 0]);
    for (style, value) in [(0_u16, 46_u32), (1, 1)] {
        several.extend(style.to_le_bytes());
        several.extend(packed(value));
    }
    several.extend(halves(&[1]));
    let cells = [(0x027E, cell(0, 0, 2, &packed(45_058))), (0x00BD, several)];
    let book = book_of(&[style(0), style(10), style(14)], &cells);
    let sheet = &book.sheets[0];
    assert!(matches!(value(sheet, 0, 0), Some(CellValue::Date(date)) if date.to_string() == "2023-05-12"));
    assert_eq!(value(sheet, 1, 0), Some(&CellValue::Number { value: 46.0, percent: false }));
    assert_eq!(value(sheet, 1, 1), Some(&CellValue::Number { value: 1.0, percent: true }));
}

#[test]
fn what_formulas_show() {
    let formula = |row: u16, result: [u8; 8]| (0x0006, cell(row, 0, 0, &[&result[..], &[0; 6]].concat()));
    let shows = |sort: u8, code: u8| [sort, 0, code, 0, 0, 0, 0xFF, 0xFF];
    let cells = [
        formula(0, 2.5_f64.to_le_bytes()),
        formula(1, shows(0, 0)),
        // What belongs to a shared formula stands before the text.
        (0x04BC, vec![0; 10]),
        (0x0207, vec![2, 0, 0, b'Y', b'a']),
        formula(2, shows(1, 1)),
        formula(3, shows(2, 0x07)),
        formula(4, shows(3, 0)),
        // A text that never comes.
        formula(5, shows(0, 0)),
        formula(6, f64::NAN.to_le_bytes()),
    ];
    let book = book_of(&[], &cells);
    let sheet = &book.sheets[0];
    assert_eq!(value(sheet, 0, 0), Some(&CellValue::Number { value: 2.5, percent: false }));
    assert_eq!(text(sheet, 1, 0), Some("Ya"));
    assert_eq!(value(sheet, 2, 0), Some(&CellValue::Bool(true)));
    assert_eq!(value(sheet, 3, 0), Some(&CellValue::Error("#DIV/0!")));
    assert_eq!(value(sheet, 4, 0), None);
    assert_eq!(value(sheet, 5, 0), Some(&CellValue::FormulaNotComputed));
    assert_eq!(value(sheet, 6, 0), Some(&CellValue::Error("#NUM!")));
}

/// A directory far behind the first megabyte, and names in capitals.
#[test]
fn a_directory_at_the_end_of_a_large_file() {
    let mut stream = stream_of(&[], &[(0x0204, cell(0, 0, 0, &[1, 0, 0, b'x']))]);
    stream.resize(2 << 20, 0);
    for name in ["Workbook", "WORKBOOK", "Book"] {
        let entry = Entry { name, sort: 2, links: [NONE; 3], stream: &stream };
        let bytes = envelope_of(&[entry], 1, Directory::Last);
        assert_eq!(text(&read_here("a.xls", &bytes).unwrap().sheets[0], 0, 0), Some("x"), "{name}");
    }
}

/// A workbook within the workbook comes first in the directory, and is not what is read.
#[test]
fn a_workbook_within_a_workbook_is_not_taken_for_it() {
    let inner = stream_of(&[], &[(0x0204, cell(0, 0, 0, &[2, 0, 0, b'n', b'o']))]);
    let outer = stream_of(&[], &[(0x0204, cell(0, 0, 0, &[3, 0, 0, b'y', b'e', b's']))]);
    let entries = [
        Entry { name: "Workbook", sort: 2, links: [NONE; 3], stream: &inner },
        Entry { name: "MBD0001", sort: 1, links: [NONE, NONE, 1], stream: &[] },
        Entry { name: "Workbook", sort: 2, links: [2, NONE, NONE], stream: &outer },
    ];
    let bytes = envelope_of(&entries, 3, Directory::First);
    assert_eq!(text(&read_here("a.xls", &bytes).unwrap().sheets[0], 0, 0), Some("yes"));
}

/// Two cells in opposite corners: what lies between them is never laid out.
#[test]
fn opposite_corners_cost_nothing() {
    let corner = |row, column| (0x0203, cell(row, column, 0, &1.0_f64.to_le_bytes()));
    let book = book_of(&[], &[corner(0, 0), corner(65_535, 255)]);
    assert_eq!(book.sheets[0].rows.len(), 2);
}

#[test]
fn text_that_is_not_in_the_table_of_strings_is_a_fault() {
    let bytes = envelope("Workbook", &stream_of(&[], &[(0x00FD, cell(0, 0, 0, &[9, 0, 0, 0]))]));
    let error = read_here("a.xls", &bytes).unwrap_err();
    assert!(matches!(error, OpenError::Damaged { .. }), "{error}");
    sentence("a.xls", &error);
}
