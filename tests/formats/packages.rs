//! Packages put together in other ways than Excel does: read where nothing is in doubt, else the right reason.

use simpul::workbook::{CellValue, Notice, Workbook};

use super::hostile::{parts, sheet_of};
use super::maker::{ods_of, zipped};
use super::{read_here, sentence};

const CELL: &str = "<row r=\"1\"><c r=\"A1\"><v>7</v></c></row>";

/// The parts of a small xlsx, with one of them rewritten.
fn xlsx_with(part: &str, rewrite: impl Fn(&str) -> Vec<u8>) -> Vec<u8> {
    let mut parts = parts(&sheet_of(CELL));
    let place = parts.iter().position(|(name, _)| *name == part).unwrap();
    parts[place].1 = rewrite(std::str::from_utf8(&parts[place].1).unwrap());
    zipped(parts)
}

/// The same with more sheets in its list.
fn with_sheets(sheets: &str) -> Vec<u8> {
    xlsx_with("xl/workbook.xml", |list| list.replace("</sheets>", &format!("{sheets}</sheets>")).into_bytes())
}

fn assert_one_cell(book: &Workbook) {
    assert_eq!(book.sheets.len(), 1);
    let cells: Vec<&CellValue> =
        book.sheets[0].rows.iter().flat_map(|row| &row.cells).map(|cell| &cell.value).collect();
    assert_eq!(cells, [&CellValue::Number { value: 7.0, percent: false }]);
}

#[track_caller]
fn assert_refused(name: &str, bytes: &[u8], expected: &str) {
    let error = read_here(name, bytes).unwrap_err();
    let text = sentence(name, &error);
    assert!(text.contains(expected), "{text}");
}

#[test]
fn a_workbook_outside_its_usual_folder_is_read() {
    let moved = parts(&sheet_of(CELL)).into_iter().map(|(name, content)| {
        let content = String::from_utf8(content).unwrap().replace("\"xl/workbook.xml\"", "\"buku/workbook.xml\"");
        (name.replace("xl/", "buku/"), content.into_bytes())
    });
    let moved: Vec<(String, Vec<u8>)> = moved.collect();
    let bytes = zipped(moved.iter().map(|(name, content)| (name.as_str(), content.clone())));
    assert_one_cell(&read_here("rekap.xlsx", &bytes).unwrap());
    let root = "<Relationships><Relationship Id=\"a\" Target=\"buku/workbook.bin\"/></Relationships>";
    let binary = zipped([("_rels/.rels", root.into()), ("buku/workbook.bin", vec![0x83, 1, 0])]);
    assert_refused(
        "rekap.xlsb",
        &binary,
        "isinya buku kerja .xlsb dengan susunan yang tidak biasa, belum dapat dibaca",
    );
}

#[test]
fn an_ods_that_names_its_type_in_the_manifest_alone_is_read() {
    let cell = "<table:table-cell office:value-type=\"float\" office:value=\"7\"/>";
    let table = format!("<table:table table:name=\"A\"><table:table-row>{cell}</table:table-row></table:table>");
    let whole = ods_of(&table);
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(whole.as_slice())).unwrap();
    let mut content = Vec::new();
    std::io::Read::read_to_end(&mut archive.by_name("content.xml").unwrap(), &mut content).unwrap();
    let kind = "<manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"application/vnd.oasis.opendocument.spreadsheet\"/>";
    let manifest = |more: &str| format!("<manifest:manifest>{kind}{more}</manifest:manifest>").into_bytes();
    let bytes = zipped([("content.xml", content.clone()), ("META-INF/manifest.xml", manifest(""))]);
    assert_one_cell(&read_here("rekap.ods", &bytes).unwrap());
    let locked =
        zipped([("content.xml", vec![1, 2]), ("META-INF/manifest.xml", manifest("<manifest:encryption-data/>"))]);
    assert_refused("kunci.ods", &locked, "dilindungi kata sandi");
}

#[test]
fn a_numbers_file_is_named() {
    let bytes = zipped([("Index/Document.iwa", vec![0, 1]), ("preview.jpg", vec![0xFF])]);
    assert_refused("rekap.xlsx", &bytes, "Apple iWork (Numbers)");
}

#[test]
fn sheets_of_old_macros_are_left_out_and_a_lost_one_is_damage() {
    let relation = "<Relationship Id=\"rId9\" Type=\"http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet\" Target=\"macrosheets/sheet1.xml\"/>";
    let module = "<sheet name=\"Module1\" sheetId=\"8\" state=\"veryHidden\" r:id=\"\"/>";
    let mut macros = parts(&sheet_of(CELL));
    for (name, content) in &mut macros {
        let text = String::from_utf8_lossy(content).into_owned();
        *content = match *name {
            "xl/workbook.xml" => {
                let sheets = format!("{module}<sheet name=\"Macro1\" sheetId=\"9\" r:id=\"rId9\"/></sheets>");
                text.replace("</sheets>", &sheets).into_bytes()
            }
            "xl/_rels/workbook.xml.rels" => {
                text.replace("</Relationships>", &format!("{relation}</Relationships>")).into_bytes()
            }
            _ => continue,
        };
    }
    macros.push(("xl/macrosheets/sheet1.xml", b"<xm:macrosheet/>".to_vec()));
    let book = read_here("rekap.xlsm", &zipped(macros)).unwrap();
    assert_one_cell(&book);
    assert_eq!(book.notices, [Notice::MacrosIgnored]);
    assert_one_cell(&read_here("rekap.xlsx", &with_sheets(module)).unwrap());
    let lost = with_sheets("<sheet name=\"Juni\" sheetId=\"9\" r:id=\"rId9\"/>");
    assert_refused("rekap.xlsx", &lost, "rusak atau terpotong");
}

#[test]
fn what_may_mean_two_things_is_refused() {
    let twice = with_sheets("<sheet name=\"A\" sheetId=\"2\" r:id=\"rId1\"/>");
    assert_refused("rekap.xlsx", &twice, "dua lembarnya bernama sama");
    let other = ("xl/worksheets/Sheet1.xml", sheet_of("").into_bytes());
    let bytes = zipped(parts(&sheet_of(CELL)).into_iter().chain([other]));
    assert_refused("rekap.xlsx", &bytes, "dua bagiannya bernama sama");
}

#[test]
fn utf_16_is_named() {
    for order in [u16::to_le_bytes, u16::to_be_bytes] {
        let wide = |text: &str| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
        let bytes = xlsx_with("xl/workbook.xml", wide);
        assert_refused("rekap.xlsx", &bytes, "isinya ditulis dalam UTF-16, belum dapat dibaca");
        let marked = xlsx_with("xl/workbook.xml", |text| wide(&format!("\u{FEFF}{text}")));
        assert_refused("rekap.xlsx", &marked, "isinya ditulis dalam UTF-16, belum dapat dibaca");
    }
}
