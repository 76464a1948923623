//! The annotation of a cell: ours out, ours in; what others wrote stays. Knows no sheet.

use std::ops::Range;

use crate::marked::MarkError;
use crate::marked::comments::{AUTHOR, SEPARATOR, begins_as_ours};
use crate::marked::xml::{Edits, Sort, Tags, escaped_plainly, opened, unescaped};

/// An annotation as written in a cell.
#[derive(Debug, Default)]
struct Written {
    range: Range<usize>,
    /// The opening tag, and whether it is all.
    tag: Range<usize>,
    is_empty: bool,
    /// Before the closing tag.
    end: usize,
    author: String,
    /// Paragraphs: place and text.
    paragraphs: Vec<(Range<usize>, String)>,
}

/// The annotations of a cell, and where one that it lacks belongs: `cell` is the whole element.
fn written(cell: &str) -> Result<(Vec<Written>, Option<usize>), MarkError> {
    let (mut notes, mut head_end) = (Vec::new(), None);
    let mut open: Option<Written> = None;
    // What is being read within it: whether the author, and since where.
    let mut inner: Option<(bool, usize)> = None;
    let mut tags = Tags::new(cell);
    while let Some(node) = tags.next_tag()? {
        let is_note = node.depth == 1 && node.name() == "office:annotation";
        if (node.depth == 0 && node.sort == Sort::Start) || (node.closes(1, "cell-range-source")) {
            head_end = Some(node.range.end);
        }
        if is_note && node.sort != Sort::End {
            let is_empty = node.sort == Sort::Empty;
            let (tag, end) = (node.range.clone(), node.range.end);
            let note = Written { range: tag.clone(), tag, is_empty, end, ..Written::default() };
            if is_empty {
                notes.push(note);
            } else {
                open = Some(note);
            }
            continue;
        }
        let Some(note) = open.as_mut() else { continue };
        if is_note {
            note.range.end = node.range.end;
            note.end = node.range.start;
            notes.extend(open.take());
        } else if node.depth == 2 && matches!(node.name(), "dc:creator" | "text:p") {
            match (node.sort, inner.take()) {
                (Sort::Start, _) => inner = Some((node.name() == "dc:creator", node.range.start)),
                (Sort::End, Some((true, start))) => note.author = text_of(&cell[start..node.range.end])?,
                (Sort::End, Some((false, start))) => {
                    let place = start..node.range.end;
                    note.paragraphs.push((place.clone(), text_of(&cell[place])?));
                }
                (Sort::End | Sort::Empty, _) => {}
            }
        }
    }
    Ok((notes, head_end))
}

/// The text between the tags of an element.
fn text_of(xml: &str) -> Result<String, MarkError> {
    let mut text = String::new();
    let mut place = 0;
    let mut tags = Tags::new(xml);
    while let Some(node) = tags.next_tag()? {
        text += &unescaped(&xml[place..node.range.start]);
        place = node.range.end;
    }
    Ok(text)
}

/// Whether a cell's element is worth looking into for a note of ours.
pub(super) fn may_hold_ours(xml: &str) -> bool {
    xml.contains("<office:annotation")
}

/// The cell without what is ours.
pub(super) fn without_ours(cell: &str) -> Result<String, MarkError> {
    let (notes, _) = written(cell)?;
    let mut edits = Edits::default();
    for note in &notes {
        let first = note.paragraphs.first().map_or("", |(_, text)| text.as_str());
        if note.author == AUTHOR || (note.author.is_empty() && begins_as_ours(first)) {
            edits.replace(note.range.clone(), "");
        } else if let Some((place, _)) = note.paragraphs.iter().find(|(_, text)| text.trim() == SEPARATOR.trim()) {
            edits.replace(place.start..note.end, "");
        }
    }
    if edits.is_empty() {
        return Ok(cell.to_owned());
    }
    let kept = edits.apply(cell);
    // A cell that held nothing but our note is an empty element again.
    let mut tags = Tags::new(&kept);
    let (head, next) = (tags.next_tag()?, tags.next_tag()?);
    Ok(match (head, next) {
        (Some(head), Some(next)) if next.depth == 0 && next.range.start == head.range.end => {
            format!("{}/>", head.tag.trim_end_matches('>'))
        }
        _ => kept,
    })
}

/// The cell with our text, below that of another's annotation where there is one. Nothing of ours is in it yet.
pub(super) fn with_ours(cell: &str, text: &str) -> Result<String, MarkError> {
    let (notes, head_end) = written(cell)?;
    let lines: Vec<String> = text.lines().map(|line| format!("<text:p>{}</text:p>", escaped_plainly(line))).collect();
    let paragraphs = lines.concat();
    if let Some(note) = notes.first() {
        let added = format!("<text:p>{}</text:p>{paragraphs}", SEPARATOR.trim());
        let mut edits = Edits::default();
        if note.is_empty {
            let tag = opened(&cell[note.tag.clone()]);
            edits.replace(note.range.clone(), format!("{tag}{added}</office:annotation>"));
        } else {
            edits.insert(note.end, added);
        }
        return Ok(edits.apply(cell));
    }
    // Without a place and a size: programs fit the box to its text, beside the cell.
    let note = format!(
        "<office:annotation office:display=\"false\"><dc:creator>{AUTHOR}</dc:creator>{paragraphs}</office:annotation>"
    );
    if let Some(end) = head_end {
        return Ok(format!("{}{note}{}", &cell[..end], &cell[end..]));
    }
    let name = Tags::new(cell).next_tag()?.map_or(String::new(), |node| node.name().to_owned());
    Ok(format!("{}{note}</{name}>", opened(cell)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ours_comes_first_and_goes_without_a_trace() {
        for cell in ["<table:table-cell/>", "<table:table-cell a=\"&gt;>\"><text:p>x</text:p></table:table-cell>"] {
            let marked = with_ours(cell, "KESALAHAN: <salah>\n\nsatu").unwrap();
            assert!(
                marked.contains(
                    "<dc:creator>Simpul</dc:creator><text:p>KESALAHAN: &lt;salah&gt;</text:p><text:p></text:p>"
                ),
                "{marked}"
            );
            assert_eq!(without_ours(&marked).unwrap(), cell);
        }
        let sourced = "<c><table:cell-range-source><x/></table:cell-range-source><text:p>1</text:p></c>";
        let marked = with_ours(sourced, "a").unwrap();
        assert!(marked.starts_with("<c><table:cell-range-source><x/></table:cell-range-source><office:annotation"));
        assert_eq!(without_ours(&marked).unwrap(), sourced);
    }

    #[test]
    fn anothers_stays_above_ours() {
        for cell in [
            "<c><office:annotation><dc:creator>Bu Ani</dc:creator><text:p>Tolong <text:span>cek</text:span></text:p></office:annotation></c>",
            "<c><office:annotation svg:x=\"1cm\"></office:annotation><text:p/></c>",
        ] {
            let marked = with_ours(cell, "PERINGATAN: ragu").unwrap();
            assert_eq!(marked.matches("<office:annotation").count(), 1);
            assert_eq!(without_ours(&marked).unwrap(), cell);
        }
    }

    #[test]
    fn ours_is_known_without_its_author() {
        let cell = "<c><office:annotation><text:p><text:span>KESALAHAN</text:span>: x</text:p></office:annotation><text:p>1</text:p></c>";
        assert_eq!(without_ours(cell).unwrap(), "<c><text:p>1</text:p></c>");
        let theirs = cell.replace("KESALAHAN", "Catatan");
        assert_eq!(without_ours(&theirs).unwrap(), theirs);
    }
}
