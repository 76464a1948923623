//! What a filled template must say, worked out a second time: from the words of the template as an independent reader
//! finds them, tag by tag, without its XML. Compared with what the same reader finds in the filled file.

use std::collections::BTreeSet;

use super::docx::{Around, NOTHING};
use super::fields::{Field, FieldScope};
use super::tag::{Tag, TagName, tags};
use crate::proof::{ReadPiece, Reading};
use crate::report::document::PaperCell;
use crate::report::verify::Mismatch;

/// Place of words in heads and feet of pages, of which a reader keeps each once and in no order.
const AROUND: &str = "kepala atau kaki halaman";
/// Letters of a difference that are quoted.
const QUOTED_CHARS: usize = 60;

/// A piece of text, or a tag and whether it stands alone in its cell.
enum Token {
    Text(String),
    Tag { tag: Tag, is_alone: bool },
}

/// Gives the text as which a value is read back; `true` where it stands in a cell of its own.
pub(super) type CellText = fn(&PaperCell, bool) -> String;

/// Compares what a filled file says with what its template says, its tags replaced by fields.
pub(super) fn compare(
    template: &Reading,
    filled: &Reading,
    fields: &FieldScope,
    cell_text: CellText,
) -> Result<(), Mismatch> {
    let writer = Writer { cell_text };
    let scope = Around { row: fields, outer: None };
    let text = |pieces: &[&ReadPiece]| -> Result<String, Mismatch> {
        let mut out = String::new();
        writer.write(&tokens(pieces)?, &scope, &mut out);
        Ok(out)
    };
    let of = |reading: &'_ Reading, is_around: bool| -> Vec<ReadPiece> {
        reading.words.iter().filter(|piece| (piece.place == AROUND) == is_around).cloned().collect()
    };
    let body = of(template, false);
    let expected = text(&body.iter().collect::<Vec<_>>())?;
    let found: String = of(filled, false).iter().map(|piece| piece.text.as_str()).collect();
    differing(&expected, &found)?;
    let mut expected_around = BTreeSet::new();
    for piece in &of(template, true) {
        expected_around.insert(text(&[piece])?);
    }
    expected_around.remove("");
    let found_around: BTreeSet<String> = of(filled, true).into_iter().map(|piece| piece.text).collect();
    match expected_around.symmetric_difference(&found_around).next() {
        Some(other) => Err(Mismatch::new(format!("{AROUND}: “{other}” tidak cocok"))),
        None => Ok(()),
    }
}

/// Compares the pictures: all that the template has, and those that were placed.
pub(super) fn compare_pictures(template: &Reading, filled: &Reading, placed: &Reading) -> Result<(), Mismatch> {
    let found: BTreeSet<&str> = filled.drawings.iter().map(|piece| piece.text.as_str()).collect();
    let lacking = template.drawings.iter().chain(&placed.drawings).find(|piece| !found.contains(piece.text.as_str()));
    match lacking {
        Some(piece) => Err(Mismatch::new(format!("{} tidak ada di dalamnya", piece.place))),
        None => Ok(()),
    }
}

fn differing(expected: &str, found: &str) -> Result<(), Mismatch> {
    if expected == found {
        return Ok(());
    }
    let same = expected.chars().zip(found.chars()).take_while(|(one, other)| one == other).count();
    let near = |text: &str| text.chars().skip(same.saturating_sub(10)).take(QUOTED_CHARS).collect::<String>();
    Err(Mismatch::new(format!("terbaca “{}”, seharusnya “{}”", near(found), near(expected))))
}

fn tokens(pieces: &[&ReadPiece]) -> Result<Vec<Token>, Mismatch> {
    let mut found = Vec::new();
    for piece in pieces {
        let text = piece.text.as_str();
        let tags = tags(text).map_err(|fault| Mismatch::new(fault.to_string()))?;
        let is_value = |tag: &Tag| !matches!(tag, Tag::Loop(_) | Tag::End);
        let values = tags.iter().filter(|found| is_value(&found.tag)).count();
        let tagged: usize = tags.iter().map(|found| found.range.len()).sum();
        let mut at = 0;
        for one in tags {
            found.push(Token::Text(text[at..one.range.start].to_owned()));
            let is_alone = values == 1 && tagged == text.len();
            found.push(Token::Tag { tag: one.tag, is_alone });
            at = one.range.end;
        }
        found.push(Token::Text(text[at..].to_owned()));
    }
    Ok(found)
}

struct Writer {
    cell_text: CellText,
}

impl Writer {
    fn write(&self, tokens: &[Token], around: &Around<'_>, out: &mut String) {
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at += 1;
            match token {
                Token::Text(text) => out.push_str(text),
                Token::Tag { tag: Tag::Value(name), is_alone } => out.push_str(&self.value(name, *is_alone, around)),
                Token::Tag { tag: Tag::Picture { name, .. }, .. } => {
                    if !matches!(around.get(name), Some(Field::Picture(pieces)) if !pieces.is_empty()) {
                        out.push_str(&letters(NOTHING));
                    }
                }
                Token::Tag { tag: Tag::Loop(name), .. } => {
                    let length = length_of_loop(&tokens[at..]);
                    for row in around.rows(name) {
                        self.write(&tokens[at..at + length], &Around { row, outer: Some(around) }, out);
                    }
                    at += length;
                }
                Token::Tag { tag: Tag::End, .. } => {}
            }
        }
    }

    fn value(&self, name: &TagName, is_alone: bool, around: &Around<'_>) -> String {
        match around.get(name) {
            Some(Field::Value(cell)) => letters(&(self.cell_text)(cell, is_alone)),
            _ => letters(&around.words(name)),
        }
    }
}

/// Tokens up to the end of the loop that was just opened.
fn length_of_loop(tokens: &[Token]) -> usize {
    let mut depth = 1;
    for (place, token) in tokens.iter().enumerate() {
        match token {
            Token::Tag { tag: Tag::Loop(_), .. } => depth += 1,
            Token::Tag { tag: Tag::End, .. } => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return place;
        }
    }
    tokens.len()
}

fn letters(text: &str) -> String {
    ReadPiece::new("", text).text
}
