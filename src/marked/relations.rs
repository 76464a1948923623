//! Relations between parts (`_rels/*.rels`) and the types of parts (`[Content_Types].xml`).

use super::MarkError;
use super::package::EditedPackage;
use super::xml::{Edits, MarkupKind, Tags, attribute, escaped, opened, unescaped};
use crate::archive::key;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const NAMESPACE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const CONTENT_TYPES: &str = "[Content_Types].xml";

/// Namespace of relation types in transitional and strict packages.
pub(super) const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
pub(super) const STRICT: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships";

/// One relation to a part of the package.
#[derive(Clone, Debug)]
pub(super) struct Relation {
    pub(super) id: String,
    /// Last segment of its type (`worksheet`).
    pub(super) kind: String,
    /// The part, from the root of the package, without a leading `/`.
    pub(super) part: String,
}

/// The relations of one part.
#[derive(Debug)]
pub(super) struct Relations {
    path: String,
    text: String,
    known: Vec<Relation>,
    ids: Vec<String>,
    added: String,
}

/// `xl/workbook.xml` → `xl/_rels/workbook.xml.rels`.
fn path_of(part: &str) -> String {
    let (folder, name) = part.rsplit_once('/').map_or(("", part), |(folder, name)| (folder, name));
    if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") }
}

/// The part that `target` means in a relation of `source`.
fn resolved(source: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let folder = source.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut segments: Vec<&str> =
        if target.starts_with('/') || folder.is_empty() { Vec::new() } else { folder.split('/').collect() };
    for segment in target.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            name => segments.push(name),
        }
    }
    segments.join("/")
}

impl Relations {
    /// Of a part, or of the package where `part` is empty. None where the part has none.
    pub(super) fn from_package(package: &mut EditedPackage<'_>, part: &str) -> Result<Self, MarkError> {
        let path = path_of(part);
        let text = if package.has(&path) {
            package.text(&path)?
        } else {
            format!("{HEAD}<Relationships xmlns=\"{NAMESPACE}\"></Relationships>")
        };
        let mut relations =
            Self { path, text: String::new(), known: Vec::new(), ids: Vec::new(), added: String::new() };
        let mut tags = Tags::new(&text);
        while let Some(node) = tags.next_tag()? {
            if node.opens(1, "Relationship") {
                let value = |name| attribute(node.tag, name).map(|raw| unescaped(raw).into_owned()).unwrap_or_default();
                relations.ids.push(value("Id"));
                if value("TargetMode") != "External" {
                    let kind = value("Type").rsplit('/').next().unwrap_or_default().to_owned();
                    relations.known.push(Relation { id: value("Id"), kind, part: resolved(part, &value("Target")) });
                }
            }
        }
        relations.text = text;
        Ok(relations)
    }

    pub(super) fn by_id(&self, id: &str) -> Option<&Relation> {
        self.known.iter().find(|relation| relation.id == id)
    }

    pub(super) fn by_kind(&self, kind: &str) -> Option<&Relation> {
        self.known.iter().find(|relation| relation.kind == kind)
    }

    /// Adds a relation to a part by its full name and gives its id.
    pub(super) fn add(&mut self, prefix: &str, kind: &str, part: &str) -> String {
        let mut number = self.ids.len() + 1;
        while self.ids.iter().any(|id| *id == format!("rId{number}")) {
            number += 1;
        }
        let id = format!("rId{number}");
        self.ids.push(id.clone());
        let target = escaped(part);
        self.added.extend([format!("<{{}}Relationship Id=\"{id}\" Type=\"{prefix}/{kind}\" Target=\"/{target}\"/>")]);
        self.known.push(Relation { id: id.clone(), kind: kind.to_owned(), part: part.to_owned() });
        id
    }

    /// Writes the part back, where something was added.
    pub(super) fn save(self, package: &mut EditedPackage<'_>) -> Result<(), MarkError> {
        if self.added.is_empty() {
            return Ok(());
        }
        let edits = appended(&self.text, &self.added)?;
        package.put_edited(&self.path, &self.text, edits)
    }
}

/// Edits that put `what` at the end of the root; `{}` in it stands for the root's prefix.
fn appended(text: &str, what: &str) -> Result<Edits, MarkError> {
    let mut edits = Edits::default();
    let mut tags = Tags::new(text);
    while let Some(node) = tags.next_tag()? {
        let what = || what.replace("{}", node.prefix());
        match node.sort {
            MarkupKind::End if node.depth == 0 => edits.insert(node.range.start, what()),
            MarkupKind::Empty if node.depth == 0 => {
                let whole = format!("{}{}</{}>", opened(node.tag), what(), node.name());
                edits.replace(node.range.clone(), whole);
            }
            _ => {}
        }
    }
    Ok(edits)
}

/// The types of parts.
#[derive(Debug)]
pub(super) struct ContentTypes {
    text: String,
    /// Extensions and parts with a type, as [`key`]s.
    defaults: Vec<String>,
    overrides: Vec<String>,
    added: String,
}

impl ContentTypes {
    pub(super) fn from_package(package: &mut EditedPackage<'_>) -> Result<Self, MarkError> {
        let text = package.text(CONTENT_TYPES)?;
        let mut defaults = Vec::new();
        let mut overrides = Vec::new();
        let mut tags = Tags::new(&text);
        while let Some(node) = tags.next_tag()? {
            if node.opens(1, "Default") {
                defaults.extend(attribute(node.tag, "Extension").map(str::to_ascii_lowercase));
            } else if node.opens(1, "Override") {
                overrides.extend(attribute(node.tag, "PartName").map(|name| key(&unescaped(name))));
            }
        }
        Ok(Self { text, defaults, overrides, added: String::new() })
    }

    /// Gives a part its type, where it has none of its own.
    pub(super) fn set(&mut self, part: &str, content_type: &str) {
        if !self.overrides.contains(&key(part)) {
            self.overrides.push(key(part));
            let name = escaped(part);
            self.added.extend([format!("<{{}}Override PartName=\"/{name}\" ContentType=\"{content_type}\"/>")]);
        }
    }

    /// Gives parts with this ending a type, where they have none.
    pub(super) fn set_default(&mut self, extension: &str, content_type: &str) {
        if !self.defaults.iter().any(|known| known == extension) {
            self.defaults.push(extension.to_owned());
            self.added.extend([format!("<{{}}Default Extension=\"{extension}\" ContentType=\"{content_type}\"/>")]);
        }
    }

    pub(super) fn save(self, package: &mut EditedPackage<'_>) -> Result<(), MarkError> {
        if self.added.is_empty() {
            return Ok(());
        }
        let edits = appended(&self.text, &self.added)?;
        package.put_edited(CONTENT_TYPES, &self.text, edits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_resolved_as_in_a_package() {
        assert_eq!(resolved("xl/workbook.xml", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl/workbook.xml", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl/worksheets/sheet1.xml", "../comments1.xml"), "xl/comments1.xml");
        assert_eq!(resolved("", "xl\\workbook.xml"), "xl/workbook.xml");
        assert_eq!(resolved("a.xml", "../../../etc/passwd"), "etc/passwd");
        assert_eq!(path_of(""), "_rels/.rels");
        assert_eq!(path_of("xl/workbook.xml"), "xl/_rels/workbook.xml.rels");
    }
}
