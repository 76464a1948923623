//! A workbook that keeps who there is on a sheet of its own, and on the sheets of months only who was reached: each of
//! those gets the denominators beside its names. Knows no register: names are looked for as they are written.

use std::collections::BTreeMap;

use super::figure_table::{FigureHeads, FigureTableColumn, is_figure, is_of_figures};
use super::page::{NewCell, NewSheet};
use crate::domain::name::{name_key, plain_words};
use crate::domain::records::CellRef;
use crate::recap::banner::{Banner, BannerLine};
use crate::recap::cells::{is_blank, value_text};
use crate::recap::heading::key;
use crate::recap::heading_figures::{Leaf, figure_word, is_total, people};
use crate::recap::sections::sections;
use crate::workbook::{CellValue, Relaid, Remark, Row, Sheet, Visibility, Workbook};

/// Gives the sheets of a workbook that lack them the denominators of the only sheet that holds nothing else.
pub(super) fn serve(workbook: &mut Workbook) {
    let may_be =
        |sheet: &&Sheet| sheet.visibility == Visibility::Visible && !sheet.is_notes() && sheet.relaid.is_none();
    let found: Vec<Denominators> = workbook.sheets.iter().filter(may_be).filter_map(Denominators::from_sheet).collect();
    let [denominators] = &found[..] else { return };
    let served: Vec<(String, Relaid)> = workbook
        .sheets
        .iter()
        .filter(may_be)
        .filter(|sheet| sheet.name != denominators.sheet)
        .filter_map(|sheet| Some((sheet.name.clone(), denominators.relaid(sheet)?)))
        .collect();
    if served.is_empty() {
        return;
    }
    let own = denominators.remark();
    for sheet in &mut workbook.sheets {
        let relaid = served.iter().find(|(name, _)| *name == sheet.name).map(|(_, relaid)| relaid.clone());
        if relaid.is_some() {
            sheet.relaid = relaid;
        } else if sheet.name == denominators.sheet {
            let nothing = Sheet::new(sheet.name.clone(), sheet.visibility, Vec::new(), Vec::new());
            sheet.relaid = Some(Relaid::Table(Box::new(nothing), vec![own.clone()]));
        }
    }
}

struct Denominators {
    sheet: String,
    place: CellRef,
    year: Option<i32>,
    /// Of whom, in the order of the columns.
    headings: Vec<String>,
    of_name: BTreeMap<String, Vec<Option<CellValue>>>,
}

fn banner_of(sheet: &Sheet, heads: &FigureHeads) -> Banner {
    Banner::read(sheet.rows[..heads.at].iter().map(BannerLine::all_cells))
}

/// The key of the name of a row with figures; none of a row of sums.
fn name_of(row: &Row, heads: &FigureHeads) -> Option<String> {
    let written = row.get(heads.name).filter(|value| !is_blank(Some(value))).map(value_text)?;
    let is_sum = plain_words(&written).split(' ').next().is_some_and(is_total);
    let has_figures = row.cells.iter().any(|cell| cell.column > heads.name && is_figure(&cell.value));
    (has_figures && !is_sum).then(|| name_key(&written))
}

impl Denominators {
    fn from_sheet(sheet: &Sheet) -> Option<Self> {
        let heads = FigureHeads::find(sheet)?;
        let banner = banner_of(sheet, &heads);
        let is_said = banner.words.contains("sasaran") || plain_words(&sheet.name).contains("sasaran");
        let is_of_people = |column: &FigureTableColumn| people(&key(&column.text)).is_some();
        let is_all = !heads.columns.is_empty() && heads.columns.iter().all(is_of_people);
        if !is_said || !is_all || banner.month.is_some() {
            return None;
        }
        let mut of_name: BTreeMap<String, Vec<Option<CellValue>>> = BTreeMap::new();
        for row in &sheet.rows[heads.data..] {
            let Some(name) = name_of(row, &heads) else { continue };
            let figures = heads.columns.iter().map(|column| row.get(column.column).cloned()).collect();
            // Of a name that comes again nobody knows which.
            if of_name.insert(name, figures).is_some() {
                return None;
            }
        }
        let place = heads.columns.first()?.place;
        let headings = heads.columns.iter().map(|column| column.text.trim().to_owned()).collect();
        let is_filled = !of_name.is_empty();
        Some(Self { sheet: sheet.name.clone(), place, year: banner.any_year(), headings, of_name })
            .filter(|_| is_filled)
    }

    fn remark(&self) -> Remark {
        let message = format!(
            "lembar ini dibaca sebagai sasaran ({}) untuk lembar capaian yang tidak mempunyai kolom Sasaran",
            self.headings.join(", ")
        );
        Remark { place: self.place, message }
    }

    /// A sheet of numerators alone, with the denominators beside its names.
    fn relaid(&self, sheet: &Sheet) -> Option<Relaid> {
        let heads = FigureHeads::find(sheet)?;
        let banner = banner_of(sheet, &heads);
        let is_numerator = |column: &FigureTableColumn| {
            let leaf = figure_word(&key(&column.text));
            !column.is_month() && !column.is_sum() && matches!(leaf, None | Some(Leaf::Percent))
        };
        let is_other_year = matches!((self.year, banner.any_year()), (Some(own), Some(year)) if own != year);
        let may_be = is_of_figures(&banner) && !is_other_year && heads.columns.iter().all(is_numerator);
        let is_known = |row: &Row| name_of(row, &heads).is_some_and(|name| self.of_name.contains_key(&name));
        if !may_be || !sheet.rows[heads.data..].iter().any(is_known) || !sections(sheet, &[]).is_empty() {
            return None;
        }
        let mut page = NewSheet::new(sheet);
        page.copy(&sheet.rows[..heads.at]);
        let heading = sheet.rows[heads.at].index;
        let own = |row: u32| (0..=heads.name).map(move |column| NewCell::from_sheet(sheet, CellRef { row, column }));
        let at_name = |row: u32| CellRef { row, column: heads.name };
        let words = self.headings.iter().map(|text| NewCell::text(text, at_name(heading)));
        let figures = heads.columns.iter().map(|column| NewCell::text(column.text.trim(), column.place));
        page.line(own(heading).chain(words).chain(figures).collect());
        for row in &sheet.rows[heads.data..] {
            let Some(name) = name_of(row, &heads) else {
                let is_blank_row = row.cells.iter().all(|cell| !is_figure(&cell.value));
                if is_blank_row {
                    page.copy(std::slice::from_ref(row));
                }
                continue;
            };
            let known = self.of_name.get(&name);
            let denominators = (0..self.headings.len()).map(|at| {
                let value = known.and_then(|figures| figures.get(at)).cloned().flatten();
                NewCell { value, from: at_name(row.index) }
            });
            let counts = heads
                .columns
                .iter()
                .map(|column| NewCell::from_sheet(sheet, CellRef { row: row.index, column: column.column }));
            page.line(own(row.index).chain(denominators).chain(counts).collect());
        }
        let message = format!("sasaran diambil dari lembar \"{}\" menurut nama pada setiap barisnya", self.sheet);
        Some(Relaid::Table(Box::new(page.finish()), vec![Remark { place: at_name(heading), message }]))
    }
}
