//! The imported file again, some of its cells overwritten: every other byte of its parts stays, and nothing of what was
//! overwritten is left in any of them, or no copy is made. Knows not what the cells held, nor why they go.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::book::WorkbookPart;
use super::package::EditedPackage;
use super::xml::{Edits, MarkupKind, Tags, attribute, escaped};
use super::{MarkError, anew};
use crate::domain::records::CellRef;
use crate::workbook::Workbook;

/// Texts that are looked for in every part once they are overwritten; with more the cells alone are kept.
const GONE_MAX: usize = 1_000;
/// Letters of the shortest text that is looked for: shorter ones stand everywhere.
const GONE_CHARS_MIN: usize = 4;

/// New texts of cells, by sheet.
pub type OverwrittenCells<'t> = BTreeMap<&'t str, BTreeMap<CellRef, &'t str>>;

/// A copy of an xlsx or xlsm file in which cells hold other texts.
///
/// # Errors
/// Other formats, damaged files, and files of which another part still holds one of the texts that are `gone`: a
/// formula, a comment, a pivot table, a file within. Offer [`cells_alone`] then.
pub fn overwrite(original: &[u8], cells: &OverwrittenCells<'_>, gone: &[&str]) -> Result<Vec<u8>, MarkError> {
    if gone.len() > GONE_MAX {
        return Err(MarkError::TooLarge { what: format!("lebih dari {GONE_MAX} isi sel dihapus") });
    }
    let mut package = EditedPackage::open(original)?;
    if package.names().any(|name| name.contains("/embeddings/")) {
        return Err(MarkError::damaged("ada berkas lain di dalamnya"));
    }
    let book = WorkbookPart::open(&mut package)?;
    let mut shared: BTreeMap<usize, String> = BTreeMap::new();
    for (name, texts) in cells {
        let sheet = book.sheets.iter().find(|sheet| sheet.name == *name);
        let part = sheet.map(|sheet| sheet.part.clone()).ok_or_else(|| MarkError::damaged("lembar tidak ditemukan"))?;
        let text = package.text(&part)?;
        let edits = sheet_edits(&text, texts, &mut shared)?;
        package.put_edited(&part, &text, edits)?;
    }
    if !shared.is_empty() {
        let part = book.shared_strings_part().ok_or_else(|| MarkError::damaged("teks bersamanya hilang"))?;
        let text = package.text(&part)?;
        let edits = shared_edits(&text, &shared)?;
        package.put_edited(&part, &text, edits)?;
    }
    let copy = package.finish()?;
    if still_holds(&copy, gone)? {
        return Err(MarkError::damaged("isinya masih ada di bagian lain"));
    }
    Ok(copy)
}

/// A workbook's cells alone, written anew as xlsx: values, merged areas and what is hidden; no formula, comment,
/// picture or macro.
///
/// # Errors
/// Workbooks above the limits of `anew`.
pub fn cells_alone(book: &Workbook) -> Result<Vec<u8>, MarkError> {
    Ok(anew::write_anew(book)?.bytes)
}

/// Replaces cells by texts of their own, and notes the shared texts that they had.
fn sheet_edits(
    text: &str,
    texts: &BTreeMap<CellRef, &str>,
    shared: &mut BTreeMap<usize, String>,
) -> Result<Edits, MarkError> {
    let mut edits = Edits::default();
    let mut left: BTreeSet<CellRef> = texts.keys().copied().collect();
    let mut tags = Tags::new(text);
    while let Some(node) = tags.next_tag()? {
        if !node.opens(3, "c") {
            continue;
        }
        let cell = attribute(node.tag, "r").and_then(CellRef::parse);
        let Some((cell, masked)) = cell.and_then(|cell| Some((cell, *texts.get(&cell)?))) else { continue };
        left.remove(&cell);
        let content = node.range.end;
        let prefix = node.prefix();
        let is_shared = attribute(node.tag, "t") == Some("s");
        let style = attribute(node.tag, "s").map(|style| format!(" s=\"{style}\"")).unwrap_or_default();
        let opening = node.range.start;
        let mut end = content;
        if node.sort == MarkupKind::Start {
            let closing = closing_of(&mut tags)?;
            let index = is_shared.then(|| value_of(&text[content..closing.start])).flatten();
            shared.extend(index.map(|index| (index, masked.to_owned())));
            end = closing.end;
        }
        edits.replace(
            opening..end,
            format!(
                "<{prefix}c r=\"{cell}\"{style} t=\"inlineStr\"><{prefix}is><{prefix}t xml:space=\"preserve\">{}\
                 </{prefix}t></{prefix}is></{prefix}c>",
                escaped(masked)
            ),
        );
    }
    if left.is_empty() { Ok(edits) } else { Err(MarkError::damaged("sel tidak ditemukan")) }
}

/// Place of the tag that ends the cell which began last.
fn closing_of(tags: &mut Tags<'_>) -> Result<Range<usize>, MarkError> {
    while let Some(inner) = tags.next_tag()? {
        if inner.opens(4, "f") {
            // Chains of computing and shared formulas name it: without it the file would be damaged.
            return Err(MarkError::damaged("isinya hasil rumus"));
        }
        if inner.closes(3, "c") {
            return Ok(inner.range);
        }
    }
    Err(MarkError::damaged("sel tidak ditutup"))
}

/// The number in `<v>7</v>`.
fn value_of(content: &str) -> Option<usize> {
    let end = content.rfind("</")?;
    let start = content[..end].rfind('>')? + 1;
    content[start..end].trim().parse().ok()
}

fn shared_edits(text: &str, shared: &BTreeMap<usize, String>) -> Result<Edits, MarkError> {
    let mut edits = Edits::default();
    let mut tags = Tags::new(text);
    let mut index = 0;
    let mut open = None;
    while let Some(node) = tags.next_tag()? {
        if node.opens(1, "si") {
            open = Some(node.range.start);
        }
        if node.closes(1, "si") {
            let start = open.take().unwrap_or(node.range.start);
            if let Some(masked) = shared.get(&index) {
                let prefix = node.prefix();
                let masked = escaped(masked);
                edits.replace(
                    start..node.range.end,
                    format!("<{prefix}si><{prefix}t xml:space=\"preserve\">{masked}</{prefix}t></{prefix}si>"),
                );
            }
            index += 1;
        }
    }
    Ok(edits)
}

/// Reports whether some part still holds one of the texts.
fn still_holds(copy: &[u8], gone: &[&str]) -> Result<bool, MarkError> {
    let sought: Vec<String> =
        gone.iter().filter(|text| text.chars().count() >= GONE_CHARS_MIN).map(|text| escaped(text)).collect();
    let mut package = EditedPackage::open(copy)?;
    let names: Vec<String> = package.names().map(str::to_owned).collect();
    let is_text = |name: &String| [".xml", ".rels", ".vml"].iter().any(|end| name.to_ascii_lowercase().ends_with(end));
    for name in names.iter().filter(|name| is_text(name)) {
        let text = package.text(name)?;
        if sought.iter().any(|gone| text.contains(gone.as_str())) {
            return Ok(true);
        }
    }
    Ok(false)
}
