//! The marked copy as xlsx of what is no package: values, merged areas, names and what is hidden read back as the
//! original's; text stays text.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use proptest::prelude::*;
use simpul::diagnostic::{Issue, Severity};
use simpul::domain::Date;
use simpul::domain::records::CellRef;
use simpul::marked::{MarkError, mark_cells};
use simpul::workbook::{Area, Cell, CellValue, ColumnWidth, Limits, Row, Sheet, Visibility, Workbook, read};

use super::originals::case_workbooks;
use super::parts::{error, issue, notes, opened, text};
use crate::formats::biff8::xls;
use crate::formats::binary12::xlsb;
use crate::formats::maker;
use crate::formats::roundtrip::{assert_same_grid, book, value};

/// Marks the cells and asserts that the copy reads back as the workbook, and the list last.
fn checked(book: &Workbook, issues: &[Issue]) -> Vec<u8> {
    let marked = mark_cells(book, issues, &notes()).unwrap();
    let mut again = opened(&marked);
    let list = again.sheets.pop().unwrap();
    assert!(list.is_notes(), "{}", list.name);
    assert_same_grid(&again, book);
    assert_eq!(again.counts_from_1904, book.counts_from_1904);
    for (read, written) in again.sheets.iter().zip(&book.sheets) {
        assert_eq!(read.hidden_columns, written.hidden_columns);
    }
    marked
}

fn one_sheet(name: &str, values: Vec<CellValue>) -> Workbook {
    let rows = values.into_iter().zip(0..).map(|(value, index)| Row { index, cells: vec![Cell { column: 0, value }] });
    let sheet = Sheet::new(name.to_owned(), Visibility::Visible, rows.collect(), Vec::new());
    Workbook { file: "a.xls".to_owned(), sheets: vec![sheet], counts_from_1904: false, notices: Vec::new() }
}

fn texts(texts: &[&str]) -> Workbook {
    one_sheet("Mei", texts.iter().map(|text| CellValue::Text((*text).into())).collect())
}

#[test]
fn hostile_text_stays_text() {
    let longest = "ß".repeat(32_767);
    let all = [
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "a\u{0}b\u{1}\u{1F}\u{FFFE}",
        "satu\r\ndua\rtiga\n",
        "_x0041_ _x000D_ _x_",
        "  tepi  ",
        "<b>&amp;\"'</t></is></c>",
        "<r><t>&tak-ada;</t></r>",
        "\u{202E}terbalik\u{200F}",
        "#DIV/0 bukan galat",
        "0123",
        "2023-05-12",
        &longest,
    ];
    let book = texts(&all);
    let issues: Vec<Issue> = (1..=all.len()).map(|row| error("Mei", &format!("A{row}"))).collect();
    let marked = checked(&book, &issues);
    assert!(!text(&marked, "xl/worksheets/sheet1.xml").contains("<f>"));
    let mut second = Xlsx::new(Cursor::new(&marked)).unwrap();
    assert!(second.worksheet_formula("Mei").unwrap().is_empty());
    let range = second.worksheet_range("Mei").unwrap();
    assert_eq!(range.get_value((0, 0)), Some(&Data::String(all[0].to_owned())));
    assert!(range.rows().all(|row| matches!(row[0], Data::String(_))));
}

#[test]
fn a_text_that_no_cell_takes_is_cut_between_letters() {
    let marked = mark_cells(&texts(&[&"😀".repeat(20_000)]), &[], &notes()).unwrap();
    let kept = opened(&marked).sheets[0].rows[0].cells[0].value.text().unwrap().to_owned();
    assert_eq!(kept, "😀".repeat(16_383));
}

#[test]
fn numbers_dates_and_what_is_no_value() {
    let number = |value, percent| CellValue::Number { value, percent };
    let day = |y, m, d| CellValue::Date(Date::from_ymd_opt(y, m, d).unwrap());
    let values = vec![
        number(46.0, false),
        number(-0.1 - 0.2, false),
        number(1e300, false),
        number(5e-324, false),
        number(9_007_199_254_740_993.0, false),
        number(0.855, true),
        number(1.0, true),
        number(2.0 / 3.0, true),
        day(2023, 5, 12),
        day(1900, 2, 28),
        day(1900, 3, 1),
        day(9999, 12, 31),
        CellValue::Bool(true),
        CellValue::Error("#N/A"),
        CellValue::FormulaNotComputed,
    ];
    let mut book = one_sheet("Mei", values);
    let marked = checked(&book, &[error("Mei", "A1"), issue("Mei", "A9", Severity::Warning, "ragu")]);
    let styles = text(&marked, "xl/styles.xml");
    assert!(styles.contains("FFF2A19C") && styles.contains("FFFFEB94"));
    assert!(text(&marked, "xl/comments1.xml").contains("ref=\"A9\""));
    // In a workbook that counts from 1904 serials are others, and dates the same.
    book.counts_from_1904 = true;
    book.sheets[0].rows.drain(9..11);
    checked(&book, &[]);
    let waiting = mark_cells(&one_sheet("Mei", vec![CellValue::Error("#GETTING_DATA")]), &[], &notes()).unwrap();
    assert_eq!(opened(&waiting).sheets[0].rows[0].cells[0].value, CellValue::Error("#N/A"));
    // Excel has no day before its first: such a date is written as people read it.
    let early = mark_cells(&one_sheet("Mei", vec![day(1850, 7, 3)]), &[], &notes()).unwrap();
    assert_eq!(opened(&early).sheets[0].rows[0].cells[0].value.text(), Some("03/07/1850"));
}

#[test]
fn names_that_excel_refuses_keep_their_issues() {
    let mut book = texts(&["a"]);
    let twin = book.sheets[0].clone();
    book.sheets[0].name = "Kunjungan/Mei [2023] dengan nama yang panjang".to_owned();
    book.sheets.push(twin.clone());
    book.sheets.push(twin);
    let issues = [error(&book.sheets[0].name, "A1"), error("Mei", "B2")];
    let marked = mark_cells(&book, &issues, &notes()).unwrap();
    let names: Vec<String> = opened(&marked).sheets.into_iter().map(|sheet| sheet.name).collect();
    assert_eq!(names, ["Kunjungan-Mei -2023- dengan nam", "Mei", "Mei (2)", "Catatan impor"]);
    let list = text(&marked, "xl/worksheets/sheet4.xml");
    assert!(list.contains("'Kunjungan-Mei -2023- dengan nam'!A1") && list.contains("'Mei'!B2"), "{list}");
    assert!(text(&marked, "xl/comments2.xml").contains("ref=\"B2\""));
}

#[test]
fn the_list_says_what_is_not_kept_and_an_earlier_one_goes() {
    let mut book = texts(&["a"]);
    book.sheets[0].hidden_columns = vec![(1, 2), (5, 5)];
    let marked = checked(&book, &[error("Mei", "A1")]);
    let way = |bytes: &[u8]| opened(bytes).sheets.pop().unwrap().rows[6].cells[1].value.text().unwrap().to_owned();
    assert!(way(&marked).contains("huruf, warna, dan rumus asli tidak ikut"), "{}", way(&marked));
    assert!(way(&marked).contains("sebagai pengganti berkas asli"));
    // Saved as xls by its user, and marked once more.
    let saved = read("a.xls", &xls(&opened(&marked)), &Limits::default()).unwrap();
    let again = opened(&mark_cells(&saved, &[], &notes()).unwrap());
    assert_eq!(again.sheets.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>(), ["Mei", "Catatan impor"]);
}

#[test]
fn columns_are_as_wide_as_the_file_says() {
    let mut book = texts(&["a"]);
    book.sheets[0].column_widths = vec![ColumnWidth { first: 0, last: 700, width: 5_184 }];
    let sheet = text(&checked(&book, &[]), "xl/worksheets/sheet1.xml");
    // 20.25 characters in whole pixels, as Excel keeps them.
    assert!(sheet.contains("<col min=\"1\" max=\"1\" width=\"20.28515625\" customWidth=\"1\"/>"), "{sheet}");
}

#[test]
fn what_is_too_much_is_refused_by_name() {
    let row =
        |index| Row { index, cells: (0..1_000).map(|column| Cell { column, value: CellValue::Bool(true) }).collect() };
    let sheet = Sheet::new("Mei".to_owned(), Visibility::Visible, (0..1_001).map(row).collect(), Vec::new());
    let book = Workbook { sheets: vec![sheet], ..texts(&[]) };
    let said = mark_cells(&book, &[], &notes()).unwrap_err();
    assert!(matches!(said, MarkError::TooLarge { .. }) && said.to_string().contains("1000000 sel"), "{said}");
    let far = Row { index: 1_048_576, cells: vec![Cell { column: 0, value: CellValue::Bool(true) }] };
    let book =
        Workbook { sheets: vec![Sheet::new("Mei".to_owned(), Visibility::Visible, vec![far], Vec::new())], ..book };
    assert!(matches!(mark_cells(&book, &[], &notes()), Err(MarkError::TooLarge { .. })));
}

#[test]
fn merged_areas_that_excel_would_repair_are_left_apart() {
    let area = |r1, c1, r2, c2| Area { first: CellRef { row: r1, column: c1 }, last: CellRef { row: r2, column: c2 } };
    let kept = area(0, 0, 1, 1);
    let sheet = Sheet::new("Mei".to_owned(), Visibility::Hidden, Vec::new(), vec![kept, area(1, 1, 2, 2)]);
    let book = Workbook { sheets: vec![sheet], ..texts(&[]) };
    let again = opened(&mark_cells(&book, &[], &notes()).unwrap());
    assert_eq!((again.sheets[0].merges(), again.sheets[0].visibility), ([kept].as_slice(), Visibility::Hidden));
}

#[test]
fn every_case_in_every_format_reads_back() {
    for (name, original) in case_workbooks() {
        let book = opened(&original);
        let html = Workbook { sheets: book.sheets[..1].to_vec(), ..book.clone() };
        for bytes in [xls(&book), xlsb(&book), maker::html(&html), maker::csv(&html, ';')] {
            let Ok(read) = read("a.xls", &bytes, &Limits::default()) else { panic!("{name} cannot be read") };
            checked(&read, &[error(&read.sheets[0].name, "B5")]);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn any_grid_reads_back(book in book(value()), row in 1_u32..40, column in 0_u8..20) {
        let cell = format!("{}{row}", char::from(b'A' + column));
        checked(&book, &[error("Mei & 0", &cell), issue("Mei & 1", &cell, Severity::Warning, "ragu")]);
    }
}
