//! A Word part filled in: values in the looks of their tags, rows of tables, paragraphs and pieces of a sentence once for
//! each row, pictures. Changes nothing else of the part.

use super::fault::TemplateFault;
use super::fields::{FieldPicture, FieldRows, FieldScope, TemplateField, value_words};
use super::runs::{isolate, paragraph_text, tag_of, text_node};
use super::tag::{TagName, TemplateTag, has_braces, tags};
use super::xml_tree::{XmlElement, XmlNode};

/// Elements and texts of everything that a template becomes.
pub(super) const WRITTEN_NODES_MAX: usize = 2_000_000;
/// English metric units in a millimetre.
const EMU_IN_MM: f64 = 36_000.0;
/// Twentieths of a point in a millimetre.
const DXA_IN_MM: f64 = 56.693;
/// Widest picture where the page does not say how wide its text is.
const PICTURE_MM: f64 = 160.0;
/// Highest picture: what a page holds.
const PICTURE_HEIGHT_MM: f64 = 230.0;
/// Width of pictures that are small by nature.
const LOGO_MM: f64 = 22.0;
/// Words where this paper has no such table, chart or value.
pub(super) const NOTHING: &str = "belum ada data";

/// Pictures and bounds of one paper, over all its parts.
pub(super) struct Filling<'f> {
    /// Fields of the paper.
    pub(super) fields: &'f FieldScope,
    /// Pictures that were placed, each once.
    pub(super) pictures: Vec<FieldPicture>,
    /// Numbers of pictures that the part at hand uses.
    pub(super) used: Vec<usize>,
    /// True where only the order of the tags is tried: every loop has one row.
    is_probe: bool,
    nodes: usize,
}

impl<'f> Filling<'f> {
    /// Begins with the fields of a paper.
    pub(super) fn new(fields: &'f FieldScope) -> Self {
        Self { fields, pictures: Vec::new(), used: Vec::new(), is_probe: false, nodes: 0 }
    }

    /// Tries whether the tags of a template are in order.
    pub(super) fn probe(fields: &'f FieldScope) -> Self {
        Self { is_probe: true, ..Self::new(fields) }
    }

    /// Counts what is written.
    pub(super) fn count(&mut self, nodes: usize) -> Result<(), TemplateFault> {
        self.nodes += nodes;
        if self.nodes > WRITTEN_NODES_MAX {
            return Err(TemplateFault::of_file(
                "hasilnya terlalu besar",
                "kurangi {{ulang: …}} di dalam {{ulang: …}}, atau pilih daftar yang lebih pendek",
            ));
        }
        Ok(())
    }

    /// The number under which a picture is kept.
    pub(super) fn keep(&mut self, picture: &FieldPicture) -> usize {
        let known = self.pictures.iter().position(|known| known.png == picture.png);
        let number = known.unwrap_or_else(|| {
            self.pictures.push(picture.clone());
            self.pictures.len() - 1
        });
        if !self.used.contains(&number) {
            self.used.push(number);
        }
        number
    }
}

/// Rows that stand around a place, outermost first.
#[derive(Clone, Copy)]
pub(super) struct OpenRows<'a> {
    pub(super) row: &'a FieldScope,
    pub(super) outer: Option<&'a OpenRows<'a>>,
}

impl<'a> OpenRows<'a> {
    pub(super) fn get(&self, name: &TagName) -> Option<&'a TemplateField> {
        let mut at = Some(self);
        while let Some(around) = at {
            if let Some(field) = around.row.get(&name.key) {
                return Some(field);
            }
            at = around.outer;
        }
        None
    }

    /// Rows of a name; none where the paper has none.
    pub(super) fn rows(&self, name: &TagName) -> &'a [FieldScope] {
        match self.get(name) {
            Some(TemplateField::Rows(FieldRows { rows, .. })) => rows,
            _ => &[],
        }
    }

    /// Words of a name. Inside rows a column that only other rows have is blank.
    pub(super) fn words(&self, name: &TagName) -> String {
        match self.get(name) {
            Some(TemplateField::Value(cell)) => value_words(cell),
            _ if self.outer.is_some() => String::new(),
            _ => NOTHING.to_owned(),
        }
    }
}

/// Fills a part of the package in.
pub(super) fn fill(root: &mut XmlElement, filling: &mut Filling<'_>) -> Result<(), TemplateFault> {
    let mut fault = None;
    root.visit_mut(&mut |element| {
        if element.name == "w:p" && fault.is_none() {
            fault = isolate(element).err();
        }
    });
    if let Some(fault) = fault {
        return Err(fault);
    }
    let around = OpenRows { row: filling.fields, outer: None };
    let width_mm = text_width(root);
    let mut filler = Filler { filling, width_mm };
    filler.element(root, &around)?;
    let mut number = 0;
    root.visit_mut(&mut |element| {
        if element.name == "wp:docPr" {
            number += 1;
            element.set("id", &number.to_string());
        }
    });
    Ok(())
}

struct Filler<'f, 'p> {
    filling: &'f mut Filling<'p>,
    /// Width of the text of a page.
    width_mm: f64,
}

impl Filler<'_, '_> {
    /// Fills what is in an element, then sees to it that Word still opens it.
    fn element(&mut self, element: &mut XmlElement, around: &OpenRows<'_>) -> Result<(), TemplateFault> {
        let former = self.width_mm;
        if element.name == "w:tc" {
            self.width_mm = cell_width(element).unwrap_or(former).min(former);
        }
        let children = std::mem::take(&mut element.children);
        element.children = self.children(children, around)?;
        self.width_mm = former;
        mended(element);
        Ok(())
    }

    fn children(&mut self, children: Vec<XmlNode>, around: &OpenRows<'_>) -> Result<Vec<XmlNode>, TemplateFault> {
        let mut done = Vec::new();
        let mut rest = children.into_iter();
        while let Some(node) = rest.next() {
            let balance = Balance::of_node(&node);
            if balance.closes > 0 {
                return Err(stray_end());
            }
            if balance.opens == 0 {
                if is_row_loop(&node) {
                    self.repeat(vec![node], around, &mut done)?;
                } else {
                    self.fill_node(node, around, &mut done)?;
                }
                continue;
            }
            if !is_unit(&node) {
                if rest.as_slice().iter().any(|next| Balance::of_node(next).closes > 0) {
                    return Err(crossing());
                }
                // Closed nowhere beside it: what is wrong is said where it stands.
                self.fill_node(node, around, &mut done)?;
                continue;
            }
            let mut span = vec![node];
            let mut depth = balance.opens;
            while depth > 0 {
                let Some(next) = rest.next() else { return Err(no_end(&span[0])) };
                let balance = Balance::of_node(&next);
                if balance.closes > depth {
                    return Err(stray_end());
                }
                depth -= balance.closes;
                if depth == 0 && (balance.opens > 0 || !is_unit(&next)) {
                    return Err(if balance.opens > 0 { close_and_open() } else { crossing() });
                }
                depth += balance.opens;
                span.push(next);
            }
            self.repeat(span, around, &mut done)?;
        }
        Ok(done)
    }

    /// Writes a span once for each row of the loop that begins in its first node.
    fn repeat(
        &mut self,
        mut span: Vec<XmlNode>,
        around: &OpenRows<'_>,
        done: &mut Vec<XmlNode>,
    ) -> Result<(), TemplateFault> {
        let last = span.len() - 1;
        let name = take_first_open(&mut span[0])?;
        take_last_end(&mut span[last])?;
        // Lines that held a mark alone go with it.
        let is_one = span.len() == 1;
        let mut place = 0;
        span.retain(|node| {
            place += 1;
            (place > 1 && place <= last) || is_one && !node.is("w:r") || !is_blank(node)
        });
        let probe = [FieldScope::default()];
        let rows = if self.filling.is_probe { probe.as_slice() } else { around.rows(&name) };
        for (number, row) in rows.iter().enumerate() {
            let mut copy = span.clone();
            if number > 0 {
                copy.iter_mut().for_each(without_identity);
            }
            let inner = OpenRows { row, outer: Some(around) };
            self.filling.count(copy.iter().map(|node| node.element().map_or(1, XmlElement::size)).sum())?;
            done.extend(self.children(copy, &inner)?);
        }
        Ok(())
    }

    fn fill_node(
        &mut self,
        node: XmlNode,
        around: &OpenRows<'_>,
        done: &mut Vec<XmlNode>,
    ) -> Result<(), TemplateFault> {
        match (tag_of(&node), node) {
            (Some(TemplateTag::Value(name)), XmlNode::Element(run)) => done.push(worded(run, &around.words(&name))),
            (Some(TemplateTag::Picture { name, width_mm }), XmlNode::Element(run)) => {
                done.push(self.picture(run, around.get(&name), width_mm));
            }
            (_, XmlNode::Element(mut element)) => {
                self.element(&mut element, around)?;
                done.push(XmlNode::Element(element));
            }
            (_, text) => done.push(text),
        }
        Ok(())
    }

    /// The run with the pictures in the place of its tag.
    fn picture(&mut self, mut run: XmlElement, field: Option<&TemplateField>, width_mm: Option<f64>) -> XmlNode {
        let pieces = match field {
            Some(TemplateField::Picture(pieces)) if !pieces.is_empty() => pieces,
            _ => return worded(run, NOTHING),
        };
        run.children.retain(|node| node.is("w:rPr"));
        for piece in pieces {
            let usual = if piece.is_small { LOGO_MM } else { self.width_mm };
            let width = width_mm.unwrap_or(usual).min(self.width_mm).min(PICTURE_HEIGHT_MM / piece.aspect.max(0.01));
            let number = self.filling.keep(piece);
            run.children.push(XmlNode::Element(drawing(number, piece, width)));
        }
        XmlNode::Element(run)
    }
}

/// Relation under which a picture is known in every part.
pub(super) fn picture_relation(number: usize) -> String {
    format!("rSimpul{}", number + 1)
}

/// Marks of loops in a node that have no partner in it.
#[derive(Clone, Copy, Default)]
struct Balance {
    closes: usize,
    opens: usize,
}

impl Balance {
    fn of_node(node: &XmlNode) -> Self {
        let mut balance = Self::default();
        balance.add(node);
        balance
    }

    fn add(&mut self, node: &XmlNode) {
        match tag_of(node) {
            Some(TemplateTag::Loop(_)) => self.opens += 1,
            Some(TemplateTag::End) if self.opens > 0 => self.opens -= 1,
            Some(TemplateTag::End) => self.closes += 1,
            _ => {
                for child in node.element().into_iter().flat_map(|element| &element.children) {
                    self.add(child);
                }
            }
        }
    }
}

/// Reports whether a mark may stand in this node for what lies between it and its partner: a tag's run, a paragraph, a row.
fn is_unit(node: &XmlNode) -> bool {
    ["w:r", "w:p", "w:tr"].into_iter().any(|name| node.is(name))
}

/// Reports whether a table's row holds a loop over itself: from one of its cells to another.
fn is_row_loop(node: &XmlNode) -> bool {
    let Some(row) = node.element().filter(|element| element.name == "w:tr") else { return false };
    row.children.iter().any(|cell| Balance::of_node(cell).opens > 0)
}

fn stray_end() -> TemplateFault {
    TemplateFault::of_file("{{akhir}} tanpa {{ulang: …}}", "hapus, atau tulis {{ulang: …}} sebelumnya")
}

fn no_end(node: &XmlNode) -> TemplateFault {
    let name = first_open(node).map(|name| name.words).unwrap_or_default();
    TemplateFault::of_file(
        format!("{{{{ulang: {name}}}}} tanpa {{{{akhir}}}}"),
        "tulis {{akhir}} sesudahnya, di bagian yang sama",
    )
}

fn crossing() -> TemplateFault {
    TemplateFault::of_file(
        "{{ulang: …}} dan {{akhir}} tidak di tempat yang setara",
        "taruh keduanya dalam satu baris tabel, dua baris tabel yang sama, satu alinea, atau dua alinea di luar tabel",
    )
}

fn close_and_open() -> TemplateFault {
    TemplateFault::of_file(
        "{{akhir}} dan {{ulang: …}} berikutnya berdiri di alinea atau baris yang sama",
        "pisahkan menjadi dua alinea atau dua baris",
    )
}

fn first_open(node: &XmlNode) -> Option<TagName> {
    if let Some(TemplateTag::Loop(name)) = tag_of(node) {
        return Some(name);
    }
    node.element()?.children.iter().find_map(first_open)
}

/// Takes the first mark that opens a loop out of a node. It stands before all else, so that what is repeated is what one
/// sees.
fn take_first_open(node: &mut XmlNode) -> Result<TagName, TemplateFault> {
    let mut found = None;
    let is_first = take(node, &mut found, &mut |tag| matches!(tag, TemplateTag::Loop(_)), SeenFrom::Start);
    match (found, is_first) {
        (Some(TemplateTag::Loop(name)), true) => Ok(name),
        _ => Err(TemplateFault::of_file(
            "{{ulang: …}} didahului tulisan lain",
            "taruh paling awal di alinea itu, atau di awal sel pertama baris tabelnya",
        )),
    }
}

fn take_last_end(node: &mut XmlNode) -> Result<(), TemplateFault> {
    let mut found = None;
    if take(node, &mut found, &mut |tag| *tag == TemplateTag::End, SeenFrom::End) {
        return Ok(());
    }
    Err(TemplateFault::of_file(
        "sesudah {{akhir}} ada tulisan lain",
        "taruh paling akhir di alinea itu, atau di akhir sel terakhir baris tabelnya",
    ))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum SeenFrom {
    Start,
    End,
}

/// Takes the first tag of a sort out, seen from one side; `true` if no text stands on that side of it.
fn take(
    node: &mut XmlNode,
    found: &mut Option<TemplateTag>,
    is_wanted: &mut dyn FnMut(&TemplateTag) -> bool,
    direction: SeenFrom,
) -> bool {
    if let Some(tag) = tag_of(node).filter(|tag| is_wanted(tag)) {
        if let XmlNode::Element(run) = node {
            run.children.retain(|child| !child.is("w:t"));
        }
        *found = Some(tag);
        return true;
    }
    if node.is("w:t") {
        return node.element().is_some_and(|text| text.text().trim().is_empty());
    }
    let XmlNode::Element(element) = node else { return true };
    let count = element.children.len();
    for step in 0..count {
        let place = if direction == SeenFrom::Start { step } else { count - 1 - step };
        let is_free = take(&mut element.children[place], found, is_wanted, direction);
        if found.is_some() || !is_free {
            return is_free && found.is_some();
        }
    }
    true
}

/// Reports whether nothing is seen of a node.
fn is_blank(node: &XmlNode) -> bool {
    const SEEN: [&str; 8] =
        ["w:drawing", "w:pict", "w:object", "w:sectPr", "w:fldChar", "w:fldSimple", "w:sym", "w:br"];
    let Some(element) = node.element() else { return true };
    let mut is_blank = true;
    element.visit(&mut |inner| {
        let is_text = inner.name == "w:t" && !inner.text().trim().is_empty();
        is_blank &= !is_text && !SEEN.contains(&inner.name.as_str());
    });
    is_blank
}

/// Takes out what may stand in a document once.
fn without_identity(node: &mut XmlNode) {
    const ONCE: [&str; 5] =
        ["w:bookmarkStart", "w:bookmarkEnd", "w:commentRangeStart", "w:commentRangeEnd", "w:commentReference"];
    let XmlNode::Element(element) = node else { return };
    element.visit_mut(&mut |inner| {
        inner.children.retain(|child| !child.element().is_some_and(|child| ONCE.contains(&child.name.as_str())));
        inner.attributes.retain(|(name, _)| !matches!(name.as_str(), "w14:paraId" | "w14:textId"));
    });
}

/// Mends what Word does not open: a cell or box without a paragraph at its end, a table without rows.
fn mended(element: &mut XmlElement) {
    element.children.retain(|node| {
        !node.element().is_some_and(|table| {
            table.name == "w:tbl" && !table.elements().any(|row| row.local() == "tr" || row.local() == "sdt")
        })
    });
    let is_box =
        matches!(element.name.as_str(), "w:tc" | "w:txbxContent" | "w:hdr" | "w:ftr" | "w:footnote" | "w:endnote");
    let ends = element.elements().last().is_some_and(|last| matches!(last.name.as_str(), "w:p" | "w:sdt"));
    if is_box && !ends {
        element.children.push(XmlNode::Element(XmlElement::new("w:p", Vec::new())));
    }
}

/// A run with words in the place of its text.
fn worded(mut run: XmlElement, words: &str) -> XmlNode {
    run.children.retain(|node| node.is("w:rPr"));
    for (place, line) in words.split('\n').enumerate() {
        if place > 0 {
            run.children.push(XmlNode::Element(XmlElement::new("w:br", Vec::new())));
        }
        let line: String = line.chars().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect();
        run.children.push(text_node(&line));
    }
    XmlNode::Element(run)
}

/// Width of a page's text by the last section.
fn text_width(root: &XmlElement) -> f64 {
    let mut width = PICTURE_MM;
    root.visit(&mut |element| {
        let number = |child: &str, name: &str| {
            element.child(child).and_then(|found| found.attribute(name)).and_then(|value| value.parse::<f64>().ok())
        };
        if element.name == "w:sectPr"
            && let (Some(page), Some(left), Some(right)) =
                (number("w:pgSz", "w:w"), number("w:pgMar", "w:left"), number("w:pgMar", "w:right"))
        {
            width = ((page - left - right) / DXA_IN_MM).clamp(20.0, 400.0);
        }
    });
    width
}

/// Width of a cell's text, where the cell says it.
fn cell_width(cell: &XmlElement) -> Option<f64> {
    let width = cell.child("w:tcPr")?.child("w:tcW")?;
    if width.attribute("w:type") != Some("dxa") {
        return None;
    }
    let width: f64 = width.attribute("w:w")?.parse().ok()?;
    Some((width / DXA_IN_MM - 4.0).max(5.0))
}

fn drawing(number: usize, picture: &FieldPicture, width_mm: f64) -> XmlElement {
    let wide = format!("{:.0}", width_mm * EMU_IN_MM);
    let high = format!("{:.0}", width_mm * picture.aspect * EMU_IN_MM);
    let name = format!("Gambar {}", number + 1);
    let element = |name: &str, attributes: &[(&str, &str)], children: Vec<XmlElement>| {
        let mut element = XmlElement::new(name, children.into_iter().map(XmlNode::Element).collect());
        for (name, value) in attributes {
            element.set(name, value);
        }
        element
    };
    let described =
        |tag: &str, more: Vec<XmlElement>| element(tag, &[("id", "1"), ("name", &name), ("descr", &picture.alt)], more);
    let size = |tag: &str| element(tag, &[("cx", &wide), ("cy", &high)], Vec::new());
    let relation = picture_relation(number);
    let blip = element(
        "a:blip",
        &[("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"), ("r:embed", &relation)],
        Vec::new(),
    );
    let stretch = element("a:stretch", &[], vec![element("a:fillRect", &[], Vec::new())]);
    let frame = element("a:xfrm", &[], vec![element("a:off", &[("x", "0"), ("y", "0")], Vec::new()), size("a:ext")]);
    let shape = element("a:prstGeom", &[("prst", "rect")], vec![element("a:avLst", &[], Vec::new())]);
    let picture_namespace = "http://schemas.openxmlformats.org/drawingml/2006/picture";
    let inside = element(
        "pic:pic",
        &[("xmlns:pic", picture_namespace)],
        vec![
            element(
                "pic:nvPicPr",
                &[],
                vec![described("pic:cNvPr", Vec::new()), element("pic:cNvPicPr", &[], Vec::new())],
            ),
            element("pic:blipFill", &[], vec![blip, stretch]),
            element("pic:spPr", &[], vec![frame, shape]),
        ],
    );
    let graphic = element(
        "a:graphic",
        &[("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main")],
        vec![element("a:graphicData", &[("uri", picture_namespace)], vec![inside])],
    );
    let inline = element(
        "wp:inline",
        &[
            ("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
            ("distT", "0"),
            ("distB", "0"),
            ("distL", "0"),
            ("distR", "0"),
        ],
        vec![size("wp:extent"), described("wp:docPr", Vec::new()), graphic],
    );
    element("w:drawing", &[], vec![inline])
}

/// Texts of the paragraphs of a part with their places, in the order of reading.
pub(super) fn paragraphs(root: &XmlElement, title: &str) -> Vec<(String, String)> {
    let mut number = 0;
    let mut found = Vec::new();
    root.visit(&mut |element| {
        if element.name == "w:p" {
            number += 1;
            let text = paragraph_text(element);
            if has_braces(&text) {
                found.push((format!("{title}, alinea {number}"), text));
            }
        }
    });
    found
}

/// Reports whether some text with braces stands where no paragraph is filled in.
pub(super) fn has_loose_tags(root: &XmlElement) -> bool {
    let mut is_loose = false;
    root.visit(&mut |element| {
        is_loose |= element.local() == "t"
            && element.name != "w:t"
            && tags(&element.text()).is_ok_and(|found| !found.is_empty());
    });
    is_loose
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_template_becomes_is_bounded() {
        let fields = FieldScope::default();
        let mut filling = Filling::new(&fields);
        assert!(filling.count(WRITTEN_NODES_MAX).is_ok());
        assert!(filling.count(1).unwrap_err().to_string().contains("terlalu besar"));
    }
}
