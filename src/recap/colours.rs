//! The colours of cells and the words that people have for them. Knows no legend and no table.

use crate::domain::records::CellRef;
use crate::workbook::{FillColour, Sheet};

/// Colours that a marked copy puts on wrong cells; they are Simpul's own and mean nothing.
const OF_MARKED_COPIES: [u32; 2] = [0xF2_A19C, 0xFF_EB94];
/// Greatest difference between the parts of a grey, of 255.
const GREY_MAX: i32 = 24;

/// Reports whether the fill of a cell is that of a marked copy, which covers its own.
pub(super) fn is_covered(sheet: &Sheet, place: CellRef) -> bool {
    sheet.marks.fill_at(place).is_some_and(|FillColour(colour)| OF_MARKED_COPIES.contains(&colour))
}

/// The fill of a cell that somebody gave it.
pub(super) fn fill_at(sheet: &Sheet, place: CellRef) -> Option<FillColour> {
    sheet.marks.fill_at(place).filter(|FillColour(colour)| !OF_MARKED_COPIES.contains(colour))
}

/// The colour of a cell that somebody gave it: of its area, else of its text.
pub(super) fn colour_at(sheet: &Sheet, place: CellRef) -> Option<FillColour> {
    fill_at(sheet, place).or_else(|| sheet.marks.ink_at(place))
}

/// A word for colours: their middle on the colour circle and how far they reach from it, degrees; none for grey.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ColourWord {
    pub(super) word: &'static str,
    circle: Option<ColourArc>,
}

/// A part of the colour circle, degrees.
#[derive(Debug, PartialEq, Eq)]
struct ColourArc {
    middle: i32,
    reach: i32,
}

const fn word(word: &'static str, middle: i32, reach: i32) -> ColourWord {
    ColourWord { word, circle: Some(ColourArc { middle, reach }) }
}

static WORDS: [ColourWord; 14] = [
    word("merah", 0, 28),
    word("pink", 335, 40),
    word("oranye", 25, 22),
    word("orange", 25, 22),
    word("jingga", 25, 22),
    word("coklat", 20, 18),
    word("cokelat", 20, 18),
    word("kuning", 54, 18),
    word("hijau", 115, 57),
    word("biru", 212, 48),
    word("ungu", 280, 35),
    ColourWord { word: "abu", circle: None },
    ColourWord { word: "abuabu", circle: None },
    ColourWord { word: "grey", circle: None },
];

/// Degrees on the colour circle; none for a grey.
fn degrees(FillColour(colour): FillColour) -> Option<i32> {
    let part = |shift: u32| i32::try_from(colour >> shift & 0xFF).unwrap_or(0);
    let red = part(16);
    let green = part(8);
    let blue = part(0);
    let most = red.max(green).max(blue);
    let least = red.min(green).min(blue);
    let chroma = most - least;
    if chroma <= GREY_MAX {
        return None;
    }
    let turned = if most == red {
        60 * (green - blue) / chroma
    } else if most == green {
        120 + 60 * (blue - red) / chroma
    } else {
        240 + 60 * (red - green) / chroma
    };
    Some(turned.rem_euclid(360))
}

/// Returns the distance of a colour from a word, degrees, where the word can mean it.
pub(super) fn distance(word: &ColourWord, colour: FillColour) -> Option<i32> {
    match (&word.circle, degrees(colour)) {
        (None, None) => Some(0),
        (Some(ColourArc { middle, reach }), Some(degrees)) => {
            let apart = (degrees - middle).rem_euclid(360);
            Some(apart.min(360 - apart)).filter(|apart| apart <= reach)
        }
        _ => None,
    }
}

/// The word that people have for a colour.
pub(super) fn word_of(colour: FillColour) -> String {
    let nearest = WORDS.iter().filter_map(|word| Some((distance(word, colour)?, word.word))).min();
    nearest.map_or_else(|| "warna lain".to_owned(), |(_, word)| word.to_owned())
}

/// Reports whether people would call a colour red.
pub(super) fn is_red(colour: FillColour) -> bool {
    distance(&WORDS[0], colour).is_some()
}

/// A colour's word within a text.
pub(super) struct NamedColour {
    pub(super) word: &'static ColourWord,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Returns the colours that a text in lower case names, in their order.
pub(super) fn colour_words_in(text: &str) -> Vec<NamedColour> {
    let is_edge = |character: Option<char>| !character.is_some_and(char::is_alphanumeric);
    let mut named: Vec<NamedColour> = Vec::new();
    for word in &WORDS {
        for (start, found) in text.match_indices(word.word) {
            let end = start + found.len();
            if is_edge(text[..start].chars().next_back()) && is_edge(text[end..].chars().next()) {
                named.push(NamedColour { word, start, end });
            }
        }
    }
    named.sort_by_key(|one| one.start);
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_have_the_names_that_people_give_them() {
        let named = |colour: u32| {
            let near = WORDS.iter().filter_map(|word| Some((distance(word, FillColour(colour))?, word.word)));
            near.min().map(|(_, word)| word)
        };
        for (colour, word) in [
            (0xFF_0000, "merah"),
            (0xFF_C7CE, "merah"),
            (0xFF_FF00, "kuning"),
            (0xFF_C000, "kuning"),
            (0x92_D050, "hijau"),
            (0x00_B050, "hijau"),
            (0x00_B0F0, "biru"),
            (0xBD_D7EE, "biru"),
            (0xF4_B084, "jingga"),
            (0xD9_D9D9, "abu"),
            (0x70_30A0, "ungu"),
        ] {
            assert_eq!(named(colour), Some(word), "{colour:06X}");
        }
        assert!(is_red(FillColour(0xC0_0000)) && !is_red(FillColour(0xFF_FF00)) && !is_red(FillColour(0)));
    }
}
