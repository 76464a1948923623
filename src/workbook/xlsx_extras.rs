//! Facts of an xlsx sheet that calamine lacks, or gives only by parsing cells again: hidden columns and rows, texts
//! struck through by their own format, formulas that nobody computed, merged areas. All in one pass over the part.

use std::collections::BTreeSet;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::intake::{Intake, Seen};
use super::xlsx_looks::{StruckRuns, StruckTexts, is_on};
use super::xml::attribute;
use super::{Area, CellMark, CellValue, Limits, OpenError};
use crate::domain::records::CellRef;

/// Cells that one formula over an area may fill.
const AREA_CELLS_MAX: usize = 10_000;

/// Value that a formula's cell shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FormulaShows {
    /// Nothing: its value was never computed.
    Nothing,
    /// The zero that libraries write instead, or one that it came to.
    Zero,
    Value,
}

/// One thing that a part tells.
#[derive(Debug, PartialEq)]
pub(super) enum Extra {
    /// A hidden run of columns, first and last, from 0.
    HiddenColumns(u32, u32),
    /// A hidden row, from 0.
    HiddenRow(u32),
    /// A cell whose text is struck through by its own format.
    Struck(CellRef, CellMark),
    /// A formula, with the area that it fills: its own cell, or that of its array.
    Formula(FormulaShows, Area),
    Merge(Area),
}

/// Facts that were found in a sheet.
#[derive(Default)]
pub(super) struct Extras {
    hidden_columns: Vec<(u32, u32)>,
    hidden_rows: Vec<u32>,
    struck: Vec<(CellRef, CellMark)>,
    uncomputed: Vec<Area>,
    /// Cells whose formula shows zero.
    pub(super) zeros: BTreeSet<CellRef>,
    merges: Vec<Area>,
    /// The list of merged areas ends.
    are_merges_whole: bool,
}

impl Extras {
    /// Reads a part; `struck` holds the shared texts that are struck through.
    pub(super) fn read(part: impl BufRead, struck: Option<&StruckTexts>, limits: &Limits) -> Self {
        let mut extras = Self::default();
        let is_whole = read_extras(part, struck, |found| {
            match found {
                Extra::HiddenColumns(first, last) => extras.hidden_columns.push((first, last)),
                Extra::HiddenRow(row) => extras.hidden_rows.push(row),
                Extra::Struck(place, mark) => extras.struck.push((place, mark)),
                Extra::Formula(FormulaShows::Nothing, area) => extras.uncomputed.push(area),
                Extra::Formula(FormulaShows::Zero, area) => drop(extras.zeros.insert(area.first)),
                Extra::Formula(FormulaShows::Value, _) => {}
                Extra::Merge(area) => extras.merges.push(area),
            }
            // One more than the intake takes, so that it refuses the sheet.
            let cells = extras.uncomputed.len() + extras.zeros.len() + extras.struck.len();
            extras.merges.len() <= limits.merges && cells as u64 <= limits.cells
        });
        extras.are_merges_whole = is_whole;
        extras
    }

    /// Hands all over; gives the merged areas, where they could be read.
    pub(super) fn tell(self, intake: &mut Intake<'_>) -> Result<Option<Vec<Area>>, OpenError> {
        for (first, last) in self.hidden_columns {
            intake.hidden_columns(first, last);
        }
        for row in self.hidden_rows {
            intake.hidden_rows(row, row);
        }
        for (place, mark) in self.struck {
            intake.mark(place, mark);
        }
        for place in self.uncomputed.into_iter().flat_map(cells) {
            intake.cell(place, Seen::Value(CellValue::FormulaNotComputed))?;
        }
        Ok(self.are_merges_whole.then_some(self.merges))
    }
}

/// The cells that a formula fills.
fn cells(area: Area) -> impl Iterator<Item = CellRef> {
    let row = move |row| (area.first.column..=area.last.column).map(move |column| CellRef { row, column });
    (area.first.row..=area.last.row).flat_map(row).take(AREA_CELLS_MAX)
}

/// Reports whether no formula of a part shows anything but zero.
pub(super) fn shows_only_zeros(part: impl BufRead) -> bool {
    let mut is_computed = false;
    read_extras(part, None, |found| {
        is_computed |= matches!(found, Extra::Formula(FormulaShows::Value, _));
        !is_computed
    });
    !is_computed
}

/// Calls `take` for each thing that a part, or the rest of one from behind its cells on, tells, until it says no.
/// Reports whether no merged area was missed.
fn read_extras(part: impl BufRead, struck: Option<&StruckTexts>, mut take: impl FnMut(Extra) -> bool) -> bool {
    let mut reader = Reader::from_reader(part);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    let mut buffer = Vec::new();
    let mut sheet = ExtrasReader { struck: struck.filter(|struck| !struck.is_empty()), ..ExtrasReader::default() };
    while let Ok(event) = reader.read_event_into(&mut buffer) {
        let found = match event {
            Event::Start(tag) => sheet.start(&tag),
            Event::End(tag) => match tag.local_name().as_ref() {
                "mergeCells" => return !sheet.has_odd_merge,
                name => sheet.end(name),
            },
            Event::Text(text) => {
                sheet.text(&text.xml10_content());
                None
            }
            Event::GeneralRef(_) => {
                sheet.text("&");
                None
            }
            Event::Eof => break,
            _ => None,
        };
        if found.is_some_and(|found| !take(found)) {
            return true;
        }
        buffer.clear();
    }
    !sheet.is_in_merges
}

/// Where in the part the reader stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum SheetSection {
    /// Before the cells.
    #[default]
    Head,
    /// Among the cells.
    Cells,
    /// Behind them.
    Foot,
}

/// Where in a cell the reader stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum InCell {
    Nothing,
    Value,
    /// A text of the cell's own, and whether anything but blanks was in it.
    Text(bool),
}

/// A cell as far as it was read.
struct CellInPart {
    place: CellRef,
    kind: String,
    /// Opposite corner of the formula's area; none without a formula.
    last: Option<CellRef>,
    value: String,
    runs: StruckRuns,
    inside: InCell,
}

/// The sheet being read.
#[derive(Default)]
struct ExtrasReader<'s> {
    struck: Option<&'s StruckTexts>,
    part: SheetSection,
    /// Where the next cell stands that does not say so.
    next: CellRef,
    open: Option<CellInPart>,
    is_in_merges: bool,
    has_odd_merge: bool,
}

impl ExtrasReader<'_> {
    fn start(&mut self, tag: &BytesStart<'_>) -> Option<Extra> {
        match (self.part, tag.local_name().as_ref(), &mut self.open) {
            (SheetSection::Head, "col", _) => return hidden_columns(tag),
            (SheetSection::Head, "sheetData", _) => self.part = SheetSection::Cells,
            (SheetSection::Cells, "row", _) => {
                let row = attribute(tag, "r").and_then(|row| row.parse::<u32>().ok()?.checked_sub(1));
                self.next = CellRef { row: row.unwrap_or(self.next.row), column: 0 };
                return hidden_row(tag).map(Extra::HiddenRow);
            }
            (SheetSection::Cells, "c", _) => self.open = Some(CellInPart::from_tag(tag, self.next)),
            (SheetSection::Cells, "f", Some(open)) => open.last = Some(corner(tag, open.place)),
            (SheetSection::Cells, "v", Some(open)) => open.inside = InCell::Value,
            (SheetSection::Cells, "t", Some(open)) => open.inside = InCell::Text(false),
            (SheetSection::Cells, "r", Some(open)) => open.runs.begin(),
            (SheetSection::Cells, "strike", Some(open)) => open.runs.strike(is_on(tag)),
            (SheetSection::Head | SheetSection::Foot, "mergeCells", _) => self.is_in_merges = true,
            (SheetSection::Head | SheetSection::Foot, "mergeCell", _) => {
                let area = attribute(tag, "ref").and_then(|area| Area::parse(&area));
                self.has_odd_merge |= area.is_none();
                return area.map(Extra::Merge);
            }
            _ => {}
        }
        None
    }

    fn text(&mut self, text: &str) {
        match &mut self.open {
            Some(open) if open.inside == InCell::Value => open.value.push_str(text),
            Some(CellInPart { inside: InCell::Text(is_written), .. }) => *is_written |= !text.trim().is_empty(),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) -> Option<Extra> {
        match (name, &mut self.open) {
            ("v", Some(open)) => open.inside = InCell::Nothing,
            ("t", Some(open)) => {
                open.runs.text(open.inside == InCell::Text(true));
                open.inside = InCell::Nothing;
            }
            ("is", Some(open)) if open.kind == "inlineStr" => {
                return open.runs.mark().map(|mark| Extra::Struck(open.place, mark));
            }
            ("c", _) => {
                let open = self.open.take()?;
                self.next = CellRef { row: open.place.row, column: open.place.column.saturating_add(1) };
                return open.formula().or_else(|| open.struck(self.struck?));
            }
            ("row", _) => self.next = CellRef { row: self.next.row.saturating_add(1), column: 0 },
            ("sheetData", _) => self.part = SheetSection::Foot,
            _ => {}
        }
        None
    }
}

impl CellInPart {
    fn from_tag(tag: &BytesStart<'_>, next: CellRef) -> Self {
        let place = attribute(tag, "r").and_then(CellRef::parse).unwrap_or(next);
        let kind = attribute(tag, "t").unwrap_or_default();
        Self { place, kind, last: None, value: String::new(), runs: StruckRuns::default(), inside: InCell::Nothing }
    }

    fn formula(&self) -> Option<Extra> {
        let is_text = self.kind == "str" || self.kind == "inlineStr";
        let shown = match self.value.trim() {
            "" if !is_text => FormulaShows::Nothing,
            "0" if !is_text => FormulaShows::Zero,
            // An empty text is what the formula came to.
            _ => FormulaShows::Value,
        };
        Some(Extra::Formula(shown, Area { first: self.place, last: self.last? }))
    }

    /// Returns the strike of the shared text that the cell names; `None` where it has none.
    fn struck(&self, texts: &StruckTexts) -> Option<Extra> {
        let number = self.value.trim().parse().ok().filter(|_| self.kind == "s")?;
        Some(Extra::Struck(self.place, texts.mark(number)?))
    }
}

fn hidden_columns(tag: &BytesStart<'_>) -> Option<Extra> {
    let number = |name| attribute(tag, name)?.parse::<u32>().ok()?.checked_sub(1);
    let first = number("min")?;
    let last = number("max")?;
    (is_hidden(tag) && first <= last).then_some(Extra::HiddenColumns(first, last))
}

/// The row (from 0) that its tag hides.
pub(super) fn hidden_row(tag: &BytesStart<'_>) -> Option<u32> {
    attribute(tag, "r").filter(|_| is_hidden(tag))?.parse::<u32>().ok()?.checked_sub(1)
}

fn is_hidden(tag: &BytesStart<'_>) -> bool {
    attribute(tag, "hidden").is_some_and(|value| value == "1" || value == "true")
}

/// The last cell that a formula fills: its own, or the end of its array.
fn corner(tag: &BytesStart<'_>, place: CellRef) -> CellRef {
    let is_array = attribute(tag, "t").is_some_and(|kind| kind == "array");
    let area = attribute(tag, "ref").filter(|_| is_array).and_then(|area| Area::parse(&area));
    area.filter(|area| area.first == place).map_or(place, |area| area.last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_over_a_whole_sheet_fills_so_many_cells() {
        let sheet = Area::parse("A1:XFD1048576").unwrap();
        assert_eq!(cells(sheet).count(), AREA_CELLS_MAX);
    }

    fn found(part: &str, struck: Option<&StruckTexts>) -> (Vec<Extra>, bool) {
        let mut found = Vec::new();
        let is_whole = read_extras(part.as_bytes(), struck, |one| {
            found.push(one);
            true
        });
        (found, is_whole)
    }

    fn cell(address: &str) -> CellRef {
        CellRef::parse(address).unwrap()
    }

    #[test]
    fn only_hidden_columns_before_the_cells_are_told() {
        let part = "<worksheet><cols><col min=\"1\" max=\"2\" width=\"9\"/><col min=\"4\" max=\"6\" hidden=\"1\"/>\
            <col min=\"8\" max=\"8\" hidden=\"0\"/><col min=\"0\" max=\"1\" hidden=\"1\"/></cols>\
            <sheetData><col min=\"9\" max=\"9\" hidden=\"1\"/></sheetData></worksheet>";
        assert_eq!(found(part, None).0, [Extra::HiddenColumns(3, 5)]);
        assert_eq!(found("<worksheet><cols><col min=", None).0, []);
    }

    #[test]
    fn only_hidden_rows_among_the_cells_are_told() {
        let part = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>hidden=\"1\" row</v></c></row>\
            <row r=\"5\" spans=\"1:3\" hidden=\"1\" ht=\"0\"/><x:row hidden='true' r='7'></x:row><row r=\"8\" hidden=\"0\"/>\
            <rows r=\"9\" hidden=\"1\"/><row hidden=\"1\"/></sheetData><row r=\"20\" hidden=\"1\"/></worksheet>";
        assert_eq!(found(part, None).0, [Extra::HiddenRow(4), Extra::HiddenRow(6)]);
    }

    #[test]
    fn texts_are_struck_where_all_that_is_written_is() {
        let part = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>3</v></c><c r=\"B1\" t=\"s\"><v>4</v></c>\
            <c r=\"C1\"><v>3</v></c><c r=\"D1\" t=\"inlineStr\"><is><r><rPr><strike/></rPr><t>Pustu</t></r><r><t> </t></r></is></c>\
            <c r=\"E1\" t=\"inlineStr\"><is><r><rPr><strike val=\"0\"/></rPr><t>Pustu</t></r></is></c>\
            <c r=\"F1\" t=\"inlineStr\"><is><r><rPr><strike/></rPr><t>Pustu</t></r><r><t>A</t></r></is></c>\
            </row></sheetData></worksheet>";
        let mut struck = StruckTexts::default();
        let mut runs = StruckRuns::default();
        runs.strike(true);
        runs.text(true);
        struck.push(3, runs);
        let known = |address, mark| Extra::Struck(cell(address), mark);
        let whole = CellMark::Struck;
        let partly = CellMark::PartlyStruck;
        assert_eq!(found(part, Some(&struck)).0, [known("A1", whole), known("D1", whole), known("F1", partly)]);
    }

    #[test]
    fn formulas_and_what_they_show() {
        let part = "<worksheet><sheetData><row r=\"2\"><c r=\"B2\"><f>1+1</f></c><c r=\"C2\"><f>A1</f><v></v></c>\
            <c r=\"D2\" t=\"str\"><f>\"\"</f><v></v></c><c r=\"E2\"><f>A1</f><v>0</v></c><c><f>A1</f><v>7</v></c><c r=\"H2\"><v>0</v></c></row>\
            <row><c><f t=\"array\" ref=\"A3:A5\">B1:B3</f><v/></c><c r=\"B3\"><f t=\"shared\" si=\"0\"/></c></row></sheetData></worksheet>";
        let formula = |first, shown, last| Extra::Formula(shown, Area { first: cell(first), last: cell(last) });
        let expected = [
            formula("B2", FormulaShows::Nothing, "B2"),
            formula("C2", FormulaShows::Nothing, "C2"),
            formula("D2", FormulaShows::Value, "D2"),
            formula("E2", FormulaShows::Zero, "E2"),
            formula("F2", FormulaShows::Value, "F2"),
            formula("A3", FormulaShows::Nothing, "A5"),
            formula("B3", FormulaShows::Nothing, "B3"),
        ];
        assert_eq!(found(part, None).0, expected);
        assert!(!shows_only_zeros(part.as_bytes()));
        assert_eq!(cells(Area { first: cell("A3"), last: cell("B5") }).count(), 6);
    }

    #[test]
    fn merged_areas_of_a_part_and_of_its_rest() {
        let rest = "</sheetData><x:mergeCells count=\"1\"><mergeCell ref=\"A1:$B$2\"/></x:mergeCells><legacy";
        let area = || Extra::Merge(Area { first: cell("A1"), last: cell("B2") });
        let whole = format!("<worksheet><sheetData><c><is><t>&lt;mergeCells</t></is></c>{rest}");
        for part in [rest, whole.as_str()] {
            assert_eq!(found(part, None), (vec![area()], true), "{part}");
        }
        // Nothing is missed where there is no list, all may be where it breaks off or names no area.
        assert!(found("<worksheet><sheetData></sheetData><", None).1);
        assert!(!found("</sheetData><mergeCells><mergeCell ref=", None).1);
        assert!(!found("</sheetData><mergeCells><mergeCell ref=\"A\"/></mergeCells>", None).1);
    }
}
