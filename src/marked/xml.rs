//! XML parts as text with edits at byte offsets: what is not edited stays as it was written, byte for byte.
//! Knows no spreadsheet.

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::MarkError;

/// Elements within elements: real parts have some ten.
const DEPTH_MAX: usize = 256;
/// Excel's bound on the text of a cell, in UTF-16 units.
const TEXT_UNITS_MAX: usize = 32_767;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkupKind {
    /// `<a>`
    Start,
    /// `<a/>`
    Empty,
    /// `</a>`
    End,
}

/// One tag and its place.
#[derive(Clone, Debug)]
pub(super) struct Node<'x> {
    pub(super) sort: MarkupKind,
    /// Bytes of the tag, `<` and `>` included.
    pub(super) range: Range<usize>,
    /// The tag as written.
    pub(super) tag: &'x str,
    /// Number of elements around it: 0 for the root, for both its tags.
    pub(super) depth: usize,
}

impl<'x> Node<'x> {
    /// The name with its prefix.
    pub(super) fn name(&self) -> &'x str {
        name_of(self.tag)
    }

    /// The name without its prefix.
    pub(super) fn local(&self) -> &'x str {
        let name = self.name();
        name.rsplit_once(':').map_or(name, |(_, local)| local)
    }

    /// The prefix with its colon, or nothing.
    pub(super) fn prefix(&self) -> &'x str {
        let name = self.name();
        name.rfind(':').map_or("", |colon| &name[..=colon])
    }

    /// Reports whether an element of this local name begins here at this depth.
    pub(super) fn opens(&self, depth: usize, local: &str) -> bool {
        self.depth == depth && self.sort != MarkupKind::End && self.local() == local
    }

    /// Reports whether an element of this local name ends here (an empty one too) at this depth.
    pub(super) fn closes(&self, depth: usize, local: &str) -> bool {
        self.depth == depth && self.sort != MarkupKind::Start && self.local() == local
    }
}

fn name_of(tag: &str) -> &str {
    let name = tag.trim_start_matches(['<', '/']);
    &name[..name.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>').unwrap_or(name.len())]
}

/// The tags of a text, one after the other. Texts, comments, CDATA and instructions are passed over; no
/// entity is resolved, so none can grow.
pub(super) struct Tags<'x> {
    text: &'x str,
    reader: Reader<&'x [u8]>,
    base: usize,
    depth: usize,
}

impl<'x> Tags<'x> {
    pub(super) fn new(text: &'x str) -> Self {
        Self { text, reader: Reader::from_str(text), base: 0, depth: 0 }
    }

    /// From `offset` on, `depth` elements within.
    pub(super) fn from(text: &'x str, offset: usize, depth: usize) -> Self {
        let mut reader = Reader::from_str(&text[offset..]);
        reader.config_mut().allow_unmatched_ends = true;
        Self { text, reader, base: offset, depth }
    }

    pub(super) fn next_tag(&mut self) -> Result<Option<Node<'x>>, MarkError> {
        loop {
            let start = self.offset();
            let event = self.reader.read_event().map_err(|error| MarkError::damaged(error.to_string()))?;
            let sort = match event {
                Event::Start(_) => MarkupKind::Start,
                Event::Empty(_) => MarkupKind::Empty,
                Event::End(_) => MarkupKind::End,
                Event::Eof => return Ok(None),
                _ => continue,
            };
            let range = start..self.offset();
            if sort == MarkupKind::End {
                self.depth = self.depth.saturating_sub(1);
            }
            let depth = self.depth;
            if sort == MarkupKind::Start {
                self.depth += 1;
            }
            if self.depth > DEPTH_MAX {
                return Err(MarkError::TooLarge { what: format!("unsur XML-nya bersarang lebih dari {DEPTH_MAX}") });
            }
            let tag = self.text.get(range.clone()).ok_or_else(|| MarkError::damaged("XML tidak utuh"))?;
            return Ok(Some(Node { sort, range, tag, depth }));
        }
    }

    fn offset(&self) -> usize {
        self.base + usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX - self.base)
    }
}

/// Replacements and insertions by byte offset.
#[derive(Debug, Default)]
pub(super) struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    pub(super) fn replace(&mut self, range: Range<usize>, by: impl Into<String>) {
        self.0.push((range, by.into()));
    }

    pub(super) fn insert(&mut self, at: usize, what: impl Into<String>) {
        self.0.push((at..at, what.into()));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Writes `text` with the edits; of two that overlap the first counts.
    pub(super) fn write(mut self, text: &str, out: &mut impl Write) -> io::Result<()> {
        self.0.sort_by_key(|(range, _)| (range.start, range.end));
        let mut place = 0;
        for (range, by) in self.0 {
            if range.start >= place {
                out.write_all(&text.as_bytes()[place..range.start])?;
                out.write_all(by.as_bytes())?;
                place = range.end;
            }
        }
        out.write_all(&text.as_bytes()[place..])
    }

    /// Returns `text` with the edits.
    #[cfg(test)]
    pub(super) fn apply(self, text: &str) -> String {
        let mut out = Vec::with_capacity(text.len());
        // A vector takes every write, and whole strings go in.
        drop(self.write(text, &mut out));
        String::from_utf8_lossy(&out).into_owned()
    }
}

/// Attributes of a tag: qualified name and the place of the raw value within the tag.
pub(super) fn attributes(tag: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut place = tag.find(|c: char| c.is_ascii_whitespace()).unwrap_or(tag.len());
    std::iter::from_fn(move || {
        let equals = place + tag[place..].find('=')?;
        let name = tag[place..equals].trim();
        let quote_at = equals + 1 + tag[equals + 1..].find(['"', '\''])?;
        let quote = char::from(tag.as_bytes()[quote_at]);
        let end = quote_at + 1 + tag[quote_at + 1..].find(quote)?;
        place = end + 1;
        Some((name, quote_at + 1..end))
    })
}

/// The raw value of an attribute without prefix.
pub(super) fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    attributes(tag).find(|(known, _)| *known == name).map(|(_, range)| &tag[range])
}

/// The raw value of an attribute with whatever prefix (`r:id`).
pub(super) fn prefixed_attribute<'t>(tag: &'t str, local: &str) -> Option<&'t str> {
    let is = |name: &str| name.rsplit_once(':').is_some_and(|(prefix, name)| prefix != "xmlns" && name == local);
    attributes(tag).find(|(known, _)| is(known)).map(|(_, range)| &tag[range])
}

/// The tag with an attribute set to a value that needs no escaping.
pub(super) fn with_attribute(tag: &str, name: &str, value: &str) -> String {
    let found = attributes(tag).find(|(known, _)| *known == name).map(|(_, range)| range);
    if let Some(range) = found {
        return format!("{}{value}{}", &tag[..range.start], &tag[range.end..]);
    }
    let place = name_of(tag).len() + 1;
    format!("{} {name}=\"{value}\"{}", &tag[..place], &tag[place..])
}

/// The tag without an attribute.
pub(super) fn without_attribute(tag: &str, name: &str) -> String {
    let Some((_, range)) = attributes(tag).find(|(known, _)| *known == name) else { return tag.to_owned() };
    let start = tag[..range.start].rfind(name).unwrap_or(range.start);
    format!("{}{}", tag[..start].trim_end(), &tag[range.end + 1..])
}

/// `<a …/>` as `<a …>`.
pub(super) fn opened(tag: &str) -> String {
    let inner = tag.strip_suffix("/>").map_or(tag, str::trim_end);
    if inner.len() == tag.len() { tag.to_owned() } else { format!("{inner}>") }
}

/// The prefix (with colon) bound to a namespace on this tag.
pub(super) fn prefix_of(tag: &str, namespace: &str) -> Option<String> {
    attributes(tag)
        .find(|(name, range)| name.starts_with("xmlns:") && &tag[range.clone()] == namespace)
        .map(|(name, _)| format!("{}:", &name["xmlns:".len()..]))
}

/// A raw attribute value or text with its entities resolved; as written where one is unknown.
pub(super) fn unescaped(raw: &str) -> Cow<'_, str> {
    quick_xml::escape::unescape(raw).unwrap_or(Cow::Borrowed(raw))
}

/// Text safe in an element and in an attribute: what XML cannot hold and what turns the direction of writing
/// is left out, markup is escaped, and it is cut at what a cell takes.
pub(super) fn escaped(text: &str) -> String {
    let kept = fitting(text);
    // `_x0041_` in a part means the character A: the underscore is written as one itself.
    let mut out = String::with_capacity(kept.len());
    let mut done = 0;
    for (place, _) in kept.match_indices('_').filter(|(place, _)| is_escape(&kept.as_bytes()[*place..])) {
        out += &kept[done..place];
        out += "_x005F";
        done = place;
    }
    out += &kept[done..];
    // Apostrophes stay: they do no harm between these quotation marks.
    quick_xml::escape::partial_escape(out).replace('"', "&quot;")
}

/// Returns the text without characters that XML forbids, cut where a cell's limit is reached.
fn fitting(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut units = 0;
    for character in text.chars().filter(|c| may_stand(*c)) {
        units += character.len_utf16();
        if units > TEXT_UNITS_MAX - 1 {
            kept.push('…');
            break;
        }
        kept.push(character);
    }
    kept
}

fn is_escape(bytes: &[u8]) -> bool {
    matches!(bytes, [b'_', b'x', a, b, c, d, b'_', ..] if [a, b, c, d].iter().all(|digit| digit.is_ascii_hexdigit()))
}

fn may_stand(character: char) -> bool {
    let is_control = character.is_control() && !matches!(character, '\t' | '\n');
    let is_direction = matches!(character,
        '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let is_no_character = matches!(character, '\u{FFFE}' | '\u{FFFF}');
    !is_control && !is_direction && !is_no_character
}

/// The text of a part: UTF-8, or UTF-16 with its mark.
pub(super) fn decoded(part: &str, bytes: Vec<u8>) -> Result<String, MarkError> {
    let no_text = |error: &dyn std::error::Error| MarkError::damaged(format!("bagian {part} bukan teks XML: {error}"));
    let wide = |convert: fn([u8; 2]) -> u16| {
        let units = bytes[2..].chunks_exact(2).map(|pair| convert([pair[0], pair[1]]));
        let text: String = char::decode_utf16(units).collect::<Result<_, _>>().map_err(|error| no_text(&error))?;
        // It is written back as UTF-8, so what it says of its encoding has to go.
        Ok(match text.trim_start().starts_with("<?xml").then(|| text.find("?>")).flatten() {
            Some(end) => text[end + 2..].to_owned(),
            None => text,
        })
    };
    match bytes.as_slice() {
        [0xFF, 0xFE, ..] => wide(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => wide(u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, ..] => String::from_utf8(bytes[3..].to_vec()).map_err(|error| no_text(&error)),
        _ => String::from_utf8(bytes).map_err(|error| no_text(&error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_found_and_set() {
        let tag = r#"<x:c r="A1" s = '2' xr:id="{7}"/>"#;
        assert_eq!(attribute(tag, "s"), Some("2"));
        assert_eq!(attribute(tag, "id"), None);
        assert_eq!(prefixed_attribute(tag, "id"), Some("{7}"));
        assert_eq!(with_attribute(tag, "s", "9"), r#"<x:c r="A1" s = '9' xr:id="{7}"/>"#);
        assert_eq!(with_attribute("<c/>", "s", "9"), r#"<c s="9"/>"#);
        assert_eq!(with_attribute("<c>", "s", "9"), r#"<c s="9">"#);
        assert_eq!(without_attribute(r#"<row r="1" spans="1:3" s="1">"#, "spans"), r#"<row r="1" s="1">"#);
        assert_eq!(opened("<a b=\"1\" />"), "<a b=\"1\">");
    }

    #[test]
    fn tags_know_their_depth() {
        let mut tags = Tags::new("<?xml version='1.0'?><a><!-- <b> --><x:b c='>'/>t&amp;<d></d></a>");
        let mut seen = Vec::new();
        while let Some(node) = tags.next_tag().unwrap() {
            seen.push((node.local().to_owned(), node.depth, node.tag.to_owned()));
        }
        let names: Vec<(&str, usize)> = seen.iter().map(|(name, depth, _)| (name.as_str(), *depth)).collect();
        assert_eq!(names, [("a", 0), ("b", 1), ("d", 1), ("d", 1), ("a", 0)]);
        assert_eq!(seen[1].2, "<x:b c='>'/>");
    }

    #[test]
    fn hostile_text_stays_text() {
        assert_eq!(escaped("a\u{0}b\u{202E}<i>&\"_x000D_"), "ab&lt;i&gt;&amp;&quot;_x005F_x000D_");
        let long = escaped(&"x".repeat(40_000));
        assert_eq!(long.chars().count(), TEXT_UNITS_MAX);
        assert!(long.ends_with('…'));
        assert_eq!(escaped(&"x".repeat(TEXT_UNITS_MAX - 1)).len(), TEXT_UNITS_MAX - 1);
    }

    #[test]
    fn endless_nesting_is_refused() {
        let text = "<a>".repeat(DEPTH_MAX + 1);
        let mut tags = Tags::new(&text);
        let error = loop {
            match tags.next_tag() {
                Ok(Some(_)) => {}
                Ok(None) => panic!("taken"),
                Err(error) => break error,
            }
        };
        assert!(matches!(error, MarkError::TooLarge { .. }));
    }
}
