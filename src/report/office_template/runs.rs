//! Tags of a Word paragraph, each in a run of its own. Word splits what people type over runs as it likes: by looks, by
//! spelling, by when it was typed. A tag takes the looks of the run in which it begins. Knows no name.

use super::fault::TemplateFault;
use super::tag::{FoundTag, TemplateTag, has_braces, tags};
use super::xml_tree::{XmlElement, XmlNode};

/// Elements whose text is not part of the paragraph: others within, and what was taken out.
const APART: [&str; 4] = ["w:p", "w:del", "w:moveFrom", "w:delText"];

/// Puts each tag of a paragraph into a run of its own.
pub(super) fn isolate(paragraph: &mut XmlElement) -> Result<(), TemplateFault> {
    let mut slots = Vec::new();
    read_slots(paragraph, &mut slots);
    let text = slots.concat();
    if !has_braces(&text) {
        return Ok(());
    }
    let found = tags(&text)?;
    let mut at = 0;
    let mut changed = Vec::new();
    for slot in &slots {
        changed.push(gathered(&text, at..at + slot.len(), &found));
        at += slot.len();
    }
    let mut changed = changed.into_iter();
    write_slots(paragraph, &mut changed);
    split(&mut paragraph.children)
}

/// All text of a paragraph, without that of text boxes within.
pub(super) fn paragraph_text(paragraph: &XmlElement) -> String {
    let mut slots = Vec::new();
    read_slots(paragraph, &mut slots);
    slots.concat()
}

/// The tag that a run holds, where [`isolate`] put one there.
pub(super) fn tag_of(node: &XmlNode) -> Option<TemplateTag> {
    let run = node.element().filter(|element| element.name == "w:r")?;
    let text = run.child("w:t")?.text();
    if !text.starts_with("{{") {
        return None;
    }
    let found = tags(&text).ok()?;
    match <[FoundTag; 1]>::try_from(found) {
        Ok([one]) if one.range.len() == text.len() => Some(one.tag),
        _ => None,
    }
}

fn read_slots(element: &XmlElement, slots: &mut Vec<String>) {
    for child in element.elements().filter(|child| !APART.contains(&child.name.as_str())) {
        if child.name == "w:t" {
            slots.push(child.text());
        } else {
            read_slots(child, slots);
        }
    }
}

fn write_slots(element: &mut XmlElement, slots: &mut dyn Iterator<Item = String>) {
    for child in element.elements_mut().filter(|child| !APART.contains(&child.name.as_str())) {
        if child.name == "w:t" {
            let text = slots.next().unwrap_or_default();
            if text != child.text() {
                child.set_text(&text);
                child.set("xml:space", "preserve");
            }
        } else {
            write_slots(child, slots);
        }
    }
}

/// Returns the text of a slot when each tag stands whole where it begins.
fn gathered(text: &str, slot: std::ops::Range<usize>, found: &[FoundTag]) -> String {
    let mut out = String::new();
    let mut at = slot.start;
    for tag in found.iter().filter(|tag| tag.range.end > slot.start && tag.range.start < slot.end) {
        if tag.range.start >= slot.start {
            out.push_str(&text[at..tag.range.start]);
            out.push_str(&text[tag.range.clone()]);
        }
        at = tag.range.end.min(slot.end);
    }
    out.push_str(&text[at..slot.end]);
    out
}

/// Splits runs at the tags in them, however deep the runs stand in the paragraph.
fn split(children: &mut Vec<XmlNode>) -> Result<(), TemplateFault> {
    let mut done = Vec::with_capacity(children.len());
    for node in children.drain(..) {
        match node {
            XmlNode::Element(run) if run.name == "w:r" => split_run(run, &mut done)?,
            XmlNode::Element(mut other) if !APART.contains(&other.name.as_str()) => {
                split(&mut other.children)?;
                done.push(XmlNode::Element(other));
            }
            other => done.push(other),
        }
    }
    *children = done;
    Ok(())
}

fn split_run(run: XmlElement, done: &mut Vec<XmlNode>) -> Result<(), TemplateFault> {
    if !run.elements().any(|child| child.name == "w:t" && has_braces(&child.text())) {
        done.push(XmlNode::Element(run));
        return Ok(());
    }
    let looks = run.child("w:rPr").cloned();
    let empty = || {
        let children = looks.iter().cloned().map(XmlNode::Element).collect();
        XmlElement { name: run.name.clone(), attributes: run.attributes.clone(), children }
    };
    let bare = empty().children.len();
    let mut open = empty();
    for node in &run.children {
        let text = match node {
            XmlNode::Element(child) if child.name == "w:rPr" => continue,
            XmlNode::Element(child) if child.name == "w:t" => child.text(),
            other => {
                open.children.push(other.clone());
                continue;
            }
        };
        let mut at = 0;
        for tag in tags(&text)? {
            if tag.range.start > at {
                open.children.push(text_node(&text[at..tag.range.start]));
            }
            if open.children.len() > bare {
                done.push(XmlNode::Element(std::mem::replace(&mut open, empty())));
            }
            let mut alone = empty();
            alone.children.push(text_node(&text[tag.range.clone()]));
            done.push(XmlNode::Element(alone));
            at = tag.range.end;
        }
        if at < text.len() {
            open.children.push(text_node(&text[at..]));
        }
    }
    if open.children.len() > bare {
        done.push(XmlNode::Element(open));
    }
    Ok(())
}

/// A text of a run, its blanks kept.
pub(super) fn text_node(text: &str) -> XmlNode {
    let mut element = XmlElement::new("w:t", vec![XmlNode::Text(text.to_owned())]);
    element.set("xml:space", "preserve");
    XmlNode::Element(element)
}

#[cfg(test)]
mod tests {
    use super::super::xml_tree::{parse, xml_bytes};
    use super::*;

    fn isolated(inside: &str) -> (Vec<String>, XmlElement) {
        let mut paragraph = parse("p", format!("<w:p>{inside}</w:p>").as_bytes()).unwrap();
        isolate(&mut paragraph).unwrap();
        let mut texts = Vec::new();
        paragraph.visit(&mut |element| {
            if element.name == "w:r" {
                texts.push(element.elements().map(XmlElement::text).collect::<String>());
            }
        });
        (texts, paragraph)
    }

    fn run(looks: &str, text: &str) -> String {
        format!("<w:r><w:rPr>{looks}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
    }

    #[test]
    fn a_tag_in_three_runs_of_different_looks_becomes_one() {
        let inside = [run("<w:b/>", "Skor {{"), run("", "skor"), run("<w:i/>", "}} poin")].concat();
        let (texts, paragraph) = isolated(&inside);
        assert_eq!(texts, ["Skor ", "{{skor}}", "", " poin"]);
        // With the looks of its beginning.
        let xml = String::from_utf8(xml_bytes(&paragraph)).unwrap();
        assert!(xml.contains("<w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{{skor}}"), "{xml}");
    }

    #[test]
    fn braces_apart_links_and_several_tags_are_found() {
        let (texts, _) = isolated(&["{", "{", "a", "}", "}"].map(|text| run("", text)).concat());
        assert_eq!(texts, ["{{a}}", "", "", "", ""]);
        let linked = format!("<w:hyperlink>{}</w:hyperlink>{}", run("", "x{{a"), run("", "}}{{b}}y"));
        assert_eq!(isolated(&linked).0, ["x", "{{a}}", "{{b}}", "y"]);
        let marked = format!("{}<w:proofErr/><w:bookmarkStart/>{}", run("", "{{a"), run("", "b}}"));
        assert_eq!(isolated(&marked).0, ["{{ab}}", ""]);
    }

    #[test]
    fn breaks_and_pictures_of_a_run_keep_their_place() {
        let (texts, paragraph) = isolated("<w:r><w:t>a{{b}}</w:t><w:br/><w:drawing/><w:t>c</w:t></w:r>");
        assert_eq!(texts, ["a", "{{b}}", "c"]);
        let names: Vec<&str> =
            paragraph.elements().last().unwrap().elements().map(|element| element.name.as_str()).collect();
        assert_eq!(names, ["w:br", "w:drawing", "w:t"]);
    }

    #[test]
    fn text_boxes_and_what_was_taken_out_are_apart() {
        let boxed = "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>{{x}}</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>";
        let removed = "<w:del><w:r><w:delText>{{y}}</w:delText></w:r></w:del>";
        let mut paragraph = parse("p", format!("<w:p>{boxed}{removed}</w:p>").as_bytes()).unwrap();
        assert_eq!(paragraph_text(&paragraph), "");
        let before = paragraph.clone();
        isolate(&mut paragraph).unwrap();
        assert_eq!(paragraph, before);
    }
}
