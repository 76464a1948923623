//! The sheet *Catatan impor*: every issue with a link to its cell. Knows no package.

use std::collections::BTreeMap;

use super::relations::TRANSITIONAL;
use super::styles::ListFormats;
use super::xml::escaped;
use super::{COMMENTS_MAX, Notes, Target, word};
use crate::diagnostic::{Issue, NOTES_HEADING_ROW, NOTES_HEADINGS, NOTES_SHEET, Severity};

/// The colour of the sheet's tab, by which it is known to be ours.
pub(super) const TAB_COLOUR: &str = "FF7A1F5C";
/// Links of one sheet that Excel takes are 65,530.
const LINKS_MAX: usize = 60_000;
/// Rows of a sheet are 1,048,576.
const ROWS_MAX: usize = 1_000_000;
/// Characters of a link's target.
const LINK_CHARS_MAX: usize = 250;
/// The row of the headings, from 1.
const HEADING_ROW: usize = NOTES_HEADING_ROW as usize + 1;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const WIDTHS: [u32; 4] = [20, 22, 10, 96];

/// Which XML a sheet is written in.
pub(super) struct Dialect<'d> {
    /// Namespace of the workbook.
    pub(super) namespace: &'d str,
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

impl Default for Dialect<'_> {
    fn default() -> Self {
        Self { namespace: MAIN }
    }
}

/// What leads from an issue to its cell: the sheet's name as the workbook has it, and the cell; none where the
/// file has no such place.
pub(super) type Places<'p> = dyn Fn(&Issue) -> Option<Target> + 'p;

/// The whole sheet.
pub(super) fn sheet(
    dialect: &Dialect<'_>,
    formats: ListFormats,
    (issues, notes): (&[Issue], &Notes),
    places: &Places<'_>,
) -> String {
    let mut rows = Rows { xml: String::new(), number: 0 };
    rows.push(&[(formats.title, NOTES_SHEET)]);
    rows.push(&[(formats.title, "Berkas"), (formats.text, &notes.file_name)]);
    rows.push(&[(formats.title, "Diimpor"), (formats.text, &notes.imported)]);
    rows.push(&[(formats.title, "Ringkasan"), (formats.text, &summary(issues))]);
    rows.push(&[(formats.error, word(Severity::Error)), (formats.text, "Sel ini salah: isinya belum ikut dihitung.")]);
    rows.push(&[(formats.warning, word(Severity::Warning)), (formats.text, "Sel ini meragukan: periksa lagi.")]);
    rows.push(&[(formats.title, "Cara memperbaiki"), (formats.text, MENDING)]);
    rows.push(&NOTES_HEADINGS.map(|text| (formats.title, text)));
    debug_assert_eq!(rows.number, HEADING_ROW);
    let mut links = Vec::new();
    for issue in issues.iter().take(ROWS_MAX) {
        let level = match issue.severity {
            Severity::Error => formats.error,
            Severity::Warning => formats.warning,
        };
        let link = places(issue).filter(|_| links.len() < LINKS_MAX).and_then(|target| location(&target));
        let cell = if issue.cell.is_empty() { "(lembar)" } else { &issue.cell };
        let cell_format = if link.is_some() { formats.link } else { formats.text };
        let message = (formats.text, issue.message.as_str());
        rows.push(&[(level, word(issue.severity)), (formats.text, &issue.sheet), (cell_format, cell), message]);
        links.extend(link.map(|location| (rows.number, location)));
    }
    if issues.len() > ROWS_MAX {
        rows.push(&[(formats.text, &format!("… dan {} catatan lagi", issues.len() - ROWS_MAX))]);
    }
    framed(dialect, &rows.xml, &links)
}

const MENDING: &str = "Klik alamat sel di bawah, baca catatannya, perbaiki isinya, simpan, lalu impor lagi berkas ini. Warna, catatan, dan lembar ini boleh dibiarkan: Simpul tidak membacanya.";

/// How many there are, and whether comments were left out.
fn summary(issues: &[Issue]) -> String {
    let mut on_sheets: BTreeMap<&str, usize> = BTreeMap::new();
    for issue in issues {
        *on_sheets.entry(&issue.sheet).or_default() += 1;
    }
    let is_capped = on_sheets.values().any(|count| *count > COMMENTS_MAX);
    let capped =
        if is_capped { " Catatan hanya dipasang pada 10.000 sel pertama tiap lembar; daftar ini lengkap." } else { "" };
    format!("{}{capped}", counted(issues))
}

fn counted(issues: &[Issue]) -> String {
    let errors = issues.iter().filter(|issue| issue.severity == Severity::Error).count();
    match (errors, issues.len() - errors) {
        (0, 0) => "Tidak ada yang perlu diperbaiki.".to_owned(),
        (errors, 0) => format!("{errors} kesalahan."),
        (0, warnings) => format!("{warnings} peringatan."),
        (errors, warnings) => format!("{errors} kesalahan, {warnings} peringatan."),
    }
}

/// `'Nama Lembar'!F10`, none where Excel would not take it.
fn location(target: &Target) -> Option<String> {
    let location = format!("'{}'!{}", target.sheet.replace('\'', "''"), target.cell);
    (location.chars().count() <= LINK_CHARS_MAX).then_some(location)
}

struct Rows {
    xml: String,
    number: usize,
}

impl Rows {
    fn push(&mut self, cells: &[(usize, &str)]) {
        self.number += 1;
        let number = self.number;
        // Excel does not fit the height of merged cells to their text.
        let height = if number == HEADING_ROW - 1 { " ht=\"32\" customHeight=\"1\"" } else { "" };
        self.xml.extend([format!("<row r=\"{number}\"{height}>")]);
        for (column, (format, text)) in ["A", "B", "C", "D"].iter().zip(cells) {
            let text = escaped(text);
            self.xml.extend([format!(
                "<c r=\"{column}{number}\" s=\"{format}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
            )]);
        }
        self.xml += "</row>";
    }
}

fn framed(dialect: &Dialect<'_>, rows: &str, links: &[(usize, String)]) -> String {
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
    let (columns, merges) = (columns.concat(), merges.concat());
    let namespace = dialect.namespace;
    format!(
        "{HEAD}<worksheet xmlns=\"{namespace}\"><sheetPr><tabColor rgb=\"{TAB_COLOUR}\"/><pageSetUpPr fitToPage=\"1\"/></sheetPr>\
<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"{HEADING_ROW}\" topLeftCell=\"A{top}\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>\
<cols>{columns}</cols><sheetData>{rows}</sheetData><mergeCells count=\"{merge_count}\">{merges}</mergeCells>{hyperlinks}\
<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>\
<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>"
    )
}

/// The parts of a workbook with this sheet alone.
pub(super) fn parts(sheet: &str, styles: &str) -> Vec<(&'static str, String)> {
    let types = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let name = NOTES_SHEET;
    vec![
        (
            "[Content_Types].xml",
            format!(
                "{HEAD}<Types xmlns=\"{package}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{types}.sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"{types}.styles+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{types}.worksheet+xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "{HEAD}<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" Type=\"{TRANSITIONAL}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "{HEAD}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{TRANSITIONAL}\"><sheets><sheet name=\"{name}\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "{HEAD}<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" Type=\"{TRANSITIONAL}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"{TRANSITIONAL}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        ("xl/styles.xml", styles.to_owned()),
        ("xl/worksheets/sheet1.xml", sheet.to_owned()),
    ]
}
