//! The hidden rows of xlsx sheets: only the tags of rows are looked at, for the parser tells nothing of them.

use std::io::BufRead;

use quick_xml::events::BytesStart;

use super::intake::Intake;
use super::package::Package;
use super::xlsx_looks::{Strikes, StruckTexts};
use super::xml::attribute;

/// The longest tag that is kept, bytes; that of a row is a fraction of it.
const TAG_BYTES: usize = 4_096;
/// Bytes of a text that are kept: enough for a number.
const TEXT_BYTES: usize = 32;

/// Tells the hidden rows of a part and the cells whose text is struck through by its own format, as far as it can be
/// read; `struck` holds such shared texts.
pub(super) fn tell_hidden_and_struck(
    package: &mut Package<'_>,
    part: &str,
    struck: Option<&StruckTexts>,
    intake: &mut Intake<'_>,
) {
    if let Some(part) = package.part(part) {
        let mut strikes = Strikes::of(struck);
        each_tag(part, |tag, text| {
            if let Some((place, mark)) = strikes.next(tag, text) {
                intake.mark(place, mark);
            }
            if let Some(row) = hidden(tag) {
                intake.hidden_rows(row, row);
            }
        });
    }
}

/// The row (from 0) that the inside of a tag hides, where it is a row's.
pub(super) fn hidden(tag: &[u8]) -> Option<u32> {
    const HIDDEN: &[u8] = b"hidden";
    let text = std::str::from_utf8(tag).ok().filter(|_| tag.windows(HIDDEN.len()).any(|window| window == HIDDEN))?;
    let name = text.split_ascii_whitespace().next()?;
    if name.rsplit(':').next() != Some("row") {
        return None;
    }
    let tag = BytesStart::from_content(text, name.len());
    let is_hidden = attribute(&tag, "hidden").is_some_and(|value| value == "1" || value == "true");
    attribute(&tag, "r").filter(|_| is_hidden)?.parse::<u32>().ok()?.checked_sub(1)
}

/// Hands over what stands between `<` and `>` and the beginning of the text before it, up to the end of the cells.
fn each_tag(mut part: impl BufRead, mut take: impl FnMut(&[u8], &[u8])) {
    let (mut tag, mut text) = (Vec::new(), Vec::new());
    let mut is_tag = false;
    while let Ok(bytes) = part.fill_buf() {
        if bytes.is_empty() {
            return;
        }
        let length = bytes.len();
        let mut rest = bytes;
        while !rest.is_empty() {
            let (kept, most, end) = if is_tag { (&mut tag, TAG_BYTES, b'>') } else { (&mut text, TEXT_BYTES, b'<') };
            let found = rest.iter().position(|byte| *byte == end);
            let piece = &rest[..found.unwrap_or(rest.len())];
            kept.extend_from_slice(&piece[..piece.len().min(most - kept.len())]);
            let Some(found) = found else { break };
            rest = &rest[found + 1..];
            if is_tag {
                if tag.starts_with(b"/") && tag.ends_with(b"sheetData") {
                    return;
                }
                take(&tag, &text);
                tag.clear();
                text.clear();
            }
            is_tag = !is_tag;
        }
        part.consume(length);
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;
    use crate::workbook::CellMark;
    use crate::workbook::xlsx_looks::StruckRuns;

    #[test]
    fn only_hidden_rows_among_the_cells_are_told() {
        let part = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>hidden=\"1\" row</v></c></row>\
            <row r=\"5\" spans=\"1:3\" hidden=\"1\" ht=\"0\"/><x:row hidden='true' r='7'></x:row><row r=\"8\" hidden=\"0\"/>\
            <rows r=\"9\" hidden=\"1\"/><row hidden=\"1\"/></sheetData><row r=\"20\" hidden=\"1\"/></worksheet>";
        let mut found = Vec::new();
        // In pieces of a few bytes, so that tags are cut.
        each_tag(BufReader::with_capacity(7, part.as_bytes()), |tag, _| found.extend(hidden(tag)));
        assert_eq!(found, [4, 6]);
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
        let mut found = Vec::new();
        let mut strikes = Strikes::of(Some(&struck));
        each_tag(part.as_bytes(), |tag, text| {
            found.extend(strikes.next(tag, text).map(|(place, mark)| (place.to_string(), mark)));
        });
        let known = |place: &str, mark| (place.to_owned(), mark);
        let (whole, part) = (CellMark::Struck, CellMark::PartlyStruck);
        assert_eq!(found, [known("A1", whole), known("D1", whole), known("F1", part)]);
    }
}
