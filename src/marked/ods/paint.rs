//! The cells of one sheet: former marks out, new ones in. A run of equal rows or cells is split where one of them is
//! marked; what a sheet lacks is added. Values, formulas and all else stay as written.

use std::collections::BTreeMap;
use std::ops::Range;

use super::layout::Sheet;
use super::note;
use super::styles::{Stated, Styles, style_name};
use super::walk::{Part, Run, Walk};
use crate::diagnostic::Severity;
use crate::marked::MarkError;
use crate::marked::xml::{Edits, Sort, Tags, attribute, opened, with_attribute, without_attribute};

const ROWS_REPEATED: &str = "table:number-rows-repeated";
const COLUMNS_REPEATED: &str = "table:number-columns-repeated";
const STYLE: &str = "table:style-name";
/// The style of cells of which nothing else is said.
const DEFAULT: &str = "Default";
/// Bytes that marks may add to a document: splitting runs of long texts makes them again and again.
pub(super) const ADDED_BYTES_MAX: usize = 128 << 20;

/// What a cell gets.
#[derive(Debug)]
pub(super) struct Mark {
    pub(super) severity: Severity,
    /// Its comment; none above the limit of comments.
    pub(super) comment: Option<String>,
}

/// Marks by row and column.
pub(super) type Marks = BTreeMap<u32, BTreeMap<u32, Mark>>;

/// Changes the cells of one sheet.
pub(super) struct Painter<'p> {
    pub(super) sheet: &'p Sheet,
    pub(super) marks: &'p Marks,
    pub(super) styles: &'p mut Styles,
    /// Bytes that may still be added to the document.
    pub(super) bytes_left: &'p mut usize,
}

/// A row or cell being read, and whether something of an earlier copy may be in it.
#[derive(Default)]
struct Open {
    start: usize,
    tag: Range<usize>,
    run: Run,
    has_former: bool,
}

impl Painter<'_> {
    /// The edits of the whole sheet; `text` is the document.
    pub(super) fn paint(&mut self, text: &str, edits: &mut Edits) -> Result<(), MarkError> {
        let sheet = &text[self.sheet.range.clone()];
        let base = self.sheet.range.start;
        let mut walk = Walk::piece(sheet);
        let mut row = Open::default();
        while let Some((part, node)) = walk.next()? {
            match part {
                Part::Row => {
                    if node.sort != Sort::End {
                        let tag = node.range.clone();
                        row = Open { start: tag.start, tag, run: walk.row, has_former: false };
                    }
                    if node.sort != Sort::Start {
                        let range = row.start..node.range.end;
                        self.row(&sheet[range.clone()], &row, base + range.start, edits)?;
                    }
                }
                Part::Cell if node.sort != Sort::End => {
                    row.has_former |=
                        style_name(node.tag, STYLE).is_some_and(|own| self.styles.unmarked(&own).is_some());
                }
                Part::InCell => row.has_former |= node.name() == "office:annotation",
                _ => {}
            }
        }
        self.rows_below(sheet, base, edits)
    }

    /// One row element, perhaps of many rows.
    fn row(&mut self, xml: &str, row: &Open, at: usize, edits: &mut Edits) -> Result<(), MarkError> {
        let marks = self.marks;
        let mut wanted = marks.range(row.run.first..row.run.end()).peekable();
        if wanted.peek().is_none() && !row.has_former {
            return Ok(());
        }
        if row.run.count == 1 {
            let found = self.cells(xml, wanted.next().map(|(_, marks)| marks))?;
            for (range, by) in found {
                self.spend(by.len())?;
                edits.replace(at + range.start..at + range.end, by);
            }
            return Ok(());
        }
        let plain = applied(self.cells(xml, None)?, xml);
        let mut pieces = Pieces { element: &plain, attribute: ROWS_REPEATED, next: row.run.first, out: String::new() };
        for (number, marks) in wanted {
            let marked = applied(self.cells(&plain, Some(marks))?, &plain);
            pieces.push(*number, &marked)?;
            self.spend(marked.len() + plain.len())?;
        }
        let out = pieces.finish(row.run.end())?;
        edits.replace(at..at + xml.len(), out);
        Ok(())
    }

    /// What changes in a row's cells, with these marks alone.
    fn cells(
        &mut self,
        xml: &str,
        marks: Option<&BTreeMap<u32, Mark>>,
    ) -> Result<Vec<(Range<usize>, String)>, MarkError> {
        let mut found = Vec::new();
        let mut walk = Walk::piece(xml);
        let (mut cell, mut row_style, mut is_empty) = (Open::default(), None, false);
        let mut head = 0..0;
        while let Some((part, node)) = walk.next()? {
            match part {
                Part::Row if node.sort != Sort::End => {
                    row_style = style_name(node.tag, "table:default-cell-style-name");
                    (head, is_empty) = (node.range.clone(), node.sort == Sort::Empty);
                    if !is_empty {
                        continue;
                    }
                }
                Part::Cell => {
                    if node.sort != Sort::End {
                        cell = Open {
                            start: node.range.start,
                            tag: node.range.clone(),
                            run: walk.columns,
                            has_former: false,
                        };
                    }
                    if node.sort != Sort::Start {
                        let element = &xml[cell.start..node.range.end];
                        let changed = self.cell(element, &cell, row_style.as_deref(), marks)?;
                        found.extend(changed.map(|by| (cell.start..node.range.end, by)));
                    }
                    continue;
                }
                Part::InCell => continue,
                _ => {}
            }
            if part == Part::Row {
                let added = self.cells_beside(walk.columns.end(), row_style.as_deref(), marks)?;
                if !added.is_empty() && is_empty {
                    let tag = &xml[head.clone()];
                    let closing = format!("</{}>", node.name());
                    found.push((head.clone(), format!("{}{added}{closing}", opened(tag))));
                } else if !added.is_empty() {
                    found.push((node.range.start..node.range.start, added));
                }
            }
        }
        Ok(found)
    }

    /// One cell element, perhaps of many cells; none where nothing changes.
    fn cell(
        &mut self,
        element: &str,
        cell: &Open,
        row_style: Option<&str>,
        marks: Option<&BTreeMap<u32, Mark>>,
    ) -> Result<Option<String>, MarkError> {
        let plain = self.unmarked(element, cell)?;
        let wanted: Vec<(&u32, &Mark)> =
            marks.map(|marks| marks.range(cell.run.first..cell.run.end()).collect()).unwrap_or_default();
        if wanted.is_empty() {
            return Ok((plain != element).then_some(plain));
        }
        let own = style_name(first_tag(&plain)?, STYLE).map(Stated::Here);
        let mut pieces =
            Pieces { element: &plain, attribute: COLUMNS_REPEATED, next: cell.run.first, out: String::new() };
        for (column, mark) in wanted {
            let stated = own.clone().unwrap_or_else(|| self.inherited(*column, row_style));
            let marked = self.marked(&plain, &stated, mark)?;
            pieces.push(*column, &marked)?;
            if pieces.out.len() > ADDED_BYTES_MAX {
                return Err(too_much());
            }
        }
        let out = pieces.finish(cell.run.end())?;
        Ok((out != element).then_some(out))
    }

    /// The element without former marks.
    fn unmarked(&self, element: &str, cell: &Open) -> Result<String, MarkError> {
        let length = cell.tag.end - cell.tag.start;
        let tag = &element[..length];
        let former = style_name(tag, STYLE).and_then(|style| self.styles.unmarked(&style));
        let plain = match former {
            Some(Stated::Here(style)) => format!("{}{}", with_attribute(tag, STYLE, style), &element[length..]),
            Some(Stated::Inherited(_)) => format!("{}{}", without_attribute(tag, STYLE), &element[length..]),
            None => element.to_owned(),
        };
        if note::may_hold_ours(&plain) { note::without_ours(&plain) } else { Ok(plain) }
    }

    fn inherited(&self, column: u32, row_style: Option<&str>) -> Stated {
        let style = row_style.or_else(|| self.sheet.column_style(column)).unwrap_or(DEFAULT);
        Stated::Inherited(style.to_owned())
    }

    fn marked(&mut self, plain: &str, stated: &Stated, mark: &Mark) -> Result<String, MarkError> {
        let style = self.styles.marked(stated, mark.severity)?;
        let tag = first_tag(plain)?;
        let new = with_attribute(tag, STYLE, &style);
        let coloured = format!("{new}{}", &plain[tag.len()..]);
        match &mark.comment {
            Some(comment) => note::with_ours(&coloured, comment),
            None => Ok(coloured),
        }
    }

    /// Cells right of the last one that a row has.
    fn cells_beside(
        &mut self,
        end: u32,
        row_style: Option<&str>,
        marks: Option<&BTreeMap<u32, Mark>>,
    ) -> Result<String, MarkError> {
        let Some(marks) = marks else { return Ok(String::new()) };
        let blank = "<table:table-cell/>";
        let mut pieces = Pieces { element: blank, attribute: COLUMNS_REPEATED, next: end, out: String::new() };
        for (column, mark) in marks.range(end..) {
            let stated = self.inherited(*column, row_style);
            let marked = self.marked(blank, &stated, mark)?;
            pieces.push(*column, &marked)?;
        }
        Ok(pieces.out)
    }

    /// Rows below the last one that the sheet has.
    fn rows_below(&mut self, sheet: &str, base: usize, edits: &mut Edits) -> Result<(), MarkError> {
        let blank = "<table:table-row><table:table-cell/></table:table-row>";
        let marks = self.marks;
        let mut pieces = Pieces { element: blank, attribute: ROWS_REPEATED, next: self.sheet.rows, out: String::new() };
        for (row, marks) in marks.range(self.sheet.rows..) {
            let cells = self.cells_beside(0, None, Some(marks))?;
            pieces.push(*row, &format!("<table:table-row>{cells}</table:table-row>"))?;
        }
        let added = pieces.out;
        if added.is_empty() {
            return Ok(());
        }
        self.spend(added.len())?;
        if let Some(end) = self.sheet.rows_end {
            edits.insert(end, added);
        } else {
            let tag = first_tag(sheet)?;
            edits.replace(base..base + sheet.len(), format!("{}{added}</table:table>", opened(tag)));
        }
        Ok(())
    }

    fn spend(&mut self, bytes: usize) -> Result<(), MarkError> {
        *self.bytes_left = self.bytes_left.checked_sub(bytes).ok_or_else(too_much)?;
        Ok(())
    }
}

fn too_much() -> MarkError {
    MarkError::TooLarge { what: format!("tanda-tandanya menambah lebih dari {} MB", ADDED_BYTES_MAX >> 20) }
}

/// An element with these changes, which stand in their order.
fn applied(found: Vec<(Range<usize>, String)>, element: &str) -> String {
    let mut edits = Edits::default();
    for (range, by) in found {
        edits.replace(range, by);
    }
    edits.apply(element)
}

fn first_tag(element: &str) -> Result<&str, MarkError> {
    let node = Tags::new(element).next_tag()?;
    node.map(|node| node.tag).ok_or_else(|| MarkError::damaged("XML tidak utuh"))
}

/// A run of equal elements being cut into pieces.
struct Pieces<'e> {
    element: &'e str,
    /// The attribute that says how many.
    attribute: &'static str,
    /// The first place that is not written yet.
    next: u32,
    out: String,
}

impl Pieces<'_> {
    /// The equal ones before `place`, then one that is marked there.
    fn push(&mut self, place: u32, marked: &str) -> Result<(), MarkError> {
        self.plain_up_to(place)?;
        let one = repeated(marked, self.attribute, 1)?;
        self.add(&one)?;
        self.next = place.saturating_add(1);
        Ok(())
    }

    fn finish(mut self, end: u32) -> Result<String, MarkError> {
        self.plain_up_to(end)?;
        Ok(self.out)
    }

    fn plain_up_to(&mut self, end: u32) -> Result<(), MarkError> {
        if end > self.next {
            let plain = repeated(self.element, self.attribute, end - self.next)?;
            self.add(&plain)?;
        }
        Ok(())
    }

    /// What is known by an id stands once.
    fn add(&mut self, element: &str) -> Result<(), MarkError> {
        if !self.out.is_empty() && element.contains(ID) {
            self.out += &without_ids(element)?;
        } else {
            self.out += element;
        }
        Ok(())
    }
}

const ID: &str = "xml:id";

fn without_ids(element: &str) -> Result<String, MarkError> {
    let mut edits = Edits::default();
    let mut tags = Tags::new(element);
    while let Some(node) = tags.next_tag()? {
        if attribute(node.tag, ID).is_some() {
            edits.replace(node.range.clone(), without_attribute(node.tag, ID));
        }
    }
    Ok(edits.apply(element))
}

/// The element so many times.
fn repeated(element: &str, name: &str, count: u32) -> Result<String, MarkError> {
    let tag = first_tag(element)?;
    let states = attribute(tag, name).is_some();
    let new = match (states, count) {
        (false, 1) => return Ok(element.to_owned()),
        (true, 1) => without_attribute(tag, name),
        _ => with_attribute(tag, name, &count.to_string()),
    };
    Ok(format!("{new}{}", &element[tag.len()..]))
}
