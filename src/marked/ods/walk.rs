//! What each tag of an OpenDocument spreadsheet is: of which sheet, row and cell. Passes over what the reader of
//! workbooks passes over, so that both count the same rows and columns. Changes nothing.

use crate::marked::MarkError;
use crate::marked::xml::{Node, Sort, Tags, attribute, unescaped};

/// What a tag belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The root.
    Root,
    /// `office:automatic-styles`.
    Styles,
    /// A direct child of those.
    Style,
    /// Something within such a child.
    InStyle,
    /// `office:spreadsheet`.
    Sheets,
    /// A sheet.
    Sheet,
    /// A column of a sheet, perhaps repeated.
    Column,
    /// A group of rows or columns, or what else stands in a sheet beside them.
    Block,
    /// A row, perhaps repeated.
    Row,
    /// A cell of that row, perhaps repeated, covered ones too.
    Cell,
    /// Something within that cell.
    InCell,
    /// Anything else.
    Other,
}

/// Where a row or cell stands, and how many alike.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Run {
    pub(super) first: u32,
    pub(super) count: u32,
}

impl Run {
    /// Begins where the former one ends.
    fn next(self, count: u32) -> Self {
        Self { first: self.end(), count }
    }

    /// Behind the last.
    pub(super) fn end(self) -> u32 {
        self.first.saturating_add(self.count)
    }

    pub(super) fn contains(self, place: u32) -> bool {
        (self.first..self.end()).contains(&place)
    }
}

/// What never holds cells that count: old versions beside the sheets, drawings, controls, copies of other files.
const PASSED_OVER: [&str; 4] = ["table:shapes", "office:forms", "table:table-source", "table:table"];

/// Goes through the tags.
pub(super) struct Walk<'x> {
    tags: Tags<'x>,
    /// Whether the text is one sheet or row, and no document.
    is_piece: bool,
    /// Depths of what is open.
    passed_over: Option<usize>,
    style: Option<usize>,
    in_styles: bool,
    sheet: Option<usize>,
    row_depth: Option<usize>,
    cell: Option<usize>,
    /// The row of the last [`Part::Row`].
    pub(super) row: Run,
    /// The columns of the last [`Part::Cell`].
    pub(super) columns: Run,
    /// The columns of the last [`Part::Column`].
    pub(super) column: Run,
}

impl<'x> Walk<'x> {
    pub(super) fn new(text: &'x str) -> Self {
        let (row, columns, column) = Default::default();
        Self {
            tags: Tags::new(text),
            is_piece: false,
            passed_over: None,
            style: None,
            in_styles: false,
            sheet: None,
            row_depth: None,
            cell: None,
            row,
            columns,
            column,
        }
    }

    /// Through one sheet's element, or one row's.
    pub(super) fn piece(text: &'x str) -> Self {
        Self { is_piece: true, ..Self::new(text) }
    }

    pub(super) fn next(&mut self) -> Result<Option<(Part, Node<'x>)>, MarkError> {
        let Some(node) = self.tags.next_tag()? else { return Ok(None) };
        let part = self.part(&node);
        Ok(Some((part, node)))
    }

    fn part(&mut self, node: &Node<'_>) -> Part {
        let is_end_of = |depth: usize| node.sort == Sort::End && node.depth == depth;
        if let Some(depth) = self.passed_over {
            self.passed_over = Some(depth).filter(|depth| !is_end_of(*depth));
            return Part::Other;
        }
        if let Some(depth) = self.cell {
            if !is_end_of(depth) {
                return Part::InCell;
            }
            self.cell = None;
            return Part::Cell;
        }
        if let Some(depth) = self.row_depth {
            return self.in_row(node, depth);
        }
        if let Some(depth) = self.sheet {
            return self.in_sheet(node, depth);
        }
        if let Some(depth) = self.style {
            if !is_end_of(depth) {
                return Part::InStyle;
            }
            self.style = None;
            return Part::Style;
        }
        self.outside(node)
    }

    fn in_row(&mut self, node: &Node<'_>, depth: usize) -> Part {
        if node.sort == Sort::End {
            self.row_depth = Some(depth).filter(|depth| node.depth != *depth);
            return Part::Row;
        }
        if !matches!(node.name(), "table:table-cell" | "table:covered-table-cell") {
            self.pass_over(node);
            return Part::Other;
        }
        self.columns = self.columns.next(count(node.tag, "table:number-columns-repeated"));
        self.cell = (node.sort == Sort::Start).then_some(node.depth);
        Part::Cell
    }

    fn in_sheet(&mut self, node: &Node<'_>, depth: usize) -> Part {
        if node.sort == Sort::End {
            if node.depth == depth {
                self.sheet = None;
                return Part::Sheet;
            }
            return Part::Block;
        }
        match node.name() {
            "table:table-row" => {
                self.row = self.row.next(count(node.tag, "table:number-rows-repeated"));
                self.columns = Run::default();
                self.row_depth = (node.sort == Sort::Start).then_some(node.depth);
                Part::Row
            }
            "table:table-column" => {
                self.column = self.column.next(count(node.tag, "table:number-columns-repeated"));
                Part::Column
            }
            name if PASSED_OVER.contains(&name) => {
                self.pass_over(node);
                Part::Other
            }
            _ => Part::Block,
        }
    }

    fn outside(&mut self, node: &Node<'_>) -> Part {
        match node.name() {
            "table:table-row" if self.is_piece => self.in_sheet(node, node.depth),
            _ if node.depth == 0 && !self.is_piece => Part::Root,
            "office:automatic-styles" => {
                self.in_styles = node.sort == Sort::Start;
                Part::Styles
            }
            _ if self.in_styles => {
                self.style = (node.sort == Sort::Start).then_some(node.depth);
                Part::Style
            }
            "office:spreadsheet" => Part::Sheets,
            "table:table" if node.sort != Sort::End => {
                // A copy of another file's sheet, kept for formulas that refer to it.
                if attribute(node.tag, "table:style-name") == Some("ta_extref") {
                    self.pass_over(node);
                    return Part::Other;
                }
                self.sheet = (node.sort == Sort::Start).then_some(node.depth);
                (self.row, self.column) = Default::default();
                Part::Sheet
            }
            "table:tracked-changes" => {
                self.pass_over(node);
                Part::Other
            }
            _ => Part::Other,
        }
    }

    fn pass_over(&mut self, node: &Node<'_>) {
        self.passed_over = (node.sort == Sort::Start).then_some(node.depth);
    }
}

/// A repetition or a span: at least one.
pub(super) fn count(tag: &str, name: &str) -> u32 {
    attribute(tag, name).and_then(|text| unescaped(text).trim().parse().ok()).unwrap_or(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_cells_are_counted_and_drawings_passed_over() {
        let sheet = "<table:table><table:shapes><table:table><table:table-row/></table:table></table:shapes>\
<table:table-column table:number-columns-repeated=\"3\"/><table:table-column/>\
<table:table-header-rows><table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"4\"/>\
<table:covered-table-cell><text:p><table:table-cell/></text:p></table:covered-table-cell></table:table-row></table:table-header-rows>\
<table:table-row><draw:frame><table:table-cell/></draw:frame><table:table-cell/></table:table-row></table:table>";
        let text = format!(
            "<office:document-content><office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body></office:document-content>"
        );
        for mut walk in [Walk::new(&text), Walk::piece(sheet)] {
            let mut cells = Vec::new();
            let mut columns = Vec::new();
            while let Some((part, node)) = walk.next().unwrap() {
                if part == Part::Cell && node.sort != Sort::End {
                    cells.push((walk.row.first, walk.row.count, walk.columns.first, walk.columns.count));
                }
                if part == Part::Column {
                    columns.push((walk.column.first, walk.column.end()));
                }
            }
            assert_eq!(cells, [(0, 2, 0, 4), (0, 2, 4, 1), (2, 1, 0, 1)]);
            assert_eq!(columns, [(0, 3), (3, 4)]);
        }
    }
}
