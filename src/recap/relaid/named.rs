//! Tables whose column of names has another heading — `Sasaran`, `Tujuan`, the kind itself, any that says nothing else:
//! what stands below tells. Two such columns are asked about.
//! And tables of indicators in which a row of its own names the facility.

use super::page::{NewCell, NewSheet};
use super::rows::column_of;
use super::table;
use crate::domain::Table;
use crate::domain::name::plain_words;
use crate::domain::records::CellRef;
use crate::recap::cells::is_blank;
use crate::recap::facility_words::{is_facility, is_of_facilities};
use crate::recap::heading::{INDICATOR, NAME, anchor, is_number_heading, key};
use crate::recap::heading_figures::{Leaf, figure_word};
use crate::recap::heading_sentence;
use crate::recap::indicator_lists::titles_a_register;
use crate::recap::kinds::KindWords;
use crate::recap::questions::name_columns_asked;
use crate::recap::section::Section;
use crate::recap::sections::sections;
use crate::recap::signatures::is_opening;
use crate::workbook::{CellValue, Relaid, Remark, Row, Sheet};

/// Fewest names below such a heading.
const NAMES_MIN: usize = 2;
/// Rows below it that are looked at.
const ROWS_LOOKED_AT: usize = 60;
/// Headings that may stand above names.
const HEADINGS: [&str; 8] =
    ["sasaran", "sasarankegiatan", "tempat", "unit", "tujuan", "objek", "obyek", "tempatkegiatan"];

/// Words with which the names of persons begin as those of their practices do.
const PERSONS: [&str; 4] = ["dr", "drg", "dokter", "bidan"];

/// The sheet with the heading that its names should have.
pub(super) fn relaid(sheet: &Sheet) -> Option<Relaid> {
    sectioned(sheet).or_else(|| renamed(sheet))
}

/// The same of a sheet whose tables name no facility, neither in a column nor above it.
pub(super) fn of_nameless(sheet: &Sheet, sections: &[Section]) -> Option<Relaid> {
    let is_named_above = |section: &Section| {
        section.banner.facility.is_some()
            || section.banner.titles.iter().any(|(title, _)| is_facility(title))
            || is_facility(&sheet.name)
    };
    let is_nameless = |section: &Section| {
        let is_of_facilities = section.heading.table.is_some_and(is_of_facilities);
        is_of_facilities && section.heading.is_nameless() && !is_named_above(section)
    };
    if sections.iter().all(is_nameless) { renamed(sheet) } else { None }
}

/// The columns of a row of headings below which names stand.
enum NameColumns {
    /// One whose heading may always stand above names.
    Usual(u32),
    /// One whose heading says nothing else.
    Other(u32),
    /// Nobody tells which of both the rows are of.
    Two([u32; 2]),
}

fn renamed(sheet: &Sheet) -> Option<Relaid> {
    let mut columns: Vec<CellRef> = Vec::new();
    let mut asked: Option<[CellRef; 2]> = None;
    let mut are_usual = true;
    for (at, row) in sheet.rows.iter().enumerate() {
        let place = |column: u32| CellRef { row: row.index, column };
        match names_below(sheet, at) {
            Some(NameColumns::Usual(column)) => columns.push(place(column)),
            Some(NameColumns::Other(column)) => {
                are_usual = false;
                columns.push(place(column));
            }
            Some(NameColumns::Two(both)) => _ = asked.get_or_insert(both.map(place)),
            None => {}
        }
    }
    if let Some(both) = asked.filter(|_| columns.is_empty()) {
        let is_table = |place: &CellRef| is_known(&with_names(sheet, &[*place]), false);
        let message = name_columns_asked(both.map(|place| heading_at(sheet, place)));
        return both.iter().all(is_table).then(|| Relaid::Asked(Remark { place: both[0], message }));
    }
    let place = *columns.first()?;
    let renamed = with_names(sheet, &columns);
    if !is_known(&renamed, are_usual) {
        return None;
    }
    let heading = heading_at(sheet, place);
    let message = format!("kolom \"{heading}\" berisi nama faskes, jadi dibaca sebagai Nama Jaringan/Jejaring");
    Some(Relaid::Table(Box::new(renamed), vec![Remark { place, message }]))
}

fn heading_at(sheet: &Sheet, place: CellRef) -> &str {
    sheet.get(place).and_then(CellValue::text).unwrap_or_default().trim()
}

/// The sheet with the heading of names in these cells.
fn with_names(sheet: &Sheet, columns: &[CellRef]) -> Sheet {
    let mut page = NewSheet::new(sheet);
    for row in &sheet.rows {
        let Some(named) = columns.iter().find(|place| place.row == row.index) else {
            page.copy(std::slice::from_ref(row));
            continue;
        };
        let cells = row.cells.iter().map(|cell| {
            let place = CellRef { row: row.index, column: cell.column };
            if place != *named {
                return (cell.column, NewCell { value: Some(cell.value.clone()), from: place });
            }
            let text = cell.value.text().unwrap_or_default();
            let kind = KindWords::from_text(text).kind().map(|kind| format!("Nama {kind}"));
            let kind = kind.filter(|name| NAME.has(&key(name)));
            (cell.column, NewCell::text(kind.as_deref().unwrap_or("Nama Jaringan/Jejaring"), place))
        });
        page.split(row, vec![cells.collect()]);
    }
    page.finish_alike()
}

/// Reports whether a sheet is known by its new headings. A list of facilities, of which each row would be a new one, must
/// be called so where the heading is none that may always stand above names.
fn is_known(renamed: &Sheet, are_usual: bool) -> bool {
    let sections = sections(renamed, &[]);
    let is_called_list = |section: &Section| section.banner.titles.iter().any(|(title, _)| titles_a_register(title));
    let is_list = |section: &Section| section.heading.table == Some(Table::Facilities);
    let is_sure = |section: &Section| are_usual || !is_list(section) || is_called_list(section);
    if sections.is_empty() { super::may_be_laid_out(renamed) } else { sections.iter().all(is_sure) }
}

/// The columns of a row of headings below which names stand, where no heading of the row is one of names.
fn names_below(sheet: &Sheet, at: usize) -> Option<NameColumns> {
    let row = &sheet.rows[at];
    let texts: Vec<(u32, &str)> = row.cells.iter().filter_map(|cell| Some((cell.column, cell.value.text()?))).collect();
    let is_numbered = texts.iter().any(|(_, text)| is_number_heading(text));
    let is_known = |text: &str| anchor(text).is_some() || heading_sentence::column(text, Table::Visits).is_some();
    let is_heading = texts.len() > 2 && (is_numbered || texts.iter().filter(|(_, text)| is_known(text)).count() > 1);
    if !is_heading || texts.iter().any(|(_, text)| NAME.has(&key(text))) {
        return None;
    }
    let is_kind = |text: &str| {
        let said = KindWords::from_text(text);
        said.kind().is_some() && said.unknown == 0 && anchor(text).is_none()
    };
    let is_usual = |text: &str| HEADINGS.contains(&key(text).as_str()) || is_kind(text);
    let is_person = |text: &str| {
        let words = plain_words(text);
        PERSONS.contains(&words.split(' ').next().unwrap_or_default())
    };
    let held = |column: u32| {
        // As far as the next row of headings, or the signatures.
        let is_end = |text: &str| is_number_heading(text) || is_opening(text);
        let below = sheet.rows[at + 1..].iter().take(ROWS_LOOKED_AT);
        let below = below.take_while(|row| !row.cells.iter().filter_map(|cell| cell.value.text()).any(is_end));
        // What stands alone in its row and names nobody is a remark or a legend.
        let is_remark = |row: &Row, value: &CellValue| {
            let is_alone = row.cells.iter().filter(|cell| !is_blank(Some(&cell.value))).count() == 1;
            is_alone && !value.text().is_some_and(is_facility)
        };
        let cells = below.filter_map(|row| row.get(column).filter(|value| !is_remark(row, value)));
        let cells: Vec<&CellValue> = cells.collect();
        let names: Vec<&str> = cells.iter().filter_map(|value| value.text()).filter(|text| is_facility(text)).collect();
        (names.len() >= NAMES_MIN && names.len() * 3 >= cells.len() * 2).then_some(names)
    };
    let holding: Vec<(u32, &str, Vec<&str>)> =
        texts.iter().filter_map(|(column, text)| Some((*column, *text, held(*column)?))).collect();
    let usual: Vec<u32> = holding.iter().filter(|(_, text, _)| is_usual(text)).map(|(column, ..)| *column).collect();
    if let ([column], [_]) = (&usual[..], &holding[..]) {
        return Some(NameColumns::Usual(*column));
    }
    // Names in several columns, one a kind, are no column of names.
    if holding.iter().filter(|(_, text, _)| is_kind(text)).count() > 1 {
        return None;
    }
    let is_free = |text: &str| is_usual(text) || anchor(text).is_none() && figure_word(&key(text)).is_none();
    let has_place = |names: &[&str]| names.iter().any(|name| !is_person(name));
    let free = holding.iter().filter(|(_, text, names)| is_free(text) && has_place(names));
    let free: Vec<(u32, &str)> = free.map(|(column, text, _)| (*column, *text)).collect();
    match free[..] {
        [(column, text)] => Some(if is_usual(text) { NameColumns::Usual(column) } else { NameColumns::Other(column) }),
        [(one, _), (other, _)] => Some(NameColumns::Two([one, other])),
        _ => None,
    }
}

/// A table of indicators, each facility a row above its own.
fn sectioned(sheet: &Sheet) -> Option<Relaid> {
    let is_figure = |wanted: Leaf| move |key: &str| figure_word(key) == Some(wanted);
    let at = sheet.rows.iter().position(|row| column_of(row, &|key| INDICATOR.has(key)).is_some())?;
    let heading = &sheet.rows[at];
    if column_of(heading, &|key| NAME.has(key)).is_some() {
        return None;
    }
    let indicator = column_of(heading, &|key| INDICATOR.has(key))?;
    let figures =
        [column_of(heading, &is_figure(Leaf::Denominator))?, column_of(heading, &is_figure(Leaf::Numerator))?];
    let place = |row: &Row, column: u32| CellRef { row: row.index, column };
    let mut carried: Option<NewCell> = None;
    let mut rows: Vec<Vec<NewCell>> = Vec::new();
    let mut names = 0;
    let below = &sheet.rows[at + 1..];
    for row in below {
        let has_figures = figures.iter().any(|column| !is_blank(row.get(*column)));
        let texts = || row.cells.iter().filter(|cell| cell.value.text().is_some_and(is_facility));
        match (has_figures, &carried) {
            (false, _) => {
                if let Some(cell) = texts().next() {
                    names += 1;
                    carried = Some(NewCell::from_sheet(sheet, place(row, cell.column)));
                }
            }
            (true, Some(name)) if !is_blank(row.get(indicator)) => {
                let cells = std::iter::once(indicator)
                    .chain(figures)
                    .map(|column| NewCell::from_sheet(sheet, place(row, column)));
                rows.push(std::iter::once(name.clone()).chain(cells).collect());
            }
            (true, _) => {}
        }
    }
    if names < NAMES_MIN || rows.is_empty() {
        return None;
    }
    let mut page = NewSheet::new(sheet);
    page.copy(&sheet.rows[..at]);
    let from = place(heading, indicator);
    let texts = ["Nama Jaringan/Jejaring", "Indikator", "Sasaran", "Capaian"];
    page.line(texts.map(|text| NewCell::text(text, from)).to_vec());
    for row in rows {
        page.line(row);
    }
    let message = "nama faskes di baris sendiri dibaca sebagai nama untuk baris indikator di bawahnya".to_owned();
    Some(table(page, Remark { place: from, message }))
}
