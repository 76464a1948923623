//! Formulas that nobody computed are told from figures, in every format and however a library wrote them.

use simpul::domain::records::CellRef;
use simpul::workbook::{Cell, CellValue, Row, Sheet, Visibility, Workbook};

use super::biff8::xls;
use super::binary12::xlsb;
use super::hostile::{parts, sheet_of};
use super::maker::{ods, ods_of, zipped};
use super::read_here;

fn uncomputed(book: &Workbook) -> Vec<String> {
    let cells = book.sheets.iter().flat_map(|sheet| &sheet.rows).flat_map(|row| {
        let uncomputed = row.cells.iter().filter(|cell| cell.value == CellValue::FormulaNotComputed);
        uncomputed.map(|cell| CellRef { row: row.index, column: cell.column }.to_string())
    });
    cells.collect()
}

/// A workbook whose first sheet has these rows; it may ask to be computed when it is opened.
fn xlsx(rows: &str, is_to_be_computed: bool) -> Workbook {
    let parts = parts("").into_iter().map(|(name, bytes)| match name {
        "xl/workbook.xml" if is_to_be_computed => {
            let text = String::from_utf8(bytes).unwrap();
            (name, text.replace("</sheets>", "</sheets><calcPr calcId=\"124519\" fullCalcOnLoad=\"1\"/>").into_bytes())
        }
        "xl/worksheets/sheet1.xml" => (name, sheet_of(rows).into_bytes()),
        _ => (name, bytes),
    });
    read_here("a.xlsx", &zipped(parts)).unwrap()
}

#[test]
fn xlsx_formulas_without_a_value() {
    let rows = "<row r=\"1\"><c r=\"A1\"><f>B1*2</f></c><c r=\"B1\"><v>4</v></c><c r=\"C1\"><f t=\"shared\" ref=\"C1:C2\" si=\"0\">B1+1</f><v></v></c></row>\
        <row r=\"2\"><c r=\"A2\" t=\"str\"><f>\"\"</f><v></v></c><c r=\"C2\"><f t=\"shared\" si=\"0\"/></c>\
        <c r=\"D2\"><f t=\"array\" ref=\"D2:E3\">TRANSPOSE(A1:B2)</f></c></row><row r=\"3\"><c r=\"D3\"/></row>";
    assert_eq!(uncomputed(&xlsx(rows, false)), ["A1", "C1", "C2", "D2", "E2", "D3", "E3"]);
}

#[test]
fn xlsx_zeros_of_a_workbook_that_was_never_computed() {
    let zeros = "<row r=\"1\"><c r=\"A1\"><v>0</v></c><c r=\"B1\"><f>A1+3</f><v>0</v></c><c r=\"C1\"><f>A1</f><v>0</v></c></row>";
    assert_eq!(uncomputed(&xlsx(zeros, true)), ["B1", "C1"]);
    // Excel has saved it, or something was computed: a zero is one.
    assert_eq!(uncomputed(&xlsx(zeros, false)), [] as [&str; 0]);
    let some = zeros.replace("<f>A1+3</f><v>0</v>", "<f>A1+3</f><v>3</v>");
    assert_eq!(uncomputed(&xlsx(&some, true)), [] as [&str; 0]);
}

fn book(values: &[CellValue]) -> Workbook {
    let cells = (0..).zip(values).map(|(column, value)| Cell { column, value: value.clone() });
    let rows = vec![Row { index: 0, cells: cells.collect() }];
    let sheet = Sheet::new("A".to_owned(), Visibility::Visible, rows, Vec::new());
    Workbook { file: "a".to_owned(), sheets: vec![sheet], counts_from_1904: false, notices: Vec::new() }
}

#[test]
fn formulas_of_the_other_formats_without_a_value() {
    let number = CellValue::Number { value: 0.0, percent: false };
    let book = book(&[CellValue::FormulaNotComputed, number, CellValue::FormulaNotComputed]);
    for (name, bytes) in [("a.xls", xls(&book)), ("a.xlsb", xlsb(&book)), ("a.ods", ods(&book))] {
        assert_eq!(uncomputed(&read_here(name, &bytes).unwrap()), ["A1", "C1"], "{name}");
    }
    let xml = "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>\
        <Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">\
        <Worksheet ss:Name=\"A\"><Table><Row><Cell ss:Formula=\"=RC[1]\"/><Cell><Data ss:Type=\"Number\">1</Data></Cell></Row>\
        </Table></Worksheet></Workbook>";
    assert_eq!(uncomputed(&read_here("a.xls", xml.as_bytes()).unwrap()), ["A1"]);
    let matrix = ods_of(
        "<table:table table:name=\"A\"><table:table-row><table:table-cell table:formula=\"of:=TRANSPOSE([.D1:.E1])\" \
         table:number-matrix-columns-spanned=\"1\" table:number-matrix-rows-spanned=\"2\"/></table:table-row>\
         <table:table-row><table:table-cell/></table:table-row></table:table>",
    );
    assert_eq!(uncomputed(&read_here("a.ods", &matrix).unwrap()), ["A1", "A2"]);
}
