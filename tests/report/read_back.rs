//! Papers as other programs read them: pdftotext, the workbook reader, the XML inside a DOCX.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use simpul::domain::format;
use simpul::workbook::{self, Row};

use crate::support::Simpul;

/// Makes a paper through the binary; asserts success.
pub(super) fn paper(simpul: &Simpul, kind: &str, period: &str, ending: &str) -> PathBuf {
    let out = simpul.data().join(format!("{kind}.{ending}"));
    let run = simpul.run(["report", kind, period, "--out", &out.to_string_lossy()]);
    assert_eq!(run.status, 0, "{kind} {period} {ending}: {}", run.stderr);
    out
}

fn told(command: &str, args: &[&str]) -> String {
    let output = Command::new(command).args(args).output().unwrap();
    assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).replace('\u{200b}', "")
}

/// The lines of a PDF.
pub fn pdf_lines(pdf: &Path) -> Vec<String> {
    told("pdftotext", &["-layout", &pdf.to_string_lossy(), "-"]).lines().map(ToOwned::to_owned).collect()
}

/// Every word of a PDF that lies outside its page.
pub(super) fn words_outside(pdf: &Path) -> Vec<String> {
    let attribute = |line: &str, name: &str| -> f64 {
        let (_, rest) = line.split_once(&format!("{name}=\"")).unwrap();
        rest.split('"').next().unwrap().parse().unwrap()
    };
    let (mut width, mut height) = (0.0, 0.0);
    let mut outside = Vec::new();
    for line in told("pdftotext", &["-bbox", &pdf.to_string_lossy(), "-"]).lines() {
        if line.contains("<page ") {
            (width, height) = (attribute(line, "width"), attribute(line, "height"));
        } else if line.contains("<word ") {
            let low = attribute(line, "xMin").min(attribute(line, "yMin"));
            if low < 0.0 || attribute(line, "xMax") > width || attribute(line, "yMax") > height {
                outside.push(line.trim().to_owned());
            }
        }
    }
    outside
}

/// Pages of a PDF; asserts that `qpdf` finds no fault.
pub(super) fn checked_pages(pdf: &Path) -> usize {
    let path = pdf.to_string_lossy();
    told("qpdf", &["--check", &path]);
    told("qpdf", &["--show-npages", &path]).trim().parse().unwrap()
}

/// Rows of a DOCX's tables, as texts of cells (what stands below a break left out).
pub(super) fn docx_rows(docx: &Path) -> Vec<Vec<String>> {
    let xml = docx_xml(docx);
    xml.split("<w:tr>").skip(1).map(|row| row.split("<w:tc>").skip(1).map(first_line).collect()).collect()
}

fn first_line(cell: &str) -> String {
    let cell = cell.split("</w:tc>").next().unwrap().split("<w:br/>").next().unwrap();
    let texts = cell.split("<w:t xml:space=\"preserve\">").skip(1).map(|text| text.split("</w:t>").next().unwrap());
    texts.collect::<String>().replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// The text part of a DOCX, which a strict reader has read to its end.
pub fn docx_xml(docx: &Path) -> String {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(docx).unwrap()).unwrap();
    let mut text = String::new();
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).unwrap();
        let name = file.name().unwrap().into_owned();
        if name.contains("/media/") {
            continue;
        }
        let mut xml = String::new();
        file.read_to_string(&mut xml).unwrap();
        read_to_end(&name, &xml);
        if name == "word/document.xml" {
            text = xml;
        }
    }
    text
}

fn read_to_end(name: &str, xml: &str) {
    let mut reader = quick_xml::Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    loop {
        let event = reader.read_event();
        assert!(event.is_ok(), "{name}: {event:?}");
        if matches!(event, Ok(quick_xml::events::Event::Eof)) {
            return;
        }
    }
}

/// The rows of a workbook's sheet as our own reader, which wrote none of it, sees them.
pub(super) fn sheet_rows(xlsx: &Path, sheet: &str) -> Vec<Row> {
    let bytes = std::fs::read(xlsx).unwrap();
    let book = workbook::read("laporan.xlsx", &bytes, &workbook::Limits::default()).unwrap();
    book.sheets.into_iter().find(|known| known.name == sheet).unwrap().rows
}

/// Score and indicators of a block as a paper writes them; a figure that does not apply is a dash.
pub(super) fn figures_of(block: &serde_json::Value) -> Vec<String> {
    let shown = |value: &serde_json::Value| value.as_f64().map_or_else(|| "–".to_owned(), format::percent);
    let indicators = ["CAK", "JDW", "DTK", "BKT", "RTL", "LOK", "KLP", "TPT", "IND"];
    let values = indicators.map(|code| shown(&block["indicators"][code]["value"]));
    [shown(&block["score"])].into_iter().chain(values).collect()
}

/// Whether all words stand in the line, in their order.
pub(super) fn stand_in(line: &str, words: &[String]) -> bool {
    let mut rest = line.split_whitespace();
    words.iter().all(|word| rest.any(|found| found == word))
}
