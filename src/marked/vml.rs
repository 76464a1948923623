//! The drawing behind comments (VML, as Excel writes it). What programs write there is often not well-formed
//! XML (`<br>` in text boxes), so it is searched, not parsed. Knows no texts.

use std::collections::BTreeSet;
use std::ops::Range;

use super::MarkError;
use super::xml::{Edits, prefix_of};
use crate::domain::records::CellRef;

const SHAPES: &str = "urn:schemas-microsoft-com:vml";
const OFFICE: &str = "urn:schemas-microsoft-com:office:office";
const EXCEL: &str = "urn:schemas-microsoft-com:office:excel";
/// Shape numbers come in blocks of this size, which the map of ids names.
const BLOCK: usize = 1_024;

/// A drawing without shapes.
pub(super) fn empty(block: usize) -> String {
    format!(
        "<xml xmlns:v=\"{SHAPES}\" xmlns:o=\"{OFFICE}\" xmlns:x=\"{EXCEL}\"><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"{block}\"/></o:shapelayout>{SHAPE_TYPE}</xml>"
    )
}

/// The prefixes (with colon) of this drawing, and what has to be declared where its root does not.
struct Prefixes {
    shapes: String,
    office: String,
    excel: String,
    declared: String,
}

impl Prefixes {
    fn from_text(text: &str) -> Self {
        let root = text.find("<xml").map_or("", |start| &text[start..]);
        let root = &root[..root.find('>').map_or(root.len(), |end| end + 1)];
        let mut declared = String::new();
        let mut prefix = |usual: &str, namespace: &str| {
            prefix_of(root, namespace).unwrap_or_else(|| {
                declared.extend([format!(" xmlns:{usual}=\"{namespace}\"")]);
                format!("{usual}:")
            })
        };
        let shapes = prefix("v", SHAPES);
        let office = prefix("o", OFFICE);
        let excel = prefix("x", EXCEL);
        Self { shapes, office, excel, declared }
    }

    /// Markup with the usual prefixes in those of the drawing.
    fn translated(&self, markup: &str) -> String {
        let mut out = markup.to_owned();
        for (usual, ours) in [("v:", &self.shapes), ("o:", &self.office), ("x:", &self.excel)] {
            if usual != ours {
                for before in ["<", "</", " "] {
                    // What stands between is not a prefix yet, so that no replacement is replaced again.
                    out = out.replace(&format!("{before}{usual}"), &format!("{before}\u{0}{ours}"));
                }
            }
        }
        out.replace('\u{0}', "")
    }
}

/// The cell of a note, and the bytes of its shape.
type Note = (CellRef, Range<usize>);

/// The shapes of notes.
fn notes(text: &str, prefixes: &Prefixes) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut place = 0;
    let opening = format!("<{}shape ", prefixes.shapes);
    let closing = format!("</{}shape>", prefixes.shapes);
    while let Some(start) = text[place..].find(&opening).map(|found| place + found) {
        let Some(end) = text[start..].find(&closing).map(|found| start + found + closing.len()) else { break };
        let shape = &text[start..end];
        let number = |name: &str| {
            let after = shape.split_once(&format!("<{}{name}>", prefixes.excel))?.1;
            after.split_once('<')?.0.trim().parse::<u32>().ok()
        };
        let is_note = shape.contains("ObjectType=\"Note\"") || shape.contains("ObjectType='Note'");
        if let (true, Some(row), Some(column)) = (is_note, number("Row"), number("Column")) {
            notes.push((CellRef { row, column }, start..end));
        }
        place = end;
    }
    notes
}

/// The greatest number of a shape, 0 without one.
fn last_number(text: &str) -> usize {
    let numbers = text.match_indices("_x0000_s").filter_map(|(place, found)| {
        let digits = &text[place + found.len()..];
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        digits[..end].parse::<usize>().ok()
    });
    numbers.filter(|number| *number < usize::MAX / 2).max().unwrap_or(0)
}

/// The first block of the drawing's map of ids.
fn first_block(text: &str) -> usize {
    let map = text.find(":idmap").map(|place| &text[place..]);
    let data = map.and_then(|map| {
        let value = map.split_once("data=")?.1.get(1..)?;
        value[..value.find(|c: char| !c.is_ascii_digit())?].parse().ok()
    });
    data.filter(|block| *block < usize::MAX / BLOCK / 2).unwrap_or(1)
}

/// Takes the shapes of `removed` out and puts one in for each cell of `placed` that has none; the second
/// number is how many lines its text takes.
pub(super) fn rewrite(
    text: &str,
    removed: &BTreeSet<CellRef>,
    placed: &[(CellRef, usize)],
) -> Result<Edits, MarkError> {
    let mut edits = Edits::default();
    let prefixes = Prefixes::from_text(text);
    let mut present = BTreeSet::new();
    let mut kept = String::new();
    let mut start = 0;
    for (cell, range) in notes(text, &prefixes) {
        if removed.contains(&cell) {
            kept.push_str(&text[start..range.start]);
            start = range.end;
            edits.replace(range, "");
        } else {
            present.insert(cell);
        }
    }
    kept.push_str(&text[start..]);
    let mut number = last_number(&kept).max(first_block(text) * BLOCK);
    let mut added = String::new();
    for (cell, lines) in placed.iter().filter(|(cell, _)| !present.contains(cell)) {
        number += 1;
        added += &shape(number, *cell, *lines);
    }
    if added.is_empty() {
        return Ok(edits);
    }
    if !text.contains("id=\"_x0000_t202\"") {
        let tag = format!("<v:shapetype{DECLARED}");
        added.insert_str(0, &SHAPE_TYPE.replace("<v:shapetype", &tag));
    }
    let end = text.rfind("</xml>").ok_or_else(|| MarkError::damaged("gambar catatan sel (VML) tidak utuh"))?;
    edits.insert(end, prefixes.translated(&added).replace(DECLARED, &prefixes.declared));
    Ok(edits)
}

/// Stands in our shapes for the declarations that the root lacks.
const DECLARED: &str = " xmlns=\"\"";
const SHAPE_TYPE: &str = "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>";

/// A hidden note beside its cell, wide enough for a sentence and as high as its text.
fn shape(number: usize, CellRef { row, column }: CellRef, lines: usize) -> String {
    let rows = u32::try_from(lines.clamp(3, 24)).unwrap_or(24);
    let height = rows * 14;
    let left = column + 1;
    let right = column + 5;
    let top = row.saturating_sub(1);
    let bottom = top + rows;
    format!(
        "<v:shape id=\"_x0000_s{number}\"{DECLARED} type=\"#_x0000_t202\" style=\"position:absolute;margin-left:60pt;margin-top:2pt;width:240pt;height:{height}pt;z-index:1;visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{left}, 15, {top}, 4, {right}, 15, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_come_once_and_go() {
        let cell = |row, column| CellRef { row, column };
        let part = empty(3);
        let placed = [(cell(4, 2), 3), (cell(9, 0), 99)];
        let marked = rewrite(&part, &BTreeSet::new(), &placed).unwrap().apply(&part);
        assert_eq!(notes(&marked, &Prefixes::from_text(&marked)).len(), 2);
        assert!(marked.contains("_x0000_s3073") && marked.contains("_x0000_s3074"));
        assert!(rewrite(&marked, &BTreeSet::new(), &placed).unwrap().is_empty());
        let removed: BTreeSet<CellRef> = placed.iter().map(|(cell, _)| *cell).collect();
        assert_eq!(rewrite(&marked, &removed, &[]).unwrap().apply(&marked), part);
        let again = rewrite(&marked, &removed, &placed).unwrap();
        assert_eq!(again.apply(&marked), marked);
    }

    #[test]
    fn a_drawing_keeps_its_prefixes() {
        let placed = [(CellRef { row: 0, column: 0 }, 1)];
        let part = format!(
            "<xml xmlns:ns1=\"{SHAPES}\" xmlns:x=\"{EXCEL}\"><ns1:shape id=\"_x0000_s1026\"><x:ClientData ObjectType=\"Note\"><x:Row>5</x:Row><x:Column>2</x:Column></x:ClientData></ns1:shape></xml>"
        );
        let marked = rewrite(&part, &BTreeSet::new(), &placed).unwrap().apply(&part);
        assert!(marked.contains("<ns1:shape id=\"_x0000_s1027\" xmlns:o=\"urn:"), "{marked}");
        assert!(!marked.contains("v:") && marked.contains("<ns1:path o:connecttype=\"none\"/>"), "{marked}");
        assert_eq!(notes(&marked, &Prefixes::from_text(&marked)).len(), 2);
        let removed = BTreeSet::from([placed[0].0]);
        assert_eq!(rewrite(&marked, &removed, &placed).unwrap().apply(&marked), marked);
    }

    #[test]
    fn a_drawing_that_is_no_drawing_is_refused() {
        let placed = [(CellRef { row: 0, column: 0 }, 1)];
        assert!(rewrite("<v:shape <x:Row>", &BTreeSet::new(), &placed).is_err());
    }
}
