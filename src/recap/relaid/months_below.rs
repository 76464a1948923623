//! Several indicators side by side, each with its Sasaran in one column and its months below it in others (`SASARAN BUMIL | K6
//! over JAN FEB MAR | SASARAN BAYI | IDL over JAN FEB MAR`): a row a facility, indicator and month.

use super::groups::{GroupHeading, heads};
use super::page::{NewCell, NewSheet};
use super::rows::up_to_signatures;
use super::table;
use crate::domain::records::CellRef;
use crate::recap::banner::{Banner, BannerLine};
use crate::recap::cells::date_words::month_number;
use crate::recap::cells::is_blank;
use crate::recap::heading::{anchor, key};
use crate::recap::heading_figures::{Leaf, figure_word};
use crate::recap::layout::Layout;
use crate::recap::section::Section;
use crate::recap::sections::sections;
use crate::workbook::{Relaid, Remark, Sheet};

/// Fewest indicators and fewest months of each.
const INDICATORS_MIN: usize = 2;
const MONTHS_MIN: usize = 2;

/// An indicator: its name as written, its denominator, and its months with their columns.
struct MonthsOfIndicator {
    name: NewCell,
    denominator: u32,
    months: Vec<(u32, String)>,
}

/// The sheet with a row for each figure.
pub(super) fn relaid(sheet: &Sheet) -> Option<Relaid> {
    let heads = (0..sheet.rows.len()).find_map(|at| heads(sheet, at).filter(|heads| heads.data > at + 1))?;
    let banner = Banner::read(sheet.rows[..heads.at].iter().map(BannerLine::all_cells));
    let is_other = ["jadwal", "kehadiran", "lokmin", "laporan masuk"].iter().any(|word| banner.words.contains(word));
    if is_other || banner.indicator.is_some() {
        return None;
    }
    let indicators = indicators(sheet, &heads)?;
    // As it stands each has a denominator of its own.
    let is_known = |section: &Section| matches!(&section.heading.layout, Layout::Groups(groups) if groups.iter().all(|group| group.denominator.is_some()));
    if sections(sheet, &[]).iter().any(is_known) {
        return None;
    }
    let heading = sheet.rows[heads.at].index;
    let first = indicators.first()?.name.from;
    let mut page = NewSheet::new(sheet);
    page.copy(&sheet.rows[..heads.at]);
    let own = |row: u32| (0..=heads.name).map(move |column| CellRef { row, column });
    let left = own(heading).map(|place| NewCell::from_sheet(sheet, place));
    page.line(
        left.chain(["Indikator", "Bulan", "Sasaran", "Capaian"].map(|word| NewCell::text(word, first))).collect(),
    );
    let (rows, tail) = up_to_signatures(&sheet.rows[heads.data..]);
    for row in rows.iter().filter(|row| !is_blank(row.get(heads.name))) {
        for indicator in &indicators {
            for (column, month) in &indicator.months {
                if is_blank(row.get(*column)) {
                    continue;
                }
                let seen = |column: u32| NewCell::from_sheet(sheet, CellRef { row: row.index, column });
                let month = NewCell::text(month, CellRef { row: heading, column: *column });
                let figures = [indicator.name.clone(), month, seen(indicator.denominator), seen(*column)];
                page.line(own(row.index).map(|place| NewCell::from_sheet(sheet, place)).chain(figures).collect());
            }
        }
    }
    page.gap();
    page.copy(tail);
    let message = format!(
        "bulan di bawah {} indikator dibaca sebagai capaian bulan itu, dengan sasaran di kolom sebelah kirinya",
        indicators.len()
    );
    Some(table(page, Remark { place: first, message }))
}

fn indicators(sheet: &Sheet, heads: &GroupHeading) -> Option<Vec<MonthsOfIndicator>> {
    let mut found: Vec<MonthsOfIndicator> = Vec::new();
    let mut denominator: Option<u32> = None;
    let mut top: Option<&str> = None;
    for head in &heads.columns {
        let is_lone = head.top.is_empty();
        let is_denominator = |text: &str| {
            let known = figure_word(&key(text));
            matches!(known, Some(Leaf::Denominator | Leaf::People(_))) || key(text).starts_with("sasaran")
        };
        if is_lone && is_denominator(&head.bottom) {
            denominator = Some(head.column);
            top = None;
            continue;
        }
        let Some(_) = month_number(&key(&head.bottom)).filter(|_| !is_lone) else {
            top = None;
            continue;
        };
        let may_be_indicator = month_number(&key(&head.top)).is_none() && anchor(&head.top).is_none();
        if !may_be_indicator {
            return None;
        }
        if top == Some(&head.top) {
            found.last_mut()?.months.push((head.column, head.bottom.clone()));
            continue;
        }
        top = Some(&head.top);
        let place = CellRef { row: sheet.rows[heads.at].index, column: head.column };
        found.push(MonthsOfIndicator {
            name: NewCell::text(&head.top, place),
            denominator: denominator?,
            months: vec![(head.column, head.bottom.clone())],
        });
    }
    let are_whole = found.iter().all(|one| one.months.len() >= MONTHS_MIN);
    (found.len() >= INDICATORS_MIN && are_whole).then_some(found)
}
