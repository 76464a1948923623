//! Tables with a column of names for *jaringan* beside one for *jejaring*: a row of its own for each name, with the columns
//! that belong to it or that both share. Where nobody can tell whose a row's cells are, it is asked.

use super::page::{NewCell, NewSheet};
use super::rows::up_to_signatures;
use crate::domain::Table;
use crate::domain::records::CellRef;
use crate::recap::cells::{is_blank, is_dash, is_ditto};
use crate::recap::heading::{NAME, is_number_heading, key};
use crate::recap::profile::{Likely, likely};
use crate::recap::questions::two_names_asked;
use crate::recap::sections::sections;
use crate::workbook::{CellValue, Relaid, Remark, Row, Sheet};

/// Headings of a column of names of *jaringan*, and of one of *jejaring*.
const HEADINGS: [(&[&str], &str); 2] = [
    (&["jaringan", "namajaringan", "namajaringanpuskesmas"], "Jaringan"),
    (&["jejaring", "namajejaring", "namajejaringpuskesmas"], "Jejaring"),
];
/// Texts in such columns where they are none of names.
const NO_NAMES: [&str; 10] = ["jaringan", "jejaring", "ya", "tidak", "ada", "v", "x", "ja", "je", "tdk"];
/// Fewest letters of a name.
const NAME_LETTERS_MIN: usize = 3;
/// Headings of the column that says which of both a facility is.
const GROUPS: [&str; 3] = ["kelompok", "jaringanjejaring", "statusjejaring"];

/// One of the two columns of names.
struct HalfNameColumn {
    name: u32,
    group: &'static str,
}

/// Pieces that a line gets in the place of its own name, and in the column of the other name.
struct Put<'g> {
    name: Option<NewCell>,
    group: Option<&'g str>,
}

/// The heading of such a table.
struct TwoNames<'s> {
    sheet: &'s Sheet,
    /// Place of its row among the rows of the sheet.
    at: usize,
    left: HalfNameColumn,
    right: HalfNameColumn,
    /// Columns of its own on the left, between the names; as many stand right of the other name.
    own: u32,
}

/// The sheet with one column of names.
pub(super) fn relaid(sheet: &Sheet) -> Option<Relaid> {
    let heads = (0..sheet.rows.len()).find_map(|at| TwoNames::from_sheet(sheet, at))?;
    let data = heads.data();
    if !heads.hold_names(data) {
        return None;
    }
    let place = CellRef { row: sheet.rows[heads.at].index, column: heads.left.name };
    let as_register = heads.page(data, true);
    let is_register = sections(&as_register, &[]).first().is_some_and(|it| it.heading.table == Some(Table::Facilities));
    if let Some(row) = heads.unclear(data, is_register) {
        return Some(Relaid::Asked(Remark { place, message: two_names_asked(row + 1) }));
    }
    let page = if is_register { as_register } else { heads.page(data, false) };
    if sections(&page, &[]).is_empty() && !matches!(likely(&page), Likely::Whole(..)) {
        return None;
    }
    let message =
        "kolom nama jaringan dan kolom nama jejaring dibaca sebagai satu kolom nama, satu baris untuk setiap \
                   nama; bila bukan, tulis satu kolom Nama Jaringan/Jejaring"
            .to_owned();
    Some(Relaid::Table(Box::new(page), vec![Remark { place, message }]))
}

/// The name in a cell.
fn name_in(row: &Row, column: u32) -> Option<&str> {
    let text = row.get(column).and_then(CellValue::text).map(str::trim)?;
    let is_name = text.chars().any(char::is_alphabetic) && !is_dash(text);
    is_name.then_some(text)
}

impl<'s> TwoNames<'s> {
    fn from_sheet(sheet: &'s Sheet, at: usize) -> Option<Self> {
        let row = &sheet.rows[at];
        let keys: Vec<(u32, String)> =
            row.cells.iter().filter_map(|cell| Some((cell.column, key(cell.value.text()?)))).collect();
        let side = |(words, group): (&[&str], &'static str)| {
            let name = keys.iter().find(|(_, key)| words.contains(&key.as_str())).map(|(column, _)| *column)?;
            Some(HalfNameColumn { name, group })
        };
        let [first, second] = HEADINGS.map(side);
        let [first, second] = [first?, second?];
        let [left, right] = if first.name < second.name { [first, second] } else { [second, first] };
        let is_side = |column: u32| column == left.name || column == right.name;
        let is_other_name = |(column, key): &&(u32, String)| !is_side(*column) && NAME.has(key);
        let between = |column: u32| column > left.name && column < right.name;
        let is_number = |(column, key): &&(u32, String)| between(*column) && is_number_heading(key);
        if keys.iter().any(|held| is_other_name(&held) || is_number(&held)) {
            return None;
        }
        let own = if keys.iter().any(|(column, _)| between(*column)) { right.name - left.name - 1 } else { 0 };
        Some(Self { sheet, at, left, right, own })
    }

    /// The rows below the heading that are the table's.
    fn data(&self) -> &'s [Row] {
        let (rows, _) = up_to_signatures(&self.sheet.rows[self.at + 1..]);
        let is_heading = |row: &Row| row.cells.iter().filter_map(|cell| cell.value.text()).any(is_number_heading);
        &rows[..rows.iter().position(is_heading).unwrap_or(rows.len())]
    }

    /// Reports whether both columns hold names, and nothing that only marks.
    fn hold_names(&self, data: &[Row]) -> bool {
        [&self.left, &self.right].into_iter().all(|side| {
            let held = || data.iter().filter_map(|row| name_in(row, side.name));
            let has_names = held().any(|name| name.chars().filter(|c| c.is_alphabetic()).count() >= NAME_LETTERS_MIN);
            let is_number = |row: &Row| matches!(row.get(side.name), Some(CellValue::Number { .. }));
            // Column numbers stand below all headings.
            let is_counted = |row: &Row| row.cells.iter().all(|cell| !matches!(cell.value, CellValue::Text(_)));
            has_names
                && held().all(|name| !NO_NAMES.contains(&key(name).as_str()))
                && !data.iter().any(|row| is_number(row) && !is_counted(row))
        })
    }

    /// A row of which nobody can tell whose its cells are; the heading's, where the columns of both differ.
    fn unclear(&self, data: &[Row], is_register: bool) -> Option<u32> {
        let heading = &self.sheet.rows[self.at];
        if self.own > 0 {
            let text = |column: u32| heading.get(column).and_then(CellValue::text).map(key);
            let pairs = 1..=self.own;
            let is_alike = pairs.clone().all(|step| text(self.left.name + step) == text(self.right.name + step));
            // What is as above would be as above in the other's row.
            let has_ditto = |row: &&Row| {
                let columns = self.left.name..=self.right.name + self.own;
                columns.filter_map(|column| row.get(column)?.text()).any(is_ditto)
            };
            return if is_alike { data.iter().find(has_ditto).map(|row| row.index) } else { Some(heading.index) };
        }
        let names_both = |row: &&Row| name_in(row, self.left.name).is_some() && name_in(row, self.right.name).is_some();
        data.iter().find(|row| !is_register && names_both(row)).map(|row| row.index)
    }

    fn page(&self, data: &[Row], has_groups: bool) -> Sheet {
        let heading = &self.sheet.rows[self.at];
        let is_grouped = heading.cells.iter().filter_map(|cell| cell.value.text()).any(|text| {
            let key = key(text);
            GROUPS.contains(&key.as_str())
        });
        let has_groups = has_groups && !is_grouped;
        let mut page = NewSheet::new(self.sheet);
        page.copy(&self.sheet.rows[..self.at]);
        let named = NewCell::text("Nama Jaringan/Jejaring", place_in(heading, self.left.name));
        let group = has_groups.then_some("Kelompok");
        page.split(heading, vec![self.line(heading, &self.left, Put { name: Some(named), group })]);
        for row in data {
            let mut lines = Vec::new();
            let [left, right] = [&self.left, &self.right].map(|side| name_in(row, side.name).is_some());
            if left || !right {
                let group = (has_groups && left).then_some(self.left.group);
                lines.push(self.line(row, &self.left, Put { name: None, group }));
            }
            let has_own = || (1..=self.own).any(|step| !is_blank(row.get(self.right.name + step)));
            if right || has_own() && self.own > 0 && !is_counted(row) {
                let group = (has_groups && right).then_some(self.right.group);
                lines.push(self.line(row, &self.right, Put { name: None, group }));
            }
            page.split(row, lines);
        }
        page.copy(&self.sheet.rows[self.at + 1 + data.len()..]);
        page.finish_alike()
    }

    /// The cells of a row that are of one side, its name in the column of the left one.
    fn line(&self, row: &Row, side: &HalfNameColumn, put: Put<'_>) -> Vec<(u32, NewCell)> {
        let Put { name, group } = put;
        let is_right = side.name == self.right.name;
        let mut line = Vec::new();
        let mut given = name;
        for cell in &row.cells {
            let from = place_in(row, cell.column);
            let own = NewCell { value: Some(cell.value.clone()), from };
            let is_of = |name: u32| (name..=name + self.own).contains(&cell.column);
            match cell.column {
                column if column == side.name => line.push((self.left.name, given.take().unwrap_or(own))),
                column if is_of(side.name) => line.push((column - side.name + self.left.name, own)),
                // The other side's.
                _ if is_of(self.left.name) || is_of(self.right.name) => {}
                // What stands behind both is of the right one where each has its own.
                column if column > self.right.name && self.own > 0 && !is_right && !is_heading(row, self) => {}
                column => line.push((column, own)),
            }
        }
        line.extend(group.map(|group| (self.right.name, NewCell::text(group, place_in(row, side.name)))));
        line.sort_by_key(|(column, _)| *column);
        line
    }
}

fn place_in(row: &Row, column: u32) -> CellRef {
    CellRef { row: row.index, column }
}

fn is_heading(row: &Row, heads: &TwoNames<'_>) -> bool {
    row.index == heads.sheet.rows[heads.at].index
}

/// Reports whether a row holds nothing but numbers: those of the columns.
fn is_counted(row: &Row) -> bool {
    row.cells.iter().all(|cell| !matches!(cell.value, CellValue::Text(_)))
}
