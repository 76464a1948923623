//! Text as charts need it: harmless characters only, measured with the font's own advance widths,
//! clipped or wrapped to the room there is. Knows no shapes.

use std::sync::LazyLock;

use ttf_parser::Face;

/// Browsers and rasterisers differ by hinting and kerning: measured widths get this much air.
const AIR: f64 = 1.03;
/// Letters that stay together at either end of a broken word.
const SYLLABLE_MIN: usize = 3;
/// Longest text that is kept at all, in characters; a full name beyond it is cut everywhere.
const CHARACTERS_MAX: usize = 2000;

static REGULAR: LazyLock<Option<Face<'static>>> = LazyLock::new(|| Face::parse(notosans::REGULAR_TTF, 0).ok());
static BOLD: LazyLock<Option<Face<'static>>> = LazyLock::new(|| Face::parse(notosans::BOLD_TTF, 0).ok());

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// The text without what must not stand in XML or would turn its order around: control characters become
/// spaces, marks of direction and invisible ones go, spaces are single.
pub(super) fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    for character in text.chars().take(CHARACTERS_MAX) {
        match character {
            '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{061C}'
            | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}'
            | '\u{FFFE}'
            | '\u{FFFF}' => {}
            c if c.is_control() || c.is_whitespace() => {
                if !cleaned.is_empty() && !cleaned.ends_with(' ') {
                    cleaned.push(' ');
                }
            }
            c => cleaned.push(c),
        }
    }
    cleaned.truncate(cleaned.trim_end().len());
    cleaned
}

/// Width in pixels at a size in pixels.
pub(super) fn width(text: &str, size: f64, weight: Weight) -> f64 {
    let face = match weight {
        Weight::Regular => REGULAR.as_ref(),
        Weight::Bold => BOLD.as_ref(),
    };
    let em = face.map_or(1000.0, |face| f64::from(face.units_per_em()));
    let advance = |character: char| {
        let known = face.and_then(|face| face.glyph_hor_advance(face.glyph_index(character)?));
        // What the font lacks is drawn by another one, or as a box: a whole em is enough for either.
        known.map_or(em, f64::from)
    };
    text.chars().map(advance).sum::<f64>() / em * size * AIR
}

/// The text if it fits, else its beginning and `…`.
pub(super) fn clip(text: &str, size: f64, weight: Weight, room: f64) -> String {
    if width(text, size, weight) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut left = room - width("…", size, weight);
    for character in text.chars() {
        left -= width(character.encode_utf8(&mut [0; 4]), size, weight);
        if left < 0.0 {
            break;
        }
        kept.push(character);
    }
    format!("{}…", kept.trim_end())
}

/// The name if it fits, else its beginning and its end around `…`: many names differ at their end alone.
pub(super) fn clip_name(name: &str, size: f64, weight: Weight, room: f64) -> String {
    // Of no text nothing is cut, however the room was reckoned.
    if name.is_empty() || width(name, size, weight) <= room {
        return name.to_owned();
    }
    let dots = width("…", size, weight);
    if dots > room {
        return clip(name, size, weight, room);
    }
    let half = (room - dots) / 2.0;
    let wide = |character: char| width(character.encode_utf8(&mut [0; 4]), size, weight);
    let kept = |characters: &mut dyn Iterator<Item = char>| {
        let mut left = half;
        let within = characters.take_while(|character| {
            left -= wide(*character);
            left >= 0.0
        });
        within.collect::<String>()
    };
    let start = kept(&mut name.chars());
    let end: String = kept(&mut name.chars().rev()).chars().rev().collect();
    format!("{}…{}", start.trim_end(), end.trim_start())
}

/// Lines that fit, at most `lines_max`; the last ends in `…` where the text goes on.
pub(super) fn wrap(text: &str, size: f64, weight: Weight, room: f64, lines_max: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        if lines.len() + 1 == lines_max {
            lines.push(clip(rest, size, weight, room));
            break;
        }
        let cut = line_end(rest, size, weight, room);
        lines.push(rest[..cut].trim_end().to_owned());
        rest = rest[cut..].trim_start();
    }
    lines
}

/// The same for a name: words too long for a line are broken between syllables, and what is cut of it is cut in the
/// middle of its last line.
pub(super) fn wrap_name(name: &str, size: f64, weight: Weight, room: f64, lines_max: usize) -> Vec<String> {
    let kind = LineStyle { size, weight, room };
    let mut lines: Vec<String> = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        if lines.len() + 1 == lines_max {
            lines.push(clip_name(rest, size, weight, room));
            break;
        }
        let mut cut = line_end(rest, size, weight, room);
        let is_word_broken = cut < rest.len() && !rest[..cut].contains(' ') && !rest[cut..].starts_with(' ');
        let syllables = if is_word_broken { syllables_end(rest, kind) } else { None };
        if let Some(end) = syllables {
            cut = end;
            lines.push(format!("{}-", &rest[..cut]));
        } else {
            lines.push(rest[..cut].trim_end().to_owned());
        }
        rest = rest[cut..].trim_start();
    }
    lines
}

/// Byte after the last syllable of the first word that fits with its hyphen.
fn syllables_end(text: &str, kind: LineStyle) -> Option<usize> {
    let word = text.split(' ').next()?;
    let letters: Vec<(usize, char)> = word.char_indices().collect();
    let is_vowel = |place: usize| matches!(letters[place].1.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u');
    let is_consonant = |place: usize| letters[place].1.is_ascii_alphabetic() && !is_vowel(place);
    let begins = |place: usize| {
        let pair: String = letters[place..].iter().take(2).map(|(_, letter)| letter.to_ascii_lowercase()).collect();
        let is_pair = matches!(pair.as_str(), "ng" | "ny" | "sy" | "kh");
        let vowel = place + if is_pair { 2 } else { 1 };
        is_consonant(place) && vowel < letters.len() && is_vowel(vowel)
    };
    let second_of_pair = |place: usize| place > 0 && is_consonant(place - 1) && begins(place - 1);
    let fits = |place: &usize| {
        let head = format!("{}-", &word[..letters[*place].0]);
        width(&head, kind.size, kind.weight) <= kind.room
    };
    let last = letters.len().checked_sub(SYLLABLE_MIN)?;
    let broken =
        (SYLLABLE_MIN..=last).filter(|place| begins(*place) && !second_of_pair(*place)).take_while(fits).last()?;
    Some(letters[broken].0)
}

/// Type of lines, and the room that each has.
#[derive(Clone, Copy)]
struct LineStyle {
    size: f64,
    weight: Weight,
    room: f64,
}

/// Byte at which the first line of `text` ends: after the last word that fits, else inside a word.
fn line_end(text: &str, size: f64, weight: Weight, room: f64) -> usize {
    if width(text, size, weight) <= room {
        return text.len();
    }
    let mut used = 0.0;
    let mut fits = 0;
    let mut last_space = 0;
    for (place, character) in text.char_indices() {
        used += width(character.encode_utf8(&mut [0; 4]), size, weight);
        if used > room {
            // The first character always goes, or nothing ever would.
            let first = text.chars().next().map_or(0, char::len_utf8);
            return if last_space > 0 { last_space } else { fits.max(first) };
        }
        if character == ' ' {
            last_space = place;
        }
        fits = place + character.len_utf8();
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_font_is_there_and_bold_is_wider() {
        let regular = width("Polindes Mawarsaru", 14.0, Weight::Regular);
        let bold = width("Polindes Mawarsaru", 14.0, Weight::Bold);
        assert!((120.0..150.0).contains(&regular), "{regular}");
        assert!(bold > regular * 1.03, "{bold}");
    }

    #[test]
    fn direction_marks_and_control_characters_go() {
        assert_eq!(clean(" a\u{202E}b\u{0}\u{7}\n c\u{200F} "), "ab c");
    }

    #[test]
    fn a_line_breaks_between_words_and_inside_one_only_where_it_must() {
        assert_eq!(wrap("Apotik Sendang Farma", 12.0, Weight::Regular, 60.0, 4), ["Apotik", "Sendang", "Farma"]);
        assert!(wrap("Tunjungwaliii", 12.0, Weight::Regular, 40.0, 4).len() > 1);
    }

    #[test]
    fn a_word_too_long_for_its_line_is_broken_between_syllables() {
        let lines = |name: &str| wrap_name(name, 12.0, Weight::Bold, 55.0, 5).join("|");
        assert_eq!(lines("Polindes Tunjungwali"), "Polindes|Tun-|jungwali");
        assert_eq!(lines("Polindes Mawarsaru"), "Polindes|Mawar-|saru");
        assert_eq!(lines("PUSKESMAS"), "PUSKES-|MAS");
        assert_eq!(lines("Pustu Ngatri"), "Pustu|Ngatri");
    }

    #[test]
    fn names_that_differ_at_their_end_stay_different() {
        let names = ["Posyandu Dahlia Sukomulyo", "Posyandu Dahlia Sukomakmur", "Posyandu Dahlia Sumberjo"];
        let cut = names.map(|name| clip_name(name, 12.0, Weight::Regular, 110.0));
        assert!(cut.iter().all(|name| name.contains('…')), "{cut:?}");
        assert!(cut[0] != cut[1] && cut[1] != cut[2] && cut[0] != cut[2], "{cut:?}");
        assert_eq!(clip_name("Apotik", 12.0, Weight::Regular, 110.0), "Apotik");
        let lines = names.map(|name| wrap_name(name, 12.0, Weight::Regular, 50.0, 2));
        assert!(lines[0] != lines[1] && lines[1] != lines[2], "{lines:?}");
    }

    proptest! {
        #[test]
        fn what_is_clipped_or_wrapped_fits(text in ".{0,80}", room in 20.0_f64..300.0) {
            let text = clean(&text);
            prop_assert!(width(&clip(&text, 12.0, Weight::Regular, room), 12.0, Weight::Regular) <= room);
            prop_assert!(width(&clip_name(&text, 12.0, Weight::Regular, room), 12.0, Weight::Regular) <= room);
            for line in wrap_name(&text, 12.0, Weight::Regular, room, 3) {
                prop_assert!(width(&line, 12.0, Weight::Regular) <= room + 1e-6);
            }
            for line in wrap(&text, 12.0, Weight::Regular, room, 3) {
                prop_assert!(width(&line, 12.0, Weight::Regular) <= room + 1e-6);
            }
        }
    }
}
