//! One XML part as a tree that can be changed and written again: names, prefixes and attributes as they came. Bounded in
//! elements and depth; refuses document types, whose entities grow without end. Knows no element.

use quick_xml::Reader;
use quick_xml::escape::{escape, resolve_predefined_entity};
use quick_xml::events::{BytesStart, Event};

use super::fault::TemplateFault;

/// Elements and texts of one part.
pub(super) const PART_NODES_MAX: usize = 500_000;
/// Elements within elements: real parts have some thirty.
pub(super) const DEPTH_MAX: usize = 200;

/// Piece of what an element holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum XmlNode {
    Element(XmlElement),
    /// Text as people read it, without escapes.
    Text(String),
}

/// One element with all that is in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct XmlElement {
    /// Name with its prefix (`w:p`).
    pub(super) name: String,
    /// Attributes in their order, their values escaped as they stood.
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<XmlNode>,
}

impl XmlNode {
    /// The element, where it is one.
    pub(super) fn element(&self) -> Option<&XmlElement> {
        match self {
            Self::Element(element) => Some(element),
            Self::Text(_) => None,
        }
    }

    /// Reports whether it is an element of this name.
    pub(super) fn is(&self, name: &str) -> bool {
        self.element().is_some_and(|element| element.name == name)
    }
}

impl XmlElement {
    /// An element without attributes.
    pub(super) fn new(name: &str, children: Vec<XmlNode>) -> Self {
        Self { name: name.to_owned(), attributes: Vec::new(), children }
    }

    /// Returns the child elements in order.
    pub(super) fn elements(&self) -> impl Iterator<Item = &XmlElement> {
        self.children.iter().filter_map(XmlNode::element)
    }

    /// Child elements, to be changed.
    pub(super) fn elements_mut(&mut self) -> impl Iterator<Item = &mut XmlElement> {
        self.children.iter_mut().filter_map(|node| match node {
            XmlNode::Element(element) => Some(element),
            XmlNode::Text(_) => None,
        })
    }

    /// The first child of this name.
    pub(super) fn child(&self, name: &str) -> Option<&XmlElement> {
        self.elements().find(|element| element.name == name)
    }

    /// Name without its prefix.
    pub(super) fn local(&self) -> &str {
        self.name.rsplit_once(':').map_or(self.name.as_str(), |(_, local)| local)
    }

    /// Value of an attribute, escaped as it stands.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Sets an attribute; the value is escaped here.
    pub(super) fn set(&mut self, name: &str, value: &str) {
        let value = escape(value).into_owned();
        match self.attributes.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = value,
            None => self.attributes.push((name.to_owned(), value)),
        }
    }

    /// All text directly in it.
    pub(super) fn text(&self) -> String {
        let texts = self.children.iter().filter_map(|node| match node {
            XmlNode::Text(text) => Some(text.as_str()),
            XmlNode::Element(_) => None,
        });
        texts.collect()
    }

    /// Replaces what is in it by a text.
    pub(super) fn set_text(&mut self, text: &str) {
        self.children = vec![XmlNode::Text(text.to_owned())];
    }

    /// Visits itself and all elements below it.
    pub(super) fn visit(&self, see: &mut dyn FnMut(&XmlElement)) {
        see(self);
        for element in self.elements() {
            element.visit(see);
        }
    }

    /// Visits itself and all elements below it, to change them.
    pub(super) fn visit_mut(&mut self, change: &mut dyn FnMut(&mut XmlElement)) {
        change(self);
        for element in self.elements_mut() {
            element.visit_mut(change);
        }
    }

    /// Number of elements and texts, itself included.
    pub(super) fn size(&self) -> usize {
        let children = self.children.iter().map(|node| node.element().map_or(1, XmlElement::size));
        1 + children.sum::<usize>()
    }

    fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(&self.name);
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            out.push_str(&value.replace('"', "&quot;"));
            out.push('"');
        }
        if self.children.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        for node in &self.children {
            match node {
                XmlNode::Element(element) => element.write(out),
                XmlNode::Text(text) => out.push_str(&escape(text.as_str())),
            }
        }
        out.push_str("</");
        out.push_str(&self.name);
        out.push('>');
    }
}

/// Reads a part into a tree.
pub(super) fn parse(part: &str, bytes: &[u8]) -> Result<XmlElement, TemplateFault> {
    let broken = |why: &str| {
        TemplateFault::of_file(
            format!("bagian {part} tidak dapat dibaca ({why})"),
            "buka berkasnya di Word, simpan lagi, lalu unggah lagi",
        )
    };
    let text = std::str::from_utf8(bytes).map_err(|_error| broken("bukan UTF-8"))?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    reader.config_mut().expand_empty_elements = true;
    let mut open: Vec<XmlElement> = Vec::new();
    let mut root = None;
    let mut nodes = 0;
    loop {
        let event = reader.read_event().map_err(|error| broken(&error.to_string()))?;
        nodes += 1;
        if nodes > PART_NODES_MAX {
            return Err(broken("terlalu besar"));
        }
        match event {
            Event::Start(start) => {
                if open.len() >= DEPTH_MAX {
                    return Err(broken("terlalu dalam"));
                }
                open.push(element(&start).ok_or_else(|| broken("atribut rusak"))?);
            }
            Event::End(_) => {
                let Some(done) = open.pop() else { return Err(broken("penutup tanpa pembuka")) };
                match open.last_mut() {
                    Some(parent) => parent.children.push(XmlNode::Element(done)),
                    None if root.is_none() => root = Some(done),
                    None => return Err(broken("lebih dari satu akar")),
                }
            }
            Event::Text(text) => say(&mut open, &text.xml10_content()),
            Event::CData(text) => say(&mut open, &text.xml10_content()),
            Event::GeneralRef(reference) => {
                let named = resolve_predefined_entity(&reference).map(ToOwned::to_owned);
                let letter = named.or_else(|| Some(reference.resolve_char_ref().ok()??.to_string()));
                say(&mut open, &letter.ok_or_else(|| broken("entitas tidak dikenal"))?);
            }
            Event::DocType(_) => return Err(broken("memuat DOCTYPE")),
            Event::Eof if open.is_empty() => return root.ok_or_else(|| broken("kosong")),
            Event::Eof => return Err(broken("terpotong")),
            Event::Empty(_) | Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
    }
}

fn element(start: &BytesStart<'_>) -> Option<XmlElement> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.ok()?;
        attributes.push((attribute.key.as_ref().to_owned(), attribute.value.into_owned()));
    }
    Some(XmlElement { name: start.name().as_ref().to_owned(), attributes, children: Vec::new() })
}

fn say(open: &mut [XmlElement], text: &str) {
    let Some(parent) = open.last_mut() else { return };
    match parent.children.last_mut() {
        Some(XmlNode::Text(before)) => before.push_str(text),
        _ => parent.children.push(XmlNode::Text(text.to_owned())),
    }
}

/// Writes a part from its tree.
pub(super) fn xml_bytes(root: &XmlElement) -> Vec<u8> {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    root.write(&mut out);
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_written_as_it_was_read() {
        let xml = r#"<w:p a="1 &amp; 2" b='say "x"'><w:t xml:space="preserve"> A &lt; B &#233; </w:t><w:br/></w:p>"#;
        let tree = parse("p", xml.as_bytes()).unwrap();
        let again = String::from_utf8(xml_bytes(&tree)).unwrap();
        let expected =
            r#"<w:p a="1 &amp; 2" b="say &quot;x&quot;"><w:t xml:space="preserve"> A &lt; B é </w:t><w:br/></w:p>"#;
        assert_eq!(again.lines().last().unwrap(), expected);
        assert_eq!(parse("p", again.as_bytes()).unwrap().size(), 4);
    }

    #[test]
    fn hostile_parts_are_refused() {
        let deep = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
        assert!(parse("p", deep(DEPTH_MAX).as_bytes()).is_ok());
        for (xml, why) in [
            (deep(DEPTH_MAX + 1), "terlalu dalam"),
            (format!("<a>{}</a>", "<b/>".repeat(PART_NODES_MAX / 2)), "terlalu besar"),
            ("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>".to_owned(), "DOCTYPE"),
            ("<a>&lol;</a>".to_owned(), "entitas"),
            ("<a><b></a>".to_owned(), "tidak dapat dibaca"),
            ("<a>".to_owned(), "terpotong"),
            (String::new(), "kosong"),
        ] {
            let fault = parse("p", xml.as_bytes()).unwrap_err().to_string();
            assert!(fault.contains(why), "{why}: {fault}");
        }
    }
}
