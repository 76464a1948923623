//! Word documents of an office's own, filled in with what a paper says: `{{nama}}`, rows, pictures.
//!
//! Written over `quick-xml` and `zip`, which are here already: of the crates that fill templates none knows loops over
//! rows and keeps what it does not know, and one of them fetches pictures from the network.
//! A template holds no program: its tags name values that a document has, and nothing else.

mod docx;
mod expected;
mod fault;
mod fields;
mod instructions;
mod names;
mod package;
mod runs;
mod tag;
mod xml_tree;

use std::collections::BTreeSet;

pub use fault::{TemplateFault, TemplateFaults};
pub use fields::TemplateFieldKind;
pub use names::{TemplateNames, usage};
pub use package::TEMPLATE_BYTES_MAX;

use docx::Filling;
use fields::{FieldScope, value_words};
use package::{TemplatePackage, has_ending};
use tag::{TemplateTag, tags};
use xml_tree::{XmlElement, XmlNode, xml_bytes};

use super::sealed::SealedFormat;
use super::verify::office_reading;
use super::{Document, FileFormat, Paper, ReportError, ReportKind};
use crate::proof::Reading;

/// A template that may be filled in: nothing in it is refused.
#[derive(Clone, Debug)]
pub struct OfficeTemplate {
    package: TemplatePackage,
    /// Bytes as they came, for the reader that compares.
    bytes: Vec<u8>,
}

/// A template filled in with a paper.
#[derive(Clone, Debug)]
pub struct FilledTemplate {
    /// Bytes of the filled file.
    pub bytes: Vec<u8>,
    /// Pictures that were placed.
    placed: Reading,
}

impl OfficeTemplate {
    /// Opens a template; macros, links to elsewhere and all else that is refused are named.
    pub fn open(bytes: &[u8]) -> Result<Self, TemplateFaults> {
        let template = Self { package: TemplatePackage::open(bytes)?, bytes: bytes.to_vec() };
        let mut faults = Vec::new();
        for (part, title) in template.parts() {
            match template.package.tree(&part) {
                Ok(Some(root)) => faults.extend(instructions::refused(&root, &title)),
                Ok(None) => {}
                Err(fault) => faults.push(fault.at(&title)),
            }
        }
        if faults.is_empty() { Ok(template) } else { Err(TemplateFaults(faults)) }
    }

    /// Format of the template and of what it becomes.
    pub fn format(&self) -> FileFormat {
        self.package.format
    }

    /// Checks every tag against the names of a kind of paper, and of a document where one is at hand: all mistakes at
    /// once, each with its place.
    pub fn check(&self, kind: ReportKind, document: Option<&Document>) -> Result<(), TemplateFaults> {
        let mut names = TemplateNames::known(kind);
        if let Some(document) = document {
            names.extend(document_names(kind, document));
        }
        let mut faults = Vec::new();
        let mut tags_seen = 0;
        for (part, title) in self.parts() {
            let Some(mut root) = self.package.tree(&part).map_err(|fault| fault.at(&title))? else { continue };
            let texts = docx::paragraphs(&root, &title);
            let is_around = title.starts_with(HEAD_OR_FOOT);
            tags_seen += texts.len();
            let wrong = check_texts(&texts, &names, is_around);
            // The order of tags is tried only where each of them is understood.
            let empty = FieldScope::default();
            if wrong.is_empty()
                && let Err(fault) = docx::fill(&mut root, &mut Filling::probe(&empty))
            {
                faults.push(fault.at(&title));
            }
            faults.extend(wrong);
        }
        faults.extend(self.loose_tags());
        if tags_seen == 0 && faults.is_empty() {
            faults.push(TemplateFault::of_file(
                "tidak memuat satu isian pun",
                "tulis misalnya {{puskesmas}} atau {{periode}} di tempat yang harus diisi",
            ));
        }
        if faults.is_empty() { Ok(()) } else { Err(TemplateFaults(faults)) }
    }

    /// Fills the template in. Names that neither this paper nor its kind has are mistakes.
    pub fn fill(&self, kind: ReportKind, paper: &Paper<'_>) -> Result<FilledTemplate, ReportError> {
        self.check(kind, Some(paper.document))?;
        let fields = fields::fields(kind, paper.document, Some(&paper.drawings))?;
        let mut package = self.package.clone();
        let mut filling = Filling::new(&fields);
        for (part, title) in self.parts() {
            let Some(mut root) = package.tree(&part).map_err(TemplateFaults::from)? else { continue };
            filling.used.clear();
            docx::fill(&mut root, &mut filling).map_err(|fault| TemplateFaults::from(fault.at(&title)))?;
            package.put(&part, xml_bytes(&root));
            relate(&mut package, &part, &filling.used).map_err(TemplateFaults::from)?;
        }
        let mut placed = Reading::default();
        for (number, picture) in filling.pictures.iter().enumerate() {
            placed.draw(format!("gambar {}", picture.alt), &picture.png);
            package.put(&picture_path(number), picture.png.clone());
        }
        if !filling.pictures.is_empty() {
            package.declare_ending("png", "image/png").map_err(TemplateFaults::from)?;
        }
        Ok(FilledTemplate { bytes: package.packed()?, placed })
    }

    /// Opens a filled Word document again, by a reader that had no part in filling it in, and compares all its words and
    /// pictures with what the template says of this paper.
    pub fn verified_docx(
        &self,
        kind: ReportKind,
        filled: &FilledTemplate,
        paper: &Paper<'_>,
    ) -> Result<Reading, ReportError> {
        let unsound = |what| ReportError::Unsound { format: "DOCX", what };
        let fields = fields::fields(kind, paper.document, Some(&paper.drawings))?;
        let before = office_reading(SealedFormat::Docx, &self.bytes).map_err(unsound)?;
        let after = office_reading(SealedFormat::Docx, &filled.bytes).map_err(unsound)?;
        expected::compare(&before, &after, &fields, |cell, _| value_words(cell)).map_err(unsound)?;
        expected::compare_pictures(&before, &after, &filled.placed).map_err(unsound)?;
        Ok(after)
    }

    /// Parts that are filled in, with their names for people.
    fn parts(&self) -> Vec<(String, String)> {
        let mut paths: Vec<&str> = self.package.paths().collect();
        paths.sort_unstable();
        let named = paths.into_iter().filter_map(|path| Some((path.to_owned(), part_title(path)?)));
        let mut parts: Vec<(String, String)> = named.collect();
        parts.sort_by_key(|(path, _)| path != "word/document.xml");
        parts
    }

    /// Tags in parts or shapes that are not filled in.
    fn loose_tags(&self) -> Vec<TemplateFault> {
        let mut places = BTreeSet::new();
        for path in self.package.paths().filter(|path| path.starts_with("word/") && has_ending(path, "xml")) {
            let Ok(Some(root)) = self.package.tree(path) else { continue };
            let is_filled = part_title(path).is_some();
            if docx::has_loose_tags(&root) || !is_filled && !docx::paragraphs(&root, path).is_empty() {
                places.insert(path.to_owned());
            }
        }
        let fault = |place: String| {
            TemplateFault::new(
                place,
                "isian di dalam grafik, SmartArt, WordArt, atau komentar tidak dapat diisi",
                "pindahkan ke alinea, tabel, kotak teks, kepala, atau kaki halaman",
            )
        };
        places.into_iter().map(fault).collect()
    }
}

/// Names of all that a document has.
pub fn document_names(kind: ReportKind, document: &Document) -> TemplateNames {
    // Without drawings nothing is drawn that could fail.
    let names = fields::fields(kind, document, None).map(|scope| scope.names()).unwrap_or_default();
    TemplateNames::from_pairs(names)
}

const HEAD_OR_FOOT: &str = "kepala atau kaki halaman";

/// Name of a part that is filled in; `None` for others.
fn part_title(path: &str) -> Option<String> {
    let name = path.strip_prefix("word/")?.strip_suffix(".xml")?;
    if name.contains('/') {
        return None;
    }
    match name.trim_end_matches(|letter: char| letter.is_ascii_digit()) {
        "document" => Some("isi dokumen".to_owned()),
        "header" | "footer" => Some(format!("{HEAD_OR_FOOT} ({name})")),
        "footnotes" | "endnotes" => Some("catatan kaki".to_owned()),
        _ => None,
    }
}

/// Every mistake in the tags of some texts, which stand in the order of reading.
fn check_texts(texts: &[(String, String)], names: &TemplateNames, is_around: bool) -> Vec<TemplateFault> {
    let mut faults = Vec::new();
    // Rows that are open; `None`: rows of an unknown name, in which nothing more is judged.
    let mut open: Vec<Option<String>> = Vec::new();
    for (place, text) in texts {
        let found = match tags(text) {
            Ok(found) => found,
            Err(fault) => {
                faults.push(fault.at(place));
                continue;
            }
        };
        for one in found {
            let known: Vec<String> = open.iter().flatten().cloned().collect();
            let is_judged = open.iter().all(Option::is_some);
            let result = match &one.tag {
                TemplateTag::Value(name) => names.need(&known, name, TemplateFieldKind::Value).map(drop),
                TemplateTag::Picture { name, .. } => names.need(&known, name, TemplateFieldKind::Picture).map(drop),
                TemplateTag::Loop(name) => {
                    let rows = names.need(&known, name, TemplateFieldKind::Rows);
                    open.push(rows.as_ref().ok().cloned());
                    rows.map(drop)
                }
                TemplateTag::End => {
                    open.pop();
                    Ok(())
                }
            };
            if let Err(fault) = result
                && is_judged
            {
                faults.push(fault.at(place));
            }
        }
        if is_around && !open.is_empty() {
            open.clear();
            faults.push(TemplateFault::new(
                place.as_str(),
                "{{ulang: …}} di kepala atau kaki halaman harus berakhir di alinea yang sama",
                "tulis {{akhir}} di alinea itu, atau pindahkan daftarnya ke isi dokumen",
            ));
        }
    }
    faults
}

fn picture_path(number: usize) -> String {
    format!("word/media/simpul{}.png", number + 1)
}

/// Tells a part of the pictures that it uses.
fn relate(package: &mut TemplatePackage, part: &str, used: &[usize]) -> Result<(), TemplateFault> {
    if used.is_empty() {
        return Ok(());
    }
    let mut relations = package.relations(part)?;
    for number in used {
        let mut relation = XmlElement::new("Relationship", Vec::new());
        relation.set("Id", &docx::picture_relation(*number));
        relation.set("Type", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image");
        relation.set("Target", &format!("/{}", picture_path(*number)));
        relations.children.push(XmlNode::Element(relation));
    }
    package.put_relations(part, &relations);
    Ok(())
}
