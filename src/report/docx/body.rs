//! The text of a DOCX: blocks of the paper as paragraphs, tables and pictures, in sections upright or lying.

use crate::report::ReportError;
use crate::report::column_shares::{TableRoom, column_shares};
use crate::report::document::{
    Align, Block, Document, DocumentForm, Orientation, PaperCell, PaperTable, Part, PartFormats, PartOpening,
    RowHeight, Signatures, png_aspect,
};
use crate::report::drawings::{Drawings, Picture};
use crate::report::mark::{ALT, SQUARE_MM};
use crate::report::on_paper::paper_rows;
use crate::report::words::{cell_words, clean};

use super::xml::{W, escaped, paragraph, plain, runs};

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
/// EMU in a millimetre.
const EMU_IN_MM: f64 = 36_000.0;
/// Twentieths of a point in a point.
const TWIPS: f64 = 20.0;
/// Size of type of a table's cells, in points, as their style has it.
const CELL_TYPE: f64 = 8.0;
/// Width of the type that a word processor takes where it lacks the paper's, at most.
const OTHER_TYPE: f64 = 1.13;
/// Room beside the text of a cell, in twentieths of a point.
const CELL_MARGIN: f64 = 55.0;
/// Room beside the text of a cell: said at each table, since not every program looks for it in the styles.
const CELL_MARGINS: &str =
    r#"<w:tblCellMar><w:left w:w="55" w:type="dxa"/><w:right w:w="55" w:type="dxa"/></w:tblCellMar>"#;
/// The next paragraph begins a page.
const PAGE_BREAK: &str = r#"<w:p><w:r><w:br w:type="page"/></w:r></w:p>"#;
/// No page ends after this paragraph.
const KEEP_NEXT: &str = "<w:keepNext/>";
/// Rows that stand on one page at the beginning and at the end of a table.
const ROWS_TOGETHER: usize = 3;
/// Rows of a table that stay with the signatures below it.
const ROWS_KEPT_WITH_SIGNATURES: usize = 2;
/// Width of the labels of facts and of the lines of a letter, and of the colon behind them, in the same.
const FACT_NAMES: u32 = 2_400;
const LETTER_NAMES: u32 = 1_200;
const COLON: u32 = 200;
/// A line to write on.
const WRITE_LINE: &str = "............................................................";

/// Text of the document, and the pictures in it.
pub(super) struct DocxBody {
    pub(super) document: String,
    /// Pictures and drawings that the text shows.
    pub(super) media: Vec<Media>,
}

/// A file that the text shows.
pub(super) struct Media {
    /// Below `word/media`; its relation is `r-` and this.
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// A picture to be placed.
struct PlacedPicture<'p> {
    png: &'p [u8],
    /// The drawing that it was made from; programs that know SVG show that.
    svg: Option<&'p str>,
    /// Height divided by width.
    aspect: f64,
    alt: String,
}

impl DocxBody {
    /// The text of a paper.
    pub(super) fn from_document(document: &Document, drawings: &Drawings) -> Result<Self, ReportError> {
        let pictures = drawings.pictures_by_part()?;
        let parts = document.parts.iter().zip(&pictures).filter(|(part, _)| part.reach == PartFormats::Everywhere);
        let parts: Vec<(&Part, &Vec<Vec<Picture<'_>>>)> = parts.collect();
        let groups: Vec<_> = parts.chunk_by(|(a, _), (b, _)| a.orientation == b.orientation).collect();
        let last = groups.len().saturating_sub(1);
        // The letterhead stands in the first section and is as wide as that.
        let orientation = groups.first().map_or(Orientation::Portrait, |group| group[0].0.orientation);
        let mut writer = BodyWriter { out: String::new(), media: Vec::new(), pictures: 0, orientation, keep: "" };
        writer.head(document)?;
        let mut ending = section(Orientation::Portrait);
        for (place, group) in groups.iter().enumerate() {
            writer.orientation = group[0].0.orientation;
            for (part, pictures) in *group {
                // A section begins a page by itself, and the head of the first one stands there already.
                let begins_section = std::ptr::eq(*part, group[0].0);
                if !begins_section && part.opening != PartOpening::Heading {
                    writer.put(PAGE_BREAK);
                }
                if part.opening == PartOpening::Letterhead && !std::ptr::eq(*part, parts[0].0) {
                    writer.head(document)?;
                }
                writer.part(part, pictures);
            }
            ending = section(writer.orientation);
            if place < last {
                writer.put(&format!("<w:p><w:pPr>{ending}</w:pPr></w:p>"));
            }
        }
        let document = format!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {W} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"><w:body>{}{ending}</w:body></w:document>"#,
            writer.out
        );
        Ok(Self { document, media: writer.media })
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
    media: Vec<Media>,
    /// Number of pictures placed so far.
    pictures: usize,
    orientation: Orientation,
    /// [`KEEP_NEXT`] in a block that is signed, else nothing.
    keep: &'static str,
}

impl BodyWriter {
    fn put(&mut self, piece: &str) {
        self.out.push_str(piece);
    }

    fn head(&mut self, document: &Document) -> Result<(), ReportError> {
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
                let alt = format!("Logo {}", head.name);
                let logo = PlacedPicture { png: logo, svg: None, aspect: png_aspect(logo), alt };
                let picture = self.picture(&logo, LOGO_SIDE, LOGO_SIDE);
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
        self.mark(document)?;
        self.head_lines(document);
        if let Some(mark) = &document.mark {
            self.put(&paragraph("Note", r#"<w:jc w:val="center"/>"#, &runs(&mark.line(), "")));
        }
        Ok(())
    }

    /// The lines below the letterhead, in the order of the document's form.
    fn head_lines(&mut self, document: &Document) {
        match &document.form {
            DocumentForm::Letter { place_and_date } => {
                self.put(&paragraph("Normal", r#"<w:jc w:val="right"/>"#, &runs(place_and_date, "")));
                self.facts(&document.lines, LETTER_NAMES);
                return;
            }
            DocumentForm::Report => {
                self.put(&plain("Title", &document.title));
                self.put(&plain("Subtitle", &document.subtitle));
            }
            DocumentForm::Order { .. } => self.put(&plain("Title", &document.title)),
        }
        for (name, value) in &document.lines {
            self.put(&plain("Subtitle", &format!("{name}: {value}")));
        }
        if let DocumentForm::Order { about } = &document.form {
            for line in about {
                self.put(&paragraph("Subtitle", "", &runs(line, "<w:b/>")));
            }
        }
    }

    /// The code at the right margin below the letterhead, text beside it.
    fn mark(&mut self, document: &Document) -> Result<(), ReportError> {
        let Some(mark) = &document.mark else { return Ok(()) };
        let picture = mark.picture()?;
        let png = picture.png().map_err(|error| ReportError::Write(std::io::Error::other(error)))?;
        self.pictures += 1;
        let number = self.pictures;
        let name = format!("gambar{number}.png");
        let side = f64::from(u32::try_from(picture.side()).unwrap_or(0)) * SQUARE_MM * EMU_IN_MM;
        let anchored = format!(
            r#"<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="114300" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="margin"><wp:align>right</wp:align></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>60000</wp:posOffset></wp:positionV><wp:extent cx="{side:.0}" cy="{side:.0}"/><wp:wrapSquare wrapText="left"/><wp:docPr id="{number}" name="Kode surat" descr="{ALT}"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="{name}" descr="{ALT}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="r-{name}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{side:.0}" cy="{side:.0}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"#
        );
        self.media.push(Media { name, bytes: png });
        // Below the line of the letterhead, in a paragraph that takes no room.
        self.put(&paragraph("Letterhead", r#"<w:spacing w:line="20" w:lineRule="exact"/>"#, &anchored));
        Ok(())
    }

    /// A run with a picture, as large as fits into so many twentieths of a point.
    fn picture(&mut self, placed: &PlacedPicture<'_>, widest: f64, tallest: f64) -> String {
        self.pictures += 1;
        let number = self.pictures;
        let name = format!("gambar{number}.png");
        let drawing = placed.svg.map_or_else(String::new, |svg| {
            let name = format!("gambar{number}.svg");
            // Known since Word 2016; what does not know it shows the picture.
            let extension = format!(
                r#"<a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip r:embed="r-{name}"/></a:ext></a:extLst>"#
            );
            self.media.push(Media { name, bytes: svg.as_bytes().to_vec() });
            extension
        });
        let width = widest.min(tallest / placed.aspect);
        let wide = width * EMU;
        let high = width * placed.aspect * EMU;
        let alt = escaped(&clean(&placed.alt));
        let run = format!(
            r#"<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide:.0}" cy="{high:.0}"/><wp:docPr id="{number}" name="Gambar {number}" descr="{alt}"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="{name}" descr="{alt}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="r-{name}">{drawing}</a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide:.0}" cy="{high:.0}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"#
        );
        self.media.push(Media { name, bytes: placed.png.to_vec() });
        run
    }

    fn part(&mut self, part: &Part, pictures: &[Vec<Picture<'_>>]) {
        if part.has_heading() {
            self.put(&plain("Heading1", &part.title));
        }
        let mut pictures = pictures.iter();
        for (place, block) in part.blocks.iter().enumerate() {
            self.keep = if part.is_signed(place) { KEEP_NEXT } else { "" };
            match block {
                Block::Chart(_) => {
                    for picture in pictures.next().into_iter().flatten() {
                        self.chart(picture);
                    }
                }
                block => self.block(block, &part.title),
            }
        }
    }

    fn block(&mut self, block: &Block, part: &str) {
        match block {
            Block::Heading(text) => self.put(&plain("Heading2", text)),
            Block::Paragraph(text) => self.words("Normal", text),
            Block::Note(text) => self.words("Note", text),
            Block::List(items) => {
                let keep = self.keep;
                for (place, item) in items.iter().enumerate() {
                    // The last two stand on one page.
                    self.keep = if place + 2 == items.len() { KEEP_NEXT } else { keep };
                    self.words("ListBullet", item);
                }
                self.keep = keep;
            }
            Block::Facts(facts) => self.facts(facts, FACT_NAMES),
            Block::Address(lines) => {
                let close = r#"<w:spacing w:after="0"/>"#;
                self.put(&paragraph("Normal", close, ""));
                for line in lines {
                    self.put(&paragraph("Normal", close, &runs(line, "")));
                }
                self.put(&paragraph("Normal", close, ""));
            }
            Block::Centered(text) => {
                let middle = r#"<w:keepNext/><w:spacing w:before="160" w:after="120"/><w:jc w:val="center"/>"#;
                self.put(&paragraph("Normal", middle, &runs(text, "<w:b/>")));
            }
            Block::Table(table) => self.table(table, part),
            // Placed with its picture, by the part.
            Block::Chart(_) => {}
            Block::Lines(count) => {
                let to_the_margin =
                    format!(r#"<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{:.0}"/></w:tabs>"#, self.width());
                let line = paragraph("Normal", &format!("{}{to_the_margin}", self.keep), "<w:r><w:tab/></w:r>");
                self.put(&line.repeat(usize::try_from(*count).unwrap_or(0)));
            }
            Block::Signatures(signatures) => self.signatures(signatures),
        }
    }

    /// Label and value, one a line, the values below each other `names` twentieths of a point from the margin.
    fn facts(&mut self, facts: &[(String, String)], names: u32) {
        for (name, value) in facts {
            let value = if value.is_empty() { WRITE_LINE } else { value.as_str() };
            let colon = if name.is_empty() { "" } else { ":" };
            let tab = "<w:r><w:tab/></w:r>";
            let line = format!("{}{tab}{}{tab}{}", runs(name, ""), runs(colon, ""), runs(value, ""));
            let values = names + COLON;
            let tabs = format!(
                r#"<w:tabs><w:tab w:val="left" w:pos="{names}"/><w:tab w:val="left" w:pos="{values}"/></w:tabs><w:ind w:left="{values}" w:hanging="{values}"/>"#
            );
            self.put(&paragraph("Normal", &tabs, &line));
        }
    }

    /// A paragraph of plain text.
    fn words(&mut self, style: &str, text: &str) {
        self.put(&paragraph(style, self.keep, &runs(text, "")));
    }

    fn width(&self) -> f64 {
        if self.orientation == Orientation::Landscape { WIDTH_LYING } else { WIDTH_UPRIGHT }
    }

    fn chart(&mut self, Picture { drawing, png }: &Picture<'_>) {
        let tallest = if self.orientation == Orientation::Landscape { HEIGHT_LYING } else { HEIGHT_UPRIGHT };
        let placed = PlacedPicture { png, svg: Some(&drawing.svg), aspect: drawing.aspect(), alt: drawing.alt() };
        let picture = self.picture(&placed, self.width(), tallest);
        self.put(&format!(r#"<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{picture}</w:p>"#));
    }

    fn table(&mut self, table: &PaperTable, part: &str) {
        let (rows, cut) = paper_rows(table);
        if table.title != part && !table.title.is_empty() {
            self.put(&plain("Heading2", &table.title));
        }
        for note in [table.note.as_str(), cut.as_str()].into_iter().filter(|note| !note.is_empty()) {
            // No page ends between a note and its table.
            self.put(&paragraph("Note", KEEP_NEXT, &runs(note, "")));
        }
        if rows.is_empty() && table.totals.is_empty() {
            self.words("Normal", &table.empty);
            return;
        }
        let all: f64 = table.columns.iter().map(|column| column.share).sum();
        let room = TableRoom {
            width: self.width() / TWIPS,
            size: cell_size(all).map_or(CELL_TYPE, |size| size / 2.0),
            inset: CELL_MARGIN / TWIPS,
            stretch: OTHER_TYPE,
        };
        let widths: Vec<f64> = column_shares(table, room).into_iter().map(|share| self.width() * share / all).collect();
        self.put(&format!(
            r#"<w:tbl><w:tblPr><w:tblW w:w="{:.0}" w:type="dxa"/><w:tblBorders>{}</w:tblBorders><w:tblLayout w:type="fixed"/>{CELL_MARGINS}</w:tblPr><w:tblGrid>"#,
            self.width(),
            ["top", "left", "bottom", "right", "insideH", "insideV"]
                .map(|side| format!(r#"<w:{side} w:val="single" w:sz="4" w:space="0" w:color="7A8291"/>"#))
                .concat()
        ));
        for width in &widths {
            self.put(&format!(r#"<w:gridCol w:w="{width:.0}"/>"#));
        }
        self.put("</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        let size = cell_type(all);
        for (column, width) in table.columns.iter().zip(&widths) {
            let head = runs(&column.label, &format!("<w:b/>{size}"));
            let head = paragraph("Cell", &format!(r#"{KEEP_NEXT}<w:jc w:val="center"/>"#), &head);
            self.put(&cell(*width, "E6E9EE", &head));
        }
        self.put("</w:tr>");
        let all_rows = rows.iter().map(|row| (row, "")).chain(table.totals.iter().map(|row| (row, "F2F4F7")));
        let count = rows.len() + table.totals.len();
        let kept_from = count.saturating_sub(ROWS_KEPT_WITH_SIGNATURES);
        // No row stands alone on its page, at the beginning of a table or at its end.
        let is_together =
            |place: usize| place + 1 < count && (place + 1 < ROWS_TOGETHER || place + ROWS_TOGETHER >= count);
        let keep = self.keep;
        for (place, (row, fill)) in all_rows.enumerate() {
            self.keep = if is_together(place) {
                KEEP_NEXT
            } else if place >= kept_from {
                keep
            } else {
                ""
            };
            self.row(table, row, &widths, fill);
        }
        self.put(&format!("</w:tbl><w:p><w:pPr>{keep}</w:pPr></w:p>"));
    }

    fn row(&mut self, table: &PaperTable, cells: &[PaperCell], widths: &[f64], fill: &str) {
        let height = if table.row_height == RowHeight::Form { r#"<w:trHeight w:val="480"/>"# } else { "" };
        self.put(&format!("<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>"));
        let size = cell_type(table.columns.iter().map(|column| column.share).sum());
        let look = if fill.is_empty() { size } else { format!("<w:b/>{size}") };
        for ((content, column), width) in cells.iter().zip(&table.columns).zip(widths) {
            let align = match column.align {
                Align::Left => "left",
                Align::Center => "center",
                Align::Right => "right",
            };
            let (text, small) = cell_words(content);
            let mut inside = runs(&text, &look);
            if !small.is_empty() {
                inside.push_str("<w:r><w:br/></w:r>");
                inside.push_str(&runs(&small, r#"<w:color w:val="4A5261"/><w:sz w:val="13"/>"#));
            }
            let text = paragraph("Cell", &format!(r#"{}<w:jc w:val="{align}"/>"#, self.keep), &inside);
            let look = DocxCellStyle { fill, middle: table.row_height == RowHeight::Form };
            self.put(&dressed(*width, look, &text));
        }
        self.put("</w:tr>");
    }

    fn signatures(&mut self, signatures: &Signatures) {
        let keep = r#"<w:keepNext/><w:jc w:val="center"/>"#;
        // Who signs alone signs at the right.
        let blank = usize::from(signatures.signers.len() == 1);
        let count = signatures.signers.len().max(1);
        let columns = count + blank;
        let width = self.width() / f64::from(u32::try_from(columns).unwrap_or(1));
        let mut above = cell(width, "", &paragraph("Normal", keep, "")).repeat(blank);
        let mut cells = above.clone();
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
        let grid = format!(r#"<w:gridCol w:w="{width:.0}"/>"#).repeat(columns);
        self.put(&format!(
            r#"<w:p><w:pPr><w:keepNext/></w:pPr></w:p><w:tbl><w:tblPr><w:tblW w:w="{:.0}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>{above}</w:tr><w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr></w:tbl><w:p/>"#,
            self.width()
        ));
    }
}

/// The size of type, in half points, in a table whose columns have so many shares in all; none: that of its style.
fn cell_size(shares: f64) -> Option<f64> {
    if shares > 150.0 {
        Some(14.0)
    } else if shares > 110.0 {
        Some(15.0)
    } else {
        None
    }
}

/// The same as properties of a run.
fn cell_type(shares: f64) -> String {
    cell_size(shares).map(|size| format!(r#"<w:sz w:val="{size:.0}"/>"#)).unwrap_or_default()
}

/// A cell with a ground of its own, its text at the top.
fn cell(width: f64, fill: &str, content: &str) -> String {
    dressed(width, DocxCellStyle { fill, middle: false }, content)
}

/// Appearance of a cell.
#[derive(Clone, Copy)]
struct DocxCellStyle<'a> {
    /// Colour of its ground; blank for none.
    fill: &'a str,
    /// True if its text stands halfway down.
    middle: bool,
}

fn dressed(width: f64, DocxCellStyle { fill, middle }: DocxCellStyle<'_>, content: &str) -> String {
    let place = if middle { r#"<w:vAlign w:val="center"/>"# } else { "" };
    let shade = if fill.is_empty() {
        String::new()
    } else {
        format!(r#"<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>"#)
    };
    format!(r#"<w:tc><w:tcPr><w:tcW w:w="{width:.0}" w:type="dxa"/>{shade}{place}</w:tcPr>{content}</w:tc>"#)
}
