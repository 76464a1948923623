//! Writes a grid as xls: BIFF8 records in an OLE envelope, both by hand. No Rust library writes them.

use chrono::Datelike;
use simpul::workbook::{CellValue, Sheet, Visibility, Workbook};

const SECTOR: usize = 512;
const FREE: u32 = 0xFFFF_FFFF;
const END: u32 = 0xFFFF_FFFE;
const TABLE: u32 = 0xFFFF_FFFD;
/// Cell styles: plain, percent, date.
const FORMATS: [u16; 3] = [0, 10, 14];

pub fn xls(book: &Workbook) -> Vec<u8> {
    envelope("Workbook", &stream(book))
}

/// An OLE file with one stream.
pub fn envelope(name: &str, stream: &[u8]) -> Vec<u8> {
    envelope_of(&[Entry { name, sort: 2, links: [FREE; 3], stream }], 1, Directory::First)
}

/// An entry of the directory below the root; `stream` is empty where it is no stream (`sort` 2).
pub struct Entry<'e> {
    pub name: &'e str,
    pub sort: u8,
    /// Its neighbours to both sides and its first child, counted from the root as 0.
    pub links: [u32; 3],
    pub stream: &'e [u8],
}

/// Where the directory lies in the file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Directory {
    First,
    Last,
}

/// An OLE file with up to three entries below the root, whose first child is `child`.
pub fn envelope_of(entries: &[Entry<'_>], child: u32, place: Directory) -> Vec<u8> {
    // A shorter stream would lie in the mini stream.
    let sizes: Vec<usize> =
        entries.iter().map(|entry| if entry.sort == 2 { entry.stream.len().max(4_096) } else { 0 }).collect();
    let sectors: usize = sizes.iter().map(|size| size.div_ceil(SECTOR)).sum();
    let tables = (sectors + 1).div_ceil(SECTOR / 4 - 1);
    let mut next: Vec<u32> = vec![TABLE; tables];
    let mut body = Vec::new();
    let mut directory = entry("Root Entry", 5, END, 0);
    directory[76..80].copy_from_slice(&child.to_le_bytes());
    if place == Directory::First {
        next.push(END);
    }
    for (listed, size) in entries.iter().zip(&sizes) {
        let start = u32::try_from(next.len()).unwrap();
        let length = size.div_ceil(SECTOR);
        next.extend((1..length).map(|sector| start + u32::try_from(sector).unwrap()));
        next.extend((length > 0).then_some(END));
        body.extend(listed.stream);
        let end = body.len() - listed.stream.len() + length * SECTOR;
        body.resize(end, 0);
        let mut described = entry(listed.name, listed.sort, start, u32::try_from(*size).unwrap());
        for (at, link) in [68, 72, 76].into_iter().zip(listed.links) {
            described[at..at + 4].copy_from_slice(&link.to_le_bytes());
        }
        directory.extend(described);
    }
    directory.resize(SECTOR, 0);
    let last = u32::try_from(next.len()).unwrap();
    if place == Directory::Last {
        next.push(END);
    }
    next.resize(tables * SECTOR / 4, FREE);
    let mut file = header(tables);
    if place == Directory::Last {
        file[48..52].copy_from_slice(&last.to_le_bytes());
    }
    file.extend(next.iter().flat_map(|number| number.to_le_bytes()));
    let (before, after) = if place == Directory::First { (directory, body) } else { (body, directory) };
    file.extend(before);
    file.extend(after);
    file
}

fn header(tables: usize) -> Vec<u8> {
    let mut header = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    header.resize(24, 0);
    for half in [0x3E_u16, 3, 0xFFFE, 9, 6] {
        header.extend(half.to_le_bytes());
    }
    header.resize(44, 0);
    let tables = u32::try_from(tables).unwrap();
    for number in [tables, tables, 0, 4_096, END, 0, END, 0] {
        header.extend(number.to_le_bytes());
    }
    header.extend((0..109).flat_map(|place: u32| if place < tables { place } else { FREE }.to_le_bytes()));
    header
}

fn entry(name: &str, sort: u8, start: u32, size: u32) -> Vec<u8> {
    let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let length = u16::try_from(entry.len() + 2).unwrap();
    entry.resize(64, 0);
    entry.extend(length.to_le_bytes());
    entry.extend([sort, 1]);
    entry.extend([0xFF; 12]);
    entry.resize(116, 0);
    entry.extend(start.to_le_bytes());
    entry.extend(size.to_le_bytes());
    entry.resize(128, 0);
    entry
}

pub fn record(out: &mut Vec<u8>, number: u16, data: &[u8]) {
    out.extend(number.to_le_bytes());
    out.extend(u16::try_from(data.len()).unwrap().to_le_bytes());
    out.extend(data);
}

fn begin(out: &mut Vec<u8>, sort: u16) {
    let mut data = Vec::new();
    for half in [0x0600_u16, sort, 0x0DBB, 0x07CC, 0, 0, 6, 0] {
        data.extend(half.to_le_bytes());
    }
    record(out, 0x0809, &data);
}

/// Letters in 16 bits after their number, in `width` bytes, and a flag.
fn letters(text: &str, width: usize) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut data = units.len().to_le_bytes()[..width].to_vec();
    data.push(1);
    data.extend(units.into_iter().flat_map(u16::to_le_bytes));
    data
}

fn stream(book: &Workbook) -> Vec<u8> {
    let mut globals = Vec::new();
    begin(&mut globals, 5);
    record(&mut globals, 0x0042, &1_200_u16.to_le_bytes());
    record(&mut globals, 0x0022, &u16::from(book.counts_from_1904).to_le_bytes());
    for format in FORMATS {
        let mut data = vec![0; 20];
        data[2..4].copy_from_slice(&format.to_le_bytes());
        record(&mut globals, 0x00E0, &data);
    }
    let sheets: Vec<Vec<u8>> = book.sheets.iter().map(|sheet| sheet_stream(sheet, book.counts_from_1904)).collect();
    let names: Vec<Vec<u8>> = book.sheets.iter().map(|sheet| letters(&sheet.name, 1)).collect();
    let listed: usize = names.iter().map(|name| 4 + 6 + name.len()).sum();
    let mut start = globals.len() + listed + 4;
    for ((sheet, name), bytes) in book.sheets.iter().zip(names).zip(&sheets) {
        let mut data = u32::try_from(start).unwrap().to_le_bytes().to_vec();
        data.extend([u8::from(sheet.visibility == Visibility::Hidden), 0]);
        data.extend(name);
        record(&mut globals, 0x0085, &data);
        start += bytes.len();
    }
    record(&mut globals, 0x000A, &[]);
    globals.extend(sheets.into_iter().flatten());
    globals
}

fn sheet_stream(sheet: &Sheet, counts_from_1904: bool) -> Vec<u8> {
    let epoch = if counts_from_1904 { 1_462.0 } else { 0.0 };
    let mut out = Vec::new();
    begin(&mut out, 0x10);
    // COLINFO: first, last, width, style, flags.
    for (first, last) in &sheet.hidden_columns {
        let run = [*first, *last, 2_340, 0, 1, 0].map(|number| u16::try_from(number).unwrap().to_le_bytes());
        record(&mut out, 0x007D, &run.concat());
    }
    record(&mut out, 0x007D, &[200_u16, 255, 2_340, 0, 0, 0].map(u16::to_le_bytes).concat());
    // ROW: number, columns, height, two words of nothing, flags.
    for row in sheet.hidden_rows.iter().flat_map(|(first, last)| *first..=*last) {
        let row = u16::try_from(row).unwrap();
        record(&mut out, 0x0208, &[row, 0, 1, 255, 0, 0, 0x0120, 0x000F].map(u16::to_le_bytes).concat());
    }
    for row in &sheet.rows {
        for cell in &row.cells {
            let number = |value: f64| value.to_le_bytes().to_vec();
            let (kind, style, data) = match &cell.value {
                CellValue::Text(text) => (0x0204, 0, letters(text, 2)),
                CellValue::Number { value, percent } => (0x0203, u16::from(*percent), number(*value)),
                CellValue::Date(date) => (0x0203, 2, number(serial(*date) - epoch)),
                CellValue::Bool(value) => (0x0205, 0, vec![u8::from(*value), 0]),
                CellValue::Error(error) => (0x0205, 0, vec![error_code(error), 1]),
                // As libraries write it: a zero, and flags that ask to be computed; then an empty formula.
                CellValue::FormulaNotComputed => (0x0006, 0, [number(0.0), vec![3, 0, 0, 0, 0, 0, 0, 0]].concat()),
            };
            let mut place = Vec::new();
            for half in [u16::try_from(row.index).unwrap(), u16::try_from(cell.column).unwrap(), style] {
                place.extend(half.to_le_bytes());
            }
            place.extend(data);
            record(&mut out, kind, &place);
        }
    }
    for areas in sheet.merges().chunks(1_000) {
        let mut data = u16::try_from(areas.len()).unwrap().to_le_bytes().to_vec();
        for area in areas {
            for side in [area.first.row, area.last.row, area.first.column, area.last.column] {
                data.extend(u16::try_from(side).unwrap().to_le_bytes());
            }
        }
        record(&mut out, 0x00E5, &data);
    }
    record(&mut out, 0x000A, &[]);
    out
}

/// Days since the epoch of 1900, for dates from March 1900 on.
pub fn serial(date: simpul::domain::Date) -> f64 {
    f64::from(date.num_days_from_ce() - 693_594)
}

/// The code of an error in binary workbooks.
pub fn error_code(error: &str) -> u8 {
    match error {
        "#NULL!" => 0x00,
        "#DIV/0!" => 0x07,
        "#VALUE!" => 0x0F,
        "#REF!" => 0x17,
        "#NAME?" => 0x1D,
        "#NUM!" => 0x24,
        "#N/A" => 0x2A,
        _ => 0x2B,
    }
}
