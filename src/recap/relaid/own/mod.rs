//! Sheets of ready sets (INM, SPM, IKS, IKP) in the forms that occur: laid out anew as rows of *Capaian Puskesmas*. A count
//! is known by the indicator, the month and the role that its row, its column and the titles name. Figures are moved,
//! never computed.

mod counts;
mod grid;
mod role;
mod span;

use std::collections::BTreeSet;

use super::page::{NewCell, NewSheet};
use crate::domain::own_indicator::{IndicatorSet, IndicatorSetBook};
use crate::domain::records::CellRef;
use crate::recap::banner::{Banner, BannerLine};
use crate::recap::heading::{key, word_group};
use crate::recap::questions::ASK_OWN_COUNTS;
use crate::workbook::{Relaid, Remark, Row, Sheet};
use counts::OwnCounts;
use grid::OwnGrid;
use span::CountedSpan;

/// Heading of Simpul's own tables, which are read as they stand.
const OWN: &str = "kodeindikatorpuskesmas";
/// Rows of a sheet in which its titles stand.
const TITLE_ROWS: usize = 12;
/// Fewest indicators by which a sheet without a title is known.
const NAMED_MIN: usize = 3;
/// Columns of the table, in their order.
const COLUMNS: [&str; 7] = [
    "Bulan",
    "Kode Indikator Puskesmas",
    "Pembilang",
    "Pembilang Sejak Januari",
    "Penyebut",
    "Angka Jadi",
    "Angka di Lembar",
];

/// The rows of a sheet of a ready set; `file` may name its month.
pub(super) fn relaid(sheet: &Sheet, file: &str, sets: &IndicatorSetBook) -> Option<Relaid> {
    let texts = |row: &Row| row.cells.iter().filter_map(|cell| cell.value.text()).map(key).collect::<Vec<_>>();
    let facility_names = word_group("nama");
    let is_other = |row: &Row| texts(row).iter().any(|text| text == OWN || facility_names.has(text));
    if sheet.rows.iter().take(TITLE_ROWS).any(is_other) {
        return None;
    }
    let set = set_of(sheet, sets)?;
    let grid = OwnGrid::read(sheet, set)?;
    let banner = Banner::read(sheet.rows[..grid.top].iter().map(BannerLine::all_cells));
    let span = CountedSpan::read(&banner, &sheet.name, file);
    let counts = OwnCounts::gather(sheet, &grid);
    let place = CellRef { row: sheet.rows[grid.top].index, column: 0 };
    if counts.is_empty() {
        return None;
    }
    if counts.are_figures_alone() {
        return Some(Relaid::Asked(Remark { place, message: ASK_OWN_COUNTS.to_owned() }));
    }
    let rows = match counts.rows(span, place) {
        Ok(rows) => rows,
        Err(asked) => return Some(Relaid::Asked(asked)),
    };
    let mut page = NewSheet::new(sheet);
    page.copy(&sheet.rows[..grid.titles]);
    page.gap();
    page.line(COLUMNS.map(|column| NewCell::text(column, place)).to_vec());
    for row in rows.lines {
        page.line(row);
    }
    page.gap();
    page.copy(&sheet.rows[grid.end..]);
    let message = format!(
        "lembar {} disusun menurut nama indikator, bulan, dan judul kolomnya: {} indikator",
        set.title, rows.indicators
    );
    let told = [Remark { place, message }].into_iter().chain(rows.told).chain(grid.told).collect();
    Some(Relaid::Table(Box::new(page.finish()), told))
}

/// The set whose sheet it is: by its titles, or by half of its indicators.
fn set_of<'s>(sheet: &Sheet, sets: &'s IndicatorSetBook) -> Option<&'s IndicatorSet> {
    let top = sheet.rows.iter().take(TITLE_ROWS).flat_map(|row| &row.cells).filter_map(|cell| cell.value.text());
    let title = top.chain([sheet.name.as_str()]).collect::<Vec<_>>().join(" | ");
    let fit = |set: &&'s IndicatorSet| {
        let named = named_count(sheet, set);
        let is_known =
            if set.is_titled(&title) { named > 0 } else { named >= NAMED_MIN && named * 2 >= set.indicators.len() };
        is_known.then_some((set.is_titled(&title), named))
    };
    sets.all().iter().filter(|set| fit(set).is_some()).max_by_key(fit)
}

/// Number of indicators of a set that cells or the sheet's name name.
fn named_count(sheet: &Sheet, set: &IndicatorSet) -> usize {
    let texts = sheet.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.value.text());
    // The same texts stand in many rows.
    let texts: BTreeSet<&str> = texts.chain([sheet.name.as_str()]).collect();
    let named = texts.into_iter().filter_map(|text| set.named(text));
    named.map(|own| own.code.as_str()).collect::<BTreeSet<_>>().len()
}
