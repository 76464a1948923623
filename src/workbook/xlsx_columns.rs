//! The hidden columns of xlsx sheets. They are listed before the cells, so that only the beginning of a part is read.

use std::io::{BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::package::Package;
use super::xml::attribute;

/// Bytes before the cells that are looked at.
const HEAD_BYTES: u64 = 1 << 20;

/// First and last column of each hidden run of a part, from 0; none where the part cannot be read.
pub(super) fn hidden(package: &mut Package<'_>, part: &str) -> Vec<(u32, u32)> {
    package.part(part).map(runs).unwrap_or_default()
}

fn runs(part: impl Read) -> Vec<(u32, u32)> {
    let mut reader = Reader::from_reader(BufReader::new(part.take(HEAD_BYTES)));
    let mut buffer = Vec::new();
    let mut runs = Vec::new();
    while let Ok(event) = reader.read_event_into(&mut buffer) {
        match event {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "col" => runs.extend(run(&tag)),
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "sheetData" => break,
            Event::Eof => break,
            _ => {}
        }
        buffer.clear();
    }
    runs
}

fn run(tag: &BytesStart<'_>) -> Option<(u32, u32)> {
    let is_hidden = attribute(tag, "hidden").is_some_and(|value| value == "1" || value == "true");
    let number = |name| attribute(tag, name)?.parse::<u32>().ok()?.checked_sub(1);
    Some((number("min")?, number("max")?)).filter(|(first, last)| is_hidden && first <= last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hidden_columns_before_the_cells_are_told() {
        let part = "<worksheet><cols><col min=\"1\" max=\"2\" width=\"9\"/><col min=\"4\" max=\"6\" hidden=\"1\"/>\
            <col min=\"8\" max=\"8\" hidden=\"0\"/><col min=\"0\" max=\"1\" hidden=\"1\"/></cols>\
            <sheetData><col min=\"9\" max=\"9\" hidden=\"1\"/></sheetData></worksheet>";
        assert_eq!(runs(part.as_bytes()), [(3, 5)]);
        assert_eq!(runs("<worksheet><cols><col min=".as_bytes()), []);
    }
}
