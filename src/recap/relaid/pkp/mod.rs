//! Sheets of PKP, the yearly assessment, in the forms that occur: laid out anew with one row for each *upaya*, program,
//! variabel and sub variabel, known by its path of numbers. Figures are moved, never computed.

mod block;
mod draft;
mod heading;
mod outline;

use super::page::{NewCell, NewSheet};
use crate::domain::pkp::KnownEffort;
use crate::domain::records::CellRef;
use crate::recap::banner::{Banner, BannerLine};
use crate::recap::heading::key;
use crate::recap::questions::ASK_PKP_NAME;
use crate::workbook::{CellValue, Relaid, Remark, Row, Sheet};
use block::PkpBlock;
use draft::{PkpColumn, PkpDraft};
use heading::PkpHeading;

/// Heading of Simpul's own table, which is read as it stands.
const OWN: &str = "kodepkp";
/// Rows above a heading in which its titles stand.
const TITLE_ROWS: usize = 12;

/// The rows of a PKP sheet.
pub(super) fn relaid(sheet: &Sheet) -> Option<Relaid> {
    let is_own = |row: &Row| row.cells.iter().filter_map(|cell| cell.value.text()).any(|text| key(text) == OWN);
    if sheet.rows.iter().any(is_own) {
        return None;
    }
    let headings = headings(sheet);
    let first = headings.first()?;
    let from = CellRef { row: sheet.rows[first.at].index, column: 0 };
    let mut draft = PkpDraft::new(sheet);
    let mut end = sheet.rows.len();
    for (at, heading) in headings.iter().enumerate() {
        let next = headings.get(at + 1).map_or(sheet.rows.len(), |next| titles_begin(sheet, heading.data, next.at));
        let rows = heading.up_to_signatures(&sheet.rows[heading.data..next]);
        end = heading.data + rows.len();
        let before = at.checked_sub(1).map_or(0, |before| headings[before].data);
        let block = PkpBlock { sheet, heading, rows, title: effort_title(sheet, heading, before) };
        if let Err(place) = block.add_to(&mut draft) {
            return Some(Relaid::Asked(Remark { place, message: ASK_PKP_NAME.to_owned() }));
        }
    }
    let rows = draft.finish();
    if rows.is_empty() {
        return None;
    }
    let mut page = NewSheet::new(sheet);
    page.copy(&sheet.rows[..first.at]);
    page.gap();
    page.line(PkpColumn::ALL.map(|column| NewCell::text(column.heading(), from)).to_vec());
    let message = arrangement_sentence(&rows);
    for row in rows {
        page.line(row.cells());
    }
    page.gap();
    page.copy(&sheet.rows[end..]);
    Some(Relaid::Table(Box::new(page.finish()), vec![Remark { place: from, message }]))
}

fn arrangement_sentence(rows: &[draft::DraftRow]) -> String {
    let counted = |depth: usize| rows.iter().filter(|row| row.numbers.len() == depth).count();
    let deeper = rows.iter().filter(|row| row.numbers.len() > 3).count();
    format!(
        "lembar PKP disusun menurut nomor, kolom, dan letak namanya: {} upaya, {} program, {} variabel, {deeper} sub \
         variabel; bila keliru, beri setiap baris nomor bertingkat (I, A, 1, a)",
        counted(1),
        counted(2),
        counted(3)
    )
}

/// Returns the headings of a sheet, top down; those that repeat the one before are none.
fn headings(sheet: &Sheet) -> Vec<PkpHeading> {
    let titles = sheet.rows.iter().take(TITLE_ROWS).flat_map(|row| &row.cells).filter_map(|cell| cell.value.text());
    let is_titled = heading::is_title(&titles.chain([sheet.name.as_str()]).collect::<Vec<_>>().join(" | "));
    let mut found: Vec<PkpHeading> = Vec::new();
    let mut from = 0;
    while let Some(next) = PkpHeading::next(sheet, from, is_titled) {
        from = next.data;
        let is_same = |held: &PkpHeading| held.columns == next.columns;
        if !found.last().is_some_and(is_same) {
            found.push(next);
        }
    }
    found
}

/// Returns the row in which the titles above a further heading begin: rows without figures right above it.
fn titles_begin(sheet: &Sheet, from: usize, heading: usize) -> usize {
    let is_title =
        |row: &Row| row.cells.len() <= 2 && row.cells.iter().all(|cell| matches!(cell.value, CellValue::Text(_)));
    let titles = sheet.rows[from..heading].iter().rev().take(TITLE_ROWS).take_while(|row| is_title(row)).count();
    heading - titles
}

/// The *upaya* that a title above a heading names, or the sheet's name, with its cell.
fn effort_title(sheet: &Sheet, heading: &PkpHeading, before: usize) -> Option<(KnownEffort, CellRef)> {
    let place = CellRef { row: sheet.rows[heading.at].index, column: 0 };
    if heading.is_of_management {
        return KnownEffort::named("manajemen").map(|effort| (effort, place));
    }
    let above = sheet.rows[before..heading.at].iter().rev().take(TITLE_ROWS);
    let named = above.flat_map(|row| {
        row.cells.iter().filter_map(move |cell| {
            let effort = KnownEffort::named(cell.value.text()?)?;
            Some((effort, CellRef { row: row.index, column: cell.column }))
        })
    });
    let banner = Banner::read(sheet.rows[..heading.at].iter().map(BannerLine::all_cells));
    // `Manajemen` of a title may be the name of the paper: *Pedoman Manajemen Puskesmas*.
    let is_of_paper =
        |effort: &KnownEffort| banner.words.contains("pedoman manajemen") && effort.name.starts_with("Manajemen");
    let mut named = named.filter(|(effort, _)| !is_of_paper(effort));
    named.next().or_else(|| KnownEffort::named(&sheet.name).map(|effort| (effort, place)))
}
