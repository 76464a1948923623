//! Any grid, written in any format, reads back the same where the format carries it.

use proptest::prelude::*;
use simpul::domain::Date;
use simpul::domain::records::CellRef;
use simpul::workbook::{Area, Cell, CellValue, ColumnWidth, Row, Sheet, Visibility, Workbook};

use super::biff8::xls;
use super::binary12::xlsb;
use super::{maker, read_here};

/// Text as people write it: no control characters, neither blank nor padded, no runs of spaces (a page
/// loses them).
fn text() -> impl Strategy<Value = String> {
    "[A-Za-z0-9<>&\"'=;,|.:/%√✓éĀ漢-]{1,8}( [A-Za-z0-9<>&;,=√é-]{1,6}){0,3}"
        .prop_filter("no error by its text", |text| !text.starts_with('#'))
}

pub fn value() -> impl Strategy<Value = CellValue> {
    prop_oneof![
        4 => text().prop_map(|text| CellValue::Text(text.into())),
        3 => (-1e12..1e12_f64, any::<bool>()).prop_map(|(value, percent)| CellValue::Number { value, percent }),
        1 => (0_u32..4_000).prop_map(|whole| CellValue::Number { value: f64::from(whole), percent: false }),
        1 => (700_000_i32..760_000).prop_map(|days| CellValue::Date(Date::from_num_days_from_ce_opt(days).unwrap())),
        1 => any::<bool>().prop_map(CellValue::Bool),
        1 => prop::sample::select(vec!["#DIV/0!", "#N/A", "#REF!", "#VALUE!"]).prop_map(CellValue::Error),
        1 => Just(CellValue::FormulaNotComputed),
    ]
}

/// Each block of three rows and four columns may be merged; what a merge covers is blank.
fn sheet(values: impl Strategy<Value = CellValue>) -> impl Strategy<Value = (Vec<Row>, Vec<Area>)> {
    let cells = prop::collection::btree_map((0_u32..30, 0_u32..24), values, 1..40);
    let blocks = prop::collection::btree_set((0_u32..10, 0_u32..6), 0..8);
    (cells, blocks).prop_map(|(cells, blocks)| {
        let areas: Vec<Area> = blocks
            .into_iter()
            .map(|(row, column)| {
                let first = CellRef { row: row * 3, column: column * 4 };
                let wide = (row + column) % 4;
                let tall = if wide == 0 { 2 } else { row % 3 };
                Area { first, last: CellRef { row: first.row + tall, column: first.column + wide } }
            })
            .filter(|area| area.first != area.last)
            .collect();
        let mut rows: Vec<Row> = Vec::new();
        for ((row, column), value) in cells {
            let place = CellRef { row, column };
            if areas.iter().any(|area| area.contains(place) && area.first != place) {
                continue;
            }
            match rows.last_mut() {
                Some(last) if last.index == row => last.cells.push(Cell { column, value }),
                _ => rows.push(Row { index: row, cells: vec![Cell { column, value }] }),
            }
        }
        (rows, areas)
    })
}

pub fn book(values: impl Strategy<Value = CellValue>) -> impl Strategy<Value = Workbook> {
    let sheets = prop::collection::vec((sheet(values), any::<bool>()), 1..3);
    sheets.prop_map(|sheets| {
        let sheets = sheets.into_iter().enumerate().map(|(place, ((rows, areas), hidden))| {
            // One sheet must be visible.
            let visibility = if hidden && place > 0 { Visibility::Hidden } else { Visibility::Visible };
            Sheet::new(format!("Mei & {place}"), visibility, rows, areas)
        });
        Workbook { file: "a".to_owned(), sheets: sheets.collect(), counts_from_1904: false, notices: Vec::new() }
    })
}

/// The workbook with each value as a format carries it; none where it does not.
pub fn carried(book: &Workbook, carry: impl Fn(&CellValue) -> Option<CellValue>) -> Workbook {
    let sheets = book.sheets.iter().map(|sheet| {
        let rows = sheet.rows.iter().map(|row| Row {
            index: row.index,
            cells: row
                .cells
                .iter()
                .filter_map(|cell| Some(Cell { column: cell.column, value: carry(&cell.value)? }))
                .collect(),
        });
        let rows = rows.filter(|row| !row.cells.is_empty()).collect();
        Sheet::new(sheet.name.clone(), sheet.visibility, rows, sheet.merges().to_vec())
    });
    Workbook { sheets: sheets.collect(), ..book.clone() }
}

/// No binary format marks a formula as never computed.
pub fn as_binary(value: &CellValue) -> Option<CellValue> {
    (*value != CellValue::FormulaNotComputed).then(|| value.clone())
}

/// What the library that writes xlsx for the tests can write.
fn as_xlsx(value: &CellValue) -> Option<CellValue> {
    (!matches!(value, CellValue::FormulaNotComputed | CellValue::Error(_))).then(|| value.clone())
}

/// Two workbooks but for their names, which no format but the one with sheets carries.
pub fn assert_same_grid(read: &Workbook, expected: &Workbook) {
    assert_eq!(read.sheets.len(), expected.sheets.len());
    for (read, expected) in read.sheets.iter().zip(&expected.sheets) {
        assert_eq!((&read.name, read.visibility), (&expected.name, expected.visibility));
        assert_eq!(read.merges(), expected.merges(), "{}", read.name);
        for (row, wanted) in read.rows.iter().zip(&expected.rows) {
            assert_eq!(row, wanted, "{}", read.name);
        }
        assert_eq!(read.rows.len(), expected.rows.len(), "{}", read.name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn every_format_with_sheets(book in book(value())) {
        let xlsx_book = carried(&book, as_xlsx);
        assert_same_grid(&read_here("a.xlsx", &maker::xlsx(&xlsx_book)).unwrap(), &xlsx_book);
        assert_same_grid(&read_here("a.ods", &maker::ods(&book)).unwrap(), &book);
        assert_same_grid(&read_here("a.xlsb", &xlsb(&book)).unwrap(), &carried(&book, as_binary));
        assert_same_grid(&read_here("a.xls", &xls(&book)).unwrap(), &carried(&book, as_binary));
    }

    #[test]
    fn formats_of_one_table(book in book(text().prop_map(|text| CellValue::Text(text.into())))) {
        let page = read_here("a.xls", &maker::html(&book)).unwrap();
        prop_assert_eq!(&page.sheets[0].rows, &book.sheets[0].rows);
        prop_assert_eq!(page.sheets[0].merges(), book.sheets[0].merges());
    }

    #[test]
    fn lines_with_any_separator(
        width in 2_usize..6,
        rows in prop::collection::vec(prop::collection::vec(text(), 6), 2..12),
        separator in prop::sample::select(vec![';', ',', '\t', '|']),
    ) {
        let rows = rows.into_iter().zip(0..).map(|(texts, index)| Row {
            index,
            cells: texts.into_iter().take(width).zip(0..).map(|(text, column)| Cell {
                column,
                value: CellValue::Text(text.into()),
            }).collect(),
        });
        let sheet = Sheet::new("CSV".to_owned(), Visibility::Visible, rows.collect(), Vec::new());
        let book = Workbook {
            file: "a".to_owned(), sheets: vec![sheet], counts_from_1904: false, notices: Vec::new(),
        };
        let read = read_here("a.csv", &maker::csv(&book, separator)).unwrap();
        prop_assert_eq!(&read.sheets[0].rows, &book.sheets[0].rows);
    }
}

/// A second reader agrees with the hand-made xlsb, so that maker and reader do not err alike.
#[test]
fn another_reader_reads_the_hand_made_xlsb() {
    use calamine::{Data, Reader};
    let bytes = std::fs::read(super::in_tests("workbooks/shapes.xlsx")).unwrap();
    let book = read_here("shapes.xlsx", &bytes).unwrap();
    let mut second = calamine::Xlsb::new(std::io::Cursor::new(xlsb(&book))).unwrap();
    let range = second.worksheet_range("Mei 2023").unwrap();
    assert_eq!(range.get_value((4, 2)), Some(&Data::Float(46.0)));
    assert_eq!(range.get_value((0, 0)), Some(&Data::String("UPT PUSKESMAS ABCDE".to_owned())));
    assert!(matches!(range.get_value((6, 0)), Some(Data::DateTime(_))));
}

#[test]
fn columns_of_binary_formats_are_told() {
    let rows = vec![Row { index: 0, cells: vec![Cell { column: 0, value: CellValue::Bool(true) }] }];
    let mut sheet = Sheet::new("Mei".to_owned(), Visibility::Visible, rows, Vec::new());
    sheet.hidden_columns = vec![(1, 2), (5, 5)];
    let hidden = sheet.hidden_columns.clone();
    let book = Workbook { file: "a".to_owned(), sheets: vec![sheet], counts_from_1904: false, notices: Vec::new() };
    for (name, bytes) in [("a.xls", xls(&book)), ("a.xlsb", xlsb(&book))] {
        let sheet = read_here(name, &bytes).unwrap().sheets.remove(0);
        assert_eq!(sheet.hidden_columns, hidden, "{name}");
        // The makers write one run of shown columns.
        assert_eq!(sheet.column_widths, [ColumnWidth { first: 200, last: 255, width: 2_340 }], "{name}");
    }
}
