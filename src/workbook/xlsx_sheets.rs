//! The list of sheets of an xlsx workbook: where their parts lie, whether formulas are still to be computed, and sheets
//! for which the parser refuses a whole workbook and that hold no cells: those of Excel 4 macros, and names without a
//! part, which old macros leave behind. The workbook is read without them.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::package::Package;
use super::xml::attribute;

const PART: &str = "xl/workbook.xml";
/// Bytes of the list of sheets.
const PART_BYTES: u64 = 4 << 20;

/// Facts that the list of sheets tells beside their names.
#[derive(Default)]
pub(super) struct SheetList {
    /// The part of each sheet, in the order of the workbook; none where the list is not plain.
    pub(super) parts: Option<Vec<String>>,
    /// The workbook says that its formulas are still to be computed; Excel takes that out when it saves.
    pub(super) are_to_be_computed: bool,
}

/// Reads the list of sheets.
pub(super) fn listed(package: &mut Package<'_>) -> SheetList {
    let targets = package.relations("xl/_rels/workbook.xml.rels");
    let bytes = package.small_part(PART, PART_BYTES).unwrap_or_default();
    let mut reader = Reader::from_reader(bytes.as_slice());
    let mut buffer = Vec::new();
    let mut listed = SheetList::default();
    let mut parts = Some(Vec::new());
    while let Ok(event) = reader.read_event_into(&mut buffer) {
        match event {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "sheet" => parts = parts.and_then(|parts| with_part(parts, &tag, &targets)),
                "calcPr" => {
                    let value = attribute(&tag, "fullCalcOnLoad");
                    listed.are_to_be_computed = value.is_some_and(|value| value == "1" || value == "true");
                }
                _ => {}
            },
            Event::Eof => {
                listed.parts = parts;
                break;
            }
            _ => {}
        }
        buffer.clear();
    }
    listed
}

/// The parts with that of one more sheet; none where it has not exactly one.
fn with_part(mut parts: Vec<String>, sheet: &BytesStart<'_>, targets: &[(String, String)]) -> Option<Vec<String>> {
    let id = relation(sheet)?;
    let mut known = targets.iter().filter(|(known, _)| *known == id);
    let (_, target) = known.next()?;
    if known.next().is_some() {
        return None;
    }
    parts.push(target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), ToOwned::to_owned));
    Some(parts)
}

/// The relation that a sheet names.
fn relation(sheet: &BytesStart<'_>) -> Option<String> {
    let id = sheet.attributes().filter_map(Result::ok).find(|attribute| attribute.key.as_ref().ends_with(":id"));
    Some(id?.value.into_owned())
}

/// The package without such sheets; none where it has none of them, or its list cannot be read.
pub(super) fn without_macros(package: &mut Package<'_>) -> Option<Vec<u8>> {
    let targets = package.relations("xl/_rels/workbook.xml.rels");
    let list = package.small_part(PART, PART_BYTES)?;
    let kept = kept(&list, &targets)?;
    (kept.len() < list.len()).then(|| package.with_part(PART, &kept))?
}

/// The list of sheets without those; the rest as it is written.
fn kept(list: &[u8], targets: &[(String, String)]) -> Option<Vec<u8>> {
    let mut reader = Reader::from_reader(list);
    let mut buffer = Vec::new();
    let mut kept = Vec::with_capacity(list.len());
    let mut start = 0;
    loop {
        let before = usize::try_from(reader.buffer_position()).ok()?;
        match reader.read_event_into(&mut buffer).ok()? {
            Event::Empty(tag) if tag.local_name().as_ref() == "sheet" && has_no_cells(&tag, targets) => {
                kept.extend_from_slice(list.get(start..before)?);
                start = usize::try_from(reader.buffer_position()).ok()?;
            }
            Event::Eof => break,
            _ => {}
        }
        buffer.clear();
    }
    kept.extend_from_slice(list.get(start..)?);
    Some(kept)
}

/// A sheet whose part is named and missing is damage, and stays.
fn has_no_cells(sheet: &BytesStart<'_>, targets: &[(String, String)]) -> bool {
    let Some(id) = relation(sheet).filter(|id| !id.is_empty()) else { return true };
    targets.iter().any(|(known, target)| *known == id && target.contains("macrosheets/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sheets_without_cells_go() {
        let sheet = |name: &str, id: &str| format!("<sheet name=\"{name}\" sheetId=\"1\" r:id=\"{id}\"/>");
        let list = |sheets: &[String]| format!("<workbook><sheets>{}</sheets></workbook>", sheets.concat());
        let targets = [("a", "worksheets/sheet1.xml"), ("b", "macrosheets/sheet1.xml")];
        let targets = targets.map(|(id, target)| (id.to_owned(), target.to_owned()));
        let data = sheet("Mei", "a");
        let missing = sheet("Juni", "z");
        let all = [sheet("Macro1", "b"), data.clone(), sheet("Module1", ""), missing.clone()];
        let kept = kept(list(&all).as_bytes(), &targets).unwrap();
        assert_eq!(String::from_utf8(kept).unwrap(), list(&[data, missing]));
    }
}
