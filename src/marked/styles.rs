//! The styles part: clones of cell formats that differ in their fill alone, and the way back from them.
//! Knows no cells.

use std::collections::BTreeMap;
use std::ops::Range;

use super::MarkError;
use super::list::CellLook;
use super::xml::{Edits, MarkupKind, Node, Tags, attribute, attributes, opened, with_attribute, without_attribute};
use crate::diagnostic::Severity;

/// A styles part with nothing in it but what every workbook needs.
pub(super) const EMPTY: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>";

/// Collections of a styles part, in their order.
const ORDER: [&str; 11] = [
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
];
/// Cell formats that Excel takes.
const FORMATS_MAX: usize = 64_000;

/// The colour of a mark: rare enough to be known again, light enough to read black text on, and the two differ
/// in lightness too.
fn colour(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "FFF2A19C",
        Severity::Warning => "FFFFEB94",
    }
}

/// One counted list of the part.
#[derive(Debug)]
struct Collection {
    name: &'static str,
    /// The opening tag, where the part has this list.
    head: Option<(Range<usize>, bool)>,
    /// Before the closing tag; where it would stand, if the part lacks it.
    end: usize,
    items: Vec<String>,
    /// Number of items that the part has already; the others are new.
    stored: usize,
    first: BTreeMap<String, usize>,
}

impl Collection {
    fn new(name: &'static str) -> Self {
        Self { name, head: None, end: 0, items: Vec::new(), stored: 0, first: BTreeMap::new() }
    }

    fn push(&mut self, item: String) -> usize {
        let place = self.items.len();
        self.first.entry(item.clone()).or_insert(place);
        self.items.push(item);
        place
    }

    /// The place of an equal item, or of this one, added.
    fn intern(&mut self, item: String) -> usize {
        self.first.get(&item).copied().unwrap_or_else(|| self.push(item))
    }

    fn ensure(&mut self, items: &[String]) {
        if self.items.is_empty() {
            for item in items {
                self.push(item.clone());
            }
        }
    }

    fn edit(&self, text: &str, prefix: &str, edits: &mut Edits) {
        if self.items.len() == self.stored {
            return;
        }
        let count = self.items.len().to_string();
        let added = self.items[self.stored..].concat();
        let name = self.name;
        match &self.head {
            None => edits.insert(self.end, format!("<{prefix}{name} count=\"{count}\">{added}</{prefix}{name}>")),
            Some((head, is_empty)) => {
                let tag = with_attribute(&text[head.clone()], "count", &count);
                let closing = if *is_empty { format!("{added}</{prefix}{name}>") } else { String::new() };
                edits.replace(head.clone(), format!("{}{closing}", opened(&tag)));
                if !is_empty {
                    edits.insert(self.end, added);
                }
            }
        }
    }
}

/// Formats of the sheet of notes.
#[derive(Clone, Copy, Debug)]
pub(super) struct ListFormats {
    title: usize,
    text: usize,
    link: usize,
    error: usize,
    warning: usize,
}

impl ListFormats {
    /// The format of what looks so.
    pub(super) fn index_for(&self, look: CellLook) -> usize {
        match look {
            CellLook::Title => self.title,
            CellLook::Text => self.text,
            CellLook::Link => self.link,
            CellLook::Error => self.error,
            CellLook::Warning => self.warning,
        }
    }
}

/// The styles of one workbook.
#[derive(Debug)]
pub(super) struct Styles {
    text: String,
    prefix: String,
    fonts: Collection,
    fills: Collection,
    formats: Collection,
    /// Format with our fill → the format it was made of.
    former: BTreeMap<usize, usize>,
}

impl Styles {
    pub(super) fn parse(text: String) -> Result<Self, MarkError> {
        let mut lists = [Collection::new("fonts"), Collection::new("fills"), Collection::new("cellXfs")];
        let mut prefix = String::new();
        let mut open: Option<usize> = None;
        let mut item_start: usize = 0;
        let mut tags = Tags::new(&text);
        while let Some(node) = tags.next_tag()? {
            match node.depth {
                0 => node.prefix().clone_into(&mut prefix),
                1 => {
                    open = lists.iter().position(|list| list.name == node.local());
                    if let Some(list) = open.map(|place| &mut lists[place]) {
                        enter(list, &node);
                    }
                }
                2 => {
                    if node.sort != MarkupKind::End {
                        item_start = node.range.start;
                    }
                    if let (Some(place), MarkupKind::End | MarkupKind::Empty) = (open, node.sort) {
                        lists[place].push(text[item_start..node.range.end].to_owned());
                    }
                }
                _ => {}
            }
        }
        for list in &mut lists {
            list.stored = list.items.len();
            if list.head.is_none() {
                list.end = place_of(&text, list.name)?;
            }
        }
        let [fonts, fills, formats] = lists;
        let mut styles = Self { text, prefix, fonts, fills, formats, former: BTreeMap::new() };
        styles.complete();
        styles.find_former();
        Ok(styles)
    }

    /// Adds the first fills, font and format, which a part may leave out though formats point to them.
    fn complete(&mut self) {
        let p = &self.prefix;
        let fill = |pattern| format!("<{p}fill><{p}patternFill patternType=\"{pattern}\"/></{p}fill>");
        self.fills.ensure(&[fill("none"), fill("gray125")]);
        self.fonts.ensure(&[format!("<{p}font><{p}sz val=\"11\"/><{p}name val=\"Calibri\"/></{p}font>")]);
        self.formats.ensure(&[format!("<{p}xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>")]);
    }

    /// Finds the formats with our fills, of an earlier marked copy, and what they were made of: the format of
    /// which a clone would be that very one; where a program has rewritten the part, one that is the same but
    /// for its fill; else itself without fill.
    fn find_former(&mut self) {
        let ours: Vec<usize> =
            (0..self.formats.items.len()).filter(|format| self.our_fill(*format).is_some()).collect();
        if ours.is_empty() {
            return;
        }
        let (mut exact, mut alike): (BTreeMap<String, usize>, BTreeMap<String, usize>) = Default::default();
        for format in (0..self.formats.items.len()).filter(|format| self.our_fill(*format).is_none()) {
            for severity in [Severity::Error, Severity::Warning] {
                if let Some(fill) = self.fills.first.get(&self.marked_fill(format, severity)) {
                    exact.entry(with_fill(&self.formats.items[format], *fill)).or_insert(format);
                }
            }
            let look = without_fill(&self.formats.items[format]);
            let has_fill = fill_of(&self.formats.items[format]) != 0;
            if !has_fill || !alike.contains_key(&look) {
                alike.insert(look, format);
            }
        }
        for format in ours {
            let item = self.formats.items[format].clone();
            let former = exact.get(&item).or_else(|| alike.get(&without_fill(&item))).copied();
            let former = former.unwrap_or_else(|| self.formats.intern(with_fill(&item, 0)));
            self.former.insert(format, former);
        }
    }

    fn our_fill(&self, format: usize) -> Option<Severity> {
        let fill = self.fills.items.get(fill_of(&self.formats.items[format]))?;
        let solid = solid_colour(fill)?;
        [Severity::Error, Severity::Warning]
            .into_iter()
            .find(|severity| attribute(solid, "rgb").is_some_and(|rgb| rgb.eq_ignore_ascii_case(colour(*severity))))
    }

    /// Our fill, which keeps the colour that it covers where no one looks: behind a solid pattern.
    fn marked_fill(&self, format: usize, severity: Severity) -> String {
        let covered = self.fills.items.get(fill_of(&self.formats.items[format])).and_then(|fill| solid_colour(fill));
        let behind = match covered {
            Some(tag) => attributes(tag)
                .filter(|(name, _)| matches!(*name, "rgb" | "theme" | "tint" | "indexed"))
                .map(|(name, range)| format!(" {name}=\"{}\"", &tag[range].replace('"', "")))
                .collect::<Vec<_>>()
                .concat(),
            None => " indexed=\"64\"".to_owned(),
        };
        let p = &self.prefix;
        let colour = colour(severity);
        format!(
            "<{p}fill><{p}patternFill patternType=\"solid\"><{p}fgColor rgb=\"{colour}\"/><{p}bgColor{behind}/></{p}patternFill></{p}fill>"
        )
    }

    /// Reports whether the workbook has formats of an earlier marked copy.
    pub(super) fn has_former_marks(&self) -> bool {
        !self.former.is_empty()
    }

    /// The format as it was before we marked it; itself, where we did not.
    pub(super) fn unmarked(&self, format: usize) -> usize {
        self.former.get(&format).copied().unwrap_or(format)
    }

    /// The same format with our fill.
    pub(super) fn marked(&mut self, format: usize, severity: Severity) -> Result<usize, MarkError> {
        let format = if format < self.formats.items.len() { format } else { 0 };
        let fill = self.marked_fill(format, severity);
        let fill = self.fills.intern(fill);
        let marked = self.formats.intern(with_fill(&self.formats.items[format], fill));
        if self.formats.items.len() > FORMATS_MAX {
            return Err(MarkError::TooLarge { what: format!("memuat lebih dari {FORMATS_MAX} format sel") });
        }
        Ok(marked)
    }

    /// The formats of the sheet of notes.
    pub(super) fn list_formats(&mut self) -> Result<ListFormats, MarkError> {
        let p = self.prefix.clone();
        let font = |inner: &str| format!("<{p}font>{inner}<{p}name val=\"Calibri\"/><{p}family val=\"2\"/></{p}font>");
        let plain = self.fonts.intern(font(&format!("<{p}sz val=\"11\"/>")));
        let bold = self.fonts.intern(font(&format!("<{p}b/><{p}sz val=\"11\"/>")));
        let link = self.fonts.intern(font(&format!("<{p}u/><{p}sz val=\"11\"/><{p}color rgb=\"FF0B57D0\"/>")));
        // `quotePrefix`: text that begins with `=` stays text when somebody edits the cell.
        let mut format = |font: usize| {
            self.formats.intern(format!(
                "<{p}xf numFmtId=\"49\" fontId=\"{font}\" fillId=\"0\" borderId=\"0\" quotePrefix=\"1\" applyNumberFormat=\"1\" applyFont=\"1\" applyAlignment=\"1\"><{p}alignment vertical=\"top\" wrapText=\"1\"/></{p}xf>"
            ))
        };
        let text = format(plain);
        let title = format(bold);
        let link = format(link);
        let error = self.marked(title, Severity::Error)?;
        let warning = self.marked(title, Severity::Warning)?;
        Ok(ListFormats { title, text, link, error, warning })
    }

    /// The text of the part and what to change in it.
    pub(super) fn finish(self) -> (String, Edits) {
        let mut edits = Edits::default();
        for list in [&self.fonts, &self.fills, &self.formats] {
            list.edit(&self.text, &self.prefix, &mut edits);
        }
        (self.text, edits)
    }
}

fn enter(list: &mut Collection, node: &Node<'_>) {
    if node.sort == MarkupKind::End {
        list.end = node.range.start;
    } else {
        list.head = Some((node.range.clone(), node.sort == MarkupKind::Empty));
    }
}

/// Where a list that the part lacks belongs: before the first of those that follow it.
fn place_of(text: &str, name: &str) -> Result<usize, MarkError> {
    let rank = |name: &str| ORDER.iter().position(|known| *known == name);
    let mut tags = Tags::new(text);
    while let Some(node) = tags.next_tag()? {
        let follows = node.depth == 1 && node.sort != MarkupKind::End && rank(node.local()) > rank(name);
        if follows || node.closes(0, "styleSheet") {
            if node.sort == MarkupKind::Empty && node.depth == 0 {
                return Err(MarkError::damaged("bagian gaya sel kosong"));
            }
            return Ok(node.range.start);
        }
    }
    Err(MarkError::damaged("bagian gaya sel tidak utuh"))
}

/// The opening tag of a format, and the rest.
fn split(format: &str) -> (&str, &str) {
    format.split_at(format.find('>').map_or(format.len(), |place| place + 1))
}

fn fill_of(format: &str) -> usize {
    attribute(split(format).0, "fillId").and_then(|id| id.parse().ok()).unwrap_or(0)
}

fn with_fill(format: &str, fill: usize) -> String {
    let (tag, rest) = split(format);
    let tag = with_attribute(tag, "fillId", &fill.to_string());
    format!("{}{rest}", with_attribute(&tag, "applyFill", "1"))
}

/// A format without what a mark changes, in one spelling.
fn without_fill(format: &str) -> String {
    let (tag, rest) = split(format);
    let tag = without_attribute(&without_attribute(tag, "fillId"), "applyFill");
    let mut list: Vec<String> = attributes(&tag).map(|(name, range)| format!("{name}={}", &tag[range])).collect();
    list.sort();
    format!("{} {rest}", list.join(" "))
}

/// The tag with the colour of a solid fill.
fn solid_colour(fill: &str) -> Option<&str> {
    let is_solid =
        fill.match_indices('<').any(|(place, _)| attribute(until_end(&fill[place..]), "patternType") == Some("solid"));
    let start = fill.match_indices('<').map(|(place, _)| until_end(&fill[place..])).find(|tag| {
        let name = tag.trim_start_matches('<');
        name.starts_with("fgColor") || name.split_once(':').is_some_and(|(_, local)| local.starts_with("fgColor"))
    });
    start.filter(|_| is_solid)
}

fn until_end(text: &str) -> &str {
    &text[..text.find('>').map_or(text.len(), |place| place + 1)]
}

#[cfg(test)]
mod tests {
    use super::*;

    const PART: &str = r#"<s:styleSheet xmlns:s="m"><s:fills count="2"><s:fill><s:patternFill/></s:fill><s:fill><s:patternFill patternType="solid"><s:fgColor theme="4" tint="0.5"/></s:patternFill></s:fill></s:fills><s:cellXfs count="2"><s:xf numFmtId="0" fontId="0" fillId="0"/><s:xf numFmtId="14" fillId="1" borderId="3"><s:alignment wrapText="1"/></s:xf></s:cellXfs><s:dxfs/></s:styleSheet>"#;

    #[test]
    fn a_clone_differs_in_its_fill_alone_and_is_known_again() {
        let mut styles = Styles::parse(PART.to_owned()).unwrap();
        assert!(!styles.has_former_marks());
        let error = styles.marked(1, Severity::Error).unwrap();
        assert_eq!(styles.marked(1, Severity::Error).unwrap(), error);
        let warning = styles.marked(0, Severity::Warning).unwrap();
        let (text, edits) = styles.finish();
        let marked = edits.apply(&text);
        assert!(
            marked.contains(r#"<s:xf numFmtId="14" fillId="2" borderId="3" applyFill="1">"#)
                || marked.contains("applyFill=\"1\" numFmtId=\"14\"")
        );
        assert!(marked.contains(r#"<s:bgColor theme="4" tint="0.5"/>"#), "{marked}");
        let again = Styles::parse(marked.clone()).unwrap();
        assert_eq!((again.unmarked(error), again.unmarked(warning), again.unmarked(1)), (1, 0, 1));
        let mut again = again;
        assert_eq!(again.marked(1, Severity::Error).unwrap(), error);
        let (text, edits) = again.finish();
        assert_eq!(edits.apply(&text), marked);
    }

    #[test]
    fn what_a_part_lacks_is_added_in_its_place() {
        let mut styles = Styles::parse(EMPTY.to_owned()).unwrap();
        assert_eq!(styles.marked(7, Severity::Error).unwrap(), 1);
        let (text, edits) = styles.finish();
        let text = edits.apply(&text);
        let place = |what: &str| text.find(what).unwrap();
        assert!(place("<fonts") < place("<fills") && place("<fills") < place("<cellXfs"), "{text}");
    }

    #[test]
    fn a_part_that_a_program_rewrote_still_leads_back() {
        let mut styles = Styles::parse(PART.to_owned()).unwrap();
        let error = styles.marked(1, Severity::Error).unwrap();
        let (text, edits) = styles.finish();
        let rewritten = edits.apply(&text).replace(
            "theme=\"4\" tint=\"0.5\"/></s:patternFill></s:fill></s:fills>",
            "rgb=\"FF112233\"/></s:patternFill></s:fill></s:fills>",
        );
        let again = Styles::parse(rewritten).unwrap();
        assert_eq!(again.unmarked(error), 1);
    }
}
