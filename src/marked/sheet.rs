//! The sheet part: formats of cells changed in place, blank cells put in where a mark needs one, and the
//! reference to the drawing of comments. Values, formulas and all else stay as written.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::MarkError;
use super::styles::Styles;
use super::xml::{
    Edits, MarkupKind, Node, Tags, attribute, opened, prefix_of, prefixed_attribute, with_attribute, without_attribute,
};
use crate::diagnostic::Severity;
use crate::domain::records::CellRef;
use crate::workbook::{Area, Merges};

/// Merged areas of a sheet that are kept.
const MERGES_MAX: usize = 20_000;
/// Elements of a sheet that come after the reference to the drawing of comments.
const AFTER_LEGACY: [&str; 8] =
    ["legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"];

/// Elements below the cells of a sheet.
#[derive(Debug, Default)]
pub(super) struct Foot {
    pub(super) merges: Merges,
    /// Relation to the drawing of comments.
    pub(super) legacy: Option<String>,
}

impl Foot {
    pub(super) fn from_text(text: &str) -> Result<Self, MarkError> {
        let start = text.rfind("sheetData").and_then(|place| Some(place + text[place..].find('>')? + 1)).unwrap_or(0);
        let mut tags = Tags::from(text, start, usize::from(start > 0));
        let mut foot = Self::default();
        let mut merges = Vec::new();
        while let Some(node) = tags.next_tag()? {
            if node.sort == MarkupKind::End {
                continue;
            }
            match node.local() {
                "mergeCell" if merges.len() < MERGES_MAX => {
                    merges.extend(attribute(node.tag, "ref").and_then(Area::parse));
                }
                "legacyDrawing" => foot.legacy = prefixed_attribute(node.tag, "id").map(str::to_owned),
                _ => {}
            }
        }
        foot.merges = Merges::from_areas(merges);
        Ok(foot)
    }
}

/// Adds the reference to the drawing of comments.
pub(super) fn refer_to_drawing(text: &str, id: &str, relations: &str, edits: &mut Edits) -> Result<(), MarkError> {
    let mut tags = Tags::new(text);
    let mut has_cells = false;
    let mut root_prefix = String::new();
    let mut bound = None;
    while let Some(node) = tags.next_tag()? {
        if node.depth == 0 && node.sort == MarkupKind::Start {
            node.prefix().clone_into(&mut root_prefix);
            bound = prefix_of(node.tag, relations);
        }
        has_cells |= node.depth == 1 && node.local() == "sheetData";
        let follows = has_cells
            && node.depth == 1
            && node.sort != MarkupKind::End
            && (AFTER_LEGACY.contains(&node.local()) || node.local() == "AlternateContent");
        if follows || node.closes(0, "worksheet") {
            let (declared, prefix) = match &bound {
                Some(prefix) => (String::new(), prefix.as_str()),
                None => (format!(" xmlns:r=\"{relations}\""), "r:"),
            };
            edits.insert(node.range.start, format!("<{root_prefix}legacyDrawing{declared} {prefix}id=\"{id}\"/>"));
            return Ok(());
        }
    }
    Err(MarkError::damaged("lembar tidak utuh"))
}

/// Changes the formats of a sheet's cells: former marks out, these in.
pub(super) fn colour(
    text: &str,
    marks: &BTreeMap<CellRef, Severity>,
    styles: &mut Styles,
    edits: &mut Edits,
) -> Result<(), MarkError> {
    let mut pending: BTreeMap<u32, BTreeMap<u32, Severity>> = BTreeMap::new();
    for (cell, severity) in marks {
        pending.entry(cell.row).or_default().insert(cell.column, *severity);
    }
    let mut painter =
        Painter { text, styles, edits, prefix: String::new(), columns: Vec::new(), row: None, next_row: 0 };
    let mut rows = Pending { wanted: pending.keys().copied().collect(), ..Pending::default() };
    let mut tags = Tags::new(text);
    let mut within = false;
    while let Some(node) = tags.next_tag()? {
        match (node.depth, node.local()) {
            (0, _) => node.prefix().clone_into(&mut painter.prefix),
            (1, "sheetData") => {
                within = node.sort == MarkupKind::Start;
                if node.sort != MarkupKind::Start {
                    painter.missing_rows(&node, rows, &pending)?;
                    return Ok(());
                }
            }
            (2, "col") if node.sort != MarkupKind::End => painter.column(&node),
            (2, "row") if within => {
                if node.sort != MarkupKind::End {
                    let row = painter.row_index(&node);
                    rows.pass(row, node.range.start);
                    painter.enter_row(&node, row, rows.found(row).then(|| pending.get(&row)).flatten());
                }
                if node.sort != MarkupKind::Start {
                    painter.leave_row(&node)?;
                }
            }
            (3, "c") if within && node.sort != MarkupKind::End => painter.cell(&node)?,
            _ => {}
        }
    }
    Err(MarkError::damaged("lembar tidak berisi sheetData"))
}

/// Numbers that are looked for in an ascending stream, and where those belong that do not come.
#[derive(Debug, Default)]
struct Pending {
    wanted: BTreeSet<u32>,
    /// Wanted ones that a greater one has passed, and where that stood.
    passed: BTreeMap<u32, usize>,
    done: BTreeSet<u32>,
}

impl Pending {
    /// `number` stands at `at`: what is smaller and has not come belongs before it.
    fn pass(&mut self, number: u32, at: usize) {
        while let Some(first) = self.wanted.first().copied().filter(|first| *first < number) {
            self.wanted.remove(&first);
            self.passed.insert(first, at);
        }
    }

    /// Reports whether `number` is looked for; the first time only.
    fn found(&mut self, number: u32) -> bool {
        let is_wanted = self.wanted.remove(&number) || self.passed.remove(&number).is_some();
        is_wanted && self.done.insert(number)
    }

    /// Those that did not come, with their place; `end` for the ones after the last.
    fn missing(self, end: usize) -> impl Iterator<Item = (u32, usize)> {
        self.passed.into_iter().chain(self.wanted.into_iter().map(move |number| (number, end)))
    }
}

/// A row being read.
struct OpenRow<'m> {
    index: u32,
    range: Range<usize>,
    next_column: u32,
    format: Option<usize>,
    columns: Pending,
    marks: Option<&'m BTreeMap<u32, Severity>>,
}

struct Painter<'p, 'm> {
    text: &'p str,
    styles: &'p mut Styles,
    edits: &'p mut Edits,
    prefix: String,
    /// First and last column (from 0) and their format.
    columns: Vec<(u32, u32, usize)>,
    row: Option<OpenRow<'m>>,
    next_row: u32,
}

impl<'m> Painter<'_, 'm> {
    fn column(&mut self, node: &Node<'_>) {
        let number = |name| attribute(node.tag, name).and_then(|value| value.parse::<u32>().ok());
        let Some(format) = self.reset(node, "style") else { return };
        if let (Some(first @ 1..), Some(last @ 1..)) = (number("min"), number("max")) {
            self.columns.push((first - 1, last - 1, format));
        }
    }

    /// Undoes a former mark in this attribute; gives the format that stands there then.
    fn reset(&mut self, node: &Node<'_>, name: &str) -> Option<usize> {
        let format: usize = attribute(node.tag, name)?.parse().ok()?;
        let former = self.styles.unmarked(format);
        if former != format {
            self.edits.replace(node.range.clone(), with_attribute(node.tag, name, &former.to_string()));
        }
        Some(former)
    }

    fn row_index(&mut self, node: &Node<'_>) -> u32 {
        let written = attribute(node.tag, "r").and_then(|value| value.parse::<u32>().ok()).filter(|row| *row > 0);
        let row = written.map_or(self.next_row, |row| row - 1);
        self.next_row = row.saturating_add(1);
        row
    }

    fn enter_row(&mut self, node: &Node<'_>, index: u32, marks: Option<&'m BTreeMap<u32, Severity>>) {
        let has_format = matches!(attribute(node.tag, "customFormat"), Some("1" | "true"));
        let format = attribute(node.tag, "s").and_then(|value| value.parse().ok()).filter(|_| has_format);
        let format = format.map(|format| self.styles.unmarked(format));
        let wanted = marks.map(|marks| marks.keys().copied().collect()).unwrap_or_default();
        let columns = Pending { wanted, ..Pending::default() };
        self.row = Some(OpenRow { index, range: node.range.clone(), next_column: 0, format, columns, marks });
    }

    fn cell(&mut self, node: &Node<'_>) -> Result<(), MarkError> {
        let Some(row) = self.row.as_mut() else { return Ok(()) };
        let written = attribute(node.tag, "r").and_then(CellRef::parse).map(|cell| cell.column);
        let column = written.unwrap_or(row.next_column);
        row.next_column = column.saturating_add(1);
        row.columns.pass(column, node.range.start);
        let is_wanted = row.columns.found(column);
        let severity = row.marks.and_then(|marks| marks.get(&column)).copied().filter(|_| is_wanted);
        let format = attribute(node.tag, "s").and_then(|value| value.parse().ok()).unwrap_or(0);
        let mut new = self.styles.unmarked(format);
        if let Some(severity) = severity {
            new = self.styles.marked(new, severity)?;
        }
        if new != format {
            self.edits.replace(node.range.clone(), with_attribute(node.tag, "s", &new.to_string()));
        }
        Ok(())
    }

    /// The cells that the row lacks, and the row's own format.
    fn leave_row(&mut self, node: &Node<'_>) -> Result<(), MarkError> {
        let Some(row) = self.row.take() else { return Ok(()) };
        let tag = &self.text[row.range.clone()];
        let mut new_tag = tag.to_owned();
        if let Some(format) = attribute(tag, "s").and_then(|value| value.parse().ok()) {
            let former = self.styles.unmarked(format);
            if former != format {
                new_tag = with_attribute(&new_tag, "s", &former.to_string());
            }
        }
        let is_empty = node.sort == MarkupKind::Empty;
        let missing: Vec<(u32, usize)> = row.columns.missing(node.range.start).collect();
        let mut within = String::new();
        for (column, at) in &missing {
            let Some(severity) = row.marks.and_then(|marks| marks.get(column)) else { continue };
            let cell = CellRef { row: row.index, column: *column };
            let blank = self.blank(cell, row.format, *severity)?;
            if is_empty { within += &blank } else { self.edits.insert(*at, blank) }
        }
        if !missing.is_empty() {
            // The hint of its first and last column may not hold any more.
            new_tag = without_attribute(&new_tag, "spans");
        }
        if is_empty && !within.is_empty() {
            new_tag = format!("{}{within}</{}>", opened(&new_tag), node.name());
        }
        if new_tag != tag {
            self.edits.replace(row.range, new_tag);
        }
        Ok(())
    }

    /// A blank cell as it would look, with a mark.
    fn blank(&mut self, cell: CellRef, row_format: Option<usize>, severity: Severity) -> Result<String, MarkError> {
        let of_column = |(first, last, _): &&(u32, u32, usize)| (*first..=*last).contains(&cell.column);
        let format = row_format.or_else(|| self.columns.iter().find(of_column).map(|(_, _, format)| *format));
        let format = self.styles.marked(format.unwrap_or(0), severity)?;
        let p = &self.prefix;
        Ok(format!("<{p}c r=\"{cell}\" s=\"{format}\"/>"))
    }

    fn missing_rows(
        &mut self,
        end: &Node<'_>,
        rows: Pending,
        pending: &BTreeMap<u32, BTreeMap<u32, Severity>>,
    ) -> Result<(), MarkError> {
        let mut within = String::new();
        for (row, at) in rows.missing(end.range.start) {
            let mut cells = String::new();
            for (column, severity) in pending.get(&row).into_iter().flatten() {
                cells += &self.blank(CellRef { row, column: *column }, None, *severity)?;
            }
            let p = &self.prefix;
            let xml = format!("<{p}row r=\"{}\">{cells}</{p}row>", row + 1);
            if end.sort == MarkupKind::Empty { within += &xml } else { self.edits.insert(at, xml) }
        }
        if !within.is_empty() {
            self.edits.replace(end.range.clone(), format!("{}{within}</{}>", opened(end.tag), end.name()));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::marked::styles;

    fn coloured(text: &str, cells: &[&str]) -> String {
        let marks = cells.iter().map(|cell| (CellRef::parse(cell).unwrap(), Severity::Error)).collect();
        let mut styles = Styles::parse(styles::EMPTY.to_owned()).unwrap();
        let mut edits = Edits::default();
        colour(text, &marks, &mut styles, &mut edits).unwrap();
        edits.apply(text)
    }

    #[test]
    fn cells_that_are_not_there_come_in_order() {
        let text = r#"<worksheet><cols><col min="2" max="3" style="0"/></cols><sheetData><row r="2" spans="1:3"><c r="A2"><v>1</v></c><c r="C2" s="0"/></row><row r="5"/><row r="7"><c t="s"><v>0</v></c><c><v>3</v></c></row></sheetData></worksheet>"#;
        assert_eq!(
            coloured(text, &["B2", "D2", "C2", "A1", "B5", "A6", "B7", "C7", "A9"]),
            r#"<worksheet><cols><col min="2" max="3" style="0"/></cols><sheetData><row r="1"><c r="A1" s="1"/></row><row r="2"><c r="A2"><v>1</v></c><c r="B2" s="1"/><c r="C2" s="1"/><c r="D2" s="1"/></row><row r="5"><c r="B5" s="1"/></row><row r="6"><c r="A6" s="1"/></row><row r="7"><c t="s"><v>0</v></c><c s="1"><v>3</v></c><c r="C7" s="1"/></row><row r="9"><c r="A9" s="1"/></row></sheetData></worksheet>"#
        );
        assert_eq!(
            coloured("<x:worksheet><x:sheetData/></x:worksheet>", &["A2"]),
            r#"<x:worksheet><x:sheetData><x:row r="2"><x:c r="A2" s="1"/></x:row></x:sheetData></x:worksheet>"#
        );
    }

    #[test]
    fn unordered_cells_are_found_where_they_are() {
        let text = r#"<worksheet><sheetData><row r="3"><c r="B3"/><c r="A3"/></row><row r="1"><c r="A1"/></row></sheetData></worksheet>"#;
        let marked = coloured(text, &["A1", "A3"]);
        assert_eq!(marked.matches("<row").count(), 2);
        assert!(marked.contains(r#"<c s="1" r="A1"/>"#) && marked.contains(r#"<c s="1" r="A3"/>"#), "{marked}");
    }

    #[test]
    fn the_drawing_is_referred_to_in_its_place() {
        let text = "<worksheet><sheetData/><drawing r:id=\"a\"/><tableParts/></worksheet>";
        let mut edits = Edits::default();
        refer_to_drawing(text, "rId9", "urn:r", &mut edits).unwrap();
        assert_eq!(
            edits.apply(text),
            "<worksheet><sheetData/><drawing r:id=\"a\"/><legacyDrawing xmlns:r=\"urn:r\" r:id=\"rId9\"/><tableParts/></worksheet>"
        );
        let text = "<w:worksheet xmlns:q=\"urn:r\"><w:sheetData></w:sheetData></w:worksheet>";
        let mut edits = Edits::default();
        refer_to_drawing(text, "rId9", "urn:r", &mut edits).unwrap();
        assert!(edits.apply(text).ends_with("<w:legacyDrawing q:id=\"rId9\"/></w:worksheet>"));
    }

    #[test]
    fn the_foot_tells_merges_and_the_drawing() {
        let foot = Foot::from_text("<w xmlns:r=\"x\"><sheetData><row/></sheetData><mergeCells><mergeCell ref=\"B2:D3\"/></mergeCells><legacyDrawing r:id=\"rId2\"/></w>").unwrap();
        assert_eq!(foot.legacy.as_deref(), Some("rId2"));
        let cell = |address| CellRef::parse(address).unwrap();
        assert_eq!(foot.merges.at(cell("C3")).map(|area| area.first), Some(cell("B2")));
        assert_eq!(foot.merges.at(cell("E3")), None);
    }
}
