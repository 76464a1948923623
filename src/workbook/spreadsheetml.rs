//! "XML Spreadsheet 2003", which local applications export under the name `.xls`: one document with a workbook's
//! sheets, rows and cells. Whether a sheet is shown stands behind its cells, so the document is gone through
//! twice: for sheets and styles, then for cells.
//!
//! Layout: Microsoft's XML Spreadsheet Reference.

use chrono::NaiveDateTime;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::encoding::{declared_in_xml, decode};
use super::intake::{Intake, Seen};
use super::values::{NumberFormat, error_named, serial_of};
use super::xml::{local_attribute, resolved};
use super::{Area, CellValue, ColumnWidth, Notice, OpenError, Visibility};
use crate::domain::records::CellRef;

const NOT_WHOLE: &str = "XML-nya tidak utuh";

pub(super) fn read(bytes: &[u8], intake: &mut Intake<'_>) -> Result<(), OpenError> {
    let declared = declared_in_xml(bytes);
    let decoded = decode(bytes, declared.as_deref());
    if decoded.is_guess {
        intake.notice(Notice::EncodingGuessed);
    }
    let book = WorkbookStyles::from_text(&decoded.text, intake)?;
    intake.check_sheets(book.sheets.len())?;
    if book.counts_from_1904 {
        intake.counts_from_1904();
    }
    book.read_cells(&decoded.text, intake)
}

/// Sheets and styles of the workbook, collected before its cells are read.
#[derive(Default)]
struct WorkbookStyles {
    sheets: Vec<(String, Visibility)>,
    /// Number formats by the name of their style.
    styles: Vec<(String, NumberFormat)>,
    counts_from_1904: bool,
}

impl WorkbookStyles {
    fn from_text(text: &str, intake: &Intake<'_>) -> Result<Self, OpenError> {
        let mut document = OpenDocument::new(text);
        let mut book = Self::default();
        let mut is_whole = false;
        while let Some(next) = document.next(intake)? {
            match next {
                NextElement::Start(tag) => match tag.local_name().as_ref() {
                    "Worksheet" => {
                        let name = local_attribute(&tag, "Name").unwrap_or_default();
                        book.sheets.push((name, Visibility::Visible));
                    }
                    "Style" => {
                        let parent = local_attribute(&tag, "Parent").and_then(|parent| book.format(&parent));
                        let id = local_attribute(&tag, "ID").unwrap_or_default();
                        book.styles.push((id, parent.unwrap_or_default()));
                    }
                    "NumberFormat" => {
                        let code = local_attribute(&tag, "Format").unwrap_or_default();
                        if let Some((_, format)) = book.styles.last_mut() {
                            *format = format_named(&code);
                        }
                    }
                    "Date1904" => book.counts_from_1904 = true,
                    "Visible" => {
                        let is_hidden = document.text_to_end("Visible", intake)?.trim() != "SheetVisible";
                        if let Some((_, visibility)) = book.sheets.last_mut().filter(|_| is_hidden) {
                            *visibility = Visibility::Hidden;
                        }
                    }
                    _ => {}
                },
                NextElement::End(name) => is_whole |= name == "Workbook",
                NextElement::Text(_) => {}
            }
        }
        if is_whole { Ok(book) } else { Err(intake.damaged(NOT_WHOLE)) }
    }

    /// The number format of a style.
    fn format(&self, style: &str) -> Option<NumberFormat> {
        self.styles.iter().find(|(known, _)| known == style).map(|(_, format)| *format)
    }

    /// The number format that an element's own style gives its cells.
    fn stated_format(&self, tag: &BytesStart<'_>) -> Option<NumberFormat> {
        self.format(&local_attribute(tag, "StyleID")?)
    }

    fn read_cells(&self, text: &str, intake: &mut Intake<'_>) -> Result<(), OpenError> {
        let mut document = OpenDocument::new(text);
        let mut sheets = self.sheets.iter();
        let mut at = Position::default();
        while let Some(next) = document.next(intake)? {
            let NextElement::Start(tag) = next else { continue };
            match tag.local_name().as_ref() {
                "Worksheet" => {
                    let Some((name, visibility)) = sheets.next() else { break };
                    intake.open_sheet(name, *visibility)?;
                    at = Position::default();
                }
                "Table" => at.table_format = self.stated_format(&tag),
                "Column" => {
                    let first = index(&tag).unwrap_or(at.next_column);
                    let last = first.saturating_add(count(&tag, "Span"));
                    at.next_column = last.saturating_add(1);
                    if is_hidden(&tag) {
                        intake.hidden_columns(first, last);
                    }
                    at.column_formats.extend(self.stated_format(&tag).map(|format| (first, last, format)));
                    if let Some(width) = width(&tag) {
                        intake.column_width(ColumnWidth { first, last, width });
                    }
                }
                "Row" => {
                    at.row = index(&tag).unwrap_or(at.next_row);
                    at.next_row = at.row.saturating_add(1).saturating_add(count(&tag, "Span"));
                    if is_hidden(&tag) {
                        intake.hidden_rows(at.row, at.next_row - 1);
                    }
                    at.next_column = 0;
                    at.row_format = self.stated_format(&tag);
                }
                "Cell" => {
                    let place = CellRef { row: at.row, column: index(&tag).unwrap_or(at.next_column) };
                    let across = count(&tag, "MergeAcross");
                    at.next_column = place.column.saturating_add(1).saturating_add(across);
                    let column = place.column.saturating_add(across);
                    let last = CellRef { row: at.row.saturating_add(count(&tag, "MergeDown")), column };
                    intake.merge(Area { first: place, last })?;
                    let format = self.stated_format(&tag).or_else(|| at.format(place.column)).unwrap_or_default();
                    self.cell(&tag, PlacedFormat { place, format }, &mut document, intake)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A cell, up to its end; its note has a text of its own, which is none of its value.
    fn cell(
        &self,
        tag: &BytesStart<'_>,
        at: PlacedFormat,
        document: &mut OpenDocument<'_>,
        intake: &mut Intake<'_>,
    ) -> Result<(), OpenError> {
        let PlacedFormat { place, format } = at;
        let mut data = None;
        while let Some(next) = document.next(intake)? {
            match next {
                NextElement::Start(tag) if tag.local_name().as_ref() == "Data" => {
                    let sort = local_attribute(&tag, "Type").unwrap_or_default();
                    data = Some((sort, document.text_to_end("Data", intake)?));
                }
                NextElement::Start(tag) => {
                    let name = tag.local_name().as_ref().to_owned();
                    document.text_to_end(&name, intake)?;
                }
                NextElement::End(name) if name == "Cell" => break,
                NextElement::End(_) | NextElement::Text(_) => {}
            }
        }
        match data {
            Some((sort, text)) => intake.cell(place, self.seen(&sort, &text, format)),
            None if local_attribute(tag, "Formula").is_some() => {
                intake.cell(place, Seen::Value(CellValue::FormulaNotComputed))
            }
            None => Ok(()),
        }
    }

    fn seen<'t>(&self, sort: &str, text: &'t str, format: NumberFormat) -> Seen<'t> {
        let value = match sort {
            "Number" => text.trim().parse().ok().map(|value| format.value(value, self.counts_from_1904)),
            "DateTime" => self.moment(text.trim(), format),
            "Boolean" => Some(CellValue::Bool(text.trim() == "1")),
            "Error" => Some(CellValue::Error(error_named(text.trim()).unwrap_or("#VALUE!"))),
            _ => None,
        };
        value.map_or(Seen::Text(text), Seen::Value)
    }

    /// `2023-05-12T00:00:00.000`; a time of day alone stands on the day before the first one.
    fn moment(&self, text: &str, format: NumberFormat) -> Option<CellValue> {
        let moment = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok()?;
        let value = serial_of(moment, self.counts_from_1904)?;
        if format != NumberFormat::Time && value >= 1.0 {
            return Some(CellValue::Date(moment.date()));
        }
        Some(CellValue::Number { value, percent: false })
    }
}

/// Where the next cell stands, and the formats of cells without a style of their own.
#[derive(Default)]
struct Position {
    row: u32,
    next_row: u32,
    next_column: u32,
    table_format: Option<NumberFormat>,
    /// First and last column.
    column_formats: Vec<(u32, u32, NumberFormat)>,
    row_format: Option<NumberFormat>,
}

impl Position {
    fn format(&self, column: u32) -> Option<NumberFormat> {
        let of_column = || self.column_formats.iter().find(|(first, last, _)| (*first..=*last).contains(&column));
        self.row_format.or_else(|| of_column().map(|(.., format)| *format)).or(self.table_format)
    }
}

/// Formats have names besides codes.
fn format_named(code: &str) -> NumberFormat {
    match code {
        "Percent" => NumberFormat::Percent,
        "General Date" | "Long Date" | "Medium Date" | "Short Date" => NumberFormat::Date,
        "Long Time" | "Medium Time" | "Short Time" => NumberFormat::Time,
        "" | "General" | "General Number" | "Currency" | "Euro Currency" | "Fixed" | "Standard" | "Scientific"
        | "Yes/No" | "True/False" | "On/Off" => NumberFormat::Plain,
        code => NumberFormat::from_code(code),
    }
}

/// `ss:Index` counts from one.
fn index(tag: &BytesStart<'_>) -> Option<u32> {
    local_attribute(tag, "Index")?.trim().parse::<u32>().ok()?.checked_sub(1)
}

/// `ss:Width` is in points, of which a character of the standard font takes about five and a half.
fn width(tag: &BytesStart<'_>) -> Option<u16> {
    let points: f64 = local_attribute(tag, "Width")?.trim().parse().ok()?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded")]
    let width = (points / 5.5 * 256.0).clamp(0.0, f64::from(u16::MAX)) as u16;
    Some(width)
}

fn count(tag: &BytesStart<'_>, name: &str) -> u32 {
    local_attribute(tag, name).and_then(|text| text.trim().parse().ok()).unwrap_or(0)
}

fn is_hidden(tag: &BytesStart<'_>) -> bool {
    local_attribute(tag, "Hidden").is_some_and(|value| value.trim() == "1")
}

/// Place of a cell, with the number format in force there.
#[derive(Clone, Copy)]
struct PlacedFormat {
    place: CellRef,
    format: NumberFormat,
}

/// The document being read.
struct OpenDocument<'t> {
    reader: Reader<&'t [u8]>,
}

/// Next piece of the document.
enum NextElement<'t> {
    Start(BytesStart<'t>),
    End(String),
    Text(String),
}

impl<'t> OpenDocument<'t> {
    fn new(text: &'t str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader }
    }

    fn next(&mut self, intake: &Intake<'_>) -> Result<Option<NextElement<'t>>, OpenError> {
        loop {
            return Ok(Some(match self.reader.read_event().map_err(|_error| intake.damaged(NOT_WHOLE))? {
                Event::Start(tag) => NextElement::Start(tag),
                Event::End(end) => NextElement::End(end.local_name().as_ref().to_owned()),
                Event::Text(text) => NextElement::Text(text.xml10_content().into_owned()),
                Event::CData(text) => NextElement::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(entity) => NextElement::Text(resolved(&entity)),
                Event::Eof => return Ok(None),
                _ => continue,
            }));
        }
    }

    /// All text up to the end of the element that just began: letters in a format of their own are elements.
    fn text_to_end(&mut self, name: &str, intake: &Intake<'_>) -> Result<String, OpenError> {
        let mut text = String::new();
        let mut depth = 1_u32;
        while let Some(next) = self.next(intake)? {
            match next {
                NextElement::Start(tag) if tag.local_name().as_ref() == name => depth = depth.saturating_add(1),
                NextElement::End(ended) if ended == name => depth -= 1,
                NextElement::Text(piece) => text.push_str(&piece),
                NextElement::Start(_) | NextElement::End(_) => {}
            }
            if depth == 0 {
                return Ok(text);
            }
        }
        Err(intake.damaged(NOT_WHOLE))
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::super::{Limits, Workbook, read};
    use super::*;

    fn page(rows: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n\
             <Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" \
             xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Styles>\
             <Style ss:ID=\"q\"><NumberFormat ss:Format=\"Percent\"/></Style><Style ss:ID=\"p\" ss:Parent=\"q\"/>\
             <Style ss:ID=\"c\"><NumberFormat ss:Format=\"Currency\"/></Style>\
             <Style ss:ID=\"t\"><NumberFormat ss:Format=\"h:mm\"/></Style></Styles>\
             <Worksheet ss:Name=\"Mei &amp; Juni\"><Table>{rows}</Table></Worksheet>\
             <Worksheet ss:Name=\"Rahasia\"><Table/><WorksheetOptions><Visible>SheetHidden</Visible>\
             </WorksheetOptions></Worksheet></Workbook>"
        )
    }

    fn book(rows: &str) -> Workbook {
        read("laporan.xls", page(rows).as_bytes(), &Limits::default()).unwrap()
    }

    #[test]
    fn sheets_places_and_merges() {
        let book = book(
            "<Row ss:Index=\"3\"><Cell ss:MergeAcross=\"1\" ss:MergeDown=\"1\"><Data ss:Type=\"String\">No</Data></Cell>\
             <Cell><Data ss:Type=\"String\">a<B>b</B>&lt;c</Data></Cell></Row>\
             <Row ss:Span=\"2\"><Cell ss:Index=\"4\"><Data ss:Type=\"Number\">46</Data>\
             <Comment><ss:Data>bukan isi</ss:Data></Comment></Cell></Row>\
             <Row ss:StyleID=\"p\"><Cell ss:Index=\"2\"><Data ss:Type=\"Number\">0.5</Data></Cell></Row>\
             <Row><Cell ss:Formula=\"=R1C1\"/></Row>",
        );
        assert_eq!(book.sheets[0].name, "Mei & Juni");
        assert_eq!((book.sheets[1].name.as_str(), book.sheets[1].visibility), ("Rahasia", Visibility::Hidden));
        let get = |row, column| book.sheets[0].get(CellRef { row, column });
        assert_eq!(get(2, 0).and_then(CellValue::text), Some("No"));
        assert_eq!(get(2, 2).and_then(CellValue::text), Some("ab<c"));
        assert_eq!(get(3, 3), Some(&CellValue::Number { value: 46.0, percent: false }));
        assert_eq!(get(6, 1), Some(&CellValue::Number { value: 0.5, percent: true }));
        assert_eq!(get(7, 0), Some(&CellValue::FormulaNotComputed));
        let merged = book.sheets[0].merges()[0];
        assert_eq!((merged.first, merged.last), (CellRef { row: 2, column: 0 }, CellRef { row: 3, column: 1 }));
    }

    #[test]
    fn widths_are_told_in_characters() {
        let book = book("<Column ss:Width=\"55\" ss:Span=\"1\"/><Column ss:Index=\"5\" ss:Width=\"x\"/><Row/>");
        assert_eq!(book.sheets[0].column_widths, [ColumnWidth { first: 0, last: 1, width: 2_560 }]);
    }

    #[test]
    fn values_by_their_type_and_style() {
        let cells = [
            ("p", "Number", "0.855", CellValue::Number { value: 0.855, percent: true }),
            ("c", "Number", "5", CellValue::Number { value: 5.0, percent: false }),
            (
                "x",
                "DateTime",
                "2023-05-12T00:00:00.000",
                CellValue::Date(chrono::NaiveDate::from_ymd_opt(2023, 5, 12).unwrap()),
            ),
            ("t", "DateTime", "1899-12-31T12:00:00.000", CellValue::Number { value: 0.5, percent: false }),
            ("x", "Boolean", "1", CellValue::Bool(true)),
            ("x", "Error", "#DIV/0!", CellValue::Error("#DIV/0!")),
            ("x", "Number", "1e999", CellValue::Error("#NUM!")),
        ];
        let mut row = String::new();
        for (style, sort, text, _) in &cells {
            write!(row, "<Cell ss:StyleID=\"{style}\"><Data ss:Type=\"{sort}\">{text}</Data></Cell>").unwrap();
        }
        let read = book(&format!("<Row>{row}</Row>"));
        for (cell, (_, _, text, expected)) in read.sheets[0].rows[0].cells.iter().zip(&cells) {
            assert_eq!(cell.value, *expected, "{text}");
        }
    }

    #[test]
    fn cut_documents_and_entities() {
        let whole = page("<Row><Cell><Data ss:Type=\"String\">a</Data></Cell></Row>");
        let error = read("a.xls", &whole.as_bytes()[..whole.len() - 5], &Limits::default()).unwrap_err();
        assert!(matches!(error, OpenError::Damaged { .. }), "{error}");
        let bomb = book("<Row><Cell><Data ss:Type=\"String\">&lol;</Data></Cell></Row>");
        assert_eq!(bomb.sheets[0].rows[0].cells[0].value.text(), Some("&lol;"));
    }
}
