//! Formulas of xlsx sheets whose value was never computed: those without one, and in workbooks that ask to be computed
//! when they are opened those that show nothing but the zero which libraries write instead.

use std::collections::BTreeSet;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::intake::{Intake, Seen};
use super::package::Package;
use super::xlsx_merges::{WORKBOOK_BYTES, area_of};
use super::xml::attribute;
use super::{CellValue, OpenError};
use crate::domain::records::CellRef;

/// Cells that one formula over an area may fill.
const AREA_CELLS_MAX: usize = 10_000;

/// Reports whether the workbook says that its formulas are still to be computed; Excel takes that out when it saves.
pub(super) fn are_to_be_computed(package: &mut Package<'_>) -> bool {
    let bytes = package.small_part("xl/workbook.xml", WORKBOOK_BYTES).unwrap_or_default();
    let mut reader = Reader::from_reader(bytes.as_slice());
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag) | Event::Empty(tag)) if tag.local_name().as_ref() == "calcPr" => {
                return attribute(&tag, "fullCalcOnLoad").is_some_and(|value| value == "1" || value == "true");
            }
            Ok(Event::Eof) | Err(_) => return false,
            Ok(_) => {}
        }
        buffer.clear();
    }
}

/// Reports whether no formula of these parts shows anything but zero.
pub(super) fn show_only_zeros(package: &mut Package<'_>, parts: &[String]) -> bool {
    let mut is_computed = false;
    for part in parts {
        if let Some(part) = package.part(part) {
            each(part, |formula| {
                is_computed |= formula.shown == Shown::Value;
                !is_computed
            });
        }
    }
    !is_computed
}

/// The formulas of a part that show zero.
pub(super) fn zeros(package: &mut Package<'_>, part: &str) -> BTreeSet<CellRef> {
    let mut found = BTreeSet::new();
    if let Some(part) = package.part(part) {
        each(part, |formula| {
            found.extend((formula.shown == Shown::Zero).then_some(formula.place));
            true
        });
    }
    found
}

/// Hands over the formulas of a part that have no value, with the whole area where one fills it.
pub(super) fn tell_uncomputed(package: &mut Package<'_>, part: &str, intake: &mut Intake<'_>) -> Result<(), OpenError> {
    let Some(part) = package.part(part) else { return Ok(()) };
    let mut told = Ok(());
    each(part, |formula| {
        if formula.shown == Shown::Nothing {
            told =
                formula.places().try_for_each(|place| intake.cell(place, Seen::Value(CellValue::FormulaNotComputed)));
        }
        told.is_ok()
    });
    told
}

/// What a formula's cell shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    Nothing,
    Zero,
    Value,
}

/// A cell with a formula.
struct Formula {
    place: CellRef,
    shown: Shown,
    /// Opposite corner of the area that it fills.
    last: CellRef,
}

impl Formula {
    fn places(&self) -> impl Iterator<Item = CellRef> + use<> {
        let (first, last) = (self.place, self.last);
        let row = move |row| (first.column..=last.column).map(move |column| CellRef { row, column });
        (first.row..=last.row).flat_map(row).take(AREA_CELLS_MAX)
    }
}

/// A cell as far as it was read.
struct Open {
    place: CellRef,
    is_text: bool,
    /// Opposite corner of the formula's area; none without a formula.
    last: Option<CellRef>,
    value: String,
    in_value: bool,
}

impl Open {
    fn formula(self) -> Option<Formula> {
        let shown = match self.value.trim() {
            // An empty text is what the formula came to.
            "" if self.is_text => Shown::Value,
            "" => Shown::Nothing,
            "0" if !self.is_text => Shown::Zero,
            _ => Shown::Value,
        };
        Some(Formula { place: self.place, shown, last: self.last? })
    }
}

/// Calls `take` for each cell with a formula, until it says no.
fn each(part: impl BufRead, mut take: impl FnMut(Formula) -> bool) {
    let mut reader = Reader::from_reader(part);
    reader.config_mut().expand_empty_elements = true;
    let mut buffer = Vec::new();
    let mut next = CellRef { row: 0, column: 0 };
    let mut open: Option<Open> = None;
    while let Ok(event) = reader.read_event_into(&mut buffer) {
        match event {
            Event::Start(tag) => match (tag.local_name().as_ref(), &mut open) {
                ("row", _) => {
                    let row = attribute(&tag, "r").and_then(|row| row.parse::<u32>().ok()?.checked_sub(1));
                    next = CellRef { row: row.unwrap_or(next.row), column: 0 };
                }
                ("c", _) => open = Some(opened(&tag, next)),
                ("f", Some(open)) => open.last = Some(corner(&tag, open.place)),
                ("v", Some(open)) => open.in_value = true,
                _ => {}
            },
            Event::Text(text) => {
                if let Some(open) = open.as_mut().filter(|open| open.in_value && open.last.is_some()) {
                    open.value.push_str(&text.xml10_content());
                }
            }
            Event::End(tag) => match (tag.local_name().as_ref(), &mut open) {
                ("c", Some(_)) => {
                    if let Some(open) = open.take() {
                        next = CellRef { row: open.place.row, column: open.place.column.saturating_add(1) };
                        if !open.formula().is_none_or(&mut take) {
                            return;
                        }
                    }
                }
                ("v", Some(open)) => open.in_value = false,
                ("row", _) => next = CellRef { row: next.row.saturating_add(1), column: 0 },
                ("sheetData", _) => return,
                _ => {}
            },
            Event::Eof => return,
            _ => {}
        }
        buffer.clear();
    }
}

fn opened(tag: &BytesStart<'_>, next: CellRef) -> Open {
    let place = attribute(tag, "r").and_then(CellRef::parse).unwrap_or(next);
    let is_text = attribute(tag, "t").is_some_and(|sort| sort == "str" || sort == "inlineStr");
    Open { place, is_text, last: None, value: String::new(), in_value: false }
}

/// The last cell that a formula fills: its own, or the end of its array.
fn corner(tag: &BytesStart<'_>, place: CellRef) -> CellRef {
    let is_array = attribute(tag, "t").is_some_and(|sort| sort == "array");
    let area = attribute(tag, "ref").filter(|_| is_array).and_then(|area| area_of(&area));
    area.filter(|area| area.first == place).map_or(place, |area| area.last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_and_what_they_show() {
        let part = "<worksheet><sheetData><row r=\"2\"><c r=\"B2\"><f>1+1</f></c><c r=\"C2\"><f>A1</f><v></v></c>\
            <c r=\"D2\" t=\"str\"><f>\"\"</f><v></v></c><c r=\"E2\"><f>A1</f><v>0</v></c><c><f>A1</f><v>7</v></c><c r=\"H2\"><v>0</v></c></row>\
            <row><c><f t=\"array\" ref=\"A3:A5\">B1:B3</f><v/></c><c r=\"B3\"><f t=\"shared\" si=\"0\"/></c></row></sheetData></worksheet>";
        let mut found = Vec::new();
        each(part.as_bytes(), |formula| {
            found.push((formula.place.to_string(), formula.shown, formula.places().count()));
            true
        });
        let expected = [
            ("B2", Shown::Nothing, 1),
            ("C2", Shown::Nothing, 1),
            ("D2", Shown::Value, 1),
            ("E2", Shown::Zero, 1),
            ("F2", Shown::Value, 1),
            ("A3", Shown::Nothing, 3),
            ("B3", Shown::Nothing, 1),
        ];
        assert_eq!(found, expected.map(|(place, shown, cells)| (place.to_owned(), shown, cells)));
    }
}
