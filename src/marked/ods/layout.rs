//! Where things stand in `content.xml`: the styles, the sheets with their columns and merged areas, the list of an
//! earlier marked copy. Changes nothing.

use std::collections::BTreeSet;
use std::ops::Range;

use super::styles::{Styles, style_name};
use super::walk::{Part, Run, Walk, count};
use crate::domain::records::CellRef;
use crate::marked::MarkError;
use crate::marked::merges::{MERGES_MAX, Merges};
use crate::marked::xml::{Node, Sort, attribute, unescaped};

/// Sheets that are looked at.
const SHEETS_MAX: usize = 1_000;
/// Runs of columns of a sheet with a style of their own that are kept.
const COLUMN_RUNS_MAX: usize = 20_000;

/// What stands in a sheet before the place of one more row.
const BEFORE_ROWS_BELOW: [&str; 8] = [
    "table:table-column",
    "table:table-columns",
    "table:table-header-columns",
    "table:table-column-group",
    "table:table-row",
    "table:table-rows",
    "table:table-header-rows",
    "table:table-row-group",
];

/// One sheet.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) style: String,
    /// The whole element.
    pub(super) range: Range<usize>,
    /// Where a row below the last one belongs; none where the element is empty.
    pub(super) rows_end: Option<usize>,
    /// Rows that it has, repeated ones counted.
    pub(super) rows: u32,
    /// Style of the cells of columns, where they name none.
    pub(super) columns: Vec<(Run, String)>,
    /// Merged areas, of a sheet in which something is marked.
    pub(super) merges: Merges,
}

impl Sheet {
    /// The style that a column gives its cells.
    pub(super) fn column_style(&self, column: u32) -> Option<&str> {
        let end = self.columns.partition_point(|(run, _)| run.first <= column);
        self.columns[..end].last().filter(|(run, _)| run.contains(column)).map(|(_, style)| style.as_str())
    }
}

/// The document.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// The root's opening tag.
    pub(super) root: Range<usize>,
    /// The tag of the automatic styles, and whether that is all; before their closing tag.
    pub(super) styles_at: Option<(Range<usize>, bool)>,
    pub(super) styles_end: usize,
    /// The tag of the body: new styles belong before it where there are none.
    pub(super) body: Option<usize>,
    /// The tag of the sheets' parent, and whether that is all.
    pub(super) parent: Option<(Range<usize>, bool)>,
    pub(super) sheets: Vec<Sheet>,
}

/// Reads where things stand, and the styles. Merged areas are gathered of sheets of these names.
pub(super) fn read(text: &str, wanted: &BTreeSet<&str>) -> Result<(Layout, Styles), MarkError> {
    let (layout, styles) = Default::default();
    let mut reading = Reading { text, wanted, layout, styles, style_start: 0, merges: Vec::new(), is_whole: false };
    let mut walk = Walk::new(text);
    while let Some((part, node)) = walk.next()? {
        reading.take(part, &node, &walk)?;
    }
    if !reading.is_whole {
        return Err(MarkError::damaged("XML-nya tidak utuh"));
    }
    reading.styles.complete();
    Ok((reading.layout, reading.styles))
}

struct Reading<'r> {
    text: &'r str,
    wanted: &'r BTreeSet<&'r str>,
    layout: Layout,
    styles: Styles,
    style_start: usize,
    merges: Vec<(CellRef, CellRef)>,
    is_whole: bool,
}

impl Reading<'_> {
    fn take(&mut self, part: Part, node: &Node<'_>, walk: &Walk<'_>) -> Result<(), MarkError> {
        match part {
            Part::Root if node.sort == Sort::End => self.is_whole = true,
            Part::Root => {
                if node.name() != "office:document-content" {
                    return Err(MarkError::UnsupportedFormat);
                }
                self.layout.root = node.range.clone();
            }
            Part::Styles if node.sort == Sort::End => self.layout.styles_end = node.range.start,
            Part::Styles => {
                let is_empty = node.sort == Sort::Empty;
                self.layout.styles_at.get_or_insert((node.range.clone(), is_empty));
            }
            Part::Style => {
                if node.sort != Sort::End {
                    self.style_start = node.range.start;
                }
                if node.sort != Sort::Start && node.name() == "style:style" {
                    let range = self.style_start..node.range.end;
                    self.styles.take(range.clone(), &self.text[range]);
                }
            }
            Part::Sheets if node.sort != Sort::End => {
                self.layout.parent.get_or_insert((node.range.clone(), node.sort == Sort::Empty));
            }
            Part::Sheet => self.sheet(node)?,
            Part::Column if node.sort != Sort::End => self.column(node, walk.column),
            Part::Column | Part::Block | Part::Row => {
                let is_before_rows_below = node.sort != Sort::Start && BEFORE_ROWS_BELOW.contains(&node.name());
                if let Some(sheet) = self.layout.sheets.last_mut() {
                    sheet.rows_end = is_before_rows_below.then_some(node.range.end).or(sheet.rows_end);
                    sheet.rows = walk.row.end();
                }
            }
            Part::Cell if node.sort != Sort::End => self.cell(node, walk),
            Part::Other if node.name() == "office:body" && node.sort != Sort::End => {
                self.layout.body.get_or_insert(node.range.start);
            }
            Part::Sheets | Part::Cell | Part::InCell | Part::InStyle | Part::Other => {}
        }
        Ok(())
    }

    fn sheet(&mut self, node: &Node<'_>) -> Result<(), MarkError> {
        if node.sort != Sort::End {
            let name = unescaped(attribute(node.tag, "table:name").unwrap_or_default()).into_owned();
            let style = style_name(node.tag, "table:style-name").unwrap_or_default();
            let rows_end = (node.sort == Sort::Start).then_some(node.range.end);
            let range = node.range.clone();
            self.layout.sheets.push(Sheet { name, style, range, rows_end, ..Sheet::default() });
            if self.layout.sheets.len() > SHEETS_MAX {
                return Err(MarkError::TooLarge { what: format!("berisi lebih dari {SHEETS_MAX} lembar") });
            }
        } else if let Some(sheet) = self.layout.sheets.last_mut() {
            sheet.range.end = node.range.end;
            sheet.merges = Merges::of(std::mem::take(&mut self.merges));
        }
        Ok(())
    }

    fn column(&mut self, node: &Node<'_>, run: Run) {
        let Some(sheet) = self.layout.sheets.last_mut() else { return };
        if node.sort == Sort::Empty {
            sheet.rows_end = Some(node.range.end);
        }
        let style = style_name(node.tag, "table:default-cell-style-name");
        if let Some(style) = style.filter(|_| sheet.columns.len() < COLUMN_RUNS_MAX) {
            sheet.columns.push((run, style));
        }
    }

    fn cell(&mut self, node: &Node<'_>, walk: &Walk<'_>) {
        if node.name() != "table:table-cell" || self.merges.len() == MERGES_MAX {
            return;
        }
        let span = |name| count(node.tag, name) - 1;
        let (columns, rows) = (span("table:number-columns-spanned"), span("table:number-rows-spanned"));
        let is_wanted = |sheet: &Sheet| self.wanted.contains(sheet.name.as_str());
        if (columns, rows) != (0, 0) && self.layout.sheets.last().is_some_and(is_wanted) {
            let first = CellRef { row: walk.row.first, column: walk.columns.first };
            let last = CellRef { row: first.row.saturating_add(rows), column: first.column.saturating_add(columns) };
            self.merges.push((first, last));
        }
    }
}
