//! The merged areas of xlsx sheets. They stand behind the cells, and calamine parses every cell once more to
//! come to them; here the part is only inflated and searched, which halves the time of a large sheet.

use std::io::{BufRead, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Area;
use super::intake::Intake;
use super::package::Package;
use super::xml::attribute;
use crate::domain::records::CellRef;

const NEEDLE: &[u8] = b"mergeCells";
/// Bytes searched at a time.
const CHUNK: usize = 1 << 16;
/// The longest prefix of a tag's name, bytes: `<x:mergeCells`.
const PREFIX: usize = 24;
/// Bytes of the list of sheets.
pub(super) const WORKBOOK_BYTES: u64 = 4 << 20;

/// The part of each sheet, in the order of the workbook; none where the lists are not plain.
pub(super) fn parts(package: &mut Package<'_>) -> Option<Vec<String>> {
    let targets = package.relations("xl/_rels/workbook.xml.rels");
    let bytes = package.small_part("xl/workbook.xml", WORKBOOK_BYTES)?;
    let mut reader = Reader::from_reader(bytes.as_slice());
    let mut buffer = Vec::new();
    let mut parts = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer).ok()? {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "sheet" => {
                let id = tag
                    .attributes()
                    .filter_map(Result::ok)
                    .find(|attribute| attribute.key.as_ref().ends_with(":id"))?
                    .value
                    .into_owned();
                let mut known = targets.iter().filter(|(known, _)| *known == id);
                let (target, None) = (&known.next()?.1, known.next()) else { return None };
                parts.push(target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), ToOwned::to_owned));
            }
            Event::Eof => return Some(parts),
            _ => {}
        }
        buffer.clear();
    }
}

/// The merged areas of a part, at most one more than the limit; none where the part cannot be read.
pub(super) fn areas(package: &mut Package<'_>, part: &str, intake: &Intake<'_>) -> Option<Vec<Area>> {
    areas_in(package.part(part)?, intake)
}

/// The same of a part that is open already, from behind its cells on.
pub(super) fn areas_in(mut stream: impl BufRead, intake: &Intake<'_>) -> Option<Vec<Area>> {
    let start = find(&mut stream).ok()?;
    if start.is_empty() {
        return Some(Vec::new());
    }
    let mut reader = Reader::from_reader(Cursor::new(start).chain(stream));
    reader.config_mut().check_end_names = false;
    let mut buffer = Vec::new();
    let mut areas = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer).ok()? {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "mergeCell" => {
                areas.push(area(&tag)?);
            }
            Event::End(tag) if tag.local_name().as_ref() == "mergeCells" => return Some(areas),
            Event::Eof => return None,
            _ => {}
        }
        if areas.len() > intake.limits().merges {
            return Some(areas);
        }
        buffer.clear();
    }
}

/// What has been read from the opening tag on; nothing where there is no such tag.
fn find(stream: &mut impl BufRead) -> std::io::Result<Vec<u8>> {
    let mut held: Vec<u8> = Vec::with_capacity(2 * CHUNK);
    loop {
        let overlap = held.len().saturating_sub(NEEDLE.len() + PREFIX);
        held.drain(..overlap);
        let read = stream.by_ref().take(CHUNK as u64).read_to_end(&mut held)?;
        let mut found = held.windows(NEEDLE.len()).enumerate().filter(|(_, window)| *window == NEEDLE);
        let start = found.find_map(|(place, _)| tag_start(&held[..place]));
        if let Some(start) = start {
            held.drain(..start);
            return Ok(held);
        }
        if read == 0 {
            return Ok(Vec::new());
        }
    }
}

/// Where the tag begins whose name's end this is: text holds no `<`.
fn tag_start(before: &[u8]) -> Option<usize> {
    let place = before.iter().rposition(|byte| *byte == b'<')?;
    let prefix = &before[place + 1..];
    let is_prefix = prefix.is_empty()
        || (prefix.ends_with(b":") && prefix[..prefix.len() - 1].iter().all(u8::is_ascii_alphanumeric));
    (prefix.len() < PREFIX && is_prefix).then_some(place)
}

fn area(tag: &BytesStart<'_>) -> Option<Area> {
    area_of(&attribute(tag, "ref")?)
}

/// `A3:B5`.
pub(super) fn area_of(reference: &str) -> Option<Area> {
    let (first, last) = reference.split_once(':').unwrap_or((reference, reference));
    Some(Area { first: CellRef::parse(first)?, last: CellRef::parse(last)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tag_is_found_across_chunks_and_never_in_text() {
        let text = format!("<t>a:mergeCells mergeCells</t>{}", " ".repeat(CHUNK - 35));
        for tag in ["<mergeCells count=\"1\">", "<x:mergeCells>"] {
            let page = format!("{text}{tag}<mergeCell ref=\"A1:B2\"/>");
            let found = find(&mut page.as_bytes()).unwrap();
            assert!(found.starts_with(tag.as_bytes()), "{tag}");
        }
        assert!(find(&mut text.as_bytes()).unwrap().is_empty());
    }
}
