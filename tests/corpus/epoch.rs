//! Workbooks of old Macintosh Excel count their days from 1904: dates and bare serial numbers come out right.

use std::io::{Cursor, Read as _};

use chrono::Days;
use simpul::app::import::Upload;
use simpul::domain::Date;
use simpul::workbook::{Cell, CellValue, Row, Sheet, Visibility, Workbook};

use super::{lines, store};
use crate::formats::{biff8, binary12, maker};
use crate::import::run;

/// Days between the epochs.
const DAYS: u64 = 1_462;

/// A month's visits: one dated by a cell, one by a number without a date's format.
fn visits(day: Date, serial: f64) -> Workbook {
    let text = |text: &str| CellValue::Text(text.into());
    let head = ["No", "Tanggal", "Nama Faskes", "Bentuk", "Pembina"].map(text);
    let number = |value| CellValue::Number { value, percent: false };
    let lines = [
        vec![text("UPT PUSKESMAS ABCDE")],
        vec![text("BULAN : MEI 2023")],
        head.to_vec(),
        vec![number(1.0), CellValue::Date(day), text("Apotek Alvi"), text("Supervisi"), text("Ani")],
        vec![number(2.0), number(serial), text("Klinik Alvi"), text("Supervisi"), text("Ani")],
    ];
    let rows = (0..).zip(lines).map(|(index, values)| Row {
        index,
        cells: (0..).zip(values).map(|(column, value)| Cell { column, value }).collect(),
    });
    let sheet = Sheet::new("Pembinaan".to_owned(), Visibility::Visible, rows.collect(), Vec::new());
    Workbook { file: "a".to_owned(), sheets: vec![sheet], counts_from_1904: true, notices: Vec::new() }
}

/// The package with its parts rewritten.
fn rewritten(bytes: &[u8], rewrite: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let parts: Vec<(String, Vec<u8>)> = (0..archive.len())
        .map(|place| {
            let mut part = archive.by_index(place).unwrap();
            let name = part.name().unwrap().into_owned();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            let text = rewrite(&name, text);
            (name, text.into_bytes())
        })
        .collect();
    maker::zipped(parts.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())))
}

#[test]
fn days_since_1904_are_the_days_that_they_were() {
    let day = "2023-05-12".parse::<Date>().unwrap();
    // 45,058 days since 1900.
    let book = visits(day, 43_596.0);
    // Its writer counts from 1900 in any case.
    let early = visits(day - Days::new(DAYS), 43_596.0);
    let xlsx = rewritten(&maker::xlsx(&early), |name, text| match name {
        "xl/workbook.xml" => text.replace("<workbookPr ", "<workbookPr date1904=\"1\" "),
        _ => text,
    });
    let null_date = "<office:spreadsheet><table:calculation-settings><table:null-date table:date-value=\"1904-01-01\"/></table:calculation-settings>";
    let ods = rewritten(&maker::ods(&book), |_, text| text.replace("<office:spreadsheet>", null_date));
    for (name, bytes) in
        [("a.xlsx", xlsx), ("a.xls", biff8::xls(&book)), ("a.xlsb", binary12::xlsb(&book)), ("a.ods", ods)]
    {
        let store = store();
        let receipt = run(&store, &[Upload { name: name.to_owned(), bytes }]).remove(0);
        let expected =
            ["Apotek Alvi: pembinaan 2023-05-12 Supervisi -/-", "Klinik Alvi: pembinaan 2023-05-12 Supervisi -/-"];
        assert_eq!(lines(&store), expected, "{name}: {receipt:?}");
        assert_eq!(receipt.issues, [], "{name}");
    }
}
