//! Why xls, xlsb and ods have readers of their own: what calamine makes of the cells that they are there for. A reader
//! whose reason here is gone can go too.

use std::io::Cursor;

use calamine::{Data, Ods, Reader, Xls, Xlsb};
use simpul::domain::records::CellRef;
use simpul::workbook::{Cell, CellValue, Row, Sheet, Visibility, Workbook};

use super::biff8::xls;
use super::binary12::xlsb;
use super::maker::{ods, ods_of};
use super::read_here;

fn book() -> Workbook {
    let values =
        [CellValue::Error("#DIV/0!"), CellValue::Number { value: 0.855, percent: true }, CellValue::Bool(true)];
    let cells = (0..).zip(values).map(|(column, value)| Cell { column, value });
    let sheet = Sheet::new("A".to_owned(), Visibility::Visible, vec![Row { index: 0, cells: cells.collect() }], vec![]);
    Workbook { file: "a".to_owned(), sheets: vec![sheet], counts_from_1904: false, notices: Vec::new() }
}

fn ours(name: &str, bytes: &[u8], column: u32) -> Option<CellValue> {
    read_here(name, bytes).unwrap().sheets[0].get(CellRef { row: 0, column }).cloned()
}

/// A percentage comes as a number of its own, and nothing beside it says that it is one.
fn assert_percent_is_lost(sheet: &calamine::Range<Data>, name: &str, bytes: &[u8]) {
    assert_eq!(sheet.get_value((0, 1)), Some(&Data::Float(0.855)), "{name}");
    assert_eq!(ours(name, bytes, 1), Some(CellValue::Number { value: 0.855, percent: true }), "{name}");
}

#[test]
fn of_xlsb_the_errors_of_formulas() {
    let bytes = xlsb(&book());
    let sheet = Xlsb::new(Cursor::new(&bytes)).unwrap().worksheet_range("A").unwrap();
    assert!(matches!(sheet.get_value((0, 0)), None | Some(Data::Empty)));
    assert_eq!(ours("a.xlsb", &bytes, 0), Some(CellValue::Error("#DIV/0!")));
    assert_percent_is_lost(&sheet, "a.xlsb", &bytes);
}

#[test]
fn of_xls_the_percentages() {
    let bytes = xls(&book());
    let sheet = Xls::new(Cursor::new(&bytes)).unwrap().worksheet_range("A").unwrap();
    assert_percent_is_lost(&sheet, "a.xls", &bytes);
}

#[test]
fn of_ods_the_errors_and_percentages() {
    let bytes = ods(&book());
    let sheet = Ods::new(Cursor::new(&bytes)).unwrap().worksheet_range("A").unwrap();
    assert_percent_is_lost(&sheet, "a.ods", &bytes);
    let beside_a_zero = ods_of(
        "<table:table table:name=\"A\"><table:table-row><table:table-cell table:formula=\"of:=1/0\" \
         office:value-type=\"float\" office:value=\"0\"><text:p>#DIV/0!</text:p></table:table-cell></table:table-row></table:table>",
    );
    let sheet = Ods::new(Cursor::new(&beside_a_zero)).unwrap().worksheet_range("A").unwrap();
    assert_eq!(sheet.get_value((0, 0)), Some(&Data::Float(0.0)));
    assert_eq!(ours("a.ods", &beside_a_zero, 0), Some(CellValue::Error("#DIV/0!")));
}
