//! Looks into packages: parts by name, cell formats, and whether a marked copy equals its original outside the
//! marks.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};

use simpul::diagnostic::{Issue, IssueCode, NOTES_SHEET, Severity};
use simpul::marked::{Notes, mark};
use simpul::workbook::{Limits, Workbook, read};
use zip::write::SimpleFileOptions;

/// The colour of the list's tab.
const LIST_TAB: &str = "FF7A1F5C";

pub fn notes() -> Notes {
    Notes { file_name: "rekap.xlsx".to_owned(), imported: "22 November 2026 09.15, oleh Siti".to_owned() }
}

pub fn issue(sheet: &str, cell: &str, severity: Severity, message: &str) -> Issue {
    let (sheet, cell, message) = (sheet.to_owned(), cell.to_owned(), message.to_owned());
    Issue { sheet, cell, code: IssueCode::InvalidDate, severity, message, about: None }
}

pub fn error(sheet: &str, cell: &str) -> Issue {
    issue(sheet, cell, Severity::Error, &format!("sel {cell} bukan tanggal; tulis seperti 12 Mei 2023"))
}

pub fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for place in 0..archive.len() {
        let mut entry = archive.by_index(place).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        parts.insert(entry.name().unwrap().into_owned(), content);
    }
    parts
}

pub fn text(bytes: &[u8], part: &str) -> String {
    let found = parts(bytes).remove(part);
    assert!(found.is_some(), "no {part}");
    String::from_utf8(found.unwrap()).unwrap()
}

/// The package with parts replaced or added.
pub fn with_parts(bytes: &[u8], changes: &[(&str, &str)]) -> Vec<u8> {
    let mut all = parts(bytes);
    for (name, text) in changes {
        all.insert((*name).to_owned(), text.as_bytes().to_vec());
    }
    package(all.iter().map(|(name, text)| (name.as_str(), text.as_slice())))
}

pub fn package<'p>(parts: impl IntoIterator<Item = (&'p str, &'p [u8])>) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub fn opened(bytes: &[u8]) -> Workbook {
    read("rekap.xlsx", bytes, &Limits::default()).unwrap()
}

/// Cell → format, of one sheet part as `rust_xlsxwriter` and openpyxl write it.
pub fn formats_of_cells(sheet: &str) -> BTreeMap<String, usize> {
    let attribute = |tag: &str, name: &str| {
        let value = tag.split_once(&format!(" {name}=\""))?.1;
        Some(value.split_once('"')?.0.to_owned())
    };
    let tags = sheet.split("<c ").skip(1).map(|rest| format!(" {}", rest.split('>').next().unwrap()));
    tags.map(|tag| {
        let format = attribute(&tag, "s").map_or(0, |format| format.parse().unwrap());
        (attribute(&tag, "r").unwrap(), format)
    })
    .collect()
}

/// The cell formats of a styles part, without what a mark changes.
pub fn formats(styles: &str) -> Vec<String> {
    let list = styles.split_once("<cellXfs").unwrap().1.split_once("</cellXfs>").unwrap().0;
    let mut formats: Vec<String> = Vec::new();
    for item in list.split("<xf ").skip(1) {
        let (tag, rest) = item.split_once('>').unwrap();
        let mut kept: Vec<&str> = tag
            .trim_end_matches('/')
            .split_whitespace()
            .filter(|attribute| !attribute.starts_with("fillId=") && !attribute.starts_with("applyFill="))
            .collect();
        kept.sort_unstable();
        formats.push(format!("{kept:?} {rest}"));
    }
    formats
}

/// Marks, and asserts that the copy equals its original outside the marks and that marking it again changes
/// nothing. Gives the copy.
pub fn checked(original: &[u8], issues: &[Issue]) -> Vec<u8> {
    let marked = mark(original, issues, &notes()).unwrap();
    let again = mark(&marked, issues, &notes()).unwrap();
    assert!(again == marked, "marking twice differs: {:?}", differing(&again, &marked));
    assert_same_outside_the_marks(original, &marked);
    marked
}

/// Opens both with another library than the one that marks, and compares cells, formats and parts.
pub fn assert_same_outside_the_marks(original: &[u8], marked: &[u8]) {
    let (before, after) = (opened(original), opened(marked));
    let kept = |book: &Workbook| {
        let sheets = book.sheets.iter().filter(|sheet| !sheet.name.starts_with(NOTES_SHEET));
        let mut sheets: Vec<_> = sheets.cloned().collect();
        // Fills are what marks change; strikes and the colours of texts stay.
        for sheet in &mut sheets {
            sheet.marks.filled.clear();
        }
        sheets
    };
    assert!(kept(&before) == kept(&after), "{:?}\n{:?}", kept(&before), kept(&after));
    assert_eq!(after.sheets.last().unwrap().name, NOTES_SHEET);
    let touched = |name: &str| {
        let marked_sheets = name.contains("worksheets/") || name.contains("comments") || name.contains("vmlDrawing");
        marked_sheets
            || matches!(name, "[Content_Types].xml" | "xl/workbook.xml" | "xl/styles.xml")
            || name == "xl/_rels/workbook.xml.rels"
    };
    let (old, new) = (parts(original), parts(marked));
    for (name, content) in &old {
        assert!(touched(name) || new.get(name) == Some(content), "{name} has changed");
    }
    let stays = new.keys().filter(|name| old.contains_key(*name)).count();
    assert_eq!(stays, old.len());
    same_formats(&old, &new);
}

/// Every cell has the same format as before but for its fill.
fn same_formats(old: &BTreeMap<String, Vec<u8>>, new: &BTreeMap<String, Vec<u8>>) {
    let text = |parts: &BTreeMap<String, Vec<u8>>, name: &str| String::from_utf8(parts[name].clone()).unwrap();
    let (before, after) = (formats(&text(old, "xl/styles.xml")), formats(&text(new, "xl/styles.xml")));
    assert_eq!(before, after[..before.len()]);
    for name in old.keys().filter(|name| name.starts_with("xl/worksheets/sheet")) {
        if text(old, name).contains(LIST_TAB) {
            continue;
        }
        let (old, new) = (formats_of_cells(&text(old, name)), formats_of_cells(&text(new, name)));
        for (cell, format) in &old {
            assert_eq!(after[new[cell]], before[*format], "{name} {cell}");
        }
    }
}

pub fn differing(one: &[u8], other: &[u8]) -> BTreeSet<String> {
    let (one, other) = (parts(one), parts(other));
    let names: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    names.into_iter().filter(|name| one.get(*name) != other.get(*name)).cloned().collect()
}
