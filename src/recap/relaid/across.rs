//! Tables with facilities or villages across and months, fields of a visit or indicators down: turned round.

use super::page::{NewCell, NewSheet};
use super::rows::up_to_signatures;
use super::table;
use super::upright::field;
use crate::domain::records::CellRef;
use crate::domain::{Month, format};
use crate::recap::banner::{Banner, BannerLine};
use crate::recap::cells::date_words::month_number;
use crate::recap::cells::{date, is_blank};
use crate::recap::facility_words::is_facility;
use crate::recap::heading::{ColumnMeaning, INDICATOR, MONTH, anchor, is_indicator_heading, is_number_heading, key};
use crate::recap::heading_figures::{Leaf, figure_word, is_total};
use crate::recap::questions::{ASK_ACROSS_ITEMS, ASK_ACROSS_SERVED, ASK_MEETINGS_OF_MONTH};
use crate::recap::sum_rows::is_row_number;
use crate::workbook::{CellValue, Relaid, Remark, Row, Sheet};

/// Fewest names across, and fewest months down.
const NAMES_MIN: usize = 2;
const MONTHS_MIN: usize = 3;
/// Words of titles of attendance.
const MEETINGS: [&str; 7] = ["lokmin", "lokakarya", "minlok", "minilok", "kehadiran", "daftar hadir", "absensi"];
/// Fewest items of a checklist.
const ITEMS_MIN: usize = 3;

/// A row of names: which columns are whose.
struct NameRow {
    row: u32,
    /// Name, and first and last of its columns.
    all: Vec<(NewCell, u32, u32)>,
    /// The names are those of villages.
    are_villages: bool,
}

/// A row below: what it is of, and its texts at the left.
struct Labelled<'r> {
    row: &'r Row,
    labels: Vec<(CellRef, String)>,
}

/// A sheet with names across, turned round.
pub(super) fn relaid(sheet: &Sheet) -> Option<Relaid> {
    let at = sheet.rows.iter().position(|row| names_of(sheet, row).is_some())?;
    let names = names_of(sheet, &sheet.rows[at])?;
    let first = names.all.first()?.1;
    let (below, _) = up_to_signatures(&sheet.rows[at + 1..]);
    let below: Vec<&Row> = below.iter().collect();
    let (figures, below) = match below.split_first() {
        Some((row, rest)) if is_of_figures(row, first) => (Some(*row), rest),
        _ => (None, below.as_slice()),
    };
    let lines: Vec<Labelled<'_>> =
        below.iter().map(|row| Labelled { row, labels: labels_of(sheet, row, first) }).collect();
    let turned = Turned { sheet, at, names, figures, lines };
    turned.meetings().or_else(|| turned.months()).or_else(|| turned.visits()).or_else(|| turned.indicators())
}

fn names_of(sheet: &Sheet, row: &Row) -> Option<NameRow> {
    let texts: Vec<(u32, &str)> =
        row.cells.iter().filter_map(|cell| Some((cell.column, cell.value.text()?.trim()))).collect();
    let facilities: Vec<u32> = texts
        .iter()
        .filter(|(_, text)| is_facility(text) && anchor(text).is_none())
        .map(|(column, _)| *column)
        .collect();
    let leads = |(_, text): &&(u32, &str)| {
        let key = key(text);
        INDICATOR.has(&key) || MONTH.has(&key)
    };
    let (columns, are_villages) = if facilities.len() >= NAMES_MIN {
        // Among names of facilities stand others whose first word nobody knows: the register tells whether they are.
        let first = facilities[0];
        let is_one = |text: &str| is_facility(text) && anchor(text).is_none() || may_be_name(text);
        let all = texts.iter().filter(|(column, text)| *column >= first && is_one(text));
        (all.map(|(column, _)| *column).collect(), false)
    } else {
        let (lead, _) = texts.iter().find(leads)?;
        let is_name = |text: &str| {
            let key = key(text);
            anchor(text).is_none()
                && figure_word(&key).is_none()
                && month_number(&key).is_none()
                && !is_total(&key)
                && !is_of_puskesmas(text)
                && key != "ket"
                && key != "keterangan"
                && key != "satuan"
        };
        let villages = texts.iter().filter(|(column, text)| column > lead && is_name(text));
        (villages.map(|(column, _)| *column).collect::<Vec<u32>>(), true)
    };
    if columns.len() < NAMES_MIN {
        return None;
    }
    let all = columns.iter().enumerate().map(|(at, column)| {
        let place = CellRef { row: row.index, column: *column };
        let merged = sheet.merge_at(place).map(|area| area.last.column);
        let next = texts.iter().map(|(other, _)| *other).find(|other| other > column);
        let last = merged.or(next.map(|next| next - 1)).unwrap_or_else(|| {
            // The last of unmerged names takes as many columns as the one before it.
            let width = at.checked_sub(1).and_then(|before| columns.get(before)).map_or(1, |before| column - before);
            column + width - 1
        });
        (NewCell::from_sheet(sheet, place), *column, last)
    });
    Some(NameRow { row: row.index, all: all.collect(), are_villages })
}

/// Reports whether a text among names of facilities may be one itself: no heading, figure, month or sum.
fn may_be_name(text: &str) -> bool {
    let key = key(text);
    anchor(text).is_none()
        && figure_word(&key).is_none()
        && month_number(&key).is_none()
        && !is_total(&key)
        && !is_of_puskesmas(text)
        && !key.starts_with("ket")
        && key.chars().filter(|letter| letter.is_alphabetic()).count() > 2
}

fn is_of_puskesmas(text: &str) -> bool {
    key(text).contains("puskesmas") && !is_facility(text)
}

/// Reports whether a row below the names holds headings of figures.
fn is_of_figures(row: &Row, first: u32) -> bool {
    let right: Vec<String> =
        row.cells.iter().filter(|cell| cell.column >= first).filter_map(|cell| cell.value.text()).map(key).collect();
    right.len() >= NAMES_MIN && right.iter().all(|key| figure_word(key).is_some())
}

/// The texts at the left of a row; merged ones are of each row that they reach.
fn labels_of(sheet: &Sheet, row: &Row, first: u32) -> Vec<(CellRef, String)> {
    let texts = (0..first).filter_map(|column| sheet.seen(CellRef { row: row.index, column }));
    texts.filter_map(|(place, value)| Some((place, value.text()?.trim().to_owned()))).collect()
}

struct Turned<'s> {
    sheet: &'s Sheet,
    /// Place of the row of names.
    at: usize,
    names: NameRow,
    figures: Option<&'s Row>,
    lines: Vec<Labelled<'s>>,
}

impl<'s> Turned<'s> {
    fn place(&self) -> CellRef {
        CellRef { row: self.names.row, column: self.names.all.first().map_or(0, |(_, column, _)| *column) }
    }

    fn heading(&self) -> NewCell {
        NewCell::text(if self.names.are_villages { "Desa" } else { "Nama Jaringan/Jejaring" }, self.place())
    }

    /// Below the titles of the sheet.
    fn page(&self) -> NewSheet<'s> {
        let mut page = NewSheet::new(self.sheet);
        page.copy(&self.sheet.rows[..self.at]);
        page
    }

    fn remark(&self, of: &str) -> Remark {
        let message = format!(
            "nama faskes mendatar dan {of} menurun, jadi tabel ini dibaca dengan setiap nama sebagai satu baris; bila keliru, \
             susun seperti templat"
        );
        Remark { place: self.place(), message }
    }

    fn cell(&self, line: &Labelled<'_>, column: u32) -> NewCell {
        let from = CellRef { row: line.row.index, column };
        NewCell { value: self.sheet.get(from).cloned(), from }
    }

    /// One line a name, the lines below it as columns.
    fn turn(&self, headings: &[(NewCell, &Labelled<'_>)]) -> NewSheet<'s> {
        let mut page = self.page();
        page.line(std::iter::once(self.heading()).chain(headings.iter().map(|(heading, _)| heading.clone())).collect());
        for (name, column, _) in &self.names.all {
            let cells = headings.iter().map(|(_, line)| self.cell(line, *column));
            page.line(std::iter::once(name.clone()).chain(cells).collect());
        }
        page
    }

    /// The month of the day at the left of a line.
    fn dated_month(&self, line: &Labelled<'_>, first: u32) -> Option<NewCell> {
        let seen = (0..first).filter_map(|column| self.sheet.seen(CellRef { row: line.row.index, column }));
        let mut days = seen.filter_map(|(place, value)| {
            let day = date::read(Some(value), false).ok().flatten().filter(|_| !is_row_number(value))?;
            Some((place, day))
        });
        let (place, day) = days.next()?;
        Some(NewCell::text(&format::month(Month::from_date(day)), place))
    }

    /// The meetings of an attendance, a day a line.
    fn meetings(&self) -> Option<Relaid> {
        let above = self.sheet.rows[..=self.at].iter().map(BannerLine::all_cells);
        let words = Banner::read(above).words;
        let first = self.names.all.first()?.1;
        if self.figures.is_some() || !MEETINGS.iter().any(|word| words.contains(word)) {
            return None;
        }
        let marked = self.lines.iter().filter(|line| {
            let cells = self.names.all.iter().filter_map(|(_, column, _)| line.row.get(*column));
            cells.into_iter().any(|value| !is_blank(Some(value)))
        });
        let found: Option<Vec<(NewCell, &Labelled<'_>)>> =
            marked.map(|line| Some((self.dated_month(line, first)?, line))).collect();
        let found = found.filter(|found| !found.is_empty())?;
        let month = |(piece, _): &(NewCell, &Labelled<'_>)| piece.value.clone();
        if let Some(again) =
            (1..found.len()).find(|at| found[..*at].iter().any(|known| month(known) == month(&found[*at])))
        {
            let message = ASK_MEETINGS_OF_MONTH.to_owned();
            return Some(Relaid::Asked(Remark { place: found[again].0.from, message }));
        }
        Some(table(self.turn(&found), self.remark("tanggal rapat")))
    }

    fn months(&self) -> Option<Relaid> {
        if self.figures.is_some() {
            return None;
        }
        let heading = |line: &'_ Labelled<'_>| {
            let (place, text) = line.labels.iter().rev().find(|(_, text)| !is_number_heading(text))?;
            let key = key(text);
            let is_it = month_number(&key).is_some() || figure_word(&key) == Some(Leaf::Denominator);
            is_it.then(|| (NewCell::text(text, *place), month_number(&key)))
        };
        let found: Vec<(NewCell, Option<u32>, &Labelled<'_>)> =
            self.lines.iter().filter_map(|line| heading(line).map(|(piece, month)| (piece, month, line))).collect();
        let mut months: Vec<u32> = found.iter().filter_map(|(_, month, _)| *month).collect();
        let count = months.len();
        months.sort_unstable();
        months.dedup();
        if months.len() < MONTHS_MIN || months.len() != count {
            return None;
        }
        let headings: Vec<(NewCell, &Labelled<'_>)> = found.into_iter().map(|(piece, _, line)| (piece, line)).collect();
        Some(table(self.turn(&headings), self.remark("bulan")))
    }

    fn visits(&self) -> Option<Relaid> {
        if self.figures.is_some() || self.names.are_villages {
            return None;
        }
        let labelled = self.lines.iter().filter_map(|line| {
            let (place, text) = line.labels.last()?;
            Some((NewCell::text(text, *place), field(text), line))
        });
        let labelled: Vec<(NewCell, Option<ColumnMeaning>, &Labelled<'_>)> = labelled.collect();
        let has_date = labelled.iter().any(|(_, column, _)| *column == Some(ColumnMeaning::Date));
        if has_date {
            let headings: Vec<(NewCell, &Labelled<'_>)> =
                labelled.into_iter().map(|(piece, _, line)| (piece, line)).collect();
            return Some(table(self.turn(&headings), self.remark("isi pembinaan")));
        }
        let is_one_or_none = |value: &CellValue| match value {
            CellValue::Number { value, .. } => *value == 0.0 || (*value - 1.0).abs() < f64::EPSILON,
            CellValue::Text(text) => {
                ["ya", "tidak", "√", "v", "-", "x", "ada"].contains(&text.trim().to_lowercase().as_str())
            }
            _ => false,
        };
        let is_item = |line: &&Labelled<'_>| {
            let cells = self.names.all.iter().filter_map(|(_, column, _)| line.row.get(*column));
            cells.clone().count() >= NAMES_MIN && cells.into_iter().all(is_one_or_none)
        };
        let above = self.sheet.rows[..=self.at].iter().map(BannerLine::all_cells);
        let words = Banner::read(above).words;
        let is_checklist =
            ["tilik", "checklist", "ceklis", "supervisi", "pembinaan"].iter().any(|word| words.contains(word));
        let is_it = is_checklist && self.lines.iter().filter(is_item).count() >= ITEMS_MIN;
        is_it.then(|| Relaid::Asked(Remark { place: self.place(), message: ASK_ACROSS_ITEMS.to_owned() }))
    }

    /// The label below the heading of indicators, else the last one.
    fn indicator_of<'l>(&self, line: &'l Labelled<'_>) -> Option<&'l (CellRef, String)> {
        let heads = &self.sheet.rows[self.at].cells;
        let head = heads.iter().find(|cell| cell.value.text().is_some_and(is_indicator_heading));
        let below = head.and_then(|head| line.labels.iter().find(|(place, _)| place.column == head.column));
        below.or(line.labels.last())
    }

    fn indicators(&self) -> Option<Relaid> {
        let mut rows: Vec<[NewCell; 4]> = Vec::new();
        let mut is_served = true;
        let leaf = |text: &str| figure_word(&key(text));
        if let Some(figures) = self.figures {
            let of = |(_, first, last): &(NewCell, u32, u32), wanted: Leaf| {
                let cells = figures.within(*first..=*last).iter();
                let mut found = cells.filter(|cell| cell.value.text().and_then(leaf) == Some(wanted));
                found.next().map(|cell| cell.column)
            };
            for line in &self.lines {
                let label = self.indicator_of(line).filter(|(_, text)| !is_total(&key(text)));
                let Some((place, indicator)) = label else {
                    continue;
                };
                for name in &self.names.all {
                    let (Some(denominator), Some(numerator)) =
                        (of(name, Leaf::Denominator).or(of(name, Leaf::Target)), of(name, Leaf::Numerator))
                    else {
                        return None;
                    };
                    let cells = [denominator, numerator].map(|column| self.cell(line, column));
                    let [denominator, numerator] = cells;
                    rows.push([name.0.clone(), NewCell::text(indicator, *place), denominator, numerator]);
                }
            }
        } else {
            let mut carried: Option<(CellRef, String)> = None;
            let mut denominators: Option<&Labelled<'_>> = None;
            for line in &self.lines {
                let Some((_, last)) = line.labels.last() else { continue };
                let kind = leaf(last);
                if line.labels.len() > 1 || kind.is_none() {
                    let (place, text) = line.labels.iter().find(|(_, text)| leaf(text).is_none())?;
                    carried = Some((*place, text.clone()));
                }
                match kind {
                    Some(Leaf::Denominator | Leaf::Target) => denominators = Some(line),
                    Some(Leaf::Numerator) => {
                        let ((place, indicator), own) = carried.as_ref().zip(denominators.take())?;
                        for (name, column, _) in &self.names.all {
                            rows.push([
                                name.clone(),
                                NewCell::text(indicator, *place),
                                self.cell(own, *column),
                                self.cell(line, *column),
                            ]);
                        }
                    }
                    Some(_) => {}
                    None => is_served &= self.names.all.iter().all(|(_, column, _)| is_blank(line.row.get(*column))),
                }
            }
        }
        let is_titled = || {
            let above = self.sheet.rows[..=self.at].iter().map(BannerLine::all_cells);
            let words = Banner::read(above).words;
            ["capaian", "cakupan", "indikator"].iter().any(|word| words.contains(word))
        };
        if rows.is_empty() {
            let is_asked = !is_served && is_titled();
            return is_asked
                .then(|| Relaid::Asked(Remark { place: self.place(), message: ASK_ACROSS_SERVED.to_owned() }));
        }
        let mut page = self.page();
        let texts = ["Indikator", "Sasaran", "Capaian"].map(|text| NewCell::text(text, self.place()));
        page.line(std::iter::once(self.heading()).chain(texts).collect());
        for row in rows {
            page.line(row.to_vec());
        }
        Some(table(page, self.remark("indikator")))
    }
}
