//! The sheet *Catatan impor* as a part of an xlsx package. Knows no package.

use super::list::{CellLinks, CellLook, HEADING_ROW, IssueList, ListLine, ListVariant, Target, each_line};
use super::styles::ListFormats;
use super::xml::escaped;

/// The colour of the sheet's tab, by which it is known to be ours.
pub(super) const TAB_COLOUR: &str = "FF7A1F5C";
/// Characters of a link's target.
const LINK_CHARS_MAX: usize = 250;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const WIDTHS: [u32; 4] = [20, 22, 10, 96];
/// Points of a line, and of the highest row that Excel takes.
const LINE_HEIGHT: usize = 15;
const HEIGHT_MAX: usize = 409;

/// The whole sheet, in a workbook whose elements are of this namespace.
pub(super) fn sheet(namespace: &str, formats: ListFormats, told: &IssueList<'_>, places: &CellLinks<'_>) -> String {
    let way_height = match told.beside {
        ListVariant::File => 32,
        ListVariant::Cells | ListVariant::Nothing(_) => 64,
    };
    let mut rows = SheetRows { xml: String::new(), number: 0, formats, way_height };
    let mut links = Vec::new();
    let takes = |issue: &_| places(issue).filter(|target| location(target).is_some());
    each_line(told, &takes, &mut |line| {
        rows.push(&line);
        links.extend(line.link.and_then(location).map(|location| (rows.number, location)));
    });
    framed(namespace, &rows.xml, &links)
}

/// `'Nama Lembar'!F10`, none where Excel would not take it.
fn location(target: &Target) -> Option<String> {
    let location = format!("'{}'!{}", target.sheet.replace('\'', "''"), target.cell);
    (location.chars().count() <= LINK_CHARS_MAX).then_some(location)
}

struct SheetRows {
    xml: String,
    number: usize,
    formats: ListFormats,
    /// Points of the row that says how to go on.
    way_height: usize,
}

impl SheetRows {
    /// Points, where a row is higher than usual: Excel does not fit merged cells to their text, and LibreOffice no cell
    /// of an xlsx.
    fn height(&self, line: &ListLine<'_>) -> Option<usize> {
        if self.number < HEADING_ROW {
            return (self.number == HEADING_ROW - 1).then_some(self.way_height);
        }
        let lines = |((_, text), width): (&(CellLook, &str), u32)| text.chars().count().div_ceil(width as usize);
        let lines = line.cells.iter().zip(WIDTHS).map(lines).max().unwrap_or(1);
        (lines > 1).then_some((lines * LINE_HEIGHT).min(HEIGHT_MAX))
    }

    fn push(&mut self, line: &ListLine<'_>) {
        self.number += 1;
        let number = self.number;
        let height = self.height(line);
        let height = height.map_or(String::new(), |points| format!(" ht=\"{points}\" customHeight=\"1\""));
        self.xml.extend([format!("<row r=\"{number}\"{height}>")]);
        for (column, (look, text)) in ["A", "B", "C", "D"].iter().zip(line.cells) {
            let format = self.formats.index_for(*look);
            let text = escaped(text);
            self.xml.extend([format!(
                "<c r=\"{column}{number}\" s=\"{format}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
            )]);
        }
        self.xml += "</row>";
    }
}

fn framed(namespace: &str, rows: &str, links: &[(usize, String)]) -> String {
    let columns: Vec<String> = (1..)
        .zip(WIDTHS)
        .map(|(column, width)| format!("<col min=\"{column}\" max=\"{column}\" width=\"{width}\" customWidth=\"1\"/>"))
        .collect();
    let merges: Vec<String> = (2..HEADING_ROW).map(|row| format!("<mergeCell ref=\"B{row}:D{row}\"/>")).collect();
    let merge_count = HEADING_ROW - 2;
    let top = HEADING_ROW + 1;
    let hyperlinks: Vec<String> = links
        .iter()
        .map(|(row, location)| format!("<hyperlink ref=\"C{row}\" location=\"{}\"/>", escaped(location)))
        .collect();
    let hyperlinks =
        if links.is_empty() { String::new() } else { format!("<hyperlinks>{}</hyperlinks>", hyperlinks.concat()) };
    let columns = columns.concat();
    let merges = merges.concat();
    format!(
        "{HEAD}<worksheet xmlns=\"{namespace}\"><sheetPr><tabColor rgb=\"{TAB_COLOUR}\"/><pageSetUpPr fitToPage=\"1\"/></sheetPr>\
<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"{HEADING_ROW}\" topLeftCell=\"A{top}\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>\
<cols>{columns}</cols><sheetData>{rows}</sheetData><mergeCells count=\"{merge_count}\">{merges}</mergeCells>{hyperlinks}\
<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>\
<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>"
    )
}
