//! A paper as workbook: a sheet a part, real numbers, dates and formats, ready to print on A4.

use std::collections::BTreeSet;

use chrono::Datelike;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, HeaderImagePosition, Image, Workbook,
    Worksheet, XlsxError,
};

use super::ReportError;
use super::document::{
    Align, Block, Document, DocumentForm, Orientation, PaperCell, PaperTable, Part, RowHeight, Signatures,
};
use super::drawings::{Drawings, PICTURE_SCALE, Picture};
use super::mark::{ALT, SQUARE_MM};
use super::sheet_pages::{Flow, Page, ROW_PIXELS};
use super::sheet_widths::{BOLD_WIDTH, CELL_MARGIN_PIXELS, FIGURE_PIXELS, column_widths, lines, lines_of};
use super::words::{clean, stamp_words};

/// Letters of a sheet's name, by Excel's rule.
const SHEET_NAME_MAX: usize = 31;
/// Letters of a cell that are written; Excel takes a few more.
pub const CELL_LETTERS_MAX: usize = 32_000;
/// Lines of a row at most: Excel takes 409 points.
const ROW_LINES_MAX: u32 = 27;
/// Height of the title's row.
const TITLE_PIXELS: u32 = 30;
/// A line to write on.
const WRITE_LINE: &str = "........................................";
/// Height of the logo in the header of a printed sheet.
const LOGO_HEADER_PIXELS: f64 = 52.0;
/// A4 in Excel's numbering.
const PAPER_A4: u8 = 9;
/// Column in which the value of a labelled line begins.
const FACT_COLUMN: usize = 2;
/// Columns over which it lies at most, and at least: one alone is not merged.
const SPAN_MAX: usize = 40;
const SPAN_MIN: usize = 2;
/// Width of a column of which nothing is said, and of the edge beside the figures of any other.
const COLUMN_PIXELS: f64 = 64.0;
const EDGE_PIXELS: f64 = 5.0;
/// Lines of running text at most, by the height that Excel takes.
const PROSE_LINES_MAX: u32 = 20;
/// Margins of the paper, inches: left, right, top, bottom; the logo in the header needs more at the top.
const MARGINS: [f64; 4] = [0.6, 0.5, 0.6, 0.8];
const TOP_BELOW_LOGO: f64 = 0.9;
/// The shorter and the longer side of A4, inches, and pixels of an inch.
const A4: [f64; 2] = [8.27, 11.69];
const INCH_PIXELS: f64 = 96.0;
/// Millimetres of an inch.
const INCH_MM: f64 = 25.4;
/// Rows of a table that stay with its heading, and with what stands below it.
const ROWS_KEPT: u32 = 2;
/// Rows of a block of signatures below its date.
const SIGNATURE_ROWS: u32 = 8;
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
    let mut is_first = true;
    for (part, drawn) in document.parts.iter().zip(drawings.pictures_by_part()?) {
        let sheet = book.add_worksheet();
        sheet.set_name(sheet_name(&part.title, &mut names))?;
        let drawn = drawn.into_iter();
        let row = 0;
        let widths = column_widths(part);
        let page = page_of(part, document.letterhead.logo.is_some());
        let mut writer = SheetWriter { sheet, row, drawn, widths, page, flow: Flow::default() };
        writer.part(document, part)?;
        if is_first {
            writer.mark(document)?;
            is_first = false;
        }
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

pub(super) fn excel_date(day: crate::domain::Date) -> Result<ExcelDateTime, XlsxError> {
    let year = u16::try_from(day.year()).unwrap_or(1900);
    ExcelDateTime::from_ymd(year, u8::try_from(day.month()).unwrap_or(1), u8::try_from(day.day()).unwrap_or(1))
}

/// Writes one sheet from top to bottom.
struct SheetWriter<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    /// Pictures of the charts that are still to come.
    drawn: std::vec::IntoIter<Vec<Picture<'a>>>,
    /// Width of each column that a table needs, in Excel's unit.
    widths: Vec<f64>,
    page: Page,
    flow: Flow,
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
        self.height(self.row, TITLE_PIXELS)?;
        self.line(&document.title, &Format::new().set_bold().set_font_size(14))?;
        if let DocumentForm::Letter { place_and_date } = &document.form {
            self.line(place_and_date, &Format::new())?;
        }
        if document.form == DocumentForm::Report {
            self.line(&document.subtitle, &Format::new())?;
        }
        for (name, value) in &document.lines {
            let value = if value.is_empty() { WRITE_LINE } else { value };
            self.line(&format!("{name}: {value}"), &Format::new())?;
        }
        if let DocumentForm::Order { about } = &document.form {
            for line in about {
                self.line(line, &Format::new().set_bold())?;
            }
        }
        self.line(&stamp_words(&document.stamp), &muted())?;
        if let Some(mark) = &document.mark {
            self.line(&mark.line(), &muted())?;
        }
        self.row += 1;
        if part.has_heading() {
            self.heading(&part.title, &Format::new().set_bold().set_font_size(12))?;
        }
        let last_table = part.blocks.iter().rposition(|block| matches!(block, Block::Table(_)));
        let last_chart = part.blocks.iter().rposition(|block| matches!(block, Block::Chart(_)));
        for (place, block) in part.blocks.iter().enumerate() {
            self.block(block)?;
            // A sheet repeats one heading on all pages below it: on those of another table or of a chart it would be wrong.
            if Some(place) == last_table && last_chart < last_table {
                self.repeat_heading()?;
            } else if matches!(block, Block::Table(_)) {
                self.flow.repeat(None);
            }
        }
        for (place, share) in self.widths.iter().enumerate() {
            self.sheet.set_column_width(column(place), *share)?;
        }
        if !part.is_words() {
            let breaks = self.flow.breaks(self.row, self.page, self.width());
            if !breaks.is_empty() {
                self.sheet.set_page_breaks(&breaks)?;
            }
        }
        Ok(())
    }

    /// The code beside the first lines of the sheet, at the right edge of what is printed.
    fn mark(&mut self, document: &Document) -> Result<(), ReportError> {
        let Some(mark) = &document.mark else { return Ok(()) };
        let picture = mark.picture()?;
        let png = picture.png().map_err(|error| ReportError::Write(std::io::Error::other(error)))?;
        let image = Image::new_from_buffer(&png)?;
        let width = self.width();
        // A sheet that is wider than the page is printed smaller: the code must not be.
        let side = f64::from(u32::try_from(picture.side()).unwrap_or(0)) * SQUARE_MM * INCH_PIXELS / INCH_MM;
        let side = side * (width / self.page.width).max(1.0);
        let scale = side / image.width();
        let image = image.set_alt_text(ALT).set_scale_width(scale).set_scale_height(scale);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a sheet is some thousand pixels wide"
        )]
        let left = (width - side).max(0.0) as u32;
        self.sheet.insert_image_with_offset(0, 0, &image, left, 0)?;
        Ok(())
    }

    /// Says how high a row is, to the sheet and to its pages.
    fn height(&mut self, row: u32, pixels: u32) -> Result<(), XlsxError> {
        self.flow.set_height(row, pixels);
        self.sheet.set_row_height_pixels(row, pixels).map(|_| ())
    }

    /// Width of a column, pixels.
    fn column_pixels(&self, place: usize) -> f64 {
        self.widths.get(place).map_or(COLUMN_PIXELS, |width| width * FIGURE_PIXELS + EDGE_PIXELS)
    }

    /// Width of what is printed, pixels.
    fn width(&self) -> f64 {
        (0..self.widths.len().max(self.span().columns)).map(|place| self.column_pixels(place)).sum()
    }

    /// The columns over which running text lies: about as wide as the paper.
    fn span(&self) -> Span {
        let mut span = Span { columns: 0, pixels: 0.0 };
        while span.columns < SPAN_MIN || span.columns < SPAN_MAX && span.pixels < 0.9 * self.page.width {
            span.pixels += self.column_pixels(span.columns);
            span.columns += 1;
        }
        span
    }

    fn paper(&mut self, document: &Document, part: &Part) -> Result<(), XlsxError> {
        self.sheet.set_paper_size(PAPER_A4);
        // A sheet is a page of its own: words and signatures lie with no part before them, and stay on one page.
        if part.orientation == Orientation::Landscape && !part.is_words() {
            self.sheet.set_landscape();
        }
        self.sheet.set_print_fit_to_pages(1, u16::from(part.is_words()));
        let [left, right, top, bottom] = MARGINS;
        self.sheet.set_margins(left, right, top, bottom, 0.3, 0.3);
        if let Some(logo) = &document.letterhead.logo {
            let image = Image::new_from_buffer(logo)?;
            let scale = LOGO_HEADER_PIXELS / image.height().max(1.0);
            let image = image.set_scale_width(scale).set_scale_height(scale);
            self.sheet.set_header("&R&G").set_header_image(&image, HeaderImagePosition::Right)?;
            self.sheet.set_margins(left, right, TOP_BELOW_LOGO, bottom, 0.3, 0.3);
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
        let span = self.span();
        self.sheet.merge_range(self.row, 0, self.row, column(span.columns - 1), &text, &format)?;
        let lines = lines_of(&text, span.pixels - CELL_MARGIN_PIXELS);
        self.height(self.row, lines.min(PROSE_LINES_MAX) * ROW_PIXELS)?;
        self.row += 1;
        Ok(())
    }

    /// A line that stays on the page of what it is about.
    fn heading(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.flow.stay_with_next(self.row);
        self.line(text, format)
    }

    /// The heading of the last table stands on each page below it too.
    fn repeat_heading(&mut self) -> Result<(), XlsxError> {
        if let Some(heading) = self.flow.repeated() {
            self.sheet.set_repeat_rows(heading, heading)?;
        }
        Ok(())
    }

    fn block(&mut self, block: &Block) -> Result<(), ReportError> {
        match block {
            Block::Heading(text) => {
                self.row += 1;
                self.heading(text, &Format::new().set_bold())?;
            }
            Block::Paragraph(text) => self.kept_prose(text, Format::new())?,
            Block::Note(text) => self.kept_prose(text, muted())?,
            Block::List(items) => {
                for item in items {
                    self.kept_prose(item, Format::new())?;
                }
            }
            Block::Facts(facts) => {
                self.flow.keep(self.row..self.row + u32::try_from(facts.len()).unwrap_or(0));
                for (name, value) in facts {
                    self.fact(name, value)?;
                }
            }
            Block::Address(lines) => {
                self.row += 1;
                for line in lines {
                    self.line(line, &Format::new())?;
                }
                self.row += 1;
            }
            Block::Centered(text) => {
                self.row += 1;
                self.kept_prose(text, Format::new().set_bold())?;
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

    /// A label in the first column and its value, over the columns beside it and as high as it needs.
    fn fact(&mut self, name: &str, value: &str) -> Result<(), XlsxError> {
        self.text(self.row, 0, name, &Format::new().set_align(FormatAlign::Top))?;
        let value = if value.is_empty() { WRITE_LINE } else { value };
        let value = if name.is_empty() { value.to_owned() } else { format!(": {value}") };
        let span = self.span();
        if span.columns <= FACT_COLUMN + 1 {
            self.text(self.row, column(FACT_COLUMN), &value, &Format::new())?;
        } else {
            let before: f64 = (0..FACT_COLUMN).map(|place| self.column_pixels(place)).sum();
            let text: String = clean(&value).chars().take(CELL_LETTERS_MAX).collect();
            let look = Format::new().set_text_wrap().set_align(FormatAlign::Top);
            self.sheet.merge_range(self.row, column(FACT_COLUMN), self.row, column(span.columns - 1), &text, &look)?;
            let lines = lines_of(&text, span.pixels - before - CELL_MARGIN_PIXELS);
            self.height(self.row, lines.min(PROSE_LINES_MAX) * ROW_PIXELS)?;
        }
        self.row += 1;
        Ok(())
    }

    /// A sentence, with what was to stay with it.
    fn kept_prose(&mut self, text: &str, look: Format) -> Result<(), XlsxError> {
        self.flow.keep(self.row..self.row + 1);
        self.prose(text, look)
    }

    /// Lines to write on.
    fn lines(&mut self, count: u32) -> Result<(), XlsxError> {
        let line = Format::new().set_border_bottom(FormatBorder::Dotted);
        self.flow.keep(self.row..self.row + count.min(ROWS_KEPT));
        let last = column(self.span().columns - 1);
        for _ in 0..count {
            self.sheet.merge_range(self.row, 0, self.row, last, "", &line)?;
            self.height(self.row, 2 * ROW_PIXELS)?;
            self.row += 1;
        }
        Ok(())
    }

    fn chart(&mut self, picture: &Picture<'_>) -> Result<(), ReportError> {
        let image = Image::new_from_buffer(picture.png)?;
        // As wide as the paper at most: a wider one would make all that stands beside it smaller. And no higher than the
        // page, below what the first one begins with: its heading would stand there alone.
        let room = self.flow.room_of_chart(self.row, self.page);
        let scale = f64::from(PICTURE_SCALE).max(image.width() / self.page.width).max(image.height() / room);
        let rows = (image.height() / scale / f64::from(ROW_PIXELS)).ceil();
        let alt: String = clean(&picture.drawing.alt()).chars().take(250).collect();
        let image = image.set_alt_text(alt).set_scale_width(1.0 / scale).set_scale_height(1.0 / scale);
        self.sheet.insert_image(self.row + 1, 0, &image)?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a picture has few rows")]
        let rows = rows.clamp(0.0, 10_000.0) as u32;
        // A picture is not cut by the end of a page.
        self.flow.keep(self.row..self.row + rows + 2);
        self.row += rows + 2;
        Ok(())
    }

    fn table(&mut self, table: &PaperTable) -> Result<(), XlsxError> {
        self.row += 1;
        if !table.title.is_empty() {
            self.heading(&table.title, &Format::new().set_bold())?;
        }
        if !table.note.is_empty() {
            self.prose(&table.note, muted())?;
        }
        if table.rows.is_empty() && table.totals.is_empty() {
            return self.kept_prose(&table.empty, Format::new());
        }
        let heading = framed().set_bold().set_align(FormatAlign::Center).set_background_color(Color::RGB(0x00E6_E9EE));
        let mut least = 2;
        for (place, head) in table.columns.iter().enumerate() {
            self.text(self.row, column(place), &head.label, &heading)?;
            least = least.max(lines_of(&head.label, (self.column_pixels(place) - CELL_MARGIN_PIXELS) / BOLD_WIDTH));
        }
        self.height(self.row, least.min(ROW_LINES_MAX) * ROW_PIXELS)?;
        let first = self.row;
        self.row += 1;
        for row in &table.rows {
            self.cells(table, row, framed)?;
        }
        let totals = || framed().set_bold().set_background_color(Color::RGB(0x00F2_F4F7));
        let below = self.row;
        for row in &table.totals {
            self.cells(table, row, totals)?;
        }
        self.flow.keep(first..self.row.min(first + 1 + ROWS_KEPT));
        self.flow.keep(first.max(below.saturating_sub(ROWS_KEPT))..self.row);
        self.flow.repeat(Some(first));
        self.row += 1;
        Ok(())
    }

    fn cells(&mut self, table: &PaperTable, cells: &[PaperCell], base: fn() -> Format) -> Result<(), XlsxError> {
        let rooms = (0..cells.len()).map(|place| self.column_pixels(place) - CELL_MARGIN_PIXELS);
        let lines = cells.iter().zip(rooms).map(|(cell, room)| lines(cell, room)).max().unwrap_or(1);
        for (place, (cell, head)) in cells.iter().zip(&table.columns).enumerate() {
            let format = match head.align {
                Align::Left => base().set_align(FormatAlign::Left).set_indent(1),
                Align::Center => base().set_align(FormatAlign::Center),
                Align::Right => base().set_align(FormatAlign::Right),
            };
            self.cell(column(place), cell, format)?;
        }
        let least = if table.row_height == RowHeight::Form { 2 } else { 1 };
        // Not every program makes room for wrapped text by itself, and pages are planned by these heights.
        self.height(self.row, lines.max(least).min(ROW_LINES_MAX) * ROW_PIXELS)?;
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
        let far = self.far_column();
        // Never alone: with the last rows above it, and on one page.
        self.flow.keep(self.row.saturating_sub(ROWS_KEPT + 2)..self.row + 1 + SIGNATURE_ROWS);
        self.text(self.row, far, &signatures.place_and_date, &Format::new())?;
        self.row += 1;
        let top = self.row;
        for (place, signer) in signatures.signers.iter().enumerate() {
            // Who signs alone signs at the right.
            let at = if signatures.signers.len() == 1 { far } else { column(place) * far };
            for (line, text) in signer.role.split('\n').enumerate() {
                self.text(top + u32::try_from(line).unwrap_or(0), at, text, &Format::new())?;
            }
            self.text(top + SIGNATURE_ROWS - 2, at, &signer.name, &Format::new().set_bold())?;
            self.text(top + SIGNATURE_ROWS - 1, at, &format!("NIP {}", signer.id_number), &Format::new())?;
        }
        self.row = top + SIGNATURE_ROWS;
        Ok(())
    }

    /// The column below which the second of two signs: the first one beyond the middle.
    fn far_column(&self) -> u16 {
        let span = self.span();
        let mut left = 0.0;
        let far = (0..span.columns).find(|place| {
            let is_beyond = left >= span.pixels / 2.0;
            left += self.column_pixels(*place);
            is_beyond
        });
        column(far.unwrap_or(span.columns - 1))
    }
}

/// Columns beside each other.
#[derive(Clone, Copy, Debug)]
struct Span {
    columns: usize,
    pixels: f64,
}

/// Room on a page of this part.
fn page_of(part: &Part, has_logo: bool) -> Page {
    let [short, long] = A4;
    let [left, right, top, bottom] = MARGINS;
    let top = if has_logo { TOP_BELOW_LOGO } else { top };
    let is_landscape = part.orientation == Orientation::Landscape && !part.is_words();
    let [width, height] = if is_landscape { [long, short] } else { [short, long] };
    Page { width: (width - left - right) * INCH_PIXELS, height: (height - top - bottom) * INCH_PIXELS }
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
