//! OpenDocument spreadsheets: the marks all go into `content.xml`, at byte offsets; every other part is copied as it
//! lies. What stands where, `layout` reads; `paint` changes the cells, with `styles` and `note`; `list` is one sheet
//! more.

mod layout;
mod list;
mod note;
mod paint;
mod styles;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use super::list::Told;
use super::package::Package;
use super::xml::{Edits, attributes, opened};
use super::{COMMENTS_MAX, MarkError, by_cell, comment_text, free_sheet_name, target};
use crate::diagnostic::{Issue, NOTES_SHEET};
use layout::{Layout, Sheet};
use paint::{ADDED_BYTES_MAX, Mark, Marks, Painter};
use styles::Styles;

/// The part with the cells, and with the styles that they name.
pub(super) const CONTENT: &str = "content.xml";
/// What the names in the marks stand for.
const NAMESPACES: [(&str, &str); 8] = [
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"),
    ("office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
    ("style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"),
    ("table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"),
    ("tableooo", "http://openoffice.org/2009/table"),
    ("text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
    ("xlink", "http://www.w3.org/1999/xlink"),
];

/// Marks the package.
pub(super) fn mark(package: &mut Package<'_>, told: &Told<'_>) -> Result<(), MarkError> {
    let text = package.text(CONTENT)?;
    let wanted: BTreeSet<&str> = told.issues.iter().map(|issue| issue.sheet.as_str()).collect();
    let (layout, mut styles) = layout::read(&text, &wanted)?;
    let mut edits = Edits::default();
    declare_names(&text[layout.root.clone()], layout.root.start, &mut edits)?;
    let is_list = |sheet: &Sheet| {
        sheet.name.to_lowercase().starts_with(&NOTES_SHEET.to_lowercase()) && styles.is_list(&sheet.style)
    };
    let former_list = layout.sheets.iter().position(is_list);
    let mut bytes_left = ADDED_BYTES_MAX;
    let mut seen = BTreeSet::new();
    for (place, sheet) in layout.sheets.iter().enumerate() {
        let is_first = seen.insert(sheet.name.as_str());
        if Some(place) == former_list {
            continue;
        }
        let here: Vec<&Issue> = told.issues.iter().filter(|issue| is_first && issue.sheet == sheet.name).collect();
        let marks = marks(&here, sheet);
        let mut painter = Painter { sheet, marks: &marks, styles: &mut styles, bytes_left: &mut bytes_left };
        painter.paint(&text, &mut edits)?;
    }
    let mut page = Page { layout: &layout, text: &text, edits: &mut edits };
    page.put_list(former_list, told)?;
    page.put_styles(styles)?;
    package.put_edited(CONTENT, &text, edits)
}

/// The marks of one sheet.
fn marks(issues: &[&Issue], sheet: &Sheet) -> Marks {
    let mut marks = Marks::new();
    for (number, (cell, issues)) in by_cell(issues, &sheet.merges).into_iter().enumerate() {
        let Some(severity) = issues.iter().map(|issue| issue.severity).min() else { continue };
        let comment = (number < COMMENTS_MAX).then(|| comment_text(&issues));
        let row: &mut BTreeMap<u32, Mark> = marks.entry(cell.row).or_default();
        row.insert(cell.column, Mark { severity, comment });
    }
    marks
}

/// Declares on the root what the marks need and the document does not have.
fn declare_names(root: &str, at: usize, edits: &mut Edits) -> Result<(), MarkError> {
    let mut missing = String::new();
    for (prefix, namespace) in NAMESPACES {
        let known = attributes(root).find(|(name, _)| name.strip_prefix("xmlns:") == Some(prefix));
        match known {
            Some((_, range)) if &root[range.clone()] == namespace => {}
            Some(_) => return Err(MarkError::damaged(format!("awalan {prefix} berarti lain di dalamnya"))),
            None => missing.extend([format!(" xmlns:{prefix}=\"{namespace}\"")]),
        }
    }
    if !missing.is_empty() {
        edits.insert(at + "<office:document-content".len(), missing);
    }
    Ok(())
}

/// The document being changed.
struct Page<'p> {
    layout: &'p Layout,
    text: &'p str,
    edits: &'p mut Edits,
}

impl Page<'_> {
    /// Puts the list behind the last sheet, or in the place of the former one.
    fn put_list(&mut self, former: Option<usize>, told: &Told<'_>) -> Result<(), MarkError> {
        let sheets = &self.layout.sheets;
        let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        let leads_to = |issue: &Issue| target(&names, issue);
        if let Some(sheet) = former.and_then(|place| sheets.get(place)) {
            self.edits.replace(sheet.range.clone(), list::sheet(&sheet.name, told, &leads_to));
            return Ok(());
        }
        let xml = list::sheet(&free_sheet_name(&names, NOTES_SHEET), told, &leads_to);
        match (sheets.last(), &self.layout.parent) {
            (Some(last), _) => self.edits.insert(last.range.end, xml),
            (None, Some((tag, false))) => self.edits.insert(tag.end, xml),
            (None, Some((tag, true))) => {
                let parent = opened(&self.text[tag.clone()]);
                self.edits.replace(tag.clone(), format!("{parent}{xml}</office:spreadsheet>"));
            }
            (None, None) => return Err(MarkError::damaged("daftar lembar tidak ada")),
        }
        Ok(())
    }

    /// Takes former styles of ours out and puts in those that are needed.
    fn put_styles(&mut self, styles: Styles) -> Result<(), MarkError> {
        let xml = styles.finish(self.edits);
        match (&self.layout.styles_at, self.layout.body) {
            (Some((_, false)), _) => self.edits.insert(self.layout.styles_end, xml),
            (Some((tag, true)), _) => {
                let styles = opened(&self.text[tag.clone()]);
                self.edits.replace(tag.clone(), format!("{styles}{xml}</office:automatic-styles>"));
            }
            (None, Some(body)) => {
                self.edits.insert(body, format!("<office:automatic-styles>{xml}</office:automatic-styles>"));
            }
            (None, None) => return Err(MarkError::damaged("isinya tidak ada")),
        }
        Ok(())
    }
}
