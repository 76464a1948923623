//! Figures that are written as one cell, `8/115`: each becomes Capaian and Sasaran of its month or indicator.

use super::figure_table::{FigureColumns, FigureHeads, is_of_figures};
use super::page::{NewCell, NewSheet};
use super::table;
use crate::domain::records::CellRef;
use crate::recap::banner::{Banner, BannerLine};
use crate::recap::cells::{is_blank, is_dash, value_text};
use crate::recap::heading::key;
use crate::recap::heading_figures::{Leaf, figure_word};
use crate::recap::questions::ASK_FRACTIONS;
use crate::workbook::{CellValue, Relaid, Remark, Row, Sheet};

/// Fewest such cells.
const CELLS_MIN: usize = 2;

/// Served of how many.
#[derive(Clone, Copy)]
struct Fraction {
    served: f64,
    all: f64,
}

fn fraction(value: &CellValue) -> Option<Fraction> {
    let text = value.text()?;
    let (served, all) =
        text.split_once('/').or_else(|| text.split_once(" dari ")).or_else(|| text.split_once(" dr "))?;
    let number = |part: &str| {
        let part = part.trim();
        let is_whole = !part.is_empty() && part.len() <= 6 && part.bytes().all(|byte| byte.is_ascii_digit());
        if is_whole { part.parse::<f64>().ok() } else { None }
    };
    Some(Fraction { served: number(served)?, all: number(all)? })
}

/// A sheet with such cells, each as two.
pub(super) fn relaid(sheet: &Sheet) -> Option<Relaid> {
    let heads = FigureHeads::find_by_place(sheet)?;
    let banner = Banner::read(sheet.rows[..heads.at].iter().map(BannerLine::all_cells));
    if !is_of_figures(&banner) {
        return None;
    }
    let is_denominator = |text: &str| figure_word(&key(text)) == Some(Leaf::Denominator);
    if heads.columns.iter().any(|column| is_denominator(&column.text)) {
        return None;
    }
    let below = &sheet.rows[heads.data..];
    let cells =
        |column: u32| below.iter().filter_map(move |row| row.get(column)).filter(|value| !is_blank(Some(value)));
    // What Excel took for a day, or a word, is one wrong cell: the others of its column are read.
    let holds = |column: u32| {
        let fractions = cells(column).filter(|value| fraction(value).is_some()).count();
        let others = cells(column).filter(|value| fraction(value).is_none() && !value.text().is_some_and(is_dash));
        fractions > 0 && fractions >= others.count()
    };
    let figures: Vec<_> = heads.columns.iter().filter(|column| holds(column.column)).cloned().collect();
    let read: Vec<Fraction> = figures.iter().flat_map(|figure| cells(figure.column)).filter_map(fraction).collect();
    let first = below.iter().find_map(|row| {
        let column =
            figures.iter().map(|figure| figure.column).find(|column| row.get(*column).and_then(fraction).is_some());
        Some(CellRef { row: row.index, column: column? })
    })?;
    if read.len() < CELLS_MIN {
        return None;
    }
    if read.iter().any(|fraction| fraction.served > fraction.all) {
        return Some(Relaid::Asked(Remark { place: first, message: ASK_FRACTIONS.to_owned() }));
    }
    let own = (0..=heads.name).collect();
    let laid = FractionTable { sheet, heads, columns: FigureColumns { own, figures } };
    Some(laid.write(first))
}

struct FractionTable<'s> {
    sheet: &'s Sheet,
    heads: FigureHeads,
    columns: FigureColumns,
}

impl FractionTable<'_> {
    fn write(self, first: CellRef) -> Relaid {
        let mut page = NewSheet::new(self.sheet);
        page.copy(&self.sheet.rows[..self.heads.at]);
        self.columns.write_heading(&mut page, self.sheet, &self.heads, true);
        for row in &self.sheet.rows[self.heads.data..] {
            let is_named = row.get(self.heads.name).is_some_and(|value| !is_blank(Some(value)));
            let has_figures = self.columns.figures.iter().any(|figure| {
                row.get(figure.column)
                    .is_some_and(|value| fraction(value).is_some() || is_named && !is_blank(Some(value)))
            });
            if has_figures {
                page.line(self.line(row));
            } else {
                page.copy(std::slice::from_ref(row));
            }
        }
        let written = self.sheet.get(first).map(value_text).unwrap_or_default();
        let read = self.sheet.get(first).and_then(fraction).unwrap_or(Fraction { served: 0.0, all: 0.0 });
        let message = format!(
            "dua angka dalam satu sel dibaca sebagai capaian dan sasaran: \"{written}\" = capaian {} dari sasaran {}; bila bukan, tulis kolom Sasaran dan Capaian tersendiri",
            read.served, read.all
        );
        table(page, Remark { place: first, message })
    }

    fn line(&self, row: &Row) -> Vec<NewCell> {
        let mut line = self.columns.own_of(self.sheet, row);
        for figure in &self.columns.figures {
            let from = CellRef { row: row.index, column: figure.column };
            let value = row.get(figure.column).filter(|value| !is_blank(Some(value)));
            let Some(pair) = value.and_then(fraction) else {
                line.push(NewCell { value: None, from });
                // Named where it is read: it is no count.
                line.push(NewCell { value: value.filter(|value| !value.text().is_some_and(is_dash)).cloned(), from });
                continue;
            };
            line.push(NewCell::number(pair.all, from));
            line.push(NewCell::number(pair.served, from));
        }
        line
    }
}
