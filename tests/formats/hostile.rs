//! Bytes made to hurt: each ends in a workbook within the limits or one sentence, in this process too where
//! nothing but the limits of content holds.

use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write};

use proptest::prelude::*;
use simpul::workbook::{Excess, Limits, OpenError, read};

use super::maker::{escaped, ods_of, zipped};
use super::{biff8, in_tests, read_here, sentence};

/// An xlsx whose only sheet is this XML.
pub fn xlsx_of(sheet: &str) -> Vec<u8> {
    zipped(parts(sheet))
}

pub fn parts(sheet: &str) -> Vec<(&'static str, Vec<u8>)> {
    let part = |text: &str| text.as_bytes().to_vec();
    vec![
        ("[Content_Types].xml", part("<Types><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>")),
        (
            "_rels/.rels",
            part(
                "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
            ),
        ),
        (
            "xl/workbook.xml",
            part(
                "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            part(
                "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
            ),
        ),
        ("xl/worksheets/sheet1.xml", part(sheet)),
    ]
}

/// A sheet with these rows.
pub fn sheet_of(rows: &str) -> String {
    format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"
    )
}

fn excess(bytes: &[u8], limits: &Limits) -> Excess {
    let error = read("a.xlsx", bytes, limits).unwrap_err();
    sentence("a.xlsx", &error);
    let OpenError::TooLarge { excess, .. } = error else { unreachable!("{error}") };
    excess
}

#[test]
fn two_cells_in_opposite_corners_cost_nothing() {
    let corners =
        "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row>";
    let limits = Limits::default();
    assert!(matches!(excess(&xlsx_of(&sheet_of(corners)), &limits), Excess::Rows { .. }));
    let wide = "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"XFD1\"><v>2</v></c></row>";
    assert!(matches!(excess(&xlsx_of(&sheet_of(wide)), &limits), Excess::Columns { .. }));
    let far = "<table:table table:name=\"A\"><table:table-row table:number-rows-repeated=\"1048575\"><table:table-cell/></table:table-row><table:table-row><table:table-cell table:number-columns-repeated=\"1000\"/><table:table-cell office:value-type=\"float\" office:value=\"1\"/></table:table-row></table:table>";
    assert!(matches!(excess(&ods_of(far), &limits), Excess::Rows { .. }));
    let repeated = "<table:table table:name=\"A\"><table:table-row table:number-rows-repeated=\"300000\"><table:table-cell table:number-columns-repeated=\"1000\" office:value-type=\"float\" office:value=\"1\"/></table:table-row></table:table>";
    let small = Limits { cells: 10_000, ..limits };
    assert_eq!(excess(&ods_of(repeated), &small), Excess::Cells(10_000));
}

#[test]
fn a_dimension_record_that_lies_is_not_believed() {
    for dimension in ["A1:XFD1048576", "A1", "Z9:B2", ""] {
        let sheet = sheet_of("<row r=\"2\"><c r=\"B2\"><v>7</v></c></row>")
            .replace("<sheetData>", &format!("<dimension ref=\"{dimension}\"/><sheetData>"));
        match read_here("a.xlsx", &xlsx_of(&sheet)) {
            Ok(book) => assert_eq!(book.sheets[0].rows.len(), 1, "{dimension}"),
            Err(error) => drop(sentence("a.xlsx", &error)),
        }
    }
}

#[test]
fn every_limit_is_named() {
    let limits = Limits { zip_entries: 6, sheets: 1, cells: 3, merges: 1, text_chars: 5, ..Limits::default() };
    let cell =
        |text: &str| sheet_of(&format!("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>{text}</t></is></c></row>"));
    assert!(matches!(excess(&xlsx_of(&cell("123456")), &limits), Excess::TextChars { .. }));
    let row = "<row r=\"1\"><c><v>1</v></c><c><v>1</v></c><c><v>1</v></c><c><v>1</v></c></row>";
    assert_eq!(excess(&xlsx_of(&sheet_of(row)), &limits), Excess::Cells(3));
    let merges = sheet_of("").replace(
        "</worksheet>",
        "<mergeCells count=\"2\"><mergeCell ref=\"A1:B1\"/><mergeCell ref=\"A2:B2\"/></mergeCells></worksheet>",
    );
    assert!(matches!(excess(&xlsx_of(&merges), &limits), Excess::Merges { .. }));
    let mut many = parts(&sheet_of(""));
    many.extend([("a", Vec::new()), ("b", Vec::new())]);
    assert_eq!(excess(&zipped(many), &limits), Excess::ZipEntries(6));
    let tables = "<table:table table:name=\"A\"></table:table><table:table table:name=\"B\"></table:table>";
    assert_eq!(excess(&ods_of(tables), &limits), Excess::Sheets(1));
    let limits = Limits { file_bytes: 10, ..limits };
    assert_eq!(excess(&[b'a'; 11], &limits), Excess::FileBytes(10));
}

#[test]
fn what_inflates_beyond_the_limit_is_not_inflated() {
    let bomb = xlsx_of(&sheet_of(&" ".repeat(64 << 20)));
    assert!(bomb.len() < 200_000);
    let limits = Limits { inflated_bytes: 32 << 20, ..Limits::default() };
    assert_eq!(excess(&bomb, &limits), Excess::InflatedBytes(32 << 20));
    // The same with a directory that lies about it.
    let mut lying = bomb;
    let declared = u32::try_from(sheet_of(&" ".repeat(64 << 20)).len()).unwrap().to_le_bytes();
    while let Some(place) = lying.windows(4).position(|window| window == declared) {
        lying[place..place + 4].copy_from_slice(&1_000_u32.to_le_bytes());
    }
    let error = read("a.xlsx", &lying, &limits).unwrap_err();
    sentence("a.xlsx", &error);
}

#[test]
fn entities_are_never_expanded() {
    let mut bomb = "<!DOCTYPE x [<!ENTITY a0 \"ha\">".to_owned();
    for level in 1..40 {
        write!(bomb, "<!ENTITY a{level} \"&a{0};&a{0};\">", level - 1).unwrap();
    }
    bomb.push_str("]>");
    let cell = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>&a39;</t></is></c></row>";
    for bytes in [
        xlsx_of(&format!("{bomb}{}", sheet_of(cell))),
        ods_of(
            "<table:table table:name=\"A\"><table:table-row><table:table-cell office:value-type=\"string\"><text:p>&a39;</text:p></table:table-cell></table:table-row></table:table>",
        ),
    ] {
        match read_here("a.xlsx", &bytes) {
            Ok(book) => assert!(book.sheets[0].rows.iter().all(|row| row.cells[0].value.text().unwrap().len() < 100)),
            Err(error) => drop(sentence("a.xlsx", &error)),
        }
    }
}

#[test]
fn duplicate_names_backslashes_and_capitals() {
    let sheet = sheet_of("<row r=\"1\"><c r=\"A1\"><v>7</v></c></row>");
    let spelled: Vec<(String, Vec<u8>)> =
        parts(&sheet).into_iter().map(|(name, bytes)| (name.replace('/', "\\"), bytes)).collect();
    let backslashes = zipped(spelled.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())));
    match read_here("a.xlsx", &backslashes) {
        Ok(book) => assert_eq!(book.sheets[0].rows.len(), 1),
        Err(error) => drop(sentence("a.xlsx", &error)),
    }
    // The writer refuses a second entry of one name; one byte of another name is changed afterwards.
    let mut doubled = parts(&sheet);
    doubled.push(("xl/worksheets/sheet2.xml", sheet_of("").into_bytes()));
    let mut bytes = zipped(doubled);
    let name = b"sheet2.xml";
    while let Some(place) = bytes.windows(name.len()).position(|window| window == name) {
        bytes[place + 5] = b'1';
    }
    if let Err(error) = read_here("a.xlsx", &bytes) {
        sentence("a.xlsx", &error);
    }
}

#[test]
fn chains_of_sectors_that_loop_end() {
    let mut stream = Vec::new();
    for number in [0x0809_u16, 0x000A] {
        stream.extend(number.to_le_bytes());
        stream.extend(0_u16.to_le_bytes());
    }
    stream.resize(20_000, 0);
    let good = biff8::envelope("Workbook", &stream);
    // The table of sectors is the first one; its numbers from the third on are the stream's.
    for (sector, next) in [(2_usize, 2_u32), (5, 3), (4, 0xFFFF_0000), (1, 1), (3, 0x00FF_FFFF)] {
        let mut bytes = good.clone();
        bytes[512 + 4 * sector..][..4].copy_from_slice(&next.to_le_bytes());
        // A size as large as the field allows, so that nothing else ends the chain.
        let size = 512 * 2 + 128 + 120;
        bytes[size..size + 4].copy_from_slice(&u32::MAX.to_le_bytes());
        let error = read_here("a.xls", &bytes).unwrap_err();
        assert!(matches!(error, OpenError::Damaged { .. }), "{error}");
        sentence("a.xls", &error);
    }
    let mut bytes = good;
    bytes[68..72].copy_from_slice(&0_u32.to_le_bytes());
    let error = read_here("a.xls", &bytes).unwrap_err();
    assert!(matches!(error, OpenError::Damaged { .. }), "{error}");
}

/// Whatever comes after a cut is missing: a part of a workbook must never pass for the whole.
#[test]
fn cut_at_every_hundredth_byte() {
    for file in ["shapes.xlsx", "shapes.ods", "shapes.xls"] {
        let whole = fs::read(in_tests("workbooks").join(file)).unwrap();
        let all = read_here(file, &whole).unwrap();
        for end in (0..whole.len()).step_by(100) {
            match read_here(file, &whole[..end]) {
                Ok(book) => assert_eq!(book, all, "{file} cut at {end}"),
                Err(error) => drop(sentence(file, &error)),
            }
        }
    }
}

#[test]
fn cut_xlsb_and_flipped_bytes() {
    let book = read_here("a.xlsx", &fs::read(in_tests("workbooks/shapes.xlsx")).unwrap()).unwrap();
    for (name, whole) in [("a.xlsb", super::binary12::xlsb(&book)), ("a.xls", biff8::xls(&book))] {
        for end in (0..whole.len()).step_by(100) {
            if let Err(error) = read_here(name, &whole[..end]) {
                sentence(name, &error);
            }
        }
        for place in (0..whole.len()).step_by(37) {
            let mut bytes = whole.clone();
            bytes[place] ^= 0xFF;
            if let Err(error) = read_here(name, &bytes) {
                sentence(name, &error);
            }
        }
    }
}

#[test]
fn pages_that_span_and_nest_without_end() {
    let wide = "<table><tr><td colspan=4294967295 rowspan=4294967295>a<td>b</table>";
    assert!(matches!(excess(wide.as_bytes(), &Limits::default()), Excess::Columns { .. }));
    let deep = format!("{}a{}", "<table><tr><td>".repeat(50_000), "</table>".repeat(50_000));
    assert_eq!(read_here("a.xls", deep.as_bytes()).unwrap().sheets[0].rows.len(), 1);
    let cells = format!("<table><tr>{}</table>", "<td>x".repeat(5_000));
    assert!(matches!(excess(cells.as_bytes(), &Limits::default()), Excess::Columns { .. }));
}

#[test]
fn hostile_text_stays_text() {
    for text in ["=cmd|' /C calc'!A0", "<script>alert(1)</script>", "\u{202E}txt.exe", "@SUM(A1)", "+1+1"] {
        let cell = format!("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>{}</t></is></c></row>", escaped(text));
        let book = read_here("a.xlsx", &xlsx_of(&sheet_of(&cell))).unwrap();
        assert_eq!(book.sheets[0].rows[0].cells[0].value.text(), Some(text));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn random_bytes_end_in_a_sentence(
        magic in prop::sample::select(vec![&b""[..], b"PK\x03\x04", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"\x09\x08\x08\x00", b"<table>", b"a;b\n"]),
        bytes in prop::collection::vec(any::<u8>(), 0..2_000),
    ) {
        let bytes = [magic, &bytes].concat();
        if let Err(error) = read_here("acak.xlsx", &bytes) {
            sentence("acak.xlsx", &error);
        }
    }

    #[test]
    fn random_parts_in_a_sound_zip_end_in_a_sentence(
        place in 0_usize..5,
        at in 0_usize..600,
        noise in prop::collection::vec(any::<u8>(), 1..20),
    ) {
        let mut parts = parts(&sheet_of("<row r=\"1\"><c r=\"A1\" s=\"9\"><f>1+1</f></c><c r=\"B1\" t=\"s\"><v>99</v></c></row>"));
        let part = &mut parts[place].1;
        let at = at.min(part.len());
        part.splice(at..at, noise);
        if let Err(error) = read_here("acak.xlsx", &zipped(parts)) {
            sentence("acak.xlsx", &error);
        }
    }
}

/// An empty zip of many levels of nothing is a zip of nothing.
#[test]
fn an_archive_without_parts() {
    let mut bytes = Cursor::new(Vec::new());
    zip::ZipWriter::new(&mut bytes).finish().unwrap().flush().unwrap();
    let error = read_here("a.xlsx", &bytes.into_inner()).unwrap_err();
    sentence("a.xlsx", &error);
}
