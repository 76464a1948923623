//! A workbook's grids written anew as an xlsx package: for files of which the bytes cannot be edited. Text stays text,
//! never a formula; what a grid does not keep (fonts, colours, formulas) is not there. Knows no issue but its sheet.
//!
//! Two things that rust_xlsxwriter cannot write are put in afterwards: serial numbers from 1904, and formulas
//! without a value.

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::{
    self as xlsx, Color, DocProperties, ExcelDateTime, Format, FormatAlign, Formula, Worksheet, XlsxError,
};

use super::list_sheet::TAB_COLOUR;
use super::package::EditedPackage;
use super::{MarkError, widths};
use crate::diagnostic::{Issue, NOTES_SHEET};
use crate::domain::Date;
use crate::domain::cell::{SHEET_COLUMNS, SHEET_ROWS};
use crate::domain::records::CellRef;
use crate::workbook::{Area, CellValue, Sheet, Visibility, Workbook, serial_of};

/// Cells that are written anew, over all sheets, those of merged areas included: five times a district's year.
const CELLS_MAX: u64 = 1_000_000;
/// Bytes of the texts of all cells.
const TEXT_BYTES_MAX: usize = 192 << 20;
/// Excel's bound on the name of a sheet and on the text of a cell, in UTF-16 units.
const NAME_UNITS_MAX: usize = 31;
const TEXT_UNITS_MAX: usize = 32_767;
/// The same for a text that the library would take for its own markup: it counts what it makes of it.
const MARKUP_UNITS_MAX: usize = 4_000;
/// A formula whose value was never computed: the grid does not know which one. This one is blank too until a program
/// computes it, and then it says that the value is not available.
const NOT_COMPUTED: &str = "NA()";

/// Package that was written, with the names of its sheets.
pub(super) struct Anew {
    pub(super) bytes: Vec<u8>,
    /// Names of sheets by those of the original: Excel does not take each.
    renamed: BTreeMap<String, String>,
}

impl Anew {
    /// The issue with its sheet as it is called here.
    pub(super) fn renamed(&self, issue: &Issue) -> Issue {
        let mut issue = issue.clone();
        if let Some(name) = self.renamed.get(&issue.sheet) {
            issue.sheet.clone_from(name);
        }
        issue
    }
}

/// The workbook as a package, at its end a sheet for the list; the list of an earlier marked copy is left out.
pub(super) fn write_anew(book: &Workbook) -> Result<Anew, MarkError> {
    let sheets: Vec<&Sheet> = book.sheets.iter().filter(|sheet| !sheet.is_notes()).collect();
    check_size(&sheets)?;
    let mut out = xlsx::Workbook::new();
    // The file's stamp is no clock: the same copy twice is the same bytes.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    out.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let formats = FormatCache::new();
    let mut taken = BTreeSet::new();
    let mut renamed = BTreeMap::new();
    let shown = sheets.iter().position(|sheet| sheet.visibility == Visibility::Visible);
    for (place, sheet) in sheets.iter().enumerate() {
        let name = free_name(&sheet.name, &mut taken);
        let out = out.add_worksheet();
        out.set_active(shown == Some(place)).set_hidden(sheet.visibility == Visibility::Hidden);
        let mut writer = Writer { sheet, out, formats: &formats, counts_from_1904: book.counts_from_1904 };
        writer.write(&name)?;
        // Of two sheets of one name the first is meant.
        renamed.entry(sheet.name.clone()).or_insert(name);
    }
    let list = out.add_worksheet();
    list.set_tab_color(Color::from(TAB_COLOUR.replacen("FF", "#", 1).as_str())).set_active(shown.is_none());
    list.set_name(free_name(NOTES_SHEET, &mut taken))?;
    let bytes = out.save_to_buffer()?;
    Ok(Anew { bytes: mended(bytes, &sheets, book.counts_from_1904)?, renamed })
}

/// A package with nothing but the sheet for the list.
pub(super) fn without_sheets() -> Result<Vec<u8>, MarkError> {
    let (file, sheets, notices) = Default::default();
    Ok(write_anew(&Workbook { file, sheets, counts_from_1904: false, notices })?.bytes)
}

impl From<XlsxError> for MarkError {
    fn from(error: XlsxError) -> Self {
        Self::damaged(format!("salinannya tidak dapat disusun: {error}"))
    }
}

fn check_size(sheets: &[&Sheet]) -> Result<(), MarkError> {
    let too_large = |what: String| Err(MarkError::TooLarge { what });
    let rows = || sheets.iter().flat_map(|sheet| &sheet.rows);
    let merges = sheets.iter().flat_map(|sheet| sheet.merges());
    let cells: u64 = rows().map(|row| row.cells.len() as u64).sum();
    if cells.saturating_add(merges.map(cells_of).sum()) > CELLS_MAX {
        return too_large(format!("berisi lebih dari {CELLS_MAX} sel"));
    }
    let texts = rows().flat_map(|row| &row.cells).filter_map(|cell| cell.value.text());
    if texts.map(str::len).sum::<usize>() > TEXT_BYTES_MAX {
        return too_large(format!("isinya lebih besar dari {} MB", TEXT_BYTES_MAX >> 20));
    }
    for sheet in sheets {
        let (rows, columns) = widths::extent(sheet);
        if rows > SHEET_ROWS || columns > SHEET_COLUMNS {
            return too_large(format!("lembar \"{}\" lebih besar dari yang dapat dibuka Excel", sheet.name));
        }
    }
    Ok(())
}

fn cells_of(area: &Area) -> u64 {
    let side = |first: u32, last: u32| u64::from(last.saturating_sub(first)) + 1;
    side(area.first.row, area.last.row) * side(area.first.column, area.last.column)
}

/// The package with what the library cannot write.
fn mended(bytes: Vec<u8>, sheets: &[&Sheet], counts_from_1904: bool) -> Result<Vec<u8>, MarkError> {
    let is_uncomputed = |sheet: &Sheet| {
        sheet.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.value == CellValue::FormulaNotComputed)
    };
    let mut edits = Vec::new();
    for (number, _) in (1..).zip(sheets).filter(|(_, sheet)| is_uncomputed(sheet)) {
        let formula = format!("<f>{NOT_COMPUTED}</f>");
        edits.push((format!("xl/worksheets/sheet{number}.xml"), format!("{formula}<v>0</v>"), formula));
    }
    if counts_from_1904 {
        let property = "<workbookPr ".to_owned();
        edits.push(("xl/workbook.xml".to_owned(), property.clone(), property + "date1904=\"1\" "));
    }
    if edits.is_empty() {
        return Ok(bytes);
    }
    let mut package = EditedPackage::open(&bytes)?;
    for (part, written, meant) in edits {
        let text = package.text(&part)?.replace(&written, &meant);
        package.put(&part, &text)?;
    }
    package.finish()
}

/// The name as Excel takes it, and as no other sheet has it.
fn free_name(name: &str, taken: &mut BTreeSet<String>) -> String {
    let is_odd = |letter: char| matches!(letter, ':' | '\\' | '/' | '?' | '*' | '[' | ']') || letter.is_control();
    let plain: String = name.chars().map(|letter| if is_odd(letter) { '-' } else { letter }).collect();
    let plain = plain.trim().trim_matches('\'');
    let plain = if plain.is_empty() { "Lembar" } else { plain };
    let mut number = 1;
    loop {
        let ending = if number == 1 { String::new() } else { format!(" ({number})") };
        let mut units = ending.len();
        let fits = |letter: &char| {
            units += letter.len_utf16();
            units <= NAME_UNITS_MAX
        };
        let start: String = plain.chars().take_while(fits).collect();
        let free = format!("{}{ending}", start.trim_end_matches('\''));
        if taken.insert(free.to_lowercase()) {
            return free;
        }
        number += 1;
    }
}

struct FormatCache {
    date: Format,
    /// By their decimals.
    percents: [Format; 3],
    /// Of text, and of text that a program would take for a formula when somebody edits it.
    plain: [Format; 2],
    lines: [Format; 2],
    merged: [Format; 2],
}

impl FormatCache {
    fn new() -> Self {
        let text = |format: Format| [format.clone(), format.set_quote_prefix()];
        let wrapped = |align| Format::new().set_align(align).set_text_wrap();
        Self {
            date: Format::new().set_num_format("dd/mm/yyyy"),
            percents: ["0%", "0.0%", "0.00%"].map(|code| Format::new().set_num_format(code)),
            plain: text(Format::new()),
            lines: text(wrapped(FormatAlign::Top)),
            merged: text(wrapped(FormatAlign::VerticalCenter).set_align(FormatAlign::Center)),
        }
    }

    /// The format of a text.
    fn format_for(&self, text: &str, is_merged: bool) -> &Format {
        let is_quoted = text.len() > 1 && text.trim_start().starts_with(['=', '+', '-', '@']);
        let formats = match (is_merged, text.contains('\n')) {
            (true, _) => &self.merged,
            (false, true) => &self.lines,
            (false, false) => &self.plain,
        };
        &formats[usize::from(is_quoted)]
    }
}

struct Writer<'s> {
    sheet: &'s Sheet,
    out: &'s mut Worksheet,
    formats: &'s FormatCache,
    counts_from_1904: bool,
}

impl Writer<'_> {
    fn write(&mut self, name: &str) -> Result<(), XlsxError> {
        self.out.set_name(name)?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        self.columns()?;
        for area in apart(self.sheet.merges()) {
            let [first, last] = [area.first, area.last].map(|cell| (cell.row, column(cell)));
            self.out.merge_range(first.0, first.1, last.0, last.1, "", &self.formats.merged[0])?;
        }
        for row in &self.sheet.rows {
            for cell in &row.cells {
                self.cell(CellRef { row: row.index, column: cell.column }, &cell.value)?;
            }
        }
        Ok(())
    }

    /// Widths and what is hidden.
    fn columns(&mut self) -> Result<(), XlsxError> {
        for (column, width) in (0..).zip(widths::column_widths(self.sheet)) {
            self.out.set_column_width_pixels(column, widths::pixels(width))?;
        }
        for (first, last) in &self.sheet.hidden_columns {
            for column in *first..=(*last).min(SHEET_COLUMNS - 1) {
                self.out.set_column_hidden(u16::try_from(column).unwrap_or(u16::MAX))?;
            }
        }
        Ok(())
    }

    fn cell(&mut self, place: CellRef, value: &CellValue) -> Result<(), XlsxError> {
        let row = place.row;
        let column = column(place);
        match value {
            CellValue::Text(text) => self.text(place, text),
            CellValue::Number { value, percent: true } => {
                let format = &self.formats.percents[decimals(*value)];
                self.out.write_number_with_format(row, column, *value, format).map(drop)
            }
            CellValue::Number { value, percent: false } => self.out.write_number(row, column, *value).map(drop),
            CellValue::Date(date) => match serial(*date, self.counts_from_1904) {
                Some(serial) => self.out.write_number_with_format(row, column, serial, &self.formats.date).map(drop),
                None => self.text(place, &date.format("%d/%m/%Y").to_string()),
            },
            CellValue::Bool(truth) => self.out.write_boolean(row, column, *truth).map(drop),
            CellValue::Error(error) => {
                // What a program was still waiting for when it saved is not available.
                let error = if *error == "#GETTING_DATA" { "#N/A" } else { error };
                self.out.write_formula(row, column, Formula::new(error).set_result(error)).map(drop)
            }
            CellValue::FormulaNotComputed => self.out.write_formula(row, column, NOT_COMPUTED).map(drop),
        }
    }

    fn text(&mut self, place: CellRef, text: &str) -> Result<(), XlsxError> {
        let is_merged = self.sheet.merge_at(place).is_some_and(|area| area.first == place);
        let format = self.formats.format_for(text, is_merged);
        let row = place.row;
        let column = column(place);
        let text = start(text, TEXT_UNITS_MAX);
        // The library would write such a text as it is, as the markup of a text in several formats.
        if text.starts_with("<r>") && text.ends_with("</r>") {
            let (sign, rest) = start(text, MARKUP_UNITS_MAX).split_at(1);
            let plain = Format::new();
            return self
                .out
                .write_rich_string_with_format(row, column, &[(&plain, sign), (&plain, rest)], format)
                .map(drop);
        }
        self.out.write_string_with_format(row, column, text, format).map(drop)
    }
}

/// As much of a text as fits.
fn start(text: &str, units_max: usize) -> &str {
    let mut units = 0;
    let end = text.char_indices().find(|(_, letter)| {
        units += letter.len_utf16();
        units > units_max
    });
    &text[..end.map_or(text.len(), |(place, _)| place)]
}

fn column(cell: CellRef) -> u16 {
    u16::try_from(cell.column).unwrap_or(u16::MAX)
}

/// The areas that Excel takes: within its sheet, none over another. The first of two stays.
fn apart(merges: &[Area]) -> Vec<Area> {
    let mut kept: Vec<Area> = Vec::new();
    // The areas that reach the row of the one looked at.
    let mut open: Vec<Area> = Vec::new();
    for area in merges {
        open.retain(|above| above.last.row >= area.first.row);
        let meets = |other: &Area| {
            other.first.column <= area.last.column
                && area.first.column <= other.last.column
                && other.first.row <= area.last.row
        };
        if area.last.row < SHEET_ROWS && area.last.column < SHEET_COLUMNS && !open.iter().any(meets) {
            kept.push(*area);
            open.push(*area);
        }
    }
    kept
}

/// Decimals of a percentage: as many as the value has, up to two.
fn decimals(value: f64) -> usize {
    let is_whole = |scale: f64| ((value * scale).round() - value * scale).abs() < 1e-6;
    if is_whole(100.0) {
        0
    } else if is_whole(1_000.0) {
        1
    } else {
        2
    }
}

/// The serial number of a date; none for what Excel does not count.
fn serial(date: Date, counts_from_1904: bool) -> Option<f64> {
    let last = Date::from_ymd_opt(9999, 12, 31)?;
    serial_of(date.into(), counts_from_1904).filter(|serial| *serial >= 1.0 && date <= last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_such_as_excel_takes() {
        let mut taken = BTreeSet::new();
        let mut name = |name: &str| free_name(name, &mut taken);
        assert_eq!(name("Mei 2023"), "Mei 2023");
        assert_eq!(name("mei 2023"), "mei 2023 (2)");
        assert_eq!(name("a/b:[c]*?\\"), "a-b--c----");
        assert_eq!(name(" 'Mei' "), "Mei");
        assert_eq!(name(&format!("{}'y", "z".repeat(30))), "z".repeat(30));
        assert_eq!((name(""), name("\u{1}")), ("Lembar".to_owned(), "-".to_owned()));
        assert_eq!(name(&"x".repeat(40)).len(), 31);
        assert_eq!(name(&"X".repeat(40)), format!("{} (2)", "X".repeat(27)));
    }

    #[test]
    fn areas_that_meet_are_not_both_kept() {
        let area =
            |r1, c1, r2, c2| Area { first: CellRef { row: r1, column: c1 }, last: CellRef { row: r2, column: c2 } };
        let areas = [area(0, 0, 0, 3), area(0, 2, 4, 2), area(1, 0, 2, 1), area(2, 1, 3, 2), area(3, 0, 3, 1)];
        assert_eq!(apart(&areas), [areas[0], areas[2], areas[4]]);
    }
}
