//! Figures below three or more rows of headings, merged or not: month, indicator, Sasaran and Capaian, L, P and their sum in
//! whatever order. Each figure of a facility becomes a row.

use super::page::{NewCell, NewSheet};
use super::rows::{column_of, up_to_signatures};
use super::table;
use crate::domain::records::CellRef;
use crate::recap::banner::{Banner, BannerLine};
use crate::recap::cells::date_words::month_number;
use crate::recap::cells::is_blank;
use crate::recap::heading::{NAME, key};
use crate::recap::heading_figures::{Leaf, figure_word, is_total, sex};
use crate::recap::layout::Layout;
use crate::recap::section::Section;
use crate::recap::sections::sections;
use crate::workbook::{Relaid, Remark, Row, Sheet};

/// Rows of such a heading.
const LEVELS_MIN: usize = 3;
const LEVELS_MAX: usize = 4;
const MONTHS_MIN: usize = 2;

/// A column by what its headings say.
#[derive(Clone, Debug, Default)]
struct DeepColumn {
    column: u32,
    month: Option<(u32, String)>,
    indicator: Option<(CellRef, String)>,
    leaf: Option<Leaf>,
    /// A part by sex; the sum of the parts otherwise.
    is_part: bool,
}

/// The sheet with a row a figure.
pub(super) fn relaid(sheet: &Sheet) -> Option<Relaid> {
    let at = sheet.rows.iter().position(|row| column_of(row, &|key| NAME.has(key)).is_some())?;
    let name = column_of(&sheet.rows[at], &|key| NAME.has(key))?;
    let levels = levels(sheet, at, name);
    if !(LEVELS_MIN..=LEVELS_MAX).contains(&levels.len()) {
        return None;
    }
    let words = Banner::read(sheet.rows[..at].iter().map(BannerLine::all_cells)).words;
    if ["jadwal", "hadir", "lokmin", "pembinaan"].iter().any(|word| words.contains(word)) {
        return None;
    }
    // As it stands each figure has what it needs.
    let is_known = |section: &Section| match &section.heading.layout {
        Layout::Groups(groups) => groups.iter().all(|group| group.denominator.is_some() && group.numerator.is_some()),
        Layout::YearPairs(pairs) => pairs.iter().all(|pair| pair.denominator.is_some() && pair.numerator.is_some()),
        _ => false,
    };
    if sections(sheet, &[]).iter().any(is_known) {
        return None;
    }
    let columns = columns(sheet, levels, name)?;
    let mut months: Vec<u32> = columns.iter().filter_map(|column| Some(column.month.as_ref()?.0)).collect();
    months.dedup();
    let groups: Vec<FigurePair<'_>> = pairs(&columns)?;
    if months.len() < MONTHS_MIN {
        return None;
    }
    let has_indicators = groups.iter().all(|group| group.numerator.indicator.is_some());
    if !has_indicators && groups.iter().any(|group| group.numerator.indicator.is_some()) {
        return None;
    }
    let place = CellRef { row: sheet.rows[at].index, column: columns.first()?.column };
    let mut page = NewSheet::new(sheet);
    page.copy(&sheet.rows[..at]);
    let heads: &[&str] = if has_indicators {
        &["Nama Jaringan/Jejaring", "Indikator", "Bulan", "Sasaran", "Capaian"]
    } else {
        &["Nama Jaringan/Jejaring", "Bulan", "Sasaran", "Capaian"]
    };
    page.line(heads.iter().map(|word| NewCell::text(word, place)).collect());
    let (rows, tail) = up_to_signatures(&sheet.rows[at + levels.len()..]);
    for row in rows.iter().filter(|row| !is_blank(row.get(name))) {
        for FigurePair { denominator, numerator } in &groups {
            let seen = |column: u32| NewCell::from_sheet(sheet, CellRef { row: row.index, column });
            if is_blank(row.get(numerator.column)) && is_blank(row.get(denominator.column)) {
                continue;
            }
            let month = numerator.month.as_ref().map(|(_, text)| NewCell::text(text, place));
            let indicator = numerator.indicator.as_ref().map(|(place, text)| NewCell::text(text, *place));
            let figures = [seen(denominator.column), seen(numerator.column)];
            page.line([seen(name)].into_iter().chain(indicator).chain(month).chain(figures).collect());
        }
    }
    page.gap();
    page.copy(tail);
    let message = format!("judul {} tingkat dibaca sebagai sasaran dan capaian setiap bulan", levels.len());
    Some(table(page, Remark { place, message }))
}

/// The rows of a heading: the first, and those below it in which no name stands and nothing but words.
fn levels(sheet: &Sheet, at: usize, name: u32) -> &[Row] {
    let is_level = |row: &&Row| {
        let mut cells = row.cells.iter().filter(|cell| cell.column > name && !is_blank(Some(&cell.value))).peekable();
        is_blank(row.get(name))
            && cells.peek().is_some()
            && cells.all(|cell| {
                cell.value.text().is_some_and(|text| text.chars().any(|one| one.is_alphabetic() || one == '%'))
            })
    };
    let further = sheet.rows[at + 1..].iter().take_while(is_level).count();
    &sheet.rows[at..=at + further]
}

/// Reads the headings of each column behind the names; none where some column says something else.
fn columns(sheet: &Sheet, levels: &[Row], name: u32) -> Option<Vec<DeepColumn>> {
    let last = levels.iter().filter_map(|row| row.cells.last()).map(|cell| cell.column).max()?;
    let mut carried: Vec<Option<(CellRef, String)>> = vec![None; levels.len()];
    let mut found = Vec::new();
    let texts = || levels.iter().flat_map(|row| row.cells.iter().filter_map(|cell| cell.value.text()));
    let has_men = texts().any(|text| key(text) == "l");
    for column in name + 1..=last {
        for (level, row) in levels.iter().enumerate() {
            let seen = sheet.seen(CellRef { row: row.index, column });
            let own = seen.and_then(|(place, value)| Some((place, value.text()?.trim().to_owned())));
            // A heading ends those below it that were carried on.
            let is_new = own.is_some() && own != carried[level];
            let is_last = level + 1 == levels.len();
            if is_new {
                carried[level + 1..].iter_mut().for_each(|below| *below = None);
            }
            if own.is_some() || is_last {
                carried[level] = own;
            }
        }
        let mut one = DeepColumn { column, ..DeepColumn::default() };
        for (place, text) in carried.iter().flatten() {
            // P beside L.
            if has_men && key(text) == "p" {
                one.is_part = true;
            } else {
                one.read(*place, text);
            }
        }
        found.push(one);
    }
    settle_letters(&mut found);
    Some(found)
}

impl DeepColumn {
    fn read(&mut self, place: CellRef, text: &str) {
        let key = key(text);
        if let Some(month) = month_number(&key) {
            self.month = Some((month, text.to_owned()));
        } else if sex(&key).is_some() {
            self.is_part = true;
        } else if is_total(&key) {
            self.is_part = false;
        } else if let Some(leaf) = figure_word(&key) {
            self.leaf = Some(leaf);
        } else {
            self.indicator = Some((place, text.to_owned()));
        }
    }
}

/// `S | D`, `S | K`: the letter beside S is the numerator.
fn settle_letters(columns: &mut [DeepColumn]) {
    let has_numerator = columns.iter().any(|column| column.leaf == Some(Leaf::Numerator));
    if has_numerator {
        return;
    }
    for column in columns {
        let letter = column.indicator.as_ref().map(|(_, text)| key(text));
        if column.leaf.is_none() && letter.is_some_and(|letter| ["d", "k", "n", "c"].contains(&letter.as_str())) {
            column.leaf = Some(Leaf::Numerator);
            column.indicator = None;
        }
    }
}

/// Denominator and numerator of one indicator and month.
struct FigurePair<'c> {
    denominator: &'c DeepColumn,
    numerator: &'c DeepColumn,
}

/// The pairs of all months and indicators; none where one is not whole.
fn pairs(columns: &[DeepColumn]) -> Option<Vec<FigurePair<'_>>> {
    let wholes = || columns.iter().filter(|column| !column.is_part && column.month.is_some());
    let indicator = |column: &DeepColumn| column.indicator.as_ref().map(|(_, text)| key(text));
    let mut found = Vec::new();
    for numerator in wholes().filter(|column| column.leaf == Some(Leaf::Numerator)) {
        let is_its = |column: &&DeepColumn| {
            column.leaf == Some(Leaf::Denominator)
                && column.month.as_ref().map(|(month, _)| *month) == numerator.month.as_ref().map(|(month, _)| *month)
                && indicator(column) == indicator(numerator)
        };
        let mut denominators = wholes().filter(is_its);
        let denominator = denominators.next()?;
        if denominators.next().is_some() {
            return None;
        }
        found.push(FigurePair { denominator, numerator });
    }
    (!found.is_empty()).then_some(found)
}
