//! The hidden rows of xlsx sheets: only the tags of rows are looked at, for the parser tells nothing of them.

use std::io::BufRead;

use quick_xml::events::BytesStart;

use super::intake::Intake;
use super::package::Package;
use super::xml::attribute;

/// The longest tag that is kept, bytes; that of a row is a fraction of it.
const TAG_BYTES: usize = 4_096;

/// Tells the hidden rows of a part, as far as it can be read.
pub(super) fn tell_hidden(package: &mut Package<'_>, part: &str, intake: &mut Intake<'_>) {
    if let Some(part) = package.part(part) {
        each_tag(part, |tag| {
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

/// Hands over what stands between `<` and `>`, up to the end of the cells.
fn each_tag(mut part: impl BufRead, mut take: impl FnMut(&[u8])) {
    let mut tag: Option<Vec<u8>> = None;
    while let Ok(bytes) = part.fill_buf() {
        if bytes.is_empty() {
            return;
        }
        for byte in bytes {
            match (byte, &mut tag) {
                (b'<', _) => tag = Some(Vec::new()),
                (b'>', Some(inside)) => {
                    if inside.starts_with(b"/") && inside.ends_with(b"sheetData") {
                        return;
                    }
                    take(inside);
                    tag = None;
                }
                (_, Some(inside)) if inside.len() < TAG_BYTES => inside.push(*byte),
                _ => {}
            }
        }
        let read = bytes.len();
        part.consume(read);
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    #[test]
    fn only_hidden_rows_among_the_cells_are_told() {
        let part = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>hidden=\"1\" row</v></c></row>\
            <row r=\"5\" spans=\"1:3\" hidden=\"1\" ht=\"0\"/><x:row hidden='true' r='7'></x:row><row r=\"8\" hidden=\"0\"/>\
            <rows r=\"9\" hidden=\"1\"/><row hidden=\"1\"/></sheetData><row r=\"20\" hidden=\"1\"/></worksheet>";
        let mut found = Vec::new();
        // In pieces of a few bytes, so that tags are cut.
        each_tag(BufReader::with_capacity(7, part.as_bytes()), |tag| found.extend(hidden(tag)));
        assert_eq!(found, [4, 6]);
    }
}
