//! A paper as workbook: a sheet a part, real numbers, dates and formats, ready to print on A4.

use std::collections::BTreeSet;

use chrono::Datelike;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, HeaderImagePosition, Image, Workbook,
    Worksheet, XlsxError,
};

use super::ReportError;
use super::document::{Align, Block, Document, Orientation, PaperCell, PaperTable, Part, RowHeight, Signatures};
use super::drawings::{Drawings, PICTURE_SCALE, Picture};
use super::words::{cell_words, clean, stamp_words};
use crate::charts::text_width;

/// Letters of a sheet's name, by Excel's rule.
const SHEET_NAME_MAX: usize = 31;
/// Letters of a cell that are written; Excel takes a few more.
pub const CELL_LETTERS_MAX: usize = 32_000;
/// Height of a row.
const ROW_PIXELS: u32 = 20;
/// Lines of a row at most: Excel takes 409 points.
const ROW_LINES_MAX: u32 = 27;
/// Width of a figure, and room beside the text of a cell with its indent.
const FIGURE_PIXELS: f64 = 7.0;
const CELL_MARGIN_PIXELS: f64 = 14.0;
/// Size at which the papers' font is as wide as that of a workbook, Calibri at 11 points.
const TYPE_PIXELS: f64 = 13.0;
/// Width of the bold type of totals against plain type, at most.
const BOLD_WIDTH: f64 = 1.12;
/// Rows above a chart from which it begins a page of its own.
const CHART_ON_NEW_PAGE_FROM: u32 = 16;
/// Height of the title's row.
const TITLE_PIXELS: u32 = 30;
/// Width of each column below running text that has no table beside it.
const PROSE_SHARE: f64 = 11.5;
/// A line to write on.
const WRITE_LINE: &str = "........................................";
/// Height of the logo in the header of a printed sheet.
const LOGO_HEADER_PIXELS: f64 = 52.0;
/// A4 in Excel's numbering.
const PAPER_A4: u8 = 9;
/// Columns over which running text lies, and letters that fit a line of it.
const PROSE_COLUMNS: u16 = 8;
const PROSE_LETTERS: usize = 95;
/// `12 Mei 2023`, whatever the language of Excel.
const DATE: &str = "[$-421]d mmmm yyyy";
const MONTH: &str = "[$-421]mmmm yyyy";

/// Writes the whole paper as XLSX; the same paper gives the same bytes.
pub(super) fn render(document: &Document, drawings: &Drawings) -> Result<Vec<u8>, ReportError> {
    let mut book = Workbook::new();
    let day = document.stamp.as_of;
    // The stamp of the file is the day that it shows, not the clock: the same paper twice is the same bytes.
    let created = excel_date(day)?;
    let properties = DocProperties::new()
        .set_title(format!("{} – {}", clean(&document.title), clean(&document.subtitle)))
        .set_author(clean(&document.letterhead.name))
        .set_creation_datetime(&created);
    book.set_properties(&properties);
    let mut names = BTreeSet::new();
    for (part, drawn) in document.parts.iter().zip(drawings.pictures_by_part()?) {
        let sheet = book.add_worksheet();
        sheet.set_name(sheet_name(&part.title, &mut names))?;
        let drawn = drawn.into_iter();
        let mut writer = SheetWriter { sheet, row: 0, drawn, widths: Vec::new(), breaks: Vec::new() };
        writer.part(document, part)?;
    }
    Ok(book.save_to_buffer()?)
}

/// A name that Excel takes and that no other sheet has.
fn sheet_name(title: &str, taken: &mut BTreeSet<String>) -> String {
    let allowed = |c: &char| !c.is_control() && !['[', ']', ':', '*', '?', '/', '\\', '\''].contains(c);
    let base: String = title.chars().filter(allowed).take(SHEET_NAME_MAX).collect();
    let mut name = base.clone();
    let mut number = 2;
    while name.is_empty() || !taken.insert(name.to_lowercase()) {
        name = format!("{} {number}", base.chars().take(SHEET_NAME_MAX - 4).collect::<String>());
        number += 1;
    }
    name
}

fn excel_date(day: crate::domain::Date) -> Result<ExcelDateTime, XlsxError> {
    let year = u16::try_from(day.year()).unwrap_or(1900);
    ExcelDateTime::from_ymd(year, u8::try_from(day.month()).unwrap_or(1), u8::try_from(day.day()).unwrap_or(1))
}

/// Writes one sheet from top to bottom.
struct SheetWriter<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    /// Pictures of the charts that are still to come.
    drawn: std::vec::IntoIter<Vec<Picture<'a>>>,
    /// Widest share asked for, by column.
    widths: Vec<f64>,
    /// Rows before which a page ends.
    breaks: Vec<u32>,
}

impl SheetWriter<'_> {
    fn part(&mut self, document: &Document, part: &Part) -> Result<(), ReportError> {
        self.paper(document, part)?;
        let head = &document.letterhead;
        for line in head.above.iter().map(String::as_str).chain([head.name.as_str()]) {
            self.line(line, &Format::new().set_bold())?;
        }
        for line in head.address.lines() {
            self.line(line, &Format::new())?;
        }
        self.sheet.set_row_height_pixels(self.row, TITLE_PIXELS)?;
        self.line(&document.title, &Format::new().set_bold().set_font_size(14))?;
        self.line(&document.subtitle, &Format::new())?;
        for (name, value) in &document.lines {
            self.line(&format!("{name}: {value}"), &Format::new())?;
        }
        self.line(&stamp_words(&document.stamp), &muted())?;
        self.row += 1;
        self.line(&part.title, &Format::new().set_bold().set_font_size(12))?;
        for block in &part.blocks {
            self.block(block)?;
        }
        if self.widths.is_empty() {
            self.widths = vec![PROSE_SHARE; usize::from(PROSE_COLUMNS)];
        }
        for (place, share) in self.widths.clone().into_iter().enumerate() {
            self.sheet.set_column_width(column(place), share)?;
        }
        Ok(())
    }

    fn paper(&mut self, document: &Document, part: &Part) -> Result<(), XlsxError> {
        self.sheet.set_paper_size(PAPER_A4);
        // A sheet is a page of its own: words and signatures lie with no part before them, and stay on one page.
        if part.orientation == Orientation::Landscape && !part.is_words() {
            self.sheet.set_landscape();
        }
        self.sheet.set_print_fit_to_pages(1, u16::from(part.is_words()));
        self.sheet.set_margins(0.6, 0.5, 0.6, 0.8, 0.3, 0.3);
        if let Some(logo) = &document.letterhead.logo {
            let image = Image::new_from_buffer(logo)?;
            let scale = LOGO_HEADER_PIXELS / image.height().max(1.0);
            let image = image.set_scale_width(scale).set_scale_height(scale);
            self.sheet.set_header("&R&G").set_header_image(&image, HeaderImagePosition::Right)?;
            self.sheet.set_margins(0.6, 0.5, 0.9, 0.8, 0.3, 0.3);
        }
        // Excel takes 255 letters; an ampersand would start a code.
        let stamp: String = stamp_words(&document.stamp).replace('&', "&&").chars().take(180).collect();
        self.sheet.set_footer(format!("&L&8{stamp}&R&8Halaman &P dari &N"));
        Ok(())
    }

    fn line(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.text(self.row, 0, text, format)?;
        self.row += 1;
        Ok(())
    }

    fn text(&mut self, row: u32, column: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
        let text: String = clean(text).chars().take(CELL_LETTERS_MAX).collect();
        self.sheet.write_string_with_format(row, column, text, format).map(|_| ())
    }

    /// A sentence over several columns, as high as it needs.
    fn prose(&mut self, text: &str, look: Format) -> Result<(), XlsxError> {
        let format = look.set_text_wrap().set_align(FormatAlign::Top);
        let text: String = clean(text).chars().take(CELL_LETTERS_MAX).collect();
        self.sheet.merge_range(self.row, 0, self.row, PROSE_COLUMNS - 1, &text, &format)?;
        let lines = u32::try_from(text.chars().count().div_ceil(PROSE_LETTERS).max(1)).unwrap_or(1);
        self.sheet.set_row_height_pixels(self.row, lines.min(20) * ROW_PIXELS)?;
        self.row += 1;
        Ok(())
    }

    fn block(&mut self, block: &Block) -> Result<(), ReportError> {
        match block {
            Block::Heading(text) => {
                self.row += 1;
                self.line(text, &Format::new().set_bold())?;
            }
            Block::Paragraph(text) => self.prose(text, Format::new())?,
            Block::Note(text) => self.prose(text, muted())?,
            Block::List(items) => {
                for item in items {
                    self.prose(item, Format::new())?;
                }
            }
            Block::Facts(facts) => {
                for (name, value) in facts {
                    self.text(self.row, 0, name, &Format::new())?;
                    let value = if value.is_empty() { WRITE_LINE } else { value };
                    self.text(self.row, 2, &format!(": {value}"), &Format::new())?;
                    self.row += 1;
                }
            }
            Block::Table(table) => self.table(table)?,
            Block::Chart(_) => {
                for picture in self.drawn.next().unwrap_or_default() {
                    self.chart(&picture)?;
                }
            }
            Block::Lines(count) => self.lines(*count)?,
            Block::Signatures(signatures) => self.signatures(signatures)?,
        }
        Ok(())
    }

    /// Lines to write on.
    fn lines(&mut self, count: u32) -> Result<(), XlsxError> {
        let line = Format::new().set_border_bottom(FormatBorder::Dotted);
        for _ in 0..count {
            self.sheet.merge_range(self.row, 0, self.row, PROSE_COLUMNS - 1, "", &line)?;
            self.sheet.set_row_height_pixels(self.row, 2 * ROW_PIXELS)?;
            self.row += 1;
        }
        Ok(())
    }

    fn chart(&mut self, picture: &Picture<'_>) -> Result<(), ReportError> {
        // A picture is not cut by the end of a page.
        if self.row > CHART_ON_NEW_PAGE_FROM {
            self.breaks.push(self.row);
            self.sheet.set_page_breaks(&self.breaks)?;
        }
        let image = Image::new_from_buffer(picture.png)?;
        let scale = f64::from(PICTURE_SCALE);
        let rows = (image.height() / scale / f64::from(ROW_PIXELS)).ceil();
        let alt: String = clean(&picture.drawing.alt()).chars().take(250).collect();
        let image = image.set_alt_text(alt).set_scale_width(1.0 / scale).set_scale_height(1.0 / scale);
        self.sheet.insert_image(self.row + 1, 0, &image)?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a picture has few rows")]
        let rows = rows.clamp(0.0, 10_000.0) as u32;
        self.row += rows + 2;
        Ok(())
    }

    fn table(&mut self, table: &PaperTable) -> Result<(), XlsxError> {
        self.row += 1;
        self.line(&table.title, &Format::new().set_bold())?;
        if !table.note.is_empty() {
            self.line(&table.note, &muted())?;
        }
        if table.rows.is_empty() && table.totals.is_empty() {
            return self.line(&table.empty, &Format::new());
        }
        let heading = framed().set_bold().set_align(FormatAlign::Center).set_background_color(Color::RGB(0x00E6_E9EE));
        for (place, head) in table.columns.iter().enumerate() {
            self.text(self.row, column(place), &head.label, &heading)?;
            let needed = table_column_width(table, place).max(column_width(head.share));
            match self.widths.get_mut(place) {
                Some(width) => *width = width.max(needed),
                None => self.widths.push(needed),
            }
        }
        self.sheet.set_row_height_pixels(self.row, 2 * ROW_PIXELS)?;
        let first = self.row;
        self.row += 1;
        for row in &table.rows {
            self.cells(table, row, framed)?;
        }
        let totals = || framed().set_bold().set_background_color(Color::RGB(0x00F2_F4F7));
        for row in &table.totals {
            self.cells(table, row, totals)?;
        }
        // Excel repeats one range a sheet: the first table's heading.
        if first < 20 {
            self.sheet.set_repeat_rows(first, first)?;
        }
        self.row += 1;
        Ok(())
    }

    fn cells(&mut self, table: &PaperTable, cells: &[PaperCell], base: fn() -> Format) -> Result<(), XlsxError> {
        let lines = cells.iter().zip(&table.columns).map(|(cell, head)| lines(cell, head.share)).max().unwrap_or(1);
        for (place, (cell, head)) in cells.iter().zip(&table.columns).enumerate() {
            let format = match head.align {
                Align::Left => base().set_align(FormatAlign::Left).set_indent(1),
                Align::Center => base().set_align(FormatAlign::Center),
                Align::Right => base().set_align(FormatAlign::Right),
            };
            self.cell(column(place), cell, format)?;
        }
        let least = if table.row_height == RowHeight::Form { 2 } else { 1 };
        // Not every program makes room for wrapped text by itself. What lies on one line keeps the row of the program.
        if lines.max(least) > 1 {
            self.sheet.set_row_height_pixels(self.row, lines.max(least).min(ROW_LINES_MAX) * ROW_PIXELS)?;
        }
        self.row += 1;
        Ok(())
    }

    fn cell(&mut self, column: u16, cell: &PaperCell, format: Format) -> Result<(), XlsxError> {
        let row = self.row;
        let mut number = |value: f64, shown: &str| {
            self.sheet.write_number_with_format(row, column, value, &format.clone().set_num_format(shown)).map(|_| ())
        };
        match cell {
            PaperCell::Text(text) | PaperCell::Missing(text) => self.text(row, column, text, &format),
            PaperCell::Blank => self.sheet.write_blank(row, column, &format).map(|_| ()),
            PaperCell::Figure(value, _) => number(*value, "0.0"),
            PaperCell::Change(change) => number(*change, "+0.0;-0.0;0.0"),
            PaperCell::Count(count) => number(*count, "#,##0.##"),
            PaperCell::Date(day) => self.date(column, *day, &format.set_num_format(DATE)),
            PaperCell::Month(month) => self.date(column, month.first_day(), &format.set_num_format(MONTH)),
        }
    }

    fn date(&mut self, column: u16, day: crate::domain::Date, format: &Format) -> Result<(), XlsxError> {
        self.sheet.write_datetime_with_format(self.row, column, excel_date(day)?, format).map(|_| ())
    }

    fn signatures(&mut self, signatures: &Signatures) -> Result<(), XlsxError> {
        self.row += 1;
        let far = 4;
        self.text(self.row, far, &signatures.place_and_date, &Format::new())?;
        self.row += 1;
        let top = self.row;
        for (place, signer) in signatures.signers.iter().enumerate() {
            let at = column(place) * far;
            for (line, text) in signer.role.split('\n').enumerate() {
                self.text(top + u32::try_from(line).unwrap_or(0), at, text, &Format::new())?;
            }
            self.text(top + 6, at, &signer.name, &Format::new().set_bold())?;
            self.text(top + 7, at, &format!("NIP {}", signer.id_number), &Format::new())?;
        }
        self.row = top + 9;
        Ok(())
    }
}

/// Width of a column in Excel's unit, a figure of its font.
fn column_width(share: f64) -> f64 {
    (share + 2.0).clamp(5.0, 45.0)
}

/// Width that the dates and numbers of a column need: a program shows `###` in place of one that does not fit.
fn table_column_width(table: &PaperTable, place: usize) -> f64 {
    let of =
        |rows: &[Vec<PaperCell>]| rows.iter().filter_map(|row| row.get(place)).map(whole_width).fold(0.0, f64::max);
    of(&table.rows).max(of(&table.totals))
}

/// Width of what no program breaks over two lines; nothing for words.
fn whole_width(cell: &PaperCell) -> f64 {
    match cell {
        PaperCell::Text(_) | PaperCell::Missing(_) | PaperCell::Blank => 0.0,
        PaperCell::Figure(..)
        | PaperCell::Change(_)
        | PaperCell::Count(_)
        | PaperCell::Date(_)
        | PaperCell::Month(_) => {
            let pixels = text_width(&cell_words(cell).0, TYPE_PIXELS) * BOLD_WIDTH + CELL_MARGIN_PIXELS;
            pixels / FIGURE_PIXELS
        }
    }
}

/// Lines that a cell takes in a column of that share: of words, filled one after the other; everything else is one.
fn lines(cell: &PaperCell, share: f64) -> u32 {
    let PaperCell::Text(text) = cell else { return 1 };
    let room = column_width(share) * FIGURE_PIXELS - CELL_MARGIN_PIXELS;
    let width = |text: &str| text_width(text, TYPE_PIXELS);
    let of_line = |line: &str| {
        let (mut lines, mut filled) = (1, 0.0);
        for word in line.split_whitespace() {
            let width = width(word) + width(" ");
            if filled > 0.0 && filled + width > room {
                lines += 1;
                filled = 0.0;
            }
            filled += width;
            // A word that is too long is broken wherever its room ends.
            while filled > room {
                lines += 1;
                filled -= room;
            }
        }
        lines
    };
    text.split('\n').map(of_line).sum()
}

fn column(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}

fn muted() -> Format {
    Format::new().set_font_size(9).set_font_color(Color::RGB(0x004A_5261))
}

fn framed() -> Format {
    Format::new().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::VerticalCenter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_room_for_its_wrapped_words() {
        let words = |text: &str| PaperCell::Text(text.to_owned());
        assert_eq!(lines(&words("Pertahankan"), 26.0), 1);
        assert_eq!(lines(&words("Dahulukan pembinaan, bahas di lokmin (kurang 279 sasaran dari target)"), 26.0), 3);
        assert_eq!(lines(&words("baris\nbaru"), 26.0), 2);
        assert!(lines(&words(&"x".repeat(100)), 10.0) > 5);
        assert_eq!(lines(&PaperCell::Figure(100.0, Some((1.0, 1.0))), 5.0), 1);
    }

    #[test]
    fn a_column_is_as_wide_as_its_longest_date_and_number() {
        let date = PaperCell::Date("2023-09-30".parse().unwrap());
        assert!(whole_width(&date) > 17.0 && whole_width(&date) < 24.0);
        assert!(whole_width(&PaperCell::Count(1_234_567.0)) > 9.0);
        assert!(whole_width(&PaperCell::Text("30 September 2023".to_owned())).abs() < f64::EPSILON);
    }

    #[test]
    fn sheets_have_names_that_excel_takes() {
        let mut taken = BTreeSet::new();
        let long = "Rencana/tindak [lanjut] yang namanya terlalu panjang";
        let first = sheet_name(long, &mut taken);
        let second = sheet_name(long, &mut taken);
        assert!(first.chars().count() <= SHEET_NAME_MAX && second.chars().count() <= SHEET_NAME_MAX);
        assert_ne!(first, second);
        assert!(!first.contains(['/', '[', ']']));
    }
}
