//! Tables of figures in the making: a facility a row, months or indicators across, each perhaps over its Sasaran and
//! Capaian. Knows not why they are laid out anew.

use super::page::{NewCell, NewSheet};
use super::rows::column_of;
use crate::domain::records::CellRef;
use crate::recap::banner::Banner;
use crate::recap::cells::date_words::month_number;
use crate::recap::cells::{is_blank, value_text};
use crate::recap::heading::{NAME, VILLAGE, key};
use crate::recap::heading_figures::{is_total, months_summed};
use crate::workbook::{CellValue, Row, Sheet};

/// Fewest texts below headings that are headings themselves.
const HEADINGS_MIN: usize = 2;

/// A column with its lowest heading.
#[derive(Clone, Debug)]
pub(super) struct FigureTableColumn {
    pub(super) column: u32,
    pub(super) place: CellRef,
    pub(super) text: String,
}

impl FigureTableColumn {
    /// Reports whether it is of a month.
    pub(super) fn is_month(&self) -> bool {
        let of_number = || self.text.trim().parse::<u32>().is_ok_and(|month| (1..=12).contains(&month));
        month_number(&key(&self.text)).is_some() || of_number()
    }

    /// Reports whether it sums others.
    pub(super) fn is_sum(&self) -> bool {
        let key = key(&self.text);
        is_total(&key) || months_summed(&key).is_some()
    }
}

/// A heading with a column of names.
pub(super) struct FigureHeads {
    /// Place of its first row among the rows of the sheet, and of the first row of data.
    pub(super) at: usize,
    pub(super) data: usize,
    pub(super) name: u32,
    /// FigureColumns with a heading after the names.
    pub(super) columns: Vec<FigureTableColumn>,
}

impl FigureHeads {
    /// The heading that begins in a row of the sheet.
    pub(super) fn at(sheet: &Sheet, at: usize) -> Option<Self> {
        let row = sheet.rows.get(at)?;
        Self::beside(sheet, at, column_of(row, &|key| NAME.has(key))?)
    }

    /// The same of rows that may be of villages.
    pub(super) fn find_by_place(sheet: &Sheet) -> Option<Self> {
        let of_village = |at: usize| {
            let row = sheet.rows.get(at)?;
            Self::beside(sheet, at, column_of(row, &|key| VILLAGE.has(key))?)
        };
        Self::find(sheet).or_else(|| (0..sheet.rows.len()).find_map(of_village))
    }

    /// The heading that begins in a row of the sheet, behind the column of names or villages.
    fn beside(sheet: &Sheet, at: usize, name: u32) -> Option<Self> {
        let row = sheet.rows.get(at)?;
        let below = sheet.rows.get(at + 1).filter(|below| {
            let cells = || below.cells.iter().filter(|cell| cell.column > name && !is_blank(Some(&cell.value)));
            below.index == row.index + 1
                && is_blank(below.get(name))
                && cells().count() >= HEADINGS_MIN
                && cells().all(|cell| cell.value.text().is_some_and(|text| text.chars().any(char::is_alphabetic)))
        });
        let last = [Some(row), below]
            .into_iter()
            .flatten()
            .filter_map(|row| row.cells.last())
            .map(|cell| cell.column)
            .max()?;
        let text_at = |row: &Row, column: u32| {
            let (place, value) = sheet.seen(CellRef { row: row.index, column })?;
            let text = value_text(value);
            (!text.trim().is_empty()).then_some(FigureTableColumn { column, place, text })
        };
        let of = |column: u32| below.and_then(|below| text_at(below, column)).or_else(|| text_at(row, column));
        let columns = (name + 1..=last).filter_map(of).collect();
        Some(Self { at, data: at + 1 + usize::from(below.is_some()), name, columns })
    }

    /// The first heading of a sheet.
    pub(super) fn find(sheet: &Sheet) -> Option<Self> {
        (0..sheet.rows.len()).find_map(|at| Self::at(sheet, at))
    }

    /// The heading of a column.
    pub(super) fn column_at(&self, column: u32) -> Option<&FigureTableColumn> {
        self.columns.iter().find(|known| known.column == column)
    }
}

/// Reports whether what stands above a table says that it holds figures of indicators.
pub(super) fn is_of_figures(banner: &Banner) -> bool {
    let says = |words: &[&str]| words.iter().any(|word| banner.words.contains(word));
    banner.indicator.is_some()
        || says(&["capaian", "cakupan", "pws"])
            && !says(&["jadwal", "pembinaan", "lokmin", "lokakarya", "hadir", "supervisi", "penerimaan"])
}

/// Reports whether a cell holds something like a figure, or says that there is none.
pub(super) fn is_figure(value: &CellValue) -> bool {
    match value {
        CellValue::Number { .. } | CellValue::FormulaNotComputed | CellValue::Error(_) => true,
        CellValue::Text(text) => text.chars().any(|c| c.is_ascii_digit()) && !text.chars().any(char::is_alphabetic),
        _ => false,
    }
}

/// The columns of a new table: what stays as it is, and the figures.
pub(super) struct FigureColumns {
    /// Number, name and what stays beside them.
    pub(super) own: Vec<u32>,
    pub(super) figures: Vec<FigureTableColumn>,
}

impl FigureColumns {
    /// Writes the headings, each figure over Sasaran and Capaian where they come as pairs.
    pub(super) fn write_heading(&self, page: &mut NewSheet<'_>, sheet: &Sheet, heads: &FigureHeads, are_pairs: bool) {
        let heading = sheet.rows[heads.at].index;
        let of_own = |column: &u32| match heads.column_at(*column) {
            Some(known) => NewCell::text(&known.text, known.place),
            None => NewCell::from_sheet(sheet, CellRef { row: heading, column: *column }),
        };
        let mut line: Vec<NewCell> = self.own.iter().map(of_own).collect();
        let blanks: Vec<NewCell> = line.iter().map(|piece| NewCell { value: None, from: piece.from }).collect();
        for figure in &self.figures {
            line.push(NewCell::text(figure.text.trim(), figure.place));
            line.extend(are_pairs.then_some(NewCell { value: None, from: figure.place }));
        }
        page.line(line);
        if are_pairs {
            let words = self
                .figures
                .iter()
                .flat_map(|figure| ["Sasaran", "Capaian"].map(|word| NewCell::text(word, figure.place)));
            page.line(blanks.into_iter().chain(words).collect());
        }
    }

    /// The cells of a row that stay as they are.
    pub(super) fn own_of(&self, sheet: &Sheet, row: &Row) -> Vec<NewCell> {
        self.own.iter().map(|column| NewCell::from_sheet(sheet, CellRef { row: row.index, column: *column })).collect()
    }
}
