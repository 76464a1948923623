//! A DOCX against its document: every part of the package is XML that ends, headings and tables say the same cell by
//! cell, every chart has its drawing and its picture, the footer names the snapshot.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use super::{Mismatch, headings, letters, printed, quoted, rows, stamp, tables};
use crate::archive::Archive;
use crate::report::document::{Block, Document};
use crate::report::on_paper::paper_charts;

/// Content of a document, read back.
#[derive(Debug, Default)]
struct DocxText {
    /// With their level from 1.
    headings: Vec<(u8, String)>,
    /// Rows of cells, by table.
    tables: Vec<Vec<Vec<String>>>,
    /// Pictures that are placed.
    pictures: usize,
    /// Those of them that have a drawing.
    drawings: usize,
    /// All letters of the text, one after the other.
    text: String,
}

/// Compares; the first difference is the answer.
pub(super) fn verify(document: &Document, bytes: &[u8]) -> Result<(), Mismatch> {
    let unreadable = |error: &dyn std::fmt::Display| Mismatch::new(format!("tidak dapat dibuka lagi ({error})"));
    let mut archive = Archive::open(Cursor::new(bytes), usize::MAX).map_err(|error| unreadable(&error))?;
    let mut body = None;
    let mut footers = Vec::new();
    let mut media = 0;
    let mut drawings = 0;
    for place in 0..archive.len() {
        let mut entry = archive.nth(place).map_err(|error| unreadable(&error))?;
        let name = entry.name().map_err(|error| unreadable(&error))?.into_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).map_err(|error| unreadable(&error))?;
        if content.starts_with(b"\x89PNG") && name.starts_with("word/media/") {
            media += 1;
            continue;
        }
        let found = read(&content).map_err(|error| Mismatch::new(format!("{name} bukan XML yang utuh ({error})")))?;
        match name.as_str() {
            "word/document.xml" => body = Some(found),
            name if name.starts_with("word/footer") => footers.push(found),
            name if name.starts_with("word/media/") => drawings += 1,
            _ => {}
        }
    }
    let body = body.ok_or_else(|| Mismatch::new("tidak berisi teks"))?;
    check_headings(document, &body)?;
    check_tables(document, &body)?;
    let charts = printed(document).flat_map(|part| &part.blocks).map(|block| match block {
        Block::Chart(chart) => paper_charts(chart).len(),
        _ => 0,
    });
    let charts = charts.sum::<usize>();
    let of_letterhead = usize::from(document.letterhead.logo.is_some()) + usize::from(document.mark.is_some());
    let pictures = charts + document.letterheads() * of_letterhead;
    if (body.drawings, drawings) != (charts, charts) {
        return Err(Mismatch::new(format!("{drawings} gambar garis terbaca, seharusnya {charts}")));
    }
    if (body.pictures, media) != (pictures, pictures) {
        return Err(Mismatch::new(format!("{media} gambar terbaca, seharusnya {pictures}")));
    }
    let stamp = letters(&stamp(document));
    if footers.is_empty() || !footers.iter().all(|footer| letters(&footer.text).contains(&stamp)) {
        return Err(Mismatch::new("kaki halamannya tidak menyebut versi datanya"));
    }
    Ok(())
}

fn check_headings(document: &Document, body: &DocxText) -> Result<(), Mismatch> {
    if !body.text.contains(&letters(&super::clean(&document.title))) {
        return Err(Mismatch::new(format!("judul {} tidak terbaca", quoted(&document.title))));
    }
    let expected = headings(document);
    let same = |(one, other): (&(u8, String), &(u8, String))| one.0 == other.0 && letters(&one.1) == letters(&other.1);
    if expected.len() != body.headings.len() || !expected.iter().zip(&body.headings).all(same) {
        let what =
            format!("{} judul bagian terbaca, seharusnya {}, atau bunyinya lain", body.headings.len(), expected.len());
        return Err(Mismatch::new(what));
    }
    Ok(())
}

fn check_tables(document: &Document, body: &DocxText) -> Result<(), Mismatch> {
    // Signatures, and a letterhead with a logo, stand in tables without a heading row.
    let signatures = printed(document).flat_map(|part| &part.blocks);
    let signatures = signatures.filter(|block| matches!(block, Block::Signatures(_))).count();
    let unheaded = signatures + document.letterheads() * usize::from(document.letterhead.logo.is_some());
    let expected: Vec<_> = tables(document).collect();
    if body.tables.len() != expected.len() + unheaded {
        let what = format!("{} tabel terbaca, seharusnya {}", body.tables.len(), expected.len() + unheaded);
        return Err(Mismatch::new(what));
    }
    let mut found = body.tables.iter();
    for table in expected {
        let heads: Vec<String> = table.columns.iter().map(|column| letters(&super::clean(&column.label))).collect();
        let title = quoted(&table.title);
        // What lies between is of the other sort: it has other heads.
        let Some(read) = found.find(|read| read.first() == Some(&heads)) else {
            return Err(Mismatch::new(format!("tabel {title} tidak terbaca")));
        };
        let rows: Vec<Vec<String>> = rows(table).map(|row| row.iter().map(|cell| letters(cell)).collect()).collect();
        if read.len() != rows.len() + 1 {
            let what = format!("tabel {title}: {} baris terbaca, seharusnya {}", read.len() - 1, rows.len());
            return Err(Mismatch::new(what));
        }
        if let Some(place) = rows.iter().zip(&read[1..]).position(|(row, read)| row != read) {
            return Err(Mismatch::new(format!("tabel {title}: baris {} terbaca lain", place + 1)));
        }
    }
    Ok(())
}

/// Reads WordprocessingML to its end.
fn read(xml: &[u8]) -> Result<DocxText, Mismatch> {
    let broken = |error: &dyn std::fmt::Display| Mismatch::new(error.to_string());
    let mut reader = Reader::from_reader(xml);
    reader.config_mut().check_end_names = true;
    let mut walk = Walk::default();
    loop {
        match reader.read_event().map_err(|error| broken(&error))? {
            Event::Start(start) => {
                walk.depth += 1;
                walk.open(&start);
            }
            Event::Empty(empty) => walk.look(&empty),
            Event::End(end) => {
                walk.depth = walk.depth.saturating_sub(1);
                walk.close(end.name().as_ref());
            }
            Event::Text(text) => walk.say(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let letter = resolve_predefined_entity(&reference);
                walk.say(letter.unwrap_or_default());
            }
            Event::Eof if walk.depth > 0 => return Err(Mismatch::new("terpotong")),
            Event::Eof => return Ok(walk.found),
            _ => {}
        }
    }
}

/// State of the reader on its way through the document.
#[derive(Debug, Default)]
struct Walk {
    found: DocxText,
    /// Elements that are open.
    depth: usize,
    in_heading: bool,
    in_text: bool,
    in_cell: bool,
}

impl Walk {
    fn open(&mut self, start: &BytesStart<'_>) {
        self.look(start);
        match start.name().as_ref() {
            "w:tbl" => self.found.tables.push(Vec::new()),
            "w:tr" => {
                if let Some(table) = self.found.tables.last_mut() {
                    table.push(Vec::new());
                }
            }
            "w:tc" => {
                self.in_cell = true;
                if let Some(row) = self.row() {
                    row.push(String::new());
                }
            }
            "w:t" => self.in_text = true,
            "w:drawing" => self.found.pictures += 1,
            _ => {}
        }
    }

    /// Takes in an element without content: a drawing or the style of a paragraph.
    fn look(&mut self, element: &BytesStart<'_>) {
        match element.name().as_ref() {
            "asvg:svgBlip" => self.found.drawings += 1,
            "w:pStyle" => self.style(element),
            _ => {}
        }
    }

    fn style(&mut self, element: &BytesStart<'_>) {
        let style = element.try_get_attribute("w:val").ok().flatten();
        let level = match style.as_ref().map(|style| style.value.as_ref()) {
            Some("Heading1") => 1,
            Some("Heading2") => 2,
            _ => return,
        };
        self.in_heading = true;
        self.found.headings.push((level, String::new()));
    }

    fn close(&mut self, name: &str) {
        match name {
            "w:p" => self.in_heading = false,
            "w:tc" => self.in_cell = false,
            "w:t" => self.in_text = false,
            _ => {}
        }
    }

    /// Takes the letters of a text in.
    fn say(&mut self, text: &str) {
        if !self.in_text {
            return;
        }
        let text = letters(text);
        self.found.text.push_str(&text);
        if self.in_heading
            && let Some((_, heading)) = self.found.headings.last_mut()
        {
            heading.push_str(&text);
        }
        if self.in_cell
            && let Some(cell) = self.row().and_then(|row| row.last_mut())
        {
            cell.push_str(&text);
        }
    }

    fn row(&mut self) -> Option<&mut Vec<String>> {
        self.found.tables.last_mut()?.last_mut()
    }
}
