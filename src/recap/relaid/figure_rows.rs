//! Rows of figures below each other, several a facility: Sasaran, Capaian and %, or Target and Realisasi, told apart by
//! a column between the names and the figures. They become one row a facility. Rows of which nobody can say what they
//! hold are asked about: the first of them is no figure by itself.

use std::collections::BTreeMap;

use super::figure_table::{FigureColumns, FigureHeads, FigureTableColumn, is_figure, is_of_figures};
use super::page::{NewCell, NewSheet};
use super::rows::up_to_signatures;
use super::table;
use crate::domain::records::CellRef;
use crate::recap::banner::{Banner, BannerLine};
use crate::recap::cells::date_words::month_number;
use crate::recap::cells::{is_blank, value_text};
use crate::recap::heading::{INDICATOR, MONTH, NAME, is_village_heading, key};
use crate::recap::heading_figures::{Leaf, figure_word, is_total, sex};
use crate::recap::legend::Legend;
use crate::recap::questions::{ASK_FIGURE_ROWS, ASK_TARGET_ROWS};
use crate::workbook::{CellValue, Relaid, Remark, Row, Sheet};

/// FigureColumns after the name that are looked at.
const COLUMNS_MAX: u32 = 6;
/// Fewest rows with a marker.
const ROWS_MIN: usize = 2;

/// The column that says what each row holds.
struct MarkerColumn {
    column: u32,
    /// By the key of a marker; none where nobody knows it.
    means: BTreeMap<String, Option<Leaf>>,
    first: CellRef,
    /// Names of facilities with several rows, some of one marker.
    is_ambiguous: bool,
}

/// A sheet with such rows, one a facility.
pub(super) fn relaid(sheet: &Sheet) -> Option<Relaid> {
    let heads = FigureHeads::find_by_place(sheet)?;
    let banner = Banner::read(sheet.rows[..heads.at].iter().map(BannerLine::all_cells));
    if !is_of_figures(&banner) {
        return None;
    }
    let marked = MarkerColumn::find(sheet, &heads)?;
    let asked = |message: &str| Some(Relaid::Asked(Remark { place: marked.first, message: message.to_owned() }));
    let has = |leaf: Leaf| marked.means.values().any(|known| *known == Some(leaf));
    let is_unknown = marked.means.values().any(Option::is_none) || !has(Leaf::Numerator) || marked.is_ambiguous;
    if is_unknown {
        let are_sexes = marked.means.keys().all(|marker| sex(marker).is_some() || is_total(marker));
        let is_known_somehow = marked.means.values().any(Option::is_some) || banner.indicator.is_some() || are_sexes;
        return if is_known_somehow { asked(ASK_FIGURE_ROWS) } else { None };
    }
    let laid = OneRowEach::from_sheet(sheet, &heads, &marked)?;
    let has_column = laid.columns.own.iter().any(|column| heads.column_at(*column).is_some_and(is_denominator));
    if !has(Leaf::Denominator) && !has_column {
        return asked(ASK_TARGET_ROWS);
    }
    Some(laid.write())
}

fn is_denominator(column: &FigureTableColumn) -> bool {
    let leaf = |text: &str| matches!(figure_word(&key(text)), Some(Leaf::Denominator | Leaf::People(_)));
    leaf(&column.text) || leaf(column.text.split('(').next().unwrap_or_default())
}

/// Letters and what a legend says that they mean: `T = Target, R = Realisasi`.
fn legend(sheet: &Sheet) -> BTreeMap<String, String> {
    let legend = Legend::from_sheet(sheet);
    let named = legend.signs().iter().filter(|one| one.is_alone).map(|one| (key(&one.sign), key(&one.said)));
    named.filter(|(letter, meaning)| !letter.is_empty() && !meaning.is_empty()).collect()
}

/// The figure that a marker calls its row.
fn meaning(marker: &str, legend: &BTreeMap<String, String>) -> Option<Leaf> {
    let of = |key: &str| match figure_word(key) {
        Some(Leaf::People(_)) | None => None,
        known => known,
    };
    match (legend.get(marker), marker) {
        (Some(said), _) => of(said),
        (None, "t") => Some(Leaf::Target),
        (None, "r") => Some(Leaf::Numerator),
        (None, marker) => of(marker),
    }
}

fn marker_of(row: &Row, column: u32) -> Option<String> {
    let text = row.get(column)?.text()?;
    let key = key(text);
    let is_word = key.chars().any(|c| c.is_alphabetic() || c == '%');
    (is_word && month_number(&key).is_none()).then_some(key)
}

/// The key of the name of a row: its own, or one merged downwards.
fn named_at(sheet: &Sheet, row: &Row, heads: &FigureHeads) -> Option<String> {
    let bottom = sheet.rows[heads.data - 1].index;
    let (place, value) = sheet.seen(CellRef { row: row.index, column: heads.name })?;
    (place.row > bottom && !is_blank(Some(value))).then(|| key(&value_text(value)))
}

impl MarkerColumn {
    fn find(sheet: &Sheet, heads: &FigureHeads) -> Option<Self> {
        let legend = legend(sheet);
        let rows = up_to_signatures(&sheet.rows[heads.data..]).0;
        (heads.name + 1..=heads.name + COLUMNS_MAX)
            .find_map(|column| Self::in_column(sheet, heads, column, rows, &legend))
    }

    fn in_column(
        sheet: &Sheet,
        heads: &FigureHeads,
        column: u32,
        rows: &[Row],
        legend: &BTreeMap<String, String>,
    ) -> Option<Self> {
        let heading = heads.column_at(column).map(|heading| key(&heading.text)).unwrap_or_default();
        let is_other =
            INDICATOR.has(&heading) || NAME.has(&heading) || MONTH.has(&heading) || is_village_heading(&heading);
        if is_other {
            return None;
        }
        let has_figures = |row: &Row| row.cells.iter().any(|cell| cell.column > column && is_figure(&cell.value));
        let mut named: Option<String> = None;
        let mut of_name: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut means: BTreeMap<String, Option<Leaf>> = BTreeMap::new();
        let mut first: Option<CellRef> = None;
        let mut count = 0;
        for row in rows {
            named = named_at(sheet, row, heads).or(named);
            let Some(marker) = marker_of(row, column).filter(|_| has_figures(row)) else { continue };
            count += 1;
            first.get_or_insert(CellRef { row: row.index, column });
            means.insert(marker.clone(), meaning(&marker, legend));
            if let Some(named) = named.clone() {
                of_name.entry(named).or_default().push(marker);
            }
        }
        let distinct =
            |markers: &[String]| markers.iter().enumerate().all(|(at, marker)| !markers[..at].contains(marker));
        let several = of_name.values().filter(|markers| markers.len() > 1);
        let is_ambiguous = several.clone().any(|markers| !distinct(markers));
        let is_it = count >= ROWS_MIN && means.len() > 1 && several.count() > 0;
        Some(Self { column, means, first: first?, is_ambiguous }).filter(|_| is_it)
    }

    fn leaf_of(&self, row: &Row) -> Option<Leaf> {
        self.means.get(&marker_of(row, self.column)?).copied().flatten()
    }
}

/// The rows of one facility.
#[derive(Clone, Copy)]
struct OfFacility<'s> {
    first: &'s Row,
    denominator: Option<&'s Row>,
    numerator: Option<&'s Row>,
}

/// The table as it is to be.
struct OneRowEach<'s> {
    sheet: &'s Sheet,
    heads: &'s FigureHeads,
    marked: &'s MarkerColumn,
    columns: FigureColumns,
    are_pairs: bool,
}

impl<'s> OneRowEach<'s> {
    fn from_sheet(sheet: &'s Sheet, heads: &'s FigureHeads, marked: &'s MarkerColumn) -> Option<Self> {
        let are_pairs = marked.means.values().any(|leaf| *leaf == Some(Leaf::Denominator));
        let right: Vec<&FigureTableColumn> =
            heads.columns.iter().filter(|column| column.column > marked.column).collect();
        let has_months = right.iter().any(|column| column.is_month());
        let is_beside = |column: &FigureTableColumn| {
            let key = key(&column.text);
            column.is_sum() || figure_word(&key).is_some() || ["ket", "keterangan", "status"].contains(&key.as_str())
        };
        let is_taken = |column: &&&FigureTableColumn| {
            if has_months { column.is_month() || !are_pairs && column.is_sum() } else { !is_beside(column) }
        };
        let figures: Vec<FigureTableColumn> = right.iter().filter(is_taken).map(|column| (*column).clone()).collect();
        let first = figures.first()?.column;
        let stays = |column: &u32| {
            *column <= heads.name
                || *column != marked.column
                    && heads.column_at(*column).is_some_and(|known| !(are_pairs && is_denominator(known)))
        };
        let own = (0..first).filter(stays).collect();
        Some(Self { sheet, heads, marked, columns: FigureColumns { own, figures }, are_pairs })
    }

    fn write(self) -> Relaid {
        let sheet = self.sheet;
        let mut page = NewSheet::new(sheet);
        page.copy(&sheet.rows[..self.heads.at]);
        self.columns.write_heading(&mut page, sheet, self.heads, self.are_pairs);
        let mut open: Option<OfFacility<'_>> = None;
        let mut named: Option<String> = None;
        for row in &sheet.rows[self.heads.data..] {
            let leaf = self.marked.leaf_of(row);
            let own = named_at(sheet, row, self.heads);
            let is_next = own.is_some() && own != named;
            if is_next || leaf.is_none() {
                self.flush(&mut page, open.take().as_ref());
            }
            named = own.or(named);
            let Some(leaf) = leaf else {
                self.copy(&mut page, row);
                continue;
            };
            let of_facility = open.get_or_insert(OfFacility { first: row, denominator: None, numerator: None });
            match leaf {
                Leaf::Denominator => of_facility.denominator = Some(row),
                Leaf::Numerator => of_facility.numerator = Some(row),
                _ => {}
            }
        }
        self.flush(&mut page, open.take().as_ref());
        let place = self.marked.first;
        let message = if self.are_pairs {
            "baris Sasaran dan Capaian di bawah setiap nama dibaca sebagai sasaran dan capaian nama itu; baris lainnya tidak dibaca"
        } else {
            "dari baris di bawah setiap nama yang dibaca hanya baris Realisasi/Capaian; baris Target dan % tidak dibaca"
        };
        table(page, Remark { place, message: message.to_owned() })
    }

    /// A row without a marker: sums as a row of the table, all else as it stands.
    fn copy(&self, page: &mut NewSheet<'_>, row: &Row) {
        let name = row.get(self.heads.name).and_then(CellValue::text).map(key).unwrap_or_default();
        let is_sum = is_total(&name) || name.starts_with("jumlah") || name.starts_with("total");
        if is_sum && !self.are_pairs {
            let of = OfFacility { first: row, denominator: None, numerator: Some(row) };
            self.flush(page, Some(&of));
        } else if !is_sum {
            page.copy(std::slice::from_ref(row));
        }
    }

    fn flush(&self, page: &mut NewSheet<'_>, of_facility: Option<&OfFacility<'_>>) {
        let Some(OfFacility { first, denominator, numerator }) = of_facility.copied() else { return };
        let piece = |row: Option<&Row>, column: u32| match row {
            Some(row) => NewCell::from_sheet(self.sheet, CellRef { row: row.index, column }),
            None => NewCell { value: None, from: CellRef { row: first.index, column } },
        };
        let mut line = self.columns.own_of(self.sheet, first);
        for figure in &self.columns.figures {
            line.extend(self.are_pairs.then(|| piece(denominator, figure.column)));
            line.push(piece(numerator, figure.column));
        }
        page.line(line);
    }
}
