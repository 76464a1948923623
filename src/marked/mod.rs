//! The marked copy: the very file that was imported, its wrong cells coloured and commented, with a sheet that
//! lists what is wrong. Works on the parts of xlsx and xlsm packages; a part that needs no change is copied as it lies.
//! A file of another format is written anew as xlsx from its grids (`anew`) and marked then.
//! Knows nothing of tables or records: it takes issues with their cells and trusts nothing in the file.
//!
//! Our marks are known again by their author (`comments::AUTHOR`), their colours and the colour of the list's
//! tab; each marking takes those of an earlier one out first.

mod anew;
mod book;
mod comments;
mod error;
mod list;
mod list_sheet;
mod overwritten;
mod package;
mod relations;
mod sheet;
mod styles;
mod vml;
mod widths;
mod xml;

use std::collections::BTreeMap;

use book::{SheetPart, WorkbookPart};
pub use error::MarkError;
pub use list::Notes;
use list::{COMMENTS_MAX, IssueList, ListVariant, Target, word};
pub use overwritten::{OverwrittenCells, cells_alone, overwrite};
use package::EditedPackage;
use relations::Relations;
use styles::Styles;
use xml::{Edits, Tags, attribute};

use crate::diagnostic::{Issue, NOTES_SHEET};
use crate::domain::records::CellRef;
use crate::workbook::{Merges, Workbook};

const COMMENTS_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const VML_TYPE: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";
/// Characters that a line of a comment takes.
const LINE_CHARS: usize = 45;

/// A copy of an xlsx or xlsm file with the issues marked: cells coloured, a comment on each, and the sheet
/// *Catatan impor* with all of them. Marks of an earlier copy are taken out first, so that marking a marked
/// copy again gives the same as marking the original.
///
/// Of a merged area its first cell is marked, the only one that is seen. An issue whose sheet or cell the file
/// does not have stands in the list alone.
///
/// # Errors
/// Other formats ([`MarkError::UnsupportedFormat`]: offer [`mark_cells`] then), damaged files, two parts of
/// one name, and files above the limits.
pub fn mark(original: &[u8], issues: &[Issue], notes: &Notes) -> Result<Vec<u8>, MarkError> {
    let told = IssueList { issues, notes, beside: ListVariant::File };
    mark_workbook(EditedPackage::open(original)?, &told)
}

/// A marked copy in the form of xlsx of a workbook whose file cannot be edited: its sheets with their names, values,
/// merged areas, and what is hidden; not its fonts, colours and formulas, which the list says. It can be mended and
/// imported in the place of the original.
///
/// # Errors
/// Workbooks above the limits of `anew`: offer [`list_workbook`] then.
pub fn mark_cells(book: &Workbook, issues: &[Issue], notes: &Notes) -> Result<Vec<u8>, MarkError> {
    let anew = anew::write_anew(book)?;
    let issues: Vec<Issue> = issues.iter().map(|issue| anew.renamed(issue)).collect();
    let told = IssueList { issues: &issues, notes, beside: ListVariant::Cells };
    mark_workbook(EditedPackage::open(&anew.bytes)?, &told)
}

/// A workbook of its own with just the list, for files of which no marked copy can be made, and `why`, in a sentence
/// without its full stop. Links are left out: the sheets are not in it.
///
/// # Errors
/// Only where the archive cannot be written.
pub fn list_workbook(issues: &[Issue], notes: &Notes, why: &str) -> Result<Vec<u8>, MarkError> {
    let empty = anew::without_sheets()?;
    mark_workbook(EditedPackage::open(&empty)?, &IssueList { issues, notes, beside: ListVariant::Nothing(why) })
}

/// The ending for a marked copy of a package whose file was called `name`: its own where it is one of such packages.
pub fn ending(name: &str) -> &str {
    let own = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_of_a_package = ["xlsx", "xlsm", "xltx", "xltm"].iter().any(|known| known.eq_ignore_ascii_case(own));
    if is_of_a_package { own } else { "xlsx" }
}

/// Marks a package as Excel writes it.
fn mark_workbook(mut package: EditedPackage<'_>, told: &IssueList<'_>) -> Result<Vec<u8>, MarkError> {
    let mut book = WorkbookPart::open(&mut package)?;
    let styles_part = book.styles_part(&package);
    let text = if package.has(&styles_part) { package.text(&styles_part)? } else { styles::EMPTY.to_owned() };
    let mut styles = Styles::parse(text)?;
    let sheets = book.sheets.clone();
    let mut former_list = None;
    for (number, sheet) in (1..).zip(&sheets) {
        if sheet.name.to_lowercase().starts_with(&NOTES_SHEET.to_lowercase()) && is_our_list(&mut package, sheet)? {
            former_list = Some(sheet.part.clone());
            continue;
        }
        let is_first =
            sheets.iter().find(|other| other.part == sheet.part).is_some_and(|first| first.name == sheet.name);
        if is_first {
            let here: Vec<&Issue> = told.issues.iter().filter(|issue| issue.sheet == sheet.name).collect();
            Marking { package: &mut package, book: &mut book, styles: &mut styles, number }.sheet(sheet, &here)?;
        }
    }
    let formats = styles.list_formats()?;
    let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    let list = list_sheet::sheet(&book.namespace, formats, told, &|issue| target(&names, issue));
    let list_part = match former_list {
        Some(part) => part,
        None => book.add_sheet(&package, NOTES_SHEET)?,
    };
    package.put(&list_part, &list)?;
    let (text, edits) = styles.finish();
    if !edits.is_empty() {
        package.put_edited(&styles_part, &text, edits)?;
    }
    book.save(&mut package)?;
    package.finish()
}

/// Where an issue's link leads.
fn target(sheets: &[&str], issue: &Issue) -> Option<Target> {
    let sheet = sheets.iter().find(|sheet| **sheet == issue.sheet)?;
    let cell = if issue.cell.is_empty() { CellRef { row: 0, column: 0 } } else { CellRef::parse(&issue.cell)? };
    Some(Target { sheet: (*sheet).to_owned(), cell })
}

/// Reports whether this sheet of notes is from an earlier marked copy: the colour of its tab tells.
fn is_our_list(package: &mut EditedPackage<'_>, sheet: &SheetPart) -> Result<bool, MarkError> {
    let text = package.text(&sheet.part)?;
    let mut tags = Tags::new(&text);
    while let Some(node) = tags.next_tag()? {
        if node.opens(2, "tabColor") {
            return Ok(attribute(node.tag, "rgb").is_some_and(|rgb| rgb.eq_ignore_ascii_case(list_sheet::TAB_COLOUR)));
        }
        if node.local() == "sheetData" {
            break;
        }
    }
    Ok(false)
}

/// The issues of a sheet by the cell that is seen.
fn by_cell<'i>(issues: &[&'i Issue], merges: &Merges) -> BTreeMap<CellRef, Vec<&'i Issue>> {
    let mut by_cell: BTreeMap<CellRef, Vec<&Issue>> = BTreeMap::new();
    for issue in issues {
        if let Some(cell) = CellRef::parse(&issue.cell) {
            by_cell.entry(merges.at(cell).map_or(cell, |area| area.first)).or_default().push(issue);
        }
    }
    by_cell
}

/// The text of a cell's comment: its errors, then its warnings, each with its word.
fn comment_text(issues: &[&Issue]) -> String {
    let mut sorted = issues.to_vec();
    sorted.sort_by_key(|issue| issue.severity);
    let lines: Vec<String> =
        sorted.iter().map(|issue| format!("{}: {}", word(issue.severity), issue.message)).collect();
    lines.join("\n\n")
}

/// One sheet being marked.
struct Marking<'m, 'b> {
    package: &'m mut EditedPackage<'b>,
    book: &'m mut WorkbookPart,
    styles: &'m mut Styles,
    /// Place of the sheet, from 1.
    number: usize,
}

impl Marking<'_, '_> {
    fn sheet(mut self, sheet: &SheetPart, issues: &[&Issue]) -> Result<(), MarkError> {
        let mut relations = Relations::from_package(self.package, &sheet.part)?;
        let comments_part = relations.by_kind("comments").map(|relation| relation.part.clone());
        let comments_part = comments_part.filter(|part| self.package.has(part));
        let comments = comments_part.as_ref().map(|part| self.package.text(part)).transpose()?;
        let has_ours = comments.as_ref().is_some_and(|text| comments::may_hold_ours(text));
        let has_cells = issues.iter().any(|issue| !issue.cell.is_empty());
        if !has_cells && !has_ours && !self.styles.has_former_marks() {
            return Ok(());
        }
        let text = self.package.text(&sheet.part)?;
        let foot = sheet::Foot::from_text(&text)?;
        let by_cell = by_cell(issues, &foot.merges);
        let severities = by_cell
            .iter()
            .filter_map(|(cell, issues)| Some((*cell, issues.iter().map(|issue| issue.severity).min()?)))
            .collect();
        let mut edits = Edits::default();
        sheet::colour(&text, &severities, self.styles, &mut edits)?;
        let wanted: BTreeMap<CellRef, String> =
            by_cell.iter().take(COMMENTS_MAX).map(|(cell, issues)| (*cell, comment_text(issues))).collect();
        if has_ours || !wanted.is_empty() {
            let drawing = foot.legacy.as_ref().and_then(|id| relations.by_id(id)).map(|relation| relation.part.clone());
            let drawing = drawing.filter(|part| self.package.has(part));
            if foot.legacy.is_some() && drawing.is_none() {
                return Err(MarkError::damaged(format!("gambar catatan sel di lembar \"{}\" hilang", sheet.name)));
            }
            let known = comments_part.zip(comments);
            let added = self.comments(&mut relations, known, drawing, &wanted)?;
            if let Some(id) = added {
                sheet::refer_to_drawing(&text, &id, self.book.prefix, &mut edits)?;
            }
        }
        if !edits.is_empty() {
            self.package.put_edited(&sheet.part, &text, edits)?;
        }
        relations.save(self.package)
    }

    /// Rewrites the comments and their drawing; gives the relation to a drawing that is new.
    fn comments(
        &mut self,
        relations: &mut Relations,
        known: Option<(String, String)>,
        drawing: Option<String>,
        wanted: &BTreeMap<CellRef, String>,
    ) -> Result<Option<String>, MarkError> {
        let folder = self.book.folder().to_owned();
        let is_new = known.is_none();
        let (part, text) = known.unwrap_or_else(|| {
            let part = self.package.free_name(&format!("{folder}comments"), ".xml");
            relations.add(self.book.prefix, "comments", &part);
            self.book.types.set(&part, COMMENTS_TYPE);
            (part, comments::empty(&self.book.namespace))
        });
        let outcome = comments::rewrite(&text, wanted)?;
        if is_new || !outcome.edits.is_empty() {
            self.package.put_edited(&part, &text, outcome.edits)?;
        }
        let lines = |text: &String| text.lines().map(|line| line.chars().count() / LINE_CHARS + 1).sum();
        let placed: Vec<(CellRef, usize)> =
            outcome.placed.iter().map(|cell| (*cell, wanted.get(cell).map_or(1, lines))).collect();
        let mut added = None;
        let (part, text) = match drawing {
            Some(part) => {
                let text = self.package.text(&part)?;
                (part, text)
            }
            None if placed.is_empty() => return Ok(None),
            None => {
                let part = self.package.free_name(&format!("{folder}drawings/vmlDrawing"), ".vml");
                added = Some(relations.add(self.book.prefix, "vmlDrawing", &part));
                self.book.types.set_default("vml", VML_TYPE);
                (part, vml::empty(self.number))
            }
        };
        let edits = vml::rewrite(&text, &outcome.removed, &placed)?;
        if added.is_some() || !edits.is_empty() {
            self.package.put_edited(&part, &text, edits)?;
        }
        Ok(added)
    }
}
