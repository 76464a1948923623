//! Months across and an indicator in each row: a year of several indicators. Each indicator becomes a table of its own.

use super::page::{NewCell, NewSheet};
use super::rows::{column_of, up_to_signatures};
use super::table;
use crate::domain::records::CellRef;
use crate::recap::banner::{Banner, BannerLine};
use crate::recap::cells::date_words::month_number;
use crate::recap::cells::{is_blank, value_text};
use crate::recap::facility_words::is_facility;
use crate::recap::heading::{INDICATOR, NAME, is_village_heading, key};
use crate::recap::heading_figures::{Leaf, figure_word, is_total};
use crate::workbook::{CellValue, Relaid, Remark, Row, Sheet};

const MONTHS_MIN: usize = 3;
/// Most indicators of a sheet.
const INDICATORS_MAX: usize = 60;

struct StackedName<'s> {
    place: CellRef,
    name: String,
    rows: Vec<&'s Row>,
}

/// Where the columns stand.
struct StackedColumns {
    /// Place of the heading among the rows of the sheet.
    at: usize,
    indicator: u32,
    denominator: u32,
    months: Vec<u32>,
    /// Of facilities or villages.
    name: Option<u32>,
}

impl StackedColumns {
    fn find(sheet: &Sheet) -> Option<Self> {
        let is_indicator = |key: &str| INDICATOR.has(key);
        let at = sheet.rows.iter().position(|row| column_of(row, &is_indicator).is_some())?;
        let heading = &sheet.rows[at];
        let indicator = column_of(heading, &is_indicator)?;
        let of_month = |text: &str| month_number(&key(text)).is_some();
        let months = heading.cells.iter().filter(|cell| cell.value.text().is_some_and(of_month));
        let months: Vec<u32> = months.map(|cell| cell.column).collect();
        let denominator = column_of(heading, &|key| figure_word(key) == Some(Leaf::Denominator))?;
        // Months over figures of their own are read as they stand.
        let below = sheet.rows.get(at + 1)?;
        let is_figure = |text: &str| figure_word(&key(text)).is_some();
        let is_over = |column: &u32| below.get(*column).and_then(CellValue::text).is_some_and(is_figure);
        if months.len() < MONTHS_MIN || months.iter().any(is_over) {
            return None;
        }
        let name = column_of(heading, &|key| NAME.has(key)).filter(|column| *column != indicator);
        let village = || heading.cells.iter().find(|cell| cell.value.text().is_some_and(is_village_heading));
        let name = name.or_else(|| village().map(|cell| cell.column));
        Some(Self { at, indicator, denominator, months, name })
    }

    /// The indicators with their rows, and the rows below the table.
    fn gather<'s>(&self, sheet: &'s Sheet) -> (Vec<StackedName<'s>>, &'s [Row]) {
        let mut all: Vec<StackedName<'_>> = Vec::new();
        let (rows, tail) = up_to_signatures(&sheet.rows[self.at + 1..]);
        for row in rows {
            let Some((place, value)) = sheet.seen(CellRef { row: row.index, column: self.indicator }) else {
                // A blank below an indicator is the same one, where the row has a name.
                if let (Some(last), Some(column)) = (all.last_mut(), self.name)
                    && !is_blank(row.get(column))
                {
                    last.rows.push(row);
                }
                continue;
            };
            let text = value_text(value);
            let has_figures =
                std::iter::once(&self.denominator).chain(&self.months).any(|column| !is_blank(row.get(*column)));
            if is_total(&key(&text)) || value.text().is_none() || !has_figures {
                continue;
            }
            match all.iter_mut().find(|of| key(&of.name) == key(&text)) {
                Some(of) => of.rows.push(row),
                None => all.push(StackedName { place, name: text, rows: vec![row] }),
            }
        }
        (all, tail)
    }
}

/// A sheet of several indicators, a table each.
pub(super) fn relaid(sheet: &Sheet) -> Option<Relaid> {
    let heads = StackedColumns::find(sheet)?;
    let heading = sheet.rows[heads.at].index;
    let from = |column: u32| CellRef { row: heading, column };
    let banner = Banner::read(sheet.rows[..heads.at].iter().map(BannerLine::all_cells));
    let titled = || banner.titles.iter().find(|(title, _)| is_facility(title)).cloned();
    let of_sheet = || is_facility(&sheet.name).then(|| (sheet.name.clone(), from(heads.indicator)));
    let owner = banner.facility.clone().or_else(titled).or_else(of_sheet);
    if heads.name.is_none() && owner.is_none() {
        return None;
    }
    let (all, tail) = heads.gather(sheet);
    if all.is_empty() || all.len() > INDICATORS_MAX {
        return None;
    }
    let mut page = NewSheet::new(sheet);
    page.copy(&sheet.rows[..heads.at]);
    for of in &all {
        page.line(vec![NewCell::text(&format!("INDIKATOR : {}", of.name), of.place)]);
        let named = match heads.name {
            Some(column) => NewCell::from_sheet(sheet, from(column)),
            None => NewCell::text("Nama Jaringan/Jejaring", from(heads.indicator)),
        };
        let months = heads.months.iter().map(|column| NewCell::from_sheet(sheet, from(*column)));
        page.line([named, NewCell::text("Sasaran", from(heads.denominator))].into_iter().chain(months).collect());
        for row in &of.rows {
            let seen = |column: u32| NewCell::from_sheet(sheet, CellRef { row: row.index, column });
            let whose = match (heads.name, &owner) {
                (Some(column), _) => seen(column),
                (None, Some((name, place))) => NewCell::text(name, *place),
                (None, None) => continue,
            };
            let columns = std::iter::once(heads.denominator).chain(heads.months.iter().copied());
            page.line(std::iter::once(whose).chain(columns.map(seen)).collect());
        }
        page.gap();
    }
    page.copy(tail);
    let message = format!(
        "setiap baris menyebut indikatornya, jadi dibaca sebagai {} tabel capaian setahun, satu setiap indikator",
        all.len()
    );
    Some(table(page, Remark { place: from(heads.indicator), message }))
}
