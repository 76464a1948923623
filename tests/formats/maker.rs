//! Writes a grid in the formats made of text: xlsx by a library, ods, CSV and HTML by hand.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use chrono::Datelike;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula};
use simpul::workbook::{CellValue, Sheet, Visibility, Workbook};
use zip::write::SimpleFileOptions;

/// A zip of these parts, deflated.
pub fn zipped<'p>(parts: impl IntoIterator<Item = (&'p str, Vec<u8>)>) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub fn xlsx(book: &Workbook) -> Vec<u8> {
    let mut written = rust_xlsxwriter::Workbook::new();
    for sheet in &book.sheets {
        let page = written.add_worksheet();
        page.set_name(&sheet.name).unwrap();
        if sheet.visibility == Visibility::Hidden {
            page.set_hidden(true);
        }
        for area in sheet.merges() {
            let column = |column: u32| u16::try_from(column).unwrap();
            let (first, last) = (area.first, area.last);
            let blank = Format::new();
            page.merge_range(first.row, column(first.column), last.row, column(last.column), "", &blank).unwrap();
        }
        for row in &sheet.rows {
            for cell in &row.cells {
                let (row, column) = (row.index, u16::try_from(cell.column).unwrap());
                match &cell.value {
                    CellValue::Text(text) => page.write_string(row, column, &**text),
                    CellValue::Number { value, percent: false } => page.write_number(row, column, *value),
                    CellValue::Number { value, percent: true } => {
                        page.write_number_with_format(row, column, *value, &Format::new().set_num_format("0.0%"))
                    }
                    CellValue::Date(date) => {
                        let day = u8::try_from(date.day()).unwrap();
                        let moment = ExcelDateTime::from_ymd(
                            u16::try_from(date.year()).unwrap(),
                            u8::try_from(date.month()).unwrap(),
                            day,
                        );
                        let format = Format::new().set_num_format("dd/mm/yyyy");
                        page.write_datetime_with_format(row, column, moment.unwrap(), &format)
                    }
                    CellValue::Bool(value) => page.write_boolean(row, column, *value),
                    CellValue::Error(error) => page.write_formula(row, column, Formula::new("=1/0").set_result(*error)),
                    CellValue::FormulaNotComputed => {
                        page.write_formula(row, column, Formula::new("=1+1").set_result(""))
                    }
                }
                .unwrap();
            }
        }
    }
    written.save_to_buffer().unwrap()
}

/// Text between tags or in an attribute.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

pub fn ods(book: &Workbook) -> Vec<u8> {
    let mut tables = String::new();
    for sheet in &book.sheets {
        let style = if sheet.visibility == Visibility::Hidden { "ta2" } else { "ta1" };
        write!(tables, "<table:table table:name=\"{}\" table:style-name=\"{style}\">", escaped(&sheet.name)).unwrap();
        tables.push_str("<table:table-column table:number-columns-repeated=\"16384\"/>");
        ods_rows(&mut tables, sheet);
        tables.push_str("</table:table>");
    }
    ods_of(&tables)
}

/// An ods whose spreadsheet holds this.
pub fn ods_of(tables: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content><office:automatic-styles>\
         <style:style style:name=\"ta1\" style:family=\"table\"><style:table-properties table:display=\"true\"/></style:style>\
         <style:style style:name=\"ta2\" style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style>\
         </office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>\
         </office:document-content>"
    );
    zipped([
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet".to_vec()),
        ("content.xml", content.into_bytes()),
        ("META-INF/manifest.xml", b"<manifest:manifest/>".to_vec()),
    ])
}

/// Rows up to the last cell or merge; blank runs are repeated cells, as LibreOffice writes them.
fn ods_rows(out: &mut String, sheet: &Sheet) {
    let merged = sheet.merges().iter().map(|area| area.last.row);
    let rows = sheet.rows.iter().map(|row| row.index).chain(merged).max().map_or(0, |last| last + 1);
    for row in 0..rows {
        out.push_str("<table:table-row>");
        let starts = sheet.merges().iter().filter(|area| area.first.row == row);
        let cells = sheet.row(row).map(|row| row.cells.as_slice()).unwrap_or_default();
        let mut columns: Vec<u32> = cells.iter().map(|cell| cell.column).collect();
        columns.extend(starts.map(|area| area.first.column));
        columns.sort_unstable();
        columns.dedup();
        let mut next = 0;
        for column in columns {
            if column > next {
                write!(out, "<table:table-cell table:number-columns-repeated=\"{}\"/>", column - next).unwrap();
            }
            let value = cells.iter().find(|cell| cell.column == column).map(|cell| &cell.value);
            let area = sheet.merges().iter().find(|area| (area.first.row, area.first.column) == (row, column));
            let span = area.map_or(String::new(), |area| {
                let (rows, columns) = (area.last.row - row + 1, area.last.column - column + 1);
                format!(" table:number-rows-spanned=\"{rows}\" table:number-columns-spanned=\"{columns}\"")
            });
            out.push_str(&ods_cell(value, &span));
            next = column + 1;
        }
        out.push_str("</table:table-row>");
    }
    out.push_str("<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>");
}

fn ods_cell(value: Option<&CellValue>, span: &str) -> String {
    let (attributes, text) = match value {
        None => (String::new(), String::new()),
        Some(CellValue::Text(text)) => ("office:value-type=\"string\"".to_owned(), paragraphs(text)),
        Some(CellValue::Number { value, percent: false }) => {
            (format!("office:value-type=\"float\" office:value=\"{value:e}\""), "<text:p>~</text:p>".to_owned())
        }
        Some(CellValue::Number { value, percent: true }) => {
            (format!("office:value-type=\"percentage\" office:value=\"{value:e}\""), "<text:p>85%</text:p>".to_owned())
        }
        Some(CellValue::Date(date)) => {
            let attributes =
                format!("office:value-type=\"date\" office:date-value=\"{}T08:30:00\"", date.format("%Y-%m-%d"));
            (attributes, "<text:p>12/05/23</text:p>".to_owned())
        }
        Some(CellValue::Bool(value)) => (
            format!("office:value-type=\"boolean\" office:boolean-value=\"{value}\""),
            "<text:p>BENAR</text:p>".to_owned(),
        ),
        Some(CellValue::Error(error)) => {
            let attributes = "office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"error\"";
            (attributes.to_owned(), format!("<text:p>{error}</text:p>"))
        }
        Some(CellValue::FormulaNotComputed) => ("table:formula=\"of:=1+1\"".to_owned(), String::new()),
    };
    format!("<table:table-cell {attributes}{span}>{text}</table:table-cell>")
}

/// Lines as paragraphs; spaces that XML would lose as elements.
fn paragraphs(text: &str) -> String {
    let line = |line: &str| {
        let spaces = escaped(line).replace('\t', "<text:tab/>").replace("  ", " <text:s text:c=\"1\"/>");
        format!("<text:p>{spaces}</text:p>")
    };
    text.split('\n').map(line).collect()
}

/// The first sheet's text cells.
pub fn csv(book: &Workbook, separator: char) -> Vec<u8> {
    let sheet = &book.sheets[0];
    let mut out = String::new();
    for row in 0..sheet.rows.last().map_or(0, |row| row.index + 1) {
        let cells = sheet.row(row).map(|row| row.cells.as_slice()).unwrap_or_default();
        let width = cells.last().map_or(0, |cell| cell.column + 1);
        let fields = (0..width).map(|column| {
            let text = cells.iter().find(|cell| cell.column == column).and_then(|cell| cell.value.text());
            format!("\"{}\"", text.unwrap_or_default().replace('"', "\"\""))
        });
        let fields: Vec<String> = fields.collect();
        out.push_str(&fields.join(&separator.to_string()));
        out.push_str("\r\n");
    }
    out.into_bytes()
}

/// The first sheet's text cells and merges, as an application's export writes them.
pub fn html(book: &Workbook) -> Vec<u8> {
    let sheet = &book.sheets[0];
    let mut out = "\u{feff}<html><body><table>".to_owned();
    let merged = sheet.merges().iter().map(|area| area.last.row);
    let rows = sheet.rows.iter().map(|row| row.index).chain(merged).max().map_or(0, |last| last + 1);
    for row in 0..rows {
        out.push_str("<tr>");
        let cells = sheet.row(row).map(|row| row.cells.as_slice()).unwrap_or_default();
        let last = cells.iter().map(|cell| cell.column);
        let last = last.chain(sheet.merges().iter().map(|area| area.last.column)).max().unwrap_or(0);
        for column in 0..=last {
            let place = simpul::domain::records::CellRef { row, column };
            let area = sheet.merge_at(place);
            if area.is_some_and(|area| area.first != place) {
                continue;
            }
            let span = area.map_or(String::new(), |area| {
                let (rows, columns) = (area.last.row - row + 1, area.last.column - column + 1);
                format!(" rowspan={rows} colspan='{columns}'")
            });
            let text = sheet.get(place).and_then(CellValue::text).unwrap_or_default();
            write!(out, "<td{span}>{}</td>", escaped(text)).unwrap();
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table></body></html>");
    out.into_bytes()
}
