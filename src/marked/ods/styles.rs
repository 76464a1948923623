//! The automatic styles of an OpenDocument spreadsheet: clones of cells' styles that differ in their background
//! alone, and the way back from them. Knows no cells.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::Severity;
use crate::marked::MarkError;
use crate::marked::list::Look;
use crate::marked::xml::{
    Edits, Sort, Tags, attribute, attributes, opened, prefixed_attribute, with_attribute, without_attribute,
};

/// Cell styles that are kept apart: as many as Excel takes, for whoever saves the file as xlsx.
const STYLES_MAX: usize = 64_000;
/// Under this name stands what was made of a style that a program had renamed.
const PLAIN: &str = "simpul.0.";
/// The style of the list's sheet: its tab's colour is how it is known to be ours.
pub(super) const LIST_SHEET: &str = "simpul.daftar";
pub(super) const TAB_COLOUR: &str = "#7a1f5c";
/// Columns of the list.
pub(super) const LIST_COLUMNS: [(&str, &str); 4] = [
    ("simpul.daftar.tingkat", "3cm"),
    ("simpul.daftar.lembar", "2.9cm"),
    ("simpul.daftar.sel", "1.6cm"),
    ("simpul.daftar.pesan", "9.5cm"),
];
/// Rows of the list: as high as their text; the one with merged cells that nothing fits.
pub(super) const LIST_ROW: &str = "simpul.daftar.baris";
pub(super) const LIST_WAY_ROW: &str = "simpul.daftar.cara";

/// The same colours as in xlsx.
fn colour(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "#f2a19c",
        Severity::Warning => "#ffeb94",
    }
}

/// The style of a cell of the list.
pub(super) fn list_style(look: Look) -> &'static str {
    match look {
        Look::Title => "simpul.daftar.judul",
        Look::Text => "simpul.daftar.teks",
        Look::Link => "simpul.daftar.tautan",
        Look::Error => "simpul.daftar.salah",
        Look::Warning => "simpul.daftar.ragu",
    }
}

/// Where a cell has its style from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stated {
    /// From itself.
    Here(String),
    /// From its row or column, or nowhere: then it is the default.
    Inherited(String),
}

impl Stated {
    fn name(&self) -> &str {
        match self {
            Self::Here(name) | Self::Inherited(name) => name,
        }
    }

    /// What the name of a marked clone begins with: severity, and whether the cell named a style.
    fn prefix(&self, severity: Severity) -> &'static str {
        match (self, severity) {
            (Self::Here(_), Severity::Error) => "simpul.K.",
            (Self::Inherited(_), Severity::Error) => "simpul.k.",
            (Self::Here(_), Severity::Warning) => "simpul.P.",
            (Self::Inherited(_), Severity::Warning) => "simpul.p.",
        }
    }

    /// Of the name of a marked clone.
    fn of_marked(name: &str) -> Option<Self> {
        let rest =
            |prefixes: [&str; 2]| prefixes.iter().find_map(|prefix| name.strip_prefix(prefix)).map(str::to_owned);
        rest(["simpul.K.", "simpul.P."])
            .map(Self::Here)
            .or_else(|| rest(["simpul.k.", "simpul.p."]).map(Self::Inherited))
    }
}

/// One style as written; names are compared as written too.
#[derive(Debug)]
struct Item {
    range: Range<usize>,
    xml: String,
}

/// The automatic styles of one document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    cells: BTreeMap<String, Item>,
    /// Styles of ours, to be written anew.
    ours: Vec<Range<usize>>,
    /// Names of styles with our background → what the cell had before.
    former: BTreeMap<String, Stated>,
    /// Names of sheets' styles with the colour of our list.
    list_sheets: Vec<String>,
    added: BTreeMap<String, String>,
}

impl Styles {
    /// A style of the document.
    pub(super) fn take(&mut self, range: Range<usize>, xml: &str) {
        let Some(tag) = Tags::new(xml).next_tag().ok().flatten().map(|node| node.tag) else { return };
        let Some(name) = style_name(tag, "style:name") else { return };
        let name = name.as_str();
        let is_list = name == LIST_SHEET
            || LIST_COLUMNS.iter().any(|(column, _)| *column == name)
            || [LIST_ROW, LIST_WAY_ROW].contains(&name)
            || LOOKS.iter().any(|look| list_style(*look) == name);
        if is_list {
            self.ours.push(range.clone());
        }
        match attribute(tag, "style:family") {
            Some("table") if has_tab_colour(xml) => self.list_sheets.push(name.to_owned()),
            Some("table-cell") if !is_list => {
                self.cells.entry(name.to_owned()).or_insert(Item { range, xml: xml.to_owned() });
            }
            _ => {}
        }
    }

    /// After the last style: finds those of an earlier marked copy. Where a program has renamed them, the style that
    /// is the same but for its background counts as the one they were made of.
    pub(super) fn complete(&mut self) {
        let is_marked = |item: &Item| {
            let background = background(&item.xml);
            background.is_some_and(|own| SEVERITIES.iter().any(|severity| own.eq_ignore_ascii_case(colour(*severity))))
        };
        let (ours, others): (Vec<_>, Vec<_>) = self.cells.iter().partition(|(_, item)| is_marked(item));
        if ours.is_empty() {
            return;
        }
        let alike: BTreeMap<String, &String> =
            others.iter().rev().map(|(name, item)| (look(&item.xml), *name)).collect();
        let (mut former, mut ranges, mut plain) = (BTreeMap::new(), Vec::new(), BTreeMap::new());
        for (name, item) in ours {
            let stated = Stated::of_marked(name);
            if stated.is_some() {
                ranges.push(item.range.clone());
            }
            let known = || alike.get(&look(&item.xml)).map(|name| Stated::Here((*name).clone()));
            let stated = stated.or_else(known).unwrap_or_else(|| {
                let new = format!("{PLAIN}{name}");
                plain.insert(new.clone(), renamed(&item.xml, &new, None));
                Stated::Here(new)
            });
            former.insert(name.clone(), stated);
        }
        self.former = former;
        self.ours.extend(ranges);
        self.added = plain;
    }

    /// Whether a sheet of this style is the list of an earlier marked copy.
    pub(super) fn is_list(&self, style: &str) -> bool {
        self.list_sheets.iter().any(|known| known == style)
    }

    /// What a cell had before it was marked; none where it is not.
    pub(super) fn unmarked(&self, style: &str) -> Option<&Stated> {
        self.former.get(style)
    }

    /// The name of the same style with our background.
    pub(super) fn marked(&mut self, stated: &Stated, severity: Severity) -> Result<String, MarkError> {
        let name = format!("{}{}", stated.prefix(severity), stated.name());
        if !self.added.contains_key(&name) {
            let own = self.cells.get(stated.name()).map(|item| &item.xml).or_else(|| self.added.get(stated.name()));
            let xml = match own {
                Some(xml) => renamed(xml, &name, Some(colour(severity))),
                // A style of the styles part, to which the clone adds.
                None => format!(
                    "<style:style style:name=\"{name}\" style:family=\"table-cell\" style:parent-style-name=\"{}\"><style:table-cell-properties fo:background-color=\"{}\"/></style:style>",
                    stated.name(),
                    colour(severity)
                ),
            };
            self.added.insert(name.clone(), xml);
            if self.added.len() > STYLES_MAX {
                return Err(MarkError::TooLarge { what: format!("memuat lebih dari {STYLES_MAX} format sel") });
            }
        }
        Ok(name)
    }

    /// Takes former styles of ours out; gives those that are needed.
    pub(super) fn finish(self, edits: &mut Edits) -> String {
        for range in self.ours {
            edits.replace(range, "");
        }
        let mut xml: String = self.added.into_values().collect();
        push_list_styles(&mut xml);
        xml
    }
}

const SEVERITIES: [Severity; 2] = [Severity::Error, Severity::Warning];
const LOOKS: [Look; 5] = [Look::Title, Look::Text, Look::Link, Look::Error, Look::Warning];

/// The name of a style in an attribute, as written, but fit for quotation marks of either sort.
pub(super) fn style_name(tag: &str, name: &str) -> Option<String> {
    Some(attribute(tag, name)?.replace('"', "&quot;").replace('\'', "&apos;"))
}

const BACKGROUND: &str = "fo:background-color";

/// Where the first tag of a style ends, and the tag that holds the background.
fn places(xml: &str) -> (usize, Option<Range<usize>>) {
    let mut tags = Tags::new(xml);
    let mut head_end = xml.len();
    while let Ok(Some(node)) = tags.next_tag() {
        if node.depth == 0 && node.sort != Sort::End {
            head_end = node.range.end;
        }
        if node.depth == 1 && node.sort != Sort::End && node.name() == "style:table-cell-properties" {
            return (head_end, Some(node.range));
        }
    }
    (head_end, None)
}

fn background(xml: &str) -> Option<&str> {
    attribute(&xml[places(xml).1?], BACKGROUND)
}

/// A clone under another name, with a background or without.
fn renamed(xml: &str, name: &str, background: Option<&str>) -> String {
    let (head_end, properties) = places(xml);
    let head = with_attribute(&xml[..head_end], "style:name", name);
    match (properties, background) {
        (Some(place), background) => {
            let tag = &xml[place.clone()];
            let tag = match background {
                Some(colour) => with_attribute(tag, BACKGROUND, colour),
                None => without_attribute(tag, BACKGROUND),
            };
            format!("{head}{}{tag}{}", &xml[head_end..place.start], &xml[place.end..])
        }
        (None, None) => format!("{head}{}", &xml[head_end..]),
        (None, Some(colour)) => {
            let closing = if head.ends_with("/>") { "</style:style>" } else { "" };
            let head = opened(&head);
            format!("{head}<style:table-cell-properties {BACKGROUND}=\"{colour}\"/>{}{closing}", &xml[head_end..])
        }
    }
}

/// A style without its name and background, in one spelling.
fn look(xml: &str) -> String {
    let plain = renamed(xml, "", None);
    let mut spelt = String::new();
    let mut tags = Tags::new(&plain);
    while let Ok(Some(node)) = tags.next_tag() {
        let mut list: Vec<String> =
            attributes(node.tag).map(|(name, range)| format!(" {name}={}", &node.tag[range])).collect();
        let is_bare = list.is_empty() && node.local() == "table-cell-properties";
        if node.sort == Sort::End || is_bare {
            continue;
        }
        list.sort();
        spelt.extend([format!("<{}{}>", node.name(), list.concat())]);
    }
    spelt
}

fn has_tab_colour(xml: &str) -> bool {
    let mut tags = Tags::new(xml);
    while let Ok(Some(node)) = tags.next_tag() {
        let value = prefixed_attribute(node.tag, "tab-color");
        if value.is_some_and(|value| value.eq_ignore_ascii_case(TAB_COLOUR)) {
            return true;
        }
    }
    false
}

/// What the list needs.
fn push_list_styles(xml: &mut String) {
    let mut style = |name: &str, family: &str, inner: &str| {
        xml.extend([format!("<style:style style:name=\"{name}\" style:family=\"{family}\">{inner}</style:style>")]);
    };
    let sheet = format!("<style:table-properties table:display=\"true\" tableooo:tab-color=\"{TAB_COLOUR}\"/>");
    style(LIST_SHEET, "table", &sheet);
    for (name, width) in LIST_COLUMNS {
        style(name, "table-column", &format!("<style:table-column-properties style:column-width=\"{width}\"/>"));
    }
    let fits = "<style:table-row-properties style:use-optimal-row-height=\"true\"/>";
    style(LIST_ROW, "table-row", fits);
    let fixed = "<style:table-row-properties style:row-height=\"2cm\" style:use-optimal-row-height=\"false\"/>";
    style(LIST_WAY_ROW, "table-row", fixed);
    for look in LOOKS {
        let background = match look {
            Look::Error => format!(" fo:background-color=\"{}\"", colour(Severity::Error)),
            Look::Warning => format!(" fo:background-color=\"{}\"", colour(Severity::Warning)),
            Look::Title | Look::Text | Look::Link => String::new(),
        };
        let letters = match look {
            Look::Title | Look::Error | Look::Warning => "<style:text-properties fo:font-weight=\"bold\"/>",
            Look::Link => {
                "<style:text-properties fo:color=\"#0b57d0\" style:text-underline-style=\"solid\" style:text-underline-width=\"auto\"/>"
            }
            Look::Text => "",
        };
        let cell = format!(
            "<style:table-cell-properties{background} fo:wrap-option=\"wrap\" style:vertical-align=\"top\"/><style:paragraph-properties fo:text-align=\"start\"/>{letters}"
        );
        style(list_style(look), "table-cell", &cell);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = r##"<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"><style:table-cell-properties fo:border="none" fo:background-color="#ddebf7"/><style:text-properties fo:color="red"/></style:style>"##;

    fn styles(items: &[&str]) -> Styles {
        let mut styles = Styles::default();
        for item in items {
            styles.take(0..0, item);
        }
        styles.complete();
        styles
    }

    #[test]
    fn a_clone_differs_in_its_background_alone_and_leads_back() {
        let mut known = styles(&[OWN]);
        let here = Stated::Here("ce1".to_owned());
        let name = known.marked(&here, Severity::Error).unwrap();
        assert_eq!(known.added[&name], OWN.replace("\"ce1\"", "\"simpul.K.ce1\"").replace("#ddebf7", "#f2a19c"));
        let inherited = Stated::Inherited("Default".to_owned());
        let other = known.marked(&inherited, Severity::Warning).unwrap();
        let texts: Vec<&str> = known.added.values().map(String::as_str).collect();
        let again = styles(&[OWN, texts[0], texts[1]]);
        assert_eq!((again.unmarked(&name), again.unmarked(&other)), (Some(&here), Some(&inherited)));
        assert_eq!(again.ours.len(), 2);
        assert_eq!(again.unmarked("ce1"), None);
    }

    #[test]
    fn a_style_that_a_program_renamed_still_leads_back() {
        let plain = OWN.replace(" fo:background-color=\"#ddebf7\"", "");
        let ours = plain
            .replace("ce1", "ce7")
            .replace("<style:table-cell-properties ", "<style:table-cell-properties fo:background-color=\"#F2A19C\" ");
        let known = styles(&[&plain, &ours]);
        assert_eq!(known.unmarked("ce7"), Some(&Stated::Here("ce1".to_owned())));
        let alone = styles(&[&ours]);
        assert_eq!(alone.unmarked("ce7"), Some(&Stated::Here("simpul.0.ce7".to_owned())));
        assert!(!alone.added["simpul.0.ce7"].contains("#F2A19C"));
    }

    #[test]
    fn a_style_without_properties_gets_them_first() {
        let empty = "<style:style style:name=\"a\" style:family=\"table-cell\"/>";
        assert_eq!(
            renamed(empty, "b", Some("#f2a19c")),
            "<style:style style:name=\"b\" style:family=\"table-cell\"><style:table-cell-properties fo:background-color=\"#f2a19c\"/></style:style>"
        );
    }
}
