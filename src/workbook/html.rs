//! HTML saved as `.xls`: its tables as one sheet, as Excel shows them. Only tokens are read, no tree is
//! built, so that nesting costs nothing. Text between tables becomes rows of its own: banners stand there.

use html5gum::Tokenizer;
use html5gum::emitters::default::{DefaultEmitter, StartTag, Token};

use super::encoding::decode;
use super::intake::{Intake, Seen};
use super::values::plain;
use super::{Area, CellValue, Notice, OpenError, Visibility};
use crate::domain::records::CellRef;

/// Pages have no sheets; this is the name of its one.
const SHEET: &str = "HTML";
/// Tables inside cells of tables; deeper ones are read as part of the cell around them.
const DEPTH: usize = 16;
/// Bytes of a page that are searched for the encoding that it declares.
const DECLARED_WITHIN: usize = 2_048;
/// Elements whose text is on lines of its own.
const BLOCKS: [&[u8]; 16] = [
    b"p", b"div", b"center", b"h1", b"h2", b"h3", b"h4", b"h5", b"h6", b"li", b"tr", b"table", b"body", b"hr",
    b"caption", b"br",
];

pub(super) fn read(bytes: &[u8], intake: &mut Intake<'_>) -> Result<(), OpenError> {
    let declared = declared_encoding(bytes);
    let decoded = decode(bytes, declared.as_deref());
    if decoded.is_guess {
        intake.notice(Notice::EncodingGuessed);
    }
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut page = PageState::default();
    for token in Tokenizer::new_with_emitter(&*decoded.text, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => page.start(&tag, intake)?,
            Token::EndTag(tag) => page.end(&tag.name, intake)?,
            Token::String(text) => page.text(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    page.finish(intake)
}

/// The `charset=` of a page's head.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARED_WITHIN)]).to_lowercase();
    let rest = head.split_once("charset=")?.1.trim_start_matches(['"', '\'']);
    Some(rest.chars().take_while(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_')).collect())
}

/// The state of the page: where the next row goes, and the tables that are open.
#[derive(Default)]
struct PageState {
    tables: Vec<OpenTable>,
    /// True once a table began.
    has_table: bool,
    /// The next row of the sheet that nothing stands in.
    next_row: u32,
    /// Text outside of cells, since the last block.
    loose: Text,
    /// Inside `style`, `script` or `title`: nothing to see.
    is_unseen: bool,
    is_open: bool,
}

struct OpenTable {
    /// Column of its left edge.
    left: u32,
    /// The row being filled.
    row: Option<u32>,
    /// The next column to look at in that row.
    column: u32,
    /// For each column from the left edge: the first row that no cell from above reaches.
    free_from: Vec<u32>,
    cell: Option<OpenCell>,
}

/// A cell whose end has not come.
struct OpenCell {
    place: CellRef,
    columns: u32,
    rows: u32,
    /// The number that the cell holds, where the page tells it beside the text (`x:num`, `sdval`).
    number: Option<f64>,
    text: Text,
}

/// Text as a page shows it: runs of white space are one space, breaks are line ends.
#[derive(Default)]
struct Text {
    text: String,
    needs_space: bool,
}

impl Text {
    fn push(&mut self, text: &str) {
        for letter in text.chars() {
            if letter.is_whitespace() {
                self.needs_space = true;
                continue;
            }
            if self.needs_space && !self.text.is_empty() && !self.text.ends_with('\n') {
                self.text.push(' ');
            }
            self.needs_space = false;
            self.text.push(letter);
        }
    }

    fn line_end(&mut self) {
        self.needs_space = false;
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn take(&mut self) -> String {
        self.needs_space = false;
        let text = std::mem::take(&mut self.text);
        text.trim_end().to_owned()
    }
}

impl PageState {
    fn start(&mut self, tag: &StartTag<()>, intake: &mut Intake<'_>) -> Result<(), OpenError> {
        let name: &[u8] = &tag.name;
        match name {
            b"table" => self.open_table(intake),
            b"tr" => {
                self.close_cell(intake)?;
                self.open_row();
                Ok(())
            }
            b"td" | b"th" => self.open_cell(tag, intake),
            b"style" | b"script" | b"title" => {
                self.is_unseen = !tag.self_closing;
                Ok(())
            }
            _ if BLOCKS.contains(&name) => self.block(intake),
            _ => Ok(()),
        }
    }

    fn end(&mut self, name: &[u8], intake: &mut Intake<'_>) -> Result<(), OpenError> {
        match name {
            b"table" => self.close_table(intake),
            b"td" | b"th" | b"tr" => self.close_cell(intake),
            b"style" | b"script" | b"title" => {
                self.is_unseen = false;
                Ok(())
            }
            _ if BLOCKS.contains(&name) => self.block(intake),
            _ => Ok(()),
        }
    }

    fn text(&mut self, text: &str) {
        if self.is_unseen {
            return;
        }
        match self.tables.last_mut() {
            Some(OpenTable { cell: Some(cell), .. }) => cell.text.push(text),
            _ => self.loose.push(text),
        }
    }

    /// A line ends: within the cell, or the text outside of cells becomes a row.
    fn block(&mut self, intake: &mut Intake<'_>) -> Result<(), OpenError> {
        if let Some(OpenTable { cell: Some(cell), .. }) = self.tables.last_mut() {
            cell.text.line_end();
            return Ok(());
        }
        let line = self.loose.take();
        if line.is_empty() {
            return Ok(());
        }
        self.open_sheet(intake)?;
        let column = self.tables.last().map_or(0, |table| table.left);
        let place = CellRef { row: self.next_row, column };
        self.next_row = self.next_row.saturating_add(1);
        intake.cell(place, plain(&line))
    }

    fn open_sheet(&mut self, intake: &mut Intake<'_>) -> Result<(), OpenError> {
        if !self.is_open {
            self.is_open = true;
            intake.open_sheet(SHEET, Visibility::Visible)?;
        }
        Ok(())
    }

    fn open_table(&mut self, intake: &mut Intake<'_>) -> Result<(), OpenError> {
        if self.tables.len() == DEPTH {
            return Ok(());
        }
        self.has_table = true;
        self.open_sheet(intake)?;
        if self.tables.last().is_none_or(|table| table.cell.is_none()) {
            self.block(intake)?;
        }
        // A table within a cell begins where the cell is, below the text that stands there already.
        let mut left = 0;
        if let Some(OpenTable { cell: Some(cell), .. }) = self.tables.last_mut() {
            left = cell.place.column;
            let text = cell.text.take();
            let place = cell.place;
            if text.is_empty() {
                self.next_row = place.row;
            } else {
                self.next_row = place.row.saturating_add(1);
                intake.cell(place, plain(&text))?;
            }
        }
        self.tables.push(OpenTable { left, row: None, column: 0, free_from: Vec::new(), cell: None });
        Ok(())
    }

    fn close_table(&mut self, intake: &mut Intake<'_>) -> Result<(), OpenError> {
        self.close_cell(intake)?;
        self.block(intake)?;
        self.tables.pop();
        Ok(())
    }

    fn open_row(&mut self) {
        let next_row = self.next_row;
        if let Some(table) = self.tables.last_mut() {
            table.row = Some(next_row);
            table.column = 0;
            self.next_row = next_row.saturating_add(1);
        }
    }

    fn open_cell(&mut self, tag: &StartTag<()>, intake: &mut Intake<'_>) -> Result<(), OpenError> {
        self.close_cell(intake)?;
        if self.tables.last().is_some_and(|table| table.row.is_none()) {
            self.open_row();
        }
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        let row = table.row.unwrap_or(0);
        while table.free_from.get(table.column as usize).is_some_and(|free| *free > row) {
            table.column += 1;
        }
        let column = table.left.saturating_add(table.column);
        let columns = span(tag, b"colspan", intake.limits().columns);
        let rows = span(tag, b"rowspan", intake.limits().rows);
        intake.check_column(column.saturating_add(columns - 1))?;
        let first = table.column as usize;
        let end = (table.column + columns) as usize;
        if table.free_from.len() < end {
            table.free_from.resize(end, 0);
        }
        table.free_from[first..end].fill(row.saturating_add(rows));
        table.column += columns;
        let number = number_beside(tag);
        table.cell = Some(OpenCell { place: CellRef { row, column }, columns, rows, number, text: Text::default() });
        Ok(())
    }

    fn close_cell(&mut self, intake: &mut Intake<'_>) -> Result<(), OpenError> {
        let Some(mut cell) = self.tables.last_mut().and_then(|table| table.cell.take()) else { return Ok(()) };
        let text = cell.text.take();
        let row = cell.place.row.saturating_add(cell.rows - 1);
        let column = cell.place.column.saturating_add(cell.columns - 1);
        intake.merge(Area { first: cell.place, last: CellRef { row, column } })?;
        intake.cell(cell.place, seen(&text, cell.number))
    }

    fn finish(mut self, intake: &mut Intake<'_>) -> Result<(), OpenError> {
        if !self.has_table {
            let what = "isinya halaman web tanpa tabel".into();
            return Err(OpenError::NotAWorkbook { file: intake.file(), what });
        }
        if !self.tables.is_empty() {
            intake.notice(Notice::TableNotClosed);
        }
        while !self.tables.is_empty() {
            self.close_table(intake)?;
        }
        self.block(intake)
    }
}

/// `colspan` and `rowspan`: at least one, at most the limit of the sheet.
fn span(tag: &StartTag<()>, name: &[u8], limit: u32) -> u32 {
    let text = attribute(tag, name).unwrap_or_default();
    text.trim().parse::<u32>().unwrap_or(1).clamp(1, limit.max(1))
}

fn attribute(tag: &StartTag<()>, name: &[u8]) -> Option<String> {
    tag.attributes.get(name).map(|value| String::from_utf8_lossy(value).into_owned())
}

/// The stored number, as Excel (`x:num`) and LibreOffice (`sdval`) write it beside the text.
fn number_beside(tag: &StartTag<()>) -> Option<f64> {
    let text = attribute(tag, b"x:num").or_else(|| attribute(tag, b"sdval"))?;
    text.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

/// The stored number where the text shows a number too (a date's serial does not look like its text).
fn seen(text: &str, number: Option<f64>) -> Seen<'_> {
    let shown = text.trim_start_matches(['-', '−', '(']).trim_end_matches([')', '%', ' ']);
    let is_number = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ',' | ' ' | 'E' | 'e' | '+');
    match number.filter(|_| !shown.is_empty() && shown.chars().all(is_number)) {
        Some(value) => Seen::Value(CellValue::Number { value, percent: text.ends_with('%') }),
        None => plain(text),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Limits, Workbook, read};
    use super::*;

    fn book(page: &str) -> Workbook {
        read("rekap.xls", page.as_bytes(), &Limits::default()).unwrap()
    }

    fn text(book: &Workbook, row: u32, column: u32) -> Option<&str> {
        book.sheets[0].get(CellRef { row, column })?.text()
    }

    #[test]
    fn spans_become_merges_and_banners_rows() {
        let book = book(
            "\u{feff}<html><head><title>x</title><style>td { color: red }</style></head><body>\
             <h3>PUSKESMAS ABCDE</h3><p>BULAN : MEI&nbsp;2023</p>\
             <table><tr><th rowspan=2>No</th><th rowspan='2'>Nama</th><th colspan=\"3\">K6</th></tr>\
             <tr><th>Sasaran</th><th>Capaian</th><th>%</th></tr>\
             <tr><td>1<td>Klinik <b>A</b><br>Jl. X<td x:num=\"0.855\">85,5%<td>-<td>#DIV/0!</table></body></html>",
        );
        assert_eq!(text(&book, 0, 0), Some("PUSKESMAS ABCDE"));
        assert_eq!(text(&book, 1, 0), Some("BULAN : MEI 2023"));
        assert_eq!(text(&book, 3, 2), Some("Sasaran"));
        assert_eq!(text(&book, 4, 1), Some("Klinik A\nJl. X"));
        let sheet = &book.sheets[0];
        let percent = CellValue::Number { value: 0.855, percent: true };
        assert_eq!(sheet.get(CellRef { row: 4, column: 2 }), Some(&percent));
        assert_eq!(sheet.get(CellRef { row: 4, column: 4 }), Some(&CellValue::Error("#DIV/0!")));
        assert_eq!(sheet.merges().len(), 3);
        let heading = sheet.merge_at(CellRef { row: 2, column: 4 }).unwrap();
        assert_eq!((heading.first, heading.last), (CellRef { row: 2, column: 2 }, CellRef { row: 2, column: 4 }));
        assert!(book.notices.is_empty());
    }

    #[test]
    fn a_table_within_a_cell_stands_where_the_cell_is() {
        let book = book("<table><tr><td><table><tr><td>a<td>b<tr><td>c</table></td></tr><tr><td>d</table>");
        let cells = [(0, 0, "a"), (0, 1, "b"), (1, 0, "c"), (2, 0, "d")];
        for (row, column, expected) in cells {
            assert_eq!(text(&book, row, column), Some(expected), "{row} {column}");
        }
    }

    #[test]
    fn a_cut_table_is_said() {
        assert_eq!(book("<table><tr><td>a").notices, [Notice::TableNotClosed]);
    }

    #[test]
    fn a_page_without_a_table_is_none() {
        let error = read("x.xlsx", b"<!DOCTYPE html><p>404", &Limits::default()).unwrap_err();
        assert!(matches!(error, OpenError::NotAWorkbook { .. }), "{error}");
    }
}
