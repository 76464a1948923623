//! Text of a PDF page by page, its outline and its title; read by hayro, which wrote none of it. Knows no document of
//! ours.

use std::collections::BTreeMap;

use hayro_cmap::{BfString, CMap};
use hayro_syntax::Pdf;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Dict, Object, Stream, String as PdfString};
use hayro_syntax::page::Page;

use crate::report::side_by_side::{cores, side_by_side};

/// Entries of an outline that are followed, and how deep: no cycle in a broken file keeps the reader.
const OUTLINE_MAX: usize = 10_000;
const OUTLINE_DEPTH_MAX: u8 = 8;

/// The letters of every page, in the order in which they are drawn.
pub(super) fn pages(pdf: &Pdf) -> Vec<String> {
    // Pages share fonts: each is looked into once a thread.
    side_by_side(pdf.pages(), cores(), BTreeMap::new, |fonts, page| page_text(page, fonts))
}

/// Number of a font in the file.
type FontId = (i32, i32);
/// Glyph codes to letters, by the font; `None` where the font does not say.
type Fonts = BTreeMap<FontId, Option<CMap>>;

fn page_text(page: &Page<'_>, fonts: &mut Fonts) -> String {
    let mut text = String::new();
    let mut font = None;
    // The page's own names of its fonts. Text changes its font a thousand times, and each look into the file is one more.
    let mut names = BTreeMap::new();
    // For each piece of marked content that is open, whether its letters were told beforehand.
    let mut told = Vec::new();
    let mut operations = page.typed_operations();
    while let Some(operation) = operations.next() {
        match operation {
            TypedInstruction::TextFont(set) => {
                let name: &[u8] = set.0;
                font = match names.get(name) {
                    Some(known) => *known,
                    None => *names.entry(name.to_vec()).or_insert_with(|| font_of(page, name, fonts)),
                };
            }
            // One piece of text, one line of a cell or a sentence.
            TypedInstruction::BeginText(_) => text.push('\n'),
            TypedInstruction::BeginMarkedContent(_) => told.push(false),
            TypedInstruction::BeginMarkedContentWithProperties(begin) => {
                let actual = match begin.1 {
                    Object::Dict(properties) => properties.get::<PdfString<'_>>("ActualText"),
                    _ => None,
                };
                let is_outermost = !told.contains(&true);
                told.push(actual.is_some());
                if let Some(actual) = actual.filter(|_| is_outermost) {
                    text.push_str(&decoded(&actual));
                }
            }
            TypedInstruction::EndMarkedContent(_) => drop(told.pop()),
            _ if told.contains(&true) => {}
            TypedInstruction::ShowText(show) => push(&mut text, fonts, font, show.0),
            TypedInstruction::ShowTexts(show) => {
                for piece in show.0.iter::<Object<'_>>() {
                    if let Object::String(piece) = piece {
                        push(&mut text, fonts, font, &piece);
                    }
                }
            }
            _ => {}
        }
    }
    text
}

fn font_of(page: &Page<'_>, name: &[u8], fonts: &mut Fonts) -> Option<FontId> {
    let font = page.resources().fonts.get::<Dict<'_>>(name)?;
    let id = font.obj_id()?;
    let key = (id.obj_number, id.gen_number);
    fonts.entry(key).or_insert_with(|| {
        let stream = font.get::<Stream<'_>>("ToUnicode")?;
        CMap::parse(&stream.decoded().ok()?, |_| None)
    });
    Some(key)
}

/// Adds the letters of two-byte codes, which is how composite fonts are written.
fn push(text: &mut String, fonts: &Fonts, font: Option<FontId>, codes: &[u8]) {
    let Some(Some(map)) = font.and_then(|font| fonts.get(&font)) else { return };
    for code in codes.chunks_exact(2) {
        match map.lookup_bf_string(u32::from(code[0]) << 8 | u32::from(code[1])) {
            Some(BfString::Char(letter)) => text.push(letter),
            Some(BfString::String(letters)) => text.push_str(&letters),
            None => {}
        }
    }
}

/// The outline's entries with their level from 1, in order.
pub(super) fn outline(pdf: &Pdf) -> Vec<(u8, String)> {
    let mut found = Vec::new();
    let root = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    if let Some(top) = root.and_then(|root| root.get::<Dict<'_>>("Outlines")) {
        entries(&top, 1, &mut found);
    }
    found
}

fn entries(above: &Dict<'_>, level: u8, found: &mut Vec<(u8, String)>) {
    let mut next = above.get::<Dict<'_>>("First");
    while let Some(entry) = next.filter(|_| found.len() < OUTLINE_MAX && level <= OUTLINE_DEPTH_MAX) {
        let title = entry.get::<PdfString<'_>>("Title").map(|title| decoded(&title));
        found.push((level, title.unwrap_or_default()));
        entries(&entry, level + 1, found);
        next = entry.get::<Dict<'_>>("Next");
    }
}

/// The title in the file's information.
pub(super) fn title(pdf: &Pdf) -> String {
    pdf.metadata().title.as_deref().map(decoded).unwrap_or_default()
}

/// A text string: UTF-16 with its mark, or one byte a letter.
pub(super) fn decoded(bytes: &[u8]) -> String {
    match bytes.strip_prefix(b"\xfe\xff") {
        Some(units) => {
            let units: Vec<u16> = units.chunks_exact(2).map(|unit| u16::from_be_bytes([unit[0], unit[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        None => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}
