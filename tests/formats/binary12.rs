//! Writes a grid as xlsb: binary records in a zip, by hand. No Rust library and no LibreOffice writes them.

use std::fmt::Write;

use simpul::workbook::{CellValue, Sheet, Visibility, Workbook};

use super::biff8::{error_code, serial};
use super::maker::zipped;

/// Cell styles: plain, percent, date.
const FORMATS: [u16; 3] = [0, 10, 14];

pub fn xlsb(book: &Workbook) -> Vec<u8> {
    let mut strings: Vec<String> = Vec::new();
    let pages: Vec<Vec<u8>> =
        book.sheets.iter().map(|sheet| page(sheet, book.counts_from_1904, &mut strings)).collect();
    let mut listed = Vec::new();
    record(&mut listed, 0x83, &[]);
    record(&mut listed, 0x99, &[u8::from(book.counts_from_1904), 0, 0, 0, 0, 0, 0, 0]);
    record(&mut listed, 0x8F, &[]);
    let mut relations = String::from("<Relationships>");
    for (place, sheet) in book.sheets.iter().enumerate() {
        let mut data = u32::from(sheet.visibility == Visibility::Hidden).to_le_bytes().to_vec();
        data.extend(u32::try_from(place + 1).unwrap().to_le_bytes());
        data.extend(wide(&format!("rId{place}")));
        data.extend(wide(&sheet.name));
        record(&mut listed, 0x9C, &data);
        write!(relations, "<Relationship Id=\"rId{place}\" Target=\"worksheets/sheet{place}.bin\"/>").unwrap();
    }
    record(&mut listed, 0x90, &[]);
    record(&mut listed, 0x9D, &[0; 26]);
    record(&mut listed, 0x84, &[]);
    relations.push_str("</Relationships>");
    let mut parts = vec![
        ("xl/workbook.bin".to_owned(), listed),
        ("xl/_rels/workbook.bin.rels".to_owned(), relations.into_bytes()),
        ("xl/sharedStrings.bin".to_owned(), shared(&strings)),
        ("xl/styles.bin".to_owned(), styles()),
    ];
    parts.extend(pages.into_iter().enumerate().map(|(place, page)| (format!("xl/worksheets/sheet{place}.bin"), page)));
    zipped(parts.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())))
}

pub fn record(out: &mut Vec<u8>, number: u16, data: &[u8]) {
    if number < 0x80 {
        out.push(u8::try_from(number).unwrap());
    } else {
        out.extend([u8::try_from(number & 0x7F).unwrap() | 0x80, u8::try_from(number >> 7).unwrap()]);
    }
    let mut length = data.len();
    while length > 0x7F {
        out.push(u8::try_from(length & 0x7F).unwrap() | 0x80);
        length >>= 7;
    }
    out.push(u8::try_from(length).unwrap());
    out.extend(data);
}

pub fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut data = u32::try_from(units.len()).unwrap().to_le_bytes().to_vec();
    data.extend(units.into_iter().flat_map(u16::to_le_bytes));
    data
}

fn shared(strings: &[String]) -> Vec<u8> {
    let count = u32::try_from(strings.len()).unwrap().to_le_bytes();
    let mut out = Vec::new();
    record(&mut out, 0x9F, &[count, count].concat());
    for text in strings {
        record(&mut out, 0x13, &[vec![0], wide(text)].concat());
    }
    record(&mut out, 0xA0, &[]);
    out
}

fn styles() -> Vec<u8> {
    let mut out = Vec::new();
    record(&mut out, 0x116, &[]);
    record(&mut out, 0x269, &3_u32.to_le_bytes());
    for format in FORMATS {
        let mut data = vec![0; 16];
        data[2..4].copy_from_slice(&format.to_le_bytes());
        record(&mut out, 0x2F, &data);
    }
    record(&mut out, 0x26A, &[]);
    record(&mut out, 0x117, &[]);
    out
}

fn page(sheet: &Sheet, counts_from_1904: bool, strings: &mut Vec<String>) -> Vec<u8> {
    let epoch = if counts_from_1904 { 1_462.0 } else { 0.0 };
    let mut out = Vec::new();
    record(&mut out, 0x81, &[]);
    record(&mut out, 0x94, &[0; 16]);
    record(&mut out, 0x186, &[]);
    let shown = [(200, 255, 0)];
    // BrtColInfo: first, last, width, style, flags.
    for (first, last, flags) in sheet.hidden_columns.iter().map(|(first, last)| (*first, *last, 1_u16)).chain(shown) {
        let run = [first, last, 2_340, 0].map(u32::to_le_bytes).concat();
        record(&mut out, 0x3C, &[run, flags.to_le_bytes().to_vec()].concat());
    }
    record(&mut out, 0x187, &[]);
    record(&mut out, 0x91, &[]);
    for row in &sheet.rows {
        let mut data = row.index.to_le_bytes().to_vec();
        data.resize(25, 0);
        let is_hidden = sheet.hidden_rows.iter().any(|(first, last)| (*first..=*last).contains(&row.index));
        data[11] = u8::from(is_hidden) << 4;
        record(&mut out, 0x00, &data);
        for cell in &row.cells {
            cell_record(&mut out, (cell.column, epoch), &cell.value, strings);
        }
    }
    record(&mut out, 0x92, &[]);
    if !sheet.merges().is_empty() {
        record(&mut out, 0xB1, &u32::try_from(sheet.merges().len()).unwrap().to_le_bytes());
        for area in sheet.merges() {
            let sides = [area.first.row, area.last.row, area.first.column, area.last.column];
            record(&mut out, 0xB0, &sides.map(u32::to_le_bytes).concat());
        }
        record(&mut out, 0xB2, &[]);
    }
    record(&mut out, 0x82, &[]);
    out
}

fn cell_record(out: &mut Vec<u8>, (column, epoch): (u32, f64), value: &CellValue, strings: &mut Vec<String>) {
    let (number, style, data) = match value {
        CellValue::Text(text) if text.len() % 2 == 0 => {
            strings.push(text.to_string());
            (0x07, 0, u32::try_from(strings.len() - 1).unwrap().to_le_bytes().to_vec())
        }
        CellValue::Text(text) => (0x06, 0, wide(text)),
        CellValue::Number { value, percent } => (0x05, u32::from(*percent), value.to_le_bytes().to_vec()),
        CellValue::Date(date) => (0x05, 2, (serial(*date) - epoch).to_le_bytes().to_vec()),
        CellValue::Bool(value) => (0x04, 0, vec![u8::from(*value)]),
        // As a formula's: flags and an empty formula follow.
        CellValue::Error(error) => (0x0B, 0, vec![error_code(error), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        // A zero, flags and an empty formula.
        CellValue::FormulaNotComputed => (0x09, 0, vec![0; 18]),
    };
    let mut bytes = column.to_le_bytes().to_vec();
    bytes.extend(style.to_le_bytes());
    bytes.extend(data);
    record(out, number, &bytes);
}
