//! The text of a DOCX: blocks of the paper as paragraphs, tables and pictures, in sections upright or lying.

use crate::report::ReportError;
use crate::report::document::{
    Align, Block, Document, Orientation, PaperCell, PaperTable, Part, Reach, RowHeight, Signatures,
};
use crate::report::on_paper::paper_rows;
use crate::report::pictures::{Picture, pictures};
use crate::report::words::{cell_words, clean};

use super::fixed::W;
use super::xml::{escaped, paragraph, plain, runs};

/// Room between the margins in twentieths of a point, upright and lying: A4 less 20 and 18 mm, less 18 and 20 mm.
pub(super) const WIDTH_UPRIGHT: f64 = 9_750.0;
pub(super) const WIDTH_LYING: f64 = 14_680.0;
/// The tallest picture, in the same.
const HEIGHT_UPRIGHT: f64 = 12_600.0;
const HEIGHT_LYING: f64 = 7_600.0;
/// Side of the logo and width of its column, in the same: 22 and 25 mm.
const LOGO_SIDE: f64 = 1_247.0;
const LOGO_COLUMN: f64 = 1_417.0;
/// EMU in a twentieth of a point.
const EMU: f64 = 635.0;
/// A line to write on.
const WRITE_LINE: &str = "........................................................................................................................";

/// Text and pictures.
pub(super) struct Body {
    /// `word/document.xml`.
    pub(super) document: String,
    /// PNG files in the order of their numbers, from 1.
    pub(super) pictures: Vec<Vec<u8>>,
}

impl Body {
    /// The text of a paper.
    pub(super) fn of(document: &Document) -> Result<Self, ReportError> {
        let parts: Vec<&Part> = document.parts.iter().filter(|part| part.reach == Reach::Everywhere).collect();
        let groups: Vec<&[&Part]> = parts.chunk_by(|a, b| a.orientation == b.orientation).collect();
        let last = groups.len().saturating_sub(1);
        // The letterhead stands in the first section and is as wide as that.
        let orientation = groups.first().map_or(Orientation::Portrait, |group| group[0].orientation);
        let drawn = pictures(parts.iter().copied())?.into_iter();
        let mut writer = BodyWriter { out: String::new(), drawn, pictures: Vec::new(), orientation };
        writer.head(document);
        let mut ending = section(Orientation::Portrait);
        for (place, group) in groups.iter().enumerate() {
            writer.orientation = group[0].orientation;
            for part in *group {
                writer.put(&plain("Heading1", &part.title));
                for block in &part.blocks {
                    writer.block(block, &part.title);
                }
            }
            ending = section(group[0].orientation);
            if place < last {
                writer.put(&format!("<w:p><w:pPr>{ending}</w:pPr></w:p>"));
            }
        }
        let document = format!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {W} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>{}{ending}</w:body></w:document>"#,
            writer.out
        );
        Ok(Self { document, pictures: writer.pictures })
    }
}

/// A4 with margins and footer.
fn section(orientation: Orientation) -> String {
    let (footer, size) = match orientation {
        Orientation::Portrait => ("upright", r#"<w:pgSz w:w="11906" w:h="16838"/>"#),
        Orientation::Landscape => ("lying", r#"<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>"#),
    };
    format!(
        r#"<w:sectPr><w:footerReference w:type="default" r:id="r-footer-{footer}"/>{size}<w:pgMar w:top="1020" w:right="1020" w:bottom="1134" w:left="1134" w:header="500" w:footer="500" w:gutter="0"/></w:sectPr>"#
    )
}

struct BodyWriter {
    out: String,
    /// Pictures of the charts that are still to come.
    drawn: std::vec::IntoIter<Vec<Picture>>,
    pictures: Vec<Vec<u8>>,
    orientation: Orientation,
}

impl BodyWriter {
    fn put(&mut self, piece: &str) {
        self.out.push_str(piece);
    }

    fn head(&mut self, document: &Document) {
        let head = &document.letterhead;
        let mut lines = String::new();
        for line in &head.above {
            lines.push_str(&paragraph("Letterhead", "", &runs(line, "")));
        }
        lines.push_str(&paragraph("Letterhead", "", &runs(&head.name, r#"<w:b/><w:sz w:val="28"/>"#)));
        for line in head.address.lines() {
            lines.push_str(&paragraph("Letterhead", "", &runs(line, r#"<w:sz w:val="18"/>"#)));
        }
        match &head.logo {
            None => self.put(&lines),
            Some(logo) => {
                let picture = self.picture(logo.clone(), (LOGO_SIDE, LOGO_SIDE), &format!("Logo {}", head.name));
                let side = paragraph("Letterhead", "", &picture);
                let middle = self.width() - 2.0 * LOGO_COLUMN;
                let widths = [LOGO_COLUMN, middle, LOGO_COLUMN];
                let cells = widths.iter().zip([side, lines, "<w:p/>".to_owned()]);
                let cells: String = cells.map(|(width, inside)| cell(*width, "", &inside)).collect();
                let grid = widths.map(|width| format!(r#"<w:gridCol w:w="{width:.0}"/>"#)).concat();
                self.put(&format!(
                    r#"<w:tbl><w:tblPr><w:tblW w:w="{:.0}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid><w:tr>{cells}</w:tr></w:tbl>"#,
                    self.width()
                ));
            }
        }
        let below = r#"<w:pBdr><w:bottom w:val="thickThinSmallGap" w:sz="18" w:space="1" w:color="auto"/></w:pBdr>"#;
        self.put(&paragraph("Letterhead", below, ""));
        self.put(&plain("Title", &document.title));
        self.put(&plain("Subtitle", &document.subtitle));
        if !document.number.is_empty() {
            self.put(&plain("Subtitle", &format!("Nomor: {}", document.number)));
        }
    }

    /// A run with a picture, as large as fits into `(width, height)` twentieths of a point.
    fn picture(&mut self, png: Vec<u8>, (widest, tallest): (f64, f64), alt: &str) -> String {
        let aspect = aspect(&png);
        self.pictures.push(png);
        let number = self.pictures.len();
        let width = widest.min(tallest / aspect);
        let (wide, high) = (width * EMU, width * aspect * EMU);
        let alt = escaped(&clean(alt));
        format!(
            r#"<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide:.0}" cy="{high:.0}"/><wp:docPr id="{number}" name="Gambar {number}" descr="{alt}"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="chart{number}.png" descr="{alt}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="r-chart{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide:.0}" cy="{high:.0}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"#
        )
    }

    fn block(&mut self, block: &Block, part: &str) {
        match block {
            Block::Heading(text) => self.put(&plain("Heading2", text)),
            Block::Paragraph(text) => self.put(&plain("Normal", text)),
            Block::Note(text) => self.put(&plain("Note", text)),
            Block::List(items) => {
                for item in items {
                    self.put(&plain("ListBullet", item));
                }
            }
            Block::Facts(facts) => {
                for (name, value) in facts {
                    let value = if value.is_empty() { &WRITE_LINE[..60] } else { value.as_str() };
                    let line = format!("{}<w:r><w:tab/></w:r>{}", runs(name, ""), runs(&format!(": {value}"), ""));
                    self.put(&paragraph("Normal", r#"<w:tabs><w:tab w:val="left" w:pos="2400"/></w:tabs>"#, &line));
                }
            }
            Block::Table(table) => self.table(table, part),
            Block::Chart(_) => {
                for picture in self.drawn.next().unwrap_or_default() {
                    self.chart(picture);
                }
            }
            Block::Lines(count) => {
                for _ in 0..*count {
                    self.put(&plain("Normal", &WRITE_LINE[..100]));
                }
            }
            Block::Signatures(signatures) => self.signatures(signatures),
        }
    }

    fn width(&self) -> f64 {
        if self.orientation == Orientation::Landscape { WIDTH_LYING } else { WIDTH_UPRIGHT }
    }

    fn chart(&mut self, picture: Picture) {
        let tallest = if self.orientation == Orientation::Landscape { HEIGHT_LYING } else { HEIGHT_UPRIGHT };
        let (alt, room) = (picture.alt(), (self.width(), tallest));
        let picture = self.picture(picture.png, room, &alt);
        self.put(&format!(r#"<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{picture}</w:p>"#));
    }

    fn table(&mut self, table: &PaperTable, part: &str) {
        let (rows, cut) = paper_rows(table);
        if table.title != part {
            self.put(&plain("Heading2", &table.title));
        }
        for note in [table.note.as_str(), cut.as_str()].into_iter().filter(|note| !note.is_empty()) {
            self.put(&plain("Note", note));
        }
        if rows.is_empty() && table.totals.is_empty() {
            self.put(&plain("Normal", &table.empty));
            return;
        }
        let all: f64 = table.columns.iter().map(|column| column.share).sum();
        let widths: Vec<f64> = table.columns.iter().map(|column| self.width() * column.share / all).collect();
        self.put(&format!(
            r#"<w:tbl><w:tblPr><w:tblW w:w="{:.0}" w:type="dxa"/><w:tblBorders>{}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>"#,
            self.width(),
            ["top", "left", "bottom", "right", "insideH", "insideV"]
                .map(|side| format!(r#"<w:{side} w:val="single" w:sz="4" w:space="0" w:color="7A8291"/>"#))
                .concat()
        ));
        for width in &widths {
            self.put(&format!(r#"<w:gridCol w:w="{width:.0}"/>"#));
        }
        self.put("</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (column, width) in table.columns.iter().zip(&widths) {
            let head = paragraph("Cell", r#"<w:jc w:val="center"/>"#, &runs(&column.label, "<w:b/>"));
            self.put(&cell(*width, "E6E9EE", &head));
        }
        self.put("</w:tr>");
        for row in rows {
            self.row(table, row, &widths, "");
        }
        for row in &table.totals {
            self.row(table, row, &widths, "F2F4F7");
        }
        self.put("</w:tbl><w:p/>");
    }

    fn row(&mut self, table: &PaperTable, cells: &[PaperCell], widths: &[f64], fill: &str) {
        let height = if table.row_height == RowHeight::Form { r#"<w:trHeight w:val="480"/>"# } else { "" };
        self.put(&format!("<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>"));
        let look = if fill.is_empty() { "" } else { "<w:b/>" };
        for ((content, column), width) in cells.iter().zip(&table.columns).zip(widths) {
            let align = match column.align {
                Align::Left => "left",
                Align::Center => "center",
                Align::Right => "right",
            };
            let (text, small) = cell_words(content);
            let mut inside = runs(&text, look);
            if !small.is_empty() {
                inside.push_str("<w:r><w:br/></w:r>");
                inside.push_str(&runs(&small, r#"<w:color w:val="4A5261"/><w:sz w:val="13"/>"#));
            }
            let text = paragraph("Cell", &format!(r#"<w:jc w:val="{align}"/>"#), &inside);
            let look = CellLook { fill, middle: table.row_height == RowHeight::Form };
            self.put(&dressed(*width, look, &text));
        }
        self.put("</w:tr>");
    }

    fn signatures(&mut self, signatures: &Signatures) {
        let keep = r#"<w:keepNext/><w:jc w:val="center"/>"#;
        let count = signatures.signers.len().max(1);
        let width = self.width() / f64::from(u32::try_from(count).unwrap_or(1));
        let mut above = String::new();
        let mut cells = String::new();
        for (place, signer) in signatures.signers.iter().enumerate() {
            let day = if place + 1 == count { signatures.place_and_date.as_str() } else { "" };
            above.push_str(&cell(width, "", &paragraph("Normal", keep, &runs(day, ""))));
            let mut inside = paragraph("Normal", keep, &runs(&signer.role, ""));
            inside.push_str(&paragraph("Normal", keep, "").repeat(3));
            inside.push_str(&paragraph("Normal", keep, &runs(&signer.name, "<w:b/>")));
            inside.push_str(&paragraph(
                "Normal",
                r#"<w:jc w:val="center"/>"#,
                &runs(&format!("NIP {}", signer.id_number), ""),
            ));
            cells.push_str(&cell(width, "", &inside));
        }
        let grid = format!(r#"<w:gridCol w:w="{width:.0}"/>"#).repeat(count);
        self.put(&format!(
            r#"<w:p><w:pPr><w:keepNext/></w:pPr></w:p><w:tbl><w:tblPr><w:tblW w:w="{:.0}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>{above}</w:tr><w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr></w:tbl><w:p/>"#,
            self.width()
        ));
    }
}

/// A cell with a ground of its own, its text at the top.
fn cell(width: f64, fill: &str, content: &str) -> String {
    dressed(width, CellLook { fill, middle: false }, content)
}

/// How a cell looks.
#[derive(Clone, Copy)]
struct CellLook<'a> {
    /// Colour of its ground; blank for none.
    fill: &'a str,
    /// Whether its text stands halfway down.
    middle: bool,
}

fn dressed(width: f64, CellLook { fill, middle }: CellLook<'_>, content: &str) -> String {
    let place = if middle { r#"<w:vAlign w:val="center"/>"# } else { "" };
    let shade = if fill.is_empty() {
        String::new()
    } else {
        format!(r#"<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>"#)
    };
    format!(r#"<w:tc><w:tcPr><w:tcW w:w="{width:.0}" w:type="dxa"/>{shade}{place}</w:tcPr>{content}</w:tc>"#)
}

/// Height to width of a PNG, from its first chunk.
fn aspect(png: &[u8]) -> f64 {
    let number =
        |at: usize| png.get(at..at + 4).map(|bytes| bytes.iter().fold(0.0, |sum, byte| sum * 256.0 + f64::from(*byte)));
    match (number(16), number(20)) {
        (Some(width), Some(height)) if width > 0.0 => height / width,
        _ => 0.6,
    }
}
