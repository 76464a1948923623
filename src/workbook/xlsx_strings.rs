//! The shared texts of an xlsx package, in their order, for `xlsx_plain`.

use std::io::BufRead;
use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;

use super::package::Package;
use super::xlsx_looks::{StruckRuns, StruckTexts, is_on};
use super::xml::attribute;

const PART: &str = "xl/sharedStrings.xml";

/// The shared texts of a workbook.
#[derive(Default)]
pub(super) struct Strings {
    /// All of them, none for one that is not plain.
    pub(super) texts: Vec<Option<Arc<str>>>,
    /// Those that are struck through by their own format.
    pub(super) struck: StruckTexts,
}

/// All shared texts; none where the part is not plain.
pub(super) fn read(package: &mut Package<'_>) -> Option<Strings> {
    if !package.has("xl/sharedstrings.xml") {
        return Some(Strings::default());
    }
    texts(package.part(PART)?)
}

fn texts(stream: impl BufRead) -> Option<Strings> {
    let mut reader = Reader::from_reader(stream);
    let mut buffer = Vec::new();
    let Strings { mut texts, mut struck } = Strings::default();
    let mut runs = StruckRuns::default();
    let mut open: Option<String> = None;
    let mut is_plain = true;
    let mut is_text = false;
    let mut keeps_space = false;
    loop {
        match reader.read_event_into(&mut buffer).ok()? {
            Event::Start(tag) => match tag.name().as_ref() {
                "si" => (open, is_plain, runs) = (Some(String::new()), true, StruckRuns::default()),
                "r" => runs.begin(),
                "t" => {
                    is_text = true;
                    keeps_space = attribute(&tag, "xml:space").is_some_and(|space| space == "preserve");
                }
                "rPh" => is_plain = false,
                "strike" => runs.strike(is_on(&tag)),
                _ => {}
            },
            Event::Empty(tag) if tag.name().as_ref() == "si" => texts.push(Some("".into())),
            Event::Empty(tag) if tag.name().as_ref() == "strike" => runs.strike(is_on(&tag)),
            Event::End(tag) => match tag.name().as_ref() {
                "si" => {
                    struck.push(texts.len(), runs);
                    texts.push(open.take().filter(|_| is_plain).map(Arc::from));
                }
                "t" => is_text = false,
                "sst" => return Some(Strings { texts, struck }),
                _ => {}
            },
            Event::Text(text) if is_text => {
                let text: &str = text.as_ref();
                let edges = |text: &str| text.starts_with(BLANKS) || text.ends_with(BLANKS);
                // Escapes, line ends of other systems and edges that do not count are the parser's business.
                is_plain &= !text.contains("_x") && !text.contains('\r') && (keeps_space || !edges(text));
                runs.text(!text.trim().is_empty());
                open.as_mut()?.push_str(text);
            }
            Event::Text(_) | Event::Empty(_) | Event::Decl(_) => {}
            Event::GeneralRef(name) if is_text => match resolve_predefined_entity(&name) {
                Some(character) => open.as_mut()?.push_str(character),
                None => is_plain = false,
            },
            _ => return None,
        }
        buffer.clear();
    }
}

const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];
