//! Sheets that the xlsx parser refuses a whole workbook for and that hold no cells: those of Excel 4 macros, and names
//! without a part, which old macros leave behind. The workbook is read without them.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::package::Package;

const PART: &str = "xl/workbook.xml";
/// Bytes of the list of sheets.
const PART_BYTES: u64 = 4 << 20;

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
    let id = sheet.attributes().filter_map(Result::ok).find(|attribute| attribute.key.as_ref().ends_with(":id"));
    let Some(id) = id.map(|id| id.value.into_owned()).filter(|id| !id.is_empty()) else { return true };
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
        let (data, missing) = (sheet("Mei", "a"), sheet("Juni", "z"));
        let all = [sheet("Macro1", "b"), data.clone(), sheet("Module1", ""), missing.clone()];
        let kept = kept(list(&all).as_bytes(), &targets).unwrap();
        assert_eq!(String::from_utf8(kept).unwrap(), list(&[data, missing]));
    }
}
