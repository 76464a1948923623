//! Packages of unusual make, and hostile ones.

use simpul::diagnostic::Severity;
use simpul::marked::{MarkError, list_workbook, mark};

use super::parts::{error, issue, notes, opened, package, text};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A package by hand: odd paths, prefixes, absolute and relative targets, no styles.
fn by_hand(main: &str, relations: &str, cells: &str) -> Vec<(&'static str, String)> {
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    vec![
        ("[Content_Types].xml", "<t:Types xmlns:t=\"http://schemas.openxmlformats.org/package/2006/content-types\"><t:Default Extension=\"xml\" ContentType=\"application/xml\"/><t:Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><t:Override PartName=\"/buku/isi.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><t:Override PartName=\"/lembar.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/></t:Types>".to_owned()),
        ("_rels/.rels", format!("<Relationships xmlns=\"{package}\"><Relationship Id=\"a\" Type=\"{relations}/officeDocument\" Target=\"buku/isi.xml\"/></Relationships>")),
        ("buku/isi.xml", format!("<x:workbook xmlns:x=\"{main}\"><x:sheets><x:sheet xmlns:q=\"{relations}\" name=\"A &amp; 'B'\" sheetId=\"4\" q:id=\"s\"/></x:sheets></x:workbook>")),
        ("buku/_rels/isi.xml.rels", format!("<Relationships xmlns=\"{package}\"><Relationship Id=\"s\" Type=\"{relations}/worksheet\" Target=\"../lembar.xml\"/><Relationship Id=\"rId2\" Type=\"{relations}/hyperlink\" Target=\"http://contoh.id\" TargetMode=\"External\"/></Relationships>")),
        ("lembar.xml", format!("<x:worksheet xmlns:x=\"{main}\"><x:sheetData>{cells}</x:sheetData></x:worksheet>")),
    ]
}

fn packed(parts: &[(&str, String)]) -> Vec<u8> {
    package(parts.iter().map(|(name, text)| (*name, text.as_bytes())))
}

const CELLS: &str = "<x:row><x:c t=\"inlineStr\"><x:is><x:t>satu</x:t></x:is></x:c><x:c><x:v>2</x:v></x:c></x:row>";

#[test]
fn odd_paths_prefixes_and_targets_are_followed() {
    for relations in [RELATIONS, "http://purl.oclc.org/ooxml/officeDocument/relationships"] {
        let main = if relations == RELATIONS { MAIN } else { "http://purl.oclc.org/ooxml/spreadsheetml/main" };
        let original = packed(&by_hand(main, relations, CELLS));
        let issues = [error("A & 'B'", "B1"), issue("A & 'B'", "D4", Severity::Warning, "kosong")];
        let marked = mark(&original, &issues, &notes()).unwrap();
        assert!(mark(&marked, &issues, &notes()).unwrap() == marked);
        let sheet = text(&marked, "lembar.xml");
        assert!(
            sheet.contains("<x:c s=\"1\"><x:v>2</x:v></x:c>") && sheet.contains("<x:c r=\"D4\" s=\"2\"/>"),
            "{sheet}"
        );
        assert!(
            sheet.contains(&format!("<x:legacyDrawing xmlns:r=\"{relations}\" r:id=\"rId2\"/></x:worksheet>")),
            "{sheet}"
        );
        assert!(text(&marked, "_rels/lembar.xml.rels").contains("Target=\"/buku/comments1.xml\""));
        assert!(text(&marked, "buku/comments1.xml").contains(main));
        assert!(text(&marked, "buku/worksheets/sheet1.xml").contains("location=\"'A &amp; ''B'''!B1\""));
        assert!(text(&marked, "buku/isi.xml").contains("<x:sheet xmlns:r="));
    }
}

#[test]
fn utf16_parts_are_understood() {
    let mut parts = by_hand(MAIN, RELATIONS, CELLS);
    let sheet = parts.pop().unwrap();
    let wide: Vec<u8> = "\u{FEFF}<?xml version=\"1.0\" encoding=\"UTF-16\"?>"
        .encode_utf16()
        .chain(sheet.1.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let all = parts.iter().map(|(name, text)| (*name, text.as_bytes())).chain([(sheet.0, wide.as_slice())]);
    let marked = mark(&package(all), &[error("A & 'B'", "A1")], &notes()).unwrap();
    assert!(text(&marked, "lembar.xml").contains("<x:c s=\"1\" t=\"inlineStr\">"));
}

#[test]
fn other_formats_are_refused_with_the_way_out() {
    let ods =
        package([("mimetype", b"application/vnd.oasis.opendocument.spreadsheet".as_slice()), ("content.xml", b"<a/>")]);
    let mut xlsb = by_hand(MAIN, RELATIONS, CELLS);
    xlsb[1].1 = xlsb[1].1.replace("isi.xml", "isi.bin");
    xlsb.push(("buku/isi.bin", "x".to_owned()));
    let mut word = by_hand(MAIN, RELATIONS, CELLS);
    word[2].1 = "<w:document/>".to_owned();
    for bytes in
        [b"".as_slice(), b"a;b\n1;2", b"<html>", &[0xD0, 0xCF, 0x11, 0xE0], &ods, &packed(&xlsb), &packed(&word)]
    {
        assert_eq!(mark(bytes, &[], &notes()), Err(MarkError::UnsupportedFormat));
    }
}

#[test]
fn damaged_packages_are_refused_in_a_sentence() {
    let whole = packed(&by_hand(MAIN, RELATIONS, CELLS));
    for length in [4, 30, whole.len() / 2, whole.len() - 8] {
        let error = mark(&whole[..length], &[], &notes()).unwrap_err();
        assert!(error.to_string().starts_with("salinan bertanda"), "{error}");
    }
    for (place, content) in
        [(4, "<x:worksheet>"), (4, "<a"), (4, ""), (2, "<x:workbook xmlns:x='m'/>"), (0, "<"), (3, "<a><b>")]
    {
        let mut parts = by_hand(MAIN, RELATIONS, CELLS);
        content.clone_into(&mut parts[place].1);
        // Refused or not: never a panic.
        drop(mark(&packed(&parts), &[error("A & 'B'", "A1")], &notes()));
    }
}

#[test]
fn two_parts_of_one_name_are_refused() {
    let mut parts = by_hand(MAIN, RELATIONS, CELLS);
    parts.push(("LEMBAR.xml", "<a/>".to_owned()));
    assert_eq!(mark(&packed(&parts), &[], &notes()), Err(MarkError::DuplicatePart { name: "LEMBAR.xml".to_owned() }));
    parts.pop();
    parts.push(("lembar.xmm", "<a/>".to_owned()));
    let mut bytes = packed(&parts);
    let name = b"lembar.xmm";
    let places: Vec<usize> =
        bytes.windows(name.len()).enumerate().filter(|(_, w)| w == name).map(|(at, _)| at).collect();
    for place in places {
        bytes[place + name.len() - 1] = b'l';
    }
    assert!(matches!(mark(&bytes, &[], &notes()), Err(MarkError::DuplicatePart { .. })));
}

#[test]
fn entities_are_not_resolved() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;\">]>";
    let mut parts = by_hand(MAIN, RELATIONS, &CELLS.replace("satu", "&b;"));
    parts[4].1.insert_str(0, bomb);
    let marked = mark(&packed(&parts), &[error("A & 'B'", "B1")], &notes()).unwrap();
    assert!(text(&marked, "lembar.xml").starts_with(bomb) && text(&marked, "lembar.xml").contains("&b;"));
}

#[test]
fn a_long_message_is_cut_where_a_cell_ends() {
    let list = list_workbook(&[issue("A", "A1", Severity::Error, &"ß".repeat(50_000))], &notes(), "rusak").unwrap();
    let book = opened(&list);
    let longest = book.sheets[0].rows.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.value.text());
    assert_eq!(longest.map(|text| text.chars().count()).max(), Some(32_767));
}
