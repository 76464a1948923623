//! The words that a filled template must have, worked out a second time: from the words of the template as an
//! independent reader finds them, tag by tag, without its XML. Compared with what the same reader finds in the
//! filled file.

use std::collections::BTreeSet;

use super::docx::{NOTHING, OpenRows};
use super::fields::{FieldScope, TemplateField};
use super::tag::{TagName, TemplateTag, tags};
use crate::proof::{ReadPiece, Reading};
use crate::report::document::PaperCell;
use crate::report::verify::Mismatch;

/// Place of words in heads and feet of pages, of which a reader keeps each once and in no order.
const AROUND: &str = "kepala atau kaki halaman";
/// Letters of a difference that are quoted.
const QUOTED_CHARS: usize = 60;

/// A piece of text, or a tag and whether it stands alone in its cell.
enum ExpectedPiece {
    Text(String),
    TemplateTag { tag: TemplateTag, is_alone: bool },
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
    let writer = ExpectedText { cell_text };
    let scope = OpenRows { row: fields, outer: None };
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

fn tokens(pieces: &[&ReadPiece]) -> Result<Vec<ExpectedPiece>, Mismatch> {
    let mut found = Vec::new();
    for piece in pieces {
        let text = piece.text.as_str();
        let tags = tags(text).map_err(|fault| Mismatch::new(fault.to_string()))?;
        let is_value = |tag: &TemplateTag| !matches!(tag, TemplateTag::Loop(_) | TemplateTag::End);
        let values = tags.iter().filter(|found| is_value(&found.tag)).count();
        let tagged: usize = tags.iter().map(|found| found.range.len()).sum();
        let mut at = 0;
        for one in tags {
            found.push(ExpectedPiece::Text(text[at..one.range.start].to_owned()));
            let is_alone = values == 1 && tagged == text.len();
            found.push(ExpectedPiece::TemplateTag { tag: one.tag, is_alone });
            at = one.range.end;
        }
        found.push(ExpectedPiece::Text(text[at..].to_owned()));
    }
    Ok(found)
}

struct ExpectedText {
    cell_text: CellText,
}

impl ExpectedText {
    fn write(&self, tokens: &[ExpectedPiece], around: &OpenRows<'_>, out: &mut String) {
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at += 1;
            match token {
                ExpectedPiece::Text(text) => out.push_str(text),
                ExpectedPiece::TemplateTag { tag: TemplateTag::Value(name), is_alone } => {
                    out.push_str(&self.value(name, *is_alone, around));
                }
                ExpectedPiece::TemplateTag { tag: TemplateTag::Picture { name, .. }, .. } => {
                    if !matches!(around.get(name), Some(TemplateField::Picture(pieces)) if !pieces.is_empty()) {
                        out.push_str(&letters(NOTHING));
                    }
                }
                ExpectedPiece::TemplateTag { tag: TemplateTag::Loop(name), .. } => {
                    let length = length_of_loop(&tokens[at..]);
                    for row in around.rows(name) {
                        self.write(&tokens[at..at + length], &OpenRows { row, outer: Some(around) }, out);
                    }
                    at += length;
                }
                ExpectedPiece::TemplateTag { tag: TemplateTag::End, .. } => {}
            }
        }
    }

    fn value(&self, name: &TagName, is_alone: bool, around: &OpenRows<'_>) -> String {
        match around.get(name) {
            Some(TemplateField::Value(cell)) => letters(&(self.cell_text)(cell, is_alone)),
            _ => letters(&around.words(name)),
        }
    }
}

/// Tokens up to the end of the loop that was just opened.
fn length_of_loop(tokens: &[ExpectedPiece]) -> usize {
    let mut depth = 1;
    for (place, token) in tokens.iter().enumerate() {
        match token {
            ExpectedPiece::TemplateTag { tag: TemplateTag::Loop(_), .. } => depth += 1,
            ExpectedPiece::TemplateTag { tag: TemplateTag::End, .. } => depth -= 1,
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
