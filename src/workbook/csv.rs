//! CSV as spreadsheets write it: `;`, tab, `|` or `,`, told by the lines themselves; quotes doubled; blank
//! lines keep their number, so that addresses are those of the sheet that Excel shows.

use super::encoding::decode;
use super::intake::Intake;
use super::values::plain;
use super::{Notice, OpenError, Visibility};
use crate::domain::records::CellRef;

/// In this order: a decimal comma makes many fields by itself, so the comma comes last.
const SEPARATORS: [char; 4] = ['\t', ';', '|', ','];
/// Lines on which the separator is decided.
const LINES_LOOKED_AT: usize = 500;
/// The widest line that counts in that decision, fields.
const FIELDS_COUNTED: usize = 1_024;
/// The fewest fields by which one line alone is a heading.
const HEADING_FIELDS_MIN: usize = 3;
/// CSV has no sheets; this is the name of its one.
const SHEET: &str = "CSV";

pub(super) fn read(bytes: &[u8], intake: &mut Intake<'_>) -> Result<(), OpenError> {
    let decoded = decode(bytes, None);
    let mut text = &*decoded.text;
    let stated = stated_separator(text);
    if let Some((_, rest)) = stated {
        text = rest;
    }
    let Some(separator) = stated.map(|(separator, _)| separator).or_else(|| separator_of(text)) else {
        let what = "isinya teks tanpa kolom".into();
        return Err(OpenError::NotAWorkbook { file: intake.file(), what });
    };
    if decoded.is_guess {
        intake.notice(Notice::EncodingGuessed);
    }
    intake.open_sheet(SHEET, Visibility::Visible)?;
    // A quotation mark that never ends would swallow the rest of the file as one cell.
    let all_closed = split(text, separator, Quotes::Group, |_, _, _| Ok(()))?;
    let quotes = if all_closed { Quotes::Group } else { Quotes::Letters };
    if quotes == Quotes::Letters {
        intake.notice(Notice::QuoteNotClosed);
    }
    split(text, separator, quotes, |row, column, field| intake.cell(CellRef { row, column }, plain(field)))?;
    Ok(())
}

/// Excel's own first line `sep=;`, which it does not show as a row, and what follows it.
fn stated_separator(text: &str) -> Option<(char, &str)> {
    let rest = text.strip_prefix("sep=").or_else(|| text.strip_prefix("SEP="))?;
    let separator = rest.chars().next().filter(|separator| SEPARATORS.contains(separator))?;
    let rest = &rest[separator.len_utf8()..];
    Some((separator, rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n'))?))
}

/// The separator by which most lines have one same number of fields.
fn separator_of(text: &str) -> Option<char> {
    let scores = SEPARATORS.map(|separator| {
        let mut lines_of_width = vec![0_usize; FIELDS_COUNTED];
        for line in text.split(['\n', '\r']).take(LINES_LOOKED_AT) {
            let fields = fields_of(line, separator).min(FIELDS_COUNTED - 1);
            lines_of_width[fields] += 1;
        }
        lines_of_width.into_iter().skip(2).max().unwrap_or(0)
    });
    let Some(best) = scores.into_iter().max().filter(|best| *best > 1) else { return separator_of_heading(text) };
    SEPARATORS.into_iter().zip(scores).find(|(_, score)| score * 2 >= best).map(|(separator, _)| separator)
}

/// The separator of a heading without rows below it: one line of several fields. In a sentence a blank follows
/// each comma.
fn separator_of_heading(text: &str) -> Option<char> {
    let is_heading = |line: &str, separator| {
        let is_sentence = line.split(separator).skip(1).any(|rest| rest.starts_with(' '));
        fields_of(line, separator) >= HEADING_FIELDS_MIN && !(separator == ',' && is_sentence)
    };
    let lines = || text.split(['\n', '\r']).take(LINES_LOOKED_AT);
    SEPARATORS.into_iter().find(|separator| lines().any(|line| is_heading(line, *separator)))
}

/// Fields of one line; separators between quotation marks do not count.
fn fields_of(line: &str, separator: char) -> usize {
    let mut is_quoted = false;
    let mut fields = 1;
    for character in line.chars() {
        match character {
            '"' => is_quoted = !is_quoted,
            _ if character == separator && !is_quoted => fields += 1,
            _ => {}
        }
    }
    fields
}

/// Meaning of a quotation mark at the start of a field.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quotes {
    /// Keeps separators and line ends inside.
    Group,
    /// Nothing: it is a letter.
    Letters,
}

/// Hands each field with its row and column on; returns whether every quotation mark was closed.
fn split(
    text: &str,
    separator: char,
    quotes: Quotes,
    mut take: impl FnMut(u32, u32, &str) -> Result<(), OpenError>,
) -> Result<bool, OpenError> {
    let mut row = 0_u32;
    let mut column = 0_u32;
    let mut rest = text;
    let mut unquoted = String::new();
    while !rest.is_empty() {
        let inside = rest.strip_prefix('"').filter(|_| quotes == Quotes::Group);
        let field = if let Some(inside) = inside {
            let Some(after) = unquote(inside, separator, &mut unquoted) else { return Ok(false) };
            rest = after;
            unquoted.as_str()
        } else {
            let end = rest.find([separator, '\n', '\r']).unwrap_or(rest.len());
            let (field, after) = rest.split_at(end);
            rest = after;
            field
        };
        take(row, column, field)?;
        if let Some(after) = rest.strip_prefix(separator) {
            (rest, column) = (after, column.saturating_add(1));
        } else {
            rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\n', '\r'])).unwrap_or(rest);
            (row, column) = (row.saturating_add(1), 0);
        }
    }
    Ok(true)
}

/// The field that began with a quotation mark into `field`, and what follows it; none if it never ends.
fn unquote<'t>(inside: &'t str, separator: char, field: &mut String) -> Option<&'t str> {
    field.clear();
    let mut rest = inside;
    loop {
        let end = rest.find('"')?;
        field.push_str(&rest[..end]);
        rest = &rest[end + 1..];
        let Some(after) = rest.strip_prefix('"') else { break };
        field.push('"');
        rest = after;
    }
    // Letters after the closing mark belong to the field, as Excel reads them.
    let end = rest.find([separator, '\n', '\r']).unwrap_or(rest.len());
    field.push_str(&rest[..end]);
    Some(&rest[end..])
}

#[cfg(test)]
mod tests {
    use super::super::{CellValue, Limits, Workbook, read};
    use super::*;

    fn book(bytes: &[u8]) -> Workbook {
        read("rekap.csv", bytes, &Limits::default()).unwrap()
    }

    fn cells(book: &Workbook) -> Vec<(String, String)> {
        let rows = book.sheets[0].rows.iter();
        rows.flat_map(|row| {
            row.cells.iter().map(|cell| {
                let place = CellRef { row: row.index, column: cell.column };
                (place.to_string(), cell.value.text().unwrap_or("?").to_owned())
            })
        })
        .collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected.iter().map(|(place, text)| ((*place).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn semicolons_win_over_decimal_commas_and_blank_lines_keep_their_number() {
        let book = book(
            "PUSKESMAS ABCDE, KAB. X\r\n\r\nNo;Nama;Nilai\r\n1;Klinik A;85,5\r\n2;\"B; \"\"C\"\"\";70,0\r\n".as_bytes(),
        );
        let expected = [
            ("A1", "PUSKESMAS ABCDE, KAB. X"),
            ("A3", "No"),
            ("B3", "Nama"),
            ("C3", "Nilai"),
            ("A4", "1"),
            ("B4", "Klinik A"),
            ("C4", "85,5"),
            ("A5", "2"),
            ("B5", "B; \"C\""),
            ("C5", "70,0"),
        ];
        assert_eq!(cells(&book), pairs(&expected));
    }

    #[test]
    fn commas_tabs_and_a_stated_separator() {
        assert_eq!(cells(&book(b"No,Nama\n1,A\n")).len(), 4);
        assert_eq!(cells(&book(b"No\tNama\n1\tA, B; C\n")).len(), 4);
        assert_eq!(cells(&book(b"sep=|\nNo|Nama\n")), pairs(&[("A1", "No"), ("B1", "Nama")]));
    }

    #[test]
    fn legacy_letters_and_errors() {
        let book = book(b"No;Nama;%\n1;Andr\xE9;#DIV/0!\n");
        assert_eq!(book.notices, [Notice::EncodingGuessed]);
        assert_eq!(book.sheets[0].get(CellRef { row: 1, column: 1 }).and_then(CellValue::text), Some("André"));
        assert_eq!(book.sheets[0].get(CellRef { row: 1, column: 2 }), Some(&CellValue::Error("#DIV/0!")));
    }

    #[test]
    fn a_quotation_mark_that_never_ends_swallows_nothing() {
        let book = book(b"No;Nama\n1;\"A\n2;B\n");
        assert_eq!(book.notices, [Notice::QuoteNotClosed]);
        assert_eq!(cells(&book).len(), 6);
    }

    #[test]
    fn a_heading_without_rows_is_a_table() {
        for separator in SEPARATORS {
            let text = format!("PUSKESMAS ABCDE\nBULAN : MEI 2023\n\nNo{separator}Nama{separator}Tanggal\n");
            assert_eq!(cells(&book(text.as_bytes())).len(), 5, "{separator:?}");
        }
    }

    #[test]
    fn prose_is_no_table() {
        for prose in [
            "Berkas tidak ditemukan",
            "Rekap Mei, Juni, dan Juli belum ada",
            "{\"a\":1,\"b\":2,\"c\":3}",
            "Galat;kode 5",
        ] {
            let error = read("x.xlsx", prose.as_bytes(), &Limits::default()).unwrap_err();
            assert!(matches!(error, OpenError::NotAWorkbook { .. }), "{error}");
        }
    }
}
