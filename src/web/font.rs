//! The font of pages, cut down to the letters of Indonesian text, with the rest of it apart for names that need more: a
//! browser fetches the rest only for a letter that it holds. Knows no page.

use std::fmt::Write;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use read_fonts::{FontRef, TableProvider};
use subsetter::GlyphRemapper;
use write_fonts::tables::cmap::Cmap;
use write_fonts::types::{GlyphId, Tag};
use write_fonts::{FontBuilder, dump_table};

/// Letters of the small font: Basic Latin, Latin-1, and the signs that pages write (`›`, `↕`, `√`, `●`, `▲` …).
const LETTERS: [RangeInclusive<u32>; 20] = [
    0x20..=0x7E,
    0xA0..=0xFF,
    0x2010..=0x2015,
    0x2018..=0x201E,
    0x2020..=0x2022,
    0x2026..=0x2026,
    0x2030..=0x2030,
    0x2032..=0x2033,
    0x2039..=0x203A,
    0x2190..=0x2195,
    0x2211..=0x2212,
    0x221A..=0x221A,
    0x2260..=0x2260,
    0x2264..=0x2265,
    0x25A0..=0x25A1,
    0x25AA..=0x25AC,
    0x25B2..=0x25B2,
    0x25BA..=0x25BC,
    0x25C4..=0x25C4,
    0x25CB..=0x25CF,
];
/// Tables that the subsetter leaves out and browsers ask for.
const KEPT_TABLES: [Tag; 2] = [Tag::new(b"OS/2"), Tag::new(b"name")];
/// Version 3 of the table of glyph names: it names none.
const POST_VERSION: [u8; 4] = [0, 3, 0, 0];
/// Bytes of that table.
const POST_BYTES: usize = 32;

/// One weight of the font.
#[derive(Debug)]
pub struct PageFont {
    /// File of the letters of [`LETTERS`].
    pub small_name: &'static str,
    /// Content of that file; the whole font where it could not be cut down.
    pub small: Vec<u8>,
    /// File of the whole font.
    pub whole_name: &'static str,
    /// Content of that file.
    pub whole: &'static [u8],
    weight: u32,
}

pub static FONTS: LazyLock<[PageFont; 2]> = LazyLock::new(|| {
    [
        PageFont {
            small_name: "NotoSans-Regular-1.ttf",
            small: cut_down(notosans::REGULAR_TTF).unwrap_or_else(|| notosans::REGULAR_TTF.to_vec()),
            whole_name: "NotoSans-Regular.ttf",
            whole: notosans::REGULAR_TTF,
            weight: 400,
        },
        PageFont {
            small_name: "NotoSans-Bold-1.ttf",
            small: cut_down(notosans::BOLD_TTF).unwrap_or_else(|| notosans::BOLD_TTF.to_vec()),
            whole_name: "NotoSans-Bold.ttf",
            whole: notosans::BOLD_TTF,
            weight: 700,
        },
    ]
});

/// The rules by which pages find the fonts.
pub fn faces() -> String {
    let mut rules = String::new();
    let few = LETTERS.iter().map(|range| unicode_range(*range.start(), *range.end())).collect::<Vec<_>>().join(",");
    for font in FONTS.iter() {
        for (file, range) in [(font.small_name, few.clone()), (font.whole_name, the_rest(font.whole))] {
            // Writing to a string cannot fail.
            let _ = writeln!(
                rules,
                "@font-face{{font-family:\"Noto Sans\";src:url(\"/aset/{file}\") format(\"truetype\");\
                 font-weight:{};font-display:swap;unicode-range:{range}}}",
                font.weight
            );
        }
    }
    rules
}

fn unicode_range(first: u32, last: u32) -> String {
    if first == last { format!("U+{first:X}") } else { format!("U+{first:X}-{last:X}") }
}

fn is_letter(code: u32) -> bool {
    LETTERS.iter().any(|range| range.contains(&code))
}

/// Codes of the whole font that the small one lacks.
fn the_rest(whole: &[u8]) -> String {
    let mut ranges: Vec<RangeInclusive<u32>> = Vec::new();
    let Ok(cmap) = FontRef::new(whole).and_then(|font| font.cmap()) else { return "U+0-10FFFF".to_owned() };
    let has = |code: u32| cmap.map_codepoint(code).is_some();
    for code in (0x100..=0xFFFF_u32).filter(|code| !is_letter(*code) && has(*code)) {
        match ranges.last_mut() {
            Some(range) if range.end() + 1 == code => *range = *range.start()..=code,
            _ => ranges.push(code..=code),
        }
    }
    ranges.iter().map(|range| unicode_range(*range.start(), *range.end())).collect::<Vec<_>>().join(",")
}

/// The font with the letters of [`LETTERS`] alone, without what sets letters closer: widths stay as charts measure them.
fn cut_down(whole: &[u8]) -> Option<Vec<u8>> {
    let font = FontRef::new(whole).ok()?;
    let known = font.cmap().ok()?;
    let mut glyphs = GlyphRemapper::new();
    let mut letters = Vec::new();
    for letter in LETTERS.into_iter().flatten().filter_map(char::from_u32) {
        if let Some(glyph) = known.map_codepoint(letter) {
            let cut = glyphs.remap(u16::try_from(glyph.to_u32()).ok()?);
            letters.push((letter, GlyphId::new(u32::from(cut))));
        }
    }
    let cut = subsetter::subset(whole, 0, &glyphs).ok()?;
    let tables = FontRef::new(&cut).ok()?;
    let mut post = font.table_data(Tag::new(b"post"))?.as_bytes().get(..POST_BYTES)?.to_vec();
    post.splice(..POST_VERSION.len(), POST_VERSION);
    let mut builder = FontBuilder::new();
    builder.add_raw(Tag::new(b"cmap"), dump_table(&Cmap::from_mappings(letters).ok()?).ok()?);
    builder.add_raw(Tag::new(b"post"), post);
    for tag in KEPT_TABLES {
        builder.add_raw(tag, font.table_data(tag)?.as_bytes().to_vec());
    }
    builder.copy_missing_tables(tables);
    Some(builder.build())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_small_font_holds_its_letters_at_the_widths_of_the_whole_one() {
        for font in FONTS.iter() {
            assert!(font.small.len() < 24_000, "{}: {} bytes", font.small_name, font.small.len());
            let [whole, small] = [font.whole, &font.small].map(|bytes| FontRef::new(bytes).unwrap());
            let width = |font: &FontRef<'_>, code: u32| {
                let glyph = font.cmap().unwrap().map_codepoint(code)?;
                font.hmtx().unwrap().advance(glyph)
            };
            let mut letters = 0;
            for code in LETTERS.into_iter().flatten().filter(|code| width(&whole, *code).is_some()) {
                assert_eq!(width(&small, code), width(&whole, code), "U+{code:X}");
                letters += 1;
            }
            assert!(letters > 200, "{letters}");
        }
    }
}
