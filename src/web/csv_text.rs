//! CSV that opens well in an Indonesian Excel by double click: `;` between fields and a decimal comma, because
//! that is what Excel expects under Indonesian regional settings (a comma would put a row into one column), and a
//! byte-order mark, without which Excel reads UTF-8 as Windows-1252. Text that Excel would run as a formula is
//! disarmed by a leading apostrophe; numbers are never touched.

use crate::domain::format::spreadsheet_text;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::error::PageError;
use crate::report::{self, FlatCell};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const BYTE_ORDER_MARK: &str = "\u{feff}";

#[derive(Clone, Debug, PartialEq)]
pub enum CsvField {
    /// Words, disarmed where needed.
    Text(String),
    /// A number, unrounded, with decimal comma.
    Number(f64),
    Blank,
}

impl CsvField {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A number or nothing.
    pub fn number(number: Option<f64>) -> Self {
        number.map_or(Self::Blank, Self::Number)
    }

    fn to_text(&self) -> String {
        match self {
            Self::Text(text) => spreadsheet_text(text),
            Self::Number(number) => number.to_string().replace('.', ","),
            Self::Blank => String::new(),
        }
    }
}

/// A whole table as text.
pub fn csv_text(heads: &[String], rows: &[Vec<CsvField>]) -> Result<String, PageError> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(Vec::new());
    writer.write_record(heads.iter().map(|head| spreadsheet_text(head)))?;
    for row in rows {
        writer.write_record(row.iter().map(CsvField::to_text))?;
    }
    let bytes = writer.into_inner().map_err(|error| anyhow::anyhow!("CSV: {error}"))?;
    Ok(format!("{BYTE_ORDER_MARK}{}", String::from_utf8(bytes)?))
}

/// A CSV answer that is saved under `name`.
pub fn csv_answer(name: &str, heads: &[String], rows: &[Vec<CsvField>]) -> Result<Response, PageError> {
    let disposition = format!("attachment; filename=\"{}.csv\"", safe(name));
    let text = csv_text(heads, rows)?;
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8"), (header::CONTENT_DISPOSITION, disposition.as_str())], text)
        .into_response())
}

/// The same as a workbook with one sheet.
pub fn book_answer(name: &str, title: &str, heads: &[String], rows: &[Vec<CsvField>]) -> Result<Response, PageError> {
    let cell = |field: &CsvField| match field {
        CsvField::Text(text) => FlatCell::Words(text.clone()),
        CsvField::Number(number) => FlatCell::Number(*number),
        CsvField::Blank => FlatCell::Blank,
    };
    let rows: Vec<Vec<FlatCell>> = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    let bytes = report::flat_book(title, heads, &rows).map_err(|error| anyhow::anyhow!("XLSX: {error}"))?;
    let disposition = format!("attachment; filename=\"{}.xlsx\"", safe(name));
    Ok(([(header::CONTENT_TYPE, XLSX), (header::CONTENT_DISPOSITION, disposition.as_str())], bytes).into_response())
}

fn safe(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_disarmed_and_numbers_are_not() {
        let heads = ["a".to_owned(), "b".to_owned()];
        let rows = [
            vec![CsvField::text("=HYPERLINK(\"x\";1)"), CsvField::Number(-1.5)],
            vec![CsvField::text(" @x"), CsvField::Blank],
        ];
        let text = csv_text(&heads, &rows).unwrap();
        assert_eq!(text, "\u{feff}a;b\r\n\"'=HYPERLINK(\"\"x\"\";1)\";-1,5\r\n' @x;\r\n");
    }

    #[test]
    fn every_dangerous_beginning_is_spreadsheet_text() {
        for text in ["=1", "+1", "-1", "@a", "\t=1", "  =1"] {
            assert!(spreadsheet_text(text).starts_with('\''), "{text:?}");
        }
        assert_eq!(spreadsheet_text("Apotek 24 Jam"), "Apotek 24 Jam");
    }
}
