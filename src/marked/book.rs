//! The workbook part: which sheets there are and where, and one more at their end.

use super::MarkError;
use super::package::EditedPackage;
use super::relations::{ContentTypes, Relations, STRICT, TRANSITIONAL};
use super::xml::{
    Edits, MarkupKind, Tags, attribute, attributes, escaped, opened, prefix_of, prefixed_attribute, unescaped,
};

const SHEET_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
const STYLES_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";
/// Sheets that are looked at.
const SHEETS_MAX: usize = 1_000;

#[derive(Clone, Debug)]
pub(super) struct SheetPart {
    pub(super) name: String,
    pub(super) part: String,
}

/// The workbook part, and what its relations lead to.
#[derive(Debug)]
pub(super) struct WorkbookPart {
    path: String,
    text: String,
    edits: Edits,
    relations: Relations,
    pub(super) types: ContentTypes,
    pub(super) sheets: Vec<SheetPart>,
    /// Namespace of the spreadsheet's elements.
    pub(super) namespace: String,
    /// Namespace of relations: strict or transitional.
    pub(super) prefix: &'static str,
    names: Vec<String>,
    last_id: u32,
}

impl WorkbookPart {
    pub(super) fn open(package: &mut EditedPackage<'_>) -> Result<Self, MarkError> {
        let root = Relations::from_package(package, "")?;
        let path = root.by_kind("officeDocument").map(|relation| relation.part.clone());
        let path = path.filter(|path| package.has(path)).ok_or(MarkError::UnsupportedFormat)?;
        if path.to_ascii_lowercase().ends_with(".bin") {
            return Err(MarkError::UnsupportedFormat);
        }
        let text = package.text(&path)?;
        let relations = Relations::from_package(package, &path)?;
        let types = ContentTypes::from_package(package)?;
        let mut book = Self {
            path,
            text: String::new(),
            edits: Edits::default(),
            relations,
            types,
            sheets: Vec::new(),
            namespace: String::new(),
            prefix: TRANSITIONAL,
            names: Vec::new(),
            last_id: 0,
        };
        book.read(&text)?;
        book.text = text;
        Ok(book)
    }

    fn read(&mut self, text: &str) -> Result<(), MarkError> {
        let mut tags = Tags::new(text);
        while let Some(node) = tags.next_tag()? {
            if node.depth == 0 && node.sort != MarkupKind::End {
                if node.local() != "workbook" {
                    return Err(MarkError::UnsupportedFormat);
                }
                let prefix = node.prefix().trim_end_matches(':');
                let declares = |name: &str| match name.strip_prefix("xmlns") {
                    Some("") => prefix.is_empty(),
                    Some(rest) => rest.strip_prefix(':') == Some(prefix),
                    None => false,
                };
                let namespace = attributes(node.tag).find(|(name, _)| declares(name));
                self.namespace = namespace.map(|(_, range)| node.tag[range].to_owned()).unwrap_or_default();
                if self.namespace.contains("purl.oclc.org") {
                    self.prefix = STRICT;
                }
            }
            if node.opens(2, "sheet") {
                let name = unescaped(attribute(node.tag, "name").unwrap_or_default()).into_owned();
                let id = attribute(node.tag, "sheetId").and_then(|id| id.parse().ok()).unwrap_or(0);
                self.last_id = self.last_id.max(id);
                let relation = prefixed_attribute(node.tag, "id").and_then(|id| self.relations.by_id(&unescaped(id)));
                if let Some(relation) = relation.filter(|relation| relation.kind == "worksheet") {
                    self.sheets.push(SheetPart { name: name.clone(), part: relation.part.clone() });
                }
                self.names.push(name);
                if self.names.len() > SHEETS_MAX {
                    return Err(MarkError::TooLarge { what: format!("berisi lebih dari {SHEETS_MAX} lembar") });
                }
            }
        }
        Ok(())
    }

    /// The part of texts that cells share, where there is one.
    pub(super) fn shared_strings_part(&self) -> Option<String> {
        self.relations.by_kind("sharedStrings").map(|relation| relation.part.clone())
    }

    /// The styles part; a new one where there is none.
    pub(super) fn styles_part(&mut self, package: &EditedPackage<'_>) -> String {
        if let Some(relation) = self.relations.by_kind("styles").filter(|relation| package.has(&relation.part)) {
            return relation.part.clone();
        }
        let part = format!("{}styles.xml", self.folder());
        let part =
            if package.has(&part) { package.free_name(&format!("{}styles", self.folder()), ".xml") } else { part };
        self.relations.add(self.prefix, "styles", &part);
        self.types.set(&part, STYLES_TYPE);
        part
    }

    /// The folder of the workbook part, with `/`.
    pub(super) fn folder(&self) -> &str {
        self.path.rfind('/').map_or("", |end| &self.path[..=end])
    }

    /// Adds a sheet at the end, under this name or, where it is taken, under it with a number.
    pub(super) fn add_sheet(&mut self, package: &EditedPackage<'_>, name: &str) -> Result<String, MarkError> {
        let free = free_sheet_name(&self.names, name);
        let part = package.free_name(&format!("{}worksheets/sheet", self.folder()), ".xml");
        let relation = self.relations.add(self.prefix, "worksheet", &part);
        self.types.set(&part, SHEET_TYPE);
        let id = self.last_id.saturating_add(1);
        let name = escaped(&free);
        let mut bound = None;
        let mut tags = Tags::new(&self.text);
        while let Some(node) = tags.next_tag()? {
            if node.depth == 0 && node.sort == MarkupKind::Start {
                bound = prefix_of(node.tag, self.prefix);
            }
            if node.depth != 1 || node.local() != "sheets" || node.sort == MarkupKind::Start {
                continue;
            }
            let (declared, prefix) = match &bound {
                Some(prefix) => (String::new(), prefix.as_str()),
                None => (format!(" xmlns:r=\"{}\"", self.prefix), "r:"),
            };
            let p = node.prefix();
            let sheet = format!("<{p}sheet{declared} name=\"{name}\" sheetId=\"{id}\" {prefix}id=\"{relation}\"/>");
            if node.sort == MarkupKind::End {
                self.edits.insert(node.range.start, sheet);
            } else {
                self.edits.replace(node.range.clone(), format!("{}{sheet}</{}>", opened(node.tag), node.name()));
            }
            return Ok(part);
        }
        Err(MarkError::damaged("daftar lembar tidak ada"))
    }

    /// Writes back what was changed.
    pub(super) fn save(self, package: &mut EditedPackage<'_>) -> Result<(), MarkError> {
        if !self.edits.is_empty() {
            package.put_edited(&self.path, &self.text, self.edits)?;
        }
        self.relations.save(package)?;
        self.types.save(package)
    }
}

/// The name, or where a sheet has it the name with a number.
fn free_sheet_name<S: AsRef<str>>(names: &[S], name: &str) -> String {
    let is_free = |name: &str| !names.iter().any(|known| known.as_ref().to_lowercase() == name.to_lowercase());
    let mut free = name.to_owned();
    let mut number = 2;
    while !is_free(&free) {
        free = format!("{name} ({number})");
        number += 1;
    }
    free
}
